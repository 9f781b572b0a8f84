"""``ldbu explain``: what a finding means, why it is found and what to do."""

from __future__ import annotations

import argparse

from ldbu_desktop.language import tr

EXAMPLE = "ldbu explain mandatory-missing-gateway"


def summary() -> str:
    """What the command does, in a line."""
    return tr("Forklar en kode fra forkontrollen, eller vis alle koder.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    parser.add_argument("code", nargs="?", metavar=tr("KODE"), help=tr("koden på et fund; udelades den, vises alle"))


def run(arguments: argparse.Namespace) -> int:
    """Print one explanation, or the list of all codes."""
    raise NotImplementedError
