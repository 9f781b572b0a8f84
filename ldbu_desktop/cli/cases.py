"""``ldbu cases``: exercises, whether case files fit, handouts of them, and what a room answered."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from ldbu_desktop.cli.console import say, tell
from ldbu_desktop.cli.output import add_text_or_json
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import tr

EXAMPLE = (
    "ldbu cases list\n"
    "  ldbu cases check mine-cases\n"
    "  ldbu cases print to-maaneder-epds --to case.pdf\n"
    "  ldbu cases card 2-months --to kort.pdf\n"
    "  ldbu cases room besvarelser"
)
LIST, CHECK, PRINT, CARD, ROOM = "list", "check", "print", "card", "room"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Øvelser: vis dem, kontrollér egne, skriv dem ud, og læg en gruppes besvarelser sammen.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument(
        "action",
        choices=(LIST, CHECK, PRINT, CARD, ROOM),
        metavar=tr("HANDLING"),
        help=tr(
            "list: vis øvelserne; check: kontrollér filer eller mapper; print: historie, skema og facit på papir; "
            "card: et huskekort til en kontakttype; room: læg besvarelser sammen"
        ),
    )
    parser.add_argument("names", nargs="*", metavar=tr("NAVN"), help=tr("øvelsens eller kontakttypens id, eller filer"))
    parser.add_argument("--cases", type=Path, metavar=tr("MAPPE"), help=tr("en mappe med egne øvelser"))
    parser.add_argument("--to", type=Path, metavar=tr("FIL"), help=tr("skriv i en fil: .pdf eller .html"))
    add_text_or_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; the exit code is 1 where a case file does not fit."""
    action: str = arguments.action
    if action != LIST and not arguments.names:
        raise CallFault(
            "call-unclear", why=tr("{action}: et navn eller en fil mangler", action=action), help="ldbu cases --help"
        )
    if action in (PRINT, CARD):
        return _handout(arguments)
    return _room(arguments) if action == ROOM else _cases(arguments)


def _cases(arguments: argparse.Namespace) -> int:
    from ldbu_desktop.rendering.training import cases_document, cases_lines
    from ldbu_desktop.use_cases.exercises import all_cases, checked_cases
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    is_list = arguments.action == LIST
    read = all_cases(standard, arguments.cases) if is_list else checked_cases(_paths(arguments), standard)
    if arguments.format == "json":
        _say_json(cases_document(read.cases, read.faults))
    else:
        _say(cases_lines(read.cases, read.faults))
    return Exit.REJECTED if read.faults else Exit.CLEAN


def _room(arguments: argparse.Namespace) -> int:
    from ldbu_desktop.rendering.training import room_document, room_lines
    from ldbu_desktop.use_cases.exercises import all_cases
    from ldbu_desktop.use_cases.room_results import room
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    found = room(_paths(arguments))
    if arguments.format == "json":
        _say_json(room_document(found))
    else:
        known = {case.id: case for case in all_cases(standard, arguments.cases).cases}
        _say(room_lines(found, known.get(found.case), standard))
    return Exit.CLEAN


def _handout(arguments: argparse.Namespace) -> int:
    from ldbu_desktop.use_cases.handouts import card, handout
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.whole_files import write_whole

    standard, (name, *more) = shipped_standard(), arguments.names
    target: Path | None = arguments.to
    if more or target is None or target.suffix.lower() not in (".pdf", ".html"):
        why = tr("der skal ét navn, og --to med en fil, der ender på .pdf eller .html")
        raise CallFault("call-unclear", why=why, help="ldbu cases --help")
    title, text = handout(name, standard, arguments.cases) if arguments.action == PRINT else card(name, standard)
    data = arguments.paint(title, text) if target.suffix.lower() == ".pdf" else text.encode()
    write_whole(target, lambda aside: aside.write_bytes(data))
    tell(tr("Skrevet i {file}", file=target))
    return Exit.CLEAN


def _paths(arguments: argparse.Namespace) -> list[Path]:
    return [Path(name) for name in arguments.names]


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _say_json(document: object) -> None:
    from ldbu_desktop.rendering.machine import encoded_lines

    say(encoded_lines(document))
