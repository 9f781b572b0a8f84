"""What of the standard reports exercise: visit types, variables with their values, questionnaires, codes, rules.

A count is of resources as they were told, each content once, however often it goes along. That something is not told
for a reason is counted by itself: it is no value.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ldbu_desktop.deliveries.content import codes_in, content, dicts, digest, target_of
from ldbu_desktop.deliveries.model import CARE_PLAN, ENCOUNTER, LOCATION, OBSERVATION, PATIENT, RESPONSE
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import GatewayRule, Standard, Variable

Json = Mapping[str, Any]
_ABSENT = "dataAbsentReason"


class RuleOutcome(NamedTuple):
    """What became of a rule of the gateway at the visits that it applies to."""

    satisfied: int
    by_reason: int
    broken: int

    @property
    def applicable(self) -> int:
        """How many visits it applied to."""
        return sum(self)


@dataclass(slots=True)
class Coverage:
    """Counts of what was used, by the catalogue's ids and codes.

    ``visits`` by type and class, each once however often it is told; ``asked`` by variable and visit type the visits
    at which it was told, and ``observations`` by variable and visit type: what refers to no visit, as parents'
    observations, belongs to the one type of its report, or to none, which is empty. ``values`` by variable and code,
    ``reasons`` by variable and reason, ``forms`` by variable and whether a moment or a period, ``subjects`` by variable
    and child or parent, ``units`` by variable and unit; ``answers`` by questionnaire and link id, ``responses`` by
    questionnaire; ``interventions`` and ``conditions`` by code; ``rules`` by invariant and ``satisfied``,
    ``by_reason`` or ``broken``; ``scenarios`` by letter, ``deliveries`` by form.
    """

    visits: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    observations: Counter[tuple[str, str]] = field(default_factory=Counter)
    values: Counter[tuple[str, str]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    subjects: Counter[tuple[str, str]] = field(default_factory=Counter)
    units: Counter[tuple[str, str]] = field(default_factory=Counter)
    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    responses: Counter[str] = field(default_factory=Counter)
    interventions: Counter[str] = field(default_factory=Counter)
    conditions: Counter[str] = field(default_factory=Counter)
    rules: Counter[tuple[str, str]] = field(default_factory=Counter)
    scenarios: Counter[str] = field(default_factory=Counter)
    deliveries: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    rejected: int = 0

    def rule(self, rule: GatewayRule) -> RuleOutcome:
        """What became of a rule."""
        return RuleOutcome(*(self.rules[rule.invariant, outcome] for outcome in RuleOutcome._fields))

    def of_type(self, type: str) -> int:
        """The visits of a type."""
        return sum(count for (one, _), count in self.visits.items() if one == type)

    def of_variable(self, variable: str) -> int:
        """The observations of a variable, those without a value included."""
        return sum(count for (one, _), count in self.observations.items() if one == variable)


FORMS = (
    "report",
    "incremental",
    "rejected",
    "correction",
    "planned",
    "school",
    "parent",
    "two-journals",
    "without-visit",
)
"""The forms of delivery that are counted."""


class CoverageCounter:
    """Counts reports as they come. Memory grows with the resources that were told, by some bytes for each."""

    def __init__(self, standard: Standard) -> None:
        self.found = Coverage()
        self._standard = standard
        self._types = {one.code: one.id for one in standard.visit_types}
        self._by_profile = {standard.header.profiles[one.profile]: one for one in standard.observed}
        self._questionnaires = {one.url: one.id for one in standard.questionnaires}
        self._seen: set[bytes] = set()

    def add(self, bundle: Json, *, is_accepted: bool, is_inner: bool = False) -> None:
        """Count a report, or those in an incremental delivery."""
        resources = [one for entry in dicts(bundle.get("entry")) if isinstance(one := entry.get("resource"), dict)]
        inner = [one for one in resources if one.get("resourceType") == "Bundle"]
        if inner:
            self.found.deliveries["incremental"] += 1
            for one in inner:
                self.add(one, is_accepted=is_accepted, is_inner=True)
            return
        found = self.found
        found.reports += 1
        found.rejected += not is_accepted
        found.deliveries["report"] += not is_inner
        found.deliveries["rejected"] += not is_accepted
        of_type: dict[str, list[Json]] = {}
        for one in resources:
            of_type.setdefault(str(one.get("resourceType")), []).append(one)
        self._forms(of_type)
        visits = {f"{ENCOUNTER}/{one.get('id')}": self._type_of(one) for one in of_type.get(ENCOUNTER, ())}
        observed = [
            (one, known) for one in of_type.get(OBSERVATION, ()) if (known := self.variable_of(one)) is not None
        ]
        linked = {f"{PATIENT}/{one.get('id')}" for one in of_type.get(PATIENT, ()) if "link" in one}
        # A parent's report before the birth has no child that they are linked to.
        parents = linked | {_subject(one) for one, variable in observed if variable.subject == "parent"}
        for one in of_type.get(ENCOUNTER, ()):
            told = (self._type_of(one), _class(one))
            if one.get("status") != ENTERED_IN_ERROR and self._is_first(ENCOUNTER, one.get("id"), told):
                found.visits[told] += 1
        for one, variable in observed:
            if self._is_new(one):
                self._observation(one, variable, visits, parents)
        for one in of_type.get(CARE_PLAN, ()):
            if self._is_new(one):
                for detail in (_object(each.get("detail")) for each in dicts(one.get("activity"))):
                    found.interventions.update(codes_in(detail.get("code")))
                    found.conditions.update(codes_in(detail.get("reasonCode")))
        for one in of_type.get(RESPONSE, ()):
            if self._is_new(one):
                questionnaire = self._questionnaires.get(str(one.get("questionnaire", "")).partition("|")[0], "")
                found.responses[questionnaire] += 1
                found.answers.update((questionnaire, str(item.get("linkId"))) for item in dicts(one.get("item")))
        self._rules(of_type.get(ENCOUNTER, ()), of_type.get(OBSERVATION, ()))

    def _forms(self, of_type: Mapping[str, list[Json]]) -> None:
        forms = self.found.deliveries
        visits = of_type.get(ENCOUNTER, [])
        clinical = [*visits, *of_type.get(OBSERVATION, ()), *of_type.get(CARE_PLAN, ()), *of_type.get(RESPONSE, ())]
        forms["correction"] += any(one.get("status") == ENTERED_IN_ERROR for one in clinical)
        forms["planned"] += any(one.get("status") == "planned" for one in visits)
        forms["school"] += LOCATION in of_type
        forms["parent"] += any("link" in one for one in of_type.get(PATIENT, ()))
        starts = Counter(str(_object(one.get("period")).get("start")) for one in visits)
        people = {str(one.get("subject")) for one in visits}
        forms["two-journals"] += len(people) > 1 and max(starts.values(), default=0) > 1
        forms["without-visit"] += not visits and bool(clinical)

    def _is_new(self, resource: Json) -> bool:
        """Whether it stands, and is not told again unchanged."""
        if resource.get("status") == ENTERED_IN_ERROR:
            return False
        return self._is_first(resource.get("resourceType"), resource.get("id"), content(resource))

    def _is_first(self, *told: Any) -> bool:
        """Whether this was not told before."""
        known = digest(*told)
        is_first = known not in self._seen
        self._seen.add(known)
        return is_first

    def _type_of(self, visit: Json) -> str:
        return next((self._types[code] for code in codes_in(visit.get("type")) if code in self._types), "")

    def variable_of(self, observation: Json) -> Variable | None:
        """What is observed: by the profile that it names, or the codes that it has."""
        profiles = _object(observation.get("meta")).get("profile")
        for profile in profiles if isinstance(profiles, list) else ():
            if (known := self._by_profile.get(profile)) is not None:
                return known
        codes = set(codes_in(observation.get("code")))
        fitting = [(len(codes & self._standard.observation_codes(one)), one) for one in self._standard.observed]
        most, best = max(fitting, key=lambda one: one[0], default=(0, None))
        return best if most else None

    def _observation(self, one: Json, variable: Variable, visits: Mapping[str, str], parents: set[str]) -> None:
        found, own = self.found, variable.id
        is_of_all = len(set(visits.values())) == 1 and "encounter" not in one
        visit = next(iter(visits)) if is_of_all else target_of(str(_object(one.get("encounter")).get("reference", "")))
        type = visits.get(visit, "")
        found.observations[own, type] += 1
        found.asked[own, type] += self._is_first(own, visit)
        found.values.update((own, code) for code in codes_in(one.get("valueCodeableConcept")))
        found.reasons.update((own, code) for code in codes_in(one.get(_ABSENT)))
        found.forms[own, "period" if "effectivePeriod" in one else "moment"] += 1
        found.subjects[own, "parent" if _subject(one) in parents else "child"] += 1
        quantity = one.get("valueQuantity")
        if isinstance(quantity, dict):
            found.units[own, str(quantity.get("code", ""))] += 1

    def _rules(self, visits: Iterable[Json], observations: Iterable[Json]) -> None:
        """The gateway's rules, as it asks them: of each visit, over all observations of the report."""
        told: dict[str, bool] = {}
        for one in observations:
            for code in codes_in(one.get("code")):
                told[code] = told.get(code, False) or _ABSENT not in one
        for visit in visits:
            types, place = set(codes_in(visit.get("type"))), _class(visit)
            for rule in self._standard.gateway_rules:
                if place not in rule.classes or types.isdisjoint(rule.visits):
                    continue
                answers = [told[code] for code in rule.codes if code in told]
                outcome = "broken" if not answers else "satisfied" if any(answers) else "by_reason"
                self.found.rules[rule.invariant, outcome] += 1


def _object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _subject(resource: Json) -> str:
    """Whom it is of, as a reference."""
    return target_of(str(_object(resource.get("subject")).get("reference", "")))


def _class(visit: Json) -> str:
    return str(_object(visit.get("class")).get("code", ""))


def visit_classes(standard: Standard) -> Iterator[str]:
    """The classes that the gateway's rules tell apart, then the others that are named: in person first."""
    asked = dict.fromkeys(one for rule in standard.gateway_rules for one in rule.classes)
    yield from asked
    yield from (one.code for one in standard.value_set["EncounterClassCodes"].concepts if one.code not in asked)
