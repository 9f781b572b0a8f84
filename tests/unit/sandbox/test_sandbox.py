"""The sandbox: what ends there ends alone, is told with the file's name, and leaves nothing behind."""

from __future__ import annotations

import ast
import ctypes
import fcntl
import gc
import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sandbox import confinement, darwin_memory, process, windows_job
from ldbu_desktop.sandbox.messages import EMPTY, UNCONFINED, Reply, Request, framed, received, sendable_facts
from ldbu_desktop.sandbox.sandbox import Sandbox, end_idle, make_ready
from tests import sandboxed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="what is tried is how other systems end a process")

FUNCTIONS = "tests.sandboxed:"


@pytest.fixture
def box() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def fault_of(box: Sandbox, name: str, data: bytes = b"") -> FileFault:
    """The fault of a function of the tests."""
    stream = box.begin(FUNCTIONS + name, "a.xlsx", 0, data)
    with pytest.raises(FileFault) as caught:
        stream.take()
    assert caught.value.facts["file"] == "a.xlsx"
    return caught.value


def state(box: Sandbox) -> dict[str, object]:
    told = ast.literal_eval(box.begin(f"{FUNCTIONS}state", "a", 0).take().data.decode())
    assert isinstance(told, dict)
    return told


def test_what_is_asked_is_answered_in_its_order(box: Sandbox) -> None:
    first, second = (box.begin(f"{FUNCTIONS}echo", name, 0, name.encode()) for name in ("a", "b"))
    second.ask(b"c")
    first.ask(b"d")
    second.ask()
    assert [second.take().data, first.take().data] == [b"b", b"a"]
    assert [first.take().data, second.take().data, second.take()] == [b"d", b"c", Reply(b"end", is_last=True)]
    first.close()


def test_large_messages_travel_whole(box: Sandbox) -> None:
    large = os.urandom(3_000_000)
    assert box.begin(f"{FUNCTIONS}echo", "a", 0, large).take().data == large


@pytest.mark.skipif(sys.platform != "linux", reason="only there a pipe's size can be told")
def test_pipes_that_hold_little_do_not_stop_what_is_asked_ahead(box: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    # Windows' pipes hold 4096 bytes: who writes more waits until the other reads.
    monkeypatch.setattr("ldbu_desktop.sandbox.sandbox.PIPE_HOLDS", 2048)
    end_idle()
    begun = subprocess.Popen.__init__

    def begin(self: subprocess.Popen[bytes], *words: Any, **options: Any) -> None:
        begun(self, *words, **options)
        for pipe in (self.stdin, self.stdout):
            assert pipe is not None
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, 8192)

    monkeypatch.setattr(subprocess.Popen, "__init__", begin)
    streams = [box.begin(f"{FUNCTIONS}bytes_of", f"{number:0200}", 0, b"20000") for number in range(60)]
    assert [len(stream.take().data) for stream in reversed(streams)] == [20_000] * 60
    alone = box.begin(f"{FUNCTIONS}echo", "a", 0, bytes(10_000))
    alone.ask(bytes(9_000))
    assert [len(alone.take().data) for _ in range(2)] == [10_000, 9_000]


@pytest.mark.parametrize("name", ["abort", "crash", "half_a_message", "no_message"])
def test_a_process_that_ends_is_a_fault_of_its_file_and_the_next_is_read(box: Sandbox, name: str) -> None:
    assert fault_of(box, name).key == "file-reader-ended"
    assert box.begin(f"{FUNCTIONS}echo", "b", 0, b"b").take().data == b"b"


def test_memory_is_held(box: Sandbox) -> None:
    assert fault_of(box, "fill").key == "file-too-large-for-memory"
    assert box.begin(f"{FUNCTIONS}echo", "b", 0, b"b").take().data == b"b"


@pytest.mark.parametrize("name", ["spin", "sleep"])
def test_time_is_held(box: Sandbox, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "seconds_for", lambda size: 0.1)
    assert fault_of(box, name).key == "file-reader-slow"


def test_what_no_reader_expects_is_a_fault(box: Sandbox) -> None:
    fault = fault_of(box, "recurse")
    assert (fault.key, fault.facts["why"]) == ("file-read-failed", "RecursionError")


def test_no_file_is_written(box: Sandbox, tmp_path: Path) -> None:
    assert fault_of(box, "write_file", str(tmp_path / "a").encode()).key == "file-not-readable"
    assert not (tmp_path / "a").exists() or not (tmp_path / "a").read_bytes()


def test_one_stream_ends_all_and_the_others_know_which(box: Sandbox) -> None:
    before = box.begin(f"{FUNCTIONS}echo", "before", 0, b"1")
    guilty = box.begin(f"{FUNCTIONS}abort", "guilty", 0)
    after = box.begin(f"{FUNCTIONS}echo", "after", 0, b"3")
    with pytest.raises(FileFault) as caught:
        after.take()
    assert caught.value.facts == {"file": "guilty"}
    assert (before.is_lost, guilty.is_lost, after.is_lost) == (True, False, True)
    assert before.take().data == b"1"
    after.close()
    with pytest.raises(FileFault, match="guilty"):
        guilty.take()


def test_a_use_knows_nothing_of_the_one_before() -> None:
    with Sandbox() as one:
        first, again = state(one), state(one)
    with Sandbox() as one:
        second = state(one)
    assert [told["remembered"] for told in (first, again, second)] == [0, 1, 0]
    assert first["process"] == again["process"] != second["process"]
    assert first["waiting"] == second["waiting"]


def test_a_process_is_confined_and_says_nothing_of_what_it_reads(box: Sandbox) -> None:
    told = state(box)
    assert told["core"] == (0, 0)
    assert told["memory"] == confinement.FEWEST_BYTES
    assert told["arguments"] == ["-c"]


def test_a_process_that_owes_answers_is_not_used_again() -> None:
    with Sandbox() as one:
        before = state(one)["waiting"]
        one.begin(f"{FUNCTIONS}echo", "a", 0, b"a")
    with Sandbox() as one:
        assert state(one)["waiting"] != before


def test_a_process_that_was_ended_by_others_is_not_used_again() -> None:
    end_idle()
    with Sandbox() as one:
        waiting = state(one)["waiting"]
    assert isinstance(waiting, int)
    os.kill(waiting, 9)
    while Path(f"/proc/{waiting}/stat").exists() and " Z " not in Path(f"/proc/{waiting}/stat").read_text("ascii"):
        time.sleep(0.001)
    with Sandbox() as one:
        assert state(one)["waiting"] != waiting


def test_a_process_is_made_ready_once(monkeypatch: pytest.MonkeyPatch) -> None:
    end_idle()
    make_ready()
    make_ready(sandboxed.__name__)
    with Sandbox() as one, Sandbox() as other:
        waiting = {state(one)["waiting"], state(other)["waiting"]}
    assert len(waiting) == 2
    end_idle()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Sandbox() as one, pytest.raises(FileFault) as caught:
        one.begin(f"{FUNCTIONS}echo", "a", 0)
    assert caught.value.key == "file-not-found"


def test_what_waits_has_imported_what_it_will_need() -> None:
    end_idle()
    make_ready(sandboxed.__name__)
    with Sandbox() as one:
        assert state(one)["waiting"]
    end_idle()


def test_a_program_in_one_piece_is_called_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    end_idle()
    program = tmp_path / "program"
    root = Path(__file__).parents[3]
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path[:] = {[str(root), *sys.path]!r}\n"
        "from ldbu_desktop.__main__ import main\nsys.exit(main())\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    with Sandbox() as one:
        assert one.begin(f"{FUNCTIONS}echo", "a", 0, b"a").take().data == b"a"
    end_idle()


# --- in the process ---------------------------------------------------------------------------------------------------


def answers(*requests: Request) -> list[Reply]:
    """What is answered, in this process and without its limits."""
    asked, told = io.BytesIO(b"".join(map(framed, requests))), io.BytesIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(confinement.Clock, "start", lambda clock, seconds: None)
        process.serve(asked, told, lambda files: None, confinement.Clock())
    told.seek(0)
    return list(iter(lambda: received(told, Reply), None))


def test_streams_go_on_and_end() -> None:
    begun = Request(1, b"2", f"{FUNCTIONS}counted", "a")
    assert answers(begun, Request(1), Request(1)) == [Reply(b"0"), Reply(b"1"), Reply(b"end", is_last=True)]
    assert answers(begun, Request(1, ends=True), Request(1, ends=True), EMPTY, begun) == [Reply(b"0")]


def test_a_fault_travels_with_its_facts() -> None:
    (reply,) = answers(Request(1, b"", f"{FUNCTIONS}recurse", "a"))
    assert reply == Reply(b"", True, "file-read-failed", {"file": "a", "why": "RecursionError"})
    facts = {"a": 1, "b": None, "c": 0.5, "d": 1 << 70, "e": Path("x"), "f": "\udcff", "g": True}
    assert sendable_facts(facts) == facts | {"d": str(1 << 70), "e": "x", "f": "\\udcff"}


def test_a_waiting_process_serves_one_use_where_it_can_not_divide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork")
    monkeypatch.setattr(confinement, "confine", lambda: None)
    asked = io.BytesIO(framed(EMPTY) + framed(EMPTY) + framed(EMPTY))
    assert process.serve_uses(asked, io.BytesIO()) == 0
    assert received(asked, Request) == EMPTY


def test_the_process_that_comes_out_of_the_waiting_one_serves_a_use_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(code: int) -> None:
        raise SystemExit(code)

    monkeypatch.setattr(os, "fork", lambda: 0)
    monkeypatch.setattr(os, "_exit", end)
    uses = (UNCONFINED, Request(1, b"0", f"{FUNCTIONS}counted", "a"), EMPTY, UNCONFINED)
    asked, told = io.BytesIO(b"".join(map(framed, uses))), io.BytesIO()
    with pytest.raises(SystemExit) as ended:
        process.serve_uses(asked, told)
    assert ended.value.code == 0
    told.seek(0)
    assert received(told, Reply) == Reply(b"end", is_last=True)
    assert received(asked, Request) == UNCONFINED


def test_on_macos_the_waiting_process_watches_the_one_that_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[tuple[object, ...]] = []

    def watch(*given: object) -> int:
        watched.append(given)
        return 6 << 8

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(os, "fork", lambda: 4711)
    monkeypatch.setattr(confinement, "watch", watch)
    assert process.serve_uses(io.BytesIO(framed(EMPTY)), io.BytesIO()) == 6
    assert watched == [(4711, confinement.MOST_BYTES, darwin_memory.resident_bytes)]


@pytest.mark.parametrize(
    ("uses", "code"),
    [
        ((EMPTY, Request(1, b"", f"{FUNCTIONS}leave", "a", 0, 60), EMPTY, EMPTY), 6),
        ((EMPTY, Request(1, b"0", f"{FUNCTIONS}counted", "a", 0, 60), EMPTY, EMPTY), 0),
        ((), 0),
    ],
)
def test_a_waiting_process_ends_as_the_one_that_served_or_when_nobody_asks(
    uses: tuple[Request, ...], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a process of its own, as one that divides has no other threads."""
    program = "import sys; from ldbu_desktop.sandbox.process import main; sys.exit(main())"
    requests = b"".join(map(framed, uses))
    done = subprocess.run([sys.executable, "-c", program], input=requests, capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (code, b"")
    # The same where the other process is only said to have come out of this one.
    monkeypatch.setattr(os, "fork", lambda: 4711)
    monkeypatch.setattr(os, "waitpid", lambda *_: (4711, code << 8))
    asked = io.BytesIO(framed(EMPTY) * bool(uses))
    assert process.serve_uses(asked, io.BytesIO()) == code


def test_a_waiting_process_imports_what_the_next_use_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    monkeypatch.setattr(process, "import_module", seen.append)
    frozen = gc.get_freeze_count()
    assert process.serve_uses(io.BytesIO(framed(Request(call="needed.soon"))), io.BytesIO()) == 0
    assert seen == ["needed.soon"]
    assert gc.get_freeze_count() > frozen
    gc.unfreeze()


@pytest.mark.parametrize("data", [b"", b"\0" * 8, b"\xff" * 8, (9).to_bytes(8, "big") + b"1", (1).to_bytes(8, "big")])
def test_what_is_no_message_is_none(data: bytes) -> None:
    assert received(io.BytesIO(data), Reply) is None


def test_a_message_may_come_in_pieces() -> None:
    class Pipe(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(3, size or 0))

    assert received(Pipe(framed(Reply(b"12345678"))), Reply) == Reply(b"12345678")


def test_a_process_waits_for_uses(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("signal.signal", "gc.disable", "gc.freeze"):
        monkeypatch.setattr(name, lambda *_: None)
    monkeypatch.setattr(process, "serve_uses", lambda requests, replies: requests.fileno() + 10 * replies.fileno())
    assert process.main() == 10


def test_a_use_that_fails_ends_its_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "confine", lambda: None)
    monkeypatch.setattr(confinement, "Clock", lambda: None)
    assert process.served(io.BytesIO(framed(EMPTY)), io.BytesIO()) == 0
    assert process.served(io.BytesIO(framed(Request(1))), io.BytesIO()) == 1


# --- limits -----------------------------------------------------------------------------------------------------------


def begun(program: str) -> int:
    """The number of another process."""
    return os.posix_spawn(sys.executable, [sys.executable, "-c", program], os.environ)


def test_a_process_that_the_system_does_not_hold_is_watched() -> None:
    status = confinement.watch(begun("import time; time.sleep(60)"), 1000, lambda _: 2000)
    assert confinement.ended_with(status) == 9
    assert confinement.watch(begun(""), 1000, lambda _: 0) == 0


def test_a_process_is_held_by_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    held: dict[int, int] = {}
    late: list[float] = []
    monkeypatch.setattr("resource.setrlimit", lambda kind, limits: held.update({kind: limits[0]}))
    monkeypatch.setattr("faulthandler.dump_traceback_later", lambda seconds, **_: late.append(seconds))
    confinement.confine()
    confinement.hold_to_memory(10)
    clock = confinement.Clock()
    clock.start(2)
    clock.stop()
    assert held.pop(resource.RLIMIT_CPU) > time.process_time() + 1
    assert held == {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_AS: confinement.FEWEST_BYTES + 10,
    }
    assert late == [2 * confinement.WAITING]


@pytest.mark.parametrize(("answer", "bytes_"), [(0, 7), (-1, 0)])
def test_macos_tells_what_a_process_takes(answer: int, bytes_: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def usage(process: int, kind: int, told: object) -> int:
        told._obj.words[6] = 7
        return answer

    monkeypatch.setattr("ctypes.CDLL", lambda name: SimpleNamespace(proc_pid_rusage=usage))
    assert darwin_memory.resident_bytes(1) == bytes_


WATCHED = """#!{python}
import sys
sys.path[:] = {path}
from pathlib import Path
from ldbu_desktop.__main__ import main
from ldbu_desktop.sandbox import confinement, darwin_memory
import ldbu_desktop.sources.served
sys.platform = "darwin"
confinement.MOST_BYTES = {most}

def resident_bytes(process):
    return int(Path(f"/proc/{{process}}/statm").read_text("ascii").split()[1]) * 4096

darwin_memory.resident_bytes = resident_bytes
sys.exit(main())
"""
"""A sandbox as it is on macOS: the system holds nothing, and what a process takes is asked, here of Linux."""


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A sandbox that is watched instead of held, to 200 MB."""
    program = tmp_path / "program"
    path = [str(Path(__file__).parents[3]), *sys.path]
    program.write_text(WATCHED.format(python=sys.executable, path=path, most=200 << 20), encoding="utf-8")
    program.chmod(0o755)
    end_idle()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    with Sandbox() as one:
        yield one
    end_idle()


@pytest.mark.skipif(sys.platform != "linux", reason="what a process takes is told under /proc")
def test_a_watched_process_ends_where_it_takes_too_much_and_the_next_is_read(watched: Sandbox) -> None:
    told = state(watched)
    assert (told["core"], told["memory"]) == ((0, 0), resource.RLIM_INFINITY)
    assert fault_of(watched, "fill").key == "file-reader-ended"
    assert watched.begin(f"{FUNCTIONS}echo", "b", 0, b"b").take().data == b"b"


@pytest.mark.skipif(sys.platform != "linux", reason="what a process takes is told under /proc")
def test_a_watched_process_is_held_to_its_time(watched: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confinement, "seconds_for", lambda size: 0.1)
    assert fault_of(watched, "spin").key == "file-reader-slow"


def test_macos_is_asked_with_its_structure() -> None:
    usage = darwin_memory.Usage
    assert (ctypes.sizeof(usage), usage.words.offset + 8 * darwin_memory.RESIDENT) == (96, 64)


def test_elsewhere_there_are_no_jobs() -> None:
    windows_job.hold_to(1)


class Kernel:
    """What is called of Windows, which answers what is told it."""

    def __init__(self, **answers: int) -> None:
        self.calls: list[tuple[str, object]] = []
        self.answers = answers

    def __getattr__(self, name: str) -> object:
        def call(*given: object) -> int:
            self.calls.append((name, given))
            return self.answers.get(name, 1)

        self.__dict__[name] = call
        return call


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Kernel:
    """A Windows that gives what it is asked for."""
    made = Kernel(CreateJobObjectW=77, GetCurrentProcess=88)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(windows_job, "jobs", [])
    monkeypatch.setattr(ctypes, "WinDLL", lambda name, use_last_error: made, raising=False)
    monkeypatch.setattr(ctypes, "get_last_error", lambda: 5, raising=False)
    monkeypatch.setattr(ctypes, "WinError", OSError, raising=False)
    return made


def test_a_process_on_windows_is_alone_in_a_job_that_is_changed_for_more(kernel: Kernel) -> None:
    windows_job.hold_to(1 << 28)
    windows_job.hold_to(1 << 29)
    names = [name for name, _ in kernel.calls]
    assert names == [
        "CreateJobObjectW", "SetInformationJobObject", "GetCurrentProcess", "AssignProcessToJobObject",
        "SetInformationJobObject",
    ]  # fmt: skip
    for (_, given), memory in zip((kernel.calls[1], kernel.calls[4]), (1 << 28, 1 << 29), strict=True):
        assert isinstance(given, tuple)
        job, kind, limits, size = given
        assert (job, kind, size) == (77, 9, ctypes.sizeof(windows_job.ExtendedLimits))
        assert (limits._obj.flags, limits._obj.process_memory) == (0x500, memory)
    assert kernel.calls[3][1] == (77, 88)


@pytest.mark.parametrize("refused", ["SetInformationJobObject", "AssignProcessToJobObject"])
def test_a_windows_that_refuses_is_told(refused: str, kernel: Kernel) -> None:
    kernel.answers[refused] = 0
    with pytest.raises(OSError, match="5"):
        windows_job.hold_to(1)
    confinement.hold_to_memory(1)  # the clock still holds it


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_size_t) != 8, reason="the structure is another there")
def test_windows_is_told_with_its_structure() -> None:
    limits = windows_job.ExtendedLimits
    named = (limits.flags, limits.processes, limits.io, limits.process_memory, limits.peak_job_memory)
    assert [field.offset for field in named] == [16, 40, 64, 112, 136]
    assert ctypes.sizeof(limits) == 144


def test_on_macos_the_system_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr("resource.setrlimit", lambda *_: pytest.fail("it holds nothing"))
    confinement.hold_to_memory(10)


def test_a_process_that_was_late_is_told_from_others() -> None:
    assert confinement.ended_with(1 << 8) == confinement.OUT_OF_TIME
    assert confinement.ended_with(24) == confinement.OUT_OF_TIME
    assert confinement.ended_with(11) == 11


def test_time_and_memory_come_by_the_size() -> None:
    assert confinement.seconds_for(0) == confinement.FEWEST_SECONDS < confinement.seconds_for(1 << 20)
    assert confinement.memory_for(0) == 0 < confinement.memory_for(1)
