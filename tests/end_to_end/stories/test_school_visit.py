"""A health visitor at a school examines a child who begins there, and one who leaves, and delivers."""

from __future__ import annotations

import pytest

from tests.end_to_end.stories.acts import (
    begin_case,
    begin_visit,
    checked,
    choose,
    cpr,
    deliver,
    displays,
    resources,
    write_family,
)
from tests.end_to_end.workstation import Workstation

SCHOOL = "280554"
SIX_YEARS, FIFTEEN_YEARS = 365 * 6 + 120, 365 * 15 + 100
GUIDANCE, FOOD = "Vejledning til forældre, hvor barnet har særlige behov", "Problem med kost"


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


@pytest.mark.screen_reader
def test_a_leaving_examination_is_delivered_with_its_intervention(
    desk: Workstation, capsys: pytest.CaptureFixture[str]
) -> None:
    begin_case(desk)
    write_family(desk, cpr(FIFTEEN_YEARS))
    begin_visit(desk, "Udskolingsundersøgelse")
    desk.press("Return")
    desk.is_in("Skole")
    desk.answer(f"{SCHOOL}⏎", "⏎", "1", "1", "1", "2", "1", "3")
    desk.is_in("Længde")
    desk.answer("172⏎", "61,5⏎", "1", "1")
    desk.hears("Intet mangler ved denne kontakt", "1 klar, 0 ikke klar endnu")
    desk.go_to("push button", "Vis 2 valgfrie felter: Fund og indsatser")
    desk.press("Return")
    desk.go_to("text", "Indsats")
    choose(desk, "vejl", GUIDANCE)
    desk.is_in(f"Årsag til {GUIDANCE}")
    choose(desk, "kost", FOOD)
    desk.hears(FOOD, "1 klar, 0 ikke klar endnu")

    folder = desk.home / "aflevering"
    assert deliver(desk, folder).startswith("1 kontakt er skrevet")
    assert list(checked(folder, capsys).values()) == [[]]
    (plan,) = resources(folder, "CarePlan")
    detail = plan["activity"][0]["detail"]
    assert [displays(detail["code"]), *map(displays, detail["reasonCode"])] == [[GUIDANCE], [FOOD]]
    answers = [displays(one.get("valueCodeableConcept", {})) for one in resources(folder, "Observation")]
    assert ["Bruger nikotin"] in answers
    assert ["Enkelte udfordringer med kost"] in answers
    assert desk.said == ""
