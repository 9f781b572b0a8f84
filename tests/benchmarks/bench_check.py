"""Measures ``ldbu check`` as a process: cold, with an official package, by two processes, and its memory.

Runs alternate and the best of each counts, since the machine may be busy. Prints ratios; fails on nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from delivery_reports import PACKAGES, lines, valid_reports

ROUNDS = 7
MANY = 20_000
MORE = 100_000
OFFICIAL_START = 7.0
"""Seconds that the official validator needs for its first report."""
PACKAGE = """
import sys, time
from pathlib import Path
from ldbu_desktop.use_cases.check import check
from ldbu_desktop.use_cases.engines import engine_for
begun = time.perf_counter()
engine_for(shipped_standard(), Path(sys.argv[1])).check(Path(sys.argv[2]).read_bytes())
print(time.perf_counter() - begun)  # noqa: T201
"""
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=False)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)  # noqa: T201
"""


def run(words: list[str], home: Path) -> subprocess.CompletedProcess[bytes]:
    """A process that must end well, or with findings; with caches of its own."""
    done = subprocess.run(words, capture_output=True, check=False, env={**os.environ, "XDG_CACHE_HOME": str(home)})
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode())
    return done


def seconds(words: list[str], home: Path) -> float:
    """From the start of a process to its end."""
    begun = time.perf_counter()
    run(words, home)
    return time.perf_counter() - begun


def seconds_apart(halves: list[Path], home: Path) -> float:
    """Until processes that know nothing of each other have checked a file each."""
    begun = time.perf_counter()
    with ThreadPoolExecutor() as together:
        list(together.map(lambda half: run(check(half, "--jobs", 1), home), halves))
    return time.perf_counter() - begun


def check(*words: object) -> list[str]:
    """The call that is measured."""
    return [sys.executable, "-m", "ldbu_desktop", "check", *map(str, words), "--format", "jsonl"]


def print_cold(report: Path, home: Path) -> None:
    """One report by a whole process, beside a bare one."""
    bare_words = [sys.executable, "-c", "import json"]
    pairs = [(seconds(check(report), home), seconds(bare_words, home)) for _ in range(ROUNDS)]
    cold, bare = (min(one[number] for one in pairs) for number in range(2))
    rest = (cold - 2 * bare) * 1000
    tell(f"one report, cold     {cold * 1000:6.0f} ms = 2 x bare python + {rest:.0f} ms   (150 at most)")
    tell(f"  the official validator needs {OFFICIAL_START:.0f} s: 1/{OFFICIAL_START / cold:.0f} of it   (1/20 at most)")


def print_package(report: Path, home: Path) -> None:
    """An official package, first and from the cache, with its first report."""
    package = PACKAGES / "kl.dk.fhir.children-2.0.1.tgz"
    if not package.is_file():
        tell("the official packages are not here: skipped")
        return
    words = [sys.executable, "-c", PACKAGE, str(package), str(report)]
    first, *later = (float(run(words, home).stdout) for _ in range(ROUNDS))
    tell(f"an official package  {first * 1000:6.0f} ms at first   (2000 at most)")
    tell(f"  from the cache     {min(later) * 1000:6.0f} ms   (200 at most)")


def print_many(found: list[bytes], work: Path) -> None:
    """Two processes against one, in turns; and two that have nothing in common, as the most that this machine gives."""
    many, *halves = (work / name for name in ("many.ndjson", "first.ndjson", "second.ndjson"))
    for path, count in ((many, MANY), *((half, MANY // 2) for half in halves)):
        with path.open("wb") as stream:
            stream.writelines(lines(found, count))
    calls = [check(many, "--jobs", 1), check(many, "--jobs", 2)]
    rounds = [(*(seconds(call, work) for call in calls), seconds_apart(halves, work)) for _ in range(3)]
    alone, two, apart = (min(one[number] for one in rounds) for number in range(3))
    tell(
        f"{MANY} reports        {alone:6.1f} s alone, {two:.1f} s by two processes: {alone / two:.2f} x   (1.8 or more "
        f"where nothing else runs; now {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)"
    )
    tell(f"  two separate ones, half of the reports each, need {apart:.1f} s here: {alone / apart:.2f} x is the most")


def print_memory(found: list[bytes], work: Path) -> None:
    """The most memory of a process, over few reports and over many."""
    for count in (MANY, MORE):
        path = work / f"{count}.ndjson"
        with path.open("wb") as stream:
            stream.writelines(lines(found, count))
        peak = int(run([sys.executable, "-c", PEAK, *check(path, "--jobs", 1)], work).stdout) / 1024
        path.unlink()
        tell(f"memory over {count:6}   {peak:6.0f} MB   (200 at most)")


def tell(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Print it all."""
    found = valid_reports()
    with tempfile.TemporaryDirectory() as place:
        work = Path(place)
        report = work / "report.json"
        report.write_bytes(found[0])
        print_cold(report, work)
        print_package(report, work)
        print_many(found, work)
        print_memory(found, work)


if __name__ == "__main__":
    main()
