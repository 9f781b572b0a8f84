"""An export as a proposal with decisions in it, the map that is made of it, and the next delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import (
    Approval,
    ColumnLink,
    ContentKind,
    Evidence,
    Part,
    Profile,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.mapping.maps.model import Map
from ldbu_desktop.mapping.maps.writing import map_of
from ldbu_desktop.standard.catalogue import shipped_standard

NURSE = Approval("SPL", date(2025, 12, 3))
GOOD, RESTLESS = "b07eec60-941d-484d-8c2a-aeaa2ba798bf", "d13ad530-d8f6-4933-be18-bb77e2334f9f"
CHILD_CPR = Target("citizen.cpr", Part.CPR, Subject.CHILD)
WEIGHT = Target("weight", Part.VALUE, Subject.CHILD, unit="g")
SLEEP = Target("sleep", Part.VALUE, Subject.CHILD)


def column(
    at: int, header: str, state: State, target: Target | None = None, profile: Profile | None = None
) -> ColumnLink:
    return ColumnLink("a.xlsx", "EKSPORT", 1, at, header, state, target, (), profile)


def value(at: int, text: str, state: State, code: str | None = None, **more: object) -> ValueLink:
    link = ValueLink("a.xlsx", "EKSPORT", 1, at, "sleep", text, 5, state, code)
    return replace(link, **more)  # type: ignore[arg-type]  # tests are not typed strictly


CODES = Profile(ContentKind.CODE, 10, 2)
GRAMS = Profile(ContentKind.NUMBER, 10, 10, Decimal(3120), Decimal(9870))


@pytest.fixture
def proposed() -> Proposal:
    """An export that nobody has decided about."""
    table = TableLink("a.xlsx", "EKSPORT", (1, 1), 10, TableShape.VISIT, (0,))
    codes = TableLink("a.xlsx", "KODER", (1, 1), 4, TableShape.CODES)
    return Proposal(
        (table, codes),
        (
            column(0, "ID", State.LEFT_OUT, Target("visit.key", Part.KEY)),
            column(1, "Barn", State.SURE, CHILD_CPR, Profile(ContentKind.CPR, 10, 9)),
            column(2, "VGT", State.PROPOSED, WEIGHT, GRAMS),
            column(3, "F7", State.UNMAPPED, None, CODES),
            column(4, "Noter", State.UNMAPPED, None, Profile(ContentKind.TEXT, 4, 4)),
            column(5, "Noter", State.UNMAPPED, None, Profile(ContentKind.EMPTY)),
            column(6, "", State.UNMAPPED, None, Profile(ContentKind.EMPTY)),
            replace(column(0, "KODE", State.LEFT_OUT), sheet="KODER"),
        ),
        (
            value(3, "1", State.UNMAPPED), value(3, "2", State.UNMAPPED), value(3, "9", State.UNMAPPED),
            value(3, "Anna Jensen", State.UNMAPPED), value(3, "0505209996", State.UNMAPPED),
        ),
    )  # fmt: skip


def decided(proposal: Proposal) -> Proposal:
    """What a nurse decides about it."""
    proposal = decisions.approve(proposal, [proposal.columns[2]], NURSE)
    proposal = decisions.choose(proposal, proposal.columns[3], SLEEP, NURSE)
    first, second, ninth = proposal.values[:3]
    proposal = decisions.choose_meaning(proposal, first, NURSE, code=GOOD)
    proposal = decisions.choose_meaning(proposal, second, NURSE, code=RESTLESS)
    proposal = decisions.choose_meaning(proposal, ninth, NURSE, missing="unknown")
    proposal = decisions.leave_out(proposal, [proposal.columns[4]], NURSE)
    return decisions.set_constant(proposal, proposal.tables[0], "visit.class", "HH", NURSE)


def made_of(proposal: Proposal) -> Map:
    """The map that a nurse makes of it later."""
    by = Approval("Leder", date(2025, 12, 4))
    return map_of(proposal, "NOVAX", "2025-11", by, shipped_standard(), "LDBU Desktop")


@pytest.fixture
def made(proposed: Proposal) -> Map:
    """The map of what was decided."""
    return made_of(decided(proposed))


def with_columns(proposal: Proposal, columns: Sequence[ColumnLink]) -> Proposal:
    """The proposal with other links, by place."""
    others = {each.place: each for each in columns}
    return replace(proposal, columns=tuple(others.get(each.place, each) for each in proposal.columns))


def with_values(proposal: Proposal, values: Sequence[ValueLink]) -> Proposal:
    """The proposal with other texts in the columns of those."""
    places = {each.place[:4] for each in values}
    rest = tuple(each for each in proposal.values if each.place[:4] not in places)
    return replace(proposal, values=(*rest, *values))


SPEAKS_AGAINST = Evidence("content-not-growth")
