"""How many corrections were kept, and of which day, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.kept_corrections import since_words

AT = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)  # 23.30 in Denmark.


@pytest.mark.parametrize(
    ("today", "danish", "english"),
    [
        (date(2026, 11, 27), "i dag kl. 23.30", "today at 23:30"),
        (date(2026, 11, 28), "i går", "yesterday"),
        (date(2026, 11, 30), "27. nov. 2026", "27 Nov 2026"),
    ],
)
def test_a_day_is_told_as_one_says_it(today: date, danish: str, english: str) -> None:
    assert since_words(AT, today) == danish
    choose(Language.ENGLISH)
    assert since_words(AT, today) == english
    choose(Language.DANISH)
