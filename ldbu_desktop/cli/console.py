"""What people see on a terminal: progress on standard error, and faults in plain words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.terminal import for_log, for_screen
from ldbu_desktop.work import Progress, Step, no_progress

if TYPE_CHECKING:
    from rich.console import Console

_UNBROKEN = 100_000
"""The width of a console that breaks no line."""

DRAW_EVERY = 0.1
"""Seconds between two pictures of a progress bar."""


def console(*, is_error: bool = False) -> Console:
    """A console on standard output or error: no colours, and no lines broken, where no terminal shows them."""
    from rich.console import Console

    stream = sys.stderr if is_error else sys.stdout
    return Console(stderr=is_error, highlight=False, width=None if stream.isatty() else _UNBROKEN)


def say(text: str) -> None:
    """Write a line to standard output."""
    sys.stdout.write(f"{for_screen(text)}\n")


def tell(text: str) -> None:
    """Write a line to standard error, beside the answer: it may be kept in a log, so no CPR number is in it."""
    sys.stderr.write(f"{for_log(text)}\n")


def tell_fault(fault: Fault) -> None:
    """Say on standard error what stopped the work: never a traceback."""
    told = console(is_error=True)
    told.print(f"[bold red]✖ {tr('Fejl')}[/]: ", end="")
    told.print(for_log(fault_text(fault, chosen())), markup=False)


@contextmanager
def progress_bar(words: str) -> Iterator[Progress]:
    """A progress bar on standard error while the work runs; nothing where that is no terminal.

    The work itself draws it: beside a thread that did, no work could be shared out among processes.
    """
    if not sys.stderr.isatty():
        yield no_progress
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console(is_error=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(words, total=None)
        bar.refresh()
        next_at = monotonic() + DRAW_EVERY

        def show(step: Step) -> None:
            nonlocal next_at
            is_time = monotonic() >= next_at
            bar.update(task, completed=step.done, total=step.total, refresh=is_time)
            if is_time:
                next_at = monotonic() + DRAW_EVERY

        yield show
