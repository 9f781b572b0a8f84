"""Families as delivery reports: one of each visit, written in the night after it by the writer of all reports.

A report tells what was known in its night: an intervention that ended later goes on in it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import INTERVENTION_STATUS
from ldbu_desktop.journal.model import EMPTY, Family, Intervention, Journal, Visit
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.tables import SYSTEM

_NIGHT = time(22, 15)
"""When a journal sends what the day brought, by Greenwich."""


class MadeReport(NamedTuple):
    """A report with a name for its file, in which nobody's number is."""

    name: str
    bundle: JsonElement


def night_of(day: date, late: int = 0) -> datetime:
    """When the report of a day goes out, or so many nights later."""
    return datetime.combine(day, _NIGHT, UTC) + timedelta(late)


def day_of_visit(visit: Visit) -> date:
    """The day of a visit; one without a moment comes before all others."""
    return day_of(visit.start.value) if visit.start.value is not None else date.min


class Journaling:
    """A family's journal as it is on a day, as far as reports of some of its visits have to know it."""

    def __init__(self, family: Family, vocabulary: Vocabulary) -> None:
        self._family = family
        # Ids are universal: families of other seeds, whose keys are the same, have ids of their own.
        self._system = " ".join((SYSTEM, *(citizen.cpr.raw for citizen in family.citizens)))
        self._going_on = vocabulary.default(INTERVENTION_STATUS)
        self._days = {visit.key: day_of_visit(visit) for visit in family.visits}

    def journal(self, day: date, visits: Iterable[Visit]) -> Journal:
        """The journal of these visits, of which none is after the day."""
        known = tuple(self._as_known(visit, day) for visit in visits)
        return Journal((replace(self._family, visits=known),), system=self._system)

    def is_needed(self, visit: Visit, day: date, keys: Container[str]) -> bool:
        """Whether a visit has to be known on a day to tell of those with these keys: it is one of them, or they may be
        based on what began at it."""
        return self._days[visit.key] <= day and (visit.key in keys or bool(visit.interventions))

    def _as_known(self, visit: Visit, day: date) -> Visit:
        if not any(_ends_after(one, day) for one in visit.interventions):
            return visit
        return replace(visit, interventions=tuple(self._known(one, day) for one in visit.interventions))

    def _known(self, intervention: Intervention, day: date) -> Intervention:
        if not _ends_after(intervention, day):
            return intervention
        return replace(intervention, end=EMPTY, status=self._going_on)


def _ends_after(intervention: Intervention, day: date) -> bool:
    return intervention.end.value is not None and day_of(intervention.end.value) > day


def reports_of(family: Family, vocabulary: Vocabulary) -> Iterator[MadeReport]:
    """The reports of a family's visits in the order of their days."""
    journaling, standard = Journaling(family, vocabulary), vocabulary.standard
    timed = sorted((visit for visit in family.visits if visit.start.value is not None), key=day_of_visit)
    for day, visits in groupby(timed, day_of_visit):
        of_day = list(visits)
        keys = {visit.key for visit in of_day}
        journal = journaling.journal(day, (visit for visit in timed if journaling.is_needed(visit, day, keys)))
        writer = ReportWriter(journal, standard, night_of(day))
        for visit in journal.families[0].visits:
            if visit.key in keys:
                yield MadeReport(visit_name(visit, standard), writer.report([visit]).bundle)


def visit_name(visit: Visit, standard: Standard) -> str:
    """A visit's name for a file: its key and type."""
    return f"{visit.key.lower()}-{standard.visit_type_by_code[visit.type.value or ''].id}"
