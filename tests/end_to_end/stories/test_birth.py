"""A health visitor meets a family before the birth, and again when the child has come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.end_to_end.stories.acts import (
    MOTHER,
    SOR,
    begin_case,
    begin_visit,
    checked,
    cpr,
    deliver,
    go_to_page,
    resources,
)
from tests.end_to_end.workstation import Workstation

NEWBORN = cpr(3)


def cpr_numbers(people: Sequence[dict[str, Any]]) -> set[str]:
    """Whom the people of reports are."""
    return {one["value"] for person in people for one in person["identifier"]}


@pytest.mark.screen_reader
def test_a_pregnancy_and_then_a_child(desk: Workstation, capsys: pytest.CaptureFixture[str]) -> None:
    begin_case(desk)
    desk.press("ctrl+shift+n")
    desk.is_in("CPR-nummer")
    desk.answer("⏎", "⏎", f"{MOTHER}⏎", f"{SOR}⏎")  # of the child nothing is known yet
    desk.is_in("Mor eller far")
    desk.answer("1")

    begin_visit(desk, "Graviditetsbesøg")
    desk.answer("⏎", "⏎", "1", "1", "1")
    desk.hears("Intet mangler ved denne kontakt", "1 klar, 0 ikke klar endnu")
    before = desk.home / "før"
    assert deliver(desk, before).startswith("1 kontakt er skrevet")
    assert list(checked(before, capsys).values()) == [[]]
    assert cpr_numbers(resources(before, "Patient")) == {MOTHER}

    go_to_page(desk, "Børn")
    desk.click("table cell", "Familie 1")
    desk.click("push button", "Tilføj barn")
    desk.is_in("CPR-nummer")
    desk.answer(f"{NEWBORN}⏎", "⏎")
    desk.picture("family")
    begin_visit(desk, "Barselsbesøg", "Barn")
    desk.answer("⏎", "⏎", "1", "2", "3450⏎")
    desk.hears("Intet mangler ved denne kontakt", "1 klar, 0 ikke klar endnu, 1 afleveret")
    after = desk.home / "efter"
    assert deliver(desk, after).startswith("1 kontakt er skrevet")
    assert list(checked(after, capsys).values()) == [[]]
    assert cpr_numbers(resources(after, "Patient")) == {NEWBORN}
    assert desk.said == ""
