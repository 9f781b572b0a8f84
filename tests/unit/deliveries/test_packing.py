"""Resources are kept small, and come out as they went in."""

from __future__ import annotations

import zlib

from ldbu_desktop.deliveries.content import in_one_form
from ldbu_desktop.deliveries.field_changes import comparable
from ldbu_desktop.deliveries.packing import packed, text_of, unpacked
from tests.delivery_histories.journal import Delivering, Json


def resources() -> list[Json]:
    """All that a journal tells, each in one form."""
    told = Delivering(1)
    told.routine("2-months", 60, based_on=told.plan(told.day(40)))
    told.routine("establishment", 9, school=told.school())
    told.deliver(told.day(61), told.response(told.day(61)))
    return [
        {"resourceType": entry["resource"]["resourceType"], **comparable(entry["resource"])}
        for report in told.reports
        for entry in report["entry"]
    ]


def test_what_is_packed_comes_out_as_it_was() -> None:
    for resource in resources():
        assert unpacked(packed(resource)) == resource
        assert text_of(packed(resource)) == in_one_form(resource)


def test_two_that_say_the_same_are_packed_alike_and_no_others() -> None:
    assert packed({"a": 1, "b": [2]}) == packed({"b": [2], "a": 1})
    told = {in_one_form(resource) for resource in resources()}
    assert len({packed(resource) for resource in resources()}) == len(told)


def test_less_than_half_is_left_of_what_compression_alone_leaves() -> None:
    told = resources()
    alone = sum(len(zlib.compress(in_one_form(resource), 1)) for resource in told)
    assert sum(len(packed(resource)) for resource in told) < alone / 2
