"""Resources as ``fhir.resources`` models: one is built of every new resource, and what is not FHIR is refused.

The models are of a later release (R4B) than the standard, with the same elements for the resources in a report. They
write times and decimals in a form of their own (``.000Z`` as ``Z``, ``54.50`` as ``54.5``), so the JSON that is sent is
not theirs: it has the same elements, and every value in the form that was meant. Importing the models takes most of a
second: only an export does.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from pydantic import BaseModel, ValidationError

from ldbu_desktop.bundles.elements import Element
from ldbu_desktop.bundles.identity import RESOURCE_TYPE
from ldbu_desktop.bundles.json_out import json_text


class NotFhir(Exception):
    """A resource that the models refuse. ``place`` is its type and element; no value is told, it may be personal."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@cache
def _models() -> Mapping[str, type[BaseModel]]:
    return {name: getattr(import_module(f"fhir.resources.R4B.{name.lower()}"), name) for name in RESOURCE_TYPE.values()}


def model_of(resource: Element) -> BaseModel:
    """The model that is built of a resource. Raises :class:`NotFhir`."""
    try:
        return _models()[str(resource["resourceType"])].model_validate_json(json_text(resource))
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_input=False)[0]["loc"])
        raise NotFhir(f"{resource['resourceType']}.{place}") from None
