"""What is other in a journal than before: the families and visits, by their keys, and where to look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import compress, count
from operator import is_not
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from ldbu_desktop.journal.model import Family, Journal, Observation, QuestionnaireResponse, Visit
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where

Keyed = TypeVar("Keyed", Family, Visit)
Record = TypeVar("Record", Observation, QuestionnaireResponse)


class Change(Struct, frozen=True):
    """The keys of the ``families`` and ``visits`` that say something else than before, came or went.

    ``where`` is what to look at. ``is_regrouped`` tells that families or visits came, went or changed their places.
    ``rejudged`` are families that say what they said and of which something else may be told now, since another has
    the same CPR number, or what is missing was asked for: they are the workspace's to tell.
    """

    families: frozenset[str] = frozenset()
    visits: frozenset[str] = frozenset()
    where: Where = WHOLE_JOURNAL
    is_regrouped: bool = False
    rejudged: frozenset[str] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether the journal says what it said."""
        return not self.families and not self.is_regrouped

    def rejudging(self, families: frozenset[str]) -> Change:
        """The same with the families of which something else may be told now."""
        return replace(self, rejudged=families) if families else self

    def is_about(self, family: str) -> bool:
        """Whether a family says something else, or something else is told of it."""
        return family in self.families or family in self.rejudged


def change_between(before: Journal, after: Journal, where: Where | None = None) -> Change:
    """What is other in ``after`` than ``before``; ``where`` is found from that unless it is known.

    It takes no longer than the families that are other objects, however large the journal is.
    """
    was, now = _differing(before.families, after.families)
    families = _other_keys(was, now)
    visits_before = [visit for family in was for visit in family.visits]
    visits_after = [visit for family in now for visit in family.visits]
    is_other_at_large = before.accepted != after.accepted
    is_regrouped = is_other_at_large or _keys(was) != _keys(now) or _keys(visits_before) != _keys(visits_after)
    visits = _other_keys(visits_before, visits_after)
    return Change(families, visits, _first_difference(was, now) if where is None else where, is_regrouped)


class Topic(NamedTuple):
    """What is observed of a citizen, or asked: the id of a variable or of a questionnaire, and the citizen's key."""

    id: str
    citizen: str


def answered_between(before: Family, after: Family, visit: str) -> frozenset[Topic] | None:
    """What is observed or answered otherwise at a visit; None where anything else of the family is other too."""
    if replace(before, visits=after.visits) != after or len(before.visits) != len(after.visits):
        return None
    topics: set[Topic] = set()
    for was, now in zip(before.visits, after.visits, strict=True):
        if was is now:
            continue
        if now.key != visit or replace(was, observations=now.observations, responses=now.responses) != now:
            return None
        observed = _others(was.observations, now.observations)
        answered = _others(was.responses, now.responses)
        topics |= {Topic(one.variable.value or "", one.subject.value or "") for one in observed}
        topics |= {Topic(one.questionnaire.value or "", one.subject.value or "") for one in answered}
    return frozenset(topics)


def _others(before: Sequence[Record], after: Sequence[Record]) -> list[Record]:
    """Those that are only before or only after."""
    return [one for one in before if one not in after] + [one for one in after if one not in before]


def _differing(before: Sequence[Keyed], after: Sequence[Keyed]) -> tuple[Sequence[Keyed], Sequence[Keyed]]:
    """Those between the same objects that both begin and end with."""
    shorter = min(len(before), len(after))
    first = _same(before, after, shorter)
    last = min(_same(reversed(before), reversed(after), shorter), shorter - first)
    return before[first : len(before) - last], after[first : len(after) - last]


def _same(before: Iterable[Keyed], after: Iterable[Keyed], count_of_all: int) -> int:
    """How many are the same objects before the first that are not; without a turn of ours for each of thousands."""
    return next(compress(count(), map(is_not, before, after)), count_of_all)


def _keys(records: Iterable[Family] | Iterable[Visit]) -> list[str]:
    return [one.key for one in records]


def _other_keys(before: Sequence[Keyed], after: Sequence[Keyed]) -> frozenset[str]:
    """The keys of those that are not the same before and after. Several may have the same key, from several files."""
    was, now = _by_key(before), _by_key(after)
    return frozenset(key for key in was.keys() | now.keys() if was.get(key) != now.get(key))


def _by_key(records: Sequence[Keyed]) -> dict[str, list[Keyed]]:
    groups: dict[str, list[Keyed]] = {}
    for record in records:
        groups.setdefault(record.key, []).append(record)
    return groups


def _first_difference(before: Sequence[Family], after: Sequence[Family]) -> Where:
    """The first place that is other: a visit with its record, or a family; nowhere where one has only gone."""
    earlier = {family.key: family for family in before}
    for family in after:
        old = earlier.get(family.key)
        if old is family:
            continue
        known = {visit.key: visit for visit in old.visits} if old else {}
        for visit in family.visits:
            if (was := known.get(visit.key)) is not visit:
                return _changed_record(family.key, visit, was)
        return Where(family.key)
    return WHOLE_JOURNAL


def _changed_record(family: str, visit: Visit, before: Visit | None) -> Where:
    observations = before.observations if before else ()
    for one in (*visit.observations, *observations):
        if one not in observations or one not in visit.observations:
            return Where(family, visit.key, one.key, "", one.variable.value or "")
    return Where(family, visit.key)
