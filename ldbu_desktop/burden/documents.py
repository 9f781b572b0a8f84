"""What documentation costs as plain data: a comparison, a registration and what they rest on, as JSON has it."""

from __future__ import annotations

from typing import Any

from msgspec.structs import asdict

from ldbu_desktop.burden.assumptions import Assumptions, shipped_assumptions
from ldbu_desktop.burden.comparison import Compared, Comparison
from ldbu_desktop.burden.facts import shipped_facts
from ldbu_desktop.burden.model import Activity, Band, Need, NotCounted, Registration, RegistrationTotals, TimePart
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard

BurdenDocument = dict[str, Any]
"""A part of a document as JSON has it."""


def documents(comparison: Comparison, standard: Standard, language: Language) -> list[BurdenDocument]:
    """The comparison for machines: a document for each form, in their order."""
    return [_document(each, standard, language) for each in comparison.forms]


def _document(each: Compared, standard: Standard, language: Language) -> BurdenDocument:
    found, texts = each.found, shipped_facts().texts
    return {
        "form": found.form.id,
        "title": found.form.title[language],
        "visit_type": found.scene.visit_type,
        "parents": found.scene.parents,
        "seconds": asdict(found.seconds),
        "parts": [_part(part) for part in found.parts],
        "by_kind": {kind.value: asdict(band) for kind, band in found.by_kind.items()},
        "by_need": {need.value: asdict(band) for need, band in found.by_need.items()},
        "family_parts": [_part(part) for part in found.family],
        "year": {
            "hours": asdict(each.year.hours),
            "dkk": asdict(each.year.dkk),
            "children": each.year.children.typical,
        },
        "avoidable": [
            {
                "field": one.field,
                "variable": one.variable,
                "saving": one.saving.value,
                "text": texts.savings[one.saving][language],
                "seconds": asdict(one.seconds),
                "hours": asdict(one.hours),
            }
            for one in each.avoidable
        ],
        "gateway_rules_not_met": [rule.invariant for rule in each.unmet_rules],
        "guide_lost": list(each.lost_guide),
        "lost": list(each.lost),
        "gained": list(each.gained),
        "not_counted": [_left_out(one, language) for one in found.not_counted],
        "assumptions": assumption_documents(found.assumptions, language),
        "accuracy": texts.accuracy[language],
        "standard": f"{standard.header.package} {standard.header.version}",
    }


def _part(part: TimePart) -> BurdenDocument:
    told: BurdenDocument = {
        "field": part.field,
        "variable": part.variable,
        "kind": part.kind.value,
        "need": part.need.value,
        "seconds": asdict(part.seconds),
    }
    return told if part.saving is None else {**told, "saving": part.saving.value}


def _left_out(one: NotCounted, language: Language) -> BurdenDocument:
    told: BurdenDocument = {"id": one.id, "text": shipped_facts().texts.not_counted[one.id][language]}
    if one.seconds is not None:
        told["seconds"] = asdict(one.seconds)
    if one.fields:
        told["fields"] = list(one.fields)
    return told


def assumption_documents(assumptions: Assumptions, language: Language) -> list[BurdenDocument]:
    """Every constant with its value, source and date, and whether it was changed."""
    changed = assumptions.changed
    return [
        {
            "id": each.id,
            "label": each.label[language],
            "unit": each.unit[language],
            "value": _value(assumptions[each.id]) if assumptions.is_set(each.id) else None,
            "basis": each.basis,
            "source": each.source[language],
            "date": each.date,
            "changed": each.id in changed,
        }
        for each in shipped_assumptions().values()
    ]


def _value(band: Band) -> float | BurdenDocument:
    return band.typical if band.low == band.typical == band.high else asdict(band)


def registration_document(found: Registration, language: Language) -> BurdenDocument:
    """The registration for machines."""
    return {
        "groups": [
            {"visit_type": group.visit_type, "organisation": group.organisation, **_recorded(group.recorded)}
            for group in found.groups
        ],
        "all": _recorded(found.all),
        "not_counted": [_left_out(one, language) for one in found.not_counted],
        "accuracy": shipped_facts().texts.accuracy[language],
    }


def _recorded(recorded: RegistrationTotals) -> BurdenDocument:
    return {
        "visits": recorded.visits,
        **recorded.counts._asdict(),
        "seconds_a_visit": asdict(recorded.a_visit),
        "by_need": {need.value: asdict(recorded.of_need(need)) for need in Need},
        "by_kind": {kind.value: asdict(recorded.of_kind(kind)) for kind in Activity},
    }
