"""The lines of the list of links: tables, what is the same for all of one, columns, and the texts in coded ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ldbu_desktop.mapping.links import ColumnLink, Constant, Link, Place, Proposal, State, TableLink, ValueLink

WAITING = (State.PROPOSED, State.UNMAPPED)
"""The states that ask for an answer."""


class Shown(StrEnum):
    """Which lines are shown."""

    ALL = "all"
    WAITING = "waiting"
    READ = "read"
    LEFT_OUT = "left-out"

    def holds(self, state: State) -> bool:
        """Whether a link of ``state`` is shown."""
        return self is Shown.ALL or self is shown_as(state)


def shown_as(state: State) -> Shown:
    """Among which a link of ``state`` is counted."""
    if state in WAITING:
        return Shown.WAITING
    return Shown.LEFT_OUT if state is State.LEFT_OUT else Shown.READ


@dataclass(frozen=True, slots=True)
class TableLine:
    """A table, with how many of its columns and texts wait for an answer."""

    link: TableLink
    waiting: int

    @property
    def place(self) -> Place:
        """Which table it is."""
        return self.link.place


@dataclass(frozen=True, slots=True)
class ConstantLine:
    """What a table leaves out: the same for all of it where it is set, ``constant`` being None where it is not."""

    table: TableLink
    variable: str
    constant: Constant | None

    @property
    def place(self) -> Place:
        """Which table and variable it is."""
        return self.table.place._replace(variable=self.variable)


@dataclass(frozen=True, slots=True)
class ColumnLine:
    """A column; ``values`` counts its different texts that are linked, ``waiting`` those that wait for an answer."""

    link: ColumnLink
    values: int = 0
    waiting: int = 0
    is_open: bool = False

    @property
    def place(self) -> Place:
        """Which column it is."""
        return self.link.place


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A text of a coded column."""

    link: ValueLink

    @property
    def place(self) -> Place:
        """Which text it is."""
        return self.link.place


Line = TableLine | ConstantLine | ColumnLine | ValueLine


class Links:
    """A proposal by its places: made once for each proposal, asked for all the time."""

    def __init__(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.tables = {link.place: link for link in proposal.tables}
        self.by_place: dict[Place, Link] = {link.place: link for link in proposal.links}
        self._columns: dict[Place, list[ColumnLink]] = {place: [] for place in self.tables}
        for column in proposal.columns:
            self._columns.setdefault(column.table, []).append(column)
        self._values: dict[Place, list[ValueLink]] = {}
        for value in proposal.values:
            self._values.setdefault(column_of(value.place), []).append(value)

    def table_at(self, place: Place | None) -> TableLink | None:
        """The table that a place is in."""
        return self.tables.get(table_of(place)) if place is not None else None

    def columns_of(self, table: Place) -> list[ColumnLink]:
        """The columns of a table, in their order."""
        return self._columns.get(table, [])

    def values_of(self, column: ColumnLink) -> list[ValueLink]:
        """The texts of a column that is read: of one that is left out or holds no variable none are asked about."""
        if column.target is None or column.state is State.LEFT_OUT:
            return []
        return self._values.get(column.place, [])

    def links(self) -> Iterator[Link]:
        """What is asked about, in the order of the list: each column and then its texts."""
        for table in self.tables:
            for column in self.columns_of(table):
                yield column
                yield from self.values_of(column)

    def waiting(self) -> Iterator[Link]:
        """What waits for an answer, in the order of the list."""
        return (link for link in self.links() if link.state in WAITING)

    def counts(self) -> Mapping[Shown, int]:
        """How many columns and texts there are of each kind that can be shown."""
        counts = dict.fromkeys(Shown, 0)
        for link in self.links():
            counts[shown_as(link.state)] += 1
            counts[Shown.ALL] += 1
        return counts


def table_of(place: Place) -> Place:
    """The place of the table that a place is in."""
    return Place(place.file, place.sheet, place.header_row)


def column_of(place: Place) -> Place:
    """The place of the column that a text stands in."""
    return table_of(place)._replace(column=place.column)


def lines_of(
    links: Links, shown: Shown, opened: Collection[Place], constants: Mapping[Place, Collection[str]], sought: str = ""
) -> list[Line]:
    """The lines of what is ``shown``; of a column that is not ``opened`` the texts are shown where it is they that fit.

    ``constants`` are the variables that each table leaves out. ``sought`` is part of a header or a text. A text that
    is shown brings its column, a column its table.
    """
    word = sought.casefold().strip()
    lines: list[Line] = []
    for place, table in links.tables.items():
        columns = links.columns_of(place)
        below = [line for column in columns for line in _column_lines(links, column, shown, opened, word)]
        has_constants = not word and shown in (Shown.ALL, Shown.READ)
        left = _constant_lines(table, constants.get(place, ())) if has_constants else []
        if below or left:
            waiting = sum(link.table == place for link in links.waiting())
            lines += [TableLine(table, waiting), *below, *left]
    return lines


def _constant_lines(table: TableLink, variables: Collection[str]) -> list[ConstantLine]:
    known = {constant.variable: constant for constant in table.constants}
    return [ConstantLine(table, variable, known.get(variable)) for variable in dict.fromkeys((*variables, *known))]


def _column_lines(links: Links, column: ColumnLink, shown: Shown, opened: Collection[Place], word: str) -> list[Line]:
    values = links.values_of(column)
    is_found = word in column.header.casefold()
    fitting = [value for value in values if shown.holds(value.state) and (is_found or word in value.value.casefold())]
    is_itself = is_found and shown.holds(column.state)
    if not is_itself and not fitting:
        return []
    waiting = sum(value.state in WAITING for value in values)
    is_open = bool(fitting) and (column.place in opened or not is_itself)
    line = ColumnLine(column, len(values), waiting, is_open)
    return [line, *(ValueLine(value) for value in fitting if is_open)]
