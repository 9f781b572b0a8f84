"""What this installation is made of, and whether it is whole: its system, files, modules and what it is built on."""

from __future__ import annotations

import hashlib
import pkgutil
import platform
import re
import sys
from collections.abc import Collection
from importlib import import_module, metadata
from pathlib import Path

import ldbu_desktop
from ldbu_desktop.bundled_files import HASHES, root

ITSELF = "ldbu-desktop"
_NAME, _NOT_ALIKE = re.compile(r"[\w.-]+"), re.compile(r"[-_.]+")


_MOST_TOLD = 5


class NotWhole(Exception):
    """What is missing or broken; the text names it, without personal data or places on this machine."""


def system() -> str:
    """The system, the machine and the interpreter, and whether the program is in one piece."""
    frozen = "frozen" if hasattr(sys, "frozen") else "unfrozen"
    return (
        f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}, {frozen}"
    )


def shipped_files() -> str:
    """How many files ship; empty where none was written down when the program was built.

    Raises :class:`NotWhole` for those that are not as they were then.
    """
    top = root()
    listed = top / HASHES
    if not listed.is_file():
        return ""
    expected = dict(line.split("  ", 1)[::-1] for line in listed.read_text(encoding="utf-8").splitlines())
    return _whole(expected, [name for name, digest in expected.items() if _digest(top / name) != digest])


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def modules() -> str:
    """How many modules the program has. Raises :class:`NotWhole` for those that do not import, with what they raise."""
    if hasattr(sys, "frozen"):
        import_module("pyi_rth_pkgutil")  # a program in one piece has its modules listed by it
    names = [each.name for each in pkgutil.walk_packages(ldbu_desktop.__path__, "ldbu_desktop.")]
    broken = []
    for name in names:
        try:
            import_module(name)
        except Exception as error:  # an installation may be broken in any way
            broken.append(f"{name} ({type(error).__name__})")
    return _whole(names, broken)


def _whole(parts: Collection[str], wrong: list[str]) -> str:
    if wrong:
        raise NotWhole(", ".join(wrong[:_MOST_TOLD]))
    return str(len(parts))


def parts() -> str:
    """The program and all that it is built on, with their versions. Raises :class:`NotWhole` without its own facts."""
    found: dict[str, str] = {}
    waiting = [ITSELF]
    while waiting:
        part = waiting.pop()
        if part in found:
            continue
        try:
            found[part] = metadata.version(part)
        except metadata.PackageNotFoundError:  # of another system, or of a choice that was not made
            continue
        needs = (each for each in metadata.requires(part) or () if "extra ==" not in each)
        waiting += [_NOT_ALIKE.sub("-", name[0]).lower() for each in needs if (name := _NAME.match(each))]
    if not found:
        raise NotWhole(ITSELF)
    return ", ".join(f"{part} {version}" for part, version in sorted(found.items()))
