"""The domain: families with their citizens, visits, observations, interventions and questionnaire responses.

Whatever a journal says is kept here with the place that it came from, also when it can't be read. Nothing is judged:
that is for ``findings``. All values are frozen; an edit makes a new record (``msgspec.structs.replace``). No record
holds what holds it: the collector of cycles need not know them (``gc=False``), and there may be a million.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct

from ldbu_desktop.account import Account

NO_COLUMN = -1

T_co = TypeVar("T_co", covariant=True)
Moment = date | datetime
"""A day, or a point in time with its time zone."""


class Entry(Struct, Generic[T_co], frozen=True, gc=False, array_like=True):
    """One value as it was read: ``value`` is None where nothing stands or where it can't be read.

    ``raw`` is the text as it stood in the file; it is empty where the value was not written but follows from others
    (an observation without a time of its own has its visit's). ``column`` counts from 0; it is ``NO_COLUMN`` where
    there is no table.
    """

    value: T_co | None = None
    raw: str = ""
    column: int = NO_COLUMN

    @property
    def is_unreadable(self) -> bool:
        """Something is written that could not be read."""
        return self.value is None and self.raw != ""

    @property
    def is_empty(self) -> bool:
        """Nothing is written and nothing follows."""
        return self.value is None and self.raw == ""


EMPTY: Entry[Any] = Entry()


class Origin(Struct, frozen=True, gc=False, order=True, array_like=True):
    """Where a record was read: a row of a sheet (counted from 1), or a FHIRPath and line of a JSON file."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    path: str = ""
    line: int = 0


NOWHERE = Origin()


class Carried(Struct, frozen=True):
    """What a FHIR resource said beyond what the journal models, so that writing it again says the same.

    ``remainder`` is what has to be laid over the resource that we would build to get the resource that was read.
    """

    resource_id: str
    full_url: str
    remainder: Mapping[str, Any]


class Contradiction(Struct, frozen=True):
    """That two places say different things under one key: of ``part``, ``said`` at ``origin`` and ``other`` elsewhere.

    ``part`` is the id of the variable, as ``citizen.cpr``; ``citizen.role`` is whether it is a child or a parent.
    """

    part: str
    said: Entry[Any]
    origin: Origin
    other: Entry[Any]
    other_origin: Origin


class Citizen(Struct, frozen=True, gc=False):
    """A child or a parent. ``cpr`` is ten digits; ``organisation`` the municipality's SOR code.

    ``contradictions`` are what the file says otherwise of the same key: then nobody knows who is meant.

    ``gestation`` is how long the pregnancy was when a child was born, as ``34+2`` weeks and days. No report has it: it
    corrects the age by which the growth of a child born too early is seen.

    ``name`` is what people call somebody, ``kin`` what a parent is (:class:`~ldbu_desktop.journal.people.Kin`) and
    ``sibling`` which of the siblings a child is, from 1. They are there for people to know each other by: no report,
    export or page for others has them.
    """

    key: str
    is_child: bool
    cpr: Entry[str] = EMPTY
    organisation: Entry[str] = EMPTY
    active: Entry[bool] = EMPTY
    origin: Origin = NOWHERE
    carried: Carried | None = None
    gestation: Entry[str] = EMPTY
    contradictions: tuple[Contradiction, ...] = ()
    name: Entry[str] = EMPTY
    kin: Entry[str] = EMPTY
    sibling: Entry[int] = EMPTY


class Parenthood(Struct, frozen=True, gc=False):
    """That one citizen (``parent``) is the parent of another (``child``), both by key: FHIR's RelatedPerson."""

    key: str
    parent: Entry[str] = EMPTY
    child: Entry[str] = EMPTY
    relationship: Entry[str] = EMPTY
    active: Entry[bool] = EMPTY
    origin: Origin = NOWHERE
    carried: Carried | None = None


class School(Struct, frozen=True, gc=False):
    """A school by its number in the institution register."""

    key: str
    identifier: Entry[str] = EMPTY
    status: Entry[str] = EMPTY
    origin: Origin = NOWHERE
    carried: Carried | None = None


class Observation(Struct, frozen=True, gc=False):
    """One observation of one citizen, an exam finding (variable ``exam-result``) included.

    ``variable`` is the variable's id; ``value`` a number in ``unit`` or a code; ``end`` is only for feeding periods.
    """

    key: str
    variable: Entry[str] = EMPTY
    subject: Entry[str] = EMPTY
    value: Entry[Decimal | str] = EMPTY
    unit: Entry[str] = EMPTY
    missing_reason: Entry[str] = EMPTY
    start: Entry[Moment] = EMPTY
    end: Entry[Moment] = EMPTY
    is_period: bool = False
    status: Entry[str] = EMPTY
    origin: Origin = NOWHERE
    carried: Carried | None = None


class Intervention(Struct, frozen=True, gc=False):
    """A need-based intervention for a citizen, with the conditions that are its reasons."""

    key: str
    subject: Entry[str] = EMPTY
    code: Entry[str] = EMPTY
    reasons: tuple[Entry[str], ...] = ()
    start: Entry[Moment] = EMPTY
    end: Entry[Moment] = EMPTY
    status: Entry[str] = EMPTY
    activity_status: Entry[str] = EMPTY
    origin: Origin = NOWHERE
    carried: Carried | None = None


class Answer(Struct, frozen=True, gc=False):
    """The answer to one question. ``value`` is a whole number, a yes or no, or an answer's text."""

    link_id: Entry[str] = EMPTY
    value: Entry[int | bool | str] = EMPTY
    origin: Origin = NOWHERE


class QuestionnaireResponse(Struct, frozen=True, gc=False):
    """A filled questionnaire; ``questionnaire`` is its id in the catalogue."""

    key: str
    questionnaire: Entry[str] = EMPTY
    subject: Entry[str] = EMPTY
    authored: Entry[Moment] = EMPTY
    informer: Entry[str] = EMPTY
    status: Entry[str] = EMPTY
    answers: tuple[Answer, ...] = ()
    origin: Origin = NOWHERE
    carried: Carried | None = None


VisitRecord = Observation | Intervention | QuestionnaireResponse
"""What is recorded at a visit."""


class Obstacle(Struct, frozen=True):
    """What keeps an observation from fitting its nearest profile: a finding of conformance by code, as values."""

    code: str
    rule: str
    path: str
    found: str = ""
    facts: Mapping[str, str] = {}


class Rejection(Struct, frozen=True):
    """Something for which the report that a visit was read from would be rejected: what conformance found, by ``code``.

    ``rule`` is the official one, ``path`` a FHIRPath from the text's bundle and ``line`` where that stands in the file;
    ``record`` the key of the record that it is about, if there is one. ``found`` is what stood there, with CPR numbers
    masked; ``facts`` and ``obstacles`` fill the texts of the code when it is told.
    """

    code: str
    rule: str
    path: str
    line: int = 0
    record: str = ""
    found: str = ""
    facts: Mapping[str, str] = {}
    obstacles: tuple[Obstacle, ...] = ()


class Refusal(Struct, frozen=True):
    """Why the report that a visit was read from would be rejected, as long as the visit is what ``digest`` is of.

    It has no ``rejections`` where the report would be accepted.
    """

    rejections: tuple[Rejection, ...] = ()
    digest: str = ""


class Visit(Struct, frozen=True, gc=False):
    """One contact with a citizen, and all that was recorded at it.

    ``type`` is the visit type's code, ``school`` and ``based_on`` are keys of a school and of interventions.
    ``contradictions`` are what another visit with the same key says otherwise.
    ``refusal`` is there where it was read from a report, and says what conformance made of that.
    """

    key: str
    subject: Entry[str] = EMPTY
    type: Entry[str] = EMPTY
    visit_class: Entry[str] = EMPTY
    status: Entry[str] = EMPTY
    start: Entry[Moment] = EMPTY
    end: Entry[Moment] = EMPTY
    school: Entry[str] = EMPTY
    based_on: tuple[Entry[str], ...] = ()
    observations: tuple[Observation, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    responses: tuple[QuestionnaireResponse, ...] = ()
    origin: Origin = NOWHERE
    carried: Carried | None = None
    contradictions: tuple[Contradiction, ...] = ()
    refusal: Refusal | None = None

    @property
    def records(self) -> tuple[VisitRecord, ...]:
        """All that was recorded at the visit."""
        return (*self.observations, *self.interventions, *self.responses)


Record = Citizen | Parenthood | School | Visit | VisitRecord


class Acceptance(Struct, frozen=True, gc=False):
    """That something which was found is right as it is, for a ``reason``, as long as it is what it was.

    ``code`` is that of the finding; the keys and the ids of part and variable say where, none of them for what is about
    whole files. ``value`` is what stood there and ``basis`` a digest of what else it was found by, empty where that
    makes no difference. ``role`` is by whom: what somebody is, not who.
    """

    code: str
    family: str = ""
    visit: str = ""
    record: str = ""
    variable: str = ""
    field: str = ""
    value: str = ""
    basis: str = ""
    reason: str = ""
    role: str = ""
    at: datetime | None = None


class Family(Struct, frozen=True, gc=False):
    """Citizens who belong together by parenthood, and their visits in the order of the file.

    ``unplaced`` are records that point to no visit that is there: they are shown and counted, and can't be sent.
    ``accepted`` is what of all that is found there was looked at and is right as it is.
    """

    key: str
    citizens: tuple[Citizen, ...]
    parenthoods: tuple[Parenthood, ...] = ()
    schools: tuple[School, ...] = ()
    visits: tuple[Visit, ...] = ()
    unplaced: tuple[VisitRecord, ...] = ()
    accepted: tuple[Acceptance, ...] = ()


class DeliveryReport(Struct, frozen=True):
    """A report as it was read: its visits by key, and which resources stood in it in what order (``Patient/id`` …)."""

    key: str
    timestamp: Entry[Moment] = EMPTY
    contents: tuple[str, ...] = ()
    visits: tuple[str, ...] = ()
    delivery: str = ""
    origin: Origin = NOWHERE
    carried: Carried | None = None


class Note(NamedTuple):
    """What the reading has to tell about a file, by the code of a finding: a header twice, a row left out …"""

    code: str
    origin: Origin
    column: int = NO_COLUMN
    raw: str = ""
    facts: Mapping[str, str | int] = {}


class SourceFile(Struct, frozen=True):
    """A file that was read: its name without folders, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str
    kind: str


class Journal(Struct, frozen=True):
    """All that was read, family by family. ``account`` tells how much the files hold and what of it is not here.

    ``accepted`` is what was accepted of what is found in whole files.
    """

    families: tuple[Family, ...] = ()
    reports: tuple[DeliveryReport, ...] = ()
    notes: tuple[Note, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    system: str = "ldbu-desktop"
    account: Account = Account()
    accepted: tuple[Acceptance, ...] = ()

    @property
    def is_read(self) -> bool:
        """Whether anything was recognised: a visit, or a report without one, as a correction is."""
        return bool(self.reports) or any(family.visits for family in self.families)

    @property
    def visit_count(self) -> int:
        """How many visits the journal holds."""
        return sum(len(family.visits) for family in self.families)
