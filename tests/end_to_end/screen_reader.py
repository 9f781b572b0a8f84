"""Hears the window as a screen reader does, through AT-SPI: pages by their names, and a table row by row.

Run by the system's Python, which has the typelib (``gir1.2-atspi-2.0``), within a session bus and a screen of its own,
with the window's command as its arguments. It answers with JSON on the last line of standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

_PATIENCE = 60
_ASKED_FOR = ("Frister", "Rapporter", "Tid", "Kolonner", "Start", "Aflevér", "Børn")
_TABLE = "Det, der mangler, efter frist"
_FOCUSABLE_PARTS = ("list item", "table cell", "menu item", "scroll bar")


def children(node: Any) -> Iterator[Any]:
    """What is directly below something."""
    for at in range(node.get_child_count()):
        if (child := node.get_child_at_index(at)) is not None:
            yield child


def shown(node: Any) -> Iterator[Any]:
    """Something and all below it that is to be seen; what is in a table or a list is not looked through."""
    if not node.get_state_set().contains(Atspi.StateType.SHOWING) and node.get_role() != Atspi.Role.APPLICATION:
        return
    yield node
    if node.get_role_name() not in ("table", "list", "tree", "tree table"):
        for child in children(node):
            yield from shown(child)


def awaited(what: str, find: Callable[[], Any]) -> Any:
    """What ``find`` finds, as soon as it does."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if found := find():
                return found
        except gi.repository.GLib.Error:
            pass  # what was there is gone: a page was left
        time.sleep(0.1)
    raise SystemExit(f"waited in vain for {what}")


def application() -> Any:
    """The program."""
    return next((one for one in children(Atspi.get_desktop(0)) if one.get_name() == "LDBU Desktop"), None)


def named(role: str, name: str) -> Any:
    """The first part of a role and a name that is to be seen."""
    return next((one for one in shown(application()) if (one.get_role_name(), one.get_name()) == (role, name)), None)


def has_state(node: Any, state: str) -> bool:
    """Whether something is there and in a state."""
    return node is not None and node.get_state_set().contains(getattr(Atspi.StateType, state))


def heard() -> dict[str, Any]:
    """What a screen reader hears of the window: pages, nameless controls, and the rows of the table of deadlines."""
    awaited("the program", application)
    awaited("deadlines to be there", lambda: has_state(named("radio button", "Frister"), "ENABLED"))
    nameless, pages = [], []
    for page in _ASKED_FOR:
        button = awaited(page, lambda page=page: named("radio button", page))
        button.do_action(0)
        awaited(
            f"{page} to be shown",
            lambda page=page: named("radio button", page).get_state_set().contains(Atspi.StateType.CHECKED),
        )
        time.sleep(1)
        pages.append(page)
        nameless += [
            f"{page}: {one.get_role_name()}"
            for one in shown(application())
            if one.get_state_set().contains(Atspi.StateType.FOCUSABLE)
            and one.get_role_name() not in _FOCUSABLE_PARTS
            and not one.get_name()
        ]
    named("radio button", "Frister").do_action(0)
    table = awaited("the table", lambda: named("table", _TABLE))
    columns = table.get_n_columns()
    headings = [table.get_column_header(at).get_name() for at in range(columns)]
    rows = [
        [table.get_accessible_at(row, column).get_name() for column in range(columns)]
        for row in range(table.get_n_rows())
    ]
    return {"pages": pages, "nameless": nameless, "headings": headings, "rows": rows}


def main() -> None:
    """Start the window, and tell what is heard; the accessibility bus comes by itself."""
    environment = {**os.environ, "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    window = subprocess.Popen(sys.argv[1:], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        sys.stdout.write(f"\n{json.dumps(heard())}\n")
    finally:
        window.terminate()
        window.wait(30)


if __name__ == "__main__":
    main()
