"""What is asked before something is done: a line where it belongs, with buttons to answer. It stops nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.buttons import PushButton
from ldbu_desktop.ui.kit.widgets import column, keep_line, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, colour

Text = Callable[[], str]


class QuestionBar(QWidget):
    """Hidden until something is asked. Esc answers no; Enter and space press the button that has the keyboard."""

    def __init__(self, name: str, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName(name)
        self._words: Text | None = None
        self._answers: tuple[Text, Text] | None = None
        self._yes: Callable[[], None] = self.hide
        self._no: Callable[[], None] = self.hide
        self.picture = label(f"{name}Picture")
        self.text = label(f"{name}Text")
        self.text.setWordWrap(True)
        keep_line(self.text, live)
        self.yes = self._button(f"{name}Yes", "primary")
        self.no = self._button(f"{name}No", "")
        self.yes.clicked.connect(lambda: self._answer(self._yes))
        self.no.clicked.connect(lambda: self._answer(self._no))
        lines = column(self, 4, 2)
        told = row(self.picture, self.text, 1, spacing=3)
        told.setStretch(1, 100)
        told.setAlignment(self.picture, Qt.AlignmentFlag.AlignTop)
        lines.addLayout(told)
        answers = row(self.yes, self.no, 1)
        answers.setContentsMargins(8 * GRID, 0, 0, 0)
        lines.addLayout(answers)
        self.hide()
        live.also(self._tell)

    def _button(self, name: str, kind: str) -> QPushButton:
        made = PushButton()
        made.setObjectName(name)
        made.setProperty("kind", kind)
        return made

    def ask(
        self, words: Text, yes: Text, no: Text, then: Callable[[], None], otherwise: Callable[[], None] | None = None
    ) -> None:
        """Ask, and do ``then`` at yes or ``otherwise`` at no. The keyboard comes to the answer that changes nothing."""
        self._words, self._answers = words, (yes, no)
        self._yes, self._no = then, otherwise or (lambda: None)
        self.yes.show()
        self._come()

    def say(self, words: Text, read: Text) -> None:
        """Say something that has but one answer."""
        self._words, self._answers = words, (read, read)
        self._no = lambda: None
        self.yes.hide()
        self._come()

    def _come(self) -> None:
        self._tell()
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        if self._words is None or self._answers is None:
            return
        self.text.setText(self._words())
        self.setAccessibleName(self._words())
        self.picture.setPixmap(pixmap("check", "check", 20))
        for made, text in zip((self.yes, self.no), self._answers, strict=True):
            made.setText(text())
            made.setAccessibleName(f"{text()}. {self._words()}")

    def _answer(self, do: Callable[[], None]) -> None:
        self.hide()
        do()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in one of its buttons answers no."""
        if event.key() == Qt.Key.Key_Escape:
            self.no.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tint."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("check_tint"))
        painter.end()
