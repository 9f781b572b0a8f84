"""The page of the columns: what stands in the file, what it is read as, and how sure that is; by keyboard alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.mapping.decisions import asks_order
from ldbu_desktop.mapping.links import ColumnLink, Link, ValueLink
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.tab_order import tab_through
from ldbu_desktop.ui.kit.widgets import Divided, EmptyState, button, column, row
from ldbu_desktop.ui.mapping.choice_dialog import ChoiceDialog
from ldbu_desktop.ui.mapping.choices import Choice
from ldbu_desktop.ui.mapping.desk import MappingDesk, is_proposed
from ldbu_desktop.ui.mapping.head import LINKS, ROWS, Head
from ldbu_desktop.ui.mapping.links_pane import LinksPane
from ldbu_desktop.ui.mapping.reading_pane import ReadingPane
from ldbu_desktop.ui.mapping.rows_pane import RowsPane
from ldbu_desktop.ui.mapping.save_dialog import SaveDialog
from ldbu_desktop.ui.opening import Opening
from ldbu_desktop.ui.page import KeyedPage, PageContext
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import OPEN
from ldbu_desktop.ui.theme import GRID

Parts = tuple[Head, LinksPane, ReadingPane, RowsPane]
Keys = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], object]]

_NONE, _SHIFT, _CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class MappingPage(KeyedPage):
    """The keys of answering are the page's own here: Enter says yes and goes on to what waits next."""

    def __init__(self, context: PageContext, desk: MappingDesk, parts: Parts) -> None:
        super().__init__()
        live = context.live
        live.name(self, lambda: tr("Kolonner"))
        self.desk = self.undoable = desk
        desk.changed.connect(self.undoable_changed)
        self.head, self.links, self.reading, self.rows = parts
        self._dialog: ChoiceDialog | None = None
        self.none = self._nothing(live, context)
        self.views = Stack()
        self.views.setObjectName("mappingViews")
        self.splitter = Divided("mappingPanes")
        self.stack = Stack()
        self.stack.setObjectName("mappingStack")
        self._list_keys: Keys = {
            (Qt.Key.Key_Return, _NONE): self.accept,
            (Qt.Key.Key_Enter, _NONE): self.accept,
            (Qt.Key.Key_Return, _SHIFT): self.accept_alike,
            (Qt.Key.Key_Enter, _SHIFT): self.accept_alike,
            (Qt.Key.Key_Return, _CTRL | _SHIFT): self.accept_shown,
            (Qt.Key.Key_Enter, _CTRL | _SHIFT): self.accept_shown,
            (Qt.Key.Key_F2, _NONE): self.choose,
            (Qt.Key.Key_Space, _NONE): self.choose,
            (Qt.Key.Key_Backspace, _NONE): self.reject,
            (Qt.Key.Key_Delete, _NONE): self.leave_out,
            (Qt.Key.Key_Delete, _SHIFT): self.leave_out_alike,
        }
        self._keys: Keys = {
            (Qt.Key.Key_F7, _NONE): lambda: self._step(1),
            (Qt.Key.Key_F7, _SHIFT): lambda: self._step(-1),
            (Qt.Key.Key_Z, _CTRL): desk.undo,
            (Qt.Key.Key_Y, _CTRL): desk.redo,
            (Qt.Key.Key_F, _CTRL): self._search,
            (Qt.Key.Key_F4, _NONE): self.turn_view,
            (Qt.Key.Key_S, _CTRL): self.save,
            (Qt.Key.Key_Return, _CTRL): self.load,
            (Qt.Key.Key_Enter, _CTRL): self.load,
        }
        self.links.list.typed.connect(self._type)
        self.links.list.doubleClicked.connect(lambda _index: self.choose())
        self.reading.approved.connect(self.accept)
        self.reading.approved_alike.connect(self.accept_alike)
        self.reading.rejected.connect(self.reject)
        self.reading.left_out.connect(self.leave_out)
        self.reading.choosing.connect(self.choose)
        self.reading.chosen.connect(self._choose_number)
        self.links.approve.clicked.connect(self.accept_shown)
        self.head.view.chosen.connect(self._show_view)
        self.head.save.clicked.connect(self.save)
        self.head.load.clicked.connect(self.load)
        desk.proposed.connect(self._tell)

    def lay_out(self) -> Iterator[None]:
        """Put the parts in their places, in slices: the style looks at all that is in one."""
        lines = column(self)
        lines.addWidget(self.head)
        self.head.tell()
        lines.addWidget(self.stack, 1)
        yield
        for part in (self.none, self.splitter):
            self.stack.addWidget(part)
        yield
        yield from self.splitter.take((self.views, self.reading), (860, 340), (1, 0))
        for view in (self.links, self.rows):
            self.views.addWidget(view)
            yield
        side = self.reading
        tab_through(self.rows.list, side.page, side.approve, side.choose, side.leave, side.reject, side.alike)
        self._tell()

    def _nothing(self, live: Retranslation, context: PageContext) -> EmptyState:
        made = EmptyState(
            "mappingNone",
            live,
            "table",
            self._none_words,
            lambda: tr(
                "Når du åbner en eksport, som programmet ikke kender, vises dens kolonner her: hvad hver læses som, "
                "hvor sikkert det er, og hvorfor. Det, du svarer, huskes til næste gang."
            ),
        )
        self.open_files = button("mappingNoneOpen", live, lambda: tr("Åbn filer"), kind="primary", icon="open")
        self.open_files.clicked.connect(context.actions["open"].trigger)
        lines = cast(QVBoxLayout, made.layout())
        lines.insertSpacing(lines.count() - 1, 2 * GRID)
        lines.insertLayout(lines.count() - 1, row(1, self.open_files, 1))
        self.desk.session.jobs.changed.connect(lambda _job: made.heading.setText(self._none_words()))
        return made

    def _none_words(self) -> str:
        """Why there are no columns; whether there will be is not known while files are read."""
        return tr("Læser …") if self.desk.session.jobs.is_busy(OPEN) else tr("Ingen kolonner at svare på")

    def _tell(self) -> None:
        self.stack.setCurrentWidget(self.none if self.desk.is_empty else self.splitter)
        if self.isVisible():
            self._take_keyboard()

    def _take_keyboard(self) -> None:
        (self.open_files if self.desk.is_empty else self.links.list).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what is shown

    def _show_view(self, view: str) -> None:
        pane, table = (self.links, self.links.list) if view == LINKS else (self.rows, self.rows.list)
        self.views.setCurrentWidget(pane)
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_view(self) -> None:
        """Show the rows instead of the columns, or the other way round."""
        self.head.view.choose(ROWS if self.head.view.choice == LINKS else LINKS)

    def _search(self) -> None:
        self.head.view.choose(LINKS)
        self.links.search.take_keyboard()

    def _step(self, by: int) -> None:
        """Go to what waits next, with the keyboard: it is answered there."""
        self.head.view.choose(LINKS)
        self.desk.step(by)
        self.links.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what is answered

    def accept(self) -> None:
        """Say yes to what is looked at and go on; where nothing is proposed, choose what it is."""
        link, place = self.desk.link, self.desk.place
        if place is not None and (said := self.desk.said(place)):
            self.desk.set_constant(place, said)
            self.desk.step(1)
        elif link is None or not is_proposed(link) or asks_order(link):
            self.choose()
        elif link.approval is not None:
            self.desk.step(1)
        else:
            self._answer(self.desk.approve, [link])

    def accept_alike(self) -> None:
        """Say yes to all that wait for the same reasons as what is looked at."""
        self._answer(self.desk.approve, self.desk.alike())

    def accept_shown(self) -> None:
        """Say yes to all proposals that are listed; what is not shown by the filter and the search is not meant."""
        self._answer(self.desk.approve, self.links.proposed)

    def reject(self) -> None:
        """Say no to what is proposed, and stay to choose what it is."""
        held = QApplication.focusWidget()
        if (link := self.desk.link) is not None:
            self.desk.reject([link])
            self._give_back(held)

    def leave_out(self) -> None:
        """Let what is looked at not be read, and go on."""
        if (link := self.desk.link) is not None:
            self._answer(self.desk.leave_out, [link])
        elif self.desk.place is not None and self.desk.place.variable:
            self.desk.set_constant(self.desk.place, "")

    def leave_out_alike(self) -> None:
        """Let all that wait for the same reasons not be read."""
        self._answer(self.desk.leave_out, self.desk.alike())

    def _answer(self, do: Callable[[Sequence[Link]], bool], links: Sequence[Link]) -> None:
        held = QApplication.focusWidget()
        if do(links):
            self.desk.step(1)
            self._give_back(held)

    def _give_back(self, held: QWidget | None) -> None:
        """Give a button the keyboard again that was disabled in between, or the list where it still is."""
        if held is not None and self.reading.isAncestorOf(held) and not held.hasFocus():
            can_have = held.isVisible() and held.isEnabled()
            (held if can_have else self.links.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self, typed: str = "") -> None:
        """Ask what it is that is looked at; ``typed`` is searched for at once."""
        desk = self.desk
        if desk.link is None and not (desk.place is not None and desk.place.variable):
            return
        self._dialog = ChoiceDialog(desk, self._take, self)
        self._dialog.finished.connect(lambda _code: self.links.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self._dialog.open()
        self._dialog.line.setText(typed)

    def _take(self, choice: Choice) -> None:
        """What was chosen holds, and the next that waits is looked at."""
        desk = self.desk
        if isinstance(desk.link, ColumnLink) and not isinstance(choice.what, str):
            desk.choose_target(desk.link, choice.what)
        elif isinstance(desk.link, ValueLink) and isinstance(choice.what, str):
            desk.choose_code(desk.link, choice.what, is_missing=choice.is_missing)
        elif desk.place is not None and isinstance(choice.what, str):
            desk.set_constant(desk.place, choice.what)
        desk.step(1)

    def _type(self, typed: str) -> None:
        """A digit chooses one of the answers of a text; anything else begins a search."""
        if typed.isdecimal() and self.reading.answers:
            self._choose_number(int(typed))
        else:
            self.choose(typed)

    def _choose_number(self, number: int) -> None:
        answers = self.reading.answers
        if 0 < number <= len(answers):
            self._take(answers[number - 1])

    # --- how it ends

    def load(self) -> None:
        """Read the files by what is known, sure and approved; what waits is told as not read."""
        if not self.desk.is_empty:
            self.desk.keep_answers()
            Opening(self.desk.session).mapped_files(self.desk.paths, self.desk.proposal)

    def save(self) -> None:
        """Ask what the answers are kept under, for the next export of the kind."""
        SaveDialog(self.desk, self).open()

    # --- keys

    def doer(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does: those that answer only while the list has the keyboard, as a button has an Enter too."""
        if self.desk.is_empty:
            return None
        key = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return self._keys.get(key) or (self._list_keys.get(key) if self.links.list.hasFocus() else None)

    def showEvent(self, event: QShowEvent) -> None:
        """Give the list the keyboard."""
        super().showEvent(event)
        self._take_keyboard()
