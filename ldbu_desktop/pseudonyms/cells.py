"""The cells of a table, written anew by what their columns are taken for; what may be somebody's is emptied."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from ldbu_desktop.journal.readings import cpr, folded, number_body, unit_text
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.proposing.value_texts import missing_reason
from ldbu_desktop.mapping.vocabulary import shipped_words
from ldbu_desktop.pseudonyms.day_columns import DayColumn
from ldbu_desktop.pseudonyms.families import Families, Token
from ldbu_desktop.pseudonyms.headers import HeaderStandIns
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.people import CPR, People
from ldbu_desktop.sources.tables import SPREADSHEET_ERRORS, Row

EMPTIED: Final = "[tømt]"
"""What stands where something was emptied, so that it is seen that something stood there."""
EMPTIED_OF_DIGITS: Final = "[tømt 9]"
"""The same where a digit stood: a row that begins with a number is none that sums up."""

_LONGEST_NUMBER: Final = 7
"""Digits of a number that is kept: what is measured and counted has fewer, what names somebody has more."""
_LONGEST_CODE: Final = 4
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?")
_UNNAMED: Final = "barn"
_ALNUM = re.compile(r"[^\W_]+")
_SEVERAL: Final = ";"
_LOST: Final = "\ufffd"
"""What stands in a text instead of characters that were lost before it came here."""
_FAMILY: Final = "row"


class Holds(Enum):
    """What a column holds, as far as it matters for what is written instead."""

    NUMBER_OF_PERSON = auto()
    KEY = auto()
    NUMBER_OF_REGISTER = auto()
    DAY = auto()
    UNKNOWN_DAY = auto()
    """Days of which nobody knows what they are of."""
    CLOCK = auto()
    VALUE = auto()
    WHO = auto()
    """What a child is called, or something else that is its own: other letters, the same for the same child."""
    KEPT = auto()
    """Free text that somebody has decided to keep."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: ``kind`` tells keys of citizens, visits and so on apart; ``has_header``: that may be kept.

    ``days`` knows how its days are written; ``safe`` are texts that somebody has read a code in, and
    ``explained`` codes that a list explains; ``likes`` has what is read as those are that may not stay.
    ``is_of_codes``: it is of such a list, where headers of others may stand.
    """

    holds: Holds
    header: str
    kind: str = ""
    has_header: bool = False
    days: DayColumn = field(default_factory=DayColumn)
    safe: frozenset[str] = frozenset()
    explained: frozenset[str] = frozenset()
    likes: Mapping[str, str] = field(default_factory=dict)
    is_of_codes: bool = False


UNREAD: Final = frozenset((Holds.UNKNOWN, Holds.UNKNOWN_DAY))
"""What columns hold of which nobody knows what it is."""
Headers = dict[str, tuple[int, Column]]
"""The columns of tables by their headers, as those are compared: the number and what it is."""


@dataclass(slots=True)
class Layout:
    """A table of a sheet: its header rows (first and last), its first and last column, and its columns by number."""

    header_rows: tuple[int, int]
    span: tuple[int, int]
    columns: dict[int, Column] = field(default_factory=dict)
    family: Token = (_FAMILY, "")
    is_explained: bool = False
    """Whether the row that is read says by words that are nobody's what a code in it means."""

    def is_within(self, column: int) -> bool:
        """Whether it has a column."""
        return self.span[0] <= column <= self.span[1]

    def is_header(self, row: int, column: int) -> bool:
        """Whether a cell is one of its header."""
        return self.header_rows[0] <= row <= self.header_rows[1] and self.is_within(column)


class Sheet:
    """The tables of one sheet, which say of every cell what it is."""

    def __init__(
        self,
        layouts: Sequence[Layout],
        words: KnownWords,
        kept: Sequence[str],
        headers: Headers,
        stand_ins: HeaderStandIns,
        *,
        is_variable: bool,
    ) -> None:
        self._layouts, self._words = sorted(layouts, key=lambda one: one.header_rows), words
        self._headers, self._stand_ins = headers, stand_ins
        self.is_variable = is_variable
        """Whether its name is that of a variable."""
        self.emptied: dict[int, int] = {}
        """How many cells were emptied, by the number of their column."""
        decided = {header_key(header) for header in kept}
        for layout in self._layouts:
            for at, column in layout.columns.items():
                if column.holds in UNREAD and header_key(column.header) in decided:
                    layout.columns[at] = Column(Holds.KEPT, column.header, has_header=True)
                if not column.is_of_codes:
                    headers.setdefault(header_key(column.header), (at, layout.columns[at]))

    def unread(self) -> Iterator[int]:
        """The numbers of the columns of which nobody knows what they hold."""
        for layout in self._layouts:
            yield from (at for at, column in layout.columns.items() if column.holds in UNREAD)

    # --- who belongs together

    def look_through(self, rows: Iterator[Row], families: Families, people: People) -> None:
        """Find out who belongs together, before anything is written."""
        for number, cells in rows:
            for layout, columns in self._at(number, cells):
                tokens = []
                for at, column in columns:
                    for token, raw in _tokens(column, cells[at]):
                        tokens.append(token)
                        people.saw(raw, token)
                families.join(tokens)
                if tokens:
                    layout.family = tokens[0]
                for at, column in columns:
                    if column.holds in (Holds.DAY, Holds.UNKNOWN_DAY):
                        people.saw_day(cells[at], layout.family, column.days)

    def _at(self, number: int, cells: Sequence[str]) -> Iterator[tuple[Layout, list[tuple[int, Column]]]]:
        """The tables that a row is one of, each with those of its columns that hold something there."""
        found: dict[int, tuple[Layout, list[tuple[int, Column]]]] = {}
        for at, text in enumerate(cells):
            layout = self._layout(number, at) if text.strip() else None
            if layout is not None and (column := layout.columns.get(at)) is not None:
                found.setdefault(id(layout), (layout, []))[1].append((at, column))
        yield from found.values()

    def _layout(self, number: int, at: int) -> Layout | None:
        above = [one for one in self._layouts if one.header_rows[1] < number and one.is_within(at)]
        return above[-1] if above else None

    # --- what is written

    def rows(self, rows: Iterator[Row], people: People) -> Iterator[Row]:
        """The rows with other cells."""
        for number, cells in rows:
            for layout, columns in self._at(number, cells):
                tokens = [token for at, column in columns for token, _ in _tokens(column, cells[at])]
                if tokens:
                    layout.family = tokens[0]
                layout.is_explained = any(column.is_of_codes and self._explains(cells[at]) for at, column in columns)
            yield number, [self._cell(number, at, text, people) if text else text for at, text in enumerate(cells)]

    def _explains(self, text: str) -> bool:
        return self._words.is_nobodys(text) and header_key(text) not in self._headers

    def _cell(self, number: int, at: int, text: str, people: People) -> str:
        if not text.strip():
            return text
        header = next((one for one in self._layouts if one.is_header(number, at)), None)
        if header is not None:
            return self._header(text, at, header.columns.get(at))
        layout = self._layout(number, at)
        column = layout.columns.get(at) if layout is not None else None
        if layout is None or column is None:
            return self._outside(text, people)
        if text.strip() == column.header.strip():
            return self._header(text, at, column)
        return self._in_column(text, at, column, layout, people)

    def _header(self, text: str, at: int, column: Column | None) -> str:
        is_nobodys = self._words.is_nobodys(text) or not self._words.may_name(text)
        if is_nobodys or (column is not None and column.has_header):
            return text if not People.is_like_number(text) else EMPTIED
        return self._stand_ins.of(text, f"Kolonne {at + 1}{_what_was_lost(text)}")

    def _in_column(self, text: str, at: int, column: Column, layout: Layout, people: People) -> str:
        if self._words.is_of_sums(text):
            return text  # whatever the column holds, the row is none of anybody's
        match column.holds:
            case Holds.NUMBER_OF_PERSON:
                return _each(
                    text, lambda part: people.number(part) if _has_digits(part) else _value(part, self._words, people)
                )
            case Holds.KEY:
                return _each(text, lambda part: self._key(part, people))
            case Holds.NUMBER_OF_REGISTER:
                return written_register(text, people)
            case Holds.DAY:
                return people.later(text, layout.family, column.days) or _value(text, self._words, people)
            case Holds.UNKNOWN_DAY if (later := people.later(text, layout.family, column.days)) is not None:
                return later
            case Holds.CLOCK:
                return text if _CLOCK.fullmatch(text.strip()) else _value(text, self._words, people)
            case Holds.WHO:
                return self._who(text, people.family_of(layout.family), people)
            case Holds.KEPT:
                return people.without_numbers(text)
            case Holds.VALUE:
                if text in column.safe:
                    return text
                if column.is_of_codes and (named := self._headers.get(header_key(text))) is not None:
                    return self._header(text, *named)
                if column.is_of_codes and self._words.is_nobodys(text):
                    return text
                if (column.is_of_codes and layout.is_explained) or text in column.explained:
                    return self._code(text, people, column.likes)
                return written_value(text, self._words, people, column.likes)
            case _ if text in SPREADSHEET_ERRORS or not any(map(str.isalnum, text)):
                return text
            case _:
                self.emptied[at] = self.emptied.get(at, 0) + 1
                return _emptied(text)

    def _who(self, text: str, family: Token, people: People) -> str:
        """Each word in letters that only its family has for it; what stands where nothing is told is a value."""
        if missing_reason(text) is not None:
            return written_value(text, self._words, people)
        return _ALNUM.sub(lambda word: _word_of(word[0], family, people), text)

    def _code(self, text: str, people: People, likes: Mapping[str, str]) -> str:
        """A code that a list explains, the same in both: a short one is nobody's, another is written in other signs."""
        if text in likes or " " in text.strip() or people.is_like_number(text):
            return written_value(text, self._words, people, likes)
        is_nobodys = len(text.strip()) <= _LONGEST_CODE or self._words.is_nobodys(text)
        return text if is_nobodys else people.secret.like(text)

    def _key(self, text: str, people: People) -> str:
        if not _has_digits(text) and self._words.has_known_word(text):
            return self._stand_ins.in_other_letters(text)  # the beginning of a line of sums
        if cpr(text) is not None:
            return people.number(text)
        return people.within_key(text) if people.is_like_number(text) else people.secret.key(text)

    def _outside(self, text: str, people: People) -> str:
        """What stands in no table: known words and short numbers stay, so that it is told as before."""
        if self._words.is_known(text) and not people.is_born(text):
            return text
        return _emptied(text) if any(map(str.isalpha, text)) else masked(text)


def _word_of(word: str, family: Token, people: People) -> str:
    """A word that only a family has for one; a child that has no name yet is called one, and nothing of its sex."""
    told = folded(word)
    return _UNNAMED if told in shipped_words().unnamed else people.secret.other_word(f"{family}|{told}")


_NO_LIKES: Final[Mapping[str, str]] = {}


def written_value(text: str, words: KnownWords, people: People, likes: Mapping[str, str] = _NO_LIKES) -> str:
    """What stands instead of a text that may be a value, or several: each known word stays."""
    return _each(text, lambda part: _value(part, words, people, likes))


def _value(text: str, words: KnownWords, people: People, likes: Mapping[str, str] = _NO_LIKES) -> str:
    """A known word or a short number as it is; else something that is as little known."""
    is_nobodys = words.is_known(text) or text in SPREADSHEET_ERRORS
    if is_nobodys and not people.is_born(text):
        return text
    if people.is_like_number(text):
        return people.number(text) if cpr(text) is not None else masked(text)
    body = number_body(text)
    if body is not None and sum(map(str.isdigit, body)) <= _LONGEST_NUMBER:
        unit = unit_text(text)
        return text if not unit or words.is_known(unit) else text.replace(unit, masked(unit))
    return likes.get(text) or words.slip_of(text) or masked(text)


def masked(text: str) -> str:
    """A text of which nothing is left but its form."""
    return "".join("9" if each.isdigit() else "z" if each.isalpha() else each for each in text)


def _emptied(text: str) -> str:
    stands = EMPTIED_OF_DIGITS if _has_digits(text) else EMPTIED
    return stands + _what_was_lost(text) + "\n" * text.count("\n")


def _what_was_lost(text: str) -> str:
    return _LOST if _LOST in text else ""


def _has_digits(text: str) -> bool:
    return any(map(str.isdigit, text))


def written_register(text: str, people: People) -> str:
    """What stands instead of a number of a register."""
    bare = text.strip()
    if bare.isascii() and bare.isdigit():
        return people.secret.register_number(bare) if len(bare) > 1 else masked(bare)
    return people.secret.like(bare) if _has_digits(bare) else masked(bare)


def _each(text: str, write: Callable[[str], str]) -> str:
    """A text with each of the values in it written anew."""
    parts = text.split(_SEVERAL)
    return _SEVERAL.join(part.replace(bare, write(bare), 1) if (bare := part.strip()) else part for part in parts)


def _tokens(column: Column, text: str) -> Iterator[tuple[Token, str]]:
    """Whom a cell names, with the text that does."""
    if column.holds in (Holds.NUMBER_OF_PERSON, Holds.KEY):
        for part in filter(None, map(str.strip, text.split(_SEVERAL))):
            whole = cpr(part)
            if whole is not None or column.holds is Holds.NUMBER_OF_PERSON:
                yield (CPR, whole or part), part
            else:
                yield (column.kind, part), part
