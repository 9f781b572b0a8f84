"""The wording of questionnaires comes from a package alone."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest

from ldbu_desktop.faults import FileFault
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.wording import wording_of

EPDS = shipped_standard().questionnaire["epds"]


def package(path: Path, *resources: Any) -> Path:
    """A package with some resources."""
    files = {"package.json": {"name": "own", "version": "1.0.0", "fhirVersions": ["4.0.1"]}}
    files |= {f"{number}.json": resource for number, resource in enumerate(resources)}
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            data = json.dumps(content).encode()
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return path


def questionnaire(url: str, items: Any) -> dict[str, Any]:
    """A questionnaire with some items."""
    return {"resourceType": "Questionnaire", "url": url, "item": items}


def test_questions_by_link_id_those_within_others_too(tmp_path: Path) -> None:
    items = [{"linkId": "1humor", "text": "A", "item": [{"linkId": "inner", "text": "B"}]}, {"linkId": "2"}, "x"]
    path = package(tmp_path / "own.tgz", questionnaire(EPDS.url, items), questionnaire("http://else", items))
    assert wording_of(path, shipped_standard()) == {"epds": {"1humor": "A", "inner": "B"}}


@pytest.mark.parametrize("items", [None, [], [{"linkId": "1humor"}]])
def test_a_package_without_wording_is_refused(tmp_path: Path, items: Any) -> None:
    path = package(tmp_path / "own.tgz", questionnaire(EPDS.url, items))
    with pytest.raises(FileFault) as fault:
        wording_of(path, shipped_standard())
    assert fault.value.key == "package-without-wording"


@pytest.mark.packages
def test_the_official_package_has_words_for_every_question(fhir_packages: Path) -> None:
    [path] = (fhir_packages).glob("kl.dk.fhir.children*2.1.0*.tgz")
    found = wording_of(path, shipped_standard())
    for each in shipped_standard().questionnaires:
        assert set(each.by_link_id) <= set(found[each.id])
