"""WHO's rows as pygrowup has them. To read them takes a while, so this room is entered when they are first needed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from pygrowup.tables.by_day import bmifa, hcfa, lfa, wfa
from pygrowup.tables.by_month import bmifa as later_bmi
from pygrowup.tables.by_month import lfa as later_height
from pygrowup.tables.by_month import wfa as later_weight

LmsRows = Mapping[int, Mapping[str, Decimal]]
"""The rows of one sex by age in days or months, each with ``l``, ``m`` and ``s``."""

BY_DAY: Final[Mapping[str, Mapping[str, LmsRows]]] = {
    "weight-for-age": wfa.DATA,
    "height-for-age": lfa.DATA,
    "head-circumference-for-age": hcfa.DATA,
    "bmi-for-age": bmifa.DATA,
}
BY_MONTH: Final[Mapping[str, Mapping[str, LmsRows]]] = {
    "weight-for-age": later_weight.DATA,
    "height-for-age": later_height.DATA,
    "bmi-for-age": later_bmi.DATA,
}
"""By measure and sex. There are none by month for the head's circumference."""
