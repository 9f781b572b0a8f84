"""A health visitor finds, after the delivery, that a weight was wrong: it is taken back, and told anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from ldbu_desktop.cli.program import Exit, run
from tests.end_to_end.stories.acts import (
    begin_case,
    begin_visit,
    checked,
    cpr,
    deliver,
    go_to_page,
    resources,
    write_family,
)
from tests.end_to_end.workstation import Workstation

WRONG, RIGHT = 5520, 5250


def weights(folder: Path) -> dict[int, tuple[str, str]]:
    """What a delivery says of weights: by each, its id and its status."""
    found = (one for one in resources(folder, "Observation") if one.get("valueQuantity", {}).get("unit") == "g")
    return {one["valueQuantity"]["value"]: (one["id"], one["status"]) for one in found}


@pytest.mark.screen_reader
def test_a_weight_that_was_delivered_is_taken_back_and_told_anew(
    desk: Workstation, capsys: pytest.CaptureFixture[str]
) -> None:
    case = begin_case(desk)
    write_family(desk, cpr(62))
    begin_visit(desk, "Besøg hos det ca. 2 måneder gamle barn", "Barn")
    desk.answer("⏎", "⏎", "1", "1", "2", "1", f"{WRONG}⏎", "57,5⏎", "39,5⏎", "1", "1", "1")
    desk.hears("Intet mangler ved denne kontakt")
    first = desk.home / "en"
    deliver(desk, first)
    desk.hears("alt er afleveret")

    desk.press("ctrl+q")
    assert desk.ends() == 0
    desk.start(case)  # another day
    desk.is_in("Adgangskode")
    desk.answer("fire ord er nok her⏎")
    go_to_page(desk, "Børn")
    desk.click("table cell", "Besøg hos det ca. 2 måneder gamle barn")
    desk.go_to("text", "Vægt")
    desk.press("ctrl+a")
    desk.answer(f"{RIGHT}⏎")
    desk.hears("1 kontakt ikke afleveret")
    second = desk.home / "to"
    assert deliver(desk, second).startswith("1 kontakt er skrevet")

    desk.picture("delivered-again")
    for folder in (first, second):
        assert not any(checked(folder, capsys).values())
    assert list(weights(first)) == [WRONG]
    (told, _), (told_again, status), (told_anew, new_status) = (
        weights(first)[WRONG],
        weights(second)[WRONG],
        weights(second)[RIGHT],
    )
    assert told == told_again != told_anew
    assert (status, new_status) == ("entered-in-error", "final")
    assert run(["history", str(first), str(second)]) == Exit.CLEAN
    assert desk.said == ""
