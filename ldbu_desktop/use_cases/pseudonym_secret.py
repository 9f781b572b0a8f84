"""The secret that pseudonyms are made with: a new one, or one that is kept in a file so that they stay the same."""

from __future__ import annotations

import secrets
from pathlib import Path

from ldbu_desktop.pseudonyms.secret import LENGTH
from ldbu_desktop.whole_files import is_there


def secret_for(path: Path | None, passphrase: str) -> bytes:
    """A new secret, or that of the key file ``path``; where that is not there, the new one is kept in it.

    Raises as :func:`~ldbu_desktop.casefile.secret_file.keep_secret` and ``kept_secret`` do.
    """
    from ldbu_desktop.casefile.secret_file import keep_secret, kept_secret

    if path is not None and is_there(path):
        return kept_secret(path, passphrase)
    secret = secrets.token_bytes(LENGTH)
    if path is not None:
        keep_secret(path, passphrase, secret)
    return secret
