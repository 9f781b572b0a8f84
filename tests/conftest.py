"""What holds for every test: an unexpected log line fails it, and property tests are the same for everybody."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ldbu_desktop.language import Language, choose

settings.register_profile("project", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "project"))

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""The official packages, examples and validator, where they lie beside the project."""


@pytest.fixture(autouse=True)
def no_unexpected_log_line(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which something was logged from WARNING on: nothing of ours should."""
    with caplog.at_level(logging.WARNING):
        yield
    told = [f"{record.name}: {record.getMessage()}" for record in caplog.get_records("call")]
    assert not told, told


@pytest.fixture(autouse=True)
def danish_again() -> Iterator[None]:
    """Begin every test in Danish: the language is one for the process, and a test may have chosen another."""
    choose(Language.DANISH)
    yield
    choose(Language.DANISH)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``shared`` beside the project; a test that needs it is skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the official packages and examples are not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def official_validator(shared: Path) -> Path:
    """The command of the official validator; skipped where it was not built, which takes Java and Maven."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("LDBU_ORACLE") or cache / "ldbu-oracle")
    if shutil.which("java") is None or not (home / "target" / "oracle-1.jar").is_file():
        pytest.skip("the official validator is not built here")
    return shared / "oracle" / "oracle.sh"
