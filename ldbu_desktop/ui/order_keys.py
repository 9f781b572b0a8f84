"""What rows of tables are ordered by where that is not their text: values as they are, weights by how heavy."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.dates import local
from ldbu_desktop.journal.model import Entry
from ldbu_desktop.language import natural

_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


def weight_key(severity: Severity | None) -> int:
    """The heaviest first; last where nothing was found."""
    return len(_WEIGHTS) if severity is None else _WEIGHTS[severity]


def entry_key(entry: Entry[Any], factor: Decimal = Decimal(1)) -> tuple[int, Any] | None:
    """Numbers by their size, times ``factor``, then days and times, then what is written; None where nothing is."""
    match entry.value:
        case int() | Decimal() as number:
            return 0, number * factor
        case datetime() as moment:
            return 1, local(moment).isoformat()
        case date() as day:
            return 1, day.isoformat()
    text = natural(entry.raw or str(entry.value or ""))
    return (2, text) if text is not None else None
