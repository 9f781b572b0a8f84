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

    ``unmet_rules`` are the gateway's rules that no field of the form meets; ``lost_guide`` what the guide's table asks
    for and the form lacks; ``lost`` and ``gained`` are the variables and questionnaires that the first form has and
    this one lacks, and the other way round.
    """

    found: Estimate
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
    def cheapest(self) -> Compared:
        """The form that typically takes the least time; what it loses stands beside."""
        return min(self.forms, key=lambda each: each.found.seconds.typical)


def compare(estimates: Sequence[Estimate], standard: Standard) -> Comparison:
    """Compare forms, the first of which the others are held against.

    All are held against the visit types of the first, so that a variant for fewer types loses what it loses.
    """
    first = estimates[0]
    needs = Needs(standard, first.form.visits)
    return Comparison(tuple(_compared(each, first, needs) for each in estimates), _rows(estimates))


def _compared(found: Estimate, first: Estimate, needs: Needs) -> Compared:
    names, first_names = asked_for(found.form), asked_for(first.form)
    year, first_year = found.year, first.year
    return Compared(
        found=found,
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
