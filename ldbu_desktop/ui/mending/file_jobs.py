"""Writing a corrected copy, and the error report, in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.language import tr
from ldbu_desktop.ui.session import Session
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.rendering.formats import Painter
    from ldbu_desktop.use_cases.correct import CorrectedCopy


def write_copy(session: Session, target: Path, then: Callable[[CorrectedCopy], None]) -> None:
    """Write a corrected copy of the files that are open."""
    work = session.work

    def write(_progress: Progress, cancellation: Cancellation) -> CorrectedCopy:
        from ldbu_desktop.use_cases.correct import correct

        return correct(work, work.paths, target, cancellation)

    session.jobs.start("correct", lambda: tr("Skriver"), write, then, session.failed.emit)


def write_report(session: Session, target: Path, paint: Painter, then: Callable[[Path], None]) -> None:
    """Write what was found for others, in the form that the ending of ``target`` names."""
    findings, standard = session.findings, session.standard
    if findings is None:
        return

    def write(_progress: Progress, _cancellation: Cancellation) -> Path:
        from ldbu_desktop.use_cases.error_report import write_error_report

        return write_error_report(findings, standard, target, paint)

    session.jobs.start("error-report", lambda: tr("Skriver"), write, then, session.failed.emit)
