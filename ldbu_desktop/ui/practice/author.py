"""A case written in the window: its words, and the key, which is what stands in the family that is filled."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from ldbu_desktop.language import Text, tr
from ldbu_desktop.rendering.training import answer_words, asked_words, level_word
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.authoring import case_of
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer, Level
from ldbu_desktop.ui.kit.table import EDITABLE, READABLE, TICKABLE, Column, TableModel, TableView, Width
from ldbu_desktop.ui.kit.widgets import Pane, button, column, divided, label, row
from ldbu_desktop.ui.practice.practice import Practice
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled

_BETWEEN = "; "
"""What stands between answers that are as right, as they are typed."""
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e"})
_ANY = "oevelse"
_OF_WINDOWS = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")
"""Names that no file can have there."""
_MOST_MINUTES = 60
_MOST_LETTERS = {"title": 120, "trains": 300}
"""A title stands in a line of the list and above the exercise."""
_WORDS = 60 * GRID


class KeyRow(NamedTuple):
    """An answer of the key, and the visit that it belongs to."""

    visit: CaseVisit
    answer: KeyAnswer


class KeyModel(TableModel[KeyRow]):
    """The key as the trainer marks it: what is as right, what is a matter of judgement, and why."""

    def __init__(self, standard: Standard, mark: Callable[[KeyRow, KeyAnswer], None], parent: QObject) -> None:
        self._mark = mark
        tick, edit = Qt.ItemDataRole.CheckStateRole, Qt.ItemDataRole.EditRole
        super().__init__(
            (
                Column(
                    "asked",
                    lambda: tr("Hvad"),
                    lambda one: asked_words(one.answer.asked or one.answer.questionnaire, standard),
                    width=Width.REST,
                ),
                Column("answer", lambda: tr("Facit"), lambda one: answer_words(one.answer, standard), width=Width.REST),
                Column(
                    "accepted",
                    lambda: tr("Også rigtigt (skil med ;)"),
                    lambda one: _BETWEEN.join(one.answer.accepted),
                    width=Width.REST,
                    roles={edit: lambda one: _BETWEEN.join(one.answer.accepted)},
                    flags=lambda one: READABLE if one.answer.questionnaire else EDITABLE,
                    edit=lambda one, value, role: self._take(one, role, accepted=_split(str(value))),
                ),
                Column(
                    "discuss",
                    lambda: tr("Til drøftelse"),
                    lambda one: "",
                    roles={tick: lambda one: Qt.CheckState.Checked if one.answer.discuss else Qt.CheckState.Unchecked},
                    flags=lambda one: TICKABLE,
                    edit=lambda one, value, role: self._take(
                        one, edit if role == tick else role, discuss=Qt.CheckState(value) is Qt.CheckState.Checked
                    ),
                ),
                self._why(
                    "why-da", lambda: tr("Hvorfor (dansk)"), lambda why: why.da, lambda why, da: Text(da, why.en)
                ),
                self._why(
                    "why-en", lambda: tr("Hvorfor (engelsk)"), lambda why: why.en, lambda why, en: Text(why.da, en)
                ),
            ),
            parent,
        )

    def _why(
        self, id: str, title: Callable[[], str], read: Callable[[Text], str], write: Callable[[Text, str], Text]
    ) -> Column[KeyRow]:
        return Column(
            id,
            title,
            lambda one: read(one.answer.why),
            width=Width.REST,
            roles={Qt.ItemDataRole.EditRole: lambda one: read(one.answer.why)},
            flags=lambda one: EDITABLE,
            edit=lambda one, value, role: self._take(one, role, why=write(one.answer.why, str(value).strip())),
        )

    def _take(self, one: KeyRow, role: int, **marks: Any) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._mark(one, replace(one.answer, **marks))
        return True


def _split(typed: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in typed.split(_BETWEEN.strip()))))


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
        self.key = KeyModel(practice.session.standard, self._mark, self)
        self.table = TableView("authorKey", live, lambda: tr("Facit"), self.key)
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
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
        self.save = button("authorSave", live, lambda: tr("Gem øvelsen"), kind="primary", icon="save")
        self.save.clicked.connect(self._save)
        self._lay_out(live)

    def _lay_out(self, live: Retranslation) -> None:
        words = QWidget()
        words.setObjectName("authorWords")
        scroll = QScrollArea()
        scroll.setObjectName("authorScroll")
        scroll.setWidgetResizable(True)
        scroll.setWidget(words)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setMinimumWidth(scaled(_WORDS))
        live.name(scroll, lambda: tr("Øvelsens ord"))
        form = QFormLayout(words)
        form.setContentsMargins(0, 0, 3 * GRID, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for part in (*self.lines.values(), *self.stories.values(), self.level, self.minutes):
            told = label(f"{part.objectName()}-label", tone="muted")
            live.say(told.setText, part.accessibleName)
            form.addRow(told, part)
        told = label(
            "authorAbout",
            live,
            lambda: tr(
                "Facit er det, der står i skemaet. Brug kun opdigtede personer. Markér, hvad der også er rigtigt."
            ),
            "muted",
        )
        told.setWordWrap(True)
        lines = column(self, 4, 2)
        top = row(told, self.save)
        top.setStretch(0, 1)
        lines.addLayout(top)
        lines.addWidget(divided("authorSplitter", (scroll, self.table), (320, 640), (1, 2)), 1)

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
        live.name(made, text)
        return made

    def _tell_levels(self) -> None:
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
        self.refill()

    def refill(self) -> None:
        """Follow the family that is filled: its answers are the key."""
        if self._case is not None:
            self._case = case_of(self._practice.session.journal, self._case, self._practice.session.standard)
            self.key.show([KeyRow(visit, answer) for visit in self._case.visits for answer in visit.key])

    def _mark(self, row: KeyRow, answer: KeyAnswer) -> None:
        if self._case is None:
            return
        visits = tuple(
            replace(visit, key=tuple(answer if one is row.answer else one for one in visit.key))
            for visit in self._case.visits
        )
        self._case = replace(self._case, visits=visits)
        self.key.show([KeyRow(visit, one) for visit in visits for one in visit.key])

    def _save(self) -> None:
        if self._case is None:
            return
        self.refill()
        texts = {name: part.text().strip() for name, part in self.lines.items()}
        title = Text(texts["title-da"], texts["title-en"] or texts["title-da"])
        trains = Text(texts["trains-da"], texts["trains-en"] or texts["trains-da"])
        story = Text(*(part.toPlainText().strip() + "\n" for part in self.stories.values()))
        self.saves.emit(
            replace(
                self._case,
                id=id_of(title.da),
                title=title,
                trains=trains,
                story=story,
                level=Level(self.level.currentData()),
                minutes=self.minutes.value(),
            )
        )
