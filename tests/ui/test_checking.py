"""A long journal is worked with while it is checked: what is known shows, what is not is never told as in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from ldbu_desktop.aside.reader import Aside
from ldbu_desktop.faults import FileFault
from ldbu_desktop.findings.summary import FamilyFindings, Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.children.page import ChildrenPage
from ldbu_desktop.ui.children.tree_model import Role, VisitFilter
from ldbu_desktop.ui.children.unchecked import ShownUnchecked
from ldbu_desktop.ui.delivery.page import DeliveryPage
from ldbu_desktop.ui.main_window import MainWindow
from ldbu_desktop.ui.pages import CHILDREN, DELIVERY
from ldbu_desktop.use_cases import validate as module
from ldbu_desktop.use_cases.opening import opened as opened_work
from ldbu_desktop.use_cases.validate import begun, rest, validate

FAMILIES = 5
SLOW = 20_000


class Beside:
    """A process beside that gives a piece, a family, each time that it is let; ``ends`` after so many it ends."""

    def __init__(self, ends: int | None = None) -> None:
        self.may_go = threading.Semaphore(0)
        self.left, self.is_ended = ends, False
        self._pieces: Iterator[Mapping[str, FamilyFindings]] | None = None

    def begun(self, journal: Journal, standard: Standard) -> Findings:
        if self.left == 0:
            raise FileFault("file-reader-ended", file="")
        findings = begun(journal, standard, date.today())
        self._pieces = rest(findings)
        return findings

    def rest(self, _journal: Journal) -> Iterator[Mapping[str, FamilyFindings]]:
        assert self._pieces is not None
        for piece in self._pieces:
            assert self.may_go.acquire(timeout=SLOW / 1000)
            yield piece
            if self.left is not None:
                self.left -= 1
                if not self.left:
                    raise FileFault("file-reader-ended", file="")

    def go(self, count: int = 1) -> None:
        self.may_go.release(count)

    def end(self) -> None:
        self.is_ended = True


@pytest.fixture
def journal(opened: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """Families that are alike, each a piece of its own."""
    monkeypatch.setattr(module, "PIECE", 0)
    for name in ("SMALL", "TELL_EVERY", "TELL_SHARE"):
        monkeypatch.setattr(f"ldbu_desktop.ui.checking.{name}", 0)
    one = next(family for family in opened.session.journal.families if family.visits)
    copies = (
        replace(
            one, key=f"{one.key}-{at}", visits=tuple(replace(visit, key=f"{visit.key}-{at}") for visit in one.visits)
        )
        for at in range(FAMILIES)
    )
    return replace(opened.session.journal, families=tuple(copies))


def show(window: MainWindow, journal: Journal, beside: Beside) -> None:
    """Have it open, and checked by a process beside."""
    standard = window.session.standard
    window.session.show_work(opened_work(standard, journal), cast(Aside, beside))


def children(window: MainWindow) -> ChildrenPage:
    return cast(ChildrenPage, window.pages.page(CHILDREN))


def done(window: MainWindow) -> int:
    return window.session.work.checked_families[0]


def assert_whole(window: MainWindow) -> None:
    findings = window.session.findings
    whole = validate(window.session.journal, window.session.standard, date.today())
    assert findings is not None
    assert findings.all == whole.all
    assert findings.counts == whole.counts
    assert findings.ready_visits == whole.ready_visits


def marks(window: MainWindow) -> list[bool]:
    """Of the whole and of each family whether the tree tells how it stands."""
    model = children(window).tree_pane.model
    return [model.index(row, 0).data(Role.IS_JUDGED) for row in range(model.rowCount())]


def test_what_is_checked_shows_and_the_rest_is_not_told_as_in_order(
    opened: MainWindow, qtbot: QtBot, journal: Journal
) -> None:
    beside, session = Beside(), opened.session
    show(opened, journal, beside)
    beside.go(2)
    qtbot.waitUntil(lambda: done(opened) == 2, timeout=SLOW)
    qtbot.waitUntil(lambda: marks(opened) == [False, True, True, False, False, False])
    assert session.findings is None
    assert session.checked_words
    assert session.work.causes()
    verdict = children(opened).overview.verdict
    assert verdict.is_waiting
    last = journal.families[-1].visits[0].key
    session.select(Where(visit=last))
    assert not session.work.is_ready(last)
    tree = children(opened).tree_pane
    tree.filter.choose(VisitFilter.CLEAR)
    assert not {visit.key for family in journal.families[2:] for visit in family.visits} & {*tree.model.visit_keys()}
    tree.filter.choose(VisitFilter.ALL)
    beside.go(FAMILIES)
    qtbot.waitUntil(lambda: session.findings is not None, timeout=SLOW)
    assert_whole(opened)
    assert marks(opened) == [True] * (FAMILIES + 1)
    assert not session.checked_words


def test_of_what_is_shown_only_that_is_told_anew_which_was_not_checked_before(
    opened: MainWindow, qtbot: QtBot, journal: Journal
) -> None:
    beside, session = Beside(), opened.session
    first, _, third, *_ = (Where(family.key) for family in journal.families)
    shown = ShownUnchecked(session)
    show(opened, journal, beside)
    assert not shown.is_checked(first)
    beside.go(1)
    qtbot.waitUntil(lambda: done(opened) == 1, timeout=SLOW)
    assert shown.take_checked()
    assert shown.is_checked(first)
    assert not shown.is_checked(third)
    beside.go(1)
    qtbot.waitUntil(lambda: done(opened) == 2, timeout=SLOW)
    assert not shown.take_checked()
    beside.go(1)
    qtbot.waitUntil(lambda: done(opened) == 3, timeout=SLOW)
    assert shown.take_checked()
    assert not shown.take_checked()
    beside.go(FAMILIES)
    qtbot.waitUntil(lambda: session.findings is not None, timeout=SLOW)
    assert shown.take_checked()


def test_what_is_edited_while_it_is_checked_is_judged_as_it_is(
    opened: MainWindow, qtbot: QtBot, journal: Journal
) -> None:
    """The piece that is found meanwhile in the family as it was is thrown away."""
    beside, session = Beside(), opened.session
    show(opened, journal, beside)
    beside.go(1)
    qtbot.waitUntil(lambda: done(opened) == 1, timeout=SLOW)
    family = journal.families[3]
    visit = next(one for one in family.visits if any(each.variable.value == "weight" for each in one.observations))
    weight = next(each for each in visit.observations if each.variable.value == "weight")
    where = Where(family.key, visit.key, weight.key, "", "weight")
    session.edit(where, "52x50")
    assert session.work.is_checked(Where(family.key))
    found = session.work.findings_at(Where(visit=visit.key))
    assert any(one.found == "52x50" for one in found)
    beside.go(FAMILIES)
    with qtbot.waitSignal(session.judged, timeout=SLOW):
        pass
    assert session.work.findings_at(Where(visit=visit.key)) == found
    assert len(session.work.steps.done) == 1
    assert_whole(opened)
    session.undo()
    assert_whole(opened)
    assert session.journal.families[3] is family


def test_it_is_stopped_and_keeps_what_is_done_until_the_rest_is_asked_for(
    opened: MainWindow, qtbot: QtBot, journal: Journal
) -> None:
    beside, session, status = Beside(), opened.session, opened.status
    show(opened, journal, beside)
    beside.go(2)
    qtbot.waitUntil(lambda: done(opened) == 2 and status.cancel.isVisible(), timeout=SLOW)
    status.cancel.click()
    beside.go(1)  # the piece that was under way is kept too
    qtbot.waitUntil(lambda: not opened.jobs.is_busy(), timeout=SLOW)
    assert done(opened) == 3
    assert session.findings is None
    qtbot.waitUntil(status.go_on.isVisible)
    assert session.checked_words in status.state.text()
    page = cast(DeliveryPage, opened.pages.page(DELIVERY))
    opened.pages.go(DELIVERY)
    assert page.sent.is_waiting
    beside.go(FAMILIES)
    with qtbot.waitSignal(session.judged, timeout=SLOW):
        page.deliver.click()
    assert_whole(opened)
    assert not status.go_on.isVisible()


@pytest.mark.parametrize("ends", [0, 2])
def test_where_the_process_ends_the_rest_is_checked_here(
    ends: int, opened: MainWindow, qtbot: QtBot, journal: Journal
) -> None:
    beside = Beside(ends)
    beside.go(FAMILIES)
    with qtbot.waitSignal(opened.session.judged, timeout=SLOW):
        show(opened, journal, beside)
    assert_whole(opened)


def test_a_family_that_is_looked_at_is_checked_first(
    opened: MainWindow, qtbot: QtBot, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ldbu_desktop.ui.checking.SMALL", 99)
    beside, session = Beside(), opened.session
    show(opened, journal, beside)
    qtbot.waitUntil(lambda: session.work.found is not None, timeout=SLOW)
    session.select(Where(visit=journal.families[4].visits[0].key))
    assert session.work.is_checked(Where(journal.families[4].key))
    assert done(opened) == 1
    beside.go(FAMILIES)
    qtbot.waitUntil(lambda: session.findings is not None, timeout=SLOW)
    assert_whole(opened)


def test_what_is_left_while_it_is_checked_ends_the_process(opened: MainWindow, qtbot: QtBot, journal: Journal) -> None:
    beside = Beside()
    show(opened, journal, beside)
    beside.go(1)
    qtbot.waitUntil(lambda: done(opened) == 1, timeout=SLOW)
    opened.session.close()
    beside.go(1)
    qtbot.waitUntil(lambda: beside.is_ended, timeout=SLOW)
    qtbot.waitUntil(lambda: not opened.jobs.is_busy(), timeout=SLOW)
    assert not opened.session.is_open


def test_on_another_day_all_is_checked_again(opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    before = opened.session.findings
    assert before is not None
    opened.session.judge()
    assert not opened.session.checking.is_busy
    monkeypatch.setattr(before, "today", date(2020, 1, 1))
    with qtbot.waitSignal(opened.session.judged, timeout=SLOW):
        opened.session.judge()
    now = opened.session.findings
    assert now is not None
    assert now is not before
    assert now.today == date.today()
