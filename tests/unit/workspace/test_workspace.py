"""The open work: whatever is done can be undone and done again, and what is found is what all of it would give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from msgspec.structs import replace

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.editing.change import Change
from ldbu_desktop.editing.operations import (
    AddVisit,
    AnswerField,
    EditValue,
    RemovePeople,
    RemoveVisit,
    Renumber,
)
from ldbu_desktop.faults import CallFault, OutputFault
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.history import FileHistory
from ldbu_desktop.workspace.index import variables_of
from ldbu_desktop.workspace.workspace import Workspace
from tests.unit.casefile.some_journal import PASSPHRASE
from tests.unit.editing.filled_family import (
    CHILD,
    FAMILY,
    NOW,
    PARENT,
    STANDARD,
    START,
    TODAY,
    TWIN,
    codes_of,
    family_of,
    place,
    visit_journal,
    visit_of,
)
from tests.unit.workspace.some_operations import DRAWS, Draw, operation

WEIGHT, SLEEP = place("weight"), place("sleep")


def opened(journal: Journal, *, is_filled: bool = False, file: CaseFile | None = None) -> Workspace:
    """A journal that is open and checked."""
    work = Workspace(lambda: STANDARD, revalidated, journal, is_filled=is_filled, file=file)
    assert work.judge(validate(journal, STANDARD, TODAY))
    return work


def done(work: Workspace, draws: list[Draw]) -> Iterator[tuple[Journal, Change]]:
    """Do it; the journal before each step, and its change. What can't be done is left out."""
    for draw in draws:
        before = work.journal
        try:
            change = work.do(operation(before, draw))
        except CallFault:
            assert work.journal is before
            continue
        yield before, change


def found(findings: Findings | None) -> Counter[str]:
    """Everything that was found."""
    assert findings is not None
    return Counter(map(repr, findings.all))


@given(DRAWS)
def test_whatever_is_done_is_undone_and_done_again(draws: list[Draw]) -> None:
    work = opened(visit_journal())
    first = work.journal
    steps = [before for before, change in done(work, draws) if not change.is_nothing]
    last, after = work.journal, found(work.findings)
    for before in reversed(steps):
        assert work.history.can_undo
        change = work.undo()
        assert change is not None
        assert work.journal is before
    assert (work.journal, work.undo(), work.history.can_undo) == (first, None, False)
    assert found(work.findings) == found(validate(first, STANDARD, TODAY))
    for _ in steps:
        assert work.history.can_redo
        assert work.redo() is not None
    assert work.journal is last
    assert (work.redo(), work.history.can_redo) == (None, False)
    assert found(work.findings) == after


@given(DRAWS)
def test_what_is_found_step_by_step_is_what_all_of_it_gives(draws: list[Draw]) -> None:
    work = opened(visit_journal())
    for _ in done(work, draws):
        whole = validate(work.journal, STANDARD, TODAY)
        assert work.findings is not None
        assert work.findings.all == whole.all
        assert work.findings.counts == whole.counts
        assert work.findings.rejected_count == whole.rejected_count == len(whole.rejected_visits)
        assert dict(work.findings.family_of_visit) == dict(whole.family_of_visit)
        assert work.findings.ready_visits == whole.ready_visits


@given(DRAWS)
def test_a_change_names_what_differs_and_nothing_else(draws: list[Draw]) -> None:
    work = opened(visit_journal())
    for before, change in done(work, draws):
        was, now = ({one.key: one for one in each.families} for each in (before, work.journal))
        assert change.families == {key for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
        visits_before, visits_now = (
            {visit.key: visit for family in each.families for visit in family.visits} for each in (before, work.journal)
        )
        keys = visits_before.keys() | visits_now.keys()
        assert change.visits == {key for key in keys if visits_before.get(key) != visits_now.get(key)}
        same = [*was] == [*now] and [*visits_before] == [*visits_now]
        assert change.is_regrouped is not same
        assert change.is_nothing is (before is work.journal)
        for key, visit in visits_now.items():
            assert work.visit(key) is visit
            assert visit in getattr(work.family_of(key), "visits", ())


def test_what_is_not_there_and_what_says_the_same_changes_nothing() -> None:
    work = opened(visit_journal())
    journal = work.journal
    with pytest.raises(CallFault):
        work.do(EditValue(Where("nobody", "", "nobody", "citizen.cpr"), "1"))
    assert work.do(EditValue(Where(FAMILY, "", CHILD, "citizen.cpr"), "0505209996")).is_nothing
    assert work.journal is journal
    assert not work.history.can_undo
    assert (work.undo(), work.redo()) == (None, None)
    assert len(work.steps.done) == 0


def test_nothing_is_open_before_something_is() -> None:
    work = Workspace(lambda: STANDARD, revalidated)
    assert not work.is_open
    assert work.journal == Journal()
    assert work.standard is STANDARD
    assert (work.family("x"), work.visit("x"), work.family_of("x"), work.visit_count) == (None, None, None, 0)
    assert work.nearest(Where("x", "y")) == WHOLE_JOURNAL
    assert (work.causes(), work.findings_at(), work.state(), work.rejected_visits()) == ((), (), (None, 0), 0)
    assert not work.is_ready("x")
    assert not work.has_contradicted()
    with pytest.raises(ValueError, match="checked"):
        _ = work.deliveries
    assert not work.has_delivered


def test_what_is_done_while_all_is_checked_is_checked_again_by_itself() -> None:
    journal = visit_journal()
    work = Workspace(lambda: STANDARD, revalidated, journal)
    begun = validate(journal, STANDARD, TODAY)
    work.do(AnswerField(WEIGHT, "5250000"))
    assert work.findings is None
    assert work.judge(begun)
    assert work.findings is not None
    assert work.findings.journal is work.journal
    assert work.findings.all == validate(work.journal, STANDARD, TODAY).all != begun.all


def test_findings_from_which_much_differs_by_now_are_not_taken() -> None:
    journal = visit_journal()
    others = tuple(replace(journal.families[0], key=f"{FAMILY}-{number}") for number in range(201))
    work = opened(replace(journal, families=others))
    assert not work.judge(validate(journal, STANDARD, TODAY))


def test_before_the_first_check_work_is_done_and_undone_all_the_same() -> None:
    work = Workspace(lambda: STANDARD, revalidated, visit_journal())
    first = work.journal
    work.do(AnswerField(WEIGHT, "5250"))
    assert work.findings is None
    assert work.undo() == Change(frozenset({FAMILY}), frozenset({WEIGHT.visit}), WEIGHT)
    assert work.journal is first


def test_where_to_look_when_something_is_gone() -> None:
    work = opened(visit_journal())
    visit = visit_of(work.journal).key
    assert work.nearest(Where(FAMILY, visit, "x")) == Where(FAMILY, visit, "x")
    work.do(RemoveVisit(Where(FAMILY, visit)))
    assert work.nearest(Where(FAMILY, visit, "x")) == Where(FAMILY)
    work.do(RemovePeople(Where(FAMILY), frozenset(one.key for one in family_of(work.journal).citizens)))
    assert work.nearest(Where(FAMILY, visit)) == WHOLE_JOURNAL


def test_a_family_with_the_same_number_is_told_of_too() -> None:
    journal = visit_journal()
    other = replace(family_of(journal), key="2-g", visits=(), parenthoods=())
    work = opened(replace(journal, families=(*journal.families, other)))
    change = work.do(EditValue(Where(FAMILY, "", CHILD, "citizen.cpr"), "0605209997"))
    assert (change.families, change.rejudged) == ({FAMILY}, {"2-g"})
    assert change.is_about("2-g")
    assert change.is_about(FAMILY)
    assert not change.is_about("3-h")


def test_what_is_missing_is_quiet_until_it_is_asked_for() -> None:
    work = opened(visit_journal(), is_filled=True)
    visit = visit_of(work.journal).key
    at, of_family = Where(visit=visit), Where(FAMILY)
    assert not work.asks(visit)
    missing = work.findings_at(at)
    assert missing
    assert work.told(missing) == ()
    assert (work.causes(at), work.causes(of_family), work.causes()) == ((), (), ())
    assert work.state(at) == (Severity.INFO, len(missing))
    assert work.state(of_family)[0] is work.state()[0] is Severity.INFO
    assert work.ask(visit, "nobody") == Change(rejudged=frozenset({FAMILY}))
    assert work.ask(FAMILY).is_about(FAMILY)
    assert work.told(missing) == missing
    assert work.causes(at)
    assert work.state(at)[0] is Severity.REJECTED
    work.do(AnswerField(WEIGHT, "zzz"))
    assert work.state(of_family)[0] is Severity.REJECTED


def test_how_it_stands() -> None:
    work = opened(visit_journal())
    visit = visit_of(work.journal).key
    at = Where(visit=visit)
    assert work.state(at) == work.state(Where(FAMILY)) == work.state()
    assert work.state()[0] is Severity.REJECTED
    assert work.causes() == work.causes(Where(FAMILY))
    assert work.rejected_visits() == work.rejected_visits(FAMILY) == 1
    assert work.rejected_visits("nobody") == 0
    assert not work.is_ready(visit)
    assert not work.has_contradicted()
    work.do(AnswerField(WEIGHT, "zzz"))
    record = visit_of(work.journal).observations[0].key
    assert work.severity_at(visit, record) is Severity.REJECTED
    assert work.severity_at(visit, "x") is None
    work.do(AnswerField(WEIGHT._replace(field="observation.missing-reason"), "unknown"))
    assert work.has_contradicted()


# --- kept in a case file


@pytest.fixture
def file(tmp_path: Path) -> Iterator[CaseFile]:
    """A case file with a visit."""
    made = CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, visit_journal())
    yield made
    made.close(leave_unsaved=True)


def saved(work: Workspace) -> None:
    """Let what was done be a step of its own."""
    assert work.file_history is not None
    work.file_history.save()


def test_a_case_file_remembers_the_way_back(file: CaseFile) -> None:
    work = opened(file.journal, is_filled=True, file=file)
    history, first = work.file_history, work.journal
    assert isinstance(history, FileHistory)
    assert work.history is history
    work.do(AnswerField(WEIGHT, "5250"))
    assert history.is_waiting
    assert (history.can_undo, history.can_redo) == (True, False)
    history.save()
    assert not history.is_waiting
    assert file.to_undo is not None
    assert file.to_undo.label == "weight"
    work.do(AnswerField(place("visit.class"), "AMB"))
    change = work.undo()
    assert change is not None
    assert (change.families, change.where) == ({FAMILY}, Where(FAMILY, WEIGHT.visit))
    change = work.undo()
    assert change is not None
    assert change.where == Where(FAMILY, WEIGHT.visit, f"{WEIGHT.visit}/weight", "", "weight")
    assert work.journal == first
    assert (work.undo(), history.can_redo) == (None, True)
    assert work.redo() is not None
    assert work.redo() is not None
    assert work.redo() is None
    history.save()


def test_what_can_not_be_saved_waits(file: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    work = opened(file.journal, is_filled=True, file=file)
    history = work.file_history
    assert history is not None

    def full(*_: object) -> None:
        raise OutputFault("output-disk-full", file="sag.ldbu")

    work.do(AnswerField(WEIGHT, "5250"))
    with monkeypatch.context() as patch:
        patch.setattr(Database, "transaction", full)
        with pytest.raises(OutputFault):
            work.undo()
    assert answered_weight(work.journal)
    assert not file.is_saved
    history.save()
    assert file.is_saved
    assert file.journal == work.journal


def answered_weight(journal: Journal) -> bool:
    """Whether the visit has a weight."""
    return any(one.variable.value == "weight" for one in visit_of(journal).observations)


def test_what_was_delivered_is_corrected_asked_about_and_never_just_gone(file: CaseFile) -> None:
    work = opened(file.journal, is_filled=True, file=file)
    work.do(AnswerField(SLEEP, codes_of("sleep")[0]))
    number = Where(FAMILY, "", CHILD, "citizen.cpr")
    assert not work.must_ask_about(number, "0605209997")
    work.deliveries.remember([SLEEP.visit], NOW)
    saved(work)
    assert work.has_delivered
    assert work.must_ask_about(number, "0605209997")
    assert not work.must_ask_about(number, "050520-9996")
    assert not work.must_ask_about(number._replace(field="citizen.organisation"), "1")
    assert work.recorded_about(FAMILY, [CHILD]) == (1, 1, 2, 0)
    before = work.journal
    change = work.do(RemoveVisit(Where(FAMILY, SLEEP.visit)))
    assert change.where == Where(FAMILY, SLEEP.visit)
    assert visit_of(work.journal).status.value == "entered-in-error"
    assert not work.has_lost(before, change)
    work.undo()
    assert not work.has_lost(work.journal, change)
    now = work.journal
    undone = work.undo()
    assert undone is not None
    assert work.has_lost(now, undone)
    work.redo()
    saved(work)
    renumbered = work.do(Renumber(number, "0605209997"))
    assert renumbered.is_regrouped
    assert len(family_of(work.journal).visits) == 2
    awaiting = work.deliveries
    told = awaiting.awaiting(NOW, only_new=True, send_anyway=False)
    assert len(told.ready | told.rejected | told.unfinished) == 2
    assert awaiting.awaiting(NOW, only_new=False, send_anyway=False) == told


def test_nothing_is_known_of_deliveries_before_it_is_checked(file: CaseFile) -> None:
    work = Workspace(lambda: STANDARD, revalidated, file.journal, file=file)
    with pytest.raises(ValueError, match="checked"):
        _ = work.deliveries
    assert not work.has_delivered
    work.do(AddVisit(Where(FAMILY, subject=TWIN), "2-months", START))
    assert not work.delivered.has_visit(visit_of(work.journal).key)
    assert not work.has_lost(file.journal, Change(frozenset({FAMILY})))
    assert not work.must_ask_about(Where(FAMILY, "", PARENT, "citizen.cpr"), "0101909995")


@given(DRAWS)
def test_what_is_observed_anywhere_is_known_after_each_step(draws: list[Draw]) -> None:
    work = opened(visit_journal())
    assert work.index.variables == variables_of(family_of(work.journal).visits)
    for _ in done(work, draws):
        assert work.index.variables >= variables_of(family_of(work.journal).visits)


def test_what_is_observed_is_known_where_families_of_several_files_have_one_key() -> None:
    family = family_of(visit_journal())
    work = opened(Journal(families=(family, family)))
    assert "sleep" not in work.index.variables
    work.do(AnswerField(SLEEP, "1"))
    assert "sleep" in work.index.variables
