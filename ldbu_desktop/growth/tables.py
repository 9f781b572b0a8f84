"""WHO's rows as pygrowup has them: a module for each table, read when it is first needed, as that takes a while."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from importlib import import_module
from typing import Final

LmsRows = Mapping[int, Mapping[str, Decimal]]
"""The rows of one sex by age in days or months, each with ``l``, ``m`` and ``s``."""

_BY_DAY: Final = {
    "weight-for-age": "wfa",
    "height-for-age": "lfa",
    "head-circumference-for-age": "hcfa",
    "bmi-for-age": "bmifa",
}
_BY_MONTH: Final = {"weight-for-age": "wfa", "height-for-age": "lfa", "bmi-for-age": "bmifa"}
"""By measure. There are none by month for the head's circumference."""


def by_day(measure: str) -> Mapping[str, LmsRows]:
    """The rows of a measure by sex, for each day."""
    return _rows("by_day", _BY_DAY[measure])


def by_month(measure: str) -> Mapping[str, LmsRows]:
    """The rows of a measure by sex, for each month after those by day; empty where there are none."""
    return _rows("by_month", _BY_MONTH[measure]) if measure in _BY_MONTH else {}


def _rows(period: str, table: str) -> Mapping[str, LmsRows]:
    rows: Mapping[str, LmsRows] = import_module(f"pygrowup.tables.{period}.{table}").DATA
    return rows
