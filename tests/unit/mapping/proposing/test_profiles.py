"""What stands in the columns of a table: counts, kinds, and what may be shown of them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping.links import ContentKind
from ldbu_desktop.mapping.proposing import profiles
from ldbu_desktop.mapping.proposing.found_tables import FoundTable
from ldbu_desktop.mapping.proposing.profiles import Column, TableProfile
from ldbu_desktop.mapping.proposing.texts import TextKind, text_kind
from ldbu_desktop.sources.rows import Column as TextColumn
from ldbu_desktop.sources.tables import Table


def column(*cells: str) -> Column:
    made = Column()
    made.add([TextColumn.of(cells)])
    return made


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("", "  "), ContentKind.EMPTY),
        (("ikke målt",) * 3, ContentKind.EMPTY),
        (("050520-9996", "291182-9996"), ContentKind.CPR),
        (("08-05-2020", "8. maj 2020", "2020-05-08T10:30"), ContentKind.DATE),
        (("10:30", "kl. 11.15"), ContentKind.TIME),
        (("3350", "3,4", "12 kg"), ContentKind.NUMBER),
        (("ja", "nej", "ja"), ContentKind.CODE),
        (tuple(f"K{at}" for at in range(30)), ContentKind.KEY),
        (tuple(f"barnet sov {at}" for at in range(30)), ContentKind.TEXT),
        (("x" * 200, "ja"), ContentKind.KEY),
    ],
)
def test_a_column_is_of_the_kind_that_nearly_all_values_are_of(cells: tuple[str, ...], kind: ContentKind) -> None:
    assert column(*cells).kind is kind


def test_what_says_that_there_is_no_value_counts_as_filled_and_not_as_told() -> None:
    found = column("3350", "ikke målt", "", "3400")
    assert (found.filled, found.counted, found.told) == (3, 3, 2)
    assert list(found.missing) == ["ikke målt"]
    assert found.values == [("3350", 1), ("3400", 1)]
    assert found.share(TextKind.WHOLE) == 1.0
    assert found.share_of(lambda text: text == "3350") == 0.5


def test_of_nothing_there_is_no_share() -> None:
    found = column("")
    assert (found.share(TextKind.WHOLE), found.share_of(bool), found.is_unique, found.is_coded) == (0, 0, False, False)


def test_a_column_with_too_many_texts_is_counted_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "MOST_DISTINCT", 3)
    found = column("A1", "A2", "A3", "A4")
    found.add([TextColumn.of(["A5", " ", "A6"])])
    assert (found.is_cut, found.filled, found.texts) == (True, 6, Counter({f"A{at}": 1 for at in range(1, 5)}))
    assert (found.is_unique, found.is_coded) == (True, False)
    assert found.profile(is_shown=True).is_cut


@pytest.mark.parametrize(
    ("cells", "mark"), [(("3,4", "3,5", "3.6"), ","), (("3.4", "3.5", "3,6"), "."), (("3", "4"), ""), (("ja",), "")]
)
def test_the_decimal_sign_is_the_one_that_stands_most_often(cells: tuple[str, ...], mark: str) -> None:
    assert column(*cells).profile(is_shown=True).mark == mark


def test_limits_leave_the_outermost_numbers_out() -> None:
    found = column(*map(str, range(1, 101))).profile(is_shown=True, unit="g")
    assert (found.low, found.high, found.unit, found.distinct) == (Decimal(3), Decimal(98), "g", 100)
    assert found.samples == ("1", "2", "3", "4", "5")


def test_samples_are_of_nobody() -> None:
    found = column(*("ja",) * 3, "nej")
    assert found.profile(is_shown=True).samples == ("ja",)
    assert found.profile(is_shown=False).samples == ()
    assert column("050520-9996").profile(is_shown=True).samples == ()
    assert column("31-05-2020", "08-05-2020").profile(is_shown=True).order is DateForm.DAY_FIRST
    assert column("08-05-2020").profile(is_shown=True).order is None
    assert column("05/13/2020").profile(is_shown=True).order is DateForm.MONTH_FIRST


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (" ", TextKind.EMPTY),
        ("ja", TextKind.TEXT),
        ("050520-9996", TextKind.CPR),
        ("991399-9996", TextKind.TEXT),
        ("kl. 9.30", TextKind.TIME),
        ("9:30", TextKind.TIME),
        ("9.30", TextKind.NUMBER),
        ("08-05-2020", TextKind.DATE),
        ("20200508", TextKind.DATE),
        ("08-05-2020 10:30", TextKind.MOMENT),
        ("2020-05-08T10", TextKind.MOMENT),
        ("08-05-2020 besøg", TextKind.TEXT),
        ("12", TextKind.WHOLE),
        ("12,0", TextKind.NUMBER),
        ("12 kg", TextKind.NUMBER),
        ("2 months", TextKind.TEXT),
    ],
)
def test_a_text_is_of_the_kind_that_it_looks_like(text: str, kind: TextKind) -> None:
    assert text_kind(text) is kind


def test_numbers_of_which_none_can_be_read_have_no_limits() -> None:
    found = column("1,234", "1,235").profile(is_shown=True)
    assert (found.kind, found.low, found.high) == (ContentKind.NUMBER, None, None)


def read(profile: TableProfile, rows: list[list[str]]) -> TableProfile:
    numbered = iter(list(enumerate(rows, start=2)))
    profile.read(FoundTable(Table("f", "a", iter(())), (1, 1), ["a", "b"], ["a", "b"], (0, 1), numbered))
    return profile


def test_rows_longer_than_the_headers_have_columns_too() -> None:
    found = read(TableProfile(2), [["1"], ["2", "x", "y"]])
    assert found.rows == 2
    assert [list(each.texts) for each in found.columns] == [["1", "2"], ["x"], ["y"]]
    assert found.kept == [["1", "", ""], ["2", "x", "y"]]


def test_pairs_are_counted_in_all_rows_where_they_are_asked_for_and_otherwise_in_those_that_are_kept() -> None:
    found = TableProfile(2)
    found.count_together([(0, 1)])
    read(found, [["v", str(at % 2)] for at in range(3000)])
    assert found.pairs_of(0, 1) == {("v", "0"): 1500, ("v", "1"): 1500}
    assert found.pairs_of(1, 0) == {("0", "v"): 1500}
    assert found.rows == 3000


def test_pairs_are_counted_no_further_than_texts_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "MOST_DISTINCT", 1)
    found = TableProfile(2)
    found.count_together([(0, 1)])
    read(found, [["v", str(at)] for at in range(4000)])
    assert found.pairs_of(0, 1).total() == 2000


def test_one_slip_among_many_numbers_changes_no_limits_and_one_long_text_no_answers() -> None:
    sizes = column("5", *(str(50 + at) for at in range(30)), "900")
    assert (sizes.profile(is_shown=True).low, sizes.profile(is_shown=True).high) == (Decimal(50), Decimal(79))
    answers = column(*["Fuldamning"] * 20, *["MME"] * 20, "x" * 32_767)
    assert answers.is_coded
    assert not column("y" * 500, "x" * 500).is_coded
