"""Corrections to files that are open are kept by themselves, and found again when the same files are opened."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from ldbu_desktop.casefile.damage import damage_told
from ldbu_desktop.casefile.work_file import KeptWork, WorkFile, throw_away, work_files
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.sandbox.guard import reading
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.kept_corrections import KeptCorrections
from ldbu_desktop.workspace.workspace import Workspace

_BLOCK = 1 << 20
_ELSEWHERE = ("case-opened-twice", "case-in-use")


def keep_corrections(work: Workspace, folder: Path, cancellation: Cancellation | None = None) -> KeptCorrections:
    """What keeps the corrections of ``work``, which was read from files, in ``folder``; with those of another day.

    Raises :class:`FileFault` where another window keeps corrections to the same files, and
    :class:`~ldbu_desktop.faults.OutputFault` where nothing can be kept there.
    """
    sources = work.journal.sources
    name = without_cpr(sources[0].name if sources else work.paths[0].name)
    content = _content(work, cancellation or Cancellation())
    try:
        file = WorkFile(folder, content, name)
    except FileFault as fault:
        if fault.key in _ELSEWHERE:
            raise FileFault("corrections-open-elsewhere", file=name) from fault
        raise
    try:
        with damage_told(name):
            kept = KeptCorrections(work, file)
            kept.earlier  # noqa: B018 - a newer version may have kept what this one does not know
    except FileFault:
        file.close()
        raise
    return kept


def kept_work(folder: Path) -> tuple[KeptWork, ...]:
    """The corrections that are kept, the latest first."""
    return work_files(folder)


def throw_away_work(path: Path) -> None:
    """Throw corrections away that are kept. Raises :class:`FileFault` where a window has them open."""
    try:
        throw_away(path)
    except FileFault as fault:
        raise FileFault("corrections-open-elsewhere", file="") from fault


def _content(work: Workspace, cancellation: Cancellation) -> bytes:
    """A digest of what the files that were read say, whatever they are called and wherever they lie.

    It is another than the SHA-256 that receipts hold: the key is made of it.
    """
    names = {source.name for source in work.journal.sources}
    digests = sorted(_digest(path, cancellation) for path in _files(work.paths) if path.name in names)
    if not digests:
        raise FileFault("file-not-found", file=without_cpr(work.paths[0].name))
    return hashlib.blake2b(b"".join(digests), digest_size=64).digest()


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*")) if one.is_file())
        else:
            yield path


def _digest(path: Path, cancellation: Cancellation) -> bytes:
    digest = hashlib.blake2b(digest_size=64, person=b"ldbu content")
    with reading(path.name), path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            cancellation.check()
            digest.update(block)
    return digest.digest()
