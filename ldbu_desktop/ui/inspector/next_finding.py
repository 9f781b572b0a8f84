"""Which finding comes next: visits in the order of the file, and what is in one in the order in which it is read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Family, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.session import Session

_Place = tuple[int, int]
"""Which family, and which visit of it; what is about a whole family or whole files is before its first, at -1."""
_Rank = tuple[int, int]
"""How far down a visit something stands: its field, and which question of an instrument; (-1, -1) where it has none."""


def next_finding(session: Session, by: int, shown: Collection[str] | None = None) -> Finding | None:
    """The next finding that is told (``by`` 1), or the one before (-1), from what is looked at, round and round.

    ``shown``: the visits that are left by a search or a filter, by key; None for all. What is about a family is among
    them with any of its visits, and what is about whole files is not. None where nothing is found there.
    """
    found: dict[_Place, list[Finding]] = {}
    left = None if shown is None else _left(session, shown)
    for finding in session.work.told(session.work.findings_at()):
        where = finding.location.where
        if left is None or (where.visit or where.family) in left:
            found.setdefault(_place(session, where), []).append(finding)
    if not found:
        return None
    here, now = _place(session, session.selection), session.finding
    rank = _rank_in(session, session.selection.visit)
    beside = _in_order(found.get(here, ()), rank)
    if now in beside:
        at = beside.index(now) + by
    else:
        at = bisect_left([_rank_of(one, rank) for one in beside], rank(session.selection)) - (by < 0)
    if 0 <= at < len(beside):
        return beside[at]
    places = sorted(found)
    place = places[(bisect_right(places, here) if by > 0 else bisect_left(places, here) - 1) % len(places)]
    there = _in_order(found[place], _rank_in(session, found[place][0].location.visit))
    return there[0 if by > 0 else -1]


def _left(session: Session, shown: Collection[str]) -> set[str]:
    """Visits and their families, by key."""
    families = (session.family_of(key) for key in shown)
    return {*shown, *(family.key for family in families if family is not None)}


def _place(session: Session, where: Where) -> _Place:
    index = session.work.index
    family = index.families.get(where.family, -1)
    return family, index.visits[where.visit][1] if where.visit in index.visits else -1


def _in_order(findings: Iterable[Finding], rank: Callable[[Where], _Rank]) -> list[Finding]:
    return sorted(findings, key=lambda one: _rank_of(one, rank))


def _rank_of(finding: Finding, rank: Callable[[Where], _Rank]) -> _Rank:
    return rank(finding.location.where)


def _rank_in(session: Session, key: str) -> Callable[[Where], _Rank]:
    """Gives how far down a visit a place is: in its form where it is filled, else in the list of its values."""
    visit, family = session.visit(key), session.family_of(key)
    if visit is None or family is None:
        return lambda _where: (-1, -1)
    return _rank_in_form(session, family, visit) if session.is_filled else _rank_in_values(session, family, visit)


def _rank_in_values(session: Session, family: Family, visit: Visit) -> Callable[[Where], _Rank]:
    from ldbu_desktop.ui.children.values import nearest_row, visit_rows

    rows = visit_rows(family, visit, session.standard, session.work.findings_at(Where(visit=visit.key)))

    def rank(where: Where) -> _Rank:
        at = nearest_row(rows, where)
        return (-1, -1) if at is None else (at, 0)

    return rank


def _rank_in_form(session: Session, family: Family, visit: Visit) -> Callable[[Where], _Rank]:
    from ldbu_desktop.ui.form.contents import records_at, sections_at, state_of

    standard = session.standard
    visit_type = standard.visit_type_by_code.get(visit.type.value or "")
    if visit_type is None:
        return lambda _where: (-1, -1)
    form = session.forms.all.for_visit(visit_type.id)
    state = state_of(form, family, visit, session.journal, standard)
    fields = [at for _, fields in sections_at(form, state, family, visit) for at in fields]
    records = [records_at(visit, at) for at in fields]
    items = [standard.questionnaire.get(at.where.questionnaire) for at in fields]

    def rank(where: Where) -> _Rank:
        for number, at in enumerate(fields):
            named = at.field.variable in {where.field, where.variable} - {""}
            if where.record in records[number] if where.record else named:
                asked = items[number]
                order = list(asked.by_link_id) if asked is not None else []
                return number, order.index(where.link_id) if where.link_id in order else -1
        return -1, -1

    return rank
