"""What was sent before, resource by resource, and what that means for what is sent now.

The rules are those of KL's note on correcting errors in KL Gateway. What belongs to a moment (an observation, a visit
that was held, a response that was completed) is corrected by voiding it, identical but for its status, and telling it
anew under another id. What belongs to a period (an intervention) is told again under its id, unless it is another
intervention. Nothing that is about one citizen becomes about another, and an id that was voided never comes back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.journal.instances import Instance, Said
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR, NOT_OVER
from ldbu_desktop.json_text import Written

_BESIDE_CONTENT: Final = frozenset(("id", "status", "active", "meta", "text", "display"))
"""What may differ between two instances that tell the same."""
_BESIDE_NEWS: Final = frozenset(("id", "meta", "text", "display", "link"))

_VOIDED_BY_ACTIVE: Final = "RelatedPerson"
_NEVER_VOIDED: Final = frozenset(("Patient", "Location"))
"""A citizen is voided only where the municipality has no journal on them at all, which no case file can know."""


class Ledger:
    """The latest instance of every resource that was sent, by id, and what the report of each visit said last."""

    def __init__(self, visits: Mapping[str, Said] | None = None) -> None:
        self.visits: Mapping[str, Said] = visits or {}
        self._known: dict[str, JsonElement | None] = {}

    @cached_property
    def latest(self) -> Mapping[str, Instance]:
        """The latest instance of each resource, by its id."""
        found: dict[str, Instance] = {}
        for said in self.visits.values():
            for resource, instance in said.items():
                known = found.get(resource)
                if known is None or instance.number >= known.number:
                    found[resource] = instance
        return found

    @cached_property
    def number(self) -> int:
        """How many deliveries there were."""
        return max((instance.number for instance in self.latest.values()), default=0)

    @cached_property
    def home(self) -> Mapping[str, str]:
        """The visit in whose report each resource was sent first, by the resource's id."""
        found: dict[str, tuple[int, str]] = {}
        for visit, said in self.visits.items():
            for resource, instance in said.items():
                found[resource] = min(found.get(resource, (instance.number, visit)), (instance.number, visit))
        return {resource: visit for resource, (_, visit) in found.items()}

    def resource(self, resource_id: str) -> JsonElement | None:
        """The latest instance of a resource as JSON values; None where nobody knows it."""
        if resource_id not in self._known:
            instance = self.latest.get(resource_id)
            self._known[resource_id] = _values(instance.said) if instance is not None and instance.said else None
        return self._known[resource_id]

    def is_said(self, resource_id: str, now: JsonElement) -> bool:
        """Whether the latest instance of a resource said the very same, letter by letter."""
        return self.latest[resource_id].said == json_text(now)

    def kind(self, resource_id: str) -> str:
        """The type of a resource that was sent; empty where nobody knows it."""
        told = self.resource(resource_id)
        return told["resourceType"] if told is not None else ""

    def is_voided(self, resource_id: str) -> bool:
        """Whether a resource was sent and then withdrawn."""
        told = self.resource(resource_id)
        return told is not None and is_voided(told)

    def stands(self, resource_id: str) -> bool:
        """Whether a resource was sent that can be voided and is not."""
        told = self.resource(resource_id)
        return told is not None and told["resourceType"] not in _NEVER_VOIDED and not is_voided(told)


def is_voided(resource: JsonElement) -> bool:
    """Whether an instance says that it never should have been sent."""
    if resource["resourceType"] == _VOIDED_BY_ACTIVE:
        return resource.get("active") is False
    return bool(resource.get("status") == ENTERED_IN_ERROR)


def voided(resource: JsonElement) -> JsonElement:
    """An instance as the one that voids it: identical in all else."""
    if resource["resourceType"] == _VOIDED_BY_ACTIVE:
        return resource | {"active": False}
    return resource | {"status": ENTERED_IN_ERROR}


def references(value: Any) -> Iterator[str]:
    """The ids of the resources that an instance refers to."""
    if isinstance(value, dict):
        if isinstance(target := value.get("reference"), str):
            yield target.rpartition("/")[2]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from references(part)


def is_alike(told: JsonElement, now: JsonElement) -> bool:
    """Whether two instances say the same, but for the links of a citizen, which follow whoever else is in a report."""
    return bool(_content(told, _BESIDE_NEWS) == _content(now, _BESIDE_NEWS))


def is_continued(told: JsonElement, now: JsonElement, left: Iterable[str]) -> bool:
    """Whether ``now`` may be told under the id under which ``told`` was; ``left`` are the ids of what is voided."""
    before, after = _content(told), _content(now)
    if before == after:
        return True
    kind = told["resourceType"]
    is_same_citizens = bool(before.get("subject") == after.get("subject"))
    if kind == "Patient":
        return bool(before.get("identifier") == after.get("identifier"))
    if kind == _VOIDED_BY_ACTIVE:
        return bool(before.get("patient") == after.get("patient"))
    if kind == "CarePlan":
        return is_same_citizens and bool(_code(before) == _code(after))
    if kind == "Observation":
        return bool(before == _without_end(after))
    if kind == "Encounter":
        is_held = told.get("status") not in NOT_OVER
        return is_same_citizens and (not is_held or bool(_without(before, frozenset(left)) == after))
    if kind == "QuestionnaireResponse":
        is_begun = told.get("status") == "in-progress"
        return is_begun and is_same_citizens and bool(before.get("questionnaire") == after.get("questionnaire"))
    return True


def _values(said: bytes) -> JsonElement:
    """JSON values whose numbers stay as they are written."""
    values: JsonElement = json.loads(said, parse_float=Written)
    return values


def _content(value: Any, beside: frozenset[str] = _BESIDE_CONTENT) -> Any:
    """What an instance tells but for the elements ``beside`` it, its numbers as numbers."""
    if isinstance(value, dict):
        return {key: _content(part, beside) for key, part in value.items() if key not in beside}
    if isinstance(value, list):
        return [_content(part, beside) for part in value]
    return Decimal(value.text) if isinstance(value, Written) else value


def _code(plan: JsonElement) -> Any:
    return [activity.get("detail", {}).get("code") for activity in plan.get("activity", ())]


def _without_end(observation: JsonElement) -> JsonElement:
    """A period as it was told while it went on."""
    period = observation.get("effectivePeriod")
    if period is None:
        return observation
    return observation | {"effectivePeriod": {key: part for key, part in period.items() if key != "end"}}


def _without(visit: JsonElement, left: frozenset[str]) -> JsonElement:
    """A visit without what it was based on and is voided."""
    kept = [one for one in visit.get("extension", ()) if left.isdisjoint(references(one))]
    rest = {key: part for key, part in visit.items() if key != "extension"}
    return rest | {"extension": kept} if kept else rest
