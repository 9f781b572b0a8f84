"""Corrected copies: the file as it was but for what was mended, which reads as what is open; never the file itself."""

from __future__ import annotations

import stat
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Font

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.editing.operations import AnswerField, EditValue
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.correct import CorrectedCopy, correct
from ldbu_desktop.use_cases.opening import open_files
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.mending import mend_known
from ldbu_desktop.workspace.workspace import Workspace

STANDARD = shipped_standard()
TODAY = date(2026, 11, 28)
FAULTY = resource("samples", "familie-med-fejl.xlsx")
WIDE = resource("samples", "familie-bred.csv")


def work_on(*paths: Path) -> Workspace:
    work = open_files(paths, STANDARD)
    work.judge(validate(work.journal, STANDARD, TODAY))
    return work


def said(work: Workspace) -> list[tuple[object, ...]]:
    """What a journal says, without the places that it was read from."""
    assert work.findings is not None
    return [
        (visit.key, visit.type.value, visit.start.value,
         tuple((one.variable.value, one.value.value, one.unit.value, one.missing_reason.value)
               for one in sorted(visit.observations, key=lambda one: str(one.variable.value))))
        for family in work.journal.families for visit in family.visits
    ]  # fmt: skip


def edited_copy(work: Workspace, source: Path, target: Path) -> CorrectedCopy:
    before = source.read_bytes()
    copy = correct(work, [source], target)
    assert source.read_bytes() == before
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in copy.written)
    return copy


def test_a_workbook_reads_as_what_was_mended(tmp_path: Path) -> None:
    work = work_on(FAULTY)
    assert mend_known(work) == 3
    copy = edited_copy(work, FAULTY, tmp_path / "copy.xlsx")
    assert (copy.changed, copy.elsewhere, copy.lost) == (3, (), ())
    assert said(work_on(tmp_path / "copy.xlsx")) == said(work)
    book = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert book["Observationer"]["E9"].value == "5250"
    assert book["Observationer"]["E9"].fill.fgColor.rgb.endswith("FFF3C4")
    assert "31-02-2020" in book["Kontakter"]["F8"].comment.text
    assert [row[1].value for row in book["Rettelser"].iter_rows(min_row=2)] == [
        "Observationer!E43", "Observationer!E9", "Spørgeskemaer!F12",
    ]  # fmt: skip
    original = openpyxl.load_workbook(FAULTY)
    changed = {"Observationer": {"E43", "E9"}, "Spørgeskemaer": {"F12"}}
    for sheet in original:
        for row in sheet.iter_rows():
            for cell in row:
                other = book[sheet.title][cell.coordinate]
                if cell.coordinate not in changed.get(sheet.title, ()):
                    assert (other.value, other.number_format, other.font.b, other.fill.fgColor.rgb) == (
                        cell.value, cell.number_format, cell.font.b, cell.fill.fgColor.rgb,
                    )  # fmt: skip
        assert book[sheet.title].sheet_state == sheet.sheet_state


def some_workbook(path: Path, **more: Any) -> Path:
    """A workbook in the wide shape with what people put in workbooks."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Rettelser"
    sheet.append(["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "Vægt", "Vægt enhed", "Fund"])
    sheet.append(
        ["K1", "0505209996", "451000016003", "Barselsbesøg", "Hjemmebesøg", "08-05-2020", "=3350+0", "g", "x; y"]
    )
    sheet.append(
        ["K2", "0505209996", "451000016003", "Barselsbesøg", "Hjemmebesøg", datetime(2020, 5, 9), 3400, "g", None]
    )
    sheet["D2"].comment = Comment("mine", "somebody")
    sheet["E2"].font = Font(bold=True)
    hidden = book.create_sheet("skjult")
    hidden["A1"], hidden["A2"], hidden["A3"] = "=1=1", "=1/0", '="a&b"'
    hidden["A4"], hidden["A5"] = "=DATE(2020,5,8)", "=A9"
    hidden["A4"].number_format = "dd-mm-yyyy"
    hidden.sheet_state = "hidden"
    if more.get("chart"):
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=7, min_row=2, max_row=3))
        sheet.add_chart(chart, "K2")
    if more.get("merged"):
        sheet.merge_cells("G2:G3")
        sheet.merge_cells("A2:A3")
    book.save(path)
    values = {
        "<f>3350+0</f><v></v>": "<f>3350+0</f><v>3350</v>", "<f>1=1</f><v></v>": "<f>1=1</f><v>1</v>",
        "<f>1/0</f><v></v>": "<f>1/0</f><v>#DIV/0!</v>",
        '<f>"a&amp;b"</f><v></v>': '<f>"a&amp;b"</f><v>a&amp;b</v>',
        "<f>DATE(2020,5,8)</f><v></v>": "<f>DATE(2020,5,8)</f><v>43959</v>",
    }  # fmt: skip
    aside = path.with_suffix(".tmp")
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(aside, "w") as after:
        for part in before.infolist():
            text = before.read(part)
            for old, new in values.items():
                text = text.replace(old.replace("<v></v>", "<v />").encode(), new.encode())
                text = text.replace(old.encode(), new.encode())
            text = text.replace(b'<c r="A1"><f>1=1', b'<c r="A1" t="b"><f>1=1')
            text = text.replace(b'<c r="A3"><f>', b'<c r="A3" t="str"><f>')
            text = text.replace(b'<c r="A2"><f>1/0', b'<c r="A2" t="e"><f>1/0')
            after.writestr(part, text)
        for name in more.get("parts", ()):
            after.writestr(name, b"x")
    aside.replace(path)
    return path


def place(work: Workspace, visit: str, record: str, field: str = "", variable: str = "") -> Where:
    family = work.family_of(visit)
    assert family is not None
    return Where(family.key, visit, f"{visit}/{record}" if record else "", field, variable)


def test_what_formulas_worked_out_and_what_people_wrote_stays(tmp_path: Path) -> None:
    source = some_workbook(tmp_path / "source.xlsx")
    work = work_on(source)
    weight = next(one for one in work.journal.families[0].visits[1].observations if one.variable.value == "weight")
    work.do(EditValue(place(work, "K2", "", "", "weight")._replace(record=weight.key), "3450,5"))
    work.do(EditValue(place(work, "K2", "", "visit.start"), "10-05-2020"))
    found = [one for one in work.journal.families[0].visits[0].observations if one.variable.value == "exam-result"]
    work.do(EditValue(place(work, "K1", "", "", "exam-result")._replace(record=found[1].key), "z"))
    copy = edited_copy(work, source, tmp_path / "copy.xlsx")
    assert (copy.changed, copy.elsewhere, copy.lost) == (3, (), ())
    values = openpyxl.load_workbook(tmp_path / "copy.xlsx", data_only=True)
    formulas = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    assert values["Rettelser"]["G2"].value == 3350
    assert formulas["Rettelser"]["G2"].value == "=3350+0"
    assert values["Rettelser"]["G3"].value == 3450.5
    assert values["Rettelser"]["I2"].value == "x; z"
    assert formulas["Rettelser"]["F3"].value == datetime(2020, 5, 10)
    assert [values["skjult"][f"A{row}"].value for row in (1, 2, 3, 4, 5)] == [
        True, "#DIV/0!", "a&b", datetime(2020, 5, 8), None,
    ]  # fmt: skip
    assert formulas["skjult"].sheet_state == "hidden"
    assert formulas["Rettelser"]["D2"].comment.text.startswith("mine")
    assert formulas["Rettelser"]["E2"].font.bold
    assert formulas.sheetnames == ["Rettelser", "skjult", "Rettelser 2"]
    assert said(work_on(tmp_path / "copy.xlsx")) == said(work)


def test_what_a_copy_does_not_have_is_said(tmp_path: Path) -> None:
    source = some_workbook(tmp_path / "source.xlsx", chart=True, parts=("xl/vbaProject.bin", "xl/slicers/one.xml"))
    work = work_on(source)
    assert edited_copy(work, source, tmp_path / "copy.xlsx").lost == ("slicers", "vbaProject.bin")


def test_a_merged_cell_is_not_written_into(tmp_path: Path) -> None:
    source = some_workbook(tmp_path / "source.xlsx", merged=True)
    work = work_on(source)
    family = work.journal.families[0]
    second = next(visit for visit in family.visits if visit.key != "K1")
    at = Where(family.key, second.key, variable="weight", subject=family.citizens[0].key)
    work.do(EditValue(Where(family.key, "K1", field="visit.status"), "nonsense"))
    work.do(AnswerField(at, "3400"))
    copy = edited_copy(work, source, tmp_path / "copy.xlsx")
    assert {one.change.name for one in copy.elsewhere} == {"visit.status", "weight"}


def test_in_the_long_shape_a_number_stands_once(tmp_path: Path) -> None:
    work = work_on(FAULTY)
    family = work.journal.families[0]
    child = next(one for one in family.citizens if one.is_child)
    work.do(EditValue(Where(family.key, "", child.key, "citizen.cpr"), "050520-9988"))
    copy = edited_copy(work, FAULTY, tmp_path / "copy.xlsx")
    assert (copy.changed, copy.elsewhere) == (1, ())


def test_a_row_of_which_nothing_is_left_is_empty(tmp_path: Path) -> None:
    work = work_on(FAULTY)
    family = work.journal.families[0]
    visit = next(one for one in family.visits if one.observations)
    observation = next(one for one in visit.observations if one.variable.value in STANDARD.variable)
    variable, about = observation.variable.value or "", observation.subject.value or ""
    work.do(AnswerField(Where(family.key, visit.key, variable=variable, subject=about), ""))
    after = work.visit(visit.key)
    assert after is not None
    assert observation.key not in {one.key for one in after.observations}
    edited_copy(work, FAULTY, tmp_path / "copy.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "copy.xlsx")[observation.origin.sheet]
    assert {cell.value for cell in sheet[observation.origin.row]} == {None}
    assert said(work_on(tmp_path / "copy.xlsx")) == said(work)


def test_in_the_long_shape_what_is_added_to_a_row_has_the_columns_of_all_rows(tmp_path: Path) -> None:
    """One row has neither value nor reason: others, of other things that are observed, show where both are written."""
    work = work_on(FAULTY)
    assert work.findings is not None
    for field, added, column in (("", "Alderssvarende motorik", "E"), ("observation.missing-reason", "Ukendt", "G")):
        empty = next(one.location for one in work.findings.all if one.code == "value-missing")
        work.do(EditValue(empty.where._replace(field=field), added))
        copy = edited_copy(work, FAULTY, tmp_path / f"copy-{column}.xlsx")
        assert copy.elsewhere == ()
        sheet = openpyxl.load_workbook(copy.written[0])[empty.origin.sheet]
        assert sheet[f"{column}{empty.origin.row}"].value == added
        again = work_on(copy.written[0])
        assert said(again) == said(work)
        work.undo()


def test_text_keeps_its_bytes_and_the_changes_lie_beside(tmp_path: Path) -> None:
    work = work_on(WIDE)
    family = work.journal.families[0]
    mother, child = family.citizens[0], next(one for one in family.citizens if one.is_child)
    work.do(EditValue(Where(family.key, "", mother.key, "citizen.cpr"), "291182-9988"))
    work.do(EditValue(Where(family.key, "", child.key, "citizen.cpr"), "050520-9988"))
    work.do(AnswerField(Where(family.key, "K04", variable="weight", subject=child.key), "3600"))
    work.do(AnswerField(Where(family.key, "K04", variable="sleep", subject=child.key), "Søvn med normale variationer"))
    work.do(AnswerField(Where(family.key, "K04", variable="nicotine", subject=child.key), "Ikke prøvet nikotin"))
    copy = edited_copy(work, WIDE, tmp_path / "copy.csv")
    assert [one.change.name for one in copy.elsewhere] == ["nicotine"]
    again = work_on(tmp_path / "copy.csv")
    work.undo()
    assert said(again) == said(work)
    before, after = WIDE.read_bytes().split(b"\n"), (tmp_path / "copy.csv").read_bytes().split(b"\n")
    changed = [one.replace(b"291182-9996", b"291182-9988").replace(b"050520-9996", b"050520-9988") for one in before]
    assert changed[:4] == after[:4]
    sheets = openpyxl.load_workbook(tmp_path / "copy-rettelser.xlsx")
    assert sheets.sheetnames == ["Rettelser", "Fund"]
    assert sheets["Rettelser"].max_row == 6
    assert not any("291182" in str(cell.value) for row in sheets["Rettelser"].iter_rows() for cell in row)


def test_files_of_a_folder_are_copied_to_a_folder(tmp_path: Path) -> None:
    folder, target = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    target.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_bytes(WIDE.read_bytes().replace(b";K0", f";{name[0]}K0".encode()))
    copy = correct(work_on(folder), [folder], target)
    assert {path.name for path in copy.written} == {"a.csv", "b.csv", "a-rettelser.xlsx", "b-rettelser.xlsx"}


def test_what_can_not_be_copied_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "source.csv"
    source.write_bytes(WIDE.read_bytes())
    with pytest.raises(CallFault, match="copy-onto-itself"):
        correct(work_on(source), [source], source)
    archive = tmp_path / "archive.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(source, "source.csv")
    with pytest.raises(CallFault, match="copy-in-archive"):
        correct(work_on(archive), [archive], tmp_path / "copy.csv")
    reports = resource("samples", "rapporter")
    with pytest.raises(CallFault, match="copy-kind-unknown"):
        correct(work_on(reports), [reports], tmp_path / "out")
    with pytest.raises(CallFault, match="copy-kind-unknown"):
        correct(work_on(source), [reports], tmp_path / "out")


def test_what_is_copied_beside_what_can_not_be(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "wide.csv").write_bytes(WIDE.read_bytes())
    report = next(resource("samples", "rapporter").glob("*.json"))
    (folder / "report.json").write_bytes(report.read_bytes())
    work = work_on(folder)
    family = next(one for one in work.journal.families if one.visits and one.visits[0].origin.line)
    work.do(EditValue(Where(family.key, family.visits[0].key, field="visit.start"), "01-02-2021 10:00"))
    copy = correct(work, [folder], tmp_path / "copy.csv")
    assert len(copy.written) == 2
    assert [one.change.name for one in copy.elsewhere] == ["visit.start"]


def test_a_number_that_two_have_is_corrected_where_the_one_of_them_stands(tmp_path: Path) -> None:
    source = tmp_path / "source.csv"
    lines = ["Barn-ID;Barnets CPR;Mor-ID;Mors CPR;Besøgsdato;Besøgstype;Vægt (g)"]
    for number in range(8):
        child, mother = f"B{number};0{number + 1}0120400{number}", f"0{number + 1}01901{230 + 2 * number}"
        kept = "N" if number == 0 else f"M{number}"
        lines.append(f"{child};M{number};{mother};1{number}-03-2020;2 måneder;5200")
        lines.append(f"{child};{kept};{mother};2{number}-06-2020;4-6 måneder;7000")
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    work = work_on(source)
    family = work.journal.families[0]
    assert {"M0", "N"} < {one.key for one in family.citizens}
    work.do(EditValue(Where(family.key, "", "N", "citizen.cpr"), "010190-1234"))
    copy = edited_copy(work, source, tmp_path / "copy.csv")
    copied = [line.split(";")[2:4] for line in (tmp_path / "copy.csv").read_text("utf-8").splitlines()[1:3]]
    assert copied == [["M0", "0101901230"], ["N", "010190-1234"]]
    assert [one.change.where.record for one in copy.elsewhere] == ["N"]


def test_macros_are_kept_and_what_is_taken_away_is_empty(tmp_path: Path) -> None:
    source = some_workbook(tmp_path / "source.xlsm")
    work = work_on(source)
    work.do(EditValue(place(work, "K2", "", "visit.start"), "09-05-2020 10:30"))
    work.do(EditValue(place(work, "K2", "", "visit.class"), ""))
    copy = edited_copy(work, source, tmp_path / "copy.xlsm")
    sheet = openpyxl.load_workbook(tmp_path / "copy.xlsm")["Rettelser"]
    assert copy.changed == 2
    assert (sheet["F3"].value, sheet["E3"].value) == (datetime(2020, 5, 9, 10, 30), None)


@pytest.mark.parametrize(("name", "copied"), [("a.xlsm", "b.xlsx"), ("a.xlsx", "b.xlsm")])
def test_a_copy_is_of_the_kind_that_its_name_says(tmp_path: Path, name: str, copied: str) -> None:
    source = some_workbook(tmp_path / name, parts=("xl/vbaProject.bin",))
    copy = edited_copy(work_on(source), source, tmp_path / copied)
    has_macros = copied.endswith("m")
    with zipfile.ZipFile(tmp_path / copied) as archive:
        assert (b"macroEnabled" in archive.read("[Content_Types].xml")) is has_macros
        assert ("xl/vbaProject.bin" in archive.namelist()) is has_macros
    assert copy.lost == (() if has_macros else ("vbaProject.bin",))


def test_a_file_that_changed_since_is_left_where_it_says_something_else(tmp_path: Path) -> None:
    source = tmp_path / "source.csv"
    source.write_bytes(WIDE.read_bytes())
    work = work_on(source)
    family = work.journal.families[0]
    work.do(EditValue(Where(family.key, "K02", field="visit.start"), "09-05-2020 10:30"))
    work.found = None
    source.write_bytes(WIDE.read_bytes().replace(b"08-05-2020 10:30", b"08-05-2020 10:31"))
    copy = correct(work, [source], tmp_path / "copy.csv")
    assert (copy.changed, [one.change.name for one in copy.elsewhere]) == (0, ["visit.start"])
    source.write_bytes(WIDE.read_bytes().replace(b"08-05-2020 10:30", b'"08;05"'))
    assert correct(work, [source], tmp_path / "copy.csv").changed == 0
    source.write_bytes(b"\n".join([*WIDE.read_bytes().split(b"\n")[:2], b"K02;4"]))
    assert correct(work, [source], tmp_path / "copy.csv").changed == 0
