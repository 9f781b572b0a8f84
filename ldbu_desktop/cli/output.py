"""Where a command's answer goes and in which form: standard output, or a file that is written whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from ldbu_desktop import __version__, clock
from ldbu_desktop.cli.console import tell
from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.formats import FORMATS, Audience, Output
from ldbu_desktop.whole_files import write_whole

if TYPE_CHECKING:
    from ldbu_desktop.rendering.occasion import Occasion
    from ldbu_desktop.standard.model import Standard
    from ldbu_desktop.use_cases.read_reports import HistoryRun


def add_output(parser: argparse.ArgumentParser, names: Collection[str]) -> None:
    """Declare in which of the formats of these names to answer, and where to."""

    def named(audience: Audience) -> str:
        return ", ".join(name for name in names if FORMATS[name].audience == audience)

    parser.add_argument(
        "--format",
        choices=tuple(names),
        default="text",
        metavar=tr("FORM"),
        help=tr(
            "{people} til mennesker (forvalgt); {reports} til en rapport; {sheets} til regneark; "
            "{machines} til maskiner",
            people=named("people"),
            reports=named("report"),
            sheets=named("spreadsheet"),
            machines=named("machines"),
        ),
    )
    add_target(parser)
    parser.add_argument("--all", action="store_true", help=tr("vis alle steder, ikke kun de første ved hver årsag"))


def add_text_or_json(parser: argparse.ArgumentParser) -> None:
    """Declare the form of an answer that has only these two."""
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help=tr("text til mennesker (forvalgt), json til maskiner"),
    )


def add_baseline(parser: argparse.ArgumentParser) -> None:
    """Declare what was found before."""
    parser.add_argument(
        "--baseline",
        type=Path,
        metavar=tr("FIL"),
        help=tr("et tidligere svar på samme kommando som json eller jsonl: kun det, der er nyt siden, vises og tæller"),
    )


def tell_known(count: int) -> None:
    """Say how much was left out since it was found before."""
    tell(tr("Kendt fra før: {count, plural, one {# fund} other {# fund}}, ikke vist.", count=count))


def tell_beside(run: HistoryRun, standard: Standard, *, found: int) -> None:
    """Say which reports are written for another edition of the standard or another guide, and what to change.

    Where no report was ``found`` it is said of each file why, and that ends the command.
    """
    from ldbu_desktop.rendering.left_out import beside_words

    for words in beside_words(run.counts, () if found else run.left_out, standard):
        tell(words)
    if not found:
        raise CallFault("check-nothing-found")


def tell_not_all_read() -> None:
    """Say that an answer does not rest on all that the files hold."""
    from ldbu_desktop.rendering.left_out import not_all_read_words

    tell(not_all_read_words())


def add_target(parser: argparse.ArgumentParser) -> None:
    """Declare where to answer."""
    parser.add_argument("--to", type=Path, metavar=tr("FIL"), help=tr("skriv i en fil i stedet for til skærmen"))


def occasion(standard: str, catalogue: Standard, *, everything: bool) -> Occasion:
    """What is checked with, now, in the language in use."""
    from ldbu_desktop.rendering.occasion import Occasion

    return Occasion(
        standard=standard,
        catalogue=catalogue,
        program=f"LDBU Desktop {__version__}",
        at=clock.now(),
        language=chosen(),
        everything=everything,
        rest=tr("--all viser alle"),
    )


@contextmanager
def sheet(arguments: argparse.Namespace) -> Iterator[Output]:
    """Where the answer is written: to the file that was named, else to standard output.

    What was told when the work is stopped is kept; where nothing was told by then, no file is written.
    Raises :class:`CallFault` for a form that is no text on a terminal, and
    :class:`~ldbu_desktop.faults.OutputFault` where the file can't be written.
    """
    if arguments.to is None:
        stream = sys.stdout
        if FORMATS[arguments.format].is_binary and stream.isatty():
            raise CallFault("format-needs-file", form=arguments.format)
        try:
            yield Output(stream, _write_bytes, arguments.paint)
        finally:
            stream.flush()
        return
    written = BytesIO()
    text = TextIOWrapper(written, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    is_whole = False
    try:
        yield Output(text, written.write, arguments.paint)
        is_whole = True
    finally:
        if is_whole or written.getvalue():
            write_whole(arguments.to, lambda aside: aside.write_bytes(written.getvalue()))
    tell(tr("Skrevet i {file}", file=arguments.to))


def _write_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data)
