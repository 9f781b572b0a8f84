"""Where each family and visit stands in a journal, by its key."""

from __future__ import annotations

from typing import NamedTuple

from ldbu_desktop.journal.model import Journal


class JournalIndex(NamedTuple):
    """Of each family which one it is, and of each visit which one of which family, counted from 0."""

    families: dict[str, int]
    visits: dict[str, tuple[int, int]]


def index_of(journal: Journal) -> JournalIndex:
    """Where everything stands in ``journal``; of those with the same key the last."""
    families = {family.key: at for at, family in enumerate(journal.families)}
    visits = {
        visit.key: (at, of) for at, family in enumerate(journal.families) for of, visit in enumerate(family.visits)
    }
    return JournalIndex(families, visits)
