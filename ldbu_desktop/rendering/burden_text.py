"""What documentation costs, as text for people on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ldbu_desktop.burden.assumptions import shipped_assumptions
from ldbu_desktop.burden.documents import assumption_documents, documents, registration_document
from ldbu_desktop.burden.facts import shipped_facts
from ldbu_desktop.burden.model import Band
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.burden_words import name_of
from ldbu_desktop.rendering.machine import encoded_lines

if TYPE_CHECKING:
    from ldbu_desktop.burden.assumptions import Assumption, Assumptions
    from ldbu_desktop.burden.comparison import Compared, Comparison
    from ldbu_desktop.burden.model import Registration, RegistrationTotals
    from ldbu_desktop.forms.model import Form
from ldbu_desktop.standard.model import Standard


def number(value: float, digits: int = 0) -> str:
    """A number as it is written in the language in use."""
    whole, point, decimals = f"{value:,.{digits}f}".replace("-", "\N{MINUS SIGN}").partition(".")
    return whole.replace(",", tr(".")) + (tr(",") if point else "") + decimals


def band_words(band: Band, digits: int = 0) -> str:
    """A band: the typical number, and low to high where they differ."""
    typical, low, high = (number(each, digits) for each in (band.typical, band.low, band.high))
    return typical if low == high else f"{typical} ({low}–{high})"


def comparison_text(comparison: Comparison, standard: Standard) -> str:
    """Every form by itself, and before that side by side where there are several."""
    lines: list[str] = []
    if len(comparison.forms) > 1:
        lines += [*_side_by_side(comparison), ""]
    for each in comparison.forms:
        lines += [*_form(each, comparison.forms[0].found.form, standard), ""]
    lines.append(shipped_facts().texts.accuracy[chosen()])
    return "\n".join(lines)


def _side_by_side(comparison: Comparison) -> Iterator[str]:
    for each in comparison.forms:
        yield tr(
            "{title}: {seconds} s pr. kontakt, {hours, plural, one {# time} other {# timer}} og {dkk} kr. om året",
            title=each.found.form.title[chosen()],
            seconds=number(each.found.seconds.typical),
            hours=number(each.year.hours.typical, 1),
            dkk=number(each.year.dkk.typical),
        )
        if each is not comparison.forms[0]:
            yield "  " + tr(
                "i forhold til det første: {seconds} s pr. kontakt, {hours, plural, one {# time} other {# timer}} "
                "og {dkk} kr. om året",
                seconds=_signed(each.seconds_more.typical, 1),
                hours=_signed(each.hours_more.typical, 1),
                dkk=_signed(each.dkk_more.typical),
            )


def _signed(value: float, digits: int = 0) -> str:
    told = number(value, digits)
    return f"+{told}" if value > 0 else told


def _form(each: Compared, first: Form, standard: Standard) -> Iterator[str]:
    found, texts, language = each.found, shipped_facts().texts, chosen()
    yield f"{found.form.title[language]} · {found.form.id}"
    yield "  " + tr("{seconds} s pr. kontakt", seconds=band_words(found.seconds))
    for need, band in found.by_need.items():
        if band:
            yield f"    {band_words(band):>16} s  {texts.needs[need][language]}"
    kinds = (f"{texts.kinds[kind][language]} {band_words(band)} s" for kind, band in found.by_kind.items() if band)
    yield "  " + tr("Det går til: {kinds}", kinds="; ".join(kinds))
    yield "  " + tr(
        "Om året i kommunen: {hours, plural, one {# time} other {# timer}}, {dkk} kr. "
        "({children, plural, one {# barn} other {# børn}})",
        hours=band_words(each.year.hours, 1),
        dkk=band_words(each.year.dkk),
        children=number(each.year.children.typical),
    )
    yield from _avoidable(each, standard)
    rules = ", ".join(rule.invariant for rule in each.unmet_rules)
    for heading, told in (
        (tr("Gatewayens regler, der ikke opfyldes"), rules),
        (tr("Vejledningen beder om, og skemaet mangler"), _names(each.lost_guide, found.form, standard)),
        (tr("Mangler i forhold til det første"), _names(each.lost, first, standard)),
        (tr("Kommer til i forhold til det første"), _names(each.gained, found.form, standard)),
    ):
        if told:
            yield f"  {heading}: {told}"
    yield "  " + tr("Ikke talt med:")
    for left_out in found.not_counted:
        seconds = f" ({band_words(left_out.seconds, 1)} s)" if left_out.seconds else ""
        yield f"    – {texts.not_counted[left_out.id][language]}{seconds}"


def _avoidable(each: Compared, standard: Standard) -> Iterator[str]:
    if not each.avoidable:
        return
    yield "  " + tr("Kan undgås:")
    for one in each.avoidable:
        name = name_of(one.variable, each.found.form, standard, chosen())
        yield "    – " + tr(
            "{name}: {why}. Fjern det: {seconds} s pr. kontakt, {hours, plural, one {# time} other {# timer}} om året",
            name=name,
            why=shipped_facts().texts.savings[one.saving][chosen()],
            seconds=number(one.seconds.typical, 1),
            hours=number(one.hours.typical, 1),
        )


def _names(names: Iterable[str], form: Form, standard: Standard) -> str:
    return ", ".join(name_of(name, form, standard, chosen()) for name in names)


def registration_text(found: Registration, standard: Standard) -> str:
    """What a journal shows, by visit type and organisation, and in all."""
    labels = {each.id: each.label[chosen()] for each in standard.visit_types}
    lines = []
    for group in found.groups:
        lines.append(f"{labels.get(group.visit_type, tr('Ukendt kontakttype'))} · {group.organisation or '–'}")
        lines += [f"  {line}" for line in _recorded(group.recorded)]
    lines.append(tr("I alt"))
    lines += [f"  {line}" for line in _recorded(found.all)]
    lines.append(tr("Ikke talt med:"))
    lines += [f"  – {shipped_facts().texts.not_counted[each.id][chosen()]}" for each in found.not_counted]
    lines.append(shipped_facts().texts.accuracy[chosen()])
    return "\n".join(lines)


def _recorded(recorded: RegistrationTotals) -> Iterator[str]:
    visits = tr("{count, plural, one {# kontakt} other {# kontakter}}", count=number(recorded.visits))
    yield tr("{visits}: {seconds} s pr. kontakt", visits=visits, seconds=band_words(recorded.a_visit))
    counts = recorded.counts
    told = {
        tr("udfyldte felter"): counts.filled,
        tr("gentagelser"): counts.repeats,
        tr("årsager til, at noget mangler"): counts.missing_reasons,
        tr("tegn fri tekst"): counts.free_text_keys,
        tr("ulæselige værdier"): counts.unreadable,
    }
    yield "; ".join(f"{words}: {number(count)}" for words, count in told.items() if count) or tr("intet udfyldt")


def _value_words(each: Assumption, assumptions: Assumptions) -> str:
    if not assumptions.is_set(each.id):
        return tr("ikke sat")
    if each.is_switch:
        return tr("ja") if assumptions.is_on(each.id) else tr("nej")
    return band_words(assumptions[each.id], 2)


def assumptions_text(assumptions: Assumptions) -> str:
    """Every constant with value, source and year; what was changed is marked."""
    texts, language = shipped_facts().texts, chosen()
    lines = []
    group = None
    for each in shipped_assumptions().values():
        if each.group != group:
            group = each.group
            lines.append(texts.groups[group][language])
        value = _value_words(each, assumptions)
        mark = "*" if each.id in assumptions.changed else " "
        unit = f" {each.unit[language]}" if each.unit[language] else ""
        lines.append(f" {mark}{each.id:<18} {value}{unit} · {each.label[language]}")
        lines.append(f"  {'':<18} {texts.bases[each.basis][language]}: {each.source[language]} ({each.date})")
    return "\n".join(lines)


def comparison_json(comparison: Comparison, standard: Standard) -> str:
    """The comparison for machines: one document for one form, a list for several."""
    told = documents(comparison, standard, chosen())
    return _json(told[0] if len(told) == 1 else told)


def registration_json(found: Registration) -> str:
    """What a journal shows, for machines."""
    return _json(registration_document(found, chosen()))


def assumptions_json(assumptions: Assumptions) -> str:
    """Every constant for machines."""
    return _json(assumption_documents(assumptions, chosen()))


def _json(told: object) -> str:
    return encoded_lines(told)
