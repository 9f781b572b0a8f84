"""What argparse says of itself, in the language in use: it asks gettext, and here is its catalogue."""

from __future__ import annotations

import argparse
import json
from functools import cache

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.language import Language, chosen


@cache
def _danish() -> dict[str, str]:
    texts: dict[str, str] = json.loads(resource("translations", "argparse.da.json").read_text(encoding="utf-8"))
    return texts


def _text(message: str) -> str:
    """gettext's ``gettext``: argparse's own words are English."""
    return message if chosen() is Language.ENGLISH else _danish().get(message, message)


def _text_of_number(singular: str, plural: str, number: int) -> str:
    """gettext's ``ngettext``: both languages have one form for one and another for the rest."""
    return _text(singular if number == 1 else plural)


def speak() -> None:
    """Let argparse ask here. It imports both functions by name, and finds no catalogue that is not a compiled file."""
    vars(argparse).update(_=_text, ngettext=_text_of_number)
