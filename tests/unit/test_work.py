"""Cancellation and progress, which all long work has."""

from __future__ import annotations

import pytest

from ldbu_desktop.faults import Cancelled
from ldbu_desktop.work import Cancellation


def test_work_goes_on_until_it_is_cancelled() -> None:
    cancellation = Cancellation()
    cancellation.check()
    assert not cancellation.is_asked
    cancellation.cancel()
    assert cancellation.is_asked
    with pytest.raises(Cancelled):
        cancellation.check()
