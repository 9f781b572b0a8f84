"""The work file by itself: closed and settled while it holds nothing, and listed among what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ldbu_desktop.casefile import work_file
from ldbu_desktop.casefile.schema import WORK
from ldbu_desktop.casefile.work_file import SavedCase, WorkFile, throw_away, work_files


def test_one_that_holds_nothing_is_settled_and_closed_without_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    kept = WorkFile(folder, b"content", "uge.xlsx")
    assert (kept.entries, kept.is_begun, kept.is_saved) == ((), False, True)
    kept.settle()
    kept.keep(0, ())
    kept.close()
    kept.close()
    assert work_files(folder) == ()
    kept = WorkFile(folder, b"content", "uge.xlsx")
    kept.close(leave_unsaved=True)
    assert not kept.path.exists()


def test_what_was_kept_is_there_again_and_listed(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    (folder / "other").mkdir(parents=True)
    (folder / ".hidden.ldbuwork").write_bytes(b"")
    kept = WorkFile(folder, b"content", "uge.xlsx")
    kept.keep(0, (b"a", b"b"))
    kept.keep(1, (b"c",))
    kept.settle()
    kept.close()
    assert WorkFile(folder, b"another content", "uge.xlsx").entries == ()
    again = WorkFile(folder, b"content", "uge.xlsx")
    assert again.entries == (b"a", b"c")
    again.close()
    [listed] = work_files(folder)
    assert listed.path == kept.path
    assert abs((datetime.now(UTC) - listed.changed).total_seconds()) < 60
    throw_away(listed.path)
    assert work_files(folder) == ()
    assert work_files(tmp_path / "nowhere") == ()


def test_one_that_was_closed_keeps_nothing_more(tmp_path: Path) -> None:
    """Whatever saves beside the work may come too late: what lies there is not written over without the lock."""
    kept = WorkFile(tmp_path, b"content", "uge.xlsx")
    kept.keep(0, (b"a", b"b"))
    kept.close()
    kept.keep(2, ())
    kept.keep(0, (b"c",))
    assert (kept.is_begun, kept.is_saved) == (False, True)
    again = WorkFile(tmp_path, b"content", "uge.xlsx")
    assert again.entries == (b"a", b"b")
    again.close()


CASE = SavedCase("Emma.ldbu", datetime(2026, 11, 27, 22, 30, tzinfo=UTC))


def test_the_case_file_that_has_it_too_is_remembered_as_long_as_anything_is_kept(tmp_path: Path) -> None:
    kept = WorkFile(tmp_path, b"content", "uge.xlsx")
    kept.note_case(CASE)  # nothing is kept that it could have
    assert kept.case is None
    kept.keep(0, (b"a",))
    kept.note_case(SavedCase("first.ldbu", CASE.until))
    kept.note_case(CASE)
    assert kept.case == CASE
    kept.close()
    again = WorkFile(tmp_path, b"content", "uge.xlsx")
    assert again.case == CASE
    again.keep(0, ())
    assert again.case is None
    again.keep(0, (b"b",))
    again.close()
    last = WorkFile(tmp_path, b"content", "uge.xlsx")
    assert last.case is None
    last.close()


def test_one_of_an_earlier_version_can_have_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(work_file, "WORK", replace(WORK, migrations=WORK.migrations[:2]))
        kept = WorkFile(tmp_path, b"content", "uge.xlsx")
        kept.keep(0, (b"a",))
        kept.close()
    again = WorkFile(tmp_path, b"content", "uge.xlsx")
    again.note_case(CASE)
    assert (again.entries, again.case) == ((b"a",), CASE)
    again.close()
