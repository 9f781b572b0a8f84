"""Records as they are gathered from tables, and the families that they make: citizens connected by parenthood."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from msgspec import Struct, field

from ldbu_desktop.journal.model import (
    EMPTY,
    Citizen,
    Contradiction,
    Family,
    Intervention,
    Observation,
    Parenthood,
    School,
    VisitRecord,
)
from ldbu_desktop.mapping.contradictions import united
from ldbu_desktop.mapping.drafts import VisitDraft
from ldbu_desktop.mapping.entries import follows

UNPLACED = "unplaced"
"""The key of the family that has no citizens: records that point to nobody and to no visit."""


class Gathering:
    """All records of one source, by key. Nothing that was read is left out: what can't be placed is kept aside."""

    def __init__(self) -> None:
        self.citizens: dict[str, Citizen] = {}
        self.key_by_cpr: dict[str, str] = {}
        self.parenthoods: list[Parenthood] = []
        self.schools: dict[str, School] = {}
        self.visits: dict[str, VisitDraft] = {}
        self.related: set[tuple[str, str]] = set()
        self.aside: list[VisitRecord] = []
        self.observation_keys: set[str] | None = None
        self._taken: dict[str, set[str]] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._told_again: dict[str, list[Citizen]] = {}

    def add_citizen(self, citizen: Citizen) -> None:
        """Take what one place tells of a citizen; it is united with what others tell when all is gathered."""
        if self.citizens.setdefault(citizen.key, citizen) is not citizen:
            self._told_again.setdefault(citizen.key, []).append(citizen)
        if not citizen.cpr.is_empty:
            self.key_by_cpr.setdefault(citizen.cpr.value or citizen.cpr.raw.strip(), citizen.key)

    def add_contradiction(self, key: str, contradiction: Contradiction) -> None:
        """Take that what is told under the key of a citizen is told of two."""
        known = self.citizens[key]
        self.add_citizen(Citizen(key, known.is_child, origin=known.origin, contradictions=(contradiction,)))

    def add_parenthood(self, parenthood: Parenthood) -> None:
        """Take that one citizen is the parent of another, once."""
        pair = parenthood.parent.value or "", parenthood.child.value or ""
        if pair not in self.related:
            self.related.add(pair)
            self.parenthoods.append(parenthood)

    def place(self, record: VisitRecord, draft: VisitDraft | None) -> None:
        """Put a record at its visit, or aside where there is none."""
        if draft is None:
            self.aside.append(record)
        elif isinstance(record, Observation):
            draft.observations.append(record)
        elif isinstance(record, Intervention):
            draft.interventions.append(record)
        else:
            draft.responses.append(record)

    def observations(self) -> Iterator[Observation]:
        """All observations, those without a visit last."""
        observed = (one for draft in self.visits.values() for one in draft.observations)
        return chain(observed, (one for one in self.aside if isinstance(one, Observation)))

    def known_observation_keys(self) -> set[str]:
        """The keys of all observations. They are gathered when they are asked for: as long as every key follows from
        visit and variable, a visit knows by itself which are taken, and a million keys need not be looked up."""
        if self.observation_keys is None:
            self.observation_keys = self._taken["observation"] = {one.key for one in self.observations()}
        return self.observation_keys

    def free_key(self, kind: str, wanted: str) -> str:
        """``wanted``, or with a number where a record of that kind has it already."""
        taken = self.known_observation_keys() if kind == "observation" else self._taken.setdefault(kind, set())
        key = wanted
        if key in taken:
            # One key may stand in a hundred thousand rows: the last number that was given is known.
            number = self._numbers.get((kind, wanted), 1)
            while key in taken:
                number += 1
                key = f"{wanted} ({number})"
            self._numbers[kind, wanted] = number
        taken.add(key)
        return key

    def settle_parents(self) -> None:
        """Find each visit's only parent: whom a parent's variable is about where nobody is named."""
        parents: dict[str, set[str]] = {}
        for parenthood in self.parenthoods:
            parents.setdefault(parenthood.child.value or "", set()).add(parenthood.parent.value or "")
        only = {child: follows(next(iter(found))) for child, found in parents.items() if len(found) == 1}
        for draft in self.visits.values():
            citizen = self.citizens.get(draft.citizen.value or "")
            is_parent = citizen is not None and not citizen.is_child
            draft.parent = draft.citizen if is_parent else only.get(draft.citizen.value or "") or EMPTY

    def families(self) -> tuple[Family, ...]:
        """The families in the order in which their first record was read. No key is taken any more after it."""
        self._taken.clear()
        self.observation_keys = None
        for key, others in self._told_again.items():
            self.citizens[key] = united(self.citizens[key], *others)
        self._told_again.clear()
        groups = _Groups()
        for key in self.citizens:
            groups.add(key)
        for parenthood in self.parenthoods:
            groups.join(parenthood.parent.value or "", parenthood.child.value or "")
        for draft in self.visits.values():
            groups.add(draft.subject.value or _lone(draft))
        for record in self.aside:
            groups.add(record.subject.value or UNPLACED)
        return tuple(_family(self, group) for group in self._grouped(groups))

    def _grouped(self, groups: _Groups) -> Iterator[_Group]:
        found: dict[str, _Group] = {}

        def group(key: str) -> _Group:
            root = groups.root(key)
            if root not in found:
                found[root] = _Group(root)
            return found[root]

        for key in groups.all():
            group(key)
        for citizen in self.citizens.values():
            group(citizen.key).citizens.append(citizen)
        for parenthood in self.parenthoods:
            group(parenthood.parent.value or "").parenthoods.append(parenthood)
        for draft in self.visits.values():
            group(draft.subject.value or _lone(draft)).visits.append(draft)
        for record in self.aside:
            group(record.subject.value or UNPLACED).aside.append(record)
        yield from found.values()


def _lone(draft: VisitDraft) -> str:
    """The group of a visit that says nothing of whom it is about."""
    return f"visit {draft.key}"


class _Group(Struct):
    key: str
    citizens: list[Citizen] = field(default_factory=list)
    parenthoods: list[Parenthood] = field(default_factory=list)
    visits: list[VisitDraft] = field(default_factory=list)
    aside: list[VisitRecord] = field(default_factory=list)


def _family(gathering: Gathering, group: _Group) -> Family:
    first = next((citizen for citizen in group.citizens if citizen.is_child), None) or next(iter(group.citizens), None)
    schools: dict[str, Any] = {}
    for draft in group.visits:
        key = draft.school.value
        if key is not None and key in gathering.schools:
            schools[key] = gathering.schools[key]
    return Family(
        first.key if first is not None else group.key,
        tuple(group.citizens),
        tuple(group.parenthoods),
        tuple(schools.values()),
        tuple(draft.visit() for draft in group.visits),
        tuple(group.aside),
    )


class _Groups:
    """Keys that belong together, directly or through others."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def add(self, key: str) -> None:
        self._above.setdefault(key, key)

    def all(self) -> Iterator[str]:
        return iter(self._above)

    def root(self, key: str) -> str:
        above = self._above
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    def join(self, key: str, other: str) -> None:
        self.add(key)
        self.add(other)
        self._above[self.root(key)] = self.root(other)
