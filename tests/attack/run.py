"""Attacks every reader for so many minutes, on every processor, and prints what came of it.

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
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread

from ldbu_desktop.faults import Fault
from tests.attack.mutations import mixed, mutated
from tests.attack.sandbox_here import files_read_here
from tests.attack.targets import TARGETS, SilentError, Target

SLOW = 10
"""Seconds of the processor's time, that of processes of its own with it; by the clock it is stopped after many more."""
_PATIENCE = 12
LARGE = 1 << 30
BATCH, LONGEST = 2000, 20
"""Inputs that one process reads, and seconds in which it does: then what they left behind is gone."""
WHOLE = 10
"""So many of a batch are always read as the program reads them, with a sandbox."""
WITHIN, MIXED = 0.7, 0.1
"""How often an input is made within what it is packed or written in, and of two others."""
DEFECTS = ("traceback", "abort", "over 10 s", "over 1 GB", "silent")


class TooSlowError(BaseException):
    """A reading takes too long: it is stopped from outside, past whatever catches exceptions."""


def _stop(_number: int, _frame: object) -> None:
    raise TooSlowError


def made(target: Target, number: int) -> bytes:
    """The input of this number: the same for the same target."""
    chance = random.Random(number)  # noqa: S311 - to be repeated, not to be secret
    seed = chance.choice(target.seeds)
    if target.within and chance.random() < WITHIN:
        return chance.choice(target.within)(seed, chance)
    if len(target.seeds) > 1 and chance.random() < MIXED:
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


# --- batches, each in a process that may die of it --------------------------------------------------------------------


def _work(name: str, numbers: range, is_here: bool, connection: Connection) -> None:
    limits.setrlimit(limits.RLIMIT_CORE, (0, 0))
    end = time.monotonic() + LONGEST
    with tempfile.TemporaryDirectory(prefix="ldbu-attack-") as temporary:
        (Path(temporary) / "made").mkdir()
        (Path(temporary) / "read").mkdir()
        target = TARGETS[name](Path(temporary) / "made")
        limits.setrlimit(limits.RLIMIT_AS, (3 * LARGE, 3 * LARGE))
        with files_read_here() if is_here else nullcontext():
            for number in numbers:
                connection.send((number, outcome(target, made(target, number), Path(temporary) / "read")))
                if time.monotonic() > end:
                    break
        connection.send(None)
    connection.close()


def batch(name: str, numbers: range, *, is_here: bool) -> Iterator[tuple[int, str]]:
    """What comes of inputs, as many as there is time for; one that the process dies of is an abort, and the last."""
    here, there = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_work, args=(name, numbers, is_here, there))
    process.start()
    there.close()
    number = numbers.start - 1
    try:
        while (told := here.recv()) is not None:
            number, came = told
            yield number, came
    except EOFError:
        yield number + 1, "abort"
    process.join()


def attacked(name: str, first: int) -> dict[int, str]:
    """What comes of a batch from number ``first`` on, by number.

    Most of what the program reads in a sandbox is read in one process; what is too much for that is then read as the
    program does, and so are the first of each batch.
    """
    if not TARGETS[name](Path(tempfile.mkdtemp(prefix="ldbu-made-"))).may_be_read_here:
        return dict(batch(name, range(first, first + BATCH), is_here=False))
    found = dict(batch(name, range(first, first + WHOLE), is_here=False))
    here = dict(batch(name, range(first + WHOLE, first + BATCH), is_here=True))
    for number, came in here.items():
        if came in ("abort", "over 10 s", "over 1 GB"):
            here |= batch(name, range(number, number + 1), is_here=False)
    return found | here


class Counts:
    """What has come of the inputs so far, with the time that each target took."""

    def __init__(self, names: Sequence[str]) -> None:
        self.of = {name: Counter[str]() for name in names}
        self._seconds = dict.fromkeys(names, 0.0)
        self._next = dict.fromkeys(names, 0)
        self._lock = Lock()

    def claim(self) -> tuple[str, int]:
        """The target that had the least time so far, and where its next batch begins."""
        with self._lock:
            name = min(self._seconds, key=lambda name: self._seconds[name])
            self._seconds[name] += 1
            self._next[name] += BATCH
            return name, self._next[name] - BATCH

    def add(self, name: str, found: Mapping[int, str], seconds: float) -> None:
        """Count a batch."""
        with self._lock:
            self.of[name].update(found.values())
            self._seconds[name] += seconds - 1

    @property
    def has_defects(self) -> bool:
        """Whether there was any."""
        return any(found[defect] for found in self.of.values() for defect in DEFECTS)

    def print(self) -> None:
        """A line a target, and one of all."""
        columns = ("inputs", "read", "fault", *DEFECTS)
        print(f"{'':24}" + "".join(f"{column:>11}" for column in columns))
        for name, found in [*self.of.items(), ("all", sum(self.of.values(), Counter()))]:
            cells = (found.total(), *(found[column] for column in columns[1:]))
            print(f"{name:24}" + "".join(f"{cell:>11}" for cell in cells), flush=True)


def main(words: list[str]) -> int:
    """Attack, print the counts, and answer whether there was a defect."""
    minutes = float(words[0]) if words else 1.0
    kept = Path(tempfile.mkdtemp(prefix="ldbu-defects-"))
    counts = Counts(words[1:] or list(TARGETS))
    end = time.monotonic() + 60 * minutes

    def attack() -> None:
        while time.monotonic() < end:
            name, first = counts.claim()
            began = time.monotonic()
            found = attacked(name, first)
            counts.add(name, found, time.monotonic() - began)
            for number, came in found.items():
                if came in DEFECTS:
                    target = TARGETS[name](Path(tempfile.mkdtemp(dir=kept)))
                    place = kept / f"{name}-{number}-{came}".replace(" ", "-")
                    place.write_bytes(made(target, number))
                    print(place, flush=True)

    attackers = [Thread(target=attack) for _ in range(os.cpu_count() or 1)]
    for attacker in attackers:
        attacker.start()
    for attacker in attackers:
        attacker.join()
    counts.print()
    if not counts.has_defects:
        shutil.rmtree(kept)
    return int(counts.has_defects)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
