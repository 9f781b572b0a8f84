"""Two deliveries held against each other: which resources came, went, changed or are the same, and which verdicts.

Resources go together by type and id where they say the same. Of the others those go together that say the same, then
those with the same id, and then those that tell of the same: of one citizen by CPR number, of one school by its number,
of one relative by whose it is, of one visit, plan or response by what it is, when and whose, of an observation by what
was observed, when, of whom and at which visit.
References follow: one to a resource under another id is the same reference. What a delivery tells several times is the
same where the other tells the same of it, in whatever order; else it is compared from its latest telling.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import msgspec

from ldbu_desktop.deliveries.content import digest, plain
from ldbu_desktop.deliveries.field_changes import FieldChange, Json, comparable, field_changes
from ldbu_desktop.deliveries.model import (
    CARE_PLAN,
    CARRIED,
    ENCOUNTER,
    LOCATION,
    OBSERVATION,
    PATIENT,
    RELATED,
    RESPONSE,
    Instance,
    Key,
    Place,
    Report,
)
from ldbu_desktop.findings.model import Finding

_REFERRED_FIRST: Final = (PATIENT, LOCATION, RELATED, CARE_PLAN, ENCOUNTER, OBSERVATION, RESPONSE)
_KNOWN_BY: Final = {LOCATION: "identifier", RELATED: "relationship"}
"""What tells which school it is, and which relative of a citizen."""
_encode: Final = msgspec.json.Encoder(order="sorted").encode
_QUICKLY: Final = 1
NOBODY: Final[Key] = ("", "")
"""What a finding is about that is about no resource."""
TELLINGS: Final = "tellings"
"""The path of what differs where a resource is told more often, and otherwise the same."""


class Mark(NamedTuple):
    """What a finding is known by on both sides: its code, rule and field, and the resource that it is about."""

    code: str
    rule: str
    about: Key
    element: str


class _Fact(NamedTuple):
    """What a resource tells of: a digest, whom it is about and at which visit; nothing where the digest is empty."""

    what: bytes
    citizen: str
    visit: str


class Telling(NamedTuple):
    """A resource as one report tells it, made at a time."""

    time: float
    place: Place
    packed: bytes
    fact: _Fact

    @property
    def resource(self) -> dict[str, Any]:
        """What it says."""
        told: dict[str, Any] = msgspec.json.decode(zlib.decompress(self.packed))
        return told


@dataclass(slots=True)
class DeliverySide:
    """What one delivery tells. It is kept packed: memory grows by some hundred bytes a telling.

    ``accepted`` is whether every report about a visit would be accepted, by the visit or what a report without any is
    about; ``findings`` are a sample of each.
    """

    tellings: dict[Key, list[Telling]] = field(default_factory=dict)
    accepted: dict[Key, bool] = field(default_factory=dict)
    findings: dict[Mark, Finding] = field(default_factory=dict)
    reports: int = 0
    rejected: int = 0

    def add(self, value: Json, report: Report, errors: Iterable[tuple[int, str, Finding]]) -> None:
        """Take a report of the bundle ``value``; ``errors`` are at an entry of it (-1: at none) and a path inside."""
        bundle = value if report.outer < 0 else value["entry"][report.outer]["resource"]
        self.reports += 1
        self.rejected += not report.is_accepted
        by_entry: dict[int, Key] = {}
        for instance in report.instances:
            by_entry[instance.entry] = instance.key
            resource = {"resourceType": instance.type, **comparable(bundle["entry"][instance.entry]["resource"])}
            packed = zlib.compress(_encode(resource), _QUICKLY)
            told = Telling(report.time or 0.0, report.place(instance), packed, _fact(instance, resource))
            self.tellings.setdefault(instance.key, []).append(told)
        about = _about(report)
        self.accepted[about] = self.accepted.get(about, True) and report.is_accepted
        for entry, path, finding in errors:
            whom = by_entry.get(entry, about)
            self.findings.setdefault(Mark(finding.code, finding.rule, whom, path), finding)

    def arranged(self) -> dict[Key, list[Telling]]:
        """The tellings of each resource in the order of their times, those that say nothing new left out."""
        arranged = {}
        for key, told in self.tellings.items():
            kept: list[Telling] = []
            for one in sorted(told, key=lambda one: (one.time, one.packed)):
                if not kept or kept[-1].packed != one.packed:
                    kept.append(one)
            arranged[key] = kept
        return arranged


def _fact(instance: Instance, resource: Json) -> _Fact:
    what = instance.fact
    if (known_by := _KNOWN_BY.get(instance.type)) is not None:
        told = resource.get(known_by)
        return _Fact(digest(instance.type, told) if told else b"", instance.citizen, "")
    visit = ""
    if instance.type == PATIENT:
        return _Fact(digest(instance.cpr) if instance.cpr else b"", "", "")
    if instance.type == OBSERVATION:
        what = digest(sorted(instance.codes), instance.start) if instance.codes and instance.start is not None else b""
        visit = next((target for name, target in instance.references if name == "encounter"), "")
    return _Fact(what, instance.citizen, visit)


def _about(report: Report) -> Key:
    """What a report is about: its first visit, or else the first that it does not only carry along."""
    visits = [one for one in report.instances if one.type == ENCOUNTER]
    clinical = [one for one in report.instances if one.type not in CARRIED]
    return next((one.key for one in (*visits, *clinical, *report.instances)), NOBODY)


# --- what comes out


class Lone(NamedTuple):
    """A resource that only one of the deliveries tells."""

    key: Key
    place: Place
    resource: Json


class Changed(NamedTuple):
    """A resource that both tell, and differently; ``after_id`` is its id in the later one."""

    key: Key
    after_id: str
    before: Place
    after: Place
    resource: Json
    fields: tuple[FieldChange, ...]


class VerdictChange(NamedTuple):
    """What is accepted in one delivery and rejected in the other, by its visit."""

    about: Key
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class DeliveryComparison:
    """What differs between two deliveries; ``same`` counts what does not, ``renamed`` what has another id.

    ``renamed`` are ids of the first by those of the second. ``came`` and ``went`` are findings of one delivery only.
    """

    reports: tuple[int, int]
    rejected: tuple[int, int]
    same: int
    renamed: Mapping[Key, Key]
    gone: tuple[Lone, ...]
    added: tuple[Lone, ...]
    changed: tuple[Changed, ...]
    verdicts: tuple[VerdictChange, ...]
    went: tuple[tuple[Mark, Finding], ...]
    came: tuple[tuple[Mark, Finding], ...]

    @property
    def differs(self) -> bool:
        """Whether anything differs but ids."""
        return bool(self.gone or self.added or self.changed or self.verdicts or self.went or self.came)


def compared(before: DeliverySide, after: DeliverySide) -> DeliveryComparison:
    """What came, went and changed from one delivery to another."""
    was, now = before.arranged(), after.arranged()
    pairs = _paired(was, now)
    renamed = {key: other for key, other in pairs.items() if key != other}
    names = {f"{type}/{id}": f"{other}/{other_id}" for (type, id), (other, other_id) in renamed.items()}
    changed = []
    for key in filter(pairs.__contains__, now):
        other = pairs[key]
        if (change := _changed(other, key, was[other], now[key], names)) is not None:
            changed.append(change)
    met = set(pairs.values())

    def named(about: Key) -> Key:
        return renamed.get(about, about)

    accepted = {named(about): is_accepted for about, is_accepted in after.accepted.items()}
    found = {mark._replace(about=named(mark.about)): finding for mark, finding in after.findings.items()}
    return DeliveryComparison(
        reports=(before.reports, after.reports),
        rejected=(before.rejected, after.rejected),
        same=len(pairs) - len(changed),
        renamed=renamed,
        gone=tuple(_lone(key, told[-1]) for key, told in was.items() if key not in met),
        added=tuple(_lone(key, told[-1]) for key, told in now.items() if key not in pairs),
        changed=tuple(changed),
        verdicts=tuple(
            VerdictChange(about, accepted[about])
            for about, is_accepted in before.accepted.items()
            if about in accepted and accepted[about] != is_accepted
        ),
        went=tuple((mark, finding) for mark, finding in before.findings.items() if mark not in found),
        came=tuple((mark, finding) for mark, finding in found.items() if mark not in before.findings),
    )


def _lone(key: Key, told: Telling) -> Lone:
    return Lone(key, told.place, told.resource)


def _paired(was: Mapping[Key, list[Telling]], now: Mapping[Key, list[Telling]]) -> dict[Key, Key]:
    """The keys of the second by those of the first that they go with.

    What says the same goes together before what has the same id: several answers at one visit may have changed ids.
    """
    pairs = {key: key for key in now if key in was and was[key][-1].packed == now[key][-1].packed}
    types = dict.fromkeys((*_REFERRED_FIRST, *sorted({type for type, _ in (*was, *now)})))
    for type in types:
        names = {f"{one}/{id}": f"{other}/{other_id}" for (one, id), (other, other_id) in pairs.items()}
        for identity in (_said, None, _told_of):
            met = set(pairs.values())
            here = [key for key in was if key[0] == type and key not in met]
            there = [key for key in now if key[0] == type and key not in pairs]
            if identity is None:
                pairs.update((key, key) for key in there if key in was and key not in met)
                continue
            waiting: dict[object, list[Key]] = defaultdict(list)
            for key in here:
                if (name := identity(was[key][-1], {})) is not None:
                    waiting[name].append(key)
            for key in there:
                fitting = waiting.get(identity(now[key][-1], names)) if waiting else None
                if fitting:
                    pairs[key] = fitting.pop(fitting.index(key) if key in fitting else 0)
    return pairs


def _said(told: Telling, names: Mapping[str, str]) -> object:
    """All that a resource says."""
    return _encode(_renamed(told.resource, names)) if names else zlib.decompress(told.packed)


def _told_of(told: Telling, names: Mapping[str, str]) -> object | None:
    """What a resource tells of, whatever it tells of it."""
    what, citizen, visit = told.fact
    whom = names.get(f"{PATIENT}/{citizen}", f"{PATIENT}/{citizen}")
    return (what, whom, names.get(visit, visit)) if what else None


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A value with references under the ids of the other delivery, in one form."""
    return plain(_referring(value, names))


def _referring(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_referring(one, names) for one in value]
    if isinstance(value, dict):
        return {
            name: names.get(one, one) if name == "reference" and isinstance(one, str) else _referring(one, names)
            for name, one in value.items()
        }
    return value


def _changed(key: Key, other: Key, was: list[Telling], now: list[Telling], names: Mapping[str, str]) -> Changed | None:
    """What differs between the tellings of a resource, the latest first; nothing where none does."""
    if not names and {one.packed for one in was} == {one.packed for one in now}:
        return None
    old, new = [one.resource for one in was], [_renamed(one.resource, names) for one in now]
    if set(map(_encode, old)) == set(map(_encode, new)):
        return None
    for back in range(1, min(len(was), len(now)) + 1):
        if fields := field_changes(old[-back], new[-back]):
            return Changed(key, other[1], was[-back].place, now[-back].place, old[-back], fields)
    often = FieldChange(TELLINGS, (len(was),), (len(now),))
    return Changed(key, other[1], was[-1].place, now[-1].place, old[-1], (often,))
