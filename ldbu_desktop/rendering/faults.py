"""The texts of faults, for the faces: what stopped the work, where, and what to do about it."""

from __future__ import annotations

from functools import cache

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import Language, Text


@cache
def _texts() -> dict[str, Text]:
    return msgspec.json.decode(resource("messages", "faults.json").read_bytes(), type=dict[str, Text])


def fault_text(fault: Fault, language: Language) -> str:
    """What ``fault`` says to a person, in ``language``."""
    return _texts()[fault.key][language].format(**fault.facts)
