"""What is told again under the same id and says something else: what belongs to a moment is voided and told anew."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.deliveries.checks.run import History, finding, word
from ldbu_desktop.deliveries.lives import Event, EventKind, Family
from ldbu_desktop.deliveries.model import (
    CARE_PLAN,
    ENCOUNTER,
    OBSERVATION,
    PATIENT,
    RESPONSE,
    HistoryFinding,
    Instance,
    Report,
)
from ldbu_desktop.findings.model import NO_FACTS

_NOT_YET = {OBSERVATION: frozenset(("registered", "preliminary")), RESPONSE: frozenset(("in-progress",))}
"""Statuses of what was begun when it was told, by the type of resource."""


def changes(family: Family, history: History) -> Iterator[HistoryFinding]:
    """Moments that are changed, interventions with another code, resources and citizens that are another's."""
    for event in family.events:
        if event.kind is not EventKind.CHANGED or event.before is None:
            continue
        was, now = event.before.instance, event.instance
        code, is_elsewhere = "", False
        if _is_anothers(was, now, family):
            there, here = _municipality(event.before.report, was), _municipality(event.report, now)
            is_elsewhere = bool(there and here and there != here)
            code = "history-id-not-universal" if is_elsewhere else "history-subject-changed"
        elif now.type == CARE_PLAN:
            code = "history-intervention-recoded" if sorted(was.codes) != sorted(now.codes) else ""
        elif _is_moment(was) and not _is_allowed(was, event, family):
            code = "history-moment-changed"
        if code:
            facts = {"problem": word("id-two-places")} if is_elsewhere else NO_FACTS
            yield finding(code, event.before.place, event.telling, family.whom(now), facts)


def _is_anothers(was: Instance, now: Instance, family: Family) -> bool:
    """Whether it was told of another citizen, whatever their Patient is called."""
    if now.type == PATIENT:
        return bool(was.cpr and now.cpr and was.cpr != now.cpr)
    return was.citizen != now.citizen and family.whom(was) != family.whom(now)


def _municipality(report: Report, instance: Instance) -> str:
    """The organisation that manages the citizen that an instance is about."""
    for one in report.instances:
        if one.type == PATIENT and one.id == instance.citizen:
            return one.organisation
    return ""


def _is_moment(was: Instance) -> bool:
    """Whether what was told belongs to a moment that is over."""
    if was.type == ENCOUNTER:
        return was.status == "finished"
    return was.type in _NOT_YET and was.status not in _NOT_YET[was.type]


def _is_allowed(was: Instance, event: Event, family: Family) -> bool:
    """Whether only an end was added to an observed period, or references to what is voided were left out."""
    now = event.instance
    if was.core != now.core or (was.end and was.end != now.end) or not set(now.references) <= set(was.references):
        return False
    left_out = set(was.references) - set(now.references)
    return all(_is_voided(target, event.report.night, family) for _, target in left_out)


def _is_voided(target: str, night: int, family: Family) -> bool:
    kind, _, own = target.partition("/")
    life = family.lives.get((kind, own))
    return life is not None and life.is_voided_by(night)
