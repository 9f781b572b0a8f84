"""What holds for every test: an unexpected log line fails it, and property tests are the same for everybody."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import is_hypothesis_test

from ldbu_desktop.casefile import key
from ldbu_desktop.language import Language, choose
from tests.profiles import IS_QUICK, LONG, choose_profile, left_out

choose_profile()
os.environ["PYTHON_KEYRING_BACKEND"] = (
    "keyring.backends.fail.Keyring"  # The secrets of whoever runs this are left alone.
)

OFFICIAL = Path(os.environ.get("LDBU_OFFICIAL") or Path(__file__).resolve().parents[2] / "shared")
"""Where the official packages, examples and validator lie: beside the project, if not said otherwise."""


LONGEST = 600
"""Seconds after which a test is ended that waits for what never comes: many times what the longest takes."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the quick profile does, and measure no coverage by what is tried by chance.

    What only chance comes to, no test is sure to, and measuring takes more time than the program itself; what tries one
    kind many times is marked ``no_cover`` as well. All these come last, as what is made once in a process is to be made
    where it is measured.
    """
    for item in items:
        if is_hypothesis_test(getattr(item, "obj", None)):
            item.add_marker("no_cover")
    if IS_QUICK:
        waiting = left_out(items)
        config.hook.pytest_deselected(items=[*waiting])
        items[:] = [item for item in items if item not in waiting]
    if not LONG:
        for item in items:
            item.add_marker(pytest.mark.timeout(LONGEST, method="thread"))
    items.sort(key=lambda item: item.get_closest_marker("no_cover") is not None)
    # A story takes as long as a hundred others: begun first, so that at the end nobody waits for it alone.
    items.sort(key=lambda item: item.get_closest_marker("screen_reader") is None)


def pytest_collection_finish() -> None:
    """Have Python look no more through all tests there are, whenever it looks for what can be forgotten."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def no_unexpected_log_line(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test in which something was logged from WARNING on: nothing of ours should."""
    with caplog.at_level(logging.WARNING):
        yield
    told = [f"{record.name}: {record.getMessage()}" for record in caplog.get_records("call")]
    assert not told, told


@pytest.fixture(autouse=True)
def no_maps_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Leave alone what whoever runs this has decided about exports: the folder where maps are kept in a test."""
    folder = tmp_path_factory.getbasetemp() / "no-maps" / os.urandom(4).hex()
    monkeypatch.setattr("ldbu_desktop.mapping.maps.remembered.maps_folder", lambda: folder)
    return folder


@pytest.fixture(autouse=True)
def no_secret_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Leave alone the secret of whoever runs this: a test has one of its own, the same for all."""
    path = tmp_path_factory.getbasetemp() / "stand-ins.key"
    monkeypatch.setattr("ldbu_desktop.own_secret.secret_path", lambda: path)


ROUNDS, QUICK_ROUNDS = key.ROUNDS, 100
"""How many rounds make the key of a case file: in the program, and in tests."""


@pytest.fixture(scope="session", autouse=True)
def quick_keys() -> Iterator[int]:
    """Make the keys of case files in no time: half a second each is meant for who guesses; gives the rounds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key, "ROUNDS", QUICK_ROUNDS)
        yield QUICK_ROUNDS


@pytest.fixture
def real_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys as the program makes them, for a test whose other processes make such ones: a weaker one is replaced."""
    monkeypatch.setattr(key, "ROUNDS", ROUNDS)


@pytest.fixture(autouse=True)
def danish_again() -> Iterator[None]:
    """Begin every test in Danish: the language is one for the process, and a test may have chosen another."""
    choose(Language.DANISH)
    yield
    choose(Language.DANISH)


SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""What tells Qt where windows are shown."""


@pytest.fixture(scope="session")
def screen(worker_id: str) -> None:
    """A screen of its own for each of several processes: windows on one screen take the keyboard from each other.

    So too where there is no screen at all: Qt would end the process without a word. The screen ends with the process,
    whose windows are all that is on it.
    """
    server = shutil.which("Xvfb")
    has_screen = sys.platform != "linux" or any(map(os.environ.get, SCREENS))
    if has_screen and (worker_id == "master" or server is None):
        return
    if server is None:
        pytest.skip("windows need a screen, and here is none: install xvfb, or run sh packaging/test.sh")
    told, telling = os.pipe()
    os.set_inheritable(telling, True)
    call = [server, "-displayfd", str(telling), "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-terminate"]
    os.posix_spawn(server, call, os.environ)
    os.close(telling)
    with os.fdopen(told) as number:
        os.environ["DISPLAY"] = f":{number.readline().strip()}"
    os.environ.pop("XAUTHORITY", None)


@pytest.fixture(scope="session")
def qapp_args(pytestconfig: pytest.Config, screen: None) -> list[str]:
    """The program's name, when the screen is there."""
    return [pytestconfig.getini("qt_qapp_name")]


def official(folder: str, *needed: str) -> Path:
    """A folder of the official material; the test that asks is skipped where it lacks what is needed."""
    path = OFFICIAL / folder
    for pattern in needed:
        if next(path.glob(pattern), None) is None:
            pytest.skip(f"no {folder}/{pattern} where the official material is looked for (LDBU_OFFICIAL)")
    return path


@pytest.fixture(scope="session")
def fhir_packages() -> Path:
    """The folder of the official FHIR packages."""
    names = ("children-1.0.0", "children-2.0.1", "children-2.1.0", "term-2.2.0")
    return official("fhir-packages", *(f"kl.dk.fhir.{name}.tgz" for name in names), "hl7.fhir.dk.core-3.2.0.tgz")


@pytest.fixture(scope="session")
def official_examples() -> Path:
    """The folder of the official package's delivery reports."""
    return official("official-examples", "*.json")


@pytest.fixture(scope="session")
def oracle_cases() -> Path:
    """The folder of reports with the official validator's verdicts."""
    return official("oracle/cases", "valid.zip", "cases.zip", "verdicts.jsonl")


@pytest.fixture(scope="session")
def official_validator() -> Path:
    """The command of the official validator: asked in the long profile, where it was built (by Java and Maven)."""
    if not LONG:
        pytest.skip("the official validator is asked in the long profile (LDBU_TESTS=long)")
    command = official("oracle", "oracle.sh") / "oracle.sh"
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("LDBU_ORACLE") or cache / "ldbu-oracle")
    if shutil.which("java") is None or not (home / "target" / "oracle-1.jar").is_file():
        pytest.skip("the official validator is not built here")
    return command
