"""A vendor's tester opens an export with faults, mends one, loses the program, has it back, and delivers."""

from __future__ import annotations

import shutil

import pytest

from ldbu_desktop.bundled_files import resource
from tests.end_to_end.stories.acts import checked, deliver
from tests.end_to_end.workstation import Workstation

MISSPELLED = "Søvn »Søvn med normale variatione«"
MENDED = "Søvn, Søvn med normale variationer"


@pytest.mark.screen_reader
def test_a_correction_outlives_the_program_and_is_delivered(
    desk: Workstation, capsys: pytest.CaptureFixture[str]
) -> None:
    export = desk.home / "eksport.xlsx"
    shutil.copy(resource("samples", "familie-med-fejl.xlsx"), export)
    before = export.read_bytes()
    desk.start(export)
    desk.hears("7 klar, 4 afvises")

    desk.press("F7")  # findings come in the order of the file, and at a visit as they are read
    desk.wait(
        "the first finding", lambda seen: any(one.has("selected") for one in seen.all("table cell", "Hovedomfang"))
    )
    desk.press("F7", "F7")
    desk.wait("the third", lambda seen: any(one.has("selected") for one in seen.all("table cell", MISSPELLED)))
    desk.picture("window-light")
    desk.press("alt+Return")
    desk.hears(MENDED, "Søvn med normale variatione  (rettet)", "8 klar, 3 afvises", "1 rettelse, gemt")

    desk.click("push button", "Skift mellem lyse og mørke farver")
    desk.press("F11")
    desk.hears("valueCodeableConcept")
    desk.picture("window-dark")

    desk.kill()
    assert export.read_bytes() == before
    assert not [path for path in desk.home.rglob("*") if path.is_file() and b"variatione" in path.read_bytes()]
    desk.start(export)
    desk.hears("7 klar, 4 afvises")
    desk.click("push button", "Hent")
    desk.hears("8 klar, 3 afvises")

    folder = desk.home / "aflevering"
    assert deliver(desk, folder).startswith("8 kontakter er skrevet")
    told = checked(folder, capsys)
    assert len(told) == 8
    assert not any(told.values())
    assert export.read_bytes() == before
    assert desk.said == ""
