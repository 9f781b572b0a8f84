"""What users of several stories do: begin a case, write a family, begin a visit, deliver, have the delivery checked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.cli.program import Exit, run
from tests.end_to_end.workstation import Part, Seen, Workstation

PASSPHRASE = "fire ord er nok her"  # noqa: S105
SOR = "451000016003"
MOTHER = "2911829996"


def cpr(days: int, running: int = 5996) -> str:
    """A CPR number that can be nobody's, of somebody who is so many days old today."""
    return f"{date.today() - timedelta(days=days):%d%m%y}{running}"


def begin_case(desk: Workstation, name: str = "sag.ldbu") -> Path:
    """Make a case file from the door on the start page."""
    desk.start()
    desk.click("push button", "Udfyld en kontakt")
    desk.is_in("Sagsfil")
    case = desk.home / name
    desk.answer(f"{case}⏎", f"{PASSPHRASE}⏎", f"{PASSPHRASE}⏎")
    desk.part("push button", "Ny familie")
    return case


def write_family(desk: Workstation, *children: str) -> None:
    """Write a family: its first child, the mother, and what other children it has."""
    desk.press("ctrl+shift+n")
    desk.is_in("CPR-nummer")
    first, *others = children
    desk.answer(f"{first}⏎", f"{SOR}⏎", f"{MOTHER}⏎", "⏎")
    desk.is_in("Mor eller far")
    desk.answer("1")
    for other in others:
        desk.click("push button", "Tilføj barn")
        desk.wait("an empty field for a CPR number", _is_in_an_empty_cpr)
        desk.answer(f"{other}⏎", "⏎")
        desk.is_in("Nummer blandt søskende")


def _is_in_an_empty_cpr(seen: Seen) -> bool:
    return seen.focus is not None and seen.focus.name.startswith("CPR-nummer") and not seen.focus.text


def begin_visit(desk: Workstation, kind: str, person: str = "") -> None:
    """Begin a visit of a kind, by the digits that stand beside the answers; with a person where that is asked."""
    desk.press("ctrl+n")
    desk.answer(_digit(desk.is_in("Kontakttype").description, kind))
    asked = desk.wait("whom the visit is with, or its form", _is_asked)
    if asked.name == "Borger":
        desk.answer(_digit(asked.description, person))
    desk.is_in("Kontaktform")


def _is_asked(seen: Seen) -> Part | None:
    return seen.focus if seen.focus is not None and seen.focus.name in ("Borger", "Kontaktform") else None


def _digit(offered: str, answer: str) -> str:
    """What an answer is chosen by: ``1`` in "1 Mor, 2 Far"."""
    _told, _, keys = offered.partition(". ")
    return next(one.split(" ", 1)[0] for one in keys.split(", ") if answer in one)


def choose(desk: Workstation, typed: str, words: str) -> None:
    """Type the beginning of an answer, take the one that is found from the list, and leave the field."""
    desk.type(typed)
    desk.press("Down")
    desk.wait(words, lambda seen: seen.focus is not None and seen.focus.text == words)
    desk.press("Return")


def go_to_page(desk: Workstation, name: str) -> None:
    """Go to a page by its button on the rail."""
    desk.click("radio button", name)
    desk.wait(f"page {name}", lambda seen: _is_shown(seen, name))


def _is_shown(seen: Seen, name: str) -> bool:
    return any(one.name == name and one.has("checked") for one in seen.all("radio button"))


def deliver(desk: Workstation, folder: Path) -> str:
    """Write the reports into a folder; what the program says of it."""
    desk.press("ctrl+e")
    desk.go_to("text", "Mappe")
    desk.press("ctrl+a")
    desk.answer(f"{folder}⏎")
    desk.click("push button", "Skriv rapporterne")
    return desk.part("label", "er skrevet i").name


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """What our own check says of what lies in a folder, as the command line tells it: codes of errors by report."""
    capsys.readouterr()
    code = run(["check", str(folder), "--format", "json"])
    told = [one for one in json.loads(capsys.readouterr().out)["reports"] if one["valid"] is not None]
    assert (code == Exit.CLEAN) == all(one["valid"] for one in told)
    return {one["file"]: [error["code"] for error in one["errors"]] for one in told}


def resources(folder: Path, kind: str) -> Sequence[dict[str, Any]]:
    """The resources of a kind in the reports in a folder."""
    return [one for report in reports(folder) for one in _within(report) if one["resourceType"] == kind]


def displays(concept: dict[str, list[dict[str, str]]]) -> list[str]:
    """The words of a concept in a report."""
    return [coding["display"] for coding in concept.get("coding", [])]


def reports(folder: Path) -> list[dict[str, Any]]:
    """The reports in a folder, by their names."""
    paths = sorted(path for path in folder.glob("*.json") if path.name != "kvittering.json")
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def _within(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in report.get("entry", ()):
        resource = entry["resource"]
        if resource["resourceType"] == "Bundle":
            yield from _within(resource)
        else:
            yield resource
