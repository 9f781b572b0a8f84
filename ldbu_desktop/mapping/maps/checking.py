"""What in a map does not hold: against a standard, and against the files that it is to be used for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.fields import (
    CITIZEN_CPR,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_SUBJECT,
    OBSERVATION_UNIT,
    VISIT_TYPE,
)
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.linked.meanings import meaning
from ldbu_desktop.mapping.linked.targets import field_of
from ldbu_desktop.mapping.links import (
    NOT_THIS_ANSWER,
    OBSERVATION_VALUE,
    OBSERVATION_VARIABLE,
    ColumnLink,
    Part,
    Proposal,
    State,
    Target,
    ValueLink,
)
from ldbu_desktop.mapping.maps.model import Decision, Map, MapColumn, MapTable
from ldbu_desktop.mapping.maps.recall import header_keys, likeness
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import wide_shape

_OF_OBSERVATIONS = frozenset((OBSERVATION_VARIABLE, OBSERVATION_VALUE, OBSERVATION_UNIT, OBSERVATION_SUBJECT))


def not_in_standard(made: Map, vocabulary: Vocabulary) -> Iterator[FileFault]:
    """The variables, units and codes of a map that the standard does not have; facts say where, and no line."""
    shape = wide_shape(vocabulary)
    for table in made.tables:
        for column in table.columns:
            if column.state is not Decision.APPROVED:
                continue
            target = Target(column.variable, column.part, column.subject, column.visit or None, column.unit or None)
            is_known = column.variable in _OF_OBSERVATIONS or field_of(target, shape) is not None
            is_visit = not column.visit or vocabulary.reading(VISIT_TYPE)(column.visit) is not None
            is_unit = not column.unit or vocabulary.unit(column.variable, column.unit) is not None
            if not (is_known and is_visit and is_unit):
                yield FileFault("map-variable-not-there", header=column.header, id=column.variable)
                continue
            yield from _codes(column, vocabulary)
        for constant in table.constants:
            if not may_be_constant(constant.variable, constant.value, vocabulary):
                yield FileFault("map-code-not-there", header=constant.variable, code=constant.value)
        yield from _twice(table)


def may_be_constant(variable: str, value: str, vocabulary: Vocabulary) -> bool:
    """Whether the standard has such a value of a variable, and it is not what tells one person from all others."""
    is_known = variable in vocabulary.standard.variable and variable != CITIZEN_CPR
    return is_known and vocabulary.reading(variable)(value) is not None


def _twice(table: MapTable) -> Iterator[FileFault]:
    """The columns of a table that are read as what another is read as already."""
    read: dict[tuple[object, ...], MapColumn] = {}
    for column in table.columns:
        if column.state is Decision.APPROVED and column.part is not Part.ANSWER:
            target = (column.variable, column.part, column.subject, column.visit)
            if (first := read.setdefault(target, column)) is not column:
                yield FileFault("map-column-linked-twice", header=column.header, first=first.header, id=column.variable)


def _codes(column: MapColumn, vocabulary: Vocabulary) -> Iterator[FileFault]:
    if column.part in (Part.UNIT, Part.MISSING_REASON):
        return
    for value in column.values:
        variable = value.variable or column.variable
        is_no_answer = column.part is Part.ANSWER and value.code == NOT_THIS_ANSWER
        is_meant = value.state is Decision.APPROVED and value.code and not is_no_answer
        if is_meant and variable != OBSERVATION_VALUE and meaning(vocabulary, variable, value.code) is None:
            yield FileFault("map-code-not-there", header=column.header, code=value.code)
        elif value.missing and vocabulary.reading(OBSERVATION_MISSING_REASON)(value.missing) is None:
            yield FileFault("map-code-not-there", header=column.header, code=value.missing)


@dataclass(frozen=True, slots=True)
class MapFit:
    """How a map goes with files: what it knows of them, what it does not, and what of it is not in them.

    ``differs`` are columns and values that the map knows and that hold, or mean, something else now.
    """

    is_for_them: bool
    known: tuple[ColumnLink | ValueLink, ...]
    waiting: tuple[ColumnLink | ValueLink, ...]
    differs: tuple[ColumnLink | ValueLink, ...]
    not_in_files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedMap:
    """What was found in a map: what does not fit in its file and in the standard, and how it goes with files."""

    faults: tuple[FileFault, ...]
    fit: MapFit | None = None

    @property
    def is_right(self) -> bool:
        """Whether it can be used as it is, and knows all of the files."""
        return not self.faults and (self.fit is None or not (self.fit.waiting or self.fit.differs))


def fit_of(made: Map, proposal: Proposal) -> MapFit:
    """How a map goes with files, of which ``proposal`` has its decisions in it."""
    links = proposal.links
    told = {"remembered-content-differs", "remembered-meaning-differs", "remembered-columns-exchanged"}
    differs = tuple(each for each in links if told & {one.code for one in each.evidence})
    return MapFit(
        bool(proposal.maps),
        tuple(each for each in links if each.approval is not None and each.state in (State.KNOWN, State.LEFT_OUT)),
        tuple(each for each in proposal.waiting() if each not in differs),
        differs,
        tuple(_not_in(made, proposal)),
    )


def _not_in(made: Map, proposal: Proposal) -> Iterator[str]:
    """The headers of the map's tables that the tables like them do not have."""
    headers = [frozenset(header_keys(proposal, table).values()) for table in proposal.tables]
    for table in made.tables:
        best = max(headers, key=lambda each: likeness(each, table), default=frozenset())
        yield from (
            column.header for column in table.columns if (header_key(column.header), column.ordinal) not in best
        )


@dataclass(frozen=True, slots=True)
class MapDifference:
    """Something that two maps say differently of a column, or of a text in it; empty where one says nothing."""

    header: str
    value: str
    first: str
    second: str


def differences(first: Map, second: Map) -> tuple[MapDifference, ...]:
    """What two maps say differently, column by column; who decided and when makes no difference."""
    one, other = _said(first), _said(second)
    return tuple(
        MapDifference(*key, one.get(key, ""), other.get(key, ""))
        for key in dict.fromkeys((*one, *other))
        if one.get(key) != other.get(key)
    )


def _said(made: Map) -> dict[tuple[str, str], str]:
    said: dict[tuple[str, str], str] = {}
    for table in made.tables:
        said |= _said_of(table)
    return said


def _said_of(table: MapTable) -> dict[tuple[str, str], str]:
    said = {(constant.variable, "="): constant.value for constant in table.constants}
    for column in table.columns:
        name = column.header if column.ordinal == 1 else f"{column.header} ({column.ordinal})"
        parts = (column.state, column.variable, column.part, column.subject, column.visit, column.unit, column.order)
        said[name, ""] = " ".join(str(part) for part in parts if part)
        for value in column.values:
            said[name, value.value] = " ".join(filter(None, (value.state, value.variable, value.code, value.missing)))
    return said
