"""A journal that delivers: valid reports of one made-up family, night after night. Nothing in it is anybody's."""

from __future__ import annotations

import copy
import json
import random
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from ldbu_desktop.journal.identity import check_digit_fits
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Variable

Json = dict[str, Any]
STANDARD = shipped_standard()
_HEADER = STANDARD.header
_FBOE, _ACT = _HEADER.systems["fboe"], "http://terminology.hl7.org/CodeSystem/v3-ActCode"
TYPES = {one.id: one for one in STANDARD.visit_types}
_WEIGHTS = {"weight": (3200, 9000), "height": (49, 80), "head-circumference": (34, 46)}


class Delivering:
    """A family's journal. Resources are told by :meth:`deliver`, with all that they refer to, as a report of a night.

    ``with_zone`` writes times with Denmark's offset, else in UTC; the day of birth is ``born``.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - nothing is kept secret by it
        self.born = date(2024, 1, 1) + timedelta(self.random.randrange(60))
        self.known: dict[str, Json] = {}
        self.reports: list[Json] = []
        self.at_visit: dict[str, list[str]] = {}
        self.failing = 0
        self.base = self.random.choice(("https://eksempel.dk/fhir", "https://journal.eksempel.dk/r4"))
        self.organisation = "325421000016001"
        self.form = self.random.choice(("day", "zone", "utc"))
        self.child = self.citizen(self.born)
        self.mother = self.citizen(date(1990, 5, 7), parent_of=self.child)
        self.father = self.citizen(date(1988, 3, 2), parent_of=self.child)

    # --- resources

    def id(self) -> str:
        """A new id."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))

    def _resource(self, kind: str, profile: str, **parts: Any) -> Json:
        told = {"resourceType": kind, "id": self.id(), "meta": {"profile": [_HEADER.profiles[profile]]}, **parts}
        self.known[f"{kind}/{told['id']}"] = told
        return told

    def cpr(self, born: date) -> str:
        """A CPR number that is nobody's: it fails the check digit."""
        while True:
            serial = self.random.randrange(4000, 4999) if born.year < 2000 else self.random.randrange(5000, 5999)
            if not check_digit_fits(told := f"{born:%d%m%y}{serial}"):
                return told

    def citizen(self, born: date, parent_of: Json | None = None) -> Json:
        """A citizen; a parent of another is linked to it."""
        identifier = {"use": "official", "system": _HEADER.systems["cpr"], "value": self.cpr(born)}
        managing = {"use": "official", "system": _HEADER.systems["sor"], "value": self.organisation}
        told = self._resource(
            "Patient", "citizen", active=True, identifier=[identifier], managingOrganization={"identifier": managing}
        )
        if parent_of is not None:
            role = {"coding": [{"system": _HEADER.systems["role"], "code": "PRN"}]}
            related = self._resource("RelatedPerson", "related-parent", patient=to(parent_of), relationship=[role])
            told["link"] = [{"other": to(related), "type": "seealso"}]
        return told

    def school(self) -> Json:
        """A school."""
        kind = {"coding": [{"system": _HEADER.systems["role"], "code": "SCHOOL"}]}
        number = {"system": _HEADER.systems["school"], "value": str(self.random.randrange(100000, 999999))}
        return self._resource("Location", "location", identifier=[number], type=[kind])

    def moment(self, day: date, hour: int = 10) -> str:
        """A moment of a day, as this journal writes it."""
        if self.form == "day":
            return day.isoformat()
        return f"{day}T{hour:02}:15:00{'+01:00' if self.form == 'zone' else '.000Z'}"

    def visit(
        self,
        type: str,
        day: date,
        subject: Json | None = None,
        *,
        status: str = "finished",
        place: str = "HH",
        based_on: Json | None = None,
        school: Json | None = None,
        hour: int = 10,
    ) -> Json:
        """A visit of a type, by the catalogue's id."""
        parts: Json = {"status": status, "class": {"system": _ACT, "code": place}}
        if based_on is not None:
            url = _HEADER.extensions["based-on-intervention"]
            parts["extension"] = [{"url": url, "valueReference": to(based_on)}]
        told = self._resource(
            "Encounter",
            "encounter",
            **parts,
            type=[{"coding": [{"system": _FBOE, "code": TYPES[type].code}]}],
            subject=to(subject or self.child),
            period={"start": self.moment(day, hour)},
        )
        if school is not None:
            told["location"] = [{"location": to(school)}]
        return told

    def observation(self, variable: str, moment: str, subject: Json, visit: Json | None = None) -> Json:
        """An observation of a variable with some value."""
        known = STANDARD.variable[variable]
        profile = known.profile
        told = self._resource(
            "Observation",
            profile,
            status="final",
            subject=to(subject),
            effectiveDateTime=moment,
            code={"coding": _codings(known)},
        )
        if visit is not None:
            told["encounter"] = to(visit)
        if known.category is not None:
            told["category"] = [{"coding": [{"system": known.category.system, "code": known.category.code}]}]
        self._give_value(told, known)
        return told

    def _give_value(self, told: Json, known: Variable) -> None:
        if known.kind == "quantity":
            low, high = _WEIGHTS[known.id]
            unit = known.units[0].code
            value = {"value": self.random.randrange(low, high), "unit": unit, "code": unit}
            told["valueQuantity"] = value | {"system": _HEADER.systems["ucum"]}
        else:
            concept = self.random.choice(STANDARD.value_set[known.value_set or ""].concepts)
            told["valueCodeableConcept"] = {"coding": [{"system": concept.system, "code": concept.code}]}

    def another_value(self, told: Json) -> Json:
        """The same observation with another value, under the same id."""
        other = copy.deepcopy(told)
        if "valueQuantity" in other:
            other["valueQuantity"]["value"] += 3
            return other
        coding = other["valueCodeableConcept"]["coding"][0]
        sets = [one for one in STANDARD.value_sets if any(each.code == coding["code"] for each in one.concepts)]
        smallest = min(sets, key=lambda one: len(one.concepts))
        coding["code"] = next(each.code for each in smallest.concepts if each.code != coding["code"])
        return other

    def observed(self, visit: Json, leave_out: Iterable[str] = (), *, parents: bool = True) -> list[Json]:
        """What the gateway asks for at a visit, of the child and the parents, if these are asked."""
        type = visit["type"][0]["coding"][0]["code"]
        subject = self.of(visit)
        told = []
        for rule in STANDARD.gateway_rules:
            if type not in rule.visits or rule.invariant.endswith("-motor-function"):
                continue
            variable = rule.variables[0]
            if variable in leave_out:
                continue
            if variable == "feeding" and "school" in _type_of(type):
                variable = "nutrition"
            is_parents = STANDARD.variable[variable].subject == "parent"
            if is_parents and subject is not self.mother:
                if not parents:
                    continue
                both = (self.mother, self.father) if self.random.random() < 0.6 else (self.mother,)
                told += [self.observation(variable, visit["period"]["start"], one) for one in both]
            else:
                told.append(self.observation(variable, visit["period"]["start"], subject, visit))
        self.at_visit[name_of(visit)] = [name_of(one) for one in told]
        return told

    def plan(self, day: date, subject: Json | None = None, number: int | None = None) -> Json:
        """An intervention."""
        codes = STANDARD.value_set["KLHealthNurseInterventions"].concepts
        reasons = STANDARD.value_set["KLHealthNurseConditions"].concepts
        code = codes[self.random.randrange(len(codes)) if number is None else number]
        reason = self.random.choice(reasons)
        detail = {
            "code": {"coding": [{"system": code.system, "code": code.code}]},
            "status": "unknown",
            "reasonCode": [{"coding": [{"system": reason.system, "code": reason.code}]}],
        }
        return self._resource(
            "CarePlan",
            "intervention",
            status="active",
            intent="plan",
            subject=to(subject or self.child),
            period={"start": day.isoformat()},
            activity=[{"detail": detail}],
        )

    def response(self, day: date, subject: Json | None = None, status: str = "completed") -> Json:
        """A mother's answers to EPDS."""
        questionnaire = STANDARD.questionnaire["epds"]
        answers = {one.link_id: self.random.randrange(3) for one in questionnaire.items if one.link_id != "score"}
        answers["score"] = sum(answers.values())
        return self._resource(
            "QuestionnaireResponse",
            "questionnaire-response",
            questionnaire=questionnaire.url,
            status=status,
            subject=to(subject or self.mother),
            authored=day.isoformat(),
            item=[{"linkId": link, "answer": [{"valueInteger": value}]} for link, value in answers.items()],
        )

    def of(self, told: Json) -> Json:
        """The citizen that a resource is about."""
        return self.known[told["subject"]["reference"]]

    def again(self, told: Json, **changed: Any) -> Json:
        """The same facts under a new id, with some of its parts changed; a part that is None is left out."""
        other = copy.deepcopy(told) | {"id": self.id()}
        other = {name: part for name, part in (other | changed).items() if part is not None}
        self.known[name_of(other)] = other
        for names in self.at_visit.values():
            if name_of(told) in names:
                names.append(name_of(other))
        return other

    # --- reports

    def deliver(self, day: date, *told: Json, late: int = 0, hour: int | None = None, fails: bool = False) -> Json:
        """A report of the night of a day (or so many nights later), with all that what it tells refers to.

        A visit takes along what is mandatory at it, or else the gateway would reject the report: one that ``fails``.
        """
        entries: dict[str, Json] = {}
        waiting = list(told)
        self.known |= {name_of(one): one for one in told}
        self.failing += fails
        while waiting:
            one = waiting.pop(0)
            if name_of(one) not in entries:
                entries[name_of(one)] = copy.deepcopy(one)
                waiting += [self.known[name] for name in references(one)]
                if not fails and one.get("status") == "finished":
                    beside = (self.known[name] for name in self.at_visit.get(name_of(one), ()))
                    waiting += [other for other in beside if other["status"] != "entered-in-error"]
        if self.random.random() < 0.4:
            shuffled = list(entries.values())
            self.random.shuffle(shuffled)
            entries = {name_of(one): one for one in shuffled}
        at = datetime(day.year, day.month, day.day, 23 if hour is None else hour, tzinfo=UTC) + timedelta(late)
        at += timedelta(minutes=self.random.randrange(59), seconds=len(self.reports) % 60)
        report = self.bundle(at, [*entries.values()])
        self.reports.append(report)
        return report

    def bundle(self, at: datetime, resources: Iterable[Json]) -> Json:
        """A report with these resources."""
        return {
            "resourceType": "Bundle",
            "id": self.id(),
            "meta": {"profile": [_HEADER.profiles["delivery-report"]]},
            "type": "collection",
            "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}{self.random.choice(('Z', '.000Z', '+00:00'))}",
            "entry": [{"fullUrl": f"{self.base}/{name_of(one)}", "resource": one} for one in resources],
        }

    def day(self, days: int) -> date:
        """A day of the child's life."""
        return self.born + timedelta(days)

    def routine(self, type: str, days: int, **how: Any) -> tuple[Json, list[Json]]:
        """A visit as it should be, delivered in its night: the visit and what was observed."""
        visit = self.visit(type, self.day(days), self.mother if type == "pregnancy" else None, **how)
        observed = self.observed(visit)
        self.deliver(self.day(days), visit, *observed)
        return visit, observed


def _type_of(code: str) -> str:
    return next(one.id for one in STANDARD.visit_types if one.code == code)


def _codings(variable: Variable) -> list[Json]:
    return [{"system": one.system, "code": one.code, "display": one.display} for one in variable.codings]


def to(told: Json) -> Json:
    """A reference to a resource."""
    return {"reference": name_of(told)}


def name_of(told: Json) -> str:
    """Type and id."""
    return f"{told['resourceType']}/{told['id']}"


def references(value: Any) -> Iterator[str]:
    """What is referred to in a resource."""
    if isinstance(value, dict):
        if isinstance(target := value.get("reference"), str):
            yield target
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from references(part)


def void(told: Json) -> Json:
    """A resource as the one that voids it."""
    key, value = (
        ("active", False)
        if told["resourceType"] in ("Patient", "RelatedPerson")
        else (
            "status",
            "entered-in-error",
        )
    )
    return copy.deepcopy(told) | {key: value}


def written(report: Json) -> bytes:
    """A report as it is sent."""
    return json.dumps(report, ensure_ascii=False).encode()
