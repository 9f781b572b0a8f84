"""Columns of a table held against each other: what can't be true of both makes neither sure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import VISIT_END, VISIT_START, VISIT_TYPE
from ldbu_desktop.mapping.links import TIMES_ALONE, ContentKind, Evidence, Part
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.date_order import (
    USUAL,
    DateOrder,
    is_before,
    is_before_birth,
    is_birth,
    share_of_pairs,
)
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import Words
from ldbu_desktop.mapping.proposing.verdicts import Fit, percent

_MANY = 0.9
_FEW = 0.1
_FEWEST = 3
_ALL_POINTS = 0.95
_SHRUNK = 0.25


class Relations:
    """Holds the columns of one table against each other."""

    def __init__(self, table: TableDraft, agreement: Agreement) -> None:
        self._table = table
        self._agreement = agreement
        self._dates = DateOrder(table, agreement)

    def hold(self) -> None:
        """Weaken what is contradicted by another column, and strengthen what another one proves."""
        self._starts()
        self._ends()
        self._dates.hold()
        self._kinds_of_visit()
        self._in_order()
        self._sizes()
        self._growing()
        self._reasons()
        self._sums()
        self._twice()
        self._interchangeable()
        self._exchanged()

    def _of(self, variable: str, part: Part | None = None) -> list[ColumnDraft]:
        return [column for column in self._table.columns if column.is_taken_for(variable, part)]

    # --- dates --------------------------------------------------------------------------------------------------------

    def _starts(self) -> None:
        starts = self._of(VISIT_START, Part.START)
        births = self._table.context.births
        for start in starts:
            moments = self._dates.of(start)
            code = (
                "dates-are-births"
                if share_of_pairs(moments, births, is_birth) > 0.5
                else "dates-before-births"
                if share_of_pairs(moments, births, is_before_birth) > _FEW
                else ""
            )
            if code and start.words is Words.NONE:
                # Nothing but the content spoke for it.
                start.variable = None
            elif code and start.verdict.fit is not Fit.CONTRADICTS:
                start.contradict(code)
            for time in self._of(VISIT_START, Part.TIME):
                if time.words is not Words.ONE:
                    start.weaken("content-of-others-too", column=time.header)
        together = [start for start in starts if start.variable is not None and not start.block]
        if len(together) > 1:
            self._choose(together)

    def _choose(self, starts: Sequence[ColumnDraft]) -> None:
        """Of several columns that may be when a visit began, one is it at most."""

        def rank(column: ColumnDraft) -> tuple[int, int, int, int]:
            return (column.verdict.fit, column.words, column.heading.is_visit_part, -column.at)

        best, *others = sorted(starts, key=rank, reverse=True)
        for other in others:
            if other.words is best.words and other.heading.is_visit_part == best.heading.is_visit_part:
                best.weaken("several-dates", column=other.header)
            other.variable = None
            other.evidence.append(Evidence("another-column", {"column": best.header}))

    def _ends(self) -> None:
        starts = {start.block for start in self._of(VISIT_START) if start.verdict.fit is not Fit.CONTRADICTS}
        for end in self._of(VISIT_END, Part.END):
            if end.verdict.fit is Fit.CONTRADICTS:
                self._end_in_times(end)
            elif end.block not in starts:
                end.weaken("ends-without-start")

    def _end_in_times(self, end: ColumnDraft) -> None:
        """An end that is told by its time of day alone: after that of the start, where that is told so too."""
        if not end.column.is_of_times:
            return
        end.verdict.fit = Fit.FITS
        end.verdict.evidence.append(Evidence(TIMES_ALONE, {"share": percent(end.column.times)}))
        for start in self._of(VISIT_START, Part.TIME):
            if share_of_pairs(_clocks(end), _clocks(start), lambda last, first: last < first) > _FEW:
                end.contradict("ends-before-start", column=start.header)
                start.weaken("ends-before-start", column=end.header)

    def _kinds_of_visit(self) -> None:
        """Each kind of visit is at some age: dates and kinds that do not go together make neither sure."""
        for start in self._of(VISIT_START, Part.START):
            fits = self._dates.ages_are_usual(start, self._dates.of(start))
            if fits < USUAL:
                for column in (start, *(self._of(VISIT_TYPE) if start.visit is None else ())):
                    column.weaken("ages-of-other-visits", share=int(fits * 100))

    def _in_order(self) -> None:
        """The visits of a row are in the order of the ages that they are for."""
        kinds = self._agreement.standard.visit_type_by_code
        starts = [start for start in self._of(VISIT_START, Part.START) if start.visit is not None]
        starts.sort(key=lambda start: kinds[start.visit or ""].from_days or 0)
        for earlier, later in pairwise(starts):
            if share_of_pairs(self._dates.of(later), self._dates.of(earlier), is_before) > _FEW:
                earlier.weaken("visits-out-of-order", column=later.header)
                later.weaken("visits-out-of-order", column=earlier.header)

    def _growing(self) -> None:
        """What grows is larger at the later visits of a row."""
        kinds = self._agreement.standard.visit_type_by_code
        by_variable: dict[str | None, list[ColumnDraft]] = {}
        for column in self._measured():
            if column.visit is not None and self._agreement.standard.variable[column.variable or ""].losses:
                by_variable.setdefault(column.variable, []).append(column)
        for columns in by_variable.values():
            columns.sort(key=lambda column: kinds[column.visit or ""].from_days or 0)
            for earlier, later in pairwise(columns):
                after, before = self._numbers(later), self._numbers(earlier)
                shrunk = share_of_pairs(after, before, lambda large, small: large < small)
                if shrunk > _SHRUNK and earlier.visit != later.visit:
                    earlier.contradict("smaller-later", column=later.header)
                    later.contradict("smaller-later", column=earlier.header)

    def _reasons(self) -> None:
        """A reason why there is no value stands where there is none."""
        for reason in self._table.columns:
            if reason.part is not Part.MISSING_REASON or reason.variable is None:
                continue
            for value in self._of(reason.variable, Part.VALUE):
                if value.block != reason.block:
                    continue
                told = [bool(text.strip()) and text not in value.verdict.missing for text in value.cells]
                beside = [held for held, text in zip(told, reason.cells, strict=True) if text.strip()]
                if beside and sum(beside) / len(beside) > _FEW:
                    reason.contradict("reasons-beside-values", column=value.header)

    def _interchangeable(self) -> None:
        """Content that would do as well for another column of the same variable tells neither from the other."""
        by_variable: dict[tuple[str | None, Part], list[ColumnDraft]] = {}
        for column in self._table.columns:
            is_one_answer = column.part is Part.ANSWER
            if column.variable is not None and not is_one_answer and not self._is_proved_alone(column):
                by_variable.setdefault((column.variable, column.part), []).append(column)
        for columns in by_variable.values():
            for column in columns if len(columns) > 1 else ():
                other = next(each for each in columns if each is not column)
                column.weaken("content-of-others-too", column=other.header)

    def _is_proved_alone(self, column: ColumnDraft) -> bool:
        """Whether the content tells of whom or of which visit it is: by growth, by age, by the order of dates."""
        codes = {evidence.code for evidence in column.verdict.evidence}
        return column.part in (Part.CPR, Part.START, Part.END, Part.TIME) or bool(
            codes & {"content-growth", "sum-of-questions"}
        )

    # --- sizes --------------------------------------------------------------------------------------------------------

    def _sizes(self) -> None:
        """A head is smaller round than a child is long."""
        standard = self._agreement.standard
        longs = [
            column
            for column in self._measured()
            if standard.variable[column.variable or ""].reference == "height-for-age"
        ]
        rounds = [
            column
            for column in self._measured()
            if standard.variable[column.variable or ""].reference == "head-circumference-for-age"
        ]
        for long in longs:
            for around in rounds:
                if long.block == around.block:
                    one, other = self._numbers(long), self._numbers(around)
                    if share_of_pairs(one, other, lambda height, head: height <= head) > _FEW:
                        long.contradict("head-above-height", column=around.header)
                        around.contradict("head-above-height", column=long.header)

    def _measured(self) -> list[ColumnDraft]:
        known = self._agreement.standard.variable
        return [
            column
            for column in self._table.columns
            if column.part is Part.VALUE and column.variable in known and known[column.variable].kind == "quantity"
        ]

    def _numbers(self, column: ColumnDraft) -> list[Decimal | None]:
        read = self._agreement.sizes.numbers(column.column, None)
        return [None if text in column.verdict.missing else read.get(text) for text in column.cells]

    def _sums(self) -> None:
        """A score that is the sum of its questions in every row proves itself and them."""
        for questionnaire in self._agreement.standard.questionnaires:
            if questionnaire.score is None or not questionnaire.summed:
                continue
            by_subject: dict[object, dict[str, ColumnDraft]] = {}
            for column in self._table.columns:
                if column.variable and column.variable.startswith(f"{questionnaire.id}/"):
                    by_subject.setdefault((column.subject, column.block), {})[column.variable.partition("/")[2]] = (
                        column
                    )
            for columns in by_subject.values():
                score = columns.get(questionnaire.score)
                items = [columns[name] for name in questionnaire.summed if name in columns]
                if score is None or len(items) < len(questionnaire.summed):
                    continue
                self._prove(score, items)

    def _prove(self, score: ColumnDraft, items: Sequence[ColumnDraft]) -> None:
        totals = [readings.whole_number(text) for text in score.cells]
        parts = [[readings.whole_number(text) for text in item.cells] for item in items]
        right = counted = 0
        for row, total in enumerate(totals):
            found = [column[row] for column in parts]
            if total is None or any(each is None for each in found):
                continue
            counted += 1
            right += total == sum(each for each in found if each is not None)
        if counted >= _FEWEST and right / counted >= _ALL_POINTS and score.verdict.fit is Fit.POSSIBLE:
            score.verdict.fit = Fit.FITS
            score.verdict.evidence.append(Evidence("sum-of-questions"))
        elif counted >= _FEWEST and right / counted < 0.5:
            score.contradict("not-sum-of-questions")

    # --- columns against columns --------------------------------------------------------------------------------------

    def _twice(self) -> None:
        """Two columns that are taken for the same: neither is sure."""
        places: dict[object, list[ColumnDraft]] = {}
        for column in self._table.columns:
            if column.variable is not None and column.part is not Part.ANSWER:
                places.setdefault(column.place, []).append(column)
        repeats = {variable.id for variable in self._agreement.standard.variables if variable.repeats}
        for columns in places.values():
            if len(columns) > 1 and columns[0].variable not in repeats:
                for column in columns:
                    other = next(each for each in columns if each is not column)
                    column.weaken("same-as-another", column=other.header)

    def _exchanged(self) -> None:
        """Where a header is contradicted, its content may have changed places with a column's of the same kind."""
        odd = [column for column in self._table.columns if column.variable and column.verdict.fit is Fit.CONTRADICTS]
        for column in self._table.columns:
            if column.verdict.fit is not Fit.FITS or column.variable is None:
                continue
            for other in odd:
                if _kind(column) == _kind(other) and not self._is_proved(column):
                    column.weaken("beside-contradicted", column=other.header)
                    break

    def _is_proved(self, column: ColumnDraft) -> bool:
        """Whether the content is such that no other column's would do in its place."""
        codes = {evidence.code for evidence in column.verdict.evidence}
        return bool(
            codes
            & {
                "content-growth",
                "sum-of-questions",
                "cpr-of-children",
                "cpr-of-parents",
                "content-codes",
                "content-sor",
            }
        )


def _kind(column: ColumnDraft) -> ContentKind:
    """Which columns could have changed places with each other."""
    return column.column.kind


def _clocks(column: ColumnDraft) -> list[str | None]:
    """The times of day of a column, in a form that sorts."""
    return [readings.clock(text) for text in column.cells]
