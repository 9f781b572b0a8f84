"""Answers that have a column each: the one that is marked is read, at its own cell."""

from __future__ import annotations

import pytest

from ldbu_desktop.account import total
from ldbu_desktop.journal.model import EMPTY, Entry
from ldbu_desktop.mapping.links import NOT_THIS_ANSWER, Part, State, Subject, Target
from tests.unit.mapping.linked.conftest import CHILD_CPR, SLEEP, START, Linked, Sheet

GOOD, SLIGHT, POOR = (
    "b07eec60-941d-484d-8c2a-aeaa2ba798bf",
    "d13ad530-d8f6-4933-be18-bb77e2334f9f",
    "c25b5cda-3f6b-4ef7-998d-c22c58c6dd18",
)
ONE_SLEEP = Target("sleep", Part.ANSWER, Subject.CHILD)
TARGETS = [CHILD_CPR, START, ONE_SLEEP, ONE_SLEEP, ONE_SLEEP]
MARKS = [(column, "x", None, code) for column, code in ((2, GOOD), (3, SLIGHT), (4, POOR))]
NO = [(column, "0", None, NOT_THIS_ANSWER) for column in (2, 3, 4)]
HEADER = "Barn | Dato | God | Let | Dårlig\n"
ROW = "050520-9996 | 20-05-2020 | "


def sheet(cells: str) -> Sheet:
    return Sheet(HEADER + ROW + cells, list(TARGETS), [*MARKS, *NO])


@pytest.mark.parametrize(
    ("cells", "value"),
    [
        ("x | |", Entry(GOOD, "x", 2)),
        (" | X |", Entry(SLIGHT, "X", 3)),
        ("0 | 0 | x", Entry(POOR, "x", 4)),
        ("x | x |", Entry(None, "x + x", 2)),
        (" | ? |", Entry(None, "?", 3)),
    ],
)
def test_the_marked_answer_is_read_at_its_own_cell(linked: Linked, cells: str, value: Entry[str]) -> None:
    (sleep,) = linked.observations(linked.read(sheet(cells)))
    assert (sleep.variable.value, sleep.variable.column, sleep.value, sleep.unit) == ("sleep", 2, value, EMPTY)


@pytest.mark.parametrize("cells", [" | |", "0 | 0 | 0"])
def test_where_none_is_marked_nothing_is_said(linked: Linked, cells: str) -> None:
    assert linked.observations(linked.read(sheet(cells))) == []


def test_all_cells_are_accounted_for(linked: Linked) -> None:
    journal = linked.read(sheet("x | 0 | 0"))
    assert total(journal.account.not_read).cells == 0
    assert journal.account.read.cells == 2 * 5


def test_two_columns_may_mean_the_same_answer(linked: Linked) -> None:
    values = [(2, "x", None, GOOD), (3, "x", None, GOOD)]
    apart = Sheet(HEADER + ROW + "x | x |", TARGETS[:4], values)
    assert linked.observations(linked.read(apart))[0].value == Entry(GOOD, "x", 2)


def test_forms_of_contact_may_be_marked(linked: Linked) -> None:
    one_class = Target("visit.class", Part.ANSWER)
    text = "Barn | Dato | Hjemme | Klinik\n050520-9996 | 20-05-2020 | | x\n050520-9996 | 20-07-2020 | |"
    marks = [(2, "x", None, "HH"), (3, "x", None, "AMB")]
    first, second = linked.visits(linked.read(Sheet(text, [CHILD_CPR, START, one_class, one_class], marks)))
    assert first.visit_class == Entry("AMB", "x", 3)
    assert second.visit_class == EMPTY


def test_a_column_that_waits_is_not_read_and_told(linked: Linked) -> None:
    targets = [*TARGETS[:4], (State.PROPOSED, ONE_SLEEP)]
    journal = linked.read(Sheet(HEADER + ROW + " | | x", targets, MARKS))
    assert linked.observations(journal) == []
    assert "file-column-waits" in linked.codes(journal)


def test_a_mark_whose_meaning_waits_is_told(linked: Linked) -> None:
    journal = linked.read(Sheet(HEADER + ROW + "x | |", list(TARGETS), [(2, "x", None, State.PROPOSED)]))
    assert linked.observations(journal)[0].value == Entry(None, "x", 2)
    assert "file-value-waits" in linked.codes(journal)


def test_a_mark_is_no_reason_why_there_is_no_value(linked: Linked) -> None:
    journal = linked.read(Sheet(HEADER + ROW + "x | |", list(TARGETS), [(2, "x", None, "!unknown")]))
    assert linked.observations(journal)[0].value == Entry(None, "x", 2)
    assert "file-value-unmapped" in linked.codes(journal)


@pytest.mark.parametrize("targets", [[SLEEP, ONE_SLEEP], [ONE_SLEEP, SLEEP]])
def test_answers_apart_and_together_are_not_read_as_the_same(linked: Linked, targets: list[Target]) -> None:
    text = "Barn | Dato | Søvn | God\n050520-9996 | 20-05-2020 | x | x"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, *targets], MARKS[:1]))
    assert len(linked.observations(journal)) == 1
    assert "file-column-linked-twice" in linked.codes(journal)


def test_an_answer_of_nothing_in_the_standard_is_told(linked: Linked) -> None:
    journal = linked.read(Sheet(HEADER + ROW + "x | |", [CHILD_CPR, START, Target("tobacco", Part.ANSWER)]))
    assert "file-column-not-in-standard" in linked.codes(journal)
