"""Whatever is in a file, a reader gives what was in it or a fault for people: some inputs here, many by ``run.py``."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from pathlib import Path

import pytest

from tests.attack.mutations import mutated_json, mutated_within
from tests.attack.run import DEFECTS, made, outcome
from tests.attack.seeds import SEEDS
from tests.attack.targets import TARGETS, Target
from tests.profiles import number

pytestmark = [pytest.mark.no_cover, pytest.mark.skipif(os.name != "posix", reason="limits are told by other means")]
NAMES = (
    "case file", "log of a case file", "what a window said", "work file", "secret of pseudonyms", "map", "form",
    "exercise", "result of an exercise", "accepted findings", "receipt", "settings", "measured times", "policy",
    "earlier answer", "report as a journal",
)  # fmt: skip
"""Those that are read in no time; tables and reports have tests of their own, and ``run.py``."""

NESTED = b"[" * 50_000
ODD = {
    "empty": b"",
    "zeros": b"\0" * 5000,
    "nested": NESTED,
    "nested in what nobody asked for": b'{"x": ' + NESTED,
    "nested and closed": b'{"x": ' + NESTED + b"]" * len(NESTED) + b"}",
    "half a character": b'{"x": "\xc3',
    "another coding": '{"x": 1}'.encode("utf-16"),
}
"""What any file may hold."""


@pytest.fixture
def target(name: str, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """The target of a test."""
    return TARGETS[name](tmp_path_factory.mktemp("made"))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_wrong_in_a_file_is_told(name: str, target: Target, tmp_path: Path) -> None:
    for seed in target.seeds:
        assert outcome(target, seed, tmp_path) == "read"
    for at in range(number(25)):
        came = outcome(target, made(target, at), tmp_path)
        assert came not in DEFECTS, (name, at, came)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_no_file_of_ours_is_told(name: str, target: Target, tmp_path: Path) -> None:
    came = {odd: outcome(target, content, tmp_path) for odd, content in ODD.items()}
    assert not [odd for odd, what in came.items() if what in DEFECTS]


def test_what_is_made_within_is_what_it_was_made_in() -> None:
    chance = random.Random(5)  # noqa: S311
    for _ in range(number(20)):
        with zipfile.ZipFile(io.BytesIO(mutated_within(SEEDS["xlsx"](), chance))) as archive:
            assert archive.testzip() is None
        json.loads(mutated_json(SEEDS["json"](), chance))
