"""What the columns and values of an export are taken for: links to the standard, how certain each is, and why.

A link is a value that is shown, saved in a map, and read by; nothing here decides or applies.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field

from ldbu_desktop.journal.written_dates import DateForm

Fact = str | int | float


class State(StrEnum):
    """How certain a link is. Known and sure links are read by; a proposed one only when a map approves it."""

    KNOWN = "known"
    """A header of our own, or one that a map has approved before."""
    SURE = "sure"
    """One synonym, and the content agrees."""
    PROPOSED = "proposed"
    """A like name, or the content alone: waits for a yes."""
    UNMAPPED = "unmapped"
    LEFT_OUT = "left-out"
    """Not read by a decision in a map, or since it is structure: keys, lists of codes."""


class TableShape(StrEnum):
    """What a row of a table is."""

    VISIT = "visit"
    OBSERVATION = "observation"
    CHILD = "child"
    """A row a child, with a block of columns for each visit."""
    VARIABLE = "variable"
    """A sheet a variable."""
    CODES = "codes"
    """A list of codes and what they mean."""
    LONG = "long"
    """A sheet of our own long shape."""
    WIDE = "wide"
    """Our own wide shape."""


OWN_SHAPES = frozenset((TableShape.LONG, TableShape.WIDE))
"""The shapes of our own templates."""


class Part(StrEnum):
    """Which part of a variable, or of a record, a column holds."""

    VALUE = "value"
    CPR = "cpr"
    KEY = "key"
    START = "start"
    END = "end"
    DATE = "date"
    TIME = "time"
    UNIT = "unit"
    MISSING_REASON = "missing-reason"
    NAME = "name"
    """The name of a variable, where a row is an observation."""
    ANSWER = "answer"
    """One of a variable's answers, each in a column of its own: a mark says that it is this one."""


class Subject(StrEnum):
    """Whom a column is about."""

    CHILD = "child"
    PARENT = "parent"
    """Not said which."""
    PARENT_1 = "parent-1"
    """The mother, where the file says so."""
    PARENT_2 = "parent-2"
    """The father, or the other parent, where the file says so."""


VISIT_KEY = "visit.key"
"""What a key column names that tells visits apart: a variable of a target whose part is :attr:`Part.KEY`."""

CITIZEN_KEY = "citizen.key"
"""What a key column names that tells citizens apart, those of the target's subject."""

OBSERVATION_VARIABLE = "observation.variable"
OBSERVATION_VALUE = "observation.value"


class ContentKind(StrEnum):
    """What stands in a column, as all of its texts tell together."""

    EMPTY = "empty"
    CPR = "cpr"
    DATE = "date"
    """Days, with a time of day or without."""
    TIME = "time"
    NUMBER = "number"
    CODE = "code"
    """Few different texts, which come again."""
    KEY = "key"
    """A text of its own in every row."""
    TEXT = "text"


class Profile(Struct, frozen=True):
    """What a column holds: in how many rows, how many different texts, and up to five samples with persons masked.

    ``low`` and ``high`` are within which nearly all of its numbers lie, ``mark`` their decimal sign and ``unit`` what
    they are likely in, where it holds numbers; ``order`` is how its dates are written, where they have one order.
    ``missing`` are the texts that say that there is no value. ``is_cut``: it holds more texts than ``distinct``, which
    is where counting ends. Identifiers, names and free text are never among the samples.
    """

    kind: ContentKind
    filled: int = 0
    distinct: int = 0
    low: Decimal | None = None
    high: Decimal | None = None
    samples: tuple[str, ...] = ()
    mark: str = ""
    unit: str = ""
    order: DateForm | None = None
    missing: tuple[str, ...] = ()
    is_cut: bool = False


class Target(Struct, frozen=True):
    """What a column holds, in the catalogue's terms.

    ``variable`` is the catalogue's id (``weight``, ``visit.start``, ``citizen.cpr`` ...), a questionnaire's question as
    ``epds/score``, one of ``observation.variable``, ``observation.value``, ``observation.unit`` in the shape
    ``observation``, or of a key :data:`VISIT_KEY` or :data:`CITIZEN_KEY`. ``subject`` is None for what belongs to the
    visit, ``visit`` the id of the visit type that a block of columns belongs to, ``unit`` the UCUM code of all of the
    column's numbers, where the column tells it. ``order`` is how its dates are written, where only a person can say.
    """

    variable: str
    part: Part = Part.VALUE
    subject: Subject | None = None
    visit: str | None = None
    unit: str | None = None
    order: DateForm | None = None


class Evidence(Struct, frozen=True):
    """One reason for a link, or against it, by a code whose texts stand in the messages; facts fill them."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


OF_SHEET = "sheet-says-of-all"
"""The evidence of a table whose sheet is called by what may be the same for all of its rows."""

TIMES_ALONE = "content-times"
"""The evidence of a column that holds times of day, without the days that they are on."""

NO_HEADERS = "no-headers"
"""The evidence of a table that has none: nothing but what stands in its columns tells what they hold."""


class Approval(Struct, frozen=True):
    """Who decided on a link, by the role or the initials that they chose, and on which day."""

    by: str
    on: date


class Place(NamedTuple):
    """Which link it is: a table, a column of it, or a text of that column."""

    file: str
    sheet: str
    header_row: int
    column: int = -1
    variable: str = ""
    value: str | None = None


class Layout(NamedTuple):
    """How somebody says that a table is laid out: where its headers stand (rows from 1), and what a row of it is."""

    header_rows: tuple[int, int]
    shape: TableShape


Layouts = Mapping[Place, Layout]
"""How tables are laid out otherwise than they were found, by where they were found."""


Targets = Mapping[Place, Target]
"""What somebody says that columns are read as."""


class Constant(Struct, frozen=True):
    """What a table leaves out and is the same for all that it tells of: ``value`` is a code or a number of a register.

    ``variable`` is the catalogue's id: ``citizen.organisation``, ``visit.class``, ``visit.type`` ...
    """

    variable: str
    value: str
    approval: Approval | None = None


class TableLink(Struct, frozen=True):
    """A table of a file: where its header stands (rows from 1, first and last), what a row is, and how it is joined.

    ``rows`` counts the rows of data; ``keys`` are the columns (from 0) by which rows of several tables are joined.
    ``constants`` are what somebody has set for the table as a whole. ``columns`` are the first and the last one, since
    tables may stand beside each other.
    """

    file: str
    sheet: str
    header_rows: tuple[int, int]
    rows: int
    shape: TableShape
    keys: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    constants: tuple[Constant, ...] = ()
    columns: tuple[int, int] = (0, 0)

    @property
    def place(self) -> Place:
        """Which table it is of; ``header_row`` of its links is the first of its header rows."""
        return Place(self.file, self.sheet, self.header_rows[0])

    def said_by_sheet(self, variable: str) -> str:
        """The code that the name of the sheet says of all rows; empty where it says none."""
        said = (each.facts for each in self.evidence if each.code == OF_SHEET)
        return next((str(facts["codes"]) for facts in said if facts["variable"] == variable), "")


class ColumnLink(Struct, frozen=True):
    """What a column of a table is taken for; ``column`` counts from 0, ``target`` is None where nothing is proposed.

    ``header`` is the texts of the header rows joined by a space. A key by which rows are joined is left out as
    structure, and its target says what it names. ``approval`` is there where somebody decided.
    """

    file: str
    sheet: str
    header_row: int
    column: int
    header: str
    state: State
    target: Target | None = None
    evidence: tuple[Evidence, ...] = ()
    profile: Profile | None = None
    approval: Approval | None = None

    @property
    def place(self) -> Place:
        """Which column it is of."""
        return Place(self.file, self.sheet, self.header_row, self.column)

    @property
    def table(self) -> Place:
        """Which table the column stands in."""
        return Place(self.file, self.sheet, self.header_row)


TEXT_OF_LIST = "value-text-of-list"

NOT_THIS_ANSWER = "false"
"""The code of a text that says, in a column of one answer, that it is not this one."""


class ValueLink(Struct, frozen=True):
    """What a distinct value of a coded column is taken for: a code of the standard, or a reason why there is none.

    ``variable`` is what the value is one of (``observation.variable`` where it is the name of one, and ``code`` is then
    the id of a variable); ``code`` is ``true`` or ``false`` for a yes or no. ``missing`` is a dataAbsentReason code.
    ``count`` is in how many cells the value stands.
    """

    file: str
    sheet: str
    header_row: int
    column: int
    variable: str
    value: str
    count: int
    state: State
    code: str | None = None
    missing: str | None = None
    evidence: tuple[Evidence, ...] = ()
    approval: Approval | None = None

    @property
    def place(self) -> Place:
        """Which text of which column it is of."""
        return Place(self.file, self.sheet, self.header_row, self.column, self.variable, self.value)

    @property
    def table(self) -> Place:
        """Which table the text stands in."""
        return Place(self.file, self.sheet, self.header_row)

    @property
    def text_of_list(self) -> str:
        """What a list beside the data says that the text means, if one explains it."""
        return next((str(each.facts.get("text", "")) for each in self.evidence if each.code == TEXT_OF_LIST), "")

    @property
    def has_meaning(self) -> bool:
        """Whether anything is proposed for the text."""
        return self.code is not None or self.missing is not None


Link = ColumnLink | ValueLink
ALL_COLUMNS = range(sys.maxsize)
"""The columns of a table beside which no other stands."""


class MapUsed(Struct, frozen=True):
    """A map by which a table is known: the system and version that it is of, and the latest decision in it."""

    table: Place
    system: str
    version: str
    approval: Approval | None = None


class Proposal(Struct, frozen=True):
    """What files are taken for before anything of them is read: every column and distinct coded value is in it.

    ``maps`` are those whose decisions are in it.
    """

    tables: tuple[TableLink, ...]
    columns: tuple[ColumnLink, ...]
    values: tuple[ValueLink, ...]
    maps: tuple[MapUsed, ...] = ()

    def waiting(self) -> tuple[Link, ...]:
        """The links that wait for a yes, or that nothing is proposed for."""
        return tuple(link for link in self.links if link.state in (State.PROPOSED, State.UNMAPPED))

    @property
    def is_waiting(self) -> bool:
        """Whether anything waits for a yes: a link, or what the name of a sheet says of all of its rows."""
        return bool(self.waiting()) or any(self.said_by_sheets())

    def said_by_sheets(self) -> Iterator[tuple[TableLink, str, str]]:
        """What waits for a yes of tables as wholes: the variable and the code that the name of the sheet says."""
        for table in self.tables:
            for said in table.evidence:
                if said.code == OF_SHEET:
                    variable = str(said.facts["variable"])
                    columns = (each.target.variable for each in self.columns_of(table) if each.target is not None)
                    if variable not in {*columns, *(each.variable for each in table.constants)}:
                        yield table, variable, table.said_by_sheet(variable)

    def tables_of(self, file: str, sheet: str) -> tuple[TableLink, ...]:
        """The tables that stand in a sheet, from the top, and from the left where they stand beside each other."""
        here = (each for each in self.tables if (each.file, each.sheet) == (file, sheet))
        return tuple(sorted(here, key=lambda each: (each.header_rows[0], each.columns)))

    def span(self, table: TableLink) -> range:
        """The columns that a table has among those that stand beside it: all where none does."""
        begins = sorted(each.columns[0] for each in self.tables if each.place == table.place)
        before = [begin for begin in begins if begin < table.columns[0]]
        after = [begin for begin in begins if begin > table.columns[0]]
        return range(table.columns[0] if before else 0, after[0] if after else ALL_COLUMNS.stop)

    def columns_of(self, table: TableLink) -> tuple[ColumnLink, ...]:
        """The links of a table's columns."""
        span = self.span(table)
        return tuple(each for each in self.columns if each.table == table.place and each.column in span)

    def values_of(self, table: TableLink) -> tuple[ValueLink, ...]:
        """The links of the texts of a table's columns."""
        span = self.span(table)
        return tuple(each for each in self.values if each.table == table.place and each.column in span)

    @property
    def links(self) -> tuple[Link, ...]:
        """The links of the columns and then those of their texts."""
        return (*self.columns, *self.values)


READ_BY = frozenset((State.KNOWN, State.SURE))
"""The states of the links that are read by."""
