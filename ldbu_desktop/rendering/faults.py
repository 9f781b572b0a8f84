"""The texts of faults, for the faces: what stopped the work, where, and what to do about it."""

from __future__ import annotations

from ldbu_desktop.fault_texts import fault_words
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import Language


def fault_text(fault: Fault, language: Language) -> str:
    """What ``fault`` says to a person, in ``language``."""
    return fault_words(fault.key, fault.facts)[language]
