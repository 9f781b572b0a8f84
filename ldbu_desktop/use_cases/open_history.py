"""A history to look at: what is wrong in it, and the timeline of each citizen, with what stands at each place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from ldbu_desktop.conformance.checked_report import name_of
from ldbu_desktop.deliveries.lives import timeline_of
from ldbu_desktop.deliveries.model import HistoryFinding, Place, TimelineEvent
from ldbu_desktop.json_text import parse
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.history import families
from ldbu_desktop.use_cases.read_reports import HistoryRun
from ldbu_desktop.work import Cancellation, Progress

MOST_CLEAN = 300
"""So many families in which nothing is found are kept to look at; of all others each is kept."""
MOST_FINDINGS = 20_000
"""Findings that a window shows."""


@dataclass(slots=True)
class OpenHistory:
    """What a window shows of a history.

    ``timelines`` are by citizen; ``more`` counts findings that are not kept, and
    ``beside`` families in which nothing is found that are not.
    """

    paths: Sequence[Path]
    run: HistoryRun = field(default_factory=HistoryRun)
    findings: list[HistoryFinding] = field(default_factory=list)
    timelines: dict[str, list[TimelineEvent]] = field(default_factory=dict)
    more: int = 0
    beside: int = 0


def open_history(
    paths: Sequence[Path], standard: Standard, progress: Progress, cancellation: Cancellation
) -> OpenHistory:
    """What is wrong with reports as one sequence. Raises as :func:`~ldbu_desktop.use_cases.history.check_history`."""
    made = OpenHistory(paths)
    clean = 0
    for family, found in families(paths, standard, made.run, progress=progress, cancellation=cancellation):
        room = max(0, MOST_FINDINGS - len(made.findings))
        made.findings += found[:room]
        made.more += len(found[room:])
        if family is None:
            continue
        if not found and clean >= MOST_CLEAN:
            made.beside += 1
            continue
        clean += not found
        for event in timeline_of(family):
            made.timelines.setdefault(event.citizen, []).append(event)
    return made


def text_at(paths: Sequence[Path], place: Place) -> str:
    """What stands at a place of a history's reports, as JSON to read; empty where it is there no more."""
    with Reader() as reader:
        for text in chain(_named(reader, paths, place.file), reader.texts(paths)):
            if text.fault is None and name_of(text) == place.file:
                value = _at(parse(text.data).value, place.at)
                return json.dumps(value, ensure_ascii=False, indent=2, default=str) if value is not None else ""
    return ""


def _named(reader: Reader, paths: Sequence[Path], name: str) -> Iterator[BundleText]:
    """The texts of the file of a name right in one of the folders: no other file of thousands is read to find it."""
    file = name.partition("#")[0]
    if Path(file).name == file:
        yield from reader.texts(path / file for path in paths if (path / file).is_file())


def _at(value: Any, path: str) -> Any:
    for step in _steps(path):
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _steps(path: str) -> Iterator[str | int]:
    """The steps of a FHIRPath from ``Bundle``, such as ``Bundle.entry[3].resource``."""
    for part in path.split(".")[1:]:
        name, _, index = part.partition("[")
        yield name
        if index:
            yield int(index.removesuffix("]"))
