"""A health visitor at a school examines a child who begins there, by keys alone, and delivers."""

from __future__ import annotations

import pytest

from tests.end_to_end.stories.acts import begin_case, begin_visit, checked, cpr, deliver, resources, write_family
from tests.end_to_end.workstation import Workstation

SCHOOL = "280554"
SIX_YEARS = 365 * 6 + 120


@pytest.mark.screen_reader
def test_an_entry_examination_is_delivered(desk: Workstation, capsys: pytest.CaptureFixture[str]) -> None:
    begin_case(desk)
    write_family(desk, cpr(SIX_YEARS))
    begin_visit(desk, "Indskolingsundersøgelse")
    desk.press("Return")  # where is proposed
    desk.is_in("Skole")
    desk.answer(f"{SCHOOL}⏎", "⏎", "1", "1", "1", "1", "1")
    desk.is_in("Længde")
    desk.answer("118⏎", "21,4⏎", "1", "1", "1")
    desk.hears("Intet mangler ved denne kontakt", "1 klar, 0 ikke klar endnu")

    desk.picture("form-school")
    folder = desk.home / "aflevering"
    assert deliver(desk, folder).startswith("1 kontakt er skrevet")
    assert list(checked(folder, capsys).values()) == [[]]
    measured = {
        (one["valueQuantity"]["value"], one["valueQuantity"]["unit"])
        for one in resources(folder, "Observation")
        if "valueQuantity" in one
    }
    assert measured == {(118, "cm"), (21.4, "kg")}
    assert SCHOOL in str(resources(folder, "Location"))
    assert desk.said == ""
