"""Where a linked table has its fields: those of each of its visits, and the cells that are made of two."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from ldbu_desktop.journal.fields import (
    OBSERVATION_END,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_START,
    OBSERVATION_STATUS,
    OBSERVATION_SUBJECT,
    OBSERVATION_UNIT,
    RESPONSE_INFORMER,
    VISIT_END,
    VISIT_START,
    VISIT_TYPE,
)
from ldbu_desktop.journal.model import NO_COLUMN
from ldbu_desktop.mapping.linked.forms import ByColumn, LinkedForms
from ldbu_desktop.mapping.linked.meanings import Meanings
from ldbu_desktop.mapping.linked.targets import TIME_OF, field_of
from ldbu_desktop.mapping.links import (
    OBSERVATION_VALUE,
    OBSERVATION_VARIABLE,
    READ_BY,
    TIMES_ALONE,
    VISIT_KEY,
    ColumnLink,
    ContentKind,
    Part,
    State,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.mapping.wide_columns import VALUE, WideColumn, WideShape

COLUMN_WAITS = "file-column-waits"
COLUMN_UNMAPPED = "file-column-unmapped"
COLUMN_LEFT_OUT = "file-column-left-out"
COLUMN_TWICE = "file-column-linked-twice"
COLUMN_NOT_IN_STANDARD = "file-column-not-in-standard"

_NOT_READ = {State.PROPOSED: COLUMN_WAITS, State.UNMAPPED: COLUMN_UNMAPPED, State.LEFT_OUT: COLUMN_LEFT_OUT}
WHY_NOT_READ = frozenset(_NOT_READ.values())
"""The codes that tell why a column is not read."""

_OF_OBSERVATIONS = {
    OBSERVATION_VARIABLE: "variable",
    OBSERVATION_VALUE: "value",
    OBSERVATION_UNIT: "unit",
    OBSERVATION_SUBJECT: "subject",
    OBSERVATION_MISSING_REASON: "missing_reason",
    OBSERVATION_START: "start",
    OBSERVATION_END: "end",
    OBSERVATION_STATUS: "status",
}
"""The fields of our table of observations, by what a column is taken for in a table that has a row for each."""

_JOINED = ((VISIT_START, "start"), (VISIT_END, "end"))
_PARTS_OF_VALUES = frozenset(("unit", "start", "end"))
_PEOPLE = ("child", "child_cpr")


class Layout(Struct):
    """The fields of a table by column.

    ``shared`` are those of all visits of a row, ``blocks`` those of each by the visit type, ``observation`` those of a
    row that is one. ``unread`` has the code that tells why a column is not read. ``answers`` are the columns of one
    answer each by the first of them, whose cell is made of all. ``joins`` and ``reasons`` are the
    cells to be made, in the order in which they are put after the ``width`` cells of a row; ``borrowed`` are the times
    of ends on the day of the start, which ends nothing by itself.
    """

    table: TableLink
    width: int
    shared: dict[str, int] = field(default_factory=dict)
    blocks: dict[str, dict[str, int]] = field(default_factory=dict)
    observation: dict[str, int] = field(default_factory=dict)
    unread: dict[int, str] = field(default_factory=dict)
    twice: dict[int, int] = field(default_factory=dict)
    targets: dict[int, Target] = field(default_factory=dict)
    answers: dict[int, list[int]] = field(default_factory=dict)
    joins: list[tuple[int, int]] = field(default_factory=list)
    borrowed: set[int] = field(default_factory=set)
    reasons: list[tuple[int, int]] = field(default_factory=list)

    @property
    def made(self) -> int:
        """The column after the cells that are made of two."""
        return self.width + len(self.joins) + len(self.reasons)

    @property
    def identity(self) -> tuple[int, ...]:
        """The columns that say whom a row is about and, where it is one visit, which; one is filled in every row."""
        names = (*_PEOPLE, *(WideColumn(number, part).field for number in (1, 2) for part in ("cpr", "key")))
        more = ("key", "start") if not self.blocks else ()
        found = (self.shared[name] for name in (*names, *more) if name in self.shared)
        return tuple(column if column < self.width else self.joins[column - self.width][0] for column in found)

    @property
    def tells_people_only(self) -> bool:
        """Whether a row has nothing of a visit: it tells who somebody is."""
        people = (*_PEOPLE, "organisation", *(WideColumn(n, part).field for n in (1, 2) for part in ("cpr", "key")))
        return not (self.blocks or self.observation) and set(self.shared) <= set(people)

    @property
    def has_days(self) -> bool:
        """Whether the table itself says when its visits were."""
        return "start" in self.shared or any("start" in fields for fields in self.blocks.values())


def layout(table: TableLink, columns: Sequence[ColumnLink], shape: WideShape, vocabulary: Vocabulary) -> Layout:
    """The places of what the links of a table's columns say."""
    found = Layout(table, 1 + max((link.column for link in columns), default=NO_COLUMN))
    for link in sorted(columns, key=lambda each: each.column):
        target = _target_read(link, table)
        if target is None:
            found.unread[link.column] = _NOT_READ.get(link.state, COLUMN_UNMAPPED)
            continue
        if target.variable == RESPONSE_INFORMER:
            target = _of_only_questionnaire(target, columns)
        fields, name = _place(found, target, shape, vocabulary)
        is_answer = target.part is Part.ANSWER
        if name is None:
            found.unread[link.column] = COLUMN_NOT_IN_STANDARD
        elif is_answer and fields.get(name, link.column) in (link.column, *found.answers):
            first = fields.setdefault(name, link.column)
            found.answers.setdefault(first, []).append(link.column)
            found.targets[link.column] = target
        elif name in fields:
            found.unread[link.column] = COLUMN_TWICE
            found.twice[link.column] = fields[name]
        else:
            fields[name] = link.column
            found.targets[link.column] = target
    for fields in (found.shared, *found.blocks.values()):
        _leave_out_parts(found, fields, shape)
    return found


def _of_only_questionnaire(target: Target, columns: Sequence[ColumnLink]) -> Target:
    """Who filled in the only questionnaire of a table."""
    answers = [each.target for each in columns if each.target is not None and "/" in each.target.variable]
    filled = {(each.variable.partition("/")[0], each.subject) for each in answers}
    if len(filled) != 1:
        return target
    questionnaire, subject = filled.pop()
    return Target(f"{questionnaire}/{RESPONSE_INFORMER}", subject=subject, visit=target.visit)


def _leave_out_parts(found: Layout, fields: dict[str, int], shape: WideShape) -> None:
    """A unit or a time of a value that is not read waits with it."""
    for name, column in list(fields.items()):
        known = shape.columns.get(name)
        is_part = known is not None and bool(known.variable) and known.part in _PARTS_OF_VALUES
        if is_part and known is not None and known._replace(part=VALUE).field not in {**found.shared, **fields}:
            del fields[name], found.targets[column]
            found.unread[column] = COLUMN_WAITS


def _target_read(link: ColumnLink, table: TableLink) -> Target | None:
    """What a column is read as: what it is taken for where that is certain, and a key by which rows are joined.

    An end that is told by its time of day alone is on the day of the start.
    """
    if link.state in READ_BY:
        target = link.target
        is_end = target is not None and (target.variable, target.part) == (VISIT_END, Part.END)
        return replace(target, part=Part.TIME) if target is not None and is_end and _is_of_times(link) else target
    if link.state is not State.LEFT_OUT or link.approval is not None:
        return None
    if link.target is None and link.column in table.keys:
        return Target(VISIT_KEY, Part.KEY)
    return link.target if link.target is not None and link.target.part is Part.KEY else None


def _is_of_times(link: ColumnLink) -> bool:
    """Whether a column holds times of day without a day."""
    is_time = link.profile is not None and link.profile.kind is ContentKind.TIME
    return is_time or any(each.code == TIMES_ALONE for each in link.evidence)


def _place(
    found: Layout, target: Target, shape: WideShape, vocabulary: Vocabulary
) -> tuple[dict[str, int], str | None]:
    """The fields among which a target has its place, and its name there; None where the standard has no such thing."""
    if found.table.shape is TableShape.OBSERVATION and target.variable in _OF_OBSERVATIONS:
        return found.observation, _OF_OBSERVATIONS[target.variable]
    name = field_of(target, shape)
    if target.visit is None:
        return found.shared, name
    code = vocabulary.reading(VISIT_TYPE)(target.visit)
    if not isinstance(code, str):
        return found.shared, None
    return found.blocks.setdefault(code, {}), name


def meanings(columns: Iterable[ColumnLink], values: Iterable[ValueLink], vocabulary: Vocabulary) -> ByColumn:
    """The meanings of the texts of a table, by column and by what they are values of."""
    parts = {link.column: link.target for link in columns}
    links: dict[tuple[int, str], list[ValueLink]] = {}
    for value in values:
        links.setdefault((value.column, value.variable), []).append(value)
    found: dict[tuple[int, str], Meanings] = {}
    for (column, variable), of_column in links.items():
        target = parts.get(column)
        part = target.part if target is not None else Part.VALUE
        if variable in (OBSERVATION_UNIT, OBSERVATION_MISSING_REASON):
            part = Part.UNIT if variable == OBSERVATION_UNIT else Part.MISSING_REASON
        name = {Part.UNIT: OBSERVATION_UNIT, Part.MISSING_REASON: OBSERVATION_MISSING_REASON}.get(part, variable)
        found[column, name] = Meanings(vocabulary, of_column, part)
    return found


def make_cells(found: Layout, forms: LinkedForms, shape: WideShape) -> None:
    """Add the cells that are made of several to the fields, and tell the forms what they are made of."""
    forms.answers, forms.borrowed = found.answers, found.borrowed
    for fields in (found.shared, *found.blocks.values()):
        _join_times(found, fields, forms)
    for column, target in found.targets.items():
        if target.unit:
            forms.units[column] = target.unit
        if target.order is not None:
            forms.orders[column] = target.order
    for (column, variable), known in forms.meanings.items():
        if column in found.targets and any(fate.missing for fate in known.fates.values()):
            _make_reason(found, column, variable, forms, shape)


def _join_times(found: Layout, fields: dict[str, int], forms: LinkedForms) -> None:
    day_of_start = fields.get("start", found.shared.get("start", NO_COLUMN))
    made: dict[str, int] = {}
    for variable, name in _JOINED:
        time = fields.pop(TIME_OF[variable], None)
        day = fields.get(name, day_of_start)
        if time is not None and day == NO_COLUMN:
            # A time without the day that it is on waits for that.
            del found.targets[time]
            found.unread[time] = COLUMN_WAITS
        elif time is not None:
            if name == "end" and name not in fields:
                found.borrowed.add(time)
            made[name] = found.width + len(found.joins)
            found.joins.append((day, time))
            forms.joined[made[name]] = day, time
    fields.update(made)


def _make_reason(found: Layout, column: int, variable: str, forms: LinkedForms, shape: WideShape) -> None:
    """The field of a reason where a value's column has texts that say why there is none."""
    target = found.targets[column]
    if target.variable == OBSERVATION_VALUE:
        name, fields = "missing_reason", found.observation
    elif column in found.observation.values():
        # Units and whom a row is about have no reasons of their own.
        return
    else:
        fields = next(each for each in (found.shared, *found.blocks.values()) if column in each.values())
        reason = field_of(Target(variable, Part.MISSING_REASON, target.subject, target.visit), shape)
        if reason is None or target.part is not Part.VALUE:
            return
        name = reason
    written = fields.get(name, NO_COLUMN)
    if written in forms.reasons:
        return
    at = found.width + len(found.joins) + len(found.reasons)
    fields[name] = at
    found.reasons.append((written, column))
    forms.reasons[at] = written, column
