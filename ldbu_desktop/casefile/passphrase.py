"""How hard a passphrase is to guess: its length, and an estimate by zxcvbn with the words that lie close at hand here.

Whoever has a copy of the case file can try as many passphrases as their machines can manage, for as long as they like.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import Final

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import CallFault

SHORTEST: Final = 12
"""In characters. NIST SP 800-63B asks for 8 where another factor is asked for too, and for 15 where there is none."""
_EASIEST: Final = 7
"""A passphrase that is found within ten million guesses is refused: that is a quarter of an hour's work."""
_GUESSES_A_SECOND: Final = 10_000
"""The order of what ten good graphics cards manage at 600 000 rounds of PBKDF2-HMAC-SHA512."""
_LONGEST_LOOKED_AT: Final = 72
"""Characters that the estimate looks at; it takes longer for each, and more is not needed."""


def _close_at_hand() -> list[str]:
    """Words that are tried first here and that no list of other languages has: our own list."""
    return resource("passphrases", "close_at_hand.txt").read_text(encoding="utf-8").split()


@dataclass(frozen=True, slots=True)
class Strength:
    """What can be said of a passphrase.

    ``guesses`` is the power of ten of how many guesses are needed at most; ``is_common``: it stands on a list.
    """

    length: int
    guesses: float
    is_common: bool

    @property
    def is_long_enough(self) -> bool:
        """Whether it has as many characters as it must."""
        return self.length >= SHORTEST

    @property
    def is_good_enough(self) -> bool:
        """Whether it is taken."""
        return self.is_long_enough and not self.is_common and self.guesses >= _EASIEST

    @property
    def seconds(self) -> float:
        """How long somebody with the file and ten graphics cards needs to find it: half of all guesses, on average."""
        return math.pow(10, min(self.guesses, 300.0)) / 2 / _GUESSES_A_SECOND


def strength(passphrase: str) -> Strength:
    """How hard a passphrase is to guess."""
    from zxcvbn import zxcvbn  # its lists take a tenth of a second, and only who chooses a passphrase needs them

    letters = unicodedata.normalize("NFC", passphrase)
    looked_at = letters[:_LONGEST_LOOKED_AT]
    if not looked_at:
        return Strength(0, 0.0, is_common=False)
    found = zxcvbn(looked_at, user_inputs=_close_at_hand())
    parts = found["sequence"]
    is_common = len(parts) == 1 and parts[0]["pattern"] == "dictionary"
    return Strength(len(letters), float(found["guesses_log10"]), is_common)


def must_be_good(passphrase: str) -> None:
    """Raise :class:`CallFault` where a passphrase is too short, stands on a list, or is found within minutes."""
    if len(passphrase) < SHORTEST:
        raise CallFault("case-passphrase-short", least=SHORTEST)
    if not strength(passphrase).is_good_enough:
        raise CallFault("case-passphrase-common")
