"""The words that are nobody's: terms, codes, addresses and names of the standard, of FHIR, and of exports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.reading.primitives import SYSTEM_OF_URIS, SYSTEM_OF_UUIDS
from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.columns import comparable, header_key
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.vocabulary import shipped_words
from ldbu_desktop.nearest import nearest

_PROFILES: Final = ("standard", "profiles")
_FOLDERS: Final = (("standard",), ("mapping",))
_OF_REPORTS: Final = ("kl-children.json", "r4-report.json")
_CODED: Final = frozenset(("code", "uri", "url", "canonical", "oid"))
_IN_WORDS: Final = frozenset(("string", "markdown", "BackboneElement"))
_OF_PEOPLE: Final = ("HumanName", "Address", "ContactPoint")
_TERMS: Final = ("value_sets.json", "visit_types.json", "variables.json")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_OF_FHIR: Final = (
    "div", "generated", "additional", "extensions", "empty", "resourceType", SYSTEM_OF_URIS, SYSTEM_OF_UUIDS,
)  # fmt: skip
_NOT_ALONE: Final = 2
"""A word of so few characters is known, and nothing is like it."""
_LONGEST: Final = 80
_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[A-ZÆØÅ]?[a-zæøå]+|[A-ZÆØÅ]+(?=[A-ZÆØÅ][a-zæøå])|[^\W\d_]+")
_DIGITS_OF_HEADER: Final = 6
"""So many digits may stand in a header: a year, ages and the number of a question; more may be somebody's."""
_SOMEBODYS = re.compile(r"\d{5}|\d{1,2}\s?[-./ ]\s?\d{1,2}\s?[-./ ]\s?\d{2}")
"""A long number, or a day."""
_PART, _LONGER_PART = 3, 5
"""Letters of each of two known words that are written as one, and of one of them: shorter ones make names."""
_ENDINGS: Final = ("ens", "ets", "es", "en", "et", "er", "s")
_STEM: Final = 5
"""Letters of a known word that has an ending behind it, and at most of what follows the beginning of one."""


class KnownWords:
    """Words that may stand in what is written. ``more`` are those that somebody has decided on in a map."""

    def __init__(self, more: Iterable[str] = ()) -> None:
        self._codes, self._names, self._choices = _shipped()
        self._more = frozenset(map(folded, more))
        self._headers = _headers() | {header_key(text) for text in more}
        self._words = _terms()

    def is_known(self, text: str) -> bool:
        """Whether a text is one of the words, up to case and spaces."""
        told = folded(text)
        return told in self._words or told in self._more

    def is_known_in(self, element: str, text: str) -> bool:
        """Whether a text may stand in an element of FHIR: where codes stand, all of FHIR's; where names do, none."""
        coded, of_people = _elements()
        if element in of_people:
            return False
        return self.is_known(text) or (element in coded and folded(text) in self._codes)

    def is_nobodys(self, text: str) -> bool:
        """Whether a header, a sheet's name or a label is known, spelt in any way that is read, or is of such words."""
        return header_key(text) in self._headers or self.is_known(text) or self.is_of_words(text)

    def is_of_words(self, text: str) -> bool:
        """Whether a text is made of known words and nothing else: whoever wrote it need not be known."""
        return self.has_known_word(text) and not self.may_name(text)

    def may_name(self, text: str) -> bool:
        """Whether a word that is not known or digits of somebody stand in a text."""
        return bool(self.unknown_in(text)) or self.has_many_digits(text)

    def unknown_in(self, text: str) -> list[tuple[int, int]]:
        """Where the words of a text stand that are not known, as begin and end; letters alone are nobody's."""
        found = []
        for run in _LETTERS.finditer(text):
            if not _is_word(run[0]):
                words = ((run.start() + word.start(), run.start() + word.end()) for word in _WORD.finditer(run[0]))
                found += [(begin, end) for begin, end in words if end - begin > 1 and not _is_word(text[begin:end])]
        return found

    def has_known_word(self, text: str) -> bool:
        """Whether a word of a text is known; letters alone say nothing."""
        return any(len(word) > 1 and _is_word(word) for word in _words_in(text))

    def has_many_digits(self, text: str) -> bool:
        """Whether so many digits stand in a header that they may be somebody's."""
        return sum(map(str.isdigit, text)) > _DIGITS_OF_HEADER or _SOMEBODYS.search(text) is not None

    def is_of_sums(self, text: str) -> bool:
        """Whether a text says that its row sums up those above it, and no more."""
        return folded(text) in _sums()

    def is_element(self, name: str) -> bool:
        """Whether FHIR has an element of such a name."""
        bare = name.removeprefix("_")
        return bare in self._names or any(
            bare.startswith(choice) and bare[len(choice) : len(choice) + 1].isupper() for choice in self._choices
        )

    def slip_of(self, text: str) -> str | None:
        """A misspelling of the word that ``text`` is like, and no other; None where it is like none.

        Its last letter is said twice; a word of digits alone is another number then, and is misspelt by nobody.
        """
        told = folded(text)
        meant = nearest(told, _answers()) if len(told) > _NOT_ALONE else None
        last = max((at for at, each in enumerate(meant or "") if each.isalpha()), default=None)
        return f"{meant[:last]}{meant[last]}{meant[last:]}" if meant is not None and last is not None else None


@cache
def _shipped() -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    texts: set[str] = set(_OF_FHIR)
    names: set[str] = set(_OF_FHIR)
    for file in (*_files(), *sorted(resource(*_PROFILES).glob("*.json"))):
        for text in _texts(msgspec.json.decode(file.read_bytes())):
            texts.add(text)
            if "standard" in file.parts:
                names.update(re.split(r"[.:]", text))
    choices = tuple(name.removesuffix("[x]") for name in names if name.endswith("[x]"))
    elements = frozenset(name for name in names if _NAME.fullmatch(name))
    return frozenset(map(folded, texts)), elements, choices


@cache
def _terms() -> frozenset[str]:
    """What the standard and exports are written in: what else FHIR's files hold are codes and names of authors, too."""
    files = (*_files(), resource(*_PROFILES, _OF_REPORTS[0]))
    return frozenset(folded(text) for file in files for text in _texts(msgspec.json.decode(file.read_bytes())))


@cache
def _elements() -> tuple[frozenset[str], frozenset[str]]:
    """The elements of reports in which codes and addresses of systems stand, and those of which people are called."""
    kinds: dict[str, set[str]] = {"resourceType": {"code"}}
    of_people: set[str] = set()
    for file in _OF_REPORTS:
        for profile in msgspec.json.decode(resource(*_PROFILES, file).read_bytes())["profiles"].values():
            for element in profile["elements"]:
                name = element["path"].rpartition(".")[2]
                told = {one["code"] for one in element.get("types", ())}
                kinds.setdefault(name.removesuffix("[x]"), set()).update(told)
                if profile["type"] in _OF_PEOPLE and told & _IN_WORDS and name not in ("id", "text"):
                    of_people.add(name)
    coded = {name for name, told in kinds.items() if told & _CODED and not told & _IN_WORDS}
    choices = {f"value{kind[0].upper()}{kind[1:]}" for kind in _CODED}
    return frozenset(coded | choices) - of_people, frozenset(of_people) - {"value"}


@cache
def _sums() -> frozenset[str]:
    return frozenset(map(folded, shipped_words().totals))


@cache
def _headers() -> frozenset[str]:
    return frozenset(map(header_key, _terms()))


@cache
def _single_words() -> frozenset[str]:
    """The words of what exports are written in: few, since what names an author elsewhere names a child here."""
    texts = {text for file in _of_exports() for text in _texts(msgspec.json.decode(file.read_bytes()))}
    for questionnaire in msgspec.json.decode(resource("standard", "questionnaires.json").read_bytes()):
        texts |= {questionnaire["id"], *questionnaire["label"].values()}
    return frozenset(comparable(word) for text in texts for word in _LETTERS.findall(folded(text)))


def _words_in(text: str) -> Iterator[str]:
    for run in _LETTERS.findall(text):
        yield run
        yield from _WORD.findall(run)


def _is_word(text: str) -> bool:
    """Whether it is a known word, one with an ending, two that are written as one, or begins as a trouble is called."""
    word, known = comparable(text), _single_words()
    stems = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return (
        word in known
        or any(stem in known and len(stem) >= _STEM for stem in stems)
        or any(word.startswith(begun) and len(word) - len(begun) <= _STEM for begun in _beginnings())
        or any(
            word[:at] in known and word[at:] in known and max(at, len(word) - at) >= _LONGER_PART
            for at in range(_PART, len(word) - _PART + 1)
        )
    )


@cache
def _beginnings() -> tuple[str, ...]:
    """How words for a trouble begin, which answers are put together from: "bekymr", "udfordr"."""
    return tuple(comparable(each) for each in answer_words().levels.trouble if len(each) >= _STEM)


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
