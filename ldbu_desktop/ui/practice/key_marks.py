"""The key of a case that is written: its answers, and beneath them how the one that is looked at is marked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.training import answer_words, asked_words
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer
from ldbu_desktop.ui.kit.buttons import CheckBox
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import Pane, column, divided, label
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID

_BETWEEN = "; "
"""What stands between answers that are as right, as they are typed."""


class KeyRow(NamedTuple):
    """An answer of the key, and the visit and person that it belongs to."""

    visit: CaseVisit
    answer: KeyAnswer
    name: str


class KeyModel(TableModel[KeyRow]):
    """The answers of the key, and in a word how each is marked. ``marked``: one is marked otherwise."""

    marked = Signal()

    def __init__(self, standard: Callable[[], Standard], parent: QObject) -> None:
        super().__init__(
            (
                Column("asked", lambda: tr("Hvad"), lambda one: _about(one, standard()), width=Width.REST),
                Column(
                    "answer", lambda: tr("Facit"), lambda one: answer_words(one.answer, standard()), width=Width.REST
                ),
                Column("marks", lambda: tr("Mærket"), lambda one: _marks(one.answer), width=Width.REST),
            ),
            parent,
        )

    def show_case(self, case: Case) -> None:
        """Show the key of a case."""
        names = {person.id: person.name for person in case.people} if len(case.people) > 1 else {}
        self.show(
            [
                KeyRow(visit, answer, names.get(answer.about or visit.about, ""))
                for visit in case.visits
                for answer in visit.key
            ]
        )

    def mark(self, at: int, **marks: Any) -> None:
        """Mark an answer, by its row."""
        row = self.rows[at]
        rows = list(self.rows)
        rows[at] = row._replace(answer=replace(row.answer, **marks))
        self.rows = rows
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
        self.marked.emit()

    def visits(self) -> tuple[CaseVisit, ...]:
        """The visits with their answers as they are marked."""
        keys: dict[str, list[KeyAnswer]] = {}
        for row in self.rows:
            keys.setdefault(row.visit.id, []).append(row.answer)
        visits = {row.visit.id: row.visit for row in self.rows}
        return tuple(replace(visit, key=tuple(keys[id])) for id, visit in visits.items())


def _about(row: KeyRow, standard: Standard) -> str:
    asked = asked_words(row.answer.asked or row.answer.questionnaire, standard)
    return f"{asked} ({row.name})" if row.name else asked


def _marks(answer: KeyAnswer) -> str:
    """How an answer is marked, in a few words."""
    return "\n".join(_mark_words(answer))


def _mark_words(answer: KeyAnswer) -> Iterator[str]:
    if answer.accepted:
        yield tr(
            "{count, plural, one {# svar til er rigtigt} other {# svar til er rigtige}}", count=len(answer.accepted)
        )
    if answer.discuss:
        yield tr("til drøftelse")
    if not (answer.why.da or answer.why.en):
        yield tr("uden hvorfor")


class KeyMarks(Pane):
    """The answers as a table, and beneath it what is marked at the one that is looked at."""

    def __init__(self, model: KeyModel, live: Retranslation) -> None:
        super().__init__()
        self._model = model
        self._is_showing = False
        self._last = 0
        self.table = TableView("authorKey", live, lambda: tr("Facit"), model, wraps=True)
        self.accepted = QLineEdit()
        self.accepted.setObjectName("keyAccepted")
        live.name(self.accepted, lambda: tr("Også rigtigt (skil med ;)"))
        self.discuss = CheckBox()
        self.discuss.setObjectName("keyDiscuss")
        live.say(self.discuss.setText, lambda: tr("Til drøftelse: intet svar er forkert"))
        live.name(self.discuss, lambda: tr("Til drøftelse: intet svar er forkert"))
        self.why_da = self._why("keyWhyDa", live, lambda: tr("Hvorfor (dansk)"))
        self.why_en = self._why("keyWhyEn", live, lambda: tr("Hvorfor (engelsk)"))
        self.scrolling = self._lay_out(live)
        column(self).addWidget(
            divided("authorMarks", (self.table, self.scrolling), (300, 300), (1, 1), Qt.Orientation.Vertical)
        )
        self.table.selectionModel().currentRowChanged.connect(self._show)
        model.modelReset.connect(self._reselect)
        self.accepted.editingFinished.connect(self._take_accepted)
        self.discuss.toggled.connect(lambda is_on: self._mark(discuss=is_on))
        self.why_da.textChanged.connect(self._take_why)
        self.why_en.textChanged.connect(self._take_why)
        self._show()

    def _why(self, name: str, live: Retranslation, text: Callable[[], str]) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setObjectName(name)
        made.setTabChangesFocus(True)
        made.setProperty("kind", "text")
        live.name(made, text)
        return made

    def _lay_out(self, live: Retranslation) -> QScrollArea:
        marks = QWidget()
        marks.setObjectName("keyMarks")
        form = QFormLayout(marks)
        form.setContentsMargins(0, GRID, 3 * GRID, GRID)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for part in (self.accepted, self.discuss, self.why_da, self.why_en):
            if part is self.discuss:  # says itself what it is
                form.addRow(part)
                continue
            told = label(f"{part.objectName()}-label", tone="muted")
            live.say(told.setText, part.accessibleName)
            form.addRow(told, part)
        made = QScrollArea()
        made.setObjectName("keyScroll")
        made.setWidgetResizable(True)
        made.setWidget(marks)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        live.name(made, lambda: tr("Svarets mærker"))
        return made

    @property
    def at(self) -> int | None:
        """The row of the answer that is looked at."""
        index = self.table.currentIndex()
        return index.row() if index.isValid() else None

    def settle(self) -> None:
        """Take what is being typed."""
        self._take_accepted()

    def _reselect(self) -> None:
        if self._model.rows:
            self.table.selectRow(min(self._last, len(self._model.rows) - 1))
        self._show()

    def _show(self, _index: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        self._is_showing = True
        at = self.at
        self._last = at if at is not None else self._last
        answer = self._model.rows[at].answer if at is not None and at < len(self._model.rows) else None
        for part in (self.accepted, self.discuss, self.why_da, self.why_en):
            part.setEnabled(answer is not None)
        self.accepted.setEnabled(answer is not None and not answer.questionnaire)
        self.accepted.setText(_BETWEEN.join(answer.accepted) if answer is not None else "")
        self.discuss.setChecked(answer is not None and answer.discuss)
        self.why_da.setPlainText(answer.why.da if answer is not None else "")
        self.why_en.setPlainText(answer.why.en if answer is not None else "")
        self._is_showing = False

    def _mark(self, **marks: Any) -> None:
        if not self._is_showing and (at := self.at) is not None:
            self._model.mark(at, **marks)

    def _take_accepted(self) -> None:
        typed = self.accepted.text().split(_BETWEEN.strip())
        self._mark(accepted=tuple(filter(None, (one.strip() for one in typed))))

    def _take_why(self) -> None:
        self._mark(why=Text(*(part.toPlainText().strip() for part in (self.why_da, self.why_en))))
