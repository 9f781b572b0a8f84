"""The findings of a journal are the same, whether one process looks for them or several."""

from __future__ import annotations

import os
import threading

import pytest

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


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_findings_of_several_processes_are_those_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    steps: list[Step] = []
    alone, shared = (
        list(journal_findings(FAMILIES, judged, steps.append, Cancellation(), alone=is_alone))
        for is_alone in (True, False)
    )
    assert alone == shared
    assert all(one.family is family for one, family in zip(shared, FAMILIES, strict=True))
    assert steps[: len(steps) // 2] == steps[len(steps) // 2 :]
    assert steps[-1] == Step(3000, 3000, "visit")
