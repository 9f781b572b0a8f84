"""What runs in the sandbox: it waits for a use of it, and serves each in a process that knows nothing of the others.

Where the system can, that process comes out of the waiting one, which has read the program already and has no other
thread: so it is there at once. Elsewhere the waiting one serves itself, once.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Generator
from contextlib import suppress
from importlib import import_module
from typing import IO

from ldbu_desktop.faults import Fault
from ldbu_desktop.sandbox import confinement
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sandbox.messages import UNCONFINED, Reply, Request, framed, received, sendable_facts, write

Told = Generator[bytes, bytes, bytes]
"""What a function of a stream gives: its messages, the last as what it returns; it is sent what is asked next."""

_SOON_NEEDED = ("ldbu_desktop.sources.served",)
"""What a use begins with, imported before there is one."""


def main() -> int:
    """Serve uses until nobody asks any more; returns what the process is ended with."""
    with suppress(ValueError, OSError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for name in _SOON_NEEDED:
        import_module(name)
    gc.disable()
    gc.freeze()
    with open(0, "rb", buffering=0, closefd=False) as requests, open(1, "wb", buffering=0, closefd=False) as replies:
        return serve_uses(requests, replies)


def serve_uses(requests: IO[bytes], replies: IO[bytes]) -> int:
    """Serve one use after the other, each in a process of its own where the system can."""
    while (use := received(requests, Request)) is not None:
        if use.call:
            import_module(use.call)
            gc.freeze()
            continue
        if not hasattr(os, "fork"):
            served(requests, replies, is_confined=use != UNCONFINED)
            return 0
        process = os.fork()
        if not process:
            os._exit(served(requests, replies, is_confined=use != UNCONFINED))
        if sys.platform == "darwin":
            from ldbu_desktop.sandbox.darwin_memory import resident_bytes

            status = confinement.watch(process, confinement.MOST_BYTES, resident_bytes)
        else:
            status = os.waitpid(process, 0)[1]
        if status:
            return confinement.ended_with(status)
    return 0


def served(requests: IO[bytes], replies: IO[bytes], *, is_confined: bool = True) -> int:
    """Serve one use; returns what the process is ended with."""
    try:
        if is_confined:
            confinement.confine()
            serve(requests, replies, confinement.hold_to_memory, confinement.Clock())
        else:
            serve(requests, replies, _no_limit, None)
    except BaseException:  # nobody is there to be told more than that it ended
        return 1
    return 0


def _no_limit(_: int) -> None:
    return None


def serve(
    requests: IO[bytes], replies: IO[bytes], hold: Callable[[int], None], clock: confinement.Clock | None
) -> None:
    """Answer the requests of one use, in their order, held to the memory and the time of each."""
    streams: dict[int, _Stream] = {}
    while (request := received(requests, Request)) is not None and request.stream:
        if request.ends:
            streams.pop(request.stream, None)
            continue
        if request.call:
            streams[request.stream] = _Stream(request)
        stream = streams[request.stream]
        hold(sum(each.memory for each in streams.values()))
        reply = stream.answer(request.data, clock)
        if reply.is_last:
            del streams[request.stream], stream
        write(replies, framed(reply))


class _Stream:
    """A function that is run, with what time it has left."""

    def __init__(self, begun: Request) -> None:
        self._file, self.memory = begun.file, begun.memory
        self._call = begun.call
        self._left = begun.seconds
        self._told: Told | None = None

    def answer(self, data: bytes, clock: confinement.Clock | None) -> Reply:
        """The next message, asked for with ``data``."""
        began = time.process_time()
        if clock is not None:
            clock.start(self._left)
        try:
            with reading(self._file):
                return self._next(data)
        except Fault as fault:
            return Reply(is_last=True, fault=fault.key, facts=sendable_facts(fault.facts))
        finally:
            if clock is not None:
                clock.stop()
            self._left -= time.process_time() - began

    def _next(self, data: bytes) -> Reply:
        try:
            if self._told is not None:
                return Reply(self._told.send(data))
            module, _, name = self._call.partition(":")
            self._told = getattr(import_module(module), name)(data)
            return Reply(next(self._told))
        except StopIteration as last:
            return Reply(last.value, is_last=True)
