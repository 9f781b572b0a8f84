"""What a report was read with, beyond its records: the order of its entries, and what stands only in the file.

It is kept as plain data in ``Carried.remainder``: of a record its entry's difference from ours (``entry``), and of a
report the names of its entries' records (``names``), entries that no record stands for (``own``), the words that
records shared by several reports have in this one (``shared``), and the difference of the bundle around them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ldbu_desktop.bundles.difference import ReportDifference, difference, laid_over
from ldbu_desktop.bundles.elements import JsonElement
from ldbu_desktop.bundles.identity import Named
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.journal.model import Carried, DeliveryReport

_NARRATIVE = "text"


def carried_entry(read: JsonElement, built: JsonElement, resource_id: str, full_url: str) -> Carried:
    """What ``read`` says beyond ``built``. A narrative goes with what it tells of: it must not outlive an edit."""
    remainder: dict[str, Any] = {}
    if (found := difference(read, built)) is not None:
        remainder["entry"] = found
        if isinstance(resource := read.get("resource"), dict) and _NARRATIVE in resource:
            remainder["of"] = _digest(built)
    return Carried(resource_id, full_url, remainder)


def entry_over(carried: Carried, built: JsonElement) -> JsonElement:
    """``built`` with what was read with it laid over."""
    entry: JsonElement = laid_over(carried.remainder.get("entry"), built)
    told_of = carried.remainder.get("of")
    if told_of is not None and told_of != _digest(built):
        entry["resource"].pop(_NARRATIVE, None)
    return entry


def _digest(built: JsonElement) -> str:
    return hashlib.sha256(json_text(built)).hexdigest()[:16]


def around_entries(read: JsonElement, built: JsonElement) -> ReportDifference | None:
    """What a bundle says beyond ours, its entries aside."""
    return difference(_without_entries(read), _without_entries(built))


def bundle_over(found: ReportDifference | None, built: JsonElement) -> JsonElement:
    """``built`` with the difference of the bundle laid over it, its entries as they are."""
    bundle: JsonElement = laid_over(found, _without_entries(built))
    if bundle.get("entry") == []:
        bundle["entry"] = built["entry"]
    return bundle


def _without_entries(bundle: JsonElement) -> JsonElement:
    return {key: [] if key == "entry" and isinstance(value, list) else value for key, value in bundle.items()}


@dataclass(frozen=True, slots=True)
class ReadReport:
    """A report's own part of what was read, by the index of its entries. ``names`` has None for an entry of its own."""

    names: tuple[Named | None, ...]
    ids: tuple[str, ...]
    own: Mapping[int, Any]
    shared: Mapping[int, Carried]
    bundle: ReportDifference | None
    outer: Mapping[str, Any]

    @classmethod
    def of(cls, report: DeliveryReport) -> ReadReport:
        """The part that ``report`` carries."""
        kept = report.carried.remainder if report.carried is not None else {}
        return cls(
            tuple((name[0], name[1]) if name else None for name in kept.get("names", ())),
            tuple(content.partition("/")[2] for content in report.contents),
            {int(index): entry for index, entry in kept.get("own", {}).items()},
            {int(index): Carried(*parts) for index, parts in kept.get("shared", {}).items()},
            kept.get("bundle"),
            kept.get("outer", {}),
        )

    def remainder(self) -> dict[str, Any]:
        """The same as plain data."""
        kept: dict[str, Any] = {"names": [list(name) if name else None for name in self.names]}
        if self.own:
            kept["own"] = {str(index): entry for index, entry in self.own.items()}
        if self.shared:
            kept["shared"] = {
                str(index): [carried.resource_id, carried.full_url, carried.remainder]
                for index, carried in self.shared.items()
            }
        if self.bundle is not None:
            kept["bundle"] = self.bundle
        if self.outer:
            kept["outer"] = self.outer
        return kept
