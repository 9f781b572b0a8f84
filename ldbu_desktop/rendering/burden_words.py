"""How seconds, hours and kroner are told: rounded as far as the estimate bears, with the range beside."""

from __future__ import annotations

from decimal import Decimal

from ldbu_desktop.burden.assumptions import shipped_assumptions
from ldbu_desktop.burden.comparison import Compared, Comparison
from ldbu_desktop.burden.estimate import Estimate
from ldbu_desktop.burden.facts import shipped_facts
from ldbu_desktop.burden.model import (
    Activity,
    Band,
    Need,
    Saving,
)
from ldbu_desktop.forms.model import Form
from ldbu_desktop.language import Language, chosen, quoted, tr
from ldbu_desktop.rendering.words import count_words, number_words
from ldbu_desktop.standard.model import Standard

_WHOLE_FROM = 10
_DASH = "\N{EN DASH}"
_MINUS = "\N{MINUS SIGN}"


def need_words(need: Need) -> str:
    """Who asks for what the time goes to, in a word or three."""
    return shipped_facts().texts.needs[need][chosen()]


def kind_words(kind: Activity) -> str:
    """What the time goes to."""
    return shipped_facts().texts.kinds[kind][chosen()]


def amount(value: float) -> str:
    """A number without false precision: a decimal below ten, none above."""
    if round(abs(value), 1) < _WHOLE_FROM:
        return number_words(Decimal(f"{abs(value):.1f}"))
    return count_words(round(abs(value)))


def band_words(band: Band, unit: str) -> str:
    """A band: ``41 s (34–57)``."""
    if band.low == band.high:
        return f"{amount(band.typical)} {unit}"
    return f"{amount(band.typical)} {unit} ({amount(band.low)}{_DASH}{amount(band.high)})"


def difference_words(band: Band, unit: str) -> str:
    """How much more or less something typically is: ``+12 s``, ``−3 s``; a dash where there is no difference."""
    if round(band.typical, 1) == 0:
        return _DASH
    sign = "+" if band.typical > 0 else _MINUS
    return f"{sign}{amount(band.typical)} {unit}"


def saving_words(saving: Saving) -> str:
    """Why something could be avoided."""
    return shipped_facts().texts.savings[saving][chosen()]


def not_counted_words(found: Estimate) -> list[str]:
    """What an estimate leaves out."""
    return [shipped_facts().texts.not_counted[each.id][chosen()] for each in found.not_counted]


def accuracy_words() -> str:
    """How far an estimate can be trusted."""
    return shipped_facts().texts.accuracy[chosen()]


def name_of(name: str, form: Form, standard: Standard, language: Language) -> str:
    """What a variable, an item, a questionnaire or a part of the form itself is called."""
    own = shipped_facts().texts.names
    asked = standard.questionnaire.get(form.questionnaire)
    for known in (own.get(name), standard.variable.get(name), standard.questionnaire.get(name)):
        if known is not None:
            return (known if not hasattr(known, "label") else known.label)[language]
    item = asked.by_link_id.get(name) if asked else None
    return item.label[language] if item else name


def conclusion_words(comparison: Comparison) -> str:
    """What it comes to, in one sentence: what a form costs, or what the last costs against the first."""
    first, last = comparison.forms[0], comparison.forms[-1]
    if len(comparison.forms) == 1:
        return tr(
            "»{form}« tager {seconds} s pr. kontakt: {hours, plural, one {# time} other {# timer}} og {dkk} kr. om "
            "året i kommunen.",
            form=_title(first), seconds=amount(first.found.seconds.typical), hours=amount(first.year.hours.typical),
            dkk=amount(first.year.dkk.typical),
        )  # fmt: skip
    if not comparison.is_of_one_visit:
        times = ((quoted(_title(each)), amount(each.found.seconds.typical)) for each in comparison.forms)
        listed = ", ".join(f"{title} {seconds} s" for title, seconds in times)
        return tr("Skemaerne er til forskellige kontakter og tager hver sin tid: {forms}.", forms=listed)
    if len(comparison.forms) > 2:
        return _shortest_words(comparison)
    facts = {
        "form": _title(last),
        "first": _title(first),
        "seconds": amount(last.seconds_more.typical),
        "hours": amount(last.hours_more.typical),
        "dkk": amount(last.dkk_more.typical),
    }
    if round(last.seconds_more.typical, 1) == 0:
        return tr("»{form}« tager lige så lang tid som »{first}«.", form=facts["form"], first=facts["first"])
    if last.seconds_more.typical < 0:
        return tr(
            "»{form}« sparer {seconds} s pr. kontakt mod »{first}«: {hours, plural, one {# time} other {# timer}} og "
            "{dkk} kr. om året i kommunen.",
            **facts,
        )
    return tr(
        "»{form}« koster {seconds} s mere pr. kontakt end »{first}«: {hours, plural, one {# time} other {# timer}} og "
        "{dkk} kr. om året i kommunen.",
        **facts,
    )


def _shortest_words(comparison: Comparison) -> str:
    """Which of several forms for one visit take the least time."""
    shortest, count = comparison.cheapest, len(comparison.forms)
    facts = {
        "seconds": amount(shortest[0].found.seconds.typical),
        "dkk": amount(shortest[0].year.dkk.typical),
        "count": count,
    }
    if len(shortest) == count:
        return tr("Alle {count} tager lige lang tid: {seconds} s pr. kontakt, {dkk} kr. om året i kommunen.", **facts)
    if len(shortest) > 1:
        forms = tr(" og ").join(quoted(_title(each)) for each in shortest)
        return tr(
            "Kortest tid af {count} tager {forms}, lige meget: {seconds} s pr. kontakt, {dkk} kr. om året i kommunen.",
            forms=forms, **facts,
        )  # fmt: skip
    return tr(
        "»{form}« tager kortest tid af {count}: {seconds} s pr. kontakt, {dkk} kr. om året i kommunen.",
        form=_title(shortest[0]), **facts,
    )  # fmt: skip


def basis_words(found: Estimate) -> str:
    """What the sentence rests on: how many visits, at what price, and how much of it the user has set."""
    used = found.assumptions
    told = tr(
        "Regnet med: børn om året: {children}; kontakter pr. barn: {visits}; kr. i timen: {tariff}.",
        children=count_words(round(found.year.children.typical)),
        visits=f"{used['visits'].typical:g}".replace(".", tr(",")),
        tariff=count_words(round(used["tariff"].typical)),
    )
    changed = [shipped_assumptions()[key].label[chosen()] for key in used.changed]
    if changed:
        told += " " + tr("Sat af dig: {names}.", names=", ".join(changed))
    return told


def _title(form: Compared) -> str:
    return form.found.form.title[chosen()]
