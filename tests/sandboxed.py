"""What tests run in the sandbox: functions that do there what a hostile file makes a reader do."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import time
from collections.abc import Generator
from pathlib import Path

Told = Generator[bytes, bytes, bytes]
BLOCK = 16 * 1024 * 1024


def bytes_of(data: bytes) -> Generator[bytes, bytes, bytes]:
    """So many bytes."""
    yield from ()
    return bytes(int(data))


def echo(data: bytes) -> Told:
    """What it is sent, until that is nothing."""
    while data:
        data = yield data
    return b"end"


def counted(data: bytes) -> Told:
    """So many messages."""
    for number in range(int(data)):
        yield str(number).encode()
    return b"end"


def abort(_: bytes) -> Told:
    """End as a native library does that gives up."""
    os.abort()
    yield b""


def leave(_: bytes) -> Told:
    """End without a word."""
    os._exit(6)
    yield b""


def crash(_: bytes) -> Told:
    """End at a place in memory that is nobody's."""
    ctypes.string_at(0)
    yield b""


def half_a_message(_: bytes) -> Told:
    """End in the middle of an answer."""
    os.write(1, (1000).to_bytes(8, "big") + b"\x95")
    os.abort()
    yield b""


def no_message(_: bytes) -> Told:
    """Answer with what is none."""
    os.write(1, (3).to_bytes(8, "big") + b"\xc1\xc1\xc1")
    yield b""


def fill(_: bytes) -> Told:
    """Take all memory there is."""
    blocks = []
    while True:
        blocks.append(bytearray(BLOCK))
    yield b""


def spin(_: bytes) -> Told:
    """Take the processor without end."""
    while True:
        pass
    yield b""


def sleep(_: bytes) -> Told:
    """Wait without end, in a call that gives nobody a turn."""
    ctypes.PyDLL(None).sleep(1000)
    yield b""


def recurse(data: bytes) -> Told:
    """Go deeper than the interpreter can."""
    recurse_into(data)
    yield b""


def recurse_into(data: bytes) -> bytes:
    return recurse_into(data) + data


def write_file(path: bytes) -> Told:
    """Write something to a file."""
    Path(path.decode()).write_bytes(b"0505209996")
    yield b""


def state(_: bytes) -> Told:
    """How the process is held, and what can be seen of it."""
    told = {
        "core": resource.getrlimit(resource.RLIMIT_CORE),
        "memory": resource.getrlimit(resource.RLIMIT_AS)[0],
        "process": os.getpid(),
        "waiting": os.getppid(),
        "arguments": sys.argv,
        "remembered": len(_REMEMBERED),
    }
    _REMEMBERED.append(time.monotonic())
    return repr(told).encode()
    yield b""


_REMEMBERED: list[float] = []
