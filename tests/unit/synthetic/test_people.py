"""Who made-up families are of: twins of one day, and the persons that the guide has published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from ldbu_desktop.growth.model import Sex
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.people import PeopleMaker

ON = date(2025, 12, 1)
TWINS = replace(shipped_childhood(), twin_share=1.0, children=((1, 1),))


class OneOfADay(CprNumbers):
    """Numbers of which each day has one alone."""

    def __init__(self) -> None:
        super().__init__()
        self.given: set[date] = set()

    def next(self, day: date, sex: Sex) -> tuple[date, str]:
        while day in self.given:
            day -= timedelta(1)
        self.given.add(day)
        return super().next(day, sex)


def children(numbers: CprNumbers) -> list[tuple[date, ...]]:
    """The days of birth of the children of families with twins, as far as they are born."""
    made = PeopleMaker(TWINS, 1, ON, numbers)
    found = [tuple(child.birth for child in made.people(number).children) for number in range(1, 30)]
    return [days for days in found if days]


def test_twins_are_born_on_one_day() -> None:
    assert {(len(days), len(set(days))) for days in children(CprNumbers())} == {(2, 1)}


def test_who_has_no_number_left_on_the_day_of_its_twin_is_not_born() -> None:
    assert {len(days) for days in children(OneOfADay())} == {1}


def test_a_published_number_that_is_none_is_refused() -> None:
    childhood = shipped_childhood()
    wrong = replace(childhood, test_persons=replace(childhood.test_persons, father="150282999"))
    with pytest.raises(ValueError, match="F1-P"):
        PeopleMaker(wrong, 1, ON, CprNumbers()).published(1)
