"""Which question of a questionnaire a header is about: by its number, its own words, or words that are known of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ldbu_desktop.mapping.proposing.lexicon import Piece, Sense, synonyms, words_of
from ldbu_desktop.standard.model import Item, Questionnaire

_QUESTION_NUMBER = re.compile(
    r"\s*(?:spm|sp|spørgsmål|q|question|item|nr|punkt)?[\s._-]*(\d{1,2})(?!\d)", re.IGNORECASE
)
"""The number that a question begins with: "7. Svært ved at sove", "Spm 7"."""


_MOST_DIGITS = 9
"""So many digits have the numbers of questions, and years beside them."""


def questions_named(
    questionnaire: Questionnaire, pieces: Sequence[Piece], parts: frozenset[str]
) -> list[tuple[str, bool]]:
    """The questions that the pieces of a header with the questionnaire's name name, each with whether it surely is."""
    written = [piece.words[0] for piece in pieces if not piece.meanings and piece.words[0].isdecimal()]
    numbers = [int(number) for number in written if len(number) <= _MOST_DIGITS]
    numbers = [] if numbers == list(_points(questionnaire)) else numbers
    items = list(questionnaire.items)
    if len(numbers) == 1 and numbers[0] < 1000:
        numbered = [item for item in items if _number(item.link_id) == numbers[0]]
        return [(f"{questionnaire.id}/{item.link_id}", True) for item in numbered]
    if numbers:
        return []
    rest = {word for piece in pieces if not _is_questionnaire(piece) for word in piece.words}
    for item in items:
        name = f"{questionnaire.id}/{item.link_id}"
        also = synonyms().questions.get(name, ())
        if rest and any(
            rest <= set(_label_words(each)) for each in (item.link_id, item.label.da, item.label.en, *also)
        ):
            return [(name, True)]
    unknown = any(not piece.meanings and not piece.words[0].isdecimal() for piece in pieces)
    totals = [item for item in items if _number(item.link_id) is None and item.link_id == "score"] or (
        items if len(items) == 1 else []
    )
    if unknown or not totals:
        return []
    return [(f"{questionnaire.id}/{totals[0].link_id}", "total" in parts or len(items) == 1)]


def question_of(questionnaire: Questionnaire, header: str) -> Item | None:
    """The question that a header without the questionnaire's name tells: by its number, or by words known of it."""
    items = [item for item in questionnaire.items if item.link_id != questionnaire.score]
    if numbered := _QUESTION_NUMBER.match(header):
        return next((item for item in items if _number(item.link_id) == int(numbered[1])), None)
    words = words_of(header)
    told = {
        item.link_id: max((len(known) for each in also if tells(words, known := words_of(each))), default=0)
        for item in items
        if (also := synonyms().questions.get(f"{questionnaire.id}/{item.link_id}"))
    }
    most = max(told.values(), default=0)
    found = [link_id for link_id, length in told.items() if length == most]
    return questionnaire.by_link_id[found[0]] if most and len(found) == 1 else None


def tells(words: Sequence[str], known: Sequence[str]) -> bool:
    """Whether the words of a known phrase stand in a header, in order and but for their endings."""
    rest = iter(words)
    return all(any(word.startswith(each) for word in rest) for each in known)


def _number(link_id: str) -> int | None:
    begun = re.match(r"[0-9]+", link_id)
    return int(begun[0]) if begun else None


def _points(questionnaire: Questionnaire) -> tuple[int, ...]:
    """The least and the most points of the whole, as they are often written behind its name."""
    score = next((item for item in questionnaire.items if item.link_id == questionnaire.score), None)
    return (score.min or 0, score.max) if score is not None and score.max is not None else ()


def _label_words(text: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(text) if not word.isdecimal())


def _is_questionnaire(piece: Piece) -> bool:
    return any(meaning.sense in (Sense.QUESTIONNAIRE, Sense.FILLER, Sense.SUBJECT) for meaning in piece.meanings)
