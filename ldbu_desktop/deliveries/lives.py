"""The life of every resource of a family: told, told again, changed, voided, in the order of the reports.

A report that breaks a rule of the gateway tells nothing: its instances are kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ldbu_desktop.deliveries.model import PATIENT, Instance, Key, Place, Report, TimelineEvent


class EventKind(StrEnum):
    """What a report does to a resource.

    ``AGAIN`` is the same content, ``VOIDED_AGAIN`` a void of what was voided and not told since, ``VOIDED_UNKNOWN`` of
    what was never told, ``REVIVED`` the telling of what was voided.
    """

    FIRST = "first"
    AGAIN = "again"
    CHANGED = "changed"
    VOIDED = "voided"
    VOIDED_AGAIN = "voided-again"
    VOIDED_UNKNOWN = "voided-unknown"
    REVIVED = "revived"


class Telling(NamedTuple):
    """An instance and the report that tells it."""

    report: Report
    instance: Instance

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.report.place(self.instance)


class Event(NamedTuple):
    """What a report does to a resource, with the telling before it, if any."""

    kind: EventKind
    telling: Telling
    before: Telling | None

    @property
    def report(self) -> Report:
        """The report."""
        return self.telling.report

    @property
    def instance(self) -> Instance:
        """The instance."""
        return self.telling.instance

    @property
    def is_void(self) -> bool:
        """Whether it newly voids a resource, known or unknown."""
        return self.kind in (EventKind.VOIDED, EventKind.VOIDED_UNKNOWN)


@dataclass(slots=True)
class Life:
    """The accepted tellings of one resource in their order."""

    key: Key
    tellings: list[Telling] = field(default_factory=list)

    @property
    def first(self) -> Telling:
        """Where it was told first."""
        return self.tellings[0]

    @property
    def latest(self) -> Telling:
        """Where it was told last."""
        return self.tellings[-1]

    @property
    def stands(self) -> bool:
        """Whether it is not voided."""
        return not self.latest.instance.is_void

    def at(self, night: int) -> Telling | None:
        """Its latest telling when a night was over."""
        return next((told for told in reversed(self.tellings) if told.report.night <= night), None)

    def is_voided_by(self, night: int) -> bool:
        """Whether it was voided when a night was over."""
        told = self.at(night)
        return told is not None and told.instance.is_void


@dataclass(slots=True)
class Family:
    """Reports that have a citizen or a resource in common, in the order of their timestamps, and what became of each.

    ``failed`` are the tellings of rejected reports by resource, ``cprs`` the latest CPR number of each Patient.
    """

    reports: Sequence[Report]
    lives: dict[Key, Life] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    failed: dict[Key, list[Telling]] = field(default_factory=lambda: defaultdict(list))
    cprs: dict[str, str] = field(default_factory=dict)

    def whom(self, instance: Instance) -> str:
        """Whom an instance is about: a CPR number, or the Patient's id where nobody tells one."""
        return instance.cpr or self.cprs.get(instance.citizen) or instance.citizen

    def standing(self) -> Iterator[Life]:
        """The resources that are not voided, in the order in which they were told first."""
        return (life for life in self.lives.values() if life.stands)


def timeline_of(family: Family) -> list[TimelineEvent]:
    """What each report does to each resource, in the order of the reports."""
    found = [
        *((event.kind.value, event.telling) for event in family.events),
        *((FAILED, telling) for tellings in family.failed.values() for telling in tellings),
    ]
    found.sort(key=lambda one: one[1].report.number)
    return [
        TimelineEvent(
            told.report.time,
            told.place,
            kind,
            told.instance.type,
            family.whom(told.instance),
            told.instance.codes,
        )
        for kind, told in found
    ]


FAILED = "failed"
"""What becomes of what a rejected report says."""


def family_of(reports: Sequence[Report]) -> Family:
    """What became of each resource in ``reports``, which are in their order."""
    family = Family(reports)
    for report in reports:
        for instance in report.instances:
            if instance.type == PATIENT and instance.cpr:
                family.cprs.setdefault(instance.id, instance.cpr)
        if not report.is_accepted:
            for instance in report.instances:
                family.failed[instance.key].append(Telling(report, instance))
            continue
        for instance in report.instances:
            if instance.type == PATIENT and instance.cpr:
                family.cprs[instance.id] = instance.cpr
        for instance in _voids_first(report.instances):
            _take(family, Telling(report, instance))
    return family


def _voids_first(instances: Iterable[Instance]) -> list[Instance]:
    """A report is one statement: what it voids is voided before what it tells is told, in whatever order they stand."""
    return sorted(instances, key=lambda one: not one.is_void)


def _take(family: Family, telling: Telling) -> None:
    instance = telling.instance
    life = family.lives.get(instance.key)
    if life is None:
        kind = EventKind.VOIDED_UNKNOWN if instance.is_void else EventKind.FIRST
        life = family.lives[instance.key] = Life(instance.key)
        before = None
    else:
        before = life.latest
        was_void = before.instance.is_void
        if was_void and instance.is_void and before.report is telling.report:
            kind = EventKind.AGAIN
        elif instance.is_void:
            kind = EventKind.VOIDED_AGAIN if was_void else EventKind.VOIDED
        elif was_void:
            kind = EventKind.REVIVED
        else:
            kind = EventKind.AGAIN if before.instance.whole == instance.whole else EventKind.CHANGED
    life.tellings.append(telling)
    family.events.append(Event(kind, telling, before))
