"""What is worked on at the page: a proposal, what the user decides of it, the way back, and what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from ldbu_desktop import clock
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.fields import CITIZEN_ORGANISATION, VISIT_CLASS, VISIT_TYPE
from ldbu_desktop.language import tr
from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import (
    Approval,
    ColumnLink,
    Layout,
    Layouts,
    Link,
    Part,
    Place,
    Proposal,
    State,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.ui.mapping.choices import is_coded
from ldbu_desktop.ui.mapping.effect import SHOWN_ROWS, Effect, Readings, Row, effect_of
from ldbu_desktop.ui.mapping.kept_answers import KeptAnswers, with_decisions
from ldbu_desktop.ui.mapping.lines import WAITING, Links, table_of
from ldbu_desktop.ui.mapping.words import has_meaning
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.standard.model import Standard

NOTHING = Proposal((), (), ())

EFFECT, ROWS, PROPOSE, SAVE = "mapping-effect", "mapping-rows", "mapping-propose", "mapping-save"
"""The lines of jobs: what comes of the answers, the first rows, and what files are taken for after that, and saving."""

_PAUSE, _LONG_PAUSE, _MANY_ROWS = 400, 3_000, 20_000
"""Milliseconds without an answer before it is found out what comes of those that were given; longer for many rows."""

SAME_FOR_ALL = (CITIZEN_ORGANISATION, VISIT_TYPE, VISIT_CLASS)
"""What an export may leave out since it is the same for all: whose journal it is, and what all of its visits are."""

_OF_VISITS = frozenset((TableShape.VISIT, TableShape.CHILD, TableShape.OBSERVATION, TableShape.VARIABLE))
"""The shapes of tables that tell of visits."""


class Step(NamedTuple):
    """A proposal as it was, and what was looked at when it was changed."""

    proposal: Proposal
    place: Place | None


class MappingDesk(QObject):
    """Every decision makes another proposal, so that the last can be taken back.

    ``proposed``: other files are there, or none. ``changed``: something was decided or taken back. ``selected``:
    another line is looked at. ``rows_read``: the first rows of a table are there. ``told``: it is known what comes of
    the answers.
    """

    proposed = Signal()
    changed = Signal()
    selected = Signal()
    rows_read = Signal()
    told = Signal()

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._settings = settings
        self._kept = KeptAnswers()
        self.paths: tuple[Path, ...] = ()
        self.proposal = NOTHING
        self.links = Links(NOTHING)
        self.constants: dict[Place, tuple[str, ...]] = {}
        self.place: Place | None = None
        self.first_rows: dict[Place, list[Row]] = {}
        self.effect: Effect | None = None
        self.is_saved = False
        self.layouts: dict[Place, Layout] = {}
        self._asked_rows: set[Place] = set()
        self._past: list[Step] = []
        self._future: list[Step] = []
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._pause.setObjectName("mappingEffect")
        self._pause.timeout.connect(self._work_out)
        session.mapping_asked.connect(self._begin)
        if session.asked is not None:
            self._begin()

    @property
    def standard(self) -> Standard:
        """The standard that holds."""
        return self.session.standard

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to decide about."""
        return not self.links.tables

    @property
    def approval(self) -> Approval:
        """Who decides, and that it is today."""
        return Approval(self._settings.approver, clock.today())

    def _begin(self) -> None:
        asked = self.session.asked
        if asked is None:
            return
        proposal = self._kept.given_before(asked.proposal)
        self.show(asked.paths, proposal)
        if proposal is not asked.proposal:
            self.session.noted.emit(
                lambda: tr("Svarene er dem, der blev givet om filen før. Se dem efter, og læs filen.")
            )

    def keep_answers(self) -> None:
        """Have the answers proposed again for the same files, and for copies of them."""
        self._kept.keep(self.proposal)

    def show(self, paths: Sequence[Path], proposal: Proposal) -> None:
        """Work on what other files are taken for."""
        self.paths = tuple(paths)
        self._past.clear()
        self._future.clear()
        self.layouts = {}
        self.first_rows.clear()
        self._asked_rows.clear()
        self._take(proposal)
        self.place = next(iter(self._stops()), None) or next(iter(self.links.by_place), None)
        self.proposed.emit()
        self.selected.emit()

    def clear(self) -> None:
        """Work on nothing."""
        self.show((), NOTHING)

    def _take(self, proposal: Proposal) -> None:
        self.proposal = proposal
        self.links = Links(proposal)
        self.constants = self._left_out_constants()
        self.effect = None
        self.is_saved = False
        rows = sum(table.rows for table in proposal.tables)
        self._pause.start(_PAUSE if rows < _MANY_ROWS else _LONG_PAUSE)

    def _left_out_constants(self) -> dict[Place, tuple[str, ...]]:
        """What no column of any table holds, by the tables that tell of visits."""
        held = {column.target.variable for column in self.proposal.columns if column.target is not None}
        lacking = tuple(variable for variable in SAME_FOR_ALL if variable not in held)
        found = {table.place: lacking for table in self.proposal.tables if table.shape in _OF_VISITS}
        for table, variable, _ in self.proposal.said_by_sheets():
            found[table.place] = tuple(dict.fromkeys((*found.get(table.place, ()), variable)))
        return found

    # --- what is looked at

    @property
    def link(self) -> Link | None:
        """The link that is looked at; None where it is no column and no text."""
        return self.links.by_place.get(self.place) if self.place is not None else None

    @property
    def table(self) -> TableLink | None:
        """The table that is looked at, or that what is looked at stands in."""
        return self.links.table_at(self.place)

    def select(self, place: Place | None) -> None:
        """Look at another line."""
        if place != self.place:
            self.place = place
            self.selected.emit()

    def step(self, by: int) -> bool:
        """Look at what waits for an answer next (``by`` 1) or before (-1), round the list; False where nothing does."""
        stops = self._stops()
        if not stops:
            return False
        order = {place: at for at, place in enumerate(self._order())}
        at = order.get(self.place, -1) if self.place is not None else -1
        ahead = [place for place in stops if (order[place] - at) * by > 0]
        self.select((ahead or stops)[0 if by > 0 else -1])
        return True

    def _order(self) -> Iterable[Place]:
        for table in self.links.tables:
            yield table
            for column in self.links.columns_of(table):
                yield column.place
                yield from (value.place for value in self.links.values_of(column))
            yield from (table._replace(variable=variable) for variable in self.constants.get(table, ()))

    def _stops(self) -> list[Place]:
        """Where something waits for an answer, or is to be set for a whole table."""
        return [place for place in self._order() if self.waits(place)]

    def waits(self, place: Place) -> bool:
        """Whether a line asks for an answer."""
        if (link := self.links.by_place.get(place)) is not None:
            return link.state in WAITING
        return bool(place.variable) and not self.constant(place)

    def constant(self, place: Place) -> str:
        """What is set for a whole table; empty where nothing is."""
        table = self.links.table_at(place)
        known = table.constants if table is not None else ()
        return next((one.value for one in known if one.variable == place.variable), "")

    def said(self, place: Place) -> str:
        """What the name of its sheet says of a whole table for which nothing is set; empty where it says nothing."""
        table = self.links.table_at(place)
        return table.said_by_sheet(place.variable) if table is not None and not self.constant(place) else ""

    # --- what is decided

    def alike(self) -> list[Link]:
        """The links that wait as the one that is looked at does, for the same reasons: that one first."""
        link = self.link
        if link is None or link.state not in WAITING:
            return []
        way = _way(link)
        return [link, *(each for each in self.links.waiting() if each.place != link.place and _way(each) == way)]

    def is_of_one_answer(self, link: Link | None) -> bool:
        """Whether a text stands in a column of one answer."""
        if not isinstance(link, ValueLink):
            return False
        columns = (each.target for each in self.proposal.columns if each.place[:4] == link.place[:4])
        return any(target is not None and target.part is Part.ANSWER for target in columns)

    def approve(self, links: Sequence[Link]) -> bool:
        """Say yes to what is proposed; False where nothing is."""
        meant = [link for link in links if is_proposed(link)]
        return bool(meant) and self._decide(lambda: decisions.approve(self.proposal, meant, self.approval))

    def reject(self, links: Sequence[Link]) -> bool:
        """Say no to what is proposed: nothing is proposed any more; False where nothing was."""
        meant = [link for link in links if is_proposed(link)]
        return bool(meant) and self._decide(lambda: decisions.reject(self.proposal, meant))

    def leave_out(self, links: Sequence[Link]) -> bool:
        """Decide that something is not read; False where it is not read already."""
        meant = [link for link in links if link.state is not State.LEFT_OUT]
        return bool(meant) and self._decide(lambda: decisions.leave_out(self.proposal, meant, self.approval))

    def choose_target(self, link: ColumnLink, target: Target) -> bool:
        """Decide what a column is read as; what its texts mean by that is looked for in the background."""
        before = link.target.variable if link.target is not None else None
        self._decide(lambda: decisions.choose(self.proposal, link, target, self.approval))
        if target.variable != before and is_coded(target.variable, self.standard):
            self._propose(self._take_values)
        return True

    def _take_values(self, proposal: Proposal) -> None:
        """Take what the texts of chosen columns are taken for: part of the choice, and no step of its own."""
        self._take(with_decisions(proposal, self.proposal))
        self.changed.emit()

    def choose_code(self, link: ValueLink, code: str, *, is_missing: bool = False) -> bool:
        """Decide what a text means: a code, or a reason why there is no value."""
        meaning = {"missing" if is_missing else "code": code}
        return self._decide(lambda: decisions.choose_meaning(self.proposal, link, self.approval, **meaning))

    def set_constant(self, place: Place, value: str) -> bool:
        """Set what is the same for all of a table; nothing where ``value`` is empty."""
        table = self.links.table_at(place)
        if table is None:
            return False
        return self._decide(lambda: decisions.set_constant(self.proposal, table, place.variable, value, self.approval))

    def lay_out(self, table: TableLink, layout: Layout, keys: tuple[int, ...]) -> None:
        """Say how a table is laid out: by what its rows are joined, where its headers stand, and what a row is.

        For the latter two the files are looked at again, in the background.
        """
        if layout == (table.header_rows, table.shape):
            if keys != table.keys:
                tables = tuple(replace(one, keys=keys) if one is table else one for one in self.proposal.tables)
                self._decide(lambda: replace(self.proposal, tables=tables))
            return
        found_at = next((at for at, one in self.layouts.items() if _is_laid_out(table, at, one)), table.place)
        layouts = {**self.layouts, found_at: layout}

        def then(proposal: Proposal) -> None:
            self.layouts = layouts
            self.first_rows.clear()
            self._asked_rows.clear()
            self._decide(lambda: with_decisions(proposal, self.proposal))
            self.select(next((one.place for one in self.proposal.tables if one.sheet == table.sheet), None))

        self._propose(then, layouts)

    def _propose(self, then: Callable[[Proposal], None], layouts: Layouts | None = None) -> None:
        """Look at the files again, in the background, with what was said about tables and columns."""
        if not self.paths:
            return
        paths, standard, laid_out = self.paths, self.standard, layouts or self.layouts
        chosen = {
            column.place: column.target for column in self.proposal.columns
            if column.target is not None and column.approval is not None
        }  # fmt: skip

        def work(progress: Progress, cancellation: Cancellation) -> Proposal:
            from ldbu_desktop.use_cases.map import propose

            return propose(paths, standard, clock.today(), progress, cancellation, laid_out, chosen)

        self.session.jobs.start(PROPOSE, lambda: tr("Ser på rækkerne igen"), work, then, self._fail)

    def _decide(self, made: Callable[[], Proposal]) -> bool:
        self._past.append(Step(self.proposal, self.place))
        self._future.clear()
        self._take(made())
        self.changed.emit()
        return True

    @property
    def can_undo(self) -> bool:
        """Whether a decision can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether a decision was taken back that can be taken again."""
        return bool(self._future)

    def undo(self) -> None:
        """Take the last decision back, and look at what it was about."""
        self._go(self._past, self._future)

    def redo(self) -> None:
        """Take again the decision that was taken back last."""
        self._go(self._future, self._past)

    def _go(self, source: list[Step], target: list[Step]) -> None:
        if not source:
            return
        proposal, place = source.pop()
        target.append(Step(self.proposal, place))
        self._take(proposal)
        self.changed.emit()
        self.select(place)

    # --- what is done in the background

    def _work_out(self) -> None:
        """Find out what comes of the answers given until now."""
        if not self.paths:
            return
        proposal, paths, standard = self.proposal, self.paths, self.standard

        def work(progress: Progress, cancellation: Cancellation) -> Effect:
            return effect_of(paths, proposal, standard, progress, cancellation)

        self.session.jobs.start(EFFECT, lambda: tr("Ser, hvad der kommer ud af det"), work, self._told, self._fail)

    def _told(self, effect: Effect) -> None:
        if effect.proposal is self.proposal:
            self.effect = effect
            self.told.emit()

    def _fail(self, fault: Fault) -> None:
        self.session.failed.emit(fault)

    def save(self, system: str, version: str, approver: str, path: Path | None) -> None:
        """Keep the answers for the next export of the kind, and in a file as well where one is named."""
        self._settings.approver = approver
        proposal, standard, approval = self.proposal, self.standard, self.approval

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            from ldbu_desktop.use_cases.map_save import made_map, remember_map, save_map

            made = made_map(proposal, system, version, approval, standard)
            remember_map(made)
            if path is not None:
                save_map(path, made)

        def then(_done: None) -> None:
            self.is_saved = self.proposal is proposal
            self.told.emit()
            if path is not None:
                self.session.wrote.emit(lambda: tr("Kortet er gemt."), path)

        self.session.jobs.start(SAVE, lambda: tr("Gemmer"), work, then, self._fail)

    def readings(self, table: Place) -> Readings:
        """How the first rows of a table read, as far as that is known."""
        return self.effect.readings.get(table, {}) if self.effect is not None else {}

    def read_rows(self, table: TableLink) -> None:
        """Read the first rows of a table, once."""
        if table.place in self._asked_rows or not self.paths:
            return
        self._asked_rows.add(table.place)
        paths = self.paths

        def work(_progress: Progress, cancellation: Cancellation) -> list[Row]:
            from ldbu_desktop.use_cases.first_rows import first_rows

            return first_rows(paths, table, SHOWN_ROWS, cancellation)

        def then(rows: list[Row]) -> None:
            self.first_rows[table.place] = rows
            self.rows_read.emit()

        self.session.jobs.start(f"{ROWS} {table.place}", lambda: "", work, then, self._fail, quiet=True)


def _is_laid_out(table: TableLink, found_at: Place, layout: Layout) -> bool:
    """Whether a table is the one that was found at a place, as it is laid out now."""
    return found_at._replace(header_row=layout.header_rows[0]) == table.place


def is_proposed(link: Link) -> bool:
    """Whether there is something to say yes or no to."""
    return link.state is not State.LEFT_OUT and has_meaning(link)


def awaits_yes(link: Link) -> bool:
    """Whether a proposal only waits for a yes."""
    return link.state is State.PROPOSED and is_proposed(link) and not decisions.asks_order(link)


def _way(link: Link) -> tuple[object, ...]:
    """How a link came about: what came about in one way may be answered together."""
    codes = frozenset(evidence.code for evidence in link.evidence)
    of = link.variable if isinstance(link, ValueLink) else table_of(link.place)
    return (type(link), link.state, of, codes)
