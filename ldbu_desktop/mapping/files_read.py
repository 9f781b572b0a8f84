"""The files that a journal is read from: which were read, which were not, and how both are told in the journal."""

from __future__ import annotations

import hashlib
from pathlib import Path

from msgspec.structs import replace

from ldbu_desktop.account import Account, Amount, NotRead, joined
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.model import Journal, Note, Origin, SourceFile
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.sandbox.messages import sendable
from ldbu_desktop.sources.found import BundleText, FileType, FoundFile, Left, Unread


class FilesRead:
    """Files as they are read or left: each is counted once, and one that was not read is told with its reason."""

    def __init__(self) -> None:
        self._unread: list[Unread] = []
        self._sources: dict[Path, FileType] = {}
        self._count = 0
        self._lost: list[Unread] = []
        self.has_text = False
        """Whether a text that should be a report could be had."""

    def had(self, text: BundleText) -> None:
        """A text of a file comes; it has a fault where it could not be had."""
        if text.fault is None:
            self.has_text = True
        else:
            self._lost.append(Unread(text.file, text.fault, text.left))

    def read(self, found: FoundFile) -> None:
        """A file is read: what holds it is a source of the journal."""
        self._count += 1
        if found.source is not None:
            self._sources[found.source] = found.kind if found.is_on_disk else FileType.ARCHIVE

    def left(self, unread: Unread) -> None:
        """A file is not read."""
        self._unread.append(unread)

    def passed_over(self, name: str, fault: FileFault) -> None:
        """A file that was counted as read turns out to be none of ours."""
        self._count -= 1
        self.left(Unread(name, fault, Left.FOREIGN))

    @property
    def fault(self) -> FileFault:
        """Why nothing was read: what is wrong with the first file that was named, else with the first at all."""
        return min((*self._unread, *self._lost), key=lambda unread: list(Left).index(unread.left)).fault

    def sources(self, *, with_digests: bool) -> tuple[SourceFile, ...]:
        """The files on the disk that were read. Raises :class:`FileFault` where one can't be read any more."""
        return tuple(_source(path, kind, with_digest=with_digests) for path, kind in self._sources.items())

    def told_in(self, journal: Journal) -> Journal:
        """The journal with the files in its account, and a note on each that was not read."""
        notes, left_out = [], []
        for unread in self._unread:
            code = "file-passed-over" if unread.left is Left.FOREIGN else "file-not-read"
            facts = {name: fact for name, fact in unread.fault.facts.items() if isinstance(fact, str | int)}
            notes.append(Note(code, Origin(unread.name), raw=unread.name, facts={"fault": unread.fault.key, **facts}))
            left_out.append(NotRead(code, Amount(files=1), unread.name))
        files = Account(Amount(files=self._count + len(left_out)), tuple(left_out))
        return replace(journal, notes=(*journal.notes, *notes), account=joined((journal.account, files)))


def _source(path: Path, kind: FileType, *, with_digest: bool) -> SourceFile:
    with reading(path.name), path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest() if with_digest else ""
        return SourceFile(sendable(path.name), path.stat().st_size, sha256, kind.value)
