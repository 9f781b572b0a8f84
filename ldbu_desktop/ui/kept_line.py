"""A line below the header: corrections of another day to the files that are open can be fetched or thrown away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop import clock
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.roles import announce
from ldbu_desktop.ui.kit.widgets import button, label, row, tool
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, colour


class KeptLine(QWidget):
    """Asks nothing that must be answered: what is not fetched stays kept. What was thrown away can be had again."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("kept")
        self._session = session
        self._thrown: tuple[bytes, ...] = ()
        self._is_put_off = False
        self.picture = label("keptPicture")
        self.text = label("keptText")
        self.text.setWordWrap(True)
        self.fetch = button("keptFetch", live, lambda: tr("Hent"), kind="primary")
        self.throw_away = button("keptThrowAway", live, lambda: tr("Kassér"))
        self.take_back = button("keptTakeBack", live, lambda: tr("Fortryd"))
        self.close_ = tool("keptClose", live, lambda: tr("Senere"), "close")
        line = row(self.picture, self.text, self.fetch, self.throw_away, self.take_back, self.close_, spacing=3)
        line.setStretch(1, 1)
        line.setContentsMargins(4 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        self.setLayout(line)
        self.fetch.clicked.connect(self._fetch)
        self.throw_away.clicked.connect(self._throw_away)
        self.take_back.clicked.connect(self._take_back)
        self.close_.clicked.connect(self._put_off)
        session.opened.connect(self._begin)
        session.keeping.changed.connect(self._tell)
        live.also(self._tell)

    def _begin(self) -> None:
        """Other files are open."""
        self._thrown, self._is_put_off = (), False
        self._tell()

    def _tell(self) -> None:
        kept = self._session.keeping.kept
        earlier = kept.earlier if kept is not None else ()
        for part in (self.fetch, self.throw_away):
            part.setVisible(bool(earlier))
        self.take_back.setVisible(bool(self._thrown) and not earlier)
        self.picture.setPixmap(pixmap("recent", "accent", 20))
        if kept is not None and earlier:
            from ldbu_desktop.rendering.kept_corrections import kept_words

            self.text.setText(kept_words(earlier, kept.earlier_case, clock.today()))
        elif self._thrown:
            self.text.setText(tr("Rettelserne er kasseret."))
        is_told = bool(earlier or self._thrown) and not self._is_put_off
        if is_told:
            announce(self, self.text.text())
        self.setVisible(is_told)

    def _fetch(self) -> None:
        self.fetch.setEnabled(False)
        self._session.keeping.fetch()
        self._session.keeping.changed.connect(self._fetched)

    def _fetched(self) -> None:
        self._session.keeping.changed.disconnect(self._fetched)
        self.fetch.setEnabled(True)
        kept = self._session.keeping.kept
        if kept is not None and kept.earlier:
            self.fetch.hide()
            from ldbu_desktop.rendering.kept_corrections import changes_words

            changes = changes_words(one.operation for one in kept.earlier)
            self.text.setText(
                tr("Ikke hentet, for det passer ikke længere til det, der er læst: {changes}", changes=changes)
            )

    def _throw_away(self) -> None:
        kept = self._session.keeping.kept
        if kept is not None:
            self._keep(lambda: self._remember(kept.throw_away_earlier()))

    def _remember(self, thrown: tuple[bytes, ...]) -> None:
        self._thrown = thrown

    def _take_back(self) -> None:
        kept, thrown = self._session.keeping.kept, self._thrown
        self._thrown = ()
        if kept is not None:
            self._keep(lambda: kept.take_back(thrown))

    def _keep(self, change: Callable[[], None]) -> None:
        """Change what is kept; where that can't be saved it is told."""
        try:
            change()
        except Fault as fault:
            self._session.failed.emit(fault)
        self._tell()

    def _put_off(self) -> None:
        self._is_put_off = True
        self._tell()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("clear_tint"))
        painter.end()
