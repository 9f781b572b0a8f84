"""``ldbu template``: an empty workbook or csv in one of our two shapes."""

from __future__ import annotations

import argparse
from pathlib import Path

from ldbu_desktop.cli.console import say
from ldbu_desktop.language import chosen, tr

EXAMPLE = "ldbu template skabelon.xlsx --shape long"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Skriv en tom skabelon til en journaleksport.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument("file", type=Path, metavar=tr("FIL"), help=tr("hvor skabelonen skrives: .xlsx eller .csv"))
    parser.add_argument(
        "--shape",
        choices=("long", "wide"),
        default="long",
        help=tr("long: et ark pr. slags oplysning (forvalgt); wide: en række pr. kontakt"),
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the template and say where."""
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.use_cases.template import write_template

    for path in write_template(arguments.file, shipped_standard(), arguments.shape, chosen()):
        say(tr("Skabelonen ligger i {file}", file=path))
    return 0
