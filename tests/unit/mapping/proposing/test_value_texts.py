from __future__ import annotations

import pytest

from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.value_texts import missing_reason, value_key


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("9999", None),
        ("-1", None),
        ("99.99", None),
        ("20-05-2024 11:30", None),
        ("300424-5000", None),
        ("-", "unknown"),
        ("ikke målt", "not-performed"),
        ("forældre ønsker ikke", "asked-declined"),
        ("3 dage", None),
    ],
)
def test_why_there_is_no_value(text: str, reason: str | None) -> None:
    assert missing_reason(text) == reason


def test_no_words_for_a_missing_value_are_several_numbers() -> None:
    """Numbers are passed over before they are looked up."""
    told = [value_key(text) for texts in answer_words().missing.values() for text in texts]
    assert all(key.isdecimal() or not any(letter.isdecimal() for letter in key) for key in told)
