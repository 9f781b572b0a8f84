"""The example of each code: the clean export with the one change that gives it, read as a file is."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date

from ldbu_desktop.findings.examples import (
    Example,
    Sheets,
    changed_journal,
    example_by_code,
    example_sheets,
    shipped_examples,
)
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard

EXAMPLE_FILE = "eksempel.xlsx"


def example_day() -> date:
    """The day on which examples are judged."""
    return shipped_examples().today


def example(code: str) -> Example:
    """How the example of ``code``, which there must be, differs from the clean export."""
    return example_by_code()[code]


def example_rows(code: str) -> Sheets:
    """The example of ``code`` as sheets of the long shape, headers first."""
    return example_sheets(example(code))


def clean_journal(standard: Standard) -> Journal:
    """The clean export, as it is read; nothing is found in it."""
    return journal_of(example_sheets(), standard)


def example_journal(code: str, standard: Standard) -> Journal:
    """The example of ``code``, as it is read."""
    return changed_journal(journal_of(example_rows(code), standard), example(code))


def journal_of(sheets: Sheets, standard: Standard) -> Journal:
    """The journal of sheets in the long shape, read as those of a file are."""

    def opened() -> AbstractContextManager[list[Table]]:
        return nullcontext(
            [
                Table(EXAMPLE_FILE, name, iter([(number, list(row)) for number, row in enumerate(rows, start=1)]))
                for name, rows in sheets.items()
            ]
        )

    journal = ExportReader(standard).read(opened)
    return journal or Journal()
