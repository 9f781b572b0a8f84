"""A tester opens an export that nobody knows, answers what its columns are, and is not asked the week after."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.stories.acts import SOR
from tests.end_to_end.workstation import Workstation

HEADINGS = ("Barnets CPR", "Besøgsdato", "Besøgstype", "Form", "Vgt (g)", "Amning", "Søvn", "Distrikt")
FEEDING = ("Fuld amning", "Ammes primært", "MME", "-")
CHILDREN = 24


def export(path: Path, order: tuple[str, ...] = HEADINGS) -> Path:
    """An export in the words of a clinic, with its columns in this order."""
    lines = [";".join(order)]
    for day in range(1, CHILDREN + 1):
        told = (
            f"{day:02}0520-5{day:02}6", f"{day:02}-07-2020", "2 mdr", "Hjemmebesøg", f"{5000 + 20 * day}",
            FEEDING[day % len(FEEDING)], "Søvn med normale variationer", "Nord",
        )  # fmt: skip
        row = dict(zip(HEADINGS, told, strict=True))
        lines.append(";".join(row[heading] for heading in order))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.screen_reader
def test_an_unknown_export_is_answered_once(desk: Workstation) -> None:
    desk.start(export(desk.home / "uge-1.csv"))
    desk.is_in("Filens kolonner og værdier")
    desk.part("table cell", "Barnets CPR")
    desk.picture("mapping-light")

    desk.press("ctrl+shift+Return")  # yes to all that is proposed
    desk.part("radio button", "Venter 1")
    desk.press("F7")
    desk.part("table cell", "Kommunens SOR-kode, Tryk Enter for at sætte den")
    desk.press("Return")
    desk.is_in("Kommunens SOR-kode")
    desk.answer(f"{SOR}⏎")
    desk.wait("the column that is left", lambda seen: seen.focus and seen.focus.name.startswith("Distrikt"))
    desk.press("Delete")
    desk.part("radio button", "Udeladt 1")
    desk.press("ctrl+s")
    desk.is_in("Godkendt af")
    desk.picture("mapping-saving")
    desk.answer("Kontoret⏎")
    desk.press("ctrl+Return")
    desk.hears(f"{CHILDREN} kontakter", "Forælders psykiske tilstand: Mangler")
    desk.picture("mapping-read")
    desk.press("ctrl+q")
    assert desk.ends() == 0
    desk.start(export(desk.home / "uge-2.csv", HEADINGS[::-1]))
    desk.hears(f"{CHILDREN} kontakter", "Kontoret")
    assert desk.said == ""
