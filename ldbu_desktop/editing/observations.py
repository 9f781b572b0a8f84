"""Observations as they are filled: made when something is said, read as a file's text is, and gone when emptied."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.editing.values import edited
from ldbu_desktop.journal.fields import (
    OBSERVATION_END,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_STATUS,
    OBSERVATION_UNIT,
    entry_at,
)
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Journal, Observation, Visit
from ldbu_desktop.journal.records import stands, visit_in, with_visit_as
from ldbu_desktop.journal.where import Where
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard, Variable


def takes_several(variable: Variable) -> bool:
    """Whether a citizen can have several observations of a variable at one visit."""
    return variable.repeats


def observation_at(visit: Visit, where: Where) -> Observation | None:
    """The observation that ``where`` names: by its key, or the one of the variable and citizen that is no period."""
    for one in visit.observations:
        if where.record:
            if one.key == where.record:
                return one
        elif _is_of(one, where) and not one.is_period and stands(one, visit):
            return one
    return None


def observed_at(visit: Visit, where: Where) -> Entry[object]:
    """What stands at a part of an observation; its value where no part is named."""
    observation = observation_at(visit, where)
    if observation is None:
        return EMPTY
    return entry_at(observation, where.field) if where.field else observation.value


def observed(
    journal: Journal, family: Family, visit: Visit, where: Where, raw: str, standard: Standard, unit: str
) -> Journal:
    """``journal`` with ``raw`` as a part of an observation; ``unit`` is that of a number typed without one."""
    variable = standard.variable[where.variable]
    is_value, is_said = not where.field, bool(raw.strip())
    is_one_more = is_value and not where.record and takes_several(variable)
    before = None if is_one_more else observation_at(visit, where)
    if before is None and not is_said:
        return journal
    if is_value and not is_said:
        return with_visit_as(journal, family, visit, _emptied(visit, before))
    if before is not None and before.is_period and where.field == OBSERVATION_END and not is_said:
        # Without its end a period goes on; it does not become what was so on the day of the visit.
        return with_visit_as(journal, family, visit, with_observation(visit, before, replace(before, end=EMPTY)))
    known = before or new_observation(visit, where, variable, standard)
    usual = _unit(unit, variable)
    if is_value and not known.unit.raw:
        known = replace(known, unit=usual)
    journal = with_visit_as(journal, family, visit, with_observation(visit, before, known))
    at = Where(family.key, visit.key, known.key, where.field, where.variable)
    journal = edited(journal, at, raw, standard)
    if where.field == OBSERVATION_UNIT and known.value.raw:
        # The number may have had a unit with it, and is read again beside this one.
        journal = edited(journal, at._replace(field=""), known.value.raw, standard)
    return _settled(journal, at, usual, is_said=is_said)


def new_observation(visit: Visit, where: Where, variable: Variable, standard: Standard) -> Observation:
    """An observation of which nothing is said yet."""
    citizen = "" if where.subject == visit.subject.value else f"/{where.subject}"
    wanted = f"{visit.key}/{variable.id}{citizen}"
    return Observation(
        free_key(wanted, {one.key for one in visit.observations}),
        Entry(variable.id),
        Entry(where.subject),
        start=follows(visit.start.value),
        status=vocabulary_of(standard).default(OBSERVATION_STATUS),
    )


def with_observation(visit: Visit, before: Observation | None, after: Observation | None) -> Visit:
    """A visit with one more observation, another or one less."""
    if before is None:
        return replace(visit, observations=(*visit.observations, *((after,) if after is not None else ())))
    others = (after if one is before else one for one in visit.observations)
    return replace(visit, observations=tuple(one for one in others if one is not None))


def _is_of(observation: Observation, where: Where) -> bool:
    return observation.variable.value == where.variable and observation.subject.value == where.subject


def _unit(unit: str, variable: Variable) -> Entry[str]:
    """The unit of a number that is typed without one."""
    return follows(unit or variable.units[0].code) if variable.units else EMPTY


def _emptied(visit: Visit, observation: Observation | None) -> Visit:
    """A visit in which an observation has no value: without a reason for that nothing is left of it."""
    if observation is None or observation.missing_reason.is_empty:
        return with_observation(visit, observation, None)
    return with_observation(visit, observation, replace(observation, value=EMPTY, unit=EMPTY))


def _settled(journal: Journal, where: Where, usual: Entry[str], *, is_said: bool) -> Journal:
    """A value clears the reason for having none, and the other way round; what says nothing is taken away."""
    family, visit = visit_in(journal, where.family, where.visit)
    observation = next(one for one in visit.observations if one.key == where.record)
    after: Observation | None = observation
    if not where.field:
        after = replace(observation, missing_reason=EMPTY)
    elif where.field == OBSERVATION_MISSING_REASON and is_said:
        after = replace(observation, value=EMPTY, unit=EMPTY)
    elif not _says_something(observation):
        after = None
    elif where.field == OBSERVATION_UNIT and not is_said and observation.unit.value is None:
        after = replace(observation, unit=usual)
    return with_visit_as(journal, family, visit, with_observation(visit, observation, after))


def _says_something(observation: Observation) -> bool:
    """Whether there is a value or a reason, or something was written that would be lost."""
    written = (observation.unit, observation.start, observation.end)
    return not (observation.value.is_empty and observation.missing_reason.is_empty) or any(one.raw for one in written)
