"""The maps that are kept in the user's own folder: proposed again for exports of the same kind."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from platformdirs import user_config_path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.maps.loader import read_map
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.mapping.maps.writing import ENDING, write_map
from ldbu_desktop.whole_files import make_folder, output_fault

MOST = 200
"""So many maps are kept and asked at most, the latest."""

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def maps_folder() -> Path:
    """Where maps are kept: in the folder for settings of the user who is logged on."""
    return user_config_path("ldbu-desktop", appauthor=False) / "maps"


def remembered(folder: Path | None = None) -> tuple[Map, ...]:
    """The maps that are kept, the latest first. One that can't be read any more is passed over: it decides nothing."""
    found = []
    for path in _files(folder or maps_folder()):
        try:
            found.append(read_map(path))
        except FileFault:
            continue
    return tuple(sorted(found, key=lambda made: made.made, reverse=True))


def remember(made: Map, folder: Path | None = None) -> Path:
    """Keep a map in place of an earlier one for the same headers; nobody but its owner can read it.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    into = folder or maps_folder()
    try:
        make_folder(into)
    except OSError as error:
        raise output_fault(error, into.name) from error
    path = into / f"{_name(made)}{ENDING}"
    write_map(path, made, is_private=True)
    return path


def _files(folder: Path) -> list[Path]:
    try:
        files = [path for path in folder.iterdir() if path.suffix == ENDING and not path.name.startswith(".")]
        return sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)[:MOST]
    except OSError:
        return []


def _name(made: Map) -> str:
    """A name after the system, and after the headers: another kind of export has another name."""
    headers = sorted(
        header_key(column.header) or f"{column.ordinal} {column.variable}"
        for table in made.tables
        for column in table.columns
    )
    digest = hashlib.sha256("\n".join(headers).encode()).hexdigest()[:12]
    return f"{_NOT_IN_NAMES.sub('-', made.name.casefold()).strip('-') or 'export'}-{digest}"
