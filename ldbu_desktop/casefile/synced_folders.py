"""Folders that a service copies to other computers: a lock of the system holds on one computer only there."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_BEGINNINGS: Final = ("onedrive", "dropbox", "google drive", "googledrive", "icloud", "nextcloud", "sharepoint")
"""How the folders are named by the services themselves, as in ``OneDrive - Kommunen``."""
_TOLD: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
"""Variables in which Windows tells where they are, whatever they are called."""


def is_synced(path: Path, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether ``path`` lies in such a folder, by its name or by what the system tells."""
    whole = path.absolute()
    told = (Path(environment[name]) for name in _TOLD if environment.get(name))
    return any(whole.is_relative_to(folder) for folder in told) or any(
        part.casefold().startswith(_BEGINNINGS) for part in whole.parent.parts
    )
