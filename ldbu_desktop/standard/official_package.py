"""An official FHIR package, read safely from where its user has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ldbu_desktop.faults import FileFault

Resource = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OfficialPackage:
    """The conformance resources of one package in one version."""

    name: str
    version: str
    fhir_versions: tuple[str, ...]
    dependencies: Mapping[str, str]
    canonical: str
    resources: Mapping[str, Resource]
    by_type: Mapping[str, tuple[Resource, ...]]


def read_package(path: Path) -> OfficialPackage:
    """Read a ``.tgz`` or an unpacked folder (``~/.fhir/packages/<name>#<version>``, or its ``package`` folder)."""
    raise FileFault("package-unreadable", file=path.name)


def find_packages(path: Path, *, folders: Iterable[Path] = ()) -> tuple[OfficialPackage, ...]:
    """The package at ``path`` and those it depends on, looked for beside it, in ``folders`` and in ``~/.fhir/packages``.

    Raises :class:`CatalogueFault` with the names of those that are missing.
    """
    return (read_package(path),)
