"""Calls of every command, with every option and format that it has, of files that were made for that."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from ldbu_desktop.cli.names import COMMANDS

Call = list[str]
DAY = "2026-03-12"
NEEDS_FILE = ("xlsx", "pdf")
"""Formats that are not written to the terminal."""


@dataclass(frozen=True, slots=True)
class Given:
    """A table, a report, a form, a map and a case file; what the calls write lies in ``folder``, and so may more."""

    table: Path
    report: Path
    form: Path
    known: Path
    case: Path
    folder: Path


class _Listening(argparse.ArgumentParser):
    """A parser that knows what it was told."""

    def __init__(self, **given: Any) -> None:
        self.told: list[argparse.Action] = []
        super().__init__(**given)

    def add_argument(self, *names: str, **given: Any) -> argparse.Action:
        self.told.append(super().add_argument(*names, **given))
        return self.told[-1]


def options(command: str) -> dict[str, Sequence[str]]:
    """What a command takes, by the parser itself: each option with what may be chosen there, and its first word."""
    parser = _Listening(add_help=False)
    import_module(COMMANDS[command]).add_arguments(parser)
    return {
        (action.option_strings or [""])[-1]: tuple(map(str, action.choices or ()))
        for action in parser.told
        if action.option_strings or action.choices
    }


def calls(given: Given) -> dict[str, list[Call]]:
    """Calls by command. A command that is not named here is none that is tried: a test tells which those are."""
    into = _numbered(given.folder)
    table, report, form, known = map(str, (given.table, given.report, given.form, given.known))
    accepted, before = _accepted(given.folder), _before(given.folder)
    told: dict[str, list[Call]] = {
        "validate": [
            *_formats("validate", [table, "--all"], into),
            ["validate", table, "--map", known],
            ["validate", table, report, "--accepted", accepted, "--baseline", before],
            ["validate", str(given.folder / "findes-ikke.csv")],
        ],
        "correct": [
            ["correct", table, "--to", str(next(into).with_suffix(given.table.suffix)), "--mend"],
            ["correct", table, "--to", str(next(into).with_suffix(".xlsx")), "--accepted", accepted],
            ["correct", table, "--to", str(next(into).with_suffix(".csv")), "--map", known],
        ],
        "deadlines": [
            *_formats("deadlines", [table, "--at", f"{DAY}T08:00"], into),
            ["deadlines", table, "--map", known],
        ],
        "export": [
            ["export", table, "--to", str(next(into)), "--layout", layout, "--report", kind]
            for layout, kind in (("pretty", "visit"), ("compact", "child"))
        ]
        + [
            ["export", table, "--to", str(next(into)), "--layout", "ndjson", "--incremental", "--send-anyway"],
            ["export", table, "--to", str(next(into)), "--map", known, "--accepted", accepted],
        ],
        "template": [
            ["template", str(given.table.with_suffix(".odt"))],
            ["template", str(next(into).with_suffix(".csv")), "--shape", "wide"],
            ["template", str(next(into).with_suffix(".xlsx")), "--shape", "long"],
        ],
        "synth": [
            *(
                ["synth", "--families", "1", "--seed", "3", "--on", DAY, "--as", shape, "--to", str(next(into))]
                for shape in ("long", "wide", "fhir", "history")
            ),
            *(
                ["synth", "--families", "1", "--on", DAY, "--as", "wide", "--file-type", kind, "--to", str(next(into))]
                for kind in ("csv", "xlsx")
            ),
            *(
                ["synth", "--families", "1", "--on", DAY, "--as", "fhir", "--layout", layout, "--to", str(next(into))]
                for layout in ("pretty", "compact", "ndjson")
            ),
            ["synth", "--on", DAY, "--fault", given.table.name, "--test-persons", "--to", str(next(into))],
        ],
        "explain": [["explain", given.table.name], ["explain", "visit-before-birth"], ["explain"]],
        "check": [
            *_formats("check", [report, "--all"], into),
            ["check", report, "--jobs", "1", "--baseline", before],
            ["check", report, "--accepted", accepted],
            ["check", report, "--standard", table],
            ["check", table],
        ],
        "history": [
            *_formats("history", [report, "--all"], into),
            ["history", str(given.report.parent), "--jobs", "1", "--baseline", before],
            ["history", report, "--standard", table],
        ],
        "coverage": [
            *_formats("coverage", [report, "--all"], into),
            ["coverage", table, "--jobs", "1", "--map", known],
            ["coverage", report, "--standard", table],
        ],
        "compare": [
            *_formats("compare", [report, table, "--all"], into),
            ["compare", table, report, "--ids", "--jobs", "1", "--map", known],
            ["compare", report, report, "--standard", table],
        ],
        "pseudonymise": [
            *(
                ["pseudonymise", table, report, "--to", str(next(into)), "--format", form]
                for form in options("pseudonymise")["--format"]
            ),
            ["pseudonymise", table, "--to", str(next(into)), "--birth-month", "--hide-sex", "--map", known],
            ["pseudonymise", table, "--to", str(next(into)), "--keep", "Findes ikke"],
            ["pseudonymise", table, "--to", str(next(into)), "--key", str(next(into).with_suffix(".key"))],
        ],
        "codes": _formats("codes", [], into),
        "schema": [["schema"], ["schema", given.table.name], *(["schema", name] for name in options("schema")[""])],
        "drift": [["drift", report, table], *_formats("drift", ["shipped", table], into)],
        "forms": [
            *_formats("forms", ["check", form], into),
            ["forms", "check", str(given.form.parent)],
            ["forms", "list", str(given.form.parent)],
        ],
        "map": [
            *_formats("map", [table, "--map", known], into),
            ["map", table, "--approve-all-sure", "--approve", "all", "--leave-out", "unmapped"],
            ["map", table, "--dates", "start=dd-mm-yyyy", "--set", "visit.class=HH"],
            [
                *("map", table, "--save", str(next(into).with_suffix(".ldbumap")), "--remember"),
                *("--by", given.table.name, "--system", "Prøve", "--release", "1"),
            ],
            ["map", "check", known],
            ["map", "check", known, table],
            ["map", "compare", known, known],
        ],
        "burden": [
            *_formats("burden", ["2-months", form, "--parents", "2", "--assume", "births=600"], into),
            *_formats("burden", ["--data", table, "--map", known], into),
            ["burden", "--assumptions"],
        ],
        "cases": [
            *_formats("cases", ["list", "--cases", str(given.form.parent)], into),
            ["cases", "check", form],
            ["cases", "print", given.table.name],
            ["cases", "print", "to-maaneder-epds", "--to", str(next(into).with_suffix(".html"))],
            ["cases", "card", "2-months", "--to", str(next(into).with_suffix(".pdf"))],
            ["cases", "room", report],
            ["cases", "faults", given.table.name],
            [
                "cases",
                "faults",
                "weight-drop",
                "--count",
                "2",
                "--number",
                "7",
                "--to",
                str(next(into).with_suffix(".html")),
            ],
        ],
        "rescue": [["rescue", str(given.case), "--to", str(next(into).with_suffix(".ldbu"))]],
        "manual": [
            ["manual", given.table.name],
            ["manual"],
            *(["manual", page] for page in options("manual")[""]),
            ["manual", "vendor", "--to", str(next(into).with_suffix(".html"))],
        ],
        "self-test": _formats("self-test", [], into),
    }
    return {name: [*some, [name, "--findes-ikke"]] for name, some in told.items()}


def untried(told: dict[str, list[Call]]) -> set[str]:
    """Commands, and their options and choices, that are in no call."""
    missing = set(COMMANDS) ^ set(told)
    for name, some in told.items():
        words = {word for call in some for word in call}
        for option, choices in options(name).items():
            missing |= {f"{name} {word}" for word in (option, *choices) if word and word not in words}
    return missing


def _formats(command: str, words: Call, into: Iterator[Path]) -> list[Call]:
    """A call in each format that the command has; what can't be read on a terminal is written to a file."""
    takes = options(command)
    return [
        [command, *words, "--format", form, *(["--to", str(next(into).with_suffix(f".{form}"))] if in_file else [])]
        for at, form in enumerate(takes["--format"])
        for in_file in [form in NEEDS_FILE or (at == 0 and "--to" in takes)]
    ] + ([[command, *words]] if "--to" in takes else [])


def _numbered(folder: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield folder / f"svar-{number}"


def _accepted(folder: Path) -> str:
    """Findings that were accepted."""
    path = folder / "accepteret.json"
    entry = {"code": "growth-change-unlikely", "found": "5250", "reason": "vejet igen", "by": "sundhedsplejerske"}
    path.write_text(json.dumps({"ldbu_accepted": 1, "accepted": [entry]}), encoding="utf-8")
    return str(path)


def _before(folder: Path) -> str:
    """An earlier answer."""
    path = folder / "foer.json"
    path.write_text(json.dumps({"findings": [{"fingerprint": "0" * 16}]}), encoding="utf-8")
    return str(path)
