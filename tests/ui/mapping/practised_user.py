"""Somebody who has done it before, answering at the page by keys: what is pressed goes to the page, and is timed.

The operators are the burden model's own: a keystroke each (a key with Shift or Ctrl is two), a thought before every
answer, and the words read that it is about. Nobody real was timed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.model import NOTHING, Band
from ldbu_desktop.mapping.links import ColumnLink, Link, Target, ValueLink
from ldbu_desktop.ui.mapping.choice_dialog import ChoiceDialog
from ldbu_desktop.ui.mapping.choices import Choice
from ldbu_desktop.ui.mapping.desk import PROPOSE, is_proposed
from ldbu_desktop.ui.mapping.page import MappingPage

Answer = Target | str | None
"""What a column or text is, as the user knows: None for what is not to be read. ``missing:unknown`` is a reason."""

_MISSING = "missing:"
_PATIENCE = 30_000


@dataclass
class PractisedUser:
    """``knows`` what each column and text is; ``constants`` are what they would type for what the file leaves out."""

    page: MappingPage
    qtbot: QtBot
    knows: Callable[[Link], Answer]
    constants: Mapping[str, str]
    assumptions: Assumptions = field(default_factory=Assumptions)
    seconds: Band = NOTHING
    keys: int = 0
    answers: int = 0

    def answer_all(self) -> None:
        """Answer until nothing waits."""
        desk = self.page.desk
        while (place := desk.place) is not None and desk.waits(place):
            self._answer()
            self.qtbot.waitUntil(lambda: not desk.session.jobs.is_busy(PROPOSE), timeout=_PATIENCE)
            if desk.place is not None and not desk.waits(desk.place):  # texts of a chosen column have come
                desk.step(1)

    def told(self) -> str:
        """What it took, for people."""
        took = self.seconds
        return (
            f"\n{self.answers} answers, {self.keys} keys: {took.typical:.0f} s "
            f"({took.low:.0f}-{took.high:.0f}) by the burden model's operators\n"
        )

    def _answer(self) -> None:
        desk, link = self.page.desk, self.page.desk.link
        self.answers += 1
        self.seconds += self.assumptions["M"]
        self._read(self.page.links.list.currentIndex().siblingAtColumn(0).data())
        self._read(self.page.links.list.currentIndex().siblingAtColumn(2).data())
        if link is None:
            assert desk.place is not None
            self._press(Qt.Key.Key_Return)
            self._type(self.constants[desk.place.variable])
            return
        alike = desk.alike()
        if self.is_right(link):
            all_right = len(alike) > 1 and all(map(self.is_right, alike))
            self._press(Qt.Key.Key_Return, with_shift=all_right)
        elif (right := self.knows(link)) is None:
            none_read = len(alike) > 1 and all(self.knows(each) is None for each in alike)
            self._press(Qt.Key.Key_Delete, with_shift=none_read)
        else:
            self._choose(link, right)

    def is_right(self, link: Link) -> bool:
        """Whether what is proposed is what the user knows."""
        right = self.knows(link)
        if not is_proposed(link) or right is None:
            return False
        if isinstance(link, ColumnLink):
            return link.target == right
        return right == (f"{_MISSING}{link.missing}" if link.missing is not None else link.code)

    def _choose(self, link: Link, right: Target | str) -> None:
        """Press the digit of an answer where it has one, else type as many letters as find it first."""
        answers = [answer.what for answer in self.page.reading.answers[:9] if not answer.is_missing]
        if isinstance(link, ValueLink) and right in answers:
            self._press(Qt.Key(Qt.Key.Key_1 + answers.index(right)))
            return
        self._press(Qt.Key.Key_F2)
        dialog = self._dialog()
        wanted = next(choice for choice in dialog.choices if self._is_meant(choice, right))
        for letter in f"{wanted.words} {wanted.about}".strip():
            if dialog.first is wanted:
                break
            self.qtbot.keyClicks(dialog.line, letter)
            self._count(1)
        assert dialog.first is wanted, wanted
        self.qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
        self._count(1)

    @staticmethod
    def _is_meant(choice: Choice, right: Target | str) -> bool:
        told = f"{_MISSING}{choice.what}" if choice.is_missing else choice.what
        return told == right

    def _dialog(self) -> ChoiceDialog:
        found = [one for one in self.page.findChildren(ChoiceDialog) if one.isVisible()]
        assert len(found) == 1
        return found[0]

    def _type(self, text: str) -> None:
        self.qtbot.keyClicks(self._dialog().line, text)
        self.qtbot.keyClick(self._dialog().line, Qt.Key.Key_Return)
        self._count(len(text) + 1)

    def _press(self, key: Qt.Key, *, with_shift: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ShiftModifier if with_shift else Qt.KeyboardModifier.NoModifier
        self.qtbot.keyClick(self.page.links.list, key, modifier)
        self._count(2 if with_shift else 1)

    def _count(self, keys: int) -> None:
        self.keys += keys
        self.seconds += self.assumptions["K"] * keys

    def _read(self, words: object) -> None:
        self.seconds += self.assumptions.word * len(str(words).split())
