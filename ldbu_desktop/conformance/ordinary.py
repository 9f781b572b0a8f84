"""Recognises ordinary reports: those of which there is nothing to tell, without looking for what to tell.

Most reports conform. A report that is not certainly right is left to the checker, which alone says what is wrong: so
this may say no to a report that conforms, never yes to one that does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ldbu_desktop.conformance.bundles import ResolutionKey, resolution_key
from ldbu_desktop.conformance.checker import Checker
from ldbu_desktop.conformance.invariants import Surroundings
from ldbu_desktop.conformance.nodes import Node
from ldbu_desktop.conformance.ordinary_objects import ObjectTests
from ldbu_desktop.conformance.ordinary_values import Test
from ldbu_desktop.conformance.places import NOWHERE, top
from ldbu_desktop.conformance.primitives import is_absolute
from ldbu_desktop.conformance.problems import Run
from ldbu_desktop.conformance.report_rules import check_report_rules
from ldbu_desktop.standard.profiles import FHIR_TYPES

Json = Mapping[str, Any]
_MOST_KNOWN: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Resource:
    """How resources of a type with certain profiles are tested; of bundles also the profiles of what they hold."""

    test: Test
    held: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ruled: tuple[Node, ...] = ()


class Ordinary:
    """Recognises the ordinary reports of one version of the standard."""

    def __init__(self, checker: Checker) -> None:
        self._checker = checker
        self._objects = ObjectTests(checker)
        self._known: dict[ResolutionKey, _Resource | None] = {}
        self._bases: set[str] = set()

    def is_ordinary(self, bundle: Json, profiles: tuple[str, ...]) -> bool:
        """Whether a whole document is certainly right by these profiles and by those that it declares."""
        return self._is_bundle(bundle, bundle, profiles)

    def _is_bundle(self, bundle: Json, root: Json, profiles: tuple[str, ...]) -> bool:
        known = self._resource(bundle, profiles)
        entries = bundle.get("entry")
        kinds = _kinds_by_url(entries)
        if known is None or kinds is None or not known.test(bundle, Surroundings(bundle, root)):
            return False
        for entry in entries or ():
            resource = entry["resource"]
            kind = resource["resourceType"]
            base = self._base(entry["fullUrl"], kind, resource.get("id"))
            asked = known.held.get(kind)
            if base is None or asked is None:
                return False
            if kind == "Bundle":
                if not self._is_bundle(resource, root, asked):
                    return False
                continue
            inner = self._resource(resource, asked)
            if inner is None or not inner.test(resource, Surroundings(resource, root, base, kinds)):
                return False
        return all(self._keeps_rules(node, bundle, root) for node in known.ruled)

    def _base(self, full_url: str, kind: str, own_id: object) -> str | None:
        """What a full URL that ends in type and id begins with: the server's; None where it is not written so."""
        suffix = f"{kind}/{own_id}"
        if not full_url.endswith(suffix):
            return None
        base = full_url[: -len(suffix)]
        if base in self._bases:
            return base
        if base[-1:] != "/" or base.startswith("urn") or not is_absolute(base):
            return None
        if len(self._bases) < _MOST_KNOWN:
            self._bases.add(base)
        return base

    def _keeps_rules(self, node: Node, bundle: Json, root: Json) -> bool:
        trial = Run(root)
        check_report_rules(self._checker, node, bundle, NOWHERE, trial)
        return not trial.problems

    def _resource(self, value: Json, profiles: tuple[str, ...]) -> _Resource | None:
        key = resolution_key(value, profiles)
        if key is None:
            return None
        if key not in self._known and len(self._known) < _MOST_KNOWN:
            self._known[key] = self._made(key)
        return self._known.get(key)

    def _made(self, key: ResolutionKey) -> _Resource | None:
        kind, profiles, declared = key
        trees = [self._checker.trees.tree(url) for url in dict.fromkeys((*profiles, declared)) if url]
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


def _kinds_by_url(entries: Any) -> Mapping[str, str] | None:
    """The types of the resources by full URL; None where an entry has none, or two have the same."""
    if entries is None:
        return {}
    if entries.__class__ is not list:
        return None
    kinds: dict[str, str] = {}
    for entry in entries:
        resource = entry.get("resource") if entry.__class__ is dict else None
        if resource.__class__ is not dict:
            return None
        url, kind = entry.get("fullUrl"), resource.get("resourceType")
        if url.__class__ is not str or kind.__class__ is not str:
            return None
        kinds[url] = kind
    return kinds if len(kinds) == len(entries) else None
