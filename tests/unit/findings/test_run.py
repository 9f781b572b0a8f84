"""The findings of a journal come family by family, in the order of the file."""

from __future__ import annotations

from ldbu_desktop.findings.model import Finding, Location
from ldbu_desktop.findings.run import JudgedFamily, journal_findings
from ldbu_desktop.journal.model import Family, Visit
from ldbu_desktop.work import Cancellation, Step

FAMILIES = tuple(
    Family(f"f{number}", (), visits=tuple(Visit(f"v{number}-{at}") for at in range(10))) for number in range(300)
)


def judged(family: Family) -> JudgedFamily:
    about = (Finding("cpr-missing", Location(family=family.key)),) if family.key.endswith("7") else ()
    return JudgedFamily(family, about, tuple(() for _ in family.visits))


def test_families_are_judged_in_their_order_and_told_as_they_are() -> None:
    steps: list[Step] = []
    found = list(journal_findings(FAMILIES, judged, steps.append, Cancellation()))
    assert [one.family for one in found] == list(FAMILIES)
    assert [len(one.about) for one in found[:8]] == [0, 0, 0, 0, 0, 0, 0, 1]
    assert steps[0] == Step(100, 3000, "visit")
    assert steps[-1] == Step(3000, 3000, "visit")
