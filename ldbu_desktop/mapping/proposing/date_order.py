"""The dates of a row held against each other: what comes before what, and whether two columns could be exchanged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple, TypeVar

from ldbu_desktop.journal.fields import INTERVENTION_END, INTERVENTION_START, VISIT_END, VISIT_START, VISIT_TYPE
from ldbu_desktop.journal.model import Moment
from ldbu_desktop.mapping.links import Part
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.texts import TextKind
from ldbu_desktop.mapping.proposing.verdicts import Fit

_FEW = 0.1
_SOME = 0.5
USUAL = 0.75
"""So many visits are at the age that their kind is for, where their dates are right."""
_MANY = 0.9
_LONGEST_VISIT = timedelta(hours=14)
_ROWS_EXCHANGED = 300
"""Rows by which it is tried whether columns could be exchanged."""


class Role(Enum):
    """When something of a visit was, by what its column is taken for or named as."""

    BIRTH = auto()
    PREVIOUS = auto()
    START = auto()
    END = auto()
    SET_GOING = auto()
    """When an intervention began."""
    FINISHED = auto()
    """When an intervention ended."""
    PERIOD_START = auto()
    PERIOD_END = auto()
    RECORDED = auto()
    NEXT = auto()
    OTHER = auto()
    """Nobody knows when."""


class _Order(NamedTuple):
    """One moment that is never after another; where it is, ``blamed`` is contradicted, and other columns doubted."""

    earlier: Role
    later: Role
    code: str
    blamed: Role | None = None


_ORDERS = (
    _Order(Role.BIRTH, Role.START, "dates-before-births"),
    _Order(Role.PREVIOUS, Role.START, "dates-before-earlier-ones"),
    _Order(Role.START, Role.END, "ends-before-start", Role.END),
    _Order(Role.START, Role.RECORDED, "dates-after-later-ones"),
    _Order(Role.END, Role.RECORDED, "dates-after-later-ones"),
    _Order(Role.START, Role.NEXT, "dates-after-later-ones"),
    _Order(Role.START, Role.SET_GOING, "set-going-before-visit"),
    _Order(Role.SET_GOING, Role.FINISHED, "ends-before-start", Role.FINISHED),
    _Order(Role.PERIOD_START, Role.START, "begins-after-visit", Role.PERIOD_START),
    _Order(Role.PERIOD_START, Role.PERIOD_END, "ends-before-start", Role.PERIOD_END),
)
_NAMED = {"birth": Role.BIRTH, "previous": Role.PREVIOUS, "recorded": Role.RECORDED, "next": Role.NEXT}
"""The roles of columns that the standard does not ask for."""
_TAKEN = {
    (VISIT_START, Part.START): Role.START,
    (VISIT_END, Part.END): Role.END,
    (INTERVENTION_START, Part.START): Role.SET_GOING,
    (INTERVENTION_END, Part.END): Role.FINISHED,
}
_IN_PERIOD = {Part.START: Role.PERIOD_START, Part.END: Role.PERIOD_END}

Moments = Sequence[Moment | None]
_One = TypeVar("_One")
_Other = TypeVar("_Other")


class DateOrder:
    """Holds the columns of dates of one table against each other."""

    def __init__(self, table: TableDraft, agreement: Agreement) -> None:
        self._table = table
        self._agreement = agreement
        self._moments: dict[int, list[Moment | None]] = {}

    def hold(self) -> None:
        """Doubt what is in another order than it can have been, and what could as well be another column's."""
        dated = {
            column: role
            for column in self._table.columns
            if (role := self._role(column)) is not None and any(self.of(column))
        }
        for one, other, order in _pairs(dated):
            if order.earlier is Role.START and order.later is Role.END:
                self._hold_length(one, other)
            if share_of_pairs(self.of(other), self.of(one), is_before) > _FEW:
                for column, role, beside in ((one, order.earlier, other), (other, order.later, one)):
                    if role is order.blamed:
                        column.contradict(order.code, column=beside.header)
                    else:
                        column.weaken(order.code, column=beside.header)
        self._exchanged(dated)

    def of(self, column: ColumnDraft) -> list[Moment | None]:
        """The moments of a column in the kept rows."""
        if column.at not in self._moments:
            read = self._agreement.moments(column.column)
            self._moments[column.at] = [read.get(text) for text in column.cells]
        return self._moments[column.at]

    def ages_are_usual(self, start: ColumnDraft, moments: Moments) -> float:
        """The share of visits at moments that are at the age that their kind is for; 1 where no kind is told."""
        kinds = self._agreement.standard.visit_type_by_code
        told: list[str | None] = [start.visit] * len(moments)
        if start.visit is None:
            others = [column for column in self._table.columns if column.is_taken_for(VISIT_TYPE)]
            answers = self._agreement.answers.of(VISIT_TYPE)
            if not others or answers is None:
                return 1.0
            codes = others[0].codes or {}
            told = [answers.match(codes.get(text, text)).code for text in others[0].cells[: len(moments)]]
        known = [
            (kinds[code], (as_day(moment) - birth).days)
            for code, moment, birth in zip(told, moments, self._table.context.births, strict=False)
            if code is not None and moment is not None and birth is not None and kinds[code].from_days is not None
        ]
        usual = [(kind.from_days or 0) <= age < (kind.to_days or age + 1) for kind, age in known]
        return sum(usual) / len(usual) if usual else 1.0

    def _role(self, column: ColumnDraft) -> Role | None:
        if column.variable is None:
            is_dated = column.column.share(TextKind.DATE, TextKind.MOMENT) >= _MANY
            return _NAMED.get(column.heading.other, Role.OTHER) if is_dated else None
        if (role := _TAKEN.get((column.variable, column.part))) is not None:
            return role
        return _IN_PERIOD.get(column.part) if "." not in column.variable else None

    def _hold_length(self, start: ColumnDraft, end: ColumnDraft) -> None:
        if share_of_pairs(self.of(end), self.of(start), _is_long_after) > _FEW:
            end.contradict("ends-long-after", column=start.header)

    # --- whether the content of one would do as that of another -------------------------------------------------------

    def _exchanged(self, dated: Mapping[ColumnDraft, Role]) -> None:
        """Columns whose contents could have changed places without anything against it are not told apart by them."""
        doubted: dict[ColumnDraft, ColumnDraft] = {}
        contents = {column: self.of(column)[:_ROWS_EXCHANGED] for column in dated}
        for one in dated:
            for other in dated:
                is_pair = _is_taken(one) and one is not other and (one.block == other.block or not _is_taken(other))
                if not is_pair or one.verdict.fit is not Fit.FITS or contents[one] == contents[other]:
                    continue
                exchanged = {**contents, one: contents[other], other: contents[one]}
                if self._is_possible(dated, exchanged, (one, other)):
                    doubted[one] = other
        for column, other in doubted.items():
            column.weaken("content-of-others-too", column=other.header)

    def _is_possible(
        self, dated: Mapping[ColumnDraft, Role], contents: Mapping[ColumnDraft, Moments], of: Sequence[ColumnDraft]
    ) -> bool:
        """Whether nothing speaks against the contents of the columns ``of``."""
        for one, other, order in _pairs(dated):
            if one not in of and other not in of:
                continue
            if share_of_pairs(contents[other], contents[one], is_before) > _FEW:
                return False
            is_visit = order.earlier is Role.START and order.later is Role.END
            if is_visit and share_of_pairs(contents[other], contents[one], _is_long_after) > _FEW:
                return False
        starts = [column for column in of if dated[column] is Role.START]
        return all(self._may_be_start(start, contents[start]) for start in starts)

    def _may_be_start(self, start: ColumnDraft, moments: Moments) -> bool:
        births = self._table.context.births
        return (
            share_of_pairs(moments, births, is_before_birth) <= _FEW
            and share_of_pairs(moments, births, is_birth) <= _SOME
            and self.ages_are_usual(start, moments) >= USUAL
        )


def _pairs(dated: Mapping[ColumnDraft, Role]) -> Iterator[tuple[ColumnDraft, ColumnDraft, _Order]]:
    """The columns of which one is never after the other: of one block, and one variable's where they are a period's."""
    for order in _ORDERS:
        for one, role in dated.items():
            for other, of_other in dated.items():
                if (role, of_other) != (order.earlier, order.later):
                    continue
                is_one_block = one.block == other.block or not (_is_taken(one) and _is_taken(other))
                if is_one_block and (order.later is not Role.PERIOD_END or one.variable == other.variable):
                    yield one, other, order


def _is_taken(column: ColumnDraft) -> bool:
    return column.variable is not None


def share_of_pairs(
    ones: Sequence[_One | None], others: Sequence[_Other | None], holds: Callable[[_One, _Other], bool]
) -> float:
    """The share of rows with both in which something holds of them; 0 where there is none."""
    pairs = [(one, other) for one, other in zip(ones, others, strict=False) if one is not None and other is not None]
    return sum(1 for one, other in pairs if holds(one, other)) / len(pairs) if pairs else 0.0


def is_before(one: Moment, other: Moment) -> bool:
    """Whether a moment is before another; a day is not before a time of the same day."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return as_day(one) < as_day(other)


def _is_long_after(last: Moment, first: Moment) -> bool:
    return _as_time(last) - _as_time(first) > _LONGEST_VISIT


def is_birth(moment: Moment, birth: date) -> bool:
    """Whether a moment is on the day of a birth."""
    return as_day(moment) == birth


def is_before_birth(moment: Moment, birth: date) -> bool:
    """Whether a moment is more than a day before a birth."""
    return as_day(moment) < birth - timedelta(days=1)


def as_day(moment: Moment) -> date:
    """The day of a moment."""
    return moment.date() if isinstance(moment, datetime) else moment


def _as_time(moment: Moment) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime(moment.year, moment.month, moment.day)
