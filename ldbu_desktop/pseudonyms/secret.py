"""What stands instead of numbers, keys and ids: made with a secret, the same each time, and not to be turned back."""

from __future__ import annotations

import hashlib
import hmac
import re
import string
from collections.abc import Iterator
from itertools import count
from typing import Final
from uuid import UUID

LENGTH: Final = 32
"""Bytes of a secret."""

_LONG_ID: Final = 24
"""An id of so many characters may be unique anywhere; one with fewer stays one with fewer."""
_SHORTEST: Final = 12
_RARE: Final = "qxzw"
"""Letters of which no Danish or English word is made, nor a shortening of one."""
_LETTERS_OF_WORD: Final = 12
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)


class Secret:
    """A secret and what it makes of texts. Two texts that differ have pseudonyms that differ."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def number(self, purpose: str, text: str, below: int) -> int:
        """A number from 0 that is less than ``below``."""
        return int.from_bytes(self._digest(purpose, text), "big") % below

    def digits(self, text: str, count: int) -> str:
        """So many digits, of which the first is no 0."""
        found = self.number("digits", text, 9 * 10 ** (count - 1)) + 10 ** (count - 1)
        return str(found)

    def register_number(self, text: str) -> str:
        """What stands instead of a number of a register, such as SOR: as long, and of the same order of magnitude."""
        return text[:1] + f"{self.number('register', text, 10 ** (len(text) - 1)):0{len(text) - 1}}"

    def key(self, text: str) -> str:
        """What stands instead of a key of a table: digits where it is a number, else letters and digits."""
        if text.isascii() and text.isdigit():
            return f"7{self.digits(text, _SHORTEST)}"
        return f"n{self._hex('key', text, _SHORTEST)}"

    def resource_id(self, text: str) -> str:
        """What stands instead of the id of a resource: as universal, or as little universal, as that is."""
        if is_uuid(text):
            made = str(UUID(bytes=self._digest("id", text)[:16], version=4))
            return made.upper() if text.isupper() else made
        if len(text) >= _LONG_ID:
            return self._hex("id", text, min(len(text), 64))
        if text.isascii() and text.isdigit():
            return f"7{self.digits(text, _SHORTEST)}"
        return f"n{self._hex('id', text, _SHORTEST)}"

    def unknown_word(self, text: str) -> str:
        """As many letters, of which no word that anybody knows is made; signs stay."""
        made = (_RARE[self.number("word", f"{at}|{text.casefold()}", len(_RARE))] for at in count())
        return "".join(
            (next(made).upper() if each.isupper() else next(made)) if each.isalpha() else each for each in text
        )

    def other_word(self, text: str) -> str:
        """A word of letters that nobody's name has, as long for every text."""
        digits = self.number("other", text, len(_RARE) ** _LETTERS_OF_WORD)
        return "".join(_RARE[digits // len(_RARE) ** at % len(_RARE)] for at in range(_LETTERS_OF_WORD))

    def like(self, text: str) -> str:
        """Digits for digits and letters for letters; signs stay."""
        letters = self._letters(text)
        return "".join(next(letters)(each) for each in text)

    def _letters(self, text: str) -> Iterator[_Other]:
        at = 0
        while True:
            yield _Other(self.number("like", f"{at}|{text}", 260))
            at += 1

    def _hex(self, purpose: str, text: str, length: int) -> str:
        return self._digest(purpose, text).hex()[:length]

    def _digest(self, purpose: str, text: str) -> bytes:
        return hmac.digest(self._secret, f"{purpose}|{text}".encode("utf-8", "surrogatepass"), hashlib.sha256)


def is_uuid(text: str) -> bool:
    """Whether an id is a UUID."""
    return _UUID.fullmatch(text) is not None


class _Other:
    """Makes another character of the same kind of one."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, character: str) -> str:
        if character.isdigit():
            return string.digits[self._number % 10]
        if character.isalpha():
            letters = string.ascii_uppercase if character.isupper() else string.ascii_lowercase
            return letters[self._number % 26]
        return character
