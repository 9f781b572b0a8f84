"""Holds two builds of one commit against each other: `python packaging/same_build.py FOLDER OTHER`.

FOLDER and OTHER are what packaging/freeze.sh or packaging/windows.sh made. Every file must have the same bytes; where
an archive of Python's modules has not, its members are compared: only the moment of packing may differ, and it is told.
Says what else differs, and ends with 1.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

from PyInstaller.archive.readers import ArchiveReadError, CArchiveReader

MODULES = "PYZ.pyz"


def contents(folder: Path) -> dict[str, Path]:
    """The files and links of a folder by their place in it."""
    return {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_symlink() or path.is_file()
    }


def _bytes(path: Path) -> bytes:
    return str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()


def members(path: Path) -> dict[str, bytes] | None:
    """What is packed in a file, by name; None where it is no archive of modules."""
    if is_zipfile(path):
        with ZipFile(path) as packed:
            return {name: packed.read(name) for name in packed.namelist()}
    try:
        program = CArchiveReader(str(path))
    except ArchiveReadError:
        return None
    found = {name: program.extract(name) for name in program.toc if name != MODULES}
    modules = program.open_embedded_archive(MODULES)
    return found | {name: modules.extract(name, raw=True) or b"" for name in modules.toc}


def differences(one: Path, other: Path) -> Iterator[tuple[str, bool]]:
    """What differs, and whether in the moment of packing alone."""
    first, second = contents(one), contents(other)
    for name in sorted(first.keys() ^ second.keys()):
        yield name, False
    for name in sorted(first.keys() & second.keys()):
        if _bytes(first[name]) == _bytes(second[name]):
            continue
        packed, again = members(first[name]), members(second[name])
        if packed is None or again is None:
            yield name, False
            continue
        inner = [each for each in sorted(packed.keys() | again.keys()) if packed.get(each) != again.get(each)]
        yield from ((f"{name}: {each}", False) for each in inner)
        if not inner:
            yield name, True


def main() -> int:
    """Compare, and say it."""
    one, other = Path(sys.argv[1]), Path(sys.argv[2])
    found = list(differences(one, other))
    for name, is_moment in found:
        sys.stderr.write(f"{'✔ kun tidspunktet / the moment alone' if is_moment else '✖'}: {name}\n")
    wrong = sum(not is_moment for _, is_moment in found)
    sys.stderr.write(f"{len(contents(one))} filer / files, {len(found) - wrong} + {wrong} forskellige / different\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
