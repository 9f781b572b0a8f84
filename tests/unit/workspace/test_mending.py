"""Mending: an answer that is known clears its finding; what is shown before is what comes of it, and one step back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.mending import Mend
from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.examples import example_by_code
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import INTERVENTION_REASONS
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.values import value_at
from ldbu_desktop.journal.where import Where
from ldbu_desktop.use_cases.examples import clean_journal
from ldbu_desktop.workspace.mending import choices, known_among, known_mend, known_mends, mending, preview, remedies
from tests.unit.workspace.some_import import STANDARD, example, found, opened

KNOWN = {
    "code-misspelled", "variable-misspelled", "unit-slip", "factor-slip", "too-many-decimals", "score-not-the-sum",
    "parent-variable-on-child", "child-variable-on-parent", "questionnaire-on-child", "questionnaire-on-parent",
    "parent-visit-on-child", "child-visit-on-parent",
}  # fmt: skip
"""The codes whose example tells what is right."""
MENDED = [code for code in example_by_code() if finding_types()[code].mends]


@pytest.mark.parametrize("code", MENDED)
def test_a_known_answer_clears_its_finding(code: str) -> None:
    work = example(code)
    finding = found(work, code)[0]
    how = known_mend(work, finding)
    assert (how is not None) == (code in KNOWN)
    if how is None:
        return
    ready = len(work.findings.ready_visits) if work.findings else 0
    seen = preview(work, [finding], how)
    change = work.do(seen.operation)
    assert seen.gone[code] == 1
    assert change.families == {finding.location.family}
    assert not found(work, code)
    assert work.findings is not None
    assert len(work.findings.ready_visits) == ready + seen.ready
    assert [line.after.raw for line in seen.lines] == [one.change.after.raw for one in work.steps.corrections]


@pytest.mark.parametrize("code", MENDED)
def test_whatever_fits_is_undone_in_one_step(code: str) -> None:
    work = example(code)
    before = work.journal
    choices = {
        Mending.FACTOR: "10", Mending.DECIMAL_SIGN: "thousands", Mending.DATE_FORM: "dd-mm-yyyy",
        Mending.SUBJECT: "child", Mending.MISSING_REASON: "unknown", Mending.UNIT: "cm", Mending.VISIT_TYPE: "2-months",
    }  # fmt: skip
    for by in remedies(found(work, code)):
        how = Mend(by, choices.get(by, "x") if by.needs_choice else "")
        seen = preview(work, found(work, code), how)
        assert len(seen.lines) + len(seen.left) == len(found(work, code))
        if work.do(seen.operation).is_nothing:
            continue
        assert work.steps.done[-1].how == how
        work.undo()
        assert work.journal == before
        assert not [*work.steps.corrections]


def test_what_the_preview_tells_is_what_comes() -> None:
    work = example("code-unknown")
    finding = found(work, "code-unknown")
    seen = preview(work, finding, Mend(Mending.CODE, "HH"))
    assert [(line.before.raw, line.is_read) for line in seen.lines] == [(finding[0].found, True)]
    assert (dict(seen.gone), dict(seen.come), seen.ready, seen.unread) == ({"code-unknown": 1}, {}, 1, 0)
    unread = preview(work, finding, Mend(Mending.CODE, "also unknown"))
    assert (unread.unread, unread.gone.total(), unread.ready) == (1, 0, 0)


def test_without_a_choice_each_finding_tells_its_own() -> None:
    work = example("factor-slip")
    finding = found(work, "factor-slip")[0]
    assert mending(work, [finding], Mend(Mending.FACTOR)).edits[0].raw == "38"
    assert mending(work, [finding], Mend(Mending.UNIT)).edits == ()
    without_number = Finding("factor-slip", finding.location, facts={"meant": finding.facts["meant"]})
    assert mending(work, [without_number], Mend(Mending.FACTOR)).edits == ()
    assert mending(work, [finding, *found(example("unit-slip"), "unit-slip")], Mend(Mending.FACTOR)).code == ""


def test_a_day_that_a_fact_tells_is_typed_day_first() -> None:
    work = example("code-misspelled")
    finding = found(work, "code-misspelled")[0]
    for fact, raw in (
        (finding.facts["nearest"], "Søvn med normale variationer"),
        (7, "7"),
        (Decimal("4.25"), "4,25"),
    ):
        told = Finding("code-misspelled", finding.location, facts={"nearest": fact})
        assert mending(work, [told], Mend(Mending.CODE)).edits[0].raw == raw


def test_a_weight_in_kilograms_keeps_its_digits_as_grams() -> None:
    work = opened()
    visit, family = work.visit("K1"), work.family_of("K1")
    assert visit is not None
    assert family is not None
    weight = next(one for one in visit.observations if one.variable.value == "weight")
    at = Where(family.key, visit.key, weight.key, "", "weight")
    work.do(EditValue(at, "5,24"))
    work.do(EditValue(at._replace(field="observation.unit"), "kg"))
    [finding] = found(work, "too-many-decimals")
    seen = preview(work, [finding], Mend(Mending.VALUE))
    assert [line.after.raw for line in seen.lines] == ["5240 g"]
    work.do(seen.operation)
    assert not found(work, "too-many-decimals")
    visit = work.visit("K1")
    assert visit is not None
    mended = next(one for one in visit.observations if one.key == weight.key)
    assert (mended.value.value, mended.unit.value) == (Decimal(5240), "g")


def test_what_fits_several_findings() -> None:
    work = opened()
    assert remedies([]) == ()
    both = [*found(example("value-implausible"), "value-implausible"), *found(example("value-zero"), "value-zero")]
    assert remedies(both) == (Mending.VALUE, Mending.MISSING_REASON)
    assert remedies([*both, *found(example("mark-reached"), "mark-reached")]) == ()
    assert work.steps.done == ()


def test_before_anything_was_checked_nothing_is_counted() -> None:
    work = example("code-unknown")
    finding = found(work, "code-unknown")
    work.found = None
    seen = preview(work, finding, Mend(Mending.CODE, "HH"))
    assert (len(seen.lines), seen.gone.total(), seen.ready) == (1, 0, 0)


def test_one_place_of_two_findings_is_mended_once() -> None:
    work = example("code-unknown")
    finding = found(work, "code-unknown")[0]
    seen = preview(work, [finding, finding], Mend(Mending.CODE, "HH"))
    assert (len(seen.lines), len(seen.left), len(seen.operation.edits)) == (1, 0, 1)


def test_what_is_missing_is_added_and_marked_as_that() -> None:
    work = example("mandatory-missing-gateway")
    finding = found(work, "mandatory-missing-gateway")[0]
    seen = preview(work, [finding], Mend(Mending.MISSING_REASON, "unknown"))
    assert [(line.name, line.before.raw, line.is_read) for line in seen.lines] == [
        ("observation.missing-reason", "", True)
    ]
    work.do(seen.operation)
    assert not found(work, "mandatory-missing-gateway")
    added = [one.change for one in work.steps.corrections]
    assert added
    assert all(one.is_added and work.steps.is_added(one.where) for one in added)


def test_what_the_file_said_is_known_after_any_number_of_steps() -> None:
    work = opened()
    visit, family = work.visit("K1"), work.family_of("K1")
    assert visit is not None
    assert family is not None
    weight = next(one for one in visit.observations if one.variable.value == "weight")
    at = Where(family.key, visit.key, weight.key, "", "weight")
    for raw in ("4000", "4100"):
        work.do(EditValue(at, raw))
    now = value_at(work.journal.families, at)
    assert now is not None
    entry = now.entry
    assert work.steps.as_read(at, entry) == weight.value
    assert work.steps.as_read(at._replace(field="observation.unit"), weight.unit) == weight.unit
    (correction,) = work.steps.corrections
    assert (correction.change.before.raw, correction.change.after.raw) == (weight.value.raw, "4100")
    assert correction.change.origin.row == weight.origin.row
    work.do(EditValue(at, weight.value.raw))
    assert not [*work.steps.corrections]
    assert not work.steps.is_added(at)
    work.undo()
    work.undo()
    work.redo()
    assert [one.change.after.raw for one in work.steps.corrections] == ["4100"]
    work.do(EditValue(at, "4200"))
    assert work.redo() is None
    assert len(work.steps.done) == 3


def test_families_of_two_files_with_one_key_are_told_apart() -> None:
    journal = clean_journal(STANDARD)
    twice = replace(journal, families=(*journal.families, journal.families[0]))
    work = opened(twice)
    key = journal.families[0].key
    assert work.families(key) == [journal.families[0], journal.families[0]]
    assert work.families("nobody") == []
    assert opened().families("nobody") == []
    visit = journal.families[0].visits[0]
    work.do(EditValue(Where(key, visit.key, field="visit.start"), "07-07-2020 10:00"))
    assert [one.change.after.raw for one in work.steps.corrections] == ["07-07-2020 10:00"]


def test_what_a_number_may_mean_is_offered_for_it() -> None:
    work = opened()
    visit, family = work.visit("K1"), work.family_of("K1")
    assert visit is not None
    assert family is not None
    weight = next(one for one in visit.observations if one.variable.value == "weight")
    work.do(EditValue(Where(family.key, visit.key, weight.key, "", "weight"), "5 kg 2"))
    [finding] = found(work, "number-ambiguous")
    assert choices(work, [finding], Mending.VALUE) == ("5002 g", "5200 g")
    assert choices(work, [finding, finding], Mending.VALUE) == ()
    work.do(preview(work, [finding], Mend(Mending.VALUE, "5200 g")).operation)
    assert found(work, "number-ambiguous") == []


def test_what_was_seen_is_done_as_it_was_seen() -> None:
    work = example("code-unknown")
    seen = preview(work, found(work, "code-unknown"), Mend(Mending.CODE, "HH"))
    change = work.take(seen)
    assert change is not None
    assert change.families == seen.change.families
    assert (work.journal, work.findings, len(work.steps.done)) == (seen.after, seen.findings, 1)
    assert work.take(seen) is None
    work.undo()
    nothing = preview(work, found(work, "code-unknown"), Mend(Mending.TRIM))
    assert work.take(nothing) is None


def test_whom_else_a_mending_is_told_of() -> None:
    work = example("cpr-shared")
    shared = found(work, "cpr-shared")
    seen = preview(work, shared[:1], Mend(Mending.VALUE, "0101209996"))
    change = work.take(seen)
    assert change is not None
    assert not change.rejudged & change.families
    # Whoever shares the number is told no more either, and may be ready.
    assert seen.gone["cpr-shared"] == len(shared) - len(found(work, "cpr-shared")) > 1


def test_what_is_filled_has_no_journal_of_changes() -> None:
    work = example("code-unknown")
    work.is_filled = True
    work.take(preview(work, found(work, "code-unknown"), Mend(Mending.CODE, "HH")))
    assert work.steps.done == ()


@pytest.mark.parametrize(
    ("code", "by", "first", "count"),
    [
        ("factor-slip", Mending.FACTOR, "", 8),
        ("value-zero", Mending.FACTOR, "1000", 7),
        ("value-zero", Mending.MISSING_REASON, "", 0),
        ("unit-slip", Mending.UNIT, "", 3),
        ("code-unknown", Mending.CODE, "", 0),
        ("code-unknown", Mending.VISIT_TYPE, "", 14),
        ("parent-variable-on-child", Mending.SUBJECT, "", 3),
        ("number-ambiguous", Mending.DECIMAL_SIGN, "thousands", 2),
        ("date-ambiguous", Mending.DATE_FORM, "dd-mm-yyyy", 5),
        ("date-ambiguous", Mending.VALUE, "", 0),
        ("date-ambiguous", Mending.TRIM, "", 0),
    ],
)
def test_what_can_be_chosen(code: str, by: Mending, first: str, count: int) -> None:
    work = example(code)
    offered = choices(work, found(work, code), by)
    assert not count or len(offered) == count
    assert not first or offered[0] == first
    if code == "code-unknown":
        assert (by is Mending.CODE) == ("HH" in offered)
        both = [*found(work, code), *found(example("code-misspelled"), "code-misspelled")]
        assert "HH" not in choices(work, both, by)


@pytest.mark.parametrize("code", sorted(KNOWN))
def test_what_is_known_of_many_is_what_is_known_of_each(code: str) -> None:
    work = example(code)
    told = found(work, code)
    known = [one for how in known_mends(told[0]) for one in known_among(work, told, how)]
    assert known[:1] == [one for one in told if known_mend(work, one) is not None][:1]


def test_what_is_rejected_instead_is_not_known() -> None:
    work = example("unit-slip")
    assert known_among(work, found(work, "unit-slip"), Mend(Mending.FACTOR)) == []
    unread = example("code-unknown")
    assert known_among(unread, found(unread, "code-unknown"), Mend(Mending.CODE, "also unknown")) == []
    told = found(work, "unit-slip")
    work.found = None
    assert known_among(work, told, Mend(Mending.UNIT)) == []


def test_of_several_reasons_the_one_that_is_meant_is_mended() -> None:
    """An intervention may have many reasons: those beside the misspelt one stay as they are."""
    work = opened()
    family, visit, begun = next(
        (family, visit, one)
        for family in work.journal.families
        for visit in family.visits
        for one in visit.interventions
    )
    concepts = list(STANDARD.concepts(STANDARD.variable[INTERVENTION_REASONS]).values())
    right, misspelt = concepts[0].term, f"{concepts[1].term[:-1]}"
    at = Where(family.key, visit.key, begun.key, INTERVENTION_REASONS)
    for number, raw in enumerate((right, misspelt, "qqq")):
        work.do(EditValue(at._replace(number=number), raw))
    (finding,) = found(work, "code-misspelled")
    how = known_mend(work, finding)
    assert how is not None
    seen = preview(work, [finding], how)
    assert [(line.before.raw, line.after.raw) for line in seen.lines] == [(misspelt, concepts[1].term)]
    work.do(seen.operation)
    unknown = found(work, "code-unknown")
    work.do(mending(work, unknown, Mend(Mending.EMPTY)))
    now = next(one for one in work.families(family.key)[0].visits if one.key == visit.key)
    changed = next(one for one in now.interventions if one.key == begun.key)
    assert [one.raw for one in changed.reasons] == [right, concepts[1].term]
    assert not found(work)


def test_of_answers_to_one_question_the_one_that_is_meant_is_mended() -> None:
    work = example("question-duplicate")
    (finding,) = found(work, "question-duplicate")
    at = finding.location.where
    value = value_at(work.families(at.family), at)
    assert value is not None
    assert value.where.number == 1
