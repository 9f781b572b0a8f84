"""What became of the faults of an export that was made for finding them."""

from __future__ import annotations

import pytest

from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.journals import Part, journal_of, with_answer
from ldbu_desktop.training.loader import shipped_cases
from ldbu_desktop.training.mending import Mended, faults_compared
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer

STANDARD = shipped_standard()
CASES = [case for case in shipped_cases(STANDARD).cases if case.has_faults]

each = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def planted(case: Case) -> list[tuple[CaseVisit, KeyAnswer]]:
    """The answers that are wrong in the export."""
    return [(visit, answer) for visit in case.visits for answer in visit.key if answer.wrong]


def told(case: Case, journal: Journal) -> list[Mended]:
    """What became of each."""
    return [one.mended for one in faults_compared(case, journal, STANDARD)]


@each
def test_each_fault_is_left_found_or_mended(case: Case) -> None:
    export = journal_of(case, STANDARD, Part.FAULTS)
    faults = planted(case)
    assert told(case, export) == [Mended.LEFT] * len(faults)
    visit, answer = faults[0]
    for raw, mended in ((answer.answer, Mended.MENDED), ("12345", Mended.FOUND)):
        changed = with_answer(export, case, visit, answer, raw, STANDARD)
        assert sorted(told(case, changed)) == sorted([mended] + [Mended.LEFT] * (len(faults) - 1))
    assert told(case, journal_of(case, STANDARD, Part.ALL)) == [Mended.MENDED] * len(faults)


@each
def test_what_was_right_may_be_spoilt(case: Case) -> None:
    export = journal_of(case, STANDARD, Part.FAULTS)
    visit, right = next(
        (visit, one)
        for visit in case.visits
        for one in visit.key
        if not one.wrong and not one.questionnaire and one.asked != "citizen.cpr"
    )
    changed = with_answer(export, case, visit, right, "what nobody reads", STANDARD)
    assert told(case, changed).count(Mended.SPOILT) == 1


@each
def test_what_is_too_much_and_is_gone_is_mended(case: Case) -> None:
    visit = case.visits[0]
    bare = next(one for one in visit.key if one.asked == "weight")
    short = case_without(case, bare)
    export = journal_of(short, STANDARD, Part.FAULTS)
    more = with_answer(export, short, visit, bare, bare.answer, STANDARD)
    assert Mended.SPOILT in told(short, more)


def case_without(case: Case, answer: KeyAnswer) -> Case:
    """A case whose key lacks an answer."""
    from msgspec.structs import replace

    visits = tuple(replace(visit, key=tuple(one for one in visit.key if one is not answer)) for visit in case.visits)
    return replace(case, visits=visits)
