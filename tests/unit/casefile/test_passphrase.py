"""How hard passphrases are to guess, and that what is tried first is refused."""

from __future__ import annotations

import pytest

from ldbu_desktop.casefile.key import MAGIC, ROUNDS, CaseKey, rounds_of
from ldbu_desktop.casefile.passphrase import SHORTEST, must_be_good, strength
from ldbu_desktop.faults import CallFault


@pytest.mark.parametrize(
    "passphrase",
    ["sundhedsplejerske", "Sundhedsplejerske", "SOMMERFUGL2026", "password1234", "aaaaaaaaaaaaaaaa", "qwertyuiopas"],
)
def test_what_is_tried_first_is_refused(passphrase: str) -> None:
    assert not strength(passphrase).is_good_enough
    with pytest.raises(CallFault) as raised:
        must_be_good(passphrase)
    assert raised.value.key == "case-passphrase-common"


@pytest.mark.parametrize(
    "passphrase", ["fire ord er nok her", "korrekt hest batteri", "\ud800 halvt tegn i en sætning"]
)
def test_several_words_are_good_enough(passphrase: str) -> None:
    must_be_good(passphrase)


def test_length_is_asked_for_before_all_else() -> None:
    assert strength("").length == 0
    assert not strength("").is_good_enough
    assert not strength("x" * (SHORTEST - 1)).is_long_enough
    with pytest.raises(CallFault) as raised:
        must_be_good("kXq9#vPz2!w")
    assert raised.value.key == "case-passphrase-short"


def test_the_estimate_grows_with_every_word_and_very_long_ones_are_quick() -> None:
    one, two, long = strength("lampeskærm"), strength("lampeskærm kanonkugle"), strength("lampeskærm kanonkugle " * 999)
    assert one.seconds < two.seconds < 1e300
    assert long.is_good_enough
    assert long.length == len("lampeskærm kanonkugle ") * 999


def test_the_file_says_how_much_a_key_takes_to_guess(quick_keys: int) -> None:
    assert ROUNDS >= 210_000  # OWASP, for PBKDF2-HMAC-SHA512
    key = CaseKey.anew("x")
    assert rounds_of(key.salt) == quick_keys
    assert key.is_made_as_now
    assert not CaseKey.of("x", MAGIC + b"\x00\x00" + bytes(9)).is_made_as_now
    assert rounds_of(b"LDBU\x01" + bytes(11)) == 256_000
    assert rounds_of(MAGIC + b"\xff\xff" + bytes(9)) < 7_000_000
