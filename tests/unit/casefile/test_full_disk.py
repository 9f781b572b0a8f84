"""A disk that is full, or a file that is gone: it is told, nothing is lost, and it is saved when it can be."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.faults import Fault, OutputFault
from ldbu_desktop.journal.model import Journal
from tests.profiles import landing
from tests.unit.casefile.bad_places import no_file_longer_than
from tests.unit.casefile.some_journal import PASSPHRASE, journal, with_weight

posix = pytest.mark.skipif(os.name != "posix", reason="files are neither limited nor moved while they are open")
SMALL = 200_000
OTHER_PASSPHRASE = "fire store krukker"  # noqa: S105


def save_until_told(case: CaseFile, journals: tuple[Journal, ...]) -> None:
    """Save one and the other until a fault tells that the disk did not take it; that is told a moment later."""
    for number in range(1000):
        case.save(journals[number % len(journals)])
        time.sleep(0.01)


def typed_until_full(case: CaseFile) -> tuple[Journal, Journal]:
    """The journal that was saved last, and the one that could not be."""
    saved = case.journal
    for number in range(1000):
        waiting = with_weight(saved, str(2000 + number))
        try:
            case.save(waiting, str(number))
        except OutputFault:
            return saved, waiting
        saved = waiting
    raise AssertionError("the disk was never full")


@pytest.fixture
def full(tmp_path: Path) -> Iterator[tuple[CaseFile, Journal, Journal]]:
    """A case file on a disk that became full, what was saved last, and what waits; there is room again."""
    case = CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal())
    with no_file_longer_than(SMALL):
        saved, waiting = typed_until_full(case)
        assert case.journal is saved
        assert not case.is_saved
        for again in (case.save_again, case.undo, case.redo, case.close):
            with pytest.raises(OutputFault):
                again()
    yield case, saved, waiting
    case.close(leave_unsaved=True)


@posix
def test_what_waits_is_saved_when_there_is_room(full: tuple[CaseFile, Journal, Journal]) -> None:
    case, _, waiting = full
    case.save_again()
    assert case.is_saved
    case.close()
    again = CaseFile.open(case.path, PASSPHRASE)
    assert again.journal == waiting
    again.close()


@posix
def test_the_next_save_has_all_that_waits(full: tuple[CaseFile, Journal, Journal]) -> None:
    case, saved, waiting = full
    last = with_weight(waiting, "9999", place=1)
    assert case.save(last, "last")
    assert case.undo() == saved
    assert case.redo() == last


@posix
def test_closing_saves_what_waits(full: tuple[CaseFile, Journal, Journal]) -> None:
    case, _, waiting = full
    case.close()
    again = CaseFile.open(case.path, PASSPHRASE)
    assert again.journal == waiting
    again.close()


@posix
def test_what_was_saved_stays_where_the_rest_is_left(full: tuple[CaseFile, Journal, Journal]) -> None:
    case, saved, _ = full
    case.close(leave_unsaved=True)
    again = CaseFile.open(case.path, PASSPHRASE)
    assert again.journal == saved
    again.close()


@posix
def test_what_waits_is_saved_elsewhere(full: tuple[CaseFile, Journal, Journal]) -> None:
    case, saved, waiting = full
    other = case.save_as(case.path.with_name("andet.ldbu"), OTHER_PASSPHRASE)
    assert other.journal == waiting
    assert other.undo() == saved
    other.close()


@posix
def test_no_copy_is_left_where_there_is_no_room_for_it(full: tuple[CaseFile, Journal, Journal]) -> None:
    case, _, _ = full
    with no_file_longer_than(SMALL // 20), pytest.raises(OutputFault) as raised:
        case.save_as(case.path.with_name("andet.ldbu"), OTHER_PASSPHRASE)
    assert raised.value.facts["file"] == "andet.ldbu"
    assert [path.name for path in case.path.parent.iterdir() if "andet" in path.name] == []


@posix
@landing("a copy that finds no room, and a file that has gone, are tried apart in every run")
def test_what_waits_can_be_saved_neither_here_nor_there(full: tuple[CaseFile, Journal, Journal]) -> None:
    case, saved, _ = full
    other, large = case.path.with_name("andet.ldbu"), journal(3000)
    case.path.rename(case.path.with_name("flyttet.ldbu"))
    with pytest.raises(OutputFault):
        case.save(large)
    with no_file_longer_than(SMALL * 2), pytest.raises(OutputFault):
        case.save_as(other, OTHER_PASSPHRASE)
    assert [path.name for path in other.parent.iterdir() if "andet" in path.name] == []
    copy = case.save_as(other, OTHER_PASSPHRASE)
    assert copy.journal is large
    assert copy.undo() == saved
    copy.close()


@posix
def test_the_passphrase_stays_where_there_is_no_room_for_another(tmp_path: Path) -> None:
    case = CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal(400))
    with no_file_longer_than(SMALL // 4), pytest.raises(OutputFault):
        case.change_passphrase(OTHER_PASSPHRASE)
    assert case.save(with_weight(case.journal, "1234"))
    case.close()
    CaseFile.open(case.path, PASSPHRASE).close()
    assert [path.name for path in tmp_path.iterdir()] == ["sag.ldbu"]


@posix
def test_what_was_there_stays_where_there_is_no_room_for_a_new_one(tmp_path: Path) -> None:
    CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal(1)).close()
    with no_file_longer_than(SMALL // 4), pytest.raises(OutputFault):
        CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal(400))
    case = CaseFile.open(tmp_path / "sag.ldbu", PASSPHRASE)
    assert case.journal == journal(1)
    case.close()
    assert [path.name for path in tmp_path.iterdir()] == ["sag.ldbu"]


def test_a_database_that_may_not_grow(tmp_path: Path) -> None:
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE).close()
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), "sag.ldbu")
    database.prepare()
    database.execute("PRAGMA max_page_count = 1")
    with pytest.raises(Fault) as raised:
        database.insert("INSERT INTO piece (data) VALUES (?)", (bytes(SMALL),))
    assert raised.value.key == "case-disk-full"
    database.close()


def test_a_disk_that_does_not_take_what_was_saved(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    first, second = with_weight(case.journal, "4300"), with_weight(case.journal, "4400")
    with monkeypatch.context() as broken:
        broken.setattr("ldbu_desktop.casefile.forcing.os.fsync", fail)
        with suppress(OutputFault):  # what was written on opening is forced beside this, and may be what fails first
            case.save(first)
        with pytest.raises(OutputFault) as raised:
            case.close()
        assert raised.value.key == "case-disk-fault"
        case.save(second)
        with pytest.raises(OutputFault):
            save_until_told(case, (first, second))
        assert not case.is_saved
    case.save_again()
    expected = case.journal
    case.close()
    again = CaseFile.open(case.path, PASSPHRASE)
    assert again.journal == expected
    again.close()


@posix
def test_a_file_that_was_moved_while_it_was_open(case: CaseFile) -> None:
    changed = with_weight(case.journal, "4300")
    moved = case.path.with_name("flyttet.ldbu")
    case.path.rename(moved)
    for action in (lambda: case.save(changed), case.undo, lambda: case.remember_delivery({}, None)):  # type: ignore[arg-type]
        with pytest.raises(OutputFault) as raised:
            action()
        assert raised.value.key == "case-file-gone"
    CaseFile.create(moved.with_name("anden.ldbu"), PASSPHRASE).close()
    moved.with_name("anden.ldbu").rename(case.path)
    with pytest.raises(OutputFault) as raised:
        case.save_again()
    assert raised.value.key == "case-file-gone"
    moved.rename(case.path)
    case.save_again()
    assert case.journal is changed
