"""Whole reports with something changed: what is told, at which place, and that nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.engines import engine_for
from tests.unit.conformance.made import DELIVERY, Json, report, told, within

Change = Callable[[Json], object]
RES = "Bundle.entry[{}].resource"
PATIENT, SCHOOL, VISIT, FIRST = (RES.format(number) for number in range(4))
CARE = {"resourceType": "CarePlan", "id": "c", "status": "active", "intent": "plan"}


def after(change: Change, name: str = "school-entry") -> list[tuple[str, str]]:
    changed = report(name)
    change(changed)
    return told(changed)


def resource(kind: str, number: int = 0, **more: Any) -> Change:
    """Set parts of a resource; None removes one."""

    def change(report: Json) -> None:
        one = within(report, kind, number)
        for key, value in more.items():
            if value is None:
                one.pop(key, None)
            else:
                one[key] = value

    return change


def extension(holder: str, *extensions: Json, name: str = "extension") -> Change:
    return resource(holder, **{name: list(extensions)})


EXT = {"url": "http://example.org/e", "valueString": "x"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (resource("Patient", active=[]), [("This_property_must_be_an_simple_value_not_", f"{PATIENT}.active")]),
        (resource("Patient", identifier={}), [("This_property_must_be_an_Array_not_", f"{PATIENT}.identifier"),
            ("Object_must_have_some_content", f"{PATIENT}.identifier[0]"),
            ("Validation_VAL_Profile_Minimum_SLICE", PATIENT)]),
        (resource("Patient", link=[]), [("ARRAY_CANNOT_BE_EMPTY", f"{PATIENT}.link")]),
        (resource("Patient", active="true"), [("Error_parsing_JSON_the_primitive_value_must_be_a_boolean",
        f"{PATIENT}.active")]),
        (resource("Patient", alder=7), [("Unrecognised_property_", PATIENT)]),
        (resource("Patient", _active={"id": "x"}), []),
        (resource("Patient", _active={"id": 5}), [("Error_parsing_JSON_the_primitive_value_must_be_a_string",
        f"{PATIENT}.active.id")]),
        (resource("Patient", _active={}), [("Object_must_have_some_content", f"{PATIENT}.active")]),
        (resource("Patient", _active=[]), [("This_base_property_must_be_an_Array_not_", f"{PATIENT}.active")]),
        (resource("Patient", _active="x"), [("This_property_must_be_an_object_not_", f"{PATIENT}.active")]),
        (resource("Patient", meta={"profile": [None]}), [("NullPointerException", "Bundle")]),
        (resource("Patient", meta={"profile": [], "_profile": [None]}), [("NullPointerException", "Bundle")]),
        (resource("Patient", meta={"profile": [None], "_profile": [{"id": "x"}]}),
        [("NullPointerException", "Bundle")]),
        (resource("Patient", meta={"_profile": "x"}), [("NullPointerException", "Bundle")]),
        (resource("Patient", meta={"profile": ["http://example.org/none"]}), [("Validation_VAL_Profile_Unknown",
        f"{PATIENT}.meta.profile[0]")]),
        (resource("Patient", meta={"profile": ["http://hl7.org/fhir/StructureDefinition/DomainResource"]}), []),
        (resource("Patient", id="a_b"), [("BUNDLE_ENTRY_URL_MATCHES_TYPE_ID", "Bundle.entry"),
        ("Resource_RES_ID_Malformed_Chars", f"{PATIENT}.id")]),
        (resource("Patient", id=None), [("BUNDLE_ENTRY_URL_MATCHES_NO_ID", "Bundle.entry")]),
        (resource("Patient", language="da"), []),
        (resource("Patient", managingOrganization=None), [("Validation_VAL_Profile_Minimum", PATIENT)]),
        (resource("Patient", birthDate="2020-05-05"), [("Validation_VAL_Profile_Maximum", PATIENT)]),
        (resource("Location", status="planned"), [("Terminology_TX_NoValid_16", f"{SCHOOL}.status")]),
        (resource("Encounter", period={"start": "2021-08-30", "end": "2021-08-29"}), [("per-1", f"{VISIT}.period")]),
        (resource("Encounter", period={"start": "2021-08-29", "id": "x", "end": "2021-08-29"},
        identifier=[{"id": "x"}]), [("DUPLICATE_ID", f"{VISIT}.identifier[0]"), ("Validation_VAL_Profile_Maximum",
        VISIT)]),
        (resource("Patient", name=[{"text": "x"}, 5]), [("This_property_must_be__not_", f"{PATIENT}.name[1]"),
        ("Validation_VAL_Profile_Maximum", PATIENT)]),
    ],
)  # fmt: skip
def test_what_is_changed_is_told_where_it_is(change: Change, expected: list[tuple[str, str]]) -> None:
    assert sorted(after(change)) == sorted(expected)


@pytest.mark.parametrize(
    ("extensions", "name", "expected"),
    [
        ([EXT], "extension", []),
        ([{"url": "http://example.org/e"}], "extension", [("ext-1", f"{PATIENT}.extension[0]")]),
        ([{"valueString": "x"}], "extension", [("Extension_EXT_Url_NotFound", f"{PATIENT}.extension[0]"),
        ("Validation_VAL_Profile_Minimum", f"{PATIENT}.extension[0]")]),
        ([{"url": "near", "valueString": "x"}], "extension", [("Extension_EXT_URL_Absolute",
        f"{PATIENT}.extension[0]")]),
        ([{"url": "http://example.org/e", "extension": [{"url": "near", "valueString": "x"}]}], "extension", []),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "valueString": "x"}], "extension",
        [("Extension_EXT_Type", f"{PATIENT}.extension[0]"), ("Extension_PROF_Type",
        f"{PATIENT}.extension[0].value.ofType(string)")]),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "valueAddress": {"city": "x"}}],
        "extension", []),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace|4.0.1", "valueAddress": {"city": "x"}}],
        "extension", [("EXT_VER_URL_NOT_ALLOWED",
        f"{PATIENT}.extension[0][url='http://hl7.org/fhir/StructureDefinition/patient-birthPlace|4.0.1']")]),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace|5", "valueAddress": {"city": "x"}}],
        "extension", [("EXT_VER_URL_REVERSION",
        f"{PATIENT}.extension[0][url='http://hl7.org/fhir/StructureDefinition/patient-birthPlace|5']")]),
        ([{"url": "http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.x", "valueString": "x"}], "extension",
        [("Extension_EXT_Version_Invalid",
        f"{PATIENT}.extension[0][url='http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.x']")]),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/geolocation", "valueString": "x"}], "extension",
        [("Extension_EXTP_Context_Wrong", PATIENT), ("Extension_EXT_Type", f"{PATIENT}.extension[0]"),
        ("Validation_VAL_Profile_Maximum", f"{PATIENT}.extension[0]"), ("Validation_VAL_Profile_Minimum_SLICE",
        f"{PATIENT}.extension[0]")]),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "extension": [EXT]}], "extension",
        [("Extension_EXT_Simple_WRONG", f"{PATIENT}.extension[0]"), ("Validation_VAL_Profile_Minimum",
        f"{PATIENT}.extension[0]")]),
        ([{"url": "http://hl7.dk/fhir/core/StructureDefinition/dk-core-municipalityCodes", "extension": [EXT]}],
        "extension", [("Extension_EXTP_Context_Wrong", PATIENT), ("Validation_VAL_Profile_Maximum",
        f"{PATIENT}.extension[0]")]),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "id": "x"}], "extension",
        [("Extension_EXT_Simple_ABSENT", f"{PATIENT}.extension[0]"), ("Validation_VAL_Profile_Minimum",
        f"{PATIENT}.extension[0]"), ("ext-1", f"{PATIENT}.extension[0]")]),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace", "valueAddress": {"city": "x"}}],
        "modifierExtension", [("Extension_EXT_Modifier_Y",
        f"{PATIENT}.modifierExtension[0][url='http://hl7.org/fhir/StructureDefinition/patient-birthPlace']")]),
        ([{"url": "http://hl7.org/fhir/StructureDefinition/Patient", "valueString": "x"}], "extension",
        [("Extension_EXTP_Context_Wrong", PATIENT), ("Extension_EXT_Type", f"{PATIENT}.extension[0]")]),
    ],
)  # fmt: skip
def test_extensions_are_judged_by_their_definitions(extensions: list[Json], name: str, expected: list[Any]) -> None:
    found = set(after(extension("Patient", *extensions, name=name)))
    assert found >= set(expected)
    assert bool(found) == bool(expected)


def entry(**more: Any) -> Change:
    return lambda report: report["entry"][0].update(more)


def added(resource: Json) -> Change:
    full = f"http://example.org/{resource.get('resourceType')}/{resource.get('id')}"
    return lambda report: report["entry"].append({"fullUrl": full, "resource": resource})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (entry(fullUrl="relative"), ("BUNDLE_ENTRY_URL_ABSOLUTE", "Bundle.entry")),
        (entry(search={"mode": "match"}), ("Validation_VAL_Profile_Maximum", "Bundle.entry[0]")),
        (lambda report: report["entry"][0].pop("fullUrl"), ("BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED", "Bundle.entry[0]")),
        (lambda report: report.update(type="batch"), ("_DT_Fixed_Wrong", "Bundle.type")),
        (lambda report: report.update(entry=True), ("This_property_must_be_an_Array_not_", "Bundle.entry")),
        (added({"resourceType": "Condition", "id": "x"}), ("Bundle_BUNDLE_Entry_Type", "Bundle.entry[13].resource")),
        (added({"resourceType": "Nope", "id": "x"}),
        ("Contained_resource_does_not_appear_to_be_a_FHIR_resource_unknown_name_", "Bundle.entry[13].resource")),
        (added({"resourceType": "Bundle", "id": "x", "type": "collection",
        "entry": [{"resource": {"resourceType": "Patient", "x": 1}}]}), ("Unrecognised_property_",
        "Bundle.entry[13].resource.entry[0].resource")),
        (added({"resourceType": "Condition", "id": "x", "contained": [{"resourceType": "Patient", "x": 1}, {}],
        "subject": {}}), ("Unrecognised_property_", "Bundle.entry[13].resource.contained[0]")),
        (lambda report: report["entry"].append(dict(report["entry"][0])), ("bdl-7", "Bundle")),
        (lambda report: report["meta"].update(profile=["http://hl7.org/fhir/StructureDefinition/Patient"]),
        ("Validation_VAL_Profile_WrongType", "Bundle")),
    ],
)  # fmt: skip
def test_entries_are_judged(change: Change, expected: tuple[str, str]) -> None:
    assert expected in after(change)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ({"reference": "Patient/nowhere"}, "Reference_REF_NotFound_Bundle"),
        ({"reference": "Patient/ x"}, "REFERENCE_REF_INVALID_REF"),
        ({"reference": "#nowhere"}, "ref-1"),
        ({"reference": "Location/{school}"}, "Reference_REF_BadTargetType"),
        ({"reference": "Patient/{patient}", "type": "Location"}, "Reference_REF_WrongTarget"),
        ({"reference": "Patient/{patient}", "type": "Patient"}, ""),
        ({"reference": "DomainResource/x", "type": "Patient"}, "Reference_REF_BadTargetType"),
        ({"reference": "http://example.org/Resource/x", "type": "Patient"}, "Reference_REF_BadTargetType"),
        ({"reference": "Patient/{patient}/_history/1"}, "Reference_REF_NotFound_Bundle"),
        ({"reference": "http://example.org/x"}, "Reference_REF_NotFound_Bundle"),
        ({"reference": "x"}, "Reference_REF_Format2"),
        ({"display": "x"}, ""),
    ],
)
def test_references_lead_to_what_they_may(reference: Json, expected: str) -> None:
    def change(changed: Json) -> None:
        ids = {"patient": within(changed, "Patient")["id"], "school": within(changed, "Location")["id"]}
        within(changed, "Observation")["subject"] = {key: value.format(**ids) for key, value in reference.items()}

    found = after(change)
    assert {key for key, at in found if at.startswith(f"{FIRST}.subject") or at == f"{FIRST}.subject"} >= (
        {expected} if expected else set()
    )
    assert bool(found) == bool(expected)


def test_a_contained_resource_has_an_id_is_used_and_is_the_only_one_of_its_id() -> None:
    inner = {"resourceType": "Organization", "id": "c1", "name": "x"}
    found = after(resource("Observation", contained=[inner, inner, {"resourceType": "Organization", "name": "x"}]))
    assert {
        ("RESOURCE_DUPLICATE_CONTAINED_ID", f"{FIRST}.contained[1]"),
        ("Resource_RES_ID_Missing", f"{FIRST}.contained[2]"),
        ("CONTAINED_ORPHAN_DOM3", f"{FIRST}.contained[0]"),
    } <= set(found)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ({"resourceType": "Basic", "code": {"text": "x"}, "subject": {"reference": "#"}}, []),
        (
            {"resourceType": "Basic", "code": {"text": "x"}, "author": {"reference": "#"}},
            [("Reference_REF_BadTargetType", f"{FIRST}.contained[0].author")],
        ),
    ],
)
def test_a_contained_resource_may_refer_to_the_one_that_holds_it(inner: Json, expected: list[tuple[str, str]]) -> None:
    assert after(resource("Observation", contained=[{"id": "c1", **inner}])) == expected


def test_one_fault_is_told_once_with_all_that_follows() -> None:
    changed = report()
    within(changed, "Patient")["birthDate"] = "2020-05-05"
    (error,) = engine_for(shipped_standard()).check(json.dumps(changed).encode()).errors
    assert (error.key, error.code) == ("Validation_VAL_Profile_Maximum", "not-allowed-here")
    assert type_of(error).issue_severity == "error"
    places = [one.at for one in error.followers if one.key == "Reference_REF_CantMatchChoice"]
    assert places == sorted(set(places), key=places.index)
    assert f"{VISIT}.subject" in places
    assert ("gateway-children-report-1", "Bundle") in [(one.key, one.at) for one in error.followers]


def test_what_is_only_written_wrongly_makes_no_reference_fail() -> None:
    changed = report()
    within(changed, "Patient")["alder"] = 7
    (error,) = engine_for(shipped_standard()).check(json.dumps(changed).encode()).errors
    assert (error.code, error.followers) == ("unknown-property", ())


def test_numbers_of_malformed_items_are_those_of_the_text() -> None:
    changed = report()
    changed["entry"].insert(0, None)
    within_patient = changed["entry"][1]["resource"]
    within_patient["active"] = {}
    found = told(changed)
    assert ("This_property_must_be__not_", "Bundle.entry[0]") in found
    assert ("This_property_must_be_an_simple_value_not_", "Bundle.entry[1].resource.active") in found


def test_an_observation_without_a_profile_fits_one_or_none() -> None:
    changed = report()
    weight = next(one["resource"] for one in changed["entry"] if "valueQuantity" in one["resource"])
    del weight["meta"]
    assert told(changed) == []
    weight["valueQuantity"]["code"] = "mm"
    verdict = engine_for(shipped_standard()).check(json.dumps(changed).encode())
    assert [(one.key, one.code) for one in verdict.errors] == [("gateway-children-report-1", "fits-no-profile")]


def test_demanded_observations_are_missed() -> None:
    changed = report()
    changed["entry"] = [one for one in changed["entry"] if "valueQuantity" not in one["resource"]]
    verdict = engine_for(shipped_standard()).check(json.dumps(changed).encode())
    assert {one.key for one in verdict.errors} == {"gateway-children-report-weight", "gateway-children-report-height"}
    assert {one.code for one in verdict.errors} == {"demanded-observation-missing"}


def test_codes_of_other_kinds_are_judged_and_count_for_no_demand() -> None:
    changed = report()
    weight = next(one["resource"] for one in changed["entry"] if "valueQuantity" in one["resource"])
    weight["code"] = {"coding": [{"system": "http://loinc.org", "code": 7}]}
    visit = next(one["resource"] for one in changed["entry"] if one["resource"]["resourceType"] == "Encounter")
    visit["type"] = ["x", *visit["type"]]
    assert told(changed) == [
        ("This_property_must_be__not_", f"{VISIT}.type[0]"),
        ("Error_parsing_JSON_the_primitive_value_must_be_a_string", f"{FIRST}.code.coding[0].code"),
        ("_DT_Fixed_Wrong", f"{FIRST}.code.coding[0].code"),
        ("gateway-children-report-weight", "Bundle"),
    ]


def delivery(*reports: Json) -> Json:
    entries = [
        {"fullUrl": f"http://example.org/Bundle/r{number}", "resource": {**one, "id": f"r{number}"}}
        for number, one in enumerate(reports)
    ]
    return {
        "resourceType": "Bundle",
        "meta": {"profile": [DELIVERY]},
        "type": "collection",
        "timestamp": "2021-08-29T10:00:00Z",
        "entry": entries,
    }


def test_a_delivery_of_reports_is_judged_report_by_report() -> None:
    wrong = report("maternity")
    within(wrong, "Patient")["birthDate"] = "2020-05-05"
    assert told(delivery(report())) == []
    number = next(n for n, one in enumerate(wrong["entry"]) if "birthDate" in one["resource"])
    assert told(delivery(report(), wrong)) == [
        ("Validation_VAL_Profile_Maximum", f"Bundle.entry[1].resource.entry[{number}].resource")
    ]


@pytest.mark.parametrize("depth", [119, 400])
def test_very_deep_resources_come_to_an_end(depth: int) -> None:
    item: Json = {"linkId": "x"}
    for _ in range(depth):
        item = {"linkId": "x", "item": [item]}
    found = after(added({"resourceType": "QuestionnaireResponse", "id": "q", "status": "completed", "item": [item]}))
    assert ("Validation_VAL_Profile_Maximum" in {key for key, _ in found}) is True


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (entry(fullUrl=""), ("Type_Specific_Checks_DT_Primitive_NotEmpty", "Bundle.entry[0].fullUrl")),
        (resource("Observation", contained=[{"resourceType": "Organization", "id": 5}]),
        ("Resource_RES_ID_Malformed_Chars", "")),
        (added({"resourceType": "Bundle", "id": "x", "type": "collection", "entry": [{"fullUrl": 5}]}),
        ("Error_parsing_JSON_the_primitive_value_must_be_a_string", "Bundle.entry[13].resource.entry[0].fullUrl")),
        (extension("Patient", {"url": "http://hl7.org/fhir/StructureDefinition/geolocation", "id": "x"}),
        ("Extension_EXTP_Context_Wrong", PATIENT)),
        (resource("Patient",
        _active={"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/patient-birthPlace",
        "valueAddress": {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/geolocation",
        "valueString": "x"}]}}]}), ("Extension_EXTP_Context_Wrong", f"{PATIENT}.active")),
    ],
)  # fmt: skip
def test_what_is_rarer_is_told_as_well(change: Change, expected: tuple[str, str]) -> None:
    found = after(change)
    assert expected in found or (expected[1] == "" and expected[0] not in {key for key, _ in found} and found)


def test_entries_of_a_batch_need_no_full_url() -> None:
    def change(report: Json) -> None:
        report["type"] = "batch"
        del report["entry"][0]["fullUrl"]

    assert ("BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED", "Bundle.entry[0]") not in after(change)


def test_a_relative_reference_among_uuids_names_the_right_type() -> None:
    def change(report: Json) -> None:
        for entry in report["entry"]:
            entry["fullUrl"] = f"urn:uuid:{entry['resource']['id']}"
        within(report, "Encounter")["subject"]["reference"] = f"Location/{within(report, 'Patient')['id']}"

    assert ("Reference_REF_ResourceType", f"{VISIT}.subject") in after(change)


def test_a_reference_to_two_of_one_url_leads_to_several() -> None:
    def change(report: Json) -> None:
        report["entry"].append(json.loads(json.dumps(report["entry"][0])))

    assert ("Bundle_BUNDLE_MultipleMatches", f"{VISIT}.subject") in after(change)


def test_a_reference_with_a_version_leads_to_that_version() -> None:
    def change(report: Json) -> None:
        patient = within(report, "Patient")
        patient["meta"] = {"versionId": "1"}
        within(report, "Observation")["subject"]["reference"] = f"Patient/{patient['id']}/_history/1"

    assert ("Reference_REF_NotFound_Bundle", f"{FIRST}.subject") not in after(change)


def test_a_reference_from_the_bundle_itself_has_no_entry_to_start_from() -> None:
    def change(reference: str) -> Change:
        made = {"url": "http://example.org/e", "valueReference": {"reference": reference}}
        return lambda report: report.update(meta={**report["meta"], "extension": [made]})

    found = ("Bundle_BUNDLE_FullUrl_Missing", "Bundle.meta.extension[0].value.ofType(Reference)")
    assert found in after(change("Patient/x"))
    assert found not in after(change("http://example.org/Patient/x"))


@pytest.mark.parametrize("companion", ["x", [], None, 3, [{"id": "a"}]])
def test_a_full_url_falls_with_extensions_that_are_no_object(companion: object) -> None:
    changed = report("school-entry")
    changed["entry"][0]["_fullUrl"] = companion
    found = told(changed)
    assert ("BUNDLE_BUNDLE_ENTRY_FULLURL_REQUIRED", "Bundle.entry[0]") in found
    assert {at for key, at in found if key == "Reference_REF_NotFound_Bundle"} >= {
        f"{VISIT}.subject",
        f"{FIRST}.subject",
    }


@pytest.mark.parametrize(
    "companion", [{"id": "a"}, {"extension": [{"url": "http://example.org/e", "valueString": "x"}]}]
)
def test_a_full_url_may_have_extensions(companion: Json) -> None:
    changed = report("school-entry")
    changed["entry"][0]["_fullUrl"] = companion
    assert told(changed) == []
