"""How CPR numbers are hidden where text leaves the program: one mask, for every form in which such a number is read.

On the screen the last four digits are hidden (``070720-••••``); in what is written for others all ten are. Where codes
stand beside people, only what begins with a day and a month is taken for a CPR number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from ldbu_desktop.characters import is_unseen

_DOTS = "••••"
COVERED = f"-{_DOTS}"
"""What stands on the screen for the last four digits of a CPR number."""
_NOBODY = f"••••••{COVERED}"

_DASH = r"[\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]"
_MARK = r"[\s\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d_./·]"
_BARE_MARK = r"[\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d_./]"
_PLAIN_GAP = rf"(?:[ \-–]{{0,3}}(?=\w)|\s*+(?:{_DASH}\s*+)?)"
_DAY = r"(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
"""Public authorities add 60 to the day of a number that stands in for a CPR number."""
_MONTH = r"(?:0[1-9]|1[0-2])"
_CENTURY = r"(?:19|20)\d\d"
_SERIAL = r"(?:\d{4}|\d[A-Za-z]{2}\d|(?=[A-Z]*\d)(?=\d*[A-Z])[0-9A-Z]{4}(?![0-9A-Za-z]))(?!\d)"

_NO_NUMBER = (
    r"(?<![0-9A-Za-z])(?:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
    r"|[0-9a-f]{32,}|cpr-(?=\d*[a-f])[0-9a-f]{12})(?![0-9A-Za-z])"
)
"""UUIDs, digests, and the keys that stand for CPR numbers."""
_DIGEST = re.compile("[0-9a-f]{32,}")
"""A text that is nothing but one: each finding has one."""
_DATED = "|".join(
    (
        rf"(?P<six>{_DAY}{_MONTH}\d\d)(?:{_MARK}{{0,3}}|\s*+(?:{_DASH}\s*+)?){_SERIAL}",
        rf"(?P<five>[1-9]{_MONTH}\d\d)(?:{_MARK}{{1,3}}|\s*+{_DASH}\s*+){_SERIAL}",
        rf"(?P<eight>{_DAY}{_MONTH}{_CENTURY}){_MARK}{{0,3}}{_SERIAL}",
        rf"(?P<year_first>{_CENTURY}{_MONTH}{_DAY}){_MARK}{{1,3}}{_SERIAL}",
        rf"(?P<apart>{_DAY}(?P<one>{_MARK}){_MONTH}(?P=one)\d\d){_MARK}{{1,3}}{_SERIAL}",
        rf"(?P<whole_year>{_DAY}(?P<two>{_MARK}){_MONTH}(?P=two){_CENTURY}"
        rf"|{_CENTURY}(?P<three>{_MARK}){_MONTH}(?P=three){_DAY}){_BARE_MARK}{_SERIAL}(?![\-./]\d)",
    )
)
_ANY = rf"(?P<any>\d{{5,6}}){_PLAIN_GAP}{_SERIAL}"
_SCIENTIFIC = r"(?P<scientific>\d{1,9}[.,](?P<decimals>\d{1,9})[eE]\+?(?P<exponent>\d{1,2}))(?!\d)"

STAND_IN = "cpr-"
"""What a key begins with that was made of a CPR number (:func:`~ldbu_desktop.journal.readings.citizen_key`)."""
_STAND_IN = re.compile(rf"(?<![0-9A-Za-z]){STAND_IN}[0-9a-f]{{12}}(?![0-9A-Za-z])")
_WORD = 12
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")

_STRICT = rf"(?P<none>{_NO_NUMBER})|(?<!\d)(?:{_SCIENTIFIC}|{_DATED})"
_LOOSE = rf"(?P<none>{_NO_NUMBER})|(?<!\d)(?:{_SCIENTIFIC}|{_DATED}|{_ANY})"
_HALF = re.compile(
    # What it can't begin with is passed over at once.
    rf"(?=[\w•]{{0,8}}+-{_DOTS})(?:\d{{5,8}}|(?<!\w)(?![^\W\d]+\d{{5,8}}-)[\w•]{{1,8}})?-{_DOTS}(?!•)"
)
_TOLD_BY_NAME = re.compile(r"⟨(?:U\+[0-9A-F]{4,6}|[A-Z]{2,4})⟩")
_DIGITS_ENOUGH = re.compile(r"(?:\D*+\d){6}")
"""No number has fewer digits: of five in its date, and one in its serial."""
MAY_BE_NUMBER = re.compile(
    r"\d(?:\d{4}[\d\s\-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d_./·]*?[\dA-Za-z]{4}"
    rf"|\d{_MARK}\d\d{_MARK}\d\d(?:\d\d)?{_MARK}{{1,3}}[\dA-Za-z]{{4}}|[.,]\d{{1,9}}[eE])"
)
"""What stands in every number: a date's five digits, or a date with marks, and a serial after it; or a power of ten."""
_NINE, _TEN = 9, 10
_HIDDEN_AT_LEAST = 4
_MOST_SHOWN = 8


def cpr_masked(text: str) -> str:
    """``text`` with the last four digits hidden of numbers that begin with a day and a month: other codes stay."""
    return _masked(text, _STRICT, _half)


def without_cpr(text: str) -> str:
    """``text`` with the last four digits hidden of everything in it that can be read as a CPR number."""
    return _masked(text, _LOOSE, _half)


repeated_without_cpr = lru_cache(maxsize=1024)(without_cpr)
"""The same of what is told again and again: a file's name, a place without a row, why something matters."""


def cpr_removed(text: str) -> str:
    """``text`` for others: no digit of a CPR number that begins with a day and a month, or is hidden in part already.

    UUIDs, digests and codes stay: they join what is told to the file.
    """
    return _half_replaced(_masked(stand_ins_told(text), _STRICT, _none), _NOBODY)


def without_person(text: str, person: str = "") -> str:
    """``text`` for others: what can be read as a CPR number, whole or hidden in part, is told as ``person``."""
    return _half_replaced(_masked(stand_ins_told(text), _LOOSE, _none), person or _NOBODY)


def stand_ins_told(text: str) -> str:
    """``text`` with a word in place of each key that was made of a CPR number.

    Such a key has to be the same wherever the same file is read, since ids are made of it: whoever tries all CPR
    numbers finds the one. The word is made with a secret of this installation: it is always the same here, and tells
    nobody anything.
    """
    return _STAND_IN.sub(_stand_in, text) if STAND_IN in text else text


def _stand_in(found: re.Match[str]) -> str:
    import hashlib  # what makes digests takes long to import, and few texts hold such a key
    import hmac

    from ldbu_desktop.own_secret import own_secret, secret_path

    digest = hmac.new(own_secret(secret_path()), found[0].encode(), hashlib.sha256).hexdigest()
    return f"borger-{digest[:_WORD].translate(_LETTERS)}"


def _half_replaced(text: str, person: str) -> str:
    """``text`` with ``person`` in place of numbers that are hidden in part already."""
    return _HALF.sub(person, text) if _DOTS in text else text


def masked(value: str) -> str:
    """A value that identifies a person, well formed or not, as it may be shown: without its last four characters."""
    if len(value) == _TEN and value.isascii() and value.isdigit():
        return f"{value[:6]}-{_DOTS}"  # as the next line tells every such number
    told = without_cpr(value)
    if told != value:
        return told
    signs = "".join(character for character in value if character.isalnum())
    return f"{signs[:-4][:_MOST_SHOWN]}-{_DOTS}" if len(signs) >= _HIDDEN_AT_LEAST else value


def _half(found: re.Match[str]) -> str:
    """A number without its last four digits, in the form that everybody knows."""
    date = next((told for name, told in found.groupdict().items() if told and name in _DATES), "")
    digits = "".join(character for character in date if character.isdigit())
    return f"{digits}-{_DOTS}" if digits else _NOBODY


_DATES = frozenset({"six", "five", "eight", "year_first", "apart", "whole_year", "any"})


def _none(_: re.Match[str]) -> str:
    return _NOBODY


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The patterns are long, and a command rarely needs both."""
    return re.compile(pattern)


def get_ready() -> None:
    """Compile the patterns ahead, which takes 10 ms: a window's first finding would wait for them."""
    for numbers in (_STRICT, _LOOSE):
        _compiled(numbers)


def _masked(text: str, numbers: str, cover: Callable[[re.Match[str]], str]) -> str:
    """``text`` with ``cover`` in place of each number, also where characters that can't be seen stand in it."""

    # Most texts hold no number: a hundred thousand findings are told by a few sentences, words and codes.
    if _DIGITS_ENOUGH.match(text) is None or _DIGEST.fullmatch(text):
        return text

    def told(found: re.Match[str]) -> str:
        return cover(found) if _is_number(found) else found[0]

    if text.isprintable() and "⟨" not in text:
        return _compiled(numbers).sub(told, text) if MAY_BE_NUMBER.search(text) else text
    bare, places = _without_unseen(text)
    if MAY_BE_NUMBER.search(bare) is None:
        return text
    pattern = _compiled(numbers)
    if len(bare) == len(text):
        return pattern.sub(told, text)
    parts: list[str] = []
    at = 0
    for found in pattern.finditer(bare):
        if _is_number(found):
            start, end = places[found.start()], places[found.end() - 1] + 1
            parts += (text[at:start], cover(found))
            at = end
    return "".join((*parts, text[at:]))


def _is_number(found: re.Match[str]) -> bool:
    """Whether what was found can be a CPR number: in scientific writing no digit may be lost."""
    if found["none"] is not None:
        return False
    if found["scientific"] is None:
        return True
    digits = sum(character.isdigit() for character in found["scientific"].casefold().partition("e")[0])
    return digits in (_NINE, _TEN) and int(found["exponent"]) == len(found["decimals"])


def _without_unseen(text: str) -> tuple[str, list[int]]:
    """``text`` without what can't be seen, whether it stands there or is told by its name, and where each stood."""
    told = {place for named in _TOLD_BY_NAME.finditer(text) for place in range(*named.span())}
    places = [place for place, character in enumerate(text) if place not in told and not is_unseen(character)]
    return "".join(text[place] for place in places), places
