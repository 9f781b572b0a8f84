"""For machines: a JSON line a row as soon as it is there, or one JSON document with a list of rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TextIO

from ldbu_desktop.characters import steering_escaped
from ldbu_desktop.journal.mask import cpr_removed

_line = json.JSONEncoder(ensure_ascii=False)
_lines = json.JSONEncoder(ensure_ascii=False, indent=1)


def encoded(value: Any) -> str:
    """A value as JSON on one line, without CPR numbers; what would steer a terminal is escaped."""
    return steering_escaped(_line.encode(_removed(value)))


def encoded_lines(value: Any) -> str:
    """A value as JSON that people read too, a member a line; else as :func:`encoded` writes it."""
    return steering_escaped(_lines.encode(_removed(value)))


_told = lru_cache(maxsize=1024)(cpr_removed)
"""Rows of many findings say the same: their codes, files and what to do."""


def _removed(value: Any) -> Any:
    """``value`` with no CPR number in any of its texts and names."""
    if isinstance(value, str):
        return _told(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, dict | Mapping):
        return {_told(name): _told(one) if isinstance(one, str) else _removed(one) for name, one in value.items()}
    return [_removed(one) for one in value] if isinstance(value, list | tuple) else value


class JsonLines:
    """A line a row."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, row: Mapping[str, Any]) -> None:
        """Write the line at once."""
        self.add_encoded(encoded(row))

    def add_encoded(self, row: str) -> None:
        """Write the line of a row that is JSON already."""
        self._stream.write(row + "\n")
        self._stream.flush()


class JsonDocument:
    """One document: what stands before, a list of rows a line each, and what is known in the end."""

    def __init__(self, stream: TextIO, head: Mapping[str, Any], name: str) -> None:
        self._stream = stream
        self._between = "\n"
        begun = encoded(head)[:-1] + ",\n" if head else "{"
        stream.write(f"{begun}{encoded(name)}: [")

    def add(self, row: Mapping[str, Any]) -> None:
        """Write a row."""
        self.add_encoded(encoded(row))

    def add_encoded(self, row: str) -> None:
        """Write a row that is JSON already."""
        self._stream.write(self._between + row)
        self._between = ",\n"

    def end(self, facts: Mapping[str, Any]) -> None:
        """Write what is known in the end."""
        told = ",\n".join(f"{encoded(key)}: {encoded(value)}" for key, value in facts.items())
        self._stream.write(f"\n],\n{told}}}\n")
