"""Writing a corrected copy: where to is asked, and it is written in the background."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from ldbu_desktop.journal.mask import without_person
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words, covered
from ldbu_desktop.ui import file_filters
from ldbu_desktop.ui.message import Message
from ldbu_desktop.ui.session import Session
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.use_cases.correct import CorrectedCopy

_LINES = 5
"""How much of what is told of a copy has room in the window; the sheet of corrections in the copy has all of it."""


def write_copy(session: Session, parent: QWidget, message: Message, then: Callable[[], object] | None = None) -> None:
    """Ask where to, and write a corrected copy of the files that are open; ``then`` do something more."""
    work = session.work
    source = work.paths[0]
    if len(session.journal.sources) > 1:
        name = QFileDialog.getExistingDirectory(parent, tr("Mappen til de rettede kopier"))
    else:
        stem = without_person(source.stem, "CPR")
        proposed = str(source.with_name(f"{stem}-{tr('rettet')}{source.suffix}"))
        offered = file_filters.exports_as(source.suffix)
        name, _ = QFileDialog.getSaveFileName(parent, tr("Gem en rettet kopi"), proposed, offered)
    if not name:
        return

    def write(_progress: Progress, cancellation: Cancellation) -> CorrectedCopy:
        from ldbu_desktop.use_cases.correct import correct

        return correct(work, work.paths, Path(name), cancellation)

    def written(copy: CorrectedCopy) -> None:
        from ldbu_desktop.rendering.corrections import copy_lines

        def told() -> str:
            lines = [*copy_lines(copy.written, copy.changed, copy.elsewhere, copy.lost, session.standard)]
            left = len(lines) - _LINES
            if left > 1:
                lines[_LINES:] = [tr("… og {count} til; de står på arket med rettelserne.", count=count_words(left))]
            return covered("\n".join(lines), shown=session.shows_cpr)

        def tell() -> None:
            message.show_note(lambda: tr("Den rettede kopi er skrevet."), told, place=next(iter(copy.written), None))

        tell()
        if then is not None:
            session.opened.connect(tell, Qt.ConnectionType.SingleShotConnection)  # what is opened clears the message
            then()

    session.jobs.start("correct", lambda: tr("Skriver"), write, written, session.failed.emit)
