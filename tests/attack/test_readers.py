"""Hostile files of every kind: whatever is in them, they are read or told, and nothing of them is left anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest

from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.mapping.export_files import TABLES
from ldbu_desktop.sandbox import confinement
from ldbu_desktop.sandbox.sandbox import Sandbox, end_idle
from ldbu_desktop.sources.found import FoundFile
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.standard.official_package import read_package
from tests.attack.seeds import CPR, NAME, SEEDS, mutants
from tests.other_workbooks import ods_bytes
from tests.profiles import number
from tests.workbooks import zipped

SLOWEST = 10
"""Seconds that any file may take, with a wide berth for a machine that has other things to do."""


def outcome(reader: Reader, path: Path) -> str:
    """Read all of a file, as reading a journal and checking reports do; what came of it."""
    told = "read"
    for found in reader.files([path]):
        if not isinstance(found, FoundFile):
            told = found.fault.key
        elif found.kind in TABLES:
            try:
                with reader.tables(found) as tables:
                    for table in tables:
                        for _, cells in table.rows:
                            assert all(isinstance(cell, str) for cell in cells)
            except FileFault as fault:
                told = fault.key if fault.facts["file"] == found.name else "fault-of-another"
    for text in reader.texts([path]):
        if text.fault is not None and text.fault.key not in ("file-is-no-report", "archive-without-reports"):
            told = text.fault.key
    return told


@pytest.mark.parametrize("kind", SEEDS.keys() - {"tgz"})
def test_damaged_files_are_read_or_told(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seed = SEEDS[kind]()
    path = tmp_path / f"a.{kind}"
    outcomes: Counter[str] = Counter()
    with Reader() as reader:
        path.write_bytes(seed)
        assert outcome(reader, path) == "read"
        for mutant in mutants(seed, kind, number(25)):
            path.write_bytes(mutant)
            began = time.process_time()
            outcomes[outcome(reader, path)] += 1
            assert time.process_time() - began < SLOWEST
        path.write_bytes(seed)
        assert outcome(reader, path) == "read"
    with capsys.disabled():
        if number(1) > 1:
            sys.stdout.write(f"\n{kind}: {dict(outcomes.most_common())}\n")
    assert not {"file-read-failed", "fault-of-another"} & outcomes.keys()


def test_damaged_packages_are_read_or_told(tmp_path: Path) -> None:
    path = tmp_path / "a.tgz"
    named = set()
    for mutant in mutants(SEEDS["tgz"](), "tgz", number(25)):
        path.write_bytes(mutant)
        try:
            read_package(path)
        except Fault as fault:
            named.add(fault.facts["file"])
    assert named == {"a.tgz"}


# --- files that ask for too much --------------------------------------------------------------------------------------


def _parts(**parts: bytes) -> bytes:
    return zipped({name.replace("__", "/"): data for name, data in parts.items()})


def _many_entries() -> bytes:
    """A zip file whose end says that it holds more than any."""
    data = bytearray(zipped({"a.json": b"{}"}))
    at = data.rfind(b"PK\5\6")
    data[at + 8 : at + 12] = b"\xff\xff\xff\xff"
    data[at + 12 : at + 16] = b"\xff\xff\xff\x7f"
    return bytes(data)


def _bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.json", b"\0" * (70 << 20))
    return stream.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "far.ods": lambda: ods_bytes({"A": {(0, 0): "a", (1_048_575, 16_383): "b"}}),
    "many.zip": _many_entries,
    "bomb.zip": _bomb,
    "quotes.csv": lambda: b'a;b\n"' + b'x;"\n' * 3000,
    "columns.csv": lambda: b";".join([b"x"] * 300_000) + b"\n1;2\n",
    "line.csv": lambda: b"a;b\n" + b"x" * (2 << 20),
    "errors.csv": lambda: b"a;b\n" + b"#REF!;#REF!\n" * 60_000,
    "deep.json": lambda: b"[" * 3_000_000,
    "lines.ndjson": lambda: b"{\n" * 200_000,
    "empty.ndjson": lambda: b"{}\n" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_soon_and_the_next_is_read(name: str, tmp_path: Path) -> None:
    path, good = tmp_path / name, tmp_path / "good.csv"
    path.write_bytes(HOSTILE[name]())
    good.write_bytes(SEEDS["csv"]())
    began = time.process_time()
    with Reader() as reader:
        assert outcome(reader, path) != "file-read-failed"
        assert outcome(reader, good) == "read"
    assert time.process_time() - began < SLOWEST


# --- nothing of a file is left ----------------------------------------------------------------------------------------


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where anything could be left: temporary files, settings and whatever else has a place of its own."""
    place = tmp_path / "places"
    place.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(place))
    monkeypatch.setattr(tempfile, "tempdir", None)
    end_idle()
    return place


def _sandboxes() -> Iterator[Path]:
    """What the system tells of the processes that came out of this one, and out of those.

    Those that check reports are not among them: a test before may have begun them.
    """
    parents = {os.getpid()}
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda each: int(each.name)):
        try:
            parent = int(process.joinpath("stat").read_text("utf-8").rpartition(")")[2].split()[1])
            checks_reports = b"multiprocessing" in process.joinpath("cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if parent in parents and not checks_reports:
            parents.add(int(process.name))
            yield process


def _seen_of(process: Path) -> bytes:
    """What anybody may see of a process that tells nobody anything; nothing where it has ended meanwhile.

    One that has just begun is waited for: until it is what it is to be, it is still what began it.
    """
    patience = time.monotonic() + 10
    with suppress(FileNotFoundError, ProcessLookupError):
        while process.joinpath("fd", "2").readlink() != Path(os.devnull):
            assert time.monotonic() < patience, "tells what goes wrong to whoever looks"
            time.sleep(0.01)
        return b"".join(process.joinpath(name).read_bytes() for name in ("cmdline", "environ", "limits"))
    return b""


@pytest.mark.skipif(sys.platform != "linux", reason="what is seen of a process is told under /proc")
@pytest.mark.parametrize("kind", SEEDS.keys() - {"tgz"})
def test_nothing_of_a_file_is_seen_from_outside(kind: str, tmp_path: Path, places: Path) -> None:
    path = tmp_path / f"{CPR}.{kind}"
    path.write_bytes(SEEDS[kind]())
    with Reader() as reader:
        seen = b""
        for found in reader.files([path]):
            assert isinstance(found, FoundFile)
            for process in _sandboxes():
                seen += _seen_of(process)
            if found.kind in TABLES:
                with reader.tables(found) as tables:
                    _ = [list(table.rows) for table in tables]
    assert seen
    assert b"Max core file size        0                    0" in seen
    for secret in (CPR, NAME, CPR.replace("-", "")):
        assert secret.encode() not in seen
    assert not [each for each in places.rglob("*") if each.is_file()]


def test_a_crash_leaves_nothing(tmp_path: Path, places: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(places)
    with Sandbox() as sandbox:
        for name in ("abort", "crash", "fill"):
            stream = sandbox.begin(f"tests.sandboxed:{name}", "a", 0, CPR.encode())
            with pytest.raises(FileFault):
                stream.take()
    assert list(places.rglob("*")) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there are no core dumps")
def test_no_command_leaves_a_core(tmp_path: Path) -> None:
    asked = "import resource; from ldbu_desktop.__main__ import command_line; command_line(['deadlines', '--help'])"
    told = subprocess.run(
        [sys.executable, "-c", f"{asked}; print(resource.getrlimit(resource.RLIMIT_CORE))"],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert told.stdout.splitlines()[-1] == "(0, 0)"
    assert confinement.MOST_BYTES <= 1 << 30
