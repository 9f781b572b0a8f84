"""``ldbu pseudonymise``: files without anybody in them, for whoever must see what is wrong with them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ldbu_desktop import clock
from ldbu_desktop.cli.console import progress_bar, say
from ldbu_desktop.cli.journal_files import add_files, add_maps
from ldbu_desktop.cli.output import add_text_or_json
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu pseudonymise eksport.xlsx --to til-leverandoeren"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Skriv filerne uden personer i, til den der skal se på fejlene: nye CPR-numre, nøgler og datoer.")


def exit_codes() -> str:
    """What is answered to the shell, in words."""
    return tr(
        "Slutkoder:\n"
        "  0  alt er skrevet, og fundene er de samme\n"
        "  1  noget er ikke skrevet, eller der er andre fund end før\n"
        "  2  kaldet er forkert, eller intet kunne læses eller skrives"
    )


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_files(parser)
    parser.add_argument(
        "--to", required=True, type=Path, metavar=tr("MAPPE"), help=tr("en ny eller tom mappe til filerne")
    )
    add_maps(parser)
    parser.add_argument(
        "--keep",
        action="append",
        default=[],
        metavar=tr("KOLONNE"),
        help=tr("behold teksten i en kolonne, som ellers tømmes; CPR-numre i den skiftes ud; kan gives flere gange"),
    )
    parser.add_argument("--birth-month", action="store_true", help=tr("behold fødselsår og -måned"))
    parser.add_argument("--hide-sex", action="store_true", help=tr("lad CPR-numrene ikke vise køn"))
    parser.add_argument(
        "--key",
        type=Path,
        metavar=tr("FIL"),
        help=tr(
            "gem det, numrene er lavet med, krypteret med en adgangskode, eller brug det, der ligger der: så får "
            "samme person samme nye nummer næste gang. Uden det kastes det væk"
        ),
    )
    add_text_or_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the files and tell what was done; the exit code tells whether anything is left out or found otherwise."""
    from ldbu_desktop.pseudonyms.model import Choices
    from ldbu_desktop.rendering.machine import encoded_lines
    from ldbu_desktop.rendering.pseudonymised import pseudonymised_facts, pseudonymised_lines
    from ldbu_desktop.use_cases.pseudonym_secret import secret_for
    from ldbu_desktop.use_cases.pseudonymise import pseudonymise
    from ldbu_desktop.use_cases.standards import shipped_standard
    from ldbu_desktop.work import Cancellation

    secret = secret_for(arguments.key, _passphrase() if arguments.key is not None else "")
    choices = Choices(sex=not arguments.hide_sex, birth_month=arguments.birth_month)
    with progress_bar(tr("Skriver")) as progress:
        told = pseudonymise(
            arguments.files,
            arguments.to,
            shipped_standard(),
            secret,
            clock.today(),
            arguments.maps,
            arguments.keep,
            choices,
            progress,
            Cancellation(),
        )
    is_key_kept = arguments.key is not None
    if arguments.format == "json":
        say(encoded_lines(pseudonymised_facts(told, is_key_kept=is_key_kept)))
    else:
        for line in pseudonymised_lines(told, is_key_kept=is_key_kept):
            say(line)
    if not told.written:
        return Exit.FAULT
    return Exit.CLEAN if told.is_whole else Exit.REJECTED


def _passphrase() -> str:
    """The passphrase: typed unseen on a terminal, else the first line of standard input; it is never an argument."""
    if sys.stdin.isatty():
        from getpass import getpass

        return getpass(f"{tr('Adgangskode')}: ")
    return sys.stdin.readline().rstrip("\r\n")
