"""``ldbu cases``: exercises, whether case files fit, handouts of them, what a room answered, and faults to be found."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from ldbu_desktop import clock
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
    "  ldbu cases room besvarelser\n"
    "  ldbu cases faults\n"
    "  ldbu cases faults weight-drop unit-slip --count 6 --number 7 --to fejl.pdf"
)
LIST, CHECK, PRINT, CARD, ROOM, FAULTS = "list", "check", "print", "card", "room", "faults"
_FAULTS, _NUMBER = 5, 1


def summary() -> str:
    """What the command does, in a line."""
    return tr("Øvelser: vis dem, kontrollér egne, skriv dem ud, og læg en gruppes besvarelser sammen.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument(
        "action",
        choices=(LIST, CHECK, PRINT, CARD, ROOM, FAULTS),
        metavar=tr("HANDLING"),
        help=tr(
            "list: vis øvelserne; check: kontrollér filer eller mapper; print: historie, skema og facit på papir; "
            "card: et huskekort til en kontakttype; room: læg besvarelser sammen; "
            "faults: vis de slags fejl, der kan øves, eller skriv en eksport med dem ud"
        ),
    )
    parser.add_argument(
        "names", nargs="*", metavar=tr("NAVN"), help=tr("øvelsens eller kontakttypens id, fejlens kode, eller filer")
    )
    parser.add_argument("--count", type=int, default=_FAULTS, metavar=tr("ANTAL"), help=tr("hvor mange fejl"))
    parser.add_argument(
        "--number", type=int, default=_NUMBER, metavar=tr("NUMMER"), help=tr("samme nummer giver de samme fejl")
    )
    parser.add_argument("--cases", type=Path, metavar=tr("MAPPE"), help=tr("en mappe med egne øvelser"))
    parser.add_argument("--to", type=Path, metavar=tr("FIL"), help=tr("skriv i en fil: .pdf eller .html"))
    add_text_or_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; the exit code is 1 where a case file does not fit, or a result is not added up."""
    action: str = arguments.action
    if action not in (LIST, FAULTS) and not arguments.names:
        raise CallFault(
            "call-unclear", why=tr("{action}: et navn eller en fil mangler", action=action), help="ldbu cases --help"
        )
    if action in (PRINT, CARD):
        return _handout(arguments)
    if action == FAULTS:
        return _faults(arguments)
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
    from ldbu_desktop.rendering.training import left_out_lines, room_document, room_lines
    from ldbu_desktop.use_cases.exercises import all_cases
    from ldbu_desktop.use_cases.room_results import room
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    found, faults = room(_paths(arguments))
    if arguments.format == "json":
        _say_json(room_document(found, faults))
    else:
        known = {case.id: case for case in all_cases(standard, arguments.cases).cases}
        _say(room_lines(found, known.get(found.case), standard))
        _say(("", *left_out_lines(faults)) if faults else ())
    return Exit.REJECTED if faults else Exit.CLEAN


def _faults(arguments: argparse.Namespace) -> int:
    """The kinds of faults; or an export with faults of some or all of them, on paper."""
    from ldbu_desktop.rendering.fault_hunts import hunt_paper, kinds_document, kinds_lines
    from ldbu_desktop.rendering.training import hunt_title
    from ldbu_desktop.training.fault_hunt import FaultChoice
    from ldbu_desktop.use_cases.fault_hunts import fault_hunt
    from ldbu_desktop.use_cases.fault_kinds import fault_kinds
    from ldbu_desktop.use_cases.standards import shipped_standard

    kinds, target = fault_kinds(), _target(arguments)
    if target is None:
        if arguments.names:
            raise _no_target()
        if arguments.format == "json":
            _say_json(kinds_document(kinds))
        else:
            _say(kinds_lines(kinds))
        return Exit.CLEAN
    standard, names = shipped_standard(), tuple(arguments.names) or tuple(kind.code for kind in kinds)
    hunt = fault_hunt(FaultChoice(names, arguments.count, arguments.number), standard, clock.today())
    return _written(arguments, target, hunt_title(arguments.number), hunt_paper(hunt, standard))


def _handout(arguments: argparse.Namespace) -> int:
    from ldbu_desktop.use_cases.handouts import card, handout
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard, (name, *more) = shipped_standard(), arguments.names
    target = _target(arguments)
    if more or target is None:
        raise _no_target()
    title, text = handout(name, standard, arguments.cases) if arguments.action == PRINT else card(name, standard)
    return _written(arguments, target, title, text)


def _target(arguments: argparse.Namespace) -> Path | None:
    """The file to write to; None where none is named that can be written."""
    target: Path | None = arguments.to
    if target is not None and target.suffix.lower() not in (".pdf", ".html"):
        raise _no_target()
    return target


def _no_target() -> CallFault:
    why = tr("der skal ét navn, og --to med en fil, der ender på .pdf eller .html")
    return CallFault("call-unclear", why=why, help="ldbu cases --help")


def _written(arguments: argparse.Namespace, target: Path, title: str, text: str) -> int:
    from ldbu_desktop.whole_files import write_whole

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
