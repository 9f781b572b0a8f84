"""``ldbu schema``: the JSON schemas of what is written for machines, and of the files that people write."""

from __future__ import annotations

import argparse

from ldbu_desktop.cli.console import say
from ldbu_desktop.cli.program import Exit
from ldbu_desktop.language import tr

EXAMPLE = "ldbu schema check"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis JSON-skemaet for det, en kommando svarer maskiner, eller for en fil af vores.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    from ldbu_desktop.use_cases.schemas import schemas

    names = tuple(schemas())
    parser.add_argument(
        "name",
        nargs="?",
        choices=names,
        metavar=tr("NAVN"),
        help=tr("et af {names}; udelades det, vises navnene", names=", ".join(names)),
    )


def run(arguments: argparse.Namespace) -> int:
    """Print a schema as it stands, or the names."""
    from ldbu_desktop.use_cases.schemas import schema, schemas

    if arguments.name is None:
        for name in schemas():
            say(name)
    else:
        say(schema(arguments.name).rstrip("\n"))
    return Exit.CLEAN
