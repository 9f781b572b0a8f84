"""What runs in the sandbox, run in this process: no new process for each of a million inputs.

An input that this process dies of, or that takes too much of it, is read once more as the program reads it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import pytest

from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sandbox.messages import Reply, sendable_facts
from ldbu_desktop.sources import reader
from ldbu_desktop.standard import official_package


class StreamHere:
    """What one function tells, as :class:`~ldbu_desktop.sandbox.sandbox.Stream` does."""

    is_lost = False

    def __init__(self, call: str, file: str, data: bytes) -> None:
        module, _, name = call.partition(":")
        self.file = file
        self._told = getattr(import_module(module), name)(data)
        self._asked: deque[bytes | None] = deque([None])

    def ask(self, data: bytes = b"") -> None:
        """Ask for the next piece."""
        self._asked.append(data)

    def take(self) -> Reply:
        """The piece that was asked for first."""
        asked = self._asked.popleft()
        try:
            with reading(self.file):
                return self._next(asked)
        except Fault as fault:
            raise FileFault(fault.key, **sendable_facts(fault.facts)) from None

    def _next(self, asked: bytes | None) -> Reply:
        try:
            return Reply(self._told.send(asked))
        except StopIteration as last:
            return Reply(last.value, is_last=True)

    def close(self) -> None:
        """Forget it."""
        self._told.close()


class SandboxHere:
    """One use of a sandbox that is none."""

    def __enter__(self) -> SandboxHere:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def begin(self, call: str, file: str, size: int, data: bytes = b"") -> StreamHere:
        """Run a function: see :class:`~ldbu_desktop.sandbox.sandbox.Sandbox`."""
        del size
        return StreamHere(call, file, data)

    def end(self) -> None:
        """End the use."""


@contextmanager
def files_read_here() -> Iterator[None]:
    """Within, all that reads files in a sandbox reads them in this process."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (reader, official_package):
            patch.setattr(module, "Sandbox", SandboxHere)
        patch.setattr(reader, "make_ready", lambda: None)
        yield
