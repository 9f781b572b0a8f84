"""The glossary: what the program's own words mean, one word for one thing, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language, alphabetical, chosen


class GlossaryEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word and what it means; ``others`` are words that people say for it and the program never does, by language."""

    term: Text
    meaning: Text
    others: dict[Language, tuple[str, ...]] = {}

    def said(self, language: Language) -> str:
        """All that it is found by, in small letters."""
        return " ".join((self.term[language], self.meaning[language], *self.others.get(language, ()))).casefold()


@cache
def glossary_entries() -> tuple[GlossaryEntry, ...]:
    """All words, as they stand in ``resources/messages/glossary.json``."""
    return msgspec.json.decode(resource("messages", "glossary.json").read_bytes(), type=tuple[GlossaryEntry, ...])


def glossary(sought: str = "") -> Sequence[GlossaryEntry]:
    """The words in the alphabet of the language in use; only those that every word of ``sought`` finds."""
    language, words = chosen(), sought.casefold().split()
    found = [one for one in glossary_entries() if all(word in one.said(language) for word in words)]
    return sorted(found, key=lambda one: alphabetical(one.term[language]))
