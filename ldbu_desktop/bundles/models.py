"""Resources as ``fhir.resources`` models: what is not FHIR is refused before it is sent.

The models are a later release (R4B) than the standard's, the same for the resources in a report. They read times and
decimals into values of their own and write them in another form, so they tell whether a resource is FHIR, and what is
sent keeps the form that was meant. Importing them takes most of a second: only an export does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module

from pydantic import BaseModel, ValidationError

from ldbu_desktop.bundles.elements import Element
from ldbu_desktop.bundles.identity import RESOURCE_TYPE
from ldbu_desktop.bundles.json_out import json_text


@cache
def _models() -> Mapping[str, type[BaseModel]]:
    return {name: getattr(import_module(f"fhir.resources.R4B.{name.lower()}"), name) for name in RESOURCE_TYPE.values()}


def model_of(resource: Element) -> BaseModel:
    """The model of a resource; raises :class:`pydantic.ValidationError` where it is not FHIR."""
    return _models()[str(resource["resourceType"])].model_validate_json(json_text(resource))


def not_fhir(resources: Iterable[Element]) -> str:
    """Type and element of the first of ``resources`` that the models refuse; empty where all are FHIR.

    No value is told: it may be personal.
    """
    for resource in resources:
        try:
            model_of(resource)
        except ValidationError as error:
            places = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
            return f"{resource['resourceType']}.{places}"
    return ""
