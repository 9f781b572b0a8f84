"""Asks which case to fill: a new case file, one that is there, or a trial that is kept nowhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from ldbu_desktop.casefile import ENDING
from ldbu_desktop.casefile.passphrase import SHORTEST
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.policy import policy
from ldbu_desktop.ui import file_filters
from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.roles import announce
from ldbu_desktop.ui.kit.widgets import Segments, Tone, button, column, label, row, set_tone
from ldbu_desktop.ui.opening import Opening
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.ui.theme import GRID, is_large, scaled
from ldbu_desktop.work import Cancellation, Progress

NEW, OPEN = "new", "open"
_STRENGTH, _RESCUE = "passphrase-strength", "rescue"
_MOST_NAMES = 100


def _place(place_for_keys: Callable[[], str], _progress: Progress, _cancellation: Cancellation) -> str:
    return place_for_keys()


def _proposed() -> str:
    """Where a new case file would lie, under a name that no file there has."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    folder = policy().folder or (documents if documents.is_dir() else Path.home())
    names = (tr("sag"), *(f"{tr('sag')}-{number}" for number in range(2, _MOST_NAMES)))
    free = (path for name in names if not (path := folder / f"{name}{ENDING}").exists())
    return str(next(free, folder / f"{tr('sag')}{ENDING}"))


class CaseDialog(Dialog):
    """Stays until the case is open, and says itself why it is not.

    ``path`` is the file that is asked for, where it is known; ``saves_open`` keeps what is open as a case file.
    """

    def __init__(
        self,
        session: Session,
        opening: Opening,
        settings: Settings,
        parent: QWidget,
        mode: str = NEW,
        path: Path | None = None,
        *,
        saves_open: bool = False,
        is_locked: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("caseDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session, self._opening, self._settings = session, opening, settings
        self._saves_open, self._is_locked = saves_open, is_locked
        self._is_of_file = path is not None and mode == OPEN
        self._live = live = Retranslation()
        self.mode = Segments(
            "caseMode",
            live,
            lambda: tr("Sagsfil"),
            ((NEW, lambda: tr("Ny sagsfil")), (OPEN, lambda: tr("Åbn en sagsfil"))),
        )
        self.path_line = self._line("casePath", lambda: tr("Sagsfil"))
        self.browse = button("caseBrowse", live, lambda: tr("Vælg …"), icon="folder")
        self.passphrase = self._line("casePassphrase", lambda: tr("Adgangskode"), is_secret=True)
        self.again = self._line("casePassphraseAgain", lambda: tr("Adgangskoden igen"), is_secret=True)
        self.reveal = QCheckBox()
        self.reveal.setObjectName("caseReveal")
        live.say(self.reveal.setText, lambda: tr("Vis adgangskoden"))
        live.name(self.reveal, lambda: tr("Vis adgangskoden"))
        self.remember = QCheckBox()
        self.remember.setObjectName("caseRemember")
        live.say(self.remember.setText, lambda: tr("Husk nøglen på denne computer"))
        live.name(self.remember, lambda: tr("Husk nøglen på denne computer"))
        self.remember.hide()
        self.strength = label("caseStrength", tone="small")
        self.strength.setWordWrap(True)
        self.mark = label("caseMark")
        self.mark.hide()
        self.told = label("caseTold", tone="small")
        self.told.setWordWrap(True)
        self.go = button("caseGo", live, self._go_words, kind="primary", icon="lock")
        self.go.setDefault(True)
        self._is_read_only = False
        self.try_out = button("caseTry", live, self._try_words, kind="link")
        self.rescue = button("caseRescue", live, lambda: tr("Red det, der er helt …"), icon="save")
        self.rescue.hide()
        self.cancel = button("caseCancel", live, lambda: tr("Annullér"))
        self.again_parts: list[QWidget] = []
        self._lay_out()
        self._connect()
        live.say(self.setWindowTitle, self._heading_words)
        live.name(self, self._heading_words)
        self._proposed = "" if path is not None else _proposed()
        if path is not None:
            self.path_line.setText(str(path))
        self.mode.setVisible(not saves_open and not is_locked)
        self.try_out.setVisible(not saves_open and not is_locked)
        self.mode.choose(mode)
        self._turn()
        self._look_for_keyring()

    def _look_for_keyring(self) -> None:
        """Offer to remember the key where the system has a place for secrets; that is asked in the background."""
        from ldbu_desktop.use_cases.cases import place_for_keys

        def then(place: str) -> None:
            self.remember.setVisible(bool(place))
            self.remember.setToolTip(place)

        work = partial(_place, place_for_keys)
        jobs = self._session.jobs
        jobs.start("keyring-place", lambda: "", work, then, self._session.failed.emit, quiet=True)
        self.finished.connect(lambda _result: jobs.cancel("keyring-place"))

    def _line(self, name: str, text: Callable[[], str], *, is_secret: bool = False) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setMinimumWidth(scaled(90 * GRID))
        self._live.name(made, text)
        if is_secret:
            made.setEchoMode(QLineEdit.EchoMode.Password)
        return made

    def _lay_out(self) -> None:
        live = self._live
        margin, spacing = (4, 1) if is_large() else (6, 3)  # in large letters a projector's picture is all there is
        lines = column(self, margin, spacing)
        heading = label("caseHeading", live, self._heading_words, "title")
        about = label("caseAbout", live, self._about_words, "muted")
        about.setWordWrap(True)
        about.setMinimumWidth(scaled(110 * GRID))
        lines.addWidget(heading)
        lines.addWidget(about)
        lines.addWidget(self.mode)
        lines.addLayout(self._part("casePathLabel", lambda: tr("Sagsfil"), self.path_line, self.browse))
        lines.addLayout(self._part("casePassphraseLabel", lambda: tr("Adgangskode"), self.passphrase))
        lines.addWidget(self.strength)
        again = self._part("caseAgainLabel", lambda: tr("Adgangskoden igen"), self.again)
        head = again.itemAt(0)
        if head is not None and (named := head.widget()) is not None:
            self.again_parts = [named, self.again]
        lines.addLayout(again)
        lines.addWidget(self.reveal)
        lines.addWidget(self.remember)
        told = row(self.mark, self.told)
        told.setAlignment(self.mark, Qt.AlignmentFlag.AlignTop)
        told.setStretch(1, 1)
        lines.addLayout(told)
        lines.addSpacing(GRID)
        lines.addLayout(row(self.try_out, 1, self.rescue, self.cancel, self.go))

    def _part(self, name: str, text: Callable[[], str], *parts: QWidget) -> QVBoxLayout:
        made = QVBoxLayout()
        made.setSpacing(GRID)
        made.addWidget(label(name, self._live, text))
        made.addLayout(row(*parts))
        return made

    def _connect(self) -> None:
        self.mode.chosen.connect(lambda _mode: self._turn())
        self.browse.clicked.connect(self._browse)
        self.reveal.toggled.connect(self._reveal)
        self.try_out.clicked.connect(self._try_out)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._start)
        self.rescue.clicked.connect(self._rescue)
        self.passphrase.textChanged.connect(self._weigh)
        self._session.opened.connect(self._entered)

    # --- what it says

    @property
    def _is_new(self) -> bool:
        return self.mode.choice == NEW

    def _heading_words(self) -> str:
        if self._is_locked:
            return tr("Sagsfilen er låst")
        if self._saves_open:
            return tr("Gem som sagsfil")
        return tr("Åbn en sagsfil") if self._is_of_file else tr("Udfyld en kontakt")

    def _about_words(self) -> str:
        if self._is_locked:
            return tr("Det udfyldte er gemt, og filen er lukket. Skriv adgangskoden for at fortsætte, hvor du slap.")
        return tr(
            "Det udfyldte gemmes løbende i en krypteret fil på denne computer. Uden adgangskoden kan den ikke åbnes, "
            "heller ikke af os."
        )

    def _go_words(self) -> str:
        return tr("Opret") if self._is_new else tr("Åbn")

    def _try_words(self) -> str:
        return tr("Åbn en kopi uden at gemme") if self._is_read_only else tr("Prøv uden at gemme")

    def _allow_copy(self, *, is_read_only: bool) -> None:
        """Where a case file can't be written to, a copy that is kept nowhere can be looked at."""
        self._is_read_only = is_read_only
        self.try_out.setText(self._try_words())

    def _turn(self) -> None:
        for part in (*self.again_parts, self.strength):
            part.setVisible(self._is_new)
        self.rescue.hide()
        self._weigh()
        self.go.setText(self._go_words())
        self._allow_copy(is_read_only=False)
        self._tell("")
        if self.path_line.text() in ("", self._proposed):
            self.path_line.setText(self._proposed if self._is_new else "")
            self.path_line.selectAll()
            self.path_line.setFocus()
        else:
            self.passphrase.setFocus()

    def _tell(self, text: str, tone: Tone = "rejected") -> None:
        set_tone(self.told, tone)
        self.told.setText(text)
        announce(self.told, text)
        self.told.setVisible(bool(text))
        is_wrong = bool(text) and tone == "rejected"
        self.mark.setVisible(is_wrong)
        if is_wrong:
            self.mark.setPixmap(pixmap("rejected", "rejected", 20))
        self.make_room(self.told)

    def _weigh(self) -> None:
        """Tell how hard the new passphrase is to guess; its lists are read in the background."""
        if not self._is_new:
            return
        passphrase = self.passphrase.text()

        def work(_progress: Progress, _cancellation: Cancellation) -> tuple[str, bool]:
            from ldbu_desktop.casefile.passphrase import strength
            from ldbu_desktop.rendering.passphrase import strength_words

            found = strength(passphrase)
            return strength_words(found), found.is_good_enough or not passphrase

        def then(told: tuple[str, bool]) -> None:
            self.strength.setText(told[0])
            self.make_room(self.strength)
            set_tone(self.strength, "small" if told[1] else "rejected")

        self._session.jobs.start(_STRENGTH, lambda: "", work, then, self._session.failed.emit, quiet=True)
        self.finished.connect(lambda _result: self._session.jobs.cancel(_STRENGTH))

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)
        self.again.setEchoMode(mode)

    # --- what it does

    def _browse(self) -> None:
        shown, start = file_filters.cases(), self.path_line.text()
        if self._is_new:
            name, _ = QFileDialog.getSaveFileName(self, tr("Ny sagsfil"), start or _proposed(), shown)
        else:
            name, _ = QFileDialog.getOpenFileName(self, tr("Åbn en sagsfil"), start, shown)
        if name:
            self.path_line.setText(name)
            self.passphrase.setFocus()

    @property
    def path(self) -> Path | None:
        """The case file; a new one gets its suffix."""
        text = self.path_line.text().strip()
        if not text:
            return None
        path = Path(text).expanduser()
        return path.with_name(path.name + ENDING) if self._is_new and path.suffix != ENDING else path

    def _wrong(self) -> str:
        """What keeps the case from being opened; nothing if it can be."""
        path = self.path
        if path is None:
            return tr("Vælg først, hvor sagsfilen ligger.")
        if without_cpr(path.name) != path.name:
            return tr("Filens navn ligner et CPR-nummer. Giv den et andet navn.")
        if self._is_new and len(self.passphrase.text()) < SHORTEST:
            return tr("Adgangskoden skal have mindst {count, plural, one {# tegn} other {# tegn}}.", count=SHORTEST)
        if self._is_new and self.passphrase.text() != self.again.text():
            return tr("De to adgangskoder er ikke ens.")
        return ""

    def _start(self) -> None:
        if wrong := self._wrong():
            self._tell(wrong)
            return
        path = self.path
        if path is None:
            return
        self.go.setEnabled(False)
        self._tell(tr("Udleder nøglen …"), "muted")
        opening, passphrase = self._opening, self.passphrase.text()
        if self._is_new:
            from_open = self._saves_open
            opening.new_case(
                path, passphrase, self._refused, from_open=from_open, is_remembered=self.remember.isChecked()
            )
        else:
            opening.case(path, passphrase, self._refused, is_remembered=self.remember.isChecked())

    def _refused(self, fault: Fault) -> None:
        from ldbu_desktop.rendering.faults import fault_text

        self.go.setEnabled(True)
        self._allow_copy(is_read_only=fault.key == "case-read-only" and not self._is_new)
        self.rescue.setVisible(fault.key in ("case-damaged", "case-truncated") and not self._is_new)
        self._tell(fault_text(fault, chosen()))
        self.passphrase.setFocus()
        self.passphrase.selectAll()

    def _rescue(self) -> None:
        """Put what is whole into a new case file beside, and open that."""
        path = self.path
        if path is None:
            return
        proposed = path.with_name(f"{path.stem} {tr('reddet')}{ENDING}")
        name, _ = QFileDialog.getSaveFileName(self, tr("Den nye sagsfil"), str(proposed), file_filters.cases())
        if name:
            self.go.setEnabled(False)
            self._tell(tr("Læser det, der er helt …"), "muted")
            self._opening.rescue(path, self.passphrase.text(), Path(name), self._refused)

    def _try_out(self) -> None:
        path = self.path
        if self._is_read_only and path is not None:
            self._opening.copy_of_case(path, self.passphrase.text(), self._refused)
        else:
            self._opening.trial()

    def _entered(self) -> None:
        if self._session.is_filled:
            if (path := self._session.path) is not None:
                self._settings.remember(path.resolve())
            self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes to the next that is empty, and starts from the last."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            lines = [self.path_line, self.passphrase, *([self.again] if self._is_new else [])]
            empty = next((line for line in lines if not line.text()), None)
            if empty is not None and isinstance(self.focusWidget(), QLineEdit):
                empty.setFocus()
                return
        super().keyPressEvent(event)
