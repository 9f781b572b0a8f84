"""The journals of a case: what the learner begins with, each step to the key, and the export with faults.

They are made by the operations that a learner's own answers are, so the key is read as an answer is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.editing.answers import answered, where_of
from ldbu_desktop.editing.interventions import continued, ended
from ldbu_desktop.editing.periods import with_period
from ldbu_desktop.editing.values import edited
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.journal.fields import (
    CITIZEN_CPR,
    CITIZEN_ORGANISATION,
    FIELDS,
    INTERVENTION_CODE,
    INTERVENTION_END,
    INTERVENTION_REASONS,
    OBSERVATION_MISSING_REASON,
    PARENT_RELATIONSHIP,
    VISIT_INTERVENTIONS,
    VISIT_START,
)
from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal, Moment, Parenthood
from ldbu_desktop.journal.records import family_in, visit_in, with_visit_as
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer, Role

SYSTEM = "ldbu-desktop/practice"
"""The journal system of every exercise: nothing of it has the id of anything real."""


class Part(StrEnum):
    """How much of the key is filled."""

    NOTHING = "nothing"
    HALF = "half"
    ALL = "all"
    FAULTS = "faults"
    """All of it, some of it wrong: as an export that is to be mended."""


class Step(NamedTuple):
    """The journal after one more answer of the key, and which answer of which visit that was."""

    journal: Journal
    visit: CaseVisit
    answer: KeyAnswer
    where: Where


def journal_of(case: Case, standard: Standard, part: Part) -> Journal:
    """The journal of a case with so much of the key in it. Raises :class:`FileFault` where the case does not fit."""
    journal = beginning(case, standard)
    for visit in case.visits:
        for number, answer in enumerate(visit.key):
            if part is Part.ALL or part is Part.FAULTS or (part is Part.HALF and number < len(visit.key) // 2):
                journal = _begun(journal, case, visit, standard)
                raw = answer.wrong if part is Part.FAULTS and answer.wrong else answer.answer
                if raw or not answer.omitted:
                    journal = with_answer(journal, case, visit, answer, raw, standard)
    return journal


def steps(case: Case, standard: Standard) -> Iterator[Step]:
    """Answer by answer to the key, as it is shown to a room."""
    journal = beginning(case, standard)
    for visit in case.visits:
        journal = _begun(journal, case, visit, standard)
        for answer in visit.key:
            if not answer.omitted:
                journal = with_answer(journal, case, visit, answer, answer.answer, standard)
            yield Step(journal, visit, answer, answer_place(case, visit, answer))


def beginning(case: Case, standard: Standard) -> Journal:
    """What is there before the learner does anything: the family, what was registered, and visits that are begun."""
    relationship = vocabulary_of(standard).default(PARENT_RELATIONSHIP)
    children = [person.id for person in case.people if person.role is Role.CHILD]
    citizens = tuple(
        Citizen(person.id, person.role is Role.CHILD, active=Entry(True), name=Entry(person.name, person.name))
        for person in case.people
    )
    ties = tuple(
        Parenthood(f"{person.id}/{child}", Entry(person.id), Entry(child), relationship, Entry(True))
        for person in case.people
        if person.role is Role.PARENT
        for child in children
    )
    family = Family(case.id, citizens, ties)
    journal = Journal(families=(family,), system=SYSTEM)
    asked = {answer.about for visit in case.visits for answer in visit.key if answer.asked == CITIZEN_CPR}
    for person in case.people:
        if person.id not in asked:
            journal = edited(journal, Where(case.id, record=person.id, field=CITIZEN_CPR), person.cpr, standard)
        journal = edited(
            journal, Where(case.id, record=person.id, field=CITIZEN_ORGANISATION), case.organisation, standard
        )
    for visit in case.before:
        journal = _begun(journal, case, visit, standard)
        for answer in visit.key:
            journal = with_answer(journal, case, visit, answer, answer.answer, standard)
    for visit in case.visits:
        if visit.begun:
            journal = _begun(journal, case, visit, standard)
    return journal


def alone(case: Case, visit: CaseVisit, answer: KeyAnswer) -> Case:
    """The case with one visit to register, to read one answer in; with what was before only where that is asked for."""
    before = case.before if answer.asked in RUNNING else ()
    return replace(case, before=before, visits=(replace(visit, begun=True),))


RUNNING = frozenset((VISIT_INTERVENTIONS, INTERVENTION_END))
"""What is asked of an intervention that began at an earlier visit: whether it goes on, and whether it ended."""


def answer_place(case: Case, visit: CaseVisit, answer: KeyAnswer) -> Where:
    """Where in the journal of the case the answer stands."""
    at = Where(case.id, visit.id, subject=answer.about or visit.about)
    if answer.questionnaire:
        return at._replace(questionnaire=answer.questionnaire)
    if answer.asked in FIELDS[Citizen]:
        return Where(case.id, record=at.subject, field=answer.asked)
    where = where_of(at, answer.asked)
    return where._replace(field=OBSERVATION_MISSING_REASON) if answer.missing else where


def with_answer(
    journal: Journal, case: Case, visit: CaseVisit, answer: KeyAnswer, raw: str, standard: Standard
) -> Journal:
    """``journal`` with one answer of the key in it, which says ``raw``."""
    where = answer_place(case, visit, answer)
    if answer.asked in FIELDS[Citizen]:
        return edited(journal, where, raw, standard)
    if answer.questionnaire:
        for link_id, said in answer.answers.items():
            journal = answered(journal, where._replace(link_id=link_id), said, standard)
        return journal
    if answer.asked in RUNNING:
        return _with_running(journal, case, visit, answer, raw, standard)
    if answer.since or answer.until:
        return with_period(journal, where, raw, answer.since, answer.until, standard)
    journal = answered(journal, where, raw, standard)
    if answer.asked != INTERVENTION_CODE:
        return journal
    record = visit_in(journal, case.id, visit.id)[1].interventions[-1].key
    for reason in answer.reasons:
        journal = answered(journal, where._replace(record=record, field=INTERVENTION_REASONS), reason, standard)
    return journal


def _with_running(
    journal: Journal, case: Case, visit: CaseVisit, answer: KeyAnswer, raw: str, standard: Standard
) -> Journal:
    """``journal`` in which an intervention goes on at a visit, or ends there: the last one begun of what ``raw`` says.

    Raises :class:`CallFault` where there is none, about the same person, at an earlier visit.
    """
    family, now = visit_in(journal, case.id, visit.id)
    code, about = vocabulary_of(standard).reading(INTERVENTION_CODE)(raw), answer.about or visit.about
    begun = [
        one.key
        for each in family.visits
        if each.key != visit.id
        for one in each.interventions
        if one.code.value == code and one.subject.value == about
    ]
    if not begun or now.start.value is None:
        raise CallFault("edit-nowhere", field=answer.asked)
    if answer.asked == VISIT_INTERVENTIONS:
        return continued(journal, case.id, visit.id, begun[-1])
    return ended(journal, case.id, begun[-1], now.start.value, standard)


def _begun(journal: Journal, case: Case, visit: CaseVisit, standard: Standard) -> Journal:
    """``journal`` in which a visit of the case has begun; the same where it had."""
    if any(known.key == visit.id for known in family_in(journal, case.id).visits):
        return journal
    journal, key = with_visit(journal, case.id, visit.type, visit.about, "", start_of(visit, standard), standard)
    family, made = visit_in(journal, case.id, key)
    return with_visit_as(journal, family, made, replace(made, key=visit.id))


def start_of(visit: CaseVisit, standard: Standard) -> Moment:
    """When a visit began. Raises :class:`FileFault` where that can't be read."""
    start = vocabulary_of(standard).reading(VISIT_START)(visit.start)
    if not isinstance(start, date):
        raise FileFault("case-time-unclear", file=visit.id, found=visit.start)
    return start
