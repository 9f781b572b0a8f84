"""One mask hides every CPR number that the reader of CPR numbers reads, and leaves other numbers alone."""

import re
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.characters import visible
from ldbu_desktop.journal import mask as mask_module
from ldbu_desktop.journal import readings
from ldbu_desktop.journal.mask import cpr_masked, cpr_removed, get_ready, masked, without_cpr, without_person
from ldbu_desktop.own_secret import own_secret, secret_path
from ldbu_desktop.rendering.terminal import for_screen
from tests.profiles import examples

MARKS: Final = ("", " ", "-", "–", "—", "‑", "−", "\u00a0", "\u202f", ".", "/", "_", " - ", " – ")
UNSEEN: Final = ("", "\u200b", "\u00ad", "\u2060", "\u202e", "\ufeff", "⟨U+200B⟩")
AROUND: Final = (("", ""), ("barn ", " her"), ('="', '"'), ("d-", ".json"), ("(", ")"), ("Patient/", "?"), ("'", ""))

DATES: Final = (
    *("70720", "070720", "07072020", "20200707", "07-07-20", "07.07.2020", "2020/07/07", "670720", "12345", "123456"),
    *("5,05209996e8", "5.05209996E+8", "5052.09996E5", "505209996", "7-7-20", "2020", ""),
)
SERIALS: Final = ("1234", "1AB2", "A12B", "ABC1", "0001", "12", "abcd", "")

dates = st.dates()
serials = st.from_regex(r"[0-9]{4}", fullmatch=True)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@given(dates, serials, st.sampled_from(MARKS), st.sampled_from(AROUND), st.sampled_from(UNSEEN), st.integers(1, 9))
def test_it_is_hidden_in_every_form(
    day: date, serial: str, mark: str, around: tuple[str, str], unseen: str, place: int
) -> None:
    before, after = around
    number = f"{day:%d%m}{day.year % 100:02}"
    written = f"{number}{mark}{serial}"
    text = f"{before}{written[:place]}{unseen}{written[place:]}{after}"
    for mask in (cpr_masked, without_cpr):
        assert mask(text) == f"{before}{number}-••••{after}"
    for removed in (cpr_removed, without_person):
        assert removed(text) == f"{before}••••••-••••{after}"
        assert removed(cpr_masked(text)) == removed(text)
    assert without_person(visible(text), "Barn") == f"{before}Barn{after}"


@given(dates, serials, st.sampled_from(MARKS[1:]))
def test_a_date_of_eight_digits_is_one_too(day: date, serial: str, mark: str) -> None:
    year = 1900 + day.year % 200
    for written in (f"{day:%d%m}{year}", f"{year}{day:%m%d}"):
        assert cpr_masked(f"{written}{mark}{serial}") == f"{written}-••••"
        assert digits(cpr_removed(f"{written}{mark}{serial}")) == ""


@given(
    st.one_of(
        st.from_regex(r"[0-9]{5,6}[ ]{0,4}[-–]?[ ]{0,4}[0-9]{4}(?:[.,]0)?", fullmatch=True),
        st.from_regex(r"[0-9][.,][0-9]{8,9}[eE]\\+?[89]", fullmatch=True),
        st.text("0123456789-– .,eE+\u00a0\n", min_size=9, max_size=16),
    )
)
def test_what_can_be_read_as_a_cpr_number_is_hidden(written: str) -> None:
    read = readings.cpr(written)
    if read is not None:
        assert "••••" in without_cpr(written)
        assert len(digits(without_cpr(written))) <= 7
        assert "••••" in masked(written)
        assert len(digits(without_person(written))) <= 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("05.05.20.9996", "050520-••••"),
        ("05/05/20 9996", "050520-••••"),
        ("05-05-2020-9996", "05052020-••••"),
        ("2020-05-05/9996", "20200505-••••"),
        ("665209-0AB1", "665209-••••"),
        ("650520-AB12", "650520-••••"),
        ("5.05209996E+8", "••••••-••••"),
        ("50520-9996", "50520-••••"),
        ("0505209996 og 120319-4996", "050520-•••• og 120319-••••"),
    ],
)
def test_other_ways_of_writing_one(text: str, shown: str) -> None:
    assert without_cpr(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "451000016003", "441000016001", "169888009123456", "1000016", "101021", "12345678", "12 34 56 78",
        "+45 12 34 56 78", "2020-05-05T09:30:00.000+02:00", "20200505T093000", "202005050930", "20200505093000",
        "2020-05-05/2021-05-05", "05.05.2020-06.06.2020", "5250 g", "57,5", "12345.6789", "1.5E+8", "2.1.0",
        "05052099960505209996", "0505209996" * 4, "",
    ],
)  # fmt: skip
def test_numbers_of_another_kind_stay(text: str) -> None:
    assert without_cpr(text) == cpr_masked(text) == cpr_removed(text) == text


@given(st.uuids(), st.binary(min_size=32, max_size=32))
def test_what_joins_to_the_file_stays(name: UUID, digest: bytes) -> None:
    text = f"urn:uuid:{name} {digest.hex()}"
    assert cpr_removed(text) == without_cpr(text) == text


def test_codes_of_nine_and_ten_digits_stay_where_codes_stand() -> None:
    assert cpr_masked("410620009 og 9905209996") == "410620009 og 9905209996"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("x505209996", "x50520-••••"), ("05052099961", "0505209-••••"), ("9996", "-••••"), ("x", "x"), ("", "")],
)
def test_a_value_that_identifies_never_shows_its_end(value: str, shown: str) -> None:
    assert masked(value) == shown
    assert digits(cpr_removed(masked(value))) == ""


@given(st.from_regex(r"[0-9]{10}", fullmatch=True))
def test_ten_digits_are_told_as_in_any_text(value: str) -> None:
    assert masked(value) == without_cpr(value)


def test_a_long_text_takes_time_in_proportion() -> None:
    for text in ("1" * 200_000, "123456" + " " * 200_000, "1\u200b" * 100_000, "•" * 200_000):
        assert len(cpr_removed(text)) == len(without_cpr(text)) == len(text)


def test_a_key_that_was_made_of_a_cpr_number_is_told_by_a_word_of_this_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = readings.citizen_key("050520-9996") or ""
    told = f"borger {key}/2020-05-20/visit, {key}"
    words = {mask(told) for mask in (cpr_removed, without_person, for_screen)}
    (word,) = words
    assert key not in word
    assert word == cpr_removed(word)
    assert len(set(re.findall(r"borger-[a-p]{12}", word))) == 1
    monkeypatch.setattr("ldbu_desktop.own_secret.secret_path", lambda: tmp_path / "other" / "key")
    elsewhere = cpr_removed(told)
    assert elsewhere not in (word, told)
    assert cpr_removed(told) == elsewhere


def test_the_secret_is_kept_for_its_owner_or_for_the_process(tmp_path: Path) -> None:
    assert secret_path().name == "stand-ins.key"
    path = tmp_path / "settings" / "stand-ins.key"
    secret = own_secret(path)
    assert path.read_bytes() == secret
    assert path.stat().st_mode & 0o077 == 0
    own_secret.cache_clear()
    assert own_secret(path) == secret
    (tmp_path / "file").write_bytes(b"")
    assert len(own_secret(tmp_path / "file" / "key")) == len(secret)
    short = tmp_path / "short"
    short.write_bytes(b"x")
    assert len(own_secret(short)) == len(secret)


@pytest.mark.parametrize("serial", ["1AB2", "AB1C", "A1BC", "ABC1", "1ab2"])
@pytest.mark.parametrize("day", ["050520", "50520-", "050520-", "05-05-20-"])
def test_a_number_with_letters_and_few_digits_is_hidden(day: str, serial: str) -> None:
    assert serial not in without_cpr(f"Barn {day}{serial}.")
    assert serial not in cpr_removed(f"Barn {day}{serial}.")


@examples(1000)
@given(st.sampled_from(AROUND), st.sampled_from(DATES), st.sampled_from(MARKS), st.sampled_from(SERIALS))
def test_the_quick_look_misses_no_number(around: tuple[str, str], day: str, mark: str, serial: str) -> None:
    text = f"{around[0]}{day}{mark}{serial}{around[1]}"
    quick = [hide(text) for hide in (cpr_masked, without_cpr, cpr_removed)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mask_module, "MAY_BE_NUMBER", re.compile(""))
        thorough = [hide(text) for hide in (cpr_masked, without_cpr, cpr_removed)]
    assert quick == thorough


def test_nothing_is_left_to_be_compiled_when_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    get_ready()

    def compiled(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("re.compile", compiled)
    assert without_cpr("050520-9996") == cpr_masked("050520-9996") == "050520-••••"
