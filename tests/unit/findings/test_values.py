"""Values, units, sizes and subjects."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.examples import RecordChange, RowChange
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.standards import shipped_standard

Found = Callable[..., Findings]
WEIGHT, HEIGHT, HEAD, SLEEP, MOTOR = "O13", "O14", "O15", "O18", "O19"


def cell(key: str, value: str, column: str = "værdi") -> RowChange:
    return RowChange("Observationer", key, column=column, value=value)


@pytest.mark.parametrize(
    ("key", "value", "unit", "code", "meant"),
    [
        (WEIGHT, "5250", "kg", "unit-slip", "5.25"),
        (WEIGHT, "5,2", "g", "unit-slip", "5200"),
        (HEIGHT, "0,6", "cm", "unit-slip", "60"),
        (HEIGHT, "575", "cm", "unit-slip", "57.5"),
        (HEIGHT, "5,7", "cm", "factor-slip", "57"),
        (WEIGHT, "52500", "g", "factor-slip", "5250"),
        (WEIGHT, "525", "g", "factor-slip", "5250"),
        (HEAD, "38300", "cm", "factor-slip", "38.3"),
        (HEIGHT, "0,1", "cm", "value-implausible", ""),
    ],
)
def test_a_slip_is_explained(key: str, value: str, unit: str, code: str, meant: str, found: Found) -> None:
    findings = found(cell(key, value), cell(key, unit, "enhed"))
    assert set(findings.by_code) == {code}
    [finding] = findings.all
    assert finding.facts.get("meant") == (Decimal(meant) if meant else None)


def test_without_an_age_no_size_is_implausible(found: Found) -> None:
    no_birth = RowChange("Borgere", "barn-1", column="cpr", value="290221-9996")
    findings = found(cell(HEAD, "90"), no_birth)
    assert "value-implausible" not in findings.by_code


def test_a_measurement_in_kg_may_have_one_decimal(found: Found) -> None:
    assert not found(cell(WEIGHT, "5,3"), cell(WEIGHT, "kg", "enhed")).all


@pytest.mark.parametrize(
    ("key", "value", "unit", "typed"),
    [
        (HEIGHT, "57,50", "cm", "57,5 cm"),
        (HEIGHT, "57,54", "cm", "57,5 cm"),
        (HEIGHT, "57,25", "cm", "57,3 cm"),
        (WEIGHT, "5,24", "kg", "5240 g"),
        (WEIGHT, "5,2455", "kg", "5245,5 g"),
        (WEIGHT, "5,24550001", "kg", "5,2 kg"),
        (WEIGHT, "5,20", "kg", "5,2 kg"),
        (WEIGHT, "5240,55", "g", "5240,6 g"),
    ],
)
def test_the_written_form_counts_and_what_it_should_be_loses_nothing_that_need_not_be(
    key: str, value: str, unit: str, typed: str, found: Found
) -> None:
    [finding] = found(cell(key, value), cell(key, unit, "enhed")).all
    assert (finding.code, finding.rule, finding.facts["typed"]) == ("too-many-decimals", "obs-1", typed)
    assert f"{finding.facts['meant']} {finding.facts['meant_unit']}".replace(".", ",") == typed


def test_nothing_is_rounded_before_it_is_known_of_what_it_is(found: Found) -> None:
    assert [one.code for one in found(cell(HEIGHT, "0,58"), cell(HEIGHT, "m", "enhed")).all] == ["unit-unknown"]


def test_a_slip_is_mended_and_not_rounded(found: Found) -> None:
    findings = found(cell(HEIGHT, "0,57"), cell(HEIGHT, "cm", "enhed")).all
    assert {one.code: one.facts["meant"] for one in findings} == {
        "too-many-decimals": Decimal(57),
        "unit-slip": Decimal(57),
    }
    [typed] = [one.facts["typed"] for one in findings if one.code == "too-many-decimals"]
    assert typed == "57 cm"


def test_a_unit_that_was_written_with_the_number_is_told_once(found: Found) -> None:
    [finding] = found(cell(WEIGHT, "5,24 kg"), cell(WEIGHT, "", "enhed")).all
    told = rendered(finding, Language.DANISH, shipped_standard()).message
    assert told.count("kg") == 1
    assert "5,24 kg" in told


def test_a_number_that_is_no_number_is_unreadable_once(found: Found) -> None:
    findings = found(RecordChange("Observation", WEIGHT, "value", "tung", "tung"))
    assert [finding.code for finding in findings.all] == ["number-unreadable"]


@pytest.mark.parametrize(
    ("key", "raw", "typed"),
    [
        (HEIGHT, "57½", "57,5"),
        (WEIGHT, "fem kilo", "5000"),
        (WEIGHT, "5 kg 250 g", "5250"),
        (WEIGHT, "fem", None),
        (WEIGHT, "12 pund", None),
        (WEIGHT, "tung", None),
    ],
)
def test_a_number_that_can_mean_one_thing_only_is_proposed(key: str, raw: str, typed: str | None, found: Found) -> None:
    [finding] = found(cell(key, raw)).all
    assert (finding.code, finding.facts.get("typed")) == ("number-unreadable", typed)


@pytest.mark.parametrize(
    ("raw", "readings"),
    [
        ("5.250", (Text(da="5250 g", en="5250 g"), Text(da="5,25 g", en="5.25 g"))),
        ("57.125", (Text(da="57125 g", en="57125 g"), Text(da="57,125 g", en="57.125 g"))),
        ("5 kg 2", (Text(da="5002 g", en="5002 g"), Text(da="5200 g", en="5200 g"))),
        ("5.250 kg", (Text(da="5250000 g", en="5250000 g"), Text(da="5250 g", en="5250 g"))),
    ],
)
def test_each_reading_of_a_number_is_told(raw: str, readings: tuple[Text, ...], found: Found) -> None:
    [finding] = found(cell(WEIGHT, raw)).all
    assert finding.code == "number-ambiguous"
    assert finding.facts["readings"] == readings


@pytest.mark.parametrize("variable", ["vægt", "Længde", "Hovedomfang"])
def test_the_contradiction_holds_for_measurements(variable: str, found: Found) -> None:
    key = {"vægt": WEIGHT, "Længde": HEIGHT, "Hovedomfang": HEAD}[variable]
    findings = found(cell(key, ""), cell(key, "", "enhed"), cell(key, "Ukendt", "årsag"))
    assert set(findings.by_code) == {"missing-reason-contradicted"}
    assert not findings.is_ready("K1")
    assert findings.is_ready("K1", send_anyway=True)


@pytest.mark.parametrize("key", [SLEEP, "O16", "O10"])
def test_assessments_and_feeding_take_a_reason(key: str, found: Found) -> None:
    assert not found(cell(key, ""), cell(key, "Spurgt, ønskede ikke at svare", "årsag")).all


def test_a_reason_beside_an_unreadable_value_is_one_too_many(found: Found) -> None:
    findings = found(cell(SLEEP, "xyzzy"), cell(SLEEP, "Ukendt", "årsag"))
    assert set(findings.by_code) == {"code-unknown", "value-and-missing-reason"}


def test_an_unreadable_reason_is_told_as_a_code(found: Found) -> None:
    findings = found(cell(SLEEP, ""), cell(SLEEP, "qqqq", "årsag"))
    assert set(findings.by_code) == {"code-unknown"}


def test_unknown_variables_are_left_alone_by_other_checks(found: Found) -> None:
    findings = found(cell("O31", "Tandstatus", "variabel"), cell("O31", "", "værdi"), cell("O31", "07-10-2020", "slut"))
    assert set(findings.by_code) == {"variable-unknown"}


def test_a_code_of_a_value_set_is_its_own_answer(found: Found) -> None:
    [finding] = found(cell(MOTOR, "Udfordring med motrik")).all
    assert finding.code == "code-misspelled"
    assert finding.facts["nearest"] == Text(da="Udfordring med motorik", en=finding.facts["nearest"].en)


def test_a_parents_variable_with_two_parents_and_none_named(found: Found) -> None:
    father = RowChange("Borgere", row={"borger_id": "far-1", "cpr": "150282-9995", "rolle": "far", "barn": "barn-1",
                                       "sor": "451000016003"})  # fmt: skip
    assert set(found(father).by_code) == {"parent-not-stated"}
    assert not found(father, cell("O10", "far-1", "borger_id")).all


def test_a_response_and_an_intervention_need_their_citizen(found: Found) -> None:
    findings = found(
        RecordChange("Intervention", "I1", "subject", "x", "x"), RecordChange("QuestionnaireResponse", "R2", "subject")
    )
    assert sorted(finding.code for finding in findings.all) == ["subject-missing", "subject-unknown"]
    assert {finding.location.field for finding in findings.all} == {"intervention.subject", "response.subject"}


def test_an_unknown_variable_without_a_citizen(found: Found) -> None:
    findings = found(
        RecordChange("Observation", "O31", "subject", "x", "x"),
        RecordChange("Observation", "O31", "variable", None, "zz"),
    )
    assert set(findings.by_code) == {"subject-unknown", "variable-unknown"}
