"""Keys of case files in the system's own place for secrets, where it has one. Nothing waits for it for long.

Kept is the key, never the passphrase: it opens this one case file and tells nothing of what else the passphrase opens.
It is kept under the file's salt, and so it holds neither the file's name nor its place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.policy import policy

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE: Final = "LDBU Desktop"
_LEAST_SAFE: Final = 1
"""The priority from which keyring recommends a place; what keeps secrets as plain text is below it."""
GLANCE, PATIENCE = 3.0, 30.0
"""Seconds until an answer is given up: while a case file is opened, and where the user wants a key to be kept and may
have to unlock the place first."""


def place(patience: float = GLANCE) -> str:
    """What the system's place for secrets is called; empty where there is none, or no answer for so many seconds.

    It is empty as well where the machine's policy is that no key is kept.
    """
    if not policy().remember_keys:
        return ""
    return _asked(lambda backend: backend.name, patience) or ""


def remember(key: CaseKey) -> None:
    """Keep ``key``. Raises :class:`OutputFault` where there is no place for it, or the place refuses."""
    if not place(PATIENCE):
        raise OutputFault("case-keyring-none")

    def keep(backend: KeyringBackend) -> str:
        backend.set_password(_SERVICE, key.salt.hex(), key.secret.hex())
        return backend.get_password(_SERVICE, key.salt.hex()) or ""

    if _asked(keep, PATIENCE) != key.secret.hex():
        raise OutputFault("case-keyring-refused")


def remembered(salt: bytes) -> CaseKey | None:
    """The key that was kept for the case file with this salt; None where there is none or may be none, or no answer."""
    if not policy().remember_keys:
        return None
    kept = _asked(lambda backend: backend.get_password(_SERVICE, salt.hex()), GLANCE)
    try:
        return CaseKey(bytes.fromhex(kept), salt) if kept else None
    except ValueError:  # Not written by us.
        return None


def forget(salt: bytes) -> None:
    """Keep no key for the case file with this salt any more."""
    _asked(lambda backend: backend.delete_password(_SERVICE, salt.hex()), GLANCE)


def _asked(question: Callable[[KeyringBackend], str | None], patience: float) -> str | None:
    """The answer of the system's place for secrets; None where there is no such place, no answer in time, or a fault.

    It is asked in a thread of its own: it may want to be unlocked, and some never answer.
    """
    answers: list[str | None] = []

    def ask() -> None:
        try:
            import keyring  # Takes a while, and few need it.

            backend = keyring.get_keyring()
            if backend.priority >= _LEAST_SAFE:
                answers.append(question(backend))
        except Exception:  # Whatever goes wrong there must not go wrong here.
            return

    thread = threading.Thread(target=ask, name="keyring", daemon=True)
    thread.start()
    thread.join(patience)
    return answers[0] if answers else None
