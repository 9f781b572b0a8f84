"""The samples that ship give exactly the findings that they are there for."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.catalogue import journal_types
from ldbu_desktop.findings.checks.reports import ACCEPTED, REJECTED
from ldbu_desktop.findings.examples import shipped_examples
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.mapping.maps.writing import ENDING as MAP_ENDING
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.map_links import links_by
from ldbu_desktop.use_cases.validate import validate

SAMPLES = resource("samples")
FAULTY = SAMPLES / "alle-fejl"


OF_REPORTS = {REJECTED, "file-report-rejected"}
"""What conformance says of a report beside what we find in it."""


@cache
def findings_in(path: Path) -> tuple[Finding, ...]:
    """The findings in a sample, which is read by the map that lies beside it, if one does."""
    standard = shipped_standard()
    beside = path.with_suffix(MAP_ENDING)
    links_of = links_by([beside], standard) if beside.is_file() else None
    return validate(load([path], standard, links_of=links_of), standard, shipped_examples().today).all


def found(path: Path) -> Counter[str]:
    """The codes of the findings in a sample, with how many there are."""
    return Counter(finding.code for finding in findings_in(path))


def meant(path: Path) -> set[str]:
    """What we find in a sample; where conformance accepts the report, that is the rule that is doubted by.

    What the verdict on a report tells instead of the code that the sample is named after counts as that code.
    """
    findings = findings_in(path)
    meant = {one.rule if one.code == ACCEPTED else one.code for one in findings}
    named = journal_types().get(path.stem)
    if named is not None and {one.rule for one in findings if one.code == REJECTED}.intersection(named.official):
        meant.add(path.stem)
    return meant


@pytest.mark.parametrize("name", ["familie.xlsx", "familie-bred.csv", "rapporter"])
def test_clean_samples_have_no_findings(name: str) -> None:
    assert found(SAMPLES / name) == Counter()


def test_busy_week_has_a_handful_of_slips() -> None:
    assert found(SAMPLES / "familie-med-fejl.xlsx") == Counter(
        {
            "missing-reason-contradicted": 1,
            "code-misspelled": 1,
            "date-unreadable": 1,
            "value-missing": 1,
            "mandatory-missing-gateway": 1,
            "size-shrinks": 1,
            "factor-slip": 1,
            "score-not-the-sum": 1,
        }
    )


def test_every_code_is_shown_by_some_sample() -> None:
    shown: set[str] = set()
    for path in FAULTY.rglob("*.*"):
        if path.suffix == MAP_ENDING:
            continue
        shown |= set(found(path)) | meant(path)
    # What keeps back a whole journal is that its reading was stopped, which stands in no file.
    assert shown == {code for code, one in journal_types().items() if one.blocks != "journal"}


@pytest.mark.parametrize("path", sorted((FAULTY / "rapporter").iterdir()), ids=lambda path: path.stem)
def test_each_faulty_report_shows_the_code_that_it_is_named_after(path: Path) -> None:
    others = {"report-without-visit": {"record-unplaced"}}.get(path.stem, set())
    assert meant(path) - OF_REPORTS == {path.stem} | others


def test_families_of_all_faults_show_the_code_that_they_are_named_after() -> None:
    standard = shipped_standard()
    journal = load([FAULTY / "alle-fejl.xlsx"], standard)
    findings = validate(journal, standard, shipped_examples().today)
    examples = {example.code: example for example in shipped_examples().examples}
    assert findings.about_files == ()
    for finding in findings.all:
        keys = (finding.location.family, finding.location.record)
        named = next(code for key in keys for code in examples if key.startswith(f"{code}-"))
        assert finding.code in {named, *examples[named].also}
