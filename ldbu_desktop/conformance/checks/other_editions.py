"""Whether a report is written for another edition of the standard, or for another guide of the same gateway.

Such a report breaks a hundred rules for one reason, which is then told once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ldbu_desktop.conformance.checks.references import entries_of
from ldbu_desktop.standard.model import Header

Json = Mapping[str, Any]


class OtherEditions:
    """What reports of other editions are known by: profiles and codes that this edition has not."""

    def __init__(self, header: Header) -> None:
        self._of_profile = {url: one.id for one in header.editions for url in one.profiles}
        self._of_code = {code: one.id for one in header.editions for code in one.codes}
        self._of_version = {one.version: one.id for one in header.editions if one.version}
        self._of_canonical = {one.canonical: one.id for one in header.editions if one.canonical}

    def of(self, bundle: Json) -> str:
        """The edition that a report is written for, by its id; empty where that is this one.

        The profiles decide; where they are this edition's, the codes do.
        """
        resources = [entry.get("resource") for entry in entries_of(bundle)]
        for profile in (url for one in (bundle, *resources) for url in _profiles(one)):
            url, _, version = profile.partition("|")
            guide = url.partition("/StructureDefinition/")[0]
            found = self._of_profile.get(url) or self._of_canonical.get(guide) or self._of_version.get(version)
            if found:
                return found
        codes = (self._of_code.get(code) for one in resources for code in _codes(one))
        return next((found for found in codes if found), "")


def _profiles(resource: Any) -> Iterator[str]:
    meta = resource.get("meta") if isinstance(resource, Mapping) else None
    profiles = meta.get("profile") if isinstance(meta, Mapping) else None
    return (one for one in profiles if isinstance(one, str)) if isinstance(profiles, list) else iter(())


def _codes(resource: Any) -> Iterator[str]:
    """The codes of what is told: of a visit's type, and of what is observed and its value."""
    if not isinstance(resource, Mapping):
        return
    types = resource.get("type")
    concepts = [resource.get("code"), resource.get("valueCodeableConcept"), *(types if isinstance(types, list) else ())]
    for concept in concepts:
        codings = concept.get("coding") if isinstance(concept, Mapping) else None
        for coding in codings if isinstance(codings, list) else ():
            if isinstance(coding, Mapping) and isinstance(code := coding.get("code"), str):
                yield code
