"""Filling a journal: families, visits, answers, interventions, sums, proposals, and what is new since a delivery."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ldbu_desktop.faults import CallFault
from ldbu_desktop.forms.model import Field, Prefill
from ldbu_desktop.journal.model import Journal, Visit
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.edit import Address, edited
from ldbu_desktop.use_cases.fill.answers import Place, answer_at, answered
from ldbu_desktop.use_cases.fill.deliveries import resources_of, undelivered
from ldbu_desktop.use_cases.fill.families import new_case, with_child, with_family, with_parent, without_citizen
from ldbu_desktop.use_cases.fill.feeding import fed
from ldbu_desktop.use_cases.fill.instruments import standing
from ldbu_desktop.use_cases.fill.interventions import continued, ended
from ldbu_desktop.use_cases.fill.prefill import proposal
from ldbu_desktop.use_cases.fill.visits import with_visit, without_visit
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()
START = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CPRS = {"1": "0101265996", "1-a": "2911829996"}


@pytest.fixture
def journal() -> Journal:
    """A family with a visit at two months."""
    made, family = with_family(new_case(), STANDARD, lambda: "1")
    for citizen, cpr in CPRS.items():
        made = edited(made, Address(family, "", citizen, "citizen.cpr"), cpr, STANDARD)
        made = edited(made, Address(family, "", citizen, "citizen.organisation"), "451000016003", STANDARD)
    return with_visit(made, family, "2-months", "1", "HH", START, STANDARD)[0]


def visit_of(journal: Journal) -> Visit:
    """The first visit."""
    return journal.families[0].visits[0]


def at(journal: Journal, variable: str, subject: str = "1", part: str = "value", **more: str) -> Place:
    """A place at the first visit."""
    return Place(journal.families[0].key, visit_of(journal).key, subject, variable, part, **more)


def test_two_cases_have_no_resource_in_common() -> None:
    systems = {new_case().system for _ in range(3)}
    assert len(systems) == 3


def test_a_new_family_takes_over_the_municipality(journal: Journal) -> None:
    after, key = with_family(journal, STANDARD, lambda: "2")
    assert key == "2"
    family = after.families[1]
    assert [citizen.organisation.value for citizen in family.citizens] == ["451000016003"] * 2
    assert [citizen.is_child for citizen in family.citizens] == [True, False]
    (tie,) = family.parenthoods
    assert (tie.parent.value, tie.child.value, tie.relationship.value) == ("2-a", "2", "PRN")


def test_every_parent_is_a_parent_of_every_child(journal: Journal) -> None:
    after, parent = with_parent(journal, "1", STANDARD)
    after, child = with_child(after, "1", STANDARD)
    ties = {(tie.parent.value, tie.child.value) for tie in after.families[0].parenthoods}
    assert ties == {("1-a", "1"), (parent, "1"), ("1-a", child), (parent, child)}
    assert len({citizen.key for citizen in after.families[0].citizens}) == 4


def test_who_has_no_record_can_be_taken_out_and_nobody_else(journal: Journal) -> None:
    with pytest.raises(CallFault):
        without_citizen(journal, "1", "1")
    after = without_citizen(journal, "1", "1-a")
    assert [citizen.key for citizen in after.families[0].citizens] == ["1"]
    assert after.families[0].parenthoods == ()


@pytest.mark.parametrize("add", [with_child, with_parent])
def test_a_family_that_is_not_there(journal: Journal, add: object) -> None:
    with pytest.raises(CallFault):
        add(journal, "nobody", STANDARD)  # type: ignore[operator]


def test_visits_come_and_go(journal: Journal) -> None:
    after, key = with_visit(journal, "1", "4-6-months", "1", "", START, STANDARD)
    assert [visit.key for visit in after.families[0].visits][1] == key
    assert after.families[0].visits[1].visit_class.is_empty
    assert without_visit(after, "1", key).families[0].visits == journal.families[0].visits
    with pytest.raises(CallFault):
        without_visit(after, "1", "nothing")
    with pytest.raises(CallFault):
        with_visit(journal, "nobody", "4-6-months", "1", "", START, STANDARD)


def test_a_measurement_is_made_changed_and_taken_away(journal: Journal) -> None:
    place = at(journal, "weight")
    after = answered(journal, place, "5250", STANDARD)
    (observation,) = visit_of(after).observations
    assert (observation.value.value, observation.unit.value) == (Decimal(5250), "g")
    assert observation.start.value == START
    after = answered(after, place, "5,3 kg", STANDARD)
    (changed,) = visit_of(after).observations
    assert (changed.key, changed.value.value, changed.unit.value) == (observation.key, Decimal("5.3"), "kg")
    after = answered(after, place, "fem", STANDARD)
    assert answer_at(after, place).is_unreadable
    assert visit_of(answered(after, place, "", STANDARD)).observations == ()
    assert answered(journal, place, " ", STANDARD) is journal


def test_a_value_and_a_reason_take_each_others_place(journal: Journal) -> None:
    place = at(journal, "sleep")
    reason = place._replace(part="missing-reason")
    code = next(iter(STANDARD.concepts(STANDARD.variable["sleep"])))
    after = answered(answered(journal, place, code, STANDARD), reason, "unknown", STANDARD)
    assert answer_at(after, place).is_empty
    assert answer_at(after, reason).value == "unknown"
    after = answered(after, place, code, STANDARD)
    assert answer_at(after, reason).is_empty
    assert answer_at(after, place).value == code
    after = answered(after, place, "", STANDARD)
    assert visit_of(after).observations == ()


def test_parts_of_the_visit(journal: Journal) -> None:
    after = answered(journal, at(journal, "visit.class", ""), "AMB", STANDARD)
    assert visit_of(after).visit_class.value == "AMB"
    assert answer_at(after, at(after, "visit.class", "")).value == "AMB"
    assert answer_at(after, at(after, "visit.interventions", "")).is_empty


def test_several_findings(journal: Journal) -> None:
    codes = list(STANDARD.concepts(STANDARD.variable["exam-result"]))[:2]
    after = journal
    for code in codes:
        after = answered(after, at(after, "exam-result"), code, STANDARD)
    assert [one.value.value for one in visit_of(after).observations] == codes
    first = visit_of(after).observations[0].key
    after = answered(after, at(after, "exam-result", record=first), "", STANDARD)
    assert [one.value.value for one in visit_of(after).observations] == codes[1:]


def test_feeding_periods_beside_the_status(journal: Journal) -> None:
    codes = list(STANDARD.concepts(STANDARD.variable["feeding"]))
    place = at(journal, "feeding")
    after = answered(journal, place, codes[1], STANDARD)
    after = fed(after, place, codes[0], "01-01-2026", "01-02-2026", STANDARD)
    status, period = visit_of(after).observations
    assert not status.is_period
    assert (period.is_period, period.value.value) == (True, codes[0])
    assert (period.start.value, period.end.value) == (date(2026, 1, 1), date(2026, 2, 1))
    assert answer_at(after, place).value == codes[1]
    with pytest.raises(CallFault):
        fed(journal, place._replace(visit="nothing"), codes[0], "01-01-2026", "", STANDARD)


def test_an_intervention_is_begun_continued_and_ended(journal: Journal) -> None:
    code = next(iter(STANDARD.concepts(STANDARD.variable["intervention.code"])))
    reason = next(iter(STANDARD.concepts(STANDARD.variable["intervention.reasons"])))
    after = answered(journal, at(journal, "intervention.code"), code, STANDARD)
    (begun,) = visit_of(after).interventions
    after = answered(after, at(after, "intervention.reasons", record=begun.key), reason, STANDARD)
    assert answer_at(after, at(after, "intervention.reasons", record=begun.key)).value == reason
    assert answer_at(after, at(after, "intervention.code")).value == code
    later = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)
    after, second = with_visit(after, "1", "infant-need-based", "1", "HH", later, STANDARD)
    after = continued(continued(after, "1", second, begun.key), "1", second, begun.key)
    assert [entry.value for entry in after.families[0].visits[1].based_on] == [begun.key]
    after = ended(after, "1", begun.key, later, STANDARD)
    (over,) = visit_of(after).interventions
    assert (over.end.value, over.status.value) == (later, "completed")
    gone = answered(after, at(after, "intervention.code", record=begun.key), "", STANDARD)
    assert visit_of(gone).interventions == ()
    assert answer_at(gone, at(gone, "intervention.code")).is_empty
    with pytest.raises(CallFault):
        continued(after, "1", second, "nothing")
    with pytest.raises(CallFault):
        ended(after, "1", "nothing", later, STANDARD)
    with pytest.raises(CallFault):
        ended(after, "nobody", begun.key, later, STANDARD)


def test_a_questionnaire_gets_its_sum_when_all_is_answered(journal: Journal) -> None:
    epds = STANDARD.questionnaire["epds"]
    after = journal
    for number, link in enumerate(epds.summed):
        place = at(after, "", "1-a", questionnaire="epds", link_id=link)
        after = answered(after, place, str(number % 4), STANDARD)
        score = answer_at(after, place._replace(link_id="score"))
        assert score.is_empty == (number < len(epds.summed) - 1)
    total = sum(number % 4 for number in range(len(epds.summed)))
    assert score.value == total
    (response,) = visit_of(after).responses
    stands = standing(response, epds)
    assert (stands.done, stands.asked, stands.total, stands.most) == (10, 10, total, 30)
    assert stands.is_complete
    assert {mark.item for mark in stands.marks} == {"score", "10harm"}
    link_ids = [answer.link_id.value for answer in response.answers]
    assert link_ids == [item.link_id for item in epds.items]
    informer = at(after, "response.informer", "1-a", questionnaire="epds")
    code = next(iter(STANDARD.concepts(STANDARD.variable["response.informer"])))
    after = answered(after, informer, code, STANDARD)
    assert answer_at(after, informer).value == code
    after = answered(after, informer, "", STANDARD)
    for link in epds.summed:
        after = answered(after, at(after, "", "1-a", questionnaire="epds", link_id=link), "", STANDARD)
    assert visit_of(after).responses == ()
    assert standing(None, epds).total is None


def test_a_sum_that_was_written_stays(journal: Journal) -> None:
    def place(link: str) -> Place:
        return at(journal, "", "1-a", questionnaire="epds", link_id=link)

    after = answered(journal, place("score"), "12", STANDARD)
    for link in STANDARD.questionnaire["epds"].summed:
        after = answered(after, place(link), "0", STANDARD)
    assert answer_at(after, place("score")).value == 12
    puf = STANDARD.questionnaire["puf"]
    after = answered(after, at(journal, "", questionnaire="puf", link_id=puf.items[0].link_id), "ja", STANDARD)
    assert standing(visit_of(after).responses[1], puf).total is None


def test_an_answer_without_a_visit(journal: Journal) -> None:
    nowhere = at(journal, "weight")._replace(visit="nothing")
    assert answer_at(journal, nowhere).is_empty
    with pytest.raises(CallFault):
        answered(journal, nowhere, "1", STANDARD)


def test_what_was_answered_earlier_is_proposed(journal: Journal) -> None:
    code = next(iter(STANDARD.concepts(STANDARD.variable["passive-smoking"])))
    after = answered(journal, at(journal, "passive-smoking"), code, STANDARD)
    later = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)
    after, second = with_visit(after, "1", "4-6-months", "1", "HH", later, STANDARD)
    earlier = Field("a", "passive-smoking", prefill=Prefill.EARLIER)
    place = at(after, "passive-smoking")._replace(visit=second)
    assert proposal(after, earlier, place).value == code
    assert proposal(after, earlier, at(after, "passive-smoking")).is_empty
    assert proposal(after, Field("a", "visit.class", proposed="HH"), place).value == "HH"
    assert proposal(after, earlier, place._replace(visit="nothing")).is_empty
    assert proposal(after, earlier, place._replace(family="nobody")).is_empty


def test_only_what_says_something_else_is_new(journal: Journal) -> None:
    key = visit_of(journal).key
    before = resources_of(journal, STANDARD, [key], NOW)
    assert set(before) == {key}
    assert undelivered(before, before) == frozenset()
    assert undelivered(before, {}) == {key}
    after = answered(journal, at(journal, "weight"), "5250", STANDARD)
    assert undelivered(resources_of(after, STANDARD, [key], NOW), before) == {key}


def test_families_that_come_and_go_are_judged(journal: Journal) -> None:
    from ldbu_desktop.use_cases.validate import revalidated

    today = date(2026, 11, 20)
    findings = validate(journal, STANDARD, today)
    more, key = with_family(journal, STANDARD)
    after = revalidated(findings, more, key)
    assert after.counts == validate(more, STANDARD, today).counts
    assert after.of_family(key) != ()
    again = revalidated(after, journal, key)
    assert again.counts == findings.counts
