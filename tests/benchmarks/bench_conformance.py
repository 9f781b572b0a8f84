"""Measures the conformance engine: a report against ``json.loads`` and the official validator, and until it is ready.

Every round reads reports that were never seen before. Rounds alternate and the best of each counts, since the machine
may be busy; processor time is told beside the clock's. Prints ratios; fails on nothing.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from delivery_reports import faulty_reports, official_seconds, renewed, valid_reports

from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for

ROUNDS = 20
FAULTY_ROUNDS = 3
STARTS = 7
READY = """
import sys, time
from pathlib import Path
text = Path(sys.argv[1]).read_bytes()
begun = time.perf_counter()
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
read = time.perf_counter()
engine = engine_for(shipped_standard())
engine.check(text)
print(read - begun, time.perf_counter() - read)  # noqa: T201
"""


def spent(work: Callable[[bytes], object], texts: list[bytes]) -> tuple[float, float]:
    """Mean seconds for a text: of the processor, and by the clock."""
    gc.collect()
    clock, processor = time.perf_counter(), time.process_time()
    for text in texts:
        work(text)
    return (time.process_time() - processor) / len(texts), (time.perf_counter() - clock) / len(texts)


def print_reports(texts: list[bytes], work: Path) -> None:
    """A valid report when warm."""
    engine = engine_for(shipped_standard())
    are_valid = all(engine.check(text).valid for text in texts)
    ours: list[tuple[float, float]] = []
    plain: list[tuple[float, float]] = []
    for number in range(ROUNDS):
        new = list(renewed(texts, number))
        ours.append(spent(engine.check, new))
        plain.append(spent(json.loads, new))
    (processor, _), (bare, _) = min(ours), min(plain)
    clock = min(one for _, one in ours)
    size = sum(map(len, texts)) / len(texts) / 1024
    tell(
        f"a report of {size:.0f} KB     {processor * 1000:7.2f} ms of the processor, {clock * 1000:.2f} by the clock, "
        f"{processor / bare:.1f} x json.loads{'' if are_valid else '; NOT ALL ARE VALID'}"
    )
    theirs = official_seconds(texts, work)
    if theirs is None:
        tell("  the official validator is not built here: skipped")
    else:
        tell(f"  official validator {theirs * 1000:7.2f} ms: 1/{theirs / clock:.0f} of it   (1/60 at most, aim: 1/100)")


def print_faulty(texts: list[bytes]) -> None:
    """A faulty report when warm, with places and causes."""
    engine = engine_for(shipped_standard())
    ours = [spent(engine.check, texts) for _ in range(FAULTY_ROUNDS)]
    plain = min(spent(_loaded, texts) for _ in range(FAULTY_ROUNDS))[0]
    tell(
        f"a faulty report      {min(ours)[0] * 1000:7.2f} ms of the processor, {min(ours)[0] / plain:.1f} x json.loads"
    )


def _loaded(text: bytes) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None


def print_ready(text: bytes, work: Path) -> None:
    """From nothing to the first verdict."""
    path = work / "report.json"
    path.write_bytes(text)
    program = [sys.executable, "-c", READY, str(path)]
    told = [subprocess.run(program, capture_output=True, check=True).stdout.split() for _ in range(STARTS)]
    read, ready = (min(float(one[number]) for one in told) * 1000 for number in range(2))
    tell(f"engine ready           {ready:7.1f} ms with its first report   (100 at most), {read:.0f} ms to import it")


def tell(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> None:
    """Print it all."""
    tell(f"load of the machine    {os.getloadavg()[0]:7.1f} on {os.cpu_count()} processors")
    texts = valid_reports()
    with tempfile.TemporaryDirectory() as place:
        print_reports(texts, Path(place))
        print_ready(texts[0], Path(place))
    if faulty := faulty_reports():
        print_faulty(faulty)


if __name__ == "__main__":
    main()
