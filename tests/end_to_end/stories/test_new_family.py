"""A health visitor writes a new family with twins, fills a visit with each, and delivers both."""

from __future__ import annotations

import pytest

from tests.end_to_end.stories.acts import begin_case, begin_visit, checked, cpr, deliver, resources, write_family
from tests.end_to_end.workstation import Workstation

TWO_MONTHS = "Besøg hos det ca. 2 måneder gamle barn"
FIRST, SECOND = cpr(62, 5996), cpr(62, 5995)


def fill(desk: Workstation, weight: str) -> None:
    """Answer all that is asked at the visit, in the order of its form."""
    desk.press("Return", "Return")  # where and when are proposed
    desk.is_in("Forældre-barn-relation")
    desk.answer("1", "1", "2", "1", f"{weight}⏎", "57½⏎", "39,5⏎", "1", "1", "1")
    desk.hears("Intet mangler ved denne kontakt")


@pytest.mark.screen_reader
def test_twins_from_their_cpr_numbers_to_two_reports(desk: Workstation, capsys: pytest.CaptureFixture[str]) -> None:
    case = begin_case(desk)
    write_family(desk, FIRST, SECOND)

    begin_visit(desk, TWO_MONTHS, "1. barn")
    fill(desk, "525")
    desk.go_to("text", "Vægt")
    desk.hears("Vægt »525«")
    desk.picture("form-light")
    desk.press("ctrl+a")
    desk.answer("5,25 kg⏎")
    assert "5\xa0250\xa0g" in desk.part("text", "Vægt").description  # as it was read
    begin_visit(desk, TWO_MONTHS, "2. barn")
    fill(desk, "4.900")
    desk.hears("2 klar, 0 ikke klar endnu")

    folder = desk.home / "aflevering"
    assert deliver(desk, folder).startswith("2 kontakter er skrevet i 2 filer")
    desk.hears("alt er afleveret")
    assert list(checked(folder, capsys).values()) == [[], []]
    weights = [one["valueQuantity"]["value"] for one in resources(folder, "Observation") if "valueQuantity" in one]
    assert {5250, 4900} <= set(weights)
    told = {one["value"] for person in resources(folder, "Patient") for one in person["identifier"]}
    assert {FIRST, SECOND} <= told
    assert FIRST.encode() not in case.read_bytes()

    desk.press("ctrl+q")
    assert desk.ends() == 0
    assert desk.said == ""
