"""What a field shows that holds any number of records: findings, interventions, feeding periods."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from ldbu_desktop.editing.periods import endings
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import INTERVENTION_CODE, INTERVENTION_REASONS
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Entry, Family, Intervention, Journal, Moment, Visit
from ldbu_desktop.journal.records import stands
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import citizen_in, day_words
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.form.code_list import ChosenCode
from ldbu_desktop.ui.form.contents import FieldAt
from ldbu_desktop.ui.form.interventions import RunningIntervention
from ldbu_desktop.ui.form.period_field import FieldPeriod, PeriodEnding

_CODE, _REASONS = INTERVENTION_CODE, INTERVENTION_REASONS


def _words(code: object, variable: str, standard: Standard) -> str:
    concept = standard.concepts(standard.variable[variable]).get(str(code))
    return concept.label[chosen()] if concept else ""


def chosen_at(visit: Visit, at: FieldAt, standard: Standard) -> tuple[ChosenCode, ...]:
    """The findings of a citizen at a visit."""
    return tuple(
        ChosenCode(one.key, _words(one.value.value, at.field.variable, standard) or one.value.raw)
        for one in visit.observations
        if one.variable.value == at.field.variable and one.subject.value == at.where.subject and stands(one, visit)
    )


def periods_at(family: Family, visit: Visit, at: FieldAt, standard: Standard) -> tuple[FieldPeriod, ...]:
    """The periods in which it was so: as they were told at a visit, and at those before it."""
    told: dict[tuple[object, ...], FieldPeriod] = {}
    day = day_of(visit.start.value) if visit.start.value else None
    for other in sorted(family.visits, key=lambda one: one is not visit):
        for one in other.observations:
            begun = _day(one.start)
            is_meant = one.is_period and one.subject.value == at.where.subject and stands(one, other)
            is_known = other is visit or (begun is not None and day is not None and begun <= day)
            if is_meant and is_known and one.variable.value == at.field.variable:
                words = _words(one.value.value, at.field.variable, standard) or one.value.raw
                period = FieldPeriod(one.key, str(one.value.value or ""), words, begun, _day(one.end), other is visit)
                told.setdefault((period.code, begun, period.end), period)
    return tuple(sorted(told.values(), key=lambda one: one.start or date.max))


def endings_at(
    journal: Journal, family: Family, visit: Visit, at: FieldAt, standard: Standard
) -> tuple[PeriodEnding, ...]:
    """The ends that keep the periods told at a visit apart from the child's others."""
    periods = (one for one in visit.observations if one.is_period and stands(one, visit))
    own = (one for one in periods if one.variable.value == at.field.variable and one.subject.value == at.where.subject)
    offered = dict.fromkeys(ending for one in own for ending in endings(journal, family.key, one.key))
    if not offered:
        return ()
    known = {one.key: one for other in family.visits for one in other.observations}
    return tuple(
        PeriodEnding(
            ending,
            _words(of.value.value, at.field.variable, standard) or of.value.raw,
            day_of(ending.end),
        )
        for ending in offered
        for of in (known[ending.where.record],)
    )


def span_of(family: Family, visit: Visit) -> tuple[date, date] | None:
    """From the child's birth to the visit; None where one of them is not known."""
    citizen = citizen_in(family, visit.subject.value)
    born = birth_date(citizen.cpr.value) if citizen and citizen.cpr.value else None
    start = visit.start.value
    return (born, day_of(start)) if born and start and day_of(start) > born else None


def running_at(family: Family, visit: Visit, subject: str, standard: Standard) -> tuple[RunningIntervention, ...]:
    """The interventions for a citizen that a visit can go on with: begun here, or earlier and not ended before."""
    continued = {entry.value for entry in visit.based_on}
    return tuple(
        _running(one, standard, is_here=is_here, is_continued=one.key in continued)
        for one, is_here in _interventions(family, visit, subject, continued)
    )


def is_running(family: Family, visit: Visit, subject: str) -> bool:
    """Whether there is an intervention for a citizen that a visit can go on with."""
    return any(True for _ in _interventions(family, visit, subject, {entry.value for entry in visit.based_on}))


def _interventions(
    family: Family, visit: Visit, subject: str, continued: Container[str | None]
) -> Iterator[tuple[Intervention, bool]]:
    day = day_of(visit.start.value) if visit.start.value else None
    for other in family.visits:
        for one in other.interventions:
            begun, ended = _day(one.start), _day(one.end)
            is_here = other.key == visit.key
            is_later = begun is not None and day is not None and begun > day
            is_over = ended is not None and day is not None and ended < day
            is_meant = one.subject.value == subject and stands(one, other)
            if one.key in continued or (is_meant and (is_here or not (is_later or is_over))):
                yield one, is_here


def _running(one: Intervention, standard: Standard, *, is_here: bool, is_continued: bool) -> RunningIntervention:
    words = _words(one.code.value, _CODE, standard) or one.code.raw
    reasons = ", ".join(_words(reason.value, _REASONS, standard) or reason.raw for reason in one.reasons)
    period = tr("fra {start}", start=_told(one.start.value))
    if not one.end.is_empty:
        period = tr("{start} til {end}", start=_told(one.start.value), end=_told(one.end.value))
    return RunningIntervention(one.key, words, reasons, period, is_here, is_continued, not one.end.is_empty)


def _told(moment: Moment | None) -> str:
    return day_words(moment) if moment else "…"


def _day(entry: Entry[Moment]) -> date | None:
    return day_of(entry.value) if entry.value is not None else None
