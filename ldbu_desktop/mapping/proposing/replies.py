"""Answers that say something only together with the header: a "yes" below "Sight ok?", a 1 below "smoke_flag"."""

from __future__ import annotations

from collections.abc import Collection

from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.answers import Answers
from ldbu_desktop.mapping.proposing.headings import Heading
from ldbu_desktop.mapping.proposing.value_texts import missing_reason

_SIGNS = (("0", "1"), ("÷", "+"))
"""What is written for no and yes."""


def told_by_header(heading: Heading, texts: Collection[str], answers: Answers) -> dict[str, str]:
    """The codes of the texts of a column that its header gives a meaning; what is told so is never plain."""
    if heading.is_denial:
        return {}
    words = answer_words()
    told = {text.strip() for text in texts if text.strip() and missing_reason(text) is None}
    for no, yes in _SIGNS:
        codes = {no: answers.match(words.no[0]).code, yes: answers.match(words.yes[0]).code}
        if told == set(codes) and None not in codes.values() and codes[no] != codes[yes]:
            return {text: code for text in texts if (code := codes.get(text.strip()))}
    if heading.asks_whether_good and answers.good is not None:
        return {text: answers.good for text in texts if text.strip().casefold() in words.yes}
    return {}


def told_with_header(header: str, text: str, answers: Answers) -> str | None:
    """The code of a text that is asked about alone and known together with its header: "godt" below "sover"."""
    asked = answers.match(text).candidates
    for together in (f"{header} {text}", f"{text} {header}"):
        answer = answers.match(together)
        if answer.is_plain and answer.code in asked:
            return answer.code
    return None
