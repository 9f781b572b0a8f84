"""What the program brings along and under which licences: as notices for people, and as a bill of materials.

``python packaging/licences.py`` writes THIRD-PARTY-NOTICES.md anew; ``python packaging/licences.py --sbom FILE`` writes
CycloneDX JSON, which is made with a frozen program. Packages and versions are those of packaging/requirements.lock,
licences those of the packages' own metadata; what these do not name stands with its reason in licences/named.toml.
"""

from __future__ import annotations

import argparse
import json
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from ldbu_desktop import __version__

PROJECT: Final = Path(__file__).resolve().parents[1]
LOCK: Final = PROJECT / "packaging" / "requirements.lock"
NOTICES: Final = PROJECT / "THIRD-PARTY-NOTICES.md"
_TEXTS: Final = PROJECT / "packaging" / "licences"
_OF_CLASSIFIERS: Final = {
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_OF_WORDS: Final = {"MIT": "MIT", "MIT License": "MIT", "Apache-2.0": "Apache-2.0"}
_FILE_NAMES: Final = ("licen", "copying", "notice")
_WHOLE_TEXTS: Final = ("LGPL-3.0", "GPL-3.0", "Apache-2.0")


class LicenceError(Exception):
    """A package says nowhere under which licence it is."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package that the program needs: its licence as SPDX names it, why that is known, and its notices."""

    name: str
    version: str
    licence: str
    reason: str
    texts: tuple[str, ...]
    hashes: tuple[str, ...]


def named() -> dict[str, Any]:
    """What stands in licences/named.toml."""
    with (_TEXTS / "named.toml").open("rb") as stream:
        return tomllib.load(stream)


def locked() -> dict[str, list[tuple[Requirement, tuple[str, ...]]]]:
    """What the lock names, by name: one version, or several for different systems, with SHA-256 of each file."""
    found: dict[str, list[tuple[Requirement, tuple[str, ...]]]] = {}
    for line in LOCK.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if line and not line.startswith("#"):
            words, *hashes = line.split("--hash=sha256:")
            one = Requirement(words.strip())
            found.setdefault(canonicalize_name(one.name), []).append((one, tuple(word.strip() for word in hashes)))
    return found


def of_other_pythons() -> set[str]:
    """The names of what the lock names for other releases of Python than this one, where it is not installed."""
    return {
        name
        for name, pins in locked().items()
        if not any(one.marker is None or "python" not in str(one.marker) or one.marker.evaluate() for one, _ in pins)
    }


def needed() -> set[str]:
    """The names of what runs with the program by this Python, on any system: what only builds it is left out."""
    with (PROJECT / "pyproject.toml").open("rb") as stream:
        waiting = [Requirement(one).name for one in tomllib.load(stream)["project"]["dependencies"]]
    found: set[str] = set()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        found.add(name)
        distribution = _installed(name)
        if distribution is not None:
            more = map(Requirement, distribution.requires or ())
            waiting += [one.name for one in more if one.marker is None or "extra" not in str(one.marker)]
    return (found & locked().keys()) - of_other_pythons()


def packages() -> list[Package]:
    """Every package that runs with the program, by name. Raises :class:`LicenceError`."""
    by_hand = named()["package"]
    lock = locked()
    return [_package(name, one, hashes, by_hand.get(name)) for name in sorted(needed()) for one, hashes in lock[name]]


def _package(name: str, one: Requirement, hashes: tuple[str, ...], by_hand: dict[str, str] | None) -> Package:
    distribution = _installed(name)
    version = str(one.specifier).removeprefix("==")
    texts = tuple(_texts(distribution)) if distribution is not None else ()
    if by_hand is not None:
        return Package(
            name, version, by_hand["licence"], by_hand["reason"], texts or (by_hand.get("text", ""),), hashes
        )
    licence = _licence(distribution) if distribution is not None else None
    if licence is None:
        raise LicenceError(f"{name}: name its licence in {_TEXTS.name}/named.toml, with the reason")
    return Package(name, version, licence, "", texts, hashes)


def _installed(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _licence(distribution: metadata.Distribution) -> str | None:
    said = distribution.metadata
    if expression := said.get("License-Expression"):
        return str(expression)
    if (word := str(said.get("License") or "").strip()) in _OF_WORDS:
        return _OF_WORDS[word]
    classified = {_OF_CLASSIFIERS.get(one) for one in said.get_all("Classifier") or () if one.startswith("License ::")}
    return classified.pop() if len(classified) == 1 else None


def _texts(distribution: metadata.Distribution) -> Iterator[str]:
    """The notices that a package brings along in its metadata."""
    for file in sorted(distribution.files or (), key=str):
        if ".dist-info" in str(file) and any(part in file.name.lower() for part in _FILE_NAMES):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip()


def notices() -> str:
    """THIRD-PARTY-NOTICES.md."""
    found, within = packages(), named()["within"]
    lines = [
        "# Third-party notices",
        "",
        "LDBU Desktop itself is under the MIT licence (`LICENSE`). It runs with what stands here, each under its own",
        "licence. This file is written by `packaging/licences.py` from what `packaging/requirements.lock` pins.",
        "",
        "## Qt and PySide6 (LGPL-3.0)",
        "",
        "The window is made with Qt and PySide6, under the GNU Lesser General Public License, version 3.",
        "They are unchanged, and are used as libraries of their own that you may replace: in a frozen program they",
        "lie as files of their own in the folders `PySide6` and `shiboken6` beside the program (on Linux",
        "`libQt6*.so.6`, on Windows `Qt6*.dll`, on macOS `Qt*.framework`); put files of another build of the same",
        "major version in their place. Installed from packages, `pip install PySide6-Essentials==VERSION` takes",
        "another. Their source is at https://download.qt.io/official_releases/qt/ and",
        "https://download.qt.io/official_releases/QtForPython/.",
        "",
        "## What there is",
        "",
        "| what | version | licence |",
        "|---|---|---|",
        *(f"| {one.name} | {one.version} | {one.licence} |" for one in found),
        *(f"| {one['name']} | in {one['of']} | {one['licence']} |" for one in within),
        "",
        "Named by hand, since the metadata does not say it plainly:",
        "",
        *(f"- {one.name}: {one.licence}. {one.reason}" for one in found if one.reason),
        "",
        "## Their notices",
    ]
    told: set[str] = set()
    for one in found:
        for text in one.texts:
            if text and text not in told:
                told.add(text)
                lines += ["", f"### {one.name}", "", "```text", text.replace("```", "'''"), "```"]
    for name in _WHOLE_TEXTS:
        text = (_TEXTS / f"{name}.txt").read_text(encoding="utf-8").strip("\n")
        lines += ["", f"### The text of {name}", "", "```text", text, "```"]
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines()) + "\n"


def bill_of_materials(version: str) -> dict[str, Any]:
    """CycloneDX 1.6 of the program in ``version``: the same for the same lock, so that two can be compared."""
    found, within = packages(), named()["within"]
    program = f"pkg:pypi/ldbu-desktop@{version}"
    components = [_component(one) for one in found]
    components += [
        {
            "type": "library",
            "bom-ref": f"within:{one['name']}",
            "name": one["name"],
            "licenses": _licences(one["licence"]),
            "description": f"in {one['of']}",
            "externalReferences": [{"type": "website", "url": one["home"]}],
        }
        for one in within
    ]
    told = json.dumps(components, sort_keys=True)
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, program + told)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": program,
                "name": "LDBU Desktop",
                "version": version,
                "purl": program,
                "licenses": _licences("MIT"),
            }
        },
        "components": components,
        "dependencies": [{"ref": program, "dependsOn": sorted({one["bom-ref"] for one in components})}],
    }


def _component(one: Package) -> dict[str, Any]:
    purl = f"pkg:pypi/{one.name}@{one.version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": one.name,
        "version": one.version,
        "purl": purl,
        "licenses": _licences(one.licence),
        # A package has a file for each system; any of them is what was pinned.
        "externalReferences": [
            {
                "type": "distribution",
                "url": purl,
                "hashes": [{"alg": "SHA-256", "content": content} for content in one.hashes],
            }
        ],
    }


def _licences(expression: str) -> list[dict[str, Any]]:
    is_one = " " not in expression
    return [{"license": {"id": expression}}] if is_one else [{"expression": expression}]


def main() -> None:
    """Write the notices, or with ``--sbom`` the bill of materials."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sbom", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    if arguments.sbom is None:
        NOTICES.write_text(notices(), encoding="utf-8")
        return
    arguments.sbom.write_text(json.dumps(bill_of_materials(__version__), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
