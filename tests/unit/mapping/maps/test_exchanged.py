"""Two columns with the same codes whose contents change places below their headers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import ColumnLink, Part, Proposal, State, Subject, Target, ValueLink
from ldbu_desktop.mapping.maps.checking import fit_of
from ldbu_desktop.mapping.maps.exchanged import ENOUGH, Counted, exchanged
from ldbu_desktop.mapping.maps.model import Decision, Map, MapColumn, MapValue
from ldbu_desktop.mapping.maps.recall import recalled
from tests.unit.mapping.maps.conftest import CODES, NURSE, SLEEP, column, made_of, value, with_columns, with_values

MOTOR = Target("motor-function", Part.VALUE, Subject.CHILD)
OFTEN, SELDOM = {"1": 90, "2": 8, "3": 2}, {"1": 55, "2": 30, "3": 15}
CODE_OF = {
    SLEEP: ("b07eec60-941d-484d-8c2a-aeaa2ba798bf", "d13ad530-d8f6-4933-be18-bb77e2334f9f",
            "c25b5cda-3f6b-4ef7-998d-c22c58c6dd18"),
    MOTOR: ("d5b876e1-a86c-4768-b46d-cd795eaa89e4", "936a0163-08eb-4fdb-bf0c-bcf5bc7cb3f6",
            "aeade013-b14a-4ad3-80da-66742782411e"),
}  # fmt: skip


def of_counts(proposed: Proposal, motor: Mapping[str, int], sleep: Mapping[str, int]) -> Proposal:
    """The export with codes in two columns, so often each."""
    links = [column(3, "Motorik", State.UNMAPPED, None, CODES), column(4, "Søvn", State.UNMAPPED, None, CODES)]
    values = [
        value(at, text, State.UNMAPPED, count=count)
        for at, counts in ((3, motor), (4, sleep))
        for text, count in counts.items()
    ]
    return with_values(with_columns(proposed, links), values)


def approved(proposal: Proposal) -> Map:
    """The map in which somebody said what both columns and all of their codes are."""
    for at, target in ((3, MOTOR), (4, SLEEP)):
        proposal = decisions.choose(proposal, proposal.columns[at], target, NURSE)
        for link, code in zip(_of(proposal, at), CODE_OF[target], strict=True):
            proposal = decisions.choose_meaning(proposal, link, NURSE, code=code)
    return made_of(proposal)


def _of(proposal: Proposal, at: int) -> list[ValueLink]:
    return [link for link in proposal.values if link.column == at]


def _said(link: ColumnLink) -> set[str]:
    return {each.code for each in link.evidence}


def test_columns_that_are_likelier_exchanged_are_asked_about(proposed: Proposal) -> None:
    made = approved(of_counts(proposed, OFTEN, SELDOM))
    later = recalled(of_counts(proposed, {"1": 61, "2": 25, "3": 14}, {"1": 88, "2": 10, "3": 2}), [made])
    for link, other in zip(later.columns[3:5], ("Søvn", "Motorik"), strict=True):
        assert link.state is State.PROPOSED
        assert link.approval is None
        assert {each.facts["column"] for each in link.evidence if each.code == "remembered-columns-exchanged"} == {
            other
        }
    assert not any(link.state is State.KNOWN for link in later.values)
    assert {link.header for link in fit_of(made, later).differs if isinstance(link, ColumnLink)} == {"Motorik", "Søvn"}


@pytest.mark.parametrize(
    ("motor", "sleep"),
    [
        (OFTEN, SELDOM),
        ({"1": 1800, "2": 130, "3": 70}, {"1": 1000, "2": 700, "3": 300}),
        ({"1": 3, "2": 1}, {"1": 4}),
        ({"1": 60, "2": 30, "3": 10}, {"1": 58, "2": 30, "3": 12}),
    ],
)
def test_columns_that_stand_as_they_did_stay_known(
    proposed: Proposal, motor: Mapping[str, int], sleep: Mapping[str, int]
) -> None:
    made = approved(of_counts(proposed, OFTEN, SELDOM))
    later = recalled(of_counts(proposed, motor, sleep), [made])
    for link in later.columns[3:5]:
        assert link.state is State.KNOWN
        assert "remembered-by-header-alone" in _said(link)


def test_where_nothing_but_headers_tells_two_columns_apart_that_is_said(proposed: Proposal) -> None:
    made = approved(of_counts(proposed, OFTEN, OFTEN))
    later = recalled(of_counts(proposed, OFTEN, OFTEN), [made])
    assert [link.state for link in later.columns[3:5]] == [State.KNOWN, State.KNOWN]
    assert all("remembered-by-header-alone" in _said(link) for link in later.columns[3:5])


def test_columns_with_codes_of_their_own_are_told_by_these(proposed: Proposal) -> None:
    made = approved(of_counts(proposed, OFTEN, {"A": 60, "B": 30, "C": 10}))
    later = recalled(of_counts(proposed, OFTEN, {"A": 60, "B": 30, "C": 10}), [made])
    assert not any("remembered-by-header-alone" in _said(link) for link in later.columns[3:5])


def test_a_map_keeps_shares_of_many_cells_only(proposed: Proposal) -> None:
    few = {"1": ENOUGH - 3, "2": 1, "3": 1}
    made = approved(of_counts(proposed, few, OFTEN))
    motor, sleep = (
        next(each for each in made.tables[0].columns if each.header == name) for name in ("Motorik", "Søvn")
    )
    assert [each.tenths for each in motor.values] == [None, None, None]
    assert [each.tenths for each in sleep.values] == [9, 1, 0]


def test_a_map_without_shares_never_says_that_columns_are_exchanged(proposed: Proposal) -> None:
    few = {"1": 20, "2": 10, "3": 5}
    made = approved(of_counts(proposed, few, few))
    later = recalled(of_counts(proposed, SELDOM, OFTEN), [made])
    assert [link.state for link in later.columns[3:5]] == [State.KNOWN, State.KNOWN]


def test_of_three_columns_with_the_same_codes_each_is_told_beside_another() -> None:
    known = MapColumn("A", Decision.APPROVED, values=(MapValue("1", Decision.APPROVED, "x", tenths=10),))
    found = exchanged({at: Counted(known, {"1": 5}) for at in range(3)})
    assert found == {0: (1, False), 1: (0, False), 2: (0, False)}
