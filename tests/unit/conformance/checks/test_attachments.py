"""Attachments, identifiers and security labels: what is judged by more than one element of them."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from typing import Any

import pytest

from tests.unit.conformance.made import report, told, within

URI, UUID = "urn:ietf:rfc:3986", "https://tools.ietf.org/html/rfc4122"


def keys(**extension: Any) -> list[str]:
    """What is wrong with a report whose citizen has an extension of this value."""
    changed = report()
    within(changed, "Patient")["extension"] = [{"url": "http://example.org/x", **extension}]
    return [key.removeprefix("TYPE_SPECIFIC_CHECKS_DT_") for key, _ in told(changed)]


def attachment(**more: Any) -> list[str]:
    return keys(valueAttachment={"contentType": "text/plain", **more})


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"data": "AAAA"}, []),
        ({"data": "AAAA", "size": 3}, []),
        ({"data": "AAA=", "size": 2}, []),
        ({"data": "AA==", "size": 1}, []),
        ({"data": "AA\nAA", "size": 3}, []),
        ({"data": "AAAAA===", "size": 3}, []),
        ({"data": "AAAA", "size": 4}, ["ATT_SIZE_CORRECT"]),
        ({"data": "AAAA", "hash": "AAAA"}, ["ATT_HASH_MISMATCH"]),
        ({"data": "aGVq", "hash": "AAAA", "size": 9}, ["ATT_SIZE_CORRECT", "ATT_HASH_MISMATCH"]),
        ({"data": "AAA", "size": 9}, ["Type_Specific_Checks_DT_Base64_Valid"]),
        ({"size": 9, "hash": "AAAA"}, []),
        ({"size": -1}, ["Type_Specific_Checks_DT_Integer_LT0", "ATT_SIZE_INVALID"]),
        ({}, []),
    ],
)
def test_size_and_hash_are_those_of_the_data(more: dict[str, Any], expected: list[str]) -> None:
    assert attachment(**more) == expected


def test_the_right_hash_is_right() -> None:
    right = b64encode(hashlib.sha1(b"hej", usedforsecurity=False).digest()).decode()
    assert attachment(data=b64encode(b"hej").decode(), hash=right) == []


@pytest.mark.parametrize(
    ("system", "value", "expected"),
    [
        (URI, "urn:x", []),
        (URI, "HTTP:", []),
        (URI, "x", ["IDENTIFIER_IETF_SYSTEM_VALUE"]),
        (URI, None, []),
        (UUID, "9403560d-97da-438d-9d64-3c25fbb230bb", []),
        (UUID, "urn:uuid:x", []),
        (UUID, "x", ["IDENTIFIER_IETF_SYSTEM_WRONG_1"]),
        ("http://x.dk", "x", []),
        ("x", "x", ["Type_Specific_Checks_DT_Identifier_System"]),
    ],
)
def test_a_number_is_written_as_its_system_has_it(system: str, value: str | None, expected: list[str]) -> None:
    assert keys(valueIdentifier={"system": system, **({"value": value} if value else {})}) == expected


def test_a_security_label_stands_once() -> None:
    changed = report()
    label = {"system": "http://example.org", "code": "a"}
    within(changed, "Patient")["meta"]["security"] = [label, {**label, "code": "b"}]
    assert told(changed) == []
    within(changed, "Patient")["meta"]["security"] = [label, label]
    assert told(changed) == [("META_RES_SECURITY_DUPLICATE", "Bundle.entry[0].resource.meta.security[1]")]


@pytest.mark.parametrize(
    ("contained", "key"),
    [
        ("x", "This_property_must_be_an_Array_not_"),
        (None, "This_property_must_be_an_Array_not_"),
        ([], "ARRAY_CANNOT_BE_EMPTY"),
    ],
)
def test_what_is_contained_that_is_no_list_is_told_once(contained: object, key: str) -> None:
    changed = report()
    within(changed, "Patient")["contained"] = contained
    assert told(changed) == [(key, "Bundle.entry[0].resource.contained")]


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59+14:00"]
)
def test_the_first_and_the_last_year_are_years(moment: str) -> None:
    changed = json.loads(json.dumps(report()))
    changed["timestamp"] = moment
    assert told(changed) == []


@pytest.mark.parametrize(("end", "expected"), [("|", ["unknown"]), ("|2.1.0", []), ("|9", ["unknown"])])
def test_a_profile_with_an_empty_version_is_none(end: str, expected: list[str]) -> None:
    changed = report()
    meta = within(changed, "Patient")["meta"]
    meta["profile"] = [f"{meta['profile'][0]}{end}"]
    assert [key.rpartition("_")[2].lower() for key, _ in told(changed)] == expected
