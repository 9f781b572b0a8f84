"""Whether the CPR numbers of a column can be those of children, or of their parents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.growth.model import Sex
from ldbu_desktop.journal import readings
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.mapping.links import Evidence, Subject
from ldbu_desktop.mapping.proposing.profiles import Column
from ldbu_desktop.mapping.proposing.texts import is_cpr
from ldbu_desktop.mapping.proposing.verdicts import MANY, MOST, SOME, Context, Fit, Verdict, percent

_DAYS_A_YEAR = 365.25
_CHILD_YEARS = 20
_PARENT_YEARS = (13, 70)


def cpr_verdict(
    column: Column, cells: Sequence[str], context: Context, subject: Subject | None, today: date
) -> Verdict:
    """How a column goes with the CPR numbers of a child, of a parent, or of whomever where none is told."""
    share = column.share_of(is_cpr)
    if share < MANY:
        return Verdict(Fit.CONTRADICTS, share, [Evidence("content-no-cpr", {"share": percent(share)})])
    numbers = {number for text, _ in column.values if (number := readings.cpr(text)) is not None and is_cpr(text)}
    births = {number: born for number in numbers if (born := birth_date(number)) is not None}
    found = [Evidence("content-cpr", {"share": percent(share)})]
    if subject in (None, Subject.CHILD):
        fits = _children(cells, births, context, today)
        code = "cpr-of-children"
    else:
        fits = _parents(cells, numbers, births, context, subject, today)
        code = "cpr-of-parents"
    if fits < MANY:
        return Verdict(Fit.CONTRADICTS, fits, [*found, Evidence(f"not-{code}", {"share": percent(fits)})])
    is_sure = share >= MOST and fits >= MOST and len(numbers) > 1
    return Verdict(Fit.FITS if is_sure else Fit.POSSIBLE, share, [*found, Evidence(code, {"share": percent(fits)})])


def _children(cells: Sequence[str], births: Mapping[str, date], context: Context, today: date) -> float:
    """The share of numbers that can be a child's at the visit."""
    ages = []
    for position, text in enumerate(cells):
        born = births.get(readings.cpr(text) or "")
        if born is not None:
            day = context.days[position] if position < len(context.days) else None
            ages.append(((day or today) - born).days / _DAYS_A_YEAR)
    most = _CHILD_YEARS if any(context.days) else 31
    return sum(1 for age in ages if -0.02 <= age <= most) / len(ages) if ages else 0.0


def _parents(
    cells: Sequence[str],
    numbers: set[str],
    births: Mapping[str, date],
    context: Context,
    subject: Subject,
    today: date,
) -> float:
    """The share of numbers that can be of a parent: grown up at the child's birth, and of the sex that is told."""
    fits = counted = 0
    for position, text in enumerate(cells):
        number = readings.cpr(text)
        born = births.get(number or "")
        if number is None or born is None:
            continue
        counted += 1
        child = context.births[position] if position < len(context.births) else None
        day = child or (context.days[position] if position < len(context.days) else None) or today
        years = (day - born).days / _DAYS_A_YEAR
        is_other = not context.cprs or context.cprs[position] != number
        fits += is_other and _PARENT_YEARS[0] <= years <= _PARENT_YEARS[1]
    share = fits / counted if counted else 0.0
    sexes = [sex_of(number) for number in numbers]
    if subject is Subject.PARENT_1 and sexes:
        share = min(share, sum(sex is Sex.FEMALE for sex in sexes) / len(sexes))
    if subject is Subject.PARENT_2 and sexes and sum(sex is Sex.MALE for sex in sexes) / len(sexes) < SOME:
        share = min(share, SOME)
    return share
