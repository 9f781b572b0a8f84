"""Makes faulty (and harmless) variants of valid reports: a change at any element, of many kinds, alone or in pairs.

The changes know FHIR's types but not what the profiles ask, so that they find what the engine forgot. The same seed
gives the same variants.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from ldbu_desktop.conformance.shapes import Field, Shapes

Json = dict[str, Any]
Path = tuple[str | int, ...]


class Variant(NamedTuple):
    """A changed report: by which operator, where, and its text."""

    operator: str
    where: str
    text: bytes


SAMPLES: dict[str, list[Any]] = {
    "boolean": [True, "true"],
    "integer": [3, -1, "3", 3.5],
    "unsignedInt": [0, -1],
    "positiveInt": [0, 2],
    "decimal": [1.5, 0, "1.5"],
    "string": ["tekst", " ", "", "x" * 40],
    "markdown": ["tekst"],
    "code": ["final", "official", "active", "da", "en-US", "xx", "not a code", " final"],
    "id": ["a1", "a_b", "x" * 70],
    "uri": ["http://example.dk/x", "urn:uuid:1", "urn:oid:1.2.3", "relative", "http://x y"],
    "url": ["http://example.dk/x"],
    "canonical": ["http://example.dk/x", "relative"],
    "oid": ["urn:oid:1.2.208.176", "1.2.3"],
    "uuid": ["urn:uuid:9403560d-97da-438d-9d64-3c25fbb230bb", "urn:uuid:9"],
    "instant": ["2021-08-29T23:15:00Z", "2021-08-29", "2021-08-29T23:15:00"],
    "dateTime": ["2021-08-29", "2021-08", "2021-08-29T23:15:00Z", "2021-08-29T23:15:00", "2021-02-30", "29-08-2021"],
    "date": ["2021-08-29", "2021", "2021-13-01", "2021-08-29T10:00:00Z"],
    "time": ["10:00:00", "10:00"],
    "base64Binary": ["aGVq", "a"],
    "Period": [{"start": "2021-08-29"}, {"start": "2021-08-30", "end": "2021-08-29"}, {"end": "2021-08-29"}, {}],
    "Coding": [
        {"system": "http://snomed.info/sct", "code": "27113001"},
        {"system": "http://fhir.kl.dk/term/CodeSystem/FBOE", "code": "nope"},
        {"system": "http://x.dk", "code": "1"},
        {"code": "1"},
        {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "NOPE"},
        {"system": "http://loinc.org", "code": "1-1"},
        {"system": "relative", "code": "1"},
        {"system": "https://snomed.info/sct", "code": "1"},
    ],
    "CodeableConcept": [
        {"text": "tekst"},
        {"coding": [{"system": "http://x.dk", "code": "1"}]},
        {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "NOPE"}]},
        {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]},
        {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "glemt"}]},
        {"coding": []},
    ],
    "Identifier": [
        {"system": "urn:oid:1.2.208.176.1.2", "value": "0505209996", "use": "official"},
        {"system": "urn:oid:1.2.208.176.1.1", "value": "451000016003", "use": "official"},
        {"system": "relative", "value": "1"},
        {"value": "1"},
        {"use": "nope", "value": "1"},
        {"type": {"coding": [{"system": "http://x.dk", "code": "1"}]}, "value": "2"},
    ],
    "Quantity": [
        {"value": 5100, "unit": "g", "system": "http://unitsofmeasure.org", "code": "g"},
        {"value": 54.5, "system": "http://unitsofmeasure.org", "code": "cm"},
        {"value": 1, "code": "cm"},
        {"value": 1, "system": "http://unitsofmeasure.org", "code": "lb"},
        {"value": 1, "comparator": "~"},
        {"value": 1, "comparator": "<", "unit": "g"},
    ],
    "Range": [{"low": {"value": 1}, "high": {"value": 2}}, {"low": {"value": 3}, "high": {"value": 2}}],
    "Ratio": [{"numerator": {"value": 1}}],
    "Reference": [
        {"reference": "Patient/nowhere"},
        {"reference": "#x"},
        {"display": "nogen"},
        {"identifier": {"system": "urn:oid:1.2.208.176.1.1", "value": "451000016003"}},
        {"reference": "http://eksempel.dk/fhir/Patient/1"},
        {"reference": "x"},
    ],
    "HumanName": [{"family": "Test", "use": "official"}, {"text": "Test", "use": "nope"}],
    "Address": [{"city": "Aarhus"}, {"use": "nope"}],
    "ContactPoint": [{"value": "1"}, {"system": "phone", "value": "1"}],
    "Annotation": [{"text": "note"}, {"authorString": "x"}],
    "Attachment": [{"data": "aGVq"}, {"contentType": "text/plain", "data": "aGVq"}],
    "Narrative": [
        {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">tekst</div>'},
        {"status": "generated", "div": "<div>tekst</div>"},
        {"status": "nope", "div": '<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>'},
        {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml"><script>x</script></div>'},
        {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml"> </div>'},
        {"div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'},
    ],
    "Meta": [{"versionId": "1"}, {"tag": [{"system": "http://x.dk", "code": "1"}]}, {"lastUpdated": "2021"}],
    "Extension": [
        {"url": "http://example.dk/ext", "valueString": "x"},
        {"url": "relative", "valueString": "x"},
        {"url": "http://example.dk/ext"},
        {"url": "http://example.dk/ext", "valueString": "x", "extension": [{"url": "y", "valueString": "z"}]},
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"},
        {"valueString": "x"},
        {"url": "http://fhir.kl.dk/children/StructureDefinition/FindingInformer", "valueString": "x"},
        {"url": "http://fhir.kl.dk/children/StructureDefinition/BasedOnInterventionExtension",
         "valueReference": {"reference": "CarePlan/nowhere"}},
    ],
    "Timing": [{"event": ["2021-08-29"]}, {"repeat": {"duration": 1}}],
    "SampledData": [{"origin": {"value": 1}, "period": 1, "dimensions": 1}],
    "Resource": [{"resourceType": "Basic", "id": "x", "code": {"text": "x"}}, {"resourceType": "Nope"}, {}],
}  # fmt: skip
SCALARS: list[Any] = [None, True, 0, 1.5, "", " ", "x", [], {}, ["x"], {"a": 1}, [[]], "1", "http://x.dk"]


class Mutator:
    """Changes reports; ``shapes`` say which elements a type may have."""

    def __init__(self, shapes: Shapes, bases: Sequence[Json], seed: int) -> None:
        self._shapes = shapes
        self._bases = bases
        self._random = random.Random(seed)  # noqa: S311 - the same seed must give the same variants
        self._operators: list[Callable[[Json], str | None]] = [
            self._remove, self._replace, self._edit, self._repeat, self._wrap, self._rename, self._add_unknown,
            self._add_element, self._add_element, self._add_element, self._add_element, self._add_companion, self._move,
            self._swap, self._swap, self._take_from, self._take_from, self._reorder, self._retype, self._resample,
            self._resample, self._add_entry, self._edit_entry, self._edit_number, self._edit_moment,
        ]  # fmt: skip

    def variants(self, count: int) -> Iterator[Variant]:
        """Changed reports: two thirds with one change, some with two, some with a change of the text itself."""
        made = 0
        while made < count:
            bundle = copy.deepcopy(self._random.choice(self._bases))
            changes = self._random.choice((1, 1, 1, 1, 2, 2, 3))
            names: list[str] = []
            for _ in range(changes):
                operator = self._random.choice(self._operators)
                where = operator(bundle)
                if where is not None:
                    names.append(f"{operator.__name__.strip('_')} {where}")
            if not names:
                continue
            text = json.dumps(bundle, ensure_ascii=False, indent=1).encode()
            if self._random.random() < 0.06:
                name, text = self._damage(text)
                names.append(name)
            made += 1
            yield Variant("+".join(name.partition(" ")[0] for name in names), "; ".join(names), text)

    def _nodes(self, bundle: Any) -> list[tuple[Path, Any, str | int, Any]]:
        """Every value in the bundle: path, holder, key, value."""
        found: list[tuple[Path, Any, str | int, Any]] = []
        waiting: list[tuple[Path, Any]] = [((), bundle)]
        while waiting:
            path, holder = waiting.pop()
            items: Any = holder.items() if isinstance(holder, dict) else enumerate(holder)
            for key, value in items:
                found.append(((*path, key), holder, key, value))
                if isinstance(value, (dict, list)):
                    waiting.append(((*path, key), value))
        return found

    def _any(self, bundle: Json, wanted: Callable[[Any], bool] = lambda _: True) -> tuple[Path, Any, Any, Any] | None:
        nodes = [node for node in self._nodes(bundle) if wanted(node[3])]
        return self._random.choice(nodes) if nodes else None

    def _remove(self, bundle: Json) -> str | None:
        node = self._any(bundle)
        if node is None:
            return None
        del node[1][node[2]]
        return _told(node[0])

    def _replace(self, bundle: Json) -> str | None:
        node = self._any(bundle)
        if node is None:
            return None
        node[1][node[2]] = copy.deepcopy(self._random.choice(SCALARS))
        return _told(node[0])

    def _edit(self, bundle: Json) -> str | None:
        node = self._any(bundle, lambda value: isinstance(value, str))
        if node is None:
            return None
        text = node[3]
        at = self._random.randrange(len(text) + 1)
        edits = (text + "x", text[:-1], text.upper(), text.lower(), text[:at] + " " + text[at:], text[1:], f" {text}",
                 text + "/_history/1", text[:at] + "æ" + text[at:], text[::-1], "0" + text, text + "\t")  # fmt: skip
        node[1][node[2]] = self._random.choice(edits)
        return _told(node[0])

    def _repeat(self, bundle: Json) -> str | None:
        node = self._any(bundle, lambda value: isinstance(value, list) and bool(value))
        if node is None:
            return None
        node[3].append(copy.deepcopy(self._random.choice(node[3])))
        return _told(node[0])

    def _wrap(self, bundle: Json) -> str | None:
        node = self._any(bundle)
        if node is None:
            return None
        value = node[3]
        node[1][node[2]] = value[0] if isinstance(value, list) and value else [value]
        return _told(node[0])

    def _rename(self, bundle: Json) -> str | None:
        node = self._any(bundle)
        if node is None or not isinstance(node[2], str):
            return None
        new = self._random.choice((node[2] + "x", node[2].capitalize(), "_" + node[2], node[2].lower(), "value", "id"))
        node[1][new] = node[1].pop(node[2])
        return _told(node[0])

    def _add_unknown(self, bundle: Json) -> str | None:
        node = self._any(bundle, lambda value: isinstance(value, dict))
        if node is None:
            return None
        key = self._random.choice(("comment", "fhir_comments", "value", "extension", "id", "_id", "resourceType", "x"))
        node[3][key] = copy.deepcopy(self._random.choice(SCALARS))
        return _told((*node[0], key))

    def _typed(self, bundle: Json) -> list[tuple[Path, Json, str]]:
        """Every object of a known type, with the type's name or path."""
        found: list[tuple[Path, Json, str]] = []
        waiting: list[tuple[Path, Any, str]] = [((), bundle, str(bundle.get("resourceType")))]
        while waiting:
            path, value, kind = waiting.pop()
            if kind == "Resource" and isinstance(value, dict):
                kind = str(value.get("resourceType"))
            shape = self._shapes.shape(kind)
            if shape is None or not isinstance(value, dict):
                continue
            found.append((path, value, kind))
            for key, one in value.items():
                field = shape.fields.get(key)
                if field is not None and not field.is_primitive:
                    items: Any = enumerate(one) if isinstance(one, list) else [(None, one)]
                    for index, item in items:
                        step = (key,) if index is None else (key, index)
                        waiting.append(((*path, *step), item, field.backbone or field.type))
        return found

    def _sample(self, field: Field, depth: int = 0) -> Any:
        if field.backbone:
            return self._backbone(field.backbone, depth)
        return copy.deepcopy(self._random.choice(SAMPLES.get(field.type, [{"text": "x"}, {}])))

    def _backbone(self, path: str, depth: int) -> Json:
        shape = self._shapes.shape(path)
        if shape is None or depth > 2:
            return {}
        keys = [key for key in shape.fields if key not in {"id", "extension", "modifierExtension"}]
        picked = self._random.sample(keys, k=min(len(keys), self._random.choice((1, 2, 3))))
        return {key: self._valued(shape.fields[key], depth + 1) for key in picked}

    def _valued(self, field: Field, depth: int = 0) -> Any:
        value = self._sample(field, depth)
        return [value] if field.is_list else value

    def _add_element(self, bundle: Json) -> str | None:
        path, value, kind = self._random.choice(self._typed(bundle))
        shape = self._shapes.shape(kind)
        keys = [key for key in shape.fields if key not in value] if shape else []
        if not keys or shape is None:
            return None
        key = self._random.choice(keys)
        value[key] = self._valued(shape.fields[key])
        return _told((*path, key))

    def _add_companion(self, bundle: Json) -> str | None:
        path, value, kind = self._random.choice(self._typed(bundle))
        shape = self._shapes.shape(kind)
        keys = (
            [
                key
                for key, field in shape.fields.items()
                if field.is_primitive and (key in value or not self._random.randrange(9))
            ]
            if shape
            else []
        )
        if not keys or shape is None:
            return None
        key = self._random.choice(keys)
        more: Any = self._random.choice(
            (
                {"extension": copy.deepcopy(SAMPLES["Extension"][:1])},
                {"id": "x"},
                {},
                {"extension": [SAMPLES["Extension"][4]]},
            )
        )
        value[f"_{key}"] = [more] if shape.fields[key].is_list else more
        if self._random.random() < 0.4:
            value.pop(key, None)
        return _told((*path, f"_{key}"))

    def _resample(self, bundle: Json) -> str | None:
        """Another value of the right type."""
        path, value, kind = self._random.choice(self._typed(bundle))
        shape = self._shapes.shape(kind)
        keys = [key for key in value if shape and key in shape.fields and not shape.fields[key].is_resource]
        if not keys or shape is None:
            return None
        key = self._random.choice(keys)
        value[key] = self._valued(shape.fields[key])
        return _told((*path, key))

    def _move(self, bundle: Json) -> str | None:
        node, target = self._any(bundle), self._any(bundle, lambda value: isinstance(value, dict))
        if node is None or target is None or not isinstance(node[2], str):
            return None
        target[3][node[2]] = copy.deepcopy(node[3])
        if self._random.random() < 0.5:
            node[1].pop(node[2], None)
        return _told(node[0])

    def _swap(self, bundle: Json) -> str | None:
        """The value that another element of the same name has."""
        node = self._any(bundle)
        if node is None:
            return None
        others = [one for one in self._nodes(bundle) if one[2] == node[2] and one[3] != node[3]]
        if not others:
            return None
        node[1][node[2]] = copy.deepcopy(self._random.choice(others)[3])
        return _told(node[0])

    def _take_from(self, bundle: Json) -> str | None:
        """A value of the same name from another report."""
        node = self._any(bundle)
        if node is None:
            return None
        others = [
            one for one in self._nodes(self._random.choice(self._bases)) if one[2] == node[2] and one[3] != node[3]
        ]
        if not others:
            return None
        node[1][node[2]] = copy.deepcopy(self._random.choice(others)[3])
        return _told(node[0])

    def _reorder(self, bundle: Json) -> str | None:
        node = self._any(bundle, lambda value: isinstance(value, list) and len(value) > 1)
        if node is None:
            return None
        self._random.shuffle(node[3])
        return _told(node[0])

    def _retype(self, bundle: Json) -> str | None:
        """A choice of types with another type."""
        path, value, kind = self._random.choice(self._typed(bundle))
        shape = self._shapes.shape(kind)
        keys = [key for key in value if shape and key in shape.fields and shape.fields[key].choice]
        if not keys or shape is None:
            return None
        key = self._random.choice(keys)
        others = [one for one, field in shape.fields.items() if field.choice == shape.fields[key].choice and one != key]
        other = self._random.choice(others)
        if self._random.random() < 0.8:
            del value[key]
        value[other] = self._valued(shape.fields[other])
        return _told((*path, other))

    def _add_entry(self, bundle: Json) -> str | None:
        entries = bundle.get("entry")
        others = self._random.choice(self._bases)["entry"]
        if not isinstance(entries, list):
            return None
        entries.insert(self._random.randrange(len(entries) + 1), copy.deepcopy(self._random.choice(others)))
        return "entry"

    def _edit_entry(self, bundle: Json) -> str | None:
        entries = bundle.get("entry")
        if not isinstance(entries, list) or not entries:
            return None
        entry = self._random.choice(entries)
        resource = entry.get("resource") if isinstance(entry, dict) else None
        if not isinstance(resource, dict):
            return None
        own = f"{resource.get('resourceType')}/{resource.get('id')}"
        edit = self._random.choice(("fullUrl", "meta", "id", "urn", "http", "type", "profile"))
        if edit == "meta":
            resource.pop("meta", None)
        elif edit == "id":
            resource["id"] = self._random.choice(("x", "a_b", "", 5))
        elif edit == "type":
            resource["resourceType"] = self._random.choice(
                ("Patient", "Observation", "Condition", "Organization", "Nope")
            )
        elif edit == "profile":
            others = [one["resource"]["meta"]["profile"] for one in self._random.choice(self._bases)["entry"]]
            resource["meta"] = {"profile": copy.deepcopy(self._random.choice(others))}
        else:
            entry["fullUrl"] = {
                "fullUrl": f"https://andet.dk/{own}", "urn": "urn:uuid:9403560d-97da-438d-9d64-3c25fbb230bb",
                "http": f"http://eksempel.dk/x/{own}/_history/1",
            }[edit]  # fmt: skip
        return f"entry {edit}"

    def _edit_number(self, bundle: Json) -> str | None:
        node = self._any(bundle, lambda value: isinstance(value, (int, float)) and not isinstance(value, bool))
        if node is None:
            return None
        node[1][node[2]] = self._random.choice((0, -1, 1.25, 54.0, 10**12, 1e30, 0.1, 5.55, 100, 7))
        return _told(node[0])

    def _edit_moment(self, bundle: Json) -> str | None:
        node = self._any(
            bundle, lambda value: isinstance(value, str) and value[:2] in {"19", "20"} and value[4:5] == "-"
        )
        if node is None:
            return None
        node[1][node[2]] = self._random.choice(
            ("2021-08-29", "2021-08", "2021", "2021-08-29T09:00:00Z", "2021-08-29T09:00Z", "2021-08-29T25:00:00Z",
             "2021-08-29T09:00:00+02:00", "2021-08-29T09:00:00.123456Z", "2021-08-29T09:00:00", "0021-08-29",
             "2021-02-29", "2021-2-3")
        )  # fmt: skip
        return _told(node[0])

    def _damage(self, text: bytes) -> tuple[str, bytes]:
        """A change that only the text shows."""
        at = self._random.randrange(len(text))
        line = text.rfind(b"\n", 0, at) + 1
        quote = text.find(b'"', at)
        damages: dict[str, bytes] = {
            "text-cut": text[:at],
            "text-comma": text.replace(b"\n  }", b",\n  }", 1),
            "text-array-comma": text.replace(b"\n   ]", b",\n   ]", 1),
            "text-comment": text[:line] + b"// note\n" + text[line:],
            "text-two": text + b"{}",
            "text-number": text.replace(b'"value": ', b'"value": 0', 1),
            "text-bom": b"\xef\xbb\xbf" + text,
            "text-control": text[: quote + 1] + b"\x01" + text[quote + 1 :],
            "text-escape": text[: quote + 1] + b"\\u00e6" + text[quote + 1 :],
            "text-slash": text.replace(b"http://", b"http:\\/\\/", 3),
            "text-backspace": text[: quote + 1] + b"\\b" + text[quote + 1 :],
            "text-duplicate": self._duplicated(text),
            "text-nan": text.replace(b'"value": ', b'"value": NaN, "x": ', 1),
            "text-single": text.replace(b'"status"', b"'status'", 1),
            "text-unquoted": text.replace(b'"status"', b"status", 1),
            "text-latin": text.replace("å".encode(), b"\xe5", 1),
        }
        name = self._random.choice(list(damages))
        return name, damages[name]

    def _duplicated(self, text: bytes) -> bytes:
        lines = text.split(b"\n")
        wanted = [n for n, line in enumerate(lines) if b'": "' in line and line.endswith(b",")]
        if not wanted:
            return text
        at = self._random.choice(wanted)
        return b"\n".join([*lines[: at + 1], lines[at], *lines[at + 1 :]])


def _told(path: Path) -> str:
    return "/".join(map(str, path))
