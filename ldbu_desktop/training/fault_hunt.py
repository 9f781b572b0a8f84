"""An export with faults of chosen kinds that a learner mends, and what became of each of them.

Which they are is drawn by a number: the same kinds, count and number give the same export to everybody. Whether a
fault is mended is judged by what is found in the export then, by the checks of real work.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.model import Entry, Family, Journal
from ldbu_desktop.journal.values import ValueChange, value_changes
from ldbu_desktop.training.mending import Mended


class FaultKind(NamedTuple):
    """A kind of fault: its code, what it is called, and an example of it in words."""

    code: str
    title: Text
    example: Text


class FaultChoice(NamedTuple):
    """Which faults are to be found: of which kinds (codes of findings), how many in all, and by which number."""

    kinds: tuple[str, ...]
    total: int
    number: int

    @property
    def id(self) -> str:
        """The same for the same faults alone: results of others are not added up with them."""
        told = "|".join((str(self.total), *sorted(set(self.kinds))))
        return f"{HUNT}{self.number}-{crc32(told.encode()):08x}"


HUNT = "find-faults-"
"""What the ids of exports with chosen faults begin with."""
_HUNT_ID = re.compile(rf"{HUNT}([0-9]{{1,18}})(?![^-])")


def number_of(id: str) -> int | None:
    """The number that the faults of an export were drawn by, by its id; None where it is something else's."""
    found = _HUNT_ID.match(id)
    return int(found[1]) if found is not None else None


class PlantedFault(NamedTuple):
    """A fault: the family that has it, what is found there because of it, and the values as they are and should be.

    ``before`` of a value is what is right, ``after`` what the export says.
    """

    family: str
    finding: Finding
    values: tuple[ValueChange, ...]

    @property
    def code(self) -> str:
        """The kind of fault."""
        return self.finding.code


class FaultHunt(NamedTuple):
    """An export with faults, the same families without them, and what is found by family before anything is mended."""

    choice: FaultChoice
    journal: Journal
    clean: tuple[Family, ...]
    faults: tuple[PlantedFault, ...]
    found: Mapping[str, tuple[Finding, ...]]


class HuntResult(NamedTuple):
    """What became of one fault; or without a fault, what was right and is not any more."""

    mended: Mended
    family: str
    fault: PlantedFault | None
    changes: tuple[ValueChange, ...]
    """What the learner wrote instead: ``before`` is what the export said."""


def hunted(
    hunt: FaultHunt, families: Sequence[Family], findings: Callable[[str], Sequence[Finding]]
) -> tuple[HuntResult, ...]:
    """What became of each fault, in the order of the families, then what was spoilt.

    ``families`` are those of the learner's journal, ``findings`` what is found in one of them by its key, what was
    accepted included: to accept a fault is not to mend it.
    """
    clean = {family.key: family for family in hunt.clean}
    exported = {family.key: family for family in hunt.journal.families}
    mine = {family.key: family for family in families}
    faults = {fault.family: fault for fault in hunt.faults}
    results, spoilt = list[HuntResult](), list[HuntResult]()
    for key, was in exported.items():
        now = [mine[key]] if key in mine else []
        changes = _said_otherwise(value_changes([was], now))
        away = {one.where for one in _said_otherwise(value_changes([clean[key]], now))}
        fault, wrong = faults.get(key), tuple(one for one in changes if one.where in away)
        if fault is not None:
            result = _became(fault, changes, wrong, hunt.found[key], findings(key))
            results.append(result)
            wrong = tuple(one for one in wrong if one not in result.changes)
        if wrong:
            spoilt.append(HuntResult(Mended.SPOILT, key, None, wrong))
    return (*results, *spoilt)


def _became(
    fault: PlantedFault,
    changes: Sequence[ValueChange],
    wrong: Sequence[ValueChange],
    before: Sequence[Finding],
    now: Sequence[Finding],
) -> HuntResult:
    """What became of a fault, with the changes that are about it.

    It is mended where nothing is found of it any more and nothing new is, without something that was right being taken
    away: there may be several ways to mend.
    """
    about = tuple(one for one in changes if _is_about(one, fault))
    codes, were = Counter(one.code for one in now), Counter(one.code for one in before)
    is_lost = any(one.before.raw and not one.after.raw for one in wrong)
    if changes and fault.code not in codes and not codes - were and not is_lost:
        return HuntResult(Mended.MENDED, fault.family, fault, about)
    return HuntResult(Mended.FOUND if about else Mended.LEFT, fault.family, fault, about)


def _is_about(change: ValueChange, fault: PlantedFault) -> bool:
    """Whether a change is at the place of a fault, or of what it is told at; or of the same variable in the family."""
    at = fault.finding.location
    names = {one.name for one in fault.values} | {at.variable, at.field}
    records = {one.where.record for one in fault.values} | {at.record}
    return change.name in names or (bool(change.where.record) and change.where.record in records)


def _said_otherwise(changes: Sequence[ValueChange]) -> list[ValueChange]:
    """The changes that make a difference, however the same thing is written."""
    return [one for one in changes if _said(one.before) != _said(one.after)]


def _said(entry: Entry[Any]) -> object:
    return entry.value if entry.value is not None else entry.raw.strip()
