"""The tree of the file, its families and their visits: a view of the session's journal, which it never copies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from ldbu_desktop import clock
from ldbu_desktop.editing.change import Change
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.mask import COVERED
from ldbu_desktop.journal.model import Family, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.people import citizen_name, family_name, name_in_family
from ldbu_desktop.rendering.words import (
    age_words,
    citizen_cpr,
    citizen_in,
    near_delivered_words,
    severity_word,
    visit_day,
    visit_name,
    visits_words,
)
from ldbu_desktop.ui.children.unchecked import ShownUnchecked
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.tree import CountedRows
from ldbu_desktop.ui.pace import Slicer, until_calm
from ldbu_desktop.ui.session import Session
from ldbu_desktop.work import Cancellation

if TYPE_CHECKING:
    from ldbu_desktop.workspace.facets import VisitSet


class Role(IntEnum):
    """What the tree tells about a row beside its text."""

    SECOND_LINE = Qt.ItemDataRole.UserRole + 1
    STATE = Qt.ItemDataRole.UserRole + 2
    """The heaviest severity, and how many findings."""
    IS_JUDGED = Qt.ItemDataRole.UserRole + 4
    DELIVERED = Qt.ItemDataRole.UserRole + 5
    IS_CORRECTED = Qt.ItemDataRole.UserRole + 6
    """Whether a visit was corrected since it was delivered."""


class VisitFilter(StrEnum):
    """Which visits the tree shows."""

    ALL = "all"
    REJECTED = "rejected"
    LOOK_AT = "look-at"
    CLEAR = "clear"


class Wanted(NamedTuple):
    """Visits that are as ``shown`` says, and of which something said on the screen holds ``sought``, folded.

    ``found`` are those of which that is known already: which of each family's. ``left`` are those that the facets
    leave, all where it is None.
    """

    shown: VisitFilter = VisitFilter.ALL
    sought: str = ""
    found: Mapping[int, Collection[int]] = {}
    left: VisitSet | None = None

    @property
    def leaves_out(self) -> bool:
        """Whether there may be visits that are not wanted."""
        return self.shown is not VisitFilter.ALL or bool(self.sought) or self.left is not None


_FILE_ROWS = 1
_FEW = 1000
"""Families that are looked through within a frame."""
_FOLLOWED = 50
"""So many changed families are told row by row; for more every row is drawn anew."""
_AT_FIRST, _AT_A_TIME = 250, 500
"""Families that a view is given when it is filled, and then in a turn: tens of thousands at once would halt the
window."""
_FOLLOW = 60
"""Milliseconds until the tree follows what is typed: the next key does not wait for it."""


class TreeModel(CountedRows):
    """Row 0 is the file; the others are families, with their visits below. Filter and search choose what is shown."""

    given = Signal()
    """More of the families that are shown have their rows."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted = Wanted()
        self._told_of: dict[str, dict[int, object]] = {}
        self._changed: set[str] = set()
        self._families: Sequence[int] = ()
        self._kept: Mapping[int, tuple[int, ...]] = {}
        self._giving = Slicer((), self, "givingFamilies")
        self._unchecked = ShownUnchecked(session)
        session.opened.connect(self.clear)
        session.checked.connect(self._judge)
        self._following = QTimer(self, interval=_FOLLOW, singleShot=True)
        self._following.setObjectName("following")
        self._following.timeout.connect(self._retell_changed)
        session.changed.connect(self._follow_change)
        session.unmasked.connect(self.retell)
        self.refill()

    def filter(self, wanted: Wanted, kept: Mapping[int, tuple[int, ...]] | None = None) -> None:
        """Show only visits that are ``wanted``: ``kept`` are those, where that is known."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.refill(kept)

    def refill(self, kept: Mapping[int, tuple[int, ...]] | None = None) -> None:
        """Look through the journal anew, where it is not known what is ``kept``."""
        self.beginResetModel()
        self._told_of.clear()
        self._unchecked.forget()
        if not self.is_filtered:
            self._families, self._kept = range(len(self._session.journal.families)), {}
        else:
            self._kept = self.kept(self._wanted) if kept is None else kept
            self._families = tuple(self._kept)
        self.start_over([0, *self._counts(0, _AT_FIRST)] if self._session.is_open else ())
        self.endResetModel()
        self._giving.begin(self._give_rest())

    def _counts(self, first: int, number: int) -> list[int]:
        """How many visits are shown of so many of the families that are."""
        return [len(self._visits_at(place)) for place in range(first, min(first + number, len(self._families)))]

    def _give_rest(self) -> Iterator[object]:
        left = range(_AT_FIRST, len(self._families), _AT_A_TIME)
        if left:
            yield from until_calm()
        for first in left:
            self.add(self._counts(first, _AT_A_TIME))
            self.given.emit()
            yield None

    def clear(self) -> None:
        """Show nothing, until it is said to look through the journal."""
        self._giving.stop()
        self.beginResetModel()
        self._wanted = self._wanted._replace(found={}, left=None)
        self._families, self._kept = (), {}
        self.start_over(())
        self.endResetModel()

    def kept(self, wanted: Wanted, cancellation: Cancellation | None = None) -> dict[int, tuple[int, ...]]:
        """Which visits of which families are ``wanted``; it may be asked from any thread."""
        kept = {}
        for at, family in enumerate(self._session.journal.families):
            if cancellation is not None:
                cancellation.check()
            visits = self._matching(wanted, at, family)
            if visits is not None:
                kept[at] = visits
        return kept

    def _matching(self, wanted: Wanted, at: int, family: Family) -> tuple[int, ...] | None:
        """The visits of a family that are wanted; None if the family is not."""
        shown, sought, all_found, left = wanted
        whole = not sought or sought in self._told(family)
        found = all_found.get(at, ())
        visits = tuple(
            number
            for number, visit in enumerate(family.visits)
            if (left is None or left.has(at, number))
            and (whole or number in found or sought in self._told_visit(visit))
            and self._is_shown(visit, shown)
        )
        return visits or (() if whole and shown is VisitFilter.ALL and left is None else None)

    def _told(self, family: Family) -> str:
        """What a family may be found by. A name or a CPR number finds it, covered or not: one has to know it."""
        people = (
            f"{citizen_name(one, family, shown=True)} {one.key} {one.cpr.value or one.cpr.raw}"
            for one in family.citizens
        )
        return f"{family_name(family, shown=True)} {' '.join(people)}".casefold()

    def heading_of(self, family: Family, visit: Visit) -> str:
        """What the tree says of a visit and of whom it was with, names and numbers covered or not."""
        delivered = self._session.delivered_words(visit.key)
        return f"{self._told_visit(visit)} {self._told(family)} {delivered}"

    def _near_delivered(self, visit: Visit) -> str:
        work = self._session.work
        at, is_corrected = work.delivered_on(visit.key), visit.key in work.corrected
        return near_delivered_words(at, clock.today(), is_corrected=is_corrected)

    def _told_visit(self, visit: Visit) -> str:
        return f"{visit_name(visit, self._session.standard)} {visit_day(visit)} {visit.key}".casefold()

    def _is_shown(self, visit: Visit, shown: VisitFilter) -> bool:
        if shown is VisitFilter.ALL or self._session.work.found is None:
            return True
        if not self._session.work.is_checked(Where(visit=visit.key)):
            return False
        severity, _ = self._session.work.state(Where(visit=visit.key))
        if shown is VisitFilter.CLEAR:
            return severity is not Severity.REJECTED
        return severity is (Severity.REJECTED if shown is VisitFilter.REJECTED else Severity.LOOK_AT)

    def _judge(self) -> None:
        """More is checked: of a long list that is filtered another is made when nothing more comes."""
        if self._wanted.shown is VisitFilter.ALL:
            if self._unchecked.take_checked():
                self.retell()
        elif len(self._session.journal.families) <= _FEW or not self._session.checking.is_busy:
            self.refill()

    def retell(self) -> None:
        """Say every row anew: another language, other findings, CPR numbers shown or covered.

        Only the rows at the top are named: naming those below each of thousands of families halts the window, and a
        view draws what it shows anew in any case (see :class:`~ldbu_desktop.ui.children.tree_pane.TreePane`).
        """
        self._told_of.clear()
        if rows := self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, 0))

    def _follow_change(self, change: Change) -> None:
        self._changed |= change.families | change.rejudged
        self._following.start()

    def _retell_changed(self) -> None:
        """After a change the file and the changed families say something else, and of their visits those that do."""
        families, self._changed = self._changed, set()
        if not self.rowCount():
            return
        if len(families) > _FOLLOWED:
            self.retell()
            return
        changed = [self.index(0, 0)]
        for key in families:
            changed += self._changed_rows(key)
        for index in changed:
            self.dataChanged.emit(index, index)

    def _changed_rows(self, key: str) -> Iterator[QModelIndex]:
        """The row of a family, and those of its visits that say something else than when they were told last."""
        at = self.index_of(Where(key))
        family = self.family_at(at)
        if family is None:
            return
        before = self._told_of.get(key, {})
        yield at
        told = {row: self._told_at(family, self.index(row, 0, at)) for row in range(self.rowCount(at))}
        self._told_of[key] = told
        for row, said in told.items():
            if before.get(row) != said:
                yield self.index(row, 0, at)

    def _told_at(self, family: Family, index: QModelIndex) -> object:
        return family.citizens, self.visit_at(index), self._state(index)

    def family_at(self, index: AnyIndex) -> Family | None:
        """The family of a row, or of the visit in it."""
        if not index.isValid() or not self._session.is_open:
            return None
        row = self.top_row(index)
        return self._session.journal.families[self._families[row - _FILE_ROWS]] if row >= _FILE_ROWS else None

    def visit_at(self, index: AnyIndex) -> Visit | None:
        """The visit of a row, if it is one."""
        if not index.parent().isValid() or (family := self.family_at(index)) is None:
            return None
        return family.visits[self._visits_of(self.top_row(index))[index.row()]]

    def _visits_of(self, row: int) -> Sequence[int]:
        """Which visits of the family of a row are shown, by their numbers."""
        return self._visits_at(row - _FILE_ROWS)

    def _visits_at(self, place: int) -> Sequence[int]:
        at = self._families[place]
        kept = self._kept.get(at)
        return range(len(self._session.journal.families[at].visits)) if kept is None else kept

    def where_at(self, index: AnyIndex) -> Where:
        """What a row stands for."""
        family, visit = self.family_at(index), self.visit_at(index)
        return Where(family.key if family else "", visit.key if visit else "")

    def index_of(self, where: Where) -> QModelIndex:
        """The row of what is selected; invalid where the filter leaves it out, and as long as it is not given."""
        if not self._session.is_open:
            return QModelIndex()
        if not where.family:
            return self.index(0, 0)
        at = self._session.work.index.families.get(where.family)
        if at is None:
            return QModelIndex()
        place = bisect_left(self._families, at)
        if place == len(self._families) or self._families[place] != at:
            return QModelIndex()
        row = place + _FILE_ROWS
        parent = self.index(row, 0)
        if not where.visit or not parent.isValid():
            return parent
        visits = self._session.journal.families[at].visits
        for number, visit in enumerate(self._visits_of(row)):
            if visits[visit].key == where.visit:
                return self.index(number, 0, parent)
        return QModelIndex()

    @property
    def is_filtered(self) -> bool:
        """Whether visits may be left out by a search, a filter or the facets."""
        return self._wanted.leaves_out

    def visit_keys(self) -> list[str]:
        """The visits that are shown, in order, by key."""
        journal = self._session.journal
        return [
            journal.families[at].visits[visit].key
            for row, at in enumerate(self._families, _FILE_ROWS)
            for visit in self._visits_of(row)
        ]

    def visit_beside(self, key: str, by: int) -> str | None:
        """The visit that is shown after one (``by`` 1) or before it (-1), by key; None at the end.

        Where that one is not shown, it is the first of all or the last.
        """
        families, index = self._session.journal.families, self._session.work.index
        at, number = index.visits.get(key, (-1, -1))
        row = bisect_left(self._families, at)
        is_shown = row < len(self._families) and self._families[row] == at and number in self._visits_at(row)
        if not is_shown:
            row, beside = (0 if by > 0 else len(self._families) - 1), list[int]()
        else:
            beside = [one for one in self._visits_at(row) if (one > number if by > 0 else one < number)]
            row += 0 if beside else by
        while not beside and 0 <= row < len(self._families):
            beside = [*self._visits_at(row)]
            row += 0 if beside else by
        return families[self._families[row]].visits[beside[0 if by > 0 else -1]].key if beside else None

    def visits_of_family(self, at: int) -> list[str]:
        """The visits of a family that a filter leaves, by key; the family is told by its number, from 0."""
        visits = self._session.journal.families[at].visits
        return [visits[number].key for number in self._kept.get(at, ())]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a row says."""
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._first_line(index)
            case Role.SECOND_LINE:
                return self._second_line(index)
            case Role.STATE:
                return self._state(index)
            case Role.DELIVERED:
                visit = self.visit_at(index)
                return self._near_delivered(visit) if visit is not None else ""
            case Role.IS_CORRECTED:
                visit = self.visit_at(index)
                return visit is not None and visit.key in self._session.work.corrected
            case Role.IS_JUDGED:
                return self._unchecked.is_checked(self.where_at(index))
            case Qt.ItemDataRole.AccessibleTextRole:
                is_judged = self._unchecked.is_checked(self.where_at(index))
                state = severity_word(self._state(index)[0]) if is_judged else tr("ikke kontrolleret")
                return f"{self._first_line(index)}, {self._whole_second_line(index)}, {state}"
            case Qt.ItemDataRole.ToolTipRole:
                return f"{self._first_line(index)}\n{self._whole_second_line(index)}"
        return None

    def _first_line(self, index: AnyIndex) -> str:
        if visit := self.visit_at(index):
            return visit_name(visit, self._session.standard)
        if family := self.family_at(index):
            return family_name(family, shown=self._session.shows_cpr)
        return tr("Alle børn og kontakter")

    def _second_line(self, index: AnyIndex) -> str:
        family, shown = self.family_at(index), self._session.shows_cpr
        if family is None:
            return visits_words(self._session.work.visit_count)
        if visit := self.visit_at(index):
            citizen = citizen_in(family, visit.subject.value)
            name = name_in_family(citizen, family, shown=shown) if citizen else ""
            who = name if citizen and not citizen.is_child else age_words(family, visit)
            if citizen and sum(one.is_child for one in family.citizens) > 1:
                who = ", ".join(filter(None, (name, age_words(family, visit))))
            return " · ".join(filter(None, (visit_day(visit), who)))
        people = [citizen for citizen in family.citizens if citizen.is_child] or list(family.citizens)
        numbers = ", ".join(citizen_cpr(citizen, shown=shown) for citizen in people)
        if len(people) > 1 and not shown:
            numbers = numbers.replace(COVERED, "")  # it tells nobody apart, and leaves no room for the next
        return " · ".join(filter(None, (visits_words(len(family.visits)), numbers)))

    def _whole_second_line(self, index: AnyIndex) -> str:
        """The second line, with that a visit was delivered: a mark and a day say so to who sees it."""
        visit = self.visit_at(index)
        return " · ".join(
            filter(None, (self._second_line(index), self._session.delivered_words(visit.key) if visit else ""))
        )

    def _state(self, index: AnyIndex) -> tuple[Severity | None, int]:
        if visit := self.visit_at(index):
            return self._session.work.state(Where(visit=visit.key))
        family = self.family_at(index)
        return self._session.work.state(Where(family.key)) if family else self._session.work.state()
