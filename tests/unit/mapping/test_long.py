from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.model import EMPTY, Entry, Origin
from ldbu_desktop.standard.catalogue import shipped_standard

if TYPE_CHECKING:
    from conftest import Exported

START = datetime(2020, 5, 20, 12, 45, tzinfo=DANISH_TIME)
OBSERVATION = "observation_id|kontakt_id|borger_id|variabel|værdi|enhed|årsag|start|slut|status\n"


def test_a_family_is_read_with_the_places_that_it_came_from(exported: Exported) -> None:
    (family,) = exported.family().families
    child, parent = family.citizens
    assert (family.key, child.key, child.is_child, parent.key, parent.is_child) == ("B1", "B1", True, "F1", False)
    assert child.cpr == Entry("0505209996", "050520-9996", 1)
    assert child.origin == Origin("f.xlsx", "Borgere", 2)
    assert (child.active.value, parent.active) == (True, EMPTY)
    (parenthood,) = family.parenthoods
    assert (parenthood.parent.value, parenthood.child) == ("F1", Entry("B1", "B1", 3))
    assert (parenthood.relationship, parenthood.active) == (Entry("PRN"), Entry(True))
    (visit,) = family.visits
    assert visit.subject == Entry("B1", "B1", 1)
    assert visit.type.value in shipped_standard().visit_type_by_code
    assert (visit.start, visit.status) == (Entry(START, "20-05-2020 12:45", 5), Entry("finished"))


def test_an_observation_has_what_follows_from_its_visit(exported: Exported) -> None:
    read = exported.family(Observationer=OBSERVATION + "|K1||Vægt|4,25|kg||||\n|K1||Netværk|Godt netværk|||||")
    weight, network = exported.observations(read)
    assert (weight.key, weight.variable) == ("K1/weight", Entry("weight", "Vægt", 3))
    assert weight.value == Entry(Decimal("4.25"), "4,25", 4)
    assert weight.unit == Entry("kg", "kg", 5)
    assert (weight.subject, weight.start, weight.status) == (Entry("B1"), Entry(START), Entry("final"))
    assert not weight.is_period
    assert (network.key, network.subject, network.unit) == ("K1/social-support-network/F1", Entry("F1"), EMPTY)


@pytest.mark.parametrize(
    ("cells", "value", "unit"),
    [
        ("Vægt|4250 g|", Decimal(4250), "g"),
        ("Vægt|4250|", Decimal(4250), None),
        ("Vægt|4,25 kg|g", None, "g"),
        ("Vægt|4,25 kg|kg", Decimal("4.25"), "kg"),
        ("Vægt|4250|cm", Decimal(4250), None),
        ("Vægt|fire|g", None, "g"),
        ("Længde|54,5|", Decimal("54.5"), "cm"),
        ("Længde||", None, None),
        ("Søvn|3|g", None, None),
        ("Vægtt|4250|", None, None),
    ],
)
def test_units_stand_beside_or_within_or_follow(
    exported: Exported, cells: str, value: Decimal | None, unit: str | None
) -> None:
    (found,) = exported.observations(exported.family(Observationer=f"{OBSERVATION}|K1||{cells}||||"))
    assert (found.value.value, found.unit.value) == (value, unit)
    assert found.value.raw == cells.split("|")[1]
    assert found.unit.raw == cells.split("|")[2]


def test_feeding_with_an_end_is_a_period(exported: Exported) -> None:
    rows = "|K1||Ernæring|Ammes primært|||05-05-2020|19-05-2020|\n|K1||Ernæring|Ammes primært||||19-05-2020|"
    first, second = exported.observations(exported.family(Observationer=OBSERVATION + rows))
    assert (first.is_period, first.start.value, first.end.value) == (True, date(2020, 5, 5), date(2020, 5, 19))
    assert (second.is_period, second.start) == (True, EMPTY)
    assert second.key == "K1/feeding (2)"


def test_a_parent_s_variable_is_nobody_s_where_there_are_two_parents(exported: Exported) -> None:
    citizens = "borger_id|cpr|rolle|barn|sor\nB1||barn||\nF1||forælder|B1|\nF2||mor|B1|"
    rows = OBSERVATION + "|K1||Netværk|Godt netværk|||||\n|K1|F2|Netværk|Godt netværk|||||"
    first, second = exported.observations(exported.family(Borgere=citizens, Observationer=rows))
    assert first.subject == EMPTY
    assert second.subject == Entry("F2", "F2", 2)


def test_before_birth_the_visit_s_citizen_is_the_parent(exported: Exported) -> None:
    citizens = "borger_id|cpr|rolle|barn|sor\nF1|2911829996|forælder||451000016003"
    visits = "kontakt_id|borger_id|kontakttype|kontaktform|start\nK1|F1|Graviditetsbesøg|HH|01-02-2020"
    rows = OBSERVATION + "|K1||Netværk|Godt netværk|||||"
    read = exported.family(Borgere=citizens, Kontakter=visits, Observationer=rows)
    (found,) = exported.observations(read)
    assert found.subject == Entry("F1")
    assert (read.families[0].key, read.families[0].parenthoods) == ("F1", ())


def test_siblings_and_shared_parents_are_one_family(exported: Exported) -> None:
    citizens = "borger_id|cpr|rolle|barn|sor\nB1||barn||\nB2||barn||\nB3||barn||\nF1|||B1; B2|\nF2|||B3|\nF3|||B9|"
    read = exported.family(Borgere=citizens)
    assert [[citizen.key for citizen in family.citizens] for family in read.families] == [
        ["B1", "B2", "F1"], ["B3", "F2"], ["F3"],
    ]  # fmt: skip
    assert read.families[2].parenthoods[0].child.value == "B9"


def test_what_points_nowhere_is_kept_aside(exported: Exported) -> None:
    rows = OBSERVATION + "O1|K9|B1|Vægt|4250|g||||\nO2|K9||Vægt|4250|g||||\n||||||||x|"
    read = exported.family(Observationer=rows)
    first, second = read.families
    assert [record.key for record in first.unplaced] == ["O1"]
    assert [record.key for record in second.unplaced] == ["O2"]
    assert second.citizens == ()
    (note,) = read.notes
    assert (note.code, note.origin.row) == ("file-row-incomplete", 4)


def test_a_visit_of_nobody_is_kept(exported: Exported) -> None:
    visits = (
        "kontakt_id|borger_id|kontakttype|kontaktform|start\nK1||2-months|HH|x\nK2|B7|2-months|HH|\n|B1|2-months|HH|"
    )
    read = exported.family(Kontakter=visits)
    assert [(family.key, [visit.key for visit in family.visits]) for family in read.families] == [
        ("B1", ["f.xlsx-Kontakter-4"]), ("visit K1", ["K1"]), ("B7", ["K2"]),
    ]  # fmt: skip
    assert read.families[1].visits[0].start == Entry(None, "x", 4)


def test_a_key_that_is_used_twice_gets_a_number_and_is_told(exported: Exported) -> None:
    visits = "kontakt_id|borger_id|kontakttype|kontaktform|start\nK1|B1|2-months|HH|\nK1|B1|2-months|HH|"
    rows = OBSERVATION + "O1|K1||Vægt|1|g||||\nO1|K1||Vægt|2|g||||"
    finds = "fund_id|kontakt_id|fund\nO1|K1|x"
    read = exported.family(Kontakter=visits, Observationer=rows, Fund=finds)
    assert [visit.key for visit in read.families[0].visits] == ["K1", "K1 (2)"]
    assert [found.key for found in exported.observations(read)] == ["O1", "O1 (2)", "O1 (3)"]
    assert exported.codes(read) == ["file-duplicate-key"] * 3
    assert [note.facts["key"] for note in read.notes] == ["K1", "O1", "O1"]


def test_exam_findings(exported: Exported) -> None:
    concept = next(iter(shipped_standard().concepts(shipped_standard().variable["exam-result"]).values()))
    finds = f"kontakt_id|borger_id|fund|start\nK1||{concept.code}|\nK1|F1|noget andet|21-05-2020\n|||"
    first, second = exported.observations(exported.family(Fund=finds))
    assert (first.variable, first.value.value, first.subject) == (Entry("exam-result"), concept.code, Entry("B1"))
    assert (first.key, first.start) == (f"K1/exam-result/{concept.code}", Entry(START))
    assert (second.key, second.value) == ("K1/exam-result/3", Entry(None, "noget andet", 2))
    assert (second.subject.value, second.start.value) == ("F1", date(2020, 5, 21))


def test_interventions_and_the_visits_that_follow_from_them(exported: Exported) -> None:
    standard = shipped_standard()
    code = next(iter(standard.concepts(standard.variable["intervention.code"])))
    first_reason, second_reason = list(standard.concepts(standard.variable["intervention.reasons"]))[:2]
    rows = f"""indsats_id|kontakt_id|indsats|årsager|start|slut
    I1|K1|{code}|{first_reason}; {second_reason};|21-05-2020|
    |K1|{code}|||01-06-2020
    ||||
    I9|K9||||"""
    visits = "kontakt_id|borger_id|kontakttype|kontaktform|start|udløst_af\nK1|B1|2-months|HH|20-05-2020|I1;I2"
    read = exported.family(Kontakter=visits, Indsatser=rows)
    (visit,) = read.families[0].visits
    first, second = visit.interventions
    assert [entry.value for entry in visit.based_on] == ["I1", "I2"]
    assert [reason.value for reason in first.reasons] == [first_reason, second_reason]
    assert (first.status.value, second.status.value) == ("active", "completed")
    assert (second.key, second.start.value, second.reasons) == (f"K1/{code}", date(2020, 5, 20), ())
    assert first.activity_status == second.activity_status
    assert read.families[1].unplaced[0].key == "I9"


def test_answers_with_the_same_visit_and_questionnaire_are_one_response(exported: Exported) -> None:
    rows = """besvarelse_id|kontakt_id|borger_id|spørgeskema|spørgsmål|svar|kilde
    |K1||EPDS|1humor|2|
    |K1||EPDS|score|to|
    |K1|B1|TOPI|1vurdering|Gul|
    S1|K1||EPDS|score|4|
    S1|K9||EPDS|1humor|1|
    S2|K9|B1|noget|x|y|
    |K1||EPDS||5|
    ||||||z"""
    read = exported.family(Spørgeskemaer=rows)
    epds, topi, keyed = read.families[0].visits[0].responses
    assert (epds.key, epds.questionnaire.value, epds.subject) == ("K1/epds", "epds", Entry("F1"))
    assert [(answer.link_id.value, answer.value.value) for answer in epds.answers] == [
        ("1humor", 2), ("score", None), (None, "5"),
    ]  # fmt: skip
    assert (epds.authored, epds.status) == (Entry(START), Entry("completed"))
    assert (topi.key, topi.subject.value, topi.answers[0].value.value) == ("K1/topi/B1", "B1", "Gul")
    assert (keyed.key, len(keyed.answers)) == ("S1", 1)
    asides = [record for family in read.families for record in family.unplaced]
    assert [(aside.key, aside.origin.row) for aside in asides] == [("S2", 7), ("S1 (2)", 6)]
    assert [(note.code, note.raw) for note in read.notes] == [("file-row-incomplete", ""), ("file-duplicate-key", "S1")]


ANSWER_HEADERS = "besvarelse_id|kontakt_id|borger_id|spørgeskema|spørgsmål|svar\n"
TWO_VISITS = (
    "kontakt_id|borger_id|kontakttype|kontaktform|start\nK1|B1|2-months|HH|08-07-2020\nK2|B1|2-months|HH|09-07-2020"
)


@pytest.mark.parametrize(
    ("rows", "responses"),
    [
        ("S1|K1|F1|EPDS|1humor|2\nS1|K2|F1|EPDS|1humor|3", {"K1": [("S1", [2])], "K2": [("S1 (2)", [3])]}),
        (
            "S1|K1|F1|EPDS|1humor|2\nS1|K2|F1|EPDS|1humor|3\nS1|K1|F1|EPDS|score|4",
            {"K1": [("S1", [2, 4])], "K2": [("S1 (2)", [3])]},
        ),
        ("S1|K1|F1|EPDS|1humor|2\nS1||||score|4", {"K1": [("S1", [2, 4])], "K2": []}),
        ("S1|||EPDS|1humor|2\nS1|K2|F1||score|4", {"K1": [], "K2": [("S1", [2, 4])]}),
        ("S1|K1|F1|EPDS|1humor|2\nS1|K1|F1|epds|score|4", {"K1": [("S1", [2, 4])], "K2": []}),
    ],
)
def test_a_response_is_of_one_visit(
    exported: Exported, rows: str, responses: dict[str, list[tuple[str, list[int]]]]
) -> None:
    read = exported.family(Kontakter=TWO_VISITS, Spørgeskemaer=ANSWER_HEADERS + rows)
    visits = [visit for family in read.families for visit in family.visits]
    assert {
        visit.key: [(one.key, [answer.value.value for answer in one.answers]) for one in visit.responses]
        for visit in visits
    } == responses
    assert not any(visit.contradictions for visit in visits)


@pytest.mark.parametrize(
    ("second", "part", "said", "other"),
    [
        ("S1|K1|B1|EPDS|score|4", "response.subject", "B1", "F1"),
        ("S1|K1|F1|TOPI|1vurdering|Gul", "response.questionnaire", "topi", "epds"),
    ],
)
def test_one_response_of_two_is_a_contradiction_at_its_visit(
    exported: Exported, second: str, part: str, said: str, other: str
) -> None:
    """Nobody knows whose the answers are: the visit keeps both places, and is rejected."""
    rows = ANSWER_HEADERS + f"S1|K1|F1|EPDS|1humor|2\n{second}"
    read = exported.family(Kontakter=TWO_VISITS, Spørgeskemaer=rows)
    (one,) = next(visit for family in read.families for visit in family.visits if visit.key == "K1").contradictions
    assert (one.part, one.said.value, one.other.value) == (part, said, other)
    assert (one.origin.row, one.other_origin.row) == (3, 2)


def test_a_contradiction_of_no_visit_is_told_at_its_cell(exported: Exported) -> None:
    read = exported.family(Spørgeskemaer=ANSWER_HEADERS + "S1|K9|F1|EPDS|1humor|2\nS1|K9|B1|EPDS|score|4")
    assert [(note.code, note.raw) for note in read.notes] == [("file-cell-unused", "B1")]


@pytest.mark.parametrize(
    ("row", "is_child", "told"),
    [
        ("B1||barn||", True, []),
        ("B1||Mor|B2|", False, []),
        ("B1||||", True, []),
        ("B1|||B2|", False, []),
        ("B1||plejefamilie|B2|", False, [("file-role-unknown", 2, "plejefamilie")]),
        ("B1||patient||", True, [("file-role-unknown", 2, "patient")]),
        ("B1||barn|B2|", True, [("file-cell-unused", 3, "B2")]),
    ],
)
def test_roles(exported: Exported, row: str, is_child: bool, told: list[tuple[str, int, str]]) -> None:
    read = exported.family(Borgere="borger_id|cpr|rolle|barn|sor\n" + row)
    citizen = next(citizen for family in read.families for citizen in family.citizens)
    assert citizen.is_child is is_child
    assert [(note.code, note.column, note.raw) for note in read.notes] == told


def test_a_parent_is_what_the_file_says(exported: Exported) -> None:
    rows = "B1||barn||\nB2||Mor|B1|\nB3||far|B1|\nB4||forælder|B1|\nB2|||B1|"
    read = exported.family(Borgere="borger_id|cpr|rolle|barn|sor\n" + rows)
    told = {citizen.key: citizen.kin for family in read.families for citizen in family.citizens}
    assert told == {"B1": EMPTY, "B2": Entry("mother", "Mor", 2), "B3": Entry("father", "far", 2), "B4": EMPTY}


def test_what_later_rows_of_a_response_say_is_taken(exported: Exported) -> None:
    rows = "besvarelse_id|kontakt_id|spørgeskema|spørgsmål|svar|kilde\nS1|K1|EPDS|1humor|2|\nS1|||score|9|Mor"
    read = exported.family(Spørgeskemaer=rows)
    (response,) = read.families[0].visits[0].responses
    assert (response.informer.raw, [answer.value.value for answer in response.answers]) == ("Mor", [2, 9])
    assert read.notes == ()


def test_a_citizen_s_cpr_number_is_no_key(exported: Exported) -> None:
    citizens = "borger_id|cpr|rolle|barn|sor\n050520-9996|050520-9996|barn||\n|2911829996|forælder|0505209996|"
    read = exported.family(Borgere=citizens, Kontakter="")
    (family,) = read.families
    assert len(family.citizens) == 2
    assert all("9996" not in citizen.key for citizen in family.citizens)
    assert family.parenthoods[0].child.value == family.citizens[0].key


def test_a_school_is_kept_once(exported: Exported) -> None:
    visits = "kontakt_id|borger_id|kontakttype|kontaktform|start|skole\nK1|B1|x|HH||280295\nK2|B1|x|HH||280295"
    (family,) = exported.family(Kontakter=visits).families
    (school,) = family.schools
    assert (school.key, school.identifier) == ("280295", Entry("280295", "280295", 5))
    assert {visit.school.value for visit in family.visits} == {"280295"}


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_rows_without_a_visit_are_never_the_one_befores(exported: Exported, rows: int) -> None:
    """As where the visit's cell is merged over all its rows: only the first of them names it."""
    read = exported.family(
        Borgere="borger_id|cpr|rolle|barn|sor\nB1|050520-9996|barn||451000016003",
        Kontakter="kontakt_id|borger_id|kontakttype|kontaktform|start\nK1|B1|2-months|HH|08-07-2020",
        Observationer="observation_id|kontakt_id|variabel|værdi|enhed\nO1|K1|Vægt|5250|g\n"
        + "||Længde/højde|57|cm\n" * rows
        + "O2|K1|Vægt|5300|g",
    )
    (visit,) = [visit for family in read.families for visit in family.visits]
    assert [found.key for found in visit.observations] == ["O1", "O2"]
    assert exported.codes(read) == ["file-row-incomplete"] * rows
