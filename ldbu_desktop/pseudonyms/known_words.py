"""The words that are nobody's: terms, codes, addresses and names of the standard, of FHIR, and of exports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.readings import folded
from ldbu_desktop.nearest import nearest

_FOLDERS: Final = (("standard",), ("standard", "profiles"), ("mapping",))
_TERMS: Final = ("value_sets.json", "visit_types.json", "variables.json")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_OF_FHIR: Final = ("div", "generated", "additional", "extensions", "empty", "resourceType")
_NOT_ALONE: Final = 2
"""A word of so few characters is known, and nothing is like it."""
_LONGEST: Final = 80
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[A-ZÆØÅ]?[a-zæøå]+|[^\W\d_]+")
_DIGITS_OF_HEADER: Final = 4
"""So many digits may stand in a header: a year, a count of months; more may be somebody's."""
_PART: Final = 4
"""Letters of each of two known words that are written as one."""


class KnownWords:
    """Words that may stand in what is written. ``more`` are those that somebody has decided on in a map."""

    def __init__(self, more: Iterable[str] = ()) -> None:
        words, self._names, self._choices = _shipped()
        self._more = {folded(text): None for text in more}
        self._headers = _headers() | {header_key(text) for text in more}
        self._words = words

    def is_known(self, text: str) -> bool:
        """Whether a text is one of the words, up to case and spaces."""
        told = folded(text)
        return told in self._words or told in self._more

    def is_header(self, text: str) -> bool:
        """Whether a header is known, spelt in any way that is read."""
        return header_key(text) in self._headers or self.is_known(text)

    def is_of_words(self, text: str) -> bool:
        """Whether a text is made of known words and nothing else: whoever wrote it need not be known."""
        words = _WORD.findall(text)
        return (
            bool(words)
            and sum(map(str.isdigit, text)) <= _DIGITS_OF_HEADER
            and (all(map(_is_word, words)) or all(map(_is_word, _LETTERS.findall(text))))
        )

    def is_element(self, name: str) -> bool:
        """Whether FHIR has an element of such a name."""
        bare = name.removeprefix("_")
        return bare in self._names or any(
            bare.startswith(choice) and bare[len(choice) : len(choice) + 1].isupper() for choice in self._choices
        )

    def slip_of(self, text: str) -> str | None:
        """A misspelling of the word that ``text`` is like, and no other; None where it is like none."""
        told = folded(text)
        meant = nearest(told, _answers()) if len(told) > _NOT_ALONE else None
        return None if meant is None else f"{meant}{meant[-1]}"


@cache
def _shipped() -> tuple[dict[str, None], frozenset[str], tuple[str, ...]]:
    texts: set[str] = set(_OF_FHIR)
    names: set[str] = set(_OF_FHIR)
    for file in _files():
        for text in _texts(msgspec.json.decode(file.read_bytes())):
            texts.add(text)
            if "standard" in file.parts:
                names.update(re.split(r"[.:]", text))
    choices = tuple(name.removesuffix("[x]") for name in names if name.endswith("[x]"))
    elements = frozenset(name for name in names if _NAME.fullmatch(name))
    return dict.fromkeys(sorted(map(folded, texts))), elements, choices


@cache
def _headers() -> frozenset[str]:
    return frozenset(map(header_key, _shipped()[0]))


@cache
def _single_words() -> frozenset[str]:
    """The words of what exports are written in: few, since what names an author elsewhere names a child here."""
    texts = (text for file in _of_exports() for text in _texts(msgspec.json.decode(file.read_bytes())))
    return frozenset(word for text in texts for word in _LETTERS.findall(folded(text)))


def _is_word(text: str) -> bool:
    """Whether it is a known word, or two that are written as one."""
    word, known = text.casefold(), _single_words()
    return word in known or any(word[:at] in known and word[at:] in known for at in range(_PART, len(word) - _PART + 1))


def _of_exports() -> Iterator[Path]:
    yield from (resource("standard", name) for name in _TERMS)
    yield from sorted(set(resource("mapping").glob("*.json")) - {resource("mapping", "map_schema.json")})


@cache
def _answers() -> dict[str, None]:
    """What is written where a standard's term is meant: short words, which alone are misspelt."""
    read = (msgspec.json.decode(resource("standard", name).read_bytes()) for name in _TERMS)
    more = msgspec.json.decode(resource("mapping", "words.json").read_bytes())
    texts = {folded(text) for value in (*read, more) for text in _texts(value)}
    return dict.fromkeys(sorted(text for text in texts if _NOT_ALONE < len(text) <= _LONGEST))


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        yield from sorted(resource(*folder).glob("*.json"))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield name
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
