"""Forces what was written to the disk beside the work, so that a slow disk holds nobody up who types."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from ldbu_desktop.faults import OutputFault


class Forcing:
    """One file that is forced to the disk whenever it is asked for, in a thread of its own."""

    def __init__(self, path: Path, name: str) -> None:
        """Force the file ``path``; faults are about ``name``. No thread is there before it is asked."""
        self._path, self._name = path, name
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="force to disk")
        self._asked: Future[None] | None = None

    def ask(self) -> None:
        """Force what was written until now."""
        self._asked = self._thread.submit(self._force)

    def _force(self) -> None:
        with suppress(FileNotFoundError), self._path.open("rb+") as stream:
            os.fsync(stream.fileno())

    def check(self, *, is_last: bool = False) -> None:
        """Raise :class:`OutputFault` once where it failed; what is not done yet is waited for if it is the last."""
        asked = self._asked
        if asked is None or not (is_last or asked.done()):
            return
        self._asked = None
        if isinstance(error := asked.exception(), OSError):
            raise OutputFault("case-disk-fault", file=self._name, why=error.strerror or "?") from error

    def end(self) -> None:
        """Finish what was asked for."""
        self._thread.shutdown()
