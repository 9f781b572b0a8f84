"""``ldbu map``: what any journal's export is taken for, what waits for a yes, and maps that keep the answers."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ldbu_desktop import clock
from ldbu_desktop.cli.console import progress_bar, say, tell
from ldbu_desktop.cli.journal_files import add_files, add_maps
from ldbu_desktop.cli.output import add_text_or_json
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from ldbu_desktop.standard.model import Standard

EXAMPLE = (
    "ldbu map eksport.xlsx --format json\n"
    "  ldbu map eksport.xlsx --save novax.ldbumap --system NOVAX --by SPL\n"
    "  ldbu map check novax.ldbumap eksport.xlsx\n"
    "  ldbu map compare gammel.ldbumap ny.ldbumap"
)
CHECK, COMPARE = "check", "compare"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis, hvad kolonner og værdier i en journaleksport tages for, før noget læses, og gem svarene i et kort.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    add_text_or_json(parser)
    add_maps(parser)
    parser.add_argument(
        "--approve",
        action="append",
        default=[],
        metavar=tr("KOLONNE"),
        help=tr(
            "sig ja til forslaget for en kolonne og dens værdier: overskriften, dens bogstaver, eller all for alt; "
            "kan gives flere gange"
        ),
    )
    parser.add_argument("--approve-all-sure", action="store_true", help=tr("sig ja til alt, der er sikkert"))
    parser.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar=tr("KOLONNE"),
        help=tr("udelad en kolonne: overskriften, dens bogstaver, eller unmapped for alle, der ikke er koblet"),
    )
    parser.add_argument(
        "--dates",
        action="append",
        default=[],
        metavar=tr("KOLONNE=FORM"),
        help=tr("hvordan en kolonnes datoer er skrevet: dd-mm-yyyy, mm-dd-yyyy, yyyy-mm-dd eller yyyy-dd-mm"),
    )
    parser.add_argument(
        "--set",
        dest="constants",
        action="append",
        default=[],
        metavar=tr("NAVN=VÆRDI"),
        help=tr("det samme for alle rækker, fx citizen.organisation=451000016003 eller visit.class=HH"),
    )
    parser.add_argument(
        "--save", type=Path, metavar=tr("KORT"), help=tr("gem et kort (.ldbumap), der kan rettes i hånden")
    )
    parser.add_argument("--remember", action="store_true", help=tr("husk svarene til næste eksport af samme slags"))
    parser.add_argument("--system", default="", help=tr("journalsystemets navn, som det skal stå i kortet"))
    parser.add_argument("--release", default="", metavar=tr("UDGAVE"), help=tr("journalsystemets udgave"))
    parser.add_argument("--by", default="", metavar=tr("HVEM"), help=tr("hvem der svarer: en rolle eller initialer"))


def run(arguments: argparse.Namespace) -> int:
    """Tell the proposal; the exit code tells whether anything of it waits for a yes."""
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    word = str(arguments.files[0])
    if word in (CHECK, COMPARE) and not arguments.files[0].exists():
        return (_check if word == CHECK else _compare)(arguments, standard)
    return _propose(arguments, standard)


def _propose(arguments: argparse.Namespace, standard: Standard) -> int:
    from ldbu_desktop.rendering.proposal import proposal_facts, proposal_lines
    from ldbu_desktop.use_cases.map import propose
    from ldbu_desktop.use_cases.map_decide import Answers, decided
    from ldbu_desktop.use_cases.map_save import load_map, made_map, remember_map, save_map, with_maps, with_remembered
    from ldbu_desktop.work import Cancellation

    maps = tuple(map(load_map, arguments.maps))
    with progress_bar(tr("Læser")) as progress:
        proposal = propose(arguments.files, standard, clock.today(), progress, Cancellation())
    proposal = with_maps(proposal, maps) if maps else with_remembered(proposal)
    answers = Answers(
        arguments.by,
        arguments.approve,
        arguments.approve_all_sure,
        arguments.leave_out,
        arguments.constants,
        arguments.dates,
    )
    proposal = decided(proposal, answers, standard)
    if arguments.save is not None or arguments.remember:
        system = arguments.system or Path(proposal.tables[0].file).stem
        made = made_map(proposal, system, arguments.release, answers.approval, standard)
        if arguments.save is not None:
            save_map(arguments.save, made)
            tell(tr("Skrevet i {file}", file=arguments.save))
        if arguments.remember:
            remember_map(made)
    _answer(arguments, proposal_facts(proposal), proposal_lines(proposal, standard, chosen()))
    return Exit.REJECTED if proposal.is_waiting else Exit.CLEAN


def _check(arguments: argparse.Namespace, standard: Standard) -> int:
    from ldbu_desktop.rendering.maps import checked_map_facts, checked_map_lines
    from ldbu_desktop.use_cases.map_check import check_map
    from ldbu_desktop.work import Cancellation

    _, *paths = arguments.files
    if not paths:
        raise CallFault("map-nothing-to-check")
    with progress_bar(tr("Læser")) as progress:
        checked = check_map(paths[0], paths[1:], standard, progress, Cancellation())
    language = chosen()
    _answer(arguments, checked_map_facts(checked, language), checked_map_lines(checked, standard, language))
    return Exit.CLEAN if checked.is_right else Exit.REJECTED


def _compare(arguments: argparse.Namespace, standard: Standard) -> int:
    from ldbu_desktop.rendering.maps import difference_facts, difference_lines
    from ldbu_desktop.use_cases.map_check import compare_maps

    _, *paths = arguments.files
    if len(paths) != 2:
        raise CallFault("map-compare-two")
    found = compare_maps(*paths)
    _answer(arguments, {"differences": difference_facts(found)}, difference_lines(found))
    return Exit.REJECTED if found else Exit.CLEAN


def _answer(arguments: argparse.Namespace, facts: dict[str, Any], lines: Iterator[str] | Iterable[str]) -> None:
    if arguments.format == "json":
        from ldbu_desktop.rendering.machine import encoded

        say(encoded(facts))
        return
    for line in lines:
        say(line)
