"""The sample histories that ship give exactly the code that each is called after, and the clean one nothing."""

from __future__ import annotations

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.use_cases.history import check_history
from ldbu_desktop.use_cases.read_reports import HistoryRun
from tests.delivery_histories.journal import STANDARD

FOLDER = resource("samples") / "historier"
CODES = [one.code for one in types_by_level()[Level.HISTORY]]


def found(name: str) -> set[str]:
    """The codes that a sample gives."""
    return {one.code for one in check_history([FOLDER / f"{name}.zip"], STANDARD, HistoryRun(), jobs=1)}


@pytest.mark.parametrize("code", CODES)
def test_each_gives_its_code_alone(code: str) -> None:
    assert found(code) == {code}


def test_the_clean_one_gives_nothing() -> None:
    assert found("ren") == set()
    assert {path.stem for path in FOLDER.iterdir()} == {"ren", *CODES}
