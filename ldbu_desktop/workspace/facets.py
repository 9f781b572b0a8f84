"""Facets: what visits have in common, with counts, and the visits that are what is chosen of each.

A visit is a bit in a number for every value of every facet, so that to combine choices and count what is left takes a
few operations on numbers, however many visits there are. Within a facet any of the chosen values holds, across facets
all do. A count tells how many visits are left if that value is chosen too, whatever is chosen of its own facet.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping
from copy import copy
from enum import StrEnum
from typing import NamedTuple

from ldbu_desktop.findings.catalogue import tells_unfinished, type_of
from ldbu_desktop.findings.causes import Cause, causes
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import ANSWER_LINK_ID, ANSWER_VALUE
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.work import Cancellation

Chosen = Mapping["Facet", Collection[str]]
"""The values that are chosen of each facet; none of one of which nothing is."""

CLEAR = "clear"
"""The severity of a visit at which nothing was found."""
NO_VALUE = ""
"""The value of a facet where nothing stands."""


class Facet(StrEnum):
    """What visits are told apart by. ``CLINIC`` is the organisation of whom the visit was with."""

    STATE = "state"
    SEVERITY = "severity"
    CAUSE = "cause"
    VARIABLE = "variable"
    VISIT_TYPE = "visit-type"
    CLINIC = "clinic"
    MONTH = "month"


class VisitState(StrEnum):
    """How a visit stands before a delivery. One that was corrected since it was delivered is to go out again, and is
    ready for that, rejected or unfinished too."""

    READY = "ready"
    REJECTED = "rejected"
    DELIVERED = "delivered"
    CORRECTED = "corrected"
    UNFINISHED = "unfinished"


class FacetCount(NamedTuple):
    """A value of a facet, and how many visits have it beside what is chosen of the others."""

    value: str
    visits: int


class VisitSet:
    """Some of a journal's visits. Asking whether one is among them takes no longer for many."""

    def __init__(self, bits: int, starts: Mapping[int, int], count: int) -> None:
        self._bytes = bits.to_bytes(count // 8 + 1, "little")
        self._starts = starts
        self.count = bits.bit_count()

    def has(self, family: int, visit: int) -> bool:
        """Whether a visit is one of them: which of a family's, and which family of the journal's, from 0."""
        at = self._starts[family] + visit
        return bool(self._bytes[at >> 3] >> (at & 7) & 1)


class FacetIndex:
    """The facets of one journal with its findings: a value, of which another is made after each change.

    ``delivered`` are the visits that were delivered, and ``corrected`` those of them that say something else now.
    It raises :class:`~ldbu_desktop.faults.Cancelled` where making it is cancelled.
    """

    def __init__(
        self,
        journal: Journal,
        findings: Findings,
        delivered: Container[str] = (),
        corrected: Container[str] = (),
        cancellation: Cancellation | None = None,
    ) -> None:
        self.findings, self._delivered, self._corrected = findings, delivered, corrected
        self._starts: dict[int, int] = {}
        self._families: dict[str, int] = {}
        places: dict[Facet, dict[str, list[int]]] = {facet: {} for facet in Facet}
        number = 0
        for at, family in enumerate(journal.families):
            if cancellation is not None:
                cancellation.check()
            self._starts[at] = number
            self._families[family.key] = at
            for of_visit in self._values(family):
                for facet, values in of_visit.items():
                    for value in values:
                        places[facet].setdefault(value, []).append(number)
                number += 1
        self.count = number
        self._bits = {
            facet: {value: _bits_of(found, number) for value, found in values.items()}
            for facet, values in places.items()
        }

    def followed(self, journal: Journal, findings: Findings, families: Iterable[str]) -> FacetIndex:
        """The facets after some families changed, in which visits neither came nor went."""
        after = copy(self)
        after.findings = findings
        after._bits = {facet: dict(values) for facet, values in self._bits.items()}
        for key in families:
            at = self._families[key]
            were, are = self._values(self.findings.journal.families[at]), after._values(journal.families[at])
            for number, (was, now) in enumerate(zip(were, are, strict=True), self._starts[at]):
                bit = 1 << number
                for facet, values in now.items():
                    bits = after._bits[facet]
                    for value in values ^ was[facet]:
                        bits[value] = bits.get(value, 0) ^ bit
        return after

    def visits(self, chosen: Chosen) -> VisitSet:
        """The visits that are as it is chosen: all where nothing is."""
        return VisitSet(self._holding(chosen), self._starts, self.count)

    def counts(self, chosen: Chosen) -> dict[Facet, list[FacetCount]]:
        """The values of each facet with how many visits have them beside what is chosen of the others."""
        told = {}
        for facet, values in self._bits.items():
            others = self._holding({one: chosen[one] for one in chosen if one is not facet})
            counted = [FacetCount(value, (bits & others).bit_count()) for value, bits in values.items()]
            told[facet] = [one for one in counted if one.visits or one.value in chosen.get(facet, ())]
        return told

    def _holding(self, chosen: Chosen) -> int:
        held = (1 << self.count) - 1
        for facet, values in chosen.items():
            if values:
                of_facet = 0
                for value in values:
                    of_facet |= self._bits[facet].get(value, 0)
                held &= of_facet
        return held

    def _values(self, family: Family) -> Iterable[dict[Facet, set[str]]]:
        """The values of each facet, of each visit of a family."""
        clinics = {citizen.key: citizen.organisation for citizen in family.citizens}
        found = self.findings.by_family.get(family.key)
        by_visit = found.by_visit if found is not None else {}
        about = by_visit.get("", ())
        for visit in family.visits:
            findings = (*about, *by_visit.get(visit.key, ()))
            clinic = clinics.get(visit.subject.value or "")
            yield {
                Facet.STATE: set(visit_states(self.findings, visit.key, findings, self._delivered, self._corrected)),
                Facet.SEVERITY: {str(type_of(one).severity) for one in findings} or {CLEAR},
                Facet.CAUSE: {one.code for one in findings},
                Facet.VARIABLE: {name for one in findings if (name := _variable(one))},
                Facet.VISIT_TYPE: {visit.type.value or visit.type.raw},
                Facet.CLINIC: {clinic.value or clinic.raw if clinic is not None else NO_VALUE},
                Facet.MONTH: {f"{day_of(visit.start.value):%Y-%m}" if visit.start.value else NO_VALUE},
            }


def visit_states(
    findings: Findings, visit: str, found: Iterable[Finding], delivered: Container[str], corrected: Container[str]
) -> tuple[VisitState, ...]:
    """How a visit stands, by its key and what was ``found`` at it and of its family."""
    if visit in delivered and visit not in corrected:
        return (VisitState.DELIVERED,)
    if any(map(tells_unfinished, found)):
        now = VisitState.UNFINISHED
    else:
        now = VisitState.READY if findings.is_ready(visit) else VisitState.REJECTED
    return (VisitState.CORRECTED, now) if visit in corrected else (now,)


def _variable(finding: Finding) -> str:
    """What a finding is about: a variable, or the part of a record; the variable of an answer is its question."""
    at = finding.location
    return at.field if at.field in (ANSWER_VALUE, ANSWER_LINK_ID) else at.variable or at.field


class Narrowed(NamedTuple):
    """What is left of the work by what is chosen of its facets: visits, counts, and the causes of what is found there.

    What is about a whole family is there where one of its visits is; what is about whole files is not. Where causes are
    chosen, the others that those visits have are not.
    """

    chosen: Chosen
    visits: VisitSet
    counts: Mapping[Facet, list[FacetCount]]
    causes: tuple[Cause[Finding], ...]


def narrowed(index: FacetIndex, chosen: Chosen) -> Narrowed:
    """What is left by what is ``chosen``."""
    findings, visits = index.findings, index.visits(chosen)
    if not any(chosen.values()):
        return Narrowed(chosen, visits, index.counts(chosen), findings.causes)
    left: list[Finding] = []
    for at, family in enumerate(findings.journal.families):
        keys = {visit.key for number, visit in enumerate(family.visits) if visits.has(at, number)}
        if keys:
            left += [one for one in findings.of_family(family.key) if one.location.visit in keys | {""}]
    wanted = chosen.get(Facet.CAUSE)
    found = causes(left)
    if wanted:
        found = tuple(one for one in found if any(each.code in wanted for each in (*one.findings, *one.following)))
    return Narrowed(chosen, visits, index.counts(chosen), found)


def _bits_of(places: Iterable[int], count: int) -> int:
    """A number with the bits of these places."""
    held = bytearray(count // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")
