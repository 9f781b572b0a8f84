"""The lines of the list: what is shown of a proposal, and in which order."""

from __future__ import annotations

from decimal import Decimal

from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping.links import ContentKind, Place, Profile, State, Target
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.mapping.lines import (
    ColumnLine,
    ConstantLine,
    Line,
    Links,
    Shown,
    TableLine,
    ValueLine,
    column_of,
    lines_of,
)
from ldbu_desktop.ui.mapping.words import (
    about_words,
    code_words,
    name_words,
    profile_lines,
    profile_words,
    target_words,
)
from tests.ui.mapping.made import FILE, SHEET, column, foreign
from tests.ui.mapping.made import value as made_value

TABLE = Place(FILE, SHEET, 1)


def shown(shown: Shown = Shown.ALL, *opened: int, sought: str = "", constants: tuple[str, ...] = ()) -> list[Line]:
    """The lines of the proposal, with columns opened by their numbers."""
    places = [TABLE._replace(column=at) for at in opened]
    return lines_of(Links(foreign()), shown, places, {TABLE: constants}, sought)


def columns(lines: list[Line]) -> list[int]:
    """The columns among lines."""
    return [line.link.column for line in lines if isinstance(line, ColumnLine)]


def texts(lines: list[Line]) -> list[str]:
    """The texts among lines."""
    return [line.link.value for line in lines if isinstance(line, ValueLine)]


def test_every_column_has_its_line_below_its_table() -> None:
    lines = shown()
    assert isinstance(lines[0], TableLine)
    assert lines[0].waiting == 8
    assert columns(lines) == list(range(9))
    assert texts(lines) == []


def test_a_column_that_is_opened_has_its_texts_below_it() -> None:
    lines = shown(Shown.ALL, 4)
    assert texts(lines) == ["fuld", "delvis", "-"]
    feeding = next(line for line in lines if isinstance(line, ColumnLine) and line.link.column == 4)
    assert (feeding.values, feeding.waiting, feeding.is_open) == (3, 2, True)


def test_what_waits_brings_the_column_that_it_stands_in() -> None:
    lines = shown(Shown.WAITING)
    assert columns(lines) == [2, 3, 4, 5, 6, 7]
    assert texts(lines) == ["2 mdr"]  # those of a column that waits itself are shown when it is opened
    assert columns(shown(Shown.LEFT_OUT)) == [8]
    assert columns(shown(Shown.READ)) == [0, 1, 2, 4]


def test_a_search_finds_headers_and_texts() -> None:
    assert columns(shown(sought="vgt")) == [3]
    assert texts(shown(sought="delv")) == ["delvis"]
    assert columns(shown(sought="delv")) == [4]
    assert shown(sought="ingen") == []


def test_what_is_the_same_for_all_comes_last() -> None:
    lines = shown(constants=("visit.class",))
    assert isinstance(lines[-1], ConstantLine)
    assert lines[-1].place == TABLE._replace(variable="visit.class")
    assert not [line for line in shown(Shown.WAITING, constants=("visit.class",)) if isinstance(line, ConstantLine)]


def test_counts_are_of_columns_and_of_their_texts() -> None:
    links = Links(foreign())
    assert dict(links.counts()) == {Shown.ALL: 14, Shown.WAITING: 8, Shown.READ: 5, Shown.LEFT_OUT: 1}
    assert [column_of(link.place).column for link in links.waiting()] == [2, 3, 4, 4, 4, 5, 6, 7]


def test_what_stands_in_a_column_is_told_in_full() -> None:
    full = Profile(
        ContentKind.NUMBER,
        300,
        200,
        Decimal("2.9"),
        Decimal(14),
        mark=",",
        unit="kg",
        order=DateForm.DAY_FIRST,
        missing=("-",),
    )
    told = list(profile_lines(column(0, "Vgt", State.SURE, profile=full), 400))
    assert [
        word
        for word in ("2,9–14", "kg", ",", "dag, måned, år", "300", "75 %", "200", "»-«")
        if word not in " ".join(told)
    ] == []
    cut = Profile(ContentKind.TEXT, 300, 20_000, is_cut=True)
    assert "flere end 20.000" in profile_words(column(0, "Notat", State.UNMAPPED, profile=cut))
    empty = column(0, "Tom", State.UNMAPPED, profile=Profile(ContentKind.EMPTY))
    assert profile_words(empty) == "tom"
    assert len(list(profile_lines(empty, 0))) == 2
    assert profile_words(column(0, "Ukendt", State.UNMAPPED)) == ""
    assert list(profile_lines(column(0, "Ukendt", State.UNMAPPED), 3)) == []


def test_what_the_standard_does_not_have_is_told_by_its_id() -> None:
    standard = shipped_standard()
    for unknown in ("shoe-size", "shoes/1", "epds/shoes", "epds"):
        assert target_words(Target(unknown), standard) == unknown
        link = made_value(0, unknown, "42", 1, State.KNOWN, "no-such-code")
        assert code_words(link, standard) == "no-such-code"
    assert about_words(Target("weight", visit="no-such-visit"), standard) == "no-such-visit"
    assert name_words("observation.variable", standard) != "observation.variable"
