"""From the tables of files to a proposal: found, profiled, understood, and held against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from ldbu_desktop.journal.fields import CITIZEN_CPR, OBSERVATION_MISSING_REASON, VISIT_START, VISIT_TYPE
from ldbu_desktop.mapping.columns import Shape, header_key
from ldbu_desktop.mapping.links import (
    CITIZEN_KEY,
    OF_SHEET,
    VISIT_KEY,
    ColumnLink,
    Evidence,
    Layouts,
    Part,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    Targets,
    ValueLink,
)
from ldbu_desktop.mapping.own_sheets import is_own_sheet
from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.answer_book import answer_book_of
from ldbu_desktop.mapping.proposing.code_lists import (
    CodeListColumns,
    CodeLists,
    code_list_columns,
    dictionary_of,
    list_of_fields,
    lookup_of,
)
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.found_tables import TableFinder
from ldbu_desktop.mapping.proposing.group_headings import grouped_headings
from ldbu_desktop.mapping.proposing.headings import OBSERVED_NAME, OBSERVED_VALUE, Candidate, Headings
from ldbu_desktop.mapping.proposing.lexicon import lexicon_of
from ldbu_desktop.mapping.proposing.own_tables import OwnTables
from ldbu_desktop.mapping.proposing.profiles import TableProfile
from ldbu_desktop.mapping.proposing.relations import Relations
from ldbu_desktop.mapping.proposing.row_numbers import row_numbers
from ldbu_desktop.mapping.proposing.table_proposal import TableProposal, state_of
from ldbu_desktop.mapping.proposing.texts import is_of_several
from ldbu_desktop.mapping.proposing.value_links import ValueLinks
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.standard.model import Standard

_SHARED = 0.5
_REFERRED = _MANY = 0.8
_NAMED_BY_VISIT = frozenset((TableShape.VISIT, TableShape.OBSERVATION, TableShape.VARIABLE))
"""The shapes of tables that a sheet may have of one type of visit."""


class Proposer:
    """Takes tables in, one after the other, and proposes when all are there. ``today`` bounds what can have been."""

    def __init__(
        self,
        standard: Standard,
        today: date,
        layouts: Layouts = MappingProxyType({}),
        targets: Targets = MappingProxyType({}),
    ) -> None:
        self._standard = standard
        self._layouts, self._targets = layouts, targets
        self._headings = Headings(lexicon_of(standard))
        self._agreement = Agreement(standard, answer_book_of(standard), today)
        self._vocabulary = vocabulary_of(standard)
        self._own = OwnTables(self._vocabulary)
        self._tables: list[TableDraft] = []
        self._notes: list[tuple[str, list[tuple[str, ...]]]] = []

    def add(self, table: Table) -> None:
        """Read a sheet or text file to its end: find its tables, and count what stands in them."""
        if is_own_sheet(table):
            return
        finder = TableFinder(table, self._headings, self._vocabulary, self._layouts)
        self._notes.append((table.sheet, finder.notes))
        for found in finder.tables():
            headings = grouped_headings(self._headings, found.headers, found.grouped)
            profile = TableProfile(len(found.headers))
            names = [at for at, heading in enumerate(headings) if _may_be(heading.candidates, OBSERVED_NAME)]
            values = [
                at
                for at, heading in enumerate(headings)
                if _may_be(heading.candidates, OBSERVED_VALUE)
                or not (heading.candidates or heading.other or heading.is_key)
            ]
            profile.count_together([(name, value) for name in names for value in values if name != value])
            profile.read(found)
            while len(headings) < len(profile.columns):
                headings.append(self._headings.read(""))
            self._tables.append(TableDraft(found, profile, headings))

    def proposal(self) -> Proposal:
        """What all tables are taken for."""
        lists = CodeLists()
        for sheet, notes in self._notes:
            lists.add_notes(notes, sheet)
        rest: list[TableDraft] = []
        for table in self._tables:
            columns = self._code_list(table)
            if columns is None or table.found.layout is not None or self._own_shape(table) is not None:
                rest.append(table)
            else:
                table.shape = TableShape.CODES
                lists.add(columns, table.profile, table.sheet)
        columns_of: dict[int, list[ColumnLink]] = {}
        values: list[ValueLink] = []
        for table in self._tables:
            if table.shape is TableShape.CODES:
                columns_of[id(table)] = [_column_link(table, column) for column in _list_columns(table)]
            elif (own := self._own_shape(table)) is not None:
                table.shape = self._own.kind(own)
                columns_of[id(table)] = self._own_columns(table, self._own.targets(own, table.found.headers))
                values += self._own_values(table, columns_of[id(table)])
            else:
                values += self._foreign(table, lists)
        numbers = row_numbers(rest)
        for column in (column for table in rest for column in table.columns if id(column) in numbers):
            column.is_row_number = True
        _ask_of_numbers(rest)
        self._find_keys(rest)
        of_citizens = _keys_of_citizens(rest)
        for table in rest:
            if id(table) not in columns_of:
                columns_of[id(table)] = [_column_link(table, column, of_citizens) for column in _shown(table)]
                self._name_visits(table)
        return Proposal(
            tuple(_table_link(table) for table in self._tables),
            tuple(link for table in self._tables for link in columns_of[id(table)]),
            tuple(values),
        )

    def _code_list(self, table: TableDraft) -> CodeListColumns | None:
        """The columns of a list of codes, by their names or by the headers of other tables that one of them tells."""
        others = [each for each in self._tables if each is not table]
        told = (text for other in others for text in (*other.found.headers, *other.found.last))
        headers = frozenset(header_key(text) for text in told if text.strip())
        return (
            dictionary_of(table.found.headers, table.profile, headers)
            or code_list_columns(table.found.headers, table.profile, table.sheet)
            or list_of_fields(table.profile, headers)
            or lookup_of(
                table.found.headers,
                table.profile,
                ((other.found.headers, other.profile) for other in others),
                self._agreement.said.are_answers,
            )
        )

    def _own_shape(self, table: TableDraft) -> Shape | None:
        """The shape of ours that a table has, where nobody said another."""
        return self._own.shape_of(table.found.headers, table.sheet) if table.found.layout is None else None

    # --- tables of any shape ------------------------------------------------------------------------------------------

    def _foreign(self, table: TableDraft, lists: CodeLists) -> Iterator[ValueLink]:
        """Take the columns of a table for what they are, and link their values."""
        for at, heading in enumerate(table.headings):
            names = [texts[at] for texts in (table.found.headers, table.found.last) if at < len(texts)]
            if (label := lists.label_of(names)) and not heading.is_plain:
                table.headings[at] = replace(self._headings.read(label), explained=label)
        proposal = TableProposal(table, self._headings, self._agreement, lists, self._targets)
        proposal.propose()
        Relations(table, self._agreement).hold()
        _hold_by_person(table)
        return ValueLinks(table, proposal.shape_finder, self._agreement).links()

    def _find_keys(self, tables: Sequence[TableDraft]) -> None:
        """The columns by which rows are joined: keys that are named, else the child's CPR and the visit's day."""
        named = [{header_key(column.header): column for column in table.columns if column.is_key} for table in tables]
        for table, own in zip(tables, named, strict=True):
            shared = [
                column.at
                for key, column in own.items()
                if sum(1 for other in named if key in other) > 1 or _is_shared(column, table, tables)
            ]
            unique = [column.at for column in own.values() if column.column.is_unique]
            keys = shared or unique[:1]
            if not keys:
                keys = [
                    column.at
                    for column in table.columns
                    if (
                        column.is_taken_for(CITIZEN_CPR)
                        and column.subject is not None
                        and column.subject.value == "child"
                    )
                    or (column.is_taken_for(VISIT_START, Part.START) and table.shape is not TableShape.CHILD)
                ]
            table.keys = tuple(keys)

    def _name_visits(self, table: TableDraft) -> None:
        """Take the name of a sheet for the type of all of its visits, where it can be one and no column has it."""
        told = {column.variable for column in table.columns}
        answers = self._agreement.answers.of(VISIT_TYPE) if table.shape in _NAMED_BY_VISIT else None
        code = answers.match(table.sheet).code if answers is not None else None
        if code is not None and VISIT_START in told and VISIT_TYPE not in told:
            facts = {"sheet": table.sheet, "variable": VISIT_TYPE, "codes": code}
            table.evidence.append(Evidence(OF_SHEET, facts))

    # --- tables of our own --------------------------------------------------------------------------------------------

    def _own_columns(self, table: TableDraft, targets: dict[int, Target]) -> list[ColumnLink]:
        found = table.found
        return [
            ColumnLink(
                found.table.file,
                table.sheet,
                found.header_rows[0],
                at,
                header,
                State.KNOWN if at in targets else State.UNMAPPED,
                targets.get(at),
                (Evidence("header-own"),) if at in targets else (),
                table.profile.columns[at].profile(is_shown=True),
            )
            for at, header in enumerate(found.headers)
            if header.strip() or table.profile.columns[at].filled
        ]

    def _own_values(self, table: TableDraft, links: Iterable[ColumnLink]) -> Iterator[ValueLink]:
        known = self._standard.variable
        for link in links:
            target = link.target
            if target is None or target.part not in (Part.VALUE, Part.NAME, Part.MISSING_REASON):
                continue
            name = OBSERVATION_MISSING_REASON if target.part is Part.MISSING_REASON else target.variable
            if target.part is not Part.NAME and (name not in known or known[name].kind != "concept"):
                continue
            for text, count in table.profile.columns[link.column].texts.most_common():
                code = (
                    self._vocabulary.variable(text)
                    if target.part is Part.NAME
                    else self._vocabulary.reading(name)(text)
                )
                is_reason = target.part is Part.MISSING_REASON
                yield ValueLink(
                    link.file,
                    link.sheet,
                    link.header_row,
                    link.column,
                    target.variable,
                    text,
                    count,
                    State.KNOWN if code is not None else State.UNMAPPED,
                    None if is_reason or code is None else str(code),
                    str(code) if is_reason and code is not None else None,
                    (Evidence("value-standard" if code is not None else "value-nothing"),),
                )


def _hold_by_person(table: TableDraft) -> None:
    """Rows that name neither a child nor a key of anything are of nobody: nothing that is read from them is sure."""
    if not any(column.is_structure or column.is_taken_for(CITIZEN_CPR) for column in table.columns):
        for column in table.columns:
            if column.variable is not None:
                column.weaken("rows-of-nobody")


def _ask_of_numbers(tables: Sequence[TableDraft]) -> None:
    """Rows of nobody that are numbered as those of another table are may be the rest of them: only a person can say."""
    for table in tables:
        if any(column.is_key or column.is_taken_for(CITIZEN_CPR) for column in table.columns):
            continue
        for column in (each for each in table.columns if each.is_row_number):
            beside = (
                other.sheet
                for other in tables
                if other is not table and any(each.is_row_number and _refers(column, each) for each in other.columns)
            )
            if (sheet := next(beside, None)) is not None:
                table.evidence.append(Evidence("rows-may-be-joined", {"column": column.header, "sheet": sheet}))


def _may_be(candidates: Iterable[Candidate], variable: str) -> bool:
    return any(candidate.variable == variable for candidate in candidates)


def _list_columns(table: TableDraft) -> Iterator[ColumnDraft]:
    for at, heading in enumerate(table.headings):
        column = table.profile.columns[at]
        header = table.found.headers[at] if at < len(table.found.headers) else ""
        if header.strip() or column.filled:
            draft = ColumnDraft(at, header, heading, column, [])
            draft.is_structure = True
            draft.evidence.append(Evidence("structure-code-list"))
            yield draft


def _shown(table: TableDraft) -> Iterator[ColumnDraft]:
    """The columns that hold something, or are headed."""
    return (column for column in table.columns if column.header.strip() or column.column.filled)


def _keys_of_citizens(tables: Sequence[TableDraft]) -> frozenset[int]:
    """The key columns, by identity, of tables that tell whose each key is, and of those that refer to them."""
    found: set[int] = set()
    for table in tables:
        is_of_persons = any(column.is_taken_for(CITIZEN_CPR) for column in table.columns) and not any(
            column.is_taken_for(VISIT_START) for column in table.columns
        )
        for key in table.columns if is_of_persons else ():
            if not (key.is_key and key.column.is_unique):
                continue
            told = [
                column
                for other in tables
                if other is not table
                for column in other.columns
                if column.is_key and _refers(column, key)
            ]
            if told:
                found.update(map(id, (key, *told)))
    return frozenset(found)


def _refers(column: ColumnDraft, key: ColumnDraft) -> bool:
    """Whether hardly anything but keys of another column stand in one."""
    own = column.column.texts.keys()
    return len(own & key.column.texts.keys()) >= len(own) * _REFERRED > 0


def _column_link(table: TableDraft, column: ColumnDraft, of_citizens: frozenset[int] = frozenset()) -> ColumnLink:
    state = state_of(column)
    target = None
    if column.variable is not None and not column.is_structure:
        unit = column.verdict.unit if column.part is Part.VALUE and not _has_unit_column(table, column) else None
        target = Target(column.variable, column.part, column.subject, column.visit, unit)
    elif column.is_key and table.shape is not TableShape.CODES:
        is_of_citizen = id(column) in of_citizens
        target = (
            Target(CITIZEN_KEY, Part.KEY, column.heading.subject or Subject.CHILD)
            if is_of_citizen
            else _key(table, column)
        )
    evidence = [*column.evidence, *column.verdict.evidence] if column.variable is not None else list(column.evidence)
    if column.heading.other and column.variable is None:
        whose = {"whose": column.heading.subject.value} if column.heading.subject is not None else {}
        evidence.append(Evidence("header-of-something-else", {"what": column.heading.other, **whose}))
    elif column.is_structure and table.shape is not TableShape.CODES:
        evidence.append(Evidence("structure-row-number" if column.is_row_number else "structure-key"))
    elif column.variable is None and column.column.share_of(is_of_several) >= _MANY:
        evidence.append(Evidence("several-measures-in-a-cell"))
    elif column.variable is None and not evidence:
        evidence.append(Evidence("header-unknown"))
    is_personal = bool(column.heading.other) or column.is_structure or column.variable is None
    return ColumnLink(
        table.found.table.file,
        table.sheet,
        table.found.header_rows[0],
        column.at,
        column.header,
        state,
        target,
        tuple(evidence),
        column.column.profile(is_shown=not is_personal, unit=column.verdict.unit or ""),
    )


def _key(table: TableDraft, column: ColumnDraft) -> Target:
    """What a key names: the citizen that its header says, else the visit."""
    is_of_citizen = column.heading.subject is not None and not column.heading.is_visit_part
    if is_of_citizen:
        return Target(CITIZEN_KEY, Part.KEY, column.heading.subject)
    is_of_child = table.shape is TableShape.CHILD or not column.column.is_unique
    if (
        is_of_child
        and not column.heading.is_visit_part
        and any(each.is_taken_for(CITIZEN_CPR) for each in table.columns)
    ):
        return Target(CITIZEN_KEY, Part.KEY, Subject.CHILD)
    return Target(VISIT_KEY, Part.KEY)


def _has_unit_column(table: TableDraft, column: ColumnDraft) -> bool:
    """Whether a column beside tells the unit of each value."""
    return any(
        each.variable == column.variable and each.part is Part.UNIT and each.block == column.block
        for each in table.columns
    )


def _table_link(table: TableDraft) -> TableLink:
    found = table.found
    return TableLink(
        found.table.file,
        table.sheet,
        found.header_rows,
        table.profile.rows,
        table.shape,
        table.keys,
        tuple(table.evidence),
        (),
        (found.columns[0], max(found.columns[1], len(table.profile.columns) - 1)),
    )


def _is_shared(column: ColumnDraft, table: TableDraft, tables: Sequence[TableDraft]) -> bool:
    """Whether the keys of a column stand in one of another table too."""
    own = column.column.texts.keys()
    return any(
        len(own & each.column.texts.keys()) >= min(len(own), len(each.column.texts)) * _SHARED > 0
        for other in tables
        if other is not table
        for each in other.columns
        if each.is_structure
    )
