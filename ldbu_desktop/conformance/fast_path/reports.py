"""Recognises ordinary reports: those of which there is nothing to tell, without looking for what to tell.

Most reports conform. A report that is not certainly right is left to the checker, which alone says what is wrong: so
this may say no to a report that conforms, never yes to one that does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from ldbu_desktop.conformance.checks.objects import ObjectChecker
from ldbu_desktop.conformance.checks.report_rules import check_report_rules
from ldbu_desktop.conformance.checks.run import Run
from ldbu_desktop.conformance.fast_path.objects import ObjectTests
from ldbu_desktop.conformance.fast_path.values import Test
from ldbu_desktop.conformance.invariants.registry import Surroundings
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.conformance.reading.places import NOWHERE, top
from ldbu_desktop.conformance.reading.primitives import is_absolute
from ldbu_desktop.standard.profiles import FHIR_TYPES

Json = Mapping[str, Any]
MOST_KNOWN: Final = 1_000


_Key = tuple[str, tuple[str, ...], str]
"""What decides the profiles of a resource: its type, those asked for, and one or none that it declares."""


class FastVerdict(NamedTuple):
    """Whether the whole document is certainly right; else the resources, by identity, that need not be looked at.

    These are right, and lead to none that may be wrong.
    """

    is_ordinary: bool
    settled: set[int]


NOTHING_SEEN: Final = FastVerdict(is_ordinary=False, settled=set())
"""Of a document that must be looked at as a whole."""


@dataclass(frozen=True, slots=True)
class _Resource:
    """How resources of a type with certain profiles are tested; of bundles also the profiles of what they hold."""

    test: Test
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ruled: tuple[ElementNode, ...] = ()


class FastPath:
    """Recognises the ordinary reports of one version of the standard."""

    def __init__(self, checker: ObjectChecker) -> None:
        self._checker = checker
        self._profiles = checker.profiles
        self._objects = ObjectTests(checker)
        self.tests: dict[_Key, _Resource | None] = {}
        self.servers: set[str] = set()

    def seen(self, bundle: Json, profiles: tuple[str, ...]) -> FastVerdict:
        """What is certainly right in a whole document by these profiles and by those that it declares."""
        return self._seen(bundle, bundle, profiles)

    def _seen(self, bundle: Json, root: Json, profiles: tuple[str, ...]) -> FastVerdict:
        known = self._resource(bundle, profiles)
        entries = bundle.get("entry") or ()
        kinds = _kinds_by_url(entries)
        if known is None or kinds is None:
            return NOTHING_SEEN
        is_ordinary = known.test(bundle, Surroundings(bundle, root))
        settled: dict[str, Json] = {}
        within: set[int] = set()
        for entry in entries:
            url, resource = entry["fullUrl"], entry["resource"]
            kind = resource["resourceType"]
            base = self.server_of(url, f"{kind}/{resource.get('id')}")
            asked = known.held.get(kind)
            if not base or asked is None:
                continue
            if kind == "Bundle":
                inner = self._seen(resource, root, asked)
                within |= inner.settled
                is_right = inner.is_ordinary
            else:
                is_right = self._is_right(resource, asked, Surroundings(resource, root, base, kinds))
            if is_right:
                settled[url] = resource
        if is_ordinary and len(settled) == len(entries):
            is_ordinary = all(self._keeps_rules(node, bundle, root) for node in known.ruled)
        else:
            is_ordinary = False
            _leave_what_leads_to_others(settled)
        return FastVerdict(is_ordinary, within.union(map(id, settled.values())))

    def _is_right(self, resource: Json, profiles: tuple[str, ...], around: Surroundings) -> bool:
        known = self._resource(resource, profiles)
        return known is not None and known.test(resource, around)

    def server_of(self, full_url: str, own: str) -> str:
        """What a full URL that ends in type and id begins with: the server's; nothing where it is not written so."""
        base = full_url.removesuffix(own)
        if base in self.servers:
            return base if base != full_url else ""
        if base == full_url or base[-1:] != "/" or base.startswith("urn") or not is_absolute(base):
            return ""
        if len(self.servers) >= MOST_KNOWN:
            self.servers.clear()
        self.servers.add(base)
        return base

    def _keeps_rules(self, node: ElementNode, bundle: Json, root: Json) -> bool:
        trial = Run(root)
        check_report_rules(self._checker.values, node, bundle, NOWHERE, trial)
        return not trial.problems

    def _resource(self, value: Json, profiles: tuple[str, ...]) -> _Resource | None:
        key = _resolution_key(value, profiles)
        if key is None:
            return None
        if key not in self.tests:
            if len(self.tests) >= MOST_KNOWN:
                self.tests.clear()
            self.tests[key] = self._made(key)
        return self.tests[key]

    def _made(self, key: _Key) -> _Resource | None:
        kind, profiles, declared = key
        trees = [self._profiles.trees.tree(url) for url in dict.fromkeys((*profiles, declared)) if url]
        roots = tuple(one for one in trees if one is not None and one.profile.type == kind)
        if len(roots) < len(trees):
            return None
        test = self._objects.of_object(kind, roots, top(kind))
        holders = [group.node.groups["resource"].node for root in roots if (group := root.groups.get("entry"))]
        if kind == "Bundle" and len(holders) != 1:
            return None
        held = {
            kind_held: one.profiles or (FHIR_TYPES + kind_held,)
            for holder in holders
            for one in reversed(holder.element.types)
            for kind_held in [one.code]
        }
        return _Resource(test, held, tuple(one for one in roots if one.report_rules))


def _resolution_key(value: Json, profiles: tuple[str, ...]) -> _Key | None:
    """What decides the profiles of a resource; None for one that declares several, or declares them wrongly."""
    kind = value["resourceType"]
    if "meta" not in value:
        return kind, profiles, ""
    meta = value["meta"]
    urls = meta.get("profile") if meta.__class__ is dict else None
    if urls.__class__ is list and len(urls) == 1 and urls[0].__class__ is str:
        return kind, profiles, urls[0]
    return None


def _kinds_by_url(entries: Any) -> Mapping[str, str] | None:
    """The types of the resources by full URL; None where an entry has none, or two have the same."""
    kinds: dict[str, str] = {}
    for entry in entries if isinstance(entries, (list, tuple)) else (None,):
        resource = entry.get("resource") if entry.__class__ is dict else None
        if resource.__class__ is not dict:
            return None
        url, kind = entry.get("fullUrl"), resource.get("resourceType")
        if url.__class__ is not str or kind.__class__ is not str or "_fullUrl" in entry:
            return None
        kinds[url] = kind
    return kinds if len(kinds) == len(entries) else None


def _leave_what_leads_to_others(settled: dict[str, Json]) -> None:
    """Drop those that refer to what is not among them: a reference fails with what it leads to.

    A bundle within a bundle refers to nothing outside itself.
    """
    referring: defaultdict[str, list[str]] = defaultdict(list)
    leading: list[str] = []
    for url, one in settled.items():
        base = url.removesuffix(f"{one['resourceType']}/{one['id']}")
        for reference in _references(one) if one["resourceType"] != "Bundle" else ():
            target = base + reference
            (referring[target] if target in settled else leading).append(url)
    while leading:
        url = leading.pop()
        if settled.pop(url, None) is not None:
            leading.extend(referring[url])


def _references(value: Any) -> Iterator[str]:
    if value.__class__ is dict:
        if value.get("reference").__class__ is str:
            yield value["reference"]
        value = value.values()
    elif value.__class__ is not list:
        return
    for one in value:
        yield from _references(one)
