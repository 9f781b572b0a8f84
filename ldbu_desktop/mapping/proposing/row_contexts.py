"""What is known of each row beside the column in question: whose it is, and the day of the visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import CITIZEN_CPR, VISIT_START
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.mapping.links import Part, Subject
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.texts import TextKind, is_cpr
from ldbu_desktop.mapping.proposing.verdicts import Context, Fit

_MANY = 0.8
_SOME = 0.5
_SEEN_BY = frozenset(("employee", "team", "class", "notes"))


class RowContexts:
    """The children and days of a table's rows, by the block of columns that a visit has; "" is the row itself."""

    def __init__(self, table: TableDraft, agreement: Agreement) -> None:
        self._table = table
        self._agreement = agreement
        self._starts: dict[str, ColumnDraft | None] = {}
        self._contexts: dict[str, Context] = {}

    def of(self, block: str) -> Context:
        """The child's CPR number and the day of each kept row: of a block, or of the row."""
        known = self._contexts.get(block)
        if known is None:
            known = self._contexts[block] = self._context_of(block)
        return known

    def _context_of(self, block: str) -> Context:
        rows = len(self._table.profile.kept)
        context = Context([None] * rows, [None] * rows, [None] * rows)
        child = self._child()
        if child is not None:
            numbers = [readings.cpr(text) for text in child.cells]
            context.cprs = [number if number and birth_date(number) else None for number in numbers]
            context.births = [birth_date(number) if number else None for number in context.cprs]
        start = self.start(block)
        if start is not None:
            read = self._agreement.moments(start.column)
            moments = [read.get(text) for text in start.cells]
            context.days = [moment.date() if isinstance(moment, datetime) else moment for moment in moments]
        return context

    def _child(self) -> ColumnDraft | None:
        """The column with the child's CPR numbers."""
        found = [
            column
            for column in self._table.columns
            if column.may_be(CITIZEN_CPR)
            and column.heading.subject in (None, Subject.CHILD)
            and column.column.share_of(is_cpr) >= _SOME
        ]
        found.sort(key=lambda column: (column.heading.subject is Subject.CHILD, -column.at), reverse=True)
        return found[0] if found else self._untold(self._may_be_of_children)

    def _may_be_of_children(self, column: ColumnDraft) -> bool:
        verdict = self._agreement.verdict(
            column.column, column.cells, CITIZEN_CPR, Part.CPR, Context(), subject=Subject.CHILD
        )
        return verdict.fit > Fit.EMPTY

    def _of_visits(self) -> ColumnDraft | None:
        """The one column of dates whose header tells no other date: of a thing, or of a note, or of who saw the child
        and when."""
        found = [
            column
            for column in self._table.columns
            if (
                (column.heading.other in _SEEN_BY and "date" in column.heading.parts)
                or (
                    not column.heading.other
                    and not column.heading.is_key
                    and all(each.part in (Part.VALUE, Part.NAME) for each in column.heading.candidates)
                )
            )
            and _is_of_dates(column)
        ]
        return found[0] if len(found) == 1 else None

    def _untold(self, holds: Callable[[ColumnDraft], bool]) -> ColumnDraft | None:
        """The one column of which the header says nothing and something holds."""
        found = [column for column in self._table.columns if column.says_nothing and holds(column)]
        return found[0] if len(found) == 1 else None

    def start(self, block: str) -> ColumnDraft | None:
        """The column with the day of the visit."""
        if block not in self._starts:
            self._starts[block] = self._start_of(block)
        return self._starts[block]

    def _start_of(self, block: str) -> ColumnDraft | None:
        found = [
            (column.heading.is_visit_part, candidate.words, -column.at, column)
            for column in self._table.columns
            for candidate in column.heading.candidates
            if candidate.variable == VISIT_START
            and (
                candidate.part is Part.START
                or (candidate.part is Part.TIME and column.column.share(TextKind.MOMENT) >= _MANY)
            )
            and (not block or column.heading.block == block)
            and column.column.share(TextKind.DATE, TextKind.MOMENT, TextKind.WHOLE) >= _SOME
        ]
        if found or block:
            return max(found, key=lambda each: each[:3])[3] if found else None
        return self._untold(_is_of_dates) or self._of_visits()


def _is_of_dates(column: ColumnDraft) -> bool:
    return column.column.share(TextKind.DATE, TextKind.MOMENT) >= _MANY
