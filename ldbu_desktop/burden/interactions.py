"""What it takes to fill a field, as operators: read strictly from ``resources/burden/interactions.json``."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.model import NOTHING, Band
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.json_text import NOT_READABLE


class HandPosition(StrEnum):
    """Where the hand is when a field has been filled: it decides how the next one is reached."""

    MOUSE = "mouse"
    KEYS = "keys"


class Interaction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way to fill a field: how many of each operator.

    ``keys`` is added for each key of what is written, ``sentences`` is a thought for each sentence.
    """

    id: str
    label: Text
    hands_after: HandPosition
    K: int = 0
    P: int = 0
    B: int = 0
    H: int = 0
    M: int = 0
    keys: int = 0
    sentences: int = 0

    def seconds(self, assumptions: Assumptions, keys: Band = NOTHING, sentences: Band = NOTHING) -> Band:
        """How long it takes to write so many keys in so many sentences."""
        strokes = Band(self.K, self.K, self.K) + keys * self.keys
        thoughts = Band(self.M, self.M, self.M) + sentences * self.sentences
        mouse = assumptions["P"] * self.P + assumptions["B"] * self.B
        return assumptions["M"] * thoughts + mouse + assumptions["H"] * self.H + assumptions["K"] * strokes


def read_interactions(path: Path) -> dict[str, Interaction]:
    """The interactions of a file by id; raises :class:`CatalogueFault` for anything but them."""
    try:
        listed = msgspec.json.decode(path.read_bytes(), type=tuple[Interaction, ...])
    except (OSError, *NOT_READABLE) as error:
        raise CatalogueFault("catalogue-unreadable", file=path.name, why=str(error)) from error
    return {each.id: each for each in listed}


@cache
def shipped_interactions() -> dict[str, Interaction]:
    """The interactions that ship with the program, read once."""
    return read_interactions(resource("burden", "interactions.json"))


def seconds_of(assumptions: Assumptions, name: str, keys: float = 0.0, sentences: float = 0.0) -> Band:
    """How long the interaction ``name`` takes, in all scenarios with as many keys and sentences."""
    written, thought = Band(keys, keys, keys), Band(sentences, sentences, sentences)
    return shipped_interactions()[name].seconds(assumptions, written, thought)
