"""A secret of this installation: what is made with it is always the same here, and nobody else can make it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final

from platformdirs import user_config_path

_LENGTH: Final = 32


def secret_path() -> Path:
    """Where it is kept: beside the settings of the user who is logged on, for that user alone."""
    return user_config_path("ldbu-desktop", appauthor=False) / "stand-ins.key"


@cache
def own_secret(path: Path) -> bytes:
    """The secret that is kept at ``path``, made when it is first asked for; one for this process where it can't be."""
    made = secrets.token_bytes(_LENGTH)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                os.write(descriptor, made)
            finally:
                os.close(descriptor)
        with path.open("rb") as stream:
            kept = stream.read(_LENGTH)
        if len(kept) == _LENGTH:
            return kept
    return made
