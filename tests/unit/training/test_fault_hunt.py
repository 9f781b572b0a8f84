"""Exports with chosen faults: each kind can be planted and mended, the number draws the same, and mending is judged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.fault_hunts import hunt_paper, hunt_story, kinds_document, result_words, results_lines
from ldbu_desktop.rendering.training import hunt_title, room_lines
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.fault_hunt import FaultChoice, FaultHunt, number_of
from ldbu_desktop.training.mending import Mended
from ldbu_desktop.training.results import read_result
from ldbu_desktop.use_cases.acceptances import accepting_all
from ldbu_desktop.use_cases.fault_hunts import fault_hunt, hunt_results, hunt_work, write_hunt_result
from ldbu_desktop.use_cases.fault_kinds import LAST_NUMBER, MOST_FAULTS, fault_kinds
from ldbu_desktop.use_cases.room_results import room
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.workspace import Workspace
from tests.profiles import each
from tests.unit.training.fault_mending import mend, observations

STANDARD = shipped_standard()
TODAY = date(2026, 1, 5)
KINDS = [kind.code for kind in fault_kinds()]


def hunt_of(*kinds: str, total: int = 0, number: int = 7) -> FaultHunt:
    """An export with one fault of each kind, or so many."""
    return fault_hunt(FaultChoice(kinds, total or len(kinds), number), STANDARD, TODAY)


def work_on(hunt: FaultHunt) -> Workspace:
    """The export, checked."""
    work = hunt_work(hunt, STANDARD)
    work.judge(validate(hunt.journal, STANDARD, TODAY))
    return work


def became(hunt: FaultHunt, work: Workspace) -> list[Mended]:
    """What became of the faults, and what was spoilt."""
    return [one.mended for one in hunt_results(hunt, work)]


def edit(work: Workspace, variable: str, raw: str, *, among: Sequence[str]) -> Where:
    """Write a value over the first of a variable in one of the families."""
    family, visit, one = next(
        (family, visit, one)
        for family in work.journal.families
        if family.key in among
        for visit in family.visits
        for one in visit.observations
        if one.variable.value == variable
    )
    where = Where(family.key, visit.key, one.key, "", variable)
    work.do(EditValue(where, raw))
    return where


@pytest.mark.parametrize("at", each(range(0, len(KINDS), 17), 2))
def test_each_kind_is_found_in_one_family_and_can_be_mended_where_it_stands(at: int) -> None:
    kinds = KINDS[at : at + 17]
    hunt = hunt_of(*kinds)
    assert sorted(fault.code for fault in hunt.faults) == sorted(kinds)
    assert len({fault.family for fault in hunt.faults}) == len(kinds)
    for family, found in hunt.found.items():
        planted = [fault.code for fault in hunt.faults if fault.family == family]
        assert planted == [one.code for one in found if one.code in planted]
        assert bool(found) == bool(planted)
    work = work_on(hunt)
    assert became(hunt, work) == [Mended.LEFT] * len(kinds)
    for number, fault in enumerate(hunt.faults, 1):
        mend(work.do, hunt, fault)
        assert became(hunt, work).count(Mended.MENDED) == number, fault.code
    assert became(hunt, work) == [Mended.MENDED] * len(kinds)
    assert work.all_findings.all == ()


def test_only_faults_in_what_values_say_can_be_chosen() -> None:
    assert len(KINDS) > 60
    assert not [code for code in KINDS if finding_types()[code].severity is Severity.INFO]
    assert not {"duplicate-visit", "cpr-shared", "key-contradicted", "record-unplaced", "questionnaire-on-child"} & {
        *KINDS
    }
    assert [one["code"] for one in kinds_document(fault_kinds())["kinds"]] == KINDS


def test_the_number_draws_the_same_faults_for_everybody() -> None:
    one, same, other = hunt_of(*KINDS, total=5), hunt_of(*KINDS, total=5), hunt_of(*KINDS, total=5, number=8)
    assert one == same
    assert {fault.code for fault in one.faults} != {fault.code for fault in other.faults}
    assert len({one.choice.id, other.choice.id, hunt_of(*KINDS[:9], total=5).choice.id}) == 3
    others = ("barselsbesoeg", "find-faults-x", f"find-faults-{'9' * 5000}", "find-faults-12x")
    assert [number_of(id) for id in (one.choice.id, *others)] == [7, None, None, None, None]
    assert len(one.journal.families) == 8


def test_a_kind_comes_again_where_more_faults_than_kinds_are_chosen() -> None:
    hunt = hunt_of("unit-slip", "cpr-missing", total=5)
    codes = [fault.code for fault in hunt.faults]
    assert sorted([codes.count("unit-slip"), codes.count("cpr-missing")]) == [2, 3]


@pytest.mark.parametrize(
    ("choice", "key"),
    [
        (FaultChoice((), 1, 1), "hunt-unclear"),
        (FaultChoice(("unit-slip",), 0, 1), "hunt-unclear"),
        (FaultChoice(("unit-slip",), MOST_FAULTS + 1, 1), "hunt-unclear"),
        (FaultChoice(("unit-slip",), 1, LAST_NUMBER + 1), "hunt-unclear"),
        (FaultChoice(("duplicate-visit",), 1, 1), "hunt-kind-unknown"),
        (FaultChoice(("unit-slop",), 1, 1), "hunt-kind-unknown"),
    ],
)
def test_what_can_not_be_chosen(choice: FaultChoice, key: str) -> None:
    with pytest.raises(CallFault) as raised:
        fault_hunt(choice, STANDARD, TODAY)
    assert raised.value.key == key


def test_another_way_to_mend_is_as_good() -> None:
    hunt = hunt_of("size-shrinks")
    work, (fault,) = work_on(hunt), hunt.faults
    edit(work, "height", "50", among=[fault.family])
    assert became(hunt, work) == [Mended.MENDED]


def test_a_fault_that_is_changed_and_is_there_still_is_found() -> None:
    hunt = hunt_of("value-implausible")
    work, (fault,) = work_on(hunt), hunt.faults
    for raw in ("95", "hvad", ""):
        edit(work, "head-circumference", raw, among=[fault.family])
        assert became(hunt, work) == [Mended.FOUND]
    work.undo()
    work.undo()
    work.undo()
    assert became(hunt, work) == [Mended.LEFT]


def test_what_was_right_is_spoilt_in_a_family_with_a_fault_or_without() -> None:
    hunt = hunt_of("unit-slip", "cpr-missing", "weight-drop", "visit-type-missing")
    work = work_on(hunt)
    faulty = next(fault for fault in hunt.faults if fault.code == "weight-drop")
    right = [family.key for family in hunt.journal.families if family.key not in {one.family for one in hunt.faults}]
    edit(work, "sleep", "Let forstyrret søvn", among=[faulty.family])
    edit(work, "weight", "34 kg", among=right)
    results = hunt_results(hunt, work)
    assert [one.mended for one in results] == [Mended.LEFT] * 4 + [Mended.SPOILT] * 2
    spoilt = [result_words(one, hunt, STANDARD) for one in results if one.fault is None]
    assert {words.title for words in spoilt} == {"Søvn", "Vægt, Enhed"}
    assert all(words.was == words.right != words.now for words in spoilt)
    mend(work.do, hunt, faulty)
    assert became(hunt, work).count(Mended.MENDED) == 1
    assert became(hunt, work).count(Mended.SPOILT) == 2


def test_the_same_value_written_otherwise_is_not_spoilt() -> None:
    hunt = hunt_of("cpr-missing", "unit-slip")
    work = work_on(hunt)
    fault = next(one for one in hunt.faults if one.code == "unit-slip")
    one = next(iter(observations(next(each for each in hunt.clean if each.key == fault.family)).values()))
    edit(work, one.variable.value or "", f"  {one.value.raw} ", among=[fault.family])
    assert became(hunt, work) == [Mended.LEFT] * 2


def test_to_accept_a_fault_is_not_to_mend_it() -> None:
    hunt = hunt_of("weight-drop")
    work, (fault,) = work_on(hunt), hunt.faults
    work.do(accepting_all(work, [fault.finding], "Sådan er det", "Sundhedsplejerske", datetime(2026, 1, 5, tzinfo=UTC)))
    assert work.findings_at(Where(fault.family)) == ()
    assert became(hunt, work) == [Mended.LEFT]


def test_what_a_room_found_is_added_up(tmp_path: Path) -> None:
    hunt = hunt_of("unit-slip", "cpr-missing")
    for number in range(3):
        work = work_on(hunt)
        for fault in hunt.faults[: 1 + (number == 0)]:
            mend(work.do, hunt, fault)
        write_hunt_result(hunt, hunt_results(hunt, work), tmp_path / f"{number}.ldbusvar")
    assert read_result(tmp_path / "0.ldbusvar").case == hunt.choice.id
    lines = list(room_lines(room([tmp_path]).room, None, STANDARD))
    assert lines[0].startswith(hunt_title(7))
    told = "\n".join(lines)
    assert told.index("2  ikke fundet") < told.index("3  fundet og rettet")
    assert finding_types()[hunt.faults[1].code].title[Language.DANISH] in told


def test_an_export_on_paper_has_what_stands_in_it_a_sheet_to_fill_and_the_key() -> None:
    hunt = hunt_of("unit-slip", "cpr-missing", "variable-unknown", "questionnaire-unknown", "mandatory-missing-guide")
    paper = hunt_paper(hunt, STANDARD)
    export, sheet, key = paper.split("page-break-before")
    assert [sheet.count("<tr>"), key.count("<tr>")] == [1 + 5, 1 + 5]
    for words in ("5250 kg", "Tandstatus", "ASQ", "Samlet score: 6", "Ammeindsats"):
        assert words in export
    assert all(one.finding.code not in paper for one in hunt.faults)
    assert hunt_story(hunt)[0] in export
    lines = list(results_lines(hunt_results(hunt, hunt_work(hunt, STANDARD)), hunt, STANDARD))
    assert len(lines) == 5
    assert any("»kg« → »g«" in line for line in lines)
    assert any("intet → »Alderssvarende motorik«" in line for line in lines)
