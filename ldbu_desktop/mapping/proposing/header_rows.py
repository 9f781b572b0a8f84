"""Which rows of those at hand are headers: the row with most of them, groups above it, and units or parts below."""

from __future__ import annotations

from collections.abc import Sequence

from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.proposing.descriptions import explains_codes, is_aside, is_kind_or_form
from ldbu_desktop.mapping.proposing.headings import Heading, Headings
from ldbu_desktop.mapping.proposing.lexicon import synonyms
from ldbu_desktop.mapping.proposing.texts import VALUES, text_kind
from ldbu_desktop.sources.tables import Row

MOST_HEADER_ROWS = 3
FEWEST_HEADERS = 2
_LONGEST_HEADER = 160
SEEN_BELOW = 12
_MOST_LIST_COLUMNS = 4
_OF_EXPORT = frozenset(("export", "recorded", "notes"))


class HeaderRows:
    """Looks for headers in windows of a sheet's rows; ``merged`` are its merged areas."""

    def __init__(self, headings: Headings, merged: Sequence[tuple[int, int, int, int]]) -> None:
        self._headings = headings
        self._merged = merged

    def at(self, window: Sequence[Row]) -> int | None:
        """The row of the window in which most headers stand, before the first row of data of the first table."""
        best: tuple[float, int] | None = None
        for position in range(len(window)):
            score = self._score(window, position)
            if score is not None and (best is None or score > best[0]):
                best = (score, position)
            if best is not None and (position - best[1] >= MOST_HEADER_ROWS):
                break
        return best[1] if best is not None else None

    def _score(self, window: Sequence[Row], position: int) -> float | None:
        """How much a row looks like headers; None where it does not."""
        cells = window[position][1]
        filled = [cell for cell in cells if cell.strip()]
        values = sum(1 for cell in filled if is_value(cell))
        names = len(filled) - values
        if names < FEWEST_HEADERS or values * 5 > len(filled) or any(len(cell) > _LONGEST_HEADER for cell in filled):
            return None
        understood = sum(1 for cell in filled if self._is_heading(cell))
        below = self.below(window, position)
        has_values = any(is_value(cell) for _, row in below for cell in row)
        if is_repeated_below(window, position):
            # A header may be the first answer below it: the others are known then, and that row has values.
            is_plain = understood * 5 >= len(filled) * 4 and not values
            if not (is_plain and any(map(is_value, window[position + 1][1]))):
                return None
        is_wide = below and all(sum(1 for cell in row if cell.strip()) <= len(filled) * 2 for _, row in below)
        if understood * 5 >= len(filled) * 2 and (understood >= FEWEST_HEADERS) and below:
            return understood * 2.0 + names - 3 * values
        if has_values and is_wide and values == 0 and len(set(map(header_key, filled))) == len(filled):
            widest = max(sum(1 for cell in row if cell.strip()) for _, row in below)
            if len(filled) * 5 >= widest * 3 and (len(filled) > FEWEST_HEADERS or any(map(self._is_ours, filled))):
                return names * 0.5 + understood
        return None

    def below(self, window: Sequence[Row], position: int) -> list[Row]:
        """The rows below that may be data."""
        return [
            row
            for row in window[position + 1 : position + 1 + SEEN_BELOW]
            if sum(1 for cell in row[1] if cell.strip()) >= FEWEST_HEADERS
        ]

    def _is_heading(self, cell: str) -> bool:
        heading = self._headings.read(cell)
        return heading.is_understood and heading.known * 2 >= heading.unknown

    def _is_ours(self, cell: str) -> bool:
        """Whether a header may name a key or a variable, and not only what other systems write beside them."""
        heading = self._headings.read(cell)
        return self._is_heading(cell) and (heading.is_key or bool(heading.candidates))

    def first(self, window: Sequence[Row], at: int) -> int:
        """The first row of headers: groups of columns may be named above them."""
        first = at
        while first > 0 and at - first < MOST_HEADER_ROWS - 1 and window[first - 1][0] == window[first][0] - 1:
            number, cells = window[first - 1]
            if not self._is_group_row(number, cells, window[at][1]):
                break
            first -= 1
        return first

    def _is_group_row(self, number: int, cells: Sequence[str], below: Sequence[str]) -> bool:
        filled = [(column, cell) for column, cell in enumerate(cells) if cell.strip()]
        if not filled or any(is_value(cell) for _, cell in filled):
            return False
        width = sum(1 for cell in below if cell.strip())
        understood = sum(1 for _, cell in filled if self._names_group(cell))
        merged = [area for area in self._merged if area[0] <= number <= area[1] and area[3] > area[2]]
        if len(filled) == 1:
            column = filled[0][0]
            covers = next((area[3] - area[2] + 1 for area in merged if area[2] == column), 0)
            return understood == 1 and 1 < covers < width and column > 0
        return understood * 2 > len(filled) or len(merged) >= FEWEST_HEADERS

    def _names_group(self, cell: str) -> bool:
        """Whether a cell may stand above several headers: what only an export says of itself does not."""
        heading = self._headings.read(cell)
        return self._is_heading(cell) and heading.other not in _OF_EXPORT

    def last(self, window: Sequence[Row], at: int) -> int:
        """The last row of headers: units, parts or another language may stand in rows below them."""
        last = at
        while (
            last + 1 < len(window) and last - at < MOST_HEADER_ROWS - 1 and window[last + 1][0] == window[last][0] + 1
        ):
            is_more = self._continues(window[at][1], window[last + 1][1]) or self._describes_below(window, last + 1)
            if is_repeated_below(window, last + 1) or not is_more:
                break
            last += 1
        return last

    def _describes_below(self, window: Sequence[Row], position: int) -> bool:
        """Whether a row describes the columns, as their values below show: a list of fields has such rows as well."""
        cells = window[position][1]
        if not self._describes(cells):
            return False
        columns = [column for column, cell in enumerate(cells) if self._is_of_values(cell)]
        return any(
            is_value(cell)
            for _, row in self.below(window, position)
            for column, cell in enumerate(row)
            if column in columns
        )

    def _describes(self, cells: Sequence[str]) -> bool:
        """Whether all that a row says are units, kinds of values, forms to write them in, and what may stand beside."""
        filled = [cell for cell in cells if cell.strip()]
        told = [cell for cell in filled if self._is_of_values(cell)]
        return len(told) >= FEWEST_HEADERS and all(cell in told or is_aside(cell) for cell in filled)

    def _is_of_values(self, cell: str) -> bool:
        return is_kind_or_form(cell) or self._names_unit(cell)

    def _names_unit(self, cell: str) -> bool:
        heading = self._headings.read(cell)
        return bool(heading.unit) and _is_unit(heading, cell)

    def _continues(self, header: Sequence[str], cells: Sequence[str]) -> bool:
        filled = [cell for cell in cells if cell.strip()]
        if not filled or any(is_value(cell) for cell in filled) or is_of_list(header):
            return False
        read = [self._headings.read(cell) for cell in filled]
        if all(_is_unit(heading, cell) for heading, cell in zip(read, filled, strict=True)):
            return True
        understood = sum(
            1
            for heading in read
            if heading.candidates or heading.other or heading.is_key or heading.parts or heading.unit
        )
        return len(filled) >= FEWEST_HEADERS and understood * 5 >= len(filled) * 4

    def texts(self, rows: Sequence[Row], right: int, own: int) -> list[list[str]]:
        """Each column's texts, one of each header row; the name of a group stands above each of its columns.

        ``own`` is the row in which most headers stand: of a description below it units stay, and what codes mean.
        """
        spread = [self._spread(rows, position, right) for position in range(len(rows))]
        for position in range(own + 1, len(rows)):
            if self._describes(spread[position]):
                spread[position] = [
                    cell if self._names_unit(cell) or explains_codes(cell) else "" for cell in spread[position]
                ]
        return [[" ".join(row[column].split()) for row in spread] for column in range(right + 1)]

    def _spread(self, rows: Sequence[Row], position: int, right: int) -> list[str]:
        number, cells = rows[position]
        texts = padded(cells, right + 1)
        if position == len(rows) - 1:
            return texts
        merged = [area for area in self._merged if area[0] <= number <= area[1]]
        lower = [
            any(padded(row, right + 1)[column].strip() for _, row in rows[position + 1 :])
            for column in range(right + 1)
        ]
        if any(area[3] > area[2] for area in merged):
            for _, _, first, last in merged:
                for column in range(first + 1, min(last, right) + 1):
                    texts[column] = texts[column] or texts[first]
            return texts
        if position > 0 or sum(1 for text in texts if text.strip()) * 3 > sum(lower) * 2 + 2:
            # A row with as many names as columns names no groups, and may still have a name for two.
            below = padded(rows[position + 1][1], right + 1)
            for column in range(1, right + 1):
                if not texts[column].strip() and below[column].strip() and below[column] == below[column - 1]:
                    texts[column] = texts[column - 1]
            return texts
        group = ""
        for column in range(right + 1):
            if texts[column].strip():
                group = texts[column] if lower[column] else ""
            elif lower[column]:
                texts[column] = group
        return texts


def is_of_list(headers: Sequence[str]) -> bool:
    """Whether few headers are those of a list of codes or of fields, below which anything may stand."""
    keys = {header_key(text) for text in headers if text.strip()}
    words = synonyms().code_lists
    explained = set(map(header_key, (*words.field, *words.code)))
    return len(keys) <= _MOST_LIST_COLUMNS and bool(keys & explained and keys & set(map(header_key, words.text)))


def is_repeated_below(window: Sequence[Row], position: int) -> bool:
    """Whether a cell of a row stands below itself: codes and answers do, headers where they are answers too."""
    if position + 1 >= len(window):
        return False
    return any(
        cell.strip() and cell == below
        for cell, below in zip(window[position][1], window[position + 1][1], strict=False)
    )


def is_value(cell: str) -> bool:
    return text_kind(cell) in VALUES


def _is_unit(heading: Heading, cell: str) -> bool:
    """Whether a cell says no more than a unit or a part, as in a row of units below the headers."""
    if heading.other or heading.visit:
        return False
    return (bool(heading.unit or heading.parts) and heading.unknown == 0 and len(cell) <= 30) or not any(
        map(str.isalnum, cell)
    )


def padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]
