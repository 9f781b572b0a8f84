"""``ldbu check`` with the real engine and a hostile mailbox: a clear answer, and nothing written outside."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.cli.program import Exit
from ldbu_desktop.rendering.formats import OF_FINDINGS

Call = Callable[..., tuple[int, str]]


HOSTILE = {
    "truncated.json": b'{"resourceType": "Bundle", "type": "coll',
    "two.json": b'{"resourceType": "Bundle"} {"resourceType": "Bundle"}',
    "deep.json": b'{"resourceType": "Bundle", "entry": ' + b"[" * 10_000 + b"]" * 10_000 + b"}",
    "objects.json": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "huge-number.json": b'{"resourceType": "Bundle", "total": 1e400}',
    "nan.json": b'{"resourceType": "Bundle", "total": NaN}',
    "surrogate.json": b'{"resourceType": "Bundle", "type": "\\ud800"}',
    "nul.json": b'{"resourceType": "Bundle", "type": "\\u0000\x00"}',
    "duplicate.json": b'{"resourceType": "Bundle", "type": "collection", "type": "collection"}',
    "other.json": b'{"resourceType": "Invoice"}',
    "nothing.json": b"null",
    "list.json": b"[]",
    "latin.json": '{"resourceType": "Bundle", "type": "børn"}'.encode("latin-1"),
    "digits.json": b'{"resourceType": "Bundle", "total": ' + b"9" * 100_000 + b"}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_a_finding(ldbu: Call, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(HOSTILE[name])
    code, out = ldbu(tmp_path / name, "--format", "jsonl")
    assert code == Exit.REJECTED
    (row,) = map(json.loads, out.splitlines())
    assert row["errors"]
    assert all(error["message"] for error in row["errors"])
    for form in OF_FINDINGS:
        answer = tmp_path / "answer"
        assert ldbu(tmp_path / name, "--format", form, "--to", answer)[0] == Exit.REJECTED
        assert answer.stat().st_size


def test_many_entries_end(ldbu: Call, tmp_path: Path) -> None:
    entries = b",".join([b'{"resource": {"resourceType": "Patient"}}'] * 20_000)
    (tmp_path / "many.json").write_bytes(b'{"resourceType": "Bundle", "entry": [' + entries + b"]}")
    assert ldbu(tmp_path / "many.json", "--format", "html")[0] == Exit.REJECTED


def test_a_zip_bomb_and_a_damaged_archive_are_told_and_the_rest_checked(ldbu: Call, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("big.json", "w", force_zip64=True) as part,
    ):
        for _ in range(80):
            part.write(b" " * (1 << 20))
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04 cut off")
    (tmp_path / "last.json").write_bytes(b"{}")
    code, out = ldbu(tmp_path, "--format", "jsonl")
    rows = {row["file"]: row for row in map(json.loads, out.splitlines())}
    assert code == Exit.REJECTED
    assert rows["bomb.zip"]["others"][0]["key"] == "file-packed-too-tight"
    assert rows["cut.zip"]["others"][0]["key"] == "archive-damaged"
    assert rows["last.json"]["errors"]


def test_an_empty_folder_is_a_fault(ldbu: Call, tmp_path: Path) -> None:
    assert ldbu(tmp_path)[0] == Exit.FAULT


def tgz(path: Path, members: dict[str, bytes], link: str = "") -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        if link:
            member = tarfile.TarInfo("package/link.json")
            member.type, member.linkname = tarfile.SYMTYPE, link
            archive.addfile(member)
    return path


def manifest(**more: Any) -> dict[str, bytes]:
    told = {"name": "our.standard", "version": "1", "fhirVersions": ["4.0.1"], **more}
    return {"package/package.json": json.dumps(told).encode()}


def bad_packages(folder: Path) -> dict[str, Path]:
    (folder / "text.tgz").write_bytes(b"no archive")
    (folder / "cut.tgz").write_bytes(gzip.compress(b"x" * 1000)[:20])
    return {
        "missing": folder / "missing.tgz",
        "no archive": folder / "text.tgz",
        "cut": folder / "cut.tgz",
        "path outside": tgz(folder / "outside.tgz", manifest() | {"package/../../outside.json": b"{}"}),
        "link": tgz(folder / "link.tgz", manifest(), link="/etc/passwd"),
        "other FHIR": tgz(folder / "r5.tgz", manifest(fhirVersions=["5.0.0"])),
        "no manifest": tgz(folder / "bare.tgz", {"package/x.json": b"{}"}),
        "not there": tgz(folder / "needs.tgz", manifest(dependencies={"no.such.package": "1.0"})),
        "no profiles": tgz(folder / "none.tgz", manifest()),
    }


@pytest.mark.parametrize(
    "kind",
    [
        "missing",
        "no archive",
        "cut",
        "path outside",
        "link",
        "other FHIR",
        "no manifest",
        "not there",
        "no profiles",
    ],
)
def test_a_package_that_can_not_be_used_is_a_fault_and_writes_nothing_outside(
    ldbu: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    inner = tmp_path / "inner" / "packages"
    inner.mkdir(parents=True)
    package = bad_packages(inner)[kind]
    (tmp_path / "report.json").write_bytes(b"{}")
    assert ldbu(tmp_path / "report.json", "--standard", package)[0] == Exit.FAULT
    assert not list(tmp_path.rglob("outside.json"))


@pytest.mark.packages
def test_an_official_package_of_another_version_is_used(
    ldbu: Call, fhir_packages: Path, official_examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    package = fhir_packages / "kl.dk.fhir.children-2.0.1.tgz"
    code, out = ldbu(official_examples, "--standard", package, "--format", "json")
    document = json.loads(out)
    assert code == Exit.REJECTED
    assert document["standard"].endswith("2.0.1")
    assert document["counts"]["rejected"] == 2
