"""Families as delivery reports: one of each visit, written in the night after it by the writer of all reports."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.model import Family, Journal, Visit
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


def reports_of(family: Family, standard: Standard) -> Iterator[MadeReport]:
    """The reports of a family's visits as they are at the end."""
    journal = Journal((family,), system=SYSTEM)
    for visit in family.visits:
        if visit.start.value is not None:
            writer = ReportWriter(journal, standard, night_of(day_of(visit.start.value)))
            yield MadeReport(visit_name(visit, standard), writer.report([visit]).bundle)


def visit_name(visit: Visit, standard: Standard) -> str:
    """A visit's name for a file: its key and type."""
    return f"{visit.key.lower()}-{standard.visit_type_by_code[visit.type.value or ''].id}"
