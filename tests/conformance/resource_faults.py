"""Changes of a report that know what it holds: entries, visits, observations, plans, responses, foreign resources."""

from __future__ import annotations

import copy

from tests.conformance.faults import Lot, change, entries, one_of, resources, within
from tests.conformance.values import SAMPLES, Json, odd_extension


@change
def bundle_parts(lot: Lot, bundle: Json) -> str | None:
    """What stands in the bundle itself."""
    part = lot.of(
        {"type": lot.of("document", "message", "transaction", "batch", "batch-response", "transaction-response",
        "history", "searchset", "x", "", None, " collection")},
        {"total": lot.of(0, 1, -1)}, {"link": [{"relation": "self", "url": "http://x.dk"}]}, {"link": []},
        {"link": [{}]}, {"timestamp": lot.of("", None, 1, "x")},
        {"identifier": {"system": "http://x.dk", "value": "1"}}, {"identifier": {}},
        {"signature": {"who": {"display": "x"}}}, {"entry": lot.of([], None, {}, "x")},
        {"signature": {"type": [{"code": "x"}], "when": "2021-08-29T23:15:00Z", "who": {"display": "x"}}},
        {"contained": [{"resourceType": "Basic", "id": "x"}]},
        {"text": {"status": "generated", "div": "<div>x</div>"}}, {"extension": [odd_extension(lot.random)]},
        {"meta": None}, {"id": lot.of("", "æ", 1)},
    )  # fmt: skip
    bundle.update(part)
    if lot.random.random() < 0.3:
        del bundle[lot.of(*part)]
    if lot.random.random() < 0.15:
        bundle.pop(lot.of(*bundle))
    return str(part)


@change
def entry_parts(lot: Lot, bundle: Json) -> str | None:
    """What stands in an entry beside its resource."""
    entry = one_of(lot, entries(bundle))
    if entry is None:
        return None
    full = str(entry.get("fullUrl"))
    part = lot.of(
        {"search": {"mode": lot.of("match", "nope")}}, {"search": {}}, {"request": {"method": "POST",
        "url": "Patient"}}, {"request": {"method": "NOPE"}}, {"link": []},
        {"response": {"status": "200"}}, {"link": [{"relation": "self", "url": "http://x.dk"}]},
        {"fullUrl": full.replace("/", "//", 1)}, {"fullUrl": full.upper()},
        {"fullUrl": lot.of("", None, "x", " ", "urn:uuid:x", "urn:oid:1.2.3", f"{full}/", f"{full}/_history/1",
        f" {full}", f"{full}#x", "http://x.dk", 1, [], {}, f"{full}?x")},
        {"fullUrl": full.rpartition("/")[2]}, {"fullUrl": "/".join(full.split("/")[-2:])},
        {"fullUrl": full.replace("http:", "https:")}, {"id": "x"}, {"resource": None},
        {"fullUrl": str(lot.random.choice(entries(bundle)).get("fullUrl"))}, {"fullUrl": full.replace("http:",
        "ftp:")}, {"extension": [odd_extension(lot.random)]},
        {"modifierExtension": [odd_extension(lot.random)]}, {"resource": lot.of({}, [], "x", {"id": "x"},
        {"resourceType": "Nope", "id": "x"}, {"resourceType": "Patient"})},
    )  # fmt: skip
    entry.update(part)
    if lot.random.random() < 0.2:
        entry.pop(lot.of(*entry))
    return str(part)


@change
def entries_moved(lot: Lot, bundle: Json) -> str | None:
    """Entries that are missing, double, in another order, or empty."""
    held = bundle.get("entry")
    if not isinstance(held, list) or not held:
        return None
    one = lot.random.choice(held)
    how = lot.of("remove", "remove", "double", "double-other-id", "shuffle", "empty", "null", "reverse", "first")
    if how == "remove":
        held.remove(one)
    elif how == "shuffle":
        lot.random.shuffle(held)
    elif how == "reverse":
        held.reverse()
    elif how == "first":
        del held[lot.random.randrange(len(held)) :]
    elif how in {"empty", "null"}:
        held.insert(lot.random.randrange(len(held)), {} if how == "empty" else None)
    else:
        other = copy.deepcopy(one)
        if how == "double-other-id" and isinstance(other, dict) and isinstance(other.get("resource"), dict):
            kind, other["resource"]["id"] = other["resource"].get("resourceType"), "another"
            other["fullUrl"] = f"http://x.dk/{kind}/another"
        held.append(other)
    return str(how)


@change
def resource_id(lot: Lot, bundle: Json) -> str | None:
    """Another id, with or without the full URL and the references that go with it."""
    entry = one_of(lot, [one for one in entries(bundle) if isinstance(one.get("resource"), dict)])
    if entry is None:
        return None
    resource, old = entry["resource"], str(entry["resource"].get("id"))
    new = lot.of(
        "x",
        "A.b-9",
        "a_b",
        "a b",
        "æøå",
        "x" * 64,
        "x" * 65,
        "0",
        "",
        "urn:uuid:1",
        "a/b",
        *(str(one.get("id")) for one in resources(bundle)),
    )
    resource["id"] = new
    if lot.random.random() < 0.6:
        entry["fullUrl"] = str(entry.get("fullUrl")).replace(old, new)
    if lot.random.random() < 0.5:
        for one in within(bundle.get("entry")):
            if isinstance(one.get("reference"), str):
                one["reference"] = one["reference"].replace(old, new)
    return f"{old} {new}"


@change
def foreign_resource(lot: Lot, bundle: Json) -> str | None:
    """A resource of any type in an entry."""
    kind = lot.of(*lot.types)
    resource: Json = {"resourceType": kind, "id": "foreign"}
    resource.update(lot.of(
        {}, {"status": "active"}, {"code": {"text": "x"}}, {"subject": {"reference": "Patient/x"}},
        {"name": [{"text": "x"}]}, {"x": 1}, {"identifier": []},
        {"meta": {"profile": [lot.random.choice(lot.profiles)]}}, {"contentType": "text/plain", "data": "aGVq"},
        {"type": "collection", "entry": []},
        {"extension": [odd_extension(lot.random)]}, {"text": {"status": "generated", "div": "<div>x</div>"}},
        {"contained": [{}]},
    ))  # fmt: skip
    held = bundle.get("entry")
    if not isinstance(held, list):
        return None
    held.append({"fullUrl": f"http://x.dk/{kind}/foreign", "resource": resource})
    if lot.random.random() < 0.4:
        for one in resources(bundle):
            target = one.get(lot.of("subject", "encounter", "patient", "managingOrganization"))
            if isinstance(target, dict):
                target["reference"] = f"{kind}/foreign"
                break
    return str(resource)


@change
def nested_report(lot: Lot, bundle: Json) -> str | None:
    """A report in an entry, whole or not."""
    other = lot.of(*lot.bases)
    other.setdefault("id", "inner")
    if lot.random.random() < 0.5:
        other.pop(lot.of("meta", "timestamp", "type", "id", "entry"), None)
    held = bundle.get("entry")
    if isinstance(held, list):
        held.append({"fullUrl": f"http://x.dk/Bundle/{other.get('id')}", "resource": other})
    return "nested"


@change
def contained(lot: Lot, bundle: Json) -> str | None:
    """A resource within another: used or not, with what it may and may not have."""
    holder = one_of(lot, resources(bundle))
    if holder is None:
        return None
    inner = lot.other(lot.of("Patient", "Encounter", "Location", "CarePlan", "Observation")) or {}
    kind = lot.of("whole", "small", "odd", "foreign")
    if kind != "whole":
        inner = {"small": {"resourceType": lot.of("Patient", "Organization", "Practitioner", "Location", "Device")},
        "foreign": {"resourceType": lot.of(*lot.types)},
                 "odd": lot.of({}, {"resourceType": "Nope"}, {"id": "c1"}, None, "x", {"resourceType": "Patient",
                 "x": 1}, {"resourceType": ""})}[kind]  # fmt: skip
    if isinstance(inner, dict):
        inner["id"] = lot.of("c1", "c1", "c1", "#c1", "", "a b", holder.get("id"))
        inner.update(lot.of(
            {}, {}, {}, {"meta": {"versionId": "1"}}, {"meta": {"lastUpdated": "2021-08-29T23:15:00Z"}},
            {"text": {"status": "generated", "div": "<div/>"}},
            {"meta": {"security": [{"code": "x"}]}}, {"contained": [{"resourceType": "Patient", "id": "c2"}]},
            {"active": True}, {"language": "da"},
        ))  # fmt: skip
        if lot.random.random() < 0.2:
            inner.pop("id")
    holder["contained"] = lot.of([inner], [inner], [inner, inner], [inner, {"resourceType": "Patient", "id": "c2"}])
    references = [one for one in within(holder) if isinstance(one.get("reference"), str)]
    if references and lot.random.random() < 0.6:
        lot.random.choice(references)["reference"] = lot.of("#c1", "#c1", "#c1", "#", "#c2", "c1", "Patient/c1")
    elif lot.random.random() < 0.3:
        holder["extension"] = [{"url": "http://example.dk/ext", "valueReference": {"reference": lot.of("#c1", "#c2")}}]
    return str(inner)[:80]


@change
def visit(lot: Lot, bundle: Json) -> str | None:
    """Another type, class, status, place or time of a visit."""
    one = one_of(lot, resources(bundle, "Encounter"))
    if one is None:
        return None
    other = lot.other("Encounter") or one
    classes = ("HH", "AMB", "VR", "FLD", "EMER", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "NOPE", "hh", "")
    one.update(lot.of(
        {"type": other.get("type")}, {"type": other.get("type")}, {"class": other.get("class")},
        {"class": {"code": "HH"}}, {"class": {"display": "x"}},
        {"class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": lot.of(*classes)}},
        {"type": []}, {"class": [other.get("class")]},
        {"class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "HH", "version": "x",
        "display": "x"}}, {"type": [{"text": "x"}]},
        {"status": lot.of("planned", "in-progress", "finished", "entered-in-error", "cancelled", "final", "Finished")},
        {"location": other.get("location", [])},
        {"period": {"start": "2021-08-29", "end": "2021-08-29T10:00:00Z"}},
        {"period": {"start": "2021-08-29T10:00:00Z", "end": "2021-08-29"}}, {"period": {}},
        {"period": {"start": "2021-08", "end": "2021-08-29"}}, {"period": {"start": "2021-08-30",
        "end": "2021-08-29"}}, {"period": {"end": "2021-08-29"}},
        {"period": {"start": "2021-08-29T10:00:00+02:00", "end": "2021-08-29T08:00:00Z"}},
        {"period": {"start": "2021-08-29T10:00:00Z", "end": "2021-08-29T10:00:00.000Z"}},
        {"statusHistory": [{"status": "planned", "period": {"start": "2021"}}]},
        {"participant": [{"individual": {"display": "x"}}]}, {"priority": {"text": "x"}},
        {"length": {"value": 1, "unit": "min"}}, {"hospitalization": {"dischargeDisposition": {"text": "x"}}},
        {"diagnosis": [{"condition": {"display": "x"}}]},
        {"serviceProvider": {"display": "x"}}, {"reasonCode": [{"text": "x"}]}, {"basedOn": [{"display": "x"}]},
        {"partOf": {"reference": "Encounter/x"}}, {"subject": {}},
    ))  # fmt: skip
    return "visit"


@change
def observation(lot: Lot, bundle: Json) -> str | None:
    """Another value, reason, time, code or subject of an observation."""
    one = one_of(lot, resources(bundle, "Observation"))
    other = lot.other("Observation")
    if one is None or other is None:
        return None
    reason = {
        "coding": [
            {
                "system": "http://terminology.hl7.org/CodeSystem/data-absent-reason",
                "code": lot.of("unknown", "not-asked", "error", "nope"),
            }
        ]
    }
    value = next((key for key in other if key.startswith("value")), "valueString")
    how = lot.of("value", "reason", "both", "neither", "take", "code", "effective", "odd", "member", "kind", "profile")
    if how in {"value", "reason", "neither", "kind", "take"}:
        for key in [key for key in one if key.startswith("value") or key == "dataAbsentReason"]:
            del one[key]
    if how in {"value", "take"}:
        one[value] = other.get(value, "x")
    if how in {"reason", "both"}:
        one["dataAbsentReason"] = lot.of(
            reason,
            reason,
            {"text": "x"},
            {"coding": [{"code": "unknown"}]},
            {"coding": reason["coding"] * 2},
            {**reason, "text": "x"},
            [reason],
            {},
        )
    if how in {"code", "take"}:
        one["code"] = other.get("code")
    if how == "profile":
        one["meta"] = other.get("meta")
    if how == "kind":
        kind = lot.of(
            "Quantity",
            "CodeableConcept",
            "String",
            "Boolean",
            "Integer",
            "Range",
            "Ratio",
            "SampledData",
            "Time",
            "DateTime",
            "Period",
        )
        one[f"value{kind}"] = lot.of(*SAMPLES[kind if kind in SAMPLES else kind[0].lower() + kind[1:]])
    if how == "effective":
        for key in [key for key in one if key.startswith("effective")]:
            del one[key]
        one.update(lot.of({"effectivePeriod": {"start": "2021-08-29"}}, {"effectiveInstant": "2021-08-29T10:00:00Z"},
        {"effectiveTiming": {"event": ["2021-08-29"]}},
                          {"effectiveDateTime": lot.of("2021", "2021-08", "2021-08-29")}, {},
                          {"effectivePeriod": {"end": "2021-08-29"}}, {"effectivePeriod": {}},
                          {"effectiveDateTime": "2021-08-29", "effectivePeriod": {"start": "2021-08-29"}}))  # fmt: skip
    if how in {"odd", "member"}:
        one.update(lot.of(
            {"component": [{"code": {"text": "x"}, "valueString": "x"}]},
            {"hasMember": [{"reference": f"Observation/{other.get('id')}"}]}, {"interpretation": [{"text": "x"}]},
            {"component": [{"code": one.get("code"), "valueString": "x"}]}, {"bodySite": {"text": "x"}},
            {"method": {"text": "x"}}, {"issued": "2021-08-29T10:00:00Z"},
            {"referenceRange": [{"text": "x"}]}, {"referenceRange": [{"low": {"value": 2}, "high": {"value": 1}}]},
            {"referenceRange": [{}]}, {"note": [{"text": "x"}]},
            {"category": []}, {"category": [*one.get("category", []), {"text": "x"}]}, {"device": {"display": "x"}},
            {"performer": [{"display": "x"}]}, {"focus": [{"display": "x"}]},
            {"category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category",
            "code": lot.of("vital-signs", "survey", "nope")}]}]},
            {"status": lot.of("registered", "preliminary", "cancelled", "entered-in-error", "unknown", "FINAL",
            "finished")}, {"partOf": [{"display": "x"}]}, {"subject": {}},
            {"basedOn": [{"reference": "CarePlan/x"}]}, {"derivedFrom": [{"display": "x"}]},
            {"specimen": {"display": "x"}}, {"encounter": {"display": "x"}},
        ))  # fmt: skip
    return str(how)


@change
def response(lot: Lot, bundle: Json) -> str | None:
    """Questions and answers of a response."""
    one = one_of(lot, resources(bundle, "QuestionnaireResponse"))
    if one is None:
        return None
    items = one.get("item")
    item = one_of(lot, [one for one in items if isinstance(one, dict)] if isinstance(items, list) else [])
    kinds = lot.of(
        {"valueString": lot.of("", " ", "x" * 30, "x" * 31, "😀" * 15, "😀" * 16, "a\nb", "e\u0301" * 15, "x ")},
        {"valueInteger": lot.of(0, -1, 99, "1", 1.5)},
        {"valueBoolean": lot.of(True, "true")}, {"valueDecimal": 1.5}, {"valueDate": "2021"},
        {"valueCoding": {"code": "x"}}, {"valueQuantity": {"value": 1}}, {},
        {"valueString": "x", "valueInteger": 1}, {"valueUri": "http://x.dk"}, {"valueString": "x",
        "item": [{"linkId": "y"}]}, {"valueTime": "10:00:00"},
        {"valueAttachment": {"title": "x"}}, {"valueReference": {"display": "x"}}, {"valueString": "x",
        "extension": [odd_extension(lot.random)]}, {"id": "x"},
    )  # fmt: skip
    if item is not None and lot.random.random() < 0.7:
        item.update(lot.of(
            {"answer": [kinds]}, {"answer": [kinds]}, {"answer": [kinds]}, {"answer": []}, {"answer": [kinds, kinds]},
            {"item": [copy.deepcopy(item)]}, {"linkId": lot.of("", " ", None, "x", 1)},
            {"text": lot.of("x", "")}, {"definition": lot.of("http://x.dk", "x")}, {"answer": [kinds],
            "item": [{"linkId": "x"}]}, {"answer": kinds}, {"item": [{}]},
        ))  # fmt: skip
        return str(item)[:80]
    one.update(lot.of(
        {"questionnaire": lot.of("http://x.dk/q", "x", "", f"{one.get('questionnaire')}|2.1.0",
        f"{one.get('questionnaire')}#x", "urn:uuid:x", "#x", None)}, {"item": []},
        {"status": lot.of("in-progress", "completed", "amended", "entered-in-error", "stopped", "final", "")},
        {"authored": lot.of("2021", "2021-08-29T10:00:00", "x")},
        {"source": {"display": "x"}}, {"author": {"display": "x"}}, {"item": (items * 8)[: lot.of(35, 36,
        37)] if isinstance(items, list) else None}, {"basedOn": [{"display": "x"}]},
        {"subject": {"display": "x"}}, {"encounter": lot.of({"display": "x"}, {"reference": "Encounter/x"})},
        {"identifier": {"value": "x"}}, {"item": {"linkId": "x"}},
        {"extension": [{"url": "http://fhir.kl.dk/children/StructureDefinition/FindingInformer",
        "valueCodeableConcept": {"coding": [{"system": "x", "code": "y"}]}}]},
        {"extension": one.get("extension", []) * 2}, {"item": [{"linkId": "x"}]},
        {"item": [{"answer": [{"valueString": "x"}]}]},
    ))  # fmt: skip
    return "response"


@change
def person_or_plan(lot: Lot, bundle: Json) -> str | None:
    """What a citizen, parent, school or plan may not have, or may have otherwise."""
    one = one_of(
        lot,
        [found for kind in ("Patient", "RelatedPerson", "Location", "CarePlan") for found in resources(bundle, kind)],
    )
    if one is None:
        return None
    other = lot.other(str(one.get("resourceType"))) or one
    key = lot.of(*(key for key in other if key not in {"id", "resourceType"}))
    code = lot.of(
        {"text": "x"},
        {"coding": [{"system": lot.random.choice(lot.codes)[0], "code": lot.random.choice(lot.codes)[1]}]},
    )
    one.update(lot.of(
        {key: other[key]}, {"active": lot.of(False, "true", None)}, {"name": lot.of([{"text": "x"}], "x", [])},
        {"gender": lot.of("male", "mand")}, {"birthDate": "2020-05-05"},
        {"address": [{"text": "x"}]}, {"telecom": [{"value": "x"}]}, {"deceasedBoolean": lot.of(True, False)},
        {"contact": [{}]}, {"contact": [{"gender": "male"}]},
        {"link": [{"other": {"reference": "Patient/x"}, "type": lot.of("seealso", "refer", "nope")}]},
        {"link": [{"type": "seealso"}]}, {"communication": [{"language": {"text": "da"}}]},
        {"managingOrganization": {"display": "x"}}, {"relationship": [code]}, {"relationship": []},
        {"period": {"start": "2022", "end": "2021"}}, {"mode": lot.of("instance", "x")},
        {"type": [code]}, {"type": code}, {"status": lot.of("active", "suspended", "inactive", "completed", "on-hold",
        "draft", "unknown", "x")}, {"position": {"longitude": 1}},
        {"intent": lot.of("plan", "order", "proposal", "x")}, {"title": "x"}, {"category": [code]}, {"activity": []},
        {"activity": [{}]}, {"activity": one.get("activity", []) * 2},
        {"activity": [{"detail": {"status": lot.of("scheduled", "x"), "code": code}}]},
        {"activity": [{"reference": {"display": "x"}}]}, {"goal": [{"display": "x"}]},
        {"activity": [{"reference": {"display": "x"}, "detail": {"status": "scheduled"}}]},
        {"addresses": [{"display": "x"}]}, {"hoursOfOperation": [{"daysOfWeek": ["mon", "x"]}]},
    ))  # fmt: skip
    return str(key)
