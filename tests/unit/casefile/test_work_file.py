"""The work file by itself: closed and settled while it holds nothing, and listed among what is none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from ldbu_desktop.casefile.work_file import WorkFile, throw_away, work_files


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
