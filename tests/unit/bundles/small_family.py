"""A small family for tests: a school child with two parents, a visit with one of everything."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.journal.model import (
    EMPTY,
    Answer,
    Citizen,
    Entry,
    Family,
    Intervention,
    Journal,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    School,
    Visit,
)
from ldbu_desktop.standard.catalogue import shipped_standard

STANDARD = shipped_standard()
NOW = datetime(2021, 10, 6, 23, 30, tzinfo=UTC)
START = datetime(2021, 10, 6, 9, 15, tzinfo=ZoneInfo("Europe/Copenhagen"))
DAY = date(2021, 10, 6)
VISIT_TYPE = {visit_type.id: visit_type.code for visit_type in STANDARD.visit_types}


def said(value: Any) -> Any:
    """A value that is written in a file."""
    return Entry(value, str(value))


def code(value_set: str, place: int = 0) -> Any:
    """A code of a value set."""
    return said(STANDARD.value_set[value_set].concepts[place].code)


def concept(value_set: str, place: int = 0) -> dict[str, str]:
    """The coding of a concept of a value set."""
    found = STANDARD.value_set[value_set].concepts[place]
    return {"system": found.system, "code": found.code, "display": found.term}


WEIGHT = Observation(
    "O1", said("weight"), said("B1"), said(Decimal("23.50")), said("kg"), start=said(START), status=said("final")
)
HEIGHT = replace(WEIGHT, key="O2", variable=said("height"), value=said(Decimal("121.0")), unit=said("cm"))
SLEEP = Observation(
    "O3", said("sleep"), said("B1"), missing_reason=said("unknown"), start=said(DAY), status=said("final")
)
MENTAL = Observation(
    "O4", said("parent-mental-status"), said("F1"), code("ParentsMentalCodes"), start=said(DAY), status=said("final")
)
FEEDING = Observation(
    "O5", said("feeding"), said("B1"), code("FeedingResultsChildren"),
    start=said(date(2014, 1, 1)), end=said(START), is_period=True, status=said("final"),
)  # fmt: skip
NEED = Intervention(
    "I1", said("B1"), code("KLHealthNurseInterventions"),
    (code("KLHealthNurseConditions"), code("KLHealthNurseConditions", 1)),
    said(DAY), EMPTY, said("active"), said("scheduled"),
)  # fmt: skip
RESPONSE = QuestionnaireResponse(
    "Q1", said("puf"), said("B1"), said(START), code("FindingInformerCodes"), said("completed"),
    (Answer(said("8happy"), said(True)), Answer(said("score"), said(4)), Answer(said("x"), said("tekst"))),
)  # fmt: skip
VISIT = Visit(
    "K1", said("B1"), said(VISIT_TYPE["school-entry"]), said("HH"), said("finished"), said(START), EMPTY, said("S1"),
    (), (WEIGHT, HEIGHT, SLEEP, MENTAL, FEEDING), (NEED,), (RESPONSE,),
)  # fmt: skip
CITIZENS = (
    Citizen("F1", False, said("2911829996"), said("451000016003")),
    Citizen("B1", True, said("0505159995"), said("451000016003"), said(True)),
    Citizen("F2", False, said("1502829995"), said("451000016003")),
)
PARENTHOODS = (
    Parenthood("R1", said("F1"), said("B1"), said("PRN"), said(True)),
    Parenthood("R2", said("F2"), said("B1"), said("PRN")),
)
FAMILY = Family("B1", CITIZENS, PARENTHOODS, (School("S1", said("123456"), said("active")),), (VISIT,))


def journal(*visits: Visit, **changes: Any) -> Journal:
    """The journal of the family, with other visits or other parts."""
    family = replace(FAMILY, visits=visits or FAMILY.visits, **changes)
    return Journal((family,), system="tests")


def report(*visits: Visit, **changes: Any) -> BuiltReport:
    """The report of the family's visits."""
    source = journal(*visits, **changes)
    return ReportWriter(source, STANDARD, NOW).report(source.families[0].visits)


def resources(built: BuiltReport) -> dict[str, Any]:
    """The resources of a report by the key of their record."""
    return {
        record.key: entry["resource"]
        for record, entry in zip(built.records, built.bundle["entry"], strict=True)
        if record is not None
    }
