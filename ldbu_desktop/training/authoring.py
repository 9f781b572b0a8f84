"""A case from a family that was filled: what stands in its visits becomes the key, and the trainer's marks are kept."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import (
    FIELDS,
    INTERVENTION_CODE,
    INTERVENTION_END,
    INTERVENTION_REASONS,
    OBSERVATION_MISSING_REASON,
    VISIT_INTERVENTIONS,
    entry_at,
)
from ldbu_desktop.journal.model import Citizen, Entry, Family, Intervention, Journal, Moment, Observation, Visit
from ldbu_desktop.journal.records import find_family, stands
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import GIVEN
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer, Person, Role

NOTHING = Text("", "")


def case_of(journal: Journal, base: Case, standard: Standard) -> Case:
    """The case whose key is what stands in the family of ``base`` in ``journal``.

    The words of ``base`` and its marks stay: what is accepted, to discuss, wrong in an export, and why, where the same
    is asked of the same person at the same visit. Visits that were there before the learner stay as they are.
    """
    family = find_family(journal, base.id)
    if family is None:
        return base
    before = {visit.id for visit in base.before}
    known = {visit.id: visit for visit in base.visits}
    people = {citizen.key: citizen for citizen in family.citizens}
    visits = [visit for visit in family.visits if visit.key not in before]
    running = _running(family, before)
    written = tuple(
        _visit(visit, known.get(visit.key), people, running, standard)
        for visit in visits
        if visit.type.value in type_ids(standard)
    )
    return replace(base, people=tuple(map(_person, family.citizens)), visits=tuple(one for one in written if one.key))


def thing_of(visit: CaseVisit, answer: KeyAnswer) -> tuple[str, str, str]:
    """What an answer is to: its visit, person, and what is asked."""
    return visit.id, answer.about or visit.about, answer.asked or answer.questionnaire


def type_ids(standard: Standard) -> dict[str, str]:
    """The ids of visit types by their codes."""
    return {one.code: one.id for one in standard.visit_types}


def _person(citizen: Citizen) -> Person:
    role = Role.CHILD if citizen.is_child else Role.PARENT
    return Person(citizen.key, role, citizen.name.raw, citizen.cpr.raw)


def _running(family: Family, before: Container[str]) -> dict[str, Intervention]:
    """The interventions that began before the learner, by their keys."""
    return {one.key: one for visit in family.visits if visit.key in before for one in visit.interventions}


def _visit(
    visit: Visit,
    known: CaseVisit | None,
    people: dict[str, Citizen],
    running: dict[str, Intervention],
    standard: Standard,
) -> CaseVisit:
    about = visit.subject.value or ""
    made = CaseVisit(
        visit.key,
        type_ids(standard)[visit.type.value or ""],
        about,
        known.start if known is not None else _moment(visit.start),
        (),
        begun=known.begun if known is not None else True,
        why=known.why if known is not None else None,
        also=known.also if known is not None else (),
    )
    if known is None:
        return replace(made, key=(*answers_at(visit, about, standard), *running_at(visit, about, running, standard)))
    answers = [
        *_of_people(known, people),
        *answers_at(visit, about, standard),
        *running_at(visit, about, running, standard),
    ]
    return replace(made, key=tuple(_marked(made, answers, known)))


def _of_people(known: CaseVisit, people: dict[str, Citizen]) -> Iterator[KeyAnswer]:
    """What the key asks of people themselves, as it stands now."""
    for answer in known.key:
        citizen = people.get(answer.about or known.about)
        if answer.asked in FIELDS[Citizen] and citizen is not None:
            yield replace(answer, answer=entry_at(citizen, answer.asked).raw)


def running_at(visit: Visit, about: str, running: dict[str, Intervention], standard: Standard) -> Iterator[KeyAnswer]:
    """Which interventions that began before the visit goes on with, and which end on its day."""
    goes_on = [running[entry.value] for entry in visit.based_on if entry.value in running]
    day = day_of(visit.start.value) if visit.start.value is not None else None
    ends = [one for one in running.values() if one.end.value is not None and day_of(one.end.value) == day]
    for asked, found in ((VISIT_INTERVENTIONS, goes_on), (INTERVENTION_END, ends)):
        for one in found:
            subject = one.subject.value or about
            told = _told(INTERVENTION_CODE, one.code, standard)
            yield KeyAnswer(NOTHING, asked, "" if subject == about else subject, told)


def _marked(made: CaseVisit, answers: list[KeyAnswer], known: CaseVisit) -> Iterator[KeyAnswer]:
    """The answers with the marks of those before: of several to one thing, the marks of the same answer."""
    told = {(thing_of(made, one), one.answer) for one in answers}
    marks = [one for one in known.key if not one.omitted]
    for answer in answers:
        alike = [one for one in marks if thing_of(known, one) == thing_of(made, answer)]
        same = [one for one in alike if one.answer == answer.answer]
        changed = [one for one in alike if (thing_of(known, one), one.answer) not in told]
        mark = next(iter((*same, *changed)), None)
        if mark is None:
            yield answer
            continue
        marks.remove(mark)
        yield replace(
            answer, why=mark.why, rule=mark.rule, accepted=mark.accepted, discuss=mark.discuss, wrong=mark.wrong
        )
    things = {thing_of(made, one) for one in answers}
    yield from (one for one in known.key if one.omitted and thing_of(known, one) not in things)


def answers_at(visit: Visit, about: str, standard: Standard) -> Iterator[KeyAnswer]:
    """What stands at a visit as answers of a key: parts of the visit, then its records."""
    for field in FIELDS[Visit]:
        entry = entry_at(visit, field)
        if field not in GIVEN and entry.raw:
            yield KeyAnswer(NOTHING, field, answer=_told(field, entry, standard))
    records = [record for record in visit.records if stands(record, visit)]
    for record in records:
        subject = record.subject.value or about
        own = "" if subject == about else subject
        match record:
            case Observation():
                yield _observed(record, own, standard)
            case Intervention():
                reasons = tuple(_told(INTERVENTION_REASONS, reason, standard) for reason in record.reasons)
                told = _told(INTERVENTION_CODE, record.code, standard)
                yield KeyAnswer(NOTHING, INTERVENTION_CODE, own, told, reasons=reasons)
            case _:
                answers = {one.link_id.value or "": one.value.raw for one in record.answers if one.value.raw}
                if answers:
                    questionnaire = record.questionnaire.value or ""
                    yield KeyAnswer(NOTHING, about=own, questionnaire=questionnaire, answers=answers)


def _observed(one: Observation, about: str, standard: Standard) -> KeyAnswer:
    asked = one.variable.value or ""
    if one.missing_reason.raw:
        reason = _told(OBSERVATION_MISSING_REASON, one.missing_reason, standard)
        return KeyAnswer(NOTHING, asked, about, reason, missing=True)
    told = _told(asked, one.value, standard)
    units = standard.variable[asked].units
    if one.unit.value and units and one.unit.value != units[0].code and not told.endswith(one.unit.value):
        told = f"{told} {one.unit.value}"
    if not one.is_period:
        return KeyAnswer(NOTHING, asked, about, told)
    return KeyAnswer(NOTHING, asked, about, told, since=_moment(one.start), until=_moment(one.end))


def _told(asked: str, entry: Entry[Any], standard: Standard) -> str:
    """A value as people write it: the term of a code."""
    variable = standard.variable.get(asked)
    concept = standard.concepts(variable).get(str(entry.value)) if variable is not None else None
    return concept.label.da if concept is not None else entry.raw


def _moment(entry: Entry[Moment]) -> str:
    """A moment as people write it; what can't be read stays as it was typed."""
    value = entry.value
    if value is None:
        return entry.raw
    return entry.raw or f"{day_of(value):%Y-%m-%d}"
