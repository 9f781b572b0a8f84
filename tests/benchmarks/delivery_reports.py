"""Delivery reports for measuring: those with the official validator or the samples, and any number like them."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
ORACLE = HERE.parent / "shared" / "oracle"
PACKAGES = HERE.parent / "shared" / "fhir-packages"
REPEATS = 15
_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_TIME = re.compile(rb"T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def valid_reports() -> list[bytes]:
    """Valid delivery reports: those with the official validator, or the samples."""
    return _in_archive("valid.zip") or [
        path.read_bytes() for path in sorted((HERE / "resources" / "samples" / "rapporter").glob("*.json"))
    ]


def faulty_reports() -> list[bytes]:
    """Reports of which most have a fault, where they are beside the project."""
    return _in_archive("cases.zip")


def _in_archive(name: str) -> list[bytes]:
    path = ORACLE / "cases" / name
    if not path.is_file():
        return []
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".json")]


def renewed(texts: list[bytes], seed: int) -> Iterator[bytes]:
    """The same reports of other children at other times: other ids (but for those of the standard) and moments."""
    chance = random.Random(seed)  # noqa: S311 - ids of a benchmark
    for text in texts:
        own = {found for found in _ID.findall(text) if b"/" + found in text or b'"id": "' + found in text}
        for found in own:
            text = text.replace(found, str(uuid.UUID(int=chance.getrandbits(128))).encode())
        clock = b"T%02d:%02d:%02d" % (chance.randrange(24), chance.randrange(60), chance.randrange(60))
        yield _TIME.sub(clock, text)


def lines(texts: list[bytes], count: int) -> Iterator[bytes]:
    """So many reports, each on a line of its own: nothing but what recurs in real ones can be remembered."""
    made = 0
    while True:
        for text in renewed(texts, made):
            if made == count:
                return
            made += 1
            yield json.dumps(json.loads(text), ensure_ascii=False).encode() + b"\n"


def official_seconds(texts: list[bytes], work: Path) -> float | None:
    """The official validator's mean time for a report when warm; None where it is not built."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = Path(os.environ.get("LDBU_ORACLE") or cache / "ldbu-oracle")
    shell = shutil.which("sh")
    if shell is None or shutil.which("java") is None or not (home / "target" / "oracle-1.jar").is_file():
        return None
    folder = work / "reports"
    folder.mkdir()
    for number, text in enumerate(texts):
        (folder / f"{number:04}.json").write_bytes(text)
    told = work / "official.jsonl"
    command = [shell, str(ORACLE / "oracle.sh"), str(told), "--repeat", str(REPEATS), str(folder)]
    subprocess.run(command, capture_output=True, check=True)
    return statistics.mean(json.loads(line)["ms"] for line in told.read_text(encoding="utf-8").splitlines()) / 1000
