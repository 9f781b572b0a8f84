"""Attacks every reader for so many minutes, in processes of their own, and prints what came of it.

``python -m tests.attack.run MINUTES [TARGET …]``: counts of inputs, tracebacks, aborts, readings of more than 10 s or
1 GB, and of silent wrong states, by target; the input of each defect is kept in a folder that is named. The exit code
tells whether there was any.
"""

from __future__ import annotations

import os
import random
import resource as limits
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from ldbu_desktop.faults import Fault
from tests.attack.mutations import mixed, mutated
from tests.attack.targets import SilentError, Target, targets

SLOW = 10
"""Seconds of the processor's time, that of processes of its own with it; by the clock it is stopped after many more."""
_PATIENCE = 12
LARGE = 1 << 30
BATCH = 200
"""Inputs that one process reads: few enough that what one of them left behind is soon gone."""
DEFECTS = ("traceback", "abort", "over 10 s", "over 1 GB", "silent")


class TooSlowError(BaseException):
    """A reading takes too long: it is stopped from outside, past whatever catches exceptions."""


def _stop(_number: int, _frame: object) -> None:
    raise TooSlowError


def made(target: Target, number: int) -> bytes:
    """The input of this number: the same for the same target."""
    chance = random.Random(number)  # noqa: S311 - to be repeated, not to be secret
    seed = chance.choice(target.seeds)
    if len(target.seeds) > 1 and chance.random() < 0.1:
        seed = mixed(seed, chance.choice(target.seeds), chance)
    return mutated(seed, chance)


def outcome(target: Target, content: bytes, folder: Path) -> str:
    """What comes of reading ``content``: ``read``, ``fault`` or one of ``DEFECTS``."""
    for name, beside in target.beside.items():
        (folder / name).write_bytes(beside)
    path = folder / target.name
    path.write_bytes(content)
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(_PATIENCE * SLOW)
    begun = sum(os.times()[:4])
    try:
        target.read(path)
    except Fault:
        return "fault"
    except SilentError:
        return "silent"
    except MemoryError:
        return "over 1 GB"
    except TooSlowError:
        return "over 10 s"
    except Exception:
        traceback.print_exc()
        return "traceback"
    finally:
        signal.alarm(0)
        path.unlink(missing_ok=True)
    if sum(os.times()[:4]) - begun > SLOW:
        return "over 10 s"
    return "read" if limits.getrusage(limits.RUSAGE_SELF).ru_maxrss * 1024 < LARGE else "over 1 GB"


def _work(name: str, first: int, count: int, connection: Connection) -> None:
    """Read a batch in a process that may die of it."""
    limits.setrlimit(limits.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(prefix="ldbu-attack-") as temporary:
        (Path(temporary) / "made").mkdir()
        (Path(temporary) / "read").mkdir()
        target = targets(Path(temporary) / "made")[name]
        limits.setrlimit(limits.RLIMIT_AS, (3 * LARGE, 3 * LARGE))
        for number in range(first, first + count):
            connection.send((number, outcome(target, made(target, number), Path(temporary) / "read")))
    connection.close()


def batch(name: str, first: int, count: int = BATCH) -> dict[int, str]:
    """What comes of the inputs from number ``first`` on; one that the process dies of is an abort."""
    here, there = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_work, args=(name, first, count, there))
    process.start()
    there.close()
    found: dict[int, str] = {}
    try:
        while True:
            number, came = here.recv()
            found[number] = came
    except EOFError:
        process.join()
    if len(found) < count:
        found[first + len(found)] = "abort"
    return found


def main(words: list[str]) -> int:
    """Attack, print the counts, and answer whether there was a defect."""
    minutes = float(words[0]) if words else 1.0
    kept = Path(tempfile.mkdtemp(prefix="ldbu-defects-"))
    known = targets(kept)
    names = words[1:] or list(known)
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    end, first = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        for name in names:
            if time.monotonic() > end:
                break
            for number, came in batch(name, first).items():
                counts[name][came] += 1
                if came in DEFECTS:
                    place = kept / f"{name}-{number}-{came}".replace(" ", "-")
                    place.write_bytes(made(known[name], number))
        first += BATCH
    _print(counts, kept)
    has_defects = any(counts[name][defect] for name in names for defect in DEFECTS)
    if not has_defects:
        shutil.rmtree(kept)
    return int(has_defects)


def _print(counts: dict[str, Counter[str]], kept: Path) -> None:
    columns = ("inputs", "read", "fault", *DEFECTS)
    print(f"{'':22}" + "".join(f"{column:>12}" for column in columns))
    for name, found in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        cells = (found.total(), *(found[column] for column in columns[1:]))
        print(f"{name:22}" + "".join(f"{cell:>12}" for cell in cells))
    print(f"defects are kept in {kept}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
