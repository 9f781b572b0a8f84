"""The page that meets the user: what one can do, what was opened last, and a sample to try at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ldbu_desktop import clock
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.buttons import PushButton
from ldbu_desktop.ui.kit.elided_label import ElidedLabel
from ldbu_desktop.ui.kit.widgets import button, column, label, row
from ldbu_desktop.ui.pace import after_paint, once_painted
from ldbu_desktop.ui.page import Page, PageContext
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled
from ldbu_desktop.whole_files import is_there
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.casefile.work_file import KeptWork

_WIDTH = 230 * GRID
_DOOR_HEIGHT = 32 * GRID
_DOORS_A_ROW = 2
_KEPT_WORDS = "ldbu_desktop.rendering.kept_corrections"
"""The room that says when something was kept."""


class StartButton(PushButton):
    """A large button: an icon, what one can do here, and a line about it."""

    def __init__(
        self, name: str, live: Retranslation, icon: str, title: Callable[[], str], text: Callable[[], str]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "door")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        live.also(lambda: self.setMinimumHeight(scaled(_DOOR_HEIGHT)))
        picture = label(f"{name}-picture")
        live.also(lambda: picture.setPixmap(pixmap(icon, "accent", 40)))
        head = label(f"{name}-title", live, title, "heading")
        head.setWordWrap(True)
        told = label(f"{name}-text", live, text, "muted")
        told.setWordWrap(True)
        told.setAlignment(Qt.AlignmentFlag.AlignTop)
        for part in (picture, head, told):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._lines = column(self, 4, 1)
        self._lines.addWidget(picture)
        self._lines.addSpacing(GRID)
        self._lines.addWidget(head)
        self._lines.addWidget(told, 1)
        live.name(self, title)
        live.say(self.setAccessibleDescription, text)

    def minimumSizeHint(self) -> QSize:
        """As narrow as what is in it can be."""
        return self._lines.minimumSize()

    def sizeHint(self) -> QSize:
        """As large as what is in it."""
        return self._lines.sizeHint()


class _Recent(NamedTuple):
    """A file or a folder that was opened before and is still there."""

    path: Path
    is_folder: bool


class StartPage(Page):
    """Doors do what their actions do; what was opened last is opened again."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        live = context.live
        self._actions = context.actions
        self._open = context.open
        self._settings = context.settings
        self._jobs = context.session.jobs
        self._failed = context.session.failed.emit
        self._of_recent, self._of_kept = Retranslation(), Retranslation()
        live.name(self, lambda: tr("Start"))
        outer = QWidget()
        outer.setObjectName("scrolled")
        scroll = QScrollArea()
        scroll.setObjectName("startScroll")
        scroll.setWidgetResizable(True)
        scroll.setWidget(outer)  # while it is empty: else all is laid out here, and again when it is shown
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        live.name(scroll, lambda: tr("Start"))
        inner = QWidget()
        inner.setObjectName("startInner")
        live.also(lambda: inner.setMaximumWidth(scaled(_WIDTH)))
        lines = column(inner, 0, 2)
        lines.setContentsMargins(8 * GRID, 10 * GRID, 8 * GRID, 8 * GRID)
        lines.addWidget(label("startHeading", live, lambda: tr("Hvad vil du gøre?"), "title"))
        lines.addWidget(self._about(live))
        lines.addSpacing(4 * GRID)
        lines.addLayout(self._doors(live))
        lines.addSpacing(2 * GRID)
        lines.addLayout(row(self._sample(live), 1))
        lines.addSpacing(4 * GRID)
        self.recent_heading = label("recentHeading", live, lambda: tr("Seneste filer"), "heading")
        recent, kept = QWidget(), QWidget()  # in parts of their own: what they list later is heard where it stands
        self.recent, self.kept = column(recent), column(kept)
        self.forget = button("forgetRecent", live, lambda: tr("Glem listen"), kind="link")
        self.forget.clicked.connect(self._forget)
        lines.addLayout(row(self.recent_heading, 1, self.forget))
        lines.addWidget(recent)
        self.kept_heading = label("keptHeading", live, lambda: tr("Rettelser, der er gemt"), "heading")
        lines.addSpacing(2 * GRID)
        lines.addWidget(self.kept_heading)
        lines.addWidget(kept)
        lines.addSpacing(2 * GRID)
        lines.addStretch(1)
        lines.addLayout(self._promise(live))
        beside = row(1, margin=0, spacing=0)
        beside.addWidget(inner, 100)
        beside.addStretch(1)
        outer.setLayout(beside)
        column(self).addWidget(scroll)
        self._show_recent(())
        self._show_kept(())
        live.also(self._retell)
        self.setFocusProxy(self.export_door)

    def _about(self, live: Retranslation) -> QLabel:
        made = label(
            "startAbout",
            live,
            lambda: tr("Se, hvad der ville blive afvist, ret det, og dan de afleveringsrapporter, der er i orden."),
            "muted",
        )
        made.setWordWrap(True)
        return made

    def _doors(self, live: Retranslation) -> QGridLayout:
        self.export_door = StartButton(
            "doorExport",
            live,
            "table",
            lambda: tr("Åbn en journaleksport"),
            lambda: tr("Regneark eller CSV fra journalsystemet. Kontakter, målinger og fund læses og kontrolleres."),
        )
        self.report_door = StartButton(
            "doorReports",
            live,
            "report",
            lambda: tr("Kontrollér afleveringsrapporter"),
            lambda: tr("FHIR-rapporter som JSON, NDJSON, ZIP eller en hel mappe. Samme kontrol, samme forklaringer."),
        )
        self.fill_door = StartButton(
            "doorFill",
            live,
            "fill",
            lambda: tr("Udfyld en kontakt"),
            lambda: tr("Registrér sammen med familien eller lige efter. Det gemmes løbende, krypteret på computeren."),
        )
        self.practice_door = StartButton(
            "doorPractice",
            live,
            "school",
            lambda: tr("Undervis og øv"),
            lambda: tr("Vis en øvelse for et rum, eller øv dig i at registrere. Intet gemmes eller afleveres."),
        )
        self.practice_door.clicked.connect(self._actions["page-practice"].trigger)
        self.export_door.clicked.connect(self._actions["open"].trigger)
        self.report_door.clicked.connect(self._actions["page-reports"].trigger)
        self.fill_door.clicked.connect(self._actions["fill"].trigger)
        doors = QGridLayout()
        doors.setSpacing(4 * GRID)
        for at, door in enumerate((self.export_door, self.fill_door, self.practice_door, self.report_door)):
            doors.addWidget(door, *divmod(at, _DOORS_A_ROW))
            doors.setColumnStretch(at % _DOORS_A_ROW, 1)
        return doors

    def _sample(self, live: Retranslation) -> QPushButton:
        """The sample, to try at once."""
        self.sample_door = button(
            "doorSample", live, lambda: tr("Prøv med et eksempel: en families første år, med fejl at finde"),
            kind="link", icon="sample",
        )  # fmt: skip
        self.sample_door.clicked.connect(self._actions["open-sample"].trigger)
        return self.sample_door

    def _promise(self, live: Retranslation) -> QVBoxLayout:
        told = label(
            "startPromise",
            live,
            lambda: tr("Du kan også trække filer ind i vinduet. Alt sker på denne computer; ingen data forlader den."),
            "muted",
        )
        told.setWordWrap(True)
        lines = QVBoxLayout()
        lines.addWidget(told)
        return lines

    def arrive(self) -> None:
        """Others may have been opened meanwhile. They are looked for in the background, once the page can be used: some
        may lie on a drive that is slow to answer, and what lists those that are kept is much to import."""
        once_painted(self, lambda: after_paint(self, self._look))

    def _look(self) -> None:
        self._look_for_recent()
        self._look_for_kept()

    def _look_for_recent(self) -> None:
        """Look which of the files that were opened last are still there."""
        paths = self._settings.recent

        def look(_progress: Progress, _cancellation: Cancellation) -> list[_Recent]:
            return [_Recent(path, path.is_dir()) for path in paths if is_there(path)]

        self._jobs.start("recent", lambda: "", look, self._show_recent, self._failed, quiet=True)

    def _look_for_kept(self) -> None:
        """Look for corrections that are kept."""
        folder = self._settings.work_folder

        def look(_progress: Progress, _cancellation: Cancellation) -> Sequence[KeptWork]:
            if not is_there(folder):
                return ()
            import_module(_KEPT_WORDS)
            from ldbu_desktop.use_cases.keep_corrections import kept_work

            return kept_work(folder)

        self._jobs.start("kept", lambda: "", look, self._show_kept, self._failed, quiet=True)

    def _show_kept(self, found: Sequence[KeptWork]) -> None:
        """List the corrections that are kept."""
        _empty(self.kept)
        self._of_kept = Retranslation()
        for at, work in enumerate(found):
            self.kept.addWidget(self._kept_row(at, work))
        self.kept_heading.setVisible(bool(found))

    def _kept_row(self, at: int, work: KeptWork) -> QWidget:
        from ldbu_desktop.rendering.kept_corrections import since_words

        made = QWidget()
        made.setObjectName(f"kept-{at}")
        name = self._settings.work_name(work.path)
        about = label(f"kept-{at}-name", self._of_kept, lambda: name or tr("Fil, der ikke kendes længere"))
        when = label(f"kept-{at}-when", self._of_kept, lambda: since_words(work.changed, clock.today()), "muted")
        away = button(f"kept-{at}-throwAway", self._of_kept, lambda: tr("Kassér"), kind="link")
        self._of_kept.name(away, lambda: tr("Kassér rettelserne til {name}", name=name))
        away.clicked.connect(lambda: self._throw_away(work))
        line = row(about, when, 1, away, spacing=3)
        line.setContentsMargins(2 * GRID, 0, 0, 0)
        made.setLayout(line)
        return made

    def _throw_away(self, work: KeptWork) -> None:
        from ldbu_desktop.use_cases.keep_corrections import throw_away_work

        try:
            throw_away_work(work.path)
        except Fault as fault:
            self._failed(fault)
            return
        self._settings.forget_work(work.path)
        self._look_for_kept()

    def _show_recent(self, found: Sequence[_Recent]) -> None:
        """List the files that were opened last."""
        _empty(self.recent)
        self._of_recent = Retranslation()
        for at, one in enumerate(found):
            self.recent.addWidget(self._recent_row(at, *one))
        for part in (self.recent_heading, self.forget):
            part.setVisible(bool(found))

    def _recent_row(self, at: int, path: Path, is_folder: bool) -> QPushButton:
        made = PushButton()
        made.setObjectName(f"recent-{at}")
        made.setProperty("kind", "quiet")
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        folder = str(path.parent).replace(str(Path.home()), "~", 1)
        name = label(f"recent-{at}-name")
        name.setText(path.name)
        where = ElidedLabel(f"recent-{at}-folder", "muted")
        where.setText(folder)
        picture = label(f"recent-{at}-picture")
        icon = "folder" if is_folder else "table" if path.suffix in (".xlsx", ".csv") else "report"
        self._of_recent.also(lambda: picture.setPixmap(pixmap(icon, "muted", 20)))
        for part in (picture, name, where):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        line = row(picture, name, where, spacing=3)
        line.setStretch(2, 1)
        line.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        made.setLayout(line)
        made.setMinimumHeight(9 * GRID)
        self._of_recent.name(made, lambda: tr("Åbn {name}", name=path.name))
        made.clicked.connect(lambda: self._open([path]))
        return made

    def _retell(self) -> None:
        self._of_recent.refresh()
        self._of_kept.refresh()

    def _forget(self) -> None:
        self._settings.forget_recent()
        self._show_recent(())


def _empty(lines: QVBoxLayout) -> None:
    while (item := lines.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.deleteLater()
