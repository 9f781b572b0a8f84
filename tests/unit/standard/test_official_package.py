"""Official packages are read whole, and refused where they are unsafe, foreign or broken."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ldbu_desktop.faults import CatalogueFault, Fault, FileFault
from ldbu_desktop.standard import official_package
from ldbu_desktop.standard.official_package import find_packages, read_package

MANIFEST: dict[str, Any] = {
    "name": "own.example",
    "version": "1.0.0",
    "fhirVersions": ["4.0.1"],
    "canonical": "http://example.org",
    "dependencies": {"hl7.fhir.r4.core": "4.0.1"},
}
PROFILE = {"resourceType": "StructureDefinition", "url": "http://example.org/one"}


def archive(path: Path, files: Mapping[str, bytes], *, link: str = "") -> Path:
    with tarfile.open(path, "w:gz") as made:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            made.addfile(member, io.BytesIO(data))
        if link:
            member = tarfile.TarInfo(link)
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/hostname"
            made.addfile(member)
    return path


def files(**changes: Any) -> dict[str, bytes]:
    return {
        "package/package.json": json.dumps(MANIFEST | changes).encode(),
        "package/one.json": json.dumps(PROFILE).encode(),
        "package/other/two.json": b"not read",
    }


def folder(path: Path, **changes: Any) -> Path:
    for name, data in files(**changes).items():
        place = path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return path


def key_of(path: Path) -> str:
    with pytest.raises(Fault) as raised:
        read_package(path)
    return raised.value.key


@pytest.mark.parametrize("is_folder", [False, True])
def test_a_package_is_read_from_archive_and_folder(tmp_path: Path, is_folder: bool) -> None:
    path = folder(tmp_path / "own") if is_folder else archive(tmp_path / "own.tgz", files())
    package = read_package(path)
    assert (package.name, package.version, package.fhir_versions) == ("own.example", "1.0.0", ("4.0.1",))
    assert package.canonical == "http://example.org"
    assert package.dependencies == {"hl7.fhir.r4.core": "4.0.1"}
    assert package.resources == {PROFILE["url"]: PROFILE}
    assert package.by_type == {"StructureDefinition": (PROFILE,)}
    assert list(package.all_resources) == [PROFILE]


@pytest.mark.parametrize("name", ["../outside.json", "package/../../outside.json", "/outside.json", "c:/outside.json"])
def test_a_path_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    assert key_of(archive(tmp_path / "p.tgz", files() | {name: b"{}"})) == "package-unsafe"


def told(path: Path, most: int = 1 << 20) -> dict[str, bytes]:
    """The files that a sandbox tells, read in this process."""
    asked = msgspec.msgpack.encode((os.fsencode(path), "p.tgz", (most, most, most)))
    pieces = official_package.told(asked)
    found: list[tuple[str, bytes]] = []
    while True:
        try:
            found += msgspec.msgpack.decode(next(pieces), type=list[tuple[str, bytes]])
        except StopIteration as last:
            return dict(found + msgspec.msgpack.decode(last.value, type=list[tuple[str, bytes]]))


def test_what_a_sandbox_tells_of_an_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = archive(tmp_path / "good.tgz", files())
    whole = told(good)
    assert sorted(whole) == ["one.json", "package.json"]
    monkeypatch.setattr(official_package, "PIECE", 1)
    assert told(good) == whole
    hostile = {
        "package-unsafe": archive(tmp_path / "link.tgz", files(), link="package/three.json"),
        "package-unreadable": tmp_path / "no.tgz",
    }
    hostile["package-unreadable"].write_bytes(b"no")
    for key, path in hostile.items():
        with pytest.raises(FileFault, match=key):
            told(path)
    with pytest.raises(FileFault, match="package-too-large"):
        told(good, 1)
    sized = tmp_path / "sized.tgz"
    sized.write_bytes(gzip.compress(_header(1 << 40, tarfile.XHDTYPE) + b"\0" * 2048))
    with pytest.raises(FileFault, match="package-too-large"):
        told(sized)
    record = b"25 GNU.sparse.realsize=2\n"
    block = _header(len(record), tarfile.XHDTYPE) + record.ljust(512, b"\0")
    sized.write_bytes(
        gzip.compress(block + _header(2**33 - 1, tarfile.REGTYPE) + b"{}".ljust(512, b"\0") + b"\0" * 1024)
    )
    with pytest.raises(FileFault, match="package-too-large"):
        told(sized)


def test_a_sandbox_counts_files(tmp_path: Path) -> None:
    good = archive(tmp_path / "good.tgz", files())
    asked = msgspec.msgpack.encode((os.fsencode(good), "p.tgz", (1 << 20, 1 << 20, 1)))
    with pytest.raises(FileFault, match="package-too-large"):
        list(official_package.told(asked))


def test_all_texts_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official_package, "LARGEST_JSON", 10)
    assert key_of(archive(tmp_path / "p.tgz", files())) == "package-too-large"


def test_links_are_refused(tmp_path: Path) -> None:
    assert key_of(archive(tmp_path / "p.tgz", files(), link="package/three.json")) == "package-unsafe"
    own = folder(tmp_path / "own")
    (own / "package" / "three.json").symlink_to(own / "package" / "one.json")
    assert key_of(own) == "package-unsafe"


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "p.tgz", files())
    for limit in ("LARGEST_FILE", "LARGEST_PACKAGE", "MOST_FILES"):
        with monkeypatch.context() as patch:
            patch.setattr(official_package, limit, 1)
            assert key_of(path) == "package-too-large"


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"fhirVersions": ["5.0.0"]}, "package-other-fhir"),
        ({"fhirVersions": None}, "package-other-fhir"),
    ],
)
def test_another_fhir_version_is_refused(tmp_path: Path, changes: dict[str, Any], key: str) -> None:
    assert key_of(archive(tmp_path / "p.tgz", files(**changes))) == key


def test_the_older_name_of_the_fhir_versions_is_known(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.tgz", files(**{"fhirVersions": None, "fhir-version-list": ["4.0.0"]}))
    assert read_package(path).fhir_versions == ("4.0.0",)


def test_broken_packages_are_told(tmp_path: Path) -> None:
    (tmp_path / "torn.tgz").write_bytes(archive(tmp_path / "p.tgz", files()).read_bytes()[:150])
    (tmp_path / "text.tgz").write_bytes(b"no archive")
    assert key_of(tmp_path / "torn.tgz") == "package-unreadable"
    assert key_of(tmp_path / "text.tgz") == "package-unreadable"
    assert key_of(tmp_path / "missing.tgz") == "package-unreadable"
    assert key_of(archive(tmp_path / "q.tgz", {"package/one.json": b"{}"})) == "package-without-manifest"
    assert key_of(archive(tmp_path / "r.tgz", files() | {"package/one.json": b"{"})) == "package-part-unreadable"


def test_dependencies_are_found_beside_the_package_and_in_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    path = archive(tmp_path / "p.tgz", files(dependencies={"a": "1", "b": "2", "hl7.terminology": "5"}))
    archive(tmp_path / "a-1.tgz", files(name="a", dependencies={"b": "2"}))
    folder(tmp_path / "more" / "b#2", name="b", dependencies={})
    assert [one.name for one in find_packages(path, folders=[tmp_path / "more"])] == ["own.example", "a", "b"]
    with pytest.raises(CatalogueFault) as raised:
        find_packages(path)
    assert raised.value.key == "package-dependency-missing"
    assert raised.value.facts["missing"] == "b#2"


def test_a_missing_package_is_a_fault_of_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileFault):
        find_packages(tmp_path / "missing.tgz")


def test_what_has_no_address_or_type_is_left_out(tmp_path: Path) -> None:
    more = {"package/nowhere.json": b'{"resourceType": "ValueSet"}', "package/nothing.json": b'{"url": "http://x"}'}
    read = read_package(archive(tmp_path / "p.tgz", files() | more))
    assert [one["url"] for one in read.all_resources] == [PROFILE["url"]]


def _header(size: int, kind: bytes) -> bytes:
    """A tar header of a kind, which says that so many bytes follow."""
    member = tarfile.TarInfo("package/x.json")
    member.size, member.type = size, kind
    return member.tobuf(tarfile.GNU_FORMAT)


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
@pytest.mark.parametrize("size", [2**33, 2**40, 80 * 1024 * 1024])
def test_a_header_that_asks_for_any_amount_is_refused(tmp_path: Path, kind: bytes, size: int) -> None:
    path = tmp_path / "p.tgz"
    path.write_bytes(gzip.compress(_header(size, kind) + b"\0" * 2048))
    assert key_of(path) in ("package-too-large", "package-unreadable")


def test_a_file_that_is_said_to_be_small_and_reaches_far_is_refused(tmp_path: Path) -> None:
    """Its size is told twice: what follows it stands where the larger one ends."""
    record = b"25 GNU.sparse.realsize=2\n"
    block = _header(len(record), tarfile.XHDTYPE) + record.ljust(512, b"\0")
    path = tmp_path / "p.tgz"
    path.write_bytes(
        gzip.compress(block + _header(2**33 - 1, tarfile.REGTYPE) + b"{}".ljust(512, b"\0") + b"\0" * 1024)
    )
    assert key_of(path) == "package-too-large"


@pytest.mark.parametrize(
    "record",
    [
        b"28 path=package/\xff\xfe\xff.json\n",
        b"99999999999999999999 path=x\n",
        b"x path=x\n",
        b"12 size=-7\n",
        b"7 nope\n",
    ],
)
def test_a_header_that_can_not_be_read_is_told(tmp_path: Path, record: bytes) -> None:
    path = tmp_path / "p.tgz"
    block = _header(len(record), tarfile.XHDTYPE) + record.ljust(512, b"\0")
    path.write_bytes(gzip.compress(block + _header(2, tarfile.REGTYPE) + b"{}".ljust(512, b"\0") + b"\0" * 1024))
    assert key_of(path) in ("package-unreadable", "package-without-manifest", "package-unsafe")


@pytest.mark.parametrize("cut", [30, 60])
def test_an_archive_cut_short_is_told(tmp_path: Path, cut: int) -> None:
    path = archive(tmp_path / "p.tgz", files())
    path.write_bytes(path.read_bytes()[:-cut])
    assert key_of(path) == "package-unreadable"


def test_text_that_is_not_utf8_is_told_with_its_file(tmp_path: Path) -> None:
    assert key_of(archive(tmp_path / "p.tgz", files() | {"package/a.json": b"\xff{}"})) == "package-part-unreadable"
