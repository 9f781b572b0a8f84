"""The burden of the registration that a journal shows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.model import NOTHING, Activity, Counts, Need, Registration, RegistrationTotals, Saving
from ldbu_desktop.burden.registration import registration
from ldbu_desktop.journal.model import (
    Answer,
    Citizen,
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    QuestionnaireResponse,
    Visit,
)
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.work import Cancellation, no_progress

from .conftest import rounded

ERROR = Entry("entered-in-error")
NOON = Entry(datetime(2026, 3, 2, 12, tzinfo=UTC))


def journal(standard: Standard, *visits: dict[str, Any], **family: Any) -> Journal:
    """One family in which a child has visits at two months."""
    code = next(each.code for each in standard.visit_types if each.id == "2-months")
    told = [
        Visit(**{"key": str(at), "subject": Entry("child"), "type": Entry(code), "start": NOON, **visit})
        for at, visit in enumerate(visits)
    ]
    citizens = (Citizen("child", True, organisation=Entry("451")), Citizen("mother", False))
    return Journal((Family("f", family.get("citizens", citizens), visits=tuple(told)),))


def observed(variable: str, value: object, raw: str = "", **more: Any) -> Observation:
    entry: Entry[Any] = Entry(value, raw)
    return Observation(**{"key": "o", "variable": Entry(variable), "subject": Entry("child"), "value": entry, **more})


def read(standard: Standard, plain: Assumptions, *visits: dict[str, Any]) -> Registration:
    return registration(journal(standard, *visits), standard, plain)


def test_fields_are_counted_as_if_entered_once(standard: Standard, plain: Assumptions) -> None:
    weight, sleep = observed("weight", Decimal(5250)), observed("sleep", "1")
    [group] = read(standard, plain, {"observations": (weight, sleep)}).groups
    assert (group.visit_type, group.organisation) == ("2-months", "451")
    assert group.recorded.counts == Counts(filled=2)
    assert round(group.recorded.of_kind(Activity.ENTRY).typical, 3) == round(4.17 + 0.4 + 2.65, 3)
    assert group.recorded.of_need(Need.REQUIRED) == group.recorded.total == group.recorded.a_visit


def test_numbers_have_the_keys_that_they_were_written_with(standard: Standard, plain: Assumptions) -> None:
    found = [
        read(standard, plain, {"observations": (observed("height", Decimal("57.5"), raw),)}).all.of_kind(Activity.ENTRY)
        for raw in ("", " 57,50 ")
    ]
    assert round((found[1] - found[0]).typical, 3) == 0.28


def test_an_empty_observation_costs_nothing(standard: Standard, plain: Assumptions) -> None:
    found = read(standard, plain, {"observations": (observed("sleep", None),)})
    assert found.all.counts == Counts()
    assert found.all.a_visit == NOTHING
    assert found.all.visits == 1


def test_the_same_fact_on_the_same_day_is_a_repeat(standard: Standard, plain: Assumptions) -> None:
    weight = observed("weight", Decimal(5250))
    later = observed("weight", Decimal(5250), start=Entry(date(2026, 3, 9)))
    other = observed("weight", Decimal(5260))
    found = read(standard, plain, {"observations": (weight, later, other)}, {"observations": (weight,)})
    assert found.all.counts == Counts(filled=4, repeats=1)
    assert {saving for _, need, saving in found.all.seconds if need is Need.AVOIDABLE} == {Saving.ENTERED_TWICE}


def test_reasons_for_missing_values_and_the_same_again(standard: Standard, plain: Assumptions) -> None:
    missing = observed("sleep", None, missing_reason=Entry("unknown"))
    once = read(standard, plain, {"observations": (missing,)})
    assert once.all.counts == Counts(missing_reasons=1)
    assert rounded(once.all.total, 3) == (4.40, 5.463, 7.457)
    twice = read(standard, plain, {"observations": (missing, missing)})
    assert twice.all.counts == Counts(missing_reasons=2, repeats=1)
    assert rounded(twice.all.of_need(Need.AVOIDABLE), 3) == (4.40, 5.463, 7.457)


def test_what_can_t_be_read_was_written_twice(standard: Standard, plain: Assumptions) -> None:
    found = read(standard, plain, {"observations": (observed("sleep", None, "god søvn"),)})
    assert found.all.counts == Counts(filled=1, unreadable=1)
    rejected = found.all.seconds[Activity.ENTRY, Need.AVOIDABLE, Saving.REJECTED_FORMAT]
    assert rejected == found.all.seconds[Activity.ENTRY, Need.REQUIRED, None]


def test_unknown_variables_and_what_was_withdrawn_are_not_counted(standard: Standard, plain: Assumptions) -> None:
    unknown = Observation("o", variable=Entry(None, "Humør"), value=Entry("1"))
    withdrawn = observed("sleep", "1", status=ERROR)
    found = read(
        standard,
        plain,
        {
            "observations": (unknown, withdrawn),
            "interventions": (Intervention("i", status=ERROR, code=Entry("1")),),
            "responses": (
                QuestionnaireResponse("r", questionnaire=Entry("epds"), status=ERROR),
                QuestionnaireResponse("s", questionnaire=Entry(None, "Andet")),
            ),
        },
        {"status": ERROR, "observations": (observed("sleep", "1"),)},
    )
    assert found.all.counts == Counts(unreadable=2)
    assert found.all.visits == 1
    assert not found.all.total


def test_interventions_are_a_code_and_its_reasons(standard: Standard, plain: Assumptions) -> None:
    intervention = Intervention("i", code=Entry("1"), reasons=(Entry("2"), Entry(None, "?"), Entry()))
    found = read(standard, plain, {"interventions": (intervention,)})
    assert found.all.counts == Counts(filled=3, unreadable=1)
    first, next_ = 2 * 1.35 + 1.3 + 0.4 + 5 * 0.28, 0.4
    assert round(found.all.of_kind(Activity.ENTRY).typical, 3) == round(3 * first + 2 * next_, 3)


def response(answers: dict[str, object], questionnaire: str = "epds") -> QuestionnaireResponse:
    told = tuple(Answer(Entry(link_id), Entry(value)) for link_id, value in answers.items())
    return QuestionnaireResponse("r", questionnaire=Entry(questionnaire), answers=told)


def test_a_sum_that_follows_from_its_answers_is_a_repeat(standard: Standard, plain: Assumptions) -> None:
    asked = standard.questionnaire["epds"]
    answers: dict[str, object] = {link_id: 1 for link_id in asked.summed}
    found = read(standard, plain, {"responses": (response({**answers, "score": 10}),)})
    assert found.all.counts == Counts(filled=11, repeats=1)
    assert {saving for _, need, saving in found.all.seconds if need is Need.AVOIDABLE} == {Saving.SUM_BY_HAND}
    alone = read(standard, plain, {"responses": (response({"score": 10, "1humor": None, "unknown": 1}),)})
    assert alone.all.counts == Counts(filled=1)


def test_options_are_chosen_and_other_text_is_written(standard: Standard, plain: Assumptions) -> None:
    option = standard.questionnaire["sdq4-10"].by_link_id["1friendly"].options[0]
    chosen = read(standard, plain, {"responses": (response({"1friendly": option}, "sdq4-10"),)})
    assert chosen.all.counts == Counts(filled=1)
    written = read(standard, plain, {"responses": (response({"1friendly": "ved ikke"}, "sdq4-10"),)})
    assert written.all.counts == Counts(filled=1, free_text_keys=8)
    assert round(written.all.of_kind(Activity.NOTES).typical, 3) == round(0.4 + 1.35 + 8 * 0.28, 3)


def test_groups_are_visit_types_and_organisations_and_never_people(standard: Standard, plain: Assumptions) -> None:
    of_parent = {"subject": Entry("mother"), "type": Entry("?")}
    nobody = {"subject": Entry("stranger"), "type": Entry()}
    found = read(standard, plain, {}, of_parent, nobody)
    assert [(group.visit_type, group.organisation, group.recorded.visits) for group in found.groups] == [
        ("2-months", "451", 1),
        ("", "451", 2),
    ]
    alone = registration(journal(standard, {}, citizens=()), standard)
    assert [group.organisation for group in alone.groups] == [""]
    assert {each.id for each in found.not_counted} == {"written", "judgement", "notes", "contact"}


def test_a_journal_without_visits(standard: Standard) -> None:
    found = registration(Journal(), standard)
    assert found.groups == ()
    assert RegistrationTotals().a_visit == found.all.a_visit == NOTHING


def test_the_sample_is_told_in_all(standard: Standard) -> None:
    read_journal = load([resource("samples", "familie-med-fejl.xlsx")], standard, no_progress, Cancellation())
    found = registration(read_journal, standard)
    assert found.all.visits == sum(group.recorded.visits for group in found.groups) == 11
    by_group = (group.recorded.total for group in found.groups)
    assert rounded(sum(by_group, start=NOTHING), 6) == rounded(found.all.total, 6)
    assert rounded(sum((found.all.of_need(need) for need in Need), start=NOTHING), 6) == rounded(found.all.total, 6)
    assert found.all.counts.missing_reasons == 3
