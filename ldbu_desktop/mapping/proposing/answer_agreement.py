"""Whether the texts of a column can be the answers of a variable, and can hardly be those of another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType

from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON
from ldbu_desktop.mapping.links import ContentKind, Evidence
from ldbu_desktop.mapping.proposing.answer_book import AnswerBook
from ldbu_desktop.mapping.proposing.answers import Answers, Match
from ldbu_desktop.mapping.proposing.lexicon import words_of
from ldbu_desktop.mapping.proposing.profiles import Column
from ldbu_desktop.mapping.proposing.verdicts import FEWEST, MANY, MOST, SOME, Fit, Verdict, percent
from ldbu_desktop.standard.model import Standard

_STEM = 5
"""So many letters of a word tell it from others."""


class AnswerAgreement:
    """Holds columns of texts against the answers that the variables of one standard have."""

    def __init__(self, standard: Standard, answers: AnswerBook) -> None:
        self._standard = standard
        self._answers = answers

    def reasons(self, column: Column) -> Verdict:
        """How a column goes with the reasons why a value is missing."""
        answers = self._answers.of(OBSERVATION_MISSING_REASON)
        filled = sum(column.texts.values())
        read = sum(
            count
            for text, count in column.texts.items()
            if answers is not None and answers.match(text).match is not Match.NOTHING
        )
        share = read / filled if filled else 0.0
        if share >= MANY:
            return Verdict(
                Fit.POSSIBLE if share < MOST else Fit.FITS,
                share,
                [Evidence("content-reasons", {"share": percent(share)})],
            )
        is_text = column.kind in (ContentKind.CODE, ContentKind.TEXT)
        return Verdict(
            Fit.POSSIBLE if is_text else Fit.CONTRADICTS,
            share,
            [Evidence("content-reasons", {"share": percent(share)})],
        )

    def verdict(
        self,
        column: Column,
        answers: Answers,
        variable: str,
        codes: Mapping[str, str] | None,
        replies: Mapping[str, str] = MappingProxyType({}),
    ) -> Verdict:
        """How a column goes with the answers of a variable.

        ``codes`` are explained by a list, and ``replies`` are the codes of what only the header gives a meaning.
        """
        plain = specific = asked = told = said = 0
        kinds: list[bool] = []
        for text, count in column.values:
            explained = (codes or {}).get(text, replies.get(text))
            answer = answers.match(explained if explained is not None else text)
            if explained is not None and answer.match is Match.MISSING:
                continue
            told += count
            kinds.append(answer.code is not None)
            if answer.code is not None:
                plain += count
                said += count if answer.is_plain and self._is_worded_so(variable, answer.code, explained or text) else 0
                specific += (
                    count
                    if answer.match in (Match.STANDARD, Match.SYNONYM) and explained is None and self._is_telling(text)
                    else 0
                )
            elif answer.match is Match.QUESTION:
                asked += count
        if not told:
            return Verdict(Fit.EMPTY, 0.0, [Evidence("content-empty")])
        share, understood = plain / told, (plain + asked) / told
        facts: dict[str, str | int | float] = {"share": percent(share)}
        if understood < SOME and not (sum(kinds) > len(kinds) * SOME and len(kinds) >= FEWEST):
            # The one answer that is not known may be the one that most have given.
            return Verdict(Fit.CONTRADICTS, share, [Evidence("content-not-codes", facts)])
        if share >= MANY and specific / told >= 0.2:
            return Verdict(Fit.FITS, share, [Evidence("content-codes", facts)], said=said / told, asked=asked / told)
        code = "content-codes-by-list" if codes else "content-codes-of-others"
        evidence = [Evidence(code if share >= SOME else "content-codes-in-part", facts)]
        return Verdict(Fit.POSSIBLE, share, evidence, said=said / told)

    def _is_worded_so(self, variable: str, code: str, text: str) -> bool:
        """Whether a text has a word of the standard's own term for its code: others are said of much alike."""
        known = self._standard.variable.get(variable)
        concept = self._standard.concepts(known).get(code) if known is not None and known.value_set else None
        own = (
            {word[:_STEM] for each in (concept.term, concept.english) for word in words_of(each)} if concept else set()
        )
        return any(word[:_STEM] in own for word in words_of(text) if len(word) >= _STEM)

    def _is_telling(self, text: str) -> bool:
        """Whether a value is said of one variable alone: an answer that another one has as well tells nothing."""
        return len(self.speakers(text)) == 1

    def are_answers(self, texts: Collection[str]) -> bool:
        """Whether most of some texts are answers of one and the same variable."""
        coded = (each.id for each in self._standard.variables if each.kind == "concept" and each.value_set)
        return any(
            answers is not None
            and sum(answers.match(text).code is not None for text in texts) >= max(FEWEST - 1, len(texts) * SOME)
            for answers in map(self._answers.of, coded)
        )

    def speakers(self, text: str) -> frozenset[str]:
        """The variables that a text is an answer of."""
        return _speakers(self._answers, self._standard, text)


@lru_cache(maxsize=50_000)
def _speakers(answers: AnswerBook, standard: Standard, text: str) -> frozenset[str]:
    found = set()
    for variable in standard.variables:
        if variable.record in ("observation", "visit", "intervention") and variable.kind == "concept":
            of = answers.of(variable.id)
            if of is not None and of.plainly(text) in (Match.STANDARD, Match.SYNONYM):
                found.add(variable.id)
    return frozenset(found)
