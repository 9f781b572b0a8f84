"""What stands in the columns of a table: every text counted as the rows stream by, and a few rows kept to compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import islice, repeat

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping import date_forms
from ldbu_desktop.mapping.links import ContentKind, Profile
from ldbu_desktop.mapping.proposing.found_tables import FoundTable
from ldbu_desktop.mapping.proposing.texts import TextKind, is_day_or_year, is_time_of_day, text_kind
from ldbu_desktop.mapping.proposing.value_texts import missing_reason
from ldbu_desktop.sources.rows import Column as TextColumn
from ldbu_desktop.sources.rows import RowGroup, TableRows, rows_or_groups
from ldbu_desktop.sources.tables import Row

MOST_DISTINCT = 20_000
"""Different texts of a column that are counted; a column with more of them holds no codes."""

_ROWS_KEPT = 1_500
"""Rows by which columns are held against each other."""
_BATCH = 2_000
MOST_CODES = 200
"""A column with more different texts than this is none of codes."""
_MOST_SAMPLES = 5
_SEEN_OFTEN = 3
"""A text is shown as a sample when it stands in so many cells: what stands in one tells of one child."""
_MANY = 0.5
_NEARLY_ALL = 0.9
_CODE_LENGTH = 60
_UNIQUE = 0.98
_MOST_MISSING = 20
_SLIPS_FROM = 20
"""Of so many numbers the least and the largest may be slips, and say nothing of the rest."""


class Column:
    """The texts of one column with their counts. ``is_cut``: there were more than are counted."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.filled = 0
        self.is_cut = False

    def add(self, batch: Iterable[TextColumn]) -> None:
        """Count a batch of cells, which come some rows at a time."""
        for cells in batch:
            counted = cells.counted()
            for text in [text for text in counted if not text.strip()]:
                del counted[text]
            self.filled += counted.total()
            if not self.is_cut:
                self.texts.update(counted)
        self.is_cut = len(self.texts) > MOST_DISTINCT

    @cached_property
    def counted(self) -> int:
        """The cells whose texts are counted."""
        return self.texts.total()

    @cached_property
    def kinds(self) -> Counter[TextKind]:
        """How many cells hold which kind of text; what says that there is no value is left out."""
        found: Counter[TextKind] = Counter()
        for text, count in self.values:
            found[text_kind(text)] += count
        return found

    @cached_property
    def told(self) -> int:
        """The cells that hold a value, and not that there is none."""
        return self.kinds.total()

    def share(self, *kinds: TextKind) -> float:
        """The share of the values that are of some kinds."""
        return sum(self.kinds[kind] for kind in kinds) / self.told if self.told else 0.0

    def share_of(self, holds: Callable[[str], bool]) -> float:
        """The share of the values that something holds of."""
        if not self.told:
            return 0.0
        return sum(count for text, count in self.values if holds(text)) / self.told

    @cached_property
    def times(self) -> float:
        """The share of the values that can be times of day, however they are written."""
        return self.share_of(is_time_of_day)

    @property
    def is_of_times(self) -> bool:
        """Whether nearly all can be times of day, and not all of them parts of a date as well."""
        if self.share(TextKind.CPR, TextKind.DATE, TextKind.MOMENT) > _MANY:
            return False
        return self.times >= _NEARLY_ALL and self.share_of(is_day_or_year) < 1

    @cached_property
    def values(self) -> list[tuple[str, int]]:
        """The texts that hold a value, with their counts."""
        return [(text, count) for text, count in self.texts.items() if text not in self.missing]

    @cached_property
    def missing(self) -> dict[str, str]:
        """The texts that say that there is no value, with the reason."""
        return {text: reason for text in self.texts if (reason := missing_reason(text)) is not None}

    @cached_property
    def is_coded(self) -> bool:
        """Whether the column holds few different texts, as codes and answers are."""
        if (
            self.is_cut
            or not self.told
            or self.share(TextKind.CPR, TextKind.DATE, TextKind.MOMENT, TextKind.TIME) > 1 - _NEARLY_ALL
        ):
            return False
        distinct = len(self.texts)
        short = sum(count for text, count in self.texts.items() if len(text) <= _CODE_LENGTH * 2)
        is_short = short >= self.counted * _NEARLY_ALL
        return distinct <= MOST_CODES and is_short and (distinct <= 12 or distinct * 2 <= self.counted)

    @cached_property
    def kind(self) -> ContentKind:
        """The kind that nearly all values are of."""
        if not self.told:
            return ContentKind.EMPTY
        for name, kinds in (
            (ContentKind.CPR, (TextKind.CPR,)),
            (ContentKind.DATE, (TextKind.DATE, TextKind.MOMENT)),
            (ContentKind.TIME, (TextKind.TIME,)),
            (ContentKind.NUMBER, (TextKind.NUMBER, TextKind.WHOLE)),
        ):
            if self.share(*kinds) >= _NEARLY_ALL:
                return name
        if self.is_coded:
            return ContentKind.CODE
        return ContentKind.KEY if self.is_unique and not self._has_words else ContentKind.TEXT

    @cached_property
    def is_unique(self) -> bool:
        """Whether nearly every cell that is filled has a text of its own."""
        return self.is_cut or (self.filled > 0 and len(self.texts) >= self.filled * _UNIQUE)

    @cached_property
    def _has_words(self) -> bool:
        return any(" " in text.strip() for text in islice(self.texts, MOST_CODES))

    def profile(self, *, is_shown: bool, unit: str = "") -> Profile:
        """What may be shown of the column; samples only where it may be shown, and of no kind that names persons."""
        samples: tuple[str, ...] = ()
        if is_shown and self.kind in (ContentKind.CODE, ContentKind.NUMBER, ContentKind.DATE, ContentKind.TIME):
            is_code = self.kind is ContentKind.CODE
            often = [text for text, count in self.texts.most_common(50) if count >= _SEEN_OFTEN or not is_code]
            samples = tuple(cpr_masked(text) for text in often[:_MOST_SAMPLES])
        low, high = self._limits()
        return Profile(
            self.kind,
            self.filled,
            len(self.texts),
            low,
            high,
            samples,
            self._mark(),
            unit,
            self._order(),
            tuple(self.missing)[:_MOST_MISSING],
            self.is_cut,
        )

    def _order(self) -> DateForm | None:
        """The one order that nearly all of its dates have."""
        if self.kind is not ContentKind.DATE:
            return None
        return date_forms.order_of((text for text, _ in self.values), date.max.year)

    def _limits(self) -> tuple[Decimal | None, Decimal | None]:
        """Within which nearly all numbers lie."""
        if self.kind is not ContentKind.NUMBER:
            return None, None
        numbers = sorted(amount.number for text, _ in self.values if (amount := readings.amount(text)) is not None)
        if not numbers:
            return None, None
        aside = max(len(numbers) // 50, len(numbers) >= _SLIPS_FROM)
        return numbers[aside], numbers[-1 - aside]

    def _mark(self) -> str:
        if self.kind is not ContentKind.NUMBER:
            return ""
        points = sum(count for text, count in self.texts.items() if "." in text and "," not in text)
        commas = sum(count for text, count in self.texts.items() if "," in text)
        return "," if commas > points else "." if points else ""


class TableProfile:
    """The columns of a table, and rows of it to hold them against each other."""

    def __init__(self, width: int) -> None:
        self.columns = [Column() for _ in range(width)]
        self.rows = 0
        self.kept: list[list[str]] = []
        self.pairs: dict[tuple[int, int], Counter[tuple[str, str]]] = {}
        self._every = 1

    def pairs_of(self, first: int, second: int) -> Counter[tuple[str, str]]:
        """The pairs of texts that stand in two columns: all of them, or those of the kept rows."""
        if (first, second) in self.pairs:
            return self.pairs[first, second]
        return Counter((cells[first], cells[second]) for cells in self.kept)

    def count_together(self, columns: Sequence[tuple[int, int]]) -> None:
        """Count the pairs of texts that stand in two columns, as names and values of what was observed do."""
        self.pairs = {pair: Counter() for pair in columns}

    def read(self, found: FoundTable) -> None:
        """Read all rows of a table."""
        for batch in _batches(found.rows):
            width = max(len(self.columns), *(len(group.columns) for group in batch))
            while len(self.columns) < width:
                self.columns.append(Column())
            for at, column in enumerate(self.columns):
                column.add(group.columns[at] for group in batch if at < len(group.columns))
            for pair, counted in self.pairs.items():
                if len(counted) <= MOST_DISTINCT:
                    for group in batch:
                        counted.update(zip(*(_cells(group, at) for at in pair), strict=True))
            for group in batch:
                self._keep(group, width)
                self.rows += len(group)
            while len(self.kept) > _ROWS_KEPT:
                # Half of them each time that there are too many.
                self._every *= 2
                self.kept = self.kept[::2]

    def _keep(self, group: RowGroup, width: int) -> None:
        """Keep every so many rows."""
        for row in range(-self.rows % self._every, len(group), self._every):
            cells = group.cells(row)
            self.kept.append([*cells, *[""] * (width - len(cells))])


def _batches(rows: Iterator[Row]) -> Iterator[list[RowGroup]]:
    """The rows, so many at a time, as they come together."""
    batch: list[RowGroup] = []
    room = _BATCH
    for part in rows_or_groups(TableRows.of(rows), _BATCH):
        group = part if isinstance(part, RowGroup) else _of_one_width(part)
        begin = 0
        while begin < len(group):
            end = min(begin + room, len(group))
            batch.append(group.picked(range(begin, end)))
            room -= end - begin
            begin = end
            if not room:
                yield batch
                batch, room = [], _BATCH
    if batch:
        yield batch


def _of_one_width(rows: Sequence[Row]) -> RowGroup:
    width = max(1, *(len(cells) for _, cells in rows))
    return RowGroup.of([(number, [*cells, *[""] * (width - len(cells))]) for number, cells in rows])


def _cells(group: RowGroup, at: int) -> Iterable[str]:
    return group.columns[at].cells if at < len(group.columns) else repeat("", len(group))
