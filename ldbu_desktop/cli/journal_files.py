"""The files that a command reads a journal from, opened and checked with progress on a terminal."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop import clock
from ldbu_desktop.cli.console import progress_bar
from ldbu_desktop.language import tr

if TYPE_CHECKING:
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.use_cases.acceptances import AcceptedEntry
    from ldbu_desktop.workspace.workspace import Workspace


def add_files(parser: argparse.ArgumentParser) -> None:
    """Declare the files that are read, for every command that reads a journal."""
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=tr("FIL"),
        help=tr(".xlsx, .csv, .json, .ndjson, .zip eller en mappe"),
    )


def add_maps(parser: argparse.ArgumentParser) -> None:
    """Declare the maps that foreign exports are read by."""
    parser.add_argument(
        "--map",
        dest="maps",
        action="append",
        default=[],
        type=Path,
        metavar=tr("KORT"),
        help=tr("et kort (.ldbumap) med svar om filens kolonner og værdier; kan gives flere gange"),
    )


def opened(files: list[Path], standard: Standard, maps: Sequence[Path] = ()) -> Workspace:
    """The work that ``files`` hold together, read by ``maps``. Raises as reading them does."""
    from ldbu_desktop.use_cases.opening import open_files
    from ldbu_desktop.work import Cancellation

    with progress_bar(tr("Læser")) as progress:
        return open_files(files, standard, progress, Cancellation(), maps)


def add_accepted(parser: argparse.ArgumentParser) -> None:
    """Declare the files with what was accepted."""
    parser.add_argument(
        "--accepted",
        action="append",
        default=[],
        type=Path,
        metavar=tr("FIL"),
        help=tr(
            "fund, der er set på og accepteret med en begrundelse, som vinduet gemmer dem; kan gives flere gange. "
            "JSON: ldbu_accepted (1) og accepted, en liste af code, visit, variable, found, reason og by (en rolle)"
        ),
    )


def checked(
    files: list[Path], standard: Standard, maps: Sequence[Path] = (), accepted: Sequence[Path] = ()
) -> Workspace:
    """The work that ``files`` hold together, read by ``maps``, with what is found in it and was not ``accepted``."""
    from ldbu_desktop.use_cases.validate import validate
    from ldbu_desktop.work import Cancellation

    entries = _entries(accepted) if accepted else []
    work = opened(files, standard, maps)
    with progress_bar(tr("Kontrollerer")) as progress:
        work.judge(validate(work.journal, standard, clock.today(), progress, Cancellation(), alone=False))
    if entries:
        from ldbu_desktop.use_cases.acceptances import accept

        accept(work, entries)
    return work


def _entries(paths: Sequence[Path]) -> list[AcceptedEntry]:
    """What was accepted. Raises as reading it does."""
    from ldbu_desktop.use_cases.acceptances import read_accepted

    return [entry for path in paths for entry in read_accepted(path)]
