"""Whole resources: by which profiles each is checked, and what holds for the entries of every bundle."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, cast

from ldbu_desktop.conformance.checks.objects import ObjectChecker
from ldbu_desktop.conformance.checks.references import base_of, entries_in, entries_of, full_url_of
from ldbu_desktop.conformance.checks.report_rules import nearest_profile
from ldbu_desktop.conformance.checks.run import EntryScope, Run
from ldbu_desktop.conformance.checks.values import ValueChecker
from ldbu_desktop.conformance.profiles.plans import Plan
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import is_absolute, text_of
from ldbu_desktop.conformance.reading.shapes import TypeShapes
from ldbu_desktop.conformance.verdict.problems import MISWRITTEN
from ldbu_desktop.standard.profiles import FHIR_TYPES

Json = Mapping[str, Any]
_REST_URL: Final = re.compile(
    r"((http|https)://([A-Za-z0-9\\.:%$\-_]*/)*?)?([A-Z][A-Za-z]*)/[A-Za-z0-9\-.]{1,64}(/_history/[A-Za-z0-9\-.]{1,64})?"
)
_WITHOUT_FULL_URL: Final = frozenset({"transaction", "transaction-response", "batch", "batch-response"})


class ResourceChecker:
    """Checks whole resources: a document, those in its entries, and those contained in them."""

    def __init__(self, profiles: ProfileSet) -> None:
        self._profiles = profiles
        self.values = ValueChecker(profiles, self.inner)
        self.objects = ObjectChecker(self.values)

    def document(self, value: Json, place: Place, run: Run, profiles: tuple[str, ...]) -> None:
        """The outermost resource, by these profiles and by those it declares itself."""
        run.scope = EntryScope(resource=value, resource_place=place)
        self._check(value, place, run, profiles)

    def alone(self, value: Json, place: Place, run: Run, urls: tuple[str, ...]) -> tuple[str, ...]:
        """A resource that stands in no bundle, by those profiles that it declares, else by that of ``urls`` that fits.

        Gives the profiles that it was judged by, but for its type's own. What it refers to is missed only where it says
        by itself that it is part of a report, by its profile: as the official validator does.
        """
        kind = str(value.get("resourceType"))
        meta = value.get("meta")
        declared = meta.get("profile") if isinstance(meta, Mapping) else None
        chosen = tuple(url for url in (declared if isinstance(declared, list) else ()) if self._is_known(url, kind))
        if chosen:
            self.document(value, place, run, (FHIR_TYPES + kind,))
            return chosen
        run.has_all = False
        fitting = tuple(url for url in urls if self._is_known(url, kind))
        if len(fitting) > 1:
            scope = EntryScope(resource=value, resource_place=place)
            nearest, _ = nearest_profile(self.values, fitting, value, scope, run)
            fitting = (nearest.profile.url,) if nearest is not None else ()
        self.document(value, place, run, (FHIR_TYPES + kind, *fitting))
        return fitting

    def _is_known(self, url: Any, kind: str) -> bool:
        return isinstance(url, str) and self._is_of(url, kind)

    def inner(self, value: Json, place: Place, run: Run, node: ElementNode) -> None:
        """A resource in an entry or contained in another, by the definition of the element that holds it."""
        if id(value) in run.settled:
            return
        kind = str(value.get("resourceType", "Resource"))
        reference = next((one for one in node.element.types if one.code in {kind, "Resource"}), None)
        outer = run.scope
        ids, run.ids = run.ids, set()
        run.scope = self._scope_within(outer, value, place, run)
        if reference is None:
            expected = " ".join(one.code for one in node.element.types)
            run.problem(place, "Bundle_BUNDLE_Entry_Type", "foreign-resource", kind, expected, node.profile.url)
            if value:
                self._check_only_written(value, place, run)
        elif value:
            if place.key == "contained":
                _note_contained(value, place, ids, run)
            self._check(value, place, run, reference.profiles or (FHIR_TYPES + kind,))
        run.scope, run.ids = outer, ids

    def _check_only_written(self, value: Json, place: Place, run: Run) -> None:
        """A resource that may not be here is read, but nothing else is asked of it."""
        trial = run.aside()
        clean = self._check_written(value, place, trial, ())
        run.problems.extend(one for one in trial.problems if one.code in MISWRITTEN)
        run.is_broken = run.is_broken or trial.is_broken
        for resource, step in _held_by(clean, place):
            if resource:
                self._check_only_written(resource, step, run)

    @staticmethod
    def _scope_within(outer: EntryScope, value: Json, place: Place, run: Run) -> EntryScope:
        if place.key == "contained":
            return replace(
                outer,
                resource=value,
                container=outer.resource,
                resource_place=outer.resource_place,
                base=None,
                entries=None,
            )
        entry = place.parent
        bundle = entry.parent if entry is not None else None
        if entry is None or bundle is None or entry.number is None:
            return EntryScope(resource=value, resource_place=place)
        entries = entries_in(outer.resource, run)
        held = entries.held[entry.number]
        return EntryScope(outer.resource, bundle, held, entry, value, None, place, base_of(full_url_of(held)), entries)

    def _check(self, value: Json, place: Place, run: Run, profiles: tuple[str, ...]) -> None:
        """Check by ``profiles`` and by those that the resource declares."""
        declared = self._declared(value, place, run, profiles)
        clean = self._check_written(value, place, run, tuple(dict.fromkeys((*profiles, *declared))))
        if clean is not value:
            run.cleaned[id(value)] = clean
        _check_security(clean.get("meta"), place, run)
        if value.get("resourceType") == "Bundle":
            check_entries(self._profiles.shapes, value, clean.get("type"), place, run)
        if "contained" in value:
            _check_contained(clean, place, run)

    def _declared(self, value: Json, place: Place, run: Run, profiles: tuple[str, ...]) -> list[str]:
        meta = value.get("meta")
        urls = meta.get("profile") if isinstance(meta, dict) else None
        found: list[str] = []
        for index, url in enumerate(urls if isinstance(urls, list) else ()):
            if isinstance(url, (dict, list)) or url is None:
                continue
            text = text_of(url)
            if text in profiles:
                continue
            if self._profiles.trees.tree(text) is None:
                step = Place(Place(place, "meta", "meta", None), "profile", "profile", index)
                run.problem(step, "Validation_VAL_Profile_Unknown", "unknown-profile", text)
            else:
                found.append(text)
        return found

    def _check_written(self, value: Json, place: Place, run: Run, profiles: tuple[str, ...]) -> Json:
        kind = str(value.get("resourceType"))
        objects = self.objects
        fitting = tuple(url for url in profiles if self._is_of(url, kind))
        plan = cast(Plan, objects.plan(kind, fitting))  # what has no known type is not read at all
        objects.check_resource_id(value, place, run)
        clean = objects.check_object(plan, value, place, run)
        for url in profiles:
            if url not in fitting:
                self._check_misfit(plan, url, clean, place, run)
        return clean

    def _is_of(self, url: str, kind: str) -> bool:
        """Whether a profile is of this type of resource, or of one that it is based on."""
        tree = self._profiles.trees.tree(url)
        return tree is not None and (tree.profile.type == kind or tree.profile.type in self._bases(kind))

    def _bases(self, kind: str) -> tuple[str, ...]:
        definition = self._profiles.definitions.fhir_type(kind)
        base = definition.base.rpartition("/")[2] if definition is not None else ""
        return (base, *self._bases(base)) if base else ()

    def _check_misfit(self, plan: Plan, url: str, value: Json, place: Place, run: Run) -> None:
        """A profile of another type of resource: what it does not have, and what it must have."""
        tree = self._profiles.trees.tree(url)
        if tree is None:
            return
        if place.parent is None:
            run.problem(place, "Validation_VAL_Profile_WrongType", "wrong-profile", url, tree.profile.type, url)
            return
        others = self._profiles.fields_of(tree)
        shared: dict[str, Any] = {}
        for key, one in value.items():
            slot = plan.slots.get(key)
            other = others.get(key)
            items = enumerate(one) if isinstance(one, list) else [(None, one)]
            if slot is None or (other is not None and other.type == slot.field.type and slot.field.name in tree.groups):
                shared[key] = one
                continue
            for number, item in items:
                step = Place(place, slot.field.label, key, number)
                if slot.field.name not in tree.groups or other is None:
                    run.problem(step, "Validation_VAL_Profile_NotAllowed", "not-allowed", key, tree.profile.type, url)
                else:
                    self.values.check_other_type(slot.field.type, other.type, item, step, url, run)
        self.values.check_children(tree, shared, place, run)
        self.values.check_invariants(tree, value, place, run)


def _held_by(value: Json, place: Place) -> Iterator[tuple[Json, Place]]:
    """The resources within a resource that has been read: in the entries of a bundle, or contained."""
    for index, entry in enumerate(value.get("entry") or ()):
        if "resource" in entry:
            yield entry["resource"], Place(Place(place, "entry", "entry", index), "resource", "resource", None)
    for index, resource in enumerate(value.get("contained") or ()):
        yield resource, Place(place, "contained", "contained", index)


def check_entries(shapes: TypeShapes, bundle: Json, kind: Any, place: Place, run: Run) -> None:
    """The full URL of each entry: absolute, and ending in type and id where it looks like a server's."""
    is_optional = isinstance(kind, str) and kind in _WITHOUT_FULL_URL
    for index, entry in enumerate(entries_of(bundle)):
        step = Place(place, "entry", "entry", index)
        full_url = full_url_of(entry)
        if full_url is None or isinstance(full_url, (dict, list)):
            if not is_optional:
                run.problem(step, "BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED", "full-url-missing")
            continue
        text = text_of(full_url)
        if text:
            _check_full_url(shapes, text, entry.get("resource"), step, run)


def _check_full_url(shapes: TypeShapes, url: str, resource: Any, step: Place, run: Run) -> None:
    if not is_absolute(url):
        run.problem(step, "BUNDLE_ENTRY_URL_ABSOLUTE", "relative-full-url", url)
        return
    matched = _REST_URL.fullmatch(url)
    if not isinstance(resource, dict) or matched is None or shapes.shape(matched[4]) is None:
        return
    kind = resource.get("resourceType")
    is_readable = isinstance(kind, str) and shapes.shape(kind) is not None
    own = resource.get("id") if is_readable and isinstance(resource.get("_id", {}), Mapping) else None
    if own is None or isinstance(own, (dict, list)):
        run.problem(step, "BUNDLE_ENTRY_URL_MATCHES_NO_ID", "id-missing", url)
    elif not url.endswith(f"/{kind}/{text_of(own)}"):
        run.problem(step, "BUNDLE_ENTRY_URL_MATCHES_TYPE_ID", "full-url-and-id-differ", url, f"{kind}/{text_of(own)}")


def _check_security(meta: Any, place: Place, run: Run) -> None:
    """No security label twice."""
    labels = meta.get("security") if isinstance(meta, Mapping) else None
    seen: set[tuple[Any, Any]] = set()
    for number, label in enumerate(labels if isinstance(labels, list) else ()):
        one = (label.get("system"), label.get("code"))
        if one in seen:
            step = Place(Place(place, "meta", "meta", None), "security", "security", number)
            run.problem(step, "META_RES_SECURITY_DUPLICATE", "duplicate-security-label", str(one[1]))
        seen.add(one)


def _check_contained(value: Json, place: Place, run: Run) -> None:
    """A contained resource that nothing refers to must not be there."""
    contained = value.get("contained")
    if not isinstance(contained, list):
        return
    ids = {str(one.get("id", "")) for one in contained}
    used = _used_ids({key: one for key, one in value.items() if key != "contained"})
    for index, one in enumerate(contained):
        own = str(one.get("id", ""))
        others = _used_ids([other for other in contained if other is not one])
        if own not in used and not (own in others and ids) and "" not in _used_ids(one):
            step = Place(place, "contained", "contained", index)
            run.problem(step, "CONTAINED_ORPHAN_DOM3", "unused-contained", own)


def _note_contained(value: Json, place: Place, ids: set[str], run: Run) -> None:
    """A contained resource has an id, and one of its own among those that are contained with it."""
    if "id" not in value:
        run.problem(place, "Resource_RES_ID_Missing", "id-missing")
    elif isinstance(value["id"], str):
        own = f"#{value['id']}"
        if own in ids:
            run.problem(place, "RESOURCE_DUPLICATE_CONTAINED_ID", "duplicate-id", value["id"])
        ids.add(own)


def _used_ids(value: Any) -> set[str]:
    found: set[str] = set()
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, str) and one.startswith("#"):
            found.add(one[1:])
    return found
