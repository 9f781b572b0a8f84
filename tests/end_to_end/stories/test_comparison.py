"""A manager compares a form with a variant of it that asks for less, and saves the variant."""

from __future__ import annotations

import pytest

from ldbu_desktop.cli.program import Exit, run
from tests.end_to_end.stories.acts import go_to_page
from tests.end_to_end.workstation import Workstation

FORM = "Besøg hos det ca. 2 måneder gamle barn"
VARIANT = f"{FORM} – variant 1"
OUT = "Forældre-barn-relation"


@pytest.mark.screen_reader
def test_a_variant_is_compared_and_saved(desk: Workstation, capsys: pytest.CaptureFixture[str]) -> None:
    desk.start()
    go_to_page(desk, "Tid")
    desk.click("list item", FORM)
    desk.press("space")
    desk.hears(f"»{FORM}« tager", "om året i kommunen")

    desk.click("push button", "Ny variant")
    desk.click("table cell", "    Kontaktform")
    desk.press("Down", "Down", "Down")  # past where, when, and the heading of the next section
    desk.wait(OUT, lambda seen: any(one.has("selected") for one in seen.all("table cell", OUT)))
    desk.click("push button", "Tag feltet ud")
    desk.wait(f"{OUT} to be gone", lambda seen: not seen.all("table cell", OUT))
    saved = desk.home / "variant.yaml"
    desk.click("push button", "Gem varianten …")
    desk.is_in("Filnavn:")
    desk.press("ctrl+a")
    desk.answer(f"{saved}⏎")
    desk.hears("Varianten er gemt som skema", str(saved))

    desk.click("radio button", "Sammenlign")
    desk.hears(f"»{VARIANT}« sparer", "kan ikke opfylde alle gatewayens regler")
    desk.picture("comparison")
    table = desk.table("Skemaer ved siden af hinanden")
    assert table["headings"][1:] == [FORM, VARIANT]
    rows = {row[0].strip(): row[1:] for row in table["rows"]}
    assert rows["Felter taget ud"] == ["ingen", "1"]
    assert rows["Tid pr. kontakt"][0] != rows["Tid pr. kontakt"][1]

    capsys.readouterr()
    assert run(["forms", "check", str(saved)]) == Exit.CLEAN
    assert f"intet felt til {OUT}" in capsys.readouterr().out
    assert FORM in saved.read_text(encoding="utf-8")
    assert desk.said == ""
