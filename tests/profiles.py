"""How much is tried: quick at every run, more where it lands (`LDBU_TESTS=ci`), most by name (`LDBU_TESTS=long`).

What takes long asks here how much of it to try; nothing else asks for the profile. Each kind of thing is tried in all
three. Quick and ci try the same examples for everybody, quick fewer of what there are many of; long tries many times as
many, other ones at each run, and asks the official validator itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("LDBU_TESTS", "quick")
LONG = PROFILE == "long"
"""Whether the long profile was asked for."""
IS_QUICK = PROFILE not in ("ci", "long")

ALL_STORIES = LONG or os.environ.get("LDBU_TESTS") == "ci"
"""Whether every story from outside is told, or the few that every run tells."""

TIMES = 90
"""How many times as many examples the long profile tries."""

SHARE = 0.4
"""How much the quick profile tries of what ci tries, where that is more than a few."""

FEW = 5
"""So many are never made fewer."""

USUAL = 20
"""How many examples ci tries where a test says nothing of its own."""

WINDOWS, ROOMFUL = 3, 25
"""How many tests of a file open a window in the quick profile, where more files than one room has are asked for."""

Case = TypeVar("Case")


def choose_profile() -> None:
    """Have hypothesis try what the profile says, where a test says nothing of its own."""
    calm = [HealthCheck.too_slow]
    settings.register_profile(
        "same", deadline=None, derandomize=True, max_examples=number(USUAL), suppress_health_check=calm
    )
    settings.register_profile("long", deadline=None, max_examples=number(USUAL), suppress_health_check=calm)
    settings.load_profile("long" if LONG else "same")


def number(usual: int) -> int:
    """How many to try where ci tries ``usual``."""
    if LONG:
        return usual * TIMES
    return max(min(usual, FEW), round(usual * SHARE)) if IS_QUICK else usual


def examples(usual: int) -> settings:
    """For a property test: try so many examples."""
    return settings(max_examples=number(usual))


def some(cases: Sequence[Case], usual: int) -> Sequence[Case]:
    """All of ``cases`` in the long profile, else ``usual`` of them or fewer, evenly spread."""
    return cases if LONG else _spread(cases, number(usual))


def landing(reason: str) -> pytest.MarkDecorator:
    """For a test that takes long: the quick profile leaves it out, for ``reason``, which says what it tries instead."""
    return pytest.mark.landing(reason)


def left_out(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """What the quick profile leaves to where it lands: what is marked so, and of each file all but a few windows.

    To open one takes as long as twenty other tests. Who asks for the files of one room has all of their windows.
    """
    marked = {item for item in items if item.get_closest_marker("landing")}
    windows: dict[Path, list[pytest.Item]] = {}
    for item in items:
        if "window" in getattr(item, "fixturenames", ()) and item not in marked:
            windows.setdefault(item.path, []).append(item)
    if len(windows) <= ROOMFUL:
        return marked
    return marked | {item for own in windows.values() for item in own if item not in _spread(own, WINDOWS)}


def each(cases: Sequence[Case], quick: int, kind: Callable[[Case], Hashable] | None = None) -> Sequence[Case]:
    """All of ``cases``, which ship; in the quick profile the first of each kind and ``quick`` more, evenly spread."""
    if not IS_QUICK:
        return cases
    firsts = {} if kind is None else {kind(case): at for at, case in reversed([*enumerate(cases)])}
    chosen = {*firsts.values(), *_spread(range(len(cases)), quick)}
    return [case for at, case in enumerate(cases) if at in chosen]


def _spread(cases: Sequence[Case], count: int) -> Sequence[Case]:
    step = len(cases) / min(count, len(cases)) if cases else 1
    return [cases[int(at * step)] for at in range(min(count, len(cases)))]
