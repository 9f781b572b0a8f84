"""A map held against the standard and against files, and two maps held against each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop import clock
from ldbu_desktop.faults import FileFault
from ldbu_desktop.mapping.maps.checking import CheckedMap, MapDifference, differences, fit_of, not_in_standard
from ldbu_desktop.mapping.maps.loader import MAP_BYTES, map_in, read_map
from ldbu_desktop.mapping.maps.recall import recalled
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.work import Cancellation, Progress, no_progress


def check_map(
    path: Path,
    files: Sequence[Path],
    standard: Standard,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> CheckedMap:
    """All that does not hold in the map at ``path``, and what it knows of ``files`` if any are given.

    Raises :class:`FileFault` where the map or a file can't be read at all, and for files of another kind.
    """
    if not path.is_file():
        raise FileFault("file-not-found", file=path.name)
    with path.open("rb") as stream:
        made, faults = map_in(stream.read(MAP_BYTES + 1), path.name)
    if made is None:
        return CheckedMap(faults)
    faults = (*faults, *not_in_standard(made, vocabulary_of(standard)))
    if not files:
        return CheckedMap(faults)
    proposal = recalled(propose(files, standard, clock.today(), progress, cancellation), [made])
    fit = fit_of(made, proposal)
    if not fit.is_for_them:
        raise FileFault("map-of-another-file", file=", ".join(each.name for each in files), map=path.name)
    return CheckedMap(faults, fit)


def compare_maps(first: Path, second: Path) -> tuple[MapDifference, ...]:
    """What two maps say differently. Raises :class:`FileFault` for one that can't be read."""
    return differences(read_map(first), read_map(second))
