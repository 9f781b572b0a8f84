"""The constants: founded, within limits, changed and reset; and the strict reading of what ships."""

from __future__ import annotations

import json
import math
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.assumptions import Assumptions, read_assumptions, read_value, shipped_assumptions
from ldbu_desktop.burden.facts import read_facts, shipped_facts
from ldbu_desktop.burden.interactions import read_interactions
from ldbu_desktop.burden.model import NOTHING, Activity, Band, Need, Payer, Saving
from ldbu_desktop.faults import CallFault, CatalogueFault
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard

ONE: dict[str, Any] = {
    "id": "a",
    "group": "operators",
    "label": {"da": "a", "en": "a"},
    "unit": {"da": "s", "en": "s"},
    "typical": 1,
    "minimum": 0,
    "maximum": 2,
    "basis": "sourced",
    "source": {"da": "a", "en": "a"},
    "date": "1980",
}


def written(folder: Path, *assumptions: dict[str, Any]) -> Path:
    path = folder / "assumptions.json"
    path.write_text(json.dumps(assumptions), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", list(shipped_assumptions()))
def test_each_has_a_source_a_year_and_both_languages(key: str) -> None:
    known = shipped_assumptions()[key]
    assert known.date.isdecimal()
    for language in Language:
        assert known.label[language].strip()
        assert known.source[language].strip()
    assert not known.is_switch or known.default in (Band(0, 0, 0), Band(1, 1, 1))


def test_judgement_has_no_default() -> None:
    assert shipped_assumptions()["judgement"].default is None
    assert not Assumptions().is_set("judgement")
    assert Assumptions()["judgement"] == NOTHING


def test_the_defaults_of_the_municipality() -> None:
    kept = Assumptions()
    assert [kept[key].typical for key in ("births", "coverage", "tariff", "visits")] == [587, 0.9, 330.36, 1]


def test_a_default_with_a_range() -> None:
    assert shipped_assumptions()["p_err"].default == Band(0.02, 0.05, 0.10)


def test_one_is_set_and_reset_and_the_others_stay() -> None:
    changed = Assumptions().with_value("births", Band(600, 600, 600)).with_value("judgement", Band(1, 2, 3))
    assert changed["births"].typical == 600
    assert changed.is_set("judgement")
    assert changed.changed == {"births": Band(600, 600, 600), "judgement": Band(1, 2, 3)}
    assert changed != Assumptions()
    again = changed.reset("births").reset("judgement").reset("tariff")
    assert again == Assumptions()
    assert hash(again) == hash(Assumptions())
    assert again != "assumptions"


def test_an_unknown_one_is_told_with_the_nearest() -> None:
    with pytest.raises(CallFault) as fault:
        Assumptions().with_value("birth", NOTHING)
    assert fault.value.key == "assumption-unknown"
    assert fault.value.facts["nearest"] == "births"
    with pytest.raises(CallFault) as fault:
        Assumptions().with_value("æøå", NOTHING)
    assert fault.value.facts["nearest"] in shipped_assumptions()


@pytest.mark.parametrize("value", [-1.0, 1.5, math.nan, math.inf])
def test_a_value_outside_of_its_limits_is_refused(value: float) -> None:
    with pytest.raises(CallFault) as fault:
        Assumptions().with_value("coverage", Band(0.5, value, 0.5))
    assert fault.value.key == "assumption-outside"
    assert (fault.value.facts["low"], fault.value.facts["high"]) == ("0", "1")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("600", Band(600, 600, 600)),
        (" 1,2/1,5 / 2 ", Band(1.2, 1.5, 2)),
        ("0.5", Band(0.5, 0.5, 0.5)),
        ("1 000", Band(1000, 1000, 1000)),
        ("10\u00a0000,5\u200b", Band(10000.5, 10000.5, 10000.5)),
    ],
)
def test_values_are_read_as_they_are_written(text: str, value: Band) -> None:
    assert read_value(text) == value


@pytest.mark.parametrize("text", ["", "a", "1/2", "1/2/3/4", "1//2", "1.000", "1,000", "nan", "inf", "5 s"])
def test_other_values_are_not_read(text: str) -> None:
    with pytest.raises(CallFault) as fault:
        read_value(text)
    assert fault.value.key == "assumption-unreadable"


@given(st.text())
def test_any_text_is_a_value_or_a_fault(text: str) -> None:
    with suppress(CallFault):
        assert isinstance(read_value(text), Band)


def test_a_file_is_read(tmp_path: Path) -> None:
    [known] = read_assumptions(written(tmp_path, ONE)).values()
    assert known.default == Band(1, 1, 1)


@pytest.mark.parametrize("faulty", [{"unknown": 1}, {"basis": "guessed"}, {"typical": 3}, {"low": -1}, {"group": "x"}])
def test_a_faulty_file_is_told(tmp_path: Path, faulty: dict[str, Any]) -> None:
    with pytest.raises(CatalogueFault) as fault:
        read_assumptions(written(tmp_path, {**ONE, **faulty}))
    assert fault.value.facts["file"] == "assumptions.json"


def test_no_id_stands_twice(tmp_path: Path) -> None:
    with pytest.raises(CatalogueFault):
        read_assumptions(written(tmp_path, ONE, ONE))


def test_missing_files_are_told(tmp_path: Path) -> None:
    for read in (read_assumptions, read_interactions, read_facts):
        with pytest.raises(CatalogueFault):
            read(tmp_path / "nowhere")


def test_a_faulty_interaction_is_told(tmp_path: Path) -> None:
    path = tmp_path / "interactions.json"
    path.write_text('[{"id": "a"}]', encoding="utf-8")
    with pytest.raises(CatalogueFault):
        read_interactions(path)


def test_every_name_has_a_text_and_every_id_is_of_the_catalogue(standard: Standard) -> None:
    facts = shipped_facts()
    texts = facts.texts
    for names, known in ((texts.kinds, Activity), (texts.needs, Need), (texts.payers, Payer), (texts.savings, Saving)):
        assert set(names) == set(known)
    assert facts.known_facts <= set(standard.variable)
    assert set(facts.instruments.family) <= set(standard.questionnaire)
    assert {each.group for each in shipped_assumptions().values()} == set(texts.groups)
    assert {each.basis for each in shipped_assumptions().values()} == set(texts.bases)


def test_all_texts_are_in_both_languages() -> None:
    read = json.loads(resource("burden", "texts.json").read_text(encoding="utf-8"))
    accuracy = read.pop("accuracy")
    for text in (accuracy, *(text for group in read.values() for text in group.values())):
        assert text["da"].strip()
        assert text["en"].strip()


def test_bands_are_added_taken_away_and_multiplied() -> None:
    band = Band(1, 2, 4)
    assert band + band == band * 2 == Band(2, 4, 8)
    assert band * band == Band(1, 4, 16)
    assert not band - band
    assert (NOTHING - band).not_below_nothing == NOTHING
