"""The visits of the file or of a family as a table: a row a visit, a column a variable. A view of the journal."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate
from typing import Any, overload

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QIcon

from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.model import Family, Observation, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.words import citizen_in, entry_words, severity_word, visit_day, visit_name
from ldbu_desktop.standard.model import Variable
from ldbu_desktop.ui.children.unchecked import ShownUnchecked
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.table_model import Column, TableModel
from ldbu_desktop.ui.order_keys import entry_key, weight_key
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.severity import colour_of, icon_of
from ldbu_desktop.ui.theme import colour
from ldbu_desktop.workspace.index import variables_of

Place = tuple[int, int]
"""A row: which family of the journal, and which visit of it."""

_VARIABLE_WIDTH = 34


class Places(Sequence[Place]):
    """The rows of a whole file: of a hundred thousand visits none is made before it is asked for."""

    def __init__(self, families: Sequence[Family]) -> None:
        self._ends = array("L", accumulate(len(family.visits) for family in families))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, row: int) -> Place: ...
    @overload
    def __getitem__(self, row: slice) -> list[Place]: ...
    def __getitem__(self, row: int | slice) -> Place | list[Place]:
        if isinstance(row, slice):
            return [self[at] for at in range(*row.indices(len(self)))]
        at = row if row >= 0 else len(self) + row
        if not 0 <= at < len(self):
            raise IndexError(row)
        family = bisect_right(self._ends, at)
        return family, at - (self._ends[family - 1] if family else 0)


class OverviewModel(TableModel[Place]):
    """Nothing is made ready: a cell is looked up when it is drawn, so that ten thousand visits cost nothing."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        self._fixed: tuple[Column[Place], ...] = (
            Column(
                "status",
                lambda: tr("Status"),
                self._status,
                width=26,
                roles={Qt.ItemDataRole.DecorationRole: self._icon, Qt.ItemDataRole.ForegroundRole: self._ink},
                key=lambda at: weight_key(self._state(at)[0]) if self._is_checked(at) else None,
            ),
            Column("citizen", lambda: tr("Borger"), self._citizen, width=27),
            Column(
                "type", lambda: tr("Kontakttype"), lambda at: visit_name(self._visit(at), session.standard), width=53
            ),
            Column(
                "day",
                lambda: tr("Dato"),
                lambda at: visit_day(self._visit(at)),
                width=29,
                key=lambda at: entry_key(self._visit(at).start),
            ),
            Column(
                "findings",
                lambda: tr("Antal fund"),
                lambda at: str(self._state(at)[1] or ""),
                is_number=True,
                wraps_title=True,
                width=16,
                key=lambda at: self._state(at)[1] or None,
            ),
        )
        super().__init__(self._fixed, parent, session.order)
        self._session = session
        self._variables: dict[str, Variable] = {}
        self._unchecked = ShownUnchecked(session)
        session.checked.connect(self._follow_check)
        session.unmasked.connect(self.retell)
        session.changed.connect(self._follow_change)

    def refill(self) -> None:
        """Show the visits of what is selected: the whole file, or a family."""
        key, families = self._session.selection.family, self._session.journal.families
        rows: Sequence[Place]
        if key:
            rows = [(at, of) for at in self._session.work.places(key) for of in range(len(families[at].visits))]
        else:
            rows = Places(families)
        used = self._used(rows) if self._session.is_open else ()
        self._variables = {variable.id: variable for variable in used}
        self._unchecked.forget()
        self.show(rows, (*self._fixed, *map(self._column, used)))

    def _follow_check(self) -> None:
        if self.rows and self._unchecked.take_checked():
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))

    def _follow_change(self, change: Change) -> None:
        """Say the visits of the families that are other anew.

        Where some came or went, or something is observed that was not, other rows or columns are shown.
        """
        if self.rows and (change.is_regrouped or self._lacks_column):
            self.refill()
            return
        known = self._session.work.index.families
        families = [known[key] for key in change.families | change.rejudged if key in known]
        if families and self.order is not None:
            self.retell()
        elif families:
            # The rows stand in the order of the journal.
            first, end = bisect_left(self.rows, (min(families), 0)), bisect_left(self.rows, (max(families) + 1, 0))
            if first < end:
                self.dataChanged.emit(self.index(first, 0), self.index(end - 1, len(self.columns) - 1))

    def clear(self) -> None:
        """Show nothing, until it is said what to show; the columns stay, as those of another file are the same."""
        self.show(())

    def _used(self, rows: Sequence[Place]) -> tuple[Variable, ...]:
        """The variables that have a column: those that a visit has, of the file or of the family."""
        is_whole = isinstance(rows, Places)
        there = self._session.work.index.variables if is_whole else variables_of(map(self._visit, rows))
        return tuple(variable for variable in self._session.standard.observed if variable.id in there)

    @property
    def _lacks_column(self) -> bool:
        return any(variable.id not in self._variables for variable in self._used(self.given))

    def _column(self, variable: Variable) -> Column[Place]:
        """The column of a variable."""

        def severity_of(at: Place) -> Severity | None:
            visit, work = self._visit(at).key, self._session.work
            severities = [work.severity_at(visit, one.key) for one in self._observations(at, variable.id)]
            return min(severities, key=weight_key, default=None)

        def ink(at: Place) -> QColor | None:
            severity = severity_of(at)
            return colour(colour_of(severity)) if severity else None

        def spoken(at: Place) -> str:
            told, severity = self._value(at, variable.id), severity_of(at)
            return f"{told}, {severity_word(severity)}" if severity else told

        return Column(
            variable.id,
            lambda: variable.label[chosen()],
            lambda at: self._value(at, variable.id),
            is_number=variable.kind == "quantity",
            width=_VARIABLE_WIDTH,
            roles={Qt.ItemDataRole.ForegroundRole: ink, Qt.ItemDataRole.AccessibleTextRole: spoken},
            key=(lambda at: self._size(at, variable)) if variable.kind == "quantity" else None,
        )

    def where_at(self, index: AnyIndex) -> Where:
        """What a cell stands for: the visit, and the variable if it is one's."""
        at, column = self.rows[index.row()], self.columns[index.column()]
        visit = self._visit(at)
        observation = self._observation(at, column.id) if column.id in self._variables else None
        if observation is None:
            return Where(visit=visit.key)
        return Where(visit=visit.key, record=observation.key, variable=column.id)

    # what a cell says

    def _family(self, at: Place) -> Family:
        return self._session.journal.families[at[0]]

    def _visit(self, at: Place) -> Visit:
        return self._session.journal.families[at[0]].visits[at[1]]

    def _state(self, at: Place) -> tuple[Severity | None, int]:
        return self._session.work.state(Where(visit=self._visit(at).key))

    def _is_checked(self, at: Place) -> bool:
        return self._unchecked.is_checked(Where(visit=self._visit(at).key))

    def _status(self, at: Place) -> str:
        return severity_word(self._state(at)[0]) if self._is_checked(at) else ""

    def _ink(self, at: Place) -> QColor | None:
        severity = self._state(at)[0]
        return colour(colour_of(severity)) if severity else None

    def _icon(self, at: Place) -> QIcon | None:
        if not self._is_checked(at):
            return None
        severity = self._state(at)[0]
        return icon(icon_of(severity), colour_of(severity))

    def _citizen(self, at: Place) -> str:
        family = self._family(at)
        citizen = citizen_in(family, self._visit(at).subject.value)
        return citizen_name(citizen, family, shown=self._session.shows_cpr) if citizen else ""

    def _observations(self, at: Place, variable: str) -> list[Observation]:
        return [one for one in self._visit(at).observations if one.variable.value == variable]

    def _observation(self, at: Place, variable: str) -> Observation | None:
        return next(iter(self._observations(at, variable)), None)

    def _size(self, at: Place, variable: Variable) -> Any:
        """What visits are ordered by under a quantity: what it is in the variable's first unit."""
        observation = self._observation(at, variable.id)
        if observation is None:
            return None
        factors = {unit.code: unit.factor for unit in variable.units}
        return entry_key(observation.value, factors.get(observation.unit.value or "", Decimal(1)))

    def _value(self, at: Place, variable: str) -> str:
        """All that is recorded of a variable: findings and periods of feeding repeat."""
        return "; ".join(self._told(at, one) for one in self._observations(at, variable))

    def _told(self, at: Place, observation: Observation) -> str:
        if observation.value.is_empty and not observation.missing_reason.is_empty:
            return tr("ikke oplyst")
        session, variable = self._session, observation.variable.value or ""
        told = entry_words(observation.value, variable, session.standard, self._family(at), shown=session.shows_cpr)
        return f"{told} {observation.unit.value}" if observation.unit.value else told
