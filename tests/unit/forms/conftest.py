"""Small form files, so that a fault is on a line that can be counted."""

from __future__ import annotations

import pytest

from ldbu_desktop.forms.loader import Read, form_of
from ldbu_desktop.forms.model import Form
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard

HEAD = """\
id: mine
title: {da: Min, en: Mine}
visits: [2-months]
sections:
  - id: all
    title: Alt
    fields:
"""
FIRST_FIELD = 8
"""The line of the first field below the head."""

QUESTIONS = HEAD.replace("visits: [2-months]", "questionnaire: epds")


def read(text: str, file: str = "mine.yaml") -> Read:
    """What is read from a file with this text."""
    return form_of(text.encode(), file, shipped_standard())


def of_fields(*lines: str, head: str = HEAD) -> str:
    """A form file with these lines as its fields."""
    return head + "".join(f"      {line}\n" for line in lines)


def form_with(*lines: str, head: str = HEAD) -> Form:
    """The form of a file with these lines as its fields, which has no fault."""
    found = read(of_fields(*lines, head=head))
    assert found.form is not None, found.faults
    return found.form


def told(text: str) -> list[tuple[str, int]]:
    """The faults of a file: code and line."""
    return [(fault.key, int(str(fault.facts["line"]))) for fault in read(text).faults]


@pytest.fixture
def standard() -> Standard:
    return shipped_standard()
