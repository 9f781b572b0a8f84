"""The rows of tables that stand beside each other: each has its own columns of them, which stay where they are."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from ldbu_desktop.sources.tables import Row


class SharedRows:
    """Shares out rows as they are asked for; what the tables beside have of them waits for those."""

    def __init__(self, rows: Iterator[Row], spans: Sequence[range]) -> None:
        self._rows, self._spans = rows, spans
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
            for span, rows in zip(self._spans, self._waiting, strict=True):
                part = within(row[1], span)
                if any(map(str.strip, part)):
                    rows.append((row[0], part))


def within(cells: Sequence[str], span: range) -> list[str]:
    """The cells of a span, with empty ones before them."""
    return [""] * min(span.start, len(cells)) + list(cells[span.start : span.stop])
