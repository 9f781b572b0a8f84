"""A name never leaves the case: whatever is written for others is the same, to the byte, as if nobody had a name."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.editing.families import with_description
from ldbu_desktop.journal.fields import CITIZEN_KIN, CITIZEN_NAME, CITIZEN_SIBLING
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.people import unnamed
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.tables_out import long_rows
from ldbu_desktop.mapping.wide_out import wide_table
from ldbu_desktop.rendering.formats import OF_FINDINGS, Output, write_findings
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.visit_summary import file_name, visit_summary
from ldbu_desktop.ui.printing.page import foot, page
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.preview import preview
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.unit.editing.filled_family import (
    FAMILY,
    NOW,
    PARENT,
    STANDARD,
    TODAY,
    TWIN,
    place,
    visit_journal,
    visited,
    with_answers,
)

NAMES = ("Qvortrupine", "Zyxwille Holm", "Ærøbo")
"""Names that nothing else is called."""


_PSEUDONYM = re.compile(r"P-\w{4}-\w{4}")
"""Other ones in each report."""
PASSPHRASE = "fire ord er nok her"  # noqa: S105


def named_journal() -> Journal:
    """A family of whom two visits tell a lot, right and wrong, and in which everybody has a name."""
    journal = visit_journal()
    journal, _ = visited(journal, "4-6-months", TWIN)
    answers = ("weight", "5250"), ("height", "tre"), ("sleep", "zzz")
    journal = with_answers(journal, *((place(asked), raw) for asked, raw in answers))
    for citizen, name in zip(journal.families[0].citizens, NAMES * 2, strict=False):
        journal = with_description(journal, FAMILY, citizen.key, CITIZEN_NAME, name)
    journal = with_description(journal, FAMILY, PARENT, CITIZEN_KIN, "mother")
    return with_description(journal, FAMILY, TWIN, CITIZEN_SIBLING, "2")


def nameless(journal: Journal) -> Journal:
    """The same without names."""
    return replace(journal, families=tuple(map(unnamed, journal.families)))


def delivery(journal: Journal, folder: Path) -> list[tuple[str, bytes]]:
    """The reports and the receipt, with the names of their files."""
    export(Deliveries(validate(journal, STANDARD, TODAY), STANDARD), folder, ExportOptions(), NOW)
    return sorted((one.relative_to(folder).as_posix(), one.read_bytes()) for one in folder.rglob("*") if one.is_file())


def answers(journal: Journal, _folder: Path) -> list[tuple[str, str]]:
    """The findings in every format."""
    told, findings = [], validate(journal, STANDARD, TODAY)
    occasion = Occasion("s", STANDARD, "p", datetime(2020, 12, 1, tzinfo=UTC), Language.DANISH, everything=True)
    for form in OF_FINDINGS:
        text, binary = io.StringIO(), list[bytes]()
        write_findings(
            findings, STANDARD, form, Output(text, binary.append, lambda *page: repr(page).encode()), occasion
        )
        told.append((form, _PSEUDONYM.sub("P-", text.getvalue() + "".join(map(contents, binary)))))
    return told


def contents(data: bytes) -> str:
    """What can be read in a file: of a workbook the rows of its sheets."""
    if not data.startswith(b"PK"):
        return data.decode()
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return repr([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])


def pages(journal: Journal, _folder: Path) -> list[str]:
    """The printed page of each visit with the name of its file, CPR numbers shown."""
    findings, told = validate(journal, STANDARD, TODAY), []
    for family in journal.families:
        for visit in family.visits:
            found = findings.of_visit(visit.key)
            summary = visit_summary(family, visit, STANDARD, found, TODAY, shows_cpr=True)
            told.append(page(summary) + foot(summary) + file_name(visit, STANDARD, TODAY))
    return told


def previews(journal: Journal, _folder: Path) -> list[str]:
    """What would be sent for each visit."""
    keys = [visit.key for family in journal.families for visit in family.visits]
    return [preview(journal, STANDARD, visit, NOW).text for visit in keys]


def tables(journal: Journal, _folder: Path) -> object:
    """The journal in both of our tables."""
    wide = wide_table(journal, STANDARD)
    return long_rows(journal, STANDARD), wide


OUTPUTS: tuple[Callable[[Journal, Path], object], ...] = (delivery, answers, pages, previews, tables)


@pytest.mark.parametrize("output", OUTPUTS, ids=lambda one: one.__name__)
def test_what_is_for_others_is_the_same_as_if_nobody_had_a_name(
    output: Callable[[Journal, Path], object], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    journal = named_journal()
    told, of_nobody = output(journal, tmp_path / "one"), output(nameless(journal), tmp_path / "other")
    assert told
    assert told == of_nobody
    words = [word for name in NAMES for word in name.split()]
    assert not [word for word in words if word in repr(told) or word in caplog.text]


def test_a_case_file_keeps_names_where_only_its_passphrase_reads_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key, "ROUNDS", 100)
    path, journal = tmp_path / "sag.ldbu", named_journal()
    CaseFile.create(path, PASSPHRASE, journal).close()
    case = CaseFile.open(path, PASSPHRASE)
    assert case.journal == journal
    assert [one.name.value for one in case.journal.families[0].citizens][: len(NAMES)] == list(NAMES)
    case.close()
    for file in tmp_path.iterdir():
        assert not [name for name in NAMES if name.encode() in file.read_bytes()]
