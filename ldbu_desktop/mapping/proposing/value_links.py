"""What the distinct values of coded columns are taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON, OBSERVATION_SUBJECT, OBSERVATION_UNIT, VISIT_TYPE
from ldbu_desktop.journal.number_words import in_digits
from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.links import TEXT_OF_LIST, Evidence, Part, State, ValueLink
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.answer_words import is_reply
from ldbu_desktop.mapping.proposing.answers import NOTHING, Answer, Answers, Match
from ldbu_desktop.mapping.proposing.answers_apart import meaning_of_mark
from ldbu_desktop.mapping.proposing.code_lists import SEVERAL
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import OBSERVED_NAME, OBSERVED_VALUE
from ldbu_desktop.mapping.proposing.profiles import MOST_CODES
from ldbu_desktop.mapping.proposing.replies import told_by_header, told_with_header
from ldbu_desktop.mapping.proposing.scales import told_by_the_others
from ldbu_desktop.mapping.proposing.table_proposal import state_of
from ldbu_desktop.mapping.proposing.table_shape import ShapeFinder
from ldbu_desktop.mapping.proposing.texts import TextKind, is_cpr
from ldbu_desktop.mapping.proposing.value_texts import missing_reason, numeric_missing

_DEFAULT_REASON = "unknown"
_MANY = 0.8
_MOST_MARKS, _LONGEST_MARK = 5, 25
_ASKED_VARIABLES = frozenset((VISIT_TYPE,))
"""Variables whose local words differ between municipalities: only what the standard says of them is sure."""


def _marks(column: ColumnDraft) -> list[str]:
    """The few texts of a column of sizes that are no sizes: what somebody writes where there is none.

    A size in words is none of them: it is not read, and never taken for nothing.
    """
    if (
        column.part is not Part.VALUE
        or column.verdict.unit is None
        or column.column.share(TextKind.WHOLE, TextKind.NUMBER) < _MANY
    ):
        return []
    texts = [
        text
        for text in column.column.texts
        if text.strip() and missing_reason(text) is None and not _holds_number(text)
    ]
    return texts if len(texts) <= _MOST_MARKS and all(len(text) <= _LONGEST_MARK for text in texts) else []


def _holds_number(text: str) -> bool:
    """Whether a text has a number in it, in digits, as a fraction or in words."""
    return any(letter.isnumeric() for letter in in_digits(folded(text)))


class ValueLinks:
    """The links of a table's values."""

    def __init__(self, table: TableDraft, shape_finder: ShapeFinder, agreement: Agreement) -> None:
        self._table = table
        self._shape_finder = shape_finder
        self._agreement = agreement

    def links(self) -> Iterator[ValueLink]:
        """One for each distinct value of each coded column."""
        for column in self._table.columns:
            if column.variable is None or column.is_structure:
                continue
            if column.variable == OBSERVED_NAME:
                yield from self._names(column)
            elif column.variable == OBSERVATION_UNIT:
                yield from self._units(column, OBSERVATION_UNIT)
            elif column.variable == OBSERVATION_SUBJECT:
                yield from self._people(column)
            elif column.variable == OBSERVED_VALUE:
                yield from self._observed(column)
            else:
                yield from self._of_column(column)

    def _of_column(self, column: ColumnDraft) -> Iterator[ValueLink]:
        variable = column.variable or ""
        if column.part is Part.MISSING_REASON:
            answers = self._agreement.answers.of(OBSERVATION_MISSING_REASON)
            if answers is not None:
                for text, count in column.column.texts.most_common():
                    answer = answers.match(text)
                    reason = answer.code or answer.missing
                    found = Answer(Match.MISSING, missing=reason) if reason else answer
                    yield self._link(column, variable, text, count, found)
            return
        if column.part is Part.ANSWER:
            for text, count in column.column.texts.most_common():
                yield self._link(column, variable, text, count, meaning_of_mark(text, column.answer))
        if column.part is Part.UNIT:
            yield from self._units(column, variable)
        if column.part is not Part.VALUE:
            return
        answers = self._agreement.answers.of(variable)
        if answers is not None:
            # What is no column of codes may name persons.
            counted = {text: count for text, count in self._texts(column, variable) if not is_cpr(text)}
            replies = told_by_header(column.heading, column.column.texts, answers)
            alone = {
                text: Answer(Match.HEADER, replies[text]) if text in replies else self._answer(answers, text, column)
                for text in counted
            }
            read = {text: (column.codes or {}).get(text, text) for text in counted}
            told = told_by_the_others({read[text]: answer for text, answer in alone.items()}, answers)
            for text, count in counted.items():
                yield self._link(column, variable, text, count, told.get(read[text], alone[text]))
            return
        for text in sorted(column.verdict.missing | set(column.column.missing)):
            reason = missing_reason(text) or _DEFAULT_REASON
            answer = Answer(Match.MISSING, missing=reason)
            yield self._link(
                column, variable, text, column.column.texts[text], answer, is_doubtful=numeric_missing(text)
            )
        for text in _marks(column):
            yield self._link(
                column, variable, text, column.column.texts[text], Answer(Match.LIKE, missing=_DEFAULT_REASON)
            )

    @cached_property
    def _marks_of_table(self) -> frozenset[str]:
        """What stands among the sizes of this table without being one."""
        return frozenset(text for column in self._table.columns for text in _marks(column))

    def _texts(self, column: ColumnDraft, variable: str) -> list[tuple[str, int]]:
        """The distinct texts of a column of codes; a cell that may hold several has semicolons between them."""
        known = self._agreement.standard.variable.get(variable)
        if known is None or known.max == 1:
            return column.column.texts.most_common() if column.column.is_coded else []
        parts: Counter[str] = Counter()
        for text, count in column.column.texts.items():
            for part in text.split(";"):
                if part.strip():
                    parts[part.strip()] += count
        return parts.most_common() if len(parts) <= MOST_CODES else []

    def _units(self, column: ColumnDraft, variable: str) -> Iterator[ValueLink]:
        for text, count in column.column.texts.most_common() if column.column.is_coded else ():
            code = self._agreement.sizes.unit(variable, text)
            yield self._link(column, variable, text, count, Answer(Match.STANDARD, code) if code else NOTHING)

    def _answer(self, answers: Answers, text: str, column: ColumnDraft) -> Answer:
        explained = (column.codes or {}).get(text)
        if column.heading.is_denial and is_reply(explained or text):
            return answers.opposite(answers.match(explained or text))
        if column.heading.asks_whether_good and is_reply(explained or text):
            return Answer(Match.QUESTION, candidates=tuple(code for code in answers.codes if code != answers.good))
        if explained is None:
            answer = answers.match(text)
            if (
                answer.match is Match.NOTHING
                and numeric_missing(text)
                and (column.codes is None or text.startswith("-"))
                and text.strip().strip("0") != ""
            ):
                return Answer(Match.LIKE, missing=_DEFAULT_REASON)
            if answer.match is Match.QUESTION and (code := told_with_header(column.header, text, answers)):
                return Answer(Match.HEADER, code)
            if answer.match is Match.NOTHING and text in self._marks_of_table:
                return Answer(Match.LIKE, missing=_DEFAULT_REASON)
            return answer
        answer = answers.match(explained)
        if answer.match in (Match.STANDARD, Match.SYNONYM, Match.LEVEL):
            return Answer(Match.LIST, answer.code)
        if SEVERAL in explained:
            told = (answers.match(part).code for part in explained.split(SEVERAL))
            return Answer(Match.QUESTION, candidates=tuple(dict.fromkeys(filter(None, told))))
        return answer

    def _link(
        self, column: ColumnDraft, variable: str, text: str, count: int, answer: Answer, *, is_doubtful: bool = False
    ) -> ValueLink:
        evidence = [
            Evidence(
                f"value-{answer.match.value}", {"codes": ", ".join(answer.candidates)} if answer.candidates else {}
            )
        ]
        state = State.UNMAPPED
        if answer.code is not None or answer.missing is not None:
            state = State.SURE if answer.is_plain and not is_doubtful else State.PROPOSED
        elif answer.match is Match.QUESTION:
            state = State.PROPOSED
        explained = (column.codes or {}).get(text)
        if explained is not None:
            evidence.append(Evidence(TEXT_OF_LIST, {"text": explained}))
        if state is State.SURE and state_of(column) is not State.SURE:
            state = State.PROPOSED
            evidence.append(Evidence("value-column-waits"))
        found = self._table.found
        return ValueLink(
            found.table.file,
            found.table.sheet,
            found.header_rows[0],
            column.at,
            variable,
            text,
            count,
            state,
            answer.code,
            answer.missing,
            tuple(evidence),
        )

    # --- a row an observation -----------------------------------------------------------------------------------------

    def _names(self, column: ColumnDraft) -> Iterator[ValueLink]:
        for text, count in column.column.texts.most_common():
            explained = (column.codes or {}).get(text, text)
            variable, is_one = self._shape_finder.variable_named(explained)
            match = Match.SYNONYM if is_one else Match.LIKE
            answer = Answer(match, variable) if variable is not None else NOTHING
            yield self._link(column, OBSERVED_NAME, text, count, answer)

    def _people(self, column: ColumnDraft) -> Iterator[ValueLink]:
        """The words of a column that tells whom each row is about."""
        for text, count in column.column.texts.most_common():
            subject = self._shape_finder.subject_named((column.codes or {}).get(text, text))
            answer = Answer(Match.SYNONYM, subject) if subject is not None else NOTHING
            yield self._link(column, OBSERVATION_SUBJECT, text, count, answer)

    def _observed(self, column: ColumnDraft) -> Iterator[ValueLink]:
        """The answers of a column of values, each by the variable that is named beside it."""
        names = next((each for each in self._table.columns if each.variable == OBSERVED_NAME), None)
        if names is None:
            return
        pairs = self._table.profile.pairs_of(names.at, column.at)
        found: dict[tuple[str, str], int] = {}
        for (name, text), count in pairs.items():
            variable, _ = self._shape_finder.variable_named((names.codes or {}).get(name, name))
            if variable is None or not text.strip():
                continue
            found[variable, text] = found.get((variable, text), 0) + count
        for (variable, text), count in found.items():
            answers = self._agreement.answers.of(variable)
            if answers is not None:
                answer = answers.match(text)
            elif (reason := missing_reason(text)) is not None:
                answer = Answer(Match.MISSING, missing=reason)
            else:
                continue
            yield self._link(column, variable, text, count, answer)
