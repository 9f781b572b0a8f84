"""What the columns of a table hold, by the links that it is read by."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.mapping.exports import ExportReader
from ldbu_desktop.mapping.links import (
    OBSERVATION_VARIABLE,
    Approval,
    ColumnLink,
    ContentKind,
    Evidence,
    Part,
    Profile,
    Proposal,
    State,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)  # fmt: skip
from ldbu_desktop.pseudonyms.cells import Holds
from ldbu_desktop.pseudonyms.headers import HeaderStandIns
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.layouts import linked_layouts, own_layouts
from ldbu_desktop.pseudonyms.secret import Secret
from ldbu_desktop.pseudonyms.stand_ins import StandIns
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.use_cases.standards import shipped_standard

STANDARD = shipped_standard()
RULES = RuleBook(STANDARD)
WORDS = KnownWords()
STAND_INS = StandIns(RULES, Secret(b"k" * 32))
HEADERS = HeaderStandIns(RULES, Secret(b"k" * 32), WORDS, ())


def linked(
    target: Target | None,
    state: State = State.SURE,
    profile: Profile | None = None,
    header: str = "Annas",
    evidence: str = "header-like",
) -> Holds:
    """What the one column of a table holds."""
    table = TableLink("a.csv", "", (1, 1), 5, TableShape.VISIT)
    column = ColumnLink("a.csv", "", 1, 0, header, state, target, (Evidence(evidence),), profile)
    beside = ColumnLink("a.csv", "", 1, 7, "Ved siden af", State.SURE, target)
    (layout,) = linked_layouts(
        "a.csv", "", Proposal((table,), (column, beside), ()), STANDARD, WORDS, STAND_INS, HEADERS
    )
    assert list(layout.columns) == [0]
    return layout.columns[0].holds


@pytest.mark.parametrize(
    ("target", "holds"),
    [
        (Target("citizen.cpr", Part.CPR), Holds.NUMBER_OF_PERSON),
        (Target("visit.key", Part.KEY), Holds.KEY),
        (Target("visit.start", Part.TIME), Holds.CLOCK),
        (Target("visit.start", Part.START), Holds.DAY),
        (Target("weight"), Holds.VALUE),
    ],
)
def test_a_column_holds_what_it_is_read_as(target: Target, holds: Holds) -> None:
    assert linked(target) is holds


def test_what_is_not_read_is_unknown_but_for_numbers_of_people() -> None:
    assert linked(None) is Holds.UNKNOWN
    assert linked(Target("weight"), State.PROPOSED) is Holds.UNKNOWN
    assert linked(None, State.UNMAPPED, Profile(ContentKind.CPR)) is Holds.NUMBER_OF_PERSON
    assert linked(None, State.UNMAPPED, Profile(ContentKind.DATE)) is Holds.UNKNOWN_DAY
    assert linked(Target("visit.start", Part.START), State.PROPOSED, Profile(ContentKind.NUMBER)) is Holds.UNKNOWN_DAY
    assert linked(None, State.UNMAPPED, Profile(ContentKind.TEXT), "dato - B") is Holds.UNKNOWN_DAY
    assert linked(None, State.UNMAPPED, Profile(ContentKind.TEXT), "Vægt - B") is Holds.UNKNOWN


def test_what_is_proposed_is_so_where_known_words_say_it() -> None:
    weight, numbers = Target("weight"), Profile(ContentKind.NUMBER)
    assert linked(weight, State.PROPOSED, numbers, "Vægt i gram") is Holds.VALUE
    assert linked(weight, State.PROPOSED, numbers, "Vægt Annas") is Holds.VALUE
    assert linked(weight, State.PROPOSED, numbers, "Annas") is Holds.UNKNOWN
    assert linked(weight, State.PROPOSED, numbers, "Distrikt", "content-alone") is Holds.UNKNOWN
    assert linked(weight, State.PROPOSED, None, "Distrikt", "content-alone") is Holds.UNKNOWN
    assert linked(Target("sleep"), State.PROPOSED, Profile(ContentKind.CODE), "Sted", "content-alone") is Holds.VALUE
    assert linked(weight, State.UNMAPPED, numbers, "Vægt i gram") is Holds.UNKNOWN


def test_a_text_that_is_likely_a_code_stays_where_it_is_of_few_known_words() -> None:
    table = TableLink("a.csv", "", (1, 1), 5, TableShape.VISIT)
    column = ColumnLink("a.csv", "", 1, 0, "Søvn", State.SURE, Target("sleep"))

    def value(text: str, state: State, code: str | None, explained: str = "") -> ValueLink:
        evidence = (Evidence("value-like"), Evidence("value-text-of-list", {"text": explained}))
        return ValueLink("a.csv", "", 1, 0, "sleep", text, 1, state, code, evidence=evidence)

    texts = (
        value("Annas søvn", State.SURE, "x"), value("god søvn", State.PROPOSED, "x"),
        value("Annas", State.PROPOSED, "x"), value("søvn søvn søvn søvn søvn", State.PROPOSED, "x"),
        value("søvn", State.UNMAPPED, None), value("Anna ville ikke", State.KNOWN, None),
        value("ikke målt", State.KNOWN, None), value("S", State.PROPOSED, "x", "god søvn"),
        value("TFA", State.UNMAPPED, None, "Tove Annas"), value("B-søvn", State.PROPOSED, None),
    )  # fmt: skip
    proposal = Proposal((table,), (column,), texts)
    (layout,) = linked_layouts("a.csv", "", proposal, STANDARD, WORDS, STAND_INS, HEADERS)
    others = {text.value for text in texts} - layout.columns[0].safe
    assert layout.columns[0].likes == {text: STAND_INS.of("sleep", text) for text in others}
    assert layout.columns[0].safe == {"Annas søvn", "god søvn", "ikke målt", "S", "B-søvn"}


def test_who_a_child_is_is_told_apart_from_what_is_told_of_others() -> None:
    def holds(what: str, whose: str = "child") -> Holds:
        table = TableLink("a.csv", "", (1, 1), 5, TableShape.VISIT)
        evidence = Evidence("header-of-something-else", {"what": what, "whose": whose})
        column = ColumnLink("a.csv", "", 1, 0, "Navn", State.UNMAPPED, None, (evidence,))
        proposal = Proposal((table,), (column,), ())
        (layout,) = linked_layouts("a.csv", "", proposal, STANDARD, WORDS, STAND_INS, HEADERS)
        return layout.columns[0].holds

    assert holds("name") is holds("gender") is Holds.WHO
    assert holds("name", "parent") is holds("birth") is holds("notes") is Holds.UNKNOWN


def test_names_of_what_was_observed_are_read_as_headers_are() -> None:
    table = TableLink("a.csv", "", (1, 1), 5, TableShape.OBSERVATION)
    target = Target(OBSERVATION_VARIABLE, Part.NAME)
    column = ColumnLink("a.csv", "", 1, 0, "Felt", State.PROPOSED, target)
    value = ValueLink("a.csv", "", 1, 0, OBSERVATION_VARIABLE, "Tilkn.", 1, State.UNMAPPED, None)
    proposal = Proposal((table,), (column,), (value,))
    (layout,) = linked_layouts("a.csv", "", proposal, STANDARD, WORDS, STAND_INS, HEADERS)
    assert layout.columns[0].likes == {"Tilkn.": HEADERS.of("Tilkn.", "")}


def test_a_column_that_is_there_twice_holds_the_same_twice() -> None:
    headers = ["kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "Vægt", "vægt", "Annas"]
    rows = [headers, ["K1", "0505209996", "451000016003", "x", "Hjemmebesøg", "07-07-2020", "5250", "5250", "y"]]
    (layout,) = own_layouts(Table("a.csv", "", iter(enumerate(rows, 1))), ExportReader(STANDARD))
    assert [layout.columns[at].holds for at in (6, 7, 8)] == [Holds.VALUE, Holds.VALUE, Holds.UNKNOWN]


def test_our_own_table_begins_at_its_first_column() -> None:
    headers = ["", "", "kontakt_id", "barn_cpr", "sor", "kontakttype", "kontaktform", "start", "Annas"]
    rows = [headers, ["", "", "K1", "0505209996", "451000016003", "x", "Hjemmebesøg", "07-07-2020", "y"]]
    (layout,) = own_layouts(Table("a.csv", "", iter(enumerate(rows, 1))), ExportReader(STANDARD))
    assert (layout.span[0], layout.header_rows, list(layout.columns)) == (2, (1, 1), list(range(2, 9)))
    holds = {column.header: column.holds for column in layout.columns.values()}
    assert holds["barn_cpr"] is Holds.NUMBER_OF_PERSON
    assert holds["sor"] is Holds.NUMBER_OF_REGISTER
    assert holds["start"] is Holds.DAY
    assert holds["Annas"] is Holds.UNKNOWN


def test_what_somebody_decided_on_is_written_as_in_the_map_that_says_so() -> None:
    table = TableLink("a.csv", "", (1, 1), 5, TableShape.VISIT)
    column = ColumnLink("a.csv", "", 1, 0, "Form", State.SURE, Target("visit.class"))
    left_out = ValueLink(
        "a.csv", "", 1, 0, "visit.class", "hos Anna", 1, State.UNMAPPED, approval=Approval("SPL", date(2026, 11, 28))
    )
    proposal = Proposal((table,), (column,), (left_out,))
    (layout,) = linked_layouts("a.csv", "", proposal, STANDARD, WORDS, STAND_INS, HEADERS)
    assert layout.columns[0].likes == {}


def test_a_header_that_may_name_somebody_stays_where_somebody_decided_on_it_alone() -> None:
    table = TableLink("a.csv", "", (1, 1), 5, TableShape.VISIT)
    read = ColumnLink("a.csv", "", 1, 0, "Variabel Kanariana", State.SURE, Target("weight"))
    told = (
        read,
        structs.replace(read, header="Vægt"),
        structs.replace(read, approval=Approval("SPL", date(2026, 11, 28))),
    )
    for column, stays in zip(told, (False, True, True), strict=True):
        proposal = Proposal((table,), (column,), ())
        (layout,) = linked_layouts("a.csv", "", proposal, STANDARD, WORDS, STAND_INS, HEADERS)
        assert layout.columns[0].has_header is stays
