"""A map held against the standard, against files, and against another."""

from __future__ import annotations

import pytest
from msgspec import structs

from ldbu_desktop.mapping.links import NOT_THIS_ANSWER, Part, Proposal
from ldbu_desktop.mapping.maps.checking import CheckedMap, differences, fit_of, not_in_standard
from ldbu_desktop.mapping.maps.model import Decision, Map, MapColumn, MapConstant, MapTable, MapValue
from ldbu_desktop.mapping.maps.recall import recalled
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.unit.mapping.maps.conftest import GOOD, SPEAKS_AGAINST, WEIGHT, column, value, with_columns, with_values


def lacking(*columns: MapColumn, constants: tuple[MapConstant, ...] = ()) -> list[str]:
    made = Map(1, "NOVAX", tables=(MapTable("visit", columns=columns, constants=constants),))  # type: ignore[arg-type]
    return [fault.key for fault in not_in_standard(made, vocabulary_of(shipped_standard()))]


def approved(header: str, variable: str, **more: object) -> MapColumn:
    return MapColumn(header, Decision.APPROVED, variable, **more)  # type: ignore[arg-type]


def test_the_map_of_the_standard_has_nothing_else(made: Map) -> None:
    assert not [*not_in_standard(made, vocabulary_of(shipped_standard()))]


@pytest.mark.parametrize(
    ("found", "key"),
    [
        (approved("A", "tobacco"), ["map-variable-not-there"]),
        (approved("A", "weight", unit="stone"), ["map-variable-not-there"]),
        (approved("A", "weight", visit="nonsens"), ["map-variable-not-there"]),
        (approved("A", "sleep", values=(MapValue("1", Decision.APPROVED, "nonsens"),)), ["map-code-not-there"]),
        (approved("A", "sleep", values=(MapValue("1", Decision.PROPOSED, "nonsens"),)), []),
        (approved("A", "sleep", values=(MapValue("1", Decision.APPROVED, missing="unknown"),)), []),
        (approved("A", "sleep", values=(MapValue("1", Decision.APPROVED, missing="fordi"),)), ["map-code-not-there"]),
        (approved("A", "weight", part=Part.UNIT, values=(MapValue("gr", Decision.APPROVED, "g"),)), []),
        (
            approved(
                "A", "observation.variable", part=Part.NAME, values=(MapValue("vgt", Decision.APPROVED, "weight"),)
            ),
            [],
        ),
        (MapColumn("A", Decision.LEFT_OUT), []),
    ],
)
def test_what_the_standard_does_not_have(found: MapColumn, key: list[str]) -> None:
    assert lacking(found) == key


def test_columns_of_one_answer_each_are_of_the_same() -> None:
    marks = (MapValue("x", Decision.APPROVED, GOOD), MapValue("0", Decision.APPROVED, NOT_THIS_ANSWER))
    apart = approved("A", "sleep", part=Part.ANSWER, values=marks)
    assert lacking(apart, approved("B", "sleep", part=Part.ANSWER, values=marks)) == []
    assert lacking(approved("A", "sleep", values=marks)) == ["map-code-not-there"]


def test_two_columns_are_not_read_as_the_same() -> None:
    twice = (approved("A", "weight"), approved("B", "weight"))
    assert lacking(*twice) == ["map-column-linked-twice"]
    assert lacking(approved("A", "weight"), approved("A", "weight", ordinal=2)) == ["map-column-linked-twice"]
    assert lacking(approved("A", "weight"), approved("B", "weight", part=Part.UNIT)) == []
    assert lacking(approved("A", "weight"), MapColumn("B", Decision.PROPOSED, "weight")) == []


@pytest.mark.parametrize(
    ("variable", "value", "key"),
    [
        ("visit.class", "HH", []),
        ("visit.class", "X", ["map-code-not-there"]),
        ("x", "HH", ["map-code-not-there"]),
        ("citizen.cpr", "0505209996", ["map-code-not-there"]),
    ],
)
def test_constants_are_the_standards(variable: str, value: str, key: list[str]) -> None:
    assert lacking(constants=(MapConstant(variable, value),)) == key


def test_how_a_map_goes_with_files(proposed: Proposal, made: Map) -> None:
    changed = with_columns(proposed, [column(2, "VGT", proposed.columns[2].state, WEIGHT)])
    changed = with_values(changed, [value(3, "1", proposed.values[0].state), value(3, "4", proposed.values[0].state)])
    longer = structs.replace(made, tables=(structs.replace(
        made.tables[0], columns=(*made.tables[0].columns, MapColumn("Skole", Decision.UNMAPPED))
    ), *made.tables[1:]))  # fmt: skip
    fit = fit_of(longer, recalled(changed, [longer]))
    assert fit.is_for_them
    assert fit.not_in_files == ("Skole",)
    assert "4" in [getattr(link, "value", "") for link in fit.waiting]
    assert not CheckedMap((), fit).is_right


def test_what_is_something_else_now_is_told_apart(proposed: Proposal, made: Map) -> None:
    from msgspec.structs import replace

    seen = replace(proposed.columns[2], evidence=(SPEAKS_AGAINST,))
    fit = fit_of(made, recalled(with_columns(proposed, [seen]), [made]))
    assert [link.place for link in fit.differs] == [seen.place]


def test_a_map_that_is_right() -> None:
    assert CheckedMap(()).is_right


def test_two_maps_differ_by_column_and_text(made: Map) -> None:
    table = made.tables[0]
    columns = tuple(
        structs.replace(
            each, values=tuple(structs.replace(one, code="x") if one.code == GOOD else one for one in each.values)
        )
        if each.header == "F7"
        else each
        for each in table.columns
        if (each.header, each.ordinal) != ("Noter", 2)
    )
    other = structs.replace(
        made, by="X", tables=(structs.replace(table, columns=columns, constants=()), *made.tables[1:])
    )
    assert [(one.header, one.value) for one in differences(made, other)] == [
        ("visit.class", "="), ("F7", "1"), ("Noter (2)", "")
    ]  # fmt: skip
    assert differences(made, made) == ()
