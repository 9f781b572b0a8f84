from __future__ import annotations

from decimal import Decimal

import pytest

from ldbu_desktop.journal.model import EMPTY, Entry
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(shipped_standard())


def test_every_concept_is_read_by_its_code(vocabulary: Vocabulary) -> None:
    standard = vocabulary.standard
    for variable in standard.variables:
        if variable.kind == "concept":
            read = vocabulary.reading(variable.id)
            assert {read(code) for code in standard.concepts(variable)} == set(standard.concepts(variable)), variable.id


def test_every_term_that_is_no_other_code_s_is_read(vocabulary: Vocabulary) -> None:
    standard = vocabulary.standard
    for variable in standard.variables:
        read = vocabulary.reading(variable.id)
        for concept in standard.concepts(variable).values():
            assert read(f" {concept.term.upper()} ") in (concept.code, None)


def test_a_near_miss_is_not_guessed(vocabulary: Vocabulary) -> None:
    assert vocabulary.reading("sleep")("Let forstyrret sovn") is None
    assert vocabulary.variable("Vægtt") is None


def test_visit_types_are_read_by_id_and_label(vocabulary: Vocabulary) -> None:
    read = vocabulary.reading("visit.type")
    for visit_type in vocabulary.standard.visit_types:
        assert read(visit_type.id) == visit_type.code
        assert read(visit_type.label.da) == visit_type.code


def test_variables_and_questionnaires_are_read_by_all_their_names(vocabulary: Vocabulary) -> None:
    assert vocabulary.variable("længde") == "height"
    assert vocabulary.variable("Head circumference") == "head-circumference"
    assert vocabulary.variable("citizen.cpr") is None
    assert vocabulary.questionnaire("epds") == "epds"
    assert vocabulary.questionnaire("sdq  4-10") == "sdq4-10"


def test_units(vocabulary: Vocabulary) -> None:
    assert vocabulary.unit("weight", "Gram") == "g"
    assert vocabulary.unit("weight", "kg.") == "kg"
    assert vocabulary.unit("weight", "cm") is None
    assert vocabulary.unit("sleep", "cm") is None
    assert vocabulary.unit_within("weight", "5,25 kg") == "kg"
    assert vocabulary.unit_within("weight", "5,25") is None
    assert vocabulary.only_unit("height") == "cm"
    assert vocabulary.only_unit("weight") is None
    assert vocabulary.reading("weight")("5,25 kg") == Decimal("5.25")
    assert vocabulary.reading("weight")("11 lb") is None


def test_answers_are_read_by_the_type_of_their_question(vocabulary: Vocabulary) -> None:
    assert vocabulary.answer("epds", "score", "12") == 12
    assert vocabulary.answer("epds", "score", "mange") is None
    assert vocabulary.answer("topi", "1vurdering", "gul") == "Gul"
    assert vocabulary.answer("topi", "1vurdering", "blå") is None
    assert vocabulary.answer("unknown", "score", "12") == "12"
    assert vocabulary.link_id("epds", "SCORE") == "score"
    assert vocabulary.link_id("epds", "11other") == "11other"
    assert vocabulary.link_id("unknown", "x") == "x"


def test_boolean_answers(vocabulary: Vocabulary) -> None:
    found = [
        (filled.id, item.link_id)
        for filled in vocabulary.standard.questionnaires
        for item in filled.items
        if item.type == "boolean"
    ]
    for questionnaire, link_id in found:
        assert vocabulary.answer(questionnaire, link_id, "ja") is True
        assert vocabulary.answer(questionnaire, link_id, "5") is None
    assert found


def test_defaults_are_codes_of_the_catalogue(vocabulary: Vocabulary) -> None:
    for variable_id in vocabulary.words.defaults:
        default = vocabulary.default(variable_id)
        assert default.raw == ""
        assert default.value in vocabulary.standard.concepts(vocabulary.standard.variable[variable_id])
    assert vocabulary.default("intervention.status", is_ended=True) != vocabulary.default("intervention.status")


@pytest.mark.parametrize(
    ("text", "kin"),
    [("Mor", "mother"), ("fars CPR", "father"), ("Mother's name", "mother"), ("medmor", "other"), ("Forælder 1", None)],
)
def test_what_a_parent_is_called(vocabulary: Vocabulary, text: str, kin: str | None) -> None:
    assert vocabulary.kin(text, 3) == (Entry(kin, text, 3) if kin else EMPTY)
