"""Questionnaires as they are filled: an answer by its question's link id."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.editing.scores import scored
from ldbu_desktop.editing.values import edited
from ldbu_desktop.journal.fields import FIELDS, RESPONSE_STATUS, entry_at
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import EMPTY, NOWHERE, Answer, Entry, Family, Journal, QuestionnaireResponse, Visit
from ldbu_desktop.journal.records import stands, visit_in, with_visit_as
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.long_records import read_answer
from ldbu_desktop.mapping.vocabulary import Vocabulary, vocabulary_of
from ldbu_desktop.standard.model import Standard


def response_at(visit: Visit, where: Where) -> QuestionnaireResponse | None:
    """The response that ``where`` names: by its key, or the citizen's to the questionnaire."""
    for one in visit.responses:
        is_meant = one.key == where.record if where.record else one.subject.value == where.subject
        if one.questionnaire.value == where.questionnaire and is_meant and (where.record or stands(one, visit)):
            return one
    return None


def responded_at(visit: Visit, where: Where) -> Entry[object]:
    """What stands at a question, or at another part of a response; the questionnaire where no part is named."""
    response = response_at(visit, where)
    if response is None:
        return EMPTY
    if where.link_id:
        return next((one.value for one in response.answers if one.link_id.value == where.link_id), EMPTY)
    return entry_at(response, where.field) if where.field in FIELDS[QuestionnaireResponse] else response.questionnaire


def responded(journal: Journal, family: Family, visit: Visit, where: Where, raw: str, standard: Standard) -> Journal:
    """``journal`` with ``raw`` as the answer to a question, or as another part of a response."""
    before = response_at(visit, where)
    if before is None and not raw.strip():
        return journal
    response = before or _new_response(visit, where, standard)
    if where.link_id:
        after = _with_answer(response, where, raw, vocabulary_of(standard))
        return with_visit_as(journal, family, visit, _with_response(visit, before, after))
    journal = with_visit_as(journal, family, visit, _with_response(visit, before, response))
    journal = edited(journal, Where(family.key, visit.key, response.key, where.field), raw, standard)
    family, visit = visit_in(journal, family.key, visit.key)
    known = next(one for one in visit.responses if one.key == response.key)
    return with_visit_as(journal, family, visit, _with_response(visit, known, known))


def _new_response(visit: Visit, where: Where, standard: Standard) -> QuestionnaireResponse:
    citizen = "" if where.subject == visit.subject.value else f"/{where.subject}"
    return QuestionnaireResponse(
        free_key(f"{visit.key}/{where.questionnaire}{citizen}", {one.key for one in visit.responses}),
        Entry(where.questionnaire),
        Entry(where.subject),
        follows(visit.start.value),
        status=vocabulary_of(standard).default(RESPONSE_STATUS),
    )


def _with_response(visit: Visit, before: QuestionnaireResponse | None, after: QuestionnaireResponse) -> Visit:
    """A visit with a response as it is now, or without it where nothing was written in it."""
    written = after.answers or after.informer.raw or after.authored.raw or after.status.raw
    kept = (after,) if written or before is None else ()
    if before is None:
        return replace(visit, responses=(*visit.responses, *kept))
    others = (kept if one is before else (one,) for one in visit.responses)
    return replace(visit, responses=tuple(one for each in others for one in each))


def _with_answer(response: QuestionnaireResponse, where: Where, raw: str, words: Vocabulary) -> QuestionnaireResponse:
    others = tuple(one for one in response.answers if one.link_id.value != where.link_id)
    if raw.strip():
        read = read_answer(words, where.questionnaire, Entry(None, where.link_id), Entry(None, raw), NOWHERE)
        others = (*others, Answer(Entry(where.link_id), read.value))
    questionnaire = words.standard.questionnaire[where.questionnaire]
    order = {item.link_id: at for at, item in enumerate(questionnaire.items)}
    answers = sorted(others, key=lambda one: order.get(one.link_id.value or "", len(order)))
    return scored(replace(response, answers=tuple(answers)), questionnaire)
