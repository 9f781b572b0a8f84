"""Forms by name, a comparison as documents and tables, variants as files, and a comparison that is kept."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.burden.assumptions import shipped_assumptions
from ldbu_desktop.burden.documents import documents
from ldbu_desktop.burden.model import Band
from ldbu_desktop.burden.variants import field_of, variant, with_field, with_prefill, without_field
from ldbu_desktop.faults import CallFault, FileFault, OutputFault
from ldbu_desktop.forms.flaws import flaws
from ldbu_desktop.forms.loader import read_form, shipped_form_of, shipped_forms
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Widget
from ldbu_desktop.forms.writing import form_text
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.burden_tables import tables
from ldbu_desktop.rendering.burden_words import name_of
from ldbu_desktop.rendering.tables import workbook, write_workbook
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.burden import assumptions_of, compared, instrument_forms
from ldbu_desktop.use_cases.forms import forms_by_name
from ldbu_desktop.use_cases.variants import addable, new_variant, prefills_for, save_variant, with_added

EVIL = Text(da="=1+1", en="=1+1")


@pytest.fixture
def form() -> Form:
    return shipped_form_of("2-months", shipped_standard())


@pytest.fixture
def less(form: Form) -> Form:
    """A variant that loses what the gateway requires, under a title that a workbook could take for a formula."""
    return variant(without_field(form, "sleep"), "less", EVIL)


def test_forms_are_named_by_id_or_file(form: Form, less: Form, standard: Standard, tmp_path: Path) -> None:
    path = tmp_path / "less.yaml"
    path.write_text(form_text(less, shipped_standard()), encoding="utf-8")
    found = forms_by_name(["2-months", str(path), "epds"], standard)
    assert [each.id for each in found] == ["2-months", "less", "epds"]
    assert found[0] == form


def test_a_name_that_is_nothing_is_told_with_the_nearest(standard: Standard, tmp_path: Path) -> None:
    for name, nearest in (("2-month", "2-months"), ("æ" * 300, standard.visit_types[0].id)):
        with pytest.raises(CallFault) as fault:
            forms_by_name([name], standard)
        assert fault.value.facts["nearest"] == nearest
    path = tmp_path / "broken.yaml"
    path.write_text("id: [", encoding="utf-8")
    with pytest.raises(FileFault) as broken:
        forms_by_name([str(path)], standard)
    assert broken.value.facts["file"] == "broken.yaml"


def test_every_form_that_ships_can_be_estimated_and_loses_nothing(standard: Standard) -> None:
    for each in shipped_forms(shipped_standard()).forms:
        [found] = compared([each], standard).forms
        assert found.found.seconds.typical > 0
        assert found.unmet_rules == ()
        assert found.lost_guide == ()
        assert set(found.found.fields) == {field.id for field in each.fields}


def test_the_instruments_own_forms_are_found(form: Form) -> None:
    assert set(instrument_forms([form], shipped_standard())) == {
        field.questionnaire for field in form.fields if field.questionnaire
    }
    assert instrument_forms([form], shipped_standard())["epds"] is shipped_form_of("epds", shipped_standard())


def test_assumptions_are_read_from_words() -> None:
    read = assumptions_of(["births=600", " M = 1,2/1,5/2 "])
    assert read.changed == {"births": Band(600, 600, 600), "M": Band(1.2, 1.5, 2)}
    unreadable = "assumption-unreadable"
    for words, key in (("births", unreadable), ("births=", unreadable), ("b=1", "assumption-unknown")):
        with pytest.raises(CallFault) as fault:
            assumptions_of([words])
        assert fault.value.key == key


def test_things_are_called_by_their_names(form: Form, standard: Standard) -> None:
    assert name_of("weight", form, standard, Language.DANISH) == standard.variable["weight"].label.da
    assert name_of("epds", form, standard, Language.ENGLISH) == standard.questionnaire["epds"].label.en
    assert name_of("save", form, standard, Language.ENGLISH) == "Save the form"
    epds, item = shipped_form_of("epds", shipped_standard()), standard.questionnaire["epds"].by_link_id["1humor"]
    assert name_of("1humor", epds, standard, Language.DANISH) == item.label.da
    assert name_of("1humor", form, standard, Language.DANISH) == "1humor"
    assert name_of("2humor", epds, standard, Language.DANISH) == "2humor"


def test_a_document_adds_up(form: Form, less: Form, standard: Standard) -> None:
    given = assumptions_of(["births=600", "folded_share=0.5", "site_factor=1.2"])
    first, second = documents(compared([form, less], standard, given), standard, Language.ENGLISH)
    for scenario in ("low", "typical", "high"):
        seconds = first["seconds"][scenario]
        assert sum(part["seconds"][scenario] for part in first["parts"]) == pytest.approx(seconds)
        assert sum(band[scenario] for band in first["by_kind"].values()) == pytest.approx(seconds)
        assert sum(band[scenario] for band in first["by_need"].values()) == pytest.approx(seconds)
        hours = seconds * first["year"]["children"] / 3600
        assert first["year"]["hours"][scenario] == pytest.approx(hours)
        assert first["year"]["dkk"][scenario] == pytest.approx(hours * 330.36)
    assert first["year"]["children"] == 540
    assert second["gateway_rules_not_met"] == [
        "gateway-children-report-sleep",
        "gateway-children-report-motor-function",
    ]
    assert second["lost"] == second["guide_lost"] == ["sleep"]
    savings = {part["saving"] for part in first["parts"] if "saving" in part}
    assert {each["saving"] for each in first["avoidable"]} == savings != set()
    told = {each["id"]: each for each in first["assumptions"]}
    assert told["births"] == {**told["births"], "value": 600, "changed": True}
    assert told["p_err"]["value"] == {"low": 0.02, "typical": 0.05, "high": 0.1}
    assert told["judgement"]["value"] is None
    assert json.loads(json.dumps(first)) == first


def test_what_is_not_counted_names_its_fields(form: Form, standard: Standard) -> None:
    [told] = documents(compared([form], standard), standard, Language.DANISH)
    left_out = {each["id"]: each for each in told["not_counted"]}
    assert set(left_out["folded"]["fields"]) == {field.id for field in form.fields if field.optional}
    assert "seconds" not in left_out["judgement"]


@pytest.mark.parametrize("language", list(Language))
def test_tables_have_a_cell_for_each_heading(form: Form, less: Form, standard: Standard, language: Language) -> None:
    more = variant(with_field(form, Field(id="again", variable="weight"), "growth"), "more", EVIL)
    found = tables(compared([form, less, more], standard), standard, language)
    assert [len(table.rows) > 0 for table in found] == [True] * 5
    for table in found:
        assert {len(row) for row in table.rows} == {len(table.headings)}
    assert len(found[-1].rows) == len(shipped_assumptions())


def test_a_single_form_has_tables_too(standard: Standard) -> None:
    comparison = compared([shipped_form_of("maternity", shipped_standard())], standard, assumptions_of(["births=3"]))
    assert tables(comparison, standard, Language.DANISH)[2].rows == ()


def test_a_workbook_opens_and_takes_no_title_for_a_formula(
    form: Form, less: Form, standard: Standard, tmp_path: Path
) -> None:
    comparison = compared([less, form], standard)
    path = tmp_path / "a.xlsx"
    write_workbook(path, tables(comparison, standard, Language.DANISH))
    book = openpyxl.load_workbook(path)
    assert len(book.sheetnames) == 5
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value and str(cell.value).startswith("=") for cell in cells)
    assert "f" not in {cell.data_type for cell in cells}
    seconds = book.worksheets[0].cell(2, 3).value
    assert seconds == round(comparison.forms[0].found.seconds.typical, 1)
    english = openpyxl.load_workbook(BytesIO(workbook(tables(comparison, standard, Language.ENGLISH))))
    assert english.sheetnames != book.sheetnames


def test_a_new_variant_has_an_id_of_its_own(form: Form) -> None:
    first = new_variant(form, ["2-months"])
    second = new_variant(form, ["2-months", first.id])
    assert (first.id, second.id) == ("2-months-variant-1", "2-months-variant-2")
    assert first.is_own


def test_what_a_form_lacks_can_be_added(form: Form, less: Form, standard: Standard) -> None:
    names = [each.name for each in addable(less, standard)]
    assert "sleep" in names
    assert "weight" not in names
    added = with_added(less, "sleep", "growth", standard, 0)
    sleep = field_of(added, "sleep")
    assert sleep.widget is Widget.CHOICE
    assert next(section for section in added.sections if section.id == "growth").fields[0] == sleep
    assert flaws(variant(added, "mine", EVIL), standard) == ()


def test_an_added_field_gets_a_free_id(standard: Standard) -> None:
    maternity = shipped_form_of("maternity", shipped_standard())
    field = Field(id="weight", variable="hearing")
    occupied = with_field(without_field(maternity, "weight"), field, maternity.sections[0].id)
    [found] = [each for each in addable(occupied, standard) if each.name == "weight"]
    assert found.field.id == "weight-2"


def test_first_proposals_are_offered_where_they_are_safe(form: Form, standard: Standard) -> None:
    assert prefills_for(field_of(form, "weight"), form, standard) == (Prefill.NONE,)
    assert prefills_for(field_of(form, "sleep"), form, standard) == tuple(Prefill)
    opened = Field(id="hearing", variable="hearing", shown=Condition(answers={"sleep": ()}))
    waiting = with_field(form, opened, "growth")
    assert prefills_for(field_of(waiting, "hearing"), waiting, standard) == tuple(Prefill)


def test_a_variant_is_written_as_a_form_that_reads_back(less: Form, standard: Standard, tmp_path: Path) -> None:
    path = tmp_path / "less.yaml"
    save_variant(path, less, standard)
    read = read_form(path, standard).form
    assert read is not None
    assert [field.id for field in read.fields] == [field.id for field in less.fields]
    with pytest.raises(OutputFault):
        save_variant(tmp_path / "nowhere" / "less.yaml", less, standard)


def test_a_variant_that_others_could_not_read_is_not_written(less: Form, standard: Standard, tmp_path: Path) -> None:
    path = tmp_path / "less.yaml"
    with pytest.raises(FileFault) as fault:
        save_variant(path, with_prefill(less, "weight", Prefill.EARLIER), standard)
    assert fault.value.key == "form-prefill-unsafe"
    assert not path.exists()
