"""JSON as it was written: numbers keep their form, and faults that only the text shows are told with their place.

Most texts are read by a fast decoder. Only where that fails, or where the text may hold something that it would hide (a
key told twice, an escape that other readers refuse), is the text read again, token by token and without recursion.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

JsonPath = tuple[str | int, ...]
"""Keys and indexes from the top of the document to a value in it."""


class JsonLimits(Struct, frozen=True):
    """How much is read: bytes of text, and objects and arrays within each other."""

    size: int = 64 * 1024 * 1024
    depth: int = 255


_LIMITS: Final = JsonLimits()


class Written:
    """A number that is not a whole one, as it was written: ``54.50`` is not ``54.5``."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"Written({self.text!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Written) and other.text == self.text

    def __hash__(self) -> int:
        return hash(self.text)


class TextFault(Struct, frozen=True):
    """What is wrong with the text at ``offset``. After a fatal fault nothing more is read.

    Fatal kinds: ``not-json``, ``no-report``, ``truncated``, ``second-document``, ``too-large``, ``too-deep``,
    ``not-utf-8``, ``bad-escape``, ``nested-empty-array``. Others: ``comment`` (its path is that of the value after it),
    ``trailing-comma``, ``unquoted-name``, ``unquoted-value``, ``duplicate-key``, and ``control-character`` and
    ``lone-surrogate``, which readers take no offence at.
    """

    kind: str
    path: JsonPath
    offset: int
    is_fatal: bool = False


class JsonText(Struct, frozen=True):
    """The value that a text holds, None after a fatal fault, and the faults of the text itself."""

    value: Any
    faults: tuple[TextFault, ...] = ()


HARMLESS: Final = frozenset({"control-character", "lone-surrogate"})
"""Kinds of faults that readers take no offence at."""

NOT_READABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What reading JSON by its type raises for a text that is none, is of another type, or is nested without end."""

_DECODER: Final = msgspec.json.Decoder(float_hook=Written)
_ENCODER: Final = msgspec.json.Encoder(enc_hook=lambda _: None)
_BOM: Final = b"\xef\xbb\xbf"
_EMPTY_ARRAY: Final = re.compile(rb"\[\s*\]")
_NEGATIVE_ZERO: Final = re.compile(rb"-0[\s,}\]]")
_HIDDEN_BY_ESCAPES: Final = re.compile(rb"\\(?:[bf]|u0022|u[dD][89a-fA-F])")


def parse(data: bytes, *, limits: JsonLimits = _LIMITS) -> JsonText:
    """The value that ``data`` holds, in UTF-8 with or without byte order mark. Raises nothing."""
    if len(data) > limits.size:
        return JsonText(None, (TextFault("too-large", (), 0, is_fatal=True),))
    try:
        value = _DECODER.decode(data.removeprefix(_BOM))
        if data.find(_BOM, 1) > 0:  # the official validator leaves such marks out wherever they stand
            value = _DECODER.decode(data.replace(_BOM, b""))
    except (msgspec.DecodeError, RecursionError, ValueError):
        return _Reader(data, limits).read()
    if (
        data.count(b'"') != _ENCODER.encode(value).count(b'"')
        or _EMPTY_ARRAY.search(data)
        or _NEGATIVE_ZERO.search(data)
        or (b"\\" in data and _HIDDEN_BY_ESCAPES.search(data))
    ):
        return _Reader(data, limits).read()
    return JsonText(value)


def value_of(data: bytes) -> Any:
    """What a text holds that was found to be one: read the quick way, unless that can't. Raises nothing."""
    try:
        return _DECODER.decode(data)
    except (msgspec.DecodeError, RecursionError, ValueError):
        return parse(data).value


def positions(data: bytes, paths: Collection[JsonPath]) -> Mapping[JsonPath, tuple[int, int]]:
    """Line and column, from 1, of the values at ``paths``, found in one reading; what is not there is left out."""
    wanted = set(paths)
    quick = _quick_offsets(data, wanted)
    if quick is not None:
        return places_of_offsets(*quick)
    offsets: dict[JsonPath, int] = {(): 0} if () in wanted else {}
    reader = _Reader(data, JsonLimits(size=len(data) + 1, depth=100_000), wanted)
    reader.read()
    offsets.update(reader.offsets)
    return places_of_offsets(reader.text, offsets)


_SPACE: Final = re.compile(r"[ \t\r\n]*")
_scan_value: Final = json.JSONDecoder().raw_decode


def _quick_offsets(data: bytes, wanted: set[JsonPath]) -> tuple[str, dict[JsonPath, int]] | None:
    """The offsets of the wanted values in a text without faults, skipping what is not wanted; None for other texts."""
    text = _text_of(data)
    keys: dict[JsonPath, set[str | int]] = {}
    for path in wanted:
        for length in range(len(path)):
            keys.setdefault(path[:length], set()).add(path[length])
    found: dict[JsonPath, int] = {}
    waiting: list[tuple[JsonPath, int]] = [((), _skip_space(text, 0))]
    try:
        while waiting:
            path, at = waiting.pop()
            if path in wanted:
                found[path] = at
            if text[at] in "{[" and path in keys:
                waiting.extend(_children(text, path, at, keys[path]))
    except (ValueError, IndexError, RecursionError):
        return None
    return text, found


def _skip_space(text: str, at: int) -> int:
    matched = _SPACE.match(text, at)
    return matched.end() if matched else at


def _children(text: str, path: JsonPath, at: int, keys: set[str | int]) -> Iterator[tuple[JsonPath, int]]:
    """The paths and offsets of what is under ``keys`` directly in the object or array at ``at``; the first of each."""
    is_object = text[at] == "{"
    at = _skip_space(text, at + 1)
    number = 0
    while keys and text[at] not in "}]":
        key: str | int = number
        if is_object:
            key, at = _scan_value(text, at)
            at = _skip_space(text, _skip_space(text, at) + 1)
        if key in keys:
            keys.remove(key)
            yield (*path, key), at
        _, at = _scan_value(text, at)
        at = _skip_space(text, at)
        if text[at] == ",":
            at = _skip_space(text, at + 1)
        number += 1


def places_of_offsets(text: str, offsets: Mapping[JsonPath, int]) -> Mapping[JsonPath, tuple[int, int]]:
    """Line and column, from 1, of each offset in ``text``."""
    found: dict[JsonPath, tuple[int, int]] = {}
    line, start = 1, 0
    for path, offset in sorted(offsets.items(), key=lambda item: item[1]):
        line += text.count("\n", start, offset)
        start = offset
        found[path] = (line, offset - text.rfind("\n", 0, offset))
    return found


def line_and_column(data: bytes, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a fault's offset."""
    text = _text_of(data)
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _text_of(data: bytes) -> str:
    return data.removeprefix(_BOM).decode("utf-8", errors="replace")


class _Fatal(Exception):
    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


_TOKEN: Final = re.compile(
    r"""[ \t\r\n]*(?:
        (?P<string>"[^"\\]*(?:\\.[^"\\]*)*")
      | (?P<number>[-0-9][-+0-9.eE]*)
      | (?P<word>[A-Za-z_][A-Za-z0-9_.\-]*)
      | (?P<mark>[{}\[\]:,])
      | (?P<comment>//[^\n\r]*)
      | (?P<end>\Z)
      | (?P<other>.)
    )""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES: Final = {'"': '"', "'": "'", "\\": "\\", "/": "/", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: Final = {"true": True, "false": False, "null": None}
_NUMBER: Final = re.compile(r"0|-?[1-9][0-9]{0,17}")
"""Whole numbers that read the same whatever reads them; ``-0`` is written otherwise than it reads."""


class _Open(Struct):
    """An object or array that is being read. ``key`` waits for its value; ``state`` says what may come."""

    value: Any
    state: str
    key: str = ""
    path: JsonPath = ()


class _Reader:
    """Reads read by read; takes what tolerant readers take, and notes it."""

    def __init__(self, data: bytes, limits: JsonLimits, wanted: Collection[JsonPath] = ()) -> None:
        self.text = _text_of(data)
        self.faults: list[TextFault] = []
        self.offsets: dict[JsonPath, int] = {}
        self._limits = limits
        self._wanted = wanted
        self._stack: list[_Open] = []
        self._comments: list[int] = []
        self._offset = 0
        self._is_utf8 = True
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            self._is_utf8 = False

    def read(self) -> JsonText:
        """The value and the faults."""
        try:
            value = self._document()
        except _Fatal as fault:
            path = self._path_here()
            self.faults.append(TextFault(fault.kind, path, self._offset, is_fatal=True))
            return JsonText(None, tuple(self.faults))
        return JsonText(value, tuple(self.faults))

    def _path_here(self) -> JsonPath:
        if not self._stack:
            return ()
        top = self._stack[-1]
        if isinstance(top.value, dict):
            return (*top.path, top.key) if top.key and top.state == "value" else top.path
        return (*top.path, len(top.value))

    def _document(self) -> Any:
        if not self._is_utf8:
            self._offset = self.text.index("\ufffd")
            raise _Fatal("not-utf-8")
        root: Any = None
        is_done = False
        at = 0
        while True:
            matched = _TOKEN.match(self.text, at)
            assert matched is not None  # noqa: S101 - the last alternatives match anything
            kind, read = matched.lastgroup, matched[matched.lastgroup or 0]
            at = matched.end()
            self._offset = at - len(read)
            if kind == "comment":
                self._comments.append(self._offset)
            elif kind == "end":
                if self._stack or not is_done:
                    raise _Fatal("truncated")
                return root
            elif is_done:
                raise _Fatal("second-document")
            elif kind == "other":
                raise _Fatal("truncated" if read == '"' else "not-json")
            elif self._stack:
                is_done = self._within(kind or "", read)
            elif read != "{":
                is_value = kind in {"number", "string"} or read in {"[", *_WORDS}
                raise _Fatal("no-report" if is_value else "not-json")
            else:
                root = self._begin({}, ())

    def _within(self, kind: str, read: str) -> bool:
        """Take a read inside an object or array; True when the document is complete with it."""
        top = self._stack[-1]
        if top.state in {"key", "first-key"}:
            return self._key(top, kind, read)
        if top.state == "colon":
            if read != ":":
                raise _Fatal("not-json")
            top.state = "value"
        elif top.state == "after":
            return self._after(top, read)
        elif read == "]" and isinstance(top.value, list):
            if top.state == "next":
                self._note("trailing-comma", top.path)
            return self._end(top, read)
        else:
            self._value(top, kind, read)
        return False

    def _key(self, top: _Open, kind: str, read: str) -> bool:
        if read == "}" and top.state == "first-key":
            return self._end(top, read)
        if kind == "string":
            top.key = self._string(read)
        elif kind == "word":
            top.key = read
            self._note("unquoted-name", (*top.path, read))
        else:
            raise _Fatal("not-json")
        top.state = "colon"
        return False

    def _after(self, top: _Open, read: str) -> bool:
        is_object = isinstance(top.value, dict)
        if read == ",":
            top.state = "key" if is_object else "next"
            return False
        if read == ("}" if is_object else "]"):
            return self._end(top, read)
        raise _Fatal("not-json")

    def _value(self, top: _Open, kind: str, read: str) -> None:
        path = self._path_here()
        top.state = "after"
        if read in {"{", "["} and kind == "mark":
            self._begin({} if read == "{" else [], path)
            return
        if kind == "string":
            value: Any = self._string(read)
        elif kind == "number":
            value = int(read) if _NUMBER.fullmatch(read) else Written(read)
        elif kind == "word":
            value = _WORDS.get(read, read)
            if read not in _WORDS:
                self._note("unquoted-value", path)
        else:
            raise _Fatal("not-json")
        self._put(top, value, path)

    def _begin(self, value: Any, path: JsonPath) -> Any:
        if len(self._stack) >= self._limits.depth:
            raise _Fatal("too-deep")
        if self._stack:
            self._put(self._stack[-1], value, path)
        elif path in self._wanted:
            self.offsets[path] = self._offset
        self._stack.append(_Open(value, "first-key" if isinstance(value, dict) else "item", path=path))
        return value

    def _put(self, top: _Open, value: Any, path: JsonPath) -> None:
        for offset in self._comments:
            self.faults.append(TextFault("comment", path, offset))
        self._comments.clear()
        if path in self._wanted:
            self.offsets.setdefault(path, self._offset)
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key in top.value:
            self._note("duplicate-key", path)
            if top.key == "resourceType":  # of this key alone the last one counts
                top.value[top.key] = value
        else:
            top.value[top.key] = value

    def _end(self, top: _Open, read: str) -> bool:
        self._stack.pop()
        if read == "]" and not top.value and self._stack and isinstance(self._stack[-1].value, list):
            raise _Fatal("nested-empty-array")
        return not self._stack

    def _string(self, read: str) -> str:
        inner = read[1:-1]
        if not inner.isprintable() and any(ch < " " for ch in inner):
            self._note("control-character")
        if "\\" not in inner:
            return inner
        made = _ESCAPE.sub(self._unescaped, inner)
        joined = made.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if any("\ud800" <= ch <= "\udfff" for ch in made) and "\ufffd" in joined:
            self._note("lone-surrogate")
        return joined

    def _unescaped(self, matched: re.Match[str]) -> str:
        mark = matched[1]
        if len(mark) == 5:
            return chr(int(mark[1:], 16))
        if mark not in _ESCAPES:
            raise _Fatal("bad-escape")
        return _ESCAPES[mark]

    def _note(self, kind: str, path: JsonPath | None = None) -> None:
        self.faults.append(TextFault(kind, self._path_here() if path is None else path, self._offset))
