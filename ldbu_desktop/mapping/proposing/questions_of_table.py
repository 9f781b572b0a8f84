"""Columns that are questions of the one questionnaire that a table is about, though they are not called by it."""

from __future__ import annotations

from functools import cached_property

from ldbu_desktop.mapping.links import ContentKind, Evidence, Part
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.content_alone import subject_of
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.questions import question_of
from ldbu_desktop.mapping.proposing.table_shape import ShapeFinder
from ldbu_desktop.mapping.proposing.verdicts import Context, Fit
from ldbu_desktop.standard.model import Item, Questionnaire


class QuestionsOfTable:
    """Takes columns of one table for questions."""

    def __init__(self, table: TableDraft, agreement: Agreement, shape_finder: ShapeFinder) -> None:
        self._table = table
        self._agreement = agreement
        self._shape_finder = shape_finder

    def take(self, column: ColumnDraft, context: Context) -> bool:
        """Whether a column is one of the questions and holds points.

        Which one its header tells by the number that it begins with, or by a word that is known of it; or that it is
        their sum.
        """
        if len(self._named) != 1 or column.heading.other or column.column.kind is ContentKind.DATE:
            return False
        standard = self._agreement.standard
        questionnaire = standard.questionnaire[next(iter(self._named))]
        item = question_of(questionnaire, column.header) or _sum_of(questionnaire, column)
        name = f"{questionnaire.id}/{item.link_id}" if item is not None else ""
        if not name or any(each.may_be(name) or each.is_taken_for(name) for each in self._table.columns):
            return False
        verdict = self._agreement.verdict(column.column, column.cells, name, Part.VALUE, context)
        if verdict.fit is Fit.CONTRADICTS:
            return False
        subject = subject_of(standard, column.heading, name)
        column.variable, column.part, column.subject, column.verdict = name, Part.VALUE, subject, verdict
        column.evidence.append(Evidence("question-of-table", {"questionnaire": questionnaire.id}))
        return True

    @cached_property
    def _named(self) -> frozenset[str]:
        """The questionnaires that the sheet or a column is called by."""
        named = [self._shape_finder.of_name(self._table.sheet), *(column.heading for column in self._table.columns)]
        return frozenset[str]().union(*(heading.questionnaires for heading in named))


def _sum_of(questionnaire: Questionnaire, column: ColumnDraft) -> Item | None:
    """The points of a whole questionnaire, where the header says no more than that they are a sum."""
    is_sum = "total" in column.heading.parts and column.heading.known == 1 and not column.heading.unknown
    return questionnaire.by_link_id.get(questionnaire.score) if is_sum and questionnaire.score else None
