"""A standard with variables that nobody has heard of: the shipped catalogue with a quantity, an indicator and what may
be found several times added, as data alone. Codes are made up."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.standard.catalogue import read_standard, shipped_standard
from ldbu_desktop.standard.model import Standard

BASE = "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-"
FBOE = "http://fhir.kl.dk/term/CodeSystem/FBOE"
SETS = "http://fhir.kl.dk/children/ValueSet/"

PULSE, SCREEN_TIME, MARK = "made-up-pulse", "made-up-screen-time", "made-up-skin-mark"
PULSE_CODE = "99900-1"
FBOE_CODES = {
    SCREEN_TIME: "aaaaaaaa-0000-4000-8000-000000000001",
    MARK: "aaaaaaaa-0000-4000-8000-000000000002",
}
ANSWERS = {
    SCREEN_TIME: {
        "bbbbbbbb-0000-4000-8000-000000000001": "Lidt skærmtid",
        "bbbbbbbb-0000-4000-8000-000000000002": "Meget skærmtid",
    },
    MARK: {
        "bbbbbbbb-0000-4000-8000-000000000003": "Rødt mærke",
        "bbbbbbbb-0000-4000-8000-000000000004": "Blåt mærke",
    },
}
VISIT_TYPE = "2-months"
RULE = {
    "invariant": "made-up-rule",
    "visits": [next(one.code for one in shipped_standard().visit_types if one.id == VISIT_TYPE)],
    "classes": ["HH"],
    "codes": [PULSE_CODE],
    "variables": [PULSE],
}


def _text(word: str) -> dict[str, str]:
    return {"da": word, "en": f"{word} in English"}


def _observed(id: str, label: str, **facts: Any) -> dict[str, Any]:
    return {
        "id": id,
        "record": "observation",
        "label": _text(label),
        "explanation": _text(f"Om {label}"),
        "profile": id,
        "element": "Observation.value[x]",
        "min": 0,
        "max": 1,
        "subject": "child",
        **facts,
    }


def _variables() -> list[dict[str, Any]]:
    source = {"da": "fundet på", "en": "made up"}
    pulse = _observed(
        PULSE,
        "Puls",
        kind="quantity",
        codings=[
            {"system": "http://loinc.org", "code": PULSE_CODE, "display": "Pulse"},
            {"system": "http://snomed.info/sct", "code": "999000001", "display": "Pulse"},
        ],
        category={
            "system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": "vital-signs",
            "display": "Vital Signs",
        },
        units=[{"code": "/min", "factor": "1", "also": ["slag"]}],
        decimals=0,
        ranges=[{"from_days": 0, "to_days": 7000, "low": "40", "high": "220", "source": source}],
        missing_reason="contradicted",
        is_charted=True,
    )
    screen_time = _observed(
        SCREEN_TIME,
        "Skærmtid",
        kind="concept",
        value_set="ScreenTimeCodes",
        codings=[{"system": FBOE, "code": FBOE_CODES[SCREEN_TIME], "display": "Skærmtid"}],
        missing_reason="accepted",
    )
    mark = _observed(
        MARK,
        "Mærke",
        kind="concept",
        value_set="MarkCodes",
        codings=[{"system": FBOE, "code": FBOE_CODES[MARK], "display": "Mærke"}],
        missing_reason="accepted",
        repeats=True,
    )
    return [pulse, screen_time, mark]


def _value_set(id: str, label: str, variable: str) -> dict[str, Any]:
    concepts = [
        {"system": FBOE, "code": code, "term": term, "english": f"{term} in English"}
        for code, term in ANSWERS[variable].items()
    ]
    return {"id": id, "url": f"{SETS}{id}", "label": _text(label), "concepts": concepts}


def _profile_like(profiles: dict[str, Any], of: str, id: str, *changes: tuple[str, str]) -> dict[str, Any]:
    """A profile as that of another variable, with its own URL and codes."""
    text = json.dumps(profiles[f"{BASE}{of}"]).replace(f"{BASE}{of}", f"{BASE}{id}")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    made: dict[str, Any] = json.loads(text)
    return made


def _with_profiles(facts: dict[str, Any]) -> None:
    profiles, sets = facts["profiles"], facts["value_sets"]
    profiles[f"{BASE}{PULSE}"] = _profile_like(
        profiles, "headcircum", PULSE, ("9843-4", PULSE_CODE), ("363812007", "999000001"), ('"cm"', '"/min"')
    )
    for id, own in ((SCREEN_TIME, "ScreenTimeCodes"), (MARK, "MarkCodes")):
        codes = ("73f981f8-455a-4158-b435-7c6d83ab84da", FBOE_CODES[id])
        profiles[f"{BASE}{id}"] = _profile_like(profiles, "sleep", id, codes, (f"{SETS}SleepCodes", f"{SETS}{own}"))
        include = [{"system": FBOE, "codes": list(ANSWERS[id])}]
        sets[f"{SETS}{own}"] = sets[f"{SETS}SleepCodes"] | {"url": f"{SETS}{own}", "include": include}
        sets[f"{SETS}IndicatorCodesChildren"]["include"][0]["codes"].append(FBOE_CODES[id])
        facts["code_systems"][FBOE]["codes"] += [FBOE_CODES[id], *ANSWERS[id]]
    for element in profiles[f"{BASE}delivery-report"]["elements"]:
        constraints = element.get("constraints", [])
        for constraint in constraints:
            if "conforming" in constraint:
                constraint["conforming"] += [f"{BASE}{id}" for id in (PULSE, SCREEN_TIME, MARK)]
        like = next((one for one in constraints if "demand" in one), None)
        if like is not None:
            demand = {name: RULE[name] for name in ("visits", "classes", "codes")}
            constraints.append({**like, "key": RULE["invariant"], "form": "", "demand": demand})


def _change(folder: Path, file: str, change: Callable[[Any], None]) -> None:
    path = folder / file
    value = json.loads(path.read_text(encoding="utf-8"))
    change(value)
    path.write_text(json.dumps(value), encoding="utf-8")


def write_made_up(folder: Path) -> Path:
    """The catalogue with the made-up variables as a folder."""
    shutil.copytree(resource("standard"), folder)
    _change(folder, "variables.json", lambda found: found.extend(_variables()))
    _change(
        folder,
        "value_sets.json",
        lambda found: found.extend(
            [_value_set("ScreenTimeCodes", "Skærmtid", SCREEN_TIME), _value_set("MarkCodes", "Mærker", MARK)]
        ),
    )
    _change(folder, "gateway_rules.json", lambda found: found.append(RULE))

    def ask(found: list[dict[str, Any]]) -> None:
        next(one for one in found if one["visit_type"] == VISIT_TYPE)["variables"].append(SCREEN_TIME)

    _change(folder, "guide_rules.json", ask)
    _change(folder, "profiles/kl-children.json", _with_profiles)
    return folder


@cache
def made_up_standard() -> Standard:
    """The standard of that folder, read once."""
    return read_standard(write_made_up(Path(mkdtemp(), "standard")))
