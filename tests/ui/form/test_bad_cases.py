"""Case files that can't be opened or saved, as somebody at the window meets them: each is told, and nothing is lost."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from pytestqt.qtbot import QtBot

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.key import MAGIC
from ldbu_desktop.editing.answers import answer_at
from ldbu_desktop.editing.operations import AnswerField
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.ui.form.case_dialog import CaseDialog
from ldbu_desktop.ui.main_window import MainWindow
from tests.profiles import each
from tests.ui.form.hand import PASSPHRASE, settled, waiting
from tests.unit.casefile.bad_places import common_folder, no_file_longer_than, without_rights

posix = pytest.mark.skipif(os.name != "posix", reason="rights and limits are another matter there")


@pytest.fixture
def case_path(tmp_path: Path) -> Path:
    """A case file in a folder as people name them."""
    folder = tmp_path / "Sundhedspleje, Ærø (øst) 2026"
    folder.mkdir()
    return folder / "Prøve åben nr. 1.ldbu"


def weight_of(path: Path, at: Where) -> str:
    """The weight that a case file holds."""
    file = CaseFile.open(path, PASSPHRASE)
    raw = answer_at(file.journal, at).raw
    file.close()
    return raw


def refused(window: MainWindow, qtbot: QtBot, path: Path) -> CaseDialog | None:
    """Open a case file with the right passphrase; the dialog that refused it, if it came as far as the passphrase."""
    assert not window.message.isVisible(), window.message.text.text()
    window.open([path])
    qtbot.waitUntil(
        lambda: window.message.isVisible() or window.findChild(CaseDialog) is not None,
        timeout=20_000,
    )
    dialog = window.findChild(CaseDialog)
    if dialog is not None:
        dialog.passphrase.setText(PASSPHRASE)
        dialog.go.click()
        qtbot.waitUntil(lambda: not window.jobs.is_busy() and dialog.go.isEnabled(), timeout=20_000)
        assert dialog.isVisible()
    assert not window.session.is_filled
    return dialog


def told_when_opened(window: MainWindow, qtbot: QtBot, path: Path) -> str:
    """What is said of a case file that can't be opened: in the dialog, or in the window before the dialog comes."""
    dialog = refused(window, qtbot, path)
    if dialog is None:
        return window.message.text.text()
    dialog.reject()
    return dialog.told.text()


def cut(content: bytes) -> bytes:
    """As a copy that was broken off."""
    return content[: len(content) // 2 + 7]


def flipped(content: bytes) -> bytes:
    """One bit is other in every page but the first, which the passphrase is tried at."""
    changed = bytearray(content)
    for at in range(6000, len(changed), 4096):
        changed[at] ^= 1
    return bytes(changed)


def newer(content: bytes) -> bytes:
    """Written by a program that makes keys in another way."""
    return MAGIC[:-1] + bytes([MAGIC[-1] + 1]) + content[len(MAGIC) :]


def told(key: str, **facts: object) -> str:
    """What a fault says in the language that the tests begin in."""
    return fault_text(FileFault(key, **facts), Language.DANISH)


DAMAGES: tuple[tuple[Callable[[bytes], bytes], str], ...] = (
    (cut, "case-truncated"),
    (lambda whole: whole[:-4096], "case-damaged"),
    (flipped, "case-damaged"),
    (newer, "case-newer-version"),
    (lambda _: b"", "case-truncated"),
    (lambda _: b"id;cpr\n1;2\n" * 500, "case-not-case-file"),
)


@pytest.mark.parametrize(("damage", "key"), each([*DAMAGES], 2))
def test_a_file_that_is_no_whole_case_is_told_and_left_as_it_is(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path, damage: Callable[[bytes], bytes], key: str
) -> None:
    window.session.close()
    whole = case_path.read_bytes()
    content = damage(whole)
    case_path.write_bytes(content)
    assert told_when_opened(window, qtbot, case_path) == told(key, file=case_path.name)
    assert case_path.read_bytes() == content
    case_path.write_bytes(whole)
    assert weight_of(case_path, case) == "5250"


def test_a_case_that_another_window_has_open_is_told(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    window.session.close()
    other = CaseFile.open(case_path, PASSPHRASE)
    said = told_when_opened(window, qtbot, case_path)
    other.close()
    assert said.startswith(told("case-opened-twice", file=case_path.name, host="", since="").partition("(")[0])
    assert weight_of(case_path, case) == "5250"


@contextmanager
def threads_of(window: MainWindow) -> Iterator[None]:
    """The window's work is done by threads that begin within, and by none of them afterwards."""
    pool = window.findChild(QThreadPool)
    assert pool is not None
    assert pool.waitForDone(30_000)
    yield
    assert pool.waitForDone(30_000)


@posix
def test_on_a_share_that_may_only_be_read_a_copy_can_be_looked_at(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    session = window.session
    session.close()
    with common_folder() as share:
        shared = share / case_path.name
        shutil.copyfile(case_path, shared)
        with threads_of(window), without_rights((share, 0o555), (shared, 0o444)):
            dialog = refused(window, qtbot, shared)
            assert dialog is not None, window.message.text.text()
            assert dialog.told.text() == told("case-read-only", file=shared.name)
            dialog.try_out.click()
            waiting(window, qtbot)
        assert (session.path, session.work.file) == (None, None)
        assert answer_at(session.journal, case).raw == "5250"
        session.do(AnswerField(case, "5300"))
        settled(qtbot, window)
        session.close()
        assert weight_of(shared, case) == "5250"


@posix
def test_a_full_disk_is_told_and_what_waits_is_saved_when_there_is_room(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    session = window.session
    with no_file_longer_than(4096), qtbot.waitSignal(session.failed, timeout=10_000) as failed:
        session.do(AnswerField(case, "5400"))
        session.autosave.settle()
    assert failed.args is not None
    assert isinstance(failed.args[0], OutputFault)
    assert window.message.isVisible()
    assert answer_at(session.journal, case).raw == "5400"
    session.autosave.save()
    session.close()
    assert weight_of(case_path, case) == "5400"


@posix
def test_a_file_that_is_moved_while_it_is_open_gets_what_was_typed_when_it_is_back(
    window: MainWindow, qtbot: QtBot, case: Where, case_path: Path
) -> None:
    session, elsewhere = window.session, case_path.with_name("flyttet.ldbu")
    case_path.rename(elsewhere)
    with qtbot.waitSignal(session.failed, timeout=10_000) as failed:
        session.do(AnswerField(case, "5400"))
    assert failed.args is not None
    assert failed.args[0].key == "case-file-gone"
    elsewhere.rename(case_path)
    session.autosave.save()
    session.close()
    assert weight_of(case_path, case) == "5400"


def test_faults_that_come_together_are_told_together(window: MainWindow, tmp_path: Path) -> None:
    """Every fault of the forms in a folder is seen, up to as many as there is room for."""
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_text("id: x\nsections: 1\n", encoding="utf-8")
    forms = window.session.forms
    forms.use_folder(tmp_path)
    faults = forms.all.faults
    assert len({fault.facts["file"] for fault in faults}) == 3
    lines = window.message.text.text().splitlines()
    assert lines[0] == fault_text(faults[0], Language.DANISH)
    assert 3 <= len(lines) <= 5
    assert (f"{len(faults) - 4}" in lines[-1]) == (len(faults) > 4)
    window.message.clear()
    assert not window.message.isVisible()
