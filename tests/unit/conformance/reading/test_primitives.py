"""The written form of FHIR's primitive types."""

from __future__ import annotations

from typing import Any

import pytest

from ldbu_desktop.conformance.reading.primitives import (
    FORMS,
    is_absolute,
    is_blank,
    is_id,
    is_real_date,
    is_system,
    text_of,
)
from ldbu_desktop.json_text import Written


def key(kind: str, text: str) -> str:
    found = FORMS[kind](text)
    return found.key.removeprefix("Type_Specific_Checks_DT_") if found is not None else ""


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("boolean", "true", ""), ("boolean", "True", "Boolean_Value"),
        ("integer", "0", ""), ("integer", "-5", ""), ("integer", "1.0", "Integer_Valid"), ("integer", "2147483647", ""),
        ("integer", "2147483648", "Integer_Valid"), ("integer", "-2147483648", ""), ("integer", "007",
        "Primitive_Regex_Type"),
        ("integer", "9" * 30, "Integer_Valid"),
        ("unsignedInt", "0", ""),
        ("unsignedInt", "-0", "Primitive_Regex_Type"),
        ("unsignedInt", "-1", "Integer_LT0"), ("unsignedInt", "x", "Integer_Valid"),
        ("positiveInt", "1", ""), ("positiveInt", "0", "Integer_LT1"), ("positiveInt", "-1", "Integer_LT1"),
        ("positiveInt", "x", "Integer_Valid"),
        ("decimal", "5.10E+3", ""), ("decimal", "-0.0", ""), ("decimal", "x", "Decimal_Valid"),
        ("decimal", "0e0", "Decimal_Valid"), ("decimal", "-00.1", "Decimal_Valid"),
        ("decimal", "+5",
        "Primitive_Regex_Type"),
        ("date", "2021", ""), ("date", "2021-08", ""), ("date", "2021-08-29", ""), ("date", "2021-02-30",
        "Date_Valid"), ("date", "0000", "Date_Valid"), ("date", "1500-02-29", ""), ("date", "1501-02-29", "Date_Valid"),
        ("date", "1900-02-29", "Date_Valid"), ("date", "9999-12-31", ""),
        ("dateTime", "2021-08-29T23:15:60Z", ""), ("dateTime", "2021-08-29T23:15:00", "DateTime_TZ"), ("dateTime",
        "2021-08-29T24:00:00Z", "DateTime_Valid"),
        ("dateTime", "2021-08-29T23:15:00+14:00", ""), ("dateTime", "2021-08-29T23:15:00+14:30", "DateTime_Valid"),
        ("dateTime", "2021-02-30", "DateTime_Valid"),
        ("instant", "2021-08-29T23:15:00.5Z", ""), ("instant", "2021-08-29", "DateTime_Regex"), ("instant",
        "2021-02-30T23:15:00Z", "Instant_Valid"),
        ("instant", "-2021-08-29T23:15:00Z", "Instant_Valid"),
        ("time", "10:00:00", ""), ("time", "10:00", "Time_Valid"),
        ("code", "a b", ""), ("code", "a  b", "Code_WS"), ("code", " a", "Code_WS"), ("code", "\u00a0", "Code_WS"),
        ("code", "a\u200bb", ""),
        ("id", "A.b-9", ""), ("id", "a_b", "ID_Valid"),
        ("string", "x", ""), ("string", "x" * (1024 * 1024 + 1), "String_Length"), ("markdown", "# x", ""),
        ("uri", "http://x.dk/a", ""), ("uri", "oid:1.2", "URI_OID"), ("uri", "uuid:1", "URI_UUID"), ("uri",
        "http://x y", "URI_WS"), ("uri", " x", "URI_WS"),
        ("uri", "urn:uuid:9403560d-97da-438d-9d64-3c25fbb230bb#x", ""), ("uri",
        "urn:uuid:9403560D-97DA-438D-9D64-3C25FBB230BB", "UUID_Valid"),
        ("uri", "urn:oid:1.2.208.176.1.2", ""), ("uri", "urn:oid:1.2", "OID_Valid"), ("uri", "urn:oid:1.3", ""),
        ("uri", "urn:oid:1.02.208.1", "OID_Valid"),
        ("uri", "a\u2028b", ""), ("uri", "http://x.dk/\u00a0b", ""), ("uri", "a\tb", "Primitive_Regex_Type"),
        ("uri", "\u00a0x", "URI_WS"), ("url", "relative", ""),
        ("canonical", "#x", ""), ("canonical", "http://x.dk|1", ""), ("canonical", "relative",
        "TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE"), ("canonical", "a b", "URI_WS"),
        ("oid", "urn:oid:1.2.208.176", ""), ("oid", "1.2.3", "OID_Start"), ("uuid", "urn:uuid:1", "UUID_Valid"),
        ("uuid", "1", "UUID_Strat"),
        ("uuid", "urn:uuid:9403560d-97da-438d-9d64-3c25fbb230bb#x", "Primitive_Regex_Type"),
        ("base64Binary", "aG Vq", ""), ("base64Binary", "aGV", "Base64_Valid"), ("base64Binary", "æøå",
        "Base64_Valid"), ("base64Binary", "A A A A", ""), ("base64Binary", "AAAA,", ""), ("base64Binary", "æAAA", ""),
        ("xhtml", "<", ""),
    ],
)  # fmt: skip
def test_a_text_has_the_form_of_its_type_or_not(kind: str, text: str, expected: str) -> None:
    assert key(kind, text) == expected


@pytest.mark.parametrize(
    ("value", "text"), [("x", "x"), (True, "true"), (False, "false"), (5, "5"), (Written("5.10"), "5.10")]
)
def test_scalars_as_fhir_sees_them(value: Any, text: str) -> None:
    assert text_of(value) == text


def test_what_addresses_are() -> None:
    assert [is_absolute(one) for one in ("http://x", "urn:x", "x", "x:", "a b:c", "Ab:c")] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]
    assert [is_system(one) for one in ("http://x", "https://x", "urn:x", "x")] == [True, True, True, False]
    assert [is_id(one) for one in ("a", "x" * 64, "x" * 65, "")] == [True, True, False, False]
    assert [is_blank(one) for one in ("", " \t", "\u2003", "\u00a0", "x")] == [True, True, True, False, False]
    assert [is_real_date(one) for one in ("2021", "2020-02-29", "2021-02-29", "2021-13-01")] == [
        True,
        True,
        False,
        False,
    ]
