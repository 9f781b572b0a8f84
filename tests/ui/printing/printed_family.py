"""A family of test persons with a visit that holds one of everything, for the page."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ldbu_desktop.journal.model import (
    EMPTY,
    Answer,
    Citizen,
    Entry,
    Family,
    Intervention,
    Observation,
    QuestionnaireResponse,
    School,
    Visit,
)
from ldbu_desktop.standard.catalogue import shipped_standard

STANDARD = shipped_standard()
ZONE = ZoneInfo("Europe/Copenhagen")
START = datetime(2020, 7, 7, 12, 45, tzinfo=ZONE)
TODAY = date(2026, 3, 1)
VISIT_TYPE = {visit_type.id: visit_type.code for visit_type in STANDARD.visit_types}


def said(value: Any) -> Any:
    """A value that is written in a file."""
    return Entry(value, str(value))


def code(variable: str, place: int = 0) -> Any:
    """A code that a variable may have."""
    return said(list(STANDARD.concepts(STANDARD.variable[variable]))[place])


def observed(variable: str, value: Any, unit: str = "", subject: str = "B1", key: str = "") -> Observation:
    """An observation that has the time of its visit."""
    written = said(unit) if unit else EMPTY
    return Observation(key or variable, said(variable), said(subject), value, written, status=said("final"))


WEIGHT = observed("weight", said(Decimal("5250")), "g")
HEIGHT = observed("height", said(Decimal("57.5")), "cm")
SLEEP = replace(observed("sleep", EMPTY), missing_reason=said("unknown"))
FEEDING = replace(
    observed("feeding", code("feeding")), is_period=True, start=said(date(2020, 5, 5)), end=said(date(2020, 6, 1))
)
MENTAL = observed("parent-mental-status", code("parent-mental-status"), subject="M1")
EXAM = observed("exam-result", code("exam-result"))
NEED = Intervention(
    "I1", said("B1"), code("intervention.code"), (code("intervention.reasons"),), said(date(2020, 7, 7)),
    status=said("active"),
)  # fmt: skip
EPDS = QuestionnaireResponse(
    "Q1", said("epds"), said("M1"), said(START), code("response.informer"), said("completed"),
    (Answer(said("10harm"), said(1)), Answer(said("score"), said(12))),
)  # fmt: skip
VISIT = Visit(
    "K1", said("B1"), said(VISIT_TYPE["2-months"]), said("HH"), said("finished"), said(START),
    said(START.replace(hour=14, minute=0)), EMPTY, (), (WEIGHT, HEIGHT, SLEEP, FEEDING, MENTAL, EXAM), (NEED,), (EPDS,),
)  # fmt: skip
CHILD = Citizen("B1", True, said("0505209996"), said("451000016003"))
MOTHER = Citizen("M1", False, said("2911829996"))
SCHOOL = School("S1", said("101001"))


def family(visit: Visit = VISIT, *citizens: Citizen) -> Family:
    """The family with one visit."""
    return Family("F1", citizens or (CHILD, MOTHER), schools=(SCHOOL,), visits=(visit,))
