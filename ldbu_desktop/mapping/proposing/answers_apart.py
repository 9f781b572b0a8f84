"""Answers that have a column each, with a mark below the one that was given: proposed together, and never sure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ldbu_desktop.journal.readings import boolean
from ldbu_desktop.mapping.links import NOT_THIS_ANSWER, Evidence, Part, TableShape
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.answer_words import is_reply
from ldbu_desktop.mapping.proposing.answers import NOTHING, Answer, Answers, Match
from ldbu_desktop.mapping.proposing.content_alone import subject_of
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import Headings, Words
from ldbu_desktop.mapping.proposing.lexicon import Meaning, Sense
from ldbu_desktop.mapping.proposing.verdicts import SOME, Fit, Verdict

_TICKS = {**dict.fromkeys("✓✔√☑☒", True), **dict.fromkeys("☐-–", False)}
_FEWEST = 2
_MOST_TOGETHER = 0.05
"""In so many rows two answers may be marked, and they are still answers of which one is given."""


def is_mark(text: str) -> bool | None:
    """Whether a text marks what it stands below, or says that it is not so; None where it is neither."""
    told = boolean(text)
    return _TICKS.get(text.strip()) if told is None else told


def meaning_of_mark(text: str, code: str | None) -> Answer:
    """What a text means in the column of the answer with ``code``."""
    told = is_mark(text)
    meant = NOT_THIS_ANSWER if told is False else code if told else None
    return Answer(Match.MARK, meant) if meant is not None else NOTHING


class AnswersApart:
    """Finds the columns of one table that have an answer each: beside each other, and marked in one at a time."""

    def __init__(self, table: TableDraft, headings: Headings, agreement: Agreement) -> None:
        self._table, self._headings, self._agreement = table, headings, agreement
        self._standard = agreement.standard

    def take(self) -> None:
        """Take the columns of each group for its variable."""
        if self._table.shape not in (TableShape.VISIT, TableShape.CHILD):
            return
        for is_marked, columns in groupby(self._table.columns, _is_of_marks):
            run = list(columns) if is_marked else []
            told = [self._options(column) for column in run]
            at = 0
            while at < len(run):
                found = [self._group(variable, run[at:], told[at:]) for variable in told[at]]
                size, variable = max(found, default=(0, ""))
                for column, codes in zip(run[at : at + size], told[at : at + size], strict=True):
                    self._take(column, variable, codes[variable])
                at += max(size, 1)

    def answer_of(self, column: ColumnDraft, variable: str) -> str | None:
        """The answer of a variable that the header of a column tells."""
        answers = self._answers(variable)
        return self._answer_in(column.header, variable, answers) if answers is not None else None

    def _options(self, column: ColumnDraft) -> dict[str, str | None]:
        """The variables that a column may have an answer of, each with that answer where its header tells it."""
        heading = column.heading
        named = {each.variable for each in (*heading.candidates, *heading.behind)}
        of_named = {
            variable: self.answer_of(column, variable)
            for variable in sorted(named)
            if self._answers(variable) is not None
        }
        if of_named:
            return of_named
        found: dict[str, str | None] = {}
        for variable in self._standard.variables:
            answers = self._answers(variable.id)
            answer = answers.match(column.header) if answers is not None else NOTHING
            if answer.is_plain and answer.match is not Match.LEVEL and answer.code is not None:
                found[variable.id] = answer.code
        return found

    def _answers(self, variable: str) -> Answers | None:
        """The answers of a variable of which one is given at a visit."""
        known = self._standard.variable.get(variable)
        if known is None or known.repeats or not (known.record == "observation" or variable.startswith("visit.")):
            return None
        return self._agreement.answers.of(variable)

    def _answer_in(self, header: str, variable: str, answers: Answers) -> str | None:
        """The answer that a header tells beside the variable: without the words for that, or with them.

        Where a row is a child, it may tell the visit as well. A yes to "smoke-free home" is a no to what is asked.
        """
        words: list[str] = []
        rest: list[str] = []
        is_of_child = self._table.shape is TableShape.CHILD
        for piece in self._headings.pieces(header):
            if is_of_child and any(each.sense in (Sense.VISIT, Sense.BLOCK) for each in piece.meanings):
                continue
            is_name = {Meaning(Sense.VARIABLE, variable), Meaning(Sense.LIKE, variable)} & piece.meanings
            (words if is_name else rest).extend(piece.words)
        if is_reply(" ".join(rest)) and self._headings.read(" ".join(words)).is_denial:
            return answers.opposite(answers.match(" ".join(rest))).code
        texts = (" ".join(rest), " ".join((*rest, *words)), header) if rest else (header,)
        return next((code for text in texts if (code := answers.match(text).code) is not None), None)

    def _group(
        self, variable: str, run: Sequence[ColumnDraft], told: Sequence[dict[str, str | None]]
    ) -> tuple[int, str]:
        """How many columns from the first of a run on have answers of a variable; none if they are no such group."""
        size = 0
        while (
            size < len(run)
            and variable in told[size]
            and (run[size].heading.block, run[size].heading.subject) == (run[0].heading.block, run[0].heading.subject)
        ):
            size += 1
        columns, codes = run[:size], [options[variable] for options in told[:size]]
        is_group = len({code for code in codes if code}) >= _FEWEST and _one_at_a_time(columns, codes)
        return (size, variable) if is_group else (0, variable)

    def _take(self, column: ColumnDraft, variable: str, code: str | None) -> None:
        heading = column.heading
        column.variable, column.part, column.words, column.answer = variable, Part.ANSWER, Words.LIKE, code
        column.subject = subject_of(self._standard, heading, variable)
        column.visit = heading.visit if self._table.shape is TableShape.CHILD else None
        column.block = heading.block if self._table.shape is TableShape.CHILD else ""
        column.verdict = Verdict(Fit.POSSIBLE, 1.0)
        column.evidence = [Evidence("one-answer-a-column", {"codes": code}) if code else Evidence("one-answer-unknown")]


def _is_of_marks(column: ColumnDraft) -> bool:
    """Whether nothing but marks stand in a column, and it is not known for something else."""
    told = {is_mark(text) for text in column.column.texts if text.strip()}
    return bool(told) and None not in told and not (column.is_structure or _is_answered(column))


def _is_answered(column: ColumnDraft) -> bool:
    """Whether somebody says what a column is, or it is called by a variable and has answers of it."""
    is_called = column.variable is not None and column.words is Words.ONE
    return column.is_chosen or (is_called and column.verdict.share >= SOME)


def _one_at_a_time(columns: Sequence[ColumnDraft], codes: Sequence[str | None]) -> bool:
    """Whether hardly any row has marks for two answers."""
    marked = several = 0
    for row in zip(*(column.cells for column in columns), strict=True):
        said = {code or at for at, (text, code) in enumerate(zip(row, codes, strict=True)) if is_mark(text)}
        marked += bool(said)
        several += len(said) > 1
    return marked > 0 and several <= marked * _MOST_TOGETHER
