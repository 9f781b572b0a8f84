"""Examples in a delivery report: with the examples that they refer to, so that each can be judged as it is received."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ldbu_desktop.bundles.ledger import references
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.standard.profiles import Definitions, Profile
from ldbu_desktop.synthetic.examples.profile_examples import Extent, ProfileExample, ProfileExamples, Resource
from ldbu_desktop.synthetic.examples.resources import example_id
from ldbu_desktop.synthetic.examples.values import ExampleValues

Check = Callable[[Resource], int]
"""How many faults a report or a resource by itself has."""

_REPORT, _DELIVERY = "delivery-report", "incremental-delivery"
_RESOURCE = "Bundle.entry.resource"


class ExampleReports:
    """The examples of all profiles of a standard: in a report where a report may hold them, else by themselves."""

    def __init__(self, standard: Standard, definitions: Definitions, values: ExampleValues, check: Check) -> None:
        self._definitions = definitions
        self._values = values
        self.check = check
        self._base = standard.header.canonical.rstrip("/")
        self._report, self._delivery = (standard.header.profiles[name] for name in (_REPORT, _DELIVERY))
        self._in_reports = frozenset(self._held_by_reports(standard.header.canonical))
        self._examples = ProfileExamples(definitions, values, self._faults)
        self._by_id = {example_id(url): url for url in definitions.files[0].profiles}
        self._minimal: dict[str, Resource] = {}

    def examples(self) -> Iterator[ProfileExample]:
        """The three examples of each profile, as they are to be delivered; ``resource`` is a report where it may be."""
        found: dict[Extent, list[Resource]] = {extent: [] for extent in Extent}
        for url in self._definitions.files[0].profiles:
            if url in (self._report, self._delivery):
                continue
            profile = self._profile(url)
            for one in self._examples.of(profile):
                if one.host is profile and url in self._in_reports:
                    found[one.extent].append(one.resource)
                yield one._replace(resource=self._told(one.host, one.resource))
        yield from self._bundles(found)

    def _held_by_reports(self, canonical: str) -> Iterator[str]:
        """The URLs of the standard's own profiles whose resources a report may hold."""
        types = next(one.types for one in self._profile(self._report).elements if one.path == _RESOURCE)
        for url in self._definitions.files[0].profiles:
            profile = self._profile(url)
            holds = any(url in one.profiles or (one.code == profile.type and not one.profiles) for one in types)
            if url.startswith(canonical) and holds:
                yield url

    def _bundles(self, found: Mapping[Extent, list[Resource]]) -> Iterator[ProfileExample]:
        """The examples of a report and of a delivery: without entries, with all profiles, and as full as can be."""
        reports: dict[Extent, Resource] = {}
        for extent in Extent:
            held: list[Resource] = []
            for resource in found[extent] if extent is not Extent.MINIMAL else ():
                if not self.check(self._bundle(self._report, [*held, resource])):
                    held.append(resource)
            reports[extent] = self._bundle(self._report, held, extent)
            yield self._bundled(self._report, extent, reports[extent])
        inside = {Extent.MINIMAL: (), Extent.FULL: (Extent.FULL,), Extent.EDGE: tuple(Extent)}
        for extent, held_reports in inside.items():
            entries = [reports[one] for one in held_reports]
            yield self._bundled(self._delivery, extent, self._wrapped(self._delivery, entries, extent))

    def _bundled(self, url: str, extent: Extent, bundle: Resource) -> ProfileExample:
        profile = self._profile(url)
        return ProfileExample(profile, extent, profile, bundle, self.check(bundle))

    def _faults(self, profile: Profile, resource: Resource) -> int:
        return self.check(self._told(profile, resource))

    def _told(self, profile: Profile, resource: Resource) -> Resource:
        """A resource as it is received: in a report if it may stand in one."""
        return self._bundle(self._report, [resource]) if profile.url in self._in_reports else resource

    def _bundle(self, url: str, resources: Iterable[Resource], name: str = "") -> Resource:
        """A bundle of resources and of all that they refer to, as far as there are examples of it."""
        entries: dict[str, Resource] = {}
        waiting = list(resources)
        told = {one["id"] for one in waiting}
        while waiting:
            resource = waiting.pop(0)
            entries[resource["id"]] = resource
            for target in dict.fromkeys(references(dict(resource))):
                if target in self._by_id and target not in told:
                    told.add(target)
                    waiting.append(self._least(self._by_id[target]))
        return self._wrapped(url, entries.values(), name)

    def _wrapped(self, url: str, resources: Iterable[Resource], name: str = "") -> dict[str, Any]:
        entries = [{"fullUrl": f"{self._base}/{one['resourceType']}/{one['id']}", "resource": one} for one in resources]
        told = [one["id"] for one in resources]
        bundle: dict[str, Any] = {
            "resourceType": "Bundle",
            "id": example_id("|".join((url, name, *told))),
            "meta": {"profile": [url]},
            "type": "collection",
            "timestamp": self._values.usual["instant"],
        }
        return bundle | ({"entry": entries} if entries else {})

    def _profile(self, url: str) -> Profile:
        profile = self._definitions.profile(url)
        if profile is None:
            raise KeyError(url)
        return profile

    def _least(self, url: str) -> Resource:
        if url not in self._minimal:
            self._minimal[url] = self._examples.minimal(self._profile(url))
        return self._minimal[url]
