"""By what families are told apart and belong together: their keys and the CPR numbers of their citizens."""

from __future__ import annotations

from collections.abc import Iterable

from ldbu_desktop.journal.model import Family, Journal


def same_identities(before: tuple[Family, ...], now: tuple[Family, ...]) -> bool:
    """Whether the keys and CPR numbers are the same, which other families may have too."""
    return len(before) == len(now) and all(map(_same_within, before, now))


def _same_within(before: Family, now: Family) -> bool:
    if before is now:
        return True
    pairs = zip(before.visits, now.visits, strict=False)
    return (
        len(before.visits) == len(now.visits)
        and [(each.key, each.cpr.value) for each in before.citizens]
        == [(each.key, each.cpr.value) for each in now.citizens]
        and all(one.key == other.key for one, other in pairs)
    )


def cprs_of(families: tuple[Family, ...]) -> set[str]:
    """The CPR numbers of the citizens of families."""
    return {citizen.cpr.value for family in families for citizen in family.citizens if citizen.cpr.value is not None}


def families_with(journal: Journal, cprs: frozenset[str]) -> set[str]:
    """The families that have a citizen with one of ``cprs``."""
    return {family.key for family in journal.families if not cprs_of((family,)).isdisjoint(cprs)} if cprs else set()


def families_by_key(journal: Journal) -> dict[str, tuple[Family, ...]]:
    """The families of each key, in the order of the file: several files may have the same."""
    return grouped(dict.fromkeys(family.key for family in journal.families), journal.families)


def grouped(keys: Iterable[str], families: tuple[Family, ...]) -> dict[str, tuple[Family, ...]]:
    """Those of ``families`` that have each of ``keys``."""
    groups: dict[str, list[Family]] = {key: [] for key in keys}
    for family in families:
        groups[family.key].append(family)
    return {key: tuple(members) for key, members in groups.items()}
