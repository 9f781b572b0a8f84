"""The kinds of mending that a value can have: what a finding names as fitting, and what an operation does."""

from __future__ import annotations

from enum import StrEnum


class Mending(StrEnum):
    """What is done to a value, and what has to be chosen for it.

    ``VALUE`` writes the text that is chosen, ``CODE`` a code of the standard, ``VISIT_TYPE`` a visit type and ``UNIT``
    another unit for the same number. ``MISSING_REASON`` says why there is no value, ``SUBJECT`` whom it is about:
    ``child``, ``parent``, or a citizen's key. ``FACTOR`` multiplies, ``DECIMAL_SIGN`` takes the mark before three
    digits for ``thousands`` or ``decimals``, ``DATE_FORM`` reads a date in a form and writes it day first. ``CPR_ZERO``
    puts back the zero that a spreadsheet took away, ``TRIM`` takes off what stands around the value, ``EMPTY`` takes
    the value away: for these nothing is chosen.
    """

    VALUE = "value"
    CODE = "code"
    VISIT_TYPE = "visit-type"
    MISSING_REASON = "missing-reason"
    SUBJECT = "subject"
    UNIT = "unit"
    FACTOR = "factor"
    DECIMAL_SIGN = "decimal-sign"
    DATE_FORM = "date-form"
    CPR_ZERO = "cpr-zero"
    TRIM = "trim"
    EMPTY = "empty"

    @property
    def needs_choice(self) -> bool:
        """Whether something has to be chosen."""
        return self not in (Mending.CPR_ZERO, Mending.TRIM, Mending.EMPTY)


THOUSANDS, DECIMALS = "thousands", "decimals"
"""What a mark before three digits can be of."""
CHILD, PARENT = "child", "parent"
"""Whom something can be about where a visit leaves no doubt who that is."""
