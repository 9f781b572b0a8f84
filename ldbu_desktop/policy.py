"""What the machine's owner has fixed for all its users: in the registry's policies, or below ``/etc``.

Users can't change it, and nothing here is asked of the environment or of a user's own settings.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from ldbu_desktop.faults import FileFault, OutputFault

FILE: Final = Path("/etc/ldbu-desktop/policy.toml")
REGISTRY_KEY: Final = r"SOFTWARE\Policies\LDBU Desktop"
"""Below ``HKEY_LOCAL_MACHINE``; its values have the names of the fields, as ``RememberKeys``."""
_LONGEST: Final = 64 * 1024


class Policy(NamedTuple):
    """What is fixed. Without a policy, nothing is.

    ``remember_keys``: whether keys of case files may be kept in the system's place for secrets. ``case_folder``: new
    case files lie below it; ``~`` and variables of the environment stand for themselves. ``language``: of all texts.
    ``pages``: the ids of those that are offered; none means all.
    """

    remember_keys: bool = True
    case_folder: str = ""
    language: Literal["", "da", "en"] = ""
    pages: frozenset[str] = frozenset()

    @property
    def fixed(self) -> list[str]:
        """The names of what it fixes."""
        return [name for name, default in self._field_defaults.items() if getattr(self, name) != default]

    @property
    def folder(self) -> Path | None:
        """The folder of new case files for whoever is logged on; None where it is not fixed."""
        return Path(os.path.expandvars(self.case_folder)).expanduser() if self.case_folder else None

    def must_take_case(self, path: Path) -> None:
        """Raise :class:`OutputFault` where a new case file may not lie at ``path``."""
        folder = self.folder
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            raise OutputFault("case-outside-folder", file=path.name, folder=str(folder))

    def offers(self, page: str) -> bool:
        """Whether a page of the window is offered."""
        return not self.pages or page in self.pages


STRICTEST: Final = Policy(remember_keys=False)
"""What holds where there is a policy that can't be read."""


@cache
def policy() -> Policy:
    """The policy of this machine; the strictest where it can't be read, of which :func:`required_policy` tells."""
    try:
        return required_policy()
    except FileFault:
        return STRICTEST


def required_policy() -> Policy:
    """The policy of this machine. Raises :class:`FileFault` where there is one that can't be read."""
    try:
        return policy_of(_registry() if sys.platform == "win32" else _file())
    except (OSError, ValueError, RuntimeError) as error:  # of TOML, msgspec and a user without a home too
        raise FileFault("policy-unreadable", file=REGISTRY_KEY if sys.platform == "win32" else str(FILE)) from error


def policy_of(values: Mapping[str, object]) -> Policy:
    """The policy that values of a file or the registry tell.

    Raises :class:`ValueError` where they are of another type, one is unknown, as it might fix what is not kept to, or
    the folder would be another for each folder that the program is started in.
    """
    if not values:  # as on most machines: the first window waits for this
        return Policy()
    from msgspec import convert

    known = {name.replace("_", "-"): name for name in Policy._fields}
    if values.keys() - known.keys():
        raise ValueError
    told = Policy._field_defaults | {known[name]: value for name, value in values.items()}
    fixed = convert(tuple(told.values()), Policy)
    if fixed.folder is not None and not fixed.folder.is_absolute():
        raise ValueError(fixed.case_folder)
    return fixed


def _file() -> dict[str, object]:
    try:
        with FILE.open("rb") as stream:
            data = stream.read(_LONGEST + 1)
    except FileNotFoundError:
        return {}
    if len(data) > _LONGEST:  # a part of it might fix less than all
        raise ValueError
    import tomllib

    return tomllib.loads(data.decode())


def _registry() -> dict[str, object]:
    winreg: Any = import_module("winreg")  # of Windows alone

    values: dict[str, object] = {}
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, REGISTRY_KEY) as key:
            for number in range(winreg.QueryInfoKey(key)[1]):
                name, value, _ = winreg.EnumValue(key, number)
                values[name] = value
    except FileNotFoundError:
        return {}
    return named_as_in_files(values)


def named_as_in_files(values: Mapping[str, object]) -> dict[str, object]:
    """Values of the registry as they would stand in a file: it has no true and false, and other names."""
    named: dict[str, object] = {}
    for name, value in values.items():
        dashed = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("-")
        named[dashed] = bool(value) if dashed == "remember-keys" and isinstance(value, int) else value
    return named
