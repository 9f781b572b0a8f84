"""A family that is filled, delivered, corrected and delivered again: every report is right after those before it.

The stories are those of KL's note on correcting errors. Each goes through form, case file and export; the written
reports are held against the rules of the note, read from the reports alone, and against our own conformance.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.editing.operations import (
    AddPeriod,
    AddVisit,
    AnswerField,
    ContinueIntervention,
    EditValue,
    EndIntervention,
    EndPeriods,
    MoveVisit,
    Operation,
    RemovePeople,
    RemoveVisit,
    Renumber,
)
from ldbu_desktop.editing.periods import Ending
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.preview import preview
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.workspace import Workspace
from tests.delivery_histories.checking import found_in
from tests.history_rules import Json, broken, is_void, resources
from tests.unit.editing.filled_family import (
    CHILD,
    CPRS,
    FAMILY,
    PARENT,
    STANDARD,
    START,
    TODAY,
    TWIN,
    codes_of,
    family_journal,
    place,
    visited,
    with_answers,
)

KEPT = os.environ.get("LDBU_KEEP_REPORTS", "")
"""A folder to which the reports are written too, for the official validator to judge."""

VISIT, FOLLOWING = f"{CHILD}/2-months/2020-07-07", f"{CHILD}/infant-need-based/2020-07-20"
VALUES = {"weight": "5250", "height": "57,5", "head-circumference": "39"}
ASKED = (
    "weight", "height", "head-circumference", "feeding", "social-interaction", "parent-relationship",
    "communication", "sleep", "motor-function",
)  # fmt: skip
SLEEP, MENTAL, WEIGHT = place("sleep"), place("parent-mental-status", PARENT), place("weight")
PLAN = place("intervention.code")
EPDS = place("", PARENT, questionnaire="epds")
NOW = datetime(2020, 12, 1, 3, tzinfo=UTC)


NAME, PASSPHRASE = "sag.ldbu", "fire ord er nok"


class Sent(NamedTuple):
    """The reports of a delivery, and how many resources of each type are voided, new and otherwise changed in them."""

    reports: list[Json]
    voided: dict[str, int]
    new: dict[str, int]
    changed: dict[str, int]


NOTHING = Sent([], {}, {}, {})


def as_version_2(path: Path, unknown: str) -> None:
    """Make of a case file one that remembers hashes of what was sent, as version 2 of the tables did."""
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), path.name)
    sent = database.execute("SELECT visit, id, said FROM sent_resource")
    told = (
        (visit, name, hashlib.sha256(said + name.encode() * (name == unknown)).hexdigest())
        for visit, name, said in sent
    )
    database.execute_many("INSERT INTO delivered_resource VALUES (?, ?, ?)", told)
    database.execute("DROP TABLE sent_resource")
    database.execute("DROP TABLE log_state")
    database.execute("ALTER TABLE piece DROP COLUMN checksum")
    database.execute("PRAGMA user_version = 2")
    database.close()


class Bench:
    """A case file that is open, and what was delivered of it report by report."""

    def __init__(self, folder: Path, journal: Journal | None = None) -> None:
        self.folder, self.path = folder, folder / NAME
        made = journal and CaseFile.create(self.path, PASSPHRASE, journal)
        self.work = self._opened(made or CaseFile.open(self.path, PASSPHRASE))
        self.history: list[Json] = []
        self.deliveries = 0
        self.repeats = False

    @staticmethod
    def _opened(file: CaseFile) -> Workspace:
        work = Workspace(lambda: STANDARD, revalidated, file.journal, is_filled=True, file=file)
        assert work.judge(validate(file.journal, STANDARD, TODAY))
        return work

    def do(self, *operations: Operation) -> None:
        """Do something, and save it."""
        for operation in operations:
            self.work.do(operation)
            assert self.work.file_history is not None
            self.work.file_history.save()

    def answer(self, *answers: tuple[Where, str]) -> None:
        """Answer in the form."""
        self.do(*(AnswerField(at, raw) for at, raw in answers))

    def open_again(self, *, of_version_2: bool = False, unknown: str = "") -> None:
        """Close the case file and open it; perhaps as version 2 had it, in which ``unknown`` is of no known state."""
        file = self.work.file
        assert file is not None
        file.close()
        if of_version_2:
            as_version_2(file.path, unknown)
        self.work = self._opened(CaseFile.open(self.path, PASSPHRASE))

    def deliver(self, *, only_new: bool = True, repeats: bool = False, **options: object) -> Sent:
        """Deliver; what was written, which is right by itself and after all that was before.

        It ``repeats`` where somebody asks for all again, or what was sent before is not known.
        """
        self.deliveries += 1
        into = self.folder / f"{self.deliveries}"
        now = NOW + timedelta(days=self.deliveries)
        receipt = export(self.work.deliveries, into, ExportOptions(**options), now, only_new=only_new)  # type: ignore[arg-type]
        assert receipt.left_out == ()
        paths = sorted(path for path in into.glob("*.json") if not path.name.startswith("kvittering"))
        engine = engine_for(STANDARD)
        for path in paths:
            assert [error.code for error in engine.check(path.read_bytes()).errors] == []
            if KEPT:
                Path(KEPT, f"{self.folder.name}-{self.deliveries}-{path.name}").write_bytes(path.read_bytes())
        reports = [report for path in paths for report in _reports(json.loads(path.read_bytes()))]
        latest = {one["id"]: one for report in self.history for one in resources(report)}
        self.history += reports
        assert broken(self.history) == []
        self.repeats = self.repeats or repeats or not only_new
        assert {one.code for one in found_in(self.history)} <= ({"history-report-repeated"} if self.repeats else set())
        told = {one["id"]: one for report in reports for one in resources(report)}.items()
        changed = [(name, one) for name, one in told if one != latest.get(name)]
        return Sent(
            reports,
            Counter(one["resourceType"] for _, one in changed if is_void(one)),
            Counter(one["resourceType"] for name, one in changed if name not in latest),
            Counter(one["resourceType"] for name, one in changed if name in latest and not is_void(one)),
        )


def _reports(read: Json) -> list[Json]:
    """A report, or those of an incremental delivery."""
    inner = [entry["resource"] for entry in read["entry"]]
    return inner if all(one["resourceType"] == "Bundle" for one in inner) else [read]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of case files are made in no time."""
    monkeypatch.setattr(key, "ROUNDS", 100)


@cache
def beginning() -> bytes:
    """The case file of a visit with answers of every kind, and of one that goes on with its intervention."""
    with TemporaryDirectory() as folder:
        bench = filled(Path(folder))
        assert bench.work.file is not None
        bench.work.file.close()
        return bench.path.read_bytes()


def filled(folder: Path) -> Bench:
    """Work with what :func:`beginning` says, filled and saved step by step."""
    journal, _ = visited(family_journal())
    bench = Bench(folder, journal)
    bench.answer(
        *((place(asked), VALUES.get(asked) or codes_of(asked)[0]) for asked in ASKED),
        (MENTAL, codes_of("parent-mental-status")[0]),
        (PLAN, codes_of("intervention.code")[0]),
        *((EPDS._replace(link_id=item.link_id), "1") for item in STANDARD.questionnaire["epds"].items[:10]),
    )
    bench.do(AddVisit(Where(FAMILY, subject=CHILD), "infant-need-based", START + timedelta(days=13), "HH"))
    bench.do(ContinueIntervention(Where(FAMILY, FOLLOWING, plan_of(bench))))
    return bench


@pytest.fixture
def bench(tmp_path: Path, quick: None) -> Iterator[Bench]:
    """A visit with answers of every kind, and one that goes on with its intervention; both are delivered."""
    (tmp_path / NAME).write_bytes(beginning())
    bench = Bench(tmp_path)
    assert len(bench.deliver().reports) == 2
    yield bench
    assert bench.deliver() == NOTHING
    bench.open_again()
    assert bench.deliver() == NOTHING
    assert bench.work.file is not None
    bench.work.file.close()


def plan_of(bench: Bench) -> str:
    """The key of the intervention."""
    return bench.work.journal.families[0].visits[0].interventions[0].key


def visit_at(bench: Bench, number: int = 0) -> Where:
    """The place of a visit."""
    return Where(FAMILY, bench.work.journal.families[0].visits[number].key)


CHILDS = len(ASKED)
"""The child's observations at the visit; one more is the parent's, which refers to no visit."""


# --- a: a wrong value


def test_a_wrong_value_is_voided_and_told_anew(bench: Bench) -> None:
    bench.answer((WEIGHT, "5260"))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"Observation": 1}, {"Observation": 1}, {})
    weights = [
        one for one in resources(sent.reports[0]) if "valueQuantity" in one and one["valueQuantity"]["unit"] == "g"
    ]
    assert {(one["status"], one["valueQuantity"]["value"]) for one in weights} == {
        ("entered-in-error", 5250),
        ("final", 5260),
    }


def test_what_is_seen_beforehand_is_what_is_sent(bench: Bench) -> None:
    def seen() -> list[tuple[str, str, object]]:
        told = preview(bench.work.journal, STANDARD, VISIT, NOW, ledger=bench.work.ledger)
        return sorted((one["id"], one.get("status", ""), str(one)) for one in resources(json.loads(told.text)))

    bench.answer((WEIGHT, "5260"))
    before = seen()
    assert [status for _, status, _ in before].count("entered-in-error") == 1
    assert [(one, status) for one, status, _ in before] == sorted(
        (one["id"], one.get("status", "")) for one in resources(bench.deliver().reports[0])
    )
    assert "entered-in-error" not in {status for _, status, _ in seen()}


def test_a_correction_is_corrected(bench: Bench) -> None:
    for grams in ("5260", "5270", "5250"):
        bench.answer((WEIGHT, grams))
        sent = bench.deliver()
        assert (sent.voided, sent.new, sent.changed) == ({"Observation": 1}, {"Observation": 1}, {})
    ids = {one["id"] for report in bench.history for one in resources(report) if "valueQuantity" in one}
    assert len(ids) == 3 + 3


def test_what_is_changed_and_changed_back_before_a_delivery_is_nothing_new(bench: Bench) -> None:
    bench.answer((WEIGHT, "5260"), (WEIGHT, "5250"))
    assert bench.deliver() == NOTHING


def test_an_answer_is_withdrawn_after_it_was_corrected_and_given_again(bench: Bench) -> None:
    finding = place("exam-result")
    bench.answer((finding, codes_of("exam-result")[0]))
    assert bench.deliver().new == {"Observation": 1}
    for _ in range(2):
        (known,) = [
            one
            for one in bench.work.journal.families[0].visits[0].observations
            if one.variable.value == "exam-result" and one.status.value == "final"
        ]
        bench.answer((finding._replace(record=known.key), ""))
        sent = bench.deliver()
        assert (sent.voided, sent.new, sent.changed) == ({"Observation": 1}, {}, {})
        bench.answer((finding, codes_of("exam-result")[0]))
        assert bench.deliver().new == {"Observation": 1}


def test_an_answer_that_was_edited_and_then_withdrawn_is_voided_as_it_was_sent(bench: Bench) -> None:
    bench.answer((WEIGHT, "5260"))
    bench.do(RemoveVisit(visit_at(bench)))
    sent = bench.deliver()
    assert sent.voided == {"Encounter": 1, "Observation": CHILDS + 1, "QuestionnaireResponse": 1, "CarePlan": 1}
    assert sent.new == {}


def test_a_response_is_voided_and_told_anew(bench: Bench) -> None:
    bench.answer((EPDS._replace(link_id=STANDARD.questionnaire["epds"].items[0].link_id), "2"))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"QuestionnaireResponse": 1}, {"QuestionnaireResponse": 1}, {})


# --- b and c: a visit's date and type


def test_a_wrong_day_is_told_anew_with_all_that_hangs_on_it(bench: Bench) -> None:
    bench.answer((place("visit.start", ""), "08-07-2020 10:00"))
    sent = bench.deliver()
    told_anew = {"Encounter": 1, "Observation": CHILDS + 1, "QuestionnaireResponse": 1}
    assert (sent.voided, sent.new, sent.changed) == (told_anew, told_anew, {"CarePlan": 1})


def test_a_wrong_type_is_told_anew_with_what_refers_to_the_visit(bench: Bench) -> None:
    code = next(one.code for one in STANDARD.visit_types if one.id == "infant-preventive")
    bench.answer((place("visit.type", ""), code))
    sent = bench.deliver()
    told_anew = {"Encounter": 1, "Observation": CHILDS}
    assert (sent.voided, sent.new, sent.changed) == (told_anew, told_anew, {})


def test_a_visit_that_was_planned_is_told_again_under_its_id(bench: Bench) -> None:
    bench.do(AddVisit(Where(FAMILY, subject=CHILD), "infant-preventive", START + timedelta(days=30), "HH"))
    bench.answer((place("visit.status", "", visit=visit_at(bench, 2).visit), "planned"))
    first = bench.deliver()
    bench.answer((place("visit.status", "", visit=visit_at(bench, 2).visit), "finished"))
    second = bench.deliver()
    assert (first.new, second.new) in (({"Encounter": 1}, {}), ({}, {"Encounter": 1}))
    assert second.voided == {}


def test_an_end_that_is_added_to_a_finished_visit_is_a_correction(bench: Bench) -> None:
    bench.answer((place("visit.end", "", visit=FOLLOWING), "20-07-2020 14:00"))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"Encounter": 1}, {"Encounter": 1}, {})


# --- d and e: another citizen


def test_a_visit_with_the_wrong_twin(bench: Bench) -> None:
    bench.do(MoveVisit(visit_at(bench)._replace(subject=TWIN)))
    sent = bench.deliver()
    assert sent.voided == {"Encounter": 1, "Observation": CHILDS + 1, "QuestionnaireResponse": 1, "CarePlan": 1}
    assert sent.new["Encounter"] >= 1
    assert sent.new["Observation"] == CHILDS + 1


@pytest.mark.parametrize("is_asked", [True, False])
def test_a_wrong_number(bench: Bench, is_asked: bool) -> None:
    right = "060520-9997"
    where = Where(FAMILY, "", CHILD, "citizen.cpr")
    bench.do(Renumber(where, right) if is_asked else EditValue(where, right))
    sent = bench.deliver()
    assert sent.voided["Encounter"] == sent.new["Encounter"] == 2
    assert sent.voided["CarePlan"] == sent.new["CarePlan"] == 1
    assert sent.voided["RelatedPerson"] == sent.new["RelatedPerson"]
    latest = {f"{one['resourceType']}/{one['id']}": one for report in bench.history for one in resources(report)}
    (old,) = [name for name, one in latest.items() if one.get("identifier", [{}])[0].get("value") == CPRS[CHILD]]
    assert latest[old]["active"] is not False
    left = [
        one
        for one in latest.values()
        if not is_void(one) and old in (one.get(part, {}).get("reference") for part in ("subject", "patient"))
    ]
    assert left == []


# --- f, g and h: interventions


def test_an_intervention_that_ends_is_told_again_under_its_id(bench: Bench) -> None:
    bench.do(EndIntervention(Where(FAMILY, FOLLOWING, plan_of(bench))))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({}, {}, {"CarePlan": 1})


def test_with_another_code_it_is_another_intervention(bench: Bench) -> None:
    bench.answer((PLAN._replace(record=plan_of(bench)), codes_of("intervention.code")[1]))
    sent = bench.deliver()
    told_anew = {"CarePlan": 1, "Encounter": 1}
    assert (sent.voided, sent.new, sent.changed) == (told_anew, told_anew, {})


def test_an_intervention_that_never_was(bench: Bench) -> None:
    bench.answer((PLAN._replace(record=plan_of(bench)), ""))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"CarePlan": 1}, {}, {"Encounter": 1})


def test_a_visit_that_was_no_part_of_an_intervention(bench: Bench) -> None:
    bench.do(ContinueIntervention(Where(FAMILY, FOLLOWING, plan_of(bench)), goes_on=False))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"Encounter": 1}, {"Encounter": 1}, {})


# --- i and j: what was late, and a parent


def test_what_was_missing_is_told_when_it_is_known(bench: Bench) -> None:
    reason = SLEEP._replace(field="observation.missing-reason")
    bench.answer((reason, "unknown"))
    first = bench.deliver()
    assert (first.voided, first.new) == ({"Observation": 1}, {"Observation": 1})
    bench.answer((SLEEP, codes_of("sleep")[1]))
    second = bench.deliver()
    assert (second.voided, second.new, second.changed) == ({"Observation": 1}, {"Observation": 1}, {})


def test_a_feeding_period_ends_under_its_id(bench: Bench) -> None:
    feeding = place("feeding")
    bench.do(AddPeriod(feeding, codes_of("feeding")[1], "01-06-2020", ""))
    assert bench.deliver().new == {"Observation": 1}
    (period,) = [one for one in bench.work.journal.families[0].visits[0].observations if one.is_period]
    bench.do(EndPeriods(feeding, (Ending(feeding._replace(record=period.key), START),)))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({}, {}, {"Observation": 1})


def test_a_visit_with_a_parent_that_was_told_of_the_child(bench: Bench) -> None:
    bench.do(MoveVisit(visit_at(bench, 1)._replace(subject=PARENT)))
    sent = bench.deliver()
    assert sent.voided == {"Encounter": 1}
    assert sent.new["Encounter"] == 1


# --- several visits in one delivery


def test_a_citizen_of_another_organisation_is_told_once(bench: Bench) -> None:
    bench.do(EditValue(Where(FAMILY, "", CHILD, "citizen.organisation"), "451000016999"))
    sent = bench.deliver()
    assert (len(sent.reports), sent.voided, sent.new, sent.changed) == (1, {}, {}, {"Patient": 1})


def test_each_report_of_a_delivery_has_a_time_of_its_own(bench: Bench) -> None:
    sent = bench.deliver(only_new=False)
    times = [report["timestamp"] for report in sent.reports]
    assert sorted(times) == ["2020-12-03T03:00:00.001Z", "2020-12-03T03:00:00Z"]


# --- the way back


def test_what_is_undone_after_its_delivery_is_voided(bench: Bench) -> None:
    bench.answer((WEIGHT, "5260"))
    bench.do(AddVisit(Where(FAMILY, subject=CHILD), "infant-preventive", START + timedelta(days=30), "HH"))
    assert bench.deliver().new == {"Observation": 1, "Encounter": 1}
    bench.work.undo()
    assert bench.deliver().voided == {"Encounter": 1}
    bench.work.undo()
    sent = bench.deliver()
    assert (sent.voided, sent.new) == ({"Observation": 1}, {"Observation": 1})
    bench.work.redo()
    bench.work.redo()
    sent = bench.deliver()
    assert (sent.voided, sent.new) == ({"Observation": 1}, {"Observation": 1, "Encounter": 1})


def test_a_withdrawal_that_is_undone_after_its_delivery_is_told_anew(bench: Bench) -> None:
    bench.do(RemoveVisit(Where(FAMILY, FOLLOWING)))
    assert bench.deliver().voided == {"Encounter": 1}
    bench.work.undo()
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({}, {"Encounter": 1}, {})


def test_a_family_entered_by_mistake(bench: Bench) -> None:
    everybody = RemovePeople(Where(FAMILY), frozenset(CPRS))
    bench.do(everybody)
    sent = bench.deliver()
    assert sent.voided["Encounter"] == 2
    assert sent.new == {}
    bench.do(everybody)
    assert bench.work.journal.families == ()
    assert {*bench.deliver().voided} <= {"RelatedPerson"}


def test_what_was_recorded_at_a_visit_that_is_entered_in_error_is_voided_with_it(bench: Bench) -> None:
    bench.answer((place("visit.status", ""), "entered-in-error"))
    sent = bench.deliver()
    assert sent.voided == {"Encounter": 1, "Observation": CHILDS + 1, "QuestionnaireResponse": 1, "CarePlan": 1}
    assert (sent.new, sent.changed) == ({}, {"Encounter": 1})


def test_what_was_withdrawn_before_it_was_ever_sent_is_nobody_elses_business(bench: Bench) -> None:
    bench.do(AddVisit(Where(FAMILY, subject=CHILD), "infant-preventive", START + timedelta(days=30), "HH"))
    at = visit_at(bench, 2).visit
    bench.answer((place("visit.status", "", visit=at), "entered-in-error"))
    assert bench.deliver() == NOTHING


def test_what_was_never_sent_goes_with_its_visit_in_silence(bench: Bench) -> None:
    bench.answer((place("exam-result"), codes_of("exam-result")[0]))
    bench.do(RemoveVisit(visit_at(bench)))
    sent = bench.deliver()
    assert sent.voided["Encounter"] == 1
    assert sent.new == {}


def test_reports_that_were_read_are_corrected_in_reports_of_their_own(tmp_path: Path, quick: None) -> None:
    journal, visit = visited(family_journal(), "infant-preventive")
    journal = with_answers(journal, (place("sleep", visit=visit), codes_of("sleep")[0]))
    built = ReportWriter(journal, STANDARD, NOW).report(journal.families[0].visits)
    read = read_journal([BundleText("a.json", json_text(built.bundle))], STANDARD)
    bench = Bench(tmp_path, read)
    assert [report["id"] for report in bench.deliver().reports] == [built.id]
    family, one = read.families[0], read.families[0].visits[0]
    bench.do(EditValue(Where(family.key, one.key, one.observations[0].key, "", "sleep"), codes_of("sleep")[1]))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"Observation": 1}, {"Observation": 1}, {})
    assert bench.work.file is not None
    bench.work.file.close()


# --- a case file of an older version, which remembers hashes


def test_what_an_older_version_delivered_is_nothing_new(bench: Bench) -> None:
    bench.open_again(of_version_2=True)
    assert bench.deliver() == NOTHING
    bench.answer((WEIGHT, "5260"))
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"Observation": 1}, {"Observation": 1}, {})


def test_what_was_changed_since_an_older_version_delivered_it_is_voided_as_it_was_sent(bench: Bench) -> None:
    bench.answer((WEIGHT, "5260"), (SLEEP, codes_of("sleep")[1]))
    bench.open_again(of_version_2=True)
    sent = bench.deliver()
    assert (sent.voided, sent.new, sent.changed) == ({"Observation": 2}, {"Observation": 2}, {})


def test_an_edit_is_the_first_thing_that_is_done_to_an_older_case_file(bench: Bench) -> None:
    bench.open_again(of_version_2=True)
    bench.do(RemoveVisit(Where(FAMILY, FOLLOWING)))
    assert bench.deliver().voided == {"Encounter": 1}


def test_what_nobody_knows_any_more_is_told_again_under_its_id(bench: Bench) -> None:
    weight = next(
        one
        for one in resources(bench.history[0]) + resources(bench.history[1])
        if one.get("valueQuantity", {}).get("unit") == "g"
    )
    bench.open_again(of_version_2=True, unknown=weight["id"])
    sent = bench.deliver(repeats=True)
    assert (sent.voided, sent.new, sent.changed) == ({}, {}, {})
    assert len(sent.reports) == 1
    bench.answer((WEIGHT, "5260"))
    assert bench.deliver().voided == {"Observation": 1}


def test_what_nobody_knows_any_more_is_withdrawn_as_the_journal_has_it(bench: Bench) -> None:
    visit = next(
        one
        for one in resources(bench.history[0]) + resources(bench.history[1])
        if one.get("period", {}).get("start", "").startswith("2020-07-20") and one["resourceType"] == "Encounter"
    )
    bench.open_again(of_version_2=True, unknown=visit["id"])
    bench.do(RemoveVisit(Where(FAMILY, FOLLOWING)))
    assert bench.deliver().voided == {"Encounter": 1}


# --- how it is delivered


@pytest.mark.parametrize("options", [{"report": "child"}, {"incremental": True}, {"layout": "compact"}])
def test_in_every_form_of_delivery(bench: Bench, options: dict[str, object]) -> None:
    bench.answer(
        (place("visit.start", ""), "08-07-2020 10:00"),
        (PLAN._replace(record=plan_of(bench)), codes_of("intervention.code")[1]),
    )
    sent = bench.deliver(**options)
    told_anew = {"Encounter": 2, "Observation": CHILDS + 1, "QuestionnaireResponse": 1, "CarePlan": 1}
    assert (sent.voided, sent.new, sent.changed) == (told_anew, told_anew, {})


def test_all_that_stands_may_be_sent_again_in_reports_of_their_own(bench: Bench) -> None:
    bench.do(RemoveVisit(Where(FAMILY, FOLLOWING)))
    bench.deliver()
    sent = bench.deliver(only_new=False)
    assert (sent.voided, sent.new, sent.changed) == ({}, {}, {})
    assert len(sent.reports) == 1
