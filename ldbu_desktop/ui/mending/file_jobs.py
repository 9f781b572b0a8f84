"""Writing a corrected copy, in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.language import tr
from ldbu_desktop.ui.session import Session
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.use_cases.correct import CorrectedCopy


def write_copy(session: Session, target: Path, then: Callable[[CorrectedCopy], None]) -> None:
    """Write a corrected copy of the files that are open."""
    work = session.work

    def write(_progress: Progress, cancellation: Cancellation) -> CorrectedCopy:
        from ldbu_desktop.use_cases.correct import correct

        return correct(work, work.paths, target, cancellation)

    session.jobs.start("correct", lambda: tr("Skriver"), write, then, session.failed.emit)
