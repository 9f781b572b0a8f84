"""The text of one report that was checked, read again from its file when somebody wants to look at it."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from ldbu_desktop.faults import FileFault
from ldbu_desktop.sources.archive_part import NUMBERED, ReportText, decoded, text_in_archive
from ldbu_desktop.sources.reader import Reader


def report_text(given: Path, name: str) -> ReportText:
    """The text of the report that the check of ``given`` (a file, folder or archive) called ``name``.

    Raises :class:`FileFault` where it is gone, can't be read any more, or is too long to be looked at.
    """
    place, part = _whereabouts(given, name)
    if part:
        return text_in_archive(place, part, name)
    number = NUMBERED.search(name)
    ordinal = int(number[1]) if number and not place.name.endswith(number[0]) else 1
    with Reader() as reader:
        for text in reader.texts([place]):
            if text.ordinal == ordinal:
                if text.fault is not None:
                    raise text.fault
                return decoded(text.data, text.line, name)
    raise FileFault("file-not-found", file=name)


def _whereabouts(given: Path, name: str) -> tuple[Path, str]:
    """The file that holds a report, and the name of the part within it if it is an archive.

    A part's name is never joined to a path: it may say anything.
    """
    if given.is_file():
        return (given, name) if zipfile.is_zipfile(given) else (given, "")
    for above in reversed(PurePosixPath(name).parents):
        archive = given / above
        if archive.is_file():
            return archive, name.removeprefix(f"{above.as_posix()}/")
    return given / NUMBERED.sub("", name), ""
