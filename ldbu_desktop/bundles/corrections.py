"""What is sent now, decided from what the journal says and what was sent before: the one place where that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.identity import RESOURCE_TYPE, Identities, Named, named
from ldbu_desktop.bundles.ledger import Ledger, is_alike, is_continued, is_voided, references, voided
from ldbu_desktop.bundles.remainder import entry_over
from ldbu_desktop.bundles.report_records import RecordIndex, recorded
from ldbu_desktop.bundles.resources import ReportContext, entry
from ldbu_desktop.journal.model import (
    NOWHERE,
    Citizen,
    Intervention,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    Record,
    School,
    Visit,
)
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard

_OF_SEVERAL_VISITS = frozenset((RESOURCE_TYPE[Intervention], RESOURCE_TYPE[Parenthood]))
"""What may stand in the reports of several visits and can be voided: it is, in that of the first."""


_AT_A_VISIT = (Visit, Observation, QuestionnaireResponse)
"""What refers to others, and is referred to by none of those."""


class Corrections:
    """Which records are told as they are, under which ids, and what has to be voided beside them."""

    def __init__(self, standard: Standard, identities: Identities, index: RecordIndex, ledger: Ledger) -> None:
        self._standard, self._identities, self._index, self._ledger = standard, identities, index, ledger

    def is_told(self, record: Record) -> bool:
        """Whether a record is told as it is: one that is withdrawn is voided as it was sent, if it was sent.

        What was recorded at a visit that is withdrawn is withdrawn with it.
        """
        if not self._ledger.visits or not (_is_withdrawn(record) or self._is_withdrawn_with_visit(record)):
            return True
        instance = self._ledger.latest.get(next(self._identities.one_after_another(record)))
        if instance is None:
            return record.origin != NOWHERE or isinstance(record, Parenthood)
        return not instance.said

    def _is_withdrawn_with_visit(self, record: Record) -> bool:
        visit = self._index.visit.get(named(record))
        return visit is not None and _is_withdrawn(visit)

    def ids(self, records: Sequence[Record]) -> list[str]:
        """The ids under which records are told now: of what is referred to before that of what refers to it.

        A visit may go on with an intervention that begins at it, and stands after it.
        """
        if not self._ledger.visits:
            return [*map(self._identities.first, records)]
        ids: dict[Named, str] = {}
        visits = {named(part): record for record in records if isinstance(record, Visit) for part in recorded(record)}
        for record in sorted(records, key=lambda one: isinstance(one, _AT_A_VISIT)):
            around = ReportContext(self._standard, ids, (), visits.get(named(record)))
            ids[named(record)] = self._id(record, around)
        return [ids[named(record)] for record in records]

    def _id(self, record: Record, around: ReportContext) -> str:
        """The id under which a record was told, if what it says now may be told under it; else the next one."""
        ids = self._identities.one_after_another(record)
        resource_id = next(ids)
        if self._ledger.resource(resource_id) is None:
            # Most of what is told is told for the first time: nothing has to be made to see that.
            return resource_id
        made = entry(record, around, "")
        now = made["resource"] if record.carried is None else entry_over(record.carried, made)["resource"]
        while not self._may_be_told(now, resource_id):
            resource_id, now = next(ids), made["resource"]
        return resource_id

    def _may_be_told(self, now: JsonElement, resource_id: str) -> bool:
        told = self._ledger.resource(resource_id)
        if told is None:
            return True
        if is_voided(told):
            return False
        left = (one for one in references(told) if self._is_gone(one))
        return self._ledger.is_said(resource_id, now) or is_continued(told, now, left)

    def beside(self, visits: Sequence[str], told: Mapping[Named, str]) -> Iterator[JsonElement]:
        """What was sent in the reports of visits, by their keys, and no longer holds, voided; and what that refers to.

        ``told`` are the ids of the records that are told in the same report.
        """
        there = set(told.values())
        waiting = [
            resource_id
            for visit in visits
            for resource_id in self._ledger.visits.get(visit, ())
            if (self._is_at_home(resource_id, visit) and self._is_left(resource_id, told))
            or self._has_lost_link(resource_id, told)
        ]
        while waiting:
            resource_id = waiting.pop(0)
            resource = self._ledger.resource(resource_id)
            if resource_id in there or resource is None:
                continue
            there.add(resource_id)
            resource = voided(resource) if self._is_left(resource_id, told) else self._with_links(resource, told)
            yield resource
            waiting += references(resource)

    def _is_void(self, resource_id: str, told: Mapping[Named, str]) -> bool:
        return self._ledger.is_voided(resource_id) or self._is_left(resource_id, told)

    def _has_lost_link(self, resource_id: str, told: Mapping[Named, str]) -> bool:
        """Whether a citizen was sent with a link to what is voided now."""
        resource = self._ledger.resource(resource_id)
        return resource is not None and self._with_links(resource, told) is not resource

    def _with_links(self, resource: JsonElement, told: Mapping[Named, str]) -> JsonElement:
        """An instance that goes along: a citizen without links to what is voided, all else unchanged."""
        links = resource.get("link", ())
        kept = [link for link in links if not any(self._is_void(one, told) for one in references(link))]
        if len(kept) == len(links):
            return resource
        rest = {key: part for key, part in resource.items() if key != "link"}
        return rest | {"link": kept} if kept else rest

    def shared(self, visits: Sequence[str]) -> frozenset[str]:
        """The ids of what has to be voided or told otherwise and was sent in the reports of these visits, perhaps of
        others too."""
        sent = {resource_id for visit in visits for resource_id in self._ledger.visits.get(visit, ())}
        return frozenset(resource_id for resource_id in sent if self._is_news(resource_id))

    def _is_news(self, resource_id: str) -> bool:
        if self._ledger.kind(resource_id) in _OF_SEVERAL_VISITS and self._is_left(resource_id, {}):
            return True
        told, record = self._ledger.resource(resource_id), self._record(resource_id)
        if told is None or not isinstance(record, Intervention | Citizen) or not self.is_told(record):
            return False
        records = self._with_subject(record)
        ids = dict(zip(map(named, records), self.ids(records), strict=True))
        return ids[named(record)] == resource_id and not is_alike(told, self._resource(record, ids))

    def _resource(self, record: Record, ids: Mapping[Named, str]) -> JsonElement:
        made = entry(record, ReportContext(self._standard, ids, (), None), "")
        now: JsonElement = made["resource"] if record.carried is None else entry_over(record.carried, made)["resource"]
        return now

    def _is_at_home(self, resource_id: str, visit: str) -> bool:
        kind = self._ledger.kind(resource_id)
        return kind not in _OF_SEVERAL_VISITS or self._ledger.home[resource_id] == visit

    def _is_left(self, resource_id: str, told: Mapping[Named, str]) -> bool:
        """Whether an instance stands where it was received and the journal no longer tells it."""
        if not self._ledger.stands(resource_id):
            return False
        if self._is_gone(resource_id):
            return True
        record = self._record(resource_id)
        if record is not None and named(record) in told:
            return told[named(record)] != resource_id
        return isinstance(record, Intervention | Parenthood) and self._id_alone(record) != resource_id

    def _is_gone(self, resource_id: str) -> bool:
        """Whether what was sent is withdrawn in the journal, or no longer in it."""
        instance = self._ledger.latest.get(resource_id)
        if instance is None or not instance.key or not instance.said:
            return False
        record = self._record(resource_id)
        return record is None or not self.is_told(record)

    def _id_alone(self, record: Intervention | Parenthood) -> str:
        return self.ids(self._with_subject(record))[-1]

    def _with_subject(self, record: Intervention | Parenthood | Citizen) -> list[Record]:
        """A record after the citizen that it is about."""
        if isinstance(record, Citizen):
            return [record]
        subject = record.subject if isinstance(record, Intervention) else record.child
        citizen = self._index.record.get((RESOURCE_TYPE[Citizen], subject.value or ""))
        return [record] if citizen is None else [citizen, record]

    def _record(self, resource_id: str) -> Record | None:
        instance = self._ledger.latest.get(resource_id)
        return self._index.record.get((self._ledger.kind(resource_id), instance.key)) if instance is not None else None


def _is_withdrawn(record: Record) -> bool:
    if isinstance(record, Parenthood):
        return record.active.value is False
    return not isinstance(record, Citizen | School) and record.status.value == ENTERED_IN_ERROR
