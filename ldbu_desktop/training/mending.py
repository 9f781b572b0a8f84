"""What became of the faults in an export that was made for finding them: mended, found, left; and what was spoilt."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import Compared, Outcome, compared
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.model import Case

GOOD = frozenset((Outcome.RIGHT, Outcome.ACCEPTED))
"""Outcomes that need no word."""


class Mended(StrEnum):
    """What became of one value of an export with faults."""

    MENDED = "mended"
    FOUND = "found"
    """A fault that was changed, and is wrong still."""
    LEFT = "left"
    SPOILT = "spoilt"
    """What was right and is not any more."""


class FaultCompared(NamedTuple):
    """One value that had a fault or has one now, and what the learner made of it."""

    mended: Mended
    now: Compared


def faults_compared(case: Case, journal: Journal, standard: Standard) -> tuple[FaultCompared, ...]:
    """What became of each fault of the case's export in ``journal``, and of what was right there."""
    before = compared(case, journal_of(case, standard, Part.FAULTS), standard)
    now = compared(case, journal, standard)
    were = {_thing(one): one for one in before}
    told = [FaultCompared(mended, one) for one in now if (mended := _became(were.get(_thing(one)), one)) is not None]
    is_now = {_thing(one) for one in now}
    gone = [one for thing, one in were.items() if thing not in is_now and one.outcome not in GOOD]
    return (*told, *(FaultCompared(Mended.MENDED, one) for one in gone))


def _thing(one: Compared) -> tuple[str, str, str, str]:
    """What is the same thing before and after: of what is too much, there may be several."""
    return one.visit, one.subject, one.asked, one.found if one.outcome is Outcome.TOO_MUCH else one.expected


def _became(was: Compared | None, now: Compared) -> Mended | None:
    """What became of one value; None where it was right and is."""
    if was is None or was.outcome in GOOD:
        return None if now.outcome in GOOD else Mended.SPOILT
    if now.outcome in GOOD:
        return Mended.MENDED
    return Mended.LEFT if now.found == was.found else Mended.FOUND
