"""A made-up journal for tests of case files: families with a few visits, and what else a journal holds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ldbu_desktop.journal.model import (
    Carried,
    Citizen,
    DeliveryReport,
    Entry,
    Family,
    Intervention,
    Journal,
    Note,
    Observation,
    Origin,
    QuestionnaireResponse,
    SourceFile,
    Visit,
)

PASSPHRASE = "tre små kopper"  # noqa: S105
START = datetime(2021, 10, 6, 9, 15, tzinfo=ZoneInfo("Europe/Copenhagen"))


def said(value: Any) -> Any:
    """A value that is written in a file."""
    return Entry(value, str(value), 3)


def weight(grams: str, key: str = "O1") -> Observation:
    """An observation of the weight."""
    return Observation(
        key, said("weight"), said("B1"), said(Decimal(grams)), said("g"), start=Entry(START), status=Entry("final")
    )


def visit(key: str, grams: str = "4200") -> Visit:
    """A visit with a weight."""
    return Visit(key, said("B1"), said("2-months"), said("HH"), start=said(START), observations=(weight(grams),))


def family(key: str, *visits: Visit) -> Family:
    """A family with a child."""
    return Family(key, (Citizen(key, True, said("0505209996"), said("451000016003")),), visits=visits)


def journal(families: int = 2) -> Journal:
    """A journal of so many families with two visits each, and a report that was read."""
    made = tuple(family(f"B{n}", visit(f"K{n}-1"), visit(f"K{n}-2")) for n in range(families))
    loose = (
        weight("3000", "O8"),
        Intervention("I1", start=said(date(2021, 1, 1))),
        QuestionnaireResponse("Q1", said("epds")),
    )
    carried = Carried(
        "r1", "http://x/Bundle/r1", {"meta": {"versionId": "1"}, "large": 10**30, "list": [Decimal("1.0")]}
    )
    return Journal(
        (*made, replace(family("loose"), unplaced=loose)),
        (DeliveryReport("R1", said(datetime(2021, 10, 6, tzinfo=UTC)), ("Patient/1",), ("K0-1",), carried=carried),),
        (Note("file-cut", Origin("a.csv", row=3), 2, "x", {"rows": 3}),),
        (SourceFile("a.csv", 120, "ab" * 32, "delimited"),),
        "tests",
    )


def with_weight(source: Journal, grams: str, place: int = 0) -> Journal:
    """``source`` with another weight at the first visit of one family; all else are the same objects."""
    changed = source.families[place]
    first = replace(changed.visits[0], observations=(weight(grams),))
    changed = replace(changed, visits=(first, *changed.visits[1:]))
    return replace(source, families=(*source.families[:place], changed, *source.families[place + 1 :]))
