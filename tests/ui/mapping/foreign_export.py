"""An export of thirty columns as a journal that nobody knows writes it, and what a user knows about its columns.

Made from a seed of its own; every person is invented.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

from ldbu_desktop.mapping.links import ColumnLink, Link, Part, Subject, Target
from ldbu_desktop.standard.model import Standard
from tests.ui.mapping.practised_user import Answer

CHILDREN = 12
_CHILD, _MOTHER, _FATHER = Subject.CHILD, Subject.PARENT_1, Subject.PARENT_2

COLUMNS: dict[str, Target | None] = {
    "Barnets CPR": Target("citizen.cpr", Part.CPR, _CHILD),
    "Mors CPR": Target("citizen.cpr", Part.CPR, _MOTHER),
    "Barnets navn": None,
    "Besøgsdato": Target("visit.start", Part.START),
    "Besøgstype": Target("visit.type"),
    "Kontaktform": Target("visit.class"),
    "SOR": Target("citizen.organisation"),
    "Vægt (g)": Target("weight", Part.VALUE, _CHILD, unit="g"),
    "Lgd.": Target("height", Part.VALUE, _CHILD, unit="cm"),
    "HO (cm)": Target("head-circumference", Part.VALUE, _CHILD, unit="cm"),
    "Amning": Target("feeding", Part.VALUE, _CHILD),
    "Søvn": Target("sleep", Part.VALUE, _CHILD),
    "Motorik": Target("motor-function", Part.VALUE, _CHILD),
    "Kommunikation": Target("communication", Part.VALUE, _CHILD),
    "Samspil m. barn": Target("parent-relationship", Part.VALUE, _CHILD),
    "Social kontakt": Target("social-interaction", Part.VALUE, _CHILD),
    "Ryges der i hjemmet": Target("passive-smoking", Part.VALUE, _CHILD),
    "Mor psyk.": Target("parent-mental-status", Part.VALUE, _MOTHER),
    "Netværk": Target("social-support-network", Part.VALUE, Subject.PARENT),
    "EPDS total": Target("epds/score", Part.VALUE, _MOTHER),
    "Feltet 14": None,
    "Notat": None,
    "Distrikt": None,
    "SPL init.": None,
    "Oprettet": None,
    "Team": None,
    "Tolk": None,
    "Kørsel": None,
    "Sårbarhed": Target("parent-social-status", Part.VALUE, Subject.PARENT),
    "Prioritet": None,
}
"""The headers, and what a user knows each to be; None for what is not to be read."""

VISITS = (("Etableringsbesøg", "establishment", 20), ("2 mdr", "2-months", 60), ("5 mdr.", "4-6-months", 150))
FEEDING = ("Fuld amning", "Ammes primært", "Delvis", "MME", "-")
"""Words of a clinic: some that the standard knows, some that it splits, and one that says nothing."""

_NORMAL = {
    "Søvn": "sleep",
    "Motorik": "motor-function",
    "Kommunikation": "communication",
    "Samspil m. barn": "parent-relationship",
    "Social kontakt": "social-interaction",
    "Mor psyk.": "parent-mental-status",
    "Netværk": "social-support-network",
    "Sårbarhed": "parent-social-status",
}


KNOWN = ("Barnets CPR", "Besøgsdato", "Kontaktform", "SOR", "Vægt (g)", "HO (cm)")
"""Those of the headers that are sure at first sight."""


def write_export(path: Path, standard: Standard, headers: Iterable[str] = COLUMNS, seed: int = 7) -> Path:
    """Write the export, or some of its columns, as a text file; with another seed it has other children."""
    headers = tuple(headers)
    chance = random.Random(seed)  # noqa: S311  (children are drawn, and no secrets)
    lines = [";".join(headers)]
    for number in range(CHILDREN):
        born = date(2023, 1, 10) + timedelta(days=chance.randrange(500))
        for word, _, days in VISITS:
            cells = _visit(chance, standard, number, born, word, days)
            lines.append(";".join(cells.get(header, "") for header in headers))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _visit(chance: random.Random, standard: Standard, number: int, born: date, word: str, days: int) -> dict[str, str]:
    day = born + timedelta(days=days + chance.randrange(8))
    cells = {header: _answer(chance, standard, variable) for header, variable in _NORMAL.items()}
    return cells | {
        "Barnets CPR": f"{born:%d%m%y}-5{number:02}6",
        "Mors CPR": f"{date(1990, 3, 1) + timedelta(days=number * 37):%d%m%y}-9996",
        "Barnets navn": chance.choice(("Test Et", "Test To", "Test Tre")),
        "Besøgsdato": f"{day:%d-%m-%Y}",
        "Besøgstype": word,
        "Kontaktform": "Hjemmebesøg",
        "SOR": "451000016003",
        "Vægt (g)": str(3300 + 26 * days + chance.randrange(200)),
        "Lgd.": f"{50 + days / 10:.1f}".replace(".", ","),
        "HO (cm)": f"{35 + days / 30:.1f}".replace(".", ","),
        "Amning": chance.choice(FEEDING),
        "Ryges der i hjemmet": chance.choice(("Ja", "Nej")),
        "EPDS total": str(chance.randrange(9)),
        "Feltet 14": chance.choice("AB"),
        "Notat": f"ringer igen om {chance.randrange(100)} dage",
        "Distrikt": chance.choice(("Nord", "Syd")),
        "SPL init.": chance.choice(("ab", "cd")),
        "Oprettet": f"{day:%d-%m-%Y}",
        "Team": chance.choice("12"),
        "Tolk": chance.choice(("J", "N")),
        "Kørsel": str(chance.randrange(40)),
        "Prioritet": chance.choice("123"),
    }


def _answer(chance: random.Random, standard: Standard, variable: str) -> str:
    """An answer as the standard calls it."""
    concepts = list(standard.concepts(standard.variable[variable]).values())
    return concepts[0 if chance.random() < 0.8 else -1].term


def knows(standard: Standard) -> Callable[[Link], Answer]:
    """What a user knows about the columns and texts of the export."""
    by_visit = {one.id: one.code for one in standard.visit_types}
    words: dict[str, Answer] = {word: by_visit[visit] for word, visit, _ in VISITS}
    words |= dict(zip(FEEDING, standard.concepts(standard.variable["feeding"]), strict=False))
    words["-"] = "missing:unknown"

    def known(link: Link) -> Answer:
        return COLUMNS[link.header] if isinstance(link, ColumnLink) else words.get(link.value, link.code)

    return known
