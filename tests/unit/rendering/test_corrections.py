"""What was mended, in words: every mending has some, and a journal of changes tells of each where and how."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ldbu_desktop.editing.mending import Mend
from ldbu_desktop.editing.operations import EditValue, MendValues
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.model import EMPTY, Entry, Origin
from ldbu_desktop.journal.values import ValueChange
from ldbu_desktop.journal.where import Where
from ldbu_desktop.rendering.corrections import choice_label, copy_lines, corrections_table, mend_words, name_words
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.workspace.steps import Correction, Step

STANDARD = shipped_standard()


@pytest.mark.parametrize(
    ("how", "part"),
    [
        (Mend(Mending.FACTOR, "1000"), "× 1000"),
        (Mend(Mending.FACTOR, "0.1"), "÷ 10"),
        (Mend(Mending.FACTOR), ""),
        (Mend(Mending.SUBJECT, "parent"), "forælderen"),
        (Mend(Mending.DATE_FORM, "mm-dd-yyyy"), "måned, dag, år"),
        (Mend(Mending.VISIT_TYPE, STANDARD.visit_types[0].code), STANDARD.visit_types[0].label.da),
        (Mend(Mending.VISIT_TYPE, "no such"), "no such"),
        (Mend(Mending.TRIM), ""),
    ],
)
def test_a_mending_in_words(how: Mend, part: str) -> None:
    assert mend_words(how, STANDARD).endswith(part)
    assert len({mend_words(Mend(by), STANDARD) for by in Mending}) == len(Mending)


def test_what_can_be_chosen_in_words() -> None:
    visit_class = STANDARD.concepts(STANDARD.variable["visit.class"])["HH"]
    assert choice_label(Mending.CODE, "HH", "visit.class", STANDARD) == visit_class.label.da
    assert choice_label(Mending.MISSING_REASON, "unknown", "weight", STANDARD) == "Ukendt"
    assert choice_label(Mending.FACTOR, "10", "weight", STANDARD) == "× 10"
    assert choice_label(Mending.SUBJECT, "child", "no such", STANDARD) == "barnet"


def test_names() -> None:
    assert name_words("weight", STANDARD) == STANDARD.variable["weight"].label.da
    assert len({name_words(name, STANDARD) for name in ("observation.variable", "answer.value", "x")}) == 3


def test_the_journal_of_changes_hides_numbers_and_tells_what_has_no_cell() -> None:
    at = Origin("x.xlsx", "Ark1", 4)
    change = ValueChange(Where("f", "v"), "citizen.cpr", Entry(None, "050520-9996", 2), EMPTY, at)
    added = ValueChange(Where("f", "v"), "weight", EMPTY, Entry(None, "4000"), at)
    step = Step(datetime(2026, 1, 2, tzinfo=UTC), (change, added), EditValue(change.where, change.after.raw))
    first = Correction(change, step)
    second = Correction(added, Step(step.at, (), MendValues((), Mend(Mending.VALUE, "4000"), "value-missing")))
    table = corrections_table([first, second], STANDARD, [second])
    assert "050520" not in str(table.rows)
    assert table.rows[0][1] == "Ark1!C4"
    assert table.rows[0][-1] != table.rows[1][-1]
    lines = [*copy_lines([Path("x")], 1, [second], [], STANDARD)]
    assert len(lines) == 3
