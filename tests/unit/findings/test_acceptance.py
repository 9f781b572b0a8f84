"""Findings that are accepted: for a reason and a role, for this value only, and never where the gateway rejects."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.operations import AcceptFindings, EditValue, TakeBackAcceptances
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.acceptance import accepting, basis_of, may_be_accepted, sifted, value_of
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Finding, Location, Severity
from ldbu_desktop.journal.model import Acceptance, Origin
from ldbu_desktop.journal.where import Where
from ldbu_desktop.workspace.workspace import Workspace
from tests.unit.workspace.some_import import example, found

AT = datetime(2026, 11, 28, 12, tzinfo=UTC)


def accept(work: Workspace, finding: Finding) -> Acceptance:
    """Accept a finding; what is kept of that."""
    made = accepting(finding, work.families(finding.location.family), "Målt to gange", "sundhedsplejerske", AT)
    work.do(AcceptFindings((made,)))
    return made


@pytest.mark.parametrize(
    "code",
    ["size-shrinks", "factor-slip", "visit-in-future", "cpr-date-impossible", "score-not-the-sum", "school-missing",
     "mandatory-missing-guide", "duplicate-visit", "file-cell-unused"],
)  # fmt: skip
def test_what_is_accepted_is_found_no_more_and_can_be_taken_back(code: str) -> None:
    work = example(code)
    before = work.findings
    (finding, *others) = found(work, code)
    assert before is not None
    assert work.may_accept(finding)
    made = accept(work, finding)
    after = work.findings
    assert after is not None
    assert found(work, code) == others
    assert after.counts[Severity.LOOK_AT] == before.counts[Severity.LOOK_AT] - 1
    assert after.ready_visits == before.ready_visits
    assert [one.finding for one in after.accepted] == [finding]
    assert work.acceptance_of(finding) == made
    assert not work.may_accept(finding)
    assert work.accepted_at(Where(finding.location.family, finding.location.visit)) == after.accepted
    assert after.expired == ()
    work.do(TakeBackAcceptances((made,)))
    assert found(work) == list(before.all)
    work.undo()
    assert found(work, code) == others
    work.undo()
    assert found(work) == list(before.all)


def test_it_holds_until_the_value_is_another() -> None:
    work = example("size-shrinks")
    (finding,) = found(work, "size-shrinks")
    accept(work, finding)
    work.do(EditValue(finding.location.where, "54,4"))
    assert len(found(work, "size-shrinks")) == 1
    assert work.findings is not None
    assert [one.code for one in work.findings.expired] == ["size-shrinks"]
    work.undo()
    assert found(work, "size-shrinks") == []


def test_it_holds_until_what_it_is_compared_to_is_another() -> None:
    work = example("size-shrinks")
    (finding,) = found(work, "size-shrinks")
    accept(work, finding)
    earlier = next(
        Where(family.key, visit.key, one.key, "height", "height")
        for family in work.journal.families
        for visit in family.visits
        for one in visit.observations
        if one.variable.value == "height" and one.value.value == Decimal("57.5")
    )
    work.do(EditValue(earlier, "58,5"))
    assert len(found(work, "size-shrinks")) == 1


def test_the_day_of_the_check_makes_no_difference() -> None:
    (finding,) = found(example("visit-in-future"), "visit-in-future")
    tomorrow = replace(finding, facts={**finding.facts, "today": datetime(2026, 11, 29, tzinfo=UTC).date()})
    assert basis_of(tomorrow) == basis_of(finding)


def test_how_it_is_told_where_a_limit_is_from_makes_no_difference_and_the_limit_does() -> None:
    (finding, *_) = found(example("value-implausible"), "value-implausible")
    told_otherwise = replace(finding, facts={**finding.facts, "range_source": "WHO"})
    assert finding.facts["range_source"] != "WHO"
    assert basis_of(told_otherwise) == basis_of(finding)
    other_limit = replace(finding, facts={**finding.facts, "low": Decimal(1)})
    assert basis_of(other_limit) != basis_of(finding)


def test_what_an_acceptance_rests_on_stays_the_same_however_days_are_told() -> None:
    (finding,) = found(example("visit-in-future"), "visit-in-future")
    noon, number = datetime(2026, 7, 7, 12, tzinfo=UTC), Decimal("57.5")
    resting = replace(finding, facts={"day": noon.date(), "moment": noon, "number": number, "text": "x"})
    written = b"day=7.7.2026\nmoment=7.7.2026 14.00\nnumber=57,5\ntext=x"
    assert basis_of(resting) == hashlib.sha256(written).hexdigest()[:12]


def test_no_number_of_a_person_is_kept_and_another_number_is_another_value() -> None:
    work = example("cpr-date-impossible")
    (finding,) = found(work, "cpr-date-impossible")
    made = accept(work, finding)
    assert made.value.startswith("#")
    assert not set("•") & set(made.value)
    of_family = work.families(finding.location.family)
    raw = next(one.cpr.raw for one in of_family[0].citizens if one.key == finding.location.record)
    work.do(EditValue(finding.location.where, raw.replace("-", "")))
    assert found(work, "cpr-date-impossible") == []
    work.do(EditValue(finding.location.where, f"{raw[:-1]}{(int(raw[-1]) + 2) % 10}"))
    assert len(found(work, "cpr-date-impossible")) == 1


@pytest.mark.parametrize("code", [one.code for one in finding_types().values() if one.rejects or one.asks])
def test_what_rejects_or_waits_is_never_accepted(code: str) -> None:
    finding = Finding(code, Location(Origin("a.csv"), family="F", visit="V"))
    assert not may_be_accepted(finding)
    with pytest.raises(CallFault) as raised:
        accepting(finding, (), "reason", "role", None)
    assert raised.value.key == "accept-not-this"
    forged = Acceptance(code, "F", "V", value=value_of(finding, ()))
    assert sifted((finding,), (forged,), ()).left == (finding,)


@pytest.mark.parametrize(
    ("reason", "role", "key"),
    [
        (" ", "leder", "accept-without-reason"),
        ("x", "", "accept-without-reason"),
        ("se 050520-9996", "leder", "accept-personal"),
        ("x", "SPL 7", "accept-personal"),
    ],
)
def test_a_reason_and_a_role_are_needed_and_no_person(reason: str, role: str, key: str) -> None:
    (finding,) = found(example("size-shrinks"), "size-shrinks")
    with pytest.raises(CallFault) as raised:
        accepting(finding, (), reason, role, None)
    assert raised.value.key == key


def test_of_two_that_are_accepted_each_is_taken_back_alone() -> None:
    work = example("size-shrinks")
    (finding,) = found(work, "size-shrinks")
    first = accept(work, finding)
    again = accepting(finding, (), "andet", "leder", AT)
    work.do(AcceptFindings((again,)))
    assert work.acceptance_of(finding) == again != first
    stray = Acceptance("size-shrinks", "nobody", "V")
    work.do(AcceptFindings((stray,)))
    assert work.journal.accepted == (stray,)
    assert work.findings is not None
    assert work.findings.expired == (stray,)
    work.do(TakeBackAcceptances((stray,)))
    assert work.journal.accepted == ()
