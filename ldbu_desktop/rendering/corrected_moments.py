"""A moment that was corrected, and that stands in two cells of its row: its day in one, its time in the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from ldbu_desktop.journal.dates import day_of, local
from ldbu_desktop.journal.fields import VISIT_END, VISIT_START
from ldbu_desktop.journal.model import Visit
from ldbu_desktop.journal.readings import clock
from ldbu_desktop.workspace.corrected_cells import CellCorrection
from ldbu_desktop.workspace.steps import Correction


def in_two_cells(correction: Correction) -> bool:
    """Whether a correction may be one of two cells: that of a moment, which had been read."""
    change = correction.change
    return change.name in (VISIT_START, VISIT_END) and isinstance(change.before.value, datetime)


def of_each_cell(one: CellCorrection, row: Mapping[int, str], visit: Visit) -> list[CellCorrection] | None:
    """The corrections of the day's cell and of the time's, as far as they say something else; ``one`` itself where all
    that was read stands in its cell. ``row`` has the texts of the cells by column, and ``visit`` is as it is now.

    None where they can't be told: the time stands in several cells, or an end that has only a time in its cell is on
    another day than the start.
    """
    text = row.get(one.cell.column, "")
    before, after = one.correction.change.before.value, one.correction.change.after.value
    if text == one.before:
        return [one] if clock(text) is None else _of_time(one, after, visit)
    if not one.before.startswith(f"{text} "):
        return [one]
    time = one.before[len(text) + 1 :]
    columns = [column for column, other in row.items() if column != one.cell.column and other == time]
    if len(columns) != 1 or not (isinstance(after, date) or not one.after):
        return None
    is_same = _is_same_day(before, after)
    if not is_same and clock(row.get(visit.end.column, "")) and not _is_same_day(visit.end.value, after):
        return None
    day = one._replace(before=text, after=text if is_same else _day(after))
    at = one._replace(cell=one.cell._replace(column=columns[0]), before=time, after=_time(after))
    return [each for each in (day, at) if not _says(each)]


def _of_time(one: CellCorrection, after: object, visit: Visit) -> list[CellCorrection] | None:
    """The correction of a time that is on the day of the start."""
    if not one.after:
        return [one]
    return [one._replace(after=_time(after))] if _time(after) and _is_same_day(visit.start.value, after) else None


def _says(one: CellCorrection) -> bool:
    """Whether a cell says already what it is to say, in whatever way."""
    return one.before == one.after or (bool(one.after) and clock(one.before) == one.after)


def _is_same_day(before: object, after: object) -> bool:
    return isinstance(before, date) and isinstance(after, date) and day_of(before) == day_of(after)


def _day(moment: object) -> str:
    """A day in a way that nobody reads otherwise, whatever order the column's days have."""
    return f"{day_of(moment):%Y-%m-%d}" if isinstance(moment, date) else ""


def _time(moment: object) -> str:
    return f"{local(moment):%H:%M}" if isinstance(moment, datetime) else ""
