"""What was checked with, when, and for whom."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard


class Occasion(Struct, frozen=True):
    """What was checked with, when, and for whom.

    ``standard`` is what it is called, ``catalogue`` has the words of its codes; ``everything`` asks for all places of a
    cause.
    """

    standard: str
    catalogue: Standard
    program: str
    at: datetime
    language: Language
    everything: bool = False
