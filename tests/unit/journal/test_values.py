"""The values of a journal one by one, and what is written otherwise in another."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ldbu_desktop.editing.values import edited
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, NOWHERE, Family
from ldbu_desktop.journal.values import ValueChange, place_of, value_at, value_changes, values_of
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import clean_journal

STANDARD = shipped_standard()
JOURNAL = clean_journal(STANDARD)
FAMILIES = JOURNAL.families


def differences(after: Sequence[Family]) -> list[tuple[str, str, str]]:
    return [(one.name, one.before.raw, one.after.raw) for one in value_changes(FAMILIES, after)]


def test_every_value_is_found_where_it_is_told() -> None:
    for family in FAMILIES:
        values = [*values_of(family)]
        assert len({value.where for value in values}) == len(values)
        for value in values:
            assert value_at(FAMILIES, value.where) == value


def test_every_value_that_is_written_differently_is_told_once() -> None:
    for family in FAMILIES:
        for value in values_of(family):
            if value.name.endswith("link-id"):
                continue
            after = edited(JOURNAL, value.where, f"{value.entry.raw}x", STANDARD)
            told = [one for one in value_changes(FAMILIES, after.families) if one.where == value.where]
            assert [(one.before, one.after.raw) for one in told] == [(value.entry, f"{value.entry.raw}x")]
            assert told[0].is_added == (not value.entry.raw)
            assert told[0].origin == value.origin
            assert told[0].column == (value.entry.column if value.entry.raw else told[0].after.column)


def test_what_is_nowhere() -> None:
    assert value_at(FAMILIES, Where("nobody")) is None
    assert value_at(FAMILIES, Where(FAMILIES[0].key, "gone", field="visit.start")) is None
    assert value_at(FAMILIES, Where(FAMILIES[0].key, "", "gone", "citizen.cpr")) is None


def test_an_answer_is_found_by_its_question_or_its_number() -> None:
    at = next(one for family in FAMILIES for one in values_of(family) if one.name == "answer.value")
    assert value_at(FAMILIES, at.where._replace(number=None)) == at
    assert place_of(at.where._replace(variable="x", subject="y")) == at.where
    assert place_of(Where("f", "v", "r", "weight", "weight")) == Where("f", "v", "r")
    assert place_of(Where("f", "v", "", "visit.end", "visit.end")) == Where("f", "v", "", "visit.end")
    assert place_of(Where("f", "v", "b", "citizen.cpr", "citizen.cpr")) == Where("f", "", "b", "citizen.cpr")


def test_what_goes_comes_or_has_the_same_key() -> None:
    assert value_changes(FAMILIES, FAMILIES) == []
    first = FAMILIES[0]
    gone = value_changes([first], [])
    assert gone
    assert {one.after.raw for one in gone} == {""}
    assert all(one.is_added for one in value_changes([], [first]))
    fewer = replace(first, visits=first.visits[1:])
    lost = value_changes([first, first], [first, fewer])
    assert {one.where.visit for one in lost} == {first.visits[0].key}
    assert {one.where.visit for one in value_changes([fewer], [first])} == {first.visits[0].key}
    assert differences(FAMILIES) == []


def test_what_stands_in_no_column() -> None:
    change = ValueChange(Where(), "weight", EMPTY, EMPTY, NOWHERE)
    assert change.column == NO_COLUMN
