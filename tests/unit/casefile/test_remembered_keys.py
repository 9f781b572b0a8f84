"""Keys in the system's place for secrets: where there is none, it refuses, or it never answers, nothing else fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends.fail import Keyring as NoPlace

from ldbu_desktop.casefile import remembered_keys
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.remembered_keys import place
from ldbu_desktop.faults import OutputFault
from tests.unit.casefile.some_journal import PASSPHRASE, journal

OTHER_PASSPHRASE = "fire store krukker"  # noqa: S105
Use = Callable[[keyring.backend.KeyringBackend], None]


class Drawer(keyring.backend.KeyringBackend):
    """A place for secrets in memory."""

    priority = 5
    name = "Drawer"

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError


class Refusing(Drawer):
    """A place that keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.PasswordSetError


class Silent(Drawer):
    """A place that does not answer until the test is over."""

    def __init__(self) -> None:
        super().__init__()
        self.is_over = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.is_over.wait()
        return None


@pytest.fixture
def use() -> Iterator[Use]:
    """Lets the system have another place for secrets."""
    before = keyring.get_keyring()
    yield keyring.set_keyring
    keyring.set_keyring(before)


def test_a_key_that_is_remembered_opens_the_case_file(case: CaseFile, use: Use) -> None:
    drawer = Drawer()
    use(drawer)
    assert place() == "Drawer"
    case.remember_key()
    case.close()
    again = CaseFile.open_remembered(case.path)
    assert again is not None
    assert again.journal == journal()
    again.forget_key()
    again.forget_key()
    again.close()
    assert drawer.kept == {}
    assert CaseFile.open_remembered(case.path) is None


def test_neither_passphrase_nor_name_is_kept(case: CaseFile, use: Use) -> None:
    drawer = Drawer()
    use(drawer)
    case.remember_key()
    told = str(drawer.kept)
    assert PASSPHRASE not in told
    assert case.path.stem not in told.replace("Drawer", "")


def test_another_passphrase_is_remembered_in_place_of_the_first(case: CaseFile, use: Use) -> None:
    drawer = Drawer()
    use(drawer)
    case.remember_key()
    first = dict(drawer.kept)
    case.change_passphrase(OTHER_PASSPHRASE)
    assert len(drawer.kept) == 1
    assert not first.keys() & drawer.kept.keys()
    case.close()
    again = CaseFile.open_remembered(case.path)
    assert again is not None
    again.close()


def test_a_passphrase_is_not_remembered_because_it_changes(case: CaseFile, use: Use) -> None:
    drawer = Drawer()
    use(drawer)
    case.change_passphrase(OTHER_PASSPHRASE)
    assert drawer.kept == {}


@pytest.mark.parametrize(("backend", "key"), [(NoPlace, "case-keyring-none"), (Refusing, "case-keyring-refused")])
def test_a_place_that_keeps_nothing(
    case: CaseFile, use: Use, backend: type[keyring.backend.KeyringBackend], key: str
) -> None:
    use(backend())
    with pytest.raises(OutputFault) as raised:
        case.remember_key()
    assert raised.value.key == key
    case.forget_key()
    case.close()
    assert CaseFile.open_remembered(case.path) is None


def test_a_place_that_never_answers(case: CaseFile, use: Use, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered_keys, "GLANCE", 0.05)
    monkeypatch.setattr(remembered_keys, "PATIENCE", 0.1)
    silent = Silent()
    use(silent)
    with pytest.raises(OutputFault) as raised:
        case.remember_key()
    assert raised.value.key == "case-keyring-refused"
    case.close()
    assert CaseFile.open_remembered(case.path) is None
    silent.is_over.set()


def test_what_others_wrote_there_is_no_key(case: CaseFile, use: Use) -> None:
    drawer = Drawer()
    use(drawer)
    case.remember_key()
    drawer.kept = dict.fromkeys(drawer.kept, "no key")
    case.close()
    assert CaseFile.open_remembered(case.path) is None


def test_the_system_s_own_place_breaks_nothing(tmp_path: Path) -> None:
    assert isinstance(place(), str)
    case = CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE)
    case.close()
    assert CaseFile.open_remembered(case.path) is None
