"""It is the Danish day, wherever the program runs."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from ldbu_desktop import clock
from ldbu_desktop.journal.dates import DANISH_TIME
from tests.program_code import PROGRAM

_OF_THE_MACHINE = re.compile(r"\bdate\.today\b|\bdatetime\.now\(\)|\.astimezone\(\)")


@pytest.fixture(params=["Pacific/Kiritimati", "Etc/GMT+12"])
def elsewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine at one end of the day or the other: at all hours the day of one of them is not the Danish one."""
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process can't be set here")
@pytest.mark.usefixtures("elsewhere")
def test_the_day_is_the_danish_one() -> None:
    before, now, today = datetime.now(UTC), clock.now(), clock.today()
    assert before <= now < before + timedelta(minutes=1)
    assert now.tzinfo is DANISH_TIME
    assert today in {before.astimezone(DANISH_TIME).date(), now.date()}


def test_nobody_asks_the_machine() -> None:
    modules = PROGRAM.rglob("*.py")
    asking = [path.name for path in modules if _OF_THE_MACHINE.search(path.read_text(encoding="utf-8"))]
    assert asking == []
