"""The facts of official packages: made when a package is first used, then kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
from platformdirs import user_cache_path

from ldbu_desktop.conformance.profiles.official_facts import fact_file
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.standard.official_package import find_packages
from ldbu_desktop.standard.profiles import Definitions, FactFile, shipped_facts
from ldbu_desktop.whole_files import make_folder

_FORMAT: Final = "2"
_MOST_KEPT: Final = 16


class _Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that facts were made from, as it was then."""

    path: str
    size: int
    changed: int


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sources: tuple[_Source, ...]
    facts: tuple[FactFile, ...]


def definitions_at(path: Path, report: str, *, folders: Iterable[Path] = (), cache: Path | None = None) -> Definitions:
    """The definitions of the package at ``path`` and those it needs, from the cache where nothing has changed.

    ``report`` is the URL of the delivery report's profile, and ``cache`` the folder for what is kept; by default the
    user's. One that can't be read or written is left alone.
    Raises :class:`FileFault` and :class:`CatalogueFault` as reading packages does, and :class:`CatalogueFault` for
    packages without the delivery report's profile.
    """
    kept_at = (cache or user_cache_path("ldbu-desktop") / "packages") / f"{_name_for(path)}.json"
    facts = _kept_facts(kept_at)
    if facts is None:
        packages = find_packages(path, folders=folders)
        facts = tuple(fact_file(one.name, one.version, one.all_resources) for one in packages)
        _keep(kept_at, _Kept(_sources([path, *(one.path for one in packages[1:])]), facts))
    return _definitions(facts, report)


def _definitions(facts: Sequence[FactFile], report: str) -> Definitions:
    ordered = sorted(facts, key=lambda one: report not in one.profiles)
    if not ordered or report not in ordered[0].profiles:
        raise CatalogueFault("package-without-report", packages=", ".join(f"{one.name}#{one.version}" for one in facts))
    return Definitions([*ordered, shipped_facts("r4-report")], later=lambda: shipped_facts("r4"))


def _name_for(path: Path) -> str:
    return hashlib.sha256(f"{_FORMAT}:{path.resolve()}".encode()).hexdigest()[:24]


def _sources(paths: Iterable[Path]) -> tuple[_Source, ...]:
    found: list[_Source] = []
    for path in paths:
        files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        stats = [one.stat() for one in files]
        newest = max((one.st_mtime_ns for one in stats), default=0)
        found.append(_Source(str(path.resolve()), sum(one.st_size for one in stats), newest))
    return tuple(found)


def _kept_facts(kept_at: Path) -> tuple[FactFile, ...] | None:
    try:
        kept = msgspec.json.decode(kept_at.read_bytes(), type=_Kept)
        unchanged = _sources([Path(one.path) for one in kept.sources]) == kept.sources
    except (OSError, *NOT_READABLE):
        return None
    return kept.facts if unchanged else None


def _keep(kept_at: Path, kept: _Kept) -> None:
    try:
        make_folder(kept_at.parent)
        with tempfile.NamedTemporaryFile(dir=kept_at.parent, suffix=".part", delete=False) as file:
            file.write(msgspec.json.encode(kept))
        Path(file.name).replace(kept_at)
        older = sorted(kept_at.parent.glob("*.json"), key=lambda one: one.stat().st_mtime_ns)[:-_MOST_KEPT]
        for one in older:
            one.unlink(missing_ok=True)
    except OSError:
        return
