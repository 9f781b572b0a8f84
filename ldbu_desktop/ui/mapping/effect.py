"""What comes of the answers given until now: what is ready, what is asked for in vain, and how the first rows read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ldbu_desktop import clock
from ldbu_desktop.journal.fields import part_of
from ldbu_desktop.journal.model import Entry, Journal, Observation, Origin, Record
from ldbu_desktop.mapping.links import OBSERVATION_VARIABLE, READ_BY, Place, Proposal, TableLink
from ldbu_desktop.work import Cancellation, Progress

if TYPE_CHECKING:
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.standard.model import GatewayRule, Standard


class Read(NamedTuple):
    """A value as it was read, and what it is of, by the catalogue's id."""

    entry: Entry[Any]
    variable: str


Readings = dict[tuple[int, int], Read]
"""What was read of the cells of a table, by row and column."""


Row = tuple[int, list[str]]
"""A row of a file: its number from 1, and the texts of its cells."""

SHOWN_ROWS = 20
"""So many rows below the headers are shown before anything is loaded."""


class Effect(NamedTuple):
    """What a proposal gives: the findings in the journal that is read by it, and how the first rows of tables read."""

    proposal: Proposal
    findings: Findings
    readings: dict[Place, Readings]

    @property
    def rejected(self) -> int:
        """How many visits would be rejected."""
        return len(self.findings.rejected_visits)


def effect_of(
    paths: Sequence[Path], proposal: Proposal, standard: Standard, progress: Progress, cancellation: Cancellation
) -> Effect:
    """Read files by what is known, sure and approved, and check that; run in the background."""
    from ldbu_desktop.use_cases.map_read import read_with
    from ldbu_desktop.use_cases.validate import validate

    journal = read_with(paths, standard, proposal, progress, cancellation)
    findings = validate(journal, standard, clock.today(), progress, cancellation)
    tables = proposal.tables
    return Effect(proposal, findings, {table.place: readings_of(journal, table, SHOWN_ROWS) for table in tables})


def unmet_rules(proposal: Proposal, standard: Standard) -> tuple[GatewayRule, ...]:
    """The gateway's rules that ask for what nothing is read as: what they ask for is missing at every visit."""
    read = {link.target.variable for link in proposal.columns if link.target is not None and link.state in READ_BY}
    named = (link for link in proposal.values if link.variable == OBSERVATION_VARIABLE and link.state in READ_BY)
    read |= {link.code for link in named if link.code is not None}
    return tuple(rule for rule in standard.gateway_rules if read.isdisjoint(rule.variables))


def readings_of(journal: Journal, table: TableLink, rows: int) -> Readings:
    """What was read of the first ``rows`` rows of a table."""
    last = table.header_rows[1] + rows
    found: Readings = {}
    for origin, column, read in _entries(journal):
        if origin.row <= last and (origin.file, origin.sheet) == (table.file, table.sheet):
            found.setdefault((origin.row, column), read)
    return found


def _entries(journal: Journal) -> Iterator[tuple[Origin, int, Read]]:
    """Every value that was read from a cell, with its place."""
    for family in journal.families:
        records: list[Record] = [*family.citizens, *family.visits, *family.unplaced]
        for visit in family.visits:
            records += visit.records
        for record in records:
            yield from _entries_of(record)


def _entries_of(record: Record) -> Iterator[tuple[Origin, int, Read]]:
    is_named_by_header = isinstance(record, Observation) and record.variable.column == record.value.column
    for name in record.__struct_fields__:
        entry = getattr(record, name) if name != "variable" or not is_named_by_header else None
        if isinstance(entry, Entry) and entry.column >= 0:
            yield record.origin, entry.column, Read(entry, _variable(record, name))


def _variable(record: Record, name: str) -> str:
    if isinstance(record, Observation) and name in ("value", "variable"):
        return record.variable.value or "" if name == "value" else ""
    return part_of(record, name)
