"""Two or more forms side by side: what each costs, and what each gains and loses against the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ldbu_desktop.burden.estimate import Estimate
from ldbu_desktop.burden.model import NOTHING, Avoidable, Band, Need
from ldbu_desktop.burden.needs import Needs
from ldbu_desktop.burden.year import Year
from ldbu_desktop.forms.model import Form
from ldbu_desktop.standard.model import GatewayRule, Standard


class Compared(NamedTuple):
    """One form of a comparison. Differences are against the first form, which has none.

    ``unmet_rules`` are the gateway's rules for the form's own visits that none of its fields meets, ``lost_guide`` what
    the guide's table asks for at them and the form lacks. ``lost`` and ``gained`` are the variables and questionnaires
    that the first form has and this one lacks, and the other way round: of forms for the same visits only
    (``is_for_the_same``), since others are not meant to ask the same.
    """

    found: Estimate
    is_for_the_same: bool
    year: Year
    seconds_more: Band
    hours_more: Band
    dkk_more: Band
    unmet_rules: tuple[GatewayRule, ...]
    lost_guide: tuple[str, ...]
    lost: tuple[str, ...]
    gained: tuple[str, ...]
    avoidable: tuple[Avoidable, ...]


class FieldComparison(NamedTuple):
    """Something that is filled in any of the forms, with its seconds in each; None where a form lacks it."""

    name: str
    needs: tuple[Need | None, ...]
    seconds: tuple[Band | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Forms side by side, in the order in which they were given."""

    forms: tuple[Compared, ...]
    rows: tuple[FieldComparison, ...]

    @property
    def is_of_one_visit(self) -> bool:
        """Whether all forms are for the same visits, so that the one can stand for the other."""
        return all(each.is_for_the_same for each in self.forms)

    @property
    def cheapest(self) -> tuple[Compared, ...]:
        """The forms that typically take the least time, told to a tenth of a second; what they lose stands beside."""
        seconds = [round(each.found.seconds.typical, 1) for each in self.forms]
        return tuple(form for form, each in zip(self.forms, seconds, strict=True) if each == min(seconds))


def compare(estimates: Sequence[Estimate], standard: Standard) -> Comparison:
    """Compare forms, the first of which the others are held against; each by the rules of its own visits."""
    first = estimates[0]
    return Comparison(tuple(_compared(each, first, standard) for each in estimates), _rows(estimates))


def _compared(found: Estimate, first: Estimate, standard: Standard) -> Compared:
    needs = Needs(standard, found.form.visits)
    is_for_the_same = set(found.form.visits) == set(first.form.visits)
    names = asked_for(found.form)
    first_names = asked_for(first.form) if is_for_the_same else names
    year, first_year = found.year, first.year
    return Compared(
        found=found,
        is_for_the_same=is_for_the_same,
        year=year,
        seconds_more=found.seconds - first.seconds,
        hours_more=year.hours - first_year.hours,
        dkk_more=year.dkk - first_year.dkk,
        unmet_rules=needs.unmet_rules(names),
        lost_guide=needs.lost_guide(names),
        lost=tuple(name for name in first_names if name not in names),
        gained=tuple(name for name in names if name not in first_names),
        avoidable=found.avoidable,
    )


def asked_for(form: Form) -> tuple[str, ...]:
    """The variables, items and questionnaires of a form, each once, in its order."""
    named = (field.variable or field.link_id or field.questionnaire for field in form.fields)
    return tuple(dict.fromkeys(name for name in named if name))


def _rows(estimates: Sequence[Estimate]) -> tuple[FieldComparison, ...]:
    costs: list[dict[str, Band]] = []
    needs: list[dict[str, Need]] = []
    for found in estimates:
        cost: dict[str, Band] = {}
        need: dict[str, Need] = {}
        for part in found.parts:
            cost[part.variable] = cost.get(part.variable, NOTHING) + part.seconds
            if part.need is not Need.AVOIDABLE:
                need[part.variable] = part.need
        costs.append(cost)
        needs.append(need)
    names = dict.fromkeys(name for cost in costs for name in cost)
    return tuple(
        FieldComparison(name, tuple(need.get(name) for need in needs), tuple(cost.get(name) for cost in costs))
        for name in names
    )
