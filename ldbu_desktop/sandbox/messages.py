"""What travels between a program and its sandbox: requests one way, one reply to each the other way, in order.

A message is its length and then MessagePack. It is read by its type: a process that a file has taken over can give
wrong values, and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, TypeVar

import msgspec

LENGTH = 8
"""Bytes of a message's length."""

LONGEST = 1024 * 1024 * 1024
"""Bytes of a message that is not from a process of ours any more."""

_NO_NUMBER = 1 << 63

Facts = dict[str, str | int | float | bool | None]


class Request(msgspec.Struct, array_like=True, frozen=True):
    """Something that is asked of the sandbox.

    ``call`` begins a stream: ``module:name`` of a function; without it, stream ``stream`` (from 1) goes
    on with ``data``, or ends where ``ends``, which has no reply. ``memory`` is how many bytes it may take and
    ``seconds`` of the processor's time, and ``file`` what it reads, for its faults. The empty request begins a use of
    the sandbox, and the next one ends it: what was read in one is gone in the other. Between two uses ``call`` names a
    module that the next will need.
    """

    stream: int = 0
    data: bytes = b""
    call: str = ""
    file: str = ""
    memory: int = 0
    seconds: float = 0
    ends: bool = False


EMPTY = Request()
UNCONFINED = Request(memory=-1)
"""Begins a use for work of ours that reads no file itself: nothing is limited."""


class Reply(msgspec.Struct, array_like=True, frozen=True):
    """What a stream answers: a message of its own, whether it was the last, or the fault that ended it."""

    data: bytes = b""
    is_last: bool = False
    fault: str = ""
    facts: Facts = {}


Message = TypeVar("Message", Request, Reply)

_encoder = msgspec.msgpack.Encoder()


def framed(message: Request | Reply) -> bytes:
    """A message as it is written."""
    data = _encoder.encode(message)
    return len(data).to_bytes(LENGTH, "big") + data


def write(stream: IO[bytes], message: bytes) -> None:
    """Write a framed message whole: a pipe may take it in pieces."""
    left = memoryview(message)
    while left:
        left = left[stream.write(left) :]


def received(stream: IO[bytes], kind: type[Message]) -> Message | None:
    """The next message; None where there is no more, or what comes is none."""
    length = int.from_bytes(_exactly(stream, LENGTH), "big")
    if not 0 < length <= LONGEST:
        return None
    data = _exactly(stream, length)
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _exactly(stream: IO[bytes], size: int) -> bytes:
    """So many bytes, which a pipe may give in pieces; none where it ends before."""
    data = stream.read(size)
    if len(data) == size or not data:
        return data
    pieces, left = [data], size - len(data)
    while left and (piece := stream.read(left)):
        pieces.append(piece)
        left -= len(piece)
    return b"" if left else b"".join(pieces)


def sendable(text: str) -> str:
    """A text as UTF-8 can hold it: the name of a file may have been made of any bytes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()


def sendable_facts(facts: Mapping[str, object]) -> Facts:
    """A fault's facts as they can travel."""
    return {name: _plain(fact) for name, fact in facts.items()}


def _plain(fact: object) -> str | int | float | None:
    if fact is None or isinstance(fact, float) or (isinstance(fact, int) and abs(fact) < _NO_NUMBER):
        return fact
    return sendable(str(fact))
