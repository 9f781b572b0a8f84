"""What a map knows of the next export of its kind, and what it is not sure of any more."""

from __future__ import annotations

from decimal import Decimal

import msgspec
import pytest
from msgspec import structs
from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping import decisions
from ldbu_desktop.mapping.links import (
    ContentKind,
    Evidence,
    Part,
    Profile,
    Proposal,
    State,
    TableShape,
    Target,
)
from ldbu_desktop.mapping.maps.facts import facts
from ldbu_desktop.mapping.maps.model import Decision, Map
from ldbu_desktop.mapping.maps.recall import recalled
from tests.unit.mapping.maps.conftest import (
    GOOD,
    GRAMS,
    NURSE,
    RESTLESS,
    SLEEP,
    SPEAKS_AGAINST,
    WEIGHT,
    column,
    made_of,
    value,
    with_columns,
    with_values,
)


def states(proposal: Proposal) -> list[State]:
    return [link.state for link in proposal.columns[:7]]


def test_an_order_of_dates_holds_until_the_dates_have_another(proposed: Proposal) -> None:
    start = Target("visit.start", Part.START)
    days = Profile(ContentKind.DATE, 10, 10)
    of_days = with_columns(proposed, [column(2, "VGT", State.PROPOSED, start, days)])
    decided = decisions.choose_order(of_days, of_days.columns[2], DateForm.MONTH_FIRST, NURSE)
    made = made_of(decided)
    same = recalled(of_days, [made]).columns[2]
    assert (same.state, same.target) == (State.KNOWN, replace(start, order=DateForm.MONTH_FIRST))
    turned = replace(days, order=DateForm.DAY_FIRST)
    other = recalled(with_columns(proposed, [column(2, "VGT", State.SURE, start, turned)]), [made]).columns[2]
    assert other.state is State.PROPOSED
    assert "remembered-content-differs" in {each.code for each in other.evidence}


def test_the_same_export_is_known_and_nobody_is_asked(proposed: Proposal, made: Map) -> None:
    after = recalled(proposed, [made])
    assert states(after) == [
        State.LEFT_OUT, State.KNOWN, State.KNOWN, State.KNOWN, State.LEFT_OUT, State.UNMAPPED, State.UNMAPPED
    ]  # fmt: skip
    assert after.columns[3].target == SLEEP
    assert after.columns[3].approval == NURSE
    assert [(link.variable, link.code, link.missing) for link in after.values[:3]] == [
        ("sleep", GOOD, None), ("sleep", RESTLESS, None), ("sleep", None, "unknown")
    ]  # fmt: skip
    assert after.tables[0].constants[0].value == "HH"
    (used,) = after.maps
    assert (used.system, used.version, used.approval) == ("NOVAX", "2025-11", made_approval())


def made_approval() -> object:
    return replace(NURSE, by="Leder", on=NURSE.on.replace(day=4))


def test_the_order_of_columns_and_the_name_of_the_file_make_no_difference(proposed: Proposal, made: Map) -> None:
    columns = tuple(replace(link, column=9 - link.column, file="b.xlsx", sheet="x") for link in proposed.columns[:7])
    values = tuple(replace(link, column=9 - link.column, file="b.xlsx", sheet="x") for link in proposed.values)
    tables = (replace(proposed.tables[0], file="b.xlsx", sheet="x", keys=(9,)),)
    after = recalled(Proposal(tables, columns, values), [made])
    assert [link.state for link in after.columns[:4]] == [State.LEFT_OUT, State.KNOWN, State.KNOWN, State.KNOWN]
    assert after.tables[0].keys == (9,)


def test_a_text_never_seen_comes_up_as_new_and_only_that(proposed: Proposal, made: Map) -> None:
    new = with_values(proposed, [value(3, "1", State.UNMAPPED), value(3, "4", State.UNMAPPED, count=1)])
    after = recalled(new, [made])
    assert [(link.value, link.state) for link in after.values] == [("1", State.KNOWN), ("4", State.UNMAPPED)]
    assert after.columns[3].state is State.KNOWN


@pytest.mark.parametrize(
    "profile",
    [
        Profile(ContentKind.NUMBER, 10, 10, Decimal(49), Decimal(78)),
        Profile(ContentKind.DATE, 10, 10),
        Profile(ContentKind.TEXT, 10, 10),
    ],
)
def test_a_column_that_holds_something_else_is_proposed_again(proposed: Proposal, made: Map, profile: Profile) -> None:
    swapped = with_columns(proposed, [column(2, "VGT", State.UNMAPPED, None, profile)])
    link = recalled(swapped, [made]).columns[2]
    assert (link.state, link.target) == (State.PROPOSED, WEIGHT)
    assert link.evidence[-1].code == "remembered-content-differs"
    assert link.approval is None


def test_what_the_program_sees_against_a_link_is_heard(proposed: Proposal, made: Map) -> None:
    seen = replace(column(2, "VGT", State.PROPOSED, WEIGHT, GRAMS), evidence=(SPEAKS_AGAINST,))
    assert recalled(with_columns(proposed, [seen]), [made]).columns[2].state is State.PROPOSED
    sure = replace(seen, state=State.SURE)
    assert recalled(with_columns(proposed, [sure]), [made]).columns[2].state is State.KNOWN
    other = replace(seen, target=Target("height"))
    assert recalled(with_columns(proposed, [other]), [made]).columns[2].state is State.KNOWN


def test_codes_of_another_column_are_no_longer_what_they_were(proposed: Proposal, made: Map) -> None:
    swapped = with_values(proposed, [value(3, "A", State.UNMAPPED), value(3, "B", State.UNMAPPED)])
    after = recalled(swapped, [made])
    assert after.columns[3].state is State.PROPOSED
    assert {link.state for link in after.values} == {State.UNMAPPED}


def test_a_code_that_the_file_explains_otherwise_now_is_proposed(proposed: Proposal, made: Map) -> None:
    listed = value(3, "1", State.SURE, RESTLESS, evidence=(Evidence("value-text-of-list"),))
    same = value(3, "2", State.SURE, RESTLESS, evidence=(Evidence("value-text-of-list"),))
    after = recalled(with_values(proposed, [listed, same]), [made])
    assert [(link.state, link.code) for link in after.values] == [(State.PROPOSED, RESTLESS), (State.KNOWN, RESTLESS)]


def test_a_column_left_out_that_holds_something_else_is_asked_about(proposed: Proposal, made: Map) -> None:
    numbers = Profile(ContentKind.NUMBER, 10, 10, Decimal(1), Decimal(9))
    filled = recalled(with_columns(proposed, [column(4, "Noter", State.UNMAPPED, None, numbers)]), [made]).columns[4]
    assert filled.state is State.UNMAPPED
    sure = recalled(with_columns(proposed, [column(4, "Noter", State.SURE, WEIGHT, numbers)]), [made]).columns[4]
    assert (sure.state, sure.target) == (State.PROPOSED, WEIGHT)


def test_an_empty_column_says_nothing_against_what_is_known(proposed: Proposal, made: Map) -> None:
    empty = with_columns(proposed, [column(2, "VGT", State.UNMAPPED, None, Profile(ContentKind.EMPTY))])
    assert recalled(empty, [made]).columns[2].state is State.KNOWN
    numberless = with_columns(proposed, [column(2, "VGT", State.UNMAPPED, None, Profile(ContentKind.NUMBER, 1, 1))])
    assert recalled(numberless, [made]).columns[2].state is State.KNOWN


def test_texts_are_read_as_what_the_column_is_known_to_be(proposed: Proposal, made: Map) -> None:
    other = with_values(proposed, [value(3, "1", State.SURE, "x", variable="motor-function"),
                                   value(3, "7", State.SURE, "x", variable="motor-function", count=1)])  # fmt: skip
    after = recalled(other, [made])
    assert [(link.variable, link.state, link.code) for link in after.values] == [
        ("sleep", State.KNOWN, GOOD), ("sleep", State.UNMAPPED, None)
    ]  # fmt: skip


def test_a_text_left_out_stays_so(proposed: Proposal) -> None:
    chosen = decisions.choose(proposed, proposed.columns[3], SLEEP, NURSE)
    left_out = decisions.leave_out(chosen, [chosen.values[0]], NURSE)
    after = recalled(proposed, [made_of(left_out)])
    assert [link.state for link in after.values[:2]] == [State.LEFT_OUT, State.UNMAPPED]


def test_another_kind_of_export_is_not_known(proposed: Proposal, made: Map) -> None:
    other = replace(proposed, columns=tuple(replace(link, header=f"X{link.column}") for link in proposed.columns))
    assert recalled(other, [made]) == other
    assert recalled(proposed, []) == proposed
    assert recalled(Proposal((proposed.tables[0],), (), ()), [made]).maps == ()


def test_our_own_tables_need_no_map(proposed: Proposal, made: Map) -> None:
    own = replace(proposed, tables=(replace(proposed.tables[0], shape=TableShape.WIDE),))
    assert recalled(own, [made]) == own


def test_of_several_maps_the_most_alike_and_then_the_latest_decides(proposed: Proposal, made: Map) -> None:
    older = structs.replace(made, system="GAMMEL", made="2024-01-01")
    columns = (*made.tables[0].columns[:2], structs.replace(made.tables[0].columns[2], header="Z"))
    tables = (structs.replace(made.tables[0], columns=columns),)
    part = structs.replace(made, system="DEL", made="2026-01-01", tables=tables)
    assert recalled(proposed, [older, made, part]).maps[0].system == "NOVAX"


def test_what_nobody_decided_in_a_map_decides_nothing(proposed: Proposal, made: Map) -> None:
    table = made.tables[0]
    columns = [structs.replace(each, by="", when="") for each in table.columns]
    constants = tuple(structs.replace(each, by="", when="") for each in table.constants)
    tables = (structs.replace(table, columns=tuple(columns), constants=constants),)
    nobody = structs.replace(made, by="", when="", made="", tables=tables)
    after = recalled(proposed, [nobody])
    assert State.KNOWN not in states(after)
    assert after.tables[0].constants == ()
    assert after.maps[0].approval is None


def test_a_value_that_nobody_decided_is_as_it_was_proposed(proposed: Proposal, made: Map) -> None:
    columns = [
        structs.replace(each, values=tuple(structs.replace(one, state=Decision.PROPOSED) for one in each.values))
        for each in made.tables[0].columns
    ]
    undecided = structs.replace(made, tables=(structs.replace(made.tables[0], columns=tuple(columns)),))
    after = recalled(proposed, [undecided])
    assert after.columns[3].state is State.KNOWN
    assert {link.state for link in after.values} == {State.UNMAPPED}


def test_a_key_without_a_variable_is_a_key(proposed: Proposal, made: Map) -> None:
    columns = tuple(
        structs.replace(each, variable="") if each.state is Decision.KEY else each for each in made.tables[0].columns
    )
    bare = structs.replace(made, tables=(structs.replace(made.tables[0], columns=columns, keys=("Mangler",)),))
    after = recalled(proposed, [bare])
    assert (after.columns[0].state, after.columns[0].target) == (State.LEFT_OUT, None)
    assert after.tables[0].keys == (0,)


def test_what_was_approved_in_spite_of_evidence_is_not_asked_about_again(proposed: Proposal) -> None:
    seen = replace(column(2, "VGT", State.PROPOSED, WEIGHT, GRAMS), evidence=(SPEAKS_AGAINST,))
    before = with_columns(proposed, [seen])
    made = made_of(decisions.approve(before, [seen], NURSE))
    assert recalled(before, [made]).columns[2].state is State.KNOWN
    more = replace(seen, evidence=(SPEAKS_AGAINST, Evidence("unit-of-another")))
    assert recalled(with_columns(proposed, [more]), [made]).columns[2].state is State.PROPOSED


def test_the_evidence_that_is_heard_has_its_texts() -> None:
    texts = msgspec.json.decode(resource("messages", "mapping.json").read_bytes())
    assert facts().contradicting | facts().by_list <= texts.keys()


def test_texts_of_other_tables_stay_as_they_are(proposed: Proposal, made: Map) -> None:
    other = replace(proposed.values[0], sheet="ANDET")
    after = recalled(replace(proposed, values=(*proposed.values, other)), [made])
    assert other in after.values


# --- without headers

START = Target("visit.start", Part.START)
DAYS = Profile(ContentKind.DATE, 10, 10)


@pytest.fixture
def bare(proposed: Proposal) -> Proposal:
    """A table without headers, of which content alone tells something."""
    columns = (
        column(0, "", State.PROPOSED, START, DAYS),
        column(1, "", State.PROPOSED, WEIGHT, GRAMS),
        column(2, "", State.UNMAPPED, None, Profile(ContentKind.CODE, 10, 2)),
    )
    return replace(proposed, tables=proposed.tables[:1], columns=columns, values=())


def made_of_bare(bare: Proposal) -> Map:
    approved = decisions.approve(bare, bare.columns[:2], NURSE)
    return made_of(decisions.choose(approved, approved.columns[2], SLEEP, NURSE))


def test_columns_without_headers_are_known_by_their_place(bare: Proposal) -> None:
    after = recalled(bare, [made_of_bare(bare)])
    assert [link.state for link in after.columns] == [State.KNOWN] * 3
    assert [link.target for link in after.columns] == [START, WEIGHT, SLEEP]


@pytest.mark.parametrize(
    "others",
    [
        [(0, WEIGHT, GRAMS), (1, START, DAYS)],
        [(2, None, Profile(ContentKind.TEXT, 10, 10)), (1, None, DAYS)],
        [(2, Target("sight", Part.VALUE), Profile(ContentKind.CODE, 10, 2))],
    ],
)
def test_where_one_of_them_moved_all_wait(bare: Proposal, others: list[tuple[int, Target | None, Profile]]) -> None:
    state = State.PROPOSED
    moved = with_columns(bare, [column(at, "", state, target, profile) for at, target, profile in others])
    after = recalled(moved, [made_of_bare(bare)])
    assert State.KNOWN not in {link.state for link in after.columns}
    assert all("remembered-content-differs" in {each.code for each in link.evidence} for link in after.columns)


def test_a_place_that_the_map_does_not_know_makes_all_wait(bare: Proposal) -> None:
    made = made_of_bare(bare)
    columns = made.tables[0].columns
    edited = structs.replace(made.tables[0], columns=(*columns[:2], structs.replace(columns[2], ordinal=9)))
    after = recalled(bare, [structs.replace(made, tables=(edited,))])
    assert State.KNOWN not in {link.state for link in after.columns}


def test_of_more_columns_than_were_known_no_place_is_what_it_was(bare: Proposal) -> None:
    more = replace(bare, columns=(*bare.columns, column(3, "", State.UNMAPPED, None, DAYS)))
    assert recalled(more, [made_of_bare(bare)]) == more
    headed = with_columns(bare, [column(2, "Søvn", State.UNMAPPED, None, Profile(ContentKind.CODE, 10, 2))])
    assert recalled(headed, [made_of_bare(bare)]) == headed
