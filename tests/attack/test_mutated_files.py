"""Whatever is in a file, a reader gives what was in it or a fault for people: some inputs here, many by ``run.py``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ldbu_desktop.casefile import key
from tests.attack.run import DEFECTS, made, outcome
from tests.attack.targets import Target, targets
from tests.profiles import number

pytestmark = [pytest.mark.no_cover, pytest.mark.skipif(os.name != "posix", reason="limits are told by other means")]
NAMES = (
    "case file", "log of a case file", "what a window said", "work file", "map", "form", "settings", "measured times",
)  # fmt: skip
"""Those that are read in no time; tables and reports have tests of their own, and ``run.py``."""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Target]:
    """Every target."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key, "ROUNDS", 100)
        return targets(tmp_path_factory.mktemp("made"))


def test_every_target_is_attacked(known: dict[str, Target]) -> None:
    assert set(NAMES) | {"csv", "workbook", "report"} == set(known)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_in_a_file_is_told(
    name: str, known: dict[str, Target], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key, "ROUNDS", 100)
    target = known[name]
    for seed in target.seeds:
        assert outcome(target, seed, tmp_path) == "read"
    for at in range(number(25)):
        came = outcome(target, made(target, at), tmp_path)
        assert came not in DEFECTS, (name, at, came)
