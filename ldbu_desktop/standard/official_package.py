"""An official FHIR package, read safely from where its user has it."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zlib
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import msgspec

from ldbu_desktop.faults import CatalogueFault, FileFault
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.sandbox.messages import sendable
from ldbu_desktop.sandbox.sandbox import Sandbox

Resource = Mapping[str, Any]

COVERED = frozenset({"hl7.fhir.r4.core", "hl7.terminology", "hl7.terminology.r4", "hl7.fhir.uv.extensions.r4"})
"""Dependencies whose facts ship with the program."""

OPTIONAL = frozenset({"hl7.fhir.uv.phd"})
"""Dependencies that no profile of a delivery report refers to."""

_MIB = 1024 * 1024
LARGEST_FILE = 64 * _MIB
LARGEST_PACKAGE = 512 * _MIB
LARGEST_JSON = 96 * _MIB
"""All texts of a package, which take many times as much in memory when they are read; KL's take 6 MB."""

MOST_FILES = 20_000
PIECE = _MIB
"""Bytes of files that a sandbox tells at a time."""
_FHIR = ("4.0.0", "4.0.1", "4.0")


@dataclass(frozen=True, slots=True)
class OfficialPackage:
    """The conformance resources of one package in one version, by canonical URL and by type."""

    name: str
    version: str
    fhir_versions: tuple[str, ...]
    dependencies: Mapping[str, str]
    canonical: str
    resources: Mapping[str, Resource]
    by_type: Mapping[str, tuple[Resource, ...]]
    path: Path

    @property
    def all_resources(self) -> Iterator[Resource]:
        """Every resource that has a canonical URL."""
        return iter(self.resources.values())


def read_package(path: Path) -> OfficialPackage:
    """Read a ``.tgz`` or an unpacked folder (``~/.fhir/packages/<name>#<version>``, or its ``package`` folder).

    Raises :class:`FileFault` where it can't be read or is unsafe (a path that leads outside, a link, too large), and
    :class:`CatalogueFault` where it is not a package of FHIR R4.
    """
    files = dict(_files_in_folder(path) if path.is_dir() else _files_in_archive(path))
    if sum(map(len, files.values())) > LARGEST_JSON:
        raise FileFault("package-too-large", file=path.name)
    manifest = _manifest(path, files)
    versions = _texts(manifest, "fhirVersions", "fhir-version-list")
    if not any(version in _FHIR for version in versions):
        raise CatalogueFault("package-other-fhir", file=path.name, versions=", ".join(versions) or "?")
    resources: dict[str, Resource] = {}
    for name, data in sorted(files.items()):
        resource = _decoded(path, name, data)
        if isinstance(resource.get("resourceType"), str) and isinstance(resource.get("url"), str):
            resources.setdefault(resource["url"], resource)
    by_type: dict[str, tuple[Resource, ...]] = {}
    for resource in resources.values():
        by_type[resource["resourceType"]] = (*by_type.get(resource["resourceType"], ()), resource)
    return OfficialPackage(
        name=str(manifest.get("name", "")),
        version=str(manifest.get("version", "")),
        fhir_versions=versions,
        dependencies={str(k): str(v) for k, v in _mapping(manifest.get("dependencies")).items()},
        canonical=str(manifest.get("canonical", "")),
        resources=resources,
        by_type=by_type,
        path=path,
    )


def find_packages(path: Path, *, folders: Iterable[Path] = ()) -> tuple[OfficialPackage, ...]:
    """The package at ``path`` and those it needs: looked for beside it, in ``folders`` and in ``~/.fhir/packages``.

    Raises :class:`CatalogueFault` with the names of those that are missing; what ships with the program is not.
    """
    places = (path.parent, *folders, Path.home() / ".fhir" / "packages")
    found = {"": read_package(path)}
    missing: list[str] = []
    waiting = list(found[""].dependencies.items())
    while waiting:
        name, version = waiting.pop(0)
        if name in COVERED or name in OPTIONAL or name in found:
            continue
        place = _place_of(name, version, places)
        if place is None:
            missing.append(f"{name}#{version}")
            continue
        found[name] = read_package(place)
        waiting.extend(found[name].dependencies.items())
    if missing:
        raise CatalogueFault("package-dependency-missing", file=path.name, missing=", ".join(sorted(set(missing))))
    return tuple(found.values())


def _place_of(name: str, version: str, places: Iterable[Path]) -> Path | None:
    for place in places:
        for candidate in (f"{name}#{version}", f"{name}-{version}.tgz", f"{name}#{version}.tgz", f"{name}-{version}"):
            if (place / candidate).exists():
                return place / candidate
    return None


def _files_in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    inner = path / "package"
    folder = inner if inner.is_dir() else path
    total = 0
    for number, file in enumerate(sorted(folder.glob("*.json"))):
        if file.is_symlink() or folder.is_symlink():
            raise FileFault("package-unsafe", file=path.name, entry=file.name)
        size = file.stat().st_size
        total += size
        _check_size(path.name, number, size, total, _Limits(LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES))
        yield file.name, file.read_bytes()


def _files_in_archive(path: Path) -> Iterator[tuple[str, bytes]]:
    """The files as a sandbox reads them."""
    limits = _Limits(LARGEST_FILE, LARGEST_PACKAGE, MOST_FILES)
    asked = msgspec.msgpack.encode(_Archive(os.fsencode(path), sendable(path.name), limits))
    size = path.stat().st_size if path.is_file() else 0
    with Sandbox() as sandbox:
        stream = sandbox.begin(f"{__name__}:told", sendable(path.name), size, asked)
        is_last = False
        while not is_last:
            piece = stream.take()
            is_last = piece.is_last
            if not is_last:
                stream.ask()
            yield from msgspec.msgpack.decode(piece.data, type=list[tuple[str, bytes]])


def told(asked: bytes) -> Generator[bytes, bytes, bytes]:
    """The files of an archive, in lists of few bytes: what is run in a sandbox."""
    archive = msgspec.msgpack.decode(asked, type=_Archive)
    piece: list[tuple[str, bytes]] = []
    for name, data in _unpacked(Path(os.fsdecode(archive.path)), archive.name, archive.limits):
        piece.append((sendable(name), data))
        if sum(len(each) for _, each in piece) > PIECE:
            yield msgspec.msgpack.encode(piece)
            piece = []
    return msgspec.msgpack.encode(piece)


class _Limits(NamedTuple):
    """How much of a package is read: bytes of a file and of all, and files."""

    file: int
    package: int
    files: int


class _Archive(NamedTuple):
    """What is asked of a sandbox."""

    path: bytes
    name: str
    limits: _Limits


def _unpacked(path: Path, name: str, limits: _Limits) -> Iterator[tuple[str, bytes]]:
    try:
        bounded = partial(_Bounded, name=name, limits=limits)
        with gzip.open(path) as unpacked, tarfile.open(fileobj=bounded(unpacked), mode="r:") as archive:
            total = 0
            for number, member in enumerate(archive):
                _check_member(name, member)
                total += member.size
                _check_size(name, number, member.size, total, limits)
                place = PurePosixPath(member.name)
                is_asked = member.isfile() and place.parts[:-1] == ("package",) and place.suffix == ".json"
                opened = archive.extractfile(member) if is_asked else None
                if opened is not None:
                    yield place.name, opened.read(limits.file)
    except FileFault:
        raise
    except (OSError, tarfile.TarError, EOFError, zlib.error, ValueError, OverflowError, MemoryError) as error:
        raise FileFault("package-unreadable", file=name) from error


class _Bounded(io.RawIOBase):
    """What is unpacked, as far as a package may go: the headers of an archive may ask for any amount at once."""

    def __init__(self, unpacked: gzip.GzipFile, name: str, limits: _Limits) -> None:
        self._unpacked, self._name, self._limits = unpacked, name, limits

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes."""
        if not 0 <= size <= self._limits.file:
            raise FileFault("package-too-large", file=self._name)
        return self._unpacked.read(size)

    def tell(self) -> int:
        """How much was unpacked."""
        return self._unpacked.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Unpack up to a place."""
        if offset > self._limits.package:
            raise FileFault("package-too-large", file=self._name)
        return self._unpacked.seek(offset, whence)


def _check_member(name: str, member: tarfile.TarInfo) -> None:
    place = PurePosixPath(member.name.replace("\\", "/"))
    inside = not place.is_absolute() and ".." not in place.parts and ":" not in member.name.partition("/")[0]
    if not inside or not (member.isfile() or member.isdir()) or not place.parts:
        raise FileFault("package-unsafe", file=name, entry=member.name)


def _check_size(name: str, number: int, size: int, total: int, limits: _Limits) -> None:
    if size > limits.file or total > limits.package or number >= limits.files:
        raise FileFault("package-too-large", file=name)


def _manifest(path: Path, files: dict[str, bytes]) -> Mapping[str, Any]:
    data = files.pop("package.json", None)
    if data is None:
        raise CatalogueFault("package-without-manifest", file=path.name)
    return _decoded(path, "package.json", data)


def _decoded(path: Path, name: str, data: bytes) -> Mapping[str, Any]:
    try:
        value = msgspec.json.decode(data)
    except NOT_READABLE as error:
        raise CatalogueFault("package-part-unreadable", file=path.name, entry=name) from error
    return _mapping(value)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _texts(manifest: Mapping[str, Any], *keys: str) -> tuple[str, ...]:
    for key in keys:
        value = manifest.get(key)
        if isinstance(value, list):
            return tuple(str(one) for one in value)
    return ()
