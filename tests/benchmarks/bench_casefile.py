"""Measures case files: opening, leaving a field, undoing, another passphrase; and kills a process that types.

Say how many kills (200 if nothing is said). Fails where something that was saved is not there after a kill.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from journal_workbook import write_journal
from moments import percentile

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.editing.values import edited
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
from tests.unit.casefile.some_journal import PASSPHRASE, journal
from tests.unit.casefile.typing_process import kill_at_random, opened_after

STANDARD = shipped_standard()
SIZES = (500, 10_000)
FIELDS = 1000
ROUNDS = 5
LONGEST = 0.4
"""Seconds within which a process is killed after it saved its first field."""


def seconds(action: Callable[[], object]) -> float:
    """How long something takes."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def fields_of(source: Journal) -> list[Where]:
    """The weights of a journal, by place."""
    return [
        Where(family.key, visit.key, observation.key, "", observation.variable.value or "")
        for family in source.families
        for visit in family.visits
        for observation in visit.observations
        if observation.variable.value == "weight"
    ]


def print_times(folder: Path, visits: int) -> None:
    """The times of a case file with so many visits."""
    workbook, path = folder / f"{visits}.xlsx", folder / f"{visits}.ldbu"
    write_journal(workbook, visits)
    read = load([workbook], STANDARD)
    made: list[CaseFile] = []
    creating = seconds(lambda: made.append(CaseFile.create(path, PASSPHRASE, read)))
    made[0].close()
    opening = []
    for _ in range(ROUNDS):
        opened: list[CaseFile] = []
        opening.append(seconds(lambda opened=opened: opened.append(CaseFile.open(path, PASSPHRASE))))
        opened[0].close()
    case = CaseFile.open(path, PASSPHRASE)
    places, saving, current = fields_of(case.journal), [], case.journal
    for number in range(FIELDS):
        current = edited(current, places[number % len(places)], str(3000 + number), STANDARD)
        saving.append(seconds(lambda changed=current: case.save(changed, "weight")))
        time.sleep(0.002)
    undoing = [seconds(case.undo) for _ in range(100)]
    deriving = seconds(lambda: CaseKey.new(PASSPHRASE))
    changing = seconds(lambda: case.change_passphrase(PASSPHRASE))
    case.close()
    print(f"{visits} visits, {path.stat().st_size / 1e6:.1f} MB: created in {creating:.2f} s")
    print(f"  opened in {percentile(opening, 50):.2f} s (median), {max(opening):.2f} s (longest); key {deriving:.2f} s")
    for what, times in (("field saved", saving), ("field undone", undoing)):
        told = ", ".join(f"p{share} {percentile(times, share) * 1000:.2f}" for share in (50, 95, 99))
        print(f"  {what}: {told}, longest {max(times) * 1000:.2f} ms")
    print(f"  another passphrase in {changing:.2f} s")


def kill(folder: Path, kills: int) -> None:
    """Kill a process that types so often, and look each time whether all that was saved is there."""
    path, chance, first = folder / "killed.ldbu", random.Random(kills), 1  # noqa: S311
    case = CaseFile.create(path, PASSPHRASE, journal(30))
    before, beyond = case.journal, 0
    case.close()
    for _ in range(kills):
        told = kill_at_random(path, first, chance, LONGEST)
        case, last = opened_after(path, before, first, told)
        before, first, beyond = case.journal, last + 1, beyond + last - told
        case.close()
    print(f"{kills} kills, {first - 1} fields saved: none lost; {beyond} saved before it was told")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        for size in SIZES:
            print_times(Path(temporary), size)
        kill(Path(temporary), int(sys.argv[1]) if len(sys.argv) > 1 else 200)
