"""The values of all that a standard has codes for: its own terms, the words of clinics, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ldbu_desktop.journal.fields import VISIT_TYPE
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.answers import Age, Answers, Match
from ldbu_desktop.mapping.proposing.lexicon import synonyms
from ldbu_desktop.mapping.proposing.value_texts import value_key
from ldbu_desktop.standard.model import Item, Standard


class AnswerBook:
    """The values of all that one standard has codes for."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._of: dict[str, Answers | None] = {}

    def of(self, variable: str) -> Answers | None:
        """The values of a variable or a questionnaire's question; None where it has no codes."""
        if variable not in self._of:
            self._of[variable] = self._made(variable)
        return self._of[variable]

    def _made(self, variable_id: str) -> Answers | None:
        if "/" in variable_id:
            questionnaire_id, link_id = variable_id.split("/", 1)
            return self._of_item(self._standard.questionnaire[questionnaire_id].by_link_id[link_id])
        variable = self._standard.variable.get(variable_id)
        if (
            variable is None
            or variable.kind not in ("concept", "boolean")
            or (variable.kind == "concept" and variable.value_set is None)
        ):
            return None
        if variable.kind == "boolean":
            return _booleans()
        concepts = self._standard.concepts(variable)
        pairs = [
            (name, concept.code, Match.STANDARD)
            for concept in concepts.values()
            for name in (concept.code, concept.term, concept.english, concept.display)
        ]
        if variable_id == VISIT_TYPE:
            pairs += [
                (name, visit.code, Match.STANDARD)
                for visit in self._standard.visit_types
                for name in (visit.id, visit.label.da, visit.label.en)
            ]
        words = answer_words()
        common = set(map(value_key, words.common))
        for code, texts in words.answers.get(variable_id, {}).items():
            pairs += [
                (text, code, Match.LEVEL if value_key(text) in common else Match.SYNONYM)
                for text in texts
                if code in concepts
            ]
        for code, texts in zip(words.levels.of.get(variable_id, ()), words.levels.words, strict=False):
            pairs += [(text, code, Match.LEVEL) for text in texts if code in concepts]
        pairs += _named(variable_id, words.answers.get(variable_id, {}))
        questions = [
            (text, tuple(code for code in question.codes if code in concepts))
            for question in words.questions
            if question.variable == variable_id
            for text in question.words
        ]
        if variable_id in words.levels.of:
            questions += [(text, tuple(concepts)) for text in words.levels.asked]
        levels = words.levels.of.get(variable_id, ())
        is_whole = len(levels) == len(words.levels.words) and all(code in concepts for code in levels)
        kinds = self._standard.visit_types if variable_id == VISIT_TYPE else ()
        # In the first weeks there are several kinds of visit, and the age tells none of them.
        ages = tuple(Age(kind.code, kind.from_days, kind.to_days) for kind in kinds if kind.from_days and kind.to_days)
        return Answers(
            dict.fromkeys(concepts, Match.STANDARD),
            pairs,
            questions,
            levels if is_whole else (),
            ages,
            good=levels[0] if levels and levels[0] in concepts else None,
            is_observed=variable.record == "observation" and "." not in variable_id,
        )

    def _of_item(self, item: Item) -> Answers | None:
        if item.type == "boolean":
            return _booleans()
        if item.type != "choice":
            return None
        also = answer_words().options
        pairs = [(option, option, Match.STANDARD) for option in item.options]
        pairs += [(text, option, Match.SYNONYM) for option in item.options for text in also.get(option, ())]
        return Answers(dict.fromkeys(item.options, Match.STANDARD), pairs, [])


def _named(variable: str, answers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, Match]]:
    """What is asked by yes or no, told by its own name: "smoke in the home", "no smoke in the home"."""
    words = answer_words()
    yes = [code for code, texts in answers.items() if set(texts) & set(words.yes)]
    no = [code for code, texts in answers.items() if set(texts) & set(words.no)]
    for name in synonyms().variables.get(variable, ()) if len(yes) == len(no) == 1 and yes != no else ():
        yield name, yes[0], Match.LIKE
        for denial in words.denials:
            yield f"{denial} {name}", no[0], Match.LIKE


def _booleans() -> Answers:
    words = answer_words()
    pairs = [
        (text, code, Match.SYNONYM) for code, texts in (("true", words.yes), ("false", words.no)) for text in texts
    ]
    return Answers(
        dict.fromkeys(("true", "false"), Match.STANDARD), pairs, [("1", ("true", "false")), ("0", ("true", "false"))]
    )


@lru_cache(maxsize=2)
def answer_book_of(standard: Standard) -> AnswerBook:
    """The values that ``standard`` has codes for, kept."""
    return AnswerBook(standard)
