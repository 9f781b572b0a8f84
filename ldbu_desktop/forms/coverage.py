"""What is asked for at the visits that a form is for, and has no field in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ldbu_desktop.forms.model import Form
from ldbu_desktop.standard.model import Standard


class Lack(NamedTuple):
    """Variables that a visit asks for, any of which would do. ``invariant`` is the gateway's rule; "" is the guide."""

    visit: str
    variables: tuple[str, ...]
    invariant: str = ""


def lacking(form: Form, standard: Standard) -> tuple[Lack, ...]:
    """What visits would be rejected without by the gateway, then what the guide's table asks for beside it."""
    if form.questionnaire:
        return ()
    asked = {field.variable for field in form.fields}
    found = [lack for visit in form.visits for lack in _of_gateway(visit, asked, standard)]
    told = {(lack.visit, variable) for lack in found for variable in lack.variables}
    for visit in form.visits:
        for variable in standard.guide_variables.get(visit, ()):
            if variable not in asked and (visit, variable) not in told:
                found.append(Lack(visit, (variable,)))
    return tuple(found)


def _of_gateway(visit: str, asked: set[str], standard: Standard) -> Iterator[Lack]:
    code = next(each.code for each in standard.visit_types if each.id == visit)
    for rule in standard.gateway_rules:
        if code in rule.visits:
            # What a rule tests need not be what it is meant for: the one for motor function tests the code of sleep.
            meeting = tuple(
                each.id for each in standard.observed if not standard.observation_codes(each).isdisjoint(rule.codes)
            )
            if asked.isdisjoint(meeting):
                yield Lack(visit, meeting, rule.invariant)
