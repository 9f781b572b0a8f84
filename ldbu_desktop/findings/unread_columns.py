"""What is missing because a column was not read: it follows from the finding that tells the column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Origin

PARTS = "parts"
"""The fact of a finding that tells a column: the parts of a journal that may stand in it, with spaces between."""

_FIELD, _VARIABLE, _TEXT = "field", "variable", "text"


class UnreadColumns:
    """The columns that were not read, by the parts that may stand in them; the ones that are there before those that
    are not."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._in_table: dict[tuple[str, str, str], list[Finding]] = {}
        self._in_export: dict[tuple[str, str], Finding] = {}
        telling = [finding for finding in findings if PARTS in finding.facts or _waits(finding)]
        telling.sort(key=lambda finding: bool(type_of(finding).follows_unread))
        for finding in telling:
            at = finding.location.origin
            for part in _parts(finding):
                self._in_table.setdefault((at.file, at.sheet, part), []).append(finding)
                self._in_export.setdefault((_export(at), part), finding)

    def __bool__(self) -> bool:
        return bool(self._in_table)

    def cause_of(self, finding: Finding) -> Finding | None:
        """The finding that tells the column for want of which ``finding`` is told; None where it is no such."""
        at = finding.location.origin
        for kind in type_of(finding).follows_unread:
            for part in _asked(kind, finding):
                cause = self._nearest_above(self._in_table.get((at.file, at.sheet, part), ()), at.row)
                if cause is None and part == kind:
                    cause = self._in_export.get((_export(at), part))
                if cause is not None and cause is not finding:
                    return cause
        return None

    def _nearest_above(self, telling: Iterable[Finding], row: int) -> Finding | None:
        """The column of the table that a row is in: several may stand in a sheet, one below the other."""
        above = [finding for finding in telling if finding.location.origin.row <= row]
        return max(above, key=lambda finding: finding.location.origin.row, default=None)


def _parts(finding: Finding) -> list[str]:
    return str(finding.facts[PARTS]).split() if PARTS in finding.facts else [_text(finding)]


def _waits(finding: Finding) -> bool:
    """Whether it tells of a text in a column that waits for somebody to say what it means."""
    return "cells" in finding.facts and type_of(finding).asks


def _text(finding: Finding) -> str:
    """What stood there, as a part that may wait: texts are told apart by words and column."""
    return f"{_TEXT}:{finding.location.column}:{' '.join(finding.found.split()).casefold()}"


def _asked(kind: str, finding: Finding) -> Iterator[str]:
    """The parts that a kind of part is for a finding."""
    at = finding.location
    if kind == _FIELD:
        yield at.field
        yield f"{at.field}:{at.variable}"
    elif kind == _VARIABLE:
        yield at.variable
    elif kind == _TEXT:
        yield _text(finding)
    elif kind == PARTS:
        yield from _parts(finding) if PARTS in finding.facts else ()
    else:
        yield kind


def _export(at: Origin) -> str:
    """What tables belong together: the sheets of a workbook, and the text files of a folder."""
    path = PurePosixPath(at.file)
    return str(path.parent) if path.stem == at.sheet else at.file
