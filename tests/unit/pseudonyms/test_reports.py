"""Reports written anew: their structure stays, and nobody is in them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ldbu_desktop.conformance.reading.primitives import SYSTEM_OF_UUIDS
from ldbu_desktop.json_text import Written
from ldbu_desktop.pseudonyms.families import Families
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.model import Choices
from ldbu_desktop.pseudonyms.people import CPR, People
from ldbu_desktop.pseudonyms.reports import ReportWriter, families_in
from ldbu_desktop.pseudonyms.secret import Secret, is_uuid
from ldbu_desktop.use_cases.standards import shipped_standard

STANDARD = shipped_standard()
SYSTEMS = STANDARD.header.systems
SECRET = Secret(b"k" * 32)
UUID = "7e176e20-f393-54c0-aa12-128bd4613fda"


def people(value: Any) -> People:
    """The people of a report."""
    families = Families()
    families_in(value, families, SYSTEMS["cpr"])
    return People(SECRET, families, Choices(), date(2026, 11, 28))


def written(value: dict[str, Any]) -> Any:
    """A report written anew."""
    return ReportWriter(KnownWords(), people(value), STANDARD).written(value)


def element(value: Any, name: str = "valueString") -> Any:
    """What stands instead of a value of an element."""
    return written({"resourceType": "Observation", name: value})[name]


def report(number: str, day: str) -> dict[str, Any]:
    """A report about one citizen with one day."""
    patient = {"resourceType": "Patient", "id": "p", "identifier": [{"system": SYSTEMS["cpr"], "value": number}]}
    return {"resourceType": "Bundle", "entry": [{"resource": {**patient, "id": number}}], "timestamp": day}


def test_each_report_of_a_delivery_is_moved_as_its_own_family_is() -> None:
    numbers = ("0505209996", "1203194996")
    delivery = {
        "resourceType": "Bundle",
        "entry": [{"resource": report(number, "2026-01-01")} for number in numbers],
    }
    by = people(delivery)
    told = ReportWriter(KnownWords(), by, STANDARD).written(delivery)
    days = [entry["resource"]["timestamp"] for entry in told["entry"]]
    assert days == [f"{date(2026, 1, 1) + timedelta(by.move((CPR, number))):%Y-%m-%d}" for number in numbers]
    assert days[0] != days[1]


@pytest.mark.parametrize("value", [True, None, 5250, 5.25])
def test_what_names_nobody_stays(value: Any) -> None:
    assert element(value) is value


def test_a_long_number_is_masked() -> None:
    told = element(505209996123)
    assert isinstance(told, Written)
    assert str(told) == "9" * 12
    for number in ("1e-99999999", "-1.5E+9999999", "-505209996123"):
        assert Decimal(str(element(Written(number)))).is_finite()


def test_identifiers_keep_their_kind() -> None:
    def identifier(system: str, value: str) -> str:
        told = written({"resourceType": "Organization", "identifier": [{"system": system, "value": value}]})
        new: str = told["identifier"][0]["value"]
        assert new != value
        return new

    assert len(identifier(SYSTEMS["sor"], "451000016003")) == 12
    assert identifier(SYSTEMS["sor"], "451000016003").isdigit()
    assert identifier("urn:oid:1", "AB-12").replace("-", "").isalnum()
    assert identifier("urn:oid:1", "0505209996") == identifier(SYSTEMS["cpr"], "0505209996")


def test_an_id_with_a_number_in_it_has_another_in_it() -> None:
    told = written({"resourceType": "Observation", "id": "p-0505209996"})
    assert "0505209996" not in told["id"]
    assert told["id"][-4:].isdigit()


@pytest.mark.parametrize(("value", "length"), [("2020-03", 7), ("2020", 4)])
def test_a_month_and_a_year_are_moved_and_stay_so_long(value: str, length: int) -> None:
    told = element(value, "birthDate")
    assert len(told) == length
    assert told[:4] in ("2019", "2020")


@pytest.mark.parametrize(
    ("value", "new"),
    [
        ("0000-01-05", "0000-02-31"),
        ("hos Anna", "zzz zzzz"),
        ("set 0505209996", "zzz 9999999999"),
        ("https://anna.dk", "https://zzzz.zz"),
    ],
)
def test_a_text_that_is_not_known_is_masked(value: str, new: str) -> None:
    assert element(value) == new


def test_references_name_what_they_named() -> None:
    own, other = SECRET.resource_id("anna"), SECRET.resource_id(UUID)

    def reference(text: str) -> str:
        new: str = written({"resourceType": "Observation", "subject": {"reference": text}})["subject"]["reference"]
        return new

    assert reference("Patient/anna") == f"Patient/{own}"
    assert reference("https://anna.dk/fhir/Patient/anna/_history/7").endswith(f"/Patient/{own}/_history/1")
    assert reference("#anna") == f"#{own}"
    assert reference("#") == "#"
    assert reference(f"urn:uuid:{UUID}") == f"urn:uuid:{other}"
    assert reference("Anna Hansen") == "zzzz zzzzzz"
    assert reference("https://anna") == "https://zzzz"
    assert reference("https://anna.dk/Annas/anna").endswith(f"/zzzzz/{own}")


def test_addresses_and_narratives_are_of_nobody() -> None:
    assert element(f"urn:uuid:{UUID}", "fullUrl") == f"urn:uuid:{SECRET.resource_id(UUID)}"
    assert "anna" not in element("<div>anna</div>", "div")


def test_an_element_that_fhir_has_not_loses_its_name() -> None:
    assert "annas" not in written({"resourceType": "Observation", "annas": 1})


@pytest.mark.parametrize("faulty", ["", "#c1", "a b", "x" * 65, "ø_1"])
def test_what_is_no_id_stays_none(faulty: str) -> None:
    made = written({"resourceType": "Patient", "id": faulty})["id"]
    assert len(made) == len(faulty)
    assert [sign for sign in made if not sign.isalnum()] == [sign for sign in faulty if not sign.isalnum()]
    assert made != faulty or not faulty


def test_an_address_of_a_version_stays_one_and_so_does_a_known_url_with_a_version() -> None:
    report = {"resourceType": "Bundle", "entry": [{"fullUrl": f"https://annas.dk/Patient/{UUID}/_history/20200505"}]}
    url = written(report)["entry"][0]["fullUrl"]
    base = f"https://pseudonym.invalid/{SECRET.other_word('https://annas.dk')}"
    assert url == f"{base}/Patient/{SECRET.resource_id(UUID)}/_history/1"
    known = next(iter(STANDARD.header.profiles.values()))
    assert element(f"{known}|2.1.0", "url") == f"{known}|2.1.0"
    assert "annas" not in element("https://annas.dk/x|2.1.0", "url")
    assert element(f"{known}|0505209996", "url") != f"{known}|0505209996"


def test_addresses_that_begin_alike_do_so_after_and_others_do_not() -> None:
    def url(told: str) -> str:
        return str(element(told, "fullUrl")).rpartition("/Patient/")[0]

    assert url(f"http://annas.dk/a/Patient/{UUID}") == url(f"http://annas.dk/a/Patient/{UUID[::-1]}")
    beginnings = ("http://annas.dk/a", "https://annas.dk/a", "http://annas.dk/b")
    assert len({url(f"{begins}/Patient/{UUID}") for begins in beginnings}) == len(beginnings)
    reference = element(f"http://annas.dk/a/Patient/{UUID}", "reference")
    assert reference == element(f"http://annas.dk/a/Patient/{UUID}", "fullUrl")
    assert "annas" not in reference


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("urn:oid:1.2.208.9", "urn:oid:2.9.999.9"),
        ("urn:oid:1.02", "urn:oid:9.99"),
        ("urn:oid:3.2", "urn:oid:9.9"),
        (
            "http://hl7.org/fhir/5.0/StructureDefinition/extension-Patient.x",
            "http://hl7.org/fhir/5.0/StructureDefinition/extension-zzzzzzz.z",
        ),
        (
            "http://fhir.kl.dk/rehab/StructureDefinition/klgateway-140-anna|2.2",
            "http://fhir.kl.dk/rehab/StructureDefinition/zzzzzzzzz-999-zzzz|9.9",
        ),
        ("urn:dk:anna", "urn:zz:zzzz"),
    ],
)
def test_what_an_address_is_judged_by_stays(address: str, expected: str) -> None:
    assert element(address, "url") == expected


def test_a_uuid_stays_one_where_it_must_be_one() -> None:
    def identifier(value: str) -> str:
        told = {"resourceType": "Patient", "identifier": [{"system": SYSTEM_OF_UUIDS, "value": value}]}
        made = written(told)["identifier"][0]
        assert made["system"] == SYSTEM_OF_UUIDS
        return str(made["value"])

    assert identifier(UUID) == SECRET.resource_id(UUID)
    assert identifier(f"urn:uuid:{UUID}") == f"urn:uuid:{SECRET.resource_id(UUID)}"
    assert identifier("/") == "/"
    assert not is_uuid(identifier("Anna 1"))
