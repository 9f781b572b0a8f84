"""Where an official package lies that its user names."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.faults import FileFault


def package_path(name: str) -> Path:
    """The path of a package: a path itself, or ``name#version`` in the user's ``~/.fhir/packages``.

    Raises :class:`FileFault` where there is none.
    """
    path = Path(name)
    if path.exists():
        return path
    kept = Path.home() / ".fhir" / "packages" / name
    if "#" not in name or len(path.parts) != 1 or not kept.exists():
        raise FileFault("file-not-found", file=name)
    return kept
