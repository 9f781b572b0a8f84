"""A workstation for each story, with a home that is empty. A story takes some 15 s: each run tells a few of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.workstation import Workstation, workstation
from tests.profiles import ALL_STORIES

EVERY_RUN = ("test_new_family",)
"""The stories that are told in every profile, by their files."""


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Workstation]:
    """A machine at which the program has never been used."""
    if not ALL_STORIES and request.path.stem not in EVERY_RUN:
        pytest.skip("told in the profiles ci and long (LDBU_TESTS)")
    home = tmp_path / "home"
    home.mkdir()
    with workstation(home) as made:
        yield made
