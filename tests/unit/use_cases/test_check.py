"""Checking many reports: their order, faults of single ones, several processes, stopping."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from ctypes import c_int
from functools import partial
from multiprocessing import Pipe, active_children
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest

from ldbu_desktop.conformance import processes
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import CheckedReport, ConformanceFinding, ReportTally, Verdict
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.faults import Cancelled, CatalogueFault, Fault
from ldbu_desktop.findings.model import Follower
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases import check as checking
from ldbu_desktop.use_cases.check import FEW
from ldbu_desktop.use_cases.check import check as check_against
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.work import Cancellation, Step

check = partial(check_against, standard=shipped_standard())
REAL_WORK = processes.work
FATAL = b"ends the process"
BROKEN = b"breaks the engine"
HUGE = b"fills the memory"
SLOW = b"takes its time"
WAITS = b"waits "


def wrong(data: bytes) -> Verdict:
    """A stand-in for the engine: what it says depends on what the report says."""
    if data == FATAL:
        os.kill(os.getpid(), signal.SIGKILL)
    if data == BROKEN:
        raise ZeroDivisionError("0505209996")
    if data == HUGE:
        raise MemoryError
    if data == SLOW:
        sleep(0.3)
    if data.startswith(WAITS):
        Path(os.fsdecode(data.removeprefix(WAITS))).write_text(str(os.getpid()))
        sleep(60)
    if b"wrong" in data:
        error = conformance_finding("obs-1", "Bundle.entry[0]", ("entry", 0), "invariant").moved(2, 1)
        return Verdict((error,))
    return Verdict()


def work_with_stand_in(connection: Connection[Any, Any], begun: c_int, make_engine: processes.MakeEngine) -> None:
    Engine.check = lambda self, data: wrong(data)  # type: ignore[method-assign]
    REAL_WORK(connection, begun, make_engine)


def work_that_ends_at_once(connection: Connection[Any, Any], begun: c_int, make_engine: processes.MakeEngine) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stand-in in this process and, as its processes start anew, in those too."""
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[3]))
    monkeypatch.setattr(Engine, "check", lambda self, data: wrong(data))
    monkeypatch.setattr(processes, "work", work_with_stand_in)


def folder(place: Path, texts: list[bytes]) -> Path:
    for number, text in enumerate(texts):
        (place / f"{number:04}.json").write_bytes(text)
    return place


def test_tells_each_report_in_order(tmp_path: Path) -> None:
    found = list(check([folder(tmp_path, [b"right", b"wrong", b"right"])], jobs=1))
    assert [(one.file, one.is_valid) for one in found] == [
        ("0000.json", True),
        ("0001.json", False),
        ("0002.json", True),
    ]


def test_several_processes_say_the_same_in_the_same_order(tmp_path: Path) -> None:
    texts = [b"wrong" if number % 3 else b"right" for number in range(200)]
    place = folder(tmp_path, texts)
    alone = list(check([place], jobs=1))
    assert list(check([place], jobs=3)) == alone
    assert list(check([place], jobs=2, aside=True)) == alone


def test_the_calling_process_goes_on_while_another_is_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "BATCH_REPORTS", 1)
    monkeypatch.setattr(processes, "MOST_IN_FLIGHT", 4)
    place = folder(tmp_path, [SLOW, *[b"wrong"] * 20])
    assert [one.is_valid for one in check([place], jobs=2)] == [True] + [False] * 20


def test_many_reports_start_processes_and_few_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "FEW", 3)
    asked: list[int | None] = []

    def noted(
        texts: Any, make_engine: processes.MakeEngine, jobs: int | None, cancellation: Cancellation, engine: Any
    ) -> Any:
        asked.append(jobs)
        return (CheckedReport(text.file, Verdict()) for text in texts)

    monkeypatch.setattr(processes, "check_in_processes", noted)
    assert len(list(check([folder(tmp_path, [b"right"] * 2)]))) == 2
    assert asked == []
    assert len(list(check([folder(tmp_path, [b"right"] * 5)]))) == 5
    assert asked == [None]
    made_ready: list[bool] = []
    monkeypatch.setattr(processes, "make_ready", lambda: made_ready.append(True))
    assert len(list(check([tmp_path], aside=True))) == 5
    assert (asked, made_ready) == ([None, None], [True])
    assert FEW > 100


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(("text", "key"), [(BROKEN, "check-failed"), (HUGE, "check-too-large")])
def test_a_report_that_can_not_be_checked_is_told_and_the_rest_checked(
    tmp_path: Path, jobs: int, text: bytes, key: str
) -> None:
    found = list(check([folder(tmp_path, [b"right", text, b"wrong"])], jobs=jobs))
    assert [(one.fault and one.fault.key, one.is_valid) for one in found] == [(None, True), (key, False), (None, False)]
    assert "0505209996" not in str(found[1].fault)


def test_a_report_alone_that_ends_a_process_is_named(tmp_path: Path) -> None:
    (found,) = check([folder(tmp_path, [FATAL])], jobs=2, aside=True)
    assert found.fault
    assert found.fault.facts == {"file": "0000.json"}


def test_the_report_that_ends_a_process_is_named(tmp_path: Path) -> None:
    texts = [b"right"] * 100
    texts[5] = texts[77] = FATAL
    found = list(check([folder(tmp_path, texts)], jobs=2, aside=True))
    assert len(found) == 100
    assert [one.file for one in found if one.fault] == ["0005.json", "0077.json"]
    assert {one.fault.key for one in found if one.fault} == {"check-ended-process"}
    assert [one.file for one in found] == sorted(one.file for one in found)


def test_reports_that_end_one_process_after_another_are_named_each(tmp_path: Path) -> None:
    found = list(check([folder(tmp_path, [b"wrong", *[FATAL] * 6, b"right"])], jobs=2, aside=True))
    assert [one.fault and one.fault.key for one in found] == [None, *["check-ended-process"] * 6, None]
    assert [one.is_valid for one in found] == [False] * 7 + [True]
    assert active_children() == []


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_process_that_is_killed_while_it_checks_costs_one_report_its_verdict(
    tmp_path: Path, ending: signal.Signals
) -> None:
    told = tmp_path / "told"
    place = tmp_path / "reports"
    place.mkdir()
    reports = check([folder(place, [b"right", WAITS + os.fsencode(told), b"wrong"])], jobs=2, aside=True)
    killer = Thread(target=kill_when_told, args=(told, ending))
    killer.start()
    found = list(reports)
    killer.join()
    assert [(one.is_valid, one.fault and one.fault.key) for one in found] == [
        (True, None),
        (False, "check-ended-process"),
        (False, None),
    ]


def kill_when_told(told: Path, ending: signal.Signals) -> None:
    """End the process that tells its number in a file, in the midst of a report."""
    while not (told.exists() and (number := told.read_text())):
        sleep(0.01)
    os.kill(int(number), ending)


def test_processes_that_end_at_once_leave_all_to_the_calling_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "work", work_that_ends_at_once)
    monkeypatch.setattr(processes, "BATCH_REPORTS", 1)
    place = folder(tmp_path, [b"right", b"wrong", BROKEN] * 5)
    for aside in (True, False):
        found = list(check([place], jobs=3, aside=aside))
        assert [(one.is_valid, one.fault and one.fault.key) for one in found] == [
            (True, None),
            (False, None),
            (False, "check-failed"),
        ] * 5
        assert active_children() == []


def test_processes_that_can_not_be_started_leave_all_to_the_calling_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: object) -> None:
        raise BlockingIOError

    monkeypatch.setattr(processes.CONTEXT.Process, "start", refused)
    found = list(check([folder(tmp_path, [b"right", b"wrong"])], jobs=2, aside=True))
    assert [one.is_valid for one in found] == [True, False]


@pytest.mark.parametrize("has_server", [True, False])
def test_processes_are_made_ready_where_the_system_can(monkeypatch: pytest.MonkeyPatch, has_server: bool) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(processes, "HAS_SERVER", has_server)
    monkeypatch.setattr(processes.forkserver, "ensure_running", lambda: asked.append(True))
    processes.make_ready()
    assert asked == [True] * has_server


@pytest.fixture
def interrupts() -> Iterator[None]:
    """Leaves how an interrupt is handled as it was."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interrupts")
def test_a_process_answers_batch_by_batch_until_nobody_listens() -> None:
    ours, theirs = Pipe()
    begun = c_int(0)
    ours.send([("a", b"wrong", 1, 1), ("b", BROKEN, 1, 1), ("c", b"right", 1, 1)])
    told: list[Any] = []

    def listen() -> None:
        told.extend(ours.recv())
        ours.close()

    listener = Thread(target=listen)
    listener.start()
    REAL_WORK(theirs, begun, partial(engine_for, shipped_standard()))
    listener.join()
    assert told[0] == (wrong(b"wrong"), None)
    assert (told[1][0], told[1][1][0]) == (None, "check-failed")
    assert told[2] == (None, None)
    assert begun.value == 3
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def test_a_batch_for_a_process_that_has_ended_shows_when_its_answers_are_taken() -> None:
    worker = processes.Worker(partial(engine_for, shipped_standard()))
    worker.end()
    worker.give(processes.Batch([BundleText("a", b"right")]))
    assert not worker.take()


@pytest.mark.parametrize(("jobs", "aside"), [(1, False), (2, False), (2, True)])
def test_stops_when_asked_and_leaves_no_process(tmp_path: Path, jobs: int, aside: bool) -> None:
    cancellation = Cancellation()
    reports = check([folder(tmp_path, [b"right"] * 500)], jobs=jobs, cancellation=cancellation, aside=aside)
    assert next(reports).is_valid
    cancellation.cancel()
    with pytest.raises(Cancelled):
        list(reports)
    assert active_children() == []


def test_closing_stops_the_processes(tmp_path: Path) -> None:
    reports = check([folder(tmp_path, [b"right"] * 500)], jobs=2)
    next(reports)
    assert active_children()
    reports.close()
    assert active_children() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_reports_of_one_line_each_have_numbers_and_lines_of_the_file(tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "all.ndjson"
    path.write_bytes(b'{"right"}\n\n{"wrong"}\n{"wrong"}\n')
    found = list(check([path], jobs=jobs))
    assert [(one.file, [error.line for error in one.verdict.errors]) for one in found] == [
        ("all.ndjson", []),
        ("all.ndjson#2", [4]),
        ("all.ndjson#3", [5]),
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_can_not_be_read_is_told_and_the_rest_checked(tmp_path: Path, jobs: int) -> None:
    found = list(check([tmp_path / "missing.json", folder(tmp_path, [b"wrong"])], jobs=jobs))
    assert [one.fault and one.fault.key for one in found] == ["file-not-found", None]
    assert not found[0].is_valid


def test_progress_ends_with_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "TELL_EVERY", 0)
    steps: list[Step] = []
    list(check([folder(tmp_path, [b"right"] * 3)], jobs=1, progress=steps.append))
    assert [step.done for step in steps] == [1, 2, 3, 3]
    assert steps[-1].total == 3


def test_a_package_that_is_none_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "package.json").write_text(json.dumps({"name": "other", "version": "1", "fhirVersions": ["5.0.0"]}))
    with pytest.raises(CatalogueFault) as fault:
        engine_for(shipped_standard(), tmp_path)
    assert fault.value.key == "package-other-fhir"


def error(key: str, at: str, code: str = "missing") -> ConformanceFinding:
    followers = (Follower("http://x/P#rule-1", "Bundle"),)
    return conformance_finding(key, at, (), code, followers=followers)


def finding(code: str, *, key: str = "k", at: str = "Bundle.entry[0]", **facts: str) -> ConformanceFinding:
    return conformance_finding(key, at, (), code, **facts)  # type: ignore[arg-type]


def test_causes_count_places_and_reports_without_positions() -> None:
    causes = ReportTally(limit=1)
    first, second = error("p#a", "Bundle.entry[0].resource.code"), error("p#a", "Bundle.entry[7].resource.code")
    causes.add(CheckedReport("one", Verdict((first, second))))
    causes.add(CheckedReport("two", Verdict((second,))))
    causes.add(CheckedReport("three", Verdict()))
    causes.add(CheckedReport("four", Verdict(), Fault("file-empty")))
    (cause,) = causes.rejecting
    assert (cause.count, cause.files, len(cause.places), cause.element) == (3, 2, 1, "code")
    assert cause.followers == {"rule-1": 3}
    assert (causes.reports, causes.valid, causes.rejected, causes.unchecked) == (4, 1, 2, 1)


def test_causes_keep_what_is_ours_and_what_only_warns_apart() -> None:
    causes = ReportTally(limit=None)
    own = error("x", "Bundle", "several-visits")
    remark = error("x", "Bundle", "invariant-not-checked")
    causes.add(CheckedReport("one", Verdict((error("x", "Bundle"),), (own, remark))))
    assert [cause.first for cause in causes.own] == [own]
    assert [cause.first for cause in causes.to_look_at] == [remark]
    assert len(causes.rejecting) == 1


@pytest.mark.parametrize(
    ("one", "other", "causes"),
    [
        (finding("too-many", found="a x 2"), finding("too-many", found="a x 3"), 1),
        (finding("too-many", found="a x 2"), finding("too-many", found="b x 2"), 2),
        (finding("missing", expected="a"), finding("missing", expected="b"), 2),
        (finding("not-allowed", profile="a"), finding("not-allowed", profile="b"), 2),
        (finding("fits-no-profile", expected="a"), finding("fits-no-profile", expected="b"), 2),
        (finding("invariant", key="a"), finding("invariant", key="b"), 2),
        (finding("wrong-uri", found="a"), finding("wrong-uri", found="b", at="Bundle.type"), 1),
        (finding("other-value", found="a"), finding("other-value", found="b", at="Bundle.type"), 2),
    ],
)
def test_causes_are_told_apart_by_what_is_mended_once(
    one: ConformanceFinding, other: ConformanceFinding, causes: int
) -> None:
    collected = ReportTally(limit=None)
    collected.add(CheckedReport("one", Verdict((one, other))))
    assert len(collected.rejecting) == causes
