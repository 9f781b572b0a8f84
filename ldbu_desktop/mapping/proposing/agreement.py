"""Whether what stands in a column can be what its header says, and can hardly be anything else.

A verdict is ``FITS`` only where the content tells the variable from what else the file may hold: by growth at the
child's age, by a mother's age at birth, by words that are said of this variable alone. Content that would do for other
columns as well is ``POSSIBLE``, and content that can't be it is ``CONTRADICTS``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import CITIZEN_ORGANISATION
from ldbu_desktop.journal.model import Moment
from ldbu_desktop.mapping import date_forms, number_forms
from ldbu_desktop.mapping.links import TIMES_ALONE, ContentKind, Evidence, Part, Subject
from ldbu_desktop.mapping.proposing.answer_agreement import AnswerAgreement
from ldbu_desktop.mapping.proposing.answer_book import AnswerBook
from ldbu_desktop.mapping.proposing.answers import Match
from ldbu_desktop.mapping.proposing.headings import Heading
from ldbu_desktop.mapping.proposing.people_agreement import cpr_verdict
from ldbu_desktop.mapping.proposing.profiles import Column
from ldbu_desktop.mapping.proposing.replies import told_by_header
from ldbu_desktop.mapping.proposing.size_agreement import SizeAgreement
from ldbu_desktop.mapping.proposing.texts import TextKind
from ldbu_desktop.mapping.proposing.value_texts import missing_reason
from ldbu_desktop.mapping.proposing.verdicts import FEWEST, MANY, MOST, SOME, Context, Fit, Verdict, percent, shared
from ldbu_desktop.standard.model import Item, Standard

_SOR_DIGITS = 11
_FEW = 12
_MOST_GRADE = 2
"""So few digits grade something, and name nothing."""
_LATEST_YEARS = 3
_EARLIEST_YEAR = 1990


class Agreement:
    """Holds columns against variables of one standard. ``today`` bounds what can have been."""

    def __init__(self, standard: Standard, answers: AnswerBook, today: date) -> None:
        self.standard = standard
        self.answers = answers
        self.today = today
        self.sizes = SizeAgreement(standard)
        self.said = AnswerAgreement(standard, answers)
        self._moments: dict[Column, Mapping[str, Moment | None]] = {}

    def verdict(
        self,
        column: Column,
        cells: Sequence[str],
        variable: str,
        part: Part,
        context: Context,
        *,
        subject: Subject | None = None,
        unit: str | None = None,
        codes: Mapping[str, str] | None = None,
        heading: Heading | None = None,
    ) -> Verdict:
        """How a column goes with a part of a variable.

        ``cells`` are those of the kept rows, ``codes`` the texts of its codes where a list explains them. ``heading``
        gives a meaning to what is no more than a yes.
        """
        if not column.told:
            return Verdict(Fit.EMPTY, 0.0, [Evidence("content-empty")])
        if part is Part.CPR:
            return cpr_verdict(column, cells, context, subject, self.today)
        if part is Part.TIME:
            return shared(column.times, TIMES_ALONE, Fit.FITS)
        if part in (Part.START, Part.END, Part.DATE):
            return self._moment(column)
        if part is Part.UNIT:
            return self.sizes.units(column, variable)
        if part is Part.ANSWER:
            return Verdict(Fit.POSSIBLE, 1.0)
        if part is Part.MISSING_REASON:
            return self.said.reasons(column)
        if variable == CITIZEN_ORGANISATION:
            return self._organisation(column)
        if "/" in variable:
            return self._question(column, variable)
        known = self.standard.variable.get(variable)
        if known is None:
            return Verdict(Fit.POSSIBLE, 1.0)
        if known.kind == "quantity":
            return self.sizes.verdict(column, cells, known, context, unit)
        answers = self.answers.of(variable)
        if answers is not None:
            replies = told_by_header(heading, column.texts, answers) if heading is not None else {}
            return self.said.verdict(column, answers, variable, codes, replies)
        is_text = (
            column.kind not in (ContentKind.CPR, ContentKind.DATE, ContentKind.TIME)
            and column.share(TextKind.DATE, TextKind.MOMENT, TextKind.CPR) == 0
            and not all(text.strip().isdigit() and len(text.strip()) <= _MOST_GRADE for text, _ in column.values)
        )
        return Verdict(
            Fit.POSSIBLE if is_text else Fit.CONTRADICTS, 1.0 if is_text else 0.0, [Evidence("content-text")]
        )

    def _organisation(self, column: Column) -> Verdict:
        share = column.share_of(lambda text: len(readings.sor(text) or "") >= _SOR_DIGITS)
        if share < MANY:
            return Verdict(Fit.CONTRADICTS, share, [Evidence("content-no-sor", {"share": percent(share)})])
        return Verdict(
            Fit.FITS if share >= MOST and len(column.texts) <= _FEW else Fit.POSSIBLE, share, [Evidence("content-sor")]
        )

    # --- when ---------------------------------------------------------------------------------------------------------

    def _moment(self, column: Column) -> Verdict:
        moments = self.moments(column)
        told = sum(count for _, count in column.values)
        read = sum(count for text, count in column.values if moments.get(text) is not None)
        share = read / told
        if share < SOME:
            is_date = column.share(TextKind.DATE, TextKind.MOMENT) >= MANY
            code = "date-order-unknown" if is_date else "content-no-dates"
            return Verdict(
                Fit.POSSIBLE if is_date else Fit.CONTRADICTS, share, [Evidence(code, {"share": percent(share)})]
            )
        days = [_day(moment) for moment in moments.values() if moment is not None]
        usual = sum(1 for day in days if _EARLIEST_YEAR <= day.year <= self.today.year + _LATEST_YEARS) / len(days)
        if usual < MANY:
            return Verdict(Fit.CONTRADICTS, usual, [Evidence("content-old-dates")])
        fit = Fit.FITS if share >= MOST and len(days) >= FEWEST else Fit.POSSIBLE
        return Verdict(fit, share, [Evidence("content-dates", {"share": percent(share)})])

    def moments(self, column: Column) -> Mapping[str, Moment | None]:
        """What the texts of a column of dates mean; None for those that can't be known."""
        if column not in self._moments:
            self._moments[column] = self._read_moments(column)
        return self._moments[column]

    def _read_moments(self, column: Column) -> Mapping[str, Moment | None]:
        texts = [text for text, _ in column.values]
        alone: dict[str, Moment | None] = {text: readings.moment(text) for text in texts}
        if any(read is None or date_forms.needs_column(text) for text, read in alone.items()):
            alone |= date_forms.read_by_column(texts, self.today.year + 1)
        return alone

    def _question(self, column: Column, variable: str) -> Verdict:
        questionnaire_id, link_id = variable.split("/", 1)
        item = self.standard.questionnaire[questionnaire_id].by_link_id[link_id]
        if item.type == "integer":
            return self._points(column, item)
        answers = self.answers.of(variable)
        return self.said.verdict(column, answers, variable, None) if answers is not None else Verdict(Fit.POSSIBLE, 1.0)

    def _points(self, column: Column, item: Item) -> Verdict:
        most = item.max if item.max is not None else 100
        share = column.share_of(
            lambda text: (number := readings.whole_number(text)) is not None and (item.min or 0) <= number <= most
        )
        if share < MANY:
            return Verdict(
                Fit.CONTRADICTS, share, [Evidence("content-not-points", {"share": percent(share), "high": most})]
            )
        return Verdict(Fit.POSSIBLE, share, [Evidence("content-points", {"share": percent(share), "high": most})])

    def reads_as(self, text: str, variable: str) -> bool:
        """Whether one value by itself can be of a variable: a known answer, or a size at some age."""
        answers = self.answers.of(variable)
        if answers is not None:
            return answers.match(text).match is not Match.NOTHING
        if missing_reason(text) is not None:
            return True
        known = self.standard.variable.get(variable)
        amount = readings.amount(text)
        if known is None or not known.ranges:
            return amount is not None
        if amount is None:
            return number_forms.has_two_readings(text)
        size = amount.number
        low, high = min(each.low for each in known.ranges), max(each.high for each in known.ranges)
        return any(low <= size * unit.factor <= high for unit in known.units)


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
