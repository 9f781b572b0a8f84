"""A text in both languages, as the files that ship hold it. It stands apart from the language in use, which the first
window needs: reading by type takes a library that takes long to import.
"""

from __future__ import annotations

import msgspec

from ldbu_desktop.language import Language


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same text in both languages."""

    da: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.en if language is Language.ENGLISH else self.da
