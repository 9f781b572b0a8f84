"""The same fact under two ids that both stand."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.deliveries.checks.run import History, finding
from ldbu_desktop.deliveries.lives import Family, Life
from ldbu_desktop.deliveries.model import HistoryFinding
from ldbu_desktop.journal.statuses import NEVER_HELD


def told_twice(family: Family, history: History) -> Iterator[HistoryFinding]:
    """What stands twice of one citizen: an observation, a visit, an intervention, a questionnaire's answers."""
    first: dict[tuple[str, bytes], Life] = {}
    for life in family.standing():
        latest = life.latest.instance
        if not latest.fact or latest.status in NEVER_HELD:
            continue
        whom = family.whom(latest)
        other = first.setdefault((whom, latest.fact), life)
        if other is not life:
            yield finding("history-told-twice", other.first.place, life.first, whom)
