"""What must not be found anywhere after a command, and where it is looked for."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from tests.attack.hostile_files import CPR, FREE_TEXT, NAME

DIGITS = CPR.replace("-", "")
STAND_IN = "cpr-" + hashlib.sha256(DIGITS.encode()).hexdigest()[:12]
"""The key that stands for the CPR number: whoever tries all numbers finds it."""
_NUMBER = re.compile(rf"{DIGITS[:2]}\W?{DIGITS[2:4]}\W?{DIGITS[4:6]}\W{{0,3}}{DIGITS[6:]}".encode())
_TEXTS = tuple(
    text.encode(encoding) for text in (NAME, FREE_TEXT, STAND_IN) for encoding in ("utf-8", "utf-16-le", "latin-1")
)


def found_in(content: bytes, *more: bytes) -> list[bytes]:
    """The canaries in some bytes, also within what is a zip, as a workbook is."""
    found = [found[0] for part in _parts(content) for found in [_NUMBER.search(part)] if found is not None]
    return found + [text for part in _parts(content) for text in (*_TEXTS, *more) if text in part]


def _parts(content: bytes) -> Iterator[bytes]:
    yield content
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        except zipfile.BadZipFile:
            return


def files_in(*folders: Path) -> Iterator[Path]:
    """All files in folders that are there."""
    for folder in folders:
        if folder.is_dir():
            yield from (one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink())
