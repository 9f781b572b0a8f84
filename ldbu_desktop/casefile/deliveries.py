"""What was delivered of a case: which visits, when, and each of their resources as it was sent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from ldbu_desktop.casefile.database import Database
from ldbu_desktop.journal.instances import Instance, Said


class DeliveredVisit(NamedTuple):
    """A visit that was delivered: when last, and what was sent last of each resource, by id.

    A resource that was sent once stays, also where it is no longer in the journal: it may have to be corrected.
    """

    time: datetime
    resources: Said


class DeliveryStore:
    """The deliveries that an open case file remembers. They are no steps: what was sent can't be undone."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[str, DeliveredVisit] | None = None
        self._hashes: Mapping[str, Mapping[str, str]] | None = None

    def all(self) -> Mapping[str, DeliveredVisit]:
        """What was delivered, by the visit's key."""
        if self._known is None:
            self._known = self._read()
        return self._known

    def _read(self) -> dict[str, DeliveredVisit]:
        resources: defaultdict[str, dict[str, Instance]] = defaultdict(dict)
        for visit, resource, key, said, number in self._database.execute(
            "SELECT visit, id, key, said, number FROM sent_resource"
        ):
            resources[visit][resource] = Instance(key, bytes(said), number)
        times = self._database.execute("SELECT visit, time FROM delivered_visit ORDER BY visit")
        return {visit: DeliveredVisit(datetime.fromisoformat(time), resources[visit]) for visit, time in times}

    def remember(self, visits: Mapping[str, Said], time: datetime) -> None:
        """Remember a delivery: the resources that were sent by id, by the visit's key."""
        self._known = None
        with self._database.transaction():
            (last,) = self._database.row("SELECT coalesce(max(number), 0) FROM sent_resource")
            self._database.execute_many(
                "INSERT OR REPLACE INTO delivered_visit VALUES (?, ?)", ((visit, time.isoformat()) for visit in visits)
            )
            self._put(visits, last + 1)

    def restore(self, visits: Mapping[str, DeliveredVisit]) -> None:
        """Remember what another case file remembered, with its times and numbers."""
        self._known = None
        with self._database.transaction():
            self._database.execute_many(
                "INSERT OR REPLACE INTO delivered_visit VALUES (?, ?)",
                ((visit, one.time.isoformat()) for visit, one in visits.items()),
            )
            self._put({visit: one.resources for visit, one in visits.items()})

    def _put(self, visits: Mapping[str, Said], number: int = 0) -> None:
        self._database.execute_many(
            "INSERT OR REPLACE INTO sent_resource VALUES (?, ?, ?, ?, ?)",
            (
                (visit, resource, one.key, one.said, number or one.number)
                for visit, sent in visits.items()
                for resource, one in sent.items()
            ),
        )

    # --- what an older version remembered

    def hashes(self) -> Mapping[str, Mapping[str, str]]:
        """Of resources of which only a hash is remembered that hash, by id, by the visit's key."""
        if self._hashes is None:
            found: defaultdict[str, dict[str, str]] = defaultdict(dict)
            for visit, resource, said in self._database.execute("SELECT visit, id, hash FROM delivered_resource"):
                found[visit][resource] = said
            self._hashes = found
        return self._hashes

    def replace_hashes(self, visits: Mapping[str, Said]) -> None:
        """Remember in place of hashes what was sent; the deliveries are counted by their times."""
        self._known, self._hashes = None, None
        times = self._database.execute("SELECT DISTINCT time FROM delivered_visit")
        numbers = {time: number for number, time in enumerate(sorted(time for (time,) in times), start=1)}
        of_visit = dict[str, str](self._database.execute("SELECT visit, time FROM delivered_visit"))
        numbered = {
            visit: {resource: one._replace(number=numbers[of_visit[visit]]) for resource, one in said.items()}
            for visit, said in visits.items()
        }
        with self._database.transaction():
            self._put(numbered)
            self._database.execute("DELETE FROM delivered_resource")
