"""The only door to the files that ship with the program: in a checkout, a wheel and a frozen app alike."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_SHIPPED = _HERE / "_data"

HASHES = "sha256"
"""The list of all files that ship with what each must be, as ``sha256sum`` writes it; only in a frozen program."""


def resource(*parts: str) -> Path:
    """The path of a file or folder below ``resources/``; it is read-only and may not exist."""
    return root().joinpath("resources", *parts)


def shipped_form(*parts: str) -> Path:
    """The path of a file or folder below ``forms/``; it is read-only and may not exist."""
    return root().joinpath("forms", *parts)


def root() -> Path:
    """The folder that holds ``resources/`` and ``forms/``."""
    return _SHIPPED if _SHIPPED.is_dir() else _HERE.parent
