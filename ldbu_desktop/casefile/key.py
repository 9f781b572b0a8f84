"""The key of a case file: made of a passphrase and of the salt that the file begins with."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from ldbu_desktop.casefile.passphrase import must_be_good

KIND: Final = b"LDBU"
"""What every case file begins with; the byte after it says in which way keys are made."""
FIXED_ROUNDS, TOLD_ROUNDS = 1, 2
"""Ways of making keys: with so many rounds as the first versions had, and with so many as the salt itself says."""
MAGIC: Final = KIND + bytes([TOLD_ROUNDS])
"""What a new case file begins with."""
SALT_LENGTH: Final = 16

ROUNDS: Final = 600_000
"""Of PBKDF2-HMAC-SHA512. OWASP asks for 210 000 with this hash, and for 600 000 with the weaker SHA-256; SQLCipher's
own tools open the file as well (``PRAGMA kdf_iter``). The wait is about half a second on an ordinary laptop."""
FIRST_ROUNDS = 256_000
_ROUNDS_UNIT = 100
_ROUNDS_PLACE = slice(len(MAGIC), len(MAGIC) + 2)
"""Where the salt says how many rounds there are, in hundreds: so no file can ask for more than a few seconds' work."""
_KEY_LENGTH = 32


def rounds_of(salt: bytes) -> int:
    """How many rounds the keys with this salt are made with; 0 where the salt is damaged."""
    if salt[len(KIND)] == FIXED_ROUNDS:
        return FIRST_ROUNDS
    return int.from_bytes(salt[_ROUNDS_PLACE], "big") * _ROUNDS_UNIT


@dataclass(frozen=True, slots=True)
class CaseKey:
    """A key for AES-256 and the salt that it was made with. It is never shown and never written to the case file."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def of(cls, passphrase: str, salt: bytes) -> CaseKey:
        """The key that ``passphrase`` gives; it takes a while, and it is meant to.

        The same letters typed on different systems are the same passphrase (Unicode NFC).
        """
        letters = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        return cls(hashlib.pbkdf2_hmac("sha512", letters, salt, rounds_of(salt) or 1, _KEY_LENGTH), salt)

    @classmethod
    def new(cls, passphrase: str) -> CaseKey:
        """A key with a salt of its own, of a passphrase that somebody chose.

        Raises :class:`~ldbu_desktop.faults.CallFault` where the passphrase is too short or easily guessed.
        """
        must_be_good(passphrase)
        return cls.anew(passphrase)

    @classmethod
    def anew(cls, passphrase: str) -> CaseKey:
        """A key with a salt of its own, of a passphrase that was chosen before, or of a secret that nobody chose."""
        # Nine random bytes: what matters is that no two files have the same salt.
        told = (ROUNDS // _ROUNDS_UNIT).to_bytes(2, "big")
        return cls.of(passphrase, MAGIC + told + secrets.token_bytes(SALT_LENGTH - _ROUNDS_PLACE.stop))

    @property
    def is_made_as_now(self) -> bool:
        """Whether it takes as much to guess as that of a new file."""
        return rounds_of(self.salt) >= ROUNDS

    @property
    def words(self) -> str:
        """The key and its salt as SQLCipher reads them when they are ready to use."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"
