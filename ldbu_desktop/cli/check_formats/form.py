"""What every form of output has in common."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TextIO

from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.checked_report import CheckedReport


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was checked with, when, and for whom. ``everything`` asks for all places of a cause."""

    standard: str
    program: str
    at: datetime
    language: Language
    everything: bool = False


class Form(Protocol):
    """Writes reports; ``end`` is called once, also where the work was stopped (``is_complete`` is then False)."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None: ...

    def add(self, checked: CheckedReport) -> None:
        """Write one report, or remember what is to be told of it."""

    def end(self, *, is_complete: bool) -> None:
        """Write what remains."""
