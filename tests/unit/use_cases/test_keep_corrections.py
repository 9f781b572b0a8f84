"""Corrections to files are kept by themselves: encrypted, after a kill too, and found for the same content only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec import Struct

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.encoding import encoded
from ldbu_desktop.editing.mending import Edit, Mend
from ldbu_desktop.editing.operations import AddFamily, AnswerField, EditValue, MendValues
from ldbu_desktop.faults import Cancelled, FileFault, OutputFault
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.model import Observation
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.keep_corrections import keep_corrections, kept_work, throw_away_work
from ldbu_desktop.use_cases.opening import open_files
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace import kept_corrections
from ldbu_desktop.workspace.kept_corrections import KeptCorrections
from ldbu_desktop.workspace.mending import mend_known
from ldbu_desktop.workspace.steps import Step
from ldbu_desktop.workspace.workspace import Workspace
from tests.profiles import each

STANDARD = shipped_standard()
ROOT = Path(__file__).resolve().parents[3]
DYING = """
import os, sys
from pathlib import Path
from tests.unit.use_cases.test_keep_corrections import opened, kept_in, weigh
work = opened(Path(sys.argv[1]))
kept = kept_in(Path(sys.argv[2]), work)
for number in range(int(sys.argv[3])):
    weigh(work, str(3000 + number))
    kept.save()
os.kill(os.getpid(), 9)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The faulty sample, in a folder of this test only."""
    return Path(shutil.copy(resource("samples", "familie-med-fejl.xlsx"), tmp_path / "familie.xlsx"))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where corrections are kept; no lock is left there."""
    made = tmp_path / "settings" / "work"
    yield made
    assert not [*made.glob("*.lock")]


def opened(path: Path) -> Workspace:
    """A file, open and checked."""
    work = open_files([path], STANDARD)
    assert work.judge(validate(work.journal, STANDARD, datetime(2026, 1, 2, tzinfo=UTC).date()))
    return work


def kept_in(folder: Path, work: Workspace) -> KeptCorrections:
    """What keeps the corrections of work."""
    return keep_corrections(work, folder)


def weight_of(work: Workspace) -> tuple[Where, str]:
    """Where the first weight stands, and what it says."""
    family = work.journal.families[0]
    visit, weight = next(
        (visit, one)
        for visit in family.visits
        for one in visit.observations
        if isinstance(one, Observation) and one.variable.value == "weight"
    )
    return Where(family.key, visit.key, weight.key, "", "weight"), weight.value.raw


def weigh(work: Workspace, raw: str) -> None:
    """Correct the first weight."""
    work.do(EditValue(weight_of(work)[0], raw))


def fetch(kept: KeptCorrections) -> None:
    """Fetch what was done another day."""
    assert kept.fetch(kept.fetched()) is not None


def test_what_was_done_is_found_again(file: Path, folder: Path) -> None:
    work = opened(file)
    read = work.journal
    kept = kept_in(folder, work)
    assert not kept.earlier
    assert not kept.is_waiting
    assert mend_known(work) > 2
    weigh(work, "4000")
    where, _ = weight_of(work)
    work.do(AnswerField(where._replace(record="", variable="height"), "61,5"))
    work.do(MendValues((Edit(where, "4100"),), Mend(Mending.VALUE, "4100"), "value-missing"))
    assert kept.is_waiting
    assert kept.has_news
    kept.save()
    assert not kept.is_waiting
    kept.file.settle()
    kept.file.close()
    kept.file.close()

    elsewhere = file.parent / "elsewhere"
    elsewhere.mkdir()
    again = opened(Path(shutil.copy(file, elsewhere)))
    kept = kept_in(folder, again)
    assert len(kept.earlier) == len(work.steps.done)
    assert again.journal.families == read.families
    fetch(kept)
    assert not kept.earlier
    assert not kept.has_news
    assert again.journal.families == work.journal.families
    assert [step.at for step in again.steps.done] == [step.at for step in work.steps.done]
    assert [one.change for one in again.steps.corrections] == [one.change for one in work.steps.corrections]
    assert again.findings is not None
    assert work.findings is not None
    assert again.findings.counts == work.findings.counts
    while again.history.can_undo:
        again.undo()
    assert again.journal.families == read.families
    kept.save()
    assert not kept.file.path.exists()
    kept.file.close()


def test_nothing_readable_is_written_and_nobody_else_reads_it(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "Frederikke 0505209996")
    kept.save()
    for path in folder.iterdir():
        content = path.read_bytes()
        assert b"SQLite" not in content
        assert not [text for text in (b"Frederikke", b"0505209996", b"weight", b"barn-1") if text in content]
        assert file.stem not in path.name
        assert work.journal.sources[0].sha256[:8] not in path.name
        if os.name == "posix" and not path.name.endswith(".lock"):
            assert path.stat().st_mode & 0o777 == 0o600
    assert os.name != "posix" or folder.stat().st_mode & 0o777 == 0o700
    kept.file.close()


@pytest.mark.parametrize("count", each([12, 1, 2], 1))
def test_a_kill_takes_nothing_that_was_saved(file: Path, folder: Path, count: int) -> None:
    command = [sys.executable, "-c", DYING, str(file), str(folder), str(count)]
    died = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert died.returncode != 0
    assert died.stderr == ""
    work = opened(file)
    kept = kept_in(folder, work)
    assert len(kept.earlier) == count
    fetch(kept)
    assert weight_of(work)[1] == str(3000 + count - 1)
    kept.file.close()


def test_another_content_has_others(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    kept.file.close()
    other = opened(resource("samples", "familie.xlsx"))
    kept = kept_in(folder, other)
    assert not kept.earlier
    kept.file.close()
    assert len(kept_work(folder)) == 1


def test_earlier_ones_stay_until_they_are_answered(file: Path, folder: Path) -> None:
    for grams in ("4000", "4100"):
        work = opened(file)
        kept = kept_in(folder, work)
        weigh(work, grams)
        kept.save()
        kept.file.close()
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4200")
    kept.save()
    assert len(kept.earlier) == 2
    thrown = kept.throw_away_earlier()
    assert not kept.earlier
    kept.take_back(thrown)
    assert len(kept.earlier) == 2
    fetch(kept)
    assert weight_of(work)[1] == "4200"
    assert len(work.steps.done) == 3
    work.undo()
    kept.save()
    kept.file.close()
    work = opened(file)
    kept = kept_in(folder, work)
    assert len(kept.earlier) == 2
    kept.throw_away_earlier()
    kept.file.close()
    assert kept_work(folder) == ()


def test_a_step_that_is_other_than_what_was_undone_takes_its_place(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    for grams in ("4000", "4100", "4200"):
        weigh(work, grams)
    kept.save()
    work.undo()
    work.undo()
    weigh(work, "4300")
    kept.save()
    kept.file.close()
    work = opened(file)
    kept = kept_in(folder, work)
    fetch(kept)
    assert weight_of(work)[1] == "4300"
    assert len(work.steps.done) == 2
    kept.file.close()


def test_what_was_undone_is_not_offered_again(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    work.undo()
    assert kept.is_waiting
    kept.save()
    weigh(work, "4100")
    kept.save()
    kept.file.close()

    work = opened(file)
    kept = kept_in(folder, work)
    fetch(kept)
    assert weight_of(work)[1] == "4100"
    weigh(work, "4200")
    kept.save()
    work.undo()
    assert kept.is_waiting
    assert not kept.has_news
    kept.save()
    kept.file.close()

    kept = kept_in(folder, opened(file))
    assert len(kept.earlier) == 1
    kept.file.close()


def test_what_is_in_a_case_file_too_is_known_to_be(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.also_in("Emma.ldbu")
    kept.file.close()

    work = opened(file)
    kept = kept_in(folder, work)
    assert (len(kept.earlier), kept.earlier_case) == (1, "Emma.ldbu")
    kept.also_in("what was not fetched is not in it.ldbu")
    assert kept.earlier_case == "Emma.ldbu"
    fetch(kept)
    kept.file.close()

    work = opened(file)
    kept = kept_in(folder, work)
    assert kept.earlier_case == "Emma.ldbu"
    fetch(kept)
    weigh(work, "4100")
    kept.save()
    kept.file.close()

    kept = kept_in(folder, opened(file))
    assert (len(kept.earlier), kept.earlier_case) == (2, "")
    kept.file.close()


def test_what_is_thrown_away_is_gone(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    kept.throw_away()
    assert not kept.has_news
    assert not kept.is_waiting
    assert not kept.file.is_begun
    weigh(work, "4100")
    assert kept.is_waiting
    kept.save()
    kept.file.close()
    (found,) = kept_work(folder)
    assert found.changed.tzinfo is UTC
    throw_away_work(found.path)
    assert kept_work(folder) == ()


def test_what_no_longer_fits_stays(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    work.do(EditValue(weight_of(work)[0], "4100"))
    kept.save()
    nowhere = EditValue(Where("no-family", "no-visit", "no-record"), "1")
    kept.file.keep(2, [_entry(nowhere)])
    kept.file.close()
    work = opened(file)
    kept = kept_in(folder, work)
    fetched = kept.fetched()
    weigh(work, "9")  # something else was done meanwhile
    assert kept.fetch(fetched) is None
    work.undo()
    fetch(kept)
    assert [one.operation for one in kept.earlier] == [nowhere]
    assert weight_of(work)[1] == "4100"
    kept.file.close()


class Nothing(Struct, frozen=True):
    """An entry that does nothing."""

    at: datetime


def _entry(operation: EditValue) -> bytes:
    return kept_corrections.entry_of(Step(datetime.now(UTC), (), operation))


def test_it_can_be_fetched_before_it_is_checked(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    kept.file.close()
    work = open_files([file], STANDARD)
    kept = kept_in(folder, work)
    fetch(kept)
    assert weight_of(work)[1] == "4000"
    assert work.findings is None
    kept.file.close()


def test_what_an_import_has_no_use_for_is_no_correction(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    work.do(AddFamily())
    with pytest.raises(TypeError):
        kept.save()
    kept.file.close(leave_unsaved=True)
    with pytest.raises(TypeError):
        kept_corrections.kept_of(encoded(Nothing(datetime.now(UTC))))


def test_what_a_newer_version_kept_is_told_and_stays(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    entry = encoded({"at": datetime.now(UTC), "tomorrow": 1})
    kept.file.keep(0, (entry,))
    kept.file.close()
    with pytest.raises(FileFault) as raised:
        kept_in(folder, opened(file))
    assert raised.value.key == "case-newer-version"
    [listed] = kept_work(folder)
    throw_away_work(listed.path)


def test_two_windows_do_not_keep_the_same(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    with pytest.raises(FileFault) as told:
        kept_in(folder, opened(file))
    assert told.value.key == "corrections-open-elsewhere"
    with pytest.raises(FileFault) as told:
        throw_away_work(kept.file.path)
    assert told.value.key == "corrections-open-elsewhere"
    kept.file.close()


@pytest.mark.parametrize("damage", [b"", b"LDBU", b"not one of ours at all", b"LDBU\x01" + bytes(5000)])
def test_one_that_can_not_be_read_is_set_aside(file: Path, folder: Path, damage: bytes) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    kept.file.close()
    kept.file.path.write_bytes(damage)
    again = kept_in(folder, work)
    assert again.file.warning is not None
    assert again.file.warning.key == "corrections-unreadable"
    assert not again.earlier
    again.save()
    again.file.close()
    assert len(kept_work(folder)) == 2
    for found in kept_work(folder):
        throw_away_work(found.path)
    assert kept_work(folder) == ()


def test_one_of_a_newer_version_is_left_alone(file: Path, folder: Path) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    kept.file.close()
    content = kept.file.path.read_bytes()
    kept.file.path.write_bytes(b"LDBU\x03" + content[5:])
    with pytest.raises(FileFault) as told:
        kept_in(folder, work)
    assert told.value.key == "case-newer-version"


def test_what_can_not_be_saved_waits(file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = opened(file)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    weigh(work, "4100")
    moved = kept.file.path.replace(kept.file.path.with_suffix(".away"))
    with pytest.raises(OutputFault) as told:
        kept.save()
    assert told.value.key == "corrections-gone"
    assert not kept.file.is_saved
    assert kept.is_waiting
    moved.replace(kept.file.path)
    kept.file.save_again()
    assert kept.file.is_saved
    kept.save()
    kept.file.close()
    with monkeypatch.context() as broken:
        broken.setattr(Database, "prepare", _fails)
        with pytest.raises(OutputFault):
            kept_in(folder, work)
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", _refuses)
        kept.file.path.write_bytes(b"")
        with pytest.raises(OutputFault):
            kept_in(folder, work)


def _fails(_database: Database) -> None:
    raise OutputFault("case-disk-fault", file="", why="")


def _refuses(_path: Path, _target: Path) -> Path:
    raise PermissionError


def test_places_where_nothing_can_be_kept(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = opened(file)
    (tmp_path / "no-folder").write_text("")
    with pytest.raises(OutputFault):
        kept_in(tmp_path / "no-folder", work)
    assert kept_work(tmp_path / "nowhere") == ()
    kept = kept_in(tmp_path / "work", work)
    weigh(work, "4000")
    kept.save()
    kept.file.close()
    with monkeypatch.context() as broken:
        broken.setattr(Path, "unlink", _stays)
        with pytest.raises(OutputFault):
            throw_away_work(kept.file.path)
    file.unlink()
    with pytest.raises(FileFault) as told:
        kept_in(tmp_path / "work", work)
    assert told.value.key == "file-not-found"


def _stays(path: Path, missing_ok: bool = False) -> None:
    if path.name.endswith(".ldbu-work"):
        raise PermissionError


def test_a_folder_is_known_by_what_was_read_of_it(file: Path, tmp_path: Path, folder: Path) -> None:
    export = tmp_path / "export"
    export.mkdir()
    shutil.copy(file, export / "familie.xlsx")
    work = opened(export)
    kept = kept_in(folder, work)
    weigh(work, "4000")
    kept.save()
    kept.file.close()
    (export / "note.md").write_text("not read")
    again = kept_in(folder, opened(export))
    assert len(again.earlier) == 1
    again.file.close()


def test_digesting_can_be_stopped(file: Path, folder: Path) -> None:
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(Cancelled):
        keep_corrections(opened(file), folder, cancellation)


def test_files_that_have_gone_keep_nothing(file: Path, folder: Path) -> None:
    export = file.parent / "050520-9996"
    export.mkdir()
    shutil.move(file, export / "familie.xlsx")
    work = opened(export)
    (export / "familie.xlsx").unlink()
    with pytest.raises(FileFault) as told:
        kept_in(folder, work)
    assert told.value.key == "file-not-found"
    assert "9996" not in str(told.value.facts["file"])
