"""Where a finding is, as a place in the journal."""

from __future__ import annotations

from ldbu_desktop.findings.model import Location
from ldbu_desktop.journal.fields import ANSWER_VALUE
from ldbu_desktop.journal.where import Where


def test_a_location_is_a_place_in_the_journal() -> None:
    found = Location(family="B1", visit="K1", record="O1", variable="weight")
    assert found.where == Where("B1", "K1", "O1", "", "weight")


def test_the_variable_of_an_answer_is_its_question() -> None:
    found = Location(family="B1", visit="K1", record="R1", variable="1humor", field=ANSWER_VALUE)
    assert found.where == Where("B1", "K1", "R1", ANSWER_VALUE, link_id="1humor")
