"""References: what they point to in the bundle, and whether that is of a type and profile that they may point to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ldbu_desktop.conformance.checks.run import BundleEntries, Run
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import is_absolute
from ldbu_desktop.conformance.verdict.problems import Link
from ldbu_desktop.standard.profiles import ANY_RESOURCE, FHIR_TYPES, TypeRef

Json = Mapping[str, Any]
_HISTORY: Final = "/_history/"
_ABSTRACT: Final = frozenset(("Resource", "DomainResource"))
"""Types that a reference may name and that no resource has alone."""


def check_reference(profiles: ProfileSet, node: ElementNode, value: Json, place: Place, run: Run) -> None:
    """A reference against the targets and the aggregation that its definition allows."""
    reference = value.get("reference")
    if not isinstance(reference, str) or not reference:
        return
    if any(ch.isspace() for ch in reference):
        run.problem(place, "REFERENCE_REF_INVALID_REF", "wrong-reference", reference)
    kind = next((one for one in node.element.types if one.code == "Reference"), TypeRef("Reference"))
    target = _contained(reference, place, run) if reference.startswith("#") else _bundled(reference, place, run)
    found = _type_of(target[0], profiles) if target else _type_in(reference, profiles)
    _check_stated_type(profiles, kind, value.get("type"), found, place, run)
    if target is None:
        if run.has_all and kind.aggregation and "referenced" not in kind.aggregation:
            run.problem(
                place, "Reference_REF_NotFound_Bundle", "unresolved-reference", reference, profile=node.profile.url
            )
        return
    _check_target(profiles, kind, found, target, place, run)
    mode = "contained" if reference.startswith("#") else "bundled"
    if (
        kind.aggregation
        and mode not in kind.aggregation
        and not (mode == "bundled" and "referenced" in kind.aggregation)
    ):
        run.problem(
            place, "Reference_REF_Aggregation", "wrong-aggregation", mode, " ".join(kind.aggregation), node.profile.url
        )


def _check_target(
    profiles: ProfileSet, kind: TypeRef, found: str, target: tuple[Json, Place], place: Place, run: Run
) -> None:
    """The target's type must be allowed; where it must conform to a profile as well, that is noted."""
    if not kind.targets or ANY_RESOURCE in kind.targets:
        return
    targets = [one for url in kind.targets if (one := profiles.definitions.profile(url)) is not None]
    fitting = tuple(one.url for one in targets if one.type == found)
    if not fitting:
        expected = " ".join(sorted({one.type for one in targets}))
        run.problem(place, "Reference_REF_BadTargetType", "wrong-target", found, expected)
    elif not all(url.startswith(FHIR_TYPES) for url in fitting):
        run.links.append(Link(place, target[1]))


def may_lead_to(profiles: ProfileSet, node: ElementNode, kind: str) -> bool:
    """Whether a reference may lead to a resource of this type within the bundle."""
    asked = next((one for one in node.element.types if one.code == "Reference"), TypeRef("Reference"))
    if asked.aggregation and not {"bundled", "referenced"} & set(asked.aggregation):
        return False
    if not asked.targets or ANY_RESOURCE in asked.targets:
        return True
    return any((one := profiles.definitions.profile(url)) is not None and one.type == kind for url in asked.targets)


def _check_stated_type(profiles: ProfileSet, kind: TypeRef, stated: Any, found: str, place: Place, run: Run) -> None:
    """The type that the reference itself tells must be allowed, and be the target's."""
    if not isinstance(stated, str) or not stated:
        return
    url = stated if is_absolute(stated) else FHIR_TYPES + stated
    if kind.targets and url not in kind.targets and ANY_RESOURCE not in kind.targets:
        types = {one.type for target in kind.targets if (one := profiles.definitions.profile(target)) is not None}
        if url.removeprefix(FHIR_TYPES) not in types:
            run.problem(place, "Reference_REF_WrongTarget", "wrong-target", stated, " ".join(sorted(types)))
    if found and found != stated:
        run.problem(place, "Reference_REF_BadTargetType", "wrong-target", stated, found)


def _type_of(resource: Json, profiles: ProfileSet) -> str:
    kind = resource.get("resourceType")
    return kind if isinstance(kind, str) and profiles.shapes.shape(kind) is not None else "Resource"


def _type_in(reference: str, profiles: ProfileSet) -> str:
    """The type that the reference's own text names, for one that is not resolved."""
    parts = reference.split("/")
    if len(parts) >= 2 and (parts[-2] in _ABSTRACT or profiles.shapes.shape(parts[-2]) is not None):
        return parts[-2]
    return ""


def _contained(reference: str, place: Place, run: Run) -> tuple[Json, Place] | None:
    """The contained resource of this id, of the resource that the reference is in or that holds it."""
    scope = run.scope
    for holder in (scope.resource, scope.container):
        if holder is None:
            continue
        if reference == "#" and holder is scope.container:
            return holder, place
        for index, one in enumerate(holder.get("contained") or ()):
            if isinstance(one, Mapping) and one.get("id") == reference[1:]:
                return one, Place(scope.resource_place, "contained", "contained", index)
    return None


def _bundled(reference: str, place: Place, run: Run) -> tuple[Json, Place] | None:
    """The entry of the bundle that the reference leads to, by its full URL."""
    scope = run.scope
    if scope.bundle is None or scope.entry is None or scope.bundle_place is None:
        if scope.resource.get("resourceType") == "Bundle" and not is_absolute(reference):
            run.problem(place, "Bundle_BUNDLE_FullUrl_Missing", "full-url-missing", reference)
        return None
    full_url = full_url_of(scope.entry)
    if not isinstance(full_url, str):
        _note_missing_full_url(run)
        full_url = None
    url, version, kind = _target_url(reference, full_url, place, run)
    if url is None:
        return None
    matches = list(_entries_with(url, version, entries_in(scope.bundle, run), scope.bundle_place))
    if len(matches) > 1:
        run.problem(place, "Bundle_BUNDLE_MultipleMatches", "several-targets", reference)
    if not matches:
        return None
    value, where = matches[-1]
    if kind and value.get("resourceType") != kind:
        run.problem(place, "Reference_REF_ResourceType", "wrong-target", str(value.get("resourceType")), kind)
    return value, where


def _note_missing_full_url(run: Run) -> None:
    entry = run.scope.entry_place
    if entry is not None and ("fullUrl", entry) not in run.noted:
        run.noted.add(("fullUrl", entry))
        run.problem(entry, "Bundle_BUNDLE_Entry_NoFullUrl", "full-url-missing")


def _target_url(reference: str, full_url: str | None, place: Place, run: Run) -> tuple[str | None, str, str]:
    """The full URL that a reference stands for, with version and type where it names them."""
    path, _, version = reference.partition(_HISTORY)
    if reference.startswith(("http:", "urn:")) or is_absolute(reference):
        return (path[:-1] if version else path), version, ""
    if full_url is None:
        run.problem(place, "Bundle_BUNDLE_FullUrl_Missing", "full-url-missing", reference)
        return None, "", ""
    if reference.count("/") not in {1, 3}:
        run.problem(place, "Reference_REF_Format2", "wrong-reference", reference)
        return None, "", ""
    if full_url.startswith("urn"):
        base = full_url.rpartition(":")[0] + ":"
        parts = path.split("/")
        return base + parts[1], version, parts[0]
    base = base_of(full_url) or ""
    return base + path if version else base + reference, version, path.partition("/")[0] if version else ""


def base_of(full_url: Any) -> str | None:
    """What relative references in an entry begin with; None where the full URL is not a server's."""
    if not isinstance(full_url, str) or full_url.startswith("urn"):
        return None
    return "".join(f"{part}/" for part in full_url.rstrip("/").split("/")[:-2])


def _entries_with(url: str, version: str, entries: BundleEntries, place: Place) -> Iterator[tuple[Json, Place]]:
    for number in entries.numbers.get(url, ()):
        resource = entries.held[number].get("resource")
        if not isinstance(resource, Mapping):
            continue
        meta = resource.get("meta")
        if version and (not isinstance(meta, dict) or meta.get("versionId") != version):
            continue
        yield resource, Place(Place(place, "entry", "entry", number), "resource", "resource", None)


def entries_of(bundle: Json) -> list[Any]:
    """The entries that can be read; they are counted without the others."""
    entries = bundle.get("entry")
    if not isinstance(entries, list):
        return [entries] if isinstance(entries, dict) else []
    return (
        entries if all(one.__class__ is dict for one in entries) else [one for one in entries if isinstance(one, dict)]
    )


def full_url_of(entry: Json) -> Any:
    """The full URL of an entry; it falls with extensions of its own that are no object."""
    return entry.get("fullUrl") if isinstance(entry.get("_fullUrl", {}), dict) else None


def entries_in(bundle: Json, run: Run) -> BundleEntries:
    """The entries of a bundle with their numbers by full URL, gathered once in a run."""
    known = run.bundles.get(id(bundle))
    if known is None:
        numbers: dict[str, list[int]] = {}
        held = entries_of(bundle)
        for number, entry in enumerate(held):
            url = full_url_of(entry)
            if isinstance(url, str):
                numbers.setdefault(url, []).append(number)
        known = run.bundles[id(bundle)] = (bundle, BundleEntries(held, numbers))
    return known[1]
