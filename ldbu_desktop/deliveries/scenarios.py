"""Which ways of correcting a history exercises, by the letters of the guide's and the note's stories.

a a wrong value, b a wrong visit date, c a wrong visit type, d the wrong child (a twin), e a wrong CPR number, f an
intervention that ended, g another intervention code, h an intervention that was voided, i an observation that came
late, j a parent's told as the child's.
"""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.deliveries.lives import Event, EventKind, Family
from ldbu_desktop.deliveries.model import CARE_PLAN, CARRIED, ENCOUNTER, OBSERVATION, PATIENT, Instance

SCENARIOS = tuple("abcdefghij")
_NIGHTS_APART = 1
_OVER = frozenset(("completed", "revoked"))


def scenarios(family: Family) -> Iterator[str]:
    """The letter of each correction that a family's reports make."""
    anew = [event for event in family.events if event.kind is EventKind.FIRST]
    mending = {event.report.number for event in family.events if event.is_void}
    for event in family.events:
        if event.kind is EventKind.VOIDED:
            instead = [one for one in anew if abs(one.report.night - event.report.night) <= _NIGHTS_APART]
            yield from _of_void(event, [one for one in instead if one.instance.type == event.instance.type], family)
        elif event.kind is EventKind.CHANGED and event.before is not None and event.instance.type == CARE_PLAN:
            if event.instance.status in _OVER and event.before.instance.status not in _OVER:
                yield "f"
        elif event.kind is EventKind.FIRST and event.report.number not in mending and _is_late(event, family):
            yield "i"


def _of_void(event: Event, instead: list[Event], family: Family) -> Iterator[str]:
    was, whom = event.instance, family.whom(event.instance)
    moved = [one.instance for one in instead if one.instance.fact == was.fact and family.whom(one.instance) != whom]
    own = [one.instance for one in instead if family.whom(one.instance) == whom]
    if was.fact and moved:
        yield _of_person(event, moved[0], family)
    elif was.type == OBSERVATION and any(_is_like(was, one) and one.fact != was.fact for one in own):
        yield "a"
    elif was.type == ENCOUNTER and any(one.codes == was.codes and one.start != was.start for one in own):
        yield "b"
    elif was.type == ENCOUNTER and any(one.codes != was.codes and one.start == was.start for one in own):
        yield "c"
    elif was.type == CARE_PLAN:
        yield "g" if any(one.codes != was.codes for one in own) else "h"


def _is_like(was: Instance, now: Instance) -> bool:
    return sorted(was.codes) == sorted(now.codes) and was.start == now.start


def _of_person(event: Event, now: Instance, family: Family) -> str:
    """Whose it became: a parent's instead of the child's, or one's for another's, who both have a journal or not."""
    before, after = (_patient(family, one.citizen) for one in (event.instance, now))
    if before is not None and after is not None and not _is_parent(before) and _is_parent(after):
        return "j"
    told = family.lives.get((PATIENT, now.citizen))
    is_known = told is not None and told.first.report.number < event.report.number
    has_more = any(
        life.key[0] not in CARRIED and life.latest.instance.citizen == event.instance.citizen
        for life in family.standing()
    )
    return "d" if is_known and has_more else "e"


def _patient(family: Family, own: str) -> Instance | None:
    life = family.lives.get((PATIENT, own))
    return life.latest.instance if life is not None else None


def _is_parent(patient: Instance) -> bool:
    return any(name == "link" for name, _ in patient.references)


def _is_late(event: Event, family: Family) -> bool:
    """Whether an observation comes after its visit was told, if only by a report that failed."""
    for _, target in event.instance.references if event.instance.type == OBSERVATION else ():
        kind, _, own = target.partition("/")
        if kind == ENCOUNTER:
            failed = family.failed.get((kind, own), ())
            life = family.lives.get((kind, own))
            told = [one.report for one in (*failed, *(life.tellings if life is not None else ()))]
            return any(one.night < event.report.night for one in told)
    return False
