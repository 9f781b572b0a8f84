"""A delivery that several processes make is the one that a single process makes, whatever becomes of them."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from multiprocessing import active_children
from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop import sharing
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.bundles.parcels import Aside, Staging
from ldbu_desktop.bundles.receipt import NOT_CONFORMANT
from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.journal.model import EMPTY, Journal, Visit
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation, Step
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.oracle.synthetic import synthetic_journal

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes come out of this one on Linux alone"),
    pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning"),
]

STANDARD = shipped_standard()
NOW = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)
HERE = os.getpid()
LAYOUTS = [
    ExportOptions(),
    ExportOptions(layout="compact"),
    ExportOptions(layout="ndjson"),
    ExportOptions(incremental=True),
    ExportOptions(incremental=True, layout="ndjson"),
    ExportOptions(report="child"),
]


def some_rejected(journal: Journal) -> Journal:
    """The journal with a visit that is rejected in every fifth family."""

    def spoiled(visits: tuple[Visit, ...]) -> tuple[Visit, ...]:
        return (replace(visits[0], type=EMPTY), *visits[1:])

    families = (
        replace(family, visits=spoiled(family.visits)) if number % 5 == 0 else family
        for number, family in enumerate(journal.families)
    )
    return replace(journal, families=tuple(families))


JOURNAL = some_rejected(synthetic_journal(STANDARD, 40))


def checked(journal: Journal = JOURNAL) -> Deliveries:
    """How a journal stands before a delivery."""
    return Deliveries(validate(journal, STANDARD, date(2026, 1, 1)), STANDARD)


def contents(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of a folder, also what is hidden, with its rights."""
    return {path.name: (path.stat().st_mode, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(params=[2, 4])
def processors(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where nothing else runs in this process: whoever runs tests in several processes listens in a thread."""
    monkeypatch.setattr(sharing, "BATCH", 3)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: request.param)


def by_one(deliveries: Deliveries, folder: Path, options: ExportOptions) -> dict[str, tuple[int, bytes]]:
    """What a single process writes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        export(deliveries, folder, options, NOW)
    return contents(folder)


@pytest.mark.usefixtures("processors")
@pytest.mark.parametrize("options", LAYOUTS)
def test_the_files_are_the_same(tmp_path: Path, options: ExportOptions) -> None:
    expected = by_one(checked(), tmp_path / "one", options)
    export(checked(), tmp_path / "several", options, NOW)
    assert contents(tmp_path / "several") == expected
    assert len(expected) > 1


@pytest.mark.usefixtures("processors")
def test_reports_that_were_read_and_others_are_the_same(tmp_path: Path) -> None:
    export(checked(), tmp_path / "sent", ExportOptions(), NOW)
    export(checked(), tmp_path / "sent", ExportOptions(report="child"), NOW)
    read = load([tmp_path / "sent"], STANDARD)
    expected = by_one(checked(read), tmp_path / "one", ExportOptions())
    export(checked(read), tmp_path / "several", ExportOptions(), NOW)
    assert contents(tmp_path / "several") == expected


@pytest.mark.usefixtures("processors")
def test_what_turns_out_wrong_is_left_out_by_all(tmp_path: Path) -> None:
    receipt = export(checked(), tmp_path, ExportOptions(base_url="no address"), NOW)
    assert (receipt.sent, receipt.files) == (0, 0)
    refused = [one.visit for one in receipt.left_out if NOT_CONFORMANT in {reason.code for reason in one.reasons}]
    every = [visit.key for family in JOURNAL.families for visit in family.visits if visit.type.value is not None]
    assert refused == every


@pytest.mark.usefixtures("processors")
@pytest.mark.parametrize("options", LAYOUTS[::2])
def test_what_a_process_that_is_killed_leaves_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: ExportOptions
) -> None:
    expected = by_one(checked(), tmp_path / "one", options)
    build = ReportWriter.report

    def killed(
        writer: ReportWriter, visits: Sequence[Visit], name: str = "", gone: tuple[str, ...] = ()
    ) -> BuiltReport:
        if os.getpid() != HERE and len(visits[0].key) % 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return build(writer, visits, name, gone)

    monkeypatch.setattr(ReportWriter, "report", killed)
    export(checked(), tmp_path / "several", options, NOW)
    assert contents(tmp_path / "several") == expected


@pytest.mark.usefixtures("processors")
@pytest.mark.parametrize("place", ["everywhere", "elsewhere"])
def test_a_disk_that_is_full_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    expected = by_one(checked(), tmp_path / "one", ExportOptions())
    write = Staging.lay_aside

    def full(staged: Staging, number: int, content: bytes) -> Aside:
        if number > 20 and (place == "everywhere" or os.getpid() != HERE):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(staged, number, content)

    monkeypatch.setattr(Staging, "lay_aside", full)
    folder = tmp_path / "several"
    if place == "elsewhere":
        export(checked(), folder, ExportOptions(), NOW)
        assert contents(folder) == expected
        return
    with pytest.raises(OutputFault) as caught:
        export(checked(), folder, ExportOptions(), NOW)
    assert caught.value.key == "output-disk-full"
    assert [*folder.iterdir()] == []


@pytest.mark.usefixtures("processors")
def test_stopped_it_keeps_what_is_whole(tmp_path: Path) -> None:
    asked = Cancellation()

    def stop(step: Step) -> None:
        if step.done == 8:
            asked.cancel()

    before = set(active_children())
    receipt = export(checked(), tmp_path, ExportOptions(), NOW, stop, asked)
    assert (receipt.files, receipt.is_cancelled) == (8, True)
    assert len(contents(tmp_path)) == 9
    assert set(active_children()) <= before


@pytest.mark.usefixtures("processors")
def test_interrupted_it_leaves_nothing_and_nobody(tmp_path: Path) -> None:
    def interrupt(step: Step) -> None:
        if step.done == 8:
            raise KeyboardInterrupt

    before = set(active_children())
    with pytest.raises(KeyboardInterrupt):
        export(checked(), tmp_path, ExportOptions(), NOW, interrupt)
    assert [*tmp_path.iterdir()] == []
    assert set(active_children()) <= before
