"""What a call writes is none of the files that it reads."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from ldbu_desktop.faults import CallFault


def check_target(called: argparse.Namespace) -> None:
    """See that an answer goes into no file that the call reads, whatever option names it.

    Raises :class:`CallFault` where it would.
    """
    target: Path | None = getattr(called, "to", None)
    if target is not None and any(_is_same(target, word) for word in _other_words(called)):
        raise CallFault("copy-onto-itself", file=target.name)


def _other_words(called: argparse.Namespace) -> Iterator[str | Path]:
    for name, value in vars(called).items():
        if name != "to":
            words = value if isinstance(value, list) else [value]
            yield from (word for word in words if isinstance(word, str | Path))


def _is_same(target: Path, word: str | Path) -> bool:
    try:
        return target.is_file() and target.samefile(word)
    except (OSError, ValueError):  # One of them is no name of a file that is there.
        return False
