"""``ldbu manual``: the manual on a terminal, or as HTML or PDF in a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop.cli.console import console, say, tell
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.whole_files import write_whole

EXAMPLE = "ldbu manual --to manual.pdf"
_PRINTED = 480
"""How wide a picture is on paper, in points."""


def summary() -> str:
    """What the command does, in a line."""
    return tr("Vis manualen, eller skriv den som HTML eller PDF: en side for hver slags bruger.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's own words."""
    from ldbu_desktop.rendering.manual import PAGES

    parser.add_argument(
        "page", nargs="?", choices=PAGES, metavar=tr("SIDE"), help=tr("en af {pages}", pages=", ".join(PAGES))
    )
    parser.add_argument("--to", type=Path, metavar=tr("FIL"), help=tr("skriv i en fil, der ender på .html eller .pdf"))


def run(arguments: argparse.Namespace) -> int:
    """Show one page, or all of them; or write them to a file."""
    from ldbu_desktop.rendering.manual import PAGES, text, whole

    pages, to = PAGES if arguments.page is None else (arguments.page,), arguments.to
    if to is None:
        _show([text(page, chosen()) for page in pages])
        return 0
    ending = to.suffix.lower()
    if ending == ".html":
        data = whole(pages, chosen()).encode()
    elif ending == ".pdf":
        data = arguments.paint("LDBU Desktop", whole(pages, chosen(), width=_PRINTED))
    else:
        raise CallFault("manual-ending", file=to.name)
    write_whole(to, lambda aside: aside.write_bytes(data))
    tell(tr("Skrevet i {file}", file=to))
    return 0


def _show(pages: Sequence[str]) -> None:
    """Pages as a terminal shows them; as they are written where none is."""
    if not sys.stdout.isatty():
        say("\n".join(pages))
        return
    from rich.markdown import Markdown

    for page in pages:
        console().print(Markdown(page))
