"""Numbers, days and CPR numbers as the window tells them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from ldbu_desktop.language import Language, choose
from ldbu_desktop.ui import words


@pytest.mark.parametrize("language", list(Language))
def test_values_are_told_in_the_language_in_use(language: Language) -> None:
    choose(language)
    is_danish = language is Language.DANISH
    assert words.number_words(Decimal("54.0")) == ("54,0" if is_danish else "54.0")
    assert words.count_words(10_000) == ("10.000" if is_danish else "10,000")
    assert words.day_words(date(2020, 5, 7)) == ("7. maj 2020" if is_danish else "7 May 2020")
    summer = datetime(2020, 7, 7, 10, 45, tzinfo=UTC)
    assert words.moment_words(summer) == ("7. juli 2020 kl. 12.45" if is_danish else "7 Jul 2020 at 12:45")


def test_cpr_numbers_are_covered() -> None:
    assert words.cpr_words("0505209996", shown=False) == "••••••-9996"
    assert words.cpr_words("0505209996", shown=True) == "050520-9996"
    assert "0505" not in words.cpr_words("05052099", shown=False)
    assert words.covered("se 050520-9996", shown=False) == "se ••••••-9996"
