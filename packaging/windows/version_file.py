"""Writes what Windows shows of a version, for PyInstaller: `python packaging/windows/version_file.py FILE`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from ldbu_desktop import __version__

_DANISH_UNICODE = 0x0406, 1200


def numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers that Windows counts versions by."""
    first, second, third = ([int(number) for number in re.findall(r"\d+", version)] + [0, 0, 0])[:3]
    return first, second, third, 0


def version_file(version: str) -> str:
    """The version, the product and whose it is, as PyInstaller reads them."""
    words = {
        "CompanyName": "LDBU Desktop",
        "FileDescription": "LDBU Desktop: forkontrol og aflevering til LDBU",
        "FileVersion": version,
        "InternalName": "ldbu-desktop",
        "LegalCopyright": "MIT",
        "OriginalFilename": "ldbu-desktop.exe",
        "ProductName": "LDBU Desktop",
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({key!r}, {value!r})" for key, value in words.items())
    language, codes = _DANISH_UNICODE
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers(version)}, prodvers={numbers(version)}, mask=0x3F, flags=0,"
        f" OS=0x40004, fileType=1, subtype=0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('{language:04X}{codes:04X}', [{strings}])]),"
        f" VarFileInfo([VarStruct('Translation', [{language}, {codes}])])])\n"
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(version_file(__version__), encoding="utf-8")
