"""A quantity, an indicator and what may be found several times, added as data alone: imported, filled, checked,
delivered, judged, printed, charted and estimated, without a line of code of their own."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.burden.estimate import estimate
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.editing.answers import answered
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.forms.loader import Read, form_of
from ldbu_desktop.forms.model import Widget
from ldbu_desktop.growth.series import growth_of
from ldbu_desktop.journal.model import Journal, Observation
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.wide_out import wide_table
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.explain import explanation
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.forms import forms
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.template import write_template
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.unit.standard.made_up import ANSWERS, MARK, PULSE, PULSE_CODE, SCREEN_TIME, VISIT_TYPE, made_up_standard

SHIPPED = shipped_standard()
TODAY = date(2026, 1, 1)
NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
LITTLE, MUCH = ANSWERS[SCREEN_TIME].values()
RED, BLUE = ANSWERS[MARK].values()
PEOPLE = """borger_id;cpr;rolle;barn;sor;aktiv
B1;050520-9996;barn;;451000016003;ja
M1;291182-9996;forælder;B1;451000016003;ja
"""
VISITS = """kontakt_id;borger_id;kontakttype;kontaktform;start;slut
K1;B1;{two};Hjemmebesøg;07-07-2020 10:30;07-07-2020 11:45
K2;B1;{four};Hjemmebesøg;07-10-2020 10:30;07-10-2020 11:45
"""
TOLD = """kontakt_id;borger_id;variabel;værdi;enhed
K1;;Vægt;5250;g
K1;;Længde;57,5;cm
K1;;Hovedomfang;39,5;cm
K1;;Forældre-barn-relation;Velfungerende forældre-barn-relation;
K1;M1;Psykisk tilstand;{mental};
K1;;Ernæring;Ammes primært;
K1;;Søvn;Søvn med normale variationer;
{asked}K1;;Puls;{pulse};slag
K1;;Skærmtid;{screen};
K1;;Mærke;Rødt mærke;
K1;;Mærke;Blåt mærke;
K2;;Puls;90;
"""


@pytest.fixture(scope="module")
def made_up() -> Standard:
    """The standard with the made-up variables."""
    return made_up_standard()


def exported(folder: Path, pulse: str = "130", screen: str = LITTLE) -> list[Path]:
    """Files of the long shape, with values of what was made up."""
    labels = {visit_type.id: visit_type.label.da for visit_type in SHIPPED.visit_types}
    mental = SHIPPED.concepts(SHIPPED.variable["parent-mental-status"])
    facts = {"two": labels[VISIT_TYPE], "four": labels["4-6-months"], "pulse": pulse, "screen": screen}
    facts["mental"] = next(iter(mental.values())).term
    asked = [SHIPPED.variable[name] for name in ("social-interaction", "communication", "motor-function")]
    terms = [(one.label.da, next(iter(SHIPPED.concepts(one).values())).term) for one in asked]
    facts["asked"] = "".join(f"K1;;{label};{term};\n" for label, term in terms)
    for name, text in (("borgere", PEOPLE), ("kontakter", VISITS), ("observationer", TOLD)):
        (folder / f"{name}.csv").write_text(text.format(**facts), encoding="utf-8")
    return sorted(folder.glob("*.csv"))


def of(journal: Journal, variable: str) -> list[Observation]:
    """The observations of a variable."""
    visits = [visit for family in journal.families for visit in family.visits]
    return [one for visit in visits for one in visit.observations if one.variable.value == variable]


def judged(journal: Journal, standard: Standard) -> Findings:
    """The findings of a journal."""
    return validate(journal, standard, TODAY)


def codes_about(findings: Findings, variable: str) -> set[str]:
    """The codes of the findings about a variable."""
    return {
        finding.code
        for found in findings.by_code.values()
        for finding in found
        if finding.location.variable == variable
    }


def test_it_is_imported_in_the_long_shape(made_up: Standard, tmp_path: Path) -> None:
    journal = load(exported(tmp_path), made_up)
    assert [(str(one.value.value), one.unit.value) for one in of(journal, PULSE)] == [("130", "/min"), ("90", "/min")]
    assert [one.value.value for one in of(journal, SCREEN_TIME)] == [next(iter(ANSWERS[SCREEN_TIME]))]
    assert [one.value.value for one in of(journal, MARK)] == list(ANSWERS[MARK])
    assert not codes_about(judged(journal, made_up), PULSE)


def test_it_is_imported_in_the_wide_shape_and_written_back(made_up: Standard, tmp_path: Path) -> None:
    journal = load(exported(tmp_path), made_up)
    wide = wide_table(journal, made_up)
    assert not wide.left_out
    assert {"Puls", "Skærmtid", "Mærke"} <= set(wide.header)
    row = dict(zip(wide.header, wide.rows[0], strict=True))
    assert row["Mærke"] == ";".join(ANSWERS[MARK].values())
    lines = [";".join(f'"{cell}"' for cell in cells) for cells in (wide.header, *wide.rows)]
    (tmp_path / "bred").mkdir()
    (tmp_path / "bred" / "kontakter bred.csv").write_text("\n".join(lines), encoding="utf-8")
    again = load([tmp_path / "bred"], made_up)
    for variable in (PULSE, SCREEN_TIME, MARK):
        values = [(one.value.value, one.unit.value) for one in of(journal, variable)]
        assert [(one.value.value, one.unit.value) for one in of(again, variable)] == values


@pytest.mark.parametrize("shape", ["long", "wide"])
def test_the_templates_have_it(made_up: Standard, tmp_path: Path, shape: str) -> None:
    (path, *_) = write_template(tmp_path / "skabelon.xlsx", made_up, shape, Language.DANISH)
    book = load_workbook(path)
    cells = {str(cell) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Puls", "Skærmtid", LITTLE, RED} <= cells


def test_it_is_checked_by_its_own_rules_and_does_not_shrink(made_up: Standard, tmp_path: Path) -> None:
    findings = judged(load(exported(tmp_path), made_up), made_up)
    assert codes_about(findings, PULSE) == codes_about(findings, SCREEN_TIME) == codes_about(findings, MARK) == set()
    lost = {"mandatory-missing-gateway", "mandatory-missing-guide"}
    without = exported(tmp_path, pulse="", screen="")
    told = judged(load(without, made_up), made_up)
    assert codes_about(told, PULSE) & {"value-missing", *lost}
    wild = judged(load(exported(tmp_path, pulse="900"), made_up), made_up)
    assert codes_about(wild, PULSE) == {"value-implausible"} or codes_about(wild, PULSE) == {"factor-slip"}
    exact = judged(load(exported(tmp_path, pulse="130,5"), made_up), made_up)
    assert codes_about(exact, PULSE) == {"too-many-decimals"}
    other = judged(load(exported(tmp_path, screen="Ukendt svar"), made_up), made_up)
    assert len(codes_about(other, SCREEN_TIME)) == 1


def test_what_is_asked_for_and_missing_is_told(made_up: Standard, tmp_path: Path) -> None:
    paths = exported(tmp_path)
    text = (tmp_path / "observationer.csv").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if "Puls" not in line and "Skærmtid" not in line]
    (tmp_path / "observationer.csv").write_text("\n".join(kept), encoding="utf-8")
    told = judged(load(paths, made_up), made_up).by_code
    asked = {
        code: {finding.facts["variable"] for finding in told.get(code, ()) if "variable" in finding.facts}
        for code in ("mandatory-missing-gateway", "mandatory-missing-guide")
    }
    shipped = judged(load(paths, SHIPPED), SHIPPED).by_code
    missing = "mandatory-missing-gateway", "mandatory-missing-guide"
    assert [len(told[code]) - len(shipped.get(code, ())) for code in missing] == [1, 1], asked


def test_it_is_filled_in_a_form(made_up: Standard, tmp_path: Path) -> None:
    read = made_up_form(made_up)
    assert read.form is not None
    widgets = {field.id: field.widget for field in read.form.fields}
    assert widgets == {PULSE: Widget.NUMBER, SCREEN_TIME: Widget.CHOICE, MARK: Widget.FINDINGS}
    journal = load(exported(tmp_path), made_up)
    family = journal.families[0]
    visit = family.visits[1]
    for variable, raw in ((PULSE, "101"), (SCREEN_TIME, MUCH), (MARK, RED), (MARK, BLUE)):
        journal = answered(journal, Where(family.key, visit.key, variable=variable, subject="B1"), raw, made_up)
    told = {(one.variable.value, str(one.value.value)) for one in journal.families[0].visits[1].observations}
    assert told == {
        (PULSE, "101"),
        (SCREEN_TIME, list(ANSWERS[SCREEN_TIME])[1]),
        *((MARK, code) for code in ANSWERS[MARK]),
    }
    assert forms(None, made_up).shipped.faults == ()


def made_up_form(standard: Standard) -> Read:
    """A form that asks for what was made up."""
    fields = "".join(f"      - {{variable: {name}}}\n" for name in (PULSE, SCREEN_TIME, MARK))
    text = (
        f"id: own\ntitle: Egen\nvisits: [{VISIT_TYPE}]\nsections:\n  - id: all\n    title: Alt\n    fields:\n{fields}"
    )
    return form_of(text.encode(), "own.yaml", standard)


def test_it_is_delivered_and_conforms_by_its_own_profile(made_up: Standard, tmp_path: Path) -> None:
    findings = judged(load(exported(tmp_path), made_up), made_up)
    receipt = export(Deliveries(findings, made_up), tmp_path / "out", ExportOptions(send_anyway=True), NOW)
    assert [left_out.visit for left_out in receipt.left_out] == ["K2"]
    (path,) = (one for one in (tmp_path / "out").iterdir() if not one.name.startswith("kvittering"))
    text = path.read_text(encoding="utf-8")
    pulses = [
        entry["resource"]
        for entry in json.loads(text)["entry"]
        if PULSE_CODE in json.dumps(entry["resource"].get("code", {}))
    ]
    assert [one["valueQuantity"] for one in pulses] == [
        {"value": 130, "unit": "/min", "system": "http://unitsofmeasure.org", "code": "/min"}
    ]
    own, shipped = engine_for(made_up), engine_for(SHIPPED)
    assert own.check(text.encode()).valid
    assert not shipped.check(text.encode()).valid
    assert keys(own, text.replace('"code": "/min"', '"code": "cm"')) != set()
    assert load([path], made_up).families[0].visits[0].observations != ()
    assert [str(one.value.value) for one in of(load([path], made_up), PULSE)] == ["130"]


def keys(engine: Engine, text: str) -> set[str]:
    """The keys of what is wrong in a report."""
    return {error.key for error in engine.check(text.encode()).errors}


def test_it_is_charted_where_the_data_say_so(made_up: Standard, tmp_path: Path) -> None:
    journal = load(exported(tmp_path), made_up)
    growth = growth_of(journal.families[0], "B1", made_up)
    pulse = growth.by_id[PULSE]
    assert [str(point.size) for point in pulse.points] == ["130", "90"]
    assert (pulse.charted.unit, pulse.charted.measure, pulse.lines) == ("/min", None, ())
    assert {point.is_doubtful for point in pulse.points} == {False}
    assert PULSE not in growth_of(journal.families[0], "B1", SHIPPED).by_id
    assert set(growth.by_id) == {"weight", "height", "head-circumference", PULSE, "bmi"}


def test_it_is_estimated(made_up: Standard) -> None:
    form = made_up_form(made_up).form
    assert form is not None
    found = estimate(form, made_up)
    assert {part.variable for part in found.parts} >= {PULSE, SCREEN_TIME}


def test_two_standards_are_open_at_once(made_up: Standard, tmp_path: Path) -> None:
    paths = exported(tmp_path)
    for _ in range(2):
        ours, theirs = load(paths, made_up), load(paths, SHIPPED)
        assert len(of(ours, PULSE)) == 2
        assert not of(theirs, PULSE)
        assert judged(ours, made_up).rules.standard is made_up
        assert "variable-unknown" in judged(theirs, SHIPPED).by_code
        assert "variable-unknown" not in judged(ours, made_up).by_code
        assert made_up_form(made_up).form is not None
        assert made_up_form(SHIPPED).form is None
        assert engine_for(made_up) is engine_for(made_up) is not engine_for(SHIPPED)
        for standard in (made_up, SHIPPED):
            assert explanation("value-implausible", Language.DANISH, standard).code == "value-implausible"
    assert forms(None, made_up).for_visit(VISIT_TYPE) is not forms(None, SHIPPED).for_visit(VISIT_TYPE)


def test_a_release_that_lacks_what_our_forms_and_sheets_have_is_a_standard_too(tmp_path: Path) -> None:
    lost = {"exam-result", "sleep"}
    less = replace(
        SHIPPED,
        variables=tuple(one for one in SHIPPED.variables if one.id not in lost),
        guide_rules=tuple(
            replace(rule, variables=tuple(one for one in rule.variables if one not in lost))
            for rule in SHIPPED.guide_rules
        ),
    )
    journal = load(exported(tmp_path), less)
    assert of(journal, "weight")
    assert not of(journal, "sleep")
    found = forms(None, less)
    assert found.shipped.faults
    assert {form.id for form in found.all} < {form.id for form in forms(None, SHIPPED).all}
