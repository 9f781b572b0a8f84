"""Case files for tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ldbu_desktop.casefile.case_file import CaseFile
from tests.unit.casefile.some_journal import PASSPHRASE, journal


@pytest.fixture
def case(tmp_path: Path) -> Iterator[CaseFile]:
    """An open case file with a few families."""
    made = CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal())
    yield made
    made.close(leave_unsaved=True)
