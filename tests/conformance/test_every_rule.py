"""No rule is dropped in silence: every one is run, or is told as not checked."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.checks.expressions import can_evaluate
from ldbu_desktop.conformance.invariants.natives import IMPLIED, RECOMMENDED, is_native
from ldbu_desktop.conformance.profiles.official_facts import element, fingerprint
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.conformance.profiles.trees import ElementNode
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import FHIR_TYPES, Constraint, Profile, definitions_of, shipped_facts

FILES = ("kl-children", "r4-report", "r4")
DATA_TYPE_RULES = {
    "age-1", "cnt-3", "dis-1", "drt-1", "drq-1", "drq-2", "exp-1", "trd-1", "trd-2", "trd-3", "eld-1", "eld-2", "eld-3",
    "eld-4", "eld-5", "eld-6", "eld-7", "eld-8", "eld-11", "eld-12", "eld-13", "eld-14", "eld-15", "eld-16", "eld-17",
    "eld-18", "eld-19", "eld-22", "mqty-1",
}  # fmt: skip
"""Rules of data types that were once dropped."""


def profiles(name: str) -> Iterator[Profile]:
    for raw in shipped_facts(name).profiles.values():
        yield msgspec.json.decode(raw, type=Profile)


def is_run(rule: Constraint) -> bool:
    """By a native function, by facts that the report's rules are made of, or by its expression."""
    is_ruled = rule.demand is not None or bool(rule.conforming)
    return is_ruled or is_native(rule.key, rule.form) or (bool(rule.expression) and can_evaluate(rule.expression))


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_rule_is_run(name: str) -> None:
    rules = {(rule.key, rule) for one in profiles(name) for element in one.elements for rule in element.constraints}
    assert [key for key, rule in rules if not is_run(rule)] == []
    assert len(rules) > 40


def test_the_rules_of_data_types_are_among_them() -> None:
    rules = {rule.key for one in profiles("r4-report") for element in one.elements for rule in element.constraints}
    assert rules >= DATA_TYPE_RULES


def nodes(top: ElementNode) -> Iterator[ElementNode]:
    waiting, seen = [top], set()
    while waiting:
        one = waiting.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            for group in one.groups.values():
                waiting.extend([group.node, *(node for _, node in group.slices)])


def test_every_rule_of_every_profile_is_asked_where_it_stands() -> None:
    trees = ProfileSet(definitions_of(shipped_standard())).trees
    urls = [url for name in FILES for url in shipped_facts(name).profiles]
    missing: list[tuple[str, str]] = []
    for url in urls:
        tree = trees.tree(url)
        assert tree is not None
        for node in nodes(tree):
            asked = [inv for inv, *_ in node.invariants] + list(node.unknown) + list(node.report_rules)
            missing.extend((url, inv.key) for inv in node.element.constraints if inv not in asked)
    assert missing == []
    assert len(urls) == 700


def test_a_rule_that_is_not_told_is_a_recommendation_and_named_to_the_user() -> None:
    scope = str(msgspec.json.decode(resource("messages", "conformance.json").read_bytes())["scope"])
    assert set(RECOMMENDED) <= IMPLIED
    assert [key for keys in RECOMMENDED.values() for key in keys if key not in scope] == []


@pytest.mark.parametrize(
    ("key", "value", "expression"),
    [
        ("minValueInteger", 5, "$this >= 5"),
        ("maxValueDecimal", 5.5, "$this <= 5.5"),
        ("minValueDate", "2020-01-01", "$this >= @2020-01-01"),
        ("maxValueQuantity", {"value": 5}, "not evaluated"),
        ("valueAlternatives", ["http://x.dk"], "not evaluated"),
        ("newInSomeRelease", True, "not evaluated"),
        ("mustHaveValue", True, "hasValue()"),
    ],
)
def test_what_else_an_element_asks_is_a_rule(key: str, value: Any, expression: str) -> None:
    (rule,) = element({"path": "A.b", "max": "1", key: value}).constraints
    assert (rule.key, rule.expression, rule.form) == (key, expression, fingerprint(expression))


def test_an_element_that_need_not_have_a_value_asks_nothing() -> None:
    assert element({"path": "A.b", "max": "1", "mustHaveValue": False, "short": "x"}).constraints == ()


def test_a_form_of_an_element_is_a_rule() -> None:
    extension = [{"url": "http://x.dk"}, {"url": f"{FHIR_TYPES}regex", "valueString": "a'\\d"}]
    (rule,) = element({"path": "A.b", "max": "1", "extension": extension}).constraints
    assert (rule.key, rule.expression) == ("regex", "matches('^(?:a\\'\\\\d)$')")


@pytest.mark.packages
def test_every_rule_of_the_official_packages_is_a_fact(fhir_packages: Path) -> None:
    found: list[tuple[str, str]] = []
    count = 0
    for name in ("kl.dk.fhir.children-2.1.0", "hl7.fhir.dk.core-3.2.0"):
        with tarfile.open(fhir_packages / f"{name}.tgz") as archive:
            for member in archive:
                data = archive.extractfile(member)
                one = msgspec.json.decode(data.read()) if data is not None and member.name.endswith(".json") else {}
                if isinstance(one, dict) and one.get("resourceType") == "StructureDefinition":
                    for part in one["snapshot"]["element"]:
                        known = {(rule.key, rule.form) for rule in element(part).constraints}
                        for rule in part.get("constraint", ()):
                            form = fingerprint(rule["expression"])
                            count += 1
                            if (rule["key"], form) not in known and form not in IMPLIED:
                                found.append((part["path"], rule["key"]))
    assert found == []
    assert count > 1_000
