"""Deadlines in words: a line a visit, below how urgent it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.deadlines import Deadline, Urgency
from ldbu_desktop.journal.where import Where
from ldbu_desktop.rendering.deadlines import URGENCIES, deadline_lines
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load

STANDARD = shipped_standard()
NOW = datetime(2020, 7, 7, 12, tzinfo=UTC)


def test_visits_that_are_as_urgent_stand_below_one_heading() -> None:
    journal = load([resource("samples", "familie.xlsx")], STANDARD)
    family = journal.families[0]
    first, second, third = family.visits[:3]
    found = [
        Deadline(Where(family.key, visit.key, variable="sleep"), (), NOW.date(), NOW + timedelta(days), "x", True)
        for visit, days in ((first, -1), (second, -1), (third, 9))
    ]
    lines = list(deadline_lines(found, journal, STANDARD, NOW))
    late, later = URGENCIES[Urgency.TOO_LATE](), URGENCIES[Urgency.LATER]()
    assert [line if line in ("", late, later) else line[:2] for line in lines[1:]] == [
        "", late, "  ", "  ", "", later, "  "
    ]  # fmt: skip
