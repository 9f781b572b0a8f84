"""How a receipt is known from a report beside which it lies: by its name, and by what it says of itself."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Final

STEM: Final = "kvittering"
RECEIPT: Final = f"{STEM}.json"
_PARTS: Final = frozenset(("program", "standard", "counts", "files", "left_out"))


def is_receipt(file: str, data: bytes) -> bool:
    """Whether a text is the receipt of an export, and so no report."""
    name = PurePosixPath(file).name
    if not (name.startswith(STEM) and name.endswith(".json")):
        return False
    try:
        read = json.loads(data)
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and read.keys() >= _PARTS and "resourceType" not in read
