"""Extensions against their own definitions: where they may stand and what they may hold. Unknown ones pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from ldbu_desktop.conformance.checks.run import ProfileChecker, Run
from ldbu_desktop.conformance.invariants.registry import choice, has
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.conformance.reading.places import Place
from ldbu_desktop.conformance.reading.primitives import is_absolute
from ldbu_desktop.standard.profiles import FHIR_TYPES, Profile

Json = Mapping[str, Any]
_OF_ANOTHER_RELEASE: Final = re.compile(r"http://hl7\.org/fhir/\d\.\d/StructureDefinition/extension-..+", re.DOTALL)


_USABLE_ANYWHERE: Final = frozenset(
    FHIR_TYPES + name
    for name in (
        "capabilitystatement-expectation",
        "capabilitystatement-prohibited",
        "structuredefinition-normative-version",
    )
)
"""Extensions that the official validator lets stand anywhere: their own contexts leave out where they are used."""


def check_extension(checker: ProfileChecker, value: Json, place: Place, run: Run) -> None:
    """An extension by the definition that its URL names."""
    tree = definition_of_extension(checker, value, place, run)
    if tree is not None:
        checker.check_profile(tree, value, place, run)


def definition_of_extension(checker: ProfileChecker, value: Json, place: Place, run: Run) -> ElementNode | None:
    """The definition that an extension's URL names, after what can be told without it; None where there is none."""
    if _has_both_or_neither(value):
        run.problem(place, "ext-1", "invariant", profile=f"{FHIR_TYPES}Extension")
    url = value.get("url")
    if not isinstance(url, str) or not url:
        run.problem(place, "Extension_EXT_Url_NotFound", "extension-without-url")
        return None
    if not is_absolute(url):
        if not _is_nested(place):
            run.problem(place, "Extension_EXT_URL_Absolute", "relative-extension", url)
        return None
    plain, bar, _ = url.partition("|")
    tree = checker.profiles.trees.tree(plain)
    if tree is None:
        if _OF_ANOTHER_RELEASE.fullmatch(url):
            run.problem(
                _named(place, url),
                "Extension_EXT_Version_Invalid",
                "extension-of-another-release",
                url,
                path_place=place,
            )
        return None
    if bar:
        key = "EXT_VER_URL_NOT_ALLOWED" if url == tree.profile.versioned else "EXT_VER_URL_REVERSION"
        run.problem(_named(place, url), key, "extension-with-version", url, plain, path_place=place)
    _check_known(tree, value, place, run, is_modifier=place.key == "modifierExtension")
    _check_context(checker.profiles, tree.profile, url, place, run)
    return tree if tree.profile.type == "Extension" else None


def _named(place: Place, url: str) -> Place:
    """The place of an extension as the official validator spells it where it means the URL."""
    return Place(place.parent, f"{place.label}[{place.number}][url='{url}']", place.key, None)


def _has_both_or_neither(value: Json) -> bool:
    return bool(choice(value, "value")) == has(value, "extension")


def _is_nested(place: Place) -> bool:
    return place.parent is not None and place.parent.key in {"extension", "modifierExtension"}


def _check_known(tree: ElementNode, value: Json, place: Place, run: Run, *, is_modifier: bool) -> None:
    url = str(value["url"])
    if tree.element.is_modifier != is_modifier:
        key = "Extension_EXT_Modifier_Y" if is_modifier else "Extension_EXT_Modifier_N"
        run.problem(_named(place, url), key, "wrong-modifier", url, path_place=place)
    group = tree.groups.get("value[x]")
    allowed = group.node.types if group is not None and group.node.element.max != 0 else frozenset()
    actual = next((key.lstrip("_")[5:] for key in value if key.lstrip("_").startswith("value")), "")
    if actual:
        plain = actual[0].lower() + actual[1:]
        if actual not in allowed and plain not in allowed:
            run.problem(place, "Extension_EXT_Type", "wrong-type", actual, " ".join(sorted(allowed)), url)
    elif "extension" in value:
        if allowed and group is not None and group.node.element.min > 0:
            run.problem(place, "Extension_EXT_Simple_WRONG", "wrong-type", "extension", "", url)
    elif allowed:
        run.problem(place, "Extension_EXT_Simple_ABSENT", "missing", "", "value", url)


def _check_context(profiles: ProfileSet, definition: Profile, url: str, place: Place, run: Run) -> None:
    """One of the contexts of the definition must be the element that holds the extension."""
    if definition.url in _USABLE_ANYWHERE:
        return
    names = _names_of(profiles, place.parent, run)
    wanted = [one.expression.rpartition("#")[2] for one in definition.contexts if one.type == "element"]
    if any(one in {"Element", "Any"} or one in names for one in wanted):
        return
    others = {one.type for one in definition.contexts if one.type != "element"}
    if others and (_is_nested(place) or "fhirpath" in others):
        run.problem(place, "context", "invariant-not-checked", profile=definition.url)
    else:
        kind = "EXTM" if place.key == "modifierExtension" else "EXTP"
        holder = place.parent or place
        run.problem(holder, f"Extension_{kind}_Context_Wrong", "extension-misplaced", url, profile=url)


def _names_of(profiles: ProfileSet, place: Place | None, run: Run) -> set[str]:
    """What the element is called: by its path from its resource, by its type, and by the types these are based on."""
    steps: list[str] = []
    here = place
    top = run.scope.resource_place
    while here is not None and here is not top and here.key not in {"", "contained"}:
        steps.append(here.label)
        here = here.parent
    kind = str(run.scope.resource.get("resourceType", ""))
    names: set[str] = set()
    path = kind
    types = [kind]
    for step in reversed(steps):
        name, _, of_type = step.partition(".ofType(")
        field = _field(profiles, path, name, of_type.rstrip(")"))
        shown = f"{name}[x]" if of_type else name
        names = {f"{path}.{shown}"} if steps[0] is step else names
        if field:
            types = [field]
            path = field if field[:1].isupper() and field not in {"BackboneElement", "Element"} else f"{path}.{shown}"
        else:
            types, path = [], f"{path}.{shown}"
    for one in types:
        definition = profiles.definitions.fhir_type(one)
        while definition is not None and definition.type not in names:
            names.add(definition.type)
            definition = profiles.definitions.profile(definition.base) if definition.base else None
    if not steps and kind:
        names.update({kind, "Resource", "DomainResource"})
    return names


def _field(profiles: ProfileSet, path: str, name: str, of_type: str) -> str:
    shape = profiles.shapes.shape(path)
    key = name + of_type[:1].upper() + of_type[1:] if of_type else name
    field = shape.fields.get(key) if shape is not None else None
    return field.type if field is not None else ""
