"""Whatever reading a file raises is a fault of that file."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

import pytest

from ldbu_desktop.faults import Cancelled, FileFault
from ldbu_desktop.sandbox.guard import reading

RAISED: dict[str, tuple[BaseException, str]] = {
    "zip": (zipfile.BadZipFile(), "file-damaged"),
    "packed": (zlib.error(), "file-damaged"),
    "lzma": (lzma.LZMAError(), "file-damaged"),
    "end": (EOFError(), "file-damaged"),
    "method": (NotImplementedError(), "file-damaged"),
    "named by the reader": (LookupError(), "file-damaged"),
    "gone": (FileNotFoundError(), "file-not-found"),
    "device": (OSError(), "file-not-readable"),
    "memory": (MemoryError(), "file-too-large-for-memory"),
    "characters": (UnicodeDecodeError("utf-8", b"", 0, 1, ""), "file-read-failed"),
    "depth": (RecursionError(), "file-read-failed"),
    "overflow": (OverflowError(), "file-read-failed"),
    "bytes": (struct.error(), "file-damaged"),
    "of our own": (FileFault("file-protected", file="a.xlsx"), "file-protected"),
    "native": (type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})(), "file-damaged"),
}


@pytest.mark.parametrize("name", RAISED)
def test_what_is_raised_is_a_fault_of_the_file(name: str) -> None:
    raised, key = RAISED[name]
    with pytest.raises(FileFault) as caught, reading("a.xlsx", LookupError):
        raise raised
    assert (caught.value.key, caught.value.facts["file"]) == (key, "a.xlsx")


@pytest.mark.parametrize("raised", [KeyboardInterrupt, Cancelled])
def test_what_somebody_asked_for_is_no_fault(raised: type[BaseException]) -> None:
    with pytest.raises(raised), reading("a.xlsx"):
        raise raised
