"""The clean export and what is found when some of its cells are others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.findings.examples import Example, RecordChange, RowChange, changed_journal, example_sheets
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.examples import example_day, journal_of
from ldbu_desktop.use_cases.validate import validate

Change = RowChange | RecordChange
Changed = Callable[..., Journal]
Found = Callable[..., Findings]


@pytest.fixture(scope="session")
def standard() -> Standard:
    return shipped_standard()


@pytest.fixture(scope="session")
def changed(standard: Standard) -> Changed:
    """The clean journal with changes of rows and records."""

    def make(*changes: Change) -> Journal:
        example = Example(
            "",
            rows=tuple(change for change in changes if isinstance(change, RowChange)),
            records=tuple(change for change in changes if isinstance(change, RecordChange)),
        )
        return changed_journal(journal_of(example_sheets(example), standard), example)

    return make


@pytest.fixture(scope="session")
def found(changed: Changed, standard: Standard) -> Found:
    """The findings of the clean journal with changes."""

    def find(*changes: Change) -> Findings:
        return validate(changed(*changes), standard, example_day())

    return find
