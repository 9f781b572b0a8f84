"""The texts of faults, by key: what stopped the work, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language, filled


@cache
def _texts() -> dict[str, Text]:
    return msgspec.json.decode(resource("messages", "faults.json").read_bytes(), type=dict[str, Text])


def fault_words(key: str, facts: Mapping[str, object]) -> Text:
    """What the fault of a key says to a person, filled with its facts."""
    text = _texts()[key]
    return Text(*(filled(text[language], _in(language, facts), language) for language in Language))


def _in(language: Language, facts: Mapping[str, object]) -> dict[str, object]:
    return {name: fact[language] if isinstance(fact, Text) else fact for name, fact in facts.items()}
