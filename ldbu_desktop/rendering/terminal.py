"""What a terminal may be given: no CPR number, and nothing that would steer it."""

from __future__ import annotations

from ldbu_desktop.characters import harmless
from ldbu_desktop.journal.mask import cpr_masked, without_person


def for_screen(text: str) -> str:
    """A text of the answer itself: the last four digits of CPR numbers are hidden."""
    return harmless(cpr_masked(text))


def for_log(text: str) -> str:
    """A text beside the answer, which may be kept in a log: nothing of a CPR number is in it."""
    return harmless(without_person(text))
