"""A header that is not known is told with the parts that may stand below it, and nothing is read by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping.unread_columns import PARTS

if TYPE_CHECKING:
    from conftest import Exported


def parts(journal: Journal) -> dict[str, str]:
    """The parts that notes name, by the header that they are on."""
    told = [note for note in journal.notes if PARTS in note.facts]
    return {note.raw or str(note.facts.get("header")): str(note.facts[PARTS]) for note in told}


def sheet(headers: str, cells: str, instead: str, header: str = "xyzzy") -> str:
    """A sheet of one row in which another header stands in the place of one."""
    named = [header if name == instead else name for name in headers.split()]
    return f"{' | '.join(named)}\n{cells}"


CITIZENS = "borger_id cpr rolle barn sor", "B1 | 050520-9996 | barn | | 451000016003"
VISITS = "kontakt_id borger_id kontakttype kontaktform start", "K1 | B1 | Etableringsbesøg | HH | 20-05-2020 12:45"
OBSERVATIONS = "kontakt_id variabel værdi enhed", "K1 | Vægt | 3350 | g"


@pytest.mark.parametrize(
    ("name", "texts", "instead", "told"),
    [
        ("Borgere", CITIZENS, "cpr", "citizen.cpr"),
        ("Borgere", CITIZENS, "rolle", "citizens.role"),
        ("Borgere", CITIZENS, "sor", "citizen.organisation"),
        ("Kontakter", VISITS, "kontakttype", "visit.type"),
        ("Kontakter", VISITS, "kontaktform", "visit.class"),
        ("Kontakter", VISITS, "start", "visit.start visit.end"),
        ("Observationer", OBSERVATIONS, "variabel", "observations.variable"),
        ("Observationer", OBSERVATIONS, "enhed", "observation.unit"),
        ("Observationer", OBSERVATIONS, "værdi", "observations.value"),
    ],
)
def test_a_part_is_told_by_what_stands_in_it(
    exported: Exported, name: str, texts: tuple[str, str], instead: str, told: str
) -> None:
    whole = {"Borgere": sheet(*CITIZENS, ""), "Kontakter": sheet(*VISITS, "")}
    found = parts(exported.family(**(whole | {name: sheet(*texts, instead)})))
    assert found["xyzzy"] == told


def test_headers_that_are_all_known_name_no_parts(exported: Exported) -> None:
    assert parts(exported.family()) == {}


def test_of_two_columns_that_may_be_anything_none_is_taken_for_a_part(exported: Exported) -> None:
    texts = "kontakt_id | variabel | xyzzy | plugh | enhed\nK1 | Vægt | 3350 | sagt | g"
    found = parts(exported.family(Observationer=texts))
    assert "xyzzy" not in found
    assert "plugh" not in found


WIDE = "kontakt_id | barn_cpr | sor | kontakttype | kontaktform | start | {}\n"
ROW = "K1 | 050520-9996 | 451000016003 | Etableringsbesøg | HH | 20-05-2020 12:45 | {}"


@pytest.mark.parametrize(
    ("header", "text", "is_named"),
    [("Vægtt", "3350", True), ("Vægtt", "vejet hjemme", False), ("Vægtt", "9999999999", False)],
)
def test_a_number_is_a_part_only_within_what_it_may_be(
    exported: Exported, header: str, text: str, is_named: bool
) -> None:
    found = parts(exported.wide(WIDE.format(header) + ROW.format(text)))
    assert ("weight" in found.get(header, "").split()) is is_named
