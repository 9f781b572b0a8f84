"""Characters that can't be seen neither tell texts apart nor hide in what is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.characters import plain, plain_lines, visible


@pytest.mark.parametrize(
    ("text", "read", "shown"),
    [
        ("050520-9996\u200b", "050520-9996", "050520-9996⟨U+200B⟩"),
        ("\ufeffkontakt_id", "kontakt_id", "⟨U+FEFF⟩kontakt_id"),
        ("V\u00e6gt", "Vægt", "Vægt"),
        ("L\u00e6ngde", "Længde", "Længde"),
        ("A\u030arsag", "Årsag", "Årsag"),
        ("050520\u20119996", "050520-9996", "050520⟨U+2011⟩9996"),
        ("5\u00a0250", "5 250", "5⟨U+00A0⟩250"),
        ("5\u202f250", "5 250", "5⟨U+202F⟩250"),
        ("hjemme\u00adbesøg", "hjemmebesøg", "hjemme⟨U+00AD⟩besøg"),
        ("K1\u2060\u200d", "K1", "K1⟨U+2060⟩⟨U+200D⟩"),
        ("\u202e1K", "1K", "⟨U+202E⟩1K"),
        ("５２５０ｇ", "5250g", "５２５０ｇ"),
        ("５，２５ ｋｇ", "5,25 kg", "５，２５ ｋｇ"),
        ("１０：３０", "10:30", "１０：３０"),
        ("０５／０５．２０", "05/05.20", "０５／０５．２０"),
        ("٥٫٢٥", "5,25", "٥٫٢٥"),
        ("५२५०", "5250", "५२५०"),
        ("57½ cm²", "57½ cm²", "57½ cm²"),
        ("a\tb\nc", "a\tb\nc", "a⟨TAB⟩b⟨LF⟩c"),
        ("\x1b]0;x\x9d", "\x1b]0;x\x9d", "⟨ESC⟩]0;x⟨U+009D⟩"),
        ("almindelig", "almindelig", "almindelig"),
    ],
)
def test_what_is_read_and_what_is_shown(text: str, read: str, shown: str) -> None:
    assert plain(text) == read
    assert visible(text) == shown


@given(st.text())
def test_the_plain_form_is_its_own(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_a_comma_of_another_width_parts_no_cells() -> None:
    assert plain_lines("K1,Karen，mor,５２５０\u00a0g") == "K1,Karen，mor,5250 g"


@given(st.text())
def test_all_that_is_shown_can_be_seen(text: str) -> None:
    assert all(character == " " or not character.isspace() for character in visible(text))
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in visible(text))
