"""Values as the two processes send them to each other: neither reads a file that the other wrote."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence
from datetime import date
from itertools import islice
from multiprocessing.reduction import ForkingPickler
from pathlib import Path
from typing import NamedTuple

from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.standard.model import Standard

STOP = b"stop"
"""Asks, with whatever is asked for next, to read no further."""

_TOGETHER = 16
"""Pieces that travel together."""


class Asked(NamedTuple):
    """What is to be loaded: files, by which standard, and what they are taken for where that was decided."""

    paths: tuple[Path, ...]
    standard: Standard
    proposal: Proposal | None
    today: date


def sent(value: object) -> bytes:
    """A value as it travels."""
    return bytes(ForkingPickler.dumps(value))


def in_pieces(groups: Iterable[Sequence[object]]) -> Generator[bytes, bytes, None]:
    """Groups, each to be taken in by itself, many at a time: a way between processes takes as long as many of them.

    What the members of a group share is sent once; what groups share is there once for each.
    """
    coming = iter(groups)
    while together := [sent(group) for group in islice(coming, _TOGETHER)]:
        yield sent(together)


def pieces(items: Sequence[object], count: int) -> list[bytes]:
    """Lists of so many, each to be taken in by itself."""
    return [sent(items[start : start + count]) for start in range(0, len(items), count)]
