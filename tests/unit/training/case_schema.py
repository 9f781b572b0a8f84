"""The published schema of a case file, made from the model.

``python -m tests.unit.training.case_schema`` from the checkout writes it again after the model has changed.
"""

from __future__ import annotations

import json
from inspect import cleandoc
from typing import Any

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.training.model import Case

FILE = resource("training", "schema.json")


def case_schema() -> dict[str, Any]:
    """JSON schema of a case file: what an editor can hold against it without knowing the standard."""
    schema = msgspec.json.schema(Case)
    for one in (schema, *schema["$defs"].values()):
        if "description" in one:
            one["description"] = cleandoc(one["description"])  # as from Python 3.13 on docstrings are
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "LDBU Desktop exercise", **schema}


if __name__ == "__main__":
    FILE.write_text(json.dumps(case_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
