"""Resources as ``fhir.resources`` models: what a well-kept library takes for FHIR, to hold what we build against.

The models are of a later release (R4B) than the standard, with the same elements for the resources in a report. They
write times and decimals in a form of their own (``.000Z`` as ``Z``, ``54.50`` as ``54.5``), so values are not compared.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any

from pydantic import BaseModel

from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.json_out import json_text


@cache
def _model(name: str) -> type[BaseModel]:
    model: type[BaseModel] = getattr(import_module(f"fhir.resources.R4B.{name.lower()}"), name)
    return model


def model_of(resource: JsonElement) -> BaseModel:
    """The model of a resource. Raises :class:`pydantic.ValidationError` for what is not FHIR."""
    return _model(str(resource["resourceType"])).model_validate_json(json_text(resource))


def elements(value: Any) -> Any:
    """The names of all elements in their order, without values."""
    if isinstance(value, dict):
        return [(name, elements(part)) for name, part in value.items()]
    return [elements(part) for part in value] if isinstance(value, list) else None
