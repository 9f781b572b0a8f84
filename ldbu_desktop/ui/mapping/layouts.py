"""How a table may be laid out otherwise: by which columns its rows are joined with those of other tables."""

from __future__ import annotations

from ldbu_desktop.journal.fields import CITIZEN_CPR, VISIT_START
from ldbu_desktop.mapping.links import ColumnLink, ContentKind, Part, Subject, TableLink
from ldbu_desktop.ui.mapping.words import header_words


def key_choices(table: TableLink, columns: list[ColumnLink]) -> list[tuple[int, ...]]:
    """The columns that rows may be joined by: as it is, by none, by citizen and day, or by a column of keys."""
    found = [table.keys, (), _person_and_day(columns)]
    found += [(column.column,) for column in columns if _is_key(column)]
    return list(dict.fromkeys(found))


def keys_words(keys: tuple[int, ...], columns: list[ColumnLink], none: str) -> str:
    """The headers of the columns that rows are joined by; ``none`` where there are none."""
    by_number = {column.column: column for column in columns}
    return " + ".join(header_words(by_number[at]) for at in keys if at in by_number) or none


def _person_and_day(columns: list[ColumnLink]) -> tuple[int, ...]:
    people = [column.column for column in columns if _holds(column, CITIZEN_CPR, Subject.CHILD)]
    days = [column.column for column in columns if _holds(column, VISIT_START)]
    return (people[0], days[0]) if people and days else ()


def _holds(column: ColumnLink, variable: str, subject: Subject | None = None) -> bool:
    target = column.target
    return target is not None and target.variable == variable and subject in (None, target.subject)


def _is_key(column: ColumnLink) -> bool:
    is_named = column.target is not None and column.target.part is Part.KEY
    return is_named or (column.profile is not None and column.profile.kind is ContentKind.KEY)
