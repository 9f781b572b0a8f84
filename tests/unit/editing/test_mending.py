"""What has to be typed for a mending, and that it is nothing where the mending does not fit what stands there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.editing.mending import Edit, Mend, mend, with_edits, written
from ldbu_desktop.editing.operations import MendValues, OperationContext, applied
from ldbu_desktop.editing.values import edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.examples import Example, RowChange, example_sheets
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.readings import amount
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import journal_of

STANDARD = shipped_standard()
CHILD = "barn-1"
WEIGHT = Where(CHILD, "K1", "O13", "weight", "weight")
START = Where(CHILD, "K1", field="visit.start")
CPR = Where(CHILD, record=CHILD, field="citizen.cpr")


def journal(*changes: RowChange) -> Journal:
    return journal_of(example_sheets(Example("", rows=changes)), STANDARD)


def typed(where: Where, by: Mending, choice: str = "", raw: str | None = None, *changes: RowChange) -> str | None:
    """What is typed for a mending where ``raw`` stands; None where it does not fit."""
    read = journal(*changes)
    if raw is not None:
        read = edited(read, where, raw, STANDARD)
    edit = mend(read.families, where, Mend(by, choice), STANDARD)
    return edit.raw if edit is not None else None


@pytest.mark.parametrize(
    ("where", "by", "choice", "raw", "expected"),
    [
        (WEIGHT, Mending.VALUE, "5100", None, "5100"),
        (WEIGHT, Mending.VALUE, "5 kg 100", None, "5100"),
        (WEIGHT, Mending.VALUE, "5 kg 1", None, "5 kg 1"),
        (START, Mending.VALUE, "den 8. juli 2020 kl 9", None, "08-07-2020 09:00"),
        (CPR, Mending.VALUE, "halv ti", None, "halv ti"),
        (WEIGHT, Mending.VALUE, "", None, None),
        (WEIGHT, Mending.EMPTY, "", None, ""),
        (WEIGHT, Mending.FACTOR, "0.001", "5250", "5,25"),
        (WEIGHT, Mending.FACTOR, "1000", "5,25", "5250"),
        (WEIGHT, Mending.FACTOR, "0.001", "5125 g", "5,1250 g"),
        (WEIGHT, Mending.FACTOR, "10", "five", None),
        (WEIGHT, Mending.FACTOR, "1", "5250", None),
        (WEIGHT, Mending.DECIMAL_SIGN, "thousands", "5.250", "5250"),
        (WEIGHT, Mending.DECIMAL_SIGN, "decimals", "5.250", "5,25"),
        (WEIGHT, Mending.DECIMAL_SIGN, "decimals", "-5,125 kg", "-5,1250 kg"),
        (WEIGHT, Mending.DECIMAL_SIGN, "decimals", "5250", None),
        (WEIGHT, Mending.DECIMAL_SIGN, "neither", "5.250", None),
        (WEIGHT, Mending.DECIMAL_SIGN, "thousands", "five", None),
        (WEIGHT, Mending.TRIM, "", "»5250«;", "5250"),
        (WEIGHT, Mending.TRIM, "", "\u00a0'5250", "5250"),
        (WEIGHT, Mending.TRIM, "", "5250", None),
        (WEIGHT, Mending.TRIM, "", "'", None),
        (WEIGHT, Mending.CPR_ZERO, "", "5250", None),
        (WEIGHT, Mending.UNIT, "kg", None, "kg"),
        (WEIGHT, Mending.MISSING_REASON, "unknown", None, "Ukendt"),
        (START, Mending.DATE_FORM, "mm-dd-yyyy", "08/13/2020 kl. 9:15", "13-08-2020 kl. 9:15"),
        (START, Mending.DATE_FORM, "dd-mm-yyyy", "08/13/2020", None),
        (START, Mending.VISIT_TYPE, "no such", None, "no such"),
        (START, Mending.MISSING_REASON, "unknown", None, None),
        (CPR, Mending.CPR_ZERO, "", "70520-4321", "070520-4321"),
        (CPR, Mending.CPR_ZERO, "", "990520432", None),
        (CPR, Mending.CPR_ZERO, "", "0705204321", None),
        (CPR, Mending.CPR_ZERO, "", "none", None),
        (CPR, Mending.UNIT, "kg", None, None),
        (CPR, Mending.SUBJECT, "child", None, None),
        (Where("nobody"), Mending.VALUE, "1", None, None),
        (Where(CHILD, "K1", "gone", "weight", "weight"), Mending.VALUE, "1", None, None),
        (Where(CHILD, "gone", "", "", "weight"), Mending.VALUE, "1", None, None),
        (Where(CHILD, "K1", "", "", "no such"), Mending.VALUE, "1", None, None),
    ],
)  # fmt: skip
def test_what_is_typed(where: Where, by: Mending, choice: str, raw: str | None, expected: str | None) -> None:
    assert typed(where, by, choice, raw) == expected


@given(st.decimals(min_value=-99999, max_value=99999, places=4, allow_nan=False))
def test_a_number_is_written_so_that_it_is_read_in_one_way(number: Decimal) -> None:
    read = amount(written(number))
    assert read is not None
    assert read.number == number


def test_a_unit_in_the_cell_of_its_number_is_changed_there() -> None:
    one_cell = (RowChange("Observationer", "O13", column="enhed"), RowChange("Observationer", "O13", column="værdi",
                value="5250 kg"))  # fmt: skip
    assert typed(WEIGHT, Mending.UNIT, "g", None, *one_cell) == "5250 g"
    assert typed(START, Mending.UNIT, "g") is None


def test_codes_are_written_as_the_table_has_them() -> None:
    visit_class = Where(CHILD, "K1", field="visit.class")
    code = next(iter(STANDARD.concepts(STANDARD.variable["visit.class"])))
    term = typed(visit_class, Mending.CODE, code, "somewhere")
    assert term == STANDARD.concepts(STANDARD.variable["visit.class"])[code].term
    for known in STANDARD.visit_types:
        read = edited(journal(), START._replace(field="visit.type"), "none", STANDARD)
        edit = mend(read.families, START, Mend(Mending.VISIT_TYPE, known.code), STANDARD)
        assert edit is not None
        after = with_edits(read, [edit], STANDARD)
        found = next(visit for family in after.families for visit in family.visits if visit.key == "K1")
        assert found.type.value == known.code


def test_somebody_else_is_meant_only_where_that_is_one() -> None:
    subject = Where(CHILD, "K1", "O13", "observation.subject", "weight")
    assert typed(subject, Mending.SUBJECT, "parent") == "mor-1"
    assert typed(subject, Mending.SUBJECT, "child", "mor-1") == "barn-1"
    assert typed(subject, Mending.SUBJECT, "mor-1") == "mor-1"
    assert typed(subject, Mending.SUBJECT, "nobody") is None
    assert typed(Where(CHILD, "K1", field="visit.subject"), Mending.SUBJECT, "parent") == "mor-1"
    assert typed(Where(CHILD, "K1", "gone", "observation.subject"), Mending.SUBJECT, "parent") is None
    row = {"borger_id": "far-1", "cpr": "0101809995", "rolle": "forælder", "barn": "barn-1", "sor": "1"}
    assert typed(subject, Mending.SUBJECT, "parent", None, RowChange("Borgere", row=row)) is None
    network = Where(CHILD, "K1", "", "", "parent-mental-status")
    assert typed(network, Mending.MISSING_REASON, "unknown") == "Ukendt"
    assert typed(network, Mending.MISSING_REASON, "unknown", None, RowChange("Borgere", row=row)) is None
    assert typed(network._replace(subject="far-1"), Mending.MISSING_REASON, "unknown", None,
                 RowChange("Borgere", row=row)) == "Ukendt"  # fmt: skip


def test_many_edits_are_one_step_of_those_families_only() -> None:
    before = journal()
    edits = (Edit(WEIGHT, "5100"), Edit(START, "07-07-2020 11:00"))
    after, change = applied(before, MendValues(edits, Mend(Mending.VALUE, "")), OperationContext(STANDARD))
    assert change.families == {CHILD}
    assert after == edited(edited(before, WEIGHT, "5100", STANDARD), START, "07-07-2020 11:00", STANDARD)
    assert [one for one in after.families if one not in before.families] == [
        one for one in after.families if one.key == CHILD
    ]
    assert applied(before, MendValues((), Mend(Mending.TRIM)), OperationContext(STANDARD))[1].where == WHOLE_JOURNAL
    with pytest.raises(CallFault):
        with_edits(before, [Edit(Where("nobody", "K1", field="visit.start"), "1")], STANDARD)
