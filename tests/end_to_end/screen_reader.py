"""Tells what a screen reader hears of the windows on a screen, through AT-SPI: asked line by line, answered in JSON.

Run by the system's Python, which has the typelib (``gir1.2-atspi-2.0``), within a session bus of its own, which it
names in its first answer. Each line that it is given is a question:

- ``windows``: all that is to be seen of the program, as parts (see :func:`part`), down to the first cells of a table.
- ``table NAME``: headings and all rows of the table of that name.
- ``place [ROLE, NAME]``: where a part is on the screen.
- ``focus [ROLE, NAME]``: have the keyboard in a part.
- ``press [ROLE, NAME]``: have a part do what it does, as a screen reader's user would.
- ``listen``: hear what the program has said by itself, wherever the keyboard is.
- ``announced``: what that was since it was asked last.
- ``follow``: hear what the keyboard comes to: what pops up is told so only, and is in no window.
- ``come``: what that was, as parts, since it was asked last.

An answer is a line that begins with ``ANSWER``: the bus says things of its own in between. It ends when no more is
asked.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

ANSWER = "\x1e"
PROGRAM = "LDBU Desktop"
CELLS = 240
"""How many cells of a table or items of a list are looked at with all else: what a page of it shows."""
WHOLE = ("label", "image", "icon", "push button", "radio button", "check box", "text", "password text", "table cell")
"""What has nothing in it that is not said of itself."""
LONG = ("table", "tree table", "tree", "list", "combo box")
RENAMED = {"button": "push button"}
"""Roles that later releases of AT-SPI call otherwise."""
SAID: list[str] = []
"""What the program has had said."""
CAME: list[dict[str, Any]] = []
"""What the keyboard came to, and what that was in."""
FOLLOWER = Atspi.EventListener.new(lambda event: came(event))
LISTENER = Atspi.EventListener.new(lambda event: SAID.append(event.any_data))
STATES = ("focused", "focusable", "checked", "enabled", "selected", "expanded", "active", "editable")


def role_of(node: Any) -> str:
    """What something is, in the words of every release."""
    name = node.get_role_name()
    return RENAMED.get(name, name)


def children(node: Any) -> Iterator[Any]:
    """What is directly below something."""
    role = role_of(node)
    count = 0 if role in WHOLE else node.get_child_count()
    if role in LONG:
        count = min(count, CELLS)
    for at in range(count):
        if (child := node.get_child_at_index(at)) is not None:
            yield child


def shown(node: Any, level: int = 0) -> Iterator[tuple[int, Any, set[str]]]:
    """Something and all below it that is to be seen, with how deep it lies and its states.

    What is gone when it is asked, as what is redrawn may be, is passed over with all below it; all else is told.
    """
    try:
        # Asked for once: each question to the set of states is a call of its own.
        states = {state.value_nick for state in node.get_state_set().get_states()}
        if level and "showing" not in states:
            return
        below = list(children(node))
    except GLib.Error:
        return
    yield level, node, states
    for child in below:
        yield from shown(child, level + 1)


def part(level: int, node: Any, states: set[str]) -> dict[str, Any]:
    """A part of a window: role, name, description, the text in it, states in words."""
    role = role_of(node)
    text = node.get_text_iface()
    written = Atspi.Text.get_text(text, 0, -1) if text is not None and role not in ("label", "table cell") else ""
    return {
        "level": level,
        "role": role,
        "name": node.get_name(),
        "description": node.get_description() if "focusable" in states else "",
        "text": written,
        "states": [name for name in STATES if name in states],
    }


def program() -> Any:
    """The program, and None as long as it is not there; one that was killed is told of for a while, and passed over."""
    desktop = Atspi.get_desktop(0)
    desktop.set_cache_mask(Atspi.Cache.ROLE | Atspi.Cache.INTERFACES)  # what may change is asked for now
    for one in children(desktop):
        try:
            if one.get_name() == PROGRAM and one.get_child_count():
                return one
        except GLib.Error:
            continue
    return None


def windows() -> list[dict[str, Any]]:
    """All that is to be seen."""
    found = program()
    told = []
    for one in shown(found) if found is not None else ():
        try:
            told.append(part(*one))
        except GLib.Error:
            continue  # gone since it was found
    return told[1:]  # the first is the program itself


def named(role: str, name: str) -> Any:
    """The first part of a role and a name that is to be seen."""
    found = program()
    below = shown(found) if found is not None else ()
    return next((one for _level, one, _states in below if (role_of(one), one.get_name()) == (role, name)), None)


def table(name: str) -> dict[str, Any] | None:
    """Headings and rows of a table."""
    found = named("table", name) or named("tree", name)
    if found is None:
        return None
    columns = range(found.get_n_columns())
    return {
        "headings": [found.get_column_header(at).get_name() for at in columns],
        "rows": [[found.get_accessible_at(row, at).get_name() for at in columns] for row in range(found.get_n_rows())],
    }


def place(role: str, name: str) -> list[int] | None:
    """Where a part is on the screen: left, top, width, height."""
    found = named(role, name)
    if found is None:
        return None
    box = Atspi.Component.get_extents(found.get_component_iface(), Atspi.CoordType.SCREEN)
    return [box.x, box.y, box.width, box.height]


def press(role: str, name: str) -> bool:
    """Have a part do what it does; whether it was there."""
    found = named(role, name)
    return found is not None and found.do_action(0)


def focus(role: str, name: str) -> bool:
    """Have the keyboard in a part; whether it was there."""
    found = named(role, name)
    return found is not None and Atspi.Component.grab_focus(found.get_component_iface())


def listen() -> bool:
    """Hear what the program has said by itself. Not unasked: who listens has each key of the program wait."""
    return bool(LISTENER.register("object:announcement"))


def announced() -> list[str]:
    """What was said since this was asked last."""
    return taken(SAID)


def taken(heard: list[Any]) -> list[Any]:
    """What was heard since this was asked last."""
    while GLib.MainContext.default().iteration(may_block=False):
        pass
    told, heard[:] = heard[:], []
    return told


def came(event: Any) -> None:
    """Keep what the keyboard came to, with what that is in."""
    if event.detail1:
        around = event.source.get_parent()
        for level, node in enumerate((around, event.source)):
            states = {state.value_nick for state in node.get_state_set().get_states()}
            CAME.append(part(level, node, states))


def follow() -> bool:
    """Hear what the keyboard comes to; not unasked, as what is said."""
    return bool(FOLLOWER.register("object:state-changed:focused"))


def answer(question: str) -> Any:
    """What is answered to a question; None where it was asked of something that is just then gone."""
    what, _, rest = question.partition(" ")
    try:
        if what == "windows":
            return windows()
        if what == "listen":
            return listen()
        if what == "announced":
            return announced()
        if what == "follow":
            return follow()
        if what == "come":
            return taken(CAME)
        if what == "table":
            return table(rest)
        if what == "place":
            return place(*json.loads(rest))
        if what == "focus":
            return focus(*json.loads(rest))
        return press(*json.loads(rest))
    except GLib.Error:
        return None


def tell(what: Any) -> None:
    """Give an answer."""
    sys.stdout.write(f"{ANSWER}{json.dumps(what)}\n")
    sys.stdout.flush()


def main() -> None:
    """Name the bus, and answer until no more is asked."""
    tell(os.environ["DBUS_SESSION_BUS_ADDRESS"])
    for line in sys.stdin:
        tell(answer(line.strip()))


if __name__ == "__main__":
    main()
