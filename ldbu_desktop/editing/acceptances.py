"""What was looked at and is right as it is: kept with the family that it is about, or with the whole journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from ldbu_desktop.journal.model import Acceptance, Journal

Kept = Callable[[tuple[Acceptance, ...]], tuple[Acceptance, ...]]


def with_accepted(journal: Journal, accepted: Iterable[Acceptance]) -> Journal:
    """``journal`` in which these are accepted too; one about the same takes the place of what was said before.

    One of a family that is not there is kept with the whole journal: it holds for nothing there, and is told so.
    """
    new = {_about(one): one for one in accepted}
    return _with(journal, lambda old: tuple(one for one in old if _about(one) not in new), tuple(new.values()))


def without_accepted(journal: Journal, accepted: Iterable[Acceptance]) -> Journal:
    """``journal`` in which these are not accepted any more."""
    gone = {_about(one) for one in accepted}
    return _with(journal, lambda old: tuple(one for one in old if _about(one) not in gone), ())


def _about(one: Acceptance) -> tuple[str, ...]:
    return one.code, one.family, one.visit, one.record, one.variable, one.field


def _with(journal: Journal, kept: Kept, new: tuple[Acceptance, ...]) -> Journal:
    by_family: dict[str, list[Acceptance]] = {}
    for one in new:
        by_family.setdefault(one.family, []).append(one)
    families = []
    for family in journal.families:
        after = (*kept(family.accepted), *by_family.pop(family.key, ()))
        families.append(family if after == family.accepted else replace(family, accepted=after))
    at_large = (*kept(journal.accepted), *(one for of_family in by_family.values() for one in of_family))
    return replace(journal, families=tuple(families), accepted=at_large)
