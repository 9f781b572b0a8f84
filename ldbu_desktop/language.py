"""Danish first, English second: texts in two languages and the language that the user has chosen."""

from __future__ import annotations

import json
from enum import StrEnum
from functools import cache

import msgspec

from ldbu_desktop.bundled_files import resource


class Language(StrEnum):
    """A language of the program, by its ISO 639-1 code."""

    DANISH = "da"
    ENGLISH = "en"


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same text in both languages."""

    da: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language is Language.ENGLISH else self.da


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
    texts: dict[str, str] = json.loads(resource("translations", "en.json").read_text(encoding="utf-8"))
    return texts


def tr(text: str, **facts: object) -> str:
    """A face's own text in the language in use; ``text`` is literal Danish, with ``{name}`` for each fact."""
    told = text if chosen() is Language.DANISH else _english().get(text, text)
    return told.format(**facts) if facts else told
