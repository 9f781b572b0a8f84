"""The JSON of reports, written anew: its structure stays, and of its texts only what is known to be nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from ldbu_desktop.conformance.reading.primitives import SYSTEM_OF_UUIDS
from ldbu_desktop.journal.identity import is_provisional
from ldbu_desktop.journal.readings import cpr
from ldbu_desktop.json_text import Written
from ldbu_desktop.pseudonyms.cells import masked
from ldbu_desktop.pseudonyms.days import is_clock_after, moved
from ldbu_desktop.pseudonyms.families import Families, Token
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.people import CPR, People
from ldbu_desktop.pseudonyms.secret import is_uuid
from ldbu_desktop.standard.model import Standard

_HOST: Final = "https://pseudonym.invalid"
_REFERENCE = re.compile(r"(?P<base>.*/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9\-.]{1,200})(?P<rest>/_history/.*)?")
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_VERSIONED = re.compile(r"(?P<url>[^|]+)\|\d{1,2}(?:\.\d{1,2}){0,2}")
_HISTORY: Final = "/_history/"
_UUID_URN: Final = "urn:uuid:"
_SCHEME = re.compile(r"(?:https?://|urn:(?:uuid:|oid:)?)")
_OID = re.compile(r"urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+")
_OF_ANOTHER_RELEASE: Final = r"http://hl7\.org/fhir/\d\.\d/StructureDefinition/extension-"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTH = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d))?")
_LONGEST_NUMBER: Final = 7
_DIV: Final = '<div xmlns="http://www.w3.org/1999/xhtml">z</div>'
_CITIZENS: Final = ("subject", "patient", "target", "other")
_ALONE: Final = frozenset(("Location", "Bundle"))
"""What belongs to no family: schools are shared by many."""


def families_in(value: Any, families: Families, cpr_system: str) -> None:
    """Find out who belongs together: whoever stands in one report."""
    for report in _reports(value):
        families.join(list(_tokens(report, cpr_system)))


def token_of(value: Any, cpr_system: str) -> Token:
    """The family that a report is about; of one about nobody, none that has anybody."""
    return next(_tokens(value, cpr_system), ("report", ""))


def _reports(value: Any) -> Iterator[Any]:
    """A report, or those of an incremental delivery."""
    entries = value.get("entry") if isinstance(value, dict) else None
    inner = [one.get("resource") for one in entries if isinstance(one, dict)] if isinstance(entries, list) else []
    bundles = [one for one in inner if isinstance(one, dict) and one.get("resourceType") == "Bundle"]
    yield from bundles or [value]


def _tokens(value: Any, cpr_system: str) -> Iterator[Token]:
    if isinstance(value, dict):
        kind, own = value.get("resourceType"), value.get("id")
        if isinstance(kind, str) and isinstance(own, str) and kind not in _ALONE:
            yield kind, own
        number = value.get("value")
        if isinstance(number, str) and (value.get("system") == cpr_system or is_provisional(number)):
            yield CPR, cpr(number) or number
        target = value.get("reference")
        if isinstance(target, str) and (found := _REFERENCE.fullmatch(target)) and found["type"] not in _ALONE:
            yield found["type"], found["id"]
        for part in value.values():
            yield from _tokens(part, cpr_system)
    elif isinstance(value, list):
        for part in value:
            yield from _tokens(part, cpr_system)


class ReportWriter:
    """Writes reports anew."""

    def __init__(self, words: KnownWords, people: People, standard: Standard) -> None:
        self._words, self._people = words, people
        systems = standard.header.systems
        guides = [re.escape(one.canonical) for one in standard.header.editions if one.canonical]
        # By these it is known which guide or release a report is written for.
        self._of_others = re.compile(rf"(?:{'|'.join(guides)})/StructureDefinition/|{_OF_ANOTHER_RELEASE}")
        self._cpr, self._registers = systems["cpr"], {systems[name] for name in ("sor", "school") if name in systems}

    def written(self, value: Any) -> Any:
        """A report, a delivery or a resource with other values."""
        entries = value.get("entry") if isinstance(value, dict) else None
        if isinstance(entries, list) and any(report is not value for report in _reports(value)):
            return self._value(value, "", 0)
        return self._value(value, "", self._days(value))

    def _days(self, report: Any) -> int:
        return self._people.move(token_of(report, self._cpr))

    def _value(self, value: Any, name: str, days: int) -> Any:
        if isinstance(value, dict):
            return self._object(value, days)
        if isinstance(value, list):
            return [self._value(part, name, days) for part in value]
        if isinstance(value, str):
            return self._text(value, name, days)
        if isinstance(value, bool) or value is None:
            return value
        text = str(value)
        if sum(map(str.isdigit, text)) <= _LONGEST_NUMBER:
            return value
        # The sign of an exponent goes with its mark: what is left is a number as well.
        told = masked(text).replace("z", "9")
        return Written(told[:1] + told[1:].replace("+", "").replace("-", ""))

    def _object(self, value: dict[str, Any], days: int) -> dict[str, Any]:
        if value.get("resourceType") == "Bundle" and not days:
            days = 0 if any(report is not value for report in _reports(value)) else self._days(value)
        written: dict[str, Any] = {}
        for name, part in value.items():
            new = name if self._words.is_element(name) else f"z{len(written)}"
            if name == "value" and isinstance(part, str) and isinstance(value.get("system"), str):
                written[new] = self._identifier(part, value["system"])
            elif name == "id" and isinstance(part, str):
                written[new] = self._id(part)
            else:
                written[new] = self._value(part, name, days)
        return written

    def _identifier(self, text: str, system: str) -> str:
        if system == self._cpr or is_provisional(text) or self._people.is_like_number(text):
            return self._people.number(text)
        if system in self._registers and len(text) > 1 and text.isascii() and text.isdigit():
            return self._people.secret.register_number(text)
        if system == SYSTEM_OF_UUIDS and (text.startswith(_UUID_URN) or is_uuid(text)):
            return self._address(text) if text.startswith(_UUID_URN) else self._id(text)
        return self._people.secret.like(text)

    def _id(self, text: str) -> str:
        if self._people.is_like_number(text) and not is_uuid(text):
            return self._people.within_key(text)
        # What is no id stays none: as long, with the signs that are not allowed in one.
        secret = self._people.secret
        return secret.resource_id(text) if _ID.fullmatch(text) else secret.like(text)

    def _text(self, text: str, name: str, days: int) -> str:
        if name == "reference":
            return self._reference(text)
        if name == "fullUrl":
            return self._address(text)
        if name == "div":
            return _DIV
        if self._words.is_known_in(name, text) and not self._people.is_born(text):
            return text
        if (versioned := _VERSIONED.fullmatch(text)) is not None and self._words.is_known_in(name, versioned["url"]):
            return text
        if self._people.is_like_number(text):
            return masked(text)
        if _DAY.match(text) and is_clock_after(text[10:]):
            return moved(text, days) or masked(text)
        if name != "code" and (month := _MONTH.fullmatch(text)):
            later = moved(f"{month['year']}-{month['month'] or '07'}-15", days) or masked(text)
            return later[: len(text)]
        begins = self._of_others.match(text) or _SCHEME.match(text)
        told = f"{begins[0]}{masked(text[begins.end() :])}" if begins is not None else masked(text)
        return told.replace("oid:9", "oid:2", 1) if _OID.fullmatch(text) else told

    def _reference(self, text: str) -> str:
        if text.startswith("#"):
            return f"#{self._id(text[1:])}" if text != "#" else text
        found = _REFERENCE.fullmatch(text)
        if found is None or not self._words.is_element(found["type"]):
            return self._address(text)
        base = f"{self._base(found['base'].removesuffix('/'))}/" if found["base"] else ""
        return f"{base}{found['type']}/{self._id(found['id'])}" + ("/_history/1" if found["rest"] else "")

    def _base(self, text: str) -> str:
        """What an address begins with: another one for another beginning, as references are told apart by it."""
        return f"{_HOST}/{self._people.secret.other_word(text)}"

    def _address(self, text: str) -> str:
        if text.startswith(_UUID_URN):
            return _UUID_URN + self._id(text[len(_UUID_URN) :])
        scheme = _SCHEME.match(text)
        if scheme is None or "/" not in text[scheme.end() :]:
            return masked(text) if scheme is None else f"{scheme[0]}{masked(text[scheme.end() :])}"
        address, of_version, _ = text.partition(_HISTORY)
        base, kind, own = ("", *address.rsplit("/", 2))[-3:]
        made = f"{self._base(base)}/{kind if self._words.is_element(kind) else masked(kind)}/{self._id(own)}"
        return f"{made}{_HISTORY}1" if of_version else made
