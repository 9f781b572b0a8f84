"""What is sent after what was sent before, where the journal or the ledger knows less than a whole history."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.journal.instances import Instance
from ldbu_desktop.journal.model import NOWHERE, Origin
from tests.unit.bundles.small_family import HEIGHT, NOW, STANDARD, VISIT, WEIGHT, journal, report, said

NOBODY_KNOWS = Instance("", b"")
"""What a case file of an older version remembers of a resource that is not as it was any more."""


def ledger(*unknown: str) -> Ledger:
    """What is known after the report of the family was sent; of resources of the types ``unknown`` nothing is."""
    sent = report()
    told = {
        entry["resource"]["id"]: NOBODY_KNOWS
        if entry["resource"]["resourceType"] in unknown
        else Instance(record.key if record is not None else "", json_text(entry["resource"]), 1)
        for record, entry in zip(sent.records, sent.bundle["entry"], strict=True)
    }
    return Ledger({VISIT.key: told})


def after(*observations: Any, of: Ledger) -> BuiltReport:
    """The report of the visit with these observations, after what the ledger knows."""
    source = journal(replace(VISIT, observations=observations))
    return ReportWriter(source, STANDARD, NOW, ledger=of).report(source.families[0].visits)


def told(built: BuiltReport, kind: str) -> list[tuple[str, str]]:
    """The ids and statuses of the resources of a type."""
    found = (entry["resource"] for entry in built.bundle["entry"])
    return [(one["id"], one.get("status", "")) for one in found if one["resourceType"] == kind]


@pytest.mark.parametrize(
    ("origin", "statuses"),
    [
        # It was written and withdrawn here, and nobody ever had it.
        (NOWHERE, []),
        # A file says so, and whoever has what another system sent is told it.
        (Origin("uge.xlsx", "Observationer", 3), ["entered-in-error"]),
    ],
)
def test_what_was_withdrawn_before_it_was_sent_is_told_only_of_a_file(origin: Origin, statuses: list[str]) -> None:
    withdrawn = replace(WEIGHT, key="O9", status=said("entered-in-error"), origin=origin)
    before = {id for id, _ in told(report(), "Observation")}
    now = told(after(*VISIT.observations, withdrawn, of=ledger()), "Observation")
    assert [status for id, status in now if id not in before] == statuses
    assert {id for id, _ in now} >= before


def test_what_refers_to_somebody_of_whom_nothing_is_known_is_corrected_all_the_same() -> None:
    known = ledger("Patient")
    built = after(replace(WEIGHT, value=HEIGHT.value), *VISIT.observations[1:], of=known)
    before = dict(told(report(), "Observation"))
    now = dict(told(built, "Observation"))
    (weight,) = (id for id, status in now.items() if status == "entered-in-error")
    assert before[weight] == "final"
    assert len(now.keys() - before.keys()) == 1
    assert told(built, "Encounter") == told(report(), "Encounter")
    assert told(built, "Patient") == told(report(), "Patient")


def test_a_visit_of_somebody_of_whom_nothing_is_known_is_corrected_all_the_same() -> None:
    source = journal(replace(VISIT, visit_class=said("AMB")))
    built = ReportWriter(source, STANDARD, NOW, ledger=ledger("Patient")).report(source.families[0].visits)
    ((before, status),) = told(report(), "Encounter")
    now = dict(told(built, "Encounter"))
    assert now.pop(before) == "entered-in-error"
    assert list(now.values()) == [status]
