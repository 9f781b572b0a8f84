"""Files of every kind that is read, small and whole: what hostile ones are made of."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
from collections.abc import Callable, Iterator

from tests.other_workbooks import ods_bytes, places, xls_bytes, xlsb_bytes
from tests.workbooks import workbook_bytes, zipped

CPR, NAME = "050520-9996", "Zebedæus Canarifugl"
"""Somebody invented, who stands in every file."""

_ROWS: list[list[object]] = [
    ["borger_id", "cpr", "navn", "fødselsdato", "vægt"],
    *([f"B{row}", CPR, NAME, "05-05-2020", 3500 + row] for row in range(12)),
]
_REPORT = json.dumps(
    {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": {"resourceType": "Patient", "identifier": [{"value": CPR}], "name": [{"text": NAME}]}}],
    }
).encode()


def _csv() -> bytes:
    return "\r\n".join(";".join(map(str, row)) for row in _ROWS).encode()


def _package() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in {"package/package.json": b'{"fhirVersions": ["4.0.1"]}', "package/æ.json": _REPORT}.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return gzip.compress(stream.getvalue(), mtime=0)


SEEDS: dict[str, Callable[[], bytes]] = {
    "xlsx": lambda: workbook_bytes({"Borgere": _ROWS}),
    "xls": lambda: xls_bytes({"Borgere": places(_ROWS)}),
    "xlsb": lambda: xlsb_bytes({"Borgere": places(_ROWS)}),
    "ods": lambda: ods_bytes({"Borgere": places(_ROWS)}),
    "csv": _csv,
    "json": lambda: _REPORT,
    "ndjson": lambda: (_REPORT + b"\n") * 4,
    "zip": lambda: zipped({"a.json": _REPORT, "b/c.csv": _csv(), "d.xlsx": workbook_bytes({"A": _ROWS})}),
    "tgz": _package,
}

_LENGTHS = (b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\0\0\0\x80", b"\xff", b"\0")
_TEXTS = (
    *(b"1048576", b"XFD1048576", b"-1", b"99999999999999999999", b"1e308", b"NaN", b"<!DOCTYPE a [<!ENTITY b 'b'>]>"),
    *(b"<c ", b"<row r='1'", b"</sheetData>", b'"', b"{" * 400, b"[" * 400, b"\r", b"\0", b"\xed\xa0\x80", b"PK\5\6"),
)


def mutants(seed: bytes, name: str, count: int) -> Iterator[bytes]:
    """So many damaged copies of a file, the same for the same name."""
    chance = random.Random(name)  # noqa: S311
    for _ in range(count):
        data = bytearray(seed)
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            _damage(data, chance)
        yield bytes(data)


def _damage(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    match chance.randrange(7):
        case 0 if at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        case 1:
            data[at : at + 4] = chance.choice(_LENGTHS)
        case 2:
            data[at:at] = chance.choice(_TEXTS)
        case 3:
            del data[at : at + chance.choice((1, 2, 16, 512))]
        case 4:
            del data[at:]
        case 5:
            end = at + chance.choice((4, 64, 1024))
            data[at:at] = data[at:end] * chance.choice((1, 2, 64))
        case _:
            data[at : at + 1] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 8))))
