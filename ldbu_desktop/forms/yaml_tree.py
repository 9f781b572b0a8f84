"""A YAML file as a tree of values that know their lines, read strictly: for people who write forms by hand.

Only what a form needs is read: one document of mappings, lists and plain or quoted values. Aliases, tags, keys that
stand twice and deep nesting are refused, so that no file can grow when it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import yaml

from ldbu_desktop.faults import FileFault

DEPTH = 24
"""How deep values may lie in each other."""

_SHOWN = 60
"""How much of a file's own words is told in a fault."""


class Scalar(NamedTuple):
    """A single value as it was written; ``is_quoted`` tells ``"null"`` from ``null``."""

    line: int
    text: str
    is_quoted: bool = False

    @property
    def is_nothing(self) -> bool:
        """Nothing is written, or that there is nothing."""
        return not self.is_quoted and self.text in {"", "~", "null"}


class Listing(NamedTuple):
    """A list of values."""

    line: int
    items: list[YamlNode]


class Mapping(NamedTuple):
    """Values by key; ``key_lines`` are the lines that the keys stand on."""

    line: int
    entries: dict[str, YamlNode]
    key_lines: dict[str, int]


YamlNode = Scalar | Listing | Mapping


def shown(text: str) -> str:
    """What is told of a file's own words: one line, not too long."""
    told = " ".join(text.split())
    return told if len(told) <= _SHOWN else f"{told[: _SHOWN - 1]}…"


_PROBLEMS = (
    ("tab character", "form-yaml-tab"),
    ("mapping values are not allowed", "form-yaml-colon"),
    ("expected ':'", "form-yaml-colon"),
    ("expected ','", "form-yaml-open"),
    ("end of stream", "form-yaml-open"),
    ("cannot start any token", "form-yaml-character"),
)
"""What the parser says, in part, where people can be told more than that a line can't be read."""


def yaml_tree(data: bytes, file: str) -> Mapping:
    """The values of a YAML file. Raises :class:`FileFault` that names ``file`` and line for what is refused."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileFault("form-not-utf8", file=file, line=data.count(b"\n", 0, error.start) + 1) from error
    try:
        top = _Builder(file).built(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise FileFault(_fault_of(error.problem or ""), file=file, line=line) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FileFault("form-yaml-character", file=file, line=line) from error
    if isinstance(top, Mapping):
        return top
    raise FileFault("form-not-keys", file=file, line=top.line)


def _fault_of(problem: str) -> str:
    """The key of the fault that the parser's own words stand for."""
    return next((key for part, key in _PROBLEMS if part in problem), "form-not-yaml")


class _Builder:
    """Puts the events of a YAML parser together. It keeps its own stack, so that depth costs nothing."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[Listing | Mapping] = []
        self._keys: list[Scalar | None] = []

    def built(self, events: Iterator[yaml.Event]) -> YamlNode:
        documents: list[YamlNode] = []
        for event in events:
            match event:
                case yaml.AliasEvent():
                    raise FileFault("form-alias", file=self._file, line=_line(event))
                case yaml.ScalarEvent() | yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                    node = self._begun(event)
                    if not self._open:
                        documents.append(node)
                    else:
                        self._put(node)
                    if not isinstance(node, Scalar):
                        self._enter(node)
                case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                    self._open.pop()
                    self._keys.pop()
                case yaml.DocumentStartEvent() if documents:
                    raise FileFault("form-documents", file=self._file, line=_line(event))
        return documents[0] if documents else Mapping(1, {}, {})

    def _begun(self, event: yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent) -> YamlNode:
        line = _line(event)
        if event.anchor is not None:
            raise FileFault("form-alias", file=self._file, line=line)
        if event.tag is not None:
            raise FileFault("form-tag", file=self._file, line=line, tag=shown(event.tag))
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value, is_quoted=not event.implicit[0])
        return Mapping(line, {}, {}) if isinstance(event, yaml.MappingStartEvent) else Listing(line, [])

    def _enter(self, node: Listing | Mapping) -> None:
        if len(self._open) == DEPTH:
            raise FileFault("form-too-deep", file=self._file, line=node.line, limit=DEPTH)
        self._open.append(node)
        self._keys.append(None)

    def _put(self, node: YamlNode) -> None:
        within = self._open[-1]
        if isinstance(within, Listing):
            within.items.append(node)
            return
        key = self._keys[-1]
        if key is not None:
            within.entries[key.text] = node
            self._keys[-1] = None
            return
        if not isinstance(node, Scalar):
            raise FileFault("form-key-unclear", file=self._file, line=node.line)
        if node.text in within.entries:
            raise FileFault("form-key-twice", file=self._file, line=node.line, name=shown(node.text))
        within.key_lines[node.text] = node.line
        self._keys[-1] = node


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 - the parser gives every event its marks
    return int(mark.line) + 1
