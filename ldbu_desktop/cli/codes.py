"""``ldbu codes``: every code of a finding with its rule, source, version, severity and since when."""

from __future__ import annotations

import argparse

from ldbu_desktop import __version__
from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.output import add_text_or_json
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import chosen, tr

EXAMPLE = "ldbu codes --format json"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis alle koder på fund: regel, kilde, version, alvor og siden hvilken udgave.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    add_text_or_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the list."""
    from ldbu_desktop.rendering.codes import codes_json, codes_lines
    from ldbu_desktop.use_cases.codes import all_codes
    from ldbu_desktop.use_cases.standards import shipped_standard

    standard = shipped_standard()
    codes, language = all_codes(standard), chosen()
    about = {
        "program": f"LDBU Desktop {__version__}",
        "standard": f"{standard.header.package}#{standard.header.version}",
    }
    for line in codes_json(codes, language, about) if arguments.format == "json" else codes_lines(codes, language):
        say(line)
    return Exit.CLEAN
