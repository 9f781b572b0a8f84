"""Reports into files of a folder: written aside, then put in place together, so that nothing is ever half written."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Protocol, TypeVar

from ldbu_desktop.bundles.json_out import json_text, pretty
from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.disk import Disk, sync_folder
from ldbu_desktop.faults import OutputFault
from ldbu_desktop.file_locks import alone
from ldbu_desktop.json_text import parse
from ldbu_desktop.whole_files import make_folder, open_private, output_fault, put_in_place


class Layout(StrEnum):
    """How reports are laid out in files: readable, in one line each, or all in one file with a report a line."""

    PRETTY = "pretty"
    COMPACT = "compact"
    NDJSON = "ndjson"


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of a delivery: its name, size in bytes and SHA-256, and the visits in it by key."""

    name: str
    size: int
    sha256: str
    visits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is written and has no name yet: what it is called aside, its size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str


Content = TypeVar("Content")


class _Growing:
    """A file that is being written, with its size and SHA-256 so far."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()
        self.size = 0

    def add(self, content: bytes) -> None:
        self.stream.write(content)
        self.digest.update(content)
        self.size += len(content)


class Staging:
    """Files that are written aside in the folder where they belong."""

    def __init__(self, folder: Path, aside: Path) -> None:
        self._folder = folder
        self._aside = aside
        self._waiting: dict[str, str] = {}
        """The files to be put in place, by name: what they are called aside."""
        self._open: dict[str, _Growing] = {}
        self._disk = Disk(aside)

    def name(self, stem: str, suffix: str, bundle_id: str) -> str:
        """A free name, or that of an earlier delivery's file of the bundle with the same id, which it replaces."""
        number, name = 1, f"{stem}{suffix}"
        while name in self._waiting or self._is_of_another(self._folder / name, bundle_id):
            number += 1
            name = f"{stem}-{number}{suffix}"
        return name

    @staticmethod
    def _is_of_another(path: Path, bundle_id: str) -> bool:
        if not path.exists():
            return False
        there = parse(path.read_bytes()).value
        return not isinstance(there, dict) or there.get("id") != bundle_id

    def open(self, name: str) -> None:
        """Begin a file."""
        self._waiting[name] = name
        self._open[name] = _Growing(open_private(self._aside / name))

    def add(self, name: str, content: bytes) -> None:
        """Go on with a file."""
        self._open[name].add(content)

    def close(self, name: str, visits: tuple[str, ...] = ()) -> WrittenFile:
        """End a file, with what there is to say about it."""
        grown = self._open.pop(name)
        grown.stream.close()
        return self.take(name, Aside(name, grown.size, grown.digest.hexdigest()), visits)

    def lay_aside(self, number: int, content: bytes) -> Aside:
        """Write a whole file that gets its name later. A process that came out of this one may do it."""
        name = str(number)
        with open_private(self._aside / name) as stream:
            stream.write(content)
        return Aside(name, len(content), hashlib.sha256(content).hexdigest())

    def take(self, name: str, aside: Aside, visits: tuple[str, ...]) -> WrittenFile:
        """Give a file its name, and begin to have it on the disk."""
        self._waiting[name] = aside.name
        self._disk.take(aside.name)
        return WrittenFile(name, aside.size, aside.sha256, visits)

    def write(self, name: str, content: bytes, visits: tuple[str, ...] = ()) -> WrittenFile:
        """Write a whole file."""
        self.open(name)
        self.add(name, content)
        return self.close(name, visits)

    def drop(self, name: str) -> None:
        """Take back a file that is not to be put in place."""
        self._disk.settle()
        del self._waiting[name]
        (self._aside / name).unlink()

    def put(self) -> None:
        """Put every file in its place, once all of them are on the disk."""
        self._disk.settle()
        for name, aside in self._waiting.items():
            put_in_place(self._aside / aside, self._folder / name)
        sync_folder(self._folder)

    def give_up(self) -> None:
        """Let go of what is aside."""
        self._disk.give_up()
        for grown in self._open.values():
            with suppress(OSError):
                grown.stream.close()
        shutil.rmtree(self._aside, ignore_errors=True)


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Write files for ``folder``, which is made if need be. They are put there with :meth:`Staging.put`.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written to or is full, or another process writes
    to it; then nothing is left.
    """
    try:
        make_folder(folder)
        with alone(folder / _LOCK) as is_alone:
            if is_alone:
                _clear(folder)
            staged = Staging(folder, Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder)))
            try:
                yield staged
            finally:
                staged.give_up()
    except BlockingIOError as error:
        raise OutputFault("output-in-use", file=folder.name) from error
    except OSError as error:
        raise output_fault(error, folder.name) from error


_PREFIX = ".ldbu-"
_LOCK = ".ldbu.lock"
_LEFT_ASIDE = re.compile(r"\.ldbu-[a-z0-9_]{8}")


def _clear(folder: Path) -> None:
    """Remove what processes left aside that were killed: whoever has the folder's lock is alone, so none is at work."""
    for left in folder.iterdir():
        if _LEFT_ASIDE.fullmatch(left.name) and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def is_empty(folder: Path) -> bool:
    """Whether a folder holds nothing but what processes left aside that were killed: :func:`staging` clears it."""
    return all(one.name == _LOCK or _LEFT_ASIDE.fullmatch(one.name) for one in folder.iterdir())


class Parcel(Protocol[Content]):
    """Where reports go: each to a file of its own, or all to one."""

    @property
    def written(self) -> list[WrittenFile]:
        """The files that are written whole."""

    def content(self, number: int, report: BuiltReport, text: bytes) -> Content:
        """What is added of a report, which is ``text`` in one line; ``number`` tells it from all others.

        Another process may make it.
        """

    def add(self, stem: str, report_id: str, content: Content, visits: tuple[str, ...]) -> None:
        """Write a report after those before it; ``stem`` is for the name of its file if it gets one."""

    def end(self, *, is_whole: bool) -> None:
        """Finish. A file that was to hold more reports than came is not kept."""


class FilePerReport:
    """Each report in a file of its own."""

    def __init__(self, staged: Staging, layout: Layout) -> None:
        self._staged = staged
        self._layout = layout
        self.written: list[WrittenFile] = []

    def content(self, number: int, report: BuiltReport, text: bytes) -> Aside:
        """A report's file, which has no name yet."""
        laid_out = pretty(text) if self._layout is Layout.PRETTY else text
        return self._staged.lay_aside(number, laid_out + b"\n")

    def add(self, stem: str, report_id: str, content: Aside, visits: tuple[str, ...]) -> None:
        """Give the file of a report its name."""
        name = self._staged.name(stem, ".json", report_id)
        self.written.append(self._staged.take(name, content, visits))

    def end(self, *, is_whole: bool) -> None:
        """Every file is whole already."""


class _OneFile:
    """All reports in one file, which is kept only if all came."""

    def __init__(self, staged: Staging, name: str) -> None:
        self._staged = staged
        self._name = name
        staged.open(name)
        self._visits: list[str] = []
        self.written: list[WrittenFile] = []

    def _write(self, text: bytes, visits: tuple[str, ...] = ()) -> None:
        self._staged.add(self._name, text)
        self._visits += visits

    def end(self, *, is_whole: bool) -> None:
        """Close the file, and take it back if it is not whole."""
        written = self._staged.close(self._name, tuple(self._visits))
        if is_whole and self._visits:
            self.written.append(written)
        else:
            self._staged.drop(self._name)


class NdjsonFile(_OneFile):
    """A report a line."""

    def __init__(self, staged: Staging, stem: str) -> None:
        super().__init__(staged, f"{stem}.ndjson")

    def content(self, number: int, report: BuiltReport, text: bytes) -> bytes:
        """A report as a line."""
        return text + b"\n"

    def add(self, stem: str, report_id: str, content: bytes, visits: tuple[str, ...]) -> None:
        """Write a line."""
        self._write(content, visits)


class OneDelivery(_OneFile):
    """An incremental delivery, written entry by entry."""

    def __init__(self, staged: Staging, stem: str, writer: ReportWriter, name: str, layout: Layout) -> None:
        delivery = writer.delivery(name)
        suffix = ".ndjson" if layout is Layout.NDJSON else ".json"
        super().__init__(staged, staged.name(stem, suffix, delivery["id"]))
        self._writer = writer
        self._is_pretty = layout is Layout.PRETTY
        head, _, self._tail = json_text(delivery, is_pretty=self._is_pretty).rpartition(b"[]")
        self._write(head + b"[")
        self._before = b"\n    " if self._is_pretty else b""

    def content(self, number: int, report: BuiltReport, text: bytes) -> bytes:
        """A report as an entry."""
        entry = json_text(self._writer.delivered(report), is_pretty=self._is_pretty)
        # A line end never stands within a string of JSON, so each begins a line that goes two levels further in.
        return entry.replace(b"\n", b"\n    ")

    def add(self, stem: str, report_id: str, content: bytes, visits: tuple[str, ...]) -> None:
        """Write an entry."""
        self._write(self._before + content, visits)
        self._before = b",\n    " if self._is_pretty else b","

    def end(self, *, is_whole: bool) -> None:
        """Write what comes after the last entry, and close the file."""
        self._write((b"\n  ]" if self._is_pretty else b"]") + self._tail + b"\n")
        super().end(is_whole=is_whole)
