"""Faults in a delivery report: what a rule of the gateway asks for is left out of a made-up family's report, or the
example of a code is told about other people under other ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_OID

from msgspec.structs import replace

from ldbu_desktop.bundles.identity import name_id
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.findings.report_examples import (
    clean_report,
    example_report,
    fhir_path,
    report_examples,
)
from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Family, Journal, Visit
from ldbu_desktop.standard.model import GatewayRule, Standard
from ldbu_desktop.synthetic.cpr_numbers import CprNumbers
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.faults.model import Planted, ReportCase
from ldbu_desktop.synthetic.reports import night_of
from ldbu_desktop.synthetic.tables import SYSTEM


def codes_of_rules(standard: Standard) -> dict[str, GatewayRule]:
    """The gateway's rules on what has to be observed, by their codes: of those that test the same, the one that is told
    for all."""
    alone = [rule for rule in standard.gateway_rules if rule.invariant in report_examples()]
    told_as = {frozenset(rule.codes): rule for rule in alone}
    return {rule.invariant: rule for rule in standard.gateway_rules if told_as.get(frozenset(rule.codes), rule) is rule}


def codes_of_examples(codes: Iterable[str]) -> frozenset[str]:
    """Those of ``codes`` that a sample report can be made to give."""
    return frozenset(code for code in codes if code in report_examples())


def rule_case(rule: GatewayRule, families: Iterable[Family], standard: Standard, dice: Dice) -> ReportCase | None:
    """A visit of the families without what a rule asks for at it; None where none has such a visit.

    Some rules ask for the same: then the others are broken as well.
    """
    fitting = [
        (family, visit)
        for family in families
        for visit in family.visits
        if visit.type.value in rule.visits and visit.visit_class.value in rule.classes
        # A missing reason that is enough for another rule is told as well.
        if all(one.missing_reason.is_empty for one in visit.observations)
    ]
    if not fitting:
        return None
    broken = []
    for family, visit in fitting:
        kept = tuple(one for one in visit.observations if one.variable.value not in _satisfying(rule, standard))
        there = {one.variable.value for one in kept}
        also = tuple(
            one.invariant
            for one in standard.gateway_rules
            if one is not rule and visit.type.value in one.visits and there.isdisjoint(_satisfying(one, standard))
        )
        broken.append((also, family, replace(visit, observations=kept)))
    fewest = min(len(also) for also, *_ in broken)
    also, family, visit = dice.pick([one for one in broken if len(one[0]) == fewest])
    return ReportCase(Planted(rule.invariant, at="Bundle", also=also), _written(family, visit, standard))


def _satisfying(rule: GatewayRule, standard: Standard) -> set[str]:
    """The variables of which one is enough for a rule, by the codes that it tests."""
    return {one.id for one in standard.observed if standard.observation_codes(one) & set(rule.codes)}


def _written(family: Family, visit: Visit, standard: Standard) -> bytes:
    visits = tuple(visit if one.key == visit.key else one for one in family.visits)
    journal = Journal((replace(family, visits=visits),), system=f"{SYSTEM} faults")
    night = max(night_of(day_of(one.start.value)) for one in (visit,) if one.start.value is not None)
    return json_text(ReportWriter(journal, standard, night).report([visit]).bundle, is_pretty=True)


def example_case(code: str, numbers: CprNumbers, *seed: object) -> ReportCase:
    """The example of a code with other people and ids."""
    example = report_examples()[code]
    text = example_report(code)
    for old, new in _renamed(clean_report(example), numbers, *seed).items():
        text = text.replace(old, new)
    places = [fhir_path(change.at) for change in example.changes]
    return ReportCase(Planted(code, at=places[0] if places else "", also=example.also), text.encode())


def _renamed(report: Mapping[str, Any], numbers: CprNumbers, *seed: object) -> dict[str, str]:
    """The ids and CPR numbers of a report with those that take their places."""
    name = "|".join(map(str, seed))
    names: dict[str, str] = {}
    for resource in (report, *(entry["resource"] for entry in report["entry"])):
        names[resource["id"]] = name_id(NAMESPACE_OID.bytes, f"{name}|{resource['id']}")
        for identifier in _cpr_numbers(resource):
            birth, sex = birth_date(identifier), sex_of(identifier)
            if birth is not None and sex is not None:
                names[identifier] = numbers.next(birth, sex)[1]
    return names


def _cpr_numbers(resource: Mapping[str, Any]) -> Iterator[str]:
    if resource["resourceType"] == "Patient":
        yield from (one["value"] for one in resource["identifier"])
