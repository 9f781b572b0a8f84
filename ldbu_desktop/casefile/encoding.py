"""Records as bytes and back, exactly: numbers keep their digits, times their zone, lists what stood in them.

MessagePack; a record is a map of its parts without those that have their default, so that a part that is added to
the model later needs no migration; a small one that says so (``array_like``) is a list of them, as a tuple is. What
MessagePack has no type for stands as an extension.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.msgpack import Ext
from msgspec.structs import astuple, fields

_NUMBER, _DAY, _TIME, _ZONED_TIME, _LARGE_INTEGER, _BROKEN_TEXT = range(1, 7)
_TIMES_KEPT = 64
"""All that is recorded at a visit has its time, so that most times are that of a moment ago."""
_LARGEST, _SMALLEST = 2**64 - 1, -(2**63)

Stored = TypeVar("Stored")


class UnknownPartError(Exception):
    """What is decoded has a part that this version does not know."""


Build = Callable[[Any], Any]
Write = Callable[[Any], Any]


def encoded(record: object) -> bytes:
    """The bytes of a record, or of a list of records."""
    try:
        return msgspec.msgpack.encode(_USUAL.plain(record))
    except (UnicodeEncodeError, OverflowError):
        return msgspec.msgpack.encode(_UNUSUAL.plain(record))


def decoded(data: bytes, kind: type[Stored]) -> Stored:
    """The record of type ``kind`` that ``data`` holds, which must come from :func:`encoded`: else anything is raised.

    Raises :class:`UnknownPartError` where a newer version wrote it.
    """
    built: Stored = _builder(cast(Any, kind))(_DECODER.decode(data))
    return built


def _as_it_is(value: Any) -> Any:
    return value


# --- to bytes


class _Writers(dict[type[Any], Write]):
    """By a value's type, what makes of it what MessagePack has a type for; records that have nothing else stay."""

    def __init__(self, extensions: Mapping[type, Write], as_they_are: Iterable[type]) -> None:
        self._as_they_are = frozenset(as_they_are)
        super().__init__({**extensions, **dict.fromkeys(self._as_they_are, _as_it_is)})

    def __missing__(self, kind: type[Any]) -> Write:
        self[kind] = writer = self._writer(kind)
        return writer

    def plain(self, value: Any) -> Any:
        """What is encoded in place of a value."""
        return self[type(value)](value)

    def _writer(self, kind: type[Any]) -> Write:
        if issubclass(kind, Struct):
            return self._list if _is_list(kind) else self._record_writer(kind)
        if is_dataclass(kind):
            names = [field.name for field in dataclass_fields(kind)]
            return lambda value: {name: self.plain(getattr(value, name)) for name in names}
        if issubclass(kind, tuple | list):
            return lambda items: [self[type(item)](item) for item in items]
        if issubclass(kind, Mapping):
            return lambda items: {self.plain(key): self.plain(item) for key, item in items.items()}
        return _as_it_is

    def _list(self, record: Struct) -> Any:
        parts = astuple(record)
        if self._as_they_are.issuperset(map(type, parts)):
            return record
        return [self[type(part)](part) for part in parts]

    def _record_writer(self, kind: type[Struct]) -> Write:
        names, defaults = zip(*[(field.name, field.default) for field in fields(kind)], strict=True)

        def write(record: Struct) -> dict[str, Any]:
            return {
                name: self[type(value)](value)
                for name, default, value in zip(names, defaults, astuple(record), strict=True)
                if value is not default and value != default
            }

        return write


def _is_list(kind: type[Any]) -> bool:
    """Whether the parts of a record stand in a list."""
    return issubclass(kind, Struct) and kind.__struct_config__.array_like


def _text(value: str) -> Any:
    try:
        value.encode()
    except UnicodeEncodeError:
        # Half a character, as pasted text may hold: UTF-8 has no bytes for it.
        return Ext(_BROKEN_TEXT, value.encode("utf-8", "surrogatepass"))
    return value


def _integer(value: int) -> Any:
    return value if _SMALLEST <= value <= _LARGEST else Ext(_LARGE_INTEGER, str(value).encode())


def _time(value: datetime) -> Ext:
    key = value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None
    if key is None:
        return Ext(_TIME, value.isoformat().encode())
    # Which of the two hours it is when the clocks are set back is no part of the text.
    return Ext(_ZONED_TIME, f"{value.fold}{value.replace(tzinfo=None).isoformat()} {key}".encode())


_EXTENSIONS: Final[Mapping[type, Write]] = {
    Decimal: lambda value: Ext(_NUMBER, str(value).encode()),
    date: lambda value: Ext(_DAY, value.isoformat().encode()),
    datetime: _time,
}
_USUAL: Final = _Writers(_EXTENSIONS, (NoneType, bool, str, int))
_UNUSUAL: Final = _Writers({**_EXTENSIONS, str: _text, int: _integer}, (NoneType, bool))
"""For what holds a text or an integer that MessagePack has no bytes for: each is looked at."""


# --- from bytes


@lru_cache(_TIMES_KEPT)
def _zoned_time(text: str) -> datetime:
    moment, _, key = text[1:].partition(" ")
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(key), fold=int(text[0]))


_READERS: Mapping[int, Callable[[str], Any]] = {
    _NUMBER: Decimal,
    _DAY: date.fromisoformat,
    _TIME: datetime.fromisoformat,
    _ZONED_TIME: _zoned_time,
    _LARGE_INTEGER: int,
}


def _extension(code: int, data: memoryview) -> Any:
    if code == _BROKEN_TEXT:
        return bytes(data).decode("utf-8", "surrogatepass")
    return _READERS[code](str(data, "utf-8"))


_DECODER: Final = msgspec.msgpack.Decoder(ext_hook=_extension)


@cache
def _builder(kind: Any) -> Build:
    """What makes a value of an annotated type of what was decoded."""
    plain, arguments = get_origin(kind) or kind, get_args(kind)
    if plain in (Union, UnionType):
        return _optional(arguments)
    if plain is tuple:
        build = _builder(arguments[0])
        return lambda items: tuple([build(item) for item in items])
    if isinstance(plain, type) and _is_list(plain):
        return _list_builder(plain)
    if isinstance(plain, type) and (issubclass(plain, Struct) or is_dataclass(plain)):
        return _record_builder(plain)
    if isinstance(plain, type) and issubclass(plain, Enum):
        return plain
    if isinstance(plain, type) and issubclass(plain, tuple):
        return _list_builder(plain)
    return _as_it_is


def _optional(kinds: tuple[Any, ...]) -> Build:
    """Of a part that may be nothing; a value that may be of several types tells itself which it is."""
    builders = [_builder(kind) for kind in kinds if kind is not NoneType]
    if len(builders) > 1 or builders[0] is _as_it_is:
        return _as_it_is
    build = builders[0]
    return lambda value: None if value is None else build(value)


def _record_builder(kind: type[Any]) -> Build:
    builders = {name: _builder(hint) for name, hint in get_type_hints(kind).items()}

    def build(parts: dict[str, Any]) -> Any:
        try:
            return kind(**{name: builders[name](value) for name, value in parts.items()})
        except KeyError:
            raise UnknownPartError from None

    return build


def _list_builder(kind: type[Any]) -> Build:
    """Of a value whose parts stand in a list: a tuple with names, or a small record."""
    hints = get_type_hints(kind)
    builders = [_builder(hint) for hint in hints.values()]
    if all(builder is _as_it_is for builder in builders):
        # A part that came later has its default.
        return lambda values: kind(*values)
    return lambda values: kind(*[build(value) for build, value in zip(builders, values, strict=True)])
