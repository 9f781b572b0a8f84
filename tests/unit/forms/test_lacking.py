"""What a form's visits ask for and the form has no field for: the gateway's rules and the guide's table told apart."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.forms.coverage import Lack, lacking
from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard

from .conftest import QUESTIONS, form_with

RULE = "gateway-children-report-"


def test_instrument_lacks_nothing(standard: Standard) -> None:
    assert lacking(form_with("- {link-id: score}", head=QUESTIONS), standard) == ()


def test_what_the_gateway_rejects_without(standard: Standard) -> None:
    lacks = lacking(form_with("- {variable: weight}"), standard)
    assert all(lack.visit == "2-months" for lack in lacks)
    by_rule = {lack.invariant.removeprefix(RULE): lack.variables for lack in lacks}
    assert "weight" not in by_rule
    assert by_rule["height"] == ("height",)
    # Either of two that share a code satisfies the rule.
    assert by_rule["nutrition"] == ("feeding", "nutrition")


def test_what_only_the_guide_asks_for(standard: Standard) -> None:
    lacks = lacking(form_with("- {variable: weight}"), standard)
    # The gateway's rule for motor function tests the code of sleep, so it never rejects for want of motor function.
    assert [lack for lack in lacks if not lack.invariant] == [Lack("2-months", ("motor-function",))]
    assert len({lack.variables for lack in lacks if "sleep" in lack.variables}) == 1


def test_one_variable_less_in_a_form_of_ours(standard: Standard) -> None:
    form = shipped_form_of("8-11-months", shipped_standard())
    sections = tuple(
        replace(each, fields=tuple(field for field in each.fields if field.id != "parent-relationship"))
        for each in form.sections
    )
    without = replace(form, sections=sections)
    # The invariant leaves out this visit, although the guide's table names it.
    assert lacking(without, standard) == (Lack("8-11-months", ("parent-relationship",)),)
