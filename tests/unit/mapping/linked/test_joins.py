"""One visit in several tables, blocks or rows: joined by its key, or by its citizen and day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ldbu_desktop.journal.model import EMPTY, Entry
from ldbu_desktop.journal.readings import DANISH_TIME
from ldbu_desktop.mapping.links import Part, State, Subject, TableShape, Target
from tests.unit.mapping.linked.conftest import CHILD_CPR, CLASS, KEY, SLEEP, SOR, START, TYPE, WEIGHT, Linked, Sheet

HEIGHT = Target("height", Part.VALUE, Subject.CHILD, unit="cm")
ESTABLISHMENT = "b4bf6058-502a-4d64-bb8e-369661f43b47"
TWO_MONTHS = "51f30d1c-d60e-4e3e-ac22-ec9712ea962d"
LEFT_OUT_KEY = (State.LEFT_OUT, KEY)


def test_a_block_of_columns_is_a_visit(linked: Linked) -> None:
    text = """
    Barn        | E dato     | E vægt | 2 dato     | 2 vægt
    050520-9996 | 20-05-2020 | 4250   | 06-07-2020 | 5250
    010120-4996 | 20-01-2020 | 4000   |            |
    020120-4990 |            |        |            |
    """
    targets: list[Target | State | tuple[State, Target] | None] = [CHILD_CPR]
    for visit in ("establishment", TWO_MONTHS):
        targets += [Target("visit.start", Part.DATE, visit=visit), Target("weight", unit="g", visit=visit)]
    journal = linked.read(Sheet(text, targets, shape=TableShape.CHILD, constants={"visit.class": "HH"}))
    first, second, third = linked.visits(journal)
    assert [visit.type.value for visit in (first, second, third)] == [ESTABLISHMENT, TWO_MONTHS, ESTABLISHMENT]
    assert second.start == Entry(date(2020, 7, 6), "06-07-2020", 3)
    assert second.observations[0].value == Entry(Decimal(5250), "5250", 4)
    assert second.visit_class.value == "HH"
    assert len(journal.families) == 3
    assert first.key.endswith(f"/2020-05-20/{ESTABLISHMENT}")


def test_rows_that_are_observations_are_gathered_into_visits(linked: Linked) -> None:
    text = """
    Barn        | Dato       | Type | Hvad  | Værdi | Enhed
    050520-9996 | 20-05-2020 | 15   | vgt   | 4250  | gr
    050520-9996 | 20-05-2020 | 15   | søvn  | u.a.  |
    050520-9996 | 20-05-2020 | 15   | søvn  | se notat |
    050520-9996 | 20-05-2020 | 15   | hår   | lyst  |
    050520-9996 | 20-05-2020 | 15   | ro    | ja    |
    050520-9996 | 20-05-2020 | 15   | epds  | 7     |
    050520-9996 | 20-05-2020 | 15   | epds  |       |
    050520-9996 | 20-05-2020 | 15   | sdq   | ja    |
    050520-9996 | 06-07-2020 | 25   | vgt   | -     |
    """
    targets = [
        CHILD_CPR, START, TYPE, Target("observation.variable", Part.NAME), Target("observation.value"),
        Target("observation.unit", Part.UNIT),
    ]  # fmt: skip
    values = [
        (2, "15", None, ESTABLISHMENT), (2, "25", None, TWO_MONTHS), (3, "vgt", None, "weight"),
        (3, "søvn", None, "sleep"), (3, "hår", None, State.LEFT_OUT), (3, "ro", None, State.UNMAPPED),
        (3, "epds", None, "epds/score"), (3, "sdq", None, "sdq4-10/1friendly"),
        (4, "u.a.", "sleep", "b07eec60-941d-484d-8c2a-aeaa2ba798bf"), (4, "se notat", "sleep", State.LEFT_OUT),
        (4, "-", "weight", "!unknown"),
        (4, "-", "sleep", "!unknown"), (4, "ja", "sdq4-10/1friendly", "Passer godt"), (5, "gr", None, "g"),
    ]  # fmt: skip
    journal = linked.read(Sheet(text, targets, values, shape=TableShape.OBSERVATION))
    first, second = linked.visits(journal)
    assert [one.variable.value for one in first.observations] == ["weight", "sleep", None]
    assert first.observations[0].unit == Entry("g", "gr", 5)
    assert first.observations[0].key == f"{first.key}/weight"
    assert {response.questionnaire.value: response.answers[0].value for response in first.responses} == {
        "epds": Entry(7, "7", 4), "sdq4-10": Entry("Passer godt", "ja", 4)
    }  # fmt: skip
    assert second.observations[0].missing_reason == Entry("unknown", "-", 4)
    assert journal.account.left_out.rows == 2


def test_a_name_that_is_no_observed_variable_waits(linked: Linked) -> None:
    text = "Barn | Dato | Hvad | Værdi\n050520-9996 | 20-05-2020 | a | 1\n050520-9996 | 20-05-2020 | b | 1"
    targets = [CHILD_CPR, START, Target("observation.variable", Part.NAME), Target("observation.value")]
    values = [(2, "a", None, "visit.type"), (2, "b", None, "epds/no-such")]
    journal = linked.read(Sheet(text, targets, values, shape=TableShape.OBSERVATION))
    assert linked.codes(journal).count("file-value-unmapped") == 2


def test_a_sheet_a_variable_is_joined_by_citizen_and_day(linked: Linked) -> None:
    weights = Sheet(
        "Barn | Dato | Vægt\n050520-9996 | 20-05-2020 | 4250\n050520-9996 | 06-07-2020 | 5250",
        [CHILD_CPR, START, WEIGHT], shape=TableShape.VARIABLE, sheet="vægt",
    )  # fmt: skip
    sleep = Sheet(
        "Barn | Dato | Søvn\n050520-9996 | 20-05-2020 | u.a.",
        [CHILD_CPR, START, SLEEP], [(2, "u.a.", None, "b07eec60-941d-484d-8c2a-aeaa2ba798bf")],
        shape=TableShape.VARIABLE, sheet="søvn",
    )  # fmt: skip
    visits = linked.visits(linked.read(weights, sleep))
    assert [len(visit.observations) for visit in visits] == [2, 1]
    origin = visits[0].observations[1].origin
    assert (origin.sheet, origin.row) == ("søvn", 2)


def test_a_visit_split_over_sheets_is_joined_by_its_key(linked: Linked) -> None:
    measured = Sheet(
        "ID | Vægt | Længde\nB1 | 4250 | 54\nB9 | 1 | 1", [LEFT_OUT_KEY, WEIGHT, HEIGHT], keys=(0,), sheet="mål"
    )
    visits = Sheet(
        "ID | Barn | Dato | Type\nB1 | 050520-9996 | 20-05-2020 | 15",
        [LEFT_OUT_KEY, CHILD_CPR, START, TYPE], [(3, "15", None, ESTABLISHMENT)], keys=(0,), sheet="besøg",
    )  # fmt: skip
    journal = linked.read(measured, visits)
    first, lone = linked.visits(journal)
    assert (first.key, len(first.observations)) == ("B1", 2)
    assert first.observations[0].subject.value == first.subject.value
    assert (lone.key, lone.subject) == ("B9", EMPTY)


def test_what_a_second_table_says_of_a_visit_is_taken_or_contradicts(linked: Linked) -> None:
    first = Sheet("Barn | Dato\n050520-9996 | 20-05-2020", [CHILD_CPR, START], keys=(0, 1), sheet="a")
    second = Sheet(
        "Barn | Dato | Type | Form\n050520-9996 | 20-05-2020 10:30 | 15 | HB",
        [CHILD_CPR, START, TYPE, CLASS], [(2, "15", None, ESTABLISHMENT), (3, "HB", None, "HH")], keys=(0, 1),
        sheet="b",
    )  # fmt: skip
    third = Sheet(
        "Barn | Dato | Type | Form\n050520-9996 | 20-05-2020 | 15 | KL",
        [CHILD_CPR, START, TYPE, CLASS], [(2, "15", None, ESTABLISHMENT), (3, "KL", None, "AMB")], keys=(0, 1),
        sheet="c",
    )  # fmt: skip
    (visit,) = linked.visits(linked.read(first, second, third))
    assert visit.type == Entry(ESTABLISHMENT, "15", -1)
    assert visit.start.value == datetime(2020, 5, 20, 10, 30, tzinfo=DANISH_TIME)
    (contradiction,) = visit.contradictions
    assert (contradiction.part, contradiction.said.value, contradiction.other.value) == ("visit.class", "AMB", "HH")


def test_a_row_that_may_be_of_several_visits_is_told(linked: Linked) -> None:
    visits = Sheet(
        "Barn | Dato | Type\n050520-9996 | 20-05-2020 | 15\n050520-9996 | 20-05-2020 | 25",
        [CHILD_CPR, START, TYPE], [(2, "15", None, ESTABLISHMENT), (2, "25", None, TWO_MONTHS)], keys=(0, 1), sheet="a",
    )  # fmt: skip
    weights = Sheet(
        "Barn | Dato | Vægt\n050520-9996 | 20-05-2020 | 4250",
        [CHILD_CPR, START, WEIGHT], shape=TableShape.VARIABLE, sheet="b",
    )  # fmt: skip
    rows = Sheet(
        "Barn | Dato | Hvad | Værdi\n050520-9996 | 20-05-2020 | Vægt | 4250\n050520-9996 | 20-05-2020 | Vægt | 4251\n"
        "050520-9996 | 20-07-2020 | Vægt | 5250\n050520-9996 | 20-05-2020 | Vægt | 4252",
        [CHILD_CPR, START, Target("observation.variable", Part.NAME), Target("observation.value")],
        shape=TableShape.OBSERVATION, sheet="c",
    )  # fmt: skip
    journal = linked.read(visits, weights, rows)
    assert [one.value.raw for one in linked.observations(journal)] == ["5250"]
    assert "file-row-of-several-visits" in linked.codes(journal)
    assert journal.account.left_out[2:] == (4, 15)


def test_a_type_or_a_time_tells_visits_of_a_day_apart(linked: Linked) -> None:
    visits = Sheet(
        "Barn | Start | Type\n050520-9996 | 20-05-2020 09:00 | 15\n050520-9996 | 20-05-2020 13:00 | 25",
        [CHILD_CPR, START, TYPE], [(2, "15", None, ESTABLISHMENT), (2, "25", None, TWO_MONTHS)], keys=(0, 1), sheet="a",
    )  # fmt: skip
    by_time = Sheet(
        "Barn | Start | Vægt\n050520-9996 | 20-05-2020 13:00 | 4250", [CHILD_CPR, START, WEIGHT], keys=(0, 1), sheet="b"
    )
    by_type = Sheet(
        "Barn | Start | Type | Længde\n050520-9996 | 20-05-2020 | 15 | 54", [CHILD_CPR, START, TYPE, HEIGHT],
        [(2, "15", None, ESTABLISHMENT)], keys=(0, 1), sheet="c",
    )  # fmt: skip
    first, second = linked.visits(linked.read(visits, by_time, by_type))
    assert [one.variable.value for one in first.observations] == ["height"]
    assert [one.variable.value for one in second.observations] == ["weight"]


def test_two_rows_of_one_table_are_two_visits_and_keys_of_others_are_not_theirs(linked: Linked) -> None:
    same = Sheet("ID | Barn | Dato\nB1 | 050520-9996 | 20-05-2020\nB1 | 010120-4996 | 20-05-2020",
                 [LEFT_OUT_KEY, CHILD_CPR, START], keys=(0,), sheet="a")  # fmt: skip
    other = Sheet(
        "ID | Barn | Dato\nB1 | 020120-4990 | 21-05-2020", [LEFT_OUT_KEY, CHILD_CPR, START], keys=(0,), sheet="b"
    )
    without = Sheet(
        "ID | Barn | Dato\nB2 | 050520-9996 | 20-05-2020", [LEFT_OUT_KEY, CHILD_CPR, START], keys=(0,), sheet="c"
    )
    journal = linked.read(same, other, without)
    assert sorted(visit.key for visit in linked.visits(journal)) == ["B1", "B1 (2)", "B1 (3)", "B2"]


def test_tables_below_each_other_and_what_stands_between(linked: Linked) -> None:
    text = """
    Barn        | Dato       | Vægt
    050520-9996 | 20-05-2020 | 4250
    Skolebørn i distriktet | |
    Elev        | Besøg      | Højde
    050515-9995 | 20-05-2021 | 121
    """
    rows = Sheet(text, [CHILD_CPR, START, WEIGHT])
    below = Sheet(text, [CHILD_CPR, START, HEIGHT], header_rows=(4, 4))
    proposal = linked.proposal(rows, below)
    journal = linked.read(rows, proposal=proposal)
    assert [one.variable.value for one in linked.observations(journal)] == ["weight", "height"]
    assert linked.codes(journal).count("file-rows-outside-table") == 1


def test_headers_of_several_rows(linked: Linked) -> None:
    text = "Barn | Besøg | Mål\n CPR | dato | vægt\n050520-9996 | 20-05-2020 | 4250"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, WEIGHT], header_rows=(1, 2)))
    assert len(linked.observations(journal)) == 1
    assert journal.account.read.cells == 9


def test_a_sheet_that_nothing_is_said_of_is_told(linked: Linked) -> None:
    visits = Sheet("Barn | Dato\n050520-9996 | 20-05-2020", [CHILD_CPR, START], sheet="a")
    other = Sheet("x | y | z\n1 | 2 | 3", [], sheet="b")
    journal = linked.read(visits, other, proposal=linked.proposal(visits))
    note = next(note for note in journal.notes if note.code == "file-sheet-unknown")
    assert note.raw == "b"
    assert journal.account.left_out[2:] == (2, 6)


def test_a_key_of_a_citizen_is_the_citizens(linked: Linked) -> None:
    child_key = Target("citizen.key", Part.KEY, Subject.CHILD)
    mother_key = Target("citizen.key", Part.KEY, Subject.PARENT_1)
    people = Sheet("Nr | Barn | Mor | SOR\nA1 | 050520-9996 | M1 | 451000016003",
                   [(State.LEFT_OUT, child_key), CHILD_CPR, (State.LEFT_OUT, mother_key), SOR], keys=(0,),
                   sheet="børn")  # fmt: skip
    visits = Sheet(
        "Nr | Dato | Vægt\nA1 | 20-05-2020 | 4250", [(State.LEFT_OUT, child_key), START, WEIGHT], keys=(0,), sheet="b"
    )
    journal = linked.read(people, visits)
    (family,) = journal.families
    assert {citizen.key for citizen in family.citizens} == {"A1", "M1"}
    assert linked.visits(journal)[0].subject.value == "A1"


def test_a_time_beside_a_moment_is_the_one_that_holds(linked: Linked) -> None:
    text = "Barn | Dato | Kl\n050520-9996 | 20-05-2020 00:00 | 10:30"
    (visit,) = linked.visits(linked.read(Sheet(text, [CHILD_CPR, START, Target("visit.start", Part.TIME)])))
    assert visit.start.value == datetime(2020, 5, 20, 10, 30, tzinfo=DANISH_TIME)


def test_a_unit_waits_with_its_value(linked: Linked) -> None:
    text = "Barn | Dato | Vægt | Enhed\n050520-9996 | 20-05-2020 | 4250 | g"
    targets = [CHILD_CPR, START, (State.PROPOSED, Target("weight")), Target("weight", Part.UNIT)]
    journal = linked.read(Sheet(text, targets))
    assert not linked.observations(journal)
    assert linked.codes(journal).count("file-column-waits") == 2


def test_a_citizen_follows_from_another_table_by_the_key(linked: Linked) -> None:
    days = Sheet("ID | Dato\nB1 | 20-05-2020", [LEFT_OUT_KEY, START], keys=(0,), sheet="a")
    people = Sheet("ID | Barn | Vægt\nB1 | 050520-9996 | 4250", [LEFT_OUT_KEY, CHILD_CPR, WEIGHT], keys=(0,), sheet="b")
    (visit,) = linked.visits(linked.read(days, people))
    assert visit.subject.value == visit.observations[0].subject.value != ""


def test_a_key_that_nothing_more_is_said_of_is_the_visits(linked: Linked) -> None:
    sheet = Sheet("ID | Barn | Dato\nB1 | 050520-9996 | 20-05-2020", [State.LEFT_OUT, CHILD_CPR, START], keys=(0,))
    assert [visit.key for visit in linked.visits(linked.read(sheet))] == ["B1"]


def test_who_a_numbered_parent_is_follows_from_another_table(linked: Linked) -> None:
    mother = Target("citizen.cpr", Part.CPR, Subject.PARENT_1)
    people = Sheet(
        "ID | Barn | Mor | Dato\nB1 | 050520-9996 | 291182-9996 | 20-05-2020",
        [LEFT_OUT_KEY, CHILD_CPR, mother, START], keys=(0,), sheet="a",
    )  # fmt: skip
    epds = Target("epds/score", subject=Subject.PARENT_1)
    scores = Sheet("ID | EPDS\nB1 | 7\nB2 | 8", [LEFT_OUT_KEY, epds], keys=(0,), sheet="b")
    journal = linked.read(people, scores)
    first, lone = linked.visits(journal)
    assert first.responses[0].subject.value == next(
        citizen.key for family in journal.families for citizen in family.citizens if not citizen.is_child
    )
    assert lone.responses[0].subject is EMPTY


def test_a_time_without_its_day_waits_and_no_other_column_is_its_day(linked: Linked) -> None:
    text = """
    Barn        | Kl.   | Vægt | Oprettet
    050520-9996 | 09:30 | 4250 | 20-05-2020
    """
    time = Target("visit.start", Part.TIME)
    journal = linked.read(Sheet(text, [CHILD_CPR, time, WEIGHT, State.LEFT_OUT]))
    (visit,) = linked.visits(journal)
    assert visit.start == EMPTY
    assert [(note.code, note.column) for note in journal.notes if note.column == 1] == [("file-column-waits", 1)]


def test_a_row_that_only_its_day_and_time_tell_apart_is_read_where_nobody_is_named(linked: Linked) -> None:
    text = """
    Dato       | Kl.   | Vægt
    20-05-2020 | 09:30 | 4250
               | 10:30 | 4350
    """
    journal = linked.read(Sheet(text, [START, Target("visit.start", Part.TIME), WEIGHT]))
    assert [visit.start.value for visit in linked.visits(journal)] == [datetime(2020, 5, 20, 9, 30, tzinfo=DANISH_TIME)]
    assert "file-row-incomplete" in linked.codes(journal)


def test_each_row_that_may_be_of_several_visits_is_counted(linked: Linked) -> None:
    visits = Sheet(
        "Barn | Dato | Type\n050520-9996 | 20-05-2020 | 15\n050520-9996 | 20-05-2020 | 25",
        [CHILD_CPR, START, TYPE], [(2, "15", None, ESTABLISHMENT), (2, "25", None, TWO_MONTHS)], keys=(0, 1), sheet="a",
    )  # fmt: skip
    rows = Sheet(
        "Barn | Dato | Hvad | Værdi\n050520-9996 | 20-05-2020 | Vægt | 4250\n"
        "050520-9996 | 20-05-2020 | Længde/højde | 51\n050520-9996 | 20-05-2020 | Vægt | 4252",
        [CHILD_CPR, START, Target("observation.variable", Part.NAME), Target("observation.value")],
        shape=TableShape.OBSERVATION, sheet="c",
    )  # fmt: skip
    journal = linked.read(visits, rows)
    assert list(linked.observations(journal)) == []
    assert sum(each.amount.rows for each in journal.account.not_read if each.code == "file-row-of-several-visits") == 3


def test_rows_of_a_visit_need_not_stand_together(linked: Linked) -> None:
    rows = Sheet(
        "Barn | Dato | Hvad | Værdi\n050520-9996 | 20-05-2020 | Vægt | 4250\n050520-9996 | 20-07-2020 | Vægt | 5250\n"
        "050520-9996 | 20-05-2020 | Længde/højde | 51",
        [CHILD_CPR, START, Target("observation.variable", Part.NAME), Target("observation.value")],
        shape=TableShape.OBSERVATION,
    )  # fmt: skip
    first, second = linked.visits(linked.read(rows))
    assert [one.value.raw for one in first.observations] == ["4250", "51"]
    assert [one.value.raw for one in second.observations] == ["5250"]
