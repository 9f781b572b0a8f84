"""Forms that the tests of burden are about: small ones, so that every second can be counted by hand."""

from __future__ import annotations

import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.model import Band
from ldbu_desktop.forms.model import Field, Form, Section
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard

MEASURED = ("weight", "height", "head-circumference")
JUDGED = (
    "parent-mental-status",
    "social-interaction",
    "parent-relationship",
    "feeding",
    "communication",
    "sleep",
    "motor-function",
)


def form_of(*fields: Field, visits: tuple[str, ...] = ("2-months",), id: str = "a", questionnaire: str = "") -> Form:
    """A form with one section."""
    section = Section(id="all", title=Text(da="Alt", en="All"), fields=fields)
    title = Text(da=id, en=id)
    return Form(id=id, title=title, sections=(section,), visits=visits, questionnaire=questionnaire)


def fields(*variables: str) -> tuple[Field, ...]:
    """A field for each variable, named after it."""
    return tuple(Field(id=each, variable=each) for each in variables)


def rounded(band: Band, digits: int) -> tuple[float, float, float]:
    """The three numbers of a band."""
    return round(band.low, digits), round(band.typical, digits), round(band.high, digits)


@pytest.fixture
def standard() -> Standard:
    return shipped_standard()


@pytest.fixture
def plain() -> Assumptions:
    """Without errors, as the vectors are."""
    return Assumptions({"p_err": Band(0, 0, 0)})


@pytest.fixture
def two_months() -> Form:
    """The mandatory fields of the visit at two months."""
    return form_of(*fields(*MEASURED, *JUDGED), id="2-months")
