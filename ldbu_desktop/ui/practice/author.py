"""A case written in the window: its words, and the key, which is what stands in the family that is filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.training import level_word
from ldbu_desktop.training.authoring import case_of
from ldbu_desktop.training.model import Case, Level
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.widgets import Pane, Segments, button, column, label, row
from ldbu_desktop.ui.practice.key_marks import KeyMarks, KeyModel
from ldbu_desktop.ui.practice.practice import Practice
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

WORDS, KEY = "words", "key"
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e"})
_ANY = "oevelse"
_OF_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that no file can have there."""
_MOST_MINUTES = 60
_MOST_LETTERS = {"title": 120, "trains": 300}
"""A title stands in a line of the list and above the exercise."""


def id_of(title: str) -> str:
    """The id of a case, and the name of its file, from its title."""
    id = re.sub(r"[^a-z0-9]+", "-", title.casefold().translate(_LETTERS)).strip("-")[:60].strip("-")
    return f"{_ANY}-{id}" if _OF_WINDOWS.fullmatch(id) else id or _ANY


class AuthorPane(Pane):
    """``saves``: the case as it is written now is to be saved."""

    saves = Signal(object)

    def __init__(self, practice: Practice, live: Retranslation) -> None:
        super().__init__()
        self._practice = practice
        self._case: Case | None = None
        self._kept: Case | None = None
        self.key = KeyModel(lambda: practice.session.standard, self)
        self.marks = KeyMarks(self.key, live)
        self.lines = {
            name: self._line(f"author-{name}", live, text)
            for name, text in (
                ("title-da", lambda: tr("Titel, dansk")),
                ("title-en", lambda: tr("Titel, engelsk")),
                ("trains-da", lambda: tr("Træner, dansk")),
                ("trains-en", lambda: tr("Træner, engelsk")),
            )
        }
        self.stories = {
            name: self._story(f"author-{name}", live, text)
            for name, text in (
                ("story-da", lambda: tr("Historien, dansk")),
                ("story-en", lambda: tr("Historien, engelsk")),
            )
        }
        self.level = QComboBox()
        self.level.setObjectName("authorLevel")
        self.level.view().setObjectName("authorLevelList")
        for part in (self.level, self.level.view()):
            live.name(part, lambda: tr("Niveau"))
        for level in Level:
            self.level.addItem("", level)
        live.also(self._tell_levels)
        self.minutes = QSpinBox()
        self.minutes.setObjectName("authorMinutes")
        self.minutes.setRange(1, _MOST_MINUTES)
        live.name(self.minutes, lambda: tr("Minutter"))
        self.view = Segments(
            "authorView", live, lambda: tr("Visning"), ((WORDS, lambda: tr("Ordene")), (KEY, lambda: tr("Facit")))
        )
        self.to_form = button("authorForm", live, lambda: tr("Til skemaet"), icon="fill")
        self.save = button("authorSave", live, lambda: tr("Gem øvelsen"), kind="primary", icon="save")
        self.save.clicked.connect(self._save)
        self._lay_out_words(live)
        self.stack = Stack()
        self.stack.setObjectName("authorStack")
        self.view.chosen.connect(self._turn)

    def lay_out(self) -> Iterator[None]:
        """Put the parts in their places, in slices: the style looks at all that is in one."""
        lines = column(self, 4, 2)
        lines.addLayout(row(self.view, 1, self.to_form, self.save, wraps=True))
        lines.addWidget(self.about)
        lines.addWidget(self.stack, 1)
        yield
        for page in (self.words, self.marks):
            self.stack.addWidget(page)
            yield

    def _lay_out_words(self, live: Retranslation) -> None:
        words = QWidget()
        words.setObjectName("authorWords")
        self.words = QScrollArea()
        self.words.setObjectName("authorScroll")
        self.words.setWidgetResizable(True)
        self.words.setWidget(words)
        self.words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        live.name(self.words, lambda: tr("Øvelsens ord"))
        form = QFormLayout(words)
        form.setContentsMargins(0, 0, 3 * GRID, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for part in (*self.lines.values(), *self.stories.values(), self.level, self.minutes):
            told = label(f"{part.objectName()}-label", tone="muted")
            live.say(told.setText, part.accessibleName)
            form.addRow(told, part)
        self.about = label(
            "authorAbout",
            live,
            lambda: tr(
                "Facit er det, der står i skemaet. Brug kun opdigtede personer. Markér, hvad der også er rigtigt."
            ),
            "muted",
        )
        self.about.setWordWrap(True)

    def _turn(self, view: str) -> None:
        self.stack.setCurrentWidget(self.words if view == WORDS else self.marks)

    def show_afar(self, is_afar: bool) -> None:
        """Leave out for a room what the trainer knows."""
        self.about.setVisible(not is_afar)

    def _line(self, name: str, live: Retranslation, text: Callable[[], str]) -> QLineEdit:
        made = QLineEdit()
        made.setObjectName(name)
        made.setMaxLength(_MOST_LETTERS[name.split("-")[1]])
        live.name(made, text)
        return made

    def _story(self, name: str, live: Retranslation, text: Callable[[], str]) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setObjectName(name)
        made.setTabChangesFocus(True)
        made.setProperty("kind", "text")
        live.name(made, text)
        return made

    def _tell_levels(self) -> None:
        self.key.retell()
        for at, level in enumerate(Level):
            self.level.setItemText(at, level_word(level))

    # --- the case

    def begin(self, case: Case) -> None:
        """Write a case after another, whose words and marks are there to be changed."""
        self._case = case
        for name, text in (("title", case.title), ("trains", case.trains)):
            self.lines[f"{name}-da"].setText(text.da)
            self.lines[f"{name}-en"].setText(text.en)
        self.stories["story-da"].setPlainText(case.story.da)
        self.stories["story-en"].setPlainText(case.story.en)
        self.level.setCurrentIndex(list(Level).index(case.level))
        self.minutes.setValue(case.minutes)
        self.view.choose(WORDS)
        self.key.show_case(case)
        self.keep()

    def keep(self) -> None:
        """What is written now is kept: as it began, or in a file."""
        self._kept = self._written()

    @property
    def is_unsaved(self) -> bool:
        """Whether something is written that is in no file."""
        return self._written() != self._kept

    def refill(self) -> None:
        """Follow the family that is filled: its answers are the key."""
        if self._case is None:
            return
        self.marks.settle()
        marked = replace(self._case, visits=self.key.visits())
        self._case = case_of(self._practice.session.journal, marked, self._practice.session.standard)
        self.key.show_case(self._case)

    def _save(self) -> None:
        if (case := self._written()) is not None:
            self.saves.emit(case)

    def _written(self) -> Case | None:
        """The case as it is written now; None before one is begun."""
        self.refill()
        if self._case is None:
            return None
        texts = {name: part.text().strip() for name, part in self.lines.items()}
        title = Text(texts["title-da"], texts["title-en"] or texts["title-da"])
        trains = Text(texts["trains-da"], texts["trains-en"] or texts["trains-da"])
        story = Text(*(part.toPlainText().strip() + "\n" for part in self.stories.values()))
        return replace(
            self._case,
            id=id_of(title.da),
            title=title,
            trains=trains,
            story=story,
            level=Level(self.level.currentData()),
            minutes=self.minutes.value(),
        )
