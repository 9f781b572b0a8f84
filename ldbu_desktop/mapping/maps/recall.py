"""What a map knows of new files: its decisions, where headers and content are those that they were made about.

A decision holds for a column with the same header as long as what stands below it can be what stood there before. One
that holds no more is proposed again and never applied; what a map does not know is left as it was proposed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec.structs import replace

from ldbu_desktop.journal.readings import folded
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.links import (
    OWN_SHAPES,
    READ_BY,
    Approval,
    ColumnLink,
    Constant,
    ContentKind,
    Evidence,
    Link,
    MapUsed,
    Part,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)
from ldbu_desktop.mapping.maps.exchanged import Counted, exchanged
from ldbu_desktop.mapping.maps.facts import facts
from ldbu_desktop.mapping.maps.model import Decision, Map, MapColumn, MapTable, MapValue
from ldbu_desktop.mapping.maps.writing import day

_SAME = 0.5
"""So much of a map's headers, or of a table's, have to be those of the other; and of a column's cells, known texts."""

_TEXTS = frozenset((ContentKind.CODE, ContentKind.TEXT, ContentKind.KEY))
"""How often texts come again depends on how many rows a file has."""

HeaderKey = tuple[str, int]


def recalled(proposal: Proposal, maps: Sequence[Map]) -> Proposal:
    """The proposal with what the best of ``maps`` for each table has decided about it; of several alike, the latest."""
    found = proposal
    for table in proposal.tables:
        if table.shape in OWN_SHAPES or table.shape is TableShape.CODES:
            continue
        headers = header_keys(proposal, table)
        fitting = max(
            (
                (likeness(headers.values(), of_map), _is_of_sheet(table, of_map), made.made, made, of_map)
                for made in maps
                for of_map in made.tables
            ),
            key=lambda each: each[:3],
            default=None,
        )
        if fitting is not None and fitting[0] >= _SAME and not _is_of_other_places(headers, fitting[4]):
            found = _Recall(found, table, fitting[3], fitting[4], headers).proposal()
    return found


def header_keys(proposal: Proposal, table: TableLink) -> dict[int, HeaderKey]:
    """The headers of a table's columns as they are compared, each with its number among those that are the same.

    A column without a header has no key, unless none of the table has one: then its place is all that it is known by.
    """
    links = sorted(proposal.columns_of(table), key=lambda each: each.column)
    is_bare = not any(header_key(link.header) for link in links)
    seen: Counter[str] = Counter()
    keys: dict[int, HeaderKey] = {}
    for link in links:
        if (key := header_key(link.header)) or is_bare:
            seen[key] += 1
            keys[link.column] = key, seen[key]
    return keys


def likeness(headers: Iterable[HeaderKey], of_map: MapTable) -> float:
    """How much of the headers of a map's table, or of those of another where they are fewer, the two share."""
    known = {_key(column) for column in of_map.columns}
    own = set(headers)
    fewer = min(len(known), len(own))
    return len(known & own) / fewer if fewer else 0.0


def _is_of_sheet(table: TableLink, of_map: MapTable) -> bool:
    """Whether a table stands in the sheet that a map's stood in, or in one whose name says what that has for all."""
    said = any(table.said_by_sheet(each.variable) == each.value for each in of_map.constants)
    return said or header_key(table.sheet) == header_key(of_map.sheet)


def _constant(of_map: MapTable, variable: str) -> str:
    return next((each.value for each in of_map.constants if each.variable == variable), "")


def _is_bare(headers: Iterable[HeaderKey]) -> bool:
    return not any(key for key, _ in headers)


def _is_of_other_places(headers: Mapping[int, HeaderKey], of_map: MapTable) -> bool:
    """Whether a table without headers has more columns than a map knows, or fewer: no place is then what it was."""
    return _is_bare(headers.values()) and len(headers) != len(of_map.columns)


def _key(column: MapColumn) -> HeaderKey:
    return header_key(column.header), column.ordinal


class _Recall:
    """One table of a proposal beside the table of a map that it is like."""

    def __init__(
        self, proposal: Proposal, table: TableLink, made: Map, of_map: MapTable, headers: Mapping[int, HeaderKey]
    ) -> None:
        self._proposal, self._table, self._map, self._of_map = proposal, table, made, of_map
        self._headers = headers
        self._columns = {_key(column): column for column in of_map.columns}
        self._values: dict[int, list[ValueLink]] = {}
        self._span = proposal.span(table)
        for link in proposal.values_of(table):
            self._values.setdefault(link.column, []).append(link)

    def proposal(self) -> Proposal:
        """The proposal with what the map has decided about the table."""
        columns: list[ColumnLink] = []
        values: list[ValueLink] = [each for each in self._proposal.values if not self._is_own(each)]
        for link in self._proposal.columns:
            if not self._is_own(link):
                columns.append(link)
                continue
            own = self._values.get(link.column, [])
            known = self._columns.get(self._headers.get(link.column, ("", 0)))
            after = self._column(link, known, own) if known is not None else link
            after = self._beside_its_like(after)
            columns.append(after)
            values += self._texts(after, known, own)
        places = {key: column for column, key in self._headers.items()}
        keys = tuple(places[key] for header in self._of_map.keys if (key := (header_key(header), 1)) in places)
        said = list(self._constants())
        constants = tuple(each for each in said if not self._is_of_other_sheet(each))
        table = replace(
            self._table,
            shape=self._of_map.shape,
            keys=keys or self._table.keys,
            constants=constants,
            evidence=(*self._table.evidence, *(self._other_sheet(each) for each in said if each not in constants)),
        )
        tables = tuple(table if each is self._table else each for each in self._proposal.tables)
        used = MapUsed(table.place, self._map.system, self._map.version, self._latest())
        return Proposal(tables, tuple(columns), tuple(values), (*self._proposal.maps, used))

    # --- columns ------------------------------------------------------------------------------------------------------

    def _column(self, link: ColumnLink, known: MapColumn, values: Sequence[ValueLink]) -> ColumnLink:
        if known.state is Decision.KEY:
            return replace(link, state=State.LEFT_OUT, target=_target(known), approval=None)
        approval = self._approval(known)
        if known.state not in (Decision.APPROVED, Decision.LEFT_OUT) or approval is None:
            return link
        target = _target(known) if known.state is Decision.APPROVED else None
        if not (self._agrees(link, known, values, target) and self._stands_as_it_did):
            differs = Evidence("remembered-content-differs", {"system": self._map.name})
            return replace(
                link,
                state=State.PROPOSED if target is not None or link.target is not None else State.UNMAPPED,
                target=link.target or target,
                evidence=(*link.evidence, differs),
            )
        evidence = (*link.evidence, self._remembered(approval))
        state = State.KNOWN if target is not None else State.LEFT_OUT
        return replace(link, state=state, target=target, approval=approval, evidence=evidence)

    def _beside_its_like(self, link: ColumnLink) -> ColumnLink:
        """A column that holds the same codes as another: asked about where the two are likely exchanged."""
        if link.column not in self._alike or link.state is not State.KNOWN:
            return link
        other, is_exchanged = self._alike[link.column]
        code = "remembered-columns-exchanged" if is_exchanged else "remembered-by-header-alone"
        evidence = (*link.evidence[:-1], Evidence(code, {"column": self._header(other)}), *link.evidence[-1:])
        if not is_exchanged:
            return replace(link, evidence=evidence)
        return replace(link, state=State.PROPOSED, approval=None, evidence=evidence[:-1])

    @cached_property
    def _alike(self) -> dict[int, tuple[int, bool]]:
        """The columns of codes that hold another's codes, each with that other and whether they are exchanged."""
        counted: dict[int, Counted] = {}
        for column, values in self._values.items():
            known = self._columns.get(self._headers.get(column, ("", 0)))
            if known is not None and known.state is Decision.APPROVED and known.part is Part.VALUE and known.values:
                texts: Counter[str] = Counter()
                for each in values:
                    texts[folded(each.value)] += each.count
                counted[column] = Counted(known, texts)
        return exchanged(counted)

    def _header(self, column: int) -> str:
        return next(link.header for link in self._proposal.columns_of(self._table) if link.column == column)

    def _is_own(self, link: Link) -> bool:
        return link.table == self._table.place and link.column in self._span

    @cached_property
    def _stands_as_it_did(self) -> bool:
        """Whether columns known by their place alone all hold what stood there: one that moved moves others."""
        if not _is_bare(self._headers.values()):
            return True
        for link in self._proposal.columns_of(self._table):
            known = self._columns.get(self._headers[link.column])
            if known is None:
                return False
            target = _target(known) if known.state is Decision.APPROVED else None
            is_other = None not in (target, link.target) and _content(target) != _content(link.target)
            if is_other or not self._agrees(link, known, self._values.get(link.column, ()), target):
                return False
        return True

    def _agrees(self, link: ColumnLink, known: MapColumn, values: Sequence[ValueLink], target: Target | None) -> bool:
        """Whether what stands in a column can be what stood there when the decision was made."""
        texts = {folded(each.value) for each in known.values}
        if texts and values:
            cells = sum(each.count for each in values)
            return sum(each.count for each in values if folded(each.value) in texts) >= cells * _SAME
        is_same = target is not None and link.target is not None and link.target.variable == target.variable
        if is_same:
            against = {each.code for each in link.evidence} & facts().contradicting
            if link.state not in READ_BY and not against <= set(known.despite):
                return False
        profile = link.profile
        if profile is not None and known.order not in (None, profile.order or known.order):
            return False
        if profile is None or known.content is None or ContentKind.EMPTY in (profile.kind, known.content):
            return True
        # A slip in a short column changes its kind, and not what header and content still say together.
        if profile.kind is not known.content and not is_same and not {profile.kind, known.content} <= _TEXTS:
            return False
        if profile.low is None or profile.high is None or not known.low or not known.high:
            return True
        if is_same and link.state in READ_BY and _unit(link.target) == _unit(target):
            # It is what it is called, in the unit that it was in: some cells may have units of their own.
            return True
        return Decimal(known.low) <= (profile.low + profile.high) / 2 <= Decimal(known.high)

    # --- values -------------------------------------------------------------------------------------------------------

    def _texts(self, link: ColumnLink, known: MapColumn | None, values: Sequence[ValueLink]) -> Iterator[ValueLink]:
        """The texts of a column with what is known of them; one never seen is as it was proposed."""
        if known is None or link.state is not State.KNOWN or link.target is None or link.approval is None:
            yield from values
            return
        by_text = {(each.variable or known.variable, folded(each.value)): each for each in known.values}
        variables = {variable for variable, _ in by_text} | {link.target.variable}
        for value in values:
            # What the column was proposed as may be another variable than the one that it is known to be.
            variable = value.variable if value.variable in variables else link.target.variable
            own = value if variable == value.variable else replace(
                value, variable=variable, state=State.UNMAPPED, code=None, missing=None
            )  # fmt: skip
            remembered = by_text.get((variable, folded(value.value)))
            yield own if remembered is None else self._value(own, remembered)

    def _value(self, link: ValueLink, known: MapValue) -> ValueLink:
        approval = self._approval(known)
        if approval is None or known.state not in (Decision.APPROVED, Decision.LEFT_OUT):
            return link
        if known.state is Decision.LEFT_OUT:
            return replace(link, state=State.LEFT_OUT, code=None, missing=None, approval=approval)
        code, missing = known.code or None, known.missing or None
        is_said_by_file = any(each.code in facts().by_list for each in link.evidence)
        is_otherwise = is_said_by_file and link.has_meaning and (link.code, link.missing) != (code, missing)
        is_exact = any(each.code in facts().exact for each in link.evidence)
        if is_otherwise or (not is_exact and _is_explained_otherwise(link, known)):
            differs = Evidence("remembered-meaning-differs", {"system": self._map.name})
            state = State.PROPOSED if link.has_meaning else State.UNMAPPED
            return replace(link, state=state, evidence=(*link.evidence, differs))
        says_so_itself = link.state in READ_BY and (link.code, link.missing) == (code, missing)
        if known.text and not link.text_of_list and not says_so_itself:
            gone = Evidence("remembered-without-list", {"text": known.text})
            return replace(link, state=State.PROPOSED, code=code, missing=missing, evidence=(*link.evidence, gone))
        evidence = (*link.evidence, self._remembered(approval))
        return replace(link, state=State.KNOWN, code=code, missing=missing, approval=approval, evidence=evidence)

    # --- who and when -------------------------------------------------------------------------------------------------

    def _approval(self, part: MapColumn | MapValue) -> Approval | None:
        by, on = part.by or self._map.by, day(part.when or self._map.when or self._map.made)
        return Approval(by, on) if by and on is not None else None

    def _remembered(self, approval: Approval) -> Evidence:
        return Evidence("remembered", {"system": self._map.name, "by": approval.by, "on": approval.on.isoformat()})

    def _constants(self) -> Iterator[Constant]:
        for each in self._of_map.constants:
            on = day(each.when or self._map.when or self._map.made)
            by = each.by or self._map.by
            if by and on is not None:
                yield Constant(each.variable, each.value, Approval(by, on))

    def _is_of_other_sheet(self, constant: Constant) -> bool:
        """Whether what a map has for all of a sheet is of that one only: another that is alike has something else."""
        said = self._table.said_by_sheet(constant.variable)
        if said or _is_of_sheet(self._table, self._of_map):
            return said not in ("", constant.value)
        own = self._headers.values()
        alike = [each for each in self._map.tables if likeness(own, each) == likeness(own, self._of_map)]
        return any(constant.value != _constant(each, constant.variable) for each in alike)

    def _other_sheet(self, constant: Constant) -> Evidence:
        facts = {"variable": constant.variable, "codes": constant.value, "sheet": self._of_map.sheet}
        return Evidence("constant-of-other-sheet", facts)

    def _latest(self) -> Approval | None:
        """The latest decision of the map's table."""
        said = [self._approval(column) for column in self._of_map.columns if column.state is Decision.APPROVED]
        return max((each for each in said if each is not None), key=lambda each: each.on, default=None)


def _is_explained_otherwise(link: ValueLink, known: MapValue) -> bool:
    """Whether a list explains a text in other words than when it was decided."""
    return "" not in (known.text, link.text_of_list) and folded(link.text_of_list) != folded(known.text)


def _content(target: Target | None) -> tuple[str, Part, bool] | None:
    """What content can tell of a target: not which of the parents it is."""
    return (target.variable, target.part, target.subject is Subject.CHILD) if target is not None else None


def _unit(target: Target | None) -> str | None:
    return target.unit if target is not None else None


def _target(column: MapColumn) -> Target | None:
    if not column.variable:
        return None
    part = Part.KEY if column.state is Decision.KEY else column.part
    return Target(column.variable, part, column.subject, column.visit or None, column.unit or None, column.order)
