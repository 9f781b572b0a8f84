"""Reports are written to a folder by one process at a time; what a killed one left aside is cleared away."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from ldbu_desktop import file_locks
from ldbu_desktop.bundles.parcels import staging
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.sources.found import FoundFile
from tests.files_here import files_in

WRITER: Final = """
import sys, time
from pathlib import Path
from ldbu_desktop.bundles.parcels import staging
with staging(Path(sys.argv[1])) as staged:
    staged.write("r.json", b'{"id": "1"}')
    print("ready", flush=True)
    time.sleep(60)
"""


def writing(folder: Path) -> subprocess.Popen[bytes]:
    """A process that is in the midst of writing to a folder."""
    process = subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def test_two_exclude_each_other_and_the_killed_one_leaves_nothing(tmp_path: Path) -> None:
    with writing(tmp_path) as process:
        with pytest.raises(OutputFault) as raised, staging(tmp_path):
            pass
        assert raised.value.key == "output-in-use"
        process.kill()
    left = [one for one in tmp_path.iterdir() if one.is_dir()]
    assert len(left) == 1
    assert not [found for found in files_in([tmp_path]) if isinstance(found, FoundFile)]
    others = tmp_path / ".ldbu-mine-and-longer"
    others.mkdir()
    linked = tmp_path / ".ldbu-abcdefgh"
    linked.symlink_to(others)
    with staging(tmp_path) as staged:
        assert not left[0].exists()
        staged.write("r.json", b"{}")
        staged.put()
    assert sorted(one.name for one in tmp_path.iterdir()) == [".ldbu-abcdefgh", ".ldbu-mine-and-longer", "r.json"]


def test_the_lock_of_a_file_that_was_removed_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, taken = tmp_path / "lock", []

    def take(descriptor: int) -> None:
        taken.append(descriptor)
        if len(taken) == 1:
            path.unlink()

    monkeypatch.setattr(file_locks, "take", take)
    with file_locks.alone(path):
        assert path.exists()
    assert len(taken) == 2
    assert not path.exists()


def refuse(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Let the system refuse every lock."""

    def take(_: int) -> None:
        raise error

    monkeypatch.setattr(file_locks, "take", take)


def test_a_lock_that_another_has_is_told_as_windows_does_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, PermissionError(errno.EACCES, "x"))
    with pytest.raises(OutputFault) as raised, staging(tmp_path):
        pass
    assert raised.value.key == "output-in-use"


def test_where_there_are_no_locks_nothing_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse(monkeypatch, OSError(errno.ENOLCK, "x"))
    (tmp_path / ".ldbu-abcdefgh").mkdir()
    with staging(tmp_path) as staged:
        staged.write("r.json", b"{}")
        staged.put()
    assert sorted(one.name for one in tmp_path.iterdir()) == [".ldbu-abcdefgh", "r.json"]


@pytest.mark.skipif(os.name != "posix", reason="signals are told by other means")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_gives_a_line_and_leaves_nothing(number: signal.Signals, code: int, tmp_path: Path) -> None:
    stop = (
        "import os, sys, time\n"
        "from ldbu_desktop import __main__\n"
        "from ldbu_desktop.cli import export\n"
        "from ldbu_desktop.bundles.parcels import staging\n"
        "from pathlib import Path\n"
        "def run(arguments):\n"
        "    with staging(arguments.to) as staged:\n"
        "        staged.write('r.json', b'{}')\n"
        f"        os.kill(os.getpid(), {int(number)})\n"
        "        time.sleep(60)\n"
        "export.run = run\n"
        "sys.argv[1:] = ['export', 'x', '--to', sys.argv[1]]\n"
        "sys.exit(__main__.main())\n"
    )
    ended = subprocess.run([sys.executable, "-c", stop, str(tmp_path / "out")], capture_output=True, check=False)
    assert ended.returncode == code
    assert len(ended.stderr.splitlines()) == 1
    assert b"Traceback" not in ended.stderr
    assert [*(tmp_path / "out").iterdir()] == []


def begin_and_stop(folder: Path) -> None:
    """Stop in the midst of a file."""
    with staging(folder) as staged:
        staged.open("r.json")
        staged.add("r.json", b"{")
        raise KeyboardInterrupt


def test_what_was_begun_when_the_work_stopped_is_gone(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        begin_and_stop(tmp_path)
    assert not list(tmp_path.iterdir())
