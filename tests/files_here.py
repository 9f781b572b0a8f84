"""Files read in this process, as the sandbox reads them there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from ldbu_desktop.sources.bundle_files import report_texts
from ldbu_desktop.sources.containers import OpenFile, listed, opened
from ldbu_desktop.sources.found import USUAL_LIMITS, BundleLimits, BundleText, OnDisk, Unread
from ldbu_desktop.sources.reader import Reader


def files_in(paths: Iterable[Path | str]) -> Iterator[OpenFile | Unread]:
    """The files that paths name, and those within folders and archives."""
    for path in paths:
        for one in listed(Path(path)):
            if isinstance(one, OnDisk):
                yield from opened(one)
            else:
                yield one


def texts_read(paths: Iterable[Path | str]) -> list[BundleText]:
    """The same, read as the program does."""
    with Reader() as reader:
        return list(reader.texts(paths))


def bundle_texts(paths: Iterable[Path | str], limits: BundleLimits = USUAL_LIMITS) -> Iterator[BundleText]:
    """The texts of the reports in files, folders and archives."""
    for found in files_in(paths):
        yield from report_texts(found, limits)
