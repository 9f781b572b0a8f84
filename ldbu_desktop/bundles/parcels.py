"""Reports into files of a folder: written aside, then put in place together, so that nothing is ever half written."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Protocol

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.json_text import parse
from ldbu_desktop.whole_files import output_fault


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


class Staging:
    """Files that are written aside in the folder where they belong."""

    def __init__(self, folder: Path, aside: Path) -> None:
        self._folder = folder
        self._aside = aside
        self._waiting: dict[str, Path] = {}
        self._open: dict[str, IO[bytes]] = {}

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

    def open(self, name: str) -> IO[bytes]:
        """Begin a file."""
        path = self._waiting[name] = self._aside / name
        self._open[name] = stream = path.open("wb")
        return stream

    def close(self, name: str) -> None:
        """End a file: it is on the disk then."""
        stream = self._open[name]
        stream.flush()
        os.fsync(stream.fileno())
        stream.close()

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file."""
        self.open(name).write(content)
        self.close(name)

    def written(self, name: str, visits: tuple[str, ...]) -> WrittenFile:
        """What there is to say about a file that is written."""
        with self._waiting[name].open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            return WrittenFile(name, stream.tell(), sha256, visits)

    def drop(self, name: str) -> None:
        """Take back a file that is not to be put in place."""
        self._waiting.pop(name).unlink()

    def put(self) -> None:
        """Put every file in its place."""
        for name, path in self._waiting.items():
            path.replace(self._folder / name)

    def give_up(self) -> None:
        """Let go of what is aside."""
        for stream in self._open.values():
            with suppress(OSError):
                stream.close()
        shutil.rmtree(self._aside, ignore_errors=True)


@contextmanager
def staging(folder: Path) -> Iterator[Staging]:
    """Write files for ``folder``, which is made if need be. They are put there with :meth:`Staging.put`.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written to or is full; then nothing is left.
    """
    staged: Staging | None = None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staged = Staging(folder, Path(tempfile.mkdtemp(prefix=".ldbu-", dir=folder)))
        yield staged
    except OSError as error:
        raise output_fault(error, folder.name) from error
    finally:
        if staged is not None:
            staged.give_up()


class Parcel(Protocol):
    """Where reports go: each to a file of its own, or all to one."""

    @property
    def written(self) -> list[WrittenFile]:
        """The files that are written whole."""

    def add(self, stem: str, report: BuiltReport) -> None:
        """Write a report; ``stem`` is for the name of its file if it gets one."""

    def end(self, *, is_whole: bool) -> None:
        """Finish. A file that was to hold more reports than came is not kept."""


class FilePerReport:
    """Each report in a file of its own."""

    def __init__(self, staged: Staging, layout: Layout) -> None:
        self._staged = staged
        self._layout = layout
        self.written: list[WrittenFile] = []

    def add(self, stem: str, report: BuiltReport) -> None:
        """Write a report to its file."""
        name = self._staged.name(stem, ".json", report.id)
        self._staged.write(name, json_text(report.bundle, is_pretty=self._layout is Layout.PRETTY) + b"\n")
        self.written.append(self._staged.written(name, report.visits))

    def end(self, *, is_whole: bool) -> None:
        """Every file is whole already."""


class _OneFile:
    """All reports in one file, which is kept only if all came."""

    def __init__(self, staged: Staging, name: str) -> None:
        self._staged = staged
        self._name = name
        self._stream = staged.open(name)
        self._visits: list[str] = []
        self.written: list[WrittenFile] = []

    def _write(self, text: bytes, visits: tuple[str, ...] = ()) -> None:
        self._stream.write(text)
        self._visits += visits

    def end(self, *, is_whole: bool) -> None:
        """Close the file, and take it back if it is not whole."""
        self._staged.close(self._name)
        if is_whole and self._visits:
            self.written.append(self._staged.written(self._name, tuple(self._visits)))
        else:
            self._staged.drop(self._name)


class ReportLines(_OneFile):
    """A report a line."""

    def __init__(self, staged: Staging, stem: str) -> None:
        super().__init__(staged, f"{stem}.ndjson")

    def add(self, stem: str, report: BuiltReport) -> None:
        """Write a report as a line."""
        self._write(json_text(report.bundle) + b"\n", report.visits)


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

    def add(self, stem: str, report: BuiltReport) -> None:
        """Write a report as an entry."""
        text = json_text(self._writer.delivered(report), is_pretty=self._is_pretty)
        # A line end never stands within a string of JSON, so each begins a line that goes two levels further in.
        self._write(self._before + text.replace(b"\n", b"\n    "), report.visits)
        self._before = b",\n    " if self._is_pretty else b","

    def end(self, *, is_whole: bool) -> None:
        """Write what comes after the last entry, and close the file."""
        self._write((b"\n  ]" if self._is_pretty else b"]") + self._tail + b"\n")
        super().end(is_whole=is_whole)
