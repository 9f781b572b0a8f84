"""What the answers of a column say of each other, where one of them alone says too little."""

from __future__ import annotations

from collections.abc import Mapping

from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.answers import Answer, Answers, Match
from ldbu_desktop.mapping.proposing.lexicon import words_of

_MILD, _TROUBLE = 1, 2
_LEVELS = 3
_SHORTEST = 3
"""A mark of a letter or two may say anything, also that there is no answer."""


def told_by_the_others(found: Mapping[str, Answer], answers: Answers) -> dict[str, Answer]:
    """The answers that follow from those beside them: never more than a proposal.

    "Slow" beside "a little slow" is the worse of the two, and where each code but one has its text, the text that is
    left stands for the code that is left.
    """
    told = _softened(found, answers.levels) if len(answers.levels) == _LEVELS else {}
    return told | _left({**found, **told}, answers)


def _is_open(answer: Answer) -> bool:
    return answer.match in (Match.NOTHING, Match.QUESTION)


def _softened(found: Mapping[str, Answer], levels: tuple[str, ...]) -> dict[str, Answer]:
    mild = answer_words().levels.mild
    by_words = {words_of(text): text for text in found}
    told: dict[str, Answer] = {}
    for words, text in by_words.items():
        plain = by_words.get(words[1:]) if len(words) > 1 and words[0].startswith(mild) else None
        if plain is None:
            continue
        is_doubled = found[text].match is Match.LIKE and found[text].code == found[plain].code == levels[_TROUBLE]
        for each, level in ((text, _MILD), (plain, _TROUBLE)):
            if _is_open(found[each]) or (is_doubled and each == text):
                told[each] = Answer(Match.BESIDE, levels[level])
    return told


def _left(found: Mapping[str, Answer], answers: Answers) -> dict[str, Answer]:
    texts = {text: answer for text, answer in found.items() if answer.missing is None}
    still_open = [text for text, answer in texts.items() if _is_open(answer)]
    known = [answer.code for answer in texts.values() if answer.code is not None]
    codes = [code for code in answers.codes if code not in known]
    is_one_each = len(set(known)) == len(known) and len(texts) == len(answers.codes)
    if not (is_one_each and len(still_open) == len(codes) == 1):
        return {}
    asked = found[still_open[0]].candidates
    if not asked and len(still_open[0].strip()) < _SHORTEST:
        return {}
    return {still_open[0]: Answer(Match.BESIDE, codes[0])} if not asked or codes[0] in asked else {}
