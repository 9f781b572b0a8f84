"""Encounters that are one visit."""

from __future__ import annotations

from datetime import date

from ldbu_desktop.journal.occasions import Occasions

DAY, NEXT = date(2020, 7, 14), date(2020, 7, 15)


def counted(*encounters: tuple[date | None, str, bool]) -> int:
    occasions = Occasions()
    told = [occasions.add(start, citizen, is_child=is_child) for start, citizen, is_child in encounters]
    assert sum(told) == occasions.count
    return occasions.count


def test_a_child_and_its_parents_share_a_visit() -> None:
    assert counted((DAY, "child", True), (DAY, "mother", False)) == 1
    assert counted((DAY, "mother", False), (DAY, "child", True), (DAY, "father", False)) == 1


def test_others_do_not() -> None:
    assert counted((DAY, "child", True), (NEXT, "mother", False)) == 2
    assert counted((DAY, "child", True), (DAY, "child", True)) == 2
    assert counted((DAY, "child", True), (DAY, "twin", True)) == 2
    assert counted((None, "child", True), (None, "mother", False)) == 2
    assert counted((DAY, "", True), (DAY, "mother", False)) == 2


def test_two_visits_of_both_are_two() -> None:
    assert counted((DAY, "child", True), (DAY, "mother", False), (NEXT, "mother", False), (NEXT, "child", True)) == 2
