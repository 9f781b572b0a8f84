"""Small parts that the pages are made of: labels by tone, buttons by kind, a row of segments, empty states."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPalette, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ldbu_desktop.ui.icons import pixmap
from ldbu_desktop.ui.kit.buttons import PushButton, ToolButton
from ldbu_desktop.ui.kit.stack import least_height
from ldbu_desktop.ui.kit.wrapping_row import WrappingRow
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, is_large, scaled

Tone = Literal["", "muted", "heading", "title", "small", "rejected", "check", "clear"]

_ICON = 20
_PANE = 52 * GRID
"""How wide a pane is at the least that can be read: about 30 characters."""

LINE = 560
"""How wide a line of explanation may be, in pixels: about 75 characters."""
_WIDEST = (1 << 24) - 1
"""As wide as Qt lets a part be."""


def label(
    name: str, live: Retranslation | None = None, text: Callable[[], str] | None = None, tone: Tone = ""
) -> QLabel:
    """A label; with ``text`` it says that in the language in use."""
    made = QLabel()
    made.setObjectName(name)
    made.setProperty("tone", tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if live and text:
        live.say(made.setText, text)
    return made


def set_tone(widget: QLabel, tone: Tone) -> None:
    """Let a label be read in another tone."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(
    name: str,
    live: Retranslation,
    text: Callable[[], str],
    *,
    kind: Literal["", "primary", "quiet", "link", "find"] = "",
    icon: str = "",
) -> QPushButton:
    """A push button of a kind. It is called what it says, whatever that becomes."""
    made = PushButton()
    made.setObjectName(name)
    made.setProperty("kind", kind)
    live.say(made.setText, text)
    if icon:
        _size_icon(made, live)
        live.draw(made, icon, {"primary": "on_accent", "link": "accent", "find": "muted"}.get(kind, "text"))
    return made


def _size_icon(made: QAbstractButton, live: Retranslation) -> None:
    live.also(lambda: made.setIconSize(QSize(scaled(_ICON), scaled(_ICON))))


def keep_line(part: QWidget, live: Retranslation, line: int = LINE) -> None:
    """Let a line of explanation be no wider than can be read: ``line`` in pixels.

    On a projector, where few letters have room beside each other, it is as wide as the page: a page that is scrolled
    is as high as its lines need in its own width.
    """
    live.also(lambda: part.setMaximumWidth(_WIDEST if is_large() else line))


def keep_pane(part: QWidget, live: Retranslation, least: int) -> None:
    """Let a pane be no narrower than ``least`` steps of the grid; where text is large, what is in it decides."""
    live.also(lambda: part.setMinimumWidth(0 if is_large() else least * GRID))


def keep_dialog(part: QWidget, parent: QWidget) -> None:
    """Let a part of a dialog be as wide as a line of explanation, within the window that the dialog stands over."""
    part.setFixedWidth(min(scaled(LINE), parent.window().width() - 16 * GRID))


def tool(name: str, live: Retranslation, text: Callable[[], str], icon: str) -> QToolButton:
    """A quiet button that shows only its icon; its name is its tool tip."""
    made = ToolButton()
    made.setObjectName(name)
    made.setProperty("kind", "quiet")
    _size_icon(made, live)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    live.name(made, text, tip=True)
    live.draw(made, icon)
    return made


class Segments(QWidget):
    """A row of choices of which one holds. ``chosen`` tells its key; ``title`` tells who hears them what is chosen."""

    chosen = Signal(str)

    def __init__(
        self, name: str, live: Retranslation, title: Callable[[], str], choices: Sequence[tuple[str, Callable[[], str]]]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        live.name(self, title)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        line = WrappingRow(always=True)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GRID // 2)
        self.setLayout(line)
        for key, text in choices:
            made = PushButton()
            made.setObjectName(f"{name}-{key}")
            made.setProperty("kind", "segment")
            made.setCheckable(True)
            made.setAutoExclusive(True)  # so that a screen reader hears one of several, and not a tick
            live.say(made.setText, text)
            live.name(made, text)
            # Not clicked: a screen reader turns a button without that.
            made.toggled.connect(lambda is_on, key=key: self.chosen.emit(key) if is_on else None)
            self._group.addButton(made)
            self._buttons[key] = made
            line.addWidget(made)
        line.addStretch(1)
        self.mark(choices[0][0])

    def mark(self, key: str) -> None:
        """Let another choice hold, without a word of it."""
        with QSignalBlocker(self._buttons[key]):
            self._buttons[key].setChecked(True)

    def button(self, key: str) -> QPushButton:
        """The button of a choice. Not ``[key]``: Qt's Python side would take the widget for a list and look into it."""
        return self._buttons[key]

    @property
    def choice(self) -> str:
        """The key of the choice that holds."""
        return next(key for key, made in self._buttons.items() if made.isChecked())

    def choose(self, key: str) -> None:
        """Let another choice hold, as if it were clicked."""
        if self.choice != key:
            self._buttons[key].setChecked(True)


_WITH_PICTURE = 44 * GRID
"""From this height on an empty state has room for its picture beside its words."""


class EmptyState(QWidget):
    """What stands where there is nothing yet: what this place is, and what to do."""

    def __init__(
        self, name: str, live: Retranslation, icon: str, heading: Callable[[], str], text: Callable[[], str]
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        column = QVBoxLayout(self)
        self._column = column
        column.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
        column.setSpacing(2 * GRID)
        self._icon = icon
        self._picture = picture = label(f"{name}-picture")
        live.also(self._draw)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.heading = label(f"{name}-heading", live, heading, "heading")
        self.text = label(f"{name}-text", live, text, "muted")
        column.addStretch(2)
        for part in (picture, self.heading, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            part.setWordWrap(part is not picture)
            keep_line(part, live)
            line = QHBoxLayout()
            line.addWidget(part)
            column.addLayout(line)
        column.addStretch(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the words have it."""
        super().resizeEvent(event)
        has_room = is_large() or self.height() >= _WITH_PICTURE
        self._picture.setVisible(has_room)
        edge = (6 if has_room else 1) * GRID
        self._column.setContentsMargins(6 * GRID, edge, 6 * GRID, edge)

    def _draw(self) -> None:
        self._picture.setPixmap(pixmap(self._icon, "edge", 40))

    def show_icon(self, icon: str) -> None:
        """Show another icon from now on: what stands here has changed."""
        if icon != self._icon:
            self._icon = icon
            self._draw()


class UprightScroll(QScrollArea):
    """An area that is scrolled up and down, and as wide as what is in it: what one chooses is read, not scrolled to.

    Where text is large it is as wide as it can be, and is scrolled sideways too.
    """

    def minimumSizeHint(self) -> QSize:
        """As wide as what is in it, beside the bar."""
        least, inner = super().minimumSizeHint(), self.widget()
        if inner is None or is_large():
            return least
        beside = self.verticalScrollBar().sizeHint().width() + 2 * self.frameWidth()
        return QSize(inner.minimumSizeHint().width() + beside, least.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for more room, or less, when what is in it needs that."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Pane(QWidget):
    """A part of the window on the surface's colour."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pane")
        fill_surface(self)


def fill_surface(part: QWidget) -> None:
    """Give a part the surface's colour. By the palette: Qt knows then that nothing below is to be painted."""
    part.setBackgroundRole(QPalette.ColorRole.Base)
    part.setAutoFillBackground(True)


class Divided(QSplitter):
    """Panes with handles between them; those that stand beside each other stand below each other where text is large
    and they would be too narrow to be read."""

    def __init__(self, name: str, way: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        super().__init__(way)
        self.setObjectName(name)
        self.setChildrenCollapsible(False)
        self._is_beside = way is Qt.Orientation.Horizontal
        self._arranged: tuple[tuple[bool, int], ...] = ()

    def take(self, parts: Sequence[QWidget], sizes: Sequence[int], shares: Sequence[int]) -> Iterator[None]:
        """Take the panes, one a slice: all that is in one is styled where it gets its place."""
        for at, (part, share) in enumerate(zip(parts, shares, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(at, share)
            self._have_heard_in_order()
            yield
        self.setSizes(sizes)

    def _have_heard_in_order(self) -> None:
        """Qt puts each pane below those before it, which is where a screen reader goes first."""
        panes = (self.widget(at) for at in range(self.count()))
        handles = (self.handle(at) for at in range(self.count()))  # above all panes: so they take the mouse
        for part in filter(None, (*panes, *handles)):
            part.raise_()

    @property
    def _shown(self) -> list[QWidget]:
        panes = [self.widget(at) for at in range(self.count())]
        return [pane for pane in panes if pane is not None and not pane.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the panes as there is room."""
        if self._is_beside:
            self._turn()
        super().resizeEvent(event)
        if is_large():
            QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))  # once the panes have their widths

    def showEvent(self, event: QShowEvent) -> None:
        """What was said while it was hidden may need more room."""
        super().showEvent(event)
        if is_large():
            QApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))

    def _is_arranged(self) -> bool:
        """Whether the panes stand as they have to: what is said in them changes nothing where their least widths are
        given. It is said at every key, and to ask all that is in all panes for its size takes longer than the rest.
        """
        panes = [pane for at in range(self.count()) if (pane := self.widget(at)) is not None]
        before, self._arranged = self._arranged, tuple((pane.isHidden(), pane.minimumWidth()) for pane in panes)
        are_given = all(least for is_hidden, least in self._arranged if not is_hidden)
        return self._is_beside and not is_large() and are_given and self._arranged == before

    def _turn(self) -> None:
        shown = self._shown
        asked = sum(max(pane.minimumSizeHint().width(), pane.minimumWidth(), scaled(_PANE)) for pane in shown)
        is_narrow = is_large() and len(shown) > 1 and self.width() < asked
        way = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if self.orientation() != way:
            self.setOrientation(way)

    def _raise(self) -> None:
        """Have each pane as large as it has to be, where there is room for all of them."""
        panes = [pane for at in range(self.count()) if (pane := self.widget(at)) is not None]
        is_below = self.orientation() is Qt.Orientation.Vertical
        asked = [
            least_height(pane, self.width()) if is_below else max(pane.minimumSizeHint().width(), scaled(_PANE))
            for pane in panes
        ]
        least = [0 if pane.isHidden() else each for pane, each in zip(panes, asked, strict=True)]
        sizes = self.sizes()
        if all(size >= each for size, each in zip(sizes, least, strict=True)):
            return
        spare = max(sum(sizes) - sum(least), 0) // max(len(self._shown), 1)
        self.setSizes([each and each + spare for each in least])

    def event(self, event: QEvent) -> bool:
        """A pane may need more room than before, or less."""
        if event.type() is QEvent.Type.LayoutRequest and self._is_arranged():
            return True
        is_done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and is_large():
            self._raise()
            self.updateGeometry()
        return is_done

    def minimumSizeHint(self) -> QSize:
        """Where text is large, as large as all panes have to be to be seen whole."""
        shown = self._shown
        if not is_large() or not shown:
            return super().minimumSizeHint()
        between = (len(shown) - 1) * self.handleWidth()
        if self.orientation() is Qt.Orientation.Horizontal:
            width = sum(pane.minimumSizeHint().expandedTo(pane.minimumSize()).width() for pane in shown)
            least = width if not self._is_beside else max(pane.minimumSizeHint().width() for pane in shown)
            return QSize(least + between, max(least_height(pane, pane.width()) for pane in shown))
        width = max(pane.minimumSizeHint().width() for pane in shown)
        return QSize(width, sum(least_height(pane, self.width()) for pane in shown) + between)


def divided(
    name: str,
    parts: Sequence[QWidget],
    sizes: Sequence[int],
    shares: Sequence[int],
    way: Qt.Orientation = Qt.Orientation.Horizontal,
) -> QSplitter:
    """Panes with handles between them: of ``sizes`` in pixels at first, and more room goes to them by ``shares``."""
    made = Divided(name, way)
    for _ in made.take(parts, sizes, shares):
        pass
    return made


def column(parent: QWidget, margin: int = 0, spacing: int = 0) -> QVBoxLayout:
    """A column for the parts of ``parent``; distances in steps of the grid."""
    made = QVBoxLayout(parent)
    made.setContentsMargins(margin * GRID, margin * GRID, margin * GRID, margin * GRID)
    made.setSpacing(spacing * GRID)
    return made


def row(*parts: QWidget | int, margin: int = 0, spacing: int = 2, wraps: bool = False) -> WrappingRow:
    """Parts beside each other; a number is a stretch. Distances are steps of the grid.

    With ``wraps`` they go on below each other where the window is narrow.
    """
    made = WrappingRow(always=wraps)
    made.setContentsMargins(margin * GRID, margin * GRID, margin * GRID, margin * GRID)
    made.setSpacing(spacing * GRID)
    for part in parts:
        if isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
    return made
