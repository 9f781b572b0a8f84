"""What the columns of one table of any shape are taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from ldbu_desktop.journal.fields import CITIZEN_CPR, OBSERVATION_MISSING_REASON, OBSERVATION_UNIT, VISIT_START
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.mapping import readings
from ldbu_desktop.mapping.links import (
    NO_HEADERS,
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
from ldbu_desktop.mapping.proposing.agreement import Agreement, Context, Fit, Verdict
from ldbu_desktop.mapping.proposing.answers import Match, numeric_missing
from ldbu_desktop.mapping.proposing.code_lists import CodeLists, code_key
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import OBSERVED_NAME, OBSERVED_VALUE, Candidate, Headings, Words
from ldbu_desktop.mapping.proposing.legends import legend_of
from ldbu_desktop.mapping.proposing.texts import TextKind, is_cpr
from ldbu_desktop.standard.model import Standard

_MANY = 0.8
_SOME = 0.5
_NEARLY_ALL = 0.95
_FEWEST_BLOCKS = 2
_FEWEST_KINDS = 2
_OBSERVED = frozenset((OBSERVED_NAME, OBSERVED_VALUE, OBSERVATION_UNIT))


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
        self._targets = targets
        self._headings = headings
        self._agreement = agreement
        self._standard: Standard = agreement.standard
        self._lists = lists
        self._starts: dict[str, ColumnDraft | None] = {}
        self._contexts: dict[str, Context] = {}

    def propose(self) -> None:
        """Find the shape, and for each column the variable that its header and content make likeliest."""
        table = self._table
        table.columns = [self._column(at) for at in range(len(table.headings))]
        for column in table.columns:
            if column.heading.candidates:
                column.codes = self._codes(column)
        self._find_shape()
        table.context = self._context("")
        for column in table.columns:
            self._decide(column)

    def _column(self, at: int) -> ColumnDraft:
        table = self._table
        cells = [row[at] if at < len(row) else "" for row in table.profile.kept]
        header = table.found.headers[at] if at < len(table.found.headers) else ""
        return ColumnDraft(at, header, table.headings[at], table.profile.columns[at], cells)

    # --- codes --------------------------------------------------------------------------------------------------------

    def _codes(self, column: ColumnDraft) -> dict[str, str] | None:
        """The texts of a column's codes, where a list explains them."""
        own = self._table.found.last[column.at] if column.at < len(self._table.found.last) else ""
        found = self._lists.of_header((column.header, own))
        if found is None:
            found = {code_key(code): text for code, text in legend_of(column.header)[1].items()} or None
        if found is None:
            found = self._list_like(column)
        if found is None:
            return None
        return {text: found[code_key(text)] for text in column.column.texts if code_key(text) in found}

    def _list_like(self, column: ColumnDraft) -> dict[str, str] | None:
        """The one list whose texts are answers of what the header names, and that explains nearly all codes."""
        found = []
        texts = {code_key(text) for text, _ in column.column.values()}
        if not texts or not column.column.is_coded:
            return None
        for candidate in column.heading.candidates:
            answers = self._agreement.answers.of(candidate.variable)
            if answers is None:
                continue
            for _, codes in self._lists.others():
                known = sum(1 for text in codes.values() if answers.match(text).match is not Match.NOTHING)
                said = sum(1 for text in codes.values() if answers.match(text).code is not None)
                covered = sum(1 for text in texts if text in codes)
                if known >= len(codes) * _MANY and said >= _FEWEST_KINDS and covered >= len(texts) * _MANY:
                    found.append(codes)
        return dict(found[0]) if found and all(each == found[0] for each in found) else None

    # --- shape --------------------------------------------------------------------------------------------------------

    def _find_shape(self) -> None:
        table = self._table
        if not any(table.found.headers):
            table.evidence.append(Evidence(NO_HEADERS))
        blocks = Counter(
            column.heading.block
            for column in table.columns
            if column.heading.candidates and column.heading.block and not column.heading.block.startswith("#")
        )
        names = self._naming
        values = [column for column in table.columns if self._may_be(column, OBSERVED_VALUE)]
        if names and not values:
            values = [column for column in table.columns if self._holds_values_of(column, names[0])]
        if table.found.layout is not None:
            table.shape = table.found.layout.shape
            table.sheet_variable = self._of_sheet() if table.shape is TableShape.VARIABLE else None
            table.value_at = values[0].at if values and table.shape is TableShape.OBSERVATION else None
            table.evidence.append(Evidence("shape-chosen"))
        elif names and values:
            table.value_at = values[0].at
            table.shape = TableShape.OBSERVATION
            table.evidence.append(Evidence("shape-names-of-variables", {"column": names[0].header}))
        elif len(blocks) >= _FEWEST_BLOCKS:
            table.shape = TableShape.CHILD
            table.evidence.append(Evidence("shape-blocks", {"blocks": len(blocks)}))
        elif (variable := self._of_sheet()) is not None:
            table.shape = TableShape.VARIABLE
            table.sheet_variable = variable
            table.evidence.append(Evidence("shape-sheet-of-variable", {"sheet": table.sheet, "variable": variable}))
        elif self._repeats():
            table.shape = TableShape.CHILD
            table.evidence.append(Evidence("shape-repeated-columns"))
        else:
            table.evidence.append(Evidence("shape-row-a-visit"))

    def _may_be(self, column: ColumnDraft, variable: str) -> bool:
        return any(candidate.variable == variable for candidate in column.heading.candidates)

    @cached_property
    def _naming(self) -> list[ColumnDraft]:
        """The columns whose values are names of what is observed."""
        return [column for column in self._table.columns if self._names_variables(column)]

    def _names_variables(self, column: ColumnDraft) -> bool:
        """Whether the values of a column are names of what is observed."""
        if not column.column.is_coded or column.heading.other or len(column.column.texts) < _FEWEST_KINDS:
            return False
        named = {text: self.variable_named(self._explained(column, text)) for text, _ in column.column.values()}
        found = {variable for variable, _ in named.values() if variable}
        share = column.column.share_of(lambda text: named[text][0] is not None)
        # Answers have words of what they answer in them; a name is little else.
        plainly = column.column.share_of(lambda text: named[text][1])
        return len(found) >= _FEWEST_KINDS and share >= _SOME and plainly >= share * _SOME

    def _holds_values_of(self, column: ColumnDraft, names: ColumnDraft) -> bool:
        """Whether a column of which the header says nothing holds values of what is named beside them."""
        return _says_nothing(column) and self._values(column, names).fit is not Fit.CONTRADICTS

    def _explained(self, column: ColumnDraft, text: str) -> str:
        if column.codes and text in column.codes:
            return column.codes[text]
        listed = self._lists.of_header((column.header,))
        return listed.get(code_key(text), text) if listed else text

    @cached_property
    def _by_code(self) -> dict[str, str]:
        """The observed variable of each code that an observation may be sent with: the first that has it."""
        standard = self._standard
        pairs = [(code, one.id) for one in standard.observed for code in standard.observation_codes(one)]
        return dict(reversed(pairs))

    def variable_named(self, text: str) -> tuple[str | None, bool]:
        """The observed variable that a text names, and whether it is one synonym: by words, or by its own code."""
        if (of_code := self._by_code.get(text.strip())) is not None:
            return of_code, True
        heading = self._headings.read(text)
        found = [
            candidate
            for candidate in heading.candidates
            if candidate.part is Part.VALUE
            and ("/" in candidate.variable or candidate.variable in {each.id for each in self._standard.observed})
        ]
        if len(found) == 1:
            return found[0].variable, found[0].words is Words.ONE
        return None, False

    def _of_sheet(self) -> str | None:
        """The variable that a sheet is named after, where its columns name none and one holds a value."""
        found, is_one = self.variable_named(self._table.sheet)
        if found is None or not is_one:
            return None
        observed = {variable.id for variable in self._standard.observed}
        if any(
            candidate.variable in observed and candidate.words is Words.ONE and candidate.variable != found
            for column in self._table.columns
            for candidate in column.heading.candidates
        ):
            return None
        has_value = any(
            self._may_be(column, OBSERVED_VALUE)
            or self._may_be(column, found)
            or self._is_value_of_sheet(column, found)
            for column in self._table.columns
        )
        return found if has_value else None

    def _is_value_of_sheet(self, column: ColumnDraft, variable: str) -> bool:
        """Whether a column is called by no more than a word such as "status", and holds what the sheet is named after.

        What it is called otherwise is of a visit, and no answer of that would do as well here.
        """
        if column.heading.other or column.heading.is_key or not column.column.told:
            return False
        named = {each.variable for each in column.heading.candidates if each.words is Words.ONE}
        if named or (column.heading.candidates and not column.heading.parts):
            return False
        verdict = self._agreement.verdict(
            column.column, column.cells, variable, Part.VALUE, self._context(""), unit=column.heading.unit
        )
        return verdict.fit > Fit.EMPTY and verdict.share >= _MANY

    def _repeats(self) -> bool:
        """Whether the same variables and dates stand several times in a row."""
        counted = Counter(
            candidate.variable
            for column in self._table.columns
            for candidate in column.heading.candidates[:1]
            if candidate.part in (Part.VALUE, Part.START)
            and candidate.variable != CITIZEN_CPR
            and "/" not in candidate.variable
        )
        return sum(1 for times in counted.values() if times > 1) >= _FEWEST_BLOCKS and counted[VISIT_START] > 1

    # --- context ------------------------------------------------------------------------------------------------------

    def _context(self, block: str) -> Context:
        """The child's CPR number and the day of each kept row: of a block, or of the row."""
        known = self._contexts.get(block)
        if known is None:
            known = self._contexts[block] = self._context_of(block)
        return known

    def _context_of(self, block: str) -> Context:
        rows = len(self._table.profile.kept)
        context = Context([None] * rows, [None] * rows, [None] * rows)
        child = self._child()
        if child is not None:
            numbers = [readings.cpr(text) for text in child.cells]
            context.cprs = [number if number and birth_date(number) else None for number in numbers]
            context.births = [birth_date(number) if number else None for number in context.cprs]
        start = self._start(block)
        if start is not None:
            read = self._agreement.moments(start.column)
            moments = [read.get(text) for text in start.cells]
            context.days = [moment.date() if isinstance(moment, datetime) else moment for moment in moments]
        return context

    def _child(self) -> ColumnDraft | None:
        """The column with the child's CPR numbers."""
        found = [
            column
            for column in self._table.columns
            if self._may_be(column, CITIZEN_CPR)
            and column.heading.subject in (None, Subject.CHILD)
            and column.column.share_of(is_cpr) >= _SOME
        ]
        found.sort(key=lambda column: (column.heading.subject is Subject.CHILD, -column.at), reverse=True)
        return found[0] if found else self._untold(self._may_be_of_children)

    def _may_be_of_children(self, column: ColumnDraft) -> bool:
        verdict = self._agreement.verdict(
            column.column, column.cells, CITIZEN_CPR, Part.CPR, Context(), subject=Subject.CHILD
        )
        return verdict.fit > Fit.EMPTY

    def _untold(self, holds: Callable[[ColumnDraft], bool]) -> ColumnDraft | None:
        """The one column of which the header says nothing and something holds."""
        found = [column for column in self._table.columns if _says_nothing(column) and holds(column)]
        return found[0] if len(found) == 1 else None

    def _start(self, block: str) -> ColumnDraft | None:
        """The column with the day of the visit."""
        if block not in self._starts:
            self._starts[block] = self._start_of(block)
        return self._starts[block]

    def _start_of(self, block: str) -> ColumnDraft | None:
        found = [
            (column.heading.is_visit_part, candidate.words, -column.at, column)
            for column in self._table.columns
            for candidate in column.heading.candidates
            if candidate.variable == VISIT_START
            and candidate.part is Part.START
            and (not block or column.heading.block == block)
            and column.column.share(TextKind.DATE, TextKind.MOMENT, TextKind.WHOLE) >= _SOME
        ]
        if found or block:
            return max(found, key=lambda each: each[:3])[3] if found else None
        return self._untold(lambda column: column.column.share(TextKind.DATE, TextKind.MOMENT) >= _MANY)

    # --- columns ------------------------------------------------------------------------------------------------------

    def _decide(self, column: ColumnDraft) -> None:
        """Take a column for what somebody says that it is, or for the likeliest of what its header can mean."""
        found = self._table.found
        place = Place(found.table.file, self._table.sheet, found.header_rows[0], column.at)
        if (target := self._targets.get(place)) is not None:
            self._take(column, target)
            return
        candidates = self._candidates(column)
        if column.heading.other or (column.heading.is_key and not candidates):
            column.is_structure = column.heading.is_key
            return
        context = self._table.context
        if self._table.shape is TableShape.CHILD:
            column.block = column.heading.block
            context = self._context(column.block) if column.block else context
        if [each.variable for each in candidates] == [CITIZEN_CPR] and column.heading.subject is None:
            self._decide_whose(column, candidates[0], context)
            return
        tried = [(candidate, self._verdict(column, candidate, context)) for candidate in candidates]
        tried = [
            (candidate, verdict)
            for candidate, verdict in tried
            if not (_is_no_time(column, candidate, verdict) or _is_guess(column, candidate, verdict))
            and (candidate.words is Words.ONE or verdict.fit is not Fit.CONTRADICTS)
        ]
        if not tried:
            if not candidates:
                self._by_content(column, context)
            return
        candidate, verdict = max(tried, key=lambda each: (each[1].fit, each[0].words, each[1].share))
        column.variable, column.part, column.words, column.verdict = (
            candidate.variable,
            candidate.part,
            candidate.words,
            verdict,
        )
        column.subject = self._subject(column, candidate)
        column.visit = column.heading.visit if self._table.shape is TableShape.CHILD else None
        if column.block and column.visit is None:
            verdict.weakened(Fit.POSSIBLE, "block-without-type")
        if candidate.words is Words.ONE:
            column.evidence.append(Evidence("header-synonym"))
        elif len(candidates) > 1:
            column.evidence.append(
                Evidence("header-ambiguous", {"variables": ", ".join(sorted({each.variable for each in candidates}))})
            )
        else:
            column.evidence.append(Evidence("header-like"))

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
        column.verdict = self._verdict(column, Candidate(target.variable, target.part, Words.ONE), self._table.context)
        column.evidence.append(Evidence("chosen"))

    def _candidates(self, column: ColumnDraft) -> list[Candidate]:
        """What the header can mean in a table of this shape."""
        shape = self._table.shape
        found = list(column.heading.candidates)
        if shape is TableShape.OBSERVATION and self._names_variables(column):
            return [
                Candidate(OBSERVED_NAME, Part.NAME, Words.ONE if self._may_be(column, OBSERVED_NAME) else Words.LIKE)
            ]
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
                self._is_value_of_sheet(column, of_sheet)
            ):
                return [Candidate(of_sheet, Part.VALUE, Words.LIKE)]
        elif shape is TableShape.OBSERVATION:
            if column.at == self._table.value_at and not found:
                return [Candidate(OBSERVED_VALUE, Part.VALUE, Words.LIKE)]
        else:
            found = [each for each in found if each.variable not in _OBSERVED]
        if column.column.share(TextKind.TIME) >= _MANY:
            # "Tidspunkt" may be of a day or of a time of day: what stands below it tells.
            starts = [each for each in found if (each.variable, each.part) == (VISIT_START, Part.START)]
            found = [replace(each, part=Part.TIME, words=Words.LIKE) if each in starts else each for each in found]
        return found

    def _verdict(self, column: ColumnDraft, candidate: Candidate, context: Context) -> Verdict:
        if candidate.variable == OBSERVED_NAME:
            return self._names(column)
        if candidate.variable == OBSERVED_VALUE:
            names = self._naming[0]
            return self._values(column, names)
        if candidate.variable == OBSERVATION_UNIT:
            return self._units(column)
        return self._agreement.verdict(
            column.column,
            column.cells,
            candidate.variable,
            candidate.part,
            context,
            subject=column.heading.subject,
            unit=column.heading.unit if candidate.part is Part.VALUE else None,
            codes=column.codes,
        )

    def _names(self, column: ColumnDraft) -> Verdict:
        share = column.column.share_of(lambda text: self.variable_named(self._explained(column, text))[0] is not None)
        return Verdict(
            Fit.FITS if share >= _MANY else Fit.POSSIBLE,
            share,
            [Evidence("content-names", {"share": int(share * 100)})],
        )

    def _values(self, column: ColumnDraft, names: ColumnDraft) -> Verdict:
        """Whether values are such as those that are named beside them can have."""
        right = told = 0
        for (name, text), count in self._table.profile.pairs_of(names.at, column.at).items():
            variable, _ = self.variable_named(self._explained(names, name))
            if variable is not None and text.strip():
                told += count
                right += count if self._agreement.reads_as(text, variable) else 0
        share = right / told if told else 0.0
        fit = Fit.FITS if share >= _NEARLY_ALL else Fit.POSSIBLE if share >= _SOME else Fit.CONTRADICTS
        return Verdict(fit, share, [Evidence("content-by-name", {"share": int(share * 100)})])

    def _units(self, column: ColumnDraft) -> Verdict:
        share = column.column.share_of(lambda text: self._agreement.unit(OBSERVATION_UNIT, text) is not None)
        fit = Fit.FITS if share >= _MANY else Fit.POSSIBLE if share >= _SOME else Fit.CONTRADICTS
        return Verdict(fit, share, [Evidence("content-units", {"share": int(share * 100)})])

    def _subject(self, column: ColumnDraft, candidate: Candidate) -> Subject | None:
        if candidate.variable == CITIZEN_CPR:
            return column.heading.subject or Subject.CHILD
        if "/" in candidate.variable:
            questionnaire = self._standard.questionnaire[candidate.variable.partition("/")[0]]
            of = questionnaire.subject
        else:
            variable = self._standard.variable.get(candidate.variable)
            if variable is None or variable.record != "observation":
                return None
            of = variable.subject
        if of == "parent":
            is_parent = column.heading.subject not in (None, Subject.CHILD)
            return column.heading.subject if is_parent else Subject.PARENT
        return Subject.CHILD if of == "child" else column.heading.subject

    def _by_content(self, column: ColumnDraft, context: Context) -> None:
        """What the content alone says, where the header says nothing: never more than a proposal."""
        if column.column.share_of(is_cpr) >= _MANY and column.column.told:
            for subject in (Subject.CHILD, Subject.PARENT):
                verdict = self._agreement.verdict(
                    column.column, column.cells, CITIZEN_CPR, Part.CPR, context, subject=subject
                )
                if verdict.fit is not Fit.CONTRADICTS:
                    self._take_by_content(column, CITIZEN_CPR, Part.CPR, subject, verdict)
                    return
            return
        if self._start("") is column:
            verdict = self._agreement.verdict(column.column, column.cells, VISIT_START, Part.START, context)
            if verdict.fit is not Fit.CONTRADICTS:
                self._take_by_content(column, VISIT_START, Part.START, None, verdict)
            return
        if column.column.kind is ContentKind.NUMBER:
            self._by_growth(column, context)
        elif column.column.kind is ContentKind.CODE and column.column.is_coded:
            self._by_answers(column, context)

    def _by_answers(self, column: ColumnDraft, context: Context) -> None:
        """The variable that most of a column's answers are said of alone."""
        said: Counter[str] = Counter()
        for text, count in column.column.values():
            speakers = self._agreement.speakers(text)
            if len(speakers) == 1 or self._are_of_two_records(speakers):
                said.update(dict.fromkeys(speakers, count))
        if not said:
            return
        variable, times = max(
            said.items(), key=lambda each: (each[1], self._is_of_named_record(each[0]), "." not in each[0])
        )
        if times >= column.column.told * _SOME:
            verdict = self._agreement.verdict(column.column, column.cells, variable, Part.VALUE, context)
            if verdict.fit is not Fit.CONTRADICTS:
                candidate = Candidate(variable, Part.VALUE, Words.NONE)
                self._take_by_content(column, variable, Part.VALUE, self._subject(column, candidate), verdict)

    def _are_of_two_records(self, variables: Iterable[str]) -> bool:
        """Whether variables are of records of their own: what an intervention is for is said as what was found is."""
        records = [self._standard.variable[each].record for each in variables]
        return len(set(records)) == len(records) == 2

    def _is_of_named_record(self, variable: str) -> bool:
        """Whether another column is called by something of the variable's record."""
        return variable.partition(".")[0] in self._named_records

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

    def _by_growth(self, column: ColumnDraft, context: Context) -> None:
        """The one size that children of those ages can have, where no other column is called by it."""
        found = []
        for variable in self._standard.observed:
            if variable.kind == "quantity" and variable.reference is not None and variable.id not in self._named:
                verdict = self._agreement.quantity(column.column, column.cells, variable, context, column.heading.unit)
                if verdict.fit is Fit.FITS:
                    found.append((variable.id, verdict))
        if len(found) == 1:
            self._take_by_content(column, found[0][0], Part.VALUE, Subject.CHILD, found[0][1])

    def _take_by_content(
        self, column: ColumnDraft, variable: str, part: Part, subject: Subject | None, verdict: Verdict
    ) -> None:
        column.variable, column.part, column.subject, column.verdict = variable, part, subject, verdict
        column.evidence.append(Evidence("content-alone"))


def _is_no_time(column: ColumnDraft, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether words stand below a header of times, and no time: the same letters shorten other words."""
    is_worded = column.column.kind in (ContentKind.CODE, ContentKind.TEXT, ContentKind.KEY)
    return candidate.part is Part.TIME and verdict.share == 0.0 and is_worded


def _is_guess(column: ColumnDraft, candidate: Candidate, verdict: Verdict) -> bool:
    """Whether a header of which a word is not known names a variable by too much, and no answer is plainly one."""
    is_of_visit = "." in candidate.variable and candidate.part is Part.VALUE
    return candidate.words is Words.LIKE and is_of_visit and column.heading.unknown > 0 and verdict.share == 0.0


def _says_nothing(column: ColumnDraft) -> bool:
    """Whether the header of a column tells nothing of what it holds."""
    return not (column.heading.candidates or column.heading.other or column.heading.is_key)


def state_of(column: ColumnDraft) -> State:
    """How certain it is what a column is taken for."""
    if column.is_structure:
        return State.LEFT_OUT
    if column.variable is None:
        return State.UNMAPPED
    if column.words is Words.ONE and column.verdict.fit is Fit.FITS:
        return State.SURE
    return State.PROPOSED


def missing_numbers(column: ColumnDraft) -> Sequence[str]:
    """The numbers of a column that say that there is no value."""
    return [text for text in column.verdict.missing if numeric_missing(text)]
