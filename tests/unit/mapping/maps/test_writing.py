"""A map as a text: what is in it, what never is, and that it comes back as it was."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import yaml
from msgspec.structs import replace

from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import ContentKind, Profile, Proposal, State, Target
from ldbu_desktop.mapping.maps.loader import map_in, read_map
from ldbu_desktop.mapping.maps.model import Decision, Map
from ldbu_desktop.mapping.maps.persons import identifies, may_be_personal
from ldbu_desktop.mapping.maps.writing import map_of, map_text, write_map
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.unit.mapping.maps.conftest import (
    GOOD,
    NURSE,
    RESTLESS,
    SLEEP,
    column,
    decided,
    made_of,
    value,
    with_columns,
    with_values,
)
from tests.unit.mapping.maps.map_schema import FILE, map_schema


def test_a_map_comes_back_as_it_was(tmp_path: Path, made: Map) -> None:
    path = tmp_path / "novax.ldbumap"
    write_map(path, made, is_private=True)
    assert read_map(path) == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_schema_is_the_models_and_a_map_keeps_to_it(made: Map) -> None:
    import json

    schema = json.loads(FILE.read_text(encoding="utf-8"))
    assert schema == json.loads(json.dumps(map_schema()))
    jsonschema.validate(yaml.load(map_text(made), Loader=yaml.CSafeLoader), schema)


def test_who_decided_is_told_where_it_is_another(made: Map) -> None:
    columns = {each.header: each for each in made.tables[0].columns}
    assert (made.by, made.when) == ("Leder", "2025-12-04")
    assert (columns["Barn"].by, columns["VGT"].by, columns["VGT"].when) == ("", "SPL", "2025-12-03")
    assert columns["ID"].state is Decision.KEY
    assert [each.state for each in made.tables[0].columns] == [
        Decision.KEY, Decision.APPROVED, Decision.APPROVED, Decision.APPROVED, Decision.LEFT_OUT, Decision.UNMAPPED
    ]  # fmt: skip


def test_two_columns_of_one_header_are_told_apart(made: Map) -> None:
    assert [each.ordinal for each in made.tables[0].columns if each.header == "Noter"] == [1, 2]


def test_numbers_are_told_roughly(made: Map) -> None:
    weight = next(each for each in made.tables[0].columns if each.header == "VGT")
    assert (weight.low, weight.high) == ("3000", "10000")


@pytest.mark.parametrize(
    ("number", "rough"), [("0", ("0", "0")), ("-12", ("-20", "-10")), ("20", ("20", "20")), ("0.13", ("0.1", "0.2"))]
)
def test_a_number_to_one_digit(proposed: Proposal, number: str, rough: tuple[str, str]) -> None:
    profile = Profile(ContentKind.NUMBER, 1, 1, Decimal(number), Decimal(number))
    made = made_of(with_columns(proposed, [column(2, "VGT", State.SURE, Target("weight"), profile)]))
    weight = next(each for each in made.tables[0].columns if each.header == "VGT")
    assert (weight.low, weight.high) == rough


def test_no_person_is_in_a_map(proposed: Proposal) -> None:
    named = with_columns(proposed, [column(4, "Mor 0505209996", State.UNMAPPED)])
    text = map_text(made_of(decided(named)))
    assert "0505209996" not in text
    assert "Anna" not in text
    secret = replace(named, tables=(replace(named.tables[0], sheet="050520-9996"), *named.tables[1:]))
    assert "050520" not in map_text(made_of(secret))


def test_a_code_may_look_like_a_number_of_somebody(proposed: Proposal) -> None:
    code = "0505209996"
    known = with_values(proposed, [value(3, code, State.SURE, code)])
    known = with_columns(known, [column(3, "F7", State.SURE, Target("sleep"))])
    made = made_of(known)
    assert code in map_text(made)
    assert map_in(map_text(made).encode(), "m.ldbumap")[1] == ()


def test_a_text_of_another_variable_says_so(proposed: Proposal) -> None:
    observed = with_columns(proposed, [column(3, "Værdi", State.SURE, Target("observation.value"))])
    made = made_of(decisions.choose_meaning(observed, replace(observed.values[0]), NURSE, code="x"))
    values = next(each for each in made.tables[0].columns if each.header == "Værdi").values
    assert values[0].variable == "sleep"


@pytest.mark.parametrize(
    "text", ["050520-9996", "0505209996", "20 30 40 50", "+4520304050", "a@b.dk", "kl. 12, tlf 20304050"]
)
def test_what_identifies(text: str) -> None:
    assert identifies(text)
    assert may_be_personal(text)


@pytest.mark.parametrize("text", ["Anna Jensen", "Åse-Marie Ø.", "x" * 101])
def test_what_may_be_personal(text: str) -> None:
    assert may_be_personal(text)
    assert not identifies(text)


@pytest.mark.parametrize("text", ["fuldt ammet", "Hjemmebesøg", "9", "u.a.", "2 mdr.", "HB"])
def test_what_is_no_person(text: str) -> None:
    assert not may_be_personal(text)


def test_a_map_without_a_system_is_named_after_its_sheet(proposed: Proposal) -> None:
    made = map_of(proposed, " ", "", NURSE, shipped_standard(), "LDBU Desktop")
    assert made.name == "EKSPORT"
    assert map_of(Proposal((), (), ()), "", "", NURSE, shipped_standard(), "").name == "eksport"


def test_texts_that_are_read_as_one_stand_once_in_a_map(proposed: Proposal) -> None:
    spelled = [value(3, " godt", State.SURE, GOOD, count=30), value(3, "Godt ", State.SURE, GOOD, count=60)]
    spelled.append(value(3, "uroligt", State.SURE, RESTLESS, count=110))
    made = made_of(with_values(with_columns(proposed, [column(3, "Søvn", State.SURE, SLEEP)]), spelled))
    of_sleep = next(each for each in made.tables[0].columns if each.header == "Søvn")
    assert [(each.value, each.tenths) for each in of_sleep.values] == [("godt", 4), ("uroligt", 6)]
    assert map_in(map_text(made).encode(), "a.ldbumap") == (made, ())
