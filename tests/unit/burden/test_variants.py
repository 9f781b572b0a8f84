"""Variants of a form, and what a comparison says they gain and lose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.burden.comparison import asked_for, compare
from ldbu_desktop.burden.estimate import estimate
from ldbu_desktop.burden.model import NOTHING, Band, Need
from ldbu_desktop.burden.variants import (
    field_of,
    moved,
    variant,
    with_field,
    with_optional,
    with_prefill,
    with_widget,
    without_field,
)
from ldbu_desktop.burden.visit_progress import field_needs, visit_progress
from ldbu_desktop.faults import CallFault
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Section, Widget
from ldbu_desktop.forms.visibility import Asked
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard

from .conftest import JUDGED, MEASURED, fields, form_of, rounded

TITLE = Text(da="Min", en="Mine")


@pytest.fixture
def parted() -> Form:
    """Two sections."""
    first = Section(id="first", title=TITLE, fields=fields("weight", "height"))
    second = Section(id="second", title=TITLE, fields=fields("sleep"))
    return Form(id="2-months", title=TITLE, sections=(first, second), visits=("2-months",), source="2-months.yaml")


def ids(form: Form) -> list[list[str]]:
    return [[field.id for field in section.fields] for section in form.sections]


def test_a_variant_is_one_s_own(parted: Form) -> None:
    mine = variant(parted, "mine", TITLE)
    assert (mine.id, mine.title, mine.is_own, mine.source) == ("mine", TITLE, True, "")
    assert mine.sections == parted.sections


def test_a_field_is_added_last_or_at_a_place(parted: Form) -> None:
    field = Field(id="sight", variable="sight")
    assert ids(with_field(parted, field, "first")) == [["weight", "height", "sight"], ["sleep"]]
    assert ids(with_field(parted, field, "first", 0)) == [["sight", "weight", "height"], ["sleep"]]
    assert ids(with_field(parted, field, "second", 99)) == [["weight", "height"], ["sleep", "sight"]]
    assert ids(parted) == [["weight", "height"], ["sleep"]]


def test_a_field_is_removed_and_an_empty_section_with_it(parted: Form) -> None:
    assert ids(without_field(parted, "weight")) == [["height"], ["sleep"]]
    assert ids(without_field(parted, "sleep")) == [["weight", "height"]]


def test_a_field_is_moved_within_and_between_sections(parted: Form) -> None:
    assert ids(moved(parted, "weight", "first", 1)) == [["height", "weight"], ["sleep"]]
    assert ids(moved(parted, "weight", "second", 0)) == [["height"], ["weight", "sleep"]]
    assert ids(moved(parted, "sleep", "first", 0)) == [["sleep", "weight", "height"]]
    assert ids(moved(parted, "sleep", "second", 5)) == ids(parted)


def test_a_field_is_changed_and_the_others_stay(parted: Form) -> None:
    changed = with_optional(
        with_prefill(with_widget(parted, "sleep", Widget.LIST), "sleep", Prefill.EARLIER), "sleep", optional=True
    )
    sleep = field_of(changed, "sleep")
    assert (sleep.widget, sleep.prefill, sleep.optional) == (Widget.LIST, Prefill.EARLIER, True)
    assert changed.sections[0] == parted.sections[0]


def test_what_can_t_be_done_is_a_fault(parted: Form) -> None:
    lonely = form_of(*fields("sleep"))
    for key, change in (
        ("variant-field-twice", lambda: with_field(parted, Field(id="sleep"), "first")),
        ("variant-section-unknown", lambda: with_field(parted, Field(id="new"), "third")),
        ("variant-section-unknown", lambda: moved(parted, "sleep", "third", 0)),
        ("variant-field-unknown", lambda: without_field(parted, "sight")),
        ("variant-field-unknown", lambda: with_widget(parted, "sight", Widget.LIST)),
        ("variant-last-field", lambda: without_field(lonely, "sleep")),
    ):
        with pytest.raises(CallFault) as fault:
            change()
        assert fault.value.key == key


@pytest.mark.parametrize(
    ("shown", "left"),
    [
        (Condition(answers={"sleep": ("1",)}), Condition()),
        (Condition(answers={"sleep": ("1",), "sight": ()}), Condition(answers={"sight": ()})),
        (Condition(visits=("2-months",), answers={"sleep": ()}), Condition(visits=("2-months",))),
        (Condition(any=(Condition(answers={"sleep": ()}),)), Condition()),
        (
            Condition(any=(Condition(answers={"sleep": ()}), Condition(ages=(1, 2)))),
            Condition(any=(Condition(ages=(1, 2)),)),
        ),
        (Condition(none=(Condition(answers={"sleep": ()}),)), Condition()),
        (
            Condition(ages=(1, 2), none=(Condition(ages=(3, 4)),)),
            Condition(ages=(1, 2), none=(Condition(ages=(3, 4)),)),
        ),
    ],
)
def test_what_waited_for_a_removed_field_waits_no_longer(shown: Condition, left: Condition) -> None:
    form = form_of(*fields("sleep"), Field(id="hearing", variable="hearing", shown=shown))
    assert field_of(without_field(form, "sleep"), "hearing").shown == left


@given(st.data())
def test_moving_keeps_every_field(data: st.DataObject) -> None:
    form = form_of(*fields(*MEASURED, *JUDGED))
    field = data.draw(st.sampled_from([field.id for field in form.fields]))
    place = data.draw(st.integers(-3, 20))
    again = moved(form, field, "all", place)
    assert sorted(ids(again)[0]) == sorted(ids(form)[0])
    assert ids(without_field(again, field)) == ids(without_field(form, field))


@given(st.sets(st.sampled_from([*MEASURED, *JUDGED]), max_size=9))
def test_a_form_with_less_never_takes_longer(removed: set[str]) -> None:
    standard = shipped_standard()
    form = form_of(*fields(*MEASURED, *JUDGED))
    less = form
    for field in removed:
        less = without_field(less, field)
    # Without a field the next may have to be reached with the mouse: that is worth less than any field.
    assert estimate(less, standard).seconds.typical <= estimate(form, standard).seconds.typical


def test_a_comparison_tells_what_a_variant_gains_and_loses(two_months: Form, standard: Standard) -> None:
    less = variant(without_field(without_field(two_months, "sleep"), "motor-function"), "less", TITLE)
    more = variant(with_field(two_months, Field(id="epds", questionnaire="epds"), "all"), "more", TITLE)
    found = compare([estimate(each, standard) for each in (two_months, less, more)], standard)
    first, shorter, longer = found.forms
    assert first.seconds_more == first.hours_more == first.dkk_more == NOTHING
    assert (first.unmet_rules, first.lost_guide, first.lost, first.gained) == ((), (), (), ())
    assert {rule.invariant for rule in shorter.unmet_rules} == {
        "gateway-children-report-sleep",
        "gateway-children-report-motor-function",
    }
    assert shorter.lost_guide == shorter.lost == ("sleep", "motor-function")
    assert longer.gained == ("epds",)
    assert shorter.seconds_more.typical < 0 < longer.seconds_more.typical
    assert rounded(longer.dkk_more, 6) == rounded(longer.year.dkk - first.year.dkk, 6)
    assert [each.saving for each in longer.avoidable]
    assert found.cheapest == (shorter,)


def test_motor_function_alone_can_be_lost_without_the_gateway_s_notice(two_months: Form, standard: Standard) -> None:
    less = without_field(two_months, "motor-function")
    [_, found] = compare([estimate(two_months, standard), estimate(less, standard)], standard).forms
    assert found.unmet_rules == ()
    assert found.lost_guide == ("motor-function",)


def test_rows_have_every_variable_of_any_form(two_months: Form, standard: Standard) -> None:
    less = without_field(two_months, "sleep")
    more = with_field(two_months, Field(id="hearing", variable="hearing"), "all")
    twice = with_field(two_months, Field(id="again", variable="weight"), "all")
    forms = (two_months, less, more, twice)
    found = compare([estimate(each, standard) for each in forms], standard)
    rows = {row.name: row for row in found.rows}
    assert set(rows) == {*MEASURED, *JUDGED, "hearing", "save"}
    assert [band is None for band in rows["sleep"].seconds] == [False, True, False, False]
    assert rows["hearing"].needs == (None, None, Need.OPTIONAL, None)
    assert rows["weight"].needs == (Need.REQUIRED,) * 4
    for at, each in enumerate(found.forms):
        column = (band for row in found.rows if (band := row.seconds[at]) is not None)
        assert rounded(sum(column, start=NOTHING), 6) == rounded(each.found.seconds, 6)
    assert asked_for(twice) == asked_for(two_months)


def test_where_a_visit_stands(two_months: Form, standard: Standard) -> None:
    form = with_field(two_months, Field(id="hearing", variable="hearing", optional=True), "all")
    found = estimate(form, standard)
    shown = [Asked(field.id, "child") for field in form.fields]
    start = visit_progress(found, shown, ())
    asked = [found.fields[field.id] for field in two_months.fields]
    assert rounded(start.left, 6) == rounded(sum(asked, start=NOTHING), 6)
    assert (start.left_fields, start.required_fields) == (10, 9)
    assert start.optional_left == found.fields["hearing"]
    assert start.spent == start.opened == NOTHING
    assert start.opened_fields == ()
    assert start.measured is None
    half = visit_progress(found, shown, shown[:5], factor=2, measured=33.0)
    assert rounded(half.spent + half.left, 6) == rounded(start.left * 2, 6)
    assert half.measured == 33.0


def test_what_the_last_answer_opened(two_months: Form, standard: Standard) -> None:
    opened = Field(id="sight", variable="sight", shown=Condition(answers={"sleep": ()}))
    form = with_field(two_months, opened, "all")
    found = estimate(form, standard)
    before = [Asked(field.id, "child") for field in two_months.fields]
    after = visit_progress(
        found, [*before, Asked("sight", "child"), Asked("unknown")], {Asked("sleep", "child")}, before
    )
    assert after.opened_fields == (Asked("sight", "child"), Asked("unknown"))
    assert after.opened == found.fields["sight"]


def test_both_parents_are_left_until_both_are_answered(standard: Standard) -> None:
    found = estimate(form_of(*fields("parent-mental-status")), standard)
    both = [Asked("parent-mental-status", key) for key in ("mor", "far")]
    once = found.fields["parent-mental-status"]
    assert visit_progress(found, both, ()).left == once + once
    assert visit_progress(found, both, both[:1]).left == once
    assert field_needs(found)["parent-mental-status"] is Need.REQUIRED


def test_a_band_of_nothing_is_no_band() -> None:
    assert not Band(0, 0, 0)
