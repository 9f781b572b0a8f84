"""What the official validator leaves out, told beside its verdict and never part of it.

Answers against their questionnaires, observations of the right person, one visit a report, moments in order, displays
that differ from the code's term, and reasons for what is missing with the rule that they answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from ldbu_desktop.conformance.checks.other_editions import OtherEditions
from ldbu_desktop.conformance.checks.references import entries_of
from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.invariants.moments import at_most
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.journal.identity import is_provisional
from ldbu_desktop.journal.occasions import Occasions
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard

Json = Mapping[str, Any]


_CHOSEN = {
    "effectiveDateTime": "effective.ofType(dateTime)",
    "effectivePeriod": "effective.ofType(Period)",
    "valueCodeableConcept": "value.ofType(CodeableConcept)",
}
"""Names in JSON of elements of a chosen type, as FHIRPath."""


class _Answer(NamedTuple):
    type: str
    low: int | None
    high: int | None
    options: frozenset[str]


class _Form(NamedTuple):
    items: Mapping[str, _Answer]
    score: str
    summed: tuple[str, ...]


class CatalogueFacts(NamedTuple):
    """The facts of a standard's catalogue as they are asked for here.

    ``terms`` are the terms of a code by system and code; ``editions`` what other editions are known by; ``subjects``
    whom an observation's code is about; ``rules`` the gateway's, each as its key, visits, classes and codes; ``forms``
    the questionnaires by URL; ``cpr`` the system of citizens' numbers, and ``provisional`` what those of numbers begin
    with that stand in for them.
    """

    terms: Mapping[tuple[str, str], frozenset[str]]
    editions: OtherEditions
    subjects: Mapping[str, str]
    rules: tuple[tuple[str, frozenset[str], frozenset[str], frozenset[str]], ...]
    forms: Mapping[str, _Form]
    cpr: str
    provisional: tuple[str, ...]

    @classmethod
    def of(cls, standard: Standard) -> CatalogueFacts:
        """The facts of this standard."""
        terms: dict[tuple[str, str], set[str]] = {}
        for value_set in standard.value_sets:
            for concept in value_set.concepts:
                known = terms.setdefault((concept.system, concept.code), set())
                known.update(one for one in (concept.term, concept.official) if one)
        subjects: dict[str, str] = {}
        for variable in standard.variables:
            for coding in variable.codings:
                terms.setdefault((coding.system, coding.code), set()).add(coding.display)
                subjects.setdefault(coding.code, variable.subject)
        rules = tuple(
            (rule.invariant, frozenset(rule.visits), frozenset(rule.classes), frozenset(rule.codes))
            for rule in standard.gateway_rules
        )
        forms = {
            one.url: _Form(
                {item.link_id: _Answer(item.type, item.min, item.max, frozenset(item.options)) for item in one.items},
                one.score or "",
                one.summed,
            )
            for one in standard.questionnaires
        }
        known_terms = {key: frozenset(known) for key, known in terms.items()}
        header = standard.header
        editions = OtherEditions(header)
        return cls(known_terms, editions, subjects, rules, forms, header.systems["cpr"], header.provisional)


def check_own(bundle: Json, place: Place, run: Run, facts: CatalogueFacts) -> None:
    """Everything of ours about a delivery report, or about each one in an incremental delivery."""
    _Report(bundle, place, run, facts, is_of_other_edition=False).check()


def check_edition(bundle: Json, place: Place, run: Run, facts: CatalogueFacts) -> bool:
    """Whether it is written for another edition or guide, which is told then."""
    other = facts.editions.of(bundle)
    if other:
        run.problem(place, "other-edition", "other-edition", other, f"{other}.change")
    return bool(other)


class _Report:
    """One report, its resources by type and reference."""

    def __init__(
        self, bundle: Json, place: Place, run: Run, facts: CatalogueFacts, *, is_of_other_edition: bool
    ) -> None:
        self._is_of_other_edition = is_of_other_edition
        self._bundle = bundle
        self._place = place
        self._run = run
        self._facts = facts
        self._citizens: set[str] = set()
        self._parents: set[str] = set()
        self._encounters: dict[str, Json] = {}
        self._held: list[tuple[int, Json]] = []
        self._visits: list[tuple[str, str]] = []
        self._number = 0

    def check(self) -> None:
        """The checks, one resource after the other; persons and visits first, since the others refer to them."""
        resources: list[tuple[int, Json]] = []
        for number, entry in enumerate(entries_of(self._bundle)):
            resource = entry.get("resource")
            if resource.__class__ is dict:
                resources.append((number, resource))
                self._know(number, resource)
        if len(self._held) > 1:
            self._check_visits()
        if not self._is_of_other_edition:
            self._is_of_other_edition = check_edition(self._bundle, self._place, self._run, self._facts)
        timestamp = self._bundle.get("timestamp")
        written = timestamp if isinstance(timestamp, str) else ""
        for number, resource in resources:
            self._number = number
            kind = resource.get("resourceType")
            if kind == "Observation":
                self._check_observation(resource, written)
            elif kind == "QuestionnaireResponse":
                self._check_response(resource, written)
            elif kind == "Encounter":
                self._check_order(resource, ("period", "start"), written)
                self._check_order(resource, ("period", "end"), written)
                self._check_displays(resource.get("type"), ("type",))
                self._check_displays({"coding": [resource.get("class")]}, ("class",))
            elif kind == "CarePlan":
                self._check_order(resource, ("period", "start"), written)
                self._check_activities(resource.get("activity"))
            elif kind == "Patient":
                self._check_citizen(resource)
            elif kind == "Bundle":
                self._check_inner(resource)

    def _know(self, number: int, resource: Json) -> None:
        kind = resource.get("resourceType")
        if kind == "Patient":
            self._citizens.add(f"Patient/{resource.get('id')}")
            if "link" in resource:
                self._parents.add(f"Patient/{resource.get('id')}")
        elif kind == "Encounter":
            if resource.get("status") != ENTERED_IN_ERROR:
                self._held.append((number, resource))
            self._encounters[f"Encounter/{resource.get('id')}"] = resource
            concept = _first(resource.get("type"))
            kind_of_contact = resource.get("class")
            code = _first(concept.get("coding")).get("code") if concept else ""
            self._visits.append((str(code), str(_as_object(kind_of_contact).get("code", ""))))

    def _check_inner(self, report: Json) -> None:
        """A report in an incremental delivery; that it is of another edition is told once."""
        told = self._is_of_other_edition
        inner = _Report(report, self._here(), self._run, self._facts, is_of_other_edition=told)
        inner.check()
        self._is_of_other_edition = inner._is_of_other_edition

    def _check_citizen(self, resource: Json) -> None:
        """A citizen with a provisional number and none of its own."""
        provisional = {}
        for number, identifier in enumerate(_objects(resource.get("identifier"))):
            system, value = str(identifier.get("system")), identifier.get("value")
            if isinstance(value, str) and (is_provisional(value) or system.startswith(self._facts.provisional)):
                provisional[number] = value
            elif system == self._facts.cpr:
                return
        for number, value in provisional.items():
            place = Place(self._here(), "identifier", "identifier", number)
            self._tell("ecpr-not-reported", Place(place, "value", "value", None), value)

    def _check_visits(self) -> None:
        """Every visit beyond the first. What was withdrawn is none, and a child and its parents share one."""
        occasions = Occasions()
        for number, encounter in self._held:
            start = _as_object(encounter.get("period")).get("start")
            citizen = _target(encounter.get("subject"))
            said = start if isinstance(start, str) else None
            if occasions.add(said, citizen, is_child=citizen not in self._parents) and occasions.count > 1:
                self._number = number
                self._tell("several-visits", self._here())

    def _here(self) -> Place:
        return Place(Place(self._place, "entry", "entry", self._number), "resource", "resource", None)

    def _tell(self, code: str, place: Place, found: object = "", expected: object = "", key: str = "") -> None:
        self._run.problem(place, key or code, code, found, expected)

    def _check_observation(self, resource: Json, written: str) -> None:
        subject = _target(resource.get("subject"))
        visit = self._encounters.get(_target(resource.get("encounter")))
        seen = _target(visit.get("subject")) if visit is not None else ""
        if subject and seen and subject != seen:
            self._tell("subject-of-another-visit", Place(self._here(), "subject", "subject", None), subject, seen)
        codes = [coding.get("code") for coding in _objects(_as_object(resource.get("code")).get("coding"))]
        subjects = self._facts.subjects
        wanted = next((subjects[code] for code in codes if isinstance(code, str) and code in subjects), "either")
        is_parent = subject in self._parents
        if self._parents and subject in self._citizens and wanted != "either" and (wanted == "parent") != is_parent:
            found = "parent" if is_parent else "child"
            self._tell("observation-of-another-person", Place(self._here(), "subject", "subject", None), found, wanted)
        self._check_order(resource, ("effectiveDateTime",), written)
        self._check_order(resource, ("effectivePeriod", "start"), written)
        self._check_displays(resource.get("code"), ("code",))
        self._check_displays(resource.get("valueCodeableConcept"), ("valueCodeableConcept",))
        self._check_displays(resource.get("dataAbsentReason"), ("dataAbsentReason",))
        if "dataAbsentReason" in resource and not any(key.startswith("value") for key in resource):
            self._check_reason(codes)

    def _check_reason(self, codes: list[Any]) -> None:
        """The rules of the gateway that a missing reason answers at the report's visits."""
        for invariant, visits, classes, asked in self._facts.rules:
            is_asked = any(visit in visits and kind in classes for visit, kind in self._visits)
            if is_asked and any(code in asked for code in codes if isinstance(code, str)):
                step = Place(self._here(), "dataAbsentReason", "dataAbsentReason", None)
                self._tell("reason-answers-rule", step, "", invariant, key=invariant)

    def _check_order(self, resource: Json, steps: tuple[str, ...], written: str) -> None:
        moment: Any = resource.get(steps[0])
        if moment is not None and len(steps) > 1:
            moment = _as_object(moment).get(steps[1])
        if isinstance(moment, str) and _is_later(moment, written):
            self._tell("after-the-report", self._deeper(steps), moment, written)

    def _check_activities(self, activities: Any) -> None:
        """The displays of what was done and why."""
        for number, activity in enumerate(_objects(activities)):
            detail = _as_object(activity.get("detail"))
            self._check_displays(detail.get("code"), ("activity", number, "detail", "code"))
            self._check_displays(detail.get("reasonCode"), ("activity", number, "detail", "reasonCode"))

    def _check_displays(self, value: Any, steps: tuple[str | int, ...]) -> None:
        """The display of each coding of a concept, or of several, against the terms that its code has."""
        concepts = value if isinstance(value, list) else [value]
        for number, concept in enumerate(concepts):
            for index, coding in enumerate(_objects(_as_object(concept).get("coding"))):
                display = coding.get("display")
                if not isinstance(display, str):
                    continue
                known = self._facts.terms.get((str(coding.get("system")), str(coding.get("code"))))
                if known and display not in known:
                    holder = (*steps, number) if isinstance(value, list) else steps
                    deeper: tuple[str | int, ...] = (
                        ("display",) if steps == ("class",) else ("coding", index, "display")
                    )
                    place = self._deeper((*holder, *deeper))
                    self._tell("display-differs", place, display, " | ".join(sorted(known)))

    def _deeper(self, steps: tuple[str | int, ...]) -> Place:
        """The place of an element of the resource."""
        place = self._here()
        for step in steps:
            if isinstance(step, int):
                place = place._replace(number=step)
            else:
                place = Place(place, _CHOSEN.get(step, step), step, None)
        return place

    def _check_response(self, resource: Json, written: str) -> None:
        self._check_order(resource, ("authored",), written)
        url = resource.get("questionnaire")
        form = self._facts.forms.get(url.partition("|")[0]) if isinstance(url, str) else None
        if form is None:
            if isinstance(url, str) and url:
                self._tell("unknown-questionnaire", Place(self._here(), "questionnaire", "questionnaire", None), url)
            return
        given: dict[str, Any] = {}
        for number, item in enumerate(_objects(resource.get("item"))):
            step = Place(self._here(), "item", "item", number)
            link = item.get("linkId")
            if not isinstance(link, str) or not link:
                continue  # the official validator tells of it
            if link not in form.items:
                self._tell("unknown-question", step, link, " | ".join(form.items))
            elif link in given:
                self._tell("question-twice", step, link)
            else:
                given[link] = self._check_answer(item, form.items[link], step)
        self._check_score(form, given)

    def _check_answer(self, item: Json, question: _Answer, step: Place) -> Any:
        answer = _first(item.get("answer"))
        value = next((one for key, one in answer.items() if key.startswith("value")), None)
        if value is None:
            return None
        where = Place(step, "answer", "answer", 0)
        wanted: type = {"integer": int, "boolean": bool}.get(question.type, str)
        if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is int):
            self._tell("answer-of-wrong-type", where, _kind(value), question.type)
            return None
        if question.options and str(value) not in question.options:
            self._tell("answer-not-offered", where, value, " | ".join(sorted(question.options)))
        elif isinstance(value, int) and not isinstance(value, bool):
            low, high = question.low, question.high
            if (low is not None and value < low) or (high is not None and value > high):
                self._tell("answer-out-of-range", where, value, f"{low}-{high}")
        return value

    def _check_score(self, form: _Form, given: Mapping[str, Any]) -> None:
        parts = [given.get(link) for link in form.summed]
        total = given.get(form.score)
        if not form.score or total is None or not parts or not all(isinstance(one, int) for one in parts):
            return
        expected = sum(one for one in parts if one is not None)
        if total != expected:
            self._tell("score-is-not-the-sum", Place(self._here(), "item", "item", None), total, expected)


def _kind(value: Any) -> str:
    """What kind of JSON value an answer is."""
    kinds = {bool: "boolean", int: "integer", str: "string", dict: "object", list: "array"}
    return kinds.get(type(value), "number")


def _target(reference: Any) -> str:
    """Type and id of what a reference leads to, however it is written; nothing where it says neither."""
    url = _as_object(reference).get("reference")
    return "/".join(url.partition("/_history/")[0].split("/")[-2:]) if isinstance(url, str) else ""


def _is_later(moment: str, written: str) -> bool:
    """Whether something is later than the report was written; a day may be a day later, since zones differ."""
    if "T" in moment:
        return at_most(moment, written) is False
    try:
        return date.fromisoformat(moment) - date.fromisoformat(written[:10]) > timedelta(days=1)
    except ValueError:
        return False


def _as_object(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _first(value: Any) -> Json:
    found = _objects(value)
    return found[0] if found else {}
