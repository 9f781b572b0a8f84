"""What is kept of a report for looking at many of them together, and what is found there, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import msgspec

from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Finding, Severity

Key = tuple[str, str]
"""A resource's type and id: what its instances have in common."""

PATIENT, RELATED, LOCATION = "Patient", "RelatedPerson", "Location"
ENCOUNTER, OBSERVATION, CARE_PLAN, RESPONSE = "Encounter", "Observation", "CarePlan", "QuestionnaireResponse"
CARRIED = frozenset((PATIENT, RELATED, LOCATION))
"""What goes along with whatever refers to it, again and again."""


class Instance(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A resource as one report tells it.

    ``entry`` is its place in its report. ``whole`` is a digest of its content (all but status, profile, narrative and
    display), ``core`` of its content but for references that may be left out and the end of an observed period, which
    are ``references`` (each the element, ``Type/id``) and ``end``. ``citizen`` is the id of the Patient that it is
    about, a Patient's own id of a Patient. ``fact`` is a digest of what it tells of whomever, empty where that is
    nothing by which it could be told twice. ``start`` is its moment: seconds since 1970, or None; ``day`` the Danish
    day of it (an ordinal, 0 where there is none). ``latest`` is the last event that it tells, as seconds or, where only
    a day is told, its first second in Denmark. ``codes`` are codes without their systems: of an encounter its types.
    """

    entry: int
    type: str
    id: str
    status: str
    is_void: bool
    whole: bytes
    core: bytes
    references: tuple[tuple[str, str], ...] = ()
    end: str = ""
    citizen: str = ""
    fact: bytes = b""
    start: float | None = None
    day: int = 0
    latest: float | None = None
    codes: tuple[str, ...] = ()
    visit_class: str = ""
    cpr: str = ""
    organisation: str = ""

    @property
    def key(self) -> Key:
        """Type and id."""
        return self.type, self.id

    @property
    def name(self) -> str:
        """Type and id, as a reference is written."""
        return f"{self.type}/{self.id}"


class Report(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A report of a history: where it stands, when it was made, whether the gateway would take it, and what it tells.

    ``outer`` is its entry in an incremental delivery, -1 where it stands alone. ``time`` is its timestamp in seconds
    since 1970, None where it has none that can be read; ``night`` the Danish night that it was made in, which runs from
    noon to noon, as the ordinal of the day that it follows, 0 without a time.
    """

    file: str
    outer: int
    id: str
    time: float | None
    night: int
    is_accepted: bool
    instances: tuple[Instance, ...]
    number: int = 0

    def place(self, instance: Instance | None = None) -> Place:
        """Where an instance stands in it; where it stands itself."""
        steps = [] if self.outer < 0 else [self.outer]
        if instance is not None:
            steps.append(instance.entry)
        return Place(self.file, "Bundle" + "".join(f".entry[{step}].resource" for step in steps))


class Place(NamedTuple):
    """A place in a report: the file, with its number where it has several, and the FHIRPath."""

    file: str
    at: str


NO_PLACE = Place("", "")
"""Where nothing stands."""


class HistoryFinding(Finding, frozen=True):
    """Something that is wrong with a sequence of reports though each may be right by itself.

    ``earlier`` and ``later`` are the two places that do not go together; ``citizen`` is whom it is about, by CPR number
    or id, never shown as it is. ``weight`` is how much it weighs here where that differs from the rest of its code.
    """

    earlier: Place = NO_PLACE
    later: Place = NO_PLACE
    citizen: str = ""
    weight: Severity | None = None

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return self.weight or type_of(self).severity


class TimelineEvent(NamedTuple):
    """What a report does to a resource about a citizen. ``kind`` is that of the event, ``failed`` where the gateway
    rejects the report, so that nothing is told; ``time`` is the report's timestamp in seconds since 1970; ``codes`` say
    what is observed, done or visited for.
    """

    time: float | None
    place: Place
    kind: str
    type: str
    citizen: str
    codes: tuple[str, ...]


@dataclass(slots=True)
class OtherEdition:
    """Reports that are written for another edition of the standard or for another guide: the first file, what is found
    of it, and how many they are. ``is_guide``: they are of another guide, and not looked at."""

    file: str
    finding: Finding
    is_guide: bool
    reports: int = 0


@dataclass(slots=True)
class HistoryCounts:
    """What a history consists of. ``failed`` are reports that the gateway rejects, ``unread`` files without report.

    ``others`` are the reports of other editions, by edition; ``passed_over`` files that are no report and that nobody
    asked for by name, with why: they change no answer.
    """

    reports: int = 0
    failed: int = 0
    citizens: int = 0
    resources: int = 0
    unread: int = 0
    first: date | None = None
    last: date | None = None
    findings: dict[str, int] = field(default_factory=dict)
    others: dict[str, OtherEdition] = field(default_factory=dict)
    passed_over: list[tuple[str, Fault]] = field(default_factory=list)


class SmallestCase(NamedTuple):
    """A visit that would exercise something: its type and class, and what is filled at it beside what is asked for.

    What is empty may be any that fits. ``is_missing``: the variable has no value, with a reason; ``is_left_out``: it is
    not there at all. ``is_period``: it is told for a period. ``subject`` is ``child`` or ``parent`` where it may be of
    either, ``unit`` the UCUM code that its number is in.
    """

    visit_type: str = ""
    visit_class: str = ""
    variable: str = ""
    value: str = ""
    questionnaire: str = ""
    is_missing: bool = False
    is_left_out: bool = False
    is_period: bool = False
    subject: str = ""
    unit: str = ""
