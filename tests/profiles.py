"""How much is tried: the quick profile at every run, the long one by name (`LDBU_TESTS=long sh packaging/test.sh`).

What takes minutes asks here how many of its examples to try. The quick profile tries the same ones for everybody; the
long one tries many times as many, other ones at each run, and what the official validator itself is asked about.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

LONG = os.environ.get("LDBU_TESTS") == "long"
"""Whether the long profile was asked for."""

ALL_STORIES = LONG or os.environ.get("LDBU_TESTS") == "ci"
"""Whether every story from outside is told, or the few that every run tells."""

TIMES = 90
"""How many times as many examples the long profile tries."""

USUAL = 20
"""How many examples the quick profile tries where a test says nothing of its own."""

Case = TypeVar("Case")


def choose_profile() -> None:
    """Have hypothesis try what the profile says, where a test says nothing of its own."""
    calm = [HealthCheck.too_slow]
    settings.register_profile("quick", deadline=None, derandomize=True, max_examples=USUAL, suppress_health_check=calm)
    settings.register_profile("long", deadline=None, max_examples=USUAL * TIMES, suppress_health_check=calm)
    settings.load_profile("long" if LONG else "quick")


def number(quick: int) -> int:
    """How many to try where the quick profile tries ``quick``."""
    return quick * TIMES if LONG else quick


def examples(quick: int) -> settings:
    """For a property test: try so many examples."""
    return settings(max_examples=number(quick))


def some(cases: Sequence[Case], quick: int) -> Sequence[Case]:
    """All of ``cases``, or ``quick`` of them, evenly spread."""
    step = len(cases) / min(quick, len(cases)) if cases else 1
    return cases if LONG else [cases[int(at * step)] for at in range(min(quick, len(cases)))]
