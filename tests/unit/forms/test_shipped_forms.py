"""Our own forms: all that a visit has to have is in them and shows, and nothing that is recorded is out of reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ldbu_desktop.bundled_files import shipped_form
from ldbu_desktop.forms.coverage import lacking
from ldbu_desktop.forms.loader import ENDINGS, form_files, shipped_form_of, shipped_forms, shipped_ids
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Who, Widget
from ldbu_desktop.forms.visibility import Asked, ShownField, VisitState, shown_fields
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import GatewayRule, Questionnaire, VisitType

STANDARD = shipped_standard()
VISITS = STANDARD.visit_types
FORMS = shipped_forms(shipped_standard()).forms
CHILD, MOTHER, FATHER = "child", "mother", "father"


def state(visit: VisitType, visit_class: str, age_days: int | None = None) -> VisitState:
    """A visit of a type to a family with two parents, where nothing is answered yet."""
    if visit.subject == "parent":
        return VisitState(visit.id, visit_class, None, MOTHER, "", (MOTHER, FATHER))
    if age_days is None:
        assert visit.from_days is not None
        assert visit.to_days is not None
        age_days = (visit.from_days + visit.to_days) // 2
    return VisitState(visit.id, visit_class, age_days, CHILD, CHILD, (MOTHER, FATHER))


def rules_of(visit: VisitType) -> Iterator[GatewayRule]:
    return (rule for rule in STANDARD.gateway_rules if visit.code in rule.visits)


def meets(shown: ShownField, rule: GatewayRule) -> bool:
    """Whether an answer to a field satisfies a rule."""
    variable = STANDARD.variable.get(shown.field.variable)
    return variable is not None and not STANDARD.observation_codes(variable).isdisjoint(rule.codes)


def test_each_visit_type_and_instrument_has_a_form_named_after_it() -> None:
    assert tuple(form.id for form in FORMS) == shipped_ids(shipped_standard())
    assert len(FORMS) == 14 + 7
    assert {path.name for path in form_files(shipped_form())} == {f"{form.id}{ENDINGS[0]}" for form in FORMS}
    for form in FORMS:
        assert form.source == f"{form.id}{ENDINGS[0]}"
        assert not form.is_own
        assert form.visits == ((form.id,) if form.id in {visit.id for visit in VISITS} else ())


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.id)
def test_form_is_called_as_its_visit_in_both_languages(visit: VisitType) -> None:
    form = shipped_form_of(visit.id, shipped_standard())
    assert form.title == visit.label
    assert form.explanation is not None
    assert form.explanation.da != form.explanation.en


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.id)
def test_all_that_a_visit_must_have_shows_and_is_not_folded_away(visit: VisitType) -> None:
    form = shipped_form_of(visit.id, shipped_standard())
    assert lacking(form, STANDARD) == ()
    for visit_class in ("HH", "AMB"):
        shown = shown_fields(form, state(visit, visit_class))
        open_ = [each for each in shown if not each.field.optional]
        for variable in STANDARD.guide_variables.get(visit.id, ()):
            assert variable in {each.field.variable for each in open_}
        for rule in rules_of(visit):
            assert any(meets(each, rule) for each in open_), rule.invariant
            # What a rule is meant for can at least be unfolded: the code that it tests may be another's. Feeding and
            # nutrition share a code, and a child has the one that fits its age.
            meant = set(rule.variables)
            assert meant & {each.field.variable for each in shown}
            assert meant <= {each.field.variable for each in shown} or meant == {"feeding", "nutrition"}


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.id)
def test_what_the_guide_asks_for_comes_before_what_may_be_added(visit: VisitType) -> None:
    for section in shipped_form_of(visit.id, shipped_standard()).sections:
        folded = [field.optional for field in section.fields if field.id != "response.informer"]
        assert folded == sorted(folded), section.id


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.id)
def test_the_visit_itself_is_in_its_form(visit: VisitType) -> None:
    fields = {field.variable: field for field in shipped_form_of(visit.id, shipped_standard()).fields}
    assert {"visit.class", "visit.start", "visit.end", "visit.status"} <= fields.keys()
    assert ("visit.school" in fields) == visit.is_at_school
    assert not fields["visit.class"].optional
    assert not fields["visit.start"].optional
    assert {"exam-result", "intervention.code"} <= fields.keys()


@pytest.mark.parametrize("visit", VISITS, ids=lambda visit: visit.id)
def test_a_parents_indicators_are_there_once_for_each_parent(visit: VisitType) -> None:
    for each in shown_fields(shipped_form_of(visit.id, shipped_standard()), state(visit, "HH")):
        variable = STANDARD.variable.get(each.field.variable)
        if variable is not None and variable.subject == "parent":
            assert each.field.who is Who.EACH_PARENT
    asked = [
        each.citizen
        for each in shown_fields(shipped_form_of(visit.id, shipped_standard()), state(visit, "HH"))
        if each.field.variable == "parent-mental-status"
    ]
    assert asked in ([], [MOTHER, FATHER])


def test_every_observed_variable_and_every_instrument_is_reached_in_some_form() -> None:
    fields = [field for form in FORMS for field in form.fields]
    assert {variable.id for variable in STANDARD.observed} <= {field.variable for field in fields}
    assert {each.id for each in STANDARD.questionnaires} == {field.questionnaire for field in fields} - {""}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_nothing_that_is_found_at_a_visit_is_filled_in_advance(form: Form) -> None:
    for field in form.fields:
        variable = STANDARD.variable.get(field.variable)
        if variable is None or variable.record == "observation":
            assert field.proposed == ""
        if field.prefill is not Prefill.NONE:
            assert field.variable in {"passive-smoking", "visit.school"}


@pytest.mark.parametrize("questionnaire", STANDARD.questionnaires, ids=lambda each: each.id)
def test_instrument_has_every_question_in_order_and_who_told(questionnaire: Questionnaire) -> None:
    form = shipped_form_of(questionnaire.id, shipped_standard())
    assert form.questionnaire == questionnaire.id
    assert [field.link_id for field in form.fields if field.link_id] == [item.link_id for item in questionnaire.items]
    assert [field.variable for field in form.fields if field.variable] == ["response.informer"]


@pytest.mark.parametrize("questionnaire", STANDARD.questionnaires, ids=lambda each: each.id)
def test_instrument_shows_at_the_ages_that_the_catalogue_has_for_it(questionnaire: Questionnaire) -> None:
    for form in FORMS:
        for field in form.fields:
            if field.questionnaire == questionnaire.id and questionnaire.from_days is not None:
                assert field.shown.ages == (questionnaire.from_days, questionnaire.to_days)


def instruments_at(visit: str, age_days: int) -> set[str]:
    [found] = (each for each in VISITS if each.id == visit)
    shown = shown_fields(shipped_form_of(visit, shipped_standard()), state(found, "HH", age_days))
    return {each.field.questionnaire for each in shown} - {""}


def test_instruments_fit_the_age_of_the_child() -> None:
    assert instruments_at("2-months", 60) == {"epds", "aims", "topi"}
    assert instruments_at("2-months", 61) == {"epds", "aims", "topi", "adbb"}
    assert instruments_at("8-11-months", 300) == {"epds", "aims", "adbb", "puf", "topi"}
    assert instruments_at("infant-preventive", 1600) == {"topi", "sdq4-10"}
    assert instruments_at("school-middle-measured", 4017) == {"sdq4-10"}
    assert instruments_at("school-middle-measured", 4018) == {"sdq11-17"}
    assert instruments_at("school-leaving", 5500) == {"sdq11-17"}


def test_a_contact_because_of_a_parents_own_need_is_about_the_parent() -> None:
    form = shipped_form_of("infant-need-based", shipped_standard())
    about_parent = VisitState("infant-need-based", "HH", 70, MOTHER, CHILD, (MOTHER, FATHER))
    shown = shown_fields(form, about_parent)
    assert {each.citizen for each in shown} == {"", MOTHER, FATHER}
    assert "weight" not in {each.field.variable for each in shown}
    about_child = shown_fields(form, about_parent._replace(subject=CHILD))
    assert "weight" in {each.field.variable for each in about_child}


def test_nobody_is_measured_on_the_telephone() -> None:
    classes = STANDARD.value_set["EncounterClassCodes"].by_code.values()
    [phone] = (each.code for each in classes if each.term == "Telefonisk")
    for visit in ("infant-need-based", "infant-preventive", "school-need-based", "school-preventive"):
        by_phone = shown_fields(
            shipped_form_of(visit, shipped_standard()), VisitState(visit, phone, 3000, CHILD, CHILD, (MOTHER,))
        )
        assert "weight" not in {each.field.variable for each in by_phone}
        assert "sleep" in {each.field.variable for each in by_phone}


@pytest.mark.parametrize("questionnaire", ["sdq4-10", "sdq11-17"])
def test_what_difficulties_mean_is_only_asked_where_there_are_any(questionnaire: str) -> None:
    form = shipped_form_of(questionnaire, shipped_standard())
    item = STANDARD.questionnaire[questionnaire].by_link_id["26difficulties"]
    for number, option in enumerate(item.options):
        answered = VisitState(subject=CHILD, child=CHILD, answers={Asked(item.link_id, CHILD): (option,)})
        asked = {each.field.link_id for each in shown_fields(form, answered)}
        assert ("33AffectOthers" in asked) == (number > 0)


def test_long_value_sets_are_found_by_typing_and_short_ones_are_visible() -> None:
    widgets = {field.variable: field.widget for form in FORMS for field in form.fields}
    assert widgets["exam-result"] is Widget.FINDINGS
    assert widgets["intervention.code"] is Widget.INTERVENTIONS
    assert widgets["feeding"] is Widget.PERIODS
    assert widgets["weight"] is Widget.NUMBER
    assert widgets["sleep"] is Widget.CHOICE
    assert widgets["visit.class"] is Widget.LIST


def test_a_condition_that_says_nothing_is_left_out() -> None:
    fields = [field for form in FORMS for field in form.fields if not field.questionnaire]
    assert sum(field.shown != Condition() for field in fields) < len(fields) / 4
    assert all(isinstance(field, Field) and field.widget and field.who for field in fields)
