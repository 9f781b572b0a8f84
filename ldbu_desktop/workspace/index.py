"""Where each family and visit stands in a journal, by its key, and what is observed anywhere in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ldbu_desktop.journal.model import Family, Journal, Visit


class JournalIndex(NamedTuple):
    """Of each family which one it is, and of each visit which one of which family, counted from 0.

    ``variables`` are the ids of those that some visit has.
    """

    families: dict[str, int]
    visits: dict[str, tuple[int, int]]
    variables: frozenset[str]

    def after(self, families: Iterable[Family]) -> JournalIndex:
        """The same where some families say something else, and nothing came or went."""
        return self._replace(variables=self.variables | _variables_in(families))


def index_of(journal: Journal) -> JournalIndex:
    """Where everything stands in ``journal``; of those with the same key the last."""
    families = {family.key: at for at, family in enumerate(journal.families)}
    visits = {
        visit.key: (at, of) for at, family in enumerate(journal.families) for of, visit in enumerate(family.visits)
    }
    return JournalIndex(families, visits, _variables_in(journal.families))


def variables_of(visits: Iterable[Visit]) -> frozenset[str]:
    """What is observed at ``visits``, by the ids of the variables."""
    there = {observation.variable.value for visit in visits for observation in visit.observations}
    return frozenset(filter(None, there))


def _variables_in(families: Iterable[Family]) -> frozenset[str]:
    return variables_of(visit for family in families for visit in family.visits)
