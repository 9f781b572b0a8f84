"""Which field of the wide shape a column is read as, and what its texts mean, by what it is taken for."""

from __future__ import annotations

import pytest

from ldbu_desktop.mapping.linked.meanings import VALUE_LEFT_OUT, WAITING, Fate, Meanings, meaning
from ldbu_desktop.mapping.linked.targets import field_of
from ldbu_desktop.mapping.links import Part, State, Subject, Target, ValueLink
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.mapping.wide_columns import WideColumn, wide_shape
from ldbu_desktop.standard.catalogue import shipped_standard

STANDARD = shipped_standard()
VOCABULARY = vocabulary_of(STANDARD)
SHAPE = wide_shape(VOCABULARY)


@pytest.mark.parametrize(
    ("target", "field"),
    [
        (Target("citizen.cpr", Part.CPR), "child_cpr"),
        (Target("citizen.key", Part.KEY, Subject.CHILD), "child"),
        (Target("citizen.cpr", Part.CPR, Subject.PARENT), WideColumn(1, "cpr").field),
        (Target("citizen.cpr", Part.CPR, Subject.PARENT_2), WideColumn(2, "cpr").field),
        (Target("visit.key", Part.KEY), "key"),
        (Target("visit.start", Part.TIME), "start time"),
        (Target("visit.end", Part.TIME), "end time"),
        (Target("visit.type", Part.TIME), None),
        (Target("visit.type", Part.UNIT), None),
        (Target("weight", Part.UNIT), WideColumn(0, "unit", variable="weight").field),
        (Target("weight", Part.CPR), None),
        (Target("epds/findes-ikke"), None),
        (Target("epds/score", Part.UNIT), None),
        (Target("findes-ikke"), None),
    ],
)
def test_a_column_is_read_as_the_field_that_it_is_taken_for(target: Target, field: str | None) -> None:
    assert field_of(target, SHAPE) == field


def link(text: str, state: State, code: str | None = None, missing: str | None = None) -> ValueLink:
    return ValueLink("f", "a", 1, 0, "visit.class", text, 1, state, code, missing)


def test_texts_mean_what_is_said_and_nothing_is_guessed() -> None:
    links = [
        link("Hjemme ", State.SURE, "HH"),
        link("tja", State.PROPOSED, "HH"),
        link("bum", State.UNMAPPED),
        link("nej", State.LEFT_OUT),
        link("ukendt", State.KNOWN, missing="unknown"),
        link("andet", State.SURE, "findes-ikke"),
    ]
    found = Meanings(VOCABULARY, links, Part.VALUE)
    assert list(found) == ["hjemme", "tja", "bum", "andet"]
    assert len(found) == 4
    assert found["HJEMME"] == VOCABULARY.reading("visit.class")("HH")
    assert (found["tja"], found["bum"], found["andet"]) == (None, None, None)
    assert found.fate("Nej") == Fate(VALUE_LEFT_OUT)
    assert found.fate("ukendt") == Fate(missing="unknown")
    assert found.fate("hjemme") is None
    assert [(code, one.value) for code, one in found.waiting] == [
        (WAITING[State.PROPOSED], "tja"),
        (WAITING[State.UNMAPPED], "bum"),
        (WAITING[State.UNMAPPED], "andet"),
    ]


def test_reasons_and_units_are_taken_as_their_codes() -> None:
    reasons = Meanings(
        VOCABULARY, [link("a", State.SURE, missing="unknown"), link("b", State.SURE, "x")], Part.MISSING_REASON
    )
    assert dict(reasons) == {"a": "unknown", "b": "x"}
    assert dict(Meanings(VOCABULARY, [link("gr", State.SURE, "g")], Part.UNIT)) == {"gr": "g"}


QUESTIONNAIRE = STANDARD.questionnaires[0]
QUESTION = next(iter(QUESTIONNAIRE.by_link_id))


@pytest.mark.parametrize(
    ("code", "is_observed"),
    [
        ("weight", True),
        ("visit.start", False),
        (f"{QUESTIONNAIRE.id}/{QUESTION}", True),
        (f"{QUESTIONNAIRE.id}/findes-ikke", False),
        ("findes-ikke/1", False),
    ],
)
def test_a_name_means_a_variable_or_a_question_that_is_there(code: str, is_observed: bool) -> None:
    assert meaning(VOCABULARY, "observation.variable", code) == (code if is_observed else None)
