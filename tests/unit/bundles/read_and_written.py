"""Reading reports and writing them again, for tests."""

from __future__ import annotations

import copy
from typing import Any

from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.read import read_journal
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.journal.model import Journal, Visit
from ldbu_desktop.sources.found import BundleText
from tests.unit.bundles.small_family import NOW, STANDARD, report


def read(*bundles: Any, standard: Any = STANDARD) -> Journal:
    """The journal of bundles, each in a file of its own."""
    texts = [
        BundleText(f"{number}.json", one if isinstance(one, bytes) else json_text(one))
        for number, one in enumerate(bundles)
    ]
    return read_journal(texts, standard)


def written(source: Journal) -> list[bytes]:
    """The reports of a journal as they are now."""
    writer = ReportWriter(source, STANDARD, NOW)
    return [json_text(writer.as_read(one).bundle) for one in source.reports]


def small() -> dict[str, Any]:
    """A report of the small family, as another system might have written it."""
    bundle = copy.deepcopy(report().bundle)
    assert isinstance(bundle, dict)
    return bundle


def entry_of(bundle: dict[str, Any], resource_type: str, place: int = 0) -> dict[str, Any]:
    """The entry of the n-th resource of a type."""
    entries = [one for one in bundle["entry"] if one["resource"]["resourceType"] == resource_type]
    found: dict[str, Any] = entries[place]
    return found


def resource_of(bundle: dict[str, Any], resource_type: str, place: int = 0) -> dict[str, Any]:
    """The n-th resource of a type."""
    found: dict[str, Any] = entry_of(bundle, resource_type, place)["resource"]
    return found


def the_visit(source: Journal) -> Visit:
    """The only visit."""
    ((visit,),) = (family.visits for family in source.families if family.visits)
    return visit


def with_visit(source: Journal, visit: Visit) -> Journal:
    """The journal after an edit of its only visit."""
    return replace(
        source,
        families=tuple(replace(family, visits=(visit,)) if family.visits else family for family in source.families),
    )
