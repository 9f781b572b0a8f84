"""A visit at which something of the standard can be exercised, of a family that nobody is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ldbu_desktop.deliveries.model import SmallestCase
from ldbu_desktop.journal.model import Family, Visit
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.families import FamilyMaker

_SEED = 1
_MOST_FAMILIES = 60


def visit_for(case: SmallestCase, standard: Standard, today: date) -> tuple[Family, Visit]:
    """A visit that fits, of the first families that are made: one with the questionnaire that is asked for, if any.

    Raises :class:`KeyError` for what no visit can have.
    """
    code = next((one.code for one in standard.visit_types if one.id == case.visit_type), "")
    asked = _types_that_ask(case.variable, standard) if not code else {code}
    found: tuple[Family, Visit] | None = None
    for family, visit in _visits(standard, today):
        if asked and visit.type.value not in asked:
            continue
        if case.questionnaire and all(one.questionnaire.value != case.questionnaire for one in visit.responses):
            found = found or ((family, visit) if asked else None)
            continue
        return family, visit
    if found is None:
        raise KeyError(case)
    return found


def _visits(standard: Standard, today: date) -> Iterator[tuple[Family, Visit]]:
    maker = FamilyMaker(standard, shipped_childhood(), _SEED, today)
    for family in maker.families(_MOST_FAMILIES):
        for visit in family.visits:
            yield family, visit


def _types_that_ask(variable: str, standard: Standard) -> set[str]:
    """The visit types at which a variable is asked for."""
    by_guide = {name for name, variables in standard.guide_variables.items() if variable in variables}
    return {one.code for one in standard.visit_types if one.id in by_guide}
