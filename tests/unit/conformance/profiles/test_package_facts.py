"""The facts of an official package are kept in a cache, and made anew where anything has changed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ldbu_desktop.conformance.profiles import package_facts
from ldbu_desktop.conformance.profiles.package_facts import definitions_at
from ldbu_desktop.faults import CatalogueFault
from tests.unit.conformance.made import REPORT, structure
from tests.unit.standard.test_official_package import archive, files


def test_a_package_without_the_report_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.tgz", files())
    with pytest.raises(CatalogueFault) as raised:
        definitions_at(path, REPORT, cache=tmp_path / "cache")
    assert raised.value.key == "package-without-report"


def test_a_changed_package_is_read_anew(tmp_path: Path) -> None:
    path = archive(tmp_path / "p.tgz", files())
    cache = tmp_path / "cache"
    with pytest.raises(CatalogueFault):
        definitions_at(path, REPORT, cache=cache)
    (kept,) = cache.glob("*.json")
    before = kept.read_bytes()
    archive(path, files(version="2.0.0"))
    os.utime(path, ns=(1, 1))
    with pytest.raises(CatalogueFault):
        definitions_at(path, REPORT, cache=cache)
    assert kept.read_bytes() != before
    kept.write_bytes(b"broken")
    with pytest.raises(CatalogueFault) as raised:
        definitions_at(path, REPORT, cache=cache)
    assert raised.value.facts["packages"] == "own.example#2.0.0"


def test_a_cache_that_cant_be_written_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "cache").write_bytes(b"a file")
    with pytest.raises(CatalogueFault) as raised:
        definitions_at(archive(tmp_path / "p.tgz", files()), REPORT, cache=tmp_path / "cache")
    assert raised.value.key == "package-without-report"


def test_only_some_packages_are_kept(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for number in range(20):
        (cache / f"{number}.json").write_bytes(b"older")
        os.utime(cache / f"{number}.json", ns=(number, number))
    with pytest.raises(CatalogueFault):
        definitions_at(archive(tmp_path / "p.tgz", files()), REPORT, cache=cache)
    assert sorted(int(one.stem) for one in cache.glob("*.json") if one.stem.isdigit() and len(one.stem) < 3)[0] == 5
    assert len(list(cache.glob("*.json"))) == 16


def test_a_package_with_the_report_is_used_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = structure("report", "Bundle", ()) | {"url": REPORT}
    path = archive(tmp_path / "p.tgz", files() | {"package/report.json": json.dumps(report).encode()})
    assert definitions_at(path, REPORT, cache=tmp_path / "cache").files[0].version == "1.0.0"
    monkeypatch.setattr(package_facts, "find_packages", None)
    assert definitions_at(path, REPORT, cache=tmp_path / "cache").files[0].version == "1.0.0"


@pytest.mark.packages
def test_the_official_package_is_used_from_the_cache(fhir_packages: Path, tmp_path: Path) -> None:
    folder = fhir_packages
    found = sorted(folder.glob("*children*2.0.1*"))
    if not found:
        pytest.skip("the official package is not beside the project")
    first = definitions_at(found[0], REPORT, folders=[folder], cache=tmp_path)
    assert (
        first.files[0].version,
        definitions_at(found[0], REPORT, folders=[folder], cache=tmp_path).files[0].version,
    ) == ("2.0.1", "2.0.1")
    assert len(list(tmp_path.glob("*.json"))) == 1
