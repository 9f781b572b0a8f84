"""Danish first, English second: texts in two languages and the language that the user has chosen.

A text has ``{name}`` for each fact, and for words that follow a count ICU's form of plurals, with the two categories
that CLDR has for these languages: ``{count, plural, one {# fil} other {# filer}}``. The count stands where ``#`` is.
A fact that is a whole number is a count, with a mark at the thousands, but for years and places in a file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from ldbu_desktop.bundled_files import resource


class Language(StrEnum):
    """A language of the program, by its ISO 639-1 code."""

    DANISH = "da"
    ENGLISH = "en"


class _Choice:
    language = Language.DANISH


def choose(language: Language) -> None:
    """Use ``language`` for every text that a face asks for from now on."""
    _Choice.language = language


def chosen() -> Language:
    """The language in use."""
    return _Choice.language


@cache
def _english() -> dict[str, str]:
    import json  # in Danish, nothing is read

    texts: dict[str, str] = json.loads(resource("translations", "en.json").read_text(encoding="utf-8"))
    return texts


def tr(text: str, **facts: object) -> str:
    """A face's own text in the language in use; ``text`` is literal Danish."""
    told = text if chosen() is Language.DANISH else _english().get(text, text)
    return filled(told, facts, chosen()) if facts else told


_PLURAL = re.compile(r"\{(\w+), plural, one \{([^{}]*)\} other \{([^{}]*)\}\}")


def filled(text: str, facts: Mapping[str, object], language: Language) -> str:
    """``text`` with its facts. A count is a number, or one as it is written in ``language``."""

    def form(plural: re.Match[str]) -> str:
        name, one, other = plural.groups()
        return (one if is_one(facts[name], language) else other).replace("#", f"{{{name}}}")

    told = {name: told_fact(name, fact, language) for name, fact in facts.items()}
    return (_PLURAL.sub(form, text) if ", plural, " in text else text).format_map(told)


_NUMBERS = frozenset(("row", "line", "column", "first", "last", "year"))
"""Facts that count nothing: years, and places in a file, which programs show without marks."""


def told_fact(name: str, fact: object, language: Language) -> str:
    """A fact as it is told: a count with its marks, anything else as it is."""
    return grouped(fact, language) if type(fact) is int and name not in _NUMBERS else str(fact)


def grouped(count: int, language: Language) -> str:
    """A count with a mark at the thousands, as it is written in ``language``."""
    told = f"{count:,}"
    return told.replace(",", ".") if language is Language.DANISH else told


def is_one(count: object, language: Language) -> bool:
    """Whether words after a count are in the singular, by CLDR: English after 1, Danish also after 0,1 to 1,9."""
    text = str(count)
    if isinstance(count, str):
        mark, thousands = (",", ".") if language is Language.DANISH else (".", ",")
        text = text.replace(thousands, "").replace(mark, ".")
    whole, point, decimals = text.lstrip("+-−").partition(".")
    if language is Language.ENGLISH:
        return whole == "1" and not point
    return whole == "1" or (whole == "0" and decimals.strip("0") != "")


def placeholders(text: str) -> frozenset[str]:
    """The names of the facts that ``text`` asks for, those that only one form of a plural has included."""
    from string import Formatter

    counts = {plural[1] for plural in _PLURAL.finditer(text)}
    rest = _PLURAL.sub("", text)
    return frozenset(counts | {name for _, name, _, _ in Formatter().parse(rest) if name is not None})


def quoted(text: str, language: Language | None = None) -> str:
    """A text between the marks of a language, of the one in use where none is given: »dansk«, “English”."""
    return f"»{text}«" if (language or chosen()) is Language.DANISH else f"“{text}”"


_NUMBER = re.compile(r"([0-9]{1,18})")
_LAST_LETTERS = str.maketrans("æøå", "{|}")


def alphabetical(text: str) -> str:
    """A key that sorts words as a dictionary does: with the Danish letters last, in their order."""
    return text.casefold().translate(_LAST_LETTERS)


def natural(text: str) -> tuple[str | int, ...] | None:
    """A key that sorts texts as people do: words as a dictionary does, and the numbers in them as numbers.

    None for a text in which nothing stands.
    """
    parts = _NUMBER.split(alphabetical(" ".join(text.split())))
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts)) if parts != [""] else None
