"""Work in a thread: its last step is told while it goes on, it hears that it is to stop, and gives what it gives."""

from __future__ import annotations

from collections.abc import Generator
from multiprocessing.reduction import ForkingPickler
from threading import Event

import pytest

from ldbu_desktop.aside import stepping
from ldbu_desktop.aside.messages import STOP
from ldbu_desktop.aside.stepping import with_steps
from ldbu_desktop.faults import FileFault
from ldbu_desktop.work import Cancellation, Progress, Step


@pytest.fixture(autouse=True)
def looked_at_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stepping, "LOOK_EVERY", 0.001)


def given_by(telling: Generator[bytes, bytes, str], asked: bytes) -> str:
    """What work gives in the end, after something was asked of it."""
    try:
        telling.send(asked)
        while True:
            next(telling)
    except StopIteration as last:
        return str(last.value)


def test_it_tells_its_last_step_until_it_is_stopped_and_gives_what_it_has() -> None:
    stop = Event()

    def work(progress: Progress, _cancellation: Cancellation) -> str:
        for rows in (1000, 2000):
            progress(Step(rows, None, "row"))
        return "what is read by then" if stop.wait(60) else "it was never stopped"

    telling = with_steps(work, stop)
    while ForkingPickler.loads(next(telling)) != Step(2000, None, "row"):
        assert not stop.is_set()
    assert ForkingPickler.loads(telling.send(b"")) == Step(2000, None, "row")
    assert given_by(telling, STOP) == "what is read by then"


def test_what_it_raises_is_raised_where_it_is_waited_for() -> None:
    def work(_progress: Progress, _cancellation: Cancellation) -> str:
        raise FileFault("file-not-found", file="a.csv")

    with pytest.raises(FileFault) as raised:
        list(with_steps(work, Event()))
    assert (raised.value.key, raised.value.facts) == ("file-not-found", {"file": "a.csv"})
