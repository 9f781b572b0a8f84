"""Official definitions as they are published, turned into facts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

import msgspec

from ldbu_desktop.conformance.invariants.natives import IMPLIED, is_native
from ldbu_desktop.faults import CatalogueFault
from ldbu_desktop.standard.profiles import (
    UNBOUNDED,
    Binding,
    CodeSystem,
    Constraint,
    Context,
    Demand,
    Discriminator,
    Element,
    FactFile,
    Filter,
    Given,
    Portion,
    Profile,
    Slicing,
    TypeRef,
    ValueSet,
)

Json = Mapping[str, Any]

_READ: Final = (
    "path", "id", "min", "max", "type", "fixed", "pattern", "binding", "slicing", "sliceName", "constraint",
    "contentReference", "isModifier",
)  # fmt: skip
"""What the keys of an ElementDefinition that is read begin with."""
_NOT_OF_VALUES: Final = frozenset(
    [
        "alias", "base", "code", "comment", "condition", "definition", "example", "isSummary", "label", "mapping",
        "meaningWhenMissing", "mustSupport", "orderMeaning", "representation", "requirements", "short",
        "sliceIsConstraining",
    ]
)  # fmt: skip
"""Keys of an ElementDefinition that say nothing of which values are right."""
_VERSIONED_APART: Final = "http://terminology.hl7.org/"
_RELEASE: Final = "|4.0.1"
_NUMBERS: Final = frozenset({"Integer", "Decimal", "PositiveInt", "UnsignedInt"})
_MOMENTS: Final = frozenset({"Date", "DateTime", "Instant"})
_NOT_EVALUATED: Final = "not evaluated"
"""An expression that is none: what it stands for is told as not checked."""

_FHIR_TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"
_REGEX = "http://hl7.org/fhir/StructureDefinition/regex"
_MAX_SET = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet"
_UNIT_SET_BOUND_TO_A_URI = "dk-core-UCUM-BasicUnits"
_DEMAND = re.compile(
    r"entry\.select\(\(resource as Encounter\)\.where\((?P<when>.*)\)\)\.exists\(\) implies (?P<then>.*)", re.DOTALL
)
_VISIT = re.compile(r"type\.coding\.code = '([^']*)'")
_CLASS = re.compile(r"class\.code = '([^']*)'")
_CODE = re.compile(r"entry\.select\(\(resource as Observation\)\.code\.coding\.where\(code = '([^']*)'\)\)\.exists\(\)")
_CONFORMS = re.compile(r"conformsTo\('([^']*)'\)")


def fact_file(name: str, version: str, resources: Iterable[Json]) -> FactFile:
    """All that is checked in ``resources``: profiles with a snapshot, value sets, code systems.

    Raises :class:`CatalogueFault` for one that is not written as FHIR wants it.
    """
    profiles: dict[str, msgspec.Raw] = {}
    value_sets: dict[str, msgspec.Raw] = {}
    code_systems: dict[str, msgspec.Raw] = {}
    for one in resources:
        url = one.get("url")
        kind = one.get("resourceType")
        if not isinstance(url, str):
            continue
        if kind == "StructureDefinition" and "snapshot" in one:
            profiles[url] = _fact(name, one, profile, Profile)
        elif kind == "ValueSet":
            value_sets[url] = _fact(name, one, value_set, ValueSet)
        elif kind == "CodeSystem" and one.get("content") != "supplement":
            code_systems[url] = _fact(name, one, code_system, CodeSystem)
    return FactFile(name, version, profiles, value_sets, code_systems)


def _fact(package: str, resource: Json, make: Callable[[Json], Any], model: type[Any]) -> msgspec.Raw:
    try:
        raw = msgspec.json.encode(make(resource))
        msgspec.json.decode(raw, type=model)
    except Exception as error:  # what is written wrongly raises errors of every kind
        raise CatalogueFault("package-part-misshapen", file=package, entry=resource["url"]) from error
    return msgspec.Raw(raw)


def profile(definition: Json) -> Profile:
    """The facts of a StructureDefinition with a snapshot."""
    elements = definition["snapshot"]["element"]
    if definition.get("contextInvariant"):
        elements = [{**elements[0], "contextInvariant": definition["contextInvariant"]}, *elements[1:]]
    return Profile(
        url=definition["url"],
        version=definition.get("version", ""),
        type=definition["type"],
        kind=definition["kind"],
        base=definition.get("baseDefinition", ""),
        is_constraint=definition.get("derivation") == "constraint",
        is_abstract=definition.get("abstract", False),
        regex=_primitive_regex(definition) if definition["kind"] == "primitive-type" else "",
        contexts=tuple(Context(one["type"], one["expression"]) for one in definition.get("context", ())),
        elements=tuple(map(element, elements if definition["kind"] != "primitive-type" else map(_unlimited, elements))),
    )


def _unlimited(one: Json) -> Json:
    """An element of a primitive type without its limits, which are known with how the type is written."""
    return {key: value for key, value in one.items() if not key.startswith(("minValue", "maxValue"))}


def element(one: Json) -> Element:
    """The facts of an ElementDefinition."""
    path = one["path"]
    slicing = one.get("slicing")
    return Element(
        path=path,
        id="" if one.get("id", path) == path else one["id"],
        min=one.get("min", 0),
        max=UNBOUNDED if one.get("max", "*") == "*" else int(one["max"]),
        types=tuple(map(_type, one.get("type", ()))),
        fixed=_given(one, "fixed"),
        pattern=_given(one, "pattern"),
        binding=_binding(path, one.get("binding")),
        slicing=_slicing(slicing) if slicing else None,
        constraints=(
            *(inv for inv in map(constraint, one.get("constraint", ())) if inv.form and inv.form not in IMPLIED),
            *_limits(one),
        ),
        content=one.get("contentReference", "").rpartition("#")[2],
        max_length=one.get("maxLength", 0),
        is_modifier=one.get("isModifier", False),
    )


def _limits(one: Json) -> Iterator[Constraint]:
    """What else an ElementDefinition asks of values, as invariants: limits, forms, and what nobody here can check."""
    for key, value in one.items():
        kind = key[8:]
        if key.startswith(("minValue", "maxValue")):
            sign = ">=" if key.startswith("min") else "<="
            is_plain = kind in _NUMBERS or kind in _MOMENTS
            limit = f"@{value}" if kind in _MOMENTS else str(value)
            yield _evaluated(key, f"$this {sign} {limit}" if is_plain else _NOT_EVALUATED)
        elif key == "mustHaveValue":
            if value:
                yield _evaluated(key, "hasValue()")
        elif key == "extension":
            for extension in value:
                if extension["url"] == _REGEX:
                    pattern = extension["valueString"].replace("\\", "\\\\").replace("'", "\\'")
                    yield _evaluated("regex", f"matches('^(?:{pattern})$')")
        elif not key.startswith(_READ) and key not in _NOT_OF_VALUES:
            yield _evaluated(key, _NOT_EVALUATED)


def _evaluated(key: str, expression: str) -> Constraint:
    return Constraint(key, "error", form=fingerprint(expression), expression=expression)


def _type(one: Json) -> TypeRef:
    code = one.get("code", "")
    for extension in one.get("extension", ()):
        if extension["url"] == _FHIR_TYPE:
            code = extension.get("valueUrl") or extension.get("valueUri") or extension.get("valueString") or code
    if code.startswith("http://hl7.org/fhirpath/System."):
        code = "string" if code.endswith("String") else code.rpartition(".")[2].lower()
    return TypeRef(
        code,
        profiles=tuple(one.get("profile", ())),
        targets=tuple(one.get("targetProfile", ())),
        aggregation=tuple(one.get("aggregation", ())),
    )


def _given(one: Json, kind: str) -> Given | None:
    for key, value in one.items():
        if key.startswith(kind):
            name = key.removeprefix(kind)
            is_primitive = not isinstance(value, Mapping)
            return Given(name[0].lower() + name[1:] if is_primitive else name, value)
    return None


def _binding(path: str, binding: Json | None) -> Binding | None:
    """The binding, but for one that binds a URI to a set of units, by which nothing sensible can be checked."""
    if binding is None or (path.endswith(".system") and _UNIT_SET_BOUND_TO_A_URI in binding.get("valueSet", "")):
        return None
    largest = [e.get("valueCanonical", "") for e in binding.get("extension", ()) if e["url"] == _MAX_SET]
    return Binding(binding["strength"], _of_release(binding.get("valueSet", "")), largest[0] if largest else "")


def _of_release(value_set: str) -> str:
    """FHIR R4 binds HL7's own value sets by its own version; they have versions of their own."""
    is_other = value_set.startswith(_VERSIONED_APART) and value_set.endswith(_RELEASE)
    return value_set.removesuffix(_RELEASE) if is_other else value_set


def _slicing(slicing: Json) -> Slicing:
    return Slicing(
        tuple(Discriminator(one["type"], one["path"]) for one in slicing.get("discriminator", ())),
        slicing.get("rules", "open"),
        slicing.get("ordered", False),
    )


def fingerprint(expression: str) -> str:
    """A short mark of an expression, the same however it is spaced."""
    return hashlib.sha256(" ".join(expression.split()).encode()).hexdigest()[:12]


def constraint(inv: Json) -> Constraint:
    """The facts of an invariant: by a native function, as facts of a known shape, or as the expression itself."""
    expression = " ".join(inv.get("expression", "").split())
    if not expression:
        return Constraint(inv["key"], inv["severity"])
    key, severity, source = inv["key"], inv["severity"], inv.get("source", "")
    form = fingerprint(expression)
    if is_native(key, form):
        return Constraint(key, severity, source, form)
    matched = _DEMAND.fullmatch(expression)
    if matched:
        when, then = matched["when"], matched["then"]
        demand = Demand(tuple(_VISIT.findall(when)), tuple(_CLASS.findall(when)), tuple(_CODE.findall(then)))
        if demand.visits and demand.classes and demand.codes and not _CODE.sub("", then).replace("or", "").strip("( )"):
            return Constraint(key, severity, source, form, demand=demand)
    profiles = tuple(_CONFORMS.findall(expression))
    if profiles and _is_conformance_of_observations(expression):
        return Constraint(key, severity, source, form, conforming=profiles)
    return Constraint(key, severity, source, form, expression=expression)


def _is_conformance_of_observations(expression: str) -> bool:
    packed = "".join(expression.split())
    head, _, rest = packed.partition(".all(")
    others = _CONFORMS.sub("", rest).replace("$this.", "").replace("or", "").strip("()")
    return f"{head}.all(" == _OBSERVATIONS_CONFORM and not others


_OBSERVATIONS_CONFORM = "entry.select(resourceasObservation).all("


def _primitive_regex(definition: Json) -> str:
    for one in definition["snapshot"]["element"]:
        if one["path"].endswith(".value"):
            for holder in (one, *one.get("type", ())):
                for extension in holder.get("extension", ()):
                    if extension["url"] == _REGEX:
                        return str(extension["valueString"])
    return ""


def value_set(one: Json) -> ValueSet:
    """The facts of a ValueSet."""
    compose = one.get("compose", {})
    return ValueSet(
        url=one["url"],
        version=one.get("version", ""),
        include=tuple(map(_portion, compose.get("include", ()))),
        exclude=tuple(map(_portion, compose.get("exclude", ()))),
    )


def _portion(one: Json) -> Portion:
    return Portion(
        system=one.get("system", ""),
        version=one.get("version", ""),
        codes=tuple(concept["code"] for concept in one.get("concept", ())),
        filters=tuple(Filter(f["property"], f["op"], f["value"]) for f in one.get("filter", ())),
        value_sets=tuple(one.get("valueSet", ())),
    )


def code_system(one: Json) -> CodeSystem:
    """The facts of a CodeSystem: its concepts flattened, each with its parents."""
    codes: list[str] = []
    parents: dict[str, tuple[str, ...]] = {}
    waiting = [(concept, "") for concept in reversed(one.get("concept", ()))]
    while waiting:
        concept, parent = waiting.pop()
        code = concept["code"]
        codes.append(code)
        if parent:
            parents[code] = (*parents.get(code, ()), parent)
        waiting.extend((child, code) for child in reversed(concept.get("concept", ())))
    return CodeSystem(
        url=one["url"],
        content=one.get("content", "complete"),
        is_case_sensitive=one.get("caseSensitive", False),
        codes=tuple(codes),
        parents=parents,
    )
