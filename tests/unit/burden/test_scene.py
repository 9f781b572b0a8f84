"""Which fields of a form an estimate counts: those that come up at its usual visit, whatever is answered."""

from __future__ import annotations

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.estimate import estimate
from ldbu_desktop.forms.model import Condition, Field, Who
from ldbu_desktop.standard.model import Standard

from .conftest import form_of


def test_fields_of_other_visits_and_ages_do_not_come(standard: Standard, plain: Assumptions) -> None:
    never = [
        Condition(visits=("maternity",)),
        Condition(classes=("VR",)),
        Condition(subjects=(Who.EACH_PARENT,)),
        Condition(ages=(200, None)),
        Condition(ages=(None, 10)),
        Condition(any=(Condition(visits=("maternity",)), Condition(ages=(200, 300)))),
        Condition(none=(Condition(visits=("2-months",)),)),
    ]
    always = [
        Condition(visits=("2-months",)),
        Condition(classes=("HH",)),
        Condition(subjects=(Who.CHILD,)),
        Condition(ages=(60, 80)),
        Condition(ages=(None, None)),
        Condition(any=(Condition(visits=("maternity",)), Condition(ages=(60, 80)), Condition(answers={"0": ()}))),
        Condition(none=(Condition(visits=("maternity",)),)),
    ]
    opened = [
        Condition(answers={"0": ()}),
        Condition(any=(Condition(visits=("maternity",)), Condition(answers={"0": ()}))),
        Condition(none=(Condition(answers={"0": ()}),)),
    ]
    conditions = [*always, *never, *opened]
    form = form_of(*(Field(id=str(at), variable="sleep", shown=each) for at, each in enumerate(conditions)))
    found = estimate(form, standard, plain)
    assert {part.field for part in found.parts} == {"", *(str(at) for at in range(len(always)))}
    told = {each.id: each.fields for each in found.not_counted}
    assert told["conditional"] == tuple(str(at) for at in range(len(always) + len(never), len(conditions)))


def test_before_the_birth_no_age_holds(standard: Standard, plain: Assumptions) -> None:
    form = form_of(
        Field(id="a", variable="social-support-network", shown=Condition(ages=(0, None))),
        Field(id="b", variable="parent-social-status", shown=Condition(ages=(None, None))),
        visits=("pregnancy",),
    )
    assert {part.field for part in estimate(form, standard, plain).parts} == {"b", ""}


def test_a_form_for_no_visit_has_any_class(standard: Standard, plain: Assumptions) -> None:
    form = form_of(Field(id="a", variable="sleep", shown=Condition(classes=("HH",))), visits=("unknown",))
    found = estimate(form, standard, plain)
    assert found.scene.visit_type == ""
    assert {part.field for part in found.parts} == {"a", ""}
