"""What can be done in the window, as data: menus, header, the sheet of keys and its tests all come from here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, Qt

from ldbu_desktop.language import tr
from ldbu_desktop.ui.live import Live


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = "file"
    EDIT = "edit"
    GO = "go"
    VIEW = "view"
    HELP = "help"


MENU_TEXTS: dict[Menu, Callable[[], str]] = {
    Menu.FILE: lambda: tr("&Filer"),
    Menu.EDIT: lambda: tr("&Rediger"),
    Menu.GO: lambda: tr("&Gå til"),
    Menu.VIEW: lambda: tr("&Vis"),
    Menu.HELP: lambda: tr("&Hjælp"),
}


class When(StrEnum):
    """What there must be for an action to make sense."""

    ALWAYS = "always"
    JOURNAL = "journal"
    VISIT = "visit"
    FINDINGS = "findings"
    EDITED = "edited"
    FILLED = "filled"


class ActionData(NamedTuple):
    """An action. ``text`` is its name with the menu's underlined letter; ``done_by`` the use case or the window."""

    id: str
    text: Callable[[], str]
    menu: Menu
    shortcut: str = ""
    icon: str = ""
    when: When = When.ALWAYS
    done_by: str = "window"
    kind: Literal["command", "switch"] = "command"
    group: str = ""


ACTIONS: tuple[ActionData, ...] = (
    ActionData("open", lambda: tr("&Åbn filer …"), Menu.FILE, "Ctrl+O", "open", done_by="load, validate"),
    ActionData(
        "open-folder", lambda: tr("Åbn &mappe …"), Menu.FILE, "Ctrl+Shift+O", "folder", done_by="load, validate"
    ),
    ActionData("open-sample", lambda: tr("Åbn &eksemplet"), Menu.FILE, "", "sample", done_by="load, validate"),
    ActionData("fill", lambda: tr("Udfyld et &besøg …"), Menu.FILE, "", "fill", done_by="casefile"),
    ActionData("save", lambda: tr("&Gem"), Menu.FILE, "Ctrl+S", "save", When.JOURNAL, "casefile"),
    ActionData(
        "save-as", lambda: tr("Gem som &sagsfil …"), Menu.FILE, "Ctrl+Shift+S", "lock", When.JOURNAL, "casefile"
    ),
    ActionData("print", lambda: tr("&Udskriv kontakten som PDF …"), Menu.FILE, "Ctrl+P", "print", When.VISIT),
    ActionData("forms-folder", lambda: tr("Mappe med egne s&kemaer …"), Menu.FILE, "", "folder", done_by="forms"),
    ActionData(
        "wording", lambda: tr("Spørgeskemaernes ordl&yd …"), Menu.FILE, "", "definition", When.FILLED, "wording"
    ),
    ActionData("deliver", lambda: tr("&Aflevér …"), Menu.FILE, "Ctrl+E", "deliver", When.JOURNAL, "export"),
    ActionData("close", lambda: tr("&Luk filerne"), Menu.FILE, "Ctrl+W", "close", When.JOURNAL),
    ActionData("quit", lambda: tr("A&fslut"), Menu.FILE, "Ctrl+Q", "quit"),
    ActionData("undo", lambda: tr("&Fortryd rettelse"), Menu.EDIT, "Ctrl+Z", "undo", When.EDITED, "edit"),
    ActionData("redo", lambda: tr("&Gentag rettelse"), Menu.EDIT, "Ctrl+Y", "", When.ALWAYS, "edit"),
    ActionData("search", lambda: tr("&Søg blandt børn og kontakter"), Menu.EDIT, "Ctrl+F", "search", When.JOURNAL),
    ActionData("commands", lambda: tr("F&ind en handling"), Menu.EDIT, "Ctrl+K", "forward"),
    ActionData("new-visit", lambda: tr("Nyt &besøg"), Menu.EDIT, "Ctrl+N", "plus", When.FILLED, "fill"),
    ActionData("new-beside", lambda: tr("Samti&dig kontakt med en anden"), Menu.EDIT, "", "plus", When.FILLED, "fill"),
    ActionData("remove-visit", lambda: tr("F&jern besøget"), Menu.EDIT, "", "close", When.FILLED, "fill"),
    ActionData("move-visit", lambda: tr("Kont&akten var med en anden …"), Menu.EDIT, "", "", When.FILLED, "fill"),
    ActionData("remove-person", lambda: tr("Fjern en &person …"), Menu.EDIT, "", "", When.FILLED, "fill"),
    ActionData("new-family", lambda: tr("&Ny familie"), Menu.EDIT, "Ctrl+Shift+N", "family", When.FILLED, "fill"),
    ActionData("not-obtained", lambda: tr("Ikke &oplyst"), Menu.EDIT, "F8", "missing", When.FILLED, "fill"),
    ActionData("validate", lambda: tr("For&kontrollér"), Menu.EDIT, "F5", "clear", When.JOURNAL, "validate"),
    ActionData("next-finding", lambda: tr("&Næste fund"), Menu.GO, "F7", "next", When.FINDINGS),
    ActionData("previous-finding", lambda: tr("&Forrige fund"), Menu.GO, "Shift+F7", "previous", When.FINDINGS),
    ActionData("next-visit", lambda: tr("Næste &kontakt"), Menu.GO, "Ctrl+Return", "next-visit", When.JOURNAL),
    ActionData("previous-visit", lambda: tr("F&orrige kontakt"), Menu.GO, "Ctrl+Shift+Return", "", When.JOURNAL),
    ActionData("definition", lambda: tr("Definition af fel&tet"), Menu.GO, "F9", "definition", When.VISIT, "catalogue"),
    ActionData("explanation", lambda: tr("Fo&rklaring af fundet"), Menu.GO, "F10", "help", When.JOURNAL, "explain"),
    ActionData("preview", lambda: tr("Det der &sendes"), Menu.GO, "F11", "report", When.VISIT, "preview"),
    ActionData("growth", lambda: tr("&Vækst"), Menu.GO, "F12", "growth", When.VISIT, "growth"),
    ActionData("next-pane", lambda: tr("Næste r&ude"), Menu.GO, "F6", "", When.JOURNAL),
    ActionData("previous-pane", lambda: tr("Forrige ru&de"), Menu.GO, "Shift+F6", "", When.JOURNAL),
    ActionData("page-start", lambda: tr("&Start"), Menu.VIEW, "Ctrl+1", "home"),
    ActionData("page-children", lambda: tr("&Børn og kontakter"), Menu.VIEW, "Ctrl+2", "children", When.JOURNAL),
    ActionData("page-check", lambda: tr("Fil&tjek"), Menu.VIEW, "Ctrl+3", "file-check", done_by="check"),
    ActionData("page-burden", lambda: tr("T&id"), Menu.VIEW, "Ctrl+5", "time", done_by="burden, variants, measuring"),
    ActionData("page-deliver", lambda: tr("&Aflevering"), Menu.VIEW, "Ctrl+4", "deliver", When.JOURNAL),
    ActionData("tree-pane", lambda: tr("Vis &oversigten til venstre"), Menu.VIEW, "Ctrl+B", "tree-pane", kind="switch"),
    ActionData("inspector", lambda: tr("Vis &fund og forklaring"), Menu.VIEW, "Ctrl+I", "panes", kind="switch"),
    ActionData("unmask", lambda: tr("Vis &CPR-numre"), Menu.VIEW, "Ctrl+Shift+P", "eye", kind="switch"),
    ActionData("look-system", lambda: tr("Farver som s&ystemet"), Menu.VIEW, "", "system", kind="switch", group="look"),
    ActionData("look-light", lambda: tr("&Lyse farver"), Menu.VIEW, "", "sun", kind="switch", group="look"),
    ActionData("look-dark", lambda: tr("&Mørke farver"), Menu.VIEW, "", "moon", kind="switch", group="look"),
    ActionData("danish", lambda: tr("&Dansk"), Menu.VIEW, "", "language", kind="switch", group="language"),
    ActionData("english", lambda: tr("&Engelsk"), Menu.VIEW, "", "language", kind="switch", group="language"),
    ActionData("keys", lambda: tr("&Taster"), Menu.HELP, "F1", "keys"),
    ActionData("about", lambda: tr("&Om LDBU Desktop"), Menu.HELP, "", "info"),
)

FIELD_KEYS: tuple[tuple[Callable[[], str], Callable[[], str]], ...] = (
    (lambda: "Enter, Tab, ↓", lambda: tr("Næste felt; det du skrev, læses og kontrolleres")),
    (lambda: "Shift+Tab, ↑", lambda: tr("Forrige felt")),
    (lambda: "1, 2, 3 … A, B …", lambda: tr("Vælg svar efter nummer eller bogstav i et felt med faste svar")),
    (lambda: "Enter", lambda: tr("Bekræft det, der er foreslået, og gå videre")),
    (lambda: tr("←, →, mellemrum"), lambda: tr("Se svarene igennem, og vælg et")),
    (lambda: "Delete", lambda: tr("Tag svaret væk igen")),
    (lambda: tr("Mellemrum, →, ←"), lambda: tr("Fold et spørgeskema ud eller sammen")),
    (lambda: "Esc", lambda: tr("Tag det tilbage, du er ved at skrive")),
)
"""Keys that belong to a field rather than to an action, for the sheet of keys."""


def plain(text: str) -> str:
    """An action's text without the mark of the underlined letter and the dots."""
    return text.replace("&", "").removesuffix(" …")


class Actions:
    """The window's Qt actions, made from :data:`ACTIONS`, by id."""

    def __init__(self, owner: QObject, live: Live) -> None:
        self._made: dict[str, QAction] = {}
        for data in ACTIONS:
            made = QAction(owner)
            made.setObjectName(f"action-{data.id}")
            made.setCheckable(data.kind == "switch")
            made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if data.shortcut:
                made.setShortcut(QKeySequence(data.shortcut))
            live.say(made.setText, data.text)
            live.say(made.setToolTip, _tip(data))
            self._made[data.id] = made

    def __getitem__(self, action: str) -> QAction:
        return self._made[action]

    def draw(self, live: Live) -> None:
        """Give the actions their icons: they are seen in the menus only, so the window can be there before."""
        for data in ACTIONS:
            if data.icon:
                live.draw(self._made[data.id], data.icon)

    def connect(self, doers: Mapping[str, Callable[[], object]]) -> None:
        """Let each action that is named do its part when it is chosen."""
        for action, doer in doers.items():
            self._made[action].triggered.connect(lambda _checked=False, doer=doer: doer())

    def enable(self, there: set[When]) -> None:
        """Enable the actions that make sense with what there is."""
        for data in ACTIONS:
            self._made[data.id].setEnabled(data.when is When.ALWAYS or data.when in there)


def _tip(data: ActionData) -> Callable[[], str]:
    def tip() -> str:
        name = plain(data.text())
        return f"{name} ({data.shortcut})" if data.shortcut else name

    return tip
