"""Which fields show, for whom: by visit, class, age, subject and answers, each parent's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.forms.model import Condition, Form, Who
from ldbu_desktop.forms.visibility import (
    Asked,
    VisitState,
    citizens,
    deciding_fields,
    holds,
    shown_fields,
    shown_sections,
)
from ldbu_desktop.standard.catalogue import shipped_standard

from .conftest import form_with

HOME = VisitState("2-months", "HH", 70, "c", "c", ("m", "f"))
BAD_SLEEP, GOOD_SLEEP = "c25b5cda-3f6b-4ef7-998d-c22c58c6dd18", "b07eec60-941d-484d-8c2a-aeaa2ba798bf"
ILL = "f86c2526-3b04-454c-a99e-d350f699dc94"


def shown(form: Form, state: VisitState) -> list[tuple[str, str]]:
    return [(each.field.id, each.citizen) for each in shown_fields(form, state)]


def test_nothing_said_holds_always() -> None:
    assert holds(Condition(), VisitState())
    assert holds(Condition(), HOME)


def test_visit_and_class() -> None:
    assert holds(Condition(visits=("4-6-months", "2-months")), HOME)
    assert not holds(Condition(visits=("4-6-months",)), HOME)
    assert holds(Condition(classes=("HH",)), HOME)
    assert not holds(Condition(classes=("AMB",)), HOME)


def test_who_the_visit_is_about() -> None:
    about_parent = HOME._replace(subject="f")
    assert holds(Condition(subjects=(Who.CHILD,)), HOME)
    assert not holds(Condition(subjects=(Who.CHILD,)), about_parent)
    assert holds(Condition(subjects=(Who.EACH_PARENT,)), about_parent)


def test_ages_are_from_the_first_to_before_the_second() -> None:
    for age, is_within in ((69, False), (70, True), (71, True), (72, False)):
        assert holds(Condition(ages=(70, 72)), HOME._replace(age_days=age)) is is_within
    assert holds(Condition(ages=(None, 71)), HOME)
    assert not holds(Condition(ages=(None, 70)), HOME)
    assert holds(Condition(ages=(70, None)), HOME)
    assert not holds(Condition(ages=(71, None)), HOME)


def test_no_age_is_within_no_ages_but_within_no_limits() -> None:
    unborn = HOME._replace(age_days=None)
    assert not holds(Condition(ages=(0, None)), unborn)
    assert holds(Condition(ages=(None, None)), unborn)


def test_answers() -> None:
    condition = Condition(answers={"sleep": (BAD_SLEEP,)})
    assert not holds(condition, HOME)
    assert not holds(condition, HOME._replace(answers={Asked("sleep", "c"): (GOOD_SLEEP,)}))
    assert holds(condition, HOME._replace(answers={Asked("sleep", "c"): (BAD_SLEEP,)}))
    assert holds(condition, HOME._replace(answers={Asked("sleep", "c"): (GOOD_SLEEP, BAD_SLEEP)}))
    assert holds(Condition(answers={"sleep": ()}), HOME._replace(answers={Asked("sleep", "c"): (GOOD_SLEEP,)}))
    assert not holds(Condition(answers={"sleep": ()}), HOME._replace(answers={Asked("sleep", "c"): ()}))
    assert holds(Condition(answers={"visit.class": ("HH",)}), HOME._replace(answers={Asked("visit.class"): ("HH",)}))


def test_a_parents_answers_count_for_that_parents_fields_and_anybodys_for_others() -> None:
    condition = Condition(answers={"parent-mental-status": (ILL,)})
    state = HOME._replace(answers={Asked("parent-mental-status", "f"): (ILL,)})
    assert holds(condition, state, "f")
    assert not holds(condition, state, "m")
    assert holds(condition, state, "c")
    assert holds(condition, state, "")


def test_any_and_none_combine() -> None:
    young, old = Condition(ages=(None, 50)), Condition(ages=(100, None))
    assert not holds(Condition(any=(young, old)), HOME)
    assert holds(Condition(any=(young, old)), HOME._replace(age_days=10))
    assert holds(Condition(none=(young, old)), HOME)
    assert not holds(Condition(none=(young, old)), HOME._replace(age_days=200))


def test_whom_a_field_is_about() -> None:
    assert citizens(Who.VISIT, HOME) == ("",)
    assert citizens(Who.EACH_PARENT, HOME) == ("m", "f")
    assert citizens(Who.CHILD, HOME) == ("c",)
    assert citizens(Who.CHILD, HOME._replace(child="", subject="m")) == ()
    assert citizens(Who.SUBJECT, HOME._replace(subject="m")) == ("m",)


def test_fields_about_each_parent_stand_parent_by_parent() -> None:
    form = form_with(
        "- {variable: parent-relationship}",
        "- {variable: parent-mental-status}",
        "- {questionnaire: epds}",
        "- {variable: sleep}",
        "- {variable: social-support-network}",
    )
    assert shown(form, HOME) == [
        ("parent-relationship", "c"),
        ("parent-mental-status", "m"),
        ("epds", "m"),
        ("parent-mental-status", "f"),
        ("epds", "f"),
        ("sleep", "c"),
        ("social-support-network", "m"),
        ("social-support-network", "f"),
    ]


def test_what_an_answer_opens() -> None:
    form = form_with(
        "- {variable: parent-mental-status}",
        f"- {{questionnaire: epds, shown: {{answers: {{parent-mental-status: [{ILL}]}}}}}}",
    )
    assert shown(form, HOME) == [("parent-mental-status", "m"), ("parent-mental-status", "f")]
    state = HOME._replace(answers={Asked("parent-mental-status", "f"): (ILL,)})
    assert shown(form, state) == [("parent-mental-status", "m"), ("parent-mental-status", "f"), ("epds", "f")]


def test_what_is_answered_shows_although_it_does_not_fit() -> None:
    form = form_with("- {variable: sleep, shown: {ages: [700, null]}}", "- {variable: sight, shown: {ages: [1, 2]}}")
    assert shown(form, HOME) == []
    assert shown_sections(form, HOME) == ()
    [left] = shown_fields(form, HOME._replace(answers={Asked("sleep", "c"): (BAD_SLEEP,)}))
    assert (left.asked, left.fits) == (Asked("sleep", "c"), False)
    [reasoned] = shown_fields(form, HOME._replace(recorded={Asked("sight", "c")}))
    assert (reasoned.asked, reasoned.fits) == (Asked("sight", "c"), False)


def test_a_section_hides_its_fields() -> None:
    form = form_with("- {variable: sleep}", "- {variable: sight}")
    [section] = form.sections
    at_home = Condition(classes=("AMB",))
    hidden = Form(id="a", title=form.title, sections=(type(section)("s", form.title, section.fields, shown=at_home),))
    assert shown(hidden, HOME) == []
    assert shown(hidden, HOME._replace(visit_class="AMB")) == [("sleep", "c"), ("sight", "c")]


def test_nobody_is_asked_about_a_child_before_there_is_one() -> None:
    expecting = VisitState("pregnancy", "HH", None, "m", "", ("m", "f"))
    assert {each.citizen for each in shown_fields(shipped_form_of("pregnancy", shipped_standard()), expecting)} == {
        "",
        "m",
        "f",
    }


FORM = shipped_form_of("infant-need-based", shipped_standard())
FIELD_IDS = [field.id for field in FORM.fields]
ANSWERS = st.dictionaries(
    st.builds(Asked, st.sampled_from(FIELD_IDS), st.sampled_from(["", "c", "m", "f"])),
    st.lists(st.sampled_from([BAD_SLEEP, ILL, "HH"]), max_size=2),
    max_size=6,
)


@given(
    st.builds(
        VisitState,
        st.just("infant-need-based"),
        st.sampled_from(["HH", "AMB", ""]),
        st.none() | st.integers(-100, 3000),
        st.sampled_from(["c", "m", "x"]),
        st.sampled_from(["c", ""]),
        st.sampled_from([(), ("m",), ("m", "f")]),
        ANSWERS,
    )
)
def test_whatever_is_known_a_field_shows_once_for_each_and_what_is_answered_is_never_hidden(state: VisitState) -> None:
    fields = shown_fields(FORM, state)
    asked = [each.asked for each in fields]
    assert len(set(asked)) == len(asked)
    places = [FIELD_IDS.index(each.field.id) for each in fields if each.field.who is not Who.EACH_PARENT]
    assert places == sorted(places)
    about = {Asked(field.id, citizen) for field in FORM.fields for citizen in citizens(field.who, state)}
    answered = {each for each, codes in state.answers.items() if codes}
    assert answered & about <= set(asked) <= about
    assert {each.asked for each in fields if not each.fits} <= answered


def test_which_answers_decide_what_else_shows() -> None:
    form = form_with(
        "- {variable: sleep}",
        "- {variable: sight}",
        f"- {{variable: weight, shown: {{any: [{{answers: {{sleep: [{BAD_SLEEP}]}}}}, {{classes: [AMB]}}]}}}}",
        "- {variable: height, shown: {none: [{answers: {weight: []}}]}}",
    )
    assert deciding_fields(form) == {"sleep", "weight"}
    [section] = form.sections
    held = type(section)("s", form.title, section.fields, shown=Condition(answers={"sight": ()}))
    assert deciding_fields(Form(id="a", title=form.title, sections=(held,))) == {"sleep", "weight", "sight"}
