"""From a file's values to a form's parts, by the types of the model: all that does not fit is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVar

from msgspec import inspect

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.model import Field, Form
from ldbu_desktop.forms.yaml_tree import Listing, Mapping, Scalar, YamlNode, shown

UNWRITTEN = frozenset({"source", "is-own"})
"""What the loader tells about a form: no file says it."""

_ABOUT = ("variable", "link_id", "questionnaire")
_DIGITS = re.compile(r"[0-9]{1,6}")
_YES_NO = {"true": True, "false": False}
_WRONG: Any = object()

Part = TypeVar("Part")


MOST_FAULTS = 100
"""A file with more faults is no form; the first are told."""


class _EnoughError(Exception):
    """So much does not fit that reading on would help nobody."""


class KeySpec(NamedTuple):
    """A key of a part: its name in the model, its type and whether it has to be there."""

    name: str
    type: inspect.Type
    is_required: bool


class Reader:
    """Reads the parts of one file. ``faults`` fill while it reads; a part with a fault in it is not made."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.faults: list[FileFault] = []

    def form(self, top: Mapping) -> Form | None:
        """The form, without what follows from the catalogue; None where something does not fit."""
        return self.part(top, Form)

    def part(self, top: Mapping, kind: type[Part]) -> Part | None:
        """What a file holds as a value of a type; None where something does not fit."""
        try:
            part: Part = self._part(top, kind)
        except _EnoughError:
            return None
        return part if not self.faults else None

    def _part(self, node: YamlNode, kind: type) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong(FileFault("form-not-keys", file=self._file, line=node.line))
        wanted = wanted_keys(kind)
        values = {}
        for key, value in node.entries.items():
            if key in wanted:
                values[wanted[key].name] = self._value(value, wanted[key].type, key)
                continue
            line = node.key_lines[key]
            known = get_close_matches(key, wanted, 1) or ("", *wanted)
            told = ", ".join(name for name in known if name)
            self._wrong(FileFault("form-key-unknown", file=self._file, line=line, name=shown(key), known=told))
            values[key] = _WRONG
        self._count_purposes(node, kind)
        if kind is Field:
            values.setdefault("id", next((values[name] for name in _ABOUT if name in values), _WRONG))
        for key, want in wanted.items():
            if want.is_required and want.name not in values:
                self._wrong(FileFault("form-key-missing", file=self._file, line=node.line, name=key))
                values[want.name] = _WRONG
        return _WRONG if any(value is _WRONG for value in values.values()) else kind(**values)

    def _count_purposes(self, node: Mapping, kind: type) -> None:
        """A field is about one thing, and a form is for visits or for an instrument."""
        wanted = wanted_keys(kind)
        if kind is Field and sum(wanted[key].name in _ABOUT for key in node.entries if key in wanted) != 1:
            self._wrong(FileFault("form-field-about", file=self._file, line=node.line))
        if kind is Form and ("visits" in node.entries) == ("questionnaire" in node.entries):
            self._wrong(FileFault("form-purpose", file=self._file, line=node.line))

    def _value(self, node: YamlNode, type_: inspect.Type, name: str) -> Any:
        if isinstance(type_, inspect.UnionType):
            if isinstance(node, Scalar) and node.is_nothing:
                return None
            type_ = next(each for each in type_.types if not isinstance(each, inspect.NoneType))
        return _READERS[type(type_)](self, node, type_, name)

    def _struct(self, node: YamlNode, type_: inspect.StructType, name: str) -> Any:
        if type_.cls is not Text:
            return self._part(node, type_.cls)
        if isinstance(node, Mapping):
            return self._part(node, Text)
        text = self._text(node, inspect.StrType(), name)
        return _WRONG if text is _WRONG else Text(da=text, en=text)

    def _text(self, node: YamlNode, type_: inspect.StrType, name: str) -> Any:
        may_be_empty = type_.min_length == 0
        if not isinstance(node, Scalar) or node.is_nothing or not (node.text.strip() or may_be_empty):
            return self._wrong(FileFault("form-not-text", file=self._file, line=node.line, name=name))
        if type_.pattern is not None and not re.fullmatch(type_.pattern, node.text):
            return self._wrong(FileFault("form-id-unfit", file=self._file, line=node.line, id=shown(node.text)))
        return node.text

    def _number(self, node: YamlNode, type_: inspect.IntType, name: str) -> Any:
        low, high = type_.ge or 0, type_.le if type_.le is not None else 999_999
        if isinstance(node, Scalar) and not node.is_quoted and _DIGITS.fullmatch(node.text):
            number = int(node.text)
            if low <= number <= high:
                return number
        return self._wrong(FileFault("form-not-number", file=self._file, line=node.line, name=name, low=low, high=high))

    def _yes_no(self, node: YamlNode, _type: inspect.BoolType, name: str) -> Any:
        if isinstance(node, Scalar) and not node.is_quoted and node.text in _YES_NO:
            return _YES_NO[node.text]
        return self._wrong(FileFault("form-not-yes-no", file=self._file, line=node.line, name=name))

    def _word(self, node: YamlNode, type_: inspect.EnumType, name: str) -> Any:
        words: type[StrEnum] = type_.cls  # type: ignore[assignment]  # the model has no other enumerations
        if isinstance(node, Scalar) and node.text in set(words):
            return words(node.text)
        told = shown(node.text) if isinstance(node, Scalar) else ""
        known = ", ".join(words)
        return self._wrong(
            FileFault("form-not-a-word", file=self._file, line=node.line, name=name, found=told, known=known)
        )

    def _list(self, node: YamlNode, type_: inspect.VarTupleType, name: str) -> Any:
        if not isinstance(node, Listing):
            return self._wrong(FileFault("form-not-list", file=self._file, line=node.line, name=name))
        if len(node.items) < (type_.min_length or 0):
            return self._wrong(FileFault("form-list-empty", file=self._file, line=node.line, name=name))
        return self._all(node, [type_.item_type] * len(node.items), name)

    def _ages(self, node: YamlNode, type_: inspect.TupleType, name: str) -> Any:
        if not isinstance(node, Listing) or len(node.items) != len(type_.item_types):
            return self._wrong(FileFault("form-not-ages", file=self._file, line=node.line))
        return self._all(node, list(type_.item_types), name)

    def _all(self, node: Listing, types: list[inspect.Type], name: str) -> Any:
        values = tuple(self._value(item, type_, name) for item, type_ in zip(node.items, types, strict=True))
        return _WRONG if any(value is _WRONG for value in values) else values

    def _by_key(self, node: YamlNode, type_: inspect.DictType, name: str) -> Any:
        if not isinstance(node, Mapping):
            return self._wrong(FileFault("form-not-keys", file=self._file, line=node.line))
        values = {key: self._value(value, type_.value_type, name) for key, value in node.entries.items()}
        return _WRONG if any(value is _WRONG for value in values.values()) else values

    def _wrong(self, fault: FileFault) -> Any:
        self.faults.append(fault)
        if len(self.faults) == MOST_FAULTS:
            raise _EnoughError
        return _WRONG


_READERS: dict[type[inspect.Type], Callable[[Reader, YamlNode, Any, str], Any]] = {
    inspect.StructType: Reader._struct,
    inspect.StrType: Reader._text,
    inspect.IntType: Reader._number,
    inspect.BoolType: Reader._yes_no,
    inspect.EnumType: Reader._word,
    inspect.VarTupleType: Reader._list,
    inspect.TupleType: Reader._ages,
    inspect.DictType: Reader._by_key,
}


@cache
def wanted_keys(kind: type) -> dict[str, KeySpec]:
    """The keys that a part may have in a file, by name."""
    read = inspect.type_info(kind)
    assert isinstance(read, inspect.StructType)  # noqa: S101 - every part is one
    return {
        field.encode_name: KeySpec(field.name, field.type, field.required and (kind, field.name) != (Field, "id"))
        for field in read.fields
        if field.encode_name not in UNWRITTEN
    }
