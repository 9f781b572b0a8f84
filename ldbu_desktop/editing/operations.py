"""Every operation on a journal as a value, and the one door that applies it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from msgspec.structs import replace

from ldbu_desktop.editing.acceptances import with_accepted, without_accepted
from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.change import Change, change_between
from ldbu_desktop.editing.corrections import corrected, recorded_anew, withdrawn
from ldbu_desktop.editing.delivered import Delivered, NothingDelivered
from ldbu_desktop.editing.families import (
    with_child,
    with_description,
    with_family,
    with_gestation,
    with_parent,
    with_parents,
)
from ldbu_desktop.editing.interventions import continued, ended, not_continued
from ldbu_desktop.editing.mending import Edit, Mend, with_edits
from ldbu_desktop.editing.periods import Ending, with_endings, with_period
from ldbu_desktop.editing.removal import without_recorded
from ldbu_desktop.editing.renumbering import renumbered
from ldbu_desktop.editing.values import edited
from ldbu_desktop.editing.visits import with_visit, with_visit_beside, without_visit
from ldbu_desktop.journal.fields import VISIT_SUBJECT
from ldbu_desktop.journal.model import Acceptance, Journal, Moment
from ldbu_desktop.journal.records import visit_in
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from ldbu_desktop.standard.model import Standard

_NOTHING = NothingDelivered()


@dataclass(frozen=True, slots=True)
class OperationContext:
    """What an operation needs beside the journal: the standard, and what was delivered.

    ``places`` says which of the journal's families has a key, where each has its own: then they need not be looked
    through for one changed value.
    """

    standard: Standard
    delivered: Delivered = _NOTHING
    places: Mapping[str, int] = field(default_factory=dict)


class Operation(Protocol):
    """Something to do to a journal."""

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """Another journal, and where to look at it. Raises :class:`~ldbu_desktop.faults.CallFault`."""
        ...


def applied(journal: Journal, operation: Operation, context: OperationContext) -> tuple[Journal, Change]:
    """``journal`` after an operation, and what is other in it: the same journal where nothing is.

    Raises :class:`~ldbu_desktop.faults.CallFault` where the operation is about something that is not there.
    """
    at = context.places.get(operation.where.family) if isinstance(operation, EditValue) else None
    before = journal if at is None else replace(journal, families=(journal.families[at],))
    after, where = operation.apply(before, context)
    change = change_between(before, after, where)
    if change.is_nothing:
        return journal, change
    return (after if at is None else _with_family(journal, at, after)), change


def _with_family(journal: Journal, at: int, of_family: Journal) -> Journal:
    """``journal`` with the only family of another in the place of one of its own."""
    families = list(journal.families)
    families[at : at + 1] = of_family.families
    return replace(journal, families=tuple(families))


# --- values and answers


@dataclass(frozen=True, slots=True)
class EditValue:
    """Read ``raw`` as the value at ``where``, of a record that is there.

    ``where`` needs the ``family``; the ``visit`` where the record is one of a visit's; the ``record``'s key, without
    which the visit itself is meant; and the ``field``, without which the value of an observation is meant. Raises
    :class:`~ldbu_desktop.faults.CallFault` where there is no such value: :class:`AnswerField` makes records.
    """

    where: Where
    raw: str

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.values.edited`."""
        return edited(journal, self.where, self.raw, context.standard), self.where


@dataclass(frozen=True, slots=True)
class AnswerField:
    """Read ``raw`` as the answer at ``where``: records are made and taken away as they are needed.

    ``unit`` is that of a number typed without one. What was delivered and is taken away stays as entered in error.
    """

    where: Where
    raw: str
    unit: str = ""

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.answers.answered`."""
        after = answered(journal, self.where, self.raw, context.standard, self.unit)
        return corrected(journal, after, self.where.family, context.delivered), self.where


@dataclass(frozen=True, slots=True)
class MendValues:
    """Make several edits as one step: those that a mending gave, of findings with the code ``code``.

    What was delivered and is taken away stays as entered in error. Raises :class:`~ldbu_desktop.faults.CallFault`
    where a value is not there.
    """

    edits: tuple[Edit, ...]
    how: Mend
    code: str = ""

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.mending.with_edits`."""
        after = with_edits(journal, self.edits, context.standard)
        if not isinstance(context.delivered, NothingDelivered):
            for family in dict.fromkeys(edit.where.family for edit in self.edits):
                after = corrected(journal, after, family, context.delivered)
        return after, self.edits[0].where if self.edits else WHOLE_JOURNAL


@dataclass(frozen=True, slots=True)
class AcceptFindings:
    """Keep that findings were looked at and are right as they are."""

    accepted: tuple[Acceptance, ...]

    def apply(self, journal: Journal, _context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.acceptances.with_accepted`."""
        return with_accepted(journal, self.accepted), _where(self.accepted)


@dataclass(frozen=True, slots=True)
class TakeBackAcceptances:
    """Have findings again that were accepted."""

    accepted: tuple[Acceptance, ...]

    def apply(self, journal: Journal, _context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.acceptances.without_accepted`."""
        return without_accepted(journal, self.accepted), _where(self.accepted)


def _where(accepted: tuple[Acceptance, ...]) -> Where:
    """Where the first of what was accepted is."""
    return next((Where(one.family, one.visit, one.record, one.field, one.variable) for one in accepted), WHOLE_JOURNAL)


# --- feeding and interventions


@dataclass(frozen=True, slots=True)
class AddPeriod:
    """Add a period in which it was as ``raw`` says, from ``start`` to ``end`` as typed."""

    where: Where
    raw: str
    start: str
    end: str

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.periods.with_period`."""
        return with_period(journal, self.where, self.raw, self.start, self.end, context.standard), self.where


@dataclass(frozen=True, slots=True)
class EndPeriods:
    """Let periods end as it was proposed."""

    where: Where
    endings: tuple[Ending, ...]

    def apply(self, journal: Journal, _context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.periods.with_endings`."""
        return with_endings(journal, self.endings), self.where


@dataclass(frozen=True, slots=True)
class ContinueIntervention:
    """Let a visit be part of the intervention whose key is the record of ``where``, or no part of it any more."""

    where: Where
    goes_on: bool = True

    def apply(self, journal: Journal, _context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.interventions.continued`."""
        step = continued if self.goes_on else not_continued
        return step(journal, self.where.family, self.where.visit, self.where.record), self.where


@dataclass(frozen=True, slots=True)
class EndIntervention:
    """End the intervention whose key is the record of ``where``, at the visit; nothing where that has no time."""

    where: Where

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.interventions.ended`."""
        where = self.where
        when = visit_in(journal, where.family, where.visit)[1].start.value
        if when is None:
            return journal, where
        return ended(journal, where.family, where.record, when, context.standard), where


# --- families and people


@dataclass(frozen=True, slots=True)
class AddFamily:
    """Begin with another family."""

    has_child: bool = True

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.families.with_family`."""
        after, family = with_family(journal, context.standard, has_child=self.has_child)
        return after, Where(family)


@dataclass(frozen=True, slots=True)
class AddCitizen:
    """Add a child or a parent to the family of ``where``."""

    where: Where
    is_child: bool

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.families.with_child`."""
        step = with_child if self.is_child else with_parent
        after, _ = step(journal, self.where.family, context.standard)
        return after, Where(self.where.family)


@dataclass(frozen=True, slots=True)
class SetParents:
    """Say who of the family are the parents of the child whose key is the record of ``where``, by their keys."""

    where: Where
    parents: frozenset[str]

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.families.with_parents`."""
        family, child = self.where.family, self.where.record
        after = with_parents(journal, family, child, self.parents, context.standard, context.delivered)
        return after, Where(family)


@dataclass(frozen=True, slots=True)
class SetGestation:
    """Say after a pregnancy of how many weeks the child was born whose key is the record of ``where``."""

    where: Where
    raw: str

    def apply(self, journal: Journal, _context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.families.with_gestation`."""
        return with_gestation(journal, self.where.family, self.where.record, self.raw), Where(self.where.family)


@dataclass(frozen=True, slots=True)
class DescribeCitizen:
    """Say what the citizen is known by whose key is the record of ``where``: the field is a name, a kin or a sibling's
    number. It stays in the case file."""

    where: Where
    raw: str

    def apply(self, journal: Journal, _context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.families.with_description`."""
        where = self.where
        return with_description(journal, where.family, where.record, where.field, self.raw), Where(where.family)


@dataclass(frozen=True, slots=True)
class RemovePeople:
    """Take people out of the family of ``where``, by their keys, with all that is recorded about them."""

    where: Where
    people: frozenset[str]

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.removal.without_recorded`."""
        family = self.where.family
        after = without_recorded(journal, family, self.people, context.delivered)
        return after, Where(family if any(one.key == family for one in after.families) else "")


@dataclass(frozen=True, slots=True)
class Renumber:
    """Withdraw what was delivered about a citizen, the record of ``where``, and tell it anew under another number."""

    where: Where
    raw: str

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.renumbering.renumbered`."""
        family, citizen = self.where.family, self.where.record
        after, _ = renumbered(journal, family, citizen, self.raw, context.delivered, context.standard)
        return after, Where(family)


# --- visits


@dataclass(frozen=True, slots=True)
class AddVisit:
    """Begin a visit of the family of ``where`` to its subject, of a type by its id."""

    where: Where
    visit_type: str
    start: Moment
    visit_class: str = ""

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.visits.with_visit`."""
        family, subject = self.where.family, self.where.subject
        after, key = with_visit(
            journal, family, self.visit_type, subject, self.visit_class, self.start, context.standard
        )
        return after, Where(family, key)


@dataclass(frozen=True, slots=True)
class AddVisitBeside:
    """Begin a visit to the subject of ``where`` at the same time as the visit that is there."""

    where: Where
    visit_type: str = ""

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.visits.with_visit_beside`."""
        where = self.where
        after, key = with_visit_beside(
            journal, where.family, where.visit, where.subject, context.standard, self.visit_type
        )
        return after, Where(where.family, key)


@dataclass(frozen=True, slots=True)
class RemoveVisit:
    """Take a visit away. One that was delivered is withdrawn: it goes out once more, as entered in error."""

    where: Where

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.visits.without_visit` and :mod:`~ldbu_desktop.editing.corrections`."""
        family, visit = self.where.family, self.where.visit
        if context.delivered.has_visit(visit):
            return withdrawn(journal, family, visit), Where(family, visit)
        return corrected(journal, without_visit(journal, family, visit), family, context.delivered), Where(family)


@dataclass(frozen=True, slots=True)
class MoveVisit:
    """Let a visit be with the subject of ``where``. One that was delivered is withdrawn and told anew."""

    where: Where

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """See :func:`~ldbu_desktop.editing.corrections.recorded_anew`."""
        family, visit, citizen = self.where.family, self.where.visit, self.where.subject
        if context.delivered.has_visit(visit):
            after, key = recorded_anew(journal, family, visit, citizen, context.standard)
            return after, Where(family, key)
        at = Where(family, visit, field=VISIT_SUBJECT)
        return edited(journal, at, citizen, context.standard), Where(family, visit)
