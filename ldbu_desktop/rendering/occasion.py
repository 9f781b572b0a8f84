"""What was checked with, when, and for whom."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from ldbu_desktop.language import Language, tr
from ldbu_desktop.standard.model import Standard


class Occasion(Struct, frozen=True):
    """What was checked with, when, and for whom.

    ``standard`` is what it is called, ``catalogue`` has the words of its codes; ``everything`` asks for all places of a
    cause, and ``rest`` says where those are told that have no room.
    """

    standard: str
    catalogue: Standard
    program: str
    at: datetime
    language: Language
    everything: bool = False
    rest: str = ""

    def more_places(self, count: int) -> str:
        """That there are so many more places than are told; nothing where there is none."""
        if not count:
            return ""
        told = tr("… og {count, plural, one {# sted} other {# steder}} til", count=count)
        return f"{told} ({self.rest})" if self.rest else told
