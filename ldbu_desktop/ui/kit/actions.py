"""Actions as values: what can be done, with its text, keys, icon, when it makes sense and the callable itself.

Menus, tool buttons, the sheet of keys and the search for an action are made from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, Qt
from PySide6.QtWidgets import QMenuBar

from ldbu_desktop.ui.retranslation import Retranslation

Doer = TypeVar("Doer")


class Menu(NamedTuple):
    """A menu; its text with the underlined letter."""

    id: str
    text: Callable[[], str]


class Action(NamedTuple, Generic[Doer]):
    """An action. ``do`` and ``when`` are asked with whoever does it; a switch shows whether it ``is_on``.

    Of the switches of a ``group`` one is on. Where it is not ``is_offered``, which is asked once, nobody sees it.
    """

    id: str
    text: Callable[[], str]
    menu: Menu
    do: Callable[[Doer], object]
    shortcut: str = ""
    icon: str = ""
    when: Callable[[Doer], bool] | None = None
    is_on: Callable[[Doer], bool] | None = None
    group: str = ""
    is_offered: Callable[[], bool] | None = None

    @property
    def name(self) -> str:
        """The text without the mark of the underlined letter and the dots."""
        return plain(self.text())

    @property
    def tip(self) -> str:
        """The name with its keys."""
        return f"{self.name} ({self.shortcut})" if self.shortcut else self.name


def plain(text: str) -> str:
    """A menu's text without the mark of the underlined letter and the dots."""
    return text.replace("&", "").removesuffix(" …")


def _tip(action: Action[Any]) -> str:
    return action.tip


def _menu_name(menu: Menu) -> str:
    return plain(menu.text())


class Actions(Mapping[str, QAction], Generic[Doer]):
    """Qt's actions by id, made from ours. They do nothing until they are connected."""

    def __init__(self, actions: Sequence[Action[Doer]], owner: QObject, live: Retranslation) -> None:
        self.all = tuple(actions)
        self._owner = owner
        self._doer: Doer | None = None
        self._made: dict[str, QAction] = {}
        for action in self.all:
            made = self._made[action.id] = QAction(owner)
            made.setObjectName(f"action-{action.id}")
            made.setCheckable(action.is_on is not None)
            made.setVisible(action.is_offered is None or action.is_offered())
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if action.shortcut:
                made.setShortcut(QKeySequence(action.shortcut))
            live.say(made.setText, action.text)
            live.say(made.setToolTip, partial(_tip, action))

    def __getitem__(self, action: str) -> QAction:
        return self._made[action]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)

    @property
    def menus(self) -> dict[Menu, list[Action[Doer]]]:
        """The actions of each menu, in their order."""
        menus: dict[Menu, list[Action[Doer]]] = {}
        for action in self.all:
            menus.setdefault(action.menu, []).append(action)
        return menus

    def fill(self, bar: QMenuBar, live: Retranslation) -> None:
        """Put the menus into a bar, with a line where a group of switches begins or ends."""
        groups: dict[str, QActionGroup] = {}
        for menu, actions in self.menus.items():
            made = bar.addMenu("")
            made.setObjectName(f"menu-{menu.id}")
            live.say(made.setTitle, menu.text)
            live.name(made, partial(_menu_name, menu))
            made.aboutToShow.connect(self.refresh)
            before = actions[0].group
            for action in actions:
                if action.group != before:
                    made.addSeparator()
                before = action.group
                made.addAction(self._made[action.id])
                if action.group:
                    groups.setdefault(action.group, QActionGroup(self._owner)).addAction(self._made[action.id])

    def draw(self, live: Retranslation) -> Iterator[None]:
        """Give the actions their icons, in slices: they are seen in the menus only, and the window is there before."""
        for action in self.all:
            if action.icon:
                live.draw(self._made[action.id], action.icon)
                yield

    def connect(self, doer: Doer) -> None:
        """Let ``doer`` do each action when it is chosen."""
        self._doer = doer
        for action in self.all:
            self._made[action.id].triggered.connect(lambda _checked=False, action=action: self._do(action))
        self.refresh()

    def _do(self, action: Action[Doer]) -> None:
        if self._doer is not None:
            from ldbu_desktop.ui.kit.choices_popup import close_choices  # no list is open before it is imported

            close_choices()
            action.do(self._doer)
            if action.is_on is not None:
                self.refresh()

    def refresh(self) -> None:
        """Enable the actions that make sense now, and tick the switches that are on."""
        if (doer := self._doer) is None:
            return
        can: dict[Callable[[Doer], bool], bool] = {}  # many ask the same
        for action in self.all:
            made = self._made[action.id]
            if (when := action.when) is not None:
                if when not in can:
                    can[when] = when(doer)
                made.setEnabled(can[when])
            if action.is_on is not None:
                made.setChecked(action.is_on(doer))
