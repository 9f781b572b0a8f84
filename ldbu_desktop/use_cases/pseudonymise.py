"""Pseudonymise: files written anew without anybody in them, and what is found in them before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from ldbu_desktop import clock
from ldbu_desktop.bundles.parcels import is_empty, staging
from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.mapping.linked.layout import COLUMN_UNMAPPED, WHY_NOT_READ
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.mapping.maps.loader import read_map
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.pseudonyms.files import Files
from ldbu_desktop.pseudonyms.model import Choices, Pseudonymised
from ldbu_desktop.pseudonyms.people import People
from ldbu_desktop.pseudonyms.secret import Secret
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.found_places import FoundPlace, codes_of, found_in
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.use_cases.map_save import with_remembered
from ldbu_desktop.work import Cancellation, Progress, no_progress

AS_USUAL: Final = Choices()


def pseudonymise(
    paths: Sequence[Path],
    folder: Path,
    standard: Standard,
    secret: bytes,
    today: date,
    maps: Sequence[Path] = (),
    keep: Sequence[str] = (),
    choices: Choices = AS_USUAL,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Pseudonymised:
    """Write the files of ``paths`` to the new or empty ``folder`` without anybody in them, and compare what is found.

    Raises :class:`CallFault` where the folder holds something, :class:`FileFault` where nothing can be read, and
    :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    cancellation = cancellation or Cancellation()
    _must_be_empty(folder)
    read = tuple(map(read_map, maps))
    with Reader() as reader:
        proposed = partial(_proposed, paths, standard, read, progress, cancellation)
        of_user = Secret(secret)
        work = Files(reader, paths, standard, of_user, proposed, read, keep, cancellation)
        people = People(of_user, work.families, choices, today)
        work.look_through(people)
        if not work.tables and not work.texts:
            raise work.told.not_read[0] if work.told.not_read else FileFault("file-no-known-table", file=paths[0].name)
        with staging(folder) as staged:
            names = work.write(people, folder, staged)
            staged.put()
    told = work.told
    told.months_left = people.months_left
    before = found_in(paths, standard, today, maps, cancellation, names)
    after = found_in(told.written, standard, today, told.maps, cancellation, {}) if told.written else Counter()
    told.findings = before.total()
    before, after = (_alike_where_unread(found, told.unread) for found in (before, after))
    told.came = codes_of(after - before)
    told.went = codes_of(before - after)
    return told


def _alike_where_unread(found: Counter[FoundPlace], unread: Container[tuple[str, int]]) -> Counter[FoundPlace]:
    """Findings in which it is alike why a column is not read of which nothing is left: that it was emptied is told."""
    alike: Counter[FoundPlace] = Counter()
    for place, number in found.items():
        code, file, row, column, path = place
        is_alike = code in WHY_NOT_READ and (file, column) in unread
        alike[(COLUMN_UNMAPPED, file, row, column, path) if is_alike else place] += number
    return alike


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or not is_empty(folder)):
        raise CallFault("pseudonymise-folder-not-empty", folder=folder.name)


def _proposed(
    paths: Sequence[Path], standard: Standard, maps: Sequence[Map], progress: Progress, cancellation: Cancellation
) -> Proposal:
    """What the tables of files are taken for by maps; nothing of those that can't be read, which are told elsewhere."""
    from ldbu_desktop.mapping.maps.recall import recalled

    try:
        found = propose(paths, standard, clock.today(), progress, cancellation)
    except FileFault:
        return Proposal((), (), ())
    return recalled(found, maps) if maps else with_remembered(found)
