"""The value of an observation and its unit, which may stand in the same cell or follow from the variable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Entry
from ldbu_desktop.journal.readings import CellReader
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.number_forms import ValueLimits
from ldbu_desktop.mapping.vocabulary import Vocabulary

Pair = tuple[Entry[Any], Entry[str]]


def _unreadable(_: str) -> None:
    """The reading of a value of nothing that is known."""


class ValueEntries(dict[tuple[str, str], Pair]):
    """The entries of value and unit of one variable by their raw texts, each pair of texts read once.

    What was ``decided`` for a text by the other values in its unit goes before what the text says alone. ``unit`` is
    that of numbers beside which none is written.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        variable_id: str | None,
        column: int,
        unit_column: int = NO_COLUMN,
        unit: str | None = None,
    ) -> None:
        super().__init__()
        variable = vocabulary.standard.variable[variable_id] if variable_id is not None else None
        self.is_of_parent = variable is not None and variable.subject == "parent"
        self.may_be_period = variable is not None and variable.takes_period
        self._vocabulary = vocabulary
        self.variable_id = variable_id or ""
        self.decided: Mapping[str, Mapping[str, object]] = {}
        self._factors = {unit.code: unit.factor for unit in variable.units} if variable is not None else {}
        self._ranges = variable.ranges if variable is not None else ()
        self._read: CellReader = vocabulary.reading(variable.id) if variable is not None else _unreadable
        self._has_unit = variable is not None and bool(variable.units)
        self.column, self._unit_column = column, unit_column
        self._only_unit = unit or (vocabulary.only_unit(self.variable_id) if self._has_unit else None)

    def __missing__(self, raws: tuple[str, str]) -> Pair:
        raw, unit_raw = raws
        value: Entry[Any] = Entry(self._read(raw), raw, self.column) if raw and not raw.isspace() else EMPTY
        unit: Entry[str] = EMPTY
        within = self._vocabulary.unit_within(self.variable_id, raw) if self._has_unit else None
        if unit_raw and not unit_raw.isspace():
            unit = Entry(self._unit(unit_raw), unit_raw, self._unit_column)
            if within not in (None, unit.value):
                # Two units that differ: which one is meant can't be known.
                value = Entry(None, raw, self.column)
        elif within is not None:
            unit = Entry(within, "", self.column)
        elif self._only_unit and value is not EMPTY:
            unit = follows(self._only_unit)
        by_column = self.decided.get(unit.value or "", {})
        if raw in by_column and value is not EMPTY:
            value = Entry(by_column[raw], raw, self.column)
        pair = self[raws] = value, unit
        return pair

    def _unit(self, raw: str) -> str | None:
        """The unit that a text is."""
        return self._vocabulary.unit(self.variable_id, raw)

    def by_unit(self) -> dict[str, dict[str, object]]:
        """The values of what is measured by their texts, those of each unit for themselves."""
        texts: dict[str, dict[str, object]] = {}
        if self._has_unit:
            for (raw, _), (value, unit) in self.items():
                if value is not EMPTY:
                    texts.setdefault(unit.value or "", {})[raw] = value.value
        return texts

    def limits(self, unit: str) -> ValueLimits | None:
        """What a value in ``unit`` lies within at some age; None where the unit is not known, or no range is."""
        if unit not in self._factors or not self._ranges:
            return None
        factor = self._factors[unit]
        lows, highs = zip(*((each.low, each.high) for each in self._ranges), strict=True)
        return ValueLimits(min(lows) / factor, max(highs) / factor)
