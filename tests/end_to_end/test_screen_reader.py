"""The program as a screen reader hears it: every page is gone to, every control has a name and a role, tables are read.

``LDBU_PROGRAM`` names a frozen program to listen to instead of this checkout's. ``packaging/test.sh`` brings what this
needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ldbu_desktop.rendering.deadlines import lacking_words
from ldbu_desktop.use_cases.deadlines import deadlines_in
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.end_to_end.workstation import Part, Seen, Workstation, workstation
from tests.profiles import IS_QUICK, landing

PEOPLE, VISITS = (15 if IS_QUICK else 40), 2
"""More visits than a screen shows at once; each cell that is heard takes a question to the program."""
PAGES = ("Frister", "Rapporter", "Over tid", "Tid", "Kolonner", "Start", "Aflevér", "Børn")
PARTS = ("list item", "table cell", "menu item", "scroll bar")
"""What is a part of something that has a name."""
NO_ROLES = ("filler", "unknown", "layered pane")
"""What a screen reader calls something that it does not know what to do with."""


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export with many visits at which nothing was observed."""
    folder = tmp_path_factory.mktemp("mangler")
    citizens = ["borger_id;cpr;rolle;barn;sor;aktiv"]
    visits = ["kontakt_id;borger_id;kontakttype;kontaktform;start;slut"]
    for person in range(PEOPLE):
        citizens.append(f"B{person};{1 + person % 28:02}0520-9{person:03};barn;;451000016003;ja")
        for visit in range(VISITS):
            day = f"{1 + visit:02}-08-2020"
            what = "Besøg hos det ca. 2 måneder gamle barn;Hjemmebesøg"
            visits.append(f"K{person}-{visit};B{person};{what};{day} 08:30;{day} 09:00")
    (folder / "borgere.csv").write_text("\n".join(citizens), encoding="utf-8")
    (folder / "kontakter.csv").write_text("\n".join(visits), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def desk(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workstation]:
    """A window with the export open and checked."""
    with workstation(tmp_path_factory.mktemp("home")) as made:
        made.start(export)
        made.wait("deadlines to be there", lambda seen: (page := _page(seen, "Frister")) and page.has("enabled"))
        yield made


def _page(seen: Seen, name: str) -> Part | None:
    return next((one for one in seen.all("radio button", name) if one.name == name), None)


@landing("every control is asked for its name in the process itself in every run, and stories hear their pages")
@pytest.mark.screen_reader
def test_every_page_is_gone_to_and_every_control_has_a_name_and_a_role(desk: Workstation) -> None:
    unclear = []
    for name in PAGES:
        desk.click("radio button", name)
        seen = desk.wait(name, lambda seen, name=name: (page := _page(seen, name)) and page.has("checked") and seen)
        unclear += [
            f"{name}: {one.role} {one.name!r}"
            for one in seen.parts
            if one.has("focusable") and one.role not in PARTS and (not one.name or one.role in NO_ROLES)
        ]
    assert unclear == []


@pytest.mark.screen_reader
def test_what_was_done_is_said_and_the_rail_is_known_by_its_name(desk: Workstation) -> None:
    desk.part("panel", "Steder")
    desk.listen()
    saved = desk.home / "fund.txt"
    desk.press("ctrl+k")
    desk.answer("Gem fundene⏎")
    desk.is_in("Filnavn:")
    desk.press("ctrl+a")
    desk.answer(f"{saved}⏎")
    desk.is_told(str(saved))


@pytest.mark.screen_reader
def test_a_menu_that_pops_up_says_its_name_and_its_first_choice(desk: Workstation) -> None:
    desk.follow()
    desk.click("radio button", "Frister")
    desk.go_to("table", "Det, der mangler, efter frist")
    desk.press("shift+F10")
    menu, item = desk.comes_to("menu item", "Oprindelig rækkefølge")
    assert (menu.role, menu.name) == ("popup menu", "Sortér efter")
    assert item.has("enabled")
    desk.press("Escape")
    desk.click("radio button", "Rapporter")
    desk.click("push button", "Standard 2.1.0 (følger med)")
    menu, item = desk.comes_to("menu item", "Standarden, der følger med programmet")
    assert (menu.role, menu.name) == ("popup menu", "Standard at kontrollere mod")
    assert item.has("checked")
    desk.press("Escape", "alt+f")
    menu, item = desk.comes_to("menu item", "Åbn filer …")
    assert (menu.role, menu.name) == ("popup menu", "Filer")
    desk.press("Escape", "Escape")


@pytest.mark.screen_reader
def test_a_long_table_is_read_row_by_row(desk: Workstation, export: Path) -> None:
    desk.click("radio button", "Frister")
    desk.part("table", "Det, der mangler, efter frist")
    heard = desk.table("Det, der mangler, efter frist")
    standard = shipped_standard()
    found = deadlines_in(load([export], standard), standard, datetime.now(UTC))
    assert len(found) >= PEOPLE * VISITS
    missing = heard["headings"].index("Mangler")
    assert [row[missing] for row in heard["rows"]] == [lacking_words(one, standard) for one in found]
    assert all(all(cells) for cells in heard["rows"])


@pytest.mark.screen_reader
def test_a_sorted_table_is_read_in_its_order_and_its_heading_says_so(desk: Workstation) -> None:
    desk.click("radio button", "Frister")
    table = "Det, der mangler, efter frist"
    citizen = desk.table(table)["headings"].index("Borger")
    desk.click("table column header", "Borger")
    desk.part("table column header", "Borger, sorteret stigende")
    heard = [row[citizen] for row in desk.table(table)["rows"]]
    assert heard == sorted(heard, key=lambda words: int(words.removeprefix("Barn B")))
    assert len(set(heard)) == PEOPLE
