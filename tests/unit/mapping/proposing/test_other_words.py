"""Headers in words of their own: shortened, in another order, or beside what else a system writes there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.mapping.links import READ_BY, Part, State, Subject, TableShape, Target
from ldbu_desktop.mapping.proposing.headings import Headings, Words
from ldbu_desktop.mapping.proposing.lexicon import lexicon_of
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import linked, proposed, told

Of = Callable[[Callable[[Seen], object]], list[str]]


def base(of: Of) -> dict[str, list[str]]:
    """What every table of visits has."""
    return {"CPR": of(lambda seen: seen.child.cpr), "Besøgsdato": of(lambda seen: f"{seen.start:%d-%m-%Y}")}


SLEEP = ("Normale variationer", "Let forstyrret", "Udfordring")


@pytest.mark.parametrize(
    ("header", "tell", "variable", "part", "subject"),
    [
        ("m_cpr", lambda seen: seen.mother.cpr, "citizen.cpr", Part.CPR, Subject.PARENT_1),
        ("f_cpr", lambda seen: seen.father.cpr, "citizen.cpr", Part.CPR, Subject.PARENT_2),
        ("vægt_med_enhed", lambda seen: f"{seen.weight} g", "weight", Part.VALUE, Subject.CHILD),
        ("Vægt kommentar", lambda seen: seen.weight, "weight", Part.VALUE, Subject.CHILD),
        ("Kontakt mellem barn og forældre", lambda seen: ("god relation", "let påvirket relation")[seen.number % 2],
         "parent-relationship", Part.VALUE, Subject.CHILD),
        ("o_soevn_navn", lambda seen: SLEEP[seen.number % 3], "sleep", Part.VALUE, Subject.CHILD),
        ("hvor aktiv er du", lambda seen: ("aktiv", "moderat aktiv", "meget stillesiddende")[seen.number % 3],
         "physical-activity", Part.VALUE, Subject.CHILD),
        ("Barnets kost", lambda seen: ("fuldamning", "primært ammet")[seen.number % 2], "feeding", Part.VALUE,
         Subject.CHILD),
        ("AMMSTAT", lambda seen: ("FULD", "PRIM", "SUPP", "ERST", "FAMI")[seen.number % 5], "feeding", Part.VALUE,
         Subject.CHILD),
        ("HOVOMFCM", lambda seen: seen.head, "head-circumference", Part.VALUE, Subject.CHILD),
        ("MTRK", lambda seen: ("Alderssvarende", "Få tegn på udfordring")[seen.number % 2], "motor-function",
         Part.VALUE, Subject.CHILD),
        ("sovn", lambda seen: SLEEP[seen.number % 3], "sleep", Part.VALUE, Subject.CHILD),
        ("Hvordan vurderes samspillet", lambda seen: ("god relation", "let påvirket relation")[seen.number % 2],
         "parent-relationship", Part.VALUE, Subject.CHILD),
        ("Søvn på et tidspunkt", lambda seen: SLEEP[seen.number % 3], "sleep", Part.VALUE, Subject.CHILD),
        ("MCPRNR", lambda seen: seen.mother.cpr, "citizen.cpr", Part.CPR, Subject.PARENT_1),
        ("exam status", lambda seen: SLEEP[seen.number % 2], "sleep", Part.VALUE, Subject.CHILD),
        ("hjem ift. tobak", lambda seen: ("Røg i hjemmet", "Ingen røg i hjemmet")[seen.number % 2], "passive-smoking",
         Part.VALUE, Subject.CHILD),
        ("guardian1_cpr", lambda seen: seen.mother.cpr, "citizen.cpr", Part.CPR, Subject.PARENT_1),
        ("Værge 2 CPR", lambda seen: seen.father.cpr, "citizen.cpr", Part.CPR, Subject.PARENT_2),
        ("Værge 3 CPR", lambda seen: seen.father.cpr, "citizen.cpr", Part.CPR, Subject.PARENT),
        ("Kontakt m. forældre", lambda seen: ("god relation", "let påvirket relation")[seen.number % 2],
         "parent-relationship", Part.VALUE, Subject.CHILD),
        ("Birth mother CPR", lambda seen: seen.mother.cpr, "citizen.cpr", Part.CPR, Subject.PARENT_1),
        ("Mother's ID", lambda seen: seen.mother.cpr, "citizen.cpr", Part.CPR, Subject.PARENT_1),
        ("aftale_navn", lambda seen: seen.kind.label.da, "visit.type", Part.VALUE, None),
        ("Kontaktsätt", lambda seen: ("Hembesök", "Mottagningsbesök")[seen.number % 2], "visit.class", Part.VALUE,
         None),
        ("SOCKONT", lambda seen: ("Alderssvarende", "Få tegn på udfordring")[seen.number % 2], "social-interaction",
         Part.VALUE, Subject.CHILD),
    ],
)  # fmt: skip
def test_what_content_and_words_say_together_is_proposed(
    of: Of, header: str, tell: Callable[[Seen], object], variable: str, part: Part, subject: Subject | None
) -> None:
    link = linked(base(of) | {header: of(tell)})[header]
    assert link.target is not None
    assert (link.target.variable, link.target.part, link.target.subject) == (variable, part, subject)
    assert link.state is State.PROPOSED


@pytest.mark.parametrize(
    ("header", "tell"),
    [
        ("Vægt navn", lambda seen: seen.child.name),
        ("Søvn kommentar", lambda seen: f"Drøftet {seen.number}"),
        ("Motorik aftale", lambda seen: ("ringer", "skriver")[seen.number % 2]),
        ("Skole klasse", lambda seen: "3.b"),
        ("Oprettet dato", lambda seen: f"{seen.end:%d-%m-%Y}"),
        ("Husk", lambda seen: "ring" if seen.number % 5 == 0 else ""),
        ("Næste vægt", lambda seen: seen.weight),
        ("Visus hø.", lambda seen: ("6/6", "6/9")[seen.number % 2]),
        ("Sundhedsplejerskens cpr", lambda seen: seen.mother.cpr),
        ("Mormors cpr", lambda seen: seen.mother.cpr),
        ("Storesøsters cpr", lambda seen: seen.child.cpr),
        ("Forventet vægt (g)", lambda seen: seen.weight),
        ("Expected weight", lambda seen: seen.weight),
        ("Udskrivningsvægt", lambda seen: seen.weight),
        ("Vægt før graviditeten", lambda seen: 60 + seen.number % 30),
        ("Rygning under graviditeten", lambda seen: ("Ja", "Nej")[seen.number % 2]),
        ("Høretab", lambda seen: ("Ja", "Nej")[seen.number % 2]),
        ("Aflysningsdato", lambda seen: f"{seen.start:%d-%m-%Y}"),
        ("Syn, venstre øje", lambda seen: ("6/6", "6/9")[seen.number % 2]),
    ],
)
def test_what_is_something_else_stays_so(of: Of, header: str, tell: Callable[[Seen], object]) -> None:
    assert linked(base(of) | {header: of(tell)})[header].target is None


def test_the_present_time_is_no_date_of_what_is_observed(of: Of) -> None:
    header = "Søvn på nuværende tidspunkt"
    answers = linked(base(of) | {header: of(lambda seen: SLEEP[seen.number % 3])})[header]
    assert (answers.state, answers.target) == (State.SURE, Target("sleep", Part.VALUE, Subject.CHILD))
    assert linked(base(of) | {header: of(lambda seen: f"{seen.end:%d-%m-%Y}")})[header].state not in READ_BY


def test_what_is_observed_stands_under_any_header_beside_its_name(of: Of, visits: list[Seen]) -> None:
    rows = [["CPR", "Besøgsdato", "Observation", "Fund", "Nr"]]
    for seen in visits:
        told = (("Vægt", seen.weight), ("Længde", seen.height), ("Søvn", SLEEP[seen.number % 3]))
        rows += [[seen.child.cpr, f"{seen.start:%d-%m-%Y}", name, str(value), "1"] for name, value in told]
    found = proposed({"Ark1": rows})
    assert [table.shape for table in found.tables] == [TableShape.OBSERVATION]
    (value,) = [each for each in found.columns if each.header == "Fund"]
    assert value.target is not None
    assert (value.target.variable, value.state) == ("observation.value", State.PROPOSED)


@pytest.mark.parametrize(
    ("header", "words", "variable", "state"),
    [
        ("Vedrører", ("Barnet", "Moderen"), "observation.subject", State.SURE),
        ("Gælder", ("child", "mother"), "observation.subject", State.SURE),
        ("Person", ("Barn", "Mor"), "observation.subject", State.PROPOSED),
        ("Om", ("Barn", "Far"), "observation.subject", State.PROPOSED),
        ("Vedrører", ("Barn", "Hunden"), None, State.UNMAPPED),
    ],
)
def test_words_for_people_beside_what_is_observed_tell_whom_it_is_about(
    visits: list[Seen], header: str, words: tuple[str, str], variable: str | None, state: State
) -> None:
    rows = [["CPR", "Mor", "Besøgsdato", "Observation", "Svar", header]]
    for seen in visits:
        told = (("Vægt", str(seen.weight), words[0]), ("Søvn", SLEEP[seen.number % 3], words[1]))
        rows += [[seen.child.cpr, seen.mother.cpr, f"{seen.start:%d-%m-%Y}", *each] for each in told]
    found = proposed({"Ark1": rows})
    links = {each.header: each for each in found.columns}
    assert (links[header].target and links[header].target.variable, links[header].state) == (variable, state)
    meant = {each.value: each.code for each in found.values if each.variable == "observation.subject"}
    of_word = {"Far": Subject.PARENT_2}
    expected = {words[0]: Subject.CHILD, words[1]: of_word.get(words[1], Subject.PARENT_1)} if variable else {}
    assert meant == expected
    assert links["Mor"].target is not None
    assert links["Mor"].target.subject is Subject.PARENT_1


def test_the_number_of_each_observation_names_none(visits: list[Seen]) -> None:
    rows = [["observation_id", "CPR", "Besøgsdato", "observation_name", "value"]]
    for seen in visits:
        told = (("Vægt", seen.weight), ("Længde", seen.height), ("Søvn", SLEEP[seen.number % 3]))
        rows += [
            [str(len(rows) + at), seen.child.cpr, f"{seen.start:%d-%m-%Y}", name, str(value)]
            for at, (name, value) in enumerate(told)
        ]
    found = proposed({"Ark1": rows})
    targets = {link.header: link.target.variable if link.target is not None else None for link in found.columns}
    assert targets["observation_id"] is None
    assert targets["observation_name"] == "observation.variable"
    assert {link.value for link in found.values if link.variable == "sleep"} == set(SLEEP)


def test_words_for_people_where_a_row_is_a_visit_are_nothing(of: Of) -> None:
    whom = of(lambda seen: ("Barn", "Mor")[seen.number % 2])
    assert linked(base(of) | {"Vægt": of(lambda seen: seen.weight), "Vedrører": whom})["Vedrører"].target is None


def test_a_questionnaire_is_called_by_its_name_too(of: Of) -> None:
    found = linked(base(of) | {"Edinburgh spm. 3": of(lambda seen: seen.points[2])})
    assert [each.target and each.target.variable for each in found.values()][2] == "epds/3blame"


def test_both_sides_together_are_what_is_judged(of: Of) -> None:
    answers = of(lambda seen: ("Normalt syn", "Potentielt problem med syn")[seen.number % 2])
    target = linked(base(of) | {"Syn højre/venstre": answers})["Syn højre/venstre"].target
    assert target is not None
    assert target.variable == "sight"


def test_a_day_is_found_by_who_saw_the_child(of: Of) -> None:
    columns = {
        "CPR": of(lambda seen: seen.child.cpr),
        "set af sundhedsplejerske den": of(lambda seen: f"{seen.start:%d-%m-%Y}"),
        "Vægt": of(lambda seen: seen.weight),
    }
    found = linked(columns)
    target = found["set af sundhedsplejerske den"].target
    assert target is not None
    assert (target.variable, found["set af sundhedsplejerske den"].state) == ("visit.start", State.PROPOSED)
    assert "content-growth" in told(found["Vægt"])
    delivered = {"Ydelse leveret": columns["set af sundhedsplejerske den"], "CPR": columns["CPR"]}
    assert linked(delivered)["Ydelse leveret"].target == target
    doubled = columns | {"vejet af medarb. dato": columns["set af sundhedsplejerske den"]}
    assert linked(doubled)["set af sundhedsplejerske den"].target is None


def test_a_list_explains_a_column_of_which_the_header_says_nothing(of: Of) -> None:
    data = base(of) | {"xy_tp": of(lambda seen: "BE2"[seen.number % 3])}
    rows = [list(data), *map(list, zip(*data.values(), strict=True))]
    codes = [["Felt", "Kode", "Tekst"], ["xy_tp", "B", "Barselsbesøg"], ["xy_tp", "E", "Etableringsbesøg"],
             ["xy_tp", "2", "Besøg ved 2 måneder"]]  # fmt: skip
    proposal = proposed({"Data": rows, "Kodeliste": codes})
    link = next(each for each in proposal.columns if each.header == "xy_tp")
    assert link.target is not None
    assert (link.target.variable, link.state) == ("visit.type", State.PROPOSED)
    assert all(each.code for each in proposal.values if each.column == link.column and each.sheet == "Data")


def test_a_list_is_known_by_the_headers_that_it_tells(of: Of) -> None:
    data = base(of) | {"xy_tp": of(lambda seen: "BE2"[seen.number % 3])}
    rows = [list(data), *map(list, zip(*data.values(), strict=True))]
    codes = [["Alfa", "Bravo", "Charlie"], ["xy_tp", "B", "Barselsbesøg"], ["xy_tp", "E", "Etableringsbesøg"],
             ["xy_tp", "2", "Besøg ved 2 måneder"]]  # fmt: skip
    proposal = proposed({"Data": rows, "Ark9": codes})
    assert [table.shape for table in proposal.tables] == [TableShape.VISIT, TableShape.CODES]
    assert {each.code is None for each in proposal.values if each.sheet == "Data"} == {False}
    strange = [codes[0], *(["zz_tp", *row[1:]] for row in codes[1:])]
    assert [table.shape for table in proposed({"Data": rows, "Ark9": strange}).tables][1] is not TableShape.CODES


def test_most_kinds_of_answers_known_are_enough_to_propose(of: Of) -> None:
    said = ("slet slet ikke det der",) * 5 + ("har prøvet", "bruger")
    link = linked(base(of) | {"Nikotin": of(lambda seen: said[seen.number % 7])})
    target = link["Nikotin"].target
    assert target is not None
    assert target.variable == "nicotine"
    assert "content-codes-in-part" in told(link["Nikotin"])


def test_a_time_that_holds_days_is_when_the_visit_began(of: Of) -> None:
    columns = {
        "CPR": of(lambda seen: seen.child.cpr),
        "XBU_KontaktTid": of(lambda seen: f"{seen.start:%d-%m-%Y %H:%M}"),
    }
    link = linked(columns | {"Vægt": of(lambda seen: seen.weight)})["XBU_KontaktTid"]
    assert link.target is not None
    assert (link.target.variable, link.target.part) == ("visit.start", Part.START)


def test_whose_number_it_is_must_be_said(of: Of) -> None:
    for header, tell in (
        ("Birth CPR", lambda seen: seen.mother.cpr),
        ("Birth mother CPR", lambda seen: seen.child.cpr),
        ("Sagsbehandler CPR (mor)", lambda seen: seen.mother.cpr),
    ):
        assert linked(base(of) | {header: of(tell)})[header].target is None


def test_a_header_that_asks_for_the_opposite_turns_yes_and_no_round(of: Of) -> None:
    answers = of(lambda seen: ("ja", "nej")[seen.number % 2])
    codes = {}
    for header in ("Røgfrit hjem", "Røg i hjemmet"):
        columns = base(of) | {header: answers}
        found = proposed({"Ark1": [list(columns), *map(list, zip(*columns.values(), strict=True))]})
        codes[header] = {value.value: value.code for value in found.values}
        assert {value.state for value in found.values} == {State.PROPOSED}
    assert codes["Røgfrit hjem"]["ja"] == codes["Røg i hjemmet"]["nej"] != codes["Røg i hjemmet"]["ja"]


def test_questions_are_told_by_number_or_word_where_the_table_is_about_one_questionnaire(of: Of) -> None:
    headers = {"3. Skylder": 2, "Bange eller panisk": 4, "Gyser": 5, "11. Andet": 6, "3 igen": 7}
    columns = base(of) | {header: of(lambda seen, at=at: seen.points[at]) for header, at in headers.items()}
    found = {header: link.target and link.target.variable for header, link in linked(columns, "EPDS mødre").items()}
    assert [found[header] for header in headers] == ["epds/3blame", "epds/5anxious", None, None, None]
    assert all(link.target is None for header, link in linked(columns, "Ark1").items() if header in headers)
    named = linked(columns | {"EPDS total": of(lambda seen: sum(seen.points))})
    assert "question-of-table" in told(named["3. Skylder"])
    sums = columns | {header: of(lambda seen: sum(seen.points)) for header in ("Sum", "WHO-5 sum")}
    summed = linked(sums, "EPDS-skemaer 2023")
    assert [
        summed[header].target and summed[header].target.variable for header in ("3. Skylder", "Sum", "WHO-5 sum")
    ] == [
        "epds/3blame",
        "epds/score",
        None,
    ]
    far = linked(base(of) | {"3. Skylder": of(lambda seen: seen.weight)}, "EPDS mødre")
    assert far["3. Skylder"].target is not None
    assert far["3. Skylder"].target.variable == "weight"


def test_what_is_called_something_else_is_a_kind_of_visit_only_where_none_is_called_so(of: Of) -> None:
    kinds = of(lambda seen: seen.kind.label.da)
    found = linked(base(of) | {"Besøgstype": kinds, "aftale_navn": kinds, "Næste besøg": kinds})
    assert [found[header].target is None for header in ("Besøgstype", "aftale_navn", "Næste besøg")] == [
        False,
        True,
        True,
    ]
    assert linked(base(of) | {"Næste besøg": kinds})["Næste besøg"].target is None
    of_form = linked(base(of) | {"aftale_sted_type": of(lambda _: "Klinik"), "aftale_navn": kinds})
    assert [each.target and each.target.variable for each in list(of_form.values())[2:]] == [
        "visit.class",
        "visit.type",
    ]
    others = of(lambda seen: "Barselsbesøg")
    against = linked(base(of) | {"Besøgstype": kinds, "aftale_navn": others})
    assert {against[header].state for header in ("Besøgstype", "aftale_navn")} == {State.PROPOSED}
    assert linked(base(of) | {"aftale_navn": of(lambda seen: "AB"[seen.number % 2])})["aftale_navn"].target is None


def test_a_legend_tells_more_than_the_word_before_it(of: Of) -> None:
    header = "Bevægelse [1=Fysisk aktiv; 2=Moderat aktiv; 3=Meget stillesiddende; 4=Overdreven]"
    link = linked(base(of) | {header: of(lambda seen: seen.number % 4 + 1)})[header]
    assert (link.target and link.target.variable, link.state) == ("physical-activity", State.PROPOSED)


def test_answers_in_the_standards_own_words_tell_of_which_of_two_they_are(of: Of) -> None:
    for words, variable in (
        (("Alderssvarende", "Få tegn på udfordring", "Udfordring"), "social-interaction"),
        (("Velfungerende", "Let påvirket", "Udfordring"), "parent-relationship"),
    ):
        link = linked(base(of) | {"Kontakt (barn)": of(lambda seen, words=words: words[seen.number % 3])})[
            "Kontakt (barn)"
        ]
        assert (link.target and link.target.variable, link.state) == (variable, State.PROPOSED)


def test_grades_are_no_name_of_a_school(of: Of) -> None:
    for header in ("Trives i skolen (1-5)", "Skole"):
        link = linked(base(of) | {header: of(lambda seen: seen.number % 5)})[header]
        assert link.target is None


@pytest.mark.parametrize("written", ["{0} g / 55,5 cm", "{0} g, 55 cm, 38,5 cm", "{0} g og 55 cm"])
def test_several_measures_in_a_cell_are_told(of: Of, written: str) -> None:
    link = linked(base(of) | {"Vægt/længde": of(lambda seen: written.format(seen.weight))})["Vægt/længde"]
    assert (link.target, "several-measures-in-a-cell" in told(link)) == (None, True)
    one = linked(base(of) | {"Hemoglobin": of(lambda seen: f"{seen.number % 9}/12")})["Hemoglobin"]
    assert "several-measures-in-a-cell" not in told(one)


def test_a_school_is_known_by_its_number_and_not_by_its_name(of: Of) -> None:
    by_name = linked(base(of) | {"Skole": of(lambda seen: ("Byskolen", "Søndre Skole")[seen.number % 2])})["Skole"]
    assert (by_name.target, "school-by-name" in told(by_name)) == (None, True)
    by_number = linked(base(of) | {"Skole": of(lambda seen: ("280112", "461023")[seen.number % 2])})["Skole"]
    assert (by_number.target, by_number.state) == (Target("school.identifier"), State.PROPOSED)


def test_an_age_in_brackets_names_the_visit_where_nothing_else_does(visits: list[Seen]) -> None:
    children = list({seen.child.cpr: seen for seen in visits}.values())
    header = ["CPR", "Dato (2 mdr.)", "Vægt (2 mdr.)", "Dato (4-6 mdr.)", "Vægt (4-6 mdr.)"]
    rows = [[seen.child.cpr, *[f"{seen.start:%d-%m-%Y}", str(seen.weight)] * 2] for seen in children]
    found = proposed({"Ark1": [header, *rows]})
    assert found.tables[0].shape is TableShape.CHILD
    assert len({link.target.visit for link in found.columns[1:] if link.target is not None}) == 2


def test_the_days_of_an_intervention_are_its_own(of: Of) -> None:
    codes = {"CPR": of(lambda seen: seen.child.cpr), "Indsats-nr.": of(lambda seen: seen.number)}
    codes |= {"Indsatstype": of(lambda seen: ("Ammeindsats", "Helhedsindsats ved trivselsproblem")[seen.number % 2])}
    codes |= {"Status": of(lambda seen: ("Aktiv", "Afsluttet")[seen.number % 2])}
    days = {"Startdato": of(lambda seen: f"{seen.start:%d-%m-%Y}"), "Slutdato": of(lambda seen: f"{seen.end:%d-%m-%Y}")}
    found = linked(codes | days)
    targets = {header: link.target and link.target.variable for header, link in found.items()}
    assert targets["Startdato"] == "intervention.start"
    assert targets["Slutdato"] == "intervention.end"
    assert targets["Status"] == "intervention.status"
    assert found["Indsats-nr."].state is State.LEFT_OUT
    assert {found["Startdato"].state, found["Slutdato"].state} == {State.PROPOSED}
    beside = linked(codes | days | {"Besøgstype": of(lambda seen: seen.kind.label.da)})
    assert beside["Startdato"].target is not None
    assert beside["Startdato"].target.variable == "visit.start"


@pytest.mark.parametrize("number", ["²", "¹", "③", "½", "1²"])
def test_a_number_in_other_signs_is_a_word(of: Of, number: str) -> None:
    """Signs that are digits to Unicode and no number to anybody else; the rest of the table is read."""
    columns = base(of) | {f"Vægt {number}": of(lambda seen: seen.weight), number: of(lambda seen: "ja")}
    links = linked(columns)
    assert (target := links["CPR"].target) is not None
    assert target.variable == "citizen.cpr"
    assert set(links) == set(columns)


def test_a_header_may_have_any_number_of_digits() -> None:
    heading = Headings(lexicon_of(shipped_standard())).read(f"EPDS {'7' * 6000}")
    assert all(each.words is not Words.ONE for each in heading.candidates)


@pytest.mark.parametrize("header", ["besøgsid", "kontaktid", "besoegsid", "barnid", "borgerid", "encounterid"])
def test_an_id_that_is_written_together_is_a_key(of: Of, header: str) -> None:
    rows = {"CPR": of(lambda seen: seen.child.cpr), "Dato": of(lambda seen: f"{seen.start:%d-%m-%Y}")}
    assert linked(rows | {header: of(lambda seen: seen.number + 1000)})[header].state is State.LEFT_OUT


def test_what_only_ends_like_an_id_is_none(of: Of) -> None:
    moments = of(lambda seen: f"{seen.start:%d-%m-%Y %H:%M}")
    assert linked({"CPR": of(lambda seen: seen.child.cpr), "Besøgstid": moments})["Besøgstid"].state is State.SURE


@pytest.mark.parametrize(
    ("header", "variable"),
    [("Status", "observation.status"), ("Besøgsstatus", "visit.status"), ("Kontaktens status", "visit.status")],
)
def test_a_row_s_status_is_of_what_is_observed_in_it(of: Of, header: str, variable: str) -> None:
    rows = {
        **base(of),
        "Parameter": of(lambda seen: ("Vægt", "Længde")[seen.number % 2]),
        "Resultat": of(lambda seen: (seen.weight, seen.height)[seen.number % 2]),
        "Enhed": of(lambda seen: ("g", "cm")[seen.number % 2]),
        header: of(lambda seen: "Fejlregistreret" if seen.number % 9 == 4 else "Afsluttet"),
    }
    found = linked(rows)[header]
    assert (found.target.variable if found.target else "", found.state) == (variable, State.PROPOSED)
