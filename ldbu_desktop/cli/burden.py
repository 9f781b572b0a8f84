"""``ldbu burden``: what forms cost to fill, side by side; what a journal shows; and what the figures rest on."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.journal_files import add_maps, opened
from ldbu_desktop.cli.output import tell_not_all_read
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from ldbu_desktop.burden.assumptions import Assumptions
    from ldbu_desktop.burden.comparison import Comparison
    from ldbu_desktop.standard.model import Standard

EXAMPLE = "ldbu burden 2-months mit-skema.yaml --parents 2 --assume births=600"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Regn ud, hvor lang tid det tager at udfylde skemaer, og sammenlign dem.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument(
        "forms",
        nargs="*",
        metavar=tr("SKEMA"),
        help=tr("et skemas navn eller fil; flere sammenlignes med det første"),
    )
    parser.add_argument(
        "--parents", type=_parents, default=1, metavar=tr("ANTAL"), help=tr("forældre ved kontakten (forvalgt: 1)")
    )
    parser.add_argument(
        "--assume",
        action="append",
        default=[],
        metavar=tr("NAVN=TAL"),
        help=tr("sæt en antagelse, fx births=600 eller M=1,2/1,5/2; kan gives flere gange"),
    )
    parser.add_argument("--assumptions", action="store_true", help=tr("vis alle antagelser med kilde og år"))
    parser.add_argument(
        "--data",
        action="append",
        default=[],
        type=Path,
        metavar=tr("FIL"),
        help=tr("en journaleksport: hvor lang tid tager den registrering, den viser? Kan gives flere gange"),
    )
    add_maps(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "xlsx"),
        default="text",
        help=tr("text til mennesker (forvalgt), json til maskiner, xlsx til regneark"),
    )
    parser.add_argument("--to", type=Path, metavar=tr("FIL"), help=tr("skriv i en fil i stedet for til skærmen"))


def _parents(text: str) -> int:
    if not text.isdecimal() or not 0 <= int(text) <= 9:
        raise argparse.ArgumentTypeError(tr("skal være et tal fra 0 til 9"))
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Print what was asked for.

    What is lost by a variant is an answer and no fault; the exit code is 1 where not all of a journal could be read.
    """
    from ldbu_desktop.use_cases.burden import assumptions_of, compared
    from ldbu_desktop.use_cases.forms import forms_by_name
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    assumptions = assumptions_of(arguments.assume)
    asked = sum(map(bool, (arguments.forms, arguments.data, arguments.assumptions)))
    if asked != 1:
        raise CallFault("burden-several" if asked else "burden-nothing")
    if arguments.forms:
        forms = forms_by_name(arguments.forms, standard)
        comparison = compared(forms, standard, assumptions, arguments.parents, language=chosen())
        _write(arguments, _comparison(comparison, standard, arguments.format))
    elif arguments.format == "xlsx":
        raise CallFault("burden-workbook-of-forms")
    elif arguments.data:
        return _registration(arguments, standard, assumptions)
    else:
        _write(arguments, _assumptions(assumptions, arguments.format))
    return Exit.CLEAN


def _comparison(comparison: Comparison, standard: Standard, form: str) -> str | bytes:
    if form == "xlsx":
        from ldbu_desktop.rendering.burden_tables import tables
        from ldbu_desktop.rendering.tables import workbook

        return workbook(tables(comparison, standard, chosen()))
    from ldbu_desktop.rendering.burden_text import comparison_json, comparison_text

    return comparison_json(comparison, standard) if form == "json" else comparison_text(comparison, standard)


def _registration(arguments: argparse.Namespace, standard: Standard, assumptions: Assumptions) -> int:
    from ldbu_desktop.rendering.burden_text import registration_json, registration_text
    from ldbu_desktop.use_cases.burden import is_all_registered, registered

    work = opened(arguments.data, standard, arguments.maps)
    found = registered(work, assumptions, chosen())
    _write(arguments, registration_json(found) if arguments.format == "json" else registration_text(found, standard))
    if is_all_registered(work):
        return Exit.CLEAN
    tell_not_all_read()
    return Exit.REJECTED


def _assumptions(assumptions: Assumptions, form: str) -> str:
    from ldbu_desktop.rendering.burden_text import assumptions_json, assumptions_text

    return assumptions_json(assumptions) if form == "json" else assumptions_text(assumptions)


def _write(arguments: argparse.Namespace, told: str | bytes) -> None:
    """Into the file that was named, else to standard output; a workbook goes to no terminal."""
    contents = told if isinstance(told, bytes) else f"{told}\n".encode()
    if arguments.to is not None:
        from ldbu_desktop.whole_files import write_whole

        write_whole(arguments.to, lambda path: path.write_bytes(contents))
        say(tr("Skrevet i {file}", file=arguments.to))
    elif isinstance(told, str):
        say(told)
    elif sys.stdout.isatty():
        raise CallFault("format-needs-file", form=arguments.format)
    else:
        sys.stdout.buffer.write(contents)
        sys.stdout.flush()
