"""The program's side of its sandbox: streams of what functions there tell, one piece for each that is asked for.

What is asked for is answered in its order, so that a piece can be asked for before it is needed. A process that ends
by itself ended on what it answered next: that is a fault of the stream, which names its file. The next stream has a
process of its own again.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import IO, Self, cast

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox import confinement
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sandbox.messages import EMPTY, LENGTH, UNCONFINED, Reply, Request, framed, received, write

_IS_USED_AGAIN = hasattr(os, "fork")
"""Whether a process serves several uses, each as if it were the first."""

_HIDDEN = 0x08000000 if sys.platform == "win32" else 0
"""``CREATE_NO_WINDOW``: no terminal of its own."""

_DYING = 5
"""Seconds in which a process that has closed its pipe must have ended."""

PIPE_HOLDS = 32 * 1024 if sys.platform == "linux" else 2048
"""Bytes that a pipe surely takes while nobody reads: half of what it has room for, as pages may be filled in part."""

_idle: list[_Process] = []
"""Processes that wait for a use."""


def make_ready(module: str = "") -> None:
    """Begin a process that the next use will find waiting, with a module that it will need imported already."""
    if not _idle:
        process = _Process()
        if module:
            process.send(Request(call=module))
        _idle.append(process)


@atexit.register
def end_idle() -> None:
    """End the processes that wait."""
    while _idle:
        _idle.pop().end()


class _Process:
    """A process that serves uses; it is begun at once, and answers when it has read the program."""

    def __init__(self) -> None:
        self.unanswered: deque[Stream] = deque()
        self._unread: deque[int] = deque()
        """Bytes that were sent since the answer before, for each that is not answered; and those sent after them."""
        self._sent_since = 0
        self.fault: FileFault | None = None
        self.blamed: Stream | None = None
        self._process = _begun()
        self._requests, self._replies = cast(IO[bytes], self._process.stdin), cast(IO[bytes], self._process.stdout)
        if not hasattr(sys, "frozen"):
            told = "\0".join((str(int(sys.dont_write_bytecode)), *sys.path)).encode("utf-8", "surrogateescape")
            self._requests.write(len(told).to_bytes(LENGTH, "big") + told)

    @property
    def is_waiting(self) -> bool:
        """Whether it is there, and owes no answer."""
        return self.fault is None and not self.unanswered and self._process.poll() is None

    def ask(self, stream: Stream, request: Request) -> None:
        """Hand over a request that will be answered."""
        self.send(request)
        self.unanswered.append(stream)
        self._unread.append(self._sent_since)
        self._sent_since = 0

    def send(self, request: Request) -> None:
        """Hand over a request. That the process has ended shows when its answers are taken."""
        message = framed(request)
        with suppress(FileFault):
            self._make_room(len(message))
        if self.fault is None:
            with suppress(OSError):
                write(self._requests, message)

    def _make_room(self, size: int) -> None:
        """Take answers until the pipe has room: a process that waits for its answer to be taken reads no requests.

        One that owes no answer reads whatever is sent.
        """
        while self.unanswered and self._sent_since + sum(self._unread) + size > PIPE_HOLDS:
            self.take()
        if not self.unanswered:
            self._sent_since = 0
        self._sent_since += size

    def take(self) -> None:
        """Receive an answer, for the stream that asked first; raises its fault where the process ended instead."""
        if self.fault is None and (reply := received(self._replies, Reply)) is not None:
            self.unanswered.popleft().replies.append(reply)
            self._unread.popleft()
            return
        if self.fault is None:
            self.blamed = self.unanswered[0]
            self.fault = self._fault_of(self.blamed)
        raise self.fault

    def _fault_of(self, stream: Stream) -> FileFault:
        """The fault of the stream at which the process ended by itself, or told what is no answer."""
        self._requests.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_DYING)
        if self.end() == confinement.OUT_OF_TIME:
            return FileFault("file-reader-slow", file=stream.file, limit=round(stream.seconds))
        return FileFault("file-reader-ended", file=stream.file)

    def end(self) -> int:
        """Stop it, whatever it is doing, and whatever it has begun; returns what it ended with."""
        if self.fault is None:
            self.fault = FileFault("file-reader-ended", file=self.unanswered[0].file if self.unanswered else "")
        if self._process.poll() is None:
            _kill(self._process)
        code = self._process.wait()
        self._requests.close()
        self._replies.close()
        return code


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _begun() -> subprocess.Popen[bytes]:
    """The process: of the program itself where it is in one piece, else of Python, which is told the path by a pipe."""
    if hasattr(sys, "frozen"):
        return subprocess.Popen(
            [sys.executable, "--sandbox"],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_HIDDEN,
            start_new_session=True,
        )
    return subprocess.Popen(
        [
            sys.executable,
            "-ISc",
            "import os, sys; told = os.read(0, int.from_bytes(os.read(0, 8), 'big'))"
            ".decode('utf-8', 'surrogateescape').split('\\0'); "
            "sys.dont_write_bytecode = told[0] == '1'; sys.path[:] = told[1:]; "
            "from ldbu_desktop.sandbox.process import main; sys.exit(main())",
        ],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=_HIDDEN,
        start_new_session=True,
    )


class Stream:
    """What one function in the sandbox tells. ``ask`` for a piece, at once or before it is needed, and ``take`` it."""

    def __init__(self, number: int, process: _Process, file: str, seconds: float) -> None:
        self.file, self.seconds = file, seconds
        self.replies: deque[Reply] = deque()
        self._number, self._process = number, process

    @property
    def is_lost(self) -> bool:
        """Whether the process has ended at another stream."""
        return self._process.fault is not None and self._process.blamed is not self

    def ask(self, data: bytes = b"") -> None:
        """Ask for the next piece."""
        self._process.ask(self, Request(self._number, data))

    def take(self) -> Reply:
        """The piece that was asked for first. Raises :class:`FileFault`, of another stream where that ended all."""
        while not self.replies:
            self._process.take()
        reply = self.replies.popleft()
        if reply.fault:
            raise FileFault(reply.fault, **reply.facts)
        return reply

    def close(self) -> None:
        """Have the sandbox forget it."""
        self._process.send(Request(self._number, ends=True))


class Sandbox:
    """One use of a sandbox: all that is read with it is forgotten there when it ends.

    Not ``is_confined``: it is for work of ours that reads no file itself, and nothing is limited.
    """

    def __init__(self, *, is_confined: bool = True) -> None:
        self._begins = EMPTY if is_confined else UNCONFINED
        self._process: _Process | None = None
        self._number = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.end()

    def begin(self, call: str, file: str, size: int, data: bytes = b"") -> Stream:
        """Run a function, ``module:name``, and ask for its first piece.

        ``file`` is what it reads, for its faults, and ``size`` how many bytes that has.
        """
        if self._process is None or self._process.fault is not None:
            self.end()
            self._process = _taken(file)
            self._process.send(self._begins)
        self._number += 1
        stream = Stream(self._number, self._process, file, confinement.seconds_for(size))
        request = Request(self._number, data, call, file, confinement.memory_for(size), stream.seconds)
        self._process.ask(stream, request)
        return stream

    def end(self) -> None:
        """End the use."""
        process, self._process = self._process, None
        if process is None:
            return
        if _IS_USED_AGAIN and process.is_waiting:
            process.send(EMPTY)
            _idle.append(process)
        else:
            process.end()


def _taken(file: str) -> _Process:
    while _idle:
        process = _idle.pop()
        if process.is_waiting:
            return process
        process.end()
    with reading(file):
        return _Process()
