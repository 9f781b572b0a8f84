"""Imports to mend: the example of a code as it is opened, and its findings."""

from __future__ import annotations

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import clean_journal, example_day, example_journal
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.workspace import Workspace

STANDARD = shipped_standard()


def opened(journal: Journal | None = None) -> Workspace:
    """A journal that was read from a file, open and checked; the clean export unless told otherwise."""
    work = Workspace(lambda: STANDARD, revalidated, journal if journal is not None else clean_journal(STANDARD))
    assert work.judge(validate(work.journal, STANDARD, example_day()))
    return work


def example(code: str) -> Workspace:
    """The example of a code, open and checked."""
    return opened(example_journal(code, STANDARD))


def found(work: Workspace, code: str = "") -> list[Finding]:
    """What is found, of a code or of all."""
    assert work.findings is not None
    return [one for one in work.findings.all if code in ("", one.code)]
