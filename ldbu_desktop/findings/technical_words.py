"""What people call technical things, and what the official kind of check covers and does not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language


class _Shipped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, Text]
    scope: tuple[Text, ...]


@cache
def _shipped() -> _Shipped:
    return msgspec.json.decode(resource("messages", "conformance.json").read_bytes(), type=_Shipped)


def technical_words() -> Mapping[str, Text]:
    """The words for kinds of JSON, of answers and of persons, for what is told instead of a value, and for what often
    follows from a finding."""
    return _shipped().words


def follower_words(key: str, language: Language) -> str:
    """What follows from a finding, by its rule or official kind of message: in words where it often does."""
    word = technical_words().get(key)
    return f"{word[language]} ({key})" if word else key


def checked_and_not(language: Language) -> tuple[str, ...]:
    """What the check covers, what it leaves out, and who decides: said wherever a verdict is shown to people."""
    return tuple(text[language] for text in _shipped().scope)
