"""What somebody says of files before they are read: where headers stand, what rows and columns are; how they begin."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import FileFault
from ldbu_desktop.mapping.links import Layout, Part, Proposal, State, Subject, TableShape, Target
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.first_rows import first_rows
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_read import WaitingError, read_known
from ldbu_desktop.use_cases.opening import open_known_files, open_mapped_files
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.workspace import Workspace

STANDARD = shipped_standard()
TODAY = date(2025, 12, 1)
LINES = (
    "Udtræk af besøg",
    "CPR;Besøgsdato;Mor;Søvn",
    *(
        f"{day:02}0520-9996;{day:02}-07-2020;{'god' if day % 2 else 'dårlig'};Søvn med normale variationer"
        for day in range(1, 21)
    ),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An export with a title above its headers."""
    path = tmp_path / "besøg.csv"
    path.write_text("\n".join(LINES), encoding="utf-8")
    return path


@pytest.fixture
def found(file: Path) -> Proposal:
    """What it is taken for by itself."""
    return propose([file], STANDARD, TODAY)


def test_headers_stand_where_they_are_said_to(file: Path, found: Proposal) -> None:
    [table] = found.tables
    assert (table.header_rows, table.rows) == ((2, 2), 20)
    [other] = propose([file], STANDARD, TODAY, layouts={table.place: Layout((3, 4), TableShape.VISIT)}).tables
    assert (other.header_rows, other.rows) == ((3, 4), 18)
    assert [evidence.code for evidence in other.evidence] == ["shape-chosen"]


def test_headers_that_are_said_to_stand_where_nothing_is_stay_where_they_are(file: Path, found: Proposal) -> None:
    [table] = found.tables
    [other] = propose([file], STANDARD, TODAY, layouts={table.place: Layout((900, 901), TableShape.VISIT)}).tables
    assert other.header_rows == (2, 2)


@pytest.mark.parametrize("shape", [TableShape.VISIT, TableShape.OBSERVATION, TableShape.VARIABLE, TableShape.CHILD])
def test_a_row_is_what_it_is_said_to_be(file: Path, found: Proposal, shape: TableShape) -> None:
    [table] = found.tables
    [other] = propose([file], STANDARD, TODAY, layouts={table.place: Layout(table.header_rows, shape)}).tables
    assert other.shape is shape


def test_the_texts_of_a_column_are_taken_for_answers_of_what_it_is_said_to_hold(file: Path, found: Proposal) -> None:
    [mother] = [column for column in found.columns if column.header == "Mor"]
    assert not [value for value in found.values if value.column == mother.column]
    said = Target("parent-mental-status", Part.VALUE, Subject.PARENT_1)
    proposal = propose([file], STANDARD, TODAY, targets={mother.place: said})
    [column] = [column for column in proposal.columns if column.place == mother.place]
    assert column.target == said
    assert {value.value for value in proposal.values if value.column == mother.column} == {"god", "dårlig"}


def test_files_begin_with_their_first_rows(file: Path, found: Proposal, tmp_path: Path) -> None:
    [table] = found.tables
    rows = first_rows([file], table, 3, Cancellation())
    assert [number for number, _ in rows] == [1, 2, 3, 4, 5]
    assert rows[1][1][0] == "CPR"
    other = tmp_path / "andet.csv"
    other.write_text("a;b\n1;2\n", encoding="utf-8")
    assert first_rows([other], table, 3, Cancellation()) == []
    assert first_rows([other, file], table, 3, Cancellation()) == rows
    assert first_rows([file], replace(table, sheet="Ark2"), 3, Cancellation()) == []


def test_files_of_which_something_waits_are_not_read(file: Path) -> None:
    with pytest.raises(WaitingError) as waiting:
        read_known([file], STANDARD)
    assert {State.PROPOSED, State.UNMAPPED} & {link.state for link in waiting.value.proposal.links}
    assert open_known_files([file], STANDARD) == waiting.value.proposal


def test_files_are_opened_by_what_is_known_and_sure_of_them(file: Path, found: Proposal) -> None:
    work = open_mapped_files([file], STANDARD, found)
    assert work.paths == (file,)
    assert len(work.index.visits) == 20
    own = resource("samples", "familie.xlsx")
    known = open_known_files([own], STANDARD)
    assert isinstance(known, Workspace)
    assert known.paths == (own,)
    assert known.index.visits


def test_files_beside_that_hold_no_table_are_passed_over(file: Path, found: Proposal) -> None:
    (file.parent / "a.json").write_text('{"resourceType": "Bundle"}', encoding="utf-8")
    (file.parent / "b.pdf").write_bytes(b"%PDF-1.7\n")
    assert propose([file.parent], STANDARD, TODAY).tables == found.tables


def test_where_no_file_holds_a_table_the_first_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"resourceType": "Bundle"}', encoding="utf-8")
    (tmp_path / "b.json").write_text('{"resourceType": "Bundle"}', encoding="utf-8")
    with pytest.raises(FileFault) as fault:
        propose([tmp_path], STANDARD, TODAY)
    assert (fault.value.key, fault.value.facts["file"]) == ("map-of-report", "a.json")
    with pytest.raises(FileFault) as fault:
        propose([tmp_path / "gone.csv"], STANDARD, TODAY)
    assert fault.value.key == "file-not-found"
