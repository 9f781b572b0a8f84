"""Holds two deliveries of the same visits against each other: `python packaging/windows/same_delivery.py FOLDER OTHER`.

They were written at different moments, and may differ in that alone: a report in its timestamp, the receipt in its
time, and in the digest and the size of a report, as a moment is written with milliseconds or, where there are none,
without. So those are held against the reports that lie beside it, and all else byte for byte.
Says what differs, and ends with 1.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

RECEIPT = "kvittering.json"
_TIMESTAMP = re.compile(rb'^(  "timestamp": )"[^"]{20,35}"', re.MULTILINE)
_TIME = re.compile(rb'^(  "time": )"[^"]{20,35}"', re.MULTILINE)


def differences(one: Path, other: Path) -> Iterator[str]:
    """What differs beyond the moment, and what is told of a delivery that is not so."""
    names, others = ({path.name for path in folder.iterdir()} for folder in (one, other))
    yield from sorted(names ^ others)
    for name in sorted((names & others) - {RECEIPT}):
        first, second = ((folder / name).read_bytes() for folder in (one, other))
        if _TIMESTAMP.sub(rb"\1", first, 1) != _TIMESTAMP.sub(rb"\1", second, 1):
            yield name
    for folder in (one, other):
        yield from _told_wrongly(folder)
    if RECEIPT not in names & others or _timeless(one) != _timeless(other):
        yield RECEIPT


def _told_wrongly(folder: Path) -> Iterator[str]:
    for file in json.loads((folder / RECEIPT).read_bytes())["files"]:
        data = (folder / file["name"]).read_bytes()
        if (file["size"], file["sha256"]) != (len(data), sha256(data).hexdigest()):
            yield f"{folder / RECEIPT}: {file['name']}"


def _timeless(folder: Path) -> bytes:
    """The receipt without its moment; the digests of the files beside it are those of the files without theirs."""
    data = (folder / RECEIPT).read_bytes()
    for file in json.loads(data)["files"]:
        report = (folder / file["name"]).read_bytes()
        rest = _TIMESTAMP.sub(rb"\1", report, 1)
        data = data.replace(file["sha256"].encode(), sha256(rest).hexdigest().encode(), 1)
        told, least = (
            f'"name": "{file["name"]}",\n      "size": {size},'.encode() for size in (len(report), len(rest))
        )
        data = data.replace(told, least, 1)
    return _TIME.sub(rb"\1", data, 1)


if __name__ == "__main__":
    different = list(differences(Path(sys.argv[1]), Path(sys.argv[2])))
    sys.stderr.writelines(f"{line}\n" for line in different[:20])
    sys.exit(bool(different))
