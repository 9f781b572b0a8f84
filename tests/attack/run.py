"""Attacks every reader for so many minutes, on every processor, and prints what came of it.

``python -m tests.attack.run MINUTES [TARGET …]``: by target, how many inputs were read, how many were different, what
came of them (tracebacks, aborts, readings of more than 10 s or 1 GB, silent wrong states), the slowest and the most
memory. Every target has the same time of the processors, and none is given more than a tenth of the inputs. The input
of each defect is kept in a folder that is named. The exit code tells whether there was any. With ``TMPDIR=/dev/shm``
nobody waits for a disk.
"""

from __future__ import annotations

import gc
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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from ctypes import Array, c_uint64
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawArray
from pathlib import Path

from ldbu_desktop.faults import Fault
from ldbu_desktop.sandbox.sandbox import end_idle
from tests.attack.mutations import mixed, mutated
from tests.attack.sandbox_here import files_read_here
from tests.attack.targets import TARGETS, SilentError, Target

SLOW = 10
"""Seconds of the processor's time, that of processes of its own with it; by the clock it is stopped after many more."""
_PATIENCE = 12
LARGE = 1 << 30
TURN = 8
"""Seconds of the processor's time that one process reads in at most: then what its inputs left behind is gone."""
AS_THE_PROGRAM = 50
"""Of what may be read in this process, one input of so many is read as the program reads it, with a sandbox."""
WITHIN, MIXED = 0.7, 0.1
"""How often an input is made within what it is packed or written in, and of two others."""
MOST_OF_ALL = 10
"""No target is given more than this part of all inputs, once there are many."""
DEFECTS = ("traceback", "abort", "over 10 s", "over 1 GB", "silent")
OUTCOMES = ("read", "fault", *DEFECTS)


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


def _seconds() -> float:
    """The processor's time of this process and of those that it waited for."""
    own, others = limits.getrusage(limits.RUSAGE_SELF), limits.getrusage(limits.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def _memory() -> int:
    """The most bytes that this process has taken."""
    return limits.getrusage(limits.RUSAGE_SELF).ru_maxrss * 1024


def outcome(target: Target, content: bytes, folder: Path) -> str:
    """What comes of reading ``content``: one of ``OUTCOMES``."""
    for name, beside in target.beside.items():
        (folder / name).write_bytes(beside)
    path = folder / target.name
    path.write_bytes(content)
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(_PATIENCE * SLOW)
    begun = _seconds()
    came = "read"
    try:
        target.read(path)
    except Fault:
        came = "fault"
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
    if _seconds() - begun > SLOW:
        return "over 10 s"
    return came if _memory() < LARGE else "over 1 GB"


# --- turns, each in a process that may die of it ----------------------------------------------------------------------

MOST_OF_A_TURN = 100_000
_CURRENT, _IS_HERE, _USED, _SLOWEST, _SLOWEST_AT, _MEMORY, _READ, _COUNTS = range(8)
_HASHES = _COUNTS + len(OUTCOMES)
"""Places in what a turn tells while it lasts: the number of the input that is being read, from 1, and 0 after the last;
whether that is read in this process; microseconds of the processor; those of the slowest input, and its number; the
most bytes; how many were read; counts by outcome; a hash of each."""
Tally = Array[c_uint64]


@dataclass(frozen=True, slots=True)
class Turn:
    """Inputs of a target that one process reads: from a number on, or that one alone, as the program reads it."""

    name: str
    first: int
    seconds: float
    is_one: bool = False

    @property
    def numbers(self) -> Iterable[int]:
        """The numbers of its inputs: as many as there is time for."""
        return range(self.first, self.first + (1 if self.is_one else MOST_OF_A_TURN))


def _work(turn: Turn, folder: Path, kept: Path, tally: Tally) -> None:
    """Read the inputs of a turn; what each process dies of stays in ``folder``, and is still the current one."""
    limits.setrlimit(limits.RLIMIT_CORE, (0, 0))
    for name in ("made", "read", "temporary"):
        (folder / name).mkdir()
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder / "temporary")
    target = TARGETS[turn.name](folder / "made")
    limits.setrlimit(limits.RLIMIT_AS, (3 * LARGE, 3 * LARGE))
    limits.setrlimit(limits.RLIMIT_CPU, (TURN + _PATIENCE * SLOW,) * 2)  # also of a native reader that never answers
    for number in turn.numbers:
        content = made(target, number)
        is_here = target.may_be_read_here and not turn.is_one and number % AS_THE_PROGRAM != 0
        tally[_CURRENT], tally[_IS_HERE] = number + 1, is_here
        begun = _seconds()
        with files_read_here() if is_here else nullcontext():
            came = outcome(target, content, folder / "read")
        used = int(1e6 * (_seconds() - begun))
        if is_here and came in ("over 10 s", "over 1 GB"):
            break  # still the current one: the program reads it in a sandbox, which is tried next
        if used > tally[_SLOWEST]:
            tally[_SLOWEST], tally[_SLOWEST_AT] = used, number
        tally[_COUNTS + OUTCOMES.index(came)] += 1
        tally[_HASHES + tally[_READ]] = hash(content)
        tally[_READ] += 1
        tally[_CURRENT], tally[_USED], tally[_MEMORY] = 0, int(1e6 * _seconds()), _memory()
        if came in DEFECTS:
            _keep(kept, turn.name, number, came, content)
        if tally[_USED] > 1e6 * turn.seconds:
            break
    end_idle()


def _keep(kept: Path, name: str, number: int, came: str, content: bytes) -> None:
    place = kept / f"{name}-{number}-{came}".replace(" ", "-")
    place.write_bytes(content)
    print(place, flush=True)


@dataclass(slots=True)
class Found:
    """What came of a target's inputs so far."""

    counts: Counter[str] = field(default_factory=Counter)
    different: set[int] = field(default_factory=set)
    seconds: float = 0
    slowest: tuple[float, int] = (0, 0)
    memory: int = 0
    turns: int = 0

    def add(self, tally: Tally) -> None:
        """Add what a turn told."""
        self.counts.update({came: tally[_COUNTS + at] for at, came in enumerate(OUTCOMES)})
        self.different.update(tally[_HASHES : _HASHES + tally[_READ]])
        self.seconds += tally[_USED] / 1e6
        self.slowest = max(self.slowest, (tally[_SLOWEST] / 1e6, tally[_SLOWEST_AT]))
        self.memory = max(self.memory, tally[_MEMORY])


@dataclass(frozen=True, slots=True)
class _Running:
    turn: Turn
    folder: Path
    tally: Tally
    process: BaseProcess


class Attack:
    """Turns of all targets, as many at once as there are processors. All that they begin with is imported here once."""

    def __init__(self, names: Sequence[str], kept: Path, first: int, turn: float = TURN) -> None:
        self.found = {name: Found() for name in names}
        self._kept, self._first, self._turn = kept, first, turn
        self._again: list[Turn] = []

    def run(self, seconds: float, processors: int) -> None:
        """Attack for so many seconds by the clock."""
        end = time.monotonic() + seconds
        running: list[_Running] = []
        while True:
            while len(running) < processors and (self._again or time.monotonic() < end):
                running.append(self._begun(self._next()))
            if not running:
                return
            ended = connection.wait([one.process.sentinel for one in running])
            for one in [one for one in running if one.process.sentinel in ended]:
                running.remove(one)
                self._end(one)

    def _next(self) -> Turn:
        """What is to be read again, else the target that had the least time and not far too many of the inputs."""
        if self._again:
            return self._again.pop()
        most = sum(found.counts.total() for found in self.found.values()) / MOST_OF_ALL
        may = [name for name, found in self.found.items() if found.counts.total() <= most]
        name = min(may or self.found, key=lambda name: self.found[name].seconds)
        found = self.found[name]
        found.seconds += self._turn  # what it will take, until that is known
        found.turns += 1
        return Turn(name, self._first + found.turns * 10**6, self._turn)

    def _begun(self, turn: Turn) -> _Running:
        folder = Path(tempfile.mkdtemp(prefix="ldbu-attack-"))
        tally: Tally = RawArray(c_uint64, _HASHES + MOST_OF_A_TURN)
        process = get_context("fork").Process(target=_work, args=(turn, folder, self._kept, tally))
        process.start()
        return _Running(turn, folder, tally, process)

    def _end(self, one: _Running) -> None:
        """Count a turn that ended. What it died of is read as the program reads it, or it is a defect."""
        found = self.found[one.turn.name]
        one.process.join()
        if not one.turn.is_one:
            found.seconds -= one.turn.seconds
        if one.tally[_CURRENT] and one.tally[_IS_HERE]:
            self._again.append(Turn(one.turn.name, one.tally[_CURRENT] - 1, 0, is_one=True))
        elif one.tally[_CURRENT]:
            found.counts["abort"] += 1
            place = self._kept / f"{one.turn.name}-{one.tally[_CURRENT] - 1}-abort"
            shutil.copytree(one.folder / "read", place)
            print(place, flush=True)
        found.add(one.tally)
        shutil.rmtree(one.folder, ignore_errors=True)


def _made_ready(names: Iterable[str]) -> None:
    """Import all that the targets need, by reading what is right: each turn begins with it."""
    for name in names:
        with tempfile.TemporaryDirectory() as folder, files_read_here():
            target = TARGETS[name](Path(folder))
            for seed in target.seeds:
                outcome(target, seed, Path(folder))
    end_idle()
    gc.freeze()


def report(found: Mapping[str, Found], seconds: float) -> Iterator[str]:
    """Lines with the counts of each target and of all; ``seconds`` by the clock."""
    columns = ("inputs", "different", *OUTCOMES)
    yield f"{'':24}" + "".join(f"{column:>11}" for column in columns) + "  slowest (its number)       most MB  CPU s"
    for name, one in found.items():
        cells = (one.counts.total(), len(one.different), *(one.counts[came] for came in OUTCOMES))
        slowest = f"{one.slowest[0]:9.3f} s ({one.slowest[1]})"
        yield (
            f"{name:24}"
            + "".join(f"{cell:>11}" for cell in cells)
            + (f"{slowest:26}{one.memory >> 20:10}{one.seconds:7.0f}")
        )
    counts = sum((one.counts for one in found.values()), Counter[str]())
    used = sum(one.seconds for one in found.values())
    cells = (counts.total(), sum(len(one.different) for one in found.values()), *(counts[came] for came in OUTCOMES))
    slowest = f"{max(one.slowest for one in found.values())[0]:9.3f} s"
    memory = max(one.memory for one in found.values()) >> 20
    yield f"{'all':24}" + "".join(f"{cell:>11}" for cell in cells) + f"{slowest:26}{memory:10}{used:7.0f}"
    yield (
        f"{counts.total() / max(used, 1) * 60:,.0f} inputs in a minute of a processor; "
        f"{seconds:.0f} s by the clock; a {MOST_OF_ALL}th of all inputs at most for one target"
    )


def main(words: list[str]) -> int:
    """Attack, print the counts, and answer whether there was a defect."""
    minutes = float(words[0]) if words else 1.0
    kept = Path(tempfile.mkdtemp(prefix="ldbu-defects-"))
    names = words[1:] or list(TARGETS)
    first = int(time.time()) * 10**9
    _made_ready(names)
    processors = os.cpu_count() or 1
    attack = Attack(names, kept, first, min(TURN, 60 * minutes * processors / len(names) / 4))
    begun = time.monotonic()
    attack.run(60 * minutes, processors)
    print("\n".join(report(attack.found, time.monotonic() - begun)), flush=True)
    has_defects = any(one.counts[defect] for one in attack.found.values() for defect in DEFECTS)
    if not has_defects:
        shutil.rmtree(kept)
    return int(has_defects)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
