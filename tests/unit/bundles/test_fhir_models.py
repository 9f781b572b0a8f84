"""What we build is FHIR by the models of ``fhir.resources``, in every shape that the catalogue allows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import EMPTY, Answer, Observation, QuestionnaireResponse
from ldbu_desktop.standard.model import Item, Questionnaire, Variable
from tests.oracle.synthetic import synthetic_journal
from tests.unit.bundles.fhir_models import elements, model_of
from tests.unit.bundles.small_family import DAY, NOW, STANDARD, START, VISIT, report, resources, said


def assert_is_fhir(resource: dict[str, Any]) -> None:
    """The model takes it, and has the same elements in the same order."""
    assert elements(model_of(resource).model_dump()) == elements(resource)


def shapes_of(variable: Variable) -> list[Observation]:
    """An observation of a variable in each way that it can be told: by day and time, in a period, by each unit."""
    concepts = STANDARD.concepts(variable)
    values = [(said(next(iter(concepts))), EMPTY)] if concepts else []
    values += [(said(Decimal(number)), said(unit.code)) for unit in variable.units for number in ("12", "12.50")]
    subject = said("F1" if variable.subject == "parent" else "B1")
    moments = [{"start": said(START)}, {"start": said(DAY)}]
    if variable.takes_period:
        moments += [{"start": said(DAY), "is_period": True, "end": end} for end in (said(START), EMPTY)]
    told = [{"value": value, "unit": unit} for value, unit in values]
    told.append({"missing_reason": said("unknown")})
    return [
        Observation(f"{variable.id}-{at}-{of}", said(variable.id), subject, status=said("final"), **what, **when)
        for at, when in enumerate(moments)
        for of, what in enumerate(told)
    ]


def answer_to(item: Item) -> Any:
    """An answer of the type that a question asks for."""
    return {"integer": item.min or 0, "boolean": True, "choice": next(iter(item.options), "")}[item.type]


@pytest.mark.parametrize("variable", STANDARD.observed, ids=lambda variable: variable.id)
def test_every_shape_of_an_observation_is_fhir(variable: Variable) -> None:
    shapes = shapes_of(variable)
    built = resources(report(replace(VISIT, observations=tuple(shapes))))
    for shape in shapes:
        assert_is_fhir(built[shape.key])


@pytest.mark.parametrize("questionnaire", STANDARD.questionnaires, ids=lambda questionnaire: questionnaire.id)
def test_every_questionnaire_is_fhir(questionnaire: Questionnaire) -> None:
    answers = tuple(Answer(said(item.link_id), said(answer_to(item))) for item in questionnaire.items)
    response = QuestionnaireResponse(
        "Q", said(questionnaire.id), said("B1"), said(START), EMPTY, said("completed"), answers
    )
    assert_is_fhir(resources(report(replace(VISIT, responses=(response,))))["Q"])


def test_every_resource_of_every_type_of_visit_is_fhir() -> None:
    journal = synthetic_journal(STANDARD, 28)
    writer = ReportWriter(journal, STANDARD, NOW)
    visits = {visit.key for family in journal.families for visit in family.visits}
    seen = set()
    for plan in planned(journal, visits, ReportOf.VISIT):
        for entry in plan.built(writer).bundle["entry"]:
            seen.add(entry["resource"]["resourceType"])
            assert_is_fhir(entry["resource"])
    assert len(seen) == 7


def test_the_models_refuse_what_is_not_fhir() -> None:
    weight = resources(report())["O1"]
    for wrong in ({"surprise": "x"}, {"effectiveDateTime": "5"}, {"status": None}):
        with pytest.raises(ValidationError):
            model_of(weight | wrong)
