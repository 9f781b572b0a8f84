"""Rescue: what is whole of a damaged case file, in a new one."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.casefile.beginning import shown
from ldbu_desktop.casefile.rescue import Rescued, rescue
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.policy import policy
from ldbu_desktop.whole_files import is_there
from ldbu_desktop.work import Cancellation, Progress, no_progress


def rescue_case(
    path: Path,
    passphrase: str,
    to: Path,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Rescued:
    """The new case file ``to``, which is open; it never takes the place of a file that is there.

    Raises as :func:`~ldbu_desktop.casefile.rescue.rescue` does, and :class:`OutputFault` where ``to`` is there,
    or the machine's policy is that case files lie elsewhere.
    """
    policy().must_take_case(to)
    if is_there(to):
        raise OutputFault("case-rescue-there", file=shown(to))
    return rescue(path, passphrase, to, progress, cancellation)
