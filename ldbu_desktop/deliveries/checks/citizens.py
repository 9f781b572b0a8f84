"""A wrong CPR number that is mended by halves: every resource told of the wrong citizen is voided and told anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ldbu_desktop.deliveries.checks.run import History, finding
from ldbu_desktop.deliveries.lives import Event, EventKind, Family, Life
from ldbu_desktop.deliveries.model import CARRIED, ENCOUNTER, OBSERVATION, PATIENT, HistoryFinding, Key, Report

_NIGHTS_APART = 1
"""Nights after a void in which what is told anew instead may come: each citizen has a report of its own."""


@dataclass(slots=True)
class _Move:
    """What was told of one citizen, voided, and told anew of another: the voids, and the visits that they were of."""

    voids: list[Event] = field(default_factory=list)
    reports: dict[int, Report] = field(default_factory=dict)
    visits: set[str] = field(default_factory=set)


def half_mended(family: Family, history: History) -> Iterator[HistoryFinding]:
    """What still stands of a citizen of whom the rest of the same report is told anew of another.

    What is first told in the report that mends stands rightly, unless the Patient is made inactive. Values that were
    interchanged between two citizens are another matter, and so is what belonged to a visit that the other already has.
    """
    moves = _moves(family)
    for (whom, other), move in moves.items():
        if (other, whom) in moves:
            continue
        is_nobody = any(
            life.key[0] == PATIENT and not life.stands and family.whom(life.latest.instance) == whom
            for life in family.lives.values()
        )
        for life in family.standing():
            if life.key[0] in CARRIED or family.whom(life.latest.instance) != whom:
                continue
            if is_nobody or _is_of(life, move):
                later = move.voids[0].telling
                yield finding("history-cpr-half-mended", life.first.place, later, whom, about=life.key[0])


def _is_of(life: Life, move: _Move) -> bool:
    """Whether it was first told in a report of what was moved, and belongs to no other visit than that."""
    if life.first.report.number not in move.reports:
        return False
    visits = {life.latest.instance.name} if life.key[0] == ENCOUNTER else set(_visits(life))
    return not visits or not visits.isdisjoint(move.visits)


def _visits(life: Life) -> Iterator[str]:
    for _, target in life.latest.instance.references:
        if target.startswith(f"{ENCOUNTER}/"):
            yield target


def _moves(family: Family) -> dict[tuple[str, str], _Move]:
    """What moved from one citizen to another, by the two."""
    anew: dict[bytes, list[Event]] = defaultdict(list)
    for event in family.events:
        if event.kind is EventKind.FIRST and event.instance.fact:
            anew[event.instance.fact].append(event)
    moves: dict[tuple[str, str], _Move] = defaultdict(_Move)
    for event in family.events:
        if event.kind is not EventKind.VOIDED or event.instance.fact not in anew:
            continue
        whom, first = family.whom(event.instance), family.lives[event.instance.key].first
        instead = [
            one
            for one in anew[event.instance.fact]
            if 0 <= one.report.night - event.report.night <= _NIGHTS_APART and one.report.number > first.report.number
        ]
        others = {family.whom(one.instance) for one in instead if not _is_at_known_visit(one, family)}
        if len(others) != 1 or _has_own_instead(event, whom, family):
            continue
        other = others.pop()
        if _is_told_of(other, first.report, family):
            continue
        move = moves[whom, other]
        move.voids.append(event)
        move.reports[first.report.number] = first.report
        move.visits |= {f"{kind}/{own}" for kind, own in _of_visit(event) if kind == ENCOUNTER}
    return moves


def _has_own_instead(event: Event, whom: str, family: Family) -> bool:
    """Whether the same report tells the citizen's own instead of what it voids: then a value was corrected."""
    was = event.instance
    return any(
        one.kind is EventKind.FIRST
        and one.report is event.report
        and one.instance.type == was.type
        and one.instance.codes == was.codes
        and one.instance.start == was.start
        and family.whom(one.instance) == whom
        for one in family.events
    )


def _of_visit(event: Event) -> Iterable[Key]:
    if event.instance.type == ENCOUNTER:
        yield event.instance.key
    for _, target in event.instance.references:
        kind, _, own = target.partition("/")
        yield kind, own


def _is_at_known_visit(event: Event, family: Family) -> bool:
    """Whether an observation belongs to a visit that its citizen already had: then it is the value that moved."""
    if event.instance.type != OBSERVATION:
        return False
    visits = (family.lives.get(key) for key in _of_visit(event) if key[0] == ENCOUNTER)
    return any(life is not None and life.first.report.number < event.report.number for life in visits)


def _is_told_of(whom: str, report: Report, family: Family) -> bool:
    """Whether a report is about a citizen already: then it mixed up two that it knew."""
    return any(one.type == PATIENT and family.whom(one) == whom for one in report.instances)
