"""Decisions as a call names them: columns by header or letters, and what is the same for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ldbu_desktop import clock
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import Approval, Link, Proposal, State, TableShape
from ldbu_desktop.mapping.maps.checking import may_be_constant
from ldbu_desktop.mapping.maps.persons import identifies
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard

ALL, UNMAPPED = "all", "unmapped"


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody answers about a proposal.

    ``constants`` are written ``variable=value``, ``dates``, the orders that dates have, ``column=order``.
    """

    by: str
    approve: Sequence[str] = ()
    approve_all_sure: bool = False
    leave_out: Sequence[str] = ()
    constants: Sequence[str] = ()
    dates: Sequence[str] = ()

    @property
    def approval(self) -> Approval:
        """Who answers, and that it is today. Raises :class:`CallFault` for nobody, and for a number of somebody."""
        if not self.by.strip():
            raise CallFault("map-by-nobody")
        if identifies(self.by):
            raise CallFault("map-by-person")
        return Approval(self.by.strip(), clock.today())


def decided(proposal: Proposal, answers: Answers, standard: Standard) -> Proposal:
    """The proposal with the answers in it.

    Raises :class:`CallFault` for a column that is not there, for the order of dates in one that holds none, and for
    what can't be the same for all.
    """
    for assignment in answers.constants:
        variable, sign, value = assignment.partition("=")
        if not sign:
            raise CallFault("map-set-unreadable", value=assignment)
        if not may_be_constant(variable.strip(), value.strip(), vocabulary_of(standard)):
            raise CallFault("map-set-not-there", variable=variable.strip())
        for table in (each for each in proposal.tables if each.shape is not TableShape.CODES):
            proposal = decisions.set_constant(proposal, table, variable.strip(), value.strip(), answers.approval)
    for assignment in answers.dates:
        proposal = _with_order(proposal, assignment, answers.approval)
    if answers.approve_all_sure:
        proposal = decisions.approve_sure(proposal, answers.approval)
    for name in answers.approve:
        proposal = decisions.approve(proposal, _named(proposal, name), answers.approval)
        if name == ALL:
            proposal = decisions.approve_sheets(proposal, answers.approval)
    for name in answers.leave_out:
        proposal = decisions.leave_out(proposal, _named(proposal, name), answers.approval)
    return proposal


def _with_order(proposal: Proposal, assignment: str, approval: Approval) -> Proposal:
    name, _, written = assignment.rpartition("=")
    if written not in list(DateForm) or not name:
        raise CallFault("map-dates-unreadable", value=assignment)
    columns = decisions.of_dates(_named(proposal, name))
    if not columns:
        raise CallFault("map-column-without-dates", column=name)
    for column in columns:
        proposal = decisions.choose_order(proposal, column, DateForm(written), approval)
    return proposal


def _named(proposal: Proposal, name: str) -> tuple[Link, ...]:
    if name == ALL:
        return proposal.links
    if name == UNMAPPED:
        return tuple(link for link in proposal.links if link.state is State.UNMAPPED)
    links = decisions.of_column(proposal, name)
    if not links:
        raise CallFault("map-column-not-there", column=name)
    return links
