"""What is passed over because it is certainly right changes no verdict."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.conformance.checks.resources import ResourceChecker
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.fast_path.reports import NOTHING_SEEN, FastPath, FastVerdict
from ldbu_desktop.conformance.profiles.profile_set import ProfileSet
from ldbu_desktop.json_text import parse
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.profiles import Definitions, definitions_of
from tests.conformance.mutations import Mutator
from tests.conformance.type_variants import TypeVariants
from tests.profiles import number
from tests.unit.conformance.made import DELIVERY, REPORT

SAMPLES = [file.read_bytes() for file in sorted(resource("samples/rapporter").glob("*.json"))]


class NothingOrdinary(FastPath):
    """Passes nothing over."""

    def seen(self, bundle: Any, profiles: tuple[str, ...]) -> FastVerdict:
        return NOTHING_SEEN


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return definitions_of(shipped_standard())


@pytest.fixture(scope="module")
def ordinary(definitions: Definitions) -> FastPath:
    return FastPath(ResourceChecker(ProfileSet(definitions)).objects)


@pytest.fixture(scope="module")
def careful(definitions: Definitions) -> Engine:
    engine = Engine(definitions, shipped_standard())
    engine.fast_path = NothingOrdinary(ResourceChecker(ProfileSet(definitions)).objects)
    return engine


@pytest.mark.parametrize("seed", range(4))
def test_every_verdict_is_that_of_looking_at_all(definitions: Definitions, careful: Engine, seed: int) -> None:
    quick = Engine(definitions, shipped_standard())
    mutator = Mutator(definitions, [json.loads(text) for text in SAMPLES], seed)
    for variant in mutator.variants(number(20)):
        assert quick.check(variant.text) == careful.check(variant.text), variant


@pytest.mark.parametrize("kind", ["variants", "defined"])
def test_odd_values_and_extensions_change_no_verdict(definitions: Definitions, careful: Engine, kind: str) -> None:
    quick = Engine(definitions, shipped_standard())
    types = TypeVariants(definitions, [json.loads(text) for text in SAMPLES], 5)
    for variant in getattr(types, kind)(number(20)):
        assert quick.check(variant.text) == careful.check(variant.text), variant


@pytest.mark.parametrize("text", SAMPLES, ids=range(len(SAMPLES)))
def test_valid_reports_are_ordinary(ordinary: FastPath, text: bytes) -> None:
    assert ordinary.seen(parse(text).value, (REPORT,)).is_ordinary


def delivery(reports: list[Any]) -> dict[str, Any]:
    entries = [{"fullUrl": f"https://example.org/Bundle/{one['id']}", "resource": one} for one in reports]
    return {
        "resourceType": "Bundle",
        "id": "delivery",
        "meta": {"profile": [DELIVERY]},
        "type": "collection",
        "timestamp": "2021-12-06T23:15:00Z",
        "entry": entries,
    }


def test_a_delivery_of_ordinary_reports_is_ordinary(ordinary: FastPath) -> None:
    assert ordinary.seen(delivery([parse(text).value for text in SAMPLES[:2]]), (DELIVERY,)).is_ordinary


@pytest.mark.parametrize("bad", [0, 1])
def test_a_delivery_is_seen_report_by_report(ordinary: FastPath, bad: int) -> None:
    reports = [parse(text).value for text in SAMPLES[:2]]
    reports[bad]["type"] = "batch"
    seen = ordinary.seen(delivery(reports), (DELIVERY,))
    assert not seen.is_ordinary
    assert id(reports[1 - bad]) in seen.settled
    assert id(reports[bad]) not in seen.settled
    assert id(reports[bad]["entry"][0]["resource"]) in seen.settled


def test_a_full_url_of_another_resource_is_not_ordinary(ordinary: FastPath) -> None:
    report = parse(SAMPLES[0]).value
    report["entry"][0]["fullUrl"] += "x"
    outer = delivery([parse(SAMPLES[1]).value])
    outer["entry"][0]["fullUrl"] = "https://example.org/Bundle/"
    assert not ordinary.seen(report, (REPORT,)).is_ordinary
    assert not ordinary.seen(outer, (DELIVERY,)).is_ordinary
