"""Makes reports whose extensions carry every data type, whole and changed, and reports with edge values anywhere.

The values are built from the definitions: every element of a type may be there, with codes that its value set has or
has not, and primitives at the edges of what they allow. The same seed gives the same variants.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from ldbu_desktop.conformance.reading.shapes import PRIMITIVES, Property, TypeShapes
from ldbu_desktop.standard.profiles import Definitions, Element, Profile
from tests.conformance.faults import entries, within
from tests.conformance.mutations import Variant
from tests.conformance.values import SAMPLES, Json, as_text

_TOLD: Final = json.loads((Path(__file__).parents[1] / "data" / "conformance" / "edges.json").read_text("utf-8"))
EDGES: Final[dict[str, list[Any]]] = _TOLD["edges"]
"""Values of the primitive types at their edges, rightly written or not."""
CURRENCIES: Final[list[str]] = _TOLD["currencies"]
_DEEPEST: Final = 3
_NAMES: Final = (
    "", " ", "x", "værdi", "a b", "_", "__value", "value", "VALUE", "valueString ", "\u00a0", "$ref", "@type",
    "value[x]", "fhir_comments", "resourceType", "id ", "extension[0]", "x\n", "constructor", "_id",
)  # fmt: skip
_KINDS: Final = ("urn:ietf:rfc:3986", "https://tools.ietf.org/html/rfc4122")


class TypeVariants:
    """Variants of reports by what FHIR's types allow; ``definitions`` say which there are."""

    def __init__(self, definitions: Definitions, bases: Sequence[Json], seed: int) -> None:
        self._definitions = definitions
        self._shapes = TypeShapes(definitions)
        self._bases = bases
        self._random = random.Random(seed)  # noqa: S311 - the same seed must give the same variants
        shape = self._shapes.shape("Extension")
        fields = shape.fields if shape is not None else {}
        self._choices = {key: one for key, one in fields.items() if one.choice}
        self._changes: list[Callable[[Any], Any]] = [
            self._without, self._without, self._without, self._other, self._other, self._named_oddly, self._emptied,
            self._with_companion, self._twice, self._of_another_type,
        ]  # fmt: skip

    def variants(self, count: int) -> Iterator[Variant]:
        """Reports with one change each: half with an extension of some type, a quarter with an edge value anywhere."""
        makers = (self._extended, self._extended, self._edged, self._identified)
        made = 0
        while made < count:
            bundle = copy.deepcopy(self._random.choice(self._bases))
            maker = makers[made % len(makers)]
            where = maker(bundle)
            if where:
                made += 1
                yield Variant(maker.__name__.strip("_"), where, as_text(bundle))

    def edges(self) -> Iterator[Variant]:
        """A report for each edge of each primitive type, alone in an extension of an otherwise right report."""
        for kind, values in EDGES.items():
            for value in values:
                yield self._with_extension(kind, f"value{kind[0].upper()}{kind[1:]}", value)
        for value in CURRENCIES:
            yield self._with_extension("currency", "valueMoney", {"value": 1, "currency": value})
        for value in EDGES["uri"]:
            for system in _KINDS:
                yield self._with_extension("identifier", "valueIdentifier", {"system": system, "value": value})
        for name in _NAMES:
            for value in ("x", {}):
                yield self._with_extension("name", name, value)

    def _with_extension(self, operator: str, key: str, value: Any) -> Variant:
        bundle = copy.deepcopy(self._bases[0])
        entries(bundle)[0]["resource"]["extension"] = [{"url": "http://eksempel.dk/x", key: copy.deepcopy(value)}]
        return Variant(operator, f"{key} {value!r}", as_text(bundle))

    def defined(self, count: int) -> Iterator[Variant]:
        """Reports with an extension that FHIR or the standard defines: in its place or elsewhere, right or changed."""
        urls = sorted(url for file in self._definitions.files for url in file.profiles)
        known = [one for url in urls if (one := self._definitions.profile(url)) and one.type == "Extension"]
        for number in range(count):
            bundle = copy.deepcopy(self._random.choice(self._bases))
            profile = known[number % len(known)] if count >= len(known) else self._random.choice(known)
            extension: Json = self._of_profile(profile, 0)
            ends = ("", "", "", "", "", "", "", "|", f"|{profile.version}", "|9", "#x", "/")
            extension["url"] = profile.url + self._random.choice(ends)
            told = profile.url
            if self._random.random() < 0.3:
                change = self._random.choice(self._changes)
                change(extension)
                told += f" {change.__name__.strip('_')}"
            paths = [one.expression for one in profile.contexts]
            holders = [one for path in paths for one in self._at(bundle, path)] if self._random.random() < 0.8 else []
            holder = self._random.choice(holders) if holders else self._holder(bundle)
            name = (
                "modifierExtension" if profile.elements[0].is_modifier or self._random.random() < 0.05 else "extension"
            )
            holder.setdefault(name, [])
            holder[name].append(extension)
            yield Variant("defined", f"{told} {paths}", as_text(bundle))

    def _of_profile(self, profile: Profile, depth: int) -> Json:
        """An extension as its definition has it, mostly."""
        made: Json = {"url": profile.url}
        value = next((one for one in profile.elements if one.path == "Extension.value[x]" and ":" not in one.key), None)
        if value is not None and value.max != 0 and self._random.random() < 0.95:
            types = [one.code for one in value.types] or ["string"]
            kind = self._random.choice(types)
            key = f"value{kind[0].upper()}{kind[1:]}"
            field = self._choices.get(key)
            if field is not None:
                code = self._code(value) if kind == "code" else None
                made[key] = code if code is not None else self._value(field, depth + 1)
        inner = [
            one for one in profile.elements if one.key.startswith("Extension.extension:") and one.key.count(".") == 1
        ]
        for one in inner if depth == 0 else ():
            if one.min == 0 and self._random.random() < 0.4:
                continue
            part = [each for each in profile.elements if each.key == f"{one.key}.value[x]"]
            kinds = [each.code for each in part[0].types] if part else ["string"]
            kind = self._random.choice(kinds or ["string"])
            key = f"value{kind[0].upper()}{kind[1:]}"
            item: Json = {"url": one.slice_name}
            if key in self._choices:
                code = self._code(part[0]) if part and kind == "code" else None
                item[key] = code if code is not None else self._value(self._choices[key], 1)
            made.setdefault("extension", []).append(item)
        return made

    def _at(self, bundle: Json, path: str) -> list[Json]:
        """The objects of a report at a path from a type of resource, or of a data type."""
        kind, *steps = path.split(".")
        found: list[Json] = []
        for entry in entries(bundle):
            resource = entry["resource"]
            here = [resource] if kind in {resource["resourceType"], "Resource", "DomainResource", "Element"} else []
            for step in steps:
                inner = [one[step] for one in here if isinstance(one, dict) and step in one]
                here = [item for one in inner for item in (one if isinstance(one, list) else [one])]
            found.extend(one for one in here if isinstance(one, dict))
        return found

    def _extended(self, bundle: Json) -> str:
        """An extension that nobody defines, of any type, anywhere."""
        key, field = self._random.choice(list(self._choices.items()))
        extension: Json = {"url": "http://eksempel.dk/x", key: self._value(field, 0)}
        told = key
        for _ in range(self._random.choice((0, 0, 0, 1, 1, 2))):
            change = self._random.choice(self._changes)
            change(extension[key] if isinstance(extension.get(key), dict) else extension)
            told += f" {change.__name__.strip('_')}"
        holder = self._holder(bundle)
        place = self._random.choice(("extension", "extension", "extension", "modifierExtension", "nested"))
        if place == "nested":
            extension = {"url": "http://eksempel.dk/y", "extension": [extension | {"url": "z"}]}
        name = "modifierExtension" if place == "modifierExtension" else "extension"
        holder.setdefault(name, [])
        if isinstance(holder[name], list):
            holder[name].append(extension)
        return f"{told} {place}"

    def _holder(self, bundle: Json) -> Json:
        """A resource, a part of one, or what stands beside a primitive."""
        resource: Json = self._random.choice(entries(bundle))["resource"]
        if self._random.random() < 0.6:
            return resource
        found: Json = self._random.choice(list(within(resource)))
        if self._random.random() < 0.3:
            keys = [key for key, value in found.items() if isinstance(value, str) and key != "resourceType"]
            if keys:
                beside: Json = found.setdefault(f"_{self._random.choice(keys)}", {})
                return beside
        return found

    def _edged(self, bundle: Json) -> str:
        """An edge value for a primitive that is there."""
        found: list[tuple[Json, str, Property]] = []
        waiting: list[tuple[Any, str]] = [(bundle, "Bundle")]
        while waiting:
            value, kind = waiting.pop()
            kind = str(value.get("resourceType")) if kind == "Resource" and isinstance(value, dict) else kind
            shape = self._shapes.shape(kind)
            if shape is None or not isinstance(value, dict):
                continue
            for key, one in value.items():
                field = shape.fields.get(key)
                if field is None:
                    continue
                if field.is_primitive:
                    found.append((value, key, field))
                else:
                    inner = one if isinstance(one, list) else [one]
                    waiting.extend((item, field.backbone or field.type) for item in inner)
        value, key, field = self._random.choice(found)
        edge = copy.deepcopy(self._random.choice(EDGES.get(field.type, EDGES["string"])))
        if field.is_list and isinstance(value[key], list):
            value[key] = [*value[key], edge] if self._random.random() < 0.5 else [edge]
        elif isinstance(value[key], str) and isinstance(edge, str) and self._random.random() < 0.15:
            value[key] += edge
        else:
            value[key] = edge
        return f"{field.type} {key}"

    def _identified(self, bundle: Json) -> str:
        """An identifier, a profile or a source that is written oddly."""
        resource: Json = self._random.choice(entries(bundle))["resource"]
        kind = self._random.choice(("identifier", "profile", "source", "language", "name", "unit", "reference"))
        if kind == "identifier":
            identifier = {"system": self._random.choice(_KINDS), "value": self._random.choice(EDGES["uri"])}
            references = [one for one in within(resource) if isinstance(one.get("reference"), str)]
            if references and self._random.random() < 0.7:
                self._random.choice(references)["identifier"] = identifier
            else:
                resource.setdefault("extension", []).append({"url": "http://x.dk/i", "valueIdentifier": identifier})
        elif kind == "profile":
            urls = (resource.get("meta") or {}).get("profile") or ["http://hl7.org/fhir/StructureDefinition/Patient"]
            ends = (
                "|",
                "|2.1.0",
                "|2.0.1",
                "|x",
                "||",
                " ",
                "\u00a0",
                "#",
                "#a",
                "|2.1.0|",
                "/",
                "|2.1",
                "|2",
                "| 2.1.0",
            )
            resource["meta"] = {"profile": [str(urls[0]) + self._random.choice(ends)]}
        elif kind == "source":
            name = self._random.choice(("source", "versionId", "lastUpdated"))
            types = {"source": "uri", "versionId": "id", "lastUpdated": "instant"}
            resource.setdefault("meta", {})[name] = self._random.choice(EDGES[types[name]])
        elif kind == "language":
            codes = (
                "da",
                "da-DK",
                "DA",
                "xx",
                "en-us",
                "en_US",
                "x-klingon",
                "zh-Hans",
                "sr-Latn-RS",
                "i-default",
                "d",
            )
            name = self._random.choice(("language", "implicitRules"))
            resource[name] = self._random.choice(codes if name == "language" else EDGES["uri"])
        elif kind == "name":
            holder = self._random.choice(list(within(resource)))
            holder[self._random.choice(_NAMES)] = self._random.choice(("x", 1, None, {}, [], {"id": "x"}))
        elif kind == "unit":
            units = (
                "kg",
                "g",
                "KG",
                "[lb_av]",
                "cm",
                "%",
                "1",
                "mm[Hg]",
                "10*3/uL",
                "{x}",
                "m/s2",
                "kg.m",
                "x",
                "",
                "Cel",
                "µg",
            )
            found = [one for one in within(bundle) if "value" in one and "unit" in one]
            if not found:
                return ""
            self._random.choice(found)["code"] = self._random.choice(units)
        else:
            references = [one for one in within(bundle) if isinstance(one.get("reference"), str)]
            if not references:
                return ""
            one = self._random.choice(references)
            ends = ("/_history/1", " ", "#a", "|1", "\u00a0", "/", "?x")
            one["reference"] = (
                one["reference"] + self._random.choice(ends)
                if self._random.random() < 0.5
                else self._random.choice(EDGES["uri"])
            )
        return kind

    def _value(self, field: Property, depth: int) -> Any:
        if field.is_primitive:
            return self._primitive(field.type)
        return self._object(field.backbone or field.type, depth)

    def _primitive(self, kind: str) -> Any:
        pool = EDGES[kind] if kind in EDGES and self._random.random() < 0.05 else SAMPLES.get(kind, ["x"])
        return copy.deepcopy(self._random.choice(pool))

    def _object(self, kind: str, depth: int) -> Any:
        """A value of a type with most of its elements."""
        shape = self._shapes.shape(kind)
        if shape is None:
            return {}
        if depth >= _DEEPEST or self._random.random() < 0.1 * depth:
            return copy.deepcopy(self._random.choice(SAMPLES.get(kind, [{"extension": SAMPLES["Extension"][:1]}])))
        made: Json = {}
        share = self._random.choice((0.15, 0.3, 0.6)) if depth == 0 else 0.2
        chosen: set[str] = set()
        for key, field in shape.fields.items():
            element = self._element(kind, field.name)
            is_asked = element is not None and element.min > 0
            is_more = key in {"id", "extension", "modifierExtension"}
            if (is_more and self._random.random() > 0.04) or field.choice in chosen:
                continue
            if not is_asked and self._random.random() > (share / 4 if field.choice else share):
                continue
            if field.choice:
                chosen.add(field.choice)
            code = self._code(element) if element is not None and field.type in {"code", "uri"} else None
            value = code if code is not None else self._value(field, depth + 1)
            made[key] = [value] if field.is_list else value
        return made

    def _element(self, path: str, name: str) -> Element | None:
        definition = self._definitions.fhir_type(path.partition(".")[0])
        return next((one for one in definition.elements if one.path == f"{path}.{name}"), None) if definition else None

    def _code(self, element: Element) -> str | None:
        """A code of the value set that an element is bound to, mostly."""
        if element.path == "Money.currency":
            return self._random.choice(CURRENCIES)
        if element.path.endswith(".system") and element.types[0].code == "uri":
            systems = ("http://unitsofmeasure.org", "urn:iso:std:iso:4217", "urn:ietf:rfc:3986", "http://x.dk", "x")
            return self._random.choice(systems)
        if element.binding is None or self._random.random() < 0.1:
            return None
        value_set = self._definitions.value_set(element.binding.value_set)
        codes: list[str] = []
        for portion in value_set.include if value_set is not None else ():
            system = self._definitions.code_system(portion.system)
            codes.extend(portion.codes or (system.codes if system is not None else ()))
        return self._random.choice(codes) if codes else None

    def _without(self, value: Json) -> None:
        if value:
            del value[self._random.choice(list(value))]

    def _other(self, value: Json) -> None:
        keys = [key for key, one in value.items() if not isinstance(one, (dict, list))]
        if keys:
            kind = self._random.choice(sorted(EDGES))
            value[self._random.choice(keys)] = copy.deepcopy(self._random.choice(EDGES[kind]))

    def _named_oddly(self, value: Json) -> None:
        value[self._random.choice(_NAMES)] = self._random.choice(("x", 1, None, {}, []))

    def _emptied(self, value: Json) -> None:
        if value:
            value[self._random.choice(list(value))] = self._random.choice((None, {}, [], "", [None], [{}]))

    def _with_companion(self, value: Json) -> None:
        if value:
            key = self._random.choice(list(value))
            more = self._random.choice(({"extension": SAMPLES["Extension"][:1]}, {"id": "x"}, {}, {"extension": []}))
            value[f"_{key}"] = copy.deepcopy(more)
            if self._random.random() < 0.5:
                del value[key]

    def _twice(self, value: Json) -> None:
        if value:
            key = self._random.choice(list(value))
            value[key] = [value[key], value[key]]

    def _of_another_type(self, value: Json) -> None:
        if value:
            key = self._random.choice(list(value))
            kind = self._random.choice([one for one in SAMPLES if one not in PRIMITIVES])
            value[key] = copy.deepcopy(self._random.choice(SAMPLES[kind]))
