"""What was delivered of a case: which visits, when, and what each of their resources said then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from ldbu_desktop.casefile.database import Database


class DeliveredVisit(NamedTuple):
    """A visit that was delivered: when last, and a hash of what was sent last of each resource, by id.

    A resource that was sent once stays, also where it is no longer in the journal: it may have to be corrected.
    """

    time: datetime
    resources: Mapping[str, str]


class DeliveryStore:
    """The deliveries that an open case file remembers. They are no steps: what was sent can't be undone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, DeliveredVisit] | None = None

    def all(self) -> Mapping[str, DeliveredVisit]:
        """What was delivered, by the visit's key."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> dict[str, DeliveredVisit]:
        resources: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for visit, resource, said in self._database.execute("SELECT visit, id, hash FROM delivered_resource"):
            resources[visit][resource] = said
        times = self._database.execute("SELECT visit, time FROM delivered_visit ORDER BY visit")
        return {visit: DeliveredVisit(datetime.fromisoformat(time), resources[visit]) for visit, time in times}

    def remember(self, visits: Mapping[str, Mapping[str, str]], time: datetime) -> None:
        """Remember a delivery: the hashes of resources by id, by the visit's key."""
        self._known = None
        with self._database.transaction():
            self._database.execute_many(
                "INSERT OR REPLACE INTO delivered_visit VALUES (?, ?)", ((visit, time.isoformat()) for visit in visits)
            )
            self._database.execute_many(
                "INSERT OR REPLACE INTO delivered_resource VALUES (?, ?, ?)",
                ((visit, resource, said) for visit, sent in visits.items() for resource, said in sent.items()),
            )
