"""The rows of tables that stand beside each other: each has its own columns of them, which stay where they are."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence

from ldbu_desktop.sources.tables import Row


class SharedRows:
    """Shares out rows as they are asked for; what the tables beside have of them waits for those.

    A row of which ``is_whole`` says that it is parted into no columns goes to the first of the tables.
    """

    def __init__(
        self, rows: Iterator[Row], spans: Sequence[range], is_whole: Callable[[Row], bool] = lambda _row: False
    ) -> None:
        self._rows, self._spans, self._is_whole = rows, spans, is_whole
        self._waiting: list[deque[Row]] = [deque() for _ in spans]

    def of(self, at: int) -> Iterator[Row]:
        """The rows of one of the tables, without those in which it has nothing."""
        waiting = self._waiting[at]
        while True:
            while waiting:
                yield waiting.popleft()
            row = next(self._rows, None)
            if row is None:
                return
            self._share(row)

    def _share(self, row: Row) -> None:
        if self._is_whole(row):
            self._waiting[0].append(row)
            return
        number, cells = row
        for span, waiting in zip(self._spans, self._waiting, strict=True):
            part = within(cells, span)
            if any(map(str.strip, part)):
                waiting.append((number, part))


def within(cells: Sequence[str], span: range) -> list[str]:
    """The cells of a span, with empty ones before them."""
    return [""] * min(span.start, len(cells)) + list(cells[span.start : span.stop])
