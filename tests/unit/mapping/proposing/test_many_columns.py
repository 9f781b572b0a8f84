"""A table of very many columns takes as many times as long as one column does, and no more."""

from __future__ import annotations

import random

import pytest

from ldbu_desktop.mapping.proposing.profiles import Column, TextKind
from tests.unit.mapping.proposing.conftest import proposed


def _asked(columns: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """How often the texts of a column are asked about while a table is proposed of which no header says anything."""
    chance = random.Random(columns)  # noqa: S311
    headers = [f"{number}".translate(str.maketrans("0123456789", "bcdfghjklm")) * 2 for number in range(columns)]
    texts = ("ja", "nej", "5250", "05-05-2020", "0505209996")
    rows = [headers, *([chance.choice(texts) for _ in headers] for _ in range(4))]
    asked = 0
    share = Column.share

    def counted(self: Column, *kinds: TextKind) -> float:
        nonlocal asked
        asked += 1
        return share(self, *kinds)

    with monkeypatch.context() as patch:
        patch.setattr(Column, "share", counted)
        assert len(proposed({"Ark1": rows}).columns) == columns
    return asked


def test_time_grows_with_the_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _asked(200, monkeypatch) < 5 * _asked(50, monkeypatch)
