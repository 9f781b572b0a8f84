"""What is voided: identically, once, only what was told, for good, and with all that depends on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ldbu_desktop.deliveries.checks.run import History, finding, word
from ldbu_desktop.deliveries.lives import Event, EventKind, Family, Life
from ldbu_desktop.deliveries.model import CARE_PLAN, ENCOUNTER, PATIENT, RELATED, HistoryFinding, Instance, Key
from ldbu_desktop.findings.model import Severity

_DEPENDED_ON = frozenset((ENCOUNTER, CARE_PLAN, PATIENT))
_TIMELESS = frozenset((PATIENT, RELATED))


def voids(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Voids that differ from what they void, void nothing, or void again; and what is told though it was voided."""
    by_report: dict[int, list[Event]] = defaultdict(list)
    for event in family.events:
        by_report[event.report.number].append(event)
    for events in by_report.values():
        carried = _carried_along(events)
        for event in events:
            whom = family.whom(event.instance)
            before = event.before
            if event.kind is EventKind.VOIDED_UNKNOWN:
                failed = [
                    told for told in family.failed[event.instance.key] if told.report.number < event.report.number
                ]
                earlier = failed[0].place if failed else event.telling.place
                weight = Severity.LOOK_AT if _may_be_older(event.instance, history) else None
                yield finding("history-void-unknown", earlier, event.telling, whom, weight=weight)
            if before is None:
                continue
            if event.kind is EventKind.VOIDED and before.instance.whole != event.instance.whole:
                yield finding("history-void-differs", before.place, event.telling, whom)
            elif event.kind is EventKind.VOIDED_AGAIN and event.instance.key not in carried:
                yield finding("history-void-twice", before.place, event.telling, whom)
            elif event.kind is EventKind.REVIVED:
                yield finding("history-told-after-void", before.place, event.telling, whom)


def _may_be_older(instance: Instance, history: History) -> bool:
    """Whether it may have been told before the history begins; of what has no moment nobody knows."""
    return instance.type in _TIMELESS or 0 < instance.day < history.begin


def _carried_along(events: Iterable[Event]) -> set[Key]:
    """What goes along with that which a report newly voids, since a report is self-contained."""
    there = {event.instance.key: event.instance for event in events}
    waiting = [event.instance for event in events if event.is_void]
    carried: set[Key] = set()
    while waiting:
        for key in targets(waiting.pop()):
            if key in there and key not in carried:
                carried.add(key)
                waiting.append(there[key])
    return carried


def targets(instance: Instance) -> Iterator[Key]:
    """What an instance refers to, its citizen included."""
    if instance.citizen and instance.type != PATIENT:
        yield PATIENT, instance.citizen
    for _, target in instance.references:
        kind, _, own = target.partition("/")
        yield kind, own


def dependents(family: Family, history: History) -> Iterator[HistoryFinding]:
    """What refers to something voided, and still does when the night of the void is over."""
    voided = [event for event in family.events if event.is_void and event.instance.type in _DEPENDED_ON]
    if not voided:
        return
    referring: dict[Key, dict[Key, Life]] = defaultdict(dict)
    for life in family.lives.values():
        for told in life.tellings:
            for key in targets(told.instance):
                referring[key][life.key] = life
    found: set[Key] = set()
    for event in voided:
        key, night = event.instance.key, event.report.night
        if not family.lives[key].is_voided_by(night):
            continue
        for life in referring[key].values():
            left = life.at(night)
            if left is None or left.instance.is_void or life.key in found or key not in targets(left.instance):
                continue
            found.add(life.key)
            whom, about = family.whom(left.instance), left.instance.type
            facts = {"target": word(event.instance.type)}
            yield finding("history-dependent-left", left.place, event.telling, whom, facts, about=about)
