"""Case files, for the faces: made, opened, saved as they are filled, undone, copied, and closed."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.casefile import ENDING
from ldbu_desktop.casefile.beginning import shown
from ldbu_desktop.casefile.case_file import CaseFile, journal_of
from ldbu_desktop.casefile.deliveries import DeliveredVisit
from ldbu_desktop.casefile.key import SHORTEST_PASSPHRASE
from ldbu_desktop.casefile.remembered_keys import place as place_for_keys
from ldbu_desktop.casefile.steps import HistoryStep
from ldbu_desktop.faults import CallFault

__all__ = [
    "ENDING",
    "SHORTEST_PASSPHRASE",
    "CaseFile",
    "DeliveredVisit",
    "HistoryStep",
    "forgotten",
    "journal_of",
    "place_for_keys",
]


def forgotten(path: Path) -> CallFault:
    """The plain answer to somebody who has forgotten the passphrase of ``path``."""
    return CallFault("case-passphrase-forgotten", file=shown(path))
