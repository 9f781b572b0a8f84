"""Changes of a report that know FHIR's rules: references, profiles, codes, identifiers, extensions, narratives.

They are made from what the base rules and the packages speak of, not from what reports use to have wrong.
"""

from __future__ import annotations

from tests.conformance.faults import CPR, Lot, change, entries, one_of, resources, within
from tests.conformance.values import COMPANIONS, DIVS, SAMPLES, SCALARS, Json, odd_extension


@change
def reference_form(lot: Lot, bundle: Json) -> str | None:
    """A reference written otherwise, or leading elsewhere."""
    holder = one_of(lot, [one for one in within(bundle.get("entry")) if isinstance(one.get("reference"), str)])
    if holder is None:
        return None
    old = holder["reference"]
    kind, _, own = old.rpartition("/")
    urls = [str(one.get("fullUrl")) for one in entries(bundle)]
    target = one_of(lot, resources(bundle)) or {}
    holder["reference"] = lot.of(
        f"/{old}", f"{old}/", f"{old}/_history/1", f"{old}/_history/2", f"{old}#x", f"#{own}", "#", f"{old}?x=1", own,
        kind,
        f"{kind}/{own.upper()}", f"{kind.lower()}/{own}", f"http://x.dk/{old}", f"https://x.dk/fhir/{old}/_history/3",
        f"urn:uuid:{own}", "urn:oid:1.2.3.4", f"Patient/{own}", f"Nope/{own}", f"Organization/{own}", f"./{old}",
        f"../{old}",
        f"{target.get('resourceType')}/{target.get('id')}", lot.random.choice(urls),
        f"{lot.random.choice(urls)}/_history/1",
        f"Patient?identifier={CPR}|0505209996", f"{old} ", f" {old}", old.replace("-", "_"), "http://", f"{old}|1.0",
        f"//{old}",
    )  # fmt: skip
    return f"{old} {holder['reference']}"


@change
def reference_parts(lot: Lot, bundle: Json) -> str | None:
    """What may stand beside or instead of a literal reference."""
    holder = one_of(lot, [one for one in within(bundle.get("entry")) if isinstance(one.get("reference"), str)])
    if holder is None:
        return None
    part = lot.of(
        {"type": "Patient"}, {"type": "Nope"}, {"type": "http://hl7.org/fhir/StructureDefinition/Patient"},
        {"type": ""}, {"type": "Observation"},
        {"display": "x"}, {"display": ""}, {"identifier": {"system": CPR, "value": "0505209996"}}, {"identifier": {}},
        {"id": "x"},
        {"identifier": {"value": "1", "assigner": {"display": "x"}}}, {"extension": [odd_extension(lot.random)]},
    )  # fmt: skip
    holder.update(part)
    if lot.random.random() < 0.4:
        del holder["reference"]
    return str(part)


@change
def reference_style(lot: Lot, bundle: Json) -> str | None:
    """Every full URL and reference written in another, allowed or odd, way."""
    style = lot.of("urn", "absolute", "mixed", "other-base", "urn-relative", "https", "no-base", "versioned")
    new: dict[str, str] = {}
    for number, entry in enumerate(entries(bundle)):
        resource = entry.get("resource")
        if not isinstance(resource, dict):
            continue
        name = f"{resource.get('resourceType')}/{resource.get('id')}"
        full = str(entry.get("fullUrl"))
        if style in {"urn", "urn-relative"} or (style == "mixed" and number % 2):
            full = f"urn:uuid:00000000-0000-4000-8000-{number:012d}"
        elif style == "other-base":
            full = f"http://x{number}.dk/{name}"
        elif style == "https":
            full = f"https://x.dk/fhir/{name}"
        elif style == "no-base":
            full = name
        elif style == "versioned":
            full = f"http://x.dk/{name}/_history/1"
        entry["fullUrl"] = full
        new[name] = full
    if style != "urn-relative":
        for one in within(bundle.get("entry")):
            if isinstance(one.get("reference"), str) and style in {"urn", "mixed", "absolute", "versioned"}:
                one["reference"] = new.get(one["reference"], one["reference"])
    return str(style)


@change
def meta(lot: Lot, bundle: Json) -> str | None:
    """What a resource says of itself."""
    resource = bundle if lot.random.random() < 0.3 else one_of(lot, resources(bundle))
    if resource is None:
        return None
    profile = lot.random.choice(lot.profiles)
    own = resource.get("meta", {}).get("profile", [""]) if isinstance(resource.get("meta"), dict) else [""]
    known = str(own[0]) if isinstance(own, list) and own else ""
    kind = resource.get("resourceType")
    resource["meta"] = lot.of(
        {"profile": [profile]}, {"profile": [known, profile]}, {"profile": [known, known]},
        {"profile": [f"{known}|2.1.0"]},
        {"profile": [f"{known}|9.9"]}, {"profile": [f"{known}#x"]}, {"profile": []}, {"profile": [""]},
        {"profile": known}, {}, [], None,
        {"profile": [f"http://hl7.org/fhir/StructureDefinition/{kind}"]},
        {"profile": ["http://hl7.org/fhir/StructureDefinition/vitalsigns"]},
        {"profile": ["http://hl7.org/fhir/StructureDefinition/DomainResource"]}, {"profile": ["http://x.dk/nowhere"]},
        {"profile": [" "]},
        {"profile": ["x"]}, {"profile": ["urn:uuid:1"]}, {"profile": [{}]}, {"profile": [None]}, {"profile": [1]},
        {"profile": [known], "x": 1},
        {"profile": [known], "versionId": "1"}, {"profile": [known], "versionId": "a b"}, {"profile": [known],
        "lastUpdated": "2021-08-29"},
        {"profile": [known], "lastUpdated": "2021-08-29T23:15:00Z"}, {"profile": [known], "source": "http://x.dk"},
        {"profile": [known], "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
        "code": lot.of("N", "NOPE")}]},
        {"profile": [known], "security": [{"system": "http://x.dk", "code": "1"}]}, {"profile": [known],
        "tag": [{"display": "x"}]},
        {"profile": [known], "security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode",
        "code": lot.of("HTEST", "HH", "NOPE")}]},
        {"profile": [known], "tag": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason",
        "code": lot.of("HTEST", "NOPE")}]},
        {"profile": [known], "extension": [odd_extension(lot.random)]}, {"profile": [known], "source": "relative"},
        {"source": " "},
    )  # fmt: skip
    return str(resource["meta"])


@change
def common_parts(lot: Lot, bundle: Json) -> str | None:
    """What any resource may have."""
    resource = bundle if lot.random.random() < 0.3 else one_of(lot, resources(bundle))
    if resource is None:
        return None
    more = lot.of(
        {"language": lot.of("da", "da-DK", "en", "DA", "xx", "da_DK", "dansk", "", "x-klingon", "zh-Hans-CN", "da-",
        "tlh", "sv-SE")},
        {"implicitRules": lot.of("http://x.dk/rules", "", "relative", "http://hl7.org/fhir")},
        {"_implicitRules": {"extension": [odd_extension(lot.random)]}},
        {"_language": {"extension": [odd_extension(lot.random)]}}, {"_id": lot.of(*COMPANIONS)},
        {"modifierExtension": [odd_extension(lot.random)]},
        {"extension": [odd_extension(lot.random)]}, {"extension": []}, {"modifierExtension": [{}]}, {"id": lot.of("",
        "a b", "x" * 65, "A.b-9", 1, None)},
        {"resourceType": lot.of("", None, "Resource", "DomainResource", resource.get("resourceType"), "patient", 1,
        ["Patient"])}, {"_resourceType": {"id": "x"}},
    )  # fmt: skip
    resource.update(more)
    return str(more)


@change
def narrative(lot: Lot, bundle: Json) -> str | None:
    """The text of a resource."""
    resource = one_of(lot, resources(bundle))
    if resource is None:
        return None
    status = lot.of("generated", "extensions", "additional", "empty", "nope", "")
    resource["text"] = {"status": status, "div": lot.random.choice(DIVS)}
    if lot.random.random() < 0.1:
        resource["text"]["_div"] = lot.of(*COMPANIONS)
    return str(resource["text"])


@change
def companion(lot: Lot, bundle: Json) -> str | None:
    """Extensions of a primitive, beside its value or instead of it."""
    holders = [
        (one, key)
        for one in within(bundle)
        for key, value in one.items()
        if not isinstance(value, dict) and key[0] != "_"
    ]
    holder, key = lot.random.choice(holders)
    holder[f"_{key}"] = lot.of(*COMPANIONS)
    if isinstance(holder[key], list) and lot.random.random() < 0.6:
        holder[f"_{key}"] = lot.of([holder[f"_{key}"]], [None, holder[f"_{key}"]], [holder[f"_{key}"], None])
        holder[key] = lot.of(holder[key], [*holder[key], None], [None, *holder[key]], [])
    elif lot.random.random() < 0.4:
        del holder[key]
    return f"{key} {holder[f'_{key}']}"


@change
def extension(lot: Lot, bundle: Json) -> str | None:
    """An extension anywhere, or a known one made otherwise."""
    holder = lot.random.choice([one for one in within(bundle) if not one.keys() & {"div"}])
    name = lot.of("extension", "extension", "extension", "modifierExtension")
    made = odd_extension(lot.random)
    known = [one for one in within(bundle) if isinstance(one.get("url"), str)]
    if known and lot.random.random() < 0.3:
        holder = lot.random.choice(known)
        for key in [key for key in holder if key.startswith("value")] if lot.random.random() < 0.7 else []:
            del holder[key]
        holder.update({key: value for key, value in made.items() if key != "url" or lot.random.random() < 0.3})
    elif isinstance(holder.get(name), list) and lot.random.random() < 0.7:
        holder[name].append(made)
    else:
        holder[name] = [made]
    return f"{name} {made}"


@change
def coding(lot: Lot, bundle: Json) -> str | None:
    """A code of another system, or a system, version or term written otherwise."""
    held = [
        one
        for one in within(bundle.get("entry"))
        if "code" in one and "system" in one and isinstance(one["system"], str)
    ]
    one = one_of(lot, held)
    if one is None:
        return None
    system, code = lot.random.choice(lot.codes)
    if lot.random.random() < 0.4:
        one.update(system=system, code=code)
    elif lot.random.random() < 0.3:
        one.update(code=code)
    else:
        one.update(lot.of(
            {"version": "1"}, {"version": ""}, {"display": "x"}, {"display": ""}, {"display": " "},
            {"display": str(one.get("display")).upper()},
            {"userSelected": True}, {"userSelected": "true"}, {"system": f"{one['system']}/"},
            {"system": one["system"].replace("http:", "https:")},
            {"system": one["system"].upper()}, {"system": f" {one['system']}"}, {"system": f"{one['system']}|1"},
            {"system": ""}, {"system": "urn:oid:1.2.3.4"},
            {"system": one["system"].replace("CodeSystem", "ValueSet")}, {"system": "x"}, {"code": f"{one['code']} "},
            {"code": str(one["code"]).lower()},
            {"code": str(one["code"]).upper()}, {"code": ""}, {"code": None}, {"code": 1}, {"system": None},
            {"system": "urn:iso:std:iso:3166"}, {"id": "x"},
            {"system": "http://unitsofmeasure.org"}, {"system": "http://hl7.org/fhir/ValueSet/observation-status"},
            {"system": "http://hl7.org/fhir/sid/icd-10"},
            {"version": "http://snomed.info/sct/554471000005108"}, {"extension": [odd_extension(lot.random)]},
            {"system": "urn:uuid:1"},
        ))  # fmt: skip
        if lot.random.random() < 0.2:
            one.pop(lot.of(*one), None)
    return str(one)


@change
def concept(lot: Lot, bundle: Json) -> str | None:
    """Codings beside each other: more, fewer, in another order, or none."""
    held = [one for one in within(bundle.get("entry")) if isinstance(one.get("coding"), list) and one["coding"]]
    one = one_of(lot, held)
    if one is None:
        return None
    system, code = lot.random.choice(lot.codes)
    more = lot.of(
        {"system": system, "code": code},
        {"code": code},
        {"system": system},
        {"display": "x"},
        {},
        one["coding"][0],
        None,
        "x",
    )
    lot.of(
        lambda: one["coding"].append(more), lambda: one["coding"].insert(0, more), lambda: one.update(coding=[more]),
        lambda: one["coding"].reverse(),
        lambda: one.update(text=lot.of("x", "", " ", None, 1)), lambda: one.pop("coding"), lambda: one.update(text="x",
        coding=[]),
        lambda: one["coding"].pop(), lambda: one.update(coding=one["coding"] * 3),
        lambda: one.pop("coding") and one.update(text="x"),
    )()  # fmt: skip
    return str(one)


@change
def identifier(lot: Lot, bundle: Json) -> str | None:
    """An identifier with other parts, or one more."""
    held = [
        one
        for one in within(bundle.get("entry"))
        if isinstance(one.get("value"), str) and "system" in one and "unit" not in one
    ]
    one = one_of(lot, held)
    if one is None:
        return None
    one.update(lot.of(
        {"value": lot.of("0505209996", "050520-9996", "0505209997", "3105209996", "3005209996", "0013209996",
        "05052099960", "050520999", " 0505209996",
                         "451000016003", "45100001600", "4510000160", "4510000160031234", "x", "", " ", "123",
                         "0000000000", "2902219996", "3202219996")},
        {"use": lot.of("official", "usual", "temp", "secondary", "old", "nope", "")},
        {"system": lot.of("urn:oid:1.2.208.176.1.1", CPR, "x", "", "http://x.dk",
                       "urn:oid:1.2.208.176.1.6.1.3", "https://x.dk", "urn:oid:1.2.208.176.1.5",
                       "urn:oid:1.2.208.176.1.4", "urn:oid:1.2.208.176.9.1")},
        {"type": {"text": "x"}}, {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203",
        "code": lot.of("NI", "MR", "NOPE")}]}},
        {"type": {}}, {"period": {"start": "2021"}}, {"period": {"start": "2022", "end": "2021"}},
        {"assigner": {"display": "x"}}, {"assigner": {}},
        {"assigner": {"reference": lot.of("Organization/x", "Patient/x", "#x")}}, {"x": 1}, {"id": "x"},
        {"extension": [odd_extension(lot.random)]},
        {"type": {"coding": [{"system": "http://x.dk", "code": "1"}]}},
    ))  # fmt: skip
    return str(one)


@change
def more_identifiers(lot: Lot, bundle: Json) -> str | None:
    """Identifiers beside each other."""
    resource = one_of(
        lot, [one for one in resources(bundle) if isinstance(one.get("identifier"), list)] or resources(bundle)
    )
    if resource is None:
        return None
    held = resource.setdefault("identifier", [])
    if isinstance(held, list):
        held.insert(
            lot.of(0, 9),
            lot.of(
                *SAMPLES["Identifier"],
                *held,
                {},
                {"system": CPR, "value": "x"},
                {"system": "urn:oid:1.2.208.176.1.6.1.3", "value": "1"},
            ),
        )
    return str(held)


@change
def quantity(lot: Lot, bundle: Json) -> str | None:
    """A quantity with other parts."""
    one = one_of(lot, [one["valueQuantity"] for one in resources(bundle) if isinstance(one.get("valueQuantity"), dict)])
    if one is None:
        return None
    forms = (
        "0",
        "-1",
        "-0",
        "5100.0",
        "5100.00",
        "54.5",
        "54.50",
        "54.55",
        "5.45e1",
        "545e-1",
        "1e400",
        "1E3",
        "1e-5",
        "100000000000000000000",
        "0.1",
        "54.0",
    )
    one.update(lot.of(
        {"value": f"@number:{lot.random.choice(forms)}@"}, {"value": lot.of("54", "54,5", "x", "", None, True)},
        {"comparator": lot.of("<", "<=", ">=", ">", "~", "", "ad")},
        {"unit": lot.of("gram", "", " ", "KG", None, 1)}, {"system": lot.of("http://unitsofmeasure.org/",
        "urn:oid:2.16.840.1.113883.6.8", "x", "", "http://x.dk")},
        {"code": lot.of("kg", "g", "cm", "m", "lb", "[lb_av]", "KG", "gram", "mm", "", "1", "g{vægt}", "kg.m", "cm ",
        "{score}", "mg", "ug", "dag", "in", "[in_i]")},
        {"extension": [odd_extension(lot.random)]}, {"x": 1}, {"value": f"@number:{lot.random.choice(forms)}@",
        "unit": "x"}, {"id": "x"},
    ))  # fmt: skip
    if lot.random.random() < 0.3:
        one.pop(lot.of(*one))
    return str(one)


@change
def scalar_list(lot: Lot, bundle: Json) -> str | None:
    """Lists that are empty, or hold what no list of the kind holds."""
    holder, key = one_of(
        lot, [(one, key) for one in within(bundle) for key, value in one.items() if isinstance(value, list)]
    ) or (None, "")
    if holder is None:
        return None
    held = holder[key]
    holder[key] = lot.of(
        [], [[]], [held], [None], [*held, None], [None, *held], [*held, {}], [{}, *held], [*held, "x"], {}, None, "",
        [*held, []], [lot.of(*SCALARS)], held[:1], held * 2
    )  # fmt: skip
    return f"{key} {holder[key]}"
