"""How fast the conformance engine is: mean time a report, time until it is ready, and memory over many reports.

usage: python tests/benchmarks/bench_conformance.py REPORTS [--rounds N]

REPORTS is a folder or zip of valid delivery reports. Every round reads reports that were never seen before: ids and
moments differ each time, so that nothing but what recurs in real deliveries (codes, profiles) can be remembered.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import resource
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(rb"T[0-9]{2}:[0-9]{2}:[0-9]{2}")
_READY = "import time; t = time.perf_counter(); from ldbu_desktop.conformance.engine import Engine; Engine.shipped(); "


def reports(path: Path) -> list[bytes]:
    """The reports in a folder or zip."""
    if path.is_dir():
        return [file.read_bytes() for file in sorted(path.glob("*.json"))]
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".json")]


def renewed(texts: list[bytes], seed: int) -> Iterator[bytes]:
    """The same reports of other children at other times: other ids (but for those of the standard) and moments."""
    chance = random.Random(seed)  # noqa: S311 - ids of a benchmark
    for text in texts:
        own = {found for found in _ID.findall(text) if text.count(b"/" + found) or b'"id": "' + found in text}
        for found in own:
            new = str(uuid.UUID(int=chance.getrandbits(128)))
            text = text.replace(found, new.encode())
        clock = b"T%02d:%02d:%02d" % (chance.randrange(24), chance.randrange(60), chance.randrange(60))
        yield _TIME.sub(clock, text)


def main() -> int:
    """Print the figures as JSON; 1 where a report is not valid."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--rounds", type=int, default=30)
    args = parser.parse_args()
    texts = reports(args.reports)
    from ldbu_desktop.conformance.engine import Engine

    engine = Engine.shipped()
    first = time.perf_counter()
    valid = all(engine.check(text).valid for text in texts)
    warm_up = time.perf_counter() - first
    spent: list[float] = []
    bare: list[float] = []
    for number in range(args.rounds):
        new = list(renewed(texts, number))
        gc.collect()
        start = time.perf_counter()
        verdicts = [engine.check(text) for text in new]
        spent.append((time.perf_counter() - start) / len(new))
        start = time.perf_counter()
        for text in new:
            json.loads(text)
        bare.append((time.perf_counter() - start) / len(new))
        valid = valid and all(verdict.valid for verdict in verdicts)
    ready = subprocess.run(
        [sys.executable, "-c", _READY + "print(time.perf_counter() - t)"], capture_output=True, text=True
    )
    figures = {
        "reports": len(texts),
        "rounds": args.rounds,
        "mean_ms": round(1000 * sum(spent) / len(spent), 4),
        "best_ms": round(1000 * min(spent), 4),
        "json_loads_ms": round(1000 * min(bare), 4),
        "first_round_ms": round(1000 * warm_up / len(texts), 4),
        "ready_ms": round(1000 * float(ready.stdout or "nan"), 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "all_valid": valid,
    }
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 0 if valid else 1


if __name__ == "__main__":
    raise SystemExit(main())
