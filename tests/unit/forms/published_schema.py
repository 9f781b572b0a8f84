"""The published schema of a form file, made from the model and the catalogue.

``python -m tests.unit.forms.published_schema`` from the checkout writes it again after either has changed.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from ldbu_desktop.bundled_files import shipped_form
from ldbu_desktop.forms.field_defaults import is_for_a_form
from ldbu_desktop.forms.form_checks import SUBJECTS
from ldbu_desktop.forms.model import Form
from ldbu_desktop.forms.reading import UNWRITTEN
from ldbu_desktop.standard.catalogue import shipped_standard

FILE = shipped_form("schema.json")

TEXT = {"type": "string", "pattern": r"\S"}
CODE = {"type": ["string", "integer", "boolean"]}
"""A code is read as it is written, so ``1`` and ``true`` need no quotes."""


def published_schema() -> dict[str, Any]:
    """JSON schema of a form file: what an editor can hold against it without knowing the rest of the form."""
    standard = shipped_standard()
    definitions: dict[str, Any] = msgspec.json.schema(Form)["$defs"]
    form, section, field, condition, text = (
        definitions[name] for name in ("Form", "Section", "Field", "Condition", "Text")
    )
    for name in UNWRITTEN:
        del form["properties"][name]
    visits = [each.id for each in standard.visit_types]
    questionnaires = [each.id for each in standard.questionnaires]
    variables = [
        each.id for each in standard.variables if is_for_a_form(each, "") or is_for_a_form(each, questionnaires[0])
    ]
    form["properties"]["visits"]["items"] = {"enum": visits}
    form["properties"]["questionnaire"] = {"enum": questionnaires}
    form["oneOf"] = [{"required": ["visits"]}, {"required": ["questionnaire"]}]
    field["required"] = []
    field["properties"]["variable"] = {"enum": variables}
    field["properties"]["questionnaire"] = {"enum": questionnaires}
    field["properties"]["link-id"] = TEXT
    field["properties"]["unit"] = {"enum": sorted({unit.code for each in standard.variables for unit in each.units})}
    field["properties"]["proposed"] = CODE
    field["oneOf"] = [{"required": [key]} for key in ("variable", "link-id", "questionnaire")]
    condition["properties"]["visits"]["items"] = {"enum": visits}
    classes = standard.concepts(standard.variable["visit.class"])
    condition["properties"]["classes"]["items"] = {"enum": list(classes)}
    condition["properties"]["subjects"]["items"] = {"enum": list(SUBJECTS)}
    condition["properties"]["answers"]["additionalProperties"]["items"] = CODE
    ages = condition["properties"]["ages"]
    ages["anyOf"] = [_ages(each) for each in ages["anyOf"]]
    text["properties"] = {language: TEXT for language in text["properties"]}
    definitions["Text"] = {"anyOf": [TEXT, text]}
    for part in definitions.values():
        if "description" in part:
            # As people read it: in one line, with the keys as they are written in a file.
            said = part["description"].partition("\n\n")[0] if part is form else part["description"]
            said = said.replace("``", "").replace("_", "-").replace("None", "null")
            part["description"] = " ".join(said.split())
    for part in (form, section, field, condition):
        for stated in part["properties"].values():
            stated.pop("default", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "LDBU Desktop form",
        "$ref": "#/$defs/Form",
        "$defs": definitions,
    }


def _ages(kind: dict[str, Any]) -> dict[str, Any]:
    day = {"type": ["integer", "null"], "minimum": 0, "maximum": 999_999}
    return {**kind, "prefixItems": [day, day], "items": False} if kind.get("type") == "array" else kind


def published_text() -> str:
    """The schema as it is published."""
    return json.dumps(published_schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(published_text(), encoding="utf-8")
