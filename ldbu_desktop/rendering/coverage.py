"""What of the standard was exercised, area by area, and the smallest case that would exercise what was not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ldbu_desktop.deliveries.coverage import FORMS, Coverage, visit_classes
from ldbu_desktop.deliveries.model import SmallestCase
from ldbu_desktop.deliveries.scenarios import SCENARIOS
from ldbu_desktop.journal.fields import INTERVENTION_CODE, INTERVENTION_REASONS
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.tables import Cell, DataTable
from ldbu_desktop.standard.model import Standard, Variable

_INTERVENTIONS = "KLHealthNurseInterventions"
_CONDITIONS = "KLHealthNurseConditions"


@dataclass(frozen=True, slots=True)
class CoverageItem:
    """One thing that can be exercised: ``count`` of ``of`` (None where there is no such number).

    ``code`` joins it to the standard; ``smallest`` is the smallest case that would exercise it, and ``case`` what
    is to be filled, where one visit that is filled is all of it.
    """

    area: str
    what: str
    code: str
    count: int
    of: int | None
    smallest: str
    case: SmallestCase | None = None


def areas() -> dict[str, str]:
    """The areas by id, in the order that they are told."""
    return {
        "visit-types": tr("Kontakttyper"),
        "asked": tr("Bedt om ved hver kontakttype"),
        "values": tr("Variablers værdier"),
        "forms": tr("Variablers former"),
        "questionnaires": tr("Spørgeskemaer"),
        "findings": tr("Fund ved undersøgelse"),
        "interventions": tr("Indsatser"),
        "conditions": tr("Årsager til indsatser"),
        "rules": tr("Gatewayens regler"),
        "corrections": tr("Måder at rette på"),
        "deliveries": tr("Afleveringsformer"),
    }


def items(found: Coverage, occasion: Occasion) -> Iterator[CoverageItem]:
    """Everything that can be exercised, area by area."""
    told = _Told(found, occasion)
    for part in (told.visits, told.asked, told.values, told.forms, told.questionnaires, told.codes, told.rules):
        yield from part()
    yield from told.corrections()
    yield from told.deliveries()


class _Told:
    """Counts in the catalogue's words."""

    def __init__(self, found: Coverage, occasion: Occasion) -> None:
        self._found = found
        self._language = occasion.language
        self._standard: Standard = occasion.catalogue

    def _variable(self, variable: Variable) -> str:
        return variable.label[self._language]

    def visits(self) -> Iterator[CoverageItem]:
        """Each visit type in person, and the other classes that were used."""
        in_person = {one for rule in self._standard.gateway_rules for one in rule.classes}
        words = self._standard.value_set["EncounterClassCodes"].by_code
        total = sum(self._found.visits.values())
        for type in self._standard.visit_types:
            for place in visit_classes(self._standard):
                count = self._found.visits[type.id, place]
                if not count and place not in in_person:
                    continue
                label, held = type.label[self._language], words[place].label[self._language]
                smallest = tr("En kontakt »{type}«, {held}", type=label, held=held)
                case, code = SmallestCase(type.id, place), f"{type.code} {place}"
                yield CoverageItem("visit-types", f"{label} · {held}", code, count, total, smallest, case)

    def asked(self) -> Iterator[CoverageItem]:
        """What is asked for at each visit type, by the guide's table or the gateway's rules."""
        for type in self._standard.visit_types:
            by_guide = self._standard.guide_variables.get(type.id, ())
            by_rules = [
                rule.variables[0]
                for rule in self._standard.gateway_rules
                if type.code in rule.visits and set(by_guide).isdisjoint(rule.variables)
            ]
            for own in dict.fromkeys((*by_guide, *by_rules)):
                variable = self._standard.variable[own]
                count = self._found.asked[own, type.id]
                label, asked = type.label[self._language], self._variable(variable)
                smallest = tr("»{variable}« ved »{type}«", variable=asked, type=label)
                case, total = SmallestCase(type.id, variable=own), self._found.of_type(type.id)
                yield CoverageItem("asked", f"{label} · {asked}", own, count, total, smallest, case)

    def values(self) -> Iterator[CoverageItem]:
        """Each code of a variable's value set, each unit, and no value with a reason."""
        for variable in self._standard.observed:
            total, label = self._found.of_variable(variable.id), self._variable(variable)
            concepts = {} if variable.value_set == "ExamResults" else self._standard.concepts(variable)
            for code, concept in concepts.items():
                said = concept.label[self._language]
                smallest = tr("»{variable}« med svaret »{value}«", variable=label, value=said)
                count = self._found.values[variable.id, code]
                case = SmallestCase(variable=variable.id, value=code)
                yield CoverageItem("values", f"{label} · {said}", code, count, total, smallest, case)
            for unit in variable.units:
                smallest = tr("»{variable}« i {unit}", variable=label, unit=unit.code)
                count = self._found.units[variable.id, unit.code]
                case = SmallestCase(variable=variable.id, unit=unit.code)
                yield CoverageItem("values", f"{label} · {unit.code}", unit.code, count, total, smallest, case)
            if variable.missing_reason == "accepted":
                count = sum(n for (own, _), n in self._found.reasons.items() if own == variable.id)
                smallest = tr("»{variable}« uden værdi, med årsagen »Ukendt«", variable=label)
                what = tr("{variable} · uden værdi, med årsag", variable=label)
                case = SmallestCase(variable=variable.id, is_missing=True)
                yield CoverageItem("values", what, "dataAbsentReason", count, total, smallest, case)

    def forms(self) -> Iterator[CoverageItem]:
        """At a moment or for a period, and whose."""
        periods = {"moment": tr("et tidspunkt"), "period": tr("en periode")}
        people = {"child": tr("barnets"), "parent": tr("forælderens")}
        for variable in self._standard.observed:
            total, label = self._found.of_variable(variable.id), self._variable(variable)
            # What is told by its answer alone is there with one.
            answer = next(iter(self._standard.concepts(variable)), "") if variable.repeats else ""
            case = SmallestCase(variable=variable.id, value=answer)
            for form, word in periods.items():
                if form == "moment" or variable.takes_period:
                    smallest = tr("»{variable}« for {form}", variable=label, form=word)
                    count = self._found.forms[variable.id, form]
                    told = case._replace(is_period=form == "period")
                    yield CoverageItem("forms", f"{label} · {word}", form, count, total, smallest, told)
            for person, word in people.items():
                if variable.subject in (person, "either"):
                    smallest = tr("{person} »{variable}«", person=word, variable=label)
                    count = self._found.subjects[variable.id, person]
                    told = case._replace(subject=person)
                    yield CoverageItem("forms", f"{label} · {word}", person, count, total, smallest, told)

    def questionnaires(self) -> Iterator[CoverageItem]:
        """Each questionnaire, and each of its items."""
        total = sum(self._found.responses.values())
        for one in self._standard.questionnaires:
            label, count = one.label[self._language], self._found.responses[one.id]
            smallest = tr("En besvarelse af {questionnaire}", questionnaire=label)
            case = SmallestCase(questionnaire=one.id)
            yield CoverageItem("questionnaires", label, one.id, count, total, smallest, case)
            for item in one.items:
                told = item.label[self._language]
                smallest = tr("En besvarelse af {questionnaire} med »{item}«", questionnaire=label, item=told)
                answered = self._found.answers[one.id, item.link_id]
                code = f"{one.id} {item.link_id}"
                yield CoverageItem("questionnaires", f"{label} · {told}", code, answered, count, smallest, case)

    def codes(self) -> Iterator[CoverageItem]:
        """The codes of findings, interventions and their reasons."""
        found = self._found
        of_exam = {one.id for one in self._standard.observed if one.value_set == "ExamResults"}
        exam = {code: count for (own, code), count in found.values.items() if own in of_exam}
        sets: tuple[tuple[str, str, Callable[[str], int], Callable[..., str], str], ...] = (
            ("findings", "ExamResults", lambda code: exam.get(code, 0), _finding_case, min(of_exam, default="")),
            ("interventions", _INTERVENTIONS, found.interventions.__getitem__, _intervention_case, INTERVENTION_CODE),
            ("conditions", _CONDITIONS, found.conditions.__getitem__, _condition_case, INTERVENTION_REASONS),
        )
        for area, name, counted, told, own in sets:
            concepts = self._standard.value_set[name].concepts
            total = sum(counted(one.code) for one in concepts)
            for one in concepts:
                label = one.label[self._language]
                case = SmallestCase(variable=own, value=one.code)
                yield CoverageItem(area, label, one.code, counted(one.code), total, told(label), case)

    def rules(self) -> Iterator[CoverageItem]:
        """Each rule of the gateway: satisfied, satisfied by a reason alone, and broken."""
        told_by = self._standard.observation_codes
        for rule in self._standard.gateway_rules:
            outcome = self._found.rule(rule)
            variable = self._variable(self._standard.variable[rule.variables[0]])
            type = self._standard.visit_type_by_code[rule.visits[0]].label[self._language]
            of = outcome.applicable
            facts = {"type": type, "variable": variable}
            never = tr(" (gjaldt aldrig)") if not of else ""
            held = self._standard.visit_type_by_code[rule.visits[0]].id
            # What the rule really asks for: one is meant for another variable than its codes are of.
            asked = next((one for one in self._standard.observed if told_by(one) & set(rule.codes)), None)
            visit = SmallestCase(held, rule.classes[0], asked.id if asked is not None else rule.variables[0])
            cases = (
                (tr("opfyldt"), outcome.satisfied, tr("»{type}« på hjemmebesøg med »{variable}«", **facts)),
                (
                    tr("opfyldt med en årsag"),
                    outcome.by_reason,
                    tr("»{type}« på hjemmebesøg med »{variable}« uden værdi, med årsag", **facts),
                ),
                (tr("brudt"), outcome.broken, tr("»{type}« på hjemmebesøg uden »{variable}«", **facts)),
            )
            ways = (visit, visit._replace(is_missing=True), visit._replace(is_left_out=True))
            for (word, count, smallest), case in zip(cases, ways, strict=True):
                what = f"{variable} · {word}{never}"
                yield CoverageItem("rules", what, rule.invariant, count, of, smallest, case)

    def corrections(self) -> Iterator[CoverageItem]:
        """The ways of correcting, by letter."""
        words = _correction_words()
        for letter in SCENARIOS:
            what, smallest = words[letter]
            yield CoverageItem("corrections", what, letter, self._found.scenarios[letter], None, smallest)

    def deliveries(self) -> Iterator[CoverageItem]:
        """The forms of delivery."""
        words = _delivery_words()
        for form in FORMS:
            what, smallest = words[form]
            yield CoverageItem("deliveries", what, form, self._found.deliveries[form], self._found.reports, smallest)


def _finding_case(label: str) -> str:
    return tr("En undersøgelse med fundet »{label}«", label=label)


def _intervention_case(label: str) -> str:
    return tr("Indsatsen »{label}«", label=label)


def _condition_case(label: str) -> str:
    return tr("En indsats med årsagen »{label}«", label=label)


def _correction_words() -> dict[str, tuple[str, str]]:
    anew = tr("Træk det tilbage uændret, og fortæl det på ny under et nyt id i samme rapport")
    return {
        "a": (tr("En forkert værdi"), anew),
        "b": (tr("En forkert dato på en kontakt"), anew),
        "c": (tr("En forkert kontakttype"), anew),
        "d": (tr("Det forkerte barn (en tvilling)"), anew),
        "e": (tr("Et forkert CPR-nummer"), anew),
        "f": (tr("En indsats, der sluttede"), tr("Fortæl indsatsen igen under samme id med slut og status")),
        "g": (tr("En anden indsatskode"), tr("Træk den gamle tilbage, og fortæl en ny indsats i samme rapport")),
        "h": (tr("En indsats, der blev trukket tilbage"), tr("Send indsatsen igen uændret med entered-in-error")),
        "i": (tr("En observation, der kom sent"), tr("Fortæl en observation natten efter dens kontakt")),
        "j": (tr("En forælders fortalt som barnets"), anew),
    }


def _delivery_words() -> dict[str, tuple[str, str]]:
    return {
        "report": (tr("En rapport for sig selv"), tr("En rapport i sin egen fil")),
        "incremental": (tr("En samlet aflevering af flere rapporter"), tr("To rapporter i én incremental delivery")),
        "rejected": (tr("En rapport, som gatewayen afviser"), tr("Et hjemmebesøg uden noget af det obligatoriske")),
        "correction": (tr("En rapport, der trækker noget tilbage"), tr("Noget med status entered-in-error")),
        "planned": (tr("En planlagt kontakt"), tr("En kontakt med status planned")),
        "school": (tr("En kontakt med en skole"), tr("En skolekontakt med Location")),
        "parent": (tr("En rapport med en forælder"), tr("En Patient, der henviser til en RelatedPerson")),
        "two-journals": (
            tr("Samtidige kontakter med barn og forælder"),
            tr("To kontakter med samme start, en til barnet og en til forælderen"),
        ),
        "without-visit": (tr("En rapport uden kontakt"), tr("En besvarelse eller en indsats alene")),
    }


def _headings() -> tuple[str, ...]:
    return (tr("Hvad"), tr("Kode"), tr("Brugt"), tr("Ud af"), tr("Mindste tilfælde, hvis det ikke er brugt"))


def coverage_tables(found: Coverage, occasion: Occasion) -> tuple[DataTable, ...]:
    """A table an area, and the matrix of variables by visit type."""
    by_area: dict[str, list[CoverageItem]] = {area: [] for area in areas()}
    for item in items(found, occasion):
        by_area[item.area].append(item)
    summary = tuple(
        (title, sum(one.count > 0 for one in by_area[area]), len(by_area[area])) for area, title in areas().items()
    )
    return (
        DataTable(tr("Overblik"), (tr("Område"), tr("Brugt"), tr("Ud af")), summary),
        matrix(found, occasion).table,
        *(
            DataTable(
                title,
                _headings(),
                tuple(map(_cells, by_area[area])),
            )
            for area, title in areas().items()
        ),
    )


def _cells(item: CoverageItem) -> tuple[Cell, ...]:
    return item.what, item.code, item.count, item.of, "" if item.count else item.smallest


class Matrix(NamedTuple):
    """How often each variable was observed at each visit type: what is observed by row, and at what by column, by id.

    The first row counts visits (``""``), and the last column what belongs to no visit (``""``).
    """

    table: DataTable
    variables: tuple[str, ...]
    visit_types: tuple[str, ...]

    def crossed(self, row: int, column: int) -> tuple[str, str]:
        """The visit type and the variable that a cell counts; headings and names of variables are none."""
        return self.visit_types[column - 1] if column else "", self.variables[row]


def matrix(found: Coverage, occasion: Occasion) -> Matrix:
    """How often each variable was observed at each visit type; what belongs to no visit stands last."""
    language, types, variables = occasion.language, occasion.catalogue.visit_types, occasion.catalogue.observed
    visit_types = (*(type.id for type in types), "")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (variable.label[language], *(found.observations[variable.id, type] for type in visit_types))
        for variable in variables
    )
    headings = (tr("Variabel"), *(type.label[language] for type in types), tr("Uden kontakt"))
    visits: tuple[Cell, ...] = (tr("Kontakter"), *(found.of_type(type.id) for type in types), 0)
    table = DataTable(tr("Variabler og kontakttyper"), headings, (visits, *rows))
    return Matrix(table, ("", *(variable.id for variable in variables)), visit_types)
