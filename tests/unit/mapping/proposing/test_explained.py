"""Columns and codes that something else in the file explains: notes, a dictionary of fields, the header itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.mapping.links import Proposal, State, TableShape, ValueLink
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import linked, proposed, told

Of = Callable[[Callable[[Seen], object]], list[str]]
SLEEP = ("Normal", "Let forstyrret", "Udfordring")


@pytest.fixture
def base(of: Of) -> dict[str, list[str]]:
    """What every table of visits has."""
    return {
        "CPR": of(lambda seen: seen.child.cpr),
        "Besøgsdato": of(lambda seen: f"{seen.start:%d-%m-%Y}"),
        "Vægt (g)": of(lambda seen: seen.weight),
        "Længde (cm)": of(lambda seen: seen.height),
    }


def rows_of(columns: dict[str, list[str]]) -> list[list[str]]:
    return [list(columns), *map(list, zip(*columns.values(), strict=True))]


def meant(found: Proposal, header: str) -> dict[str, ValueLink]:
    """The links of the values of a column."""
    place = next(link for link in found.columns if link.header == header).place
    return {link.value: link for link in found.values if link.place[:4] == place[:4]}


@pytest.mark.parametrize("is_above", [True, False])
def test_a_note_beside_a_table_explains_its_codes(base: dict[str, list[str]], of: Of, is_above: bool) -> None:
    rows = rows_of({**base, "Søvn": of(lambda seen: "NLU"[seen.number % 3])})
    notes = [["Forklaring:"], ["Søvn: N = normal, L = let forstyrret, U = udfordring"]]
    found = proposed({"Liste": [*notes, [], *rows] if is_above else [*rows, [], *notes]})
    values = meant(found, "Søvn")
    assert {text: link.state for text, link in values.items()} == dict.fromkeys("NLU", State.PROPOSED)
    assert len({link.code for link in values.values()}) == 3
    assert None not in {link.code for link in values.values()}


def test_notes_of_a_sheet_without_a_table_explain_codes(base: dict[str, list[str]], of: Of) -> None:
    rows = rows_of({**base, "Søvn": of(lambda seen: "NLU"[seen.number % 3])})
    found = proposed({"Data": rows, "Om": [["Søvn: N = normal, L = let forstyrret, U = udfordring"]]})
    assert None not in {link.code for link in meant(found, "Søvn").values()}


def test_a_code_book_says_what_fields_and_codes_are(base: dict[str, list[str]], of: Of) -> None:
    data = rows_of({**base, "s_6": of(lambda seen: seen.number % 3)})
    book = [["Variabel", "Spørgsmål", "Værdi", "Etiket"], ["Vægt (g)", "Barnets vægt", "", ""]]
    book += [["s_6", "Hvordan er barnets søvn?", str(at), text] for at, text in enumerate(SLEEP)]
    found = proposed({"Data": data, "Variabelliste": book})
    link = next(each for each in found.columns if each.header == "s_6")
    assert link.target is not None
    assert link.target.variable == "sleep"
    assert "header-explained" in told(link)
    assert len({each.code for each in meant(found, "s_6").values()} - {None}) == 3


@pytest.mark.parametrize("sheet", ["Felter", "Forklaring"])
def test_a_dictionary_of_fields_names_columns_that_say_nothing(base: dict[str, list[str]], of: Of, sheet: str) -> None:
    data = rows_of({**base, "f17": of(lambda seen: SLEEP[seen.number % 3])})
    book = [["Felt", "Beskrivelse"], ["CPR", "Barnets CPR"], ["Besøgsdato", "Dato"], ["f17", "Barnets søvn"]]
    found = proposed({"Data": data, sheet: book})
    assert [table.shape for table in found.tables] == [TableShape.VISIT, TableShape.CODES]
    link = next(each for each in found.columns if each.header == "f17")
    assert link.target is not None
    assert link.target.variable == "sleep"


@pytest.mark.parametrize(
    ("sheet", "head", "rest"),
    [
        ("Koder", ["Kode", "Vurdering"], [[], []]),
        ("Koder", ["Om hvad", "Kode", "Tekst"], [["Søvn"], []]),
        ("Liste", ["Felt", "Kode", "Tekst", "Note"], [["Søvn"], ["se nedenfor", "se ovenfor", "ingen"]]),
    ],
)
def test_a_list_is_known_by_its_sheet_and_its_place(
    base: dict[str, list[str]], of: Of, sheet: str, head: list[str], rest: list[list[str]]
) -> None:
    data = rows_of({**base, "Søvn": of(lambda seen: seen.number % 3)})
    before, after = rest
    book = [head, *([*before, str(at), text, *after[at : at + 1]] for at, text in enumerate(SLEEP))]
    found = proposed({"Data": data, sheet: book})
    assert [table.shape for table in found.tables] == [TableShape.VISIT, TableShape.CODES]
    assert len({link.code for link in meant(found, "Søvn").values()} - {None}) == 3


@pytest.mark.parametrize(
    "other",
    [
        [["Felt", "Løbenr"], ["CPR", "1"], ["Besøgsdato", "2"], ["Søvn", "3"]],
        [["q", "w", "e"], ["Søvn", "abcdefgh", "x"], ["Søvn", "ijklmnop", "y"], ["Søvn", "qrstuvwx", "z"]],
    ],
)
def test_what_tells_no_texts_explains_nothing(base: dict[str, list[str]], of: Of, other: list[list[str]]) -> None:
    data = rows_of({**base, "Søvn": of(lambda seen: seen.number % 3)})
    found = proposed({"Data": data, "Andet": other})
    assert not any(link.code for link in meant(found, "Søvn").values())


def test_of_several_lists_that_name_no_field_the_one_with_answers_is_meant(base: dict[str, list[str]], of: Of) -> None:
    data = rows_of({**base, "Søvn": of(lambda seen: seen.number % 3)})
    feeding = [["Kode", "Tekst"], ["0", "Fuldamning"], ["1", "Ammes primært"], ["2", "Familiens mad"]]
    sleep = [["Kode", "Tekst"], *([str(at), text] for at, text in enumerate(SLEEP))]
    found = proposed({"Data": data, "Liste A": feeding, "Liste B": sleep})
    assert len({link.code for link in meant(found, "Søvn").values()} - {None}) == 3


def test_a_table_of_persons_is_no_list_of_codes(base: dict[str, list[str]]) -> None:
    one = {header: cells[:12] for header, cells in base.items()} | {"Søvn": [SLEEP[at % 3] for at in range(12)]}
    few = {header: cells[:9] for header, cells in one.items()}
    found = proposed({"2 mdr": rows_of(one), "Barsel": rows_of(few)})
    assert [table.shape for table in found.tables] == [TableShape.VISIT, TableShape.VISIT]


def test_a_row_that_is_repeated_below_is_no_second_header(base: dict[str, list[str]], of: Of) -> None:
    kinds = of(lambda seen: "IMU"[seen.number % 3])
    book = [["Kolonne", "Kode", "Betydning"], ["Undersøgelse", "I", "Indskoling"]]
    book += [["Undersøgelse", "M", "Mellemtrin med måling"], ["Undersøgelse", "U", "Udskoling"]]
    found = proposed({"Data": rows_of({**base, "Undersøgelse": kinds}), "Koder": book})
    assert {text for text, link in meant(found, "Undersøgelse").items() if link.code} == set("IMU")


def test_what_a_list_explains_is_no_key(base: dict[str, list[str]], of: Of) -> None:
    data = rows_of({**base, "samspil_foraeldre_id": of(lambda seen: seen.number % 3)})
    book = [["Felt", "Id", "Tekst"]]
    book += [["samspil_foraeldre_id", str(at), text] for at, text in
             enumerate(("Velfungerende", "Let påvirket", "Udfordring"))]  # fmt: skip
    found = proposed({"Data": data, "Opslag": book})
    link = next(each for each in found.columns if each.header == "samspil_foraeldre_id")
    assert link.target is not None
    assert (link.state, link.target.variable) == (State.PROPOSED, "parent-relationship")


# --- what the header makes of a reply ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "texts", "known"),
    [
        ("PASSIV_ROEG_FLAG", ("0", "1"), {"0", "1"}),
        ("Røg i hjem", ("÷", "+"), {"÷", "+"}),
        ("Syn ok?", ("ja", "måske problem", "kendt problem"), {"ja", "måske problem", "kendt problem"}),
        ("Syn ok?", ("nej", "muligt problem", "kendt problem"), {"muligt problem", "kendt problem"}),
        ("Røgfrit hjem", ("0", "1"), set()),
    ],
)
def test_a_reply_means_what_its_header_asks(
    base: dict[str, list[str]], of: Of, header: str, texts: tuple[str, ...], known: set[str]
) -> None:
    found = proposed({"Data": rows_of({**base, header: of(lambda seen: texts[seen.number % len(texts)])})})
    values = meant(found, header)
    assert {text for text, link in values.items() if link.code} == known
    replies = {"0", "1", "÷", "+", "ja", "nej"} & set(values)
    assert all(values[text].state is not State.SURE for text in replies)
    assert len({values[text].code for text in known}) == len(known)


def test_a_yes_below_a_question_whether_all_is_well_is_never_taken_for_the_thing(
    base: dict[str, list[str]], of: Of
) -> None:
    found = proposed({"Data": rows_of({**base, "Passiv rygning ok?": of(lambda seen: ("ja", "nej")[seen.number % 2])})})
    assert not any(link.code for link in meant(found, "Passiv rygning ok?").values())


# --- headers in other words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "texts", "variable"),
    [
        ("Mors sociale tilstand", ("Ikke sårbar", "Potentielt sårbar", "Sårbar"), "parent-social-status"),
        ("Røyking i hjemmet", ("Nei", "Ja"), "passive-smoking"),
        ("Sömn", ("Normal", "Lätt störd", "Svårighet"), "sleep"),
        ("Bevægelse", ("aktiv", "moderat", "stillesiddende", "for meget"), "physical-activity"),
        ("Familien: røg (ja/nej)", ("nej", "ja"), "passive-smoking"),
    ],
)
def test_words_that_mean_the_same_are_known(
    base: dict[str, list[str]], of: Of, header: str, texts: tuple[str, ...], variable: str
) -> None:
    found = proposed({"Data": rows_of({**base, header: of(lambda seen: texts[seen.number % len(texts)])})})
    link = next(each for each in found.columns if each.header == header)
    assert link.target is not None
    assert link.target.variable == variable
    assert {each.code is not None for each in meant(found, header).values()} == {True}


@pytest.mark.parametrize(
    ("header", "tell"),
    [
        ("Visus højre", lambda seen: ("1,0", "0,8", "0,63")[seen.number % 3]),
        ("Familien: sprog", lambda seen: ("dansk", "polsk")[seen.number % 2]),
    ],
)
def test_what_is_no_answer_is_left(of: Of, header: str, tell: Callable[[Seen], object]) -> None:
    link = linked({"CPR": of(lambda seen: seen.child.cpr), header: of(tell)})[header]
    assert (link.state, link.target) == (State.UNMAPPED, None)


def test_texts_shortened_by_points_are_known_by_what_is_left(base: dict[str, list[str]], of: Of) -> None:
    texts = ("norm.", "let f.", "udf.")
    found = proposed({"Data": rows_of({**base, "Søvn": of(lambda seen: texts[seen.number % 3])})})
    assert len({link.code for link in meant(found, "Søvn").values()} - {None}) == 3


def test_of_two_columns_that_name_the_same_things_one_is_taken(of: Of, visits: list[Seen]) -> None:
    rows = [["CPR", "Dato", "Indikatorkode", "Indikatornavn", "Værdi"]]
    for seen in visits:
        for code, name, size in (("I1", "Vægt (g)", seen.weight), ("I2", "Længde (cm)", seen.height)):
            rows.append([seen.child.cpr, f"{seen.start:%d-%m-%Y}", code, name, str(size)])
    found = {link.header: link for link in proposed({"Indikatorer": rows}).columns}
    assert found["Indikatorkode"].target is None
    name = found["Indikatornavn"].target
    assert name is not None
    assert name.variable == "observation.variable"


def test_names_where_codes_should_stand_are_asked_about(of: Of, visits: list[Seen]) -> None:
    rows = [["CPR", "Dato", "Indikatorkode", "Indikatornavn", "Værdi"]]
    for seen in visits:
        for code, name, size in (("I1", "Vægt (g)", seen.weight), ("I2", "Længde (cm)", seen.height)):
            rows.append([seen.child.cpr, f"{seen.start:%d-%m-%Y}", name, code, str(size)])
    found = {link.header: link for link in proposed({"Indikatorer": rows}).columns}
    assert State.SURE not in {found["Indikatorkode"].state, found["Indikatornavn"].state}
    assert found["Indikatornavn"].target is None


def test_a_key_whose_values_a_list_explains_holds_answers(base: dict[str, list[str]], of: Of) -> None:
    rows = rows_of({**base, "ID": of(lambda seen: "AB"[seen.number % 2])})
    meaning = [["Felt", "Kode", "Betydning"], ["ID", "A", "Ammes fuldt"], ["ID", "B", "Ammes delvist"]]
    found = {link.header: link for link in proposed({"Ark": rows, "Koder": meaning}).columns}["ID"]
    assert found.target is not None
    assert (found.target.variable, found.state) == ("feeding", State.PROPOSED)
