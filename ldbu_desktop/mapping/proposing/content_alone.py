"""What the content of a column alone says, where its header says nothing or something else: never surely."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from ldbu_desktop.journal.fields import CITIZEN_CPR, VISIT_START, VISIT_TYPE
from ldbu_desktop.mapping.links import ContentKind, Evidence, Part, Subject
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.answers import Answers
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import Heading, Words
from ldbu_desktop.mapping.proposing.row_contexts import RowContexts
from ldbu_desktop.mapping.proposing.texts import is_cpr
from ldbu_desktop.mapping.proposing.verdicts import Context, Fit, Verdict
from ldbu_desktop.standard.model import Standard

_MANY = 0.8
_SOME = 0.5
_NEARLY_ALL = 0.95


class ContentAlone:
    """Takes columns of one table for what stands in them."""

    def __init__(self, table: TableDraft, agreement: Agreement, contexts: RowContexts) -> None:
        self._table = table
        self._agreement = agreement
        self._standard: Standard = agreement.standard
        self._contexts = contexts

    def take(self, column: ColumnDraft, context: Context) -> None:
        """What the content alone says, where the header says nothing: never more than a proposal."""
        if column.column.share_of(is_cpr) >= _MANY and column.column.told:
            for subject in dict.fromkeys((column.heading.subject or Subject.CHILD, Subject.CHILD, Subject.PARENT)):
                verdict = self._agreement.verdict(
                    column.column, column.cells, CITIZEN_CPR, Part.CPR, context, subject=subject
                )
                if verdict.fit is not Fit.CONTRADICTS:
                    self.take_as(column, CITIZEN_CPR, Part.CPR, subject, verdict)
                    return
            return
        if self._contexts.start("") is column:
            verdict = self._agreement.verdict(column.column, column.cells, VISIT_START, Part.START, context)
            if verdict.fit is not Fit.CONTRADICTS:
                self.take_as(column, VISIT_START, Part.START, None, verdict)
            return
        if column.codes or (column.column.kind is ContentKind.CODE and column.column.is_coded):
            self.take_answers(column, context)
        elif column.column.kind is ContentKind.NUMBER:
            self._by_growth(column, context)

    def take_person(self, column: ColumnDraft, context: Context) -> None:
        """CPR numbers of whom the header names, where they can be."""
        subject = column.heading.subject
        if subject is not None:
            verdict = self._agreement.verdict(
                column.column, column.cells, CITIZEN_CPR, Part.CPR, context, subject=subject
            )
            if verdict.fit > Fit.EMPTY:
                self.take_as(column, CITIZEN_CPR, Part.CPR, subject, verdict)

    def take_answers(self, column: ColumnDraft, context: Context, *, only_observed: bool = False) -> None:
        """The variable that most of a column's answers are said of alone."""
        said: Counter[str] = Counter()
        for text, count in column.column.values:
            speakers = self._agreement.said.speakers((column.codes or {}).get(text, text))
            if len(speakers) == 1 or self._are_of_two_records(speakers):
                said.update(dict.fromkeys(speakers, count))
        is_sparse = column.column.told * 2 < self._table.profile.rows
        if only_observed or is_sparse:
            # Each visit has its kind and form; what is told now and then is a note.
            said = Counter({name: times for name, times in said.items() if "." not in name})
        if not said:
            return
        tried = {
            name: self._agreement.verdict(column.column, column.cells, name, Part.VALUE, context, codes=column.codes)
            for name in said
        }
        # A word that is said of one variable alone may be meant otherwise: all answers together tell.
        variable, times = max(
            said.items(),
            key=lambda each: (
                tried[each[0]].share >= _MANY,
                each[1],
                self.is_of_named_record(each[0]),
                "." not in each[0],
            ),
        )
        verdict = tried[variable]
        is_said = times >= column.column.told * _SOME or verdict.share >= _MANY
        if verdict.fit is Fit.POSSIBLE and not column.may_be(variable) and variable in self._named:
            return  # Another column is called so, and what may be anything does not contest it.
        if is_said and verdict.fit is not Fit.CONTRADICTS:
            subject = subject_of(self._standard, column.heading, variable)
            self.take_as(column, variable, Part.VALUE, subject, verdict)

    def _by_growth(self, column: ColumnDraft, context: Context) -> None:
        """The one size that children of those ages can have, where no other column is called by it."""
        found = []
        for variable in self._standard.observed:
            if variable.kind == "quantity" and variable.reference is not None and variable.id not in self._named:
                verdict = self._agreement.sizes.verdict(
                    column.column, column.cells, variable, context, column.heading.unit
                )
                if verdict.fit is Fit.FITS:
                    found.append((variable.id, verdict))
        if len(found) == 1:
            self.take_as(column, found[0][0], Part.VALUE, Subject.CHILD, found[0][1])

    def takes_kind_of_visit(self, column: ColumnDraft, context: Context) -> bool:
        """Whether hardly anything but kinds of visit stand in a column, and none that is called so tells the same."""
        if column.column.kind is not ContentKind.CODE:
            return False
        verdict = self._agreement.verdict(column.column, column.cells, VISIT_TYPE, Part.VALUE, context)
        if verdict.fit is not Fit.FITS or verdict.share + verdict.asked < _NEARLY_ALL:
            return False
        answers = self._agreement.answers.of(VISIT_TYPE)
        for other in self._table.columns:
            is_called = any(
                each.variable == VISIT_TYPE and each.words is Words.ONE for each in other.heading.candidates
            )
            if is_called and answers is not None and _are_told_alike(column, other, answers):
                return False
        self.take_as(column, VISIT_TYPE, Part.VALUE, None, verdict)
        return True

    def take_as(
        self, column: ColumnDraft, variable: str, part: Part, subject: Subject | None, verdict: Verdict
    ) -> None:
        column.variable, column.part, column.subject, column.verdict = variable, part, subject, verdict
        column.evidence.append(Evidence("content-alone"))

    def is_of_named_record(self, variable: str) -> bool:
        """Whether another column is called by something of the variable's record."""
        return variable.partition(".")[0] in self._named_records

    def _are_of_two_records(self, variables: Iterable[str]) -> bool:
        """Whether variables are of records of their own: what an intervention is for is said as what was found is."""
        records = [self._standard.variable[each].record for each in variables]
        return len(set(records)) == len(records) == 2

    @cached_property
    def _named_records(self) -> frozenset[str]:
        """The records of which a column is called by something, and by one synonym."""
        return frozenset(
            candidate.variable.partition(".")[0]
            for column in self._table.columns
            for candidate in column.heading.candidates
            if candidate.words is Words.ONE and "." in candidate.variable
        )

    @cached_property
    def _named(self) -> frozenset[str]:
        """The variables that columns are called by."""
        return frozenset(one.variable for column in self._table.columns for one in column.heading.candidates)


def subject_of(standard: Standard, heading: Heading, variable_id: str) -> Subject | None:
    """Whom a column is about: as the header says, where it can be, else as the standard has it."""
    if variable_id == CITIZEN_CPR:
        return heading.subject or Subject.CHILD
    if "/" in variable_id:
        questionnaire = standard.questionnaire[variable_id.partition("/")[0]]
        of = questionnaire.subject
    else:
        variable = standard.variable.get(variable_id)
        if variable is None or variable.record != "observation":
            return None
        of = variable.subject
    if of == "parent":
        is_parent = heading.subject not in (None, Subject.CHILD)
        return heading.subject if is_parent else Subject.PARENT
    return Subject.CHILD if of == "child" else heading.subject


def _are_told_alike(column: ColumnDraft, other: ColumnDraft, answers: Answers) -> bool:
    """Whether two columns tell the same codes in nearly every row."""
    pairs = [
        (answers.match(one).code, answers.match(beside).code)
        for one, beside in zip(column.cells, other.cells, strict=True)
    ]
    told = [one == beside for one, beside in pairs if one is not None and beside is not None]
    return bool(told) and sum(told) >= len(told) * _NEARLY_ALL
