"""What the columns of one table of any shape are taken for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from types import MappingProxyType

from ldbu_desktop.journal.fields import (
    CITIZEN_CPR,
    INTERVENTION_CODE,
    INTERVENTION_END,
    INTERVENTION_START,
    INTERVENTION_STATUS,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_STATUS,
    OBSERVATION_SUBJECT,
    OBSERVATION_UNIT,
    SCHOOL_IDENTIFIER,
    VISIT_CLASS,
    VISIT_END,
    VISIT_SCHOOL,
    VISIT_START,
    VISIT_STATUS,
    VISIT_TYPE,
)
from ldbu_desktop.mapping.columns import comparable
from ldbu_desktop.mapping.links import (
    ContentKind,
    Evidence,
    Part,
    Place,
    State,
    Subject,
    TableShape,
    Target,
    Targets,
)
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.answers import without_age
from ldbu_desktop.mapping.proposing.answers_apart import AnswersApart
from ldbu_desktop.mapping.proposing.code_lists import CodeLists
from ldbu_desktop.mapping.proposing.column_codes import ColumnCodes
from ldbu_desktop.mapping.proposing.content_alone import ContentAlone, subject_of
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import (
    COUNTED,
    OBSERVED_NAME,
    OBSERVED_VALUE,
    Candidate,
    Heading,
    Headings,
    Words,
)
from ldbu_desktop.mapping.proposing.lexicon import synonyms, words_of
from ldbu_desktop.mapping.proposing.questions_of_table import QuestionsOfTable
from ldbu_desktop.mapping.proposing.row_contexts import RowContexts
from ldbu_desktop.mapping.proposing.table_shape import ShapeFinder
from ldbu_desktop.mapping.proposing.texts import TextKind, is_cpr
from ldbu_desktop.mapping.proposing.verdicts import Context, Fit, Verdict
from ldbu_desktop.standard.model import Standard

_MANY = 0.8
_SOME = 0.5
_NEARLY_ALL = 0.95
_FEWEST_DIGITS = 4
"""So many digits a number of a register has at least."""
_OF_ANSWERS = frozenset((VISIT_TYPE, VISIT_CLASS))
_OF_INTERVENTION = {
    VISIT_START: INTERVENTION_START,
    VISIT_END: INTERVENTION_END,
    VISIT_STATUS: INTERVENTION_STATUS,
}
_OF_OTHER_TIMES = frozenset(("next", "previous"))
_OF_OTHERS = frozenset(("employee", "family", "previous"))
"""Whose numbers are of no child and no parent."""
_OBSERVED = frozenset((OBSERVED_NAME, OBSERVED_VALUE, OBSERVATION_UNIT, OBSERVATION_SUBJECT))


class TableProposal:
    """Proposes what the columns of one table are; what has been found stands in the draft."""

    def __init__(
        self,
        table: TableDraft,
        headings: Headings,
        agreement: Agreement,
        lists: CodeLists,
        targets: Targets = MappingProxyType({}),
    ) -> None:
        self._table = table
        self._headings = headings
        self._targets = targets
        self._agreement = agreement
        self._standard: Standard = agreement.standard
        self._lists = lists
        self._contexts = RowContexts(table, agreement)
        self._content = ContentAlone(table, agreement, self._contexts)
        self.shape_finder = ShapeFinder(table, headings, agreement, lists, self._contexts)
        self._questions = QuestionsOfTable(table, agreement, self.shape_finder)
        self._apart = AnswersApart(table, headings, agreement)

    def propose(self) -> None:
        """Find the shape, and for each column the variable that its header and content make likeliest."""
        table = self._table
        table.columns = [self._column(at) for at in range(len(table.headings))]
        codes = ColumnCodes(table, self._agreement, self._lists, self.shape_finder)
        for column in table.columns:
            column.codes = codes.of(column)
        self.shape_finder.find()
        if table.shape is TableShape.CHILD:
            for column in table.columns:
                column.heading = self._aged(column.heading)
        table.context = self._contexts.of("")
        for column in table.columns:
            self._decide(column)
        self._apart.take()
        self._of_interventions()

    def _aged(self, heading: Heading) -> Heading:
        """A header of a block that is called by an age alone: it is likely of the one visit for that age."""
        answers = self._agreement.answers.of(VISIT_TYPE)
        is_counted = heading.block.startswith(COUNTED)
        code = answers.of_age(heading.text) if answers is not None and (is_counted or not heading.block) else None
        if code is None:
            return heading
        without = self._headings.read(without_age(heading.text))
        named = without if without.candidates else heading
        return replace(named, text=heading.text, visit=code, block=code, is_visit_by_age=True)

    def _of_interventions(self) -> None:
        """Begin, end and status are of what a row is about: of an intervention where nothing in it is of a visit."""
        told = [column for column in self._table.columns if column.variable and column.verdict.fit > Fit.CONTRADICTS]
        if not any(column.is_taken_for(INTERVENTION_CODE) for column in told) or any(
            self._is_observed(column.variable or "") or column.variable in _OF_ANSWERS for column in told
        ):
            return
        for variable, of_intervention in _OF_INTERVENTION.items():
            parts = [column for column in told if column.is_taken_for(variable) and column.part is not Part.TIME]
            if len(parts) == 1 and not parts[0].heading.is_visit_part and not self._is_taken(of_intervention):
                part = parts[0]
                candidate = Candidate(of_intervention, part.part, Words.LIKE)
                part.variable, part.words = of_intervention, candidate.words
                part.verdict = self._verdict(part, candidate, self._table.context)
                part.evidence = [Evidence("row-of-intervention")]

    def _is_taken(self, variable: str) -> bool:
        return any(column.is_taken_for(variable) for column in self._table.columns)

    def _column(self, at: int) -> ColumnDraft:
        table = self._table
        cells = [row[at] if at < len(row) else "" for row in table.profile.kept]
        header = table.found.headers[at] if at < len(table.found.headers) else ""
        heading = table.headings[at]
        draft = ColumnDraft(at, header, heading, table.profile.columns[at], cells)
        if heading.explained:
            draft.evidence.append(Evidence("header-explained", {"text": heading.explained}))
        return draft

    def _decide(self, column: ColumnDraft) -> None:
        """Take a column for what somebody says that it is, or for the likeliest of what its header can mean."""
        found = self._table.found
        place = Place(found.table.file, self._table.sheet, found.header_rows[0], column.at)
        if (target := self._targets.get(place)) is not None:
            self._take(column, target)
            return
        candidates = self._candidates(column)
        context = self._table.context
        if column.heading.other:
            self._behind_other(column, context)
            return
        if column.heading.is_key and not candidates:
            if self._is_explained(column):
                self._content.take_answers(column, context)
            elif column.column.told and column.column.share_of(is_cpr) >= _NEARLY_ALL:
                self._content.take_person(column, context)
            column.is_structure = column.variable is None
            return
        if self._table.shape is TableShape.CHILD:
            column.block = column.heading.block
            context = self._contexts.of(column.block) if column.block else context
        if [each.variable for each in candidates] == [CITIZEN_CPR] and column.heading.subject is None:
            self._decide_whose(column, candidates[0], context)
            return
        tried = [(candidate, self._verdict(column, candidate, context)) for candidate in candidates]
        tried = [
            (candidate, verdict)
            for candidate, verdict in tried
            if not (
                _is_no_time(column, candidate, verdict)
                or _is_guess(column, candidate, verdict)
                or self._is_measured(column, candidate, verdict)
            )
            and (candidate.words is Words.ONE or verdict.fit is not Fit.CONTRADICTS)
        ]
        if not tried:
            if self._questions.take(column, context):
                return
            if not candidates or self._contexts.start("") is column:
                self._content.take(column, context)
            elif column.column.kind is ContentKind.CODE:
                self._content.take_answers(column, context)
            return
        candidate, verdict = max(tried, key=self._rank)
        if _is_number_of_row(column, candidate, verdict):
            column.is_structure = True
            return
        if verdict.fit is Fit.CONTRADICTS and self._is_answered_otherwise(column, candidate, context):
            return
        column.variable, column.part, column.words, column.verdict = (
            candidate.variable,
            candidate.part,
            candidate.words,
            verdict,
        )
        column.subject = subject_of(self._standard, column.heading, candidate.variable)
        column.visit = column.heading.visit if self._table.shape is TableShape.CHILD else None
        if column.block and (column.visit is None or column.heading.is_visit_by_age):
            verdict.weakened(Fit.POSSIBLE, "block-without-type")
        if candidate.words is Words.ONE:
            column.evidence.append(Evidence("header-synonym"))
        elif len(candidates) > 1:
            column.evidence.append(
                Evidence("header-ambiguous", {"variables": ", ".join(sorted({each.variable for each in candidates}))})
            )
        else:
            column.evidence.append(Evidence("header-like"))

    def _is_measured(self, column: ColumnDraft, candidate: Candidate, verdict: Verdict) -> bool:
        """Whether numbers with decimals stand where answers would: something was measured that is not asked for."""
        if verdict.share or self._agreement.answers.of(candidate.variable) is None or candidate.part is not Part.VALUE:
            return False
        return column.column.share(TextKind.NUMBER) >= _SOME

    def _rank(self, tried: tuple[Candidate, Verdict]) -> tuple[int, int, float, float, bool]:
        candidate, verdict = tried
        is_of_record = self._content.is_of_named_record(candidate.variable)
        return verdict.fit, candidate.words, verdict.share, verdict.said, is_of_record

    def _behind_other(self, column: ColumnDraft, context: Context) -> None:
        """A header that names where something is kept, or who tells it, beside what it is: the content must say so."""
        if any(each.variable == CITIZEN_CPR for each in column.heading.behind):
            self._person_behind_other(column, context)
            return
        if column.heading.other not in _OF_OTHER_TIMES and self._content.takes_kind_of_visit(column, context):
            return
        if column.heading.other not in synonyms().kept_with:
            return
        if self._contexts.start("") is column:
            self._content.take(column, context)
            return
        for candidate in column.heading.behind:
            if candidate.part is Part.VALUE and ("." not in candidate.variable or candidate.variable in _OF_ANSWERS):
                verdict = self._verdict(column, candidate, context)
                is_known = self._agreement.answers.of(candidate.variable) is not None and verdict.share >= _MANY
                if verdict.fit is Fit.FITS or (is_known and verdict.fit is Fit.POSSIBLE):
                    subject = subject_of(self._standard, column.heading, candidate.variable)
                    self._content.take_as(column, candidate.variable, Part.VALUE, subject, verdict)
                    return
        if column.column.kind is ContentKind.CODE:
            self._content.take_answers(column, context, only_observed=True)

    def _person_behind_other(self, column: ColumnDraft, context: Context) -> None:
        """CPR numbers whose header has a word of something else in it: "birth mother's number"."""
        if column.heading.other not in _OF_OTHERS:
            self._content.take_person(column, context)

    def _is_answered_otherwise(self, column: ColumnDraft, candidate: Candidate, context: Context) -> bool:
        """Whether the answers are of another variable than the header names, which is proposed then."""
        if (column.column.kind is not ContentKind.CODE and not column.codes) or candidate.part is not Part.VALUE:
            return False
        self._content.take_answers(column, context)
        return column.variable is not None

    def _decide_whose(self, column: ColumnDraft, candidate: Candidate, context: Context) -> None:
        """CPR numbers that the header says to be nobody's in particular: a child's, or else a parent's."""
        verdict = self._verdict(column, candidate, context)
        column.variable, column.part, column.words, column.verdict = CITIZEN_CPR, Part.CPR, candidate.words, verdict
        column.subject = Subject.CHILD
        column.evidence.append(Evidence("header-synonym" if candidate.words is Words.ONE else "header-like"))
        if verdict.fit is Fit.CONTRADICTS:
            as_parent = self._agreement.verdict(
                column.column, column.cells, CITIZEN_CPR, Part.CPR, Context(), subject=Subject.PARENT
            )
            if as_parent.fit is not Fit.CONTRADICTS:
                column.subject, column.verdict, column.words = Subject.PARENT, as_parent, Words.LIKE

    def _take(self, column: ColumnDraft, target: Target) -> None:
        column.variable, column.part, column.words = target.variable, target.part, Words.ONE
        column.subject, column.visit = target.subject, target.visit
        column.is_chosen = True
        if target.part is Part.ANSWER:
            column.answer = self._apart.answer_of(column, target.variable)
        column.verdict = self._verdict(column, Candidate(target.variable, target.part, Words.ONE), self._table.context)
        column.evidence.append(Evidence("chosen"))

    def _candidates(self, column: ColumnDraft) -> list[Candidate]:
        """What the header can mean in a table of this shape."""
        shape = self._table.shape
        found = list(column.heading.candidates)
        if column.heading.is_key and self._is_explained(column):
            # What a list explains word by word is an answer, whatever its codes are called.
            found = list(column.heading.behind)
        if shape is TableShape.OBSERVATION and self.shape_finder.names_variables(column):
            best = self.shape_finder.naming[0]
            if column is not best and self._is_told_by(column, best):
                column.evidence.append(Evidence("another-column", {"column": best.header}))
                return []
            is_plain = column.may_be(OBSERVED_NAME) and not self._is_called_code_beside_name(column)
            return [Candidate(OBSERVED_NAME, Part.NAME, Words.ONE if is_plain else Words.LIKE)]
        if shape is TableShape.OBSERVATION and self.shape_finder.naming and column.may_be(OBSERVED_NAME):
            if "key" in column.heading.parts:
                # The number of each observation names none.
                return []
            best = self.shape_finder.naming[0]
            if self._is_told_by(column, best):
                column.evidence.append(Evidence("another-column", {"column": best.header}))
                return []
        if shape is TableShape.OBSERVATION:
            # Words for people are nobody's number, whatever the column is called.
            is_called = column.may_be(OBSERVATION_SUBJECT)
            if is_called or all(each.variable == CITIZEN_CPR for each in found):
                if self._whom(column).fit is Fit.FITS:
                    return [Candidate(OBSERVATION_SUBJECT, Part.VALUE, Words.ONE if is_called else Words.LIKE)]
                found = [each for each in found if each.variable != OBSERVATION_SUBJECT]
        if shape is TableShape.VARIABLE and self._table.sheet_variable is not None:
            of_sheet = self._table.sheet_variable
            parts = {
                OBSERVED_VALUE: Part.VALUE,
                OBSERVATION_UNIT: Part.UNIT,
                OBSERVATION_MISSING_REASON: Part.MISSING_REASON,
            }
            found = [
                Candidate(of_sheet, parts[each.variable], each.words) if each.variable in parts else each
                for each in found
            ]
            if not any(each.part is Part.VALUE and each.variable == of_sheet for each in found) and (
                self.shape_finder.is_value_of_sheet(column, of_sheet)
            ):
                return [Candidate(of_sheet, Part.VALUE, Words.LIKE)]
        elif shape is TableShape.OBSERVATION:
            if column.at == self._table.value_at and not any(each.variable == OBSERVED_VALUE for each in found):
                return [Candidate(OBSERVED_VALUE, Part.VALUE, Words.LIKE)]
            # A row's status is of what is observed in it, where the header does not say that it is the visit's.
            open_status = () if column.heading.is_visit_part else (VISIT_STATUS, Words.LIKE)
            found = [
                replace(each, variable=OBSERVATION_STATUS) if (each.variable, each.words) == open_status else each
                for each in found
            ]
        else:
            found = [each for each in found if each.variable not in _OBSERVED]
        if any(each.variable == VISIT_SCHOOL for each in found):
            return self._of_school(column)
        if column.column.is_of_times:
            # "Tidspunkt" may be of a day or of a time of day: what stands below it tells.
            starts = [each for each in found if (each.variable, each.part) == (VISIT_START, Part.START)]
            found = [replace(each, part=Part.TIME, words=Words.LIKE) if each in starts else each for each in found]
        elif column.column.share(TextKind.MOMENT) >= _MANY:
            times = [each for each in found if (each.variable, each.part) == (VISIT_START, Part.TIME)]
            found = [replace(each, part=Part.START, words=Words.LIKE) if each in times else each for each in found]
        # What is measured may be named with "incl. unit", and what is judged with "at present": the content tells.
        observed = [each for each in found if each.part is not Part.VALUE and self._is_observed(each.variable)]
        return [*found, *(replace(each, part=Part.VALUE, words=Words.LIKE) for each in observed)]

    def _of_school(self, column: ColumnDraft) -> list[Candidate]:
        """A school is told by its number in the register of institutions: its name tells no visit's school."""
        share = column.column.share_of(lambda text: text.strip().isdecimal() and len(text.strip()) >= _FEWEST_DIGITS)
        if column.column.told and share < _MANY:
            column.evidence.append(Evidence("school-by-name"))
            return []
        return [Candidate(SCHOOL_IDENTIFIER, Part.VALUE, Words.LIKE)]

    def _is_called_code_beside_name(self, column: ColumnDraft) -> bool:
        """Whether a column is called a code, and one that tells the same is not: names may stand where codes should."""
        beside = [
            each
            for each in self._table.columns
            if each is not column and each.may_be(OBSERVED_NAME) and self._is_told_by(each, column)
        ]
        return _is_called_code(column) and any(not _is_called_code(each) for each in beside)

    def _is_explained(self, column: ColumnDraft) -> bool:
        """Whether a list has a text for each code of a column."""
        return column.codes is not None and len(column.codes) == len(column.column.texts)

    def _is_told_by(self, column: ColumnDraft, other: ColumnDraft) -> bool:
        """Whether each text of a column goes with one of another's, as the name of a code does."""
        pairs = Counter(zip(column.cells, other.cells, strict=True)).keys()
        return len({one for one, _ in pairs}) == len(pairs) == len({beside for _, beside in pairs})

    def _is_observed(self, variable: str) -> bool:
        known = self._standard.variable.get(variable)
        return known is not None and known.record == "observation" and "." not in variable

    def _verdict(self, column: ColumnDraft, candidate: Candidate, context: Context) -> Verdict:
        if candidate.variable == OBSERVED_NAME:
            return self.shape_finder.named_share(column)
        if candidate.variable == OBSERVED_VALUE:
            return self.shape_finder.values_by_name(column)
        if candidate.variable == OBSERVATION_UNIT:
            return self._units(column)
        if candidate.variable == OBSERVATION_SUBJECT:
            return self._whom(column)
        return self._agreement.verdict(
            column.column,
            column.cells,
            candidate.variable,
            candidate.part,
            context,
            subject=column.heading.subject,
            unit=column.heading.unit if candidate.part is Part.VALUE else None,
            codes=column.codes,
            heading=column.heading,
        )

    def _whom(self, column: ColumnDraft) -> Verdict:
        """Whether each text of a column is a word for a child or for a parent."""
        texts = column.column.texts
        known = [text for text in texts if self.shape_finder.subject_named((column.codes or {}).get(text, text))]
        fit = Fit.FITS if texts and len(known) == len(texts) else Fit.CONTRADICTS
        share = len(known) / len(texts) if texts else 0.0
        return Verdict(fit, share, [Evidence("content-people", {"share": int(share * 100)})])

    def _units(self, column: ColumnDraft) -> Verdict:
        share = column.column.share_of(lambda text: self._agreement.sizes.unit(OBSERVATION_UNIT, text) is not None)
        fit = Fit.FITS if share >= _MANY else Fit.POSSIBLE if share >= _SOME else Fit.CONTRADICTS
        return Verdict(fit, share, [Evidence("content-units", {"share": int(share * 100)})])


def _is_called_code(column: ColumnDraft) -> bool:
    """Whether the last word of a header is one for codes, or ends in one."""
    words = words_of(column.header)[-1:]
    return any(word.endswith(comparable(code)) for word in words for code in synonyms().code_lists.code)


def _is_no_time(column: ColumnDraft, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether words stand below a header of times, and no time: the same letters shorten other words."""
    is_worded = column.column.kind in (ContentKind.CODE, ContentKind.TEXT, ContentKind.KEY)
    return candidate.part is Part.TIME and verdict.share == 0.0 and is_worded


def _is_number_of_row(column: ColumnDraft, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether a header calls its column a number of what it names, and each row has one of its own: no answers."""
    is_numbered = "item" in column.heading.parts and candidate.part is Part.VALUE and "." in candidate.variable
    return is_numbered and verdict.share == 0.0 and column.column.is_unique


def _is_guess(column: ColumnDraft, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether a header of which a word is not known names a variable by too much, and no answer is plainly one."""
    is_of_visit = "." in candidate.variable and candidate.part is Part.VALUE
    return candidate.words is Words.LIKE and is_of_visit and column.heading.unknown > 0 and verdict.share == 0.0


def state_of(column: ColumnDraft) -> State:
    """How certain it is what a column is taken for."""
    if column.is_structure:
        return State.LEFT_OUT
    if column.variable is None:
        return State.UNMAPPED
    if column.words is Words.ONE and column.verdict.fit is Fit.FITS:
        return State.SURE
    return State.PROPOSED
