"""Proposals made by hand: what an export of a journal that nobody knows might be taken for."""

from __future__ import annotations

from decimal import Decimal

from ldbu_desktop.mapping.links import (
    ColumnLink,
    ContentKind,
    Evidence,
    Part,
    Profile,
    Proposal,
    State,
    Subject,
    TableLink,
    TableShape,
    Target,
    ValueLink,
)

FILE, SHEET = "udtraek.xlsx", "Besøg"
ROWS = 412
CPR = Profile(ContentKind.CPR, 412, 96, samples=("050520-••••", "050520-••••"))
DAYS = Profile(ContentKind.DATE, 412, 301, samples=("07-07-2020", "18-08-2020"))
GRAMS = Profile(ContentKind.NUMBER, 398, 371, Decimal(2900), Decimal(14200), ("5250", "3350"))
CODES = Profile(ContentKind.CODE, 402, 5, samples=("fuld", "delvis"))
TEXTS = Profile(ContentKind.TEXT, 120, 118, samples=("ringer igen", "mor træt"))
NAME = Evidence("header-synonym", {"word": "vægt"})


def column(
    at: int, header: str, state: State, target: Target | None = None, profile: Profile | None = None, *why: Evidence
) -> ColumnLink:
    """A column of the table."""
    return ColumnLink(FILE, SHEET, 1, at, header, state, target, why, profile)


def value(
    at: int, variable: str, text: str, count: int, state: State, code: str | None = None, missing: str | None = None
) -> ValueLink:
    """A text of a column."""
    return ValueLink(FILE, SHEET, 1, at, variable, text, count, state, code, missing)


def foreign() -> Proposal:
    """A row a visit, of which some is known, some proposed and some not."""
    child = Subject.CHILD
    feeding = "feeding"
    return Proposal(
        (TableLink(FILE, SHEET, (1, 1), ROWS, TableShape.VISIT),),
        (
            column(0, "BARN_CPR", State.SURE, Target("citizen.cpr", Part.CPR, child), CPR, NAME),
            column(1, "Besøgsdato", State.SURE, Target("visit.start", Part.START), DAYS, NAME),
            column(2, "Besøgstype", State.SURE, Target("visit.type"), CODES, NAME),
            column(3, "Vgt (g)", State.PROPOSED, Target("weight", Part.VALUE, child, unit="g"), GRAMS, NAME),
            column(4, "Amning", State.PROPOSED, Target(feeding, Part.VALUE, child), CODES, NAME),
            column(5, "Netværk", State.PROPOSED, Target("social-support-network", Part.VALUE, Subject.PARENT), CODES),
            column(6, "Bemærkninger", State.UNMAPPED, None, TEXTS),
            column(7, "Distrikt", State.UNMAPPED, None, CODES),
            column(8, "Besøgs-ID", State.LEFT_OUT, Target("visit.key", Part.KEY), Profile(ContentKind.KEY, 412, 412)),
        ),
        (
            value(2, "visit.type", "2 mdr", 200, State.PROPOSED, "51f30d1c-d60e-4e3e-ac22-ec9712ea962d"),
            value(2, "visit.type", "Etableringsbesøg", 212, State.KNOWN, "b4bf6058-502a-4d64-bb8e-369661f43b47"),
            value(4, feeding, "fuld", 200, State.PROPOSED, "a"),
            value(4, feeding, "delvis", 180, State.UNMAPPED),
            value(4, feeding, "-", 22, State.SURE, missing="unknown"),
        ),
    )


def many(columns: int = 150, values: int = 400) -> Proposal:
    """A table with very many columns, of which one has very many different texts."""
    made = [
        column(at, f"Kolonne {at} " + "med en lang overskrift " * (at % 7), State.UNMAPPED) for at in range(columns)
    ]
    made[3] = column(3, "Kontakttype", State.SURE, Target("visit.type"), CODES)
    return Proposal(
        (TableLink(FILE, SHEET, (1, 1), ROWS, TableShape.VISIT),),
        tuple(made),
        tuple(value(3, "visit.type", f"type {at}", 1 + at, State.UNMAPPED) for at in range(values)),
    )
