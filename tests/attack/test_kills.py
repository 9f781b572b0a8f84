"""Programs that are killed while they save, and machines that go out: nothing is lost without a word.

A machine that goes out may take what was not on the disk yet: that is simulated by cutting the log where chance has it.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ldbu_desktop.casefile.beginning import logs_of
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.journal.model import Journal
from tests.profiles import LONG, landing
from tests.unit.casefile.some_journal import PASSPHRASE, journal
from tests.unit.casefile.typing_process import kill_at_random, opened_after, typed

KILLS = 1000 if LONG else 4
"""Half of them of the machine."""


def fields_in(found: Journal, before: Journal, first: int, told: int) -> int:
    """How many fields from ``first`` on are in what was found; raises where that is no state that there was."""
    state = before
    if found == state:
        return 0
    for number in range(first, told + 2):
        state = typed(state, number)
        if found == state:
            return number - first + 1
    raise AssertionError("a state that there never was")


@landing("a case file is killed in every run")
@pytest.mark.no_cover
def test_kills(tmp_path: Path) -> None:
    path, chance, first = tmp_path / "sag.ldbu", random.Random(KILLS), 1  # noqa: S311
    case = CaseFile.create(path, PASSPHRASE, journal(6))
    before = case.journal
    case.close()
    for at in range(KILLS):
        told = kill_at_random(path, first, chance, 0.2)
        if at % 2:
            log = logs_of(path)[0]
            content = log.read_bytes()
            log.write_bytes(content[: chance.randrange(len(content) + 1)])
            case = CaseFile.open(path, PASSPHRASE)
            there = fields_in(case.journal, before, first, told)
            lost = told - first + 1 - there
            # Each field is a transaction, and those that were undone and done again are two more.
            assert (case.warning is not None and case.warning.key == "case-saves-lost") or lost <= 0
            last = max(told, first + there - 1)
        else:
            case, last = opened_after(path, before, first, told)
            assert case.warning is None
        before, first = case.journal, last + 1
        case.close()
    assert [one.name for one in tmp_path.iterdir()] == ["sag.ldbu"]
