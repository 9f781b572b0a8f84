"""Which visit a record of a report belongs to: what it refers to, the only one, that of its day, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ldbu_desktop.journal.model import Entry, Intervention, Moment, QuestionnaireResponse, Visit, VisitRecord


def visit_of(record: VisitRecord, visits: Sequence[Visit], encounters: Mapping[str, str]) -> Visit | None:
    """The visit of ``record`` among those of its report; ``encounters`` has the visits' keys that records refer to."""
    told = encounters.get(record.key)
    if told is not None:
        return next((visit for visit in visits if visit.key == told), None)
    if len(visits) == 1:
        return visits[0]
    if isinstance(record, Intervention):
        based = [visit for visit in visits if any(entry.value == record.key for entry in visit.based_on)]
        if based:
            return based[0]
    of_subject = [visit for visit in visits if visit.subject.value == record.subject.value is not None]
    # A parent is observed at visits to the child too, so the day tells more than whom the visit was to.
    return _only(_of_day(of_subject, record)) or _only(_of_day(visits, record)) or _only(of_subject)


def _only(visits: Sequence[Visit]) -> Visit | None:
    return visits[0] if len(visits) == 1 else None


def _of_day(visits: Sequence[Visit], record: VisitRecord) -> list[Visit]:
    moment = record.authored if isinstance(record, QuestionnaireResponse) else record.start
    day = day_of(moment)
    return [visit for visit in visits if day is not None and day_of(visit.start) == day]


def day_of(entry: Entry[Moment]) -> date | None:
    """The day of a moment; None where there is none."""
    return entry.value.date() if isinstance(entry.value, datetime) else entry.value
