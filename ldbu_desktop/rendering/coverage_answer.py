"""The answer on coverage in each form: what was exercised, and what it does not rest on since it was not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ldbu_desktop.deliveries.coverage import Coverage
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.coverage import CoverageItem, areas, coverage_tables, items
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.formats import Output
from ldbu_desktop.rendering.left_out import Faults, not_all_read_words, unread_words
from ldbu_desktop.rendering.machine import JsonDocument
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.page import tables_page
from ldbu_desktop.rendering.tables import DataTable
from ldbu_desktop.rendering.terminal import for_screen

_FEW = 8
"""Things not exercised that are named in an area on a terminal, unless all are asked for."""


class CoverageAnswer(NamedTuple):
    """What was exercised, what could not be read, and what is no report; ``is_complete`` where all could be read."""

    found: Coverage
    not_read: Faults
    passed_over: Faults
    is_complete: bool


def _why(fault: Fault, occasion: Occasion) -> str:
    return cpr_masked(fault_text(fault, occasion.language))


def _write_json(answer: CoverageAnswer, output: Output, occasion: Occasion) -> None:
    found = answer.found
    document = JsonDocument(output.text, {"standard": occasion.standard, "program": occasion.program}, "items")
    for item in items(found, occasion):
        row: dict[str, Any] = {"area": item.area, "what": item.what, "code": item.code, "count": item.count}
        row |= {"of": item.of, "exercised": item.count > 0}
        document.add(row if item.count else row | {"smallest": item.smallest})
    not_read = [
        {"file": cpr_masked(file), "key": fault.key, "message": _why(fault, occasion)}
        for file, fault in (*answer.not_read, *answer.passed_over)
    ]
    counts = {"reports": found.reports, "rejected": found.rejected}
    document.end({**counts, "complete": answer.is_complete, "not_read": not_read})


def _write_text(answer: CoverageAnswer, output: Output, occasion: Occasion) -> None:
    found = answer.found

    def line(text: str = "") -> None:
        output.text.write(for_screen(text) + "\n")

    line(tr("Dækning af standarden · {standard} · {program}", standard=occasion.standard, program=occasion.program))
    by_area: dict[str, list[CoverageItem]] = {area: [] for area in areas()}
    for item in items(found, occasion):
        by_area[item.area].append(item)
    for area, title in areas().items():
        told = by_area[area]
        missing = [one for one in told if not one.count]
        line()
        line(tr("{area}: brugt {used} af {total}", area=title, used=len(told) - len(missing), total=len(told)))
        shown = missing if occasion.everything else missing[:_FEW]
        for one in shown:
            line(tr("  ikke brugt: {what}. Mindste tilfælde: {smallest}", what=one.what, smallest=one.smallest))
        if len(missing) > len(shown):
            line(tr("  … og {more} til (--all viser dem)", more=len(missing) - len(shown)))
    line()
    line(tr("Rapporter: {reports} · Afvist af gatewayen: {rejected}", reports=found.reports, rejected=found.rejected))
    for note in _notes(answer):
        line(note)


def _notes(answer: CoverageAnswer) -> Iterator[str]:
    """What the counts mean, and what they are not of."""
    yield tr("Det, der ikke er brugt, er ikke forkert: det er blot ikke prøvet.")
    if left := unread_words(answer.not_read, answer.passed_over):
        yield from left.splitlines()


def _write_page(answer: CoverageAnswer, output: Output, occasion: Occasion) -> None:
    title = tr("Dækning af standarden")
    notes = (*_notes(answer), *(() if answer.is_complete else (not_all_read_words(),)))
    for told in tables_page(title, occasion, notes, coverage_tables(answer.found, occasion)):
        output.text.write(told + "\n")


def _write_workbook(answer: CoverageAnswer, output: Output, occasion: Occasion) -> None:
    rows = tuple((cpr_masked(file), _why(fault, occasion)) for file, fault in (*answer.not_read, *answer.passed_over))
    not_read = (DataTable(tr("Ikke læst"), (tr("Fil"), tr("Hvorfor")), rows),) if rows else ()
    output.write_tables((*coverage_tables(answer.found, occasion), *not_read))


COVERAGE_FORMATS: dict[str, Callable[[CoverageAnswer, Output, Occasion], None]] = {
    "text": _write_text,
    "json": _write_json,
    "html": _write_page,
    "xlsx": _write_workbook,
}
"""What tells coverage, by the name of a form."""
