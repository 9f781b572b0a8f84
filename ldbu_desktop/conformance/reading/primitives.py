"""The written form of FHIR's primitive types: what keeps a text from being a date, a code, a URI."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from ldbu_desktop.json_text import Written


class Malformed(NamedTuple):
    """What is wrong with a primitive value: the official kind of message and our own kind."""

    key: str
    code: str


Check = Callable[[str], Malformed | None]

_DATE: Final = r"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)(-(0[1-9]|1[0-2])(-(0[1-9]|[1-2][0-9]|3[0-1]))?)?"
_CLOCK: Final = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?"
_ZONE: Final = r"(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_DATE_PATTERN: Final = re.compile(_DATE)
_DATE_TIME: Final = re.compile(rf"{_DATE}((?<=-[0-9][0-9]-[0-9][0-9])T(?P<clock>{_CLOCK})(?P<zone>{_ZONE})?)?")
_INSTANT: Final = re.compile(rf"-?[0-9]{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])T{_CLOCK}{_ZONE}")
_STRICT_INSTANT: Final = re.compile(rf"{_DATE}T{_CLOCK}{_ZONE}")
_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)")
_ID: Final = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_OID: Final = re.compile(r"[0-2](\.(0|[1-9][0-9]*))+")
_DECIMAL: Final = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_LEADING_ZERO: Final = re.compile(r"[-+]?0[^.]")
_STRICT_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_INTEGER: Final = re.compile(r"-?[0-9]+")
_STRICT_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")
_CODE: Final = re.compile(r"[^\s]+(\s[^\s]+)*", re.ASCII)
_SPACE: Final = re.compile(r"\s", re.ASCII)
_PLAIN_URL: Final = re.compile(r"https?://[!-~]+")
_SCHEME: Final = re.compile(r"[a-z][a-z0-9_\[\]]*")
SYSTEM_OF_URIS: Final = "urn:ietf:rfc:3986"
"""The system of identifiers that are any URI."""
SYSTEM_OF_UUIDS: Final = "https://tools.ietf.org/html/rfc4122"
"""The system of identifiers that are a UUID."""
_SYSTEM_START: Final = ("http:", "https:", "urn:")
WHITE_SPACE: Final = "".join(
    map(chr, (9, 10, 11, 12, 13, 32, 133, 160, 5760, *range(8192, 8203), 8232, 8233, 8239, 8287, 12288))
)
_UNBREAKABLE: Final = "\x85\xa0\u2007\u202f"
_GREGORIAN: Final = 1582
_LONGEST_STRING: Final = 1024 * 1024
_LARGEST_INTEGER: Final = 2**31 - 1
_SMALLEST_INTEGER: Final = -(2**31)


def text_of(value: object) -> str:
    """A JSON scalar as the text that FHIR sees."""
    if isinstance(value, str):
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    return value.text if isinstance(value, Written) else str(value)


def is_blank(text: str) -> bool:
    """Whether there is nothing but white space; spaces that may not be broken are something."""
    return not text or (text.isspace() and not any(ch in _UNBREAKABLE for ch in text))


def is_absolute(url: str) -> bool:
    """Whether a URL names its scheme."""
    scheme, _, rest = url.partition(":")
    return bool(rest) and " " not in rest and _SCHEME.fullmatch(scheme) is not None


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID, without a prefix."""
    return _UUID.fullmatch(text) is not None


def has_scheme(text: str) -> bool:
    """Whether a text begins like a URI, whatever comes then."""
    scheme, colon, _ = text.partition(":")
    return bool(colon) and _SCHEME.fullmatch(scheme.lower()) is not None


def is_system(url: str) -> bool:
    """Whether a URL may name a code system or a system of identifiers."""
    return url.startswith(_SYSTEM_START)


def is_id(text: str) -> bool:
    """Whether ``text`` may be the id of a resource."""
    return _ID.fullmatch(text) is not None


def is_real_date(text: str) -> bool:
    """Whether the day exists, before 1582 by the Julian calendar; a year or a month alone always does."""
    if len(text) < 10:
        return True
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:10])
    if year < _GREGORIAN and (month, day) == (2, 29):
        return year % 4 == 0
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


_WRONG_TYPE: Final = Malformed("Type_Specific_Checks_DT_Primitive_Regex_Type", "wrong-form")


def _boolean(text: str) -> Malformed | None:
    return None if text in {"true", "false"} else Malformed("Type_Specific_Checks_DT_Boolean_Value", "wrong-boolean")


def _integer(text: str) -> Malformed | None:
    if not _INTEGER.fullmatch(text) or len(text) > 20 or not _SMALLEST_INTEGER <= int(text) <= _LARGEST_INTEGER:
        return Malformed("Type_Specific_Checks_DT_Integer_Valid", "wrong-integer")
    return None if _STRICT_INTEGER.fullmatch(text) else _WRONG_TYPE


def _unsigned(text: str) -> Malformed | None:
    found = _integer(text)
    if found is None and text.startswith("-"):
        return _WRONG_TYPE if text == "-0" else Malformed("Type_Specific_Checks_DT_Integer_LT0", "wrong-integer")
    return found


def _positive(text: str) -> Malformed | None:
    found = _integer(text)
    if found is None and (text.startswith("-") or text == "0"):
        return Malformed("Type_Specific_Checks_DT_Integer_LT1", "wrong-integer")
    return found


def _decimal(text: str) -> Malformed | None:
    if not _DECIMAL.fullmatch(text) or _LEADING_ZERO.match(text):
        return Malformed("Type_Specific_Checks_DT_Decimal_Valid", "wrong-decimal")
    return None if _STRICT_DECIMAL.fullmatch(text) else _WRONG_TYPE


def _date(text: str) -> Malformed | None:
    if _DATE_PATTERN.fullmatch(text) and is_real_date(text):
        return None
    return Malformed("Type_Specific_Checks_DT_Date_Valid", "wrong-date")


def _date_time(text: str) -> Malformed | None:
    matched = _DATE_TIME.fullmatch(text)
    if not matched or not is_real_date(text[:10]):
        return Malformed("Type_Specific_Checks_DT_DateTime_Valid", "wrong-date-time")
    if matched["clock"] and not matched["zone"]:
        return Malformed("Type_Specific_Checks_DT_DateTime_TZ", "zone-missing")
    return None


def _instant(text: str) -> Malformed | None:
    if not _INSTANT.fullmatch(text):
        return Malformed("Type_Specific_Checks_DT_DateTime_Regex", "wrong-instant")
    if not is_real_date(text[:10]):
        return Malformed("Type_Specific_Checks_DT_Instant_Valid", "wrong-instant")
    return None if _STRICT_INSTANT.fullmatch(text) else _WRONG_TYPE


def _time(text: str) -> Malformed | None:
    return None if _TIME.fullmatch(text) else Malformed("Type_Specific_Checks_DT_Time_Valid", "wrong-time")


def _code(text: str) -> Malformed | None:
    if text != text.strip(WHITE_SPACE) or "  " in text or any(ch in WHITE_SPACE and ch != " " for ch in text):
        return Malformed("Type_Specific_Checks_DT_Code_WS", "white-space")
    return None if _CODE.fullmatch(text) else _WRONG_TYPE


def _id(text: str) -> Malformed | None:
    return None if is_id(text) else Malformed("Type_Specific_Checks_DT_ID_Valid", "wrong-id")


def _string(text: str) -> Malformed | None:
    return Malformed("Type_Specific_Checks_DT_String_Length", "too-long") if len(text) > _LONGEST_STRING else None


def _uri(text: str) -> Malformed | None:
    if _PLAIN_URL.fullmatch(text):
        return None
    if text.startswith(("oid:", "uuid:")):
        kind = "OID" if text.startswith("oid:") else "UUID"
        return Malformed(f"Type_Specific_Checks_DT_URI_{kind}", "wrong-uri")
    if text != text.strip(WHITE_SPACE) or " " in text:
        return Malformed("Type_Specific_Checks_DT_URI_WS", "white-space")
    if text.startswith("urn:uuid:") and not _UUID.fullmatch(text[9:].partition("#")[0]):
        return Malformed("Type_Specific_Checks_DT_UUID_Valid", "wrong-uri")
    if text.startswith("urn:oid:"):
        oid = text[8:]
        if not _OID.fullmatch(oid) or not (oid.rfind(".") >= 4 or oid.startswith("1.3")):
            return Malformed("Type_Specific_Checks_DT_OID_Valid", "wrong-uri")
    return _WRONG_TYPE if _SPACE.search(text) else None


def _canonical(text: str) -> Malformed | None:
    found = _uri(text)
    if found is None and not text.startswith("#") and not is_absolute(text):
        return Malformed("TYPE_SPECIFIC_CHECKS_CANONICAL_ABSOLUTE", "wrong-uri")
    return found


def _oid(text: str) -> Malformed | None:
    return _uri(text) if text.startswith("urn:oid:") else Malformed("Type_Specific_Checks_DT_OID_Start", "wrong-uri")


def _uuid(text: str) -> Malformed | None:
    if not text.startswith("urn:uuid:"):
        return Malformed("Type_Specific_Checks_DT_UUID_Strat", "wrong-uri")
    return _uri(text) or (None if is_uuid(text[9:]) else _WRONG_TYPE)


def is_base64(text: str) -> bool:
    """Whether a text may be base64, by how many of its characters could be."""
    return sum(ch.isalnum() or ch in "+/=" for ch in text if ch not in WHITE_SPACE) % 4 == 0


def _base64(text: str) -> Malformed | None:
    if not is_base64(text):
        return Malformed("Type_Specific_Checks_DT_Base64_Valid", "wrong-base64")
    return None


def _anything(text: str) -> Malformed | None:
    return None


FORMS: Final[dict[str, Check]] = {
    "boolean": _boolean,
    "integer": _integer,
    "unsignedInt": _unsigned,
    "positiveInt": _positive,
    "decimal": _decimal,
    "date": _date,
    "dateTime": _date_time,
    "instant": _instant,
    "time": _time,
    "code": _code,
    "id": _id,
    "string": _string,
    "markdown": _string,
    "uri": _uri,
    "url": _uri,
    "canonical": _canonical,
    "oid": _oid,
    "uuid": _uuid,
    "base64Binary": _base64,
    "xhtml": _anything,
}
"""The check of each primitive type's text. It is never asked about a blank one."""

JSON_KINDS: Final[dict[str, type | tuple[type, ...]]] = {
    "boolean": bool,
    "integer": (int, Written),
    "unsignedInt": (int, Written),
    "positiveInt": (int, Written),
    "decimal": (int, Written),
}
"""Which JSON values a primitive type is written as; the others are strings."""
