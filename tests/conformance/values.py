"""Values for changing reports, by FHIR type: ordinary ones, and ones at the edges of what the types allow."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

Json = dict[str, Any]
_TOLD = json.loads((Path(__file__).parents[1] / "data" / "conformance" / "values.json").read_text(encoding="utf-8"))

SAMPLES: dict[str, list[Any]] = _TOLD["samples"]
ODD: dict[str, list[Any]] = _TOLD["odd"]
"""Edges of the primitive types; ``@number:5.00@`` stands for a number that is written so."""
DIVS: list[str] = _TOLD["divs"]
COMPANIONS: list[Any] = _TOLD["companions"]
"""What may stand, rightly or not, under ``_`` and the name of a primitive."""
SCALARS: list[Any] = [None, True, 0, 1.5, "", " ", "x", [], {}, ["x"], {"a": 1}, [[]], "1", "http://x.dk"]

_NUMBER = re.compile(rb'"@number:([^"]*)@"')


def as_text(report: Any) -> bytes:
    """The report as JSON, with numbers in the forms that were asked for."""
    text = json.dumps(report, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
    return _NUMBER.sub(rb"\1", text)


def odd_extension(choose: random.Random) -> Json:
    """An extension that nobody, FHIR or the standard defines, with a value of any type, or of none or two."""
    made: Json = {"url": choose.choice(_TOLD["extension_urls"])}
    kinds = [one for one in SAMPLES if one not in {"Resource", "Narrative", "xhtml"}]
    for _ in range(choose.choice((0, 1, 1, 1, 1, 1, 1, 2))):
        kind = choose.choice(kinds)
        made[f"value{kind[0].upper()}{kind[1:]}"] = choose.choice(SAMPLES[kind])
    if choose.random() < 0.12:
        inner: list[Json] = [
            {"url": "y", "valueCode": "x"},
            {"url": "z"},
            {},
            {"url": "http://x.dk", "valueString": "x"},
        ]
        made["extension"] = [choose.choice(inner)]
    if choose.random() < 0.06:
        made["id"] = choose.choice(("x", "", "a b"))
    return made
