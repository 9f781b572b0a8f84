"""Draws are the same for the same words, in every release of Python and on every system."""

from __future__ import annotations

from statistics import fmean, pstdev

from ldbu_desktop.synthetic.dice import Dice


def test_draws_are_those_that_they_have_always_been() -> None:
    dice = Dice(1, "barn", 2)
    assert [dice.between(1, 6) for _ in range(8)] == DRAWN
    assert Dice(1, "barn", 2).share() != Dice(1, "barn", 3).share()


DRAWN = [3, 1, 3, 5, 3, 4, 5, 1]


def test_draws_keep_their_promises() -> None:
    dice = Dice("promises")
    assert {dice.between(-1, 1) for _ in range(99)} == {-1, 0, 1}
    assert {dice.pick("ab") for _ in range(50)} == {"a", "b"}
    assert {dice.weighted((("a", 1), ("b", 3), ("never", 0))) for _ in range(99)} == {"a", "b"}
    assert not dice.chance(0)
    assert dice.chance(1)
    drawn = [dice.normal() for _ in range(4_000)]
    assert abs(fmean(drawn)) < 0.05
    assert abs(pstdev(drawn) - 1) < 0.05


def test_the_last_value_is_there_for_what_rounding_leaves() -> None:
    assert Dice("rounding").weighted((("a", 0), ("b", 0))) == "b"
