"""Resources kept small: compressed against what most of them say, so that the little that is their own is left."""

from __future__ import annotations

import zlib
from typing import Any, Final

import msgspec

from ldbu_desktop.deliveries.content import in_one_form

_FAMILIAR: Final = (
    b'{"active":true,"identifier":[{"system":"urn:oid:1.2.208.176.1.2","use":"official","value":"'
    b'"}],"link":[{"other":{"reference":"RelatedPerson/"},"type":"seealso"}],'
    b'"managingOrganization":{"identifier":{"system":"urn:oid:1.2.208.176.1.1","use":"official","value":"'
    b'"}},"patient":{"reference":"Patient/'
    b'"},"relationship":[{"coding":[{"code":"PRN","system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode"}]}],'
    b'"item":[{"answer":[{"valueBoolean":false}],"linkId":"'
    b'"},{"answer":[{"valueInteger":0}],"linkId":"'
    b'"}],"questionnaire":"http://fhir.kl.dk/children/Questionnaire/klgateway-children-questionnaire-response"],'
    b'"status":"completed","activity":[{"detail":{"code":{"coding":[{"reasonCode":[{"coding":[{"code":"'
    b'"status":"unknown"}}],"intent":"plan","period":{"start":"-intervention"]},"CarePlan","status":"active",'
    b'{"class":{"code":"HH","system":"http://terminology.hl7.org/CodeSystem/v3-ActCode"},'
    b'"meta":{"profile":["http://fhir.kl.dk/children/StructureDefinition/klgateway-children-encounter"]},'
    b'"period":{"end":"2020-05-18T11:30:00+00:00","start":"2020-05-18T10:30:00+00:00"},'
    b'"resourceType":"Encounter","status":"finished","subject":{"reference":"Patient/'
    b'"},"type":[{"coding":[{"code":"","system":"http://fhir.kl.dk/term/CodeSystem/FBOE"}]}]}'
    b'{"category":[{"coding":[{"code":"vital-signs","system":"http://terminology.hl7.org/CodeSystem/'
    b'observation-category"}]}],"code":{"coding":[{"code":"29463-7","system":"http://loinc.org"},{"code":"'
    b'","system":"http://snomed.info/sct"}]},"dataAbsentReason":{"valueQuantity":{"code":"g","system":'
    b'"http://unitsofmeasure.org","unit":"g","value":"'
    b'","system":"http://fhir.kl.dk/term/CodeSystem/FBOE"}]},"effectiveDateTime":"2020-05-18T10:30:00+00:00",'
    b'"encounter":{"reference":"Encounter/'
    b'"},"meta":{"profile":["http://fhir.kl.dk/children/StructureDefinition/klgateway-children-observation"]},'
    b'"resourceType":"Observation","status":"final","subject":{"reference":"Patient/'
    b'"},"valueCodeableConcept":{"coding":[{"code":"","system":"http://fhir.kl.dk/term/CodeSystem/FBOE"}]}}'
)
"""What is often said comes last: it is found nearest. Other words here would pack otherwise, never tell otherwise."""
_QUICKLY: Final = 1
_RAW: Final = -zlib.MAX_WBITS


def packed(resource: Any) -> bytes:
    """A resource in few bytes; the same of two that say the same."""
    packing = zlib.compressobj(_QUICKLY, zlib.DEFLATED, _RAW, zdict=_FAMILIAR)
    return packing.compress(in_one_form(resource)) + packing.flush()


def text_of(packed_resource: bytes) -> bytes:
    """A packed resource as JSON, its names in order."""
    return zlib.decompressobj(_RAW, zdict=_FAMILIAR).decompress(packed_resource)


def unpacked(packed_resource: bytes) -> dict[str, Any]:
    """What a packed resource says."""
    told: dict[str, Any] = msgspec.json.decode(text_of(packed_resource))
    return told
