"""Calls of every command with files that were made for that; a command that is new is called with what all may take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ldbu_desktop.cli.names import COMMANDS

FORMATS = ("text", "json", "jsonl", "junit", "html", "xlsx", "pdf")
Call = list[str]


def calls(table: Path, report: Path, form: Path, known: Path, case: Path, folder: Path) -> dict[str, list[Call]]:
    """Calls by command, of a table, a report, a form, a map and a case file; what they write lies in ``folder``."""
    files = [str(table)]
    into = _numbered(folder)
    any_command = {name: [[name], [name, *files], [name, str(report)], [name, "--findes-ikke"]] for name in COMMANDS}
    return any_command | {
        "validate": [
            *(["validate", *files, "--format", form, "--all", *_to(form, into)] for form in FORMATS),
            ["validate", *files, "--map", str(known)],
            ["validate", str(folder / "findes-ikke.csv")],
        ],
        "correct": [["correct", *files, "--to", str(next(into).with_suffix(table.suffix)), "--mend"]],
        "deadlines": [["deadlines", *files]],
        "export": [["export", *files, "--to", str(next(into))]],
        "template": [["template", str(table.with_suffix(".odt"))], ["template", str(table.with_suffix(".csv"))]],
        "explain": [["explain", table.name], ["explain", "visit-before-birth"], ["explain"]],
        "check": [
            *(["check", str(report), "--format", form, "--all", *_to(form, into)] for form in FORMATS),
            ["check", str(report), "--format", "operationoutcome"],
            ["check", *files],
        ],
        "history": [["history", str(report)], ["history", str(report.parent), "--format", "json"]],
        "coverage": [["coverage", str(report)], ["coverage", str(report.parent), "--format", "json"]],
        "drift": [["drift", str(report), str(table)]],
        "forms": [["forms", "check", str(form)], ["forms", "check", str(form.parent)]],
        "map": [
            ["map", *files],
            ["map", *files, "--format", "json"],
            ["map", *files, "--save", str(next(into).with_suffix(".ldbumap")), "--by", table.name],
            ["map", "check", str(known)],
            ["map", "compare", str(known), str(known)],
        ],
        "burden": [["burden", "2-months", str(form)], ["burden", "--of", *files]],
        "rescue": [["rescue", str(case), "--to", str(next(into).with_suffix(".ldbu"))]],
        "self-test": [["self-test"]],
    }


def _numbered(folder: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield folder / f"svar-{number}"


def _to(form: str, into: Iterator[Path]) -> list[str]:
    return ["--to", str(next(into).with_suffix(f".{form}"))] if form in ("xlsx", "pdf") else []
