"""Whether a damaged case file is known to be damaged: tried on one that is made for it, and is nobody's."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.faults import Fault

_HIDDEN = "velkendt prøve 1862"
_PAGE = 4096


def fault_of_damage() -> str:
    """The key of the fault that a damaged case file gives, after it was written and opened; empty where it opens."""
    with TemporaryDirectory(prefix="ldbu-") as folder:
        path = Path(folder) / "self-test.ldbu"
        CaseFile.create(path, _HIDDEN).close()
        CaseFile.open(path, _HIDDEN).close()
        data = bytearray(path.read_bytes())
        data[_PAGE : _PAGE + 16] = bytes(byte ^ 0xFF for byte in data[_PAGE : _PAGE + 16])
        path.write_bytes(data)
        try:
            CaseFile.open(path, _HIDDEN).close()
        except Fault as fault:
            return fault.key
    return ""
