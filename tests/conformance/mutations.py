"""Makes faulty (and harmless) variants of valid reports: a change at any element, of many kinds, alone or in pairs.

The changes know FHIR's types but not what the profiles ask, so that they find what the engine forgot. The same seed
gives the same variants.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import tests.conformance.report_faults
import tests.conformance.resource_faults  # noqa: F401 - both bring their changes
from ldbu_desktop.conformance.reading.shapes import Property, TypeShapes
from ldbu_desktop.standard.profiles import CodeSystem, Definitions, Profile
from tests.conformance.faults import CHANGES, Lot
from tests.conformance.text_faults import damaged
from tests.conformance.values import ODD, SAMPLES, SCALARS, Json, as_text

Path = tuple[str | int, ...]


class Variant(NamedTuple):
    """A changed report: by which operator, where, and its text."""

    operator: str
    where: str
    text: bytes


class Mutator:
    """Changes reports; ``definitions`` say which elements a type may have, and which codes and profiles there are."""

    def __init__(self, definitions: Definitions, bases: Sequence[Json], seed: int) -> None:
        self._shapes = TypeShapes(definitions)
        self._bases = bases
        self._random = random.Random(seed)  # noqa: S311 - the same seed must give the same variants
        self._lot = Lot(self._random, bases, _codes(definitions), _profiles(definitions), _resource_types(definitions))
        general: list[Callable[[Json], str | None]] = [
            self._remove, self._replace, self._edit, self._repeat, self._wrap, self._rename, self._add_unknown,
            self._add_element, self._add_element, self._add_element, self._add_element, self._add_companion, self._move,
            self._swap, self._swap, self._take_from, self._take_from, self._reorder, self._retype, self._resample,
            self._resample, self._odd_value, self._odd_value, self._odd_value, self._odd_value, self._add_entry,
            self._edit_entry,
        ]  # fmt: skip
        informed = [partial(one, self._lot) for one in CHANGES]
        self._operators = {_name(one): one for one in (*general, *informed)}
        self._names = [_name(one) for one in (*general, *informed, *informed)]

    def variants(self, count: int) -> Iterator[Variant]:
        """Changed reports: two thirds with one change, some with two, some with a change of the text itself."""
        made = 0
        while made < count:
            found = self._variant()
            if found is not None:
                made += 1
                yield found

    def _variant(self) -> Variant | None:
        bundle = copy.deepcopy(self._random.choice(self._bases))
        names: list[str] = []
        for _ in range(self._random.choice((1, 1, 1, 1, 2, 2, 3))):
            name = self._random.choice(self._names)
            try:
                where = self._operators[name](bundle)
            except (AttributeError, IndexError, KeyError, TypeError):
                continue  # what an earlier change left is no longer of the kind that this one expects
            if where is not None:
                names.append(f"{name} {where}")
        text = as_text(bundle)
        if self._random.random() < 0.08:
            name, text = damaged(text, self._random)
            names.append(name)
        return Variant("+".join(name.partition(" ")[0] for name in names), "; ".join(names), text) if names else None

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

    def _sample(self, field: Property, depth: int = 0) -> Any:
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

    def _valued(self, field: Property, depth: int = 0) -> Any:
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

    def _odd_value(self, bundle: Json) -> str | None:
        """A value at the edge of what its primitive type allows."""
        found: list[tuple[Path, Json, str, Property]] = []
        for path, value, kind in self._typed(bundle):
            shape = self._shapes.shape(kind)
            fields = shape.fields if shape else {}
            found.extend((path, value, key, fields[key]) for key in value if key in fields and fields[key].is_primitive)
        path, value, key, field = self._random.choice(found)
        odd = copy.deepcopy(self._random.choice(ODD.get(field.type, SCALARS)))
        value[key] = [odd] if field.is_list else odd
        return _told((*path, key))


def _told(path: Path) -> str:
    return "/".join(map(str, path))


def _name(operator: Callable[..., Any]) -> str:
    plain: Any = operator.func if isinstance(operator, partial) else operator
    return str(plain.__name__).strip("_")


def _codes(definitions: Definitions) -> list[tuple[str, str]]:
    """Some codes of every code system that reports can meet, as system and code."""
    found: list[tuple[str, str]] = []
    for file in definitions.files:
        for url in sorted(file.code_systems):
            system: CodeSystem | None = definitions.code_system(url)
            found.extend((url, code) for code in (system.codes[:40] if system else ()))
    return found


def _profiles(definitions: Definitions) -> list[str]:
    return sorted(url for file in definitions.files for url in file.profiles)


def _resource_types(definitions: Definitions) -> list[str]:
    """Every type of resource that there is."""
    found: set[str] = set()
    definitions.fhir_type("Nowhere")  # so that the file with all types is read
    for file in definitions.files:
        for url in file.profiles:
            profile: Profile | None = definitions.profile(url)
            if profile is not None and profile.kind == "resource" and not profile.is_constraint:
                found.add(profile.type)
    return sorted(found)
