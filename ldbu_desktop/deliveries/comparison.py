"""Two deliveries held against each other: which resources came, went, changed or are the same, and which verdicts.

Resources go together by type and id where they say the same. Of the others those go together that say the same, then
those with the same id, and then those that tell of the same: of one citizen by CPR number, of one school by its number,
of one relative by whose it is, of one visit, plan or response by what it is, when and whose, of an observation by what
was observed, when, of whom and at which visit.
References follow: one to a resource under another id is the same reference. What a delivery tells several times is the
same where the other tells the same of it, in whatever order; else it is compared from its latest telling.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import msgspec

from ldbu_desktop.deliveries.content import digest, digest_of, in_one_form, plain
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
from ldbu_desktop.deliveries.packing import packed, text_of, unpacked
from ldbu_desktop.findings.model import Finding

_REFERRED_FIRST: Final = (PATIENT, LOCATION, RELATED, CARE_PLAN, ENCOUNTER, OBSERVATION, RESPONSE)
_KNOWN_BY: Final = {LOCATION: "identifier", RELATED: "relationship"}
"""What tells which school it is, and which relative of a citizen."""
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


class Telling(msgspec.Struct, frozen=True, gc=False):
    """A resource as one report tells it, made at a time: packed, with where it stands and what it tells of.

    A delivery has more of them than of anything else, so each is one flat object.
    """

    time: float
    file: str
    at: str
    packed: bytes
    what: bytes
    citizen: str
    visit: str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.at)

    @property
    def resource(self) -> dict[str, Any]:
        """What it says."""
        return unpacked(self.packed)


@dataclass(slots=True)
class DeliverySide:
    """What one delivery tells. It is kept packed: memory grows by some 500 bytes a telling.

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
            self._take(instance.key, _telling(report, instance, resource))
        about = _about(report)
        self.accepted[about] = self.accepted.get(about, True) and report.is_accepted
        for entry, path, finding in errors:
            whom = by_entry.get(entry, about)
            self.findings.setdefault(Mark(finding.code, finding.rule, whom, path), finding)

    def _take(self, key: Key, told: Telling) -> None:
        if (known := self.tellings.get(key)) is not None:
            known.append(told)
        else:
            self.tellings[key] = [told]

    def arrange(self) -> None:
        """Put the tellings of each resource in the order of their times, and leave out those that say nothing new."""
        for told in self.tellings.values():
            if len(told) > 1:
                told.sort(key=lambda one: (one.time, one.packed))
                told[:] = (one for at, one in enumerate(told) if not at or told[at - 1].packed != one.packed)


def _telling(report: Report, instance: Instance, resource: Json) -> Telling:
    """What a report tells by an instance; the ids in it are held once for all that name them."""
    fact, place = _fact(instance, resource), report.place(instance)
    citizen, visit = sys.intern(fact.citizen), sys.intern(fact.visit)
    return Telling(report.time or 0.0, place.file, sys.intern(place.at), packed(resource), fact.what, citizen, visit)


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
    telling: Telling

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.telling.place

    @property
    def resource(self) -> Json:
        """What it says."""
        return self.telling.resource


class Changed(NamedTuple):
    """A resource that both tell, and differently; ``after_id`` is its id in the later one."""

    key: Key
    after_id: str
    was: Telling
    now: Telling
    fields: tuple[FieldChange, ...]

    @property
    def before(self) -> Place:
        """Where it stands in the first."""
        return self.was.place

    @property
    def after(self) -> Place:
        """Where it stands in the later one."""
        return self.now.place

    @property
    def resource(self) -> Json:
        """What it says in the first."""
        return self.was.resource


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
    before.arrange()
    after.arrange()
    was, now = before.tellings, after.tellings
    pairs = _paired(was, now)
    renamed = {key: other for key, other in pairs.items() if key != other}
    changed = []
    for key in filter(pairs.__contains__, now):
        other = pairs[key]
        if (change := _changed(other, key, was[other], now[key], renamed)) is not None:
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
        gone=tuple(Lone(key, told[-1]) for key, told in was.items() if key not in met),
        added=tuple(Lone(key, told[-1]) for key, told in now.items() if key not in pairs),
        changed=tuple(changed),
        verdicts=tuple(
            VerdictChange(about, accepted[about])
            for about, is_accepted in before.accepted.items()
            if about in accepted and accepted[about] != is_accepted
        ),
        went=tuple((mark, finding) for mark, finding in before.findings.items() if mark not in found),
        came=tuple((mark, finding) for mark, finding in found.items() if mark not in before.findings),
    )


Names = Mapping[Key, Key]
"""The keys of resources in the first delivery by those in the second."""


def _paired(was: Mapping[Key, list[Telling]], now: Mapping[Key, list[Telling]]) -> dict[Key, Key]:
    """The keys of the second by those of the first that they go with.

    What says the same goes together before what has the same id: several answers at one visit may have changed ids.
    """
    pairs: dict[Key, Key] = {}
    for type in dict.fromkeys((*_REFERRED_FIRST, *sorted({type for type, _ in (*was, *now)}))):
        here, there = ({key: told[-1] for key, told in side.items() if key[0] == type} for side in (was, now))
        pairs |= _paired_of_type(here, there, pairs)
    return pairs


def _paired_of_type(was: dict[Key, Telling], now: dict[Key, Telling], names: Names) -> dict[Key, Key]:
    """The pairs of one type, in order of what tells most; ``names`` are those of the types before it."""
    pairs = {key: key for key, told in now.items() if key in was and was[key].packed == told.packed}
    for identity in (_said, None, _told_of):
        met = set(pairs.values())
        there = [key for key in now if key not in pairs]
        if identity is None:
            pairs.update((key, key) for key in there if key in was and key not in met)
            continue
        waiting: dict[object, list[Key]] = defaultdict(list)
        for key, told in was.items():
            if key not in met and (name := identity(told, {})) is not None:
                waiting[name].append(key)
        for key in there:
            fitting = waiting.get(identity(now[key], names)) if waiting else None
            if fitting:
                pairs[key] = fitting.pop(fitting.index(key) if key in fitting else 0)
    return pairs


def _said(told: Telling, names: Names) -> object:
    """A digest of all that a resource says."""
    return digest_of(in_one_form(_renamed(told.resource, names)) if names else text_of(told.packed))


def _told_of(told: Telling, names: Names) -> object | None:
    """What a resource tells of, whatever it tells of it."""
    if not told.what:
        return None
    citizen = (PATIENT, told.citizen)
    return told.what, names.get(citizen, citizen), _referred(told.visit, names)


def _renamed(value: Any, names: Names) -> Any:
    """A value with references under the ids of the other delivery, in one form."""
    return plain(_referring(value, names))


def _referring(value: Any, names: Names) -> Any:
    if isinstance(value, list):
        return [_referring(one, names) for one in value]
    if isinstance(value, dict):
        return {
            name: _referred(one, names) if name == "reference" and isinstance(one, str) else _referring(one, names)
            for name, one in value.items()
        }
    return value


def _referred(reference: str, names: Names) -> str:
    """A reference as the other delivery writes it."""
    type, _, id = reference.partition("/")
    other = names.get((type, id))
    return "/".join(other) if other is not None else reference


def _changed(key: Key, other: Key, was: Sequence[Telling], now: Sequence[Telling], names: Names) -> Changed | None:
    """What differs between the tellings of a resource, the latest first; nothing where none does."""
    if not names and {one.packed for one in was} == {one.packed for one in now}:
        return None
    old, new = [one.resource for one in was], [_renamed(one.resource, names) for one in now]
    if set(map(in_one_form, old)) == set(map(in_one_form, new)):
        return None
    for back in range(1, min(len(was), len(now)) + 1):
        if fields := field_changes(old[-back], new[-back]):
            return Changed(key, other[1], was[-back], now[-back], fields)
    often = FieldChange(TELLINGS, (len(was),), (len(now),))
    return Changed(key, other[1], was[-1], now[-1], (often,))
