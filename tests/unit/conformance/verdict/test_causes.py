"""From what was found to what is told: each cause once, and what only follows with it."""

from __future__ import annotations

import pytest

from ldbu_desktop.conformance.checks.run import EnoughProblems, Run
from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.conformance.reading.places import Place, top
from ldbu_desktop.conformance.verdict import causes
from ldbu_desktop.conformance.verdict.causes import told, told_apart
from ldbu_desktop.conformance.verdict.problems import MOST_PROBLEMS, Follow, Link, Problem
from ldbu_desktop.conformance.verdict.verdict import conformance_finding
from ldbu_desktop.findings.model import Follower

BUNDLE = top("Bundle")
PASSED_ON = "Terminology_PassThrough_TX_Message"
"""The key of what a terminology server says, which is told of a code beside what follows of it."""


def entry(number: int) -> Place:
    return Place(Place(BUNDLE, "entry", "entry", number), "resource", "resource", None)


def within(number: int, name: str) -> Place:
    return Place(entry(number), name, name, None)


def problem(place: Place, key: str = "own-1", code: str = "invariant") -> Problem:
    return Problem(place, key, code)


def test_the_same_at_the_same_place_is_told_once() -> None:
    found = told([problem(entry(0)), problem(entry(0)), problem(entry(1))], [], [])
    assert [(one.key, one.at) for one in found] == [
        ("own-1", "Bundle.entry[0].resource"),
        ("own-1", "Bundle.entry[1].resource"),
    ]


def test_a_reference_fails_with_what_it_leads_to_however_far() -> None:
    links = [
        Link(within(1, "subject"), entry(0)),
        Link(within(2, "encounter"), entry(1)),
        Link(within(3, "subject"), entry(4)),
    ]
    follows = [Follow("report-1", BUNDLE, entry(2)), Follow("report-1", BUNDLE, entry(3))]
    (found,) = told([problem(entry(0))], links, follows)
    assert [(one.key, one.at) for one in found.followers] == [
        ("Reference_REF_CantMatchChoice", "Bundle.entry[1].resource.subject"),
        ("Reference_REF_CantMatchChoice", "Bundle.entry[2].resource.encounter"),
        ("report-1", "Bundle"),
    ]


def test_nothing_follows_from_what_is_only_written_wrongly() -> None:
    (found,) = told([problem(entry(0), code="unknown-property")], [Link(within(1, "subject"), entry(0))], [])
    assert found.followers == ()


def test_followers_are_told_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(causes, "MOST_PROBLEMS", 2)
    links = [Link(within(number, "subject"), entry(0)) for number in range(1, 6)]
    (found,) = told([problem(entry(0))], links, [])
    assert len(found.followers) == 2


def test_an_unknown_code_is_not_in_its_value_set_either() -> None:
    place = within(0, "code")
    known = [problem(place, PASSED_ON, "unknown-code"), problem(place, "NotIn", "not-in-value-set")]
    (found,) = told(known, [], [])
    assert (found.key, found.followers) == ("NotIn", (Follower(PASSED_ON, "Bundle.entry[0].resource.code"),))
    apart = [problem(place, PASSED_ON, "unknown-code"), problem(place, "Other", "missing")]
    assert len(told(apart, [], [])) == 2


def error(key: str, *followers: Follower) -> ConformanceFinding:
    return conformance_finding(key, "Bundle.entry[0]", ("entry", 0), "unknown-code", followers=followers).moved(3, 1)


def test_what_follows_stands_apart_only_where_nothing_but_unknown_codes_is_said() -> None:
    one = error(PASSED_ON, Follower("report-1", "Bundle"))
    assert [(row.key, row.at, row.code, row.line) for row in told_apart([one])] == [
        (PASSED_ON, "Bundle.entry[0]", "unknown-code", 3),
        ("report-1", "Bundle", "follows", 3),
    ]
    assert told_apart([one, error("own-1")]) == [one, error("own-1")]
    assert told_apart([]) == []


def test_a_run_tells_only_so_much() -> None:
    run = Run({}, is_trial=False)
    for number in range(MOST_PROBLEMS):
        run.problem(entry(number), "own-1", "invariant")
    with pytest.raises(EnoughProblems):
        run.problem(entry(0), "own-1", "invariant")
    run.problem(entry(0), "own-2", "several-visits")
    assert len(run.problems) == MOST_PROBLEMS + 1
    trial = run.aside()
    for number in range(MOST_PROBLEMS + 5):
        trial.problem(entry(number), "own-1", "invariant")
    assert len(trial.problems) == MOST_PROBLEMS
