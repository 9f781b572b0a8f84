"""What it takes to fill a field, as operators: read strictly from ``resources/burden/interactions.json``."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.model import Actions, Band
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.language import Text


class Hands(StrEnum):
    """Where the hand is when a field has been filled: it decides how the next one is reached."""

    MOUSE = "mouse"
    KEYS = "keys"


class Interaction(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way to fill a field: how many of each operator.

    ``keys`` is added for each key of what is written, ``sentences`` is a thought for each sentence.
    """

    id: str
    label: Text
    hands_after: Hands
    K: int = 0
    P: int = 0
    B: int = 0
    H: int = 0
    M: int = 0
    keys: int = 0
    sentences: int = 0

    def actions(self, keys: float = 0, sentences: float = 0) -> Actions:
        """The operators for what is written with so many keys in so many sentences."""
        return Actions(
            keystrokes=self.K + self.keys * keys,
            points=self.P,
            clicks=self.B,
            homings=self.H,
            thoughts=self.M + self.sentences * sentences,
        )


def read_interactions(path: Path) -> dict[str, Interaction]:
    """The interactions of a file by id; raises :class:`CatalogueFault` for anything but them."""
    try:
        listed = msgspec.json.decode(path.read_bytes(), type=tuple[Interaction, ...])
    except (msgspec.DecodeError, OSError) as error:
        raise CatalogueFault("catalogue-unreadable", file=path.name, line=0, why=str(error)) from error
    return {each.id: each for each in listed}


@cache
def shipped_interactions() -> dict[str, Interaction]:
    """The interactions that ship with the program, read once."""
    return read_interactions(resource("burden", "interactions.json"))


def actions(interaction: str, keys: float = 0, sentences: float = 0) -> Actions:
    """The operators of an interaction by id."""
    return shipped_interactions()[interaction].actions(keys, sentences)


def interaction_seconds(assumptions: Assumptions, interaction: str, keys: float = 0, sentences: float = 0) -> Band:
    """How long an interaction takes."""
    return assumptions.seconds(actions(interaction, keys, sentences))
