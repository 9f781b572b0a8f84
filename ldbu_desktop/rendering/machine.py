"""For machines: a JSON line a row as soon as it is there, or one JSON document with a list of rows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TextIO

_PLAIN = str.maketrans({chr(mark): f"\\u{mark:04x}" for mark in (*range(0x7F, 0xA0), 0x2028, 0x2029)})
"""Marks that steer a terminal, or that some readers of lines take for the end of one: JSON lets them stand in texts."""

_encoder = json.JSONEncoder(ensure_ascii=False)


def encoded(value: Any) -> str:
    """A value as JSON on one line."""
    return _encoder.encode(value).translate(_PLAIN)


class JsonLines:
    """A line a row."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, row: Mapping[str, Any]) -> None:
        """Write the line at once."""
        self._stream.write(encoded(row) + "\n")
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
        self._stream.write(self._between + encoded(row))
        self._between = ",\n"

    def end(self, facts: Mapping[str, Any]) -> None:
        """Write what is known in the end."""
        told = ",\n".join(f"{encoded(key)}: {encoded(value)}" for key, value in facts.items())
        self._stream.write(f"\n],\n{told}}}\n")
