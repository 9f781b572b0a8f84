"""Mending planted faults by the operations that a learner's typing is."""

from __future__ import annotations

from collections.abc import Callable

from ldbu_desktop.editing.operations import AnswerField, EditValue, Operation
from ldbu_desktop.journal.model import Family, Observation
from ldbu_desktop.journal.values import ValueChange
from ldbu_desktop.training.fault_hunt import FaultHunt, PlantedFault


def mend(do: Callable[[Operation], object], hunt: FaultHunt, fault: PlantedFault) -> None:
    """Write what is right at the places of a fault; what was not observed is observed."""
    right = next(one for one in hunt.clean if one.key == fault.family)
    now = next(one for one in hunt.journal.families if one.key == fault.family)
    for value in fault.values:
        if operation := operation_of(value, now, right):
            do(operation)


def operation_of(value: ValueChange, now: Family, right: Family) -> Operation | None:
    """What writes the right value; nothing where it comes with another."""
    where, record = value.where, value.where.record
    clean = observations(right).get(record)
    if clean is None or record in observations(now):
        variable = (clean.variable.value or "") if clean is not None else ""
        return EditValue(where._replace(variable=variable), value.before.raw)
    if where.field:
        return None
    subject = next(visit.subject.value or "" for visit in now.visits if visit.key == where.visit)
    return AnswerField(where._replace(record="", variable=value.name, subject=subject), value.before.raw)


def observations(family: Family) -> dict[str, Observation]:
    """The observations of a family by their keys."""
    return {one.key: one for visit in family.visits for one in visit.observations}
