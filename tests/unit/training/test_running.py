"""Interventions that began before: gone on with and ended, in the key, beside it, and in a case that is written."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.interventions import continued
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import INTERVENTION_CODE, INTERVENTION_END, VISIT_INTERVENTIONS
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.rendering.training import told_words
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.authoring import case_of
from ldbu_desktop.training.comparison import Compared, Outcome, compared
from ldbu_desktop.training.journals import Part, journal_of, with_answer
from ldbu_desktop.training.loader import case_in
from ldbu_desktop.training.model import Case, KeyAnswer
from ldbu_desktop.use_cases.exercises import case_called

STANDARD = shipped_standard()


@pytest.fixture
def case() -> Case:
    """An intervention began three weeks before, and ends at the visit."""
    return case_called("indsats-slut", STANDARD)


def key(case: Case, asked: str) -> KeyAnswer:
    """What the key says of something."""
    return next(one for one in case.visits[0].key if one.asked == asked)


def filled(case: Case, *but: str) -> Journal:
    """The journal with all of the key, but for what is named."""
    visit = case.visits[0]
    kept = replace(visit, key=tuple(one for one in visit.key if one.asked not in but))
    return journal_of(replace(case, visits=(kept,)), STANDARD, Part.ALL)


def outcomes(case: Case, journal: Journal) -> dict[str, list[Compared]]:
    """What is said of each thing that is not right."""
    told: dict[str, list[Compared]] = {}
    for one in compared(case, journal, STANDARD):
        if one.outcome is not Outcome.RIGHT:
            told.setdefault(one.asked, []).append(one)
    return told


def test_the_key_ends_the_intervention_that_began_before(case: Case) -> None:
    (family,) = filled(case).families
    (one,) = family.visits[0].interventions
    assert one.end.value is not None
    assert day_of(one.end.value) == date(2020, 6, 10)
    assert one.status.value == "completed"
    assert [entry.value for entry in family.visits[1].based_on] == [one.key]
    assert outcomes(case, filled(case)) == {}


@pytest.mark.parametrize("asked", [INTERVENTION_END, VISIT_INTERVENTIONS])
def test_what_is_forgotten_is_missing(case: Case, asked: str) -> None:
    told = outcomes(case, filled(case, asked))
    assert [(asked, [one.outcome for one in told[asked]])] == [(asked, [Outcome.MISSING])]
    assert "Ammeindsats" in told_words(asked, told[asked][0].expected, STANDARD)
    assert key(case, asked).why == told[asked][0].why


def test_one_that_is_begun_anew_is_too_much(case: Case) -> None:
    journal = filled(case, INTERVENTION_END, VISIT_INTERVENTIONS)
    at = Where(case.id, case.visits[0].id, subject="emma", field=INTERVENTION_CODE)
    journal = answered(journal, at, "Ammeindsats", STANDARD)
    (anew,) = journal.families[0].visits[1].interventions
    journal = continued(journal, case.id, case.visits[0].id, anew.key)
    told = {asked: [one.outcome for one in of] for asked, of in outcomes(case, journal).items()}
    assert told == {
        INTERVENTION_END: [Outcome.MISSING],
        VISIT_INTERVENTIONS: [Outcome.MISSING],
        INTERVENTION_CODE: [Outcome.TOO_MUCH],
    }


def test_a_case_that_is_written_has_what_goes_on_and_what_ends(case: Case) -> None:
    written = case_of(filled(case), case, STANDARD)
    assert {one.asked: one.why for one in written.visits[0].key} == {one.asked: one.why for one in case.visits[0].key}
    new = case_of(filled(case), replace(case, visits=()), STANDARD)
    assert [(one.asked, one.answer) for one in new.visits[0].key][-2:] == [
        (VISIT_INTERVENTIONS, "Ammeindsats"),
        (INTERVENTION_END, "Ammeindsats"),
    ]


@pytest.mark.parametrize("answer", ["Tryghedsindsats (småbørn)", "noget helt andet"])
def test_an_intervention_that_did_not_begin_before_does_not_fit(answer: str) -> None:
    text = resource("training", "17-ammeindsats-slut.yaml").read_text(encoding="utf-8")
    head, visits = text.split("\nvisits:")
    read, faults = case_in((head + "\nvisits:" + visits.replace("Ammeindsats", answer)).encode(), "egen.yaml", STANDARD)
    assert read is None
    assert {fault.key for fault in faults} == {"case-asked-unknown"}


def test_nothing_is_said_of_a_visit_that_was_not_begun(case: Case) -> None:
    told = outcomes(case, journal_of(case, STANDARD, Part.NOTHING))
    assert [one.outcome for one in told[INTERVENTION_END]] == [Outcome.MISSING]
    visit = case.visits[0]
    journal = filled(case, INTERVENTION_END)
    again = with_answer(journal, case, visit, key(case, INTERVENTION_END), "Ammeindsats", STANDARD)
    assert outcomes(case, again) == {}
