"""What was checked with, when, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ldbu_desktop.language import Language


@dataclass(frozen=True, slots=True)
class Occasion:
    """What was checked with, when, and for whom. ``everything`` asks for all places of a cause."""

    standard: str
    program: str
    at: datetime
    language: Language
    everything: bool = False
