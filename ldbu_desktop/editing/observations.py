"""Observations as they are filled: made when something is said, read as a file's text is, and gone when emptied."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from ldbu_desktop.editing.places import Place, stands, visit_in, with_visit_as
from ldbu_desktop.editing.values import Address, edited
from ldbu_desktop.journal.fields import FIELDS
from ldbu_desktop.journal.keys import free_key
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Journal, Observation, Visit
from ldbu_desktop.mapping.entries import follows
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.model import Standard, Variable

PARTS = {
    "missing-reason": "observation.missing-reason",
    "unit": "observation.unit",
    "start": "observation.start",
    "end": "observation.end",
}
"""The parts of an observation beside its value, by the catalogue's ids."""


def takes_several(variable: Variable) -> bool:
    """Whether a citizen can have several observations of a variable at one visit."""
    return variable.repeats


def observation_at(visit: Visit, place: Place) -> Observation | None:
    """The observation that ``place`` names: by its key, or the one of the variable and citizen that is no period."""
    for one in visit.observations:
        if place.record:
            if one.key == place.record:
                return one
        elif _is_of(one, place) and not one.is_period and stands(one, visit):
            return one
    return None


def observed_at(visit: Visit, place: Place) -> Entry[Any]:
    """What stands at a part of an observation."""
    observation = observation_at(visit, place)
    if observation is None:
        return EMPTY
    if place.part == "value":
        return observation.value
    return getattr(observation, FIELDS[Observation][PARTS[place.part]])  # type: ignore[no-any-return]


def observed(journal: Journal, family: Family, visit: Visit, place: Place, raw: str, standard: Standard) -> Journal:
    """``journal`` with ``raw`` as a part of an observation."""
    variable = standard.variable[place.variable]
    is_value, is_said = place.part == "value", bool(raw.strip())
    is_one_more = is_value and not place.record and takes_several(variable)
    before = None if is_one_more else observation_at(visit, place)
    if before is None and not is_said:
        return journal
    if is_value and not is_said:
        return with_visit_as(journal, family, visit, _emptied(visit, before))
    if before is not None and before.is_period and place.part == "end" and not is_said:
        # Without its end a period goes on; it does not become what was so on the day of the visit.
        return with_visit_as(journal, family, visit, with_observation(visit, before, replace(before, end=EMPTY)))
    known = before or new_observation(visit, place, variable, standard)
    if is_value and not known.unit.raw:
        known = replace(known, unit=_unit(place, variable))
    journal = with_visit_as(journal, family, visit, with_observation(visit, before, known))
    at = Address(family.key, visit.key, known.key, PARTS.get(place.part, place.variable), place.variable)
    journal = edited(journal, at, raw, standard)
    if place.part == "unit" and known.value.raw:
        # The number may have had a unit with it, and is read again beside this one.
        journal = edited(journal, at._replace(field=place.variable), known.value.raw, standard)
    return _settled(journal, place._replace(record=known.key), variable, is_said=is_said)


def new_observation(visit: Visit, place: Place, variable: Variable, standard: Standard) -> Observation:
    """An observation of which nothing is said yet."""
    citizen = "" if place.subject == visit.subject.value else f"/{place.subject}"
    wanted = f"{visit.key}/{variable.id}{citizen}"
    return Observation(
        free_key(wanted, {one.key for one in visit.observations}),
        Entry(variable.id),
        Entry(place.subject),
        start=follows(visit.start.value),
        status=vocabulary_of(standard).default("observation.status"),
    )


def with_observation(visit: Visit, before: Observation | None, after: Observation | None) -> Visit:
    """A visit with one more observation, another or one less."""
    if before is None:
        return replace(visit, observations=(*visit.observations, *((after,) if after is not None else ())))
    others = (after if one is before else one for one in visit.observations)
    return replace(visit, observations=tuple(one for one in others if one is not None))


def _is_of(observation: Observation, place: Place) -> bool:
    return observation.variable.value == place.variable and observation.subject.value == place.subject


def _unit(place: Place, variable: Variable) -> Entry[str]:
    """The unit of a number that is typed without one."""
    return follows(place.unit or variable.units[0].code) if variable.units else EMPTY


def _emptied(visit: Visit, observation: Observation | None) -> Visit:
    """A visit in which an observation has no value: without a reason for that nothing is left of it."""
    if observation is None or observation.missing_reason.is_empty:
        return with_observation(visit, observation, None)
    return with_observation(visit, observation, replace(observation, value=EMPTY, unit=EMPTY))


def _settled(journal: Journal, place: Place, variable: Variable, *, is_said: bool) -> Journal:
    """A value clears the reason for having none, and the other way round; what says nothing is taken away."""
    family, visit = visit_in(journal, place.family, place.visit)
    observation = next(one for one in visit.observations if one.key == place.record)
    after: Observation | None = observation
    if place.part == "value":
        after = replace(observation, missing_reason=EMPTY)
    elif place.part == "missing-reason" and is_said:
        after = replace(observation, value=EMPTY, unit=EMPTY)
    elif not _says_something(observation):
        after = None
    elif place.part == "unit" and not is_said and observation.unit.value is None:
        after = replace(observation, unit=_unit(place, variable))
    return with_visit_as(journal, family, visit, with_observation(visit, observation, after))


def _says_something(observation: Observation) -> bool:
    """Whether there is a value or a reason, or something was written that would be lost."""
    written = (observation.unit, observation.start, observation.end)
    return not (observation.value.is_empty and observation.missing_reason.is_empty) or any(one.raw for one in written)
