"""The key of a case file: made of a passphrase and of the salt that the file begins with."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from ldbu_desktop.faults import CallFault

MAGIC: Final = b"LDBU\x01"
"""What a case file begins with; its last byte is raised when keys are made in another way."""
SALT_LENGTH: Final = 16
SHORTEST_PASSPHRASE: Final = 8
"""In characters, as NIST SP 800-63B asks of a secret that is remembered."""

ROUNDS: Final = 256_000
"""SQLCipher 4's own (OWASP asks for 210 000 of PBKDF2-HMAC-SHA512): a case file opens with SQLCipher's own tools too,
and the wait is about 0.15 s on an ordinary laptop."""
_KEY_LENGTH = 32


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
        return cls(hashlib.pbkdf2_hmac("sha512", letters, salt, ROUNDS, _KEY_LENGTH), salt)

    @classmethod
    def new(cls, passphrase: str) -> CaseKey:
        """A key with a salt of its own. Raises :class:`CallFault` where the passphrase is too short."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise CallFault("case-passphrase-short", least=SHORTEST_PASSPHRASE)
        # Eleven random bytes: what matters is that no two files have the same salt.
        return cls.of(passphrase, MAGIC + secrets.token_bytes(SALT_LENGTH - len(MAGIC)))

    @property
    def words(self) -> str:
        """The key and its salt as SQLCipher reads them when they are ready to use."""
        return f"x'{self.secret.hex()}{self.salt.hex()}'"
