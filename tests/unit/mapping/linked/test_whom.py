"""A row an observation that says whom it is about: the child, or one of the parents whom the file names."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal
from ldbu_desktop.mapping.links import Part, State, Subject, TableShape, Target
from tests.unit.mapping.linked.conftest import CHILD_CPR, START, Linked, Sheet

MOTHER = Target("citizen.cpr", Part.CPR, Subject.PARENT_1)
FATHER = Target("citizen.cpr", Part.CPR, Subject.PARENT_2)
PARENT = Target("citizen.cpr", Part.CPR, Subject.PARENT)
NAME, VALUE = Target("observation.variable", Part.NAME), Target("observation.value")
WHOM = Target("observation.subject")
Value = tuple[int, str, str | None, str | State]
WORDS: list[Value] = [(6, "Barn", None, "child"), (6, "Mor", None, "parent-1"), (6, "Far", None, "parent-2")]
HEADER = "Barn | Mor | Far | Dato | Navn | Svar | Om\n"
PEOPLE = "050520-9996 | 291182-9996 | 010180-9995 | 20-05-2020"
NAMES: list[Value] = [(4, "v", None, "weight"), (4, "p", None, "parent-mental-status"), (4, "e", None, "epds/score")]
TARGETS = [CHILD_CPR, MOTHER, FATHER, START, NAME, VALUE, WHOM]


def whom(
    linked: Linked, rows: str, targets: list[Target | None] | None = None, words: Iterable[Value] = WORDS
) -> Journal:
    return linked.read(Sheet(HEADER + rows, [*(targets or TARGETS)], [*NAMES, *words], shape=TableShape.OBSERVATION))


def subjects(linked: Linked, journal: Journal) -> list[Entry[str]]:
    return [one.subject for one in linked.observations(journal)]


def person(journal: Journal, cpr: str) -> str:
    family: Family = journal.families[0]
    return next(one.key for one in family.citizens if isinstance(one, Citizen) and one.cpr.value == cpr)


def test_each_row_is_about_whom_it_says(linked: Linked) -> None:
    journal = whom(linked, f"{PEOPLE} | v | 4250 | Barn\n{PEOPLE} | p | 1 | mor\n{PEOPLE} | p | 1 | Far")
    child, mother, father = (person(journal, cpr) for cpr in ("0505209996", "2911829996", "0101809995"))
    assert subjects(linked, journal) == [Entry(child, "Barn", 6), Entry(mother, "mor", 6), Entry(father, "Far", 6)]
    assert len({one.key for one in linked.observations(journal)}) == 3


def test_where_none_is_said_it_follows(linked: Linked) -> None:
    journal = whom(linked, f"{PEOPLE} | v | 4250 |")
    assert subjects(linked, journal) == [Entry(person(journal, "0505209996"))]


@pytest.mark.parametrize("words", [WORDS[:1], [*WORDS[:1], (6, "Mor", None, State.PROPOSED)]])
def test_a_text_that_nobody_has_said_the_meaning_of_is_nobodys(linked: Linked, words: list[Value]) -> None:
    journal = whom(linked, f"{PEOPLE} | p | 1 | Mor", words=words)
    assert subjects(linked, journal) == [Entry(None, "Mor", 6)]


def test_a_parent_whom_the_row_does_not_name_is_nobody(linked: Linked) -> None:
    row = "050520-9996 | 291182-9996 | | 20-05-2020 | p | 1 | Far"
    assert subjects(linked, whom(linked, row)) == [Entry(None, "Far", 6)]


@pytest.mark.parametrize("said", ["Mor", "Far"])
def test_the_only_parent_of_whom_nobody_says_which_is_the_one_that_is_meant(linked: Linked, said: str) -> None:
    row = f"050520-9996 | 291182-9996 | | 20-05-2020 | p | 1 | {said}"
    journal = whom(linked, row, [CHILD_CPR, PARENT, None, START, NAME, VALUE, WHOM])
    assert subjects(linked, journal) == [Entry(person(journal, "2911829996"), said, 6)]


def test_a_parent_is_neither_of_two(linked: Linked) -> None:
    words: list[Value] = [(6, "Forælder", None, "parent")]
    assert subjects(linked, whom(linked, f"{PEOPLE} | p | 1 | Forælder", words=words)) == [Entry(None, "Forælder", 6)]
    one = whom(linked, "050520-9996 | 291182-9996 | | 20-05-2020 | p | 1 | Forælder", words=words)
    assert subjects(linked, one) == [Entry(person(one, "2911829996"), "Forælder", 6)]


def test_rows_about_whom_somebody_left_out_are_counted_and_not_read(linked: Linked) -> None:
    words: list[Value] = [*WORDS, (6, "Søskende", None, State.LEFT_OUT)]
    journal = whom(linked, f"{PEOPLE} | v | 4250 | Barn\n{PEOPLE} | v | 9000 | Søskende", words=words)
    assert [one.value.raw for one in linked.observations(journal)] == ["4250"]
    assert "file-value-left-out" in linked.codes(journal)
    assert journal.account.left_out.rows == 1


def test_a_reason_is_nobody(linked: Linked) -> None:
    words: list[Value] = [*WORDS, (6, "?", None, "!unknown")]
    assert subjects(linked, whom(linked, f"{PEOPLE} | p | 1 | ?", words=words)) == [Entry(None, "?", 6)]


def test_a_code_that_is_no_person_waits(linked: Linked) -> None:
    journal = whom(linked, f"{PEOPLE} | p | 1 | Mor", words=[(6, "Mor", None, "aunt")])
    assert subjects(linked, journal) == [Entry(None, "Mor", 6)]
    assert "file-value-unmapped" in linked.codes(journal)


def test_the_key_of_a_person_of_the_visit_is_that_person(linked: Linked) -> None:
    mother = person(whom(linked, f"{PEOPLE} | p | 1 | Mor"), "2911829996")
    again = whom(linked, f"{PEOPLE} | p | 1 | {mother}")
    assert subjects(linked, again) == [Entry(mother, mother, 6)]


def test_answers_of_two_parents_are_two_responses(linked: Linked) -> None:
    journal = whom(linked, f"{PEOPLE} | e | 7 | Mor\n{PEOPLE} | e | 12 | Far")
    visit = linked.visits(journal)[0]
    mother, father = person(journal, "2911829996"), person(journal, "0101809995")
    assert {one.subject.value: one.answers[0].value.value for one in visit.responses} == {mother: 7, father: 12}
    assert len({one.key for one in visit.responses}) == 2


def test_a_unit_that_a_map_takes_for_a_missing_value_is_no_unit(linked: Linked) -> None:
    text = "Barn | Dato | Navn | Svar | Enhed\n050520-9996 | 20-05-2020 | v | 4250 | ?"
    targets = [CHILD_CPR, START, NAME, VALUE, Target("observation.unit", Part.UNIT)]
    values: list[Value] = [(2, "v", None, "weight"), (4, "?", None, "!unknown")]
    journal = linked.read(Sheet(text, targets, values, shape=TableShape.OBSERVATION))
    assert [one.value.raw for one in linked.observations(journal)] == ["4250"]
