"""Visits of a case: begun, and taken away again."""

from __future__ import annotations

from uuid import uuid4

from msgspec.structs import replace

from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.model import EMPTY, Entry, Journal, Moment, Visit
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard


def with_visit(
    journal: Journal,
    family: str,
    visit_type_id: str,
    subject_key: str,
    visit_class: str,
    start: Moment,
    standard: Standard,
) -> tuple[Journal, str]:
    """``journal`` with one more visit of a family, and its key. ``visit_class`` is empty where it is not known yet."""
    known = next((one for one in journal.families if one.key == family), None)
    visit_type = next((one for one in standard.visit_types if one.id == visit_type_id), None)
    if known is None or visit_type is None:
        raise CallFault("edit-nowhere", field="visit.type")
    visit = Visit(
        f"{family}-{uuid4().hex[:12]}",
        Entry(subject_key),
        Entry(visit_type.code),
        Entry(visit_class) if visit_class else EMPTY,
        Vocabulary(standard).default("visit.status"),
        Entry(start),
    )
    after = replace(known, visits=(*known.visits, visit))
    return replace(journal, families=tuple(after if one is known else one for one in journal.families)), visit.key


def without_visit(journal: Journal, family: str, visit: str) -> Journal:
    """``journal`` without a visit of a family, and all that was recorded at it."""
    known = next((one for one in journal.families if one.key == family), None)
    if known is None or all(one.key != visit for one in known.visits):
        raise CallFault("edit-nowhere", field="visit")
    after = replace(known, visits=tuple(one for one in known.visits if one.key != visit))
    return replace(journal, families=tuple(after if one is known else one for one in journal.families))
