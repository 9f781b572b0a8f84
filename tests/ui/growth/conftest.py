"""A pane of growth in a real window, and children to show in it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ldbu_desktop.growth.model import Gestation, Growth
from ldbu_desktop.growth.series import growth_of
from ldbu_desktop.journal.model import Citizen, Entry, Family, Observation, Visit
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.ui.growth.pane import GrowthPane
from ldbu_desktop.ui.pace import at_once
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import ColourScheme, dress

BIRTH = date(2020, 5, 5)


def said(value: Any) -> Any:
    """A value that is written in a file."""
    return Entry(value, str(value))


def grown(*visits: tuple[int, dict[str, str]], gestation: Gestation | None = None, cpr: str = "0505209996") -> Growth:
    """A girl's growth: at days of age, numbers in grams and centimetres by variable."""
    units = {"weight": "g", "height": "cm", "head-circumference": "cm"}
    made = tuple(
        Visit(
            f"K{days}",
            said("B1"),
            start=said(BIRTH + timedelta(days)),
            observations=tuple(
                Observation(f"{days} {name}", said(name), said("B1"), said(Decimal(size)), said(units[name]))
                for name, size in sizes.items()
            ),
        )
        for days, sizes in visits
    )
    child = Citizen("B1", True, said(cpr))
    child = replace(child, gestation=Entry(str(gestation))) if gestation else child
    return growth_of(Family("F1", (child,), visits=made), "B1", shipped_standard())


INFANT = grown(
    (3, {"weight": "3200", "height": "50.0", "head-circumference": "34.0"}),
    (61, {"weight": "5100", "height": "57.5"}),
    (150, {"weight": "6900", "height": "64.5"}),
)
SLIP = grown((3, {"weight": "3200"}), (61, {"weight": "51000"}), (150, {"weight": "6900"}))
SCHOOL_CHILD = grown((61, {"weight": "5100"}), (2300, {"height": "118.0", "weight": "21000"}))
PRETERM = grown((3, {"weight": "1500"}), (150, {"weight": "5200"}), gestation=Gestation(30))
UNMEASURED = grown((3, {}))
NAMELESS = grown((3, {"weight": "3200"}), cpr="")


@pytest.fixture
def live() -> Retranslation:
    """What is said and drawn anew when the language or the colours change."""
    return Retranslation()


@pytest.fixture
def pane(qapp: QApplication, qtbot: QtBot, live: Retranslation) -> GrowthPane:
    """A pane that is shown."""
    dress(qapp, ColourScheme.LIGHT)
    made = GrowthPane(live, shipped_standard())
    at_once(made.lay_out())
    qtbot.addWidget(made)
    made.resize(640, 700)
    made.show_growth(INFANT)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def wanted(pane: GrowthPane) -> list[str]:
    """The visits that the pane asks for."""
    keys: list[str] = []
    pane.visit_wanted.connect(keys.append)
    return keys
