"""Measures ``ldbu check``: a report against the official validator, a cold process, the engine, processes, memory.

Where the official validator is not there, a report is held against ``json.loads`` alone. Runs alternate and the best of
each counts, since the machine may be busy. Prints ratios; fails on nothing.
"""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
SHARED = HERE.parent / "shared"
ROUNDS = 7
REPEATS = 15
MANY = 20_000
MORE = 100_000
UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ENGINE = """
import time
import ldbu_desktop.conformance.engine as engine
begun = time.perf_counter()
made = engine.Engine.shipped()
made.check({data!r})
print(time.perf_counter() - begun)  # noqa: T201
"""
PACKAGE = """
import sys, time
from pathlib import Path
from ldbu_desktop.use_cases.check import engine_for
begun = time.perf_counter()
engine_for(Path(sys.argv[1]))
print(time.perf_counter() - begun)  # noqa: T201
"""
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)  # noqa: T201
"""
"""The most memory of the process or of one that it started, whichever held more."""


def reports() -> list[bytes]:
    """Valid delivery reports: those with the official validator, or the samples."""
    cases = SHARED / "oracle" / "cases" / "valid.zip"
    if cases.is_file():
        with zipfile.ZipFile(cases) as archive:
            return [archive.read(name) for name in archive.namelist() if name.endswith(".json")]
    return [path.read_bytes() for path in sorted((HERE / "resources" / "samples").rglob("*.json"))]


def renumbered(found: list[bytes], count: int) -> Iterator[bytes]:
    """So many reports of one line, each with ids of its own: nothing can be remembered from one to the next."""
    flat = [json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")).encode() for text in found]
    codes = {code for text in flat for code in re.findall(rb'"code":"([^"]*)"', text)}
    for number in range(count):
        space = uuid.UUID(int=number)

        def new(match: re.Match[bytes], space: uuid.UUID = space) -> bytes:
            old = match[0]
            return old if old in codes else str(uuid.uuid5(space, old.decode())).encode()

        yield UUID.sub(new, flat[number % len(flat)])


def best(of: Callable[[], float], rounds: int = ROUNDS) -> float:
    """The best of some rounds: the one that was disturbed least."""
    return min(of() for _ in range(rounds))


def run(words: list[str]) -> subprocess.CompletedProcess[bytes]:
    """A process that must end well, or with findings."""
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return done


def process(words: list[str]) -> float:
    """Seconds from the start of a process to its end."""
    begun = time.perf_counter()
    run(words)
    return time.perf_counter() - begun


def check(*words: object) -> list[str]:
    """The call that is measured."""
    return [sys.executable, "-m", "ldbu_desktop", "check", *map(str, words), "--format", "jsonl"]


def each(folder: Path) -> tuple[float, float]:
    """Seconds for a report when warm, reading included: checked, and with ``json.loads`` alone."""
    from ldbu_desktop.conformance.engine import Engine

    engine = Engine.shipped()
    paths = sorted(folder.iterdir())

    def seconds(work: Callable[[bytes], object]) -> float:
        begun = time.perf_counter()
        for path in paths:
            work(path.read_bytes())
        return (time.perf_counter() - begun) / len(paths)

    return best(lambda: seconds(engine.check)), best(lambda: seconds(json.loads))


def official(folder: Path, work: Path) -> float | None:
    """Seconds for a report by the official validator when warm; None where it is not there."""
    script = SHARED / "oracle" / "oracle.sh"
    shell = shutil.which("sh")
    if not script.is_file() or shutil.which("java") is None or shell is None:
        return None
    out = work / "official.jsonl"
    run([shell, str(script), str(out), "--repeat", str(REPEATS), str(folder)])
    return statistics.mean(json.loads(line)["ms"] for line in out.read_text(encoding="utf-8").splitlines()) / 1000


def measure_one(folder: Path, work: Path) -> None:
    """A report when warm, a cold process, the engine."""
    ours, plain = each(folder)
    print(f"a report: {ours * 1000:.2f} ms, {ours / plain:.1f} x json.loads")  # noqa: T201
    if theirs := official(folder, work):
        print(f"  the official validator: {theirs * 1000:.1f} ms, 1/{theirs / ours:.0f} of it")  # noqa: T201
    else:
        print("  the official validator is not here: skipped")  # noqa: T201
    one = sorted(folder.iterdir())[0]
    cold = best(lambda: process(check(one)))
    bare = best(lambda: process([sys.executable, "-c", "import json"]))
    rest = (cold - 2 * bare) * 1000
    print(f"one report, whole process: {cold * 1000:.0f} ms = 2 x python -c 'import json' + {rest:.0f} ms")  # noqa: T201
    program = ENGINE.format(data=one.read_bytes())
    ready = best(lambda: float(run([sys.executable, "-c", program]).stdout))
    print(f"engine ready, with its first report: {ready * 1000:.0f} ms")  # noqa: T201
    package = SHARED / "fhir-packages" / "kl.dk.fhir.children-2.0.1.tgz"
    if package.is_file():
        last = [float(run([sys.executable, "-c", PACKAGE, str(package)]).stdout) for _ in range(3)]
        print(f"an official package: {last[0] * 1000:.0f} ms first, {min(last[1:]) * 1000:.0f} ms from the cache")  # noqa: T201


def measure_many(found: list[bytes], work: Path) -> None:
    """Two processes against one, and memory."""
    many = work / "many.ndjson"
    with many.open("wb") as stream:
        for line in renumbered(found, MANY):
            stream.write(line + b"\n")
    alone, two = (best(lambda jobs=jobs: process(check(many, "--jobs", jobs)), 2) for jobs in (1, 2))
    print(f"{MANY} reports: {alone:.1f} s alone, {two:.1f} s by two processes: {alone / two:.2f} x")  # noqa: T201
    for count, jobs in ((MANY, 1), (MANY, 2), (MORE, 2)):
        with many.open("wb") as stream:
            for line in renumbered(found, count):
                stream.write(line + b"\n")
        peak = int(run([sys.executable, "-c", PEAK, *check(many, "--jobs", jobs)]).stdout) / 1024
        print(f"memory over {count} reports, {jobs} processes: {peak:.0f} MB at most in one")  # noqa: T201


def main() -> None:
    """Print it all."""
    found = reports()
    if not found:
        print("no valid reports are here: skipped")  # noqa: T201
        return
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        folder = work / "reports"
        folder.mkdir()
        for number, text in enumerate(found):
            (folder / f"{number:04}.json").write_bytes(text)
        measure_one(folder, work)
        measure_many(found, work)


if __name__ == "__main__":
    main()
