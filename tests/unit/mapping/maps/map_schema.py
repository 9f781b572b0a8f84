"""The published schema of a map file, made from the model.

``python -m tests.unit.mapping.maps.map_schema`` from the checkout writes it again after the model has changed.
"""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import Any

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.mapping.maps.model import VERSION, Map

FILE = resource("mapping", "map_schema.json")


def map_schema() -> dict[str, Any]:
    """JSON schema of a map file."""
    schema = msgspec.json.schema(Map)
    schema["$defs"]["Map"]["properties"]["ldbumap"] = {"const": VERSION}
    for told in schema["$defs"].values():  # until Python 3.13 a docstring keeps the indentation of the source
        if "description" in told:
            told["description"] = cleandoc(told["description"])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "LDBU Desktop map", **schema}


if __name__ == "__main__":
    FILE.write_text(json.dumps(map_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
