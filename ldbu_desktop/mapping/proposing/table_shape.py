"""The shape of one table, by what its headers and values name: a row a visit, an observation, a child, a variable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from ldbu_desktop.journal.fields import CITIZEN_CPR, VISIT_START
from ldbu_desktop.mapping.links import NO_HEADERS, Evidence, Part, Subject, TableShape
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.code_lists import CodeLists, code_key
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import COUNTED, OBSERVED_VALUE, Heading, Headings, Words
from ldbu_desktop.mapping.proposing.lexicon import synonyms, words_of
from ldbu_desktop.mapping.proposing.row_contexts import RowContexts
from ldbu_desktop.mapping.proposing.verdicts import Fit, Verdict
from ldbu_desktop.standard.model import Standard

_MANY = 0.8
_SOME = 0.5
_NEARLY_ALL = 0.95
_FEWEST_BLOCKS = 2
_FEWEST_KINDS = 2


class ShapeFinder:
    """Finds the shape of one table, and what in it names variables."""

    def __init__(
        self, table: TableDraft, headings: Headings, agreement: Agreement, lists: CodeLists, contexts: RowContexts
    ) -> None:
        self._table = table
        self._headings = headings
        self._agreement = agreement
        self._standard: Standard = agreement.standard
        self._lists = lists
        self._contexts = contexts

    def find(self) -> None:
        """Say in the draft which shape the table has, and why."""
        table = self._table
        if not any(table.found.headers):
            table.evidence.append(Evidence(NO_HEADERS))
        blocks = Counter(
            column.heading.block
            for column in table.columns
            if column.heading.candidates and column.heading.block and not column.heading.block.startswith(COUNTED)
        )
        names = self.naming
        values = [column for column in table.columns if column.may_be(OBSERVED_VALUE)]
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

    @cached_property
    def naming(self) -> list[ColumnDraft]:
        """The columns whose values are names of what is observed, those with the most that are known first."""
        found = [column for column in self._table.columns if self.names_variables(column)]
        return sorted(found, key=lambda column: self.named_share(column).share, reverse=True)

    def names_variables(self, column: ColumnDraft) -> bool:
        """Whether the values of a column are names of what is observed."""
        if not column.column.is_coded or column.heading.other or len(column.column.texts) < _FEWEST_KINDS:
            return False
        named = {text: self.variable_named(self._explained(column, text)) for text, _ in column.column.values}
        found = {variable for variable, _ in named.values() if variable}
        share = column.column.share_of(lambda text: named[text][0] is not None)
        # Answers have words of what they answer in them; a name is little else.
        plainly = column.column.share_of(lambda text: named[text][1])
        return len(found) >= _FEWEST_KINDS and share >= _SOME and plainly >= share * _SOME

    def are_names(self, texts: Collection[str]) -> bool:
        """Whether most of some texts name different things that are observed."""
        named = {variable for text in texts if (variable := self.variable_named(text)[0]) is not None}
        return len(named) >= max(_FEWEST_KINDS, len(texts) * _MANY)

    def of_name(self, text: str) -> Heading:
        """What a name says, as a header that it might be."""
        return self._headings.read(text)

    def _holds_values_of(self, column: ColumnDraft, names: ColumnDraft) -> bool:
        """Whether a column holds values of what is named beside them, by its header or whatever that says.

        What a header says counts where one in some values is none of what is named.
        """
        if column is names or column.heading.other or column.heading.is_key:
            return False
        fit = self.values_by_name(column).fit
        return fit is Fit.FITS or (column.says_nothing and fit is Fit.POSSIBLE)

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

    @cached_property
    def _observed(self) -> frozenset[str]:
        return frozenset(each.id for each in self._standard.observed)

    def variable_named(self, text: str) -> tuple[str | None, bool]:
        """The observed variable that a text names, and whether it is one synonym: by words, or by its own code."""
        if (of_code := self._by_code.get(text.strip())) is not None:
            return of_code, True
        heading = self._headings.read(text)
        found = [
            candidate
            for candidate in heading.candidates
            if candidate.part is Part.VALUE and ("/" in candidate.variable or candidate.variable in self._observed)
        ]
        if len(found) == 1:
            return found[0].variable, found[0].words is Words.ONE
        return None, False

    @cached_property
    def _people(self) -> dict[str, Subject]:
        """Whom each word for a child or a parent means."""
        return {
            " ".join(words_of(word)): Subject(name) for name, words in synonyms().subjects.items() for word in words
        }

    def subject_named(self, text: str) -> Subject | None:
        """Whom a text means that is a word for a child or a parent and nothing else."""
        return self._people.get(" ".join(words_of(text)))

    def _of_sheet(self) -> str | None:
        """The variable that a sheet is named after, where its columns name none and one holds a value."""
        found, is_one = self.variable_named(self._table.sheet)
        if found is None or not is_one:
            return None
        if any(
            candidate.variable in self._observed and candidate.words is Words.ONE and candidate.variable != found
            for column in self._table.columns
            for candidate in column.heading.candidates
        ):
            return None
        has_value = any(
            column.may_be(OBSERVED_VALUE) or column.may_be(found) or self.is_value_of_sheet(column, found)
            for column in self._table.columns
        )
        return found if has_value else None

    def is_value_of_sheet(self, column: ColumnDraft, variable: str) -> bool:
        """Whether a column is called by no more than a word such as "status", and holds what the sheet is named after.

        What it is called otherwise is of a visit, and no answer of that would do as well here.
        """
        if column.heading.other or column.heading.is_key or not column.column.told:
            return False
        named = {each.variable for each in column.heading.candidates if each.words is Words.ONE}
        if named or (column.heading.candidates and not column.heading.parts):
            return False
        verdict = self._agreement.verdict(
            column.column, column.cells, variable, Part.VALUE, self._contexts.of(""), unit=column.heading.unit
        )
        return verdict.fit > Fit.EMPTY and verdict.share >= _MANY

    def _repeats(self) -> bool:
        """Whether the same variables and dates stand several times in a row, and no child in several rows."""
        if any(
            column.may_be(CITIZEN_CPR) and column.heading.subject in (None, Subject.CHILD) and _recurs(column)
            for column in self._table.columns
        ):
            return False
        counted = Counter(
            candidate.variable
            for column in self._table.columns
            if len(column.heading.candidates) == 1 and not column.column.is_of_times
            for candidate in column.heading.candidates
            if candidate.part in (Part.VALUE, Part.START)
            and candidate.variable != CITIZEN_CPR
            and "/" not in candidate.variable
        )
        return sum(1 for times in counted.values() if times > 1) >= _FEWEST_BLOCKS and counted[VISIT_START] > 1

    def named_share(self, column: ColumnDraft) -> Verdict:
        """How many of a column's values are names of what is observed."""
        share = column.column.share_of(lambda text: self.variable_named(self._explained(column, text))[0] is not None)
        return Verdict(
            Fit.FITS if share >= _MANY else Fit.POSSIBLE,
            share,
            [Evidence("content-names", {"share": int(share * 100)})],
        )

    def values_by_name(self, column: ColumnDraft) -> Verdict:
        """Whether values are such as those that are named beside them can have; where none are named, none is."""
        right = told = 0
        for names in self.naming[:1]:
            pairs = self._table.profile.pairs_of(names.at, column.at)
            variables = {name: self.variable_named(self._explained(names, name))[0] for name, _ in pairs}
            for (name, text), count in pairs.items():
                variable = variables[name]
                if variable is not None and text.strip():
                    told += count
                    right += count if self._agreement.reads_as(text, variable) else 0
        share = right / told if told else 0.0
        fit = Fit.FITS if share >= _NEARLY_ALL else Fit.POSSIBLE if share >= _SOME else Fit.CONTRADICTS
        return Verdict(fit, share, [Evidence("content-by-name", {"share": int(share * 100)})])


def _recurs(column: ColumnDraft) -> bool:
    """Whether most numbers of a column stand in several rows."""
    told = [count for _, count in column.column.values]
    return sum(count > 1 for count in told) > len(told) * _SOME
