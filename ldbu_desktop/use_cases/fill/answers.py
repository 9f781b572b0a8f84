"""Answers of a form: where each stands in the journal, and the journal with one more, another or one less."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import uuid4

from msgspec.structs import replace

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.fields import FIELDS
from ldbu_desktop.journal.model import (
    EMPTY,
    NOWHERE,
    Answer,
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    QuestionnaireResponse,
    Visit,
)
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.long_records import read_answer
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.edit import Address, edited
from ldbu_desktop.use_cases.fill.instruments import scored

_PARTS = {
    "value": "",
    "missing-reason": "observation.missing-reason",
    "unit": "observation.unit",
    "start": "observation.start",
    "end": "observation.end",
}
_LISTED = {"visit.interventions"}


class Place(NamedTuple):
    """Where an answer stands.

    ``part`` is ``value``, ``missing-reason``, ``unit``, ``start`` or ``end`` of an observation. ``record`` is the key
    of one of several records (a finding, a feeding period, an intervention); without it a variable that takes several
    gets one more. ``subject`` is empty for what is about the visit itself.
    """

    family: str
    visit: str
    subject: str
    variable: str
    part: str = "value"
    questionnaire: str = ""
    link_id: str = ""
    record: str = ""


def answer_at(journal: Journal, place: Place) -> Entry[Any]:
    """What stands at ``place``; an empty entry where nothing does."""
    found = _found(journal, place)
    if found is None:
        return EMPTY
    visit = found[1]
    if place.questionnaire:
        return _response_part(_response(visit, place), place)
    if place.variable.startswith("visit."):
        entry = getattr(visit, FIELDS[Visit][place.variable]) if place.part == "value" else EMPTY
        return (entry[0] if entry else EMPTY) if isinstance(entry, tuple) and not isinstance(entry, Entry) else entry
    if place.variable.startswith("intervention."):
        return _intervention_part(visit, place)
    observation = _observation(visit, place)
    if observation is None:
        return EMPTY
    if place.part == "value":
        return observation.value
    return getattr(observation, FIELDS[Observation][_PARTS[place.part]])  # type: ignore[no-any-return]


def answered(journal: Journal, place: Place, raw: str, standard: Standard) -> Journal:
    """``journal`` with ``raw`` as the answer at ``place``, read as a file's text is.

    Where there is no record yet it is made; one that is emptied is taken away. A value and a reason for having none
    take each other's place. Raises :class:`CallFault` where there is no such visit, or nothing of that name.
    """
    found = _found(journal, place)
    if found is None:
        raise CallFault("edit-nowhere", field=place.variable or place.link_id)
    family, visit = found
    if place.questionnaire:
        return _with_visit(journal, family, _responded(visit, place, raw, standard))
    if place.variable.startswith("visit."):
        number = len(visit.based_on) if place.variable in _LISTED and raw else 0
        return edited(journal, Address(family.key, visit.key, "", place.variable, "", number), raw, standard)
    if place.variable.startswith("intervention."):
        return _intervened(journal, family, visit, place, raw, standard)
    return _observed(journal, family, visit, place, raw, standard)


def _found(journal: Journal, place: Place) -> tuple[Family, Visit] | None:
    for family in journal.families:
        if family.key == place.family:
            for visit in family.visits:
                if visit.key == place.visit:
                    return family, visit
    return None


def _with_visit(journal: Journal, family: Family, visit: Visit) -> Journal:
    visits = tuple(visit if one.key == visit.key else one for one in family.visits)
    changed = replace(family, visits=visits)
    return replace(journal, families=tuple(changed if one is family else one for one in journal.families))


def new_key(visit: Visit) -> str:
    """A key for a record at a visit that no other record has had or will have."""
    return f"{visit.key}-{uuid4().hex[:12]}"


# --- observations


def takes_several(variable: str, standard: Standard) -> bool:
    """Whether a citizen can have several observations of a variable at one visit."""
    return standard.variable[variable].missing_reason == "refused"


def _observation(visit: Visit, place: Place) -> Observation | None:
    for one in visit.observations:
        if place.record:
            if one.key == place.record:
                return one
        elif one.variable.value == place.variable and one.subject.value == place.subject and not one.is_period:
            return one
    return None


def _observed(journal: Journal, family: Family, visit: Visit, place: Place, raw: str, standard: Standard) -> Journal:
    is_one_more = not place.record and takes_several(place.variable, standard)
    known = None if is_one_more else _observation(visit, place)
    if known is None:
        if not raw.strip():
            return journal
        known = _blank(visit, place, standard)
        visit = replace(visit, observations=(*visit.observations, known))
        journal = _with_visit(journal, family, visit)
    part = _PARTS[place.part]
    address = Address(family.key, visit.key, known.key, part or place.variable, place.variable)
    after = edited(journal, address, raw, standard)
    return _tidied(after, place._replace(record=known.key), is_value=place.part == "value", is_said=bool(raw.strip()))


def _blank(visit: Visit, place: Place, standard: Standard) -> Observation:
    units = standard.variable[place.variable].units
    return Observation(
        new_key(visit),
        Entry(place.variable),
        Entry(place.subject),
        unit=follows(units[0].code) if units else EMPTY,
        start=follows(visit.start.value),
        status=Vocabulary(standard).default("observation.status"),
    )


def _tidied(journal: Journal, place: Place, *, is_value: bool, is_said: bool) -> Journal:
    """A value clears the reason for having none and the other way round; what says nothing is taken away."""
    found = _found(journal, place)
    observation = _observation(found[1], place) if found else None
    if found is None or observation is None:
        return journal
    family, visit = found
    after: Observation | None = observation
    if is_value and is_said:
        after = replace(observation, missing_reason=EMPTY)
    elif place.part == "missing-reason" and is_said:
        after = replace(observation, value=EMPTY, unit=EMPTY)
    if after is not None and after.value.is_empty and after.missing_reason.is_empty:
        after = None
    others = (one if one is not observation else after for one in visit.observations)
    observations = tuple(one for one in others if one is not None)
    return _with_visit(journal, family, replace(visit, observations=observations))


def fed(journal: Journal, place: Place, raw: str, start: str, end: str, standard: Standard) -> Journal:
    """``journal`` with one more period in which a child was fed as ``raw`` says, from ``start`` to ``end`` as typed."""
    found = _found(journal, place)
    if found is None:
        raise CallFault("edit-nowhere", field=place.variable)
    family, visit = found
    period = replace(_blank(visit, place, standard), is_period=True, start=EMPTY)
    journal = _with_visit(journal, family, replace(visit, observations=(*visit.observations, period)))
    for field, text in (("observation.end", end), ("observation.start", start), (place.variable, raw)):
        if text.strip():
            journal = edited(journal, Address(family.key, visit.key, period.key, field, place.variable), text, standard)
    return journal


# --- interventions


def _intervention_part(visit: Visit, place: Place) -> Entry[Any]:
    for one in visit.interventions:
        is_meant = one.key == place.record if place.record else one.subject.value == place.subject
        if is_meant:
            part = getattr(one, FIELDS[Intervention][place.variable])
            return part if isinstance(part, Entry) else next(iter(part), EMPTY)
    return EMPTY


def _intervened(journal: Journal, family: Family, visit: Visit, place: Place, raw: str, standard: Standard) -> Journal:
    known = next((one for one in visit.interventions if one.key == place.record), None)
    if known is None:
        if not raw.strip():
            return journal
        words = Vocabulary(standard)
        known = Intervention(
            new_key(visit),
            Entry(place.subject),
            start=follows(visit.start.value),
            status=words.default("intervention.status"),
            activity_status=words.default("intervention.activity-status"),
        )
        visit = replace(visit, interventions=(*visit.interventions, known))
        journal = _with_visit(journal, family, visit)
    elif place.variable == "intervention.code" and not raw.strip():
        kept = tuple(one for one in visit.interventions if one is not known)
        return _with_visit(journal, family, replace(visit, interventions=kept))
    number = len(known.reasons) if place.variable == "intervention.reasons" else 0
    return edited(journal, Address(family.key, visit.key, known.key, place.variable, "", number), raw, standard)


# --- questionnaires


def _response(visit: Visit, place: Place) -> QuestionnaireResponse | None:
    for one in visit.responses:
        is_meant = one.key == place.record if place.record else one.subject.value == place.subject
        if one.questionnaire.value == place.questionnaire and is_meant:
            return one
    return None


def _response_part(response: QuestionnaireResponse | None, place: Place) -> Entry[Any]:
    if response is None:
        return EMPTY
    if place.link_id:
        return next((one.value for one in response.answers if one.link_id.value == place.link_id), EMPTY)
    part = FIELDS[QuestionnaireResponse].get(place.variable)
    return getattr(response, part) if part else response.questionnaire


def _responded(visit: Visit, place: Place, raw: str, standard: Standard) -> Visit:
    words = Vocabulary(standard)
    known = _response(visit, place)
    response = known or QuestionnaireResponse(
        new_key(visit),
        Entry(place.questionnaire),
        Entry(place.subject),
        follows(visit.start.value),
        status=words.default("response.status"),
    )
    if place.link_id:
        response = _with_answer(response, place, raw, words)
    elif attribute := FIELDS[QuestionnaireResponse].get(place.variable):
        entry = Entry(words.reading(place.variable)(raw), raw) if raw.strip() else EMPTY
        changes: dict[str, Any] = {attribute: entry}
        response = replace(response, **changes)
    kept = None if not response.answers and response.informer.is_empty else response
    if known is None:
        return replace(visit, responses=(*visit.responses, kept)) if kept else visit
    others = (one if one is not known else kept for one in visit.responses)
    return replace(visit, responses=tuple(one for one in others if one is not None))


def _with_answer(response: QuestionnaireResponse, place: Place, raw: str, words: Vocabulary) -> QuestionnaireResponse:
    others = tuple(one for one in response.answers if one.link_id.value != place.link_id)
    if raw.strip():
        read = read_answer(words, place.questionnaire, Entry(None, place.link_id), Entry(None, raw), NOWHERE)
        others = (*others, Answer(Entry(place.link_id), read.value))
    questionnaire = words.standard.questionnaire[place.questionnaire]
    order = {item.link_id: at for at, item in enumerate(questionnaire.items)}
    answers = sorted(others, key=lambda one: order.get(one.link_id.value or "", len(order)))
    return scored(replace(response, answers=tuple(answers)), questionnaire)
