"""How much is tried: quick at every run, more where it lands (`LDBU_TESTS=ci`), most by name (`LDBU_TESTS=long`).

What takes long asks here how much of it to try; nothing else asks for the profile. Each kind of thing is tried in all
three. Quick and ci try the same examples for everybody, quick fewer of what there are many of; long tries many times as
many, other ones at each run, and asks the official validator itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Sequence
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

WINDOWS, CASES, ROOMFUL = 3, 12, 25
"""How many windows of a file and cases of a test the quick profile tries, of more files than a room has."""

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
    """What the quick profile leaves to where it lands: what is marked so, and most of what there are many of.

    Of each file that is all but a few windows, to open one of which takes as long as twenty other tests, and of each
    test all but some of its cases. Who asks for the files of one room has all of them.
    """
    marked = {item for item in items if item.get_closest_marker("landing")}
    if len({item.path for item in items}) <= ROOMFUL:
        return marked
    windows: dict[Hashable, list[pytest.Item]] = {}
    cases: dict[Hashable, list[pytest.Item]] = {}
    for item in (item for item in items if item not in marked):
        if "window" in getattr(item, "fixturenames", ()):
            windows.setdefault(item.path, []).append(item)
        else:
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    kept = [_spread(own, WINDOWS) for own in windows.values()] + [_spread(own, CASES) for own in cases.values()]
    return set(items).difference(*kept)


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
