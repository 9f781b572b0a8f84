"""Variants of an export as time and other people make them: shuffled, renamed, retyped, swapped, with noise."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime
from random import Random

from tests.data.exports.population import FIRST_NAMES
from tests.data.exports.sheets import Answer, Cell, Column, Export, Key, Sheet

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "AE", "Ø": "OE", "Å": "AA"})
_DECIMAL = re.compile(r"(\d+)([.,])(\d{1,2})")
_CPR = re.compile(r"\d{6}-?\d{4}")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")


def variant(export: Export, seed: str) -> Export:
    """An export with one to three things changed; the keys go along."""
    random = Random(seed)  # noqa: S311 - variants are drawn, and no secrets
    changed = deepcopy(export)
    changed.name = f"{export.name}_{seed}".replace(" ", "_")
    for change in sorted(random.sample(CHANGES, random.randrange(1, 4)), key=CHANGES.index):
        sheets = [sheet for sheet in changed.sheets if sheet.shape != "codes"]
        change(random.choice(sheets), random)
    return changed


def shuffled(sheet: Sheet, random: Random) -> None:
    """The columns in another order; groups stay together, since they are named once."""
    groups: dict[str, list[Column]] = {}
    is_grouped = max(len(column.headers) for column in sheet.columns) > 1
    for at, column in enumerate(sheet.columns):
        groups.setdefault(column.headers[0] if is_grouped else str(at), []).append(column)
    order = list(groups.values())
    random.shuffle(order)
    sheet.columns = [column for group in order for column in group]


def renamed(sheet: Sheet, random: Random) -> None:
    """Some headers written otherwise: case, underscores, ae for æ, a slip, a mark; or by a name that says nothing."""
    style = random.choice((_upper, _lower, _snake, _ascii, _marked, _slipped, _spaced))
    for column in sheet.columns:
        if random.random() < 0.4:
            column.headers = (*column.headers[:-1], style(column.headers[-1], random))
            if style is _slipped and column.key.must == "map":
                column.key.must = "asked-or-map"
    if random.random() < 0.3:
        column = random.choice(sheet.columns)
        # The last row may have the unit only, and the name stand above it.
        name = random.choice(("Felt12", "Kolonne7", "F8", "xyz", "Var_3"))
        column.headers = (name, *[""] * (len(column.headers) - 1))
        _ask(column)


def _upper(text: str, random: Random) -> str:
    return text.upper()


def _lower(text: str, random: Random) -> str:
    return text.lower()


def _snake(text: str, random: Random) -> str:
    return re.sub(r"[^\w]+", "_", text).strip("_")


def _ascii(text: str, random: Random) -> str:
    return text.translate(_LETTERS)


def _marked(text: str, random: Random) -> str:
    return text + random.choice((":", " *", " .", "  "))


def _spaced(text: str, random: Random) -> str:
    return text.replace("_", " ").replace("-", " ")


def _slipped(text: str, random: Random) -> str:
    """A text with a slip within a long word: others may be another word, "mdr" be "md" and "problems" be "problem"."""
    letters = [at for word in _LONG_WORD.finditer(text) for at in range(word.start(), word.end() - 1)]
    if not letters:
        return text
    at = random.choice(letters[1:])
    return random.choice((text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:]))


def retyped(sheet: Sheet, random: Random) -> None:
    """Cells as another program writes them: numbers as text, another decimal sign, dates in another form."""
    for column in sheet.columns:
        if random.random() < 0.5:
            _retype(column, random)


def _retype(column: Column, random: Random) -> None:
    cells = column.cells
    if column.key.part == "cpr":
        form = random.choice((_hyphened, _plain, _as_number))
        column.cells = [form(cell) if isinstance(cell, str) and _CPR.fullmatch(cell) else cell for cell in cells]
    elif any(isinstance(cell, datetime | date) for cell in cells):
        form_of_day = random.choice(("%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m-%Y", "%Y%m%d"))
        with_time = any(isinstance(cell, datetime) for cell in cells)
        written = f"{form_of_day} %H:%M" if with_time else form_of_day
        column.cells = [f"{cell:{written}}" if isinstance(cell, date) else cell for cell in cells]
    elif any(isinstance(cell, float) for cell in cells):
        mark = random.choice((",", "."))
        column.cells = [str(cell).replace(".", mark) if isinstance(cell, float) else cell for cell in cells]
    elif any(isinstance(cell, str) and _DECIMAL.fullmatch(cell) for cell in cells):
        mark = random.choice((",", "."))
        column.cells = [_DECIMAL.sub(rf"\1{mark}\3", cell) if isinstance(cell, str) else cell for cell in cells]
    elif any(isinstance(cell, int) for cell in cells):
        column.cells = [str(cell) if isinstance(cell, int) else cell for cell in cells]


def _hyphened(cpr: str) -> str:
    digits = cpr.replace("-", "")
    return f"{digits[:6]}-{digits[6:]}"


def _plain(cpr: str) -> str:
    return cpr.replace("-", "")


def _as_number(cpr: str) -> Cell:
    return int(cpr.replace("-", ""))


def swapped(sheet: Sheet, random: Random) -> None:
    """The contents of two columns exchanged: neither may be applied by its header."""
    exchange(sheet, *random.sample(range(len(sheet.columns)), 2))


def exchange(sheet: Sheet, first: int, second: int) -> bool:
    """Exchange the contents of two columns; False where they are the same."""
    one, other = sheet.columns[first], sheet.columns[second]
    if [str(cell) for cell in one.cells] == [str(cell) for cell in other.cells]:
        return False
    one.cells, other.cells = other.cells, one.cells
    for column in (one, other):
        _ask(column)
    return True


def noisy(sheet: Sheet, random: Random) -> None:
    """More around and within: junk columns, empty cells, notes and totals, values with slips."""
    for _ in range(random.randrange(3)):
        sheet.columns.insert(random.randrange(len(sheet.columns) + 1), _junk(sheet, random))
    if random.random() < 0.4:
        sheet.below = [
            *sheet.below,
            [],
            [random.choice(("I alt", "Total", "Antal rækker")), len(sheet.columns[0].cells)],
        ]
    if random.random() < 0.4:
        sheet.above = [["Udtræk fra fagsystem"], *sheet.above]
    for column in sheet.columns:
        if random.random() < 0.3:
            column.cells = ["" if random.random() < 0.08 else cell for cell in column.cells]
        if random.random() < 0.3 and column.key.values:
            _slip_values(column, random)


def _junk(sheet: Sheet, random: Random) -> Column:
    rows = len(sheet.columns[0].cells)
    depth = max(len(column.headers) for column in sheet.columns)
    header, told = random.choice(
        (
            ("Telefon", lambda: f"{random.randrange(20_000_000, 89_999_999)}"),
            ("Adresse", lambda: f"Prøvevej {random.randrange(90)}"),
            ("Søskende navn", lambda: random.choice(FIRST_NAMES)),
            ("Minutter", lambda: random.randrange(20, 120)),
            ("Udskrevet", lambda: "01-02-2023"),
            ("Egen læge", lambda: "Lægehuset"),
            ("Kørsel km", lambda: random.randrange(40)),
        )
    )
    cells: list[Cell] = [told() for _ in range(rows)]
    return Column((*[""] * (depth - 1), header), cells, Key(must="leave"))


def _slip_values(column: Column, random: Random) -> None:
    """One of a column's words with a slip: it may be proposed, and must not be applied."""
    long = [text for text in column.key.values if len(text) > 8 and column.key.values[text].code]
    if not long:
        return
    text = random.choice(long)
    slipped = _slipped(text, random)
    if slipped in column.key.values or slipped == text:
        return
    column.cells = [slipped if cell == text and random.random() < 0.5 else cell for cell in column.cells]
    column.key.values[slipped] = Answer(must="ask")


def doubled(sheet: Sheet, random: Random) -> None:
    """A header that stands twice, over other content."""
    mapped = [column for column in sheet.columns if column.key.variable and column.key.must == "map"]
    if not mapped:
        return
    column = random.choice(mapped)
    other = deepcopy(column)
    random.shuffle(other.cells)
    sheet.columns.insert(sheet.columns.index(column) + 1, other)
    _ask(column)
    _ask(other)


def _ask(column: Column) -> None:
    """Nothing of the column may be applied by itself."""
    column.key = Key(
        column.key.variable,
        column.key.part,
        None,
        None,
        None,
        "ask",
        {text: Answer(must="ask") for text in column.key.values},
    )


CHANGES: tuple[Callable[[Sheet, Random], None], ...] = (shuffled, renamed, retyped, swapped, noisy, doubled)
