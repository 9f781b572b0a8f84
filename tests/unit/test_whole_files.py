"""What is written is for its owner alone, whatever the system gives; what was there keeps its rights."""

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from ldbu_desktop import file_locks
from ldbu_desktop.bundles.parcels import staging
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.cli.program import run
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.file_locks import alone
from ldbu_desktop.whole_files import (
    FOLDER_LOCK,
    clear_left,
    clear_left_folders,
    is_there,
    make_folder,
    write_saved,
    write_whole,
)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="access is told by other means")
HEADER: Final = "kontakt_id;barn_cpr;kommune_sor;kontakttype;form;dato;vaegt;enhed\n"
ROW: Final = "K1;050520-9996;451000016003;Behovskontakt med småbørnssundhedsplejen;Hjemmebesøg;20-05-2020;5250;g\n"


@pytest.fixture(params=[0o022, 0o000])
def _mask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def write(path: Path) -> None:
    write_whole(path, lambda aside: aside.write_bytes(b"x"))


def stage(path: Path) -> None:
    with staging(path.parent) as staged:
        staged.write(path.name, b"{}")
        staged.put()


def keep(path: Path) -> None:
    case = CaseFile.create(path, "en lang sætning")
    try:
        case.change_passphrase("en anden sætning")
        assert {mode(one) for one in path.parent.iterdir()} == {0o600}
    finally:
        case.close()


@pytest.mark.usefixtures("_mask")
@pytest.mark.parametrize("writer", [write, stage, keep])
def test_a_new_file_is_for_its_owner(writer: Callable[[Path], None], tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    writer(path)
    assert mode(path) == 0o600


@pytest.mark.usefixtures("_mask")
@pytest.mark.parametrize("rights", [0o640, 0o664])
@pytest.mark.parametrize("writer", [write, stage])
def test_what_was_there_keeps_its_rights(writer: Callable[[Path], None], rights: int, tmp_path: Path) -> None:
    path = tmp_path / "there.json"
    path.write_text("{}")
    path.chmod(rights)
    writer(path)
    assert mode(path) == rights


def test_what_is_private_becomes_so(tmp_path: Path) -> None:
    path = tmp_path / "there"
    path.touch(0o666)
    write_whole(path, lambda aside: aside.write_bytes(b"x"), is_private=True)
    assert mode(path) == 0o600


@pytest.mark.usefixtures("_mask")
def test_folders_are_for_their_owner_and_others_stay(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a" / "b")
    assert [mode(one) for one in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")] == [0o755, 0o700, 0o700]


@pytest.mark.usefixtures("_mask")
def test_every_command_writes_for_its_owner(tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out"
    source.write_text(HEADER + ROW, encoding="utf-8")
    run(["export", str(source), "--to", str(out)])
    for form in ("text", "json", "jsonl", "junit", "html", "xlsx"):
        run(["validate", str(source), "--format", form, "--to", str(tmp_path / f"found.{form}")])
    run(["map", str(source), "--save", str(tmp_path / "kort.json")])
    run(["template", str(tmp_path / "t.xlsx")])
    run(["burden", "--format", "json", "--to", str(tmp_path / "b.json")])
    written = [one for one in tmp_path.rglob("*") if one != source]
    assert len(written) >= 8
    assert {mode(one) for one in written if one.is_file()} == {0o600}
    assert {mode(one) for one in written if one.is_dir()} <= {0o700}


# --- what a process left that was killed


def left_by(path: Path) -> Path:
    """What a write of ``path`` leaves beside it when its process is killed."""
    left = subprocess.run(
        [sys.executable, "-c", DYING, str(path)], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    assert left.returncode == -9
    (found,) = (one for one in path.parent.iterdir() if one.name.startswith(f".{path.stem}-"))
    return found


DYING = """
import os, sys
from pathlib import Path
from ldbu_desktop.whole_files import write_whole
write_whole(Path(sys.argv[1]), lambda aside: (aside.write_bytes(b"half"), os.kill(os.getpid(), 9)))
"""


def test_what_a_killed_write_left_is_removed_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "sag (1).json"
    left = left_by(path)
    assert left.read_bytes() == b"half"
    write(path)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_what_belongs_to_others_stays(tmp_path: Path) -> None:
    path = tmp_path / "sag.json"
    left = left_by(path)
    others = [
        tmp_path / ".sag-12345678.json",
        tmp_path / left.name.replace(".sag-", ".anden-"),
        left.with_suffix(".csv"),
        tmp_path / ".sag-abcdefgh.ldbu-aside.json",
    ]
    for other in others:
        other.write_bytes(b"mine")
    target = tmp_path / "theirs"
    target.write_bytes(b"theirs")
    left.unlink()
    left.symlink_to(target)
    write(path)
    assert all(other.read_bytes() == b"mine" for other in others)
    assert target.read_bytes() == b"theirs"


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    path = tmp_path / "sag.json"

    def write_meanwhile(aside: Path) -> None:
        aside.write_bytes(b"first")
        write(path)
        assert aside.read_bytes() == b"first"

    write_whole(path, write_meanwhile)
    assert path.read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_case_file_that_is_opened_is_cleared_up_after(tmp_path: Path) -> None:
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, "en lang sætning").close()
    left = left_by(path)
    CaseFile.open(path, "en lang sætning").close()
    assert not left.exists()


def test_folders_that_killed_processes_left_are_removed(tmp_path: Path) -> None:
    for name in ("ldbu-copy-left", "ldbu-copy-used", "ldbu-copy-new"):
        (tmp_path / name).mkdir()
    for name in ("ldbu-copy-left", "ldbu-copy-used"):
        (tmp_path / name / FOLDER_LOCK).touch()
    (tmp_path / "ldbu-copy-left" / "case.ldbu").write_bytes(b"x")
    (tmp_path / "ldbu-copy-link").symlink_to(tmp_path / "ldbu-copy-left")
    with alone(tmp_path / "ldbu-copy-used" / FOLDER_LOCK):
        clear_left_folders(tmp_path, "ldbu-copy-")
        clear_left_folders(tmp_path / "nowhere", "ldbu-copy-")
        clear_left(tmp_path / "nowhere" / "x.json")
        left = {one.name for one in tmp_path.iterdir()}
        assert left == {"ldbu-copy-used", "ldbu-copy-new", "ldbu-copy-link"}


def test_where_there_are_no_locks_no_folder_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    folder = tmp_path / "ldbu-copy-left"
    folder.mkdir()
    (folder / FOLDER_LOCK).touch()
    (folder / "case.ldbu").write_bytes(b"x")
    monkeypatch.setattr(file_locks, "take", unknown)
    clear_left_folders(tmp_path, "ldbu-copy-")
    assert (folder / "case.ldbu").read_bytes() == b"x"


def test_a_place_where_nothing_can_be_written_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere" / "x.json", tmp_path / ("x" * 5000)):
        with pytest.raises(OutputFault):
            write(path)
    assert not is_there(tmp_path / ("x" * 5000))
    assert not is_there(tmp_path / "nul\0")
    assert is_there(tmp_path)


FULL: Final = """
import errno, sys
from pathlib import Path
from openpyxl import Workbook
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.whole_files import write_saved
def full(path, data):
    raise OSError(errno.ENOSPC, "full")
Path.write_bytes = full
try:
    write_saved(Path(sys.argv[1]), Workbook().save)
except OutputFault as fault:
    print(fault.key)
"""


def test_a_library_that_can_not_write_complains_of_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path / "a.xlsx")]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert (done.stdout, done.stderr) == ("output-disk-full\n", "")
    assert not list(tmp_path.iterdir())
    write_saved(tmp_path / "b.xlsx", lambda stream: stream.write(b"whole"))
    assert (tmp_path / "b.xlsx").read_bytes() == b"whole"
