"""What is wrong with a report beside others: it is sent again, its time goes backwards, or it gathers days."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ldbu_desktop.deliveries.checks.run import History, finding
from ldbu_desktop.deliveries.lives import Event, EventKind, Family
from ldbu_desktop.deliveries.model import CARRIED, ENCOUNTER, HistoryFinding, Instance, Report

NIGHTS = 2
"""Nights after the first in which a visit that is not fully documented may be tried again."""


def repeated(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Reports of which nothing differs from what was told last, under a new id or time."""
    for report, events in _by_report(family):
        if not events or not all(map(_is_same, events)):
            continue
        before = [event.before.report for event in events if event.before and event.instance.type not in CARRIED]
        before = before or [event.before.report for event in events if event.before]
        at_once = [one.time == report.time for one in before]
        if any(at_once) and not all(at_once):
            continue  # what goes out at one instant is one statement: it goes along with another's news
        number, _ = Counter(one.number for one in before).most_common(1)[0]
        earlier = next(one for one in before if one.number == number)
        if (earlier.id, earlier.time) != (report.id, report.time):
            yield finding("history-report-repeated", earlier.place(), report.place(), _whom(events, family))


def _is_same(event: Event) -> bool:
    before = event.before
    return (
        event.kind in (EventKind.AGAIN, EventKind.VOIDED_AGAIN)
        and before is not None
        and before.report is not event.report
        and before.instance.whole == event.instance.whole
        and before.instance.status == event.instance.status
    )


def _by_report(family: Family) -> Iterator[tuple[Report, list[Event]]]:
    events: dict[int, list[Event]] = defaultdict(list)
    for event in family.events:
        events[event.report.number].append(event)
    for report in family.reports:
        yield report, events[report.number]


def _whom(events: Sequence[Event], family: Family) -> str:
    """Whom most of a report is about."""
    about = Counter(family.whom(event.instance) for event in events if event.instance.type not in CARRIED)
    about = about or Counter(family.whom(event.instance) for event in events if event.instance.citizen)
    return about.most_common(1)[0][0] if about else ""


def times(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Two reports of one instant that say different things of one citizen, and reports made before what they tell."""
    for report in family.reports:
        if report.time is None:
            continue
        late = [one for one in report.instances if one.latest is not None and one.latest > report.time]
        if late:
            place = report.place(late[0])
            yield finding("history-time-backwards", place, report.place(), family.whom(late[0]))
    seen: dict[float, list[tuple[Report, frozenset[bytes], set[str]]]] = defaultdict(list)
    for report, news in _news(family):
        if report.time is None:
            continue
        about = {family.whom(one) for one in news}
        digests = frozenset(one.whole for one in report.instances)
        for earlier, others, theirs in seen[report.time]:
            if others != digests and (shared := sorted(about & theirs)):
                yield finding("history-time-backwards", earlier.place(), report.place(), shared[0])
                break
        seen[report.time].append((report, digests, about))


def _news(family: Family) -> Iterator[tuple[Report, list[Instance]]]:
    """What each report tells of citizens that was not told before, its failures included."""
    told: dict[tuple[str, str], tuple[bytes, str]] = {}
    for report in family.reports:
        clinical = [one for one in report.instances if one.type not in CARRIED]
        yield report, [one for one in clinical if told.get(one.key) != (one.whole, one.status)]
        if report.is_accepted:
            told |= {one.key: (one.whole, one.status) for one in clinical}


def gathered(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Reports in which finished visits of several days are told first, though each day is to be told in its night."""
    voided: list[Event] = []
    for report, events in _by_report(family):
        voided += [event for event in events if event.is_void and event.instance.type == ENCOUNTER]
        by_citizen: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            one = event.instance
            is_new = event.kind is EventKind.FIRST and one.type == ENCOUNTER and one.status == "finished"
            if is_new and one.day and not any(_is_replaced(event, other, family) for other in voided):
                by_citizen[family.whom(one)].append(event)
        for whom, visits in by_citizen.items():
            visits.sort(key=lambda event: event.instance.start or 0)
            first, last = visits[0], visits[-1]
            if first.instance.day < last.instance.day and report.night - first.instance.day > NIGHTS:
                yield finding("history-days-gathered", first.telling.place, last.telling, whom)


def _is_replaced(event: Event, voided: Event, family: Family) -> bool:
    """Whether a visit may be told instead of one that was voided: of the same type, or at the same time."""
    now, was = event.instance, voided.instance
    is_alike = sorted(now.codes) == sorted(was.codes) or now.start == was.start
    return is_alike and (voided.report is event.report or family.whom(now) == family.whom(was) or now.fact == was.fact)
