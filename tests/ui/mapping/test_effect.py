"""What comes of answers: read and checked without a window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ldbu_desktop.mapping.links import Proposal, State
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.mapping.effect import effect_of, unmet_rules
from ldbu_desktop.use_cases.map import propose
from ldbu_desktop.work import Cancellation, no_progress
from tests.ui.mapping.foreign_export import write_export
from tests.ui.mapping.made import value

STANDARD = shipped_standard()


def test_files_are_read_by_what_is_certain_only(tmp_path: Path) -> None:
    export = write_export(tmp_path / "udtraek.csv", STANDARD)
    proposal = propose([export], STANDARD, date(2025, 12, 1))
    effect = effect_of([export], proposal, STANDARD, no_progress, Cancellation())
    assert effect.proposal is proposal
    assert effect.findings.journal.visit_count == effect.rejected == 36
    [readings] = effect.readings.values()
    by_header = {column.header: column.column for column in proposal.columns}
    assert str(readings[2, by_header["Vægt (g)"]].entry.value).isdigit()
    assert readings[2, by_header["Vægt (g)"]].variable == "weight"
    assert readings[2, by_header["Besøgsdato"]].variable == "visit.start"
    assert readings[2, by_header["Besøgstype"]].variable == "visit.type"  # the standard's own term
    assert readings[4, by_header["Besøgstype"]].entry.value is None  # a text that waits for a yes
    assert {row for row, _ in readings} <= set(range(2, 22))


def test_rules_ask_in_vain_for_what_nothing_is_read_as(tmp_path: Path) -> None:
    export = write_export(tmp_path / "udtraek.csv", STANDARD)
    proposal = propose([export], STANDARD, date(2025, 12, 1))
    asked = {rule.variables for rule in unmet_rules(proposal, STANDARD)}
    assert ("hearing",) in asked
    assert ("weight",) not in asked
    assert len(unmet_rules(Proposal((), (), ()), STANDARD)) == len(STANDARD.gateway_rules)
    named = value(0, "observation.variable", "Vægt", 3, State.SURE, "weight")
    left = unmet_rules(Proposal((), (), (named,)), STANDARD)
    assert len(left) == len(STANDARD.gateway_rules) - 1
