"""Check delivery reports against the standard: here or in several processes, in the order they come."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic

from ldbu_desktop.bundles.receipt_file import is_receipt
from ldbu_desktop.conformance.checked_report import check_text
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import CheckedReport
from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources.found import BundleText, Left
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

FEW = 256
"""So many reports are checked in the calling process before others are started: below it, starting them costs more."""

TELL_EVERY = 0.05
"""Seconds between two steps that are told: a listener that draws must not slow the work down."""


def check(
    paths: Sequence[Path],
    standard: Standard,
    package: Path | None = None,
    jobs: int | None = None,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
    *,
    aside: bool = False,
) -> Generator[CheckedReport, None, None]:
    """The verdict on every report in files, folders and archives, in their order, each as soon as it is there.

    They are held against the profiles of ``standard``, or of the official package at a path.
    ``jobs`` is how many processes check; one means the calling one. If None, many reports use every processor and a
    few none but the calling process. ``aside``: leave many reports wholly to others, since the calling process has
    something else to do, as a window has. The receipt of an export is named as no report.
    A file that can't be read or checked gives a report with a ``fault``, and the rest are checked. Raises
    :class:`Cancelled` when asked to stop, and a :class:`Fault` where nothing can be checked.
    """
    cancellation = cancellation or Cancellation()
    make_engine = partial(engine_for, standard, package)
    told = monotonic()
    done = 0
    with Reader() as reader:
        texts = map(no_receipt, reader.texts(paths))
        with closing(checked_texts(texts, make_engine, jobs, cancellation, aside=aside)) as checked_reports:
            for done, checked in enumerate(checked_reports, 1):
                if (now := monotonic()) - told > TELL_EVERY:
                    told = now
                    progress(Step(done, None, "report"))
                yield checked
    progress(Step(done, done, "report"))


def no_receipt(text: BundleText) -> BundleText:
    """The text, but for an export's receipt, which is no report."""
    if not is_receipt(text.file, text.data):
        return text
    return BundleText(text.file, fault=FileFault("file-is-receipt", file=text.file), left=Left.FOREIGN)


def standard_version(standard: Standard, package: Path | None = None) -> str:
    """The version of the standard that is checked against. Raises as :func:`check` does for a package."""
    return engine_for(standard, package).version


def checked_texts(
    texts: Iterator[BundleText],
    make_engine: Callable[[], Engine],
    jobs: int | None,
    cancellation: Cancellation,
    *,
    aside: bool = False,
) -> Generator[CheckedReport, None, None]:
    """The verdict on each of ``texts``, in their order; see :func:`check`. ``make_engine`` is sent to processes."""
    engine = make_engine()
    here = None if jobs == 1 else FEW if jobs is None else 0
    if aside and here:
        from ldbu_desktop.conformance.processes import make_ready

        make_ready()
    checked = 0
    for text in islice(texts, here):
        cancellation.check()
        yield check_text(engine, text)
        checked += 1
    if checked == here:
        from ldbu_desktop.conformance.processes import check_in_processes

        yield from check_in_processes(texts, make_engine, jobs, cancellation, None if aside else engine)
