"""Histories that are right give nothing; a planted fault is found at its reports, and nothing else with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.use_cases.history import check_history
from ldbu_desktop.use_cases.read_reports import HistoryRun
from tests.conftest import OFFICIAL
from tests.delivery_histories.checking import found_in
from tests.delivery_histories.faults import FAULTY, Faulty
from tests.delivery_histories.journal import STANDARD, Delivering
from tests.delivery_histories.stories import CLEAN, Story
from tests.profiles import LONG

SEEDS = range(100 if LONG else 1)
HISTORIES = OFFICIAL / "histories"


@pytest.mark.parametrize("story", CLEAN, ids=lambda story: story.__name__)
def test_what_is_told_as_the_note_wants_it_gives_nothing(story: Story) -> None:
    for seed in SEEDS:
        journal = Delivering(seed)
        story(journal)
        assert found_in(journal.reports, journal.failing) == [], seed


@pytest.mark.parametrize("story", FAULTY, ids=lambda story: story.__name__)
def test_a_planted_fault_is_found_where_it_is(story: Faulty) -> None:
    for seed in SEEDS:
        journal = Delivering(seed)
        planted = story(journal)
        found = found_in(journal.reports, journal.failing)
        at = {(int(one.earlier.file), int(one.later.file)) for one in found if one.code == planted.code}
        assert at & {(planted.earlier, later) for later in planted.later}, seed
        assert {one.code for one in found} <= {planted.code} | planted.also, seed


def test_every_code_is_planted() -> None:
    planted = {story(Delivering(0)).code for story in FAULTY}
    assert planted == {one.code for one in types_by_level()[Level.HISTORY]}


@pytest.mark.skipif(not HISTORIES.is_dir(), reason="the histories lie beside the project, and are not there")
def test_histories_of_others_are_judged_as_they_say() -> None:
    expected = json.loads((HISTORIES / "expected.json").read_bytes())
    for name, told in expected.items():
        run = HistoryRun()
        found = list(check_history([Path(HISTORIES, name)], STANDARD, run, jobs=1))
        assert run.counts.failed == len(told["invalid"]), name
        places = {(one.code, one.earlier.file, one.later.file) for one in found}
        planted = {(one["code"], one["earlier"]["file"], one["later"]["file"]) for one in told["planted"]}
        assert planted <= places, name
        assert {one.code for one in found} - {one["code"] for one in told["planted"]} <= set(told["also"]), name
