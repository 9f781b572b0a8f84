"""What rows are ordered by: values as what they are, whatever they look like."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.model import Entry
from ldbu_desktop.ui.order_keys import entry_key, weight_key


def test_numbers_then_times_then_words() -> None:
    entries: list[Entry[object]] = [
        Entry(Decimal("9.5"), "9,5"),
        Entry(Decimal(10), "10"),
        Entry(date(2020, 5, 14), "14-05-2020"),
        Entry(datetime(2020, 5, 14, 7, tzinfo=UTC), "14-05-2020 09:00"),
        Entry(None, "omkring 9"),
        Entry(None, "omkring 10"),
        Entry("Ål", ""),
    ]
    assert sorted(reversed(entries), key=lambda one: entry_key(one) or ()) == entries
    assert entry_key(Entry()) is None
    assert entry_key(Entry(Decimal("3.5"), "3,5"), Decimal(1000)) == (0, 3500)


def test_the_heaviest_is_first_and_what_has_nothing_last() -> None:
    assert sorted([None, *reversed(Severity)], key=weight_key) == [*Severity, None]
