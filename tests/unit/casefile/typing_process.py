"""A process that fills a case file field after field until it is killed, and what must be in the file then.

What is typed follows from its number, so that whoever killed the process knows what was saved.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.journal.model import Journal
from tests.unit.casefile.some_journal import PASSPHRASE, with_weight

ROOT = Path(__file__).resolve().parents[3]
_ENOUGH = 100_000


def typed(journal: Journal, number: int) -> Journal:
    """The journal after field ``number`` was left: every child's weight in turn, none of them twice the same."""
    return with_weight(journal, str(2000 + number), place=number % (len(journal.families) - 1))


def main(path: str, first: int) -> None:
    """Type and tell each field's number once it is saved; now and then undo a field and do it again."""
    key.ROUNDS = key.rounds_of(salt_of(Path(path)))  # a file of a test keeps its quick key
    case = CaseFile.open(Path(path), PASSPHRASE)
    journal = case.journal
    for number in range(first, first + _ENOUGH):
        journal = typed(journal, number)
        case.save(journal, str(number))
        if number % 7 == 0:
            case.undo()
            journal = case.redo() or journal
        os.write(1, f"{number}\n".encode())


def kill_at_random(path: Path, first: int, chance: random.Random, longest: float) -> int:
    """Let a process type from field ``first`` on and kill it; the number of the last field that it said was saved."""
    command = [sys.executable, "-m", "tests.unit.casefile.typing_process", str(path), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        begun = process.stdout.readline()
        time.sleep(chance.random() * longest)
        process.kill()
        told = [begun, *process.stdout.readlines()]
    # A line that was cut was not told.
    return int([line for line in told if line.endswith(b"\n")][-1])


def opened_after(path: Path, before: Journal, first: int, told: int) -> tuple[CaseFile, int]:
    """The case file after its process was killed, and the number of the last field that is in it.

    It must hold all that was told to be saved, and at most the field that was typed then.
    """
    case = CaseFile.open(path, PASSPHRASE)
    journal = before
    for number in range(first, told + 1):
        journal = typed(journal, number)
    if case.journal == journal:
        return case, told
    if case.journal == typed(journal, told + 1):
        return case, told + 1
    raise AssertionError(f"field {told} was told to be saved; the last step is {case.to_undo}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
