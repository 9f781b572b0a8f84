"""Decisions about what files are taken for: each makes a new proposal in which links are approved, changed or left out.

Only what is known or sure is read by; a decision is what makes a link known. Links that are handed in tell by their
place which are meant.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from msgspec.structs import replace

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.journal.readings import folded
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.links import (
    READ_BY,
    Approval,
    ColumnLink,
    Constant,
    ContentKind,
    Evidence,
    Link,
    Place,
    Proposal,
    State,
    TableLink,
    Target,
    ValueLink,
)

APPROVED = Evidence("approved")
"""Somebody said yes."""
CHOSEN = Evidence("chosen")
"""Somebody said what it is."""
ORDER_UNKNOWN = "date-order-unknown"
"""The evidence that says that the dates of a column can be read in several orders."""
REJECTED = Evidence("rejected")
"""Somebody said no to what was proposed."""


def approve(proposal: Proposal, links: Iterable[Link], approval: Approval) -> Proposal:
    """The links as known; what nothing is proposed for, or is asked of which more must be said, stays as it is."""

    def column(link: ColumnLink) -> ColumnLink:
        if link.target is None or link.state is State.LEFT_OUT or asks_order(link):
            return link
        return replace(link, state=State.KNOWN, approval=approval, evidence=(*link.evidence, APPROVED))

    def value(link: ValueLink) -> ValueLink:
        if not link.has_meaning or link.state is State.LEFT_OUT:
            return link
        return replace(link, state=State.KNOWN, approval=approval, evidence=(*link.evidence, APPROVED))

    return _changed(proposal, links, column, value)


def asks_order(link: Link) -> bool:
    """Whether nobody knows yet in which order the dates of a column are written."""
    is_unknown = any(each.code == ORDER_UNKNOWN for each in link.evidence)
    return isinstance(link, ColumnLink) and is_unknown and link.target is not None and link.target.order is None


def of_dates(links: Iterable[Link]) -> tuple[ColumnLink, ...]:
    """The columns among some links that hold dates, whose order can be chosen."""
    columns = (link for link in links if isinstance(link, ColumnLink))
    return tuple(link for link in columns if link.profile is not None and link.profile.kind is ContentKind.DATE)


def choose_order(proposal: Proposal, link: ColumnLink, order: DateForm, approval: Approval) -> Proposal:
    """A column of dates as written in one order."""
    return choose(proposal, link, replace(link.target, order=order), approval) if link.target is not None else proposal


def approve_sure(proposal: Proposal, approval: Approval) -> Proposal:
    """All that is sure as known, so that a map keeps it."""
    return approve(proposal, (link for link in proposal.links if link.state in READ_BY), approval)


def reject(proposal: Proposal, links: Iterable[Link]) -> Proposal:
    """The links without what was proposed."""

    def column(link: ColumnLink) -> ColumnLink:
        evidence = (*link.evidence, REJECTED)
        return replace(link, state=State.UNMAPPED, target=None, approval=None, evidence=evidence)

    def value(link: ValueLink) -> ValueLink:
        evidence = (*link.evidence, REJECTED)
        return replace(link, state=State.UNMAPPED, code=None, missing=None, approval=None, evidence=evidence)

    return _changed(proposal, links, column, value)


def leave_out(proposal: Proposal, links: Iterable[Link], approval: Approval) -> Proposal:
    """The links as left out by a decision: their cells are not read, and nobody is asked again."""

    def column(link: ColumnLink) -> ColumnLink:
        return replace(link, state=State.LEFT_OUT, target=None, approval=approval)

    def value(link: ValueLink) -> ValueLink:
        return replace(link, state=State.LEFT_OUT, code=None, missing=None, approval=approval)

    return _changed(proposal, links, column, value)


def choose(proposal: Proposal, link: ColumnLink, target: Target, approval: Approval) -> Proposal:
    """A column as what somebody says it is. Its texts mean nothing any more where it holds another variable now."""
    is_same = link.target is not None and link.target.variable == target.variable

    def column(each: ColumnLink) -> ColumnLink:
        return replace(each, state=State.KNOWN, target=target, approval=approval, evidence=(*each.evidence, CHOSEN))

    def value(each: ValueLink) -> ValueLink:
        return replace(each, variable=target.variable, state=State.UNMAPPED, code=None, missing=None, approval=None)

    chosen = _changed(proposal, [link], column, lambda each: each)
    if is_same:
        return chosen
    of_column = [each for each in chosen.values if each.place[:4] == link.place[:4]]
    return _changed(chosen, of_column, column, value)


def choose_meaning(
    proposal: Proposal, link: ValueLink, approval: Approval, *, code: str | None = None, missing: str | None = None
) -> Proposal:
    """A text as what somebody says it means: a code, or a reason why there is no value."""

    def value(each: ValueLink) -> ValueLink:
        evidence = (*each.evidence, CHOSEN)
        return replace(each, state=State.KNOWN, code=code, missing=missing, approval=approval, evidence=evidence)

    return _changed(proposal, [link], lambda each: each, value)


def of_column(proposal: Proposal, name: str) -> tuple[Link, ...]:
    """The columns with a header, or with a column's letters where no header is the same, and all of their texts."""
    by_header = [link for link in proposal.columns if header_key(link.header) == header_key(name)]
    found = by_header or [link for link in proposal.columns if column_letters(link.column) == name.strip().upper()]
    places = {link.place[:4] for link in found}
    return tuple(link for link in proposal.links if link.place[:4] in places)


def set_constant(proposal: Proposal, table: TableLink, variable: str, value: str, approval: Approval) -> Proposal:
    """A table in which ``variable`` has one value for all; with an empty one it has none any more."""

    def changed(each: TableLink) -> TableLink:
        others = tuple(constant for constant in each.constants if constant.variable != variable)
        return replace(each, constants=(*others, Constant(variable, value, approval)) if value else others)

    tables = tuple(changed(each) if each.place == table.place else each for each in proposal.tables)
    return replace(proposal, tables=tables)


def approve_sheets(proposal: Proposal, approval: Approval) -> Proposal:
    """The proposal in which each table has for all of its rows what the name of its sheet says."""
    for table, variable, code in proposal.said_by_sheets():
        proposal = set_constant(proposal, table, variable, code, approval)
    return proposal


def _changed(
    proposal: Proposal,
    links: Iterable[Link],
    column: Callable[[ColumnLink], ColumnLink],
    value: Callable[[ValueLink], ValueLink],
) -> Proposal:
    meant: Collection[Place] = {_told_apart(link.place) for link in links}
    return replace(
        proposal,
        columns=tuple(column(each) if each.place in meant else each for each in proposal.columns),
        values=tuple(value(each) if _told_apart(each.place) in meant else each for each in proposal.values),
    )


def _told_apart(place: Place) -> Place:
    """A place as links are told apart: texts that differ by case and spaces are read as one, and decided as one."""
    return place if place.value is None else place._replace(value=folded(place.value))
