"""Which finding comes next: visits in the order of the file, and what is in one in the order in which it is read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Family, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.ui.session import Session

_Place = tuple[int, int]
"""Which family, and which visit of it; what is about a whole family or whole files is before its first, at -1."""
_Rank = tuple[int, int]
"""How far down a visit something stands: its field, and which question of an instrument; (-1, -1) where it has none."""

Shown = Callable[[int], Collection[str]]
"""The visits of a family that are left by a search or a filter, by key; the family is told by its number, from 0."""


def next_finding(session: Session, by: int, shown: Shown | None = None) -> Finding | None:
    """The next finding that is told (``by`` 1), or the one before (-1), from what is looked at, round and round.

    ``shown`` are the visits that are left; None for all. What is about a family is among them with any of its visits,
    and what is about whole files is not. None where nothing is found there. It takes no longer than the families that
    are passed on the way.
    """
    here, now = _place(session, session.selection), session.finding
    rank = _rank_in(session, session.selection.visit)
    beside = _in_order(_found_in(session, here[0], shown).get(here, ()), rank)
    if now in beside:
        at = beside.index(now) + by
    else:
        at = bisect_left([_rank_of(one, rank) for one in beside], rank(session.selection)) - (by < 0)
    if 0 <= at < len(beside):
        return beside[at]
    for found in _onwards(session, here, by, shown):
        there = _in_order(found, _rank_in(session, found[0].location.visit))
        return there[0 if by > 0 else -1]
    return None


def _onwards(session: Session, here: _Place, by: int, shown: Shown | None) -> Iterator[list[Finding]]:
    """What is found at one place after another, from ``here`` round to it again."""
    count = len(session.journal.families) + 1
    for step in range(count + 1):
        family = (here[0] + 1 + by * step) % count - 1
        found = _found_in(session, family, shown)
        for place in sorted(found, reverse=by < 0):
            if step or (place > here if by > 0 else place < here):
                yield found[place]


def _found_in(session: Session, family: int, shown: Shown | None) -> dict[_Place, list[Finding]]:
    """What is told of a family, by its number, or of the files, at -1: place by place."""
    found: dict[_Place, list[Finding]] = {}
    for finding in session.work.told(_findings_of(session, family)):
        where = finding.location.where
        if (place := _place(session, where))[0] == family and _is_left(where, family, shown):
            found.setdefault(place, []).append(finding)
    return found


def _findings_of(session: Session, family: int) -> tuple[Finding, ...]:
    if family >= 0:
        return session.work.findings_at(Where(session.journal.families[family].key))
    return session.work.found.about_files if session.work.found is not None else ()


def _is_left(where: Where, family: int, shown: Shown | None) -> bool:
    if shown is None:
        return True
    left = shown(family) if family >= 0 else ()
    return where.visit in left if where.visit else bool(left)


def _place(session: Session, where: Where) -> _Place:
    index = session.work.index
    return index.visits.get(where.visit) or (index.families.get(where.family, -1), -1)


def _in_order(findings: Iterable[Finding], rank: Callable[[Where], _Rank]) -> list[Finding]:
    return sorted(findings, key=lambda one: _rank_of(one, rank))


def _rank_of(finding: Finding, rank: Callable[[Where], _Rank]) -> _Rank:
    return rank(finding.location.where)


def _rank_in(session: Session, key: str) -> Callable[[Where], _Rank]:
    """Gives how far down a visit a place is: in its form where it is filled, else in the list of its values."""
    visit, family = session.visit(key), session.family_of(key)
    if visit is None or family is None:
        return lambda _where: (-1, -1)
    return _rank_in_form(session, family, visit) if session.has_form(key) else _rank_in_values(session, family, visit)


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
    form = session.forms.all.for_visit(standard.visit_type_by_code[visit.type.value or ""].id)
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
