"""Code systems that no package defines: those judged by rules or by a list of their own, and those known by name."""

from __future__ import annotations

from functools import cache

import msgspec

from ldbu_desktop.bundled_files import resource


class RuledSystem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A system whose codes are written by a grammar; ``value_set`` has them, and ``all`` every one where
    ``value_set`` has the usual ones only.
    """

    system: str
    value_set: str
    all: str = ""


class ListedSystem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A system with all its codes, and the value set that has them all, where there is one."""

    system: str
    codes: frozenset[str]
    value_set: str = ""


class KnownSystems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The systems. ``well_known`` and ``of_hl7`` are what the URLs of theirs, and of no others, begin with."""

    units: RuledSystem
    languages: RuledSystem
    media_types: RuledSystem
    listed: tuple[ListedSystem, ...]
    well_known: tuple[str, ...]
    of_hl7: tuple[str, ...]

    def list_of(self, system: str) -> ListedSystem | None:
        """The system of this URL, if it has a list of its own."""
        return next((one for one in self.listed if one.system == system), None)

    def list_for(self, value_set: str) -> ListedSystem | None:
        """The system that the value set of this URL has all codes of."""
        return next((one for one in self.listed if value_set and one.value_set == value_set), None)


@cache
def known_systems() -> KnownSystems:
    """What ships, read once: it belongs to FHIR R4, not to one standard."""
    return msgspec.json.decode(resource("standard", "profiles", "known_systems.json").read_bytes(), type=KnownSystems)
