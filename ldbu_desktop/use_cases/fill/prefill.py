"""What a field begins with: the answer of an earlier visit, or a code that a form proposes. Never taken unasked."""

from __future__ import annotations

from typing import Any

from ldbu_desktop.findings.age import day_of
from ldbu_desktop.findings.rule_book import ENTERED_IN_ERROR
from ldbu_desktop.forms.model import Field, Prefill
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Journal, Visit
from ldbu_desktop.use_cases.fill.answers import Place, answer_at


def proposal(journal: Journal, field: Field, place: Place) -> Entry[Any]:
    """What is proposed at ``place`` where nothing is answered yet; an empty entry where nothing is."""
    if field.prefill is Prefill.EARLIER:
        family = next((one for one in journal.families if one.key == place.family), None)
        earlier = _earlier(journal, family, place) if family is not None else EMPTY
        if earlier.value is not None:
            return Entry(earlier.value)
    return Entry(field.proposed) if field.proposed else EMPTY


def _earlier(journal: Journal, family: Family, place: Place) -> Entry[Any]:
    """The latest answer of the same citizen at a visit before this one."""
    now = next((visit for visit in family.visits if visit.key == place.visit), None)
    if now is None or now.start.value is None:
        return EMPTY
    today = day_of(now.start.value)
    before = [visit for visit in family.visits if _is_before(visit, now, today.toordinal())]
    for visit in sorted(before, key=_ordinal, reverse=True):
        entry = answer_at(journal, place._replace(visit=visit.key))
        if entry.value is not None:
            return entry
    return EMPTY


def _is_before(visit: Visit, now: Visit, today: int) -> bool:
    return visit.key != now.key and visit.status.value != ENTERED_IN_ERROR and 0 < _ordinal(visit) <= today


def _ordinal(visit: Visit) -> int:
    return day_of(visit.start.value).toordinal() if visit.start.value is not None else 0
