"""Work that is shared out is the same as work done alone, whatever becomes of the processes that help."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from itertools import count
from multiprocessing import Pipe, active_children
from multiprocessing.connection import Connection
from typing import Any

import pytest

from ldbu_desktop.sharing import BATCH, can_share, help_with, shared_out

MANY = range(8 * BATCH)
HERE = os.getpid()

needs_copies = pytest.mark.skipif(sys.platform != "linux", reason="processes come out of this one on Linux alone")


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where nothing else runs in this process: whoever runs tests in several processes listens in a thread."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


copies = pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")


def slowly(number: int) -> tuple[int, bool]:
    time.sleep(0.001)
    return number, os.getpid() == HERE


@copies
@needs_copies
@pytest.mark.usefixtures("two_processors")
def test_all_is_found_in_order_and_not_by_one_process() -> None:
    found = list(shared_out(MANY, slowly))
    assert [number for number, _ in found] == list(MANY)
    assert {is_here for _, is_here in found} == {True, False}


@copies
@needs_copies
@pytest.mark.usefixtures("two_processors")
def test_what_a_process_that_ends_leaves_is_done_here() -> None:
    def ends_elsewhere(number: int) -> int:
        if os.getpid() != HERE:
            os._exit(1)
        time.sleep(0.001)
        return number

    assert list(shared_out(MANY, ends_elsewhere)) == list(MANY)


@copies
@needs_copies
@pytest.mark.usefixtures("two_processors")
def test_what_fails_elsewhere_fails_here(capfd: pytest.CaptureFixture[str]) -> None:
    def fails(number: int) -> int:
        if number == MANY[-1] or os.getpid() != HERE:
            raise ValueError(str(number))
        return number

    found = shared_out(MANY, fails)
    with pytest.raises(ValueError, match=str(MANY[-1])):
        list(found)
    assert capfd.readouterr() == ("", "")


@copies
@needs_copies
@pytest.mark.usefixtures("two_processors")
def test_processes_end_with_the_iterator() -> None:
    before = set(active_children())
    found: Any = shared_out(MANY, slowly)
    assert [next(found) for _ in range(BATCH + 1)][-1][0] == BATCH
    found.close()
    assert set(active_children()) <= before


def test_a_few_and_those_beside_threads_are_worked_on_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert not can_share()
    assert list(shared_out(MANY, lambda number: (number, os.getpid()))) == [(number, HERE) for number in MANY]
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert list(shared_out(range(3), lambda number: number)) == [0, 1, 2]


@pytest.fixture
def ends() -> Iterator[tuple[Connection[Any, Any], Connection[Any, Any], Connection[Any, Any]]]:
    """The ends of a pipe: the one to read from, as two processes have it, and the one to write to."""
    before = signal.getsignal(signal.SIGINT)
    reader, writer = Pipe(duplex=False)
    theirs = Connection(os.dup(reader.fileno()), writable=False)
    yield reader, theirs, writer
    signal.signal(signal.SIGINT, before)
    for end in (reader, theirs, writer):
        end.close()


def test_a_helper_tells_batches_until_there_are_no_more(
    ends: tuple[Connection[Any, Any], Connection[Any, Any], Connection[Any, Any]],
) -> None:
    reader, theirs, writer = ends
    help_with([[1, 2], [3]], lambda number: number * 2, count().__next__, theirs, writer)
    assert reader.recv() == (0, [2, 4])
    assert reader.recv() == (1, [6])
    with pytest.raises(EOFError):
        reader.recv()


def test_a_helper_ends_quietly_where_nobody_listens_or_work_fails(
    ends: tuple[Connection[Any, Any], Connection[Any, Any], Connection[Any, Any]],
    capfd: pytest.CaptureFixture[str],
) -> None:
    reader, theirs, writer = ends
    help_with([[0]], lambda number: 1 // number, count().__next__, theirs, writer)
    with pytest.raises(EOFError):
        reader.recv()
    assert capfd.readouterr() == ("", "")
