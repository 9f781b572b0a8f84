"""Answers of a form: what stands at a place in the journal, and the journal with another answer there."""

from __future__ import annotations

from typing import Any

from ldbu_desktop.editing.interventions import intervened, intervened_at
from ldbu_desktop.editing.observations import PARTS, observed, observed_at
from ldbu_desktop.editing.places import Place, place_in
from ldbu_desktop.editing.responses import responded, responded_at
from ldbu_desktop.editing.values import Address, edited
from ldbu_desktop.faults import CallFault
from ldbu_desktop.journal.fields import FIELDS
from ldbu_desktop.journal.model import EMPTY, Entry, Intervention, Journal, Visit
from ldbu_desktop.standard.model import Standard

__all__ = ["Place", "answer_at", "answered"]


def answer_at(journal: Journal, place: Place) -> Entry[Any]:
    """What stands at ``place``; an empty entry where nothing does."""
    found = place_in(journal, place)
    if found is None:
        return EMPTY
    visit = found[1]
    if place.questionnaire:
        return responded_at(visit, place)
    if place.variable in FIELDS[Visit]:
        return _of_visit(visit, place) if place.part == "value" else EMPTY
    if place.variable in FIELDS[Intervention]:
        return intervened_at(visit, place) if place.part == "value" else EMPTY
    return observed_at(visit, place)


def answered(journal: Journal, place: Place, raw: str, standard: Standard) -> Journal:
    """``journal`` with ``raw`` as the answer at ``place``, read as a file's text is.

    Where there is no record yet it is made; one that is emptied is taken away. A value and a reason for having none
    take each other's place. Nothing is judged: what can't be read is kept as it was typed. Raises :class:`CallFault`
    where there is no such visit, or nothing of that name.
    """
    found = place_in(journal, place)
    if found is None or not _is_known(place, standard):
        raise CallFault("edit-nowhere", field=place.variable or place.link_id)
    family, visit = found
    if place.questionnaire:
        return responded(journal, family, visit, place, raw, standard)
    if place.variable in FIELDS[Visit]:
        listed = len(visit.based_on) if place.number is None else place.number
        return edited(journal, Address(family.key, visit.key, "", place.variable, "", listed), raw, standard)
    if place.variable in FIELDS[Intervention]:
        return intervened(journal, family, visit, place, raw, standard)
    return observed(journal, family, visit, place, raw, standard)


def _is_known(place: Place, standard: Standard) -> bool:
    """Whether there is something of that name, with such a part."""
    if place.questionnaire:
        return place.questionnaire in standard.questionnaire
    if place.variable in FIELDS[Visit] or place.variable in FIELDS[Intervention]:
        return place.part == "value"
    variable = standard.variable.get(place.variable)
    return variable in standard.observed and place.part in ("value", *PARTS)


def _of_visit(visit: Visit, place: Place) -> Entry[Any]:
    entry: Entry[Any] | tuple[Entry[Any], ...] = getattr(visit, FIELDS[Visit][place.variable])
    if isinstance(entry, Entry):
        return entry
    return next(iter(entry[place.number or 0 :]), EMPTY)
