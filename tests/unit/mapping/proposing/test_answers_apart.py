"""Answers that have a column each are proposed together, by what their headers say and where marks stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pytest

from ldbu_desktop.mapping.decisions import approve
from ldbu_desktop.mapping.links import (
    NOT_THIS_ANSWER,
    Approval,
    ColumnLink,
    Part,
    Place,
    Proposal,
    State,
    Subject,
    TableShape,
    Target,
)
from ldbu_desktop.mapping.proposing.proposer import Proposer
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.data.exports.population import Seen
from tests.unit.mapping.conftest import coming
from tests.unit.mapping.proposing.conftest import TODAY, proposed, told

STANDARD = shipped_standard()
SLEEP, FEEDING, SMOKING, FORMS = (
    list(STANDARD.concepts(STANDARD.variable[name])) for name in ("sleep", "feeding", "passive-smoking", "visit.class")
)
Marks = dict[str, Callable[[Seen], str]]


def rows(visits: Sequence[Seen], marks: Marks) -> list[list[str]]:
    head = ["CPR", "Dato", "Besøgstype", *marks]
    return [
        head,
        *([s.child.cpr, f"{s.start:%d-%m-%Y}", s.kind.label.da, *(m(s) for m in marks.values())] for s in visits),
    ]


def marks_of(variable: str, headers: Sequence[str], codes: Sequence[str], yes: str = "x", no: str = "") -> Marks:
    def mark(code: str) -> Callable[[Seen], str]:
        return lambda seen: yes if (seen.form if variable == "visit.class" else seen.codes[variable]) == code else no

    return {header: mark(code) for header, code in zip(headers, codes, strict=True)}


def links(proposal: Proposal) -> dict[str, ColumnLink]:
    return {link.header: link for link in proposal.columns}


def meanings(proposal: Proposal, header: str) -> dict[str, str | None]:
    column = links(proposal)[header].column
    return {value.value: value.code for value in proposal.values if value.column == column}


@pytest.mark.parametrize(
    ("variable", "headers", "codes", "yes", "no"),
    [
        ("sleep", ["Søvn: normal", "Søvn: let forstyrret", "Søvn: udfordring"], SLEEP, "x", ""),
        ("sleep", ["soevn_normal", "soevn_let_forstyrret", "soevn_udfordring"], SLEEP, "1", "0"),
        ("feeding", ["amning_fuld", "amning_primaer", "amning_supplement"], FEEDING[:3], "ja", "nej"),
        ("feeding", ["Fuldamning", "Ammes primært", "Familiens mad"], [*FEEDING[:2], FEEDING[4]], "✓", "-"),
        ("feeding", ["Fuldamning", "Ammes primært", "Familiens mad"], [*FEEDING[:2], FEEDING[4]], "Ja", "Nej"),
        ("passive-smoking", ["passiv_rygning_nej", "passiv_rygning_ja"], SMOKING, "1", "0"),
        ("passive-smoking", ["passive_smoking_no", "passive_smoking_yes"], SMOKING, "1", "0"),
        ("passive-smoking", ["Røgfrit hjem: ja", "Røgfrit hjem: nej"], SMOKING, "x", ""),
        ("visit.class", ["Hjemmebesøg", "Klinikbesøg"], ["HH", "AMB"], "X", ""),
    ],
)  # fmt: skip
def test_columns_of_one_answer_each_are_proposed(
    visits: list[Seen], variable: str, headers: list[str], codes: list[str], yes: str, no: str
) -> None:
    proposal = proposed({"Ark1": rows(visits, marks_of(variable, headers, codes, yes, no))})
    subject = None if variable == "visit.class" else Subject.CHILD
    for header, code in zip(headers, codes, strict=True):
        link = links(proposal)[header]
        assert (link.state, link.target) == (State.PROPOSED, Target(variable, Part.ANSWER, subject))
        assert told(link) == {"one-answer-a-column"}
        assert meanings(proposal, header) == {yes: code, **({no: NOT_THIS_ANSWER} if no else {})}


def test_nothing_of_them_is_read_before_somebody_says_yes(visits: list[Seen]) -> None:
    headers = ["Søvn: normal", "Søvn: let forstyrret", "Søvn: udfordring"]
    proposal = proposed({"Ark1": rows(visits, marks_of("sleep", headers, SLEEP, "1", "0"))})
    marks = [value for value in proposal.values if value.variable == "sleep"]
    assert {value.state for value in marks} == {State.PROPOSED}
    approved = approve(proposal, proposal.links, Approval("SPL", date(2026, 1, 1)))
    assert {value.state for value in approved.values if value.variable == "sleep"} == {State.KNOWN}


def test_groups_beside_each_other_are_told_apart(visits: list[Seen]) -> None:
    sleep = marks_of("sleep", ["Søvn normal", "Søvn let forstyrret", "Søvn udfordring"], SLEEP)
    motor = [*STANDARD.concepts(STANDARD.variable["motor-function"])]
    both = sleep | marks_of(
        "motor-function", ["Motorik alderssvarende", "Motorik få tegn", "Motorik udfordring"], motor
    )
    found = links(proposed({"Ark1": rows(visits, both)}))
    variables = [found[header].target.variable for header in both if found[header].target is not None]
    assert variables == ["sleep"] * 3 + ["motor-function"] * 3


def test_of_an_answer_that_is_not_known_only_a_person_can_say(visits: list[Seen]) -> None:
    headers = ["Søvn: normal", "Søvn: blålig", "Søvn: udfordring"]
    proposal = proposed({"Ark1": rows(visits, marks_of("sleep", headers, SLEEP))})
    assert told(links(proposal)["Søvn: blålig"]) == {"one-answer-unknown"}
    assert meanings(proposal, "Søvn: blålig") == {"x": None}


def test_answers_that_are_marked_together_are_no_group(visits: list[Seen]) -> None:
    both: Marks = {"Søvn: normal": lambda _: "x", "Søvn: udfordring": lambda seen: "x" if seen.number % 3 else ""}
    for link in proposed({"Ark1": rows(visits, both)}).columns:
        assert link.target is None or link.target.part is not Part.ANSWER


@pytest.mark.parametrize(
    "marks",
    [
        marks_of("sleep", ["Søvn: normal"], SLEEP[:1]),
        marks_of("sleep", ["Søvn: normal", "Søvn: alderssvarende"], [SLEEP[0], SLEEP[1]]),
        marks_of("sleep", ["Søvn: normal", "Søvn: udfordring"], ["nobody's", "nobody's"], no="0"),
        marks_of("sleep", ["Søvn: normal", "Søvn: udfordring"], [SLEEP[0], SLEEP[2]], yes="måske"),
    ],
)
def test_what_is_no_group_of_answers_is_not_taken_for_one(visits: list[Seen], marks: Marks) -> None:
    """One column alone, two of one answer, nothing marked, and texts that are no marks."""
    for link in proposed({"Ark1": rows(visits, marks)}).columns:
        assert link.target is None or link.target.part is not Part.ANSWER


def test_a_column_that_is_sure_is_not_one_of_a_group(visits: list[Seen]) -> None:
    """The other column is called by an answer of the same, and has one mark."""
    marks = marks_of("passive-smoking", ["Passiv rygning"], SMOKING[1:], "Ja", "Nej")
    marks["Passiv rygning nej"] = lambda _: "Nej"
    link = links(proposed({"Ark1": rows(visits, marks)}))["Passiv rygning"]
    assert link.target == Target("passive-smoking", Part.VALUE, Subject.CHILD)


def test_findings_may_be_several_and_are_no_answers_of_one_question(visits: list[Seen]) -> None:
    marks: Marks = {
        "Fund: Græder meget": lambda seen: "x" if seen.number % 9 == 0 else "",
        "Fund: Nedtrykthed": lambda seen: "x" if seen.number % 9 == 1 else "",
    }
    for link in proposed({"Ark1": rows(visits, marks)}).columns:
        assert link.target is None or link.target.part is not Part.ANSWER


def test_blocks_of_a_child_have_answers_of_their_own(visits: list[Seen]) -> None:
    ages = {"2-months": "2 mdr.", "4-6-months": "4-6 mdr."}
    by_child: dict[str, dict[str, Seen]] = {}
    for seen in visits:
        if seen.kind.id in ages:
            by_child.setdefault(seen.child.cpr, {})[seen.kind.id] = seen
    both = [seen for seen in by_child.values() if len(seen) == len(ages)]
    asked = ["Dato", "Vægt (g)", "Søvn: normal", "Søvn: udfordring"]
    table = [["CPR", *(f"{asked_} {age}" for age in ages.values() for asked_ in asked)]]
    for cpr, seen in ((each["2-months"].child.cpr, each) for each in both):
        row = [cpr]
        for kind in ages:
            one = seen[kind]
            slept = one.codes["sleep"]
            marks = ["x" if slept == SLEEP[0] else "", "x" if slept != SLEEP[0] else ""]
            row += [f"{one.start:%d-%m-%Y}", str(one.weight), *marks]
        table.append(row)
    proposal = proposed({"Ark1": table})
    codes = {kind.id: kind.code for kind in STANDARD.visit_types}
    for kind, age in ages.items():
        for header in asked[2:]:
            target = links(proposal)[f"{header} {age}"].target
            assert target == Target("sleep", Part.ANSWER, Subject.CHILD, codes[kind])


def test_where_a_row_is_an_observation_no_answers_are_apart(visits: list[Seen]) -> None:
    marks = marks_of("sleep", ["Søvn: normal", "Søvn: udfordring"], [SLEEP[0], SLEEP[2]])
    table = [["CPR", "Dato", "Måling", "Værdi", *marks]]
    for seen in visits:
        for name, value in (("Vægt", seen.weight), ("Længde", seen.height), ("Hovedomfang", seen.head)):
            said = [str(value), *(mark(seen) for mark in marks.values())]
            table.append([seen.child.cpr, f"{seen.start:%d-%m-%Y}", name, *said])
    proposal = proposed({"Ark1": table})
    assert proposal.tables[0].shape is TableShape.OBSERVATION
    assert not [link for link in proposal.columns if link.target is not None and link.target.part is Part.ANSWER]


@pytest.mark.parametrize(
    ("header", "variable", "code"),
    [("Søvn: udfordring", "sleep", SLEEP[2]), ("Kolonne 7", "sleep", None), ("Søvn: udfordring", "weight", None)],
)
def test_what_somebody_chose_has_the_answer_that_its_header_tells(
    visits: list[Seen], header: str, variable: str, code: str | None
) -> None:
    cells = rows(visits, marks_of("sleep", [header], [SLEEP[2]]))
    target = Target(variable, Part.ANSWER, Subject.CHILD)
    proposer = Proposer(STANDARD, TODAY, targets={Place("fil.xlsx", "Ark1", 1, 3): target})
    proposer.add(Table("fil.xlsx", "Ark1", coming(list(enumerate(cells, start=1)), 0)))
    proposal = proposer.proposal()
    assert links(proposal)[header].target == target
    assert meanings(proposal, header) == {"x": code}
