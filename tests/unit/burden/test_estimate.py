"""What goes into the estimate of a form: widgets, words, needs, parents, what is left out and what could be avoided."""

from __future__ import annotations

import msgspec
import pytest

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.estimate import estimate, total
from ldbu_desktop.burden.interactions import seconds_of
from ldbu_desktop.burden.model import NOTHING, Activity, Band, Need, Payer, Saving
from ldbu_desktop.burden.walk import FOLDED, NOTES, SAVED
from ldbu_desktop.burden.year import year_of_visits
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Who, Widget
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard

from .conftest import fields, form_of, rounded

ON = Band(1, 1, 1)
HALF = Band(0.5, 0.5, 0.5)


def set_to(plain: Assumptions, **values: Band) -> Assumptions:
    for key, value in values.items():
        plain = plain.with_value(key, value)
    return plain


def entry(form: Form, standard: Standard, given: Assumptions, field: str) -> float:
    found = estimate(form, standard, given)
    return round(
        total(part for part in found.parts if part.field == field and part.kind is not Activity.READING).typical, 3
    )


def left_out(form: Form, standard: Standard, given: Assumptions | None = None) -> dict[str, tuple[str, ...]]:
    return {each.id: each.fields for each in estimate(form, standard, given).not_counted}


@pytest.mark.parametrize(
    ("field", "seconds", "by_keys"),
    [
        (Field(id="a", variable="sleep"), 2.65, 1.63),
        (Field(id="a", variable="sleep", widget=Widget.LIST), 3.95, 2.19),
        (Field(id="a", variable="sleep", prefill=Prefill.EARLIER), 2.65, 1.63),
        (Field(id="a", variable="visit.class", proposed="HH"), 2.65, 1.63),
        (Field(id="a", variable="weight", unit="g"), 4.17, 2.75),
        (Field(id="a", variable="weight", unit="kg"), 3.89, 2.47),
        (Field(id="a", variable="feeding"), 2.65, 1.63),
        (Field(id="a", variable="visit.start"), 1.35 + 1.3 + 0.4 + 12 * 0.28, 1.35 + 13 * 0.28),
        (Field(id="a", variable="exam-result"), 2 * 1.35 + 1.3 + 0.4 + 5 * 0.28, 2 * 1.35 + 6 * 0.28),
        (Field(id="a", variable="intervention.code"), 2 * (2 * 1.35 + 1.3 + 0.4 + 5 * 0.28), 2 * (2 * 1.35 + 6 * 0.28)),
        (Field(id="a", variable="parent.active"), 2.65, 1.63),
        (Field(id="a", variable="visit.subject"), 1.35 + 1.3 + 0.4 + 6 * 0.28, 1.35 + 7 * 0.28),
        (Field(id="a", widget=Widget.TEXT), 0.4 + 4 * 1.35 + 300 * 0.28, 4 * 1.35 + 301 * 0.28),
        (Field(id="a"), 0.4 + 4 * 1.35 + 300 * 0.28, 4 * 1.35 + 301 * 0.28),
    ],
)
def test_each_widget_takes_what_its_interaction_takes(
    field: Field, seconds: float, by_keys: float, standard: Standard, plain: Assumptions
) -> None:
    assert entry(form_of(field), standard, plain, "a") == round(seconds, 3)
    assert entry(form_of(field), standard, set_to(plain, keyboard=ON), "a") == round(by_keys, 3)


def test_the_hand_moves_between_mouse_and_keys(standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("weight", "height", "sleep", "head-circumference"))
    took = [entry(form, standard, plain, each) for each in ("weight", "height", "sleep", "head-circumference")]
    assert took == [4.17, 2.75, 2.65 + 0.4, 4.17]


def test_a_number_without_an_age_has_the_assumed_keys(standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("weight"), visits=())
    assert entry(form, standard, plain, "weight") == 4.17
    assert entry(form, standard, set_to(plain, number_keys=Band(6, 6, 6)), "weight") == round(4.17 + 2 * 0.28, 3)


def test_an_age_of_which_nothing_is_known_has_the_assumed_keys(standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("weight"))
    scene = estimate(form, standard, plain).scene._replace(age_days=40_000)
    assert estimate(form, standard, plain, scene=scene).fields == estimate(form, standard, plain).fields


def test_words_are_those_of_label_hint_and_options_in_the_language(standard: Standard, plain: Assumptions) -> None:
    hint = Text(da="to ord", en="three whole words")
    form = form_of(Field(id="sleep", variable="sleep", hint=hint))
    variable = standard.variable["sleep"]
    options = [concept.label for concept in standard.concepts(variable).values()]
    for language, hint_words in ((Language.DANISH, 2), (Language.ENGLISH, 3)):
        words = len(variable.label[language].split()) + sum(len(each[language].split()) for each in options)
        found = estimate(form, standard, plain, language=language)
        assert rounded(found.by_kind[Activity.READING], 6) == rounded(plain.word * (words + hint_words), 6)


def test_options_are_read_as_far_as_is_assumed_and_of_a_proposal_only_itself(
    standard: Standard, plain: Assumptions
) -> None:
    unread = set_to(plain, options_read=NOTHING)
    label_only = estimate(form_of(*fields("sleep")), standard, unread).by_kind[Activity.READING]
    assert rounded(label_only, 6) == rounded(plain.word, 6)
    all_read = estimate(form_of(*fields("sleep")), standard, plain).by_kind[Activity.READING]
    proposed = form_of(Field(id="sleep", variable="sleep", prefill=Prefill.EARLIER))
    one_read = estimate(proposed, standard, plain).by_kind[Activity.READING]
    assert label_only.typical < one_read.typical < all_read.typical


def test_of_a_long_list_only_proposals_are_read(standard: Standard, plain: Assumptions) -> None:
    searched = estimate(form_of(*fields("exam-result")), standard, plain).by_kind[Activity.READING]
    listed = form_of(Field(id="a", variable="exam-result", widget=Widget.LIST))
    assert searched.typical < estimate(listed, standard, plain).by_kind[Activity.READING].typical / 10


def test_errors_and_first_use_multiply(standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("sleep"))
    once = entry(form, standard, plain, "sleep")
    assert entry(form, standard, set_to(plain, p_err=HALF), "sleep") == round(1.5 * once, 3)
    assert entry(form, standard, set_to(plain, p_err=HALF, repair=Band(2, 2, 2)), "sleep") == round(2 * once, 3)
    first = estimate(form, standard, set_to(plain, first_use=ON))
    assert rounded(first.seconds, 6) == rounded(estimate(form, standard, plain).seconds * 1.7, 6)


def test_a_band_is_low_typical_and_high_in_this_order(two_months: Form, standard: Standard) -> None:
    seconds = estimate(two_months, standard).seconds
    assert seconds.low < seconds.typical < seconds.high


@pytest.mark.parametrize(
    ("variable", "visit_type", "need"),
    [
        ("sleep", "2-months", Need.REQUIRED),
        ("motor-function", "2-months", Need.GUIDE),
        ("height", "2-months", Need.REQUIRED),
        ("hearing", "2-months", Need.OPTIONAL),
        ("parent-relationship", "8-11-months", Need.GUIDE),
        ("nutrition", "2-months", Need.REQUIRED),
        ("visit.start", "2-months", Need.REQUIRED),
        ("visit.end", "2-months", Need.OPTIONAL),
        ("weight", "infant-preventive", Need.OPTIONAL),
    ],
)
def test_need_is_what_the_gateway_tests_and_the_guide_asks(
    variable: str, visit_type: str, need: Need, standard: Standard
) -> None:
    found = estimate(form_of(*fields(variable), visits=(visit_type,)), standard)
    assert {part.need for part in found.parts if part.field == variable} == {need}


def test_parts_add_up_by_kind_and_by_need(two_months: Form, standard: Standard) -> None:
    found = estimate(two_months, standard)
    for parts in (found.by_kind.values(), found.by_need.values(), (total(found.parts),)):
        assert rounded(sum(parts, start=NOTHING), 6) == rounded(found.seconds, 6)
    year = year_of_visits(found.seconds, found.assumptions)
    assert found.year == year


@pytest.mark.parametrize("parents", [0, 1, 2, 3])
def test_a_field_about_each_parent_is_filled_for_each(parents: int, standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("sleep", "parent-mental-status"))
    found = estimate(form, standard, plain, parents)
    of_parents = total(part for part in found.parts if part.field == "parent-mental-status")
    assert rounded(of_parents, 6) == rounded(found.fields["parent-mental-status"] * parents, 6)
    assert len([part for part in found.parts if part.field == "parent-mental-status"]) == (2 if parents else 0)
    assert found.fields["parent-mental-status"]


def test_before_the_birth_there_is_no_child_to_fill_for(standard: Standard) -> None:
    about_the_child = Field(id="a", variable="passive-smoking", who=Who.CHILD)
    found = estimate(form_of(about_the_child, visits=("pregnancy",)), standard)
    assert {part.variable for part in found.parts} == {SAVED}


def test_judgement_counts_once_it_is_set(standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("weight", "sleep"))
    assert "judgement" in left_out(form, standard, plain)
    judged = set_to(plain, judgement=Band(5, 10, 20))
    found = estimate(form, standard, judged)
    assert found.by_kind[Activity.JUDGEMENT] == Band(5, 10, 20)
    assert "judgement" not in left_out(form, standard, judged)


def test_notes_count_once_they_are_set(standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("sleep"))
    assert "notes" in left_out(form, standard, plain)
    noted = set_to(plain, notes_keys=Band(300, 300, 300), notes_sentences=Band(4, 4, 4))
    found = estimate(form, standard, noted)
    assert round(found.by_kind[Activity.NOTES].typical, 3) == 89.8
    assert [part.variable for part in found.parts if part.kind is Activity.NOTES] == [NOTES]
    assert "notes" not in left_out(form, standard, noted)


def test_free_text_is_notes(standard: Standard, plain: Assumptions) -> None:
    found = estimate(form_of(Field(id="a", widget=Widget.TEXT)), standard, plain)
    assert round(found.by_kind[Activity.NOTES].typical, 3) == 89.8


def test_folded_and_conditional_fields_are_left_out_and_told(standard: Standard, plain: Assumptions) -> None:
    folded = Field(id="folded", variable="hearing", optional=True)
    opened = Field(id="opened", variable="sight", shown=Condition(answers={"sleep": ()}))
    form = form_of(*fields("sleep"), folded, opened)
    found = estimate(form, standard, plain)
    told = {each.id: each for each in found.not_counted}
    assert told["folded"].fields == ("folded",)
    assert told["folded"].seconds == found.fields["folded"]
    assert told["conditional"].fields == ("opened",)
    assert "opened-empty" in told
    assert {part.field for part in found.parts} == {"sleep", ""}
    shared = estimate(form, standard, set_to(plain, folded_share=HALF, conditional_share=HALF, opened_empty=ON))
    for field in ("folded", "opened"):
        of_field = total(part for part in shared.parts if part.field == field)
        assert rounded(of_field, 6) == rounded(shared.fields[field] * 0.5, 6)
    empty = [part for part in shared.parts if part.saving is Saving.OPENED_EMPTY]
    assert [(part.variable, rounded(part.seconds, 3)) for part in empty] == [(FOLDED, (3.4, 4.0, 5.7))]
    assert not {"folded", "conditional", "opened-empty"} & {each.id for each in shared.not_counted}


def test_a_folded_field_that_an_answer_opens_needs_both_shares(standard: Standard, plain: Assumptions) -> None:
    both = Field(id="both", variable="sight", optional=True, shown=Condition(answers={"sleep": ()}))
    form = form_of(*fields("sleep"), both)
    assert left_out(form, standard, set_to(plain, folded_share=HALF))["conditional"] == ("both",)
    found = estimate(form, standard, set_to(plain, folded_share=HALF, conditional_share=HALF))
    of_both = total(part for part in found.parts if part.field == "both")
    assert rounded(of_both, 6) == rounded(found.fields["both"] * 0.25, 6)


def test_what_else_is_left_out_is_told(standard: Standard, plain: Assumptions) -> None:
    form = form_of(*fields("feeding", "exam-result"), Field(id="epds", questionnaire="epds"))
    assert set(left_out(form, standard, plain)) == {
        "judgement",
        "notes",
        "missing-reasons",
        "instruments",
        "family",
        "more-codes",
        "periods",
        "contact",
        "program",
    }
    by_family = set_to(plain, family_enters=ON)
    assert "family" not in left_out(form, standard, by_family)


def test_a_known_fact_need_only_be_confirmed(standard: Standard, plain: Assumptions) -> None:
    typed = estimate(form_of(Field(id="a", variable="visit.school", widget=Widget.LIST)), standard, plain)
    [avoidable] = typed.avoidable
    assert avoidable.saving is Saving.KNOWN_FACT
    assert round(avoidable.seconds.typical, 3) == 1.3
    assert rounded(avoidable.hours, 6) == rounded(year_of_visits(avoidable.seconds, plain).hours, 6)
    confirmed = Field(id="a", variable="visit.school", widget=Widget.LIST, prefill=Prefill.EARLIER)
    assert estimate(form_of(confirmed), standard, plain).avoidable == ()


def test_a_known_fact_that_is_as_quick_to_enter_is_not_avoidable(standard: Standard, plain: Assumptions) -> None:
    found = estimate(form_of(Field(id="a", variable="school.status")), standard, plain)
    assert found.avoidable == ()


def test_what_is_entered_twice_is_avoidable_with_its_reading(standard: Standard, plain: Assumptions) -> None:
    form = form_of(Field(id="a", variable="sleep"), Field(id="b", variable="sleep"))
    found = estimate(form, standard, plain)
    [avoidable] = found.avoidable
    assert (avoidable.field, avoidable.saving) == ("b", Saving.ENTERED_TWICE)
    assert rounded(avoidable.seconds, 6) == rounded(found.fields["b"], 6)
    assert estimate(form_of(Field(id="a", widget=Widget.TEXT), Field(id="b")), standard, plain).avoidable == ()


def test_the_largest_saving_stands_first(standard: Standard, plain: Assumptions) -> None:
    form = form_of(
        Field(id="a", variable="sleep"), Field(id="b", variable="sleep"), Field(id="epds", questionnaire="epds")
    )
    savings = [each.saving for each in estimate(form, standard, plain).avoidable]
    assert savings == [Saving.TRANSCRIPTION, Saving.ENTERED_TWICE]


def test_an_instrument_of_the_nurse_is_hers(standard: Standard, plain: Assumptions) -> None:
    found = estimate(form_of(Field(id="adbb", questionnaire="adbb")), standard, plain)
    assert found.avoidable == ()
    assert round(found.by_kind[Activity.INSTRUMENTS].typical, 3) == round(8 * 2.65, 3)
    by_hand = estimate(form_of(Field(id="adbb", questionnaire="adbb")), standard, set_to(plain, sum_by_hand=ON))
    assert [each.saving for each in by_hand.avoidable] == [Saving.SUM_BY_HAND]


def test_an_instrument_that_the_family_enters_is_theirs(standard: Standard, plain: Assumptions) -> None:
    form = form_of(Field(id="epds", questionnaire="epds"))
    theirs = set_to(plain, family_enters=ON, sum_by_hand=ON)
    found = estimate(form, standard, theirs)
    assert round(found.by_kind[Activity.INSTRUMENTS].typical, 3) == 2.65
    assert {part.payer for part in found.family} == {Payer.FAMILY}
    assert round(total(part for part in found.family if part.kind is Activity.INSTRUMENTS).typical, 3) == 26.5
    assert found.avoidable == ()


def test_an_instrument_s_own_form_is_taken_where_there_is_one(standard: Standard, plain: Assumptions) -> None:
    items = standard.questionnaire["epds"].items[:3]
    own = form_of(
        *(Field(id=item.link_id, link_id=item.link_id, widget=Widget.LIST) for item in items),
        Field(id="informer", variable="response.informer"),
        id="epds",
        visits=(),
        questionnaire="epds",
    )
    visit = form_of(Field(id="epds", questionnaire="epds"))
    found = estimate(visit, standard, plain, instruments={"epds": own})
    assert round(found.by_kind[Activity.INSTRUMENTS].typical, 3) == round(3 * 3.95 + 2.65, 3)


def test_an_instrument_by_itself_has_a_part_an_item(standard: Standard, plain: Assumptions) -> None:
    asked = standard.questionnaire["epds"]
    form = form_of(
        *(Field(id=item.link_id, link_id=item.link_id) for item in asked.items),
        id="epds",
        visits=(),
        questionnaire="epds",
    )
    found = estimate(form, standard, set_to(plain, sum_by_hand=ON))
    assert {part.variable for part in found.parts} == {*asked.by_link_id, SAVED}
    assert rounded(found.by_kind[Activity.INSTRUMENTS], 3) == (34.0, 40.0, 57.0)
    assert [(each.field, each.variable) for each in found.avoidable] == [("", "epds"), ("", "epds")]
    assert {each.saving for each in found.avoidable} == {Saving.TRANSCRIPTION, Saving.SUM_BY_HAND}
    assert estimate(form, standard, plain).by_kind[Activity.INSTRUMENTS].typical == pytest.approx(26.5)


@pytest.mark.parametrize(
    ("link_id", "questionnaire", "seconds"), [("score", "aims", 0), ("prone", "aims", 1.35 + 1.9 + 0.56)]
)
def test_an_item_with_many_points_is_a_number(
    link_id: str, questionnaire: str, seconds: float, standard: Standard, plain: Assumptions
) -> None:
    form = form_of(Field(id="a", link_id=link_id), id="b", visits=(), questionnaire=questionnaire)
    typed = 1.35 + 1.3 + 0.4 + 2 * 0.28 if seconds else 0
    assert entry(form, standard, plain, "a") == round(typed, 3)


def test_options_of_items_are_read(standard: Standard, plain: Assumptions) -> None:
    form = form_of(Field(id="a", link_id="1friendly"), id="b", visits=(), questionnaire="sdq4-10")
    item = standard.questionnaire["sdq4-10"].by_link_id["1friendly"]
    words = len(item.label.da.split()) + sum(len(each.split()) for each in item.options)
    found = estimate(form, standard, plain)
    assert rounded(found.by_kind[Activity.READING], 6) == rounded(plain.word * words, 6)


def test_a_number_without_limits_has_the_assumed_keys(standard: Standard, plain: Assumptions) -> None:
    asked = standard.questionnaire["aims"]
    [endless] = [msgspec.structs.replace(item, max=None) for item in asked.items if item.link_id == "prone"]
    changed = msgspec.structs.replace(
        standard, questionnaires=(msgspec.structs.replace(asked, items=(endless,), summed=(), score=None),)
    )
    form = form_of(Field(id="a", link_id="prone"), id="b", visits=(), questionnaire="aims")
    assert entry(form, changed, plain, "a") == 4.17


@pytest.mark.parametrize(
    ("variable", "need"), [("sleep", Need.REQUIRED), ("motor-function", Need.GUIDE), ("sight", Need.OPTIONAL)]
)
def test_saving_is_asked_for_by_whoever_asks_for_what_is_saved(
    variable: str, need: Need, standard: Standard, plain: Assumptions
) -> None:
    found = estimate(form_of(*fields(variable)), standard, plain)
    assert found.parts[-1].variable == SAVED
    assert found.parts[-1].seconds == seconds_of(plain, "choice")
    assert found.parts[-1].need is need
