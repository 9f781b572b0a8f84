"""Deadlines in words and for machines: what is missing at which visit, until when, and how urgent that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from ldbu_desktop.findings.deadlines import Deadline, Urgency
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.model import NO_COLUMN, Family, Journal, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.people import citizen_role
from ldbu_desktop.rendering.words import (
    citizen_in,
    count_words,
    moment_words,
    place_words,
    visit_day,
    visit_name,
)
from ldbu_desktop.standard.model import Standard

URGENCIES: dict[Urgency, Callable[[], str]] = {
    Urgency.TOO_LATE: lambda: tr("For sent"),
    Urgency.TODAY: lambda: tr("I dag"),
    Urgency.TOMORROW: lambda: tr("I morgen"),
    Urgency.LATER: lambda: tr("Senere"),
}


def until_words(deadline: Deadline) -> str:
    """Until when something is waited for."""
    return moment_words(deadline.until)


def lacking_words(deadline: Deadline, standard: Standard) -> str:
    """What is missing."""
    return standard.variable[deadline.where.variable].label[chosen()]


def urgency_counts(found: Sequence[Deadline], now: datetime) -> dict[Urgency, int]:
    """How many visits there are by the urgency of what they lack; all of a visit's is waited for equally long."""
    visits = {(each.where.family, each.where.visit): each.urgency(now) for each in found}
    counts = Counter(visits.values())
    return {urgency: counts[urgency] for urgency in Urgency}


def conclusion(found: Sequence[Deadline], now: datetime) -> str:
    """How it stands, in a sentence."""
    if not found:
        return tr("Intet obligatorisk mangler ved de kontakter, der er holdt.")
    counts = urgency_counts(found, now)
    return tr(
        "Noget obligatorisk mangler ved {many, plural, one {# kontakt} other {# kontakter}} ({told}).",
        many=count_words(sum(counts.values())),
        told=", ".join(f"{URGENCIES[each]().lower()}: {count_words(many)}" for each, many in counts.items() if many),
    )


class _Places:
    """The families and visits of a journal, by where something is."""

    def __init__(self, journal: Journal) -> None:
        self._families: dict[tuple[str, str], tuple[Family, Visit]] = {
            (family.key, visit.key): (family, visit) for family in journal.families for visit in family.visits
        }

    def at(self, where: Where) -> tuple[Family, Visit]:
        return self._families[where.family, where.visit]


def deadline_lines(found: Sequence[Deadline], journal: Journal, standard: Standard, now: datetime) -> Iterator[str]:
    """The conclusion, and a line a visit below its urgency."""
    yield conclusion(found, now)
    places = _Places(journal)
    by_visit: dict[tuple[Urgency, str, str], list[Deadline]] = {}
    for each in found:
        by_visit.setdefault((each.urgency(now), each.where.family, each.where.visit), []).append(each)
    told: Urgency | None = None
    for (urgency, _family, _visit), of_visit in by_visit.items():
        if urgency is not told:
            told = urgency
            yield ""
            yield URGENCIES[urgency]()
        family, visit = places.at(of_visit[0].where)
        citizen = citizen_in(family, visit.subject.value)
        about = (
            tr("senest {until}", until=until_words(of_visit[0])),
            visit_name(visit, standard),
            visit_day(visit),
            citizen_role(citizen, family) if citizen else tr("Ukendt borger"),
            _place(visit),
        )
        missing = ", ".join(lacking_words(each, standard) for each in of_visit)
        yield f"  {', '.join(filter(None, about))}: {missing}"


def deadline_document(found: Sequence[Deadline], journal: Journal, standard: Standard, now: datetime) -> dict[str, Any]:
    """All of it for machines; keys hold no CPR number."""
    places = _Places(journal)

    def one(each: Deadline) -> dict[str, Any]:
        visit = places.at(each.where)[1]
        return {
            "urgency": each.urgency(now).value,
            "until": each.until.isoformat(),
            "visit": without_cpr(visit.key),
            "visit_type": visit.type.value,
            "day": each.day.isoformat(),
            "variable": each.where.variable,
            "name": lacking_words(each, standard),
            "rule": each.invariant,
            "missing_reason_allowed": each.may_lack,
            "file": without_cpr(visit.origin.file),
            "place": _place(visit),
        }

    counts = {urgency.value: count for urgency, count in urgency_counts(found, now).items()}
    return {"at": now.isoformat(), "deadlines": [one(each) for each in found], "visits": counts}


def _place(visit: Visit) -> str:
    return without_cpr(place_words(visit.origin, NO_COLUMN))
