"""Tables and their headers are found wherever they stand in a sheet, and what is none of them is not read as data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.mapping.links import CITIZEN_KEY, VISIT_KEY, Part, State, TableShape
from ldbu_desktop.mapping.proposing.found_tables import TableFinder
from ldbu_desktop.mapping.proposing.headings import Headings
from ldbu_desktop.mapping.proposing.lexicon import lexicon_of
from ldbu_desktop.mapping.vocabulary import Vocabulary, vocabulary_of
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import proposed

Rows = list[list[str]]
HEADERS = ["CPR", "Besøgsdato", "Vægt (g)", "Længde (cm)"]


@pytest.fixture
def rows(visits: list[Seen]) -> Rows:
    """Rows of data below the headers."""
    return [[seen.child.cpr, f"{seen.start:%d-%m-%Y}", str(seen.weight), str(seen.height)] for seen in visits]


def places(sheet: Rows, merged: list[tuple[int, int, int, int]] | None = None) -> list[tuple[tuple[int, int], int]]:
    """Where the headers of each table stand, and how many rows it has."""
    return [(table.header_rows, table.rows) for table in proposed({"Ark1": sheet}, merged or ()).tables]


def test_a_sheet_without_headers_is_offered_by_position_and_never_sure(rows: Rows) -> None:
    proposal = proposed({"Ark1": [["Udtræk"], [], *rows]})
    [table] = proposal.tables
    assert (table.header_rows, table.rows) == ((2, 2), len(rows))
    assert "no-headers" in {evidence.code for evidence in table.evidence}
    assert {link.state for link in proposal.columns} == {State.PROPOSED}
    assert [link.target.variable for link in proposal.columns if link.target is not None] == [
        "citizen.cpr", "visit.start", "weight", "height"
    ]  # fmt: skip


def test_a_long_sheet_without_headers_is_read_to_its_end(rows: Rows) -> None:
    many = rows * (1200 // len(rows) + 1)
    for together in (0, 100):
        [table] = proposed({"Ark1": many}, together=together).tables
        assert (table.header_rows, table.rows) == ((0, 0), len(many))


@pytest.mark.parametrize(
    "sheet",
    [[["Ring til 050520-9996"]], [["050520-9996", "a"], ["050520-9996", "b"]], [["x", "050520-9996"], *[["y"]] * 5]],
)
def test_a_sheet_that_only_names_somebody_is_no_table(sheet: Rows) -> None:
    assert places(sheet) == []


AROUND: dict[str, tuple[Callable[[Rows], Rows], list[tuple[int, int]]]] = {
    "nothing": (lambda rows: [HEADERS, *rows], [(1, 1)]),
    "a title": (lambda rows: [["Oversigt"], [], HEADERS, *rows], [(3, 3)]),
    "a title in several cells": (lambda rows: [["Oversigt", "", "Side 1"], HEADERS, *rows], [(2, 2)]),
    "counts above": (lambda rows: [["Antal besøg", "31"], ["Periode", "2021"], [], HEADERS, *rows], [(4, 4)]),
    "a total": (lambda rows: [HEADERS, *rows, ["I alt", str(len(rows))]], [(1, 1)]),
    "a mean of figures": (lambda rows: [HEADERS, *rows, ["Gennemsnitlig vægt", "", "5012", "57,1"]], [(1, 1)]),
    "a note": (lambda rows: [HEADERS, *rows, [], ["Kilde: journalen"]], [(1, 1)]),
    "headers again": (lambda rows: [HEADERS, *rows[:9], HEADERS, *rows[9:]], [(1, 1)]),
    "a page's title": (lambda rows: [HEADERS, *rows[:9], [], ["Udskrift", "", "Side 2"], HEADERS, *rows[9:]], [(1, 1)]),
    "units below": (
        lambda rows: [["CPR", "Besøgsdato", "Vægt", "Længde"], ["", "", "(g)", "(cm)"], *rows],
        [(1, 2)],
    ),
    "two languages": (
        lambda rows: [["CPR", "Besøgsdato", "Vægt", "Længde"], ["CPR number", "Visit date", "Weight", "Length"], *rows],
        [(1, 2)],
    ),
    "groups above": (
        lambda rows: [["Barn", "Besøg", "Måling", ""], ["CPR", "dato", "Vægt", "Længde"], *rows],
        [(1, 2)],
    ),
}


@pytest.mark.parametrize("case", AROUND)
def test_what_stands_around_a_table_is_none_of_it(rows: Rows, case: str) -> None:
    around, headers = AROUND[case]
    assert places(around(rows)) == [(place, len(rows)) for place in headers]


def test_groups_are_spread_as_they_are_merged(rows: Rows) -> None:
    sheet = [["Barn", "", "Måling", ""], ["CPR", "Besøgsdato", "Vægt", "Længde"], *rows]
    found = proposed({"Ark1": sheet}, [(1, 1, 0, 1), (1, 1, 2, 3)])
    assert [link.header for link in found.columns] == ["Barn CPR", "Barn Besøgsdato", "Måling Vægt", "Måling Længde"]


def test_one_merged_group_is_a_row_of_headers(rows: Rows) -> None:
    sheet = [["", "", "Etableringsbesøg", ""], HEADERS, *rows]
    assert places(sheet, [(1, 1, 2, 3)]) == [((1, 2), len(rows))]
    assert places([["Oversigt over besøg"], HEADERS, *rows], [(1, 1, 0, 3)]) == [((2, 2), len(rows))]


def test_tables_below_each_other_are_each_found(rows: Rows, visits: list[Seen]) -> None:
    people = [[str(at), seen.child.cpr, seen.child.name] for at, seen in enumerate(visits[:6], start=100)]
    sheet = [["Barn-ID", "CPR", "Navn"], *people, [], ["Besøg"], HEADERS, *rows]
    assert places(sheet) == [((1, 1), 6), ((10, 10), len(rows))]
    assert places([["Barn-ID", "CPR", "Navn"], *people, HEADERS, *rows]) == [((1, 1), 6), ((8, 8), len(rows))]


def test_tables_beside_each_other_are_each_found(rows: Rows) -> None:
    codes = [["Kode", "Betydning"], ["1", "Fuldamning"], ["2", "MME"]]
    beside = [*codes, *[["", ""]] * (len(rows) - 2)]
    kinds = [str(at % 2 + 1) for at in range(len(rows))]
    left = [[*HEADERS, "Amning"], *([*row, kind] for row, kind in zip(rows, kinds, strict=True))]
    found = proposed({"Ark1": [[*row, "", *more] for row, more in zip(left, beside, strict=True)]})
    assert [(table.shape, table.rows, table.columns) for table in found.tables] == [
        (TableShape.VISIT, len(rows), (0, 4)),
        (TableShape.CODES, 2, (6, 7)),
    ]
    assert {value.value: value.code is not None for value in found.values} == {"1": True, "2": True}
    twice = [[*row, "", *row] for row in ([HEADERS, *rows])]
    assert [(table.rows, table.columns) for table in proposed({"Ark1": twice}).tables] == [
        (len(rows), (0, 3)),
        (len(rows), (5, 8)),
    ]


def test_an_empty_column_parts_no_table(rows: Rows) -> None:
    sheet = [[*row[:2], "", *row[2:]] for row in ([HEADERS, *rows])]
    assert places(sheet) == [((1, 1), len(rows))]


def test_a_sheet_without_a_table_has_none() -> None:
    assert places([["Kære alle"], ["her er tallene"]]) == []
    assert places([["Kære alle"], *[["tekst", "mere tekst"] for _ in range(1200)]]) == []
    assert places([]) == []


def test_headers_that_say_nothing_are_found_by_what_stands_below(rows: Rows) -> None:
    assert places([["Qx", "Rx", "Sx", "Tx"], *rows]) == [((1, 1), len(rows))]


def test_a_column_without_a_header_is_told(rows: Rows) -> None:
    found = proposed({"Ark1": [HEADERS, *([*row, "noget"] for row in rows)]})
    assert (found.columns[-1].header, found.columns[-1].state) == ("", State.UNMAPPED)


def test_rows_are_joined_by_keys(visits: list[Seen]) -> None:
    people = [["Barn-ID", "CPR"], *([seen.child.cpr[:5], seen.child.cpr] for seen in visits[::5])]
    seen_at = [
        ["Besøgs-ID", "Barn-ID", "Dato"],
        *([str(seen.number), seen.child.cpr[:5], f"{seen.start:%d-%m-%Y}"] for seen in visits),
    ]
    sizes = [["Besøgs-ID", "Vægt"], *([str(seen.number), str(seen.weight)] for seen in visits)]
    found = proposed({"Børn": people, "Besøg": seen_at, "Mål": sizes})
    assert [table.keys for table in found.tables] == [(0,), (0, 1), (0,)]
    keys = [
        (link.sheet, link.target.variable) for link in found.columns if link.target and link.target.part is Part.KEY
    ]
    assert keys == [("Børn", CITIZEN_KEY), ("Besøg", VISIT_KEY), ("Besøg", CITIZEN_KEY), ("Mål", VISIT_KEY)]


def test_keys_of_persons_are_known_by_the_table_that_tells_whose_they_are(visits: list[Seen]) -> None:
    keys = {cpr: str(at) for at, cpr in enumerate(dict.fromkeys(seen.child.cpr for seen in visits), start=5000)}
    people = [["id", "cpr_nummer"], *([key, cpr] for cpr, key in keys.items())]
    seen_at = [
        ["aktivitet_id", "person_id", "aktivitet_dato"],
        *([str(at), keys[seen.child.cpr], f"{seen.start:%d-%m-%Y}"] for at, seen in enumerate(visits)),
    ]
    found = proposed({"Personer": people, "Aktiviteter": seen_at})
    targets = {link.header: link.target.variable for link in found.columns if link.target is not None}
    assert [targets[header] for header in ("id", "person_id", "aktivitet_id")] == [CITIZEN_KEY, CITIZEN_KEY, VISIT_KEY]


def test_blocks_by_local_names_and_numbers_wait(visits: list[Seen]) -> None:
    pairs = list({one.child.cpr: (one, other) for one, other in zip(visits[::2], visits[1::2], strict=False)}.values())
    for first, second in (("A-besøg ", "B-besøg "), ("1. besøg ", "2. besøg ")):
        header = ["CPR", *(f"{name}{what}" for name in (first, second) for what in ("dato", "vægt"))]
        rows = [
            [one.child.cpr, *(text for seen in (one, one) for text in (f"{seen.start:%d-%m-%Y}", str(seen.weight)))]
            for one, _ in pairs
        ]
        found = proposed({"Ark1": [header, *rows]})
        assert found.tables[0].shape is TableShape.CHILD
        assert {link.state for link in found.columns[1:]} == {State.PROPOSED}
    numbered = ["CPR", "Dato1", "Vægt1", "Dato2", "Vægt2"]
    assert proposed({"Ark1": [numbered, *rows]}).tables[0].shape is TableShape.CHILD


def test_a_block_that_is_called_by_an_age_is_of_the_visit_for_it_and_waits(visits: list[Seen]) -> None:
    kinds = {kind.id: kind.code for kind in shipped_standard().visit_types}
    ages = {"2 mdr": "2-months", "5 mdr": "4-6-months", "8-10 mdr": "8-11-months"}
    header = ["CPR", *(f"{what} {age}" for age in ages for what in ("Dato", "Vægt (g)"))]
    by_child: dict[str, dict[str, Seen]] = {}
    for seen in visits:
        by_child.setdefault(seen.child.cpr, {})[seen.kind.id] = seen
    rows = [
        [cpr, *(text for name in ages.values() for text in (f"{of[name].start:%d-%m-%Y}", str(of[name].weight)))]
        for cpr, of in by_child.items()
        if set(ages.values()) <= set(of)
    ]
    found = proposed({"Ark1": [header, *rows]})
    assert rows
    assert found.tables[0].shape is TableShape.CHILD
    assert [(link.target.visit, link.state) for link in found.columns[1:] if link.target] == [
        (kinds[name], State.SURE if age == "2 mdr" else State.PROPOSED) for age, name in ages.items() for _ in range(2)
    ]


def test_a_beginning_and_a_time_of_day_are_no_repeated_columns(visits: list[Seen]) -> None:
    header = ["Gravides cpr", "Mødedato", "Fra kl.", "Til kl.", "Ryger", "Nikotin"]
    rows = [
        [seen.mother.cpr, f"{seen.start:%d-%m-%Y}", f"{seen.start:%H.%M}", f"{seen.end:%H.%M}", "Ja", "Nej"]
        for seen in {seen.mother.cpr: seen for seen in visits}.values()
    ]
    assert proposed({"Ark1": [header, *rows]}).tables[0].shape is TableShape.VISIT


CODE_LISTS: dict[str, list[list[str]]] = {
    "by field": [
        ["Felt", "Kode", "Tekst"],
        ["AMNING", "1", "Fuldamning"],
        ["AMNING", "2", "MME"],
        ["AMNING", "9", "Uoplyst"],
    ],
    "field once": [["Felt", "Kode", "Tekst"], ["AMNING", "1", "Fuldamning"], ["", "2", "MME"], ["", "9", "Uoplyst"]],
    "no field": [["Kode", "Betydning"], ["1", "Fuldamning"], ["2", "MME"], ["9", "Uoplyst"]],
    "other headings": [["Nr", "Forklaring"], ["01", "Fuldamning"], ["02", "MME"], ["09", "Uoplyst"]],
}


@pytest.mark.parametrize("case", CODE_LISTS)
@pytest.mark.parametrize("sheet", ["Koder", "Amning"])
def test_a_list_explains_the_codes_of_its_column(rows: Rows, case: str, sheet: str) -> None:
    data = [[*HEADERS, "Amning"], *([*row, ("1", "2", "9")[at % 3]] for at, row in enumerate(rows))]
    found = proposed({"Data": data, sheet: CODE_LISTS[case]})
    assert [table.shape for table in found.tables] == [TableShape.VISIT, TableShape.CODES]
    meant = {value.value: (value.code is not None, value.missing) for value in found.values}
    assert meant == {"1": (True, None), "2": (True, None), "9": (False, "unknown")}
    assert {link.state for link in found.columns if link.sheet == sheet} == {State.LEFT_OUT}


LOOKUPS: dict[str, tuple[str, list[list[str]]]] = {
    "by the same name": ("ErnID", [["ErnID", "ErnNavn"], ["1", "Fuldamning"], ["2", "MME"], ["9", "Uoplyst"]]),
    "by codes of their own": (
        "XKD",
        [["Ydelsesnr", "Ydelsesnavn"], ["701", "Fuldamning"], ["702", "MME"], ["709", "Uoplyst"]],
    ),
    "by its answers": ("XKD", [["Kode", "Tekst"], ["701", "Fuldamning"], ["702", "MME"], ["709", "Familiemad"]]),
}


@pytest.mark.parametrize("case", LOOKUPS)
def test_a_table_of_keys_and_texts_explains_the_column_that_holds_them(rows: Rows, case: str) -> None:
    header, lookup = LOOKUPS[case]
    codes = [row[0] for row in lookup[1:]]
    data = [[*HEADERS, header], *([*row, codes[at % 3]] for at, row in enumerate(rows))]
    found = proposed({"Data": data, "tblErn": lookup})
    assert [table.shape for table in found.tables] == [TableShape.VISIT, TableShape.CODES]
    link = found.columns[len(HEADERS)]
    assert (link.target and link.target.variable, link.state) == ("feeding", State.PROPOSED)
    assert [value.code is not None for value in found.values if value.value in codes[:2]] == [True, True]


def test_a_list_of_what_is_observed_explains_the_column_that_names_it(visits: list[Seen]) -> None:
    kinds = (("P01", "weight"), ("P02", "height"))
    rows = [
        [seen.child.cpr, f"{seen.start:%Y-%m-%d}", code, getattr(seen, name)] for seen in visits for code, name in kinds
    ]
    lists = [["Kode", "Navn"], ["P01", "Vægt (g)"], ["P02", "Længde (cm)"]]
    found = proposed({"Data": [["CPRNR", "DATO", "PARAM", "VAERDI"], *rows], "Parametre": lists})
    assert [table.shape for table in found.tables] == [TableShape.OBSERVATION, TableShape.CODES]
    assert {value.value: value.code for value in found.values} == {"P01": "weight", "P02": "height"}
    others = [["Kode", "Navn"], ["P01", "Rød"], ["P02", "Blå"]]
    beside = proposed({"Data": [["CPRNR", "DATO", "PARAM", "VAERDI"], *rows], "Farver": others})
    assert beside.tables[0].shape is not TableShape.OBSERVATION


def test_a_table_with_a_key_to_join_by_is_no_list(rows: Rows) -> None:
    people = [["BarnID", "Hvad"], *([str(at), name] for at, name in enumerate(("Alma", "Bent", "Carl")))]
    data = [[*HEADERS, "BarnID"], *([*row, str(at % 3)] for at, row in enumerate(rows))]
    found = proposed({"Data": data, "Folk": people})
    assert TableShape.CODES not in {table.shape for table in found.tables}


def test_a_child_in_several_rows_has_no_blocks(visits: list[Seen]) -> None:
    header = ["CPR", "Dato", "Gyldig fra", "Social kontakt", "Samspil social", "Relation", "Tilknytning"]
    rows = [[seen.child.cpr, f"{seen.start:%d-%m-%Y}", "01-01-2019", *["Udfordret"] * 4] for seen in visits]
    assert proposed({"Ark1": [header, *rows]}).tables[0].shape is TableShape.VISIT


def test_of_a_code_and_its_name_one_names_what_is_observed(visits: list[Seen]) -> None:
    kinds = (("29463-7", "Legemsvægt", "g"), ("8302-2", "Højde", "cm"))
    rows = [
        [seen.child.cpr, f"{seen.start:%d-%m-%Y}", code, name, seen.weight if unit == "g" else seen.height, unit]
        for seen in visits
        for code, name, unit in kinds
    ]
    found = proposed({"Ark1": [["pid", "Dato", "code", "display", "value", "unit"], *rows]})
    assert found.tables[0].shape is TableShape.OBSERVATION
    names = [link.header for link in found.columns if link.target and link.target.part is Part.NAME]
    beside = next(link for link in found.columns if link.header in {"code", "display"} - set(names))
    assert len(names) == 1
    assert "another-column" in {evidence.code for evidence in beside.evidence}


@pytest.mark.parametrize(
    "sheet",
    [
        [["Kode", "Tekst"], ["1", "Fuldamning"], ["1", "MME"], ["1", "Uoplyst"]],
        [["Kode", "Dato"], ["1", "01-02-2021"], ["2", "02-02-2021"]],
        [["Kode", "Tal"], ["1", "17"], ["2", "18"]],
    ],
)
def test_what_is_no_list_of_codes_is_none(sheet: Rows) -> None:
    assert all(table.shape is not TableShape.CODES for table in proposed({"Ark": sheet}).tables)


def test_a_note_of_a_whole_cell_is_not_looked_through_from_each_of_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    is_total = Vocabulary.is_total

    def counted(self: Vocabulary, text: str) -> bool:
        asked.append(len(text))
        return is_total(self, text)

    monkeypatch.setattr(Vocabulary, "is_total", counted)
    note = "ord " * 8000
    rows = [
        ["Note", "CPR", "Besøgsdato", "Vægt"],
        *([note, "0505209996", f"{day}-05-2020", "3500"] for day in range(9, 20)),
    ]
    assert proposed({"Ark1": rows}).tables[0].rows == 11
    assert 0 < sum(asked) < 20 * len(note)


def test_a_row_of_blanks_is_no_row_of_data(rows: Rows) -> None:
    sheet = [HEADERS, *rows[:5], [" "] * len(HEADERS), *rows[5:]]
    [table] = proposed({"Ark1": sheet}).tables
    assert table.rows == len(rows)


def test_the_longer_of_two_tables_beside_each_other_is_read_to_its_end(rows: Rows) -> None:
    short = [HEADERS, *rows[:20], *[[""] * len(HEADERS)] * (len(rows) - 20)]
    found = proposed({"Ark1": [[*left, "", *right] for left, right in zip(short, [HEADERS, *rows], strict=True)]})
    assert [(table.rows, table.columns) for table in found.tables] == [(20, (0, 3)), (len(rows), (5, 8))]


def test_what_names_fields_and_stands_below_itself_begins_no_table(rows: Rows) -> None:
    listed = [
        ["Vægt (g)", "Længde (cm)", "Hovedomfang (cm)"],
        ["Vægt (g)", "1", "2"],
        ["Søvn", "3", "4"],
        ["Søvn", "3", "4"],
    ]
    assert [at for at, _ in places([HEADERS, *rows, [], *listed])] == [(1, 1)]


def test_a_table_of_many_names_is_read_to_its_end() -> None:
    rows = [[f"Barn {at}", "0505209996", "05-08-2020", "5250"] for at in range(10_050)]
    assert places([["Navn", "CPR", "Besøgsdato", "Vægt (g)"], *rows]) == [((1, 1), len(rows))]


def test_rows_that_nobody_read_are_passed_over_before_the_next_table(rows: Rows) -> None:
    standard = shipped_standard()
    sheet = [HEADERS, *rows, [], ["Barn-ID", "CPR", "Navn"], *([str(at), row[0], "Ida"] for at, row in enumerate(rows))]
    table = Table("fil.xlsx", "Ark1", ((at, list(row)) for at, row in enumerate(sheet, start=1) if row))
    finder = TableFinder(table, Headings(lexicon_of(standard)), vocabulary_of(standard))
    assert [found.header_rows for found in finder.tables()] == [(1, 1), (len(rows) + 3, len(rows) + 3)]


@pytest.mark.parametrize("together", [1, 7, 40, 90])
@pytest.mark.parametrize(
    "among",
    [
        ["I alt", "", "4250", ""],
        HEADERS,
        ["", "", "", "55"],
        ["050520-9996", "ikke besøgt", "4250", "55"],
        ["050520-9996", "20-05-2020", "4250", "55", "mere"],
        ["050520-9996"],
        ["Barn-ID", "CPR", "Navn"],
    ],
)
@pytest.mark.parametrize("before", [[], ["sum", "1"], ["navn"]])
def test_rows_that_come_together_are_taken_for_what_they_are_one_by_one(
    rows: Rows, among: list[str], before: list[str], together: int
) -> None:
    many = [[*row, *before[1:]] if before else row for row in rows * 9]
    named = [[text, *row] for text, row in zip(["Ida", "Emma Sofie", "total"] * len(many), many, strict=False)]
    sheet = [["Navn", *HEADERS], *named] if before == ["navn"] else [[*HEADERS, *before[:1]], *many]
    sheet[150:150] = [among]
    assert proposed({"Ark1": sheet}, together=together) == proposed({"Ark1": sheet})


def test_headers_are_headers_where_the_first_row_answers_one_of_them_by_its_name(rows: Rows) -> None:
    answered = [[*row, "Sårbarhed" if at % 3 == 0 else ""] for at, row in enumerate(rows)]
    proposal = proposed({"Ark1": [[*HEADERS, "Sårbarhed"], *answered]})
    assert places([[*HEADERS, "Sårbarhed"], *answered]) == [((1, 1), len(rows))]
    assert [link.header for link in proposal.columns] == [*HEADERS, "Sårbarhed"]
