"""Records as bytes and back, exactly: numbers keep their digits, times their zone, lists what stood in them.

MessagePack; a record is a map of its parts without those that have their default, so that a part that is added to
the model later needs no migration; a small one that says so (``array_like``) is a list of them, as a tuple is. What
MessagePack has no type for stands as an extension.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.msgpack import Ext
from msgspec.structs import astuple, fields

_NUMBER, _DAY, _TIME, _ZONED_TIME, _LARGE_INTEGER, _BROKEN_TEXT = range(1, 7)
_LARGEST, _SMALLEST = 2**64 - 1, -(2**63)

Stored = TypeVar("Stored")


class UnknownPartError(Exception):
    """What is decoded has a part that this version does not know."""


Build = Callable[[Any], Any]


def encoded(record: object) -> bytes:
    """The bytes of a record, or of a list of records."""
    return msgspec.msgpack.encode(_plain(record))


def decoded(data: bytes, kind: type[Stored]) -> Stored:
    """The record of type ``kind`` that ``data`` holds, which must come from :func:`encoded`: else anything is raised.

    Raises :class:`UnknownPartError` where a newer version wrote it.
    """
    built: Stored = _builder(cast(Any, kind))(_DECODER.decode(data))
    return built


# --- to bytes


def _plain(value: Any) -> Any:
    writer = _WRITERS.get(type(value))
    if writer is not None:
        return writer(value)
    if isinstance(value, Struct):
        return [*map(_plain, astuple(value))] if _is_list(type(value)) else _record(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclass_fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    return value


def _record(record: Struct) -> dict[str, Any]:
    defaults = _defaults(type(record))
    values = ((name, getattr(record, name), default) for name, default in defaults.items())
    return {name: _plain(value) for name, value, default in values if value is not default and value != default}


def _is_list(kind: type[Any]) -> bool:
    """Whether the parts of a record stand in a list."""
    return issubclass(kind, Struct) and kind.__struct_config__.array_like


@cache
def _defaults(kind: type[Struct]) -> dict[str, Any]:
    return {field.name: field.default for field in fields(kind)}


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


_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    type(None): lambda value: value,
    bool: lambda value: value,
    str: _text,
    int: _integer,
    Decimal: lambda value: Ext(_NUMBER, str(value).encode()),
    date: lambda value: Ext(_DAY, value.isoformat().encode()),
    datetime: _time,
}


# --- from bytes


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


def _as_it_is(value: Any) -> Any:
    return value


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
