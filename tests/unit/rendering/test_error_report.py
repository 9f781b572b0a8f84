"""The error report: a first page with denominators, all findings with places and rules, and nobody's CPR number."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.examples import example_by_code
from ldbu_desktop.findings.model import Finding, Location
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal, Observation, Visit
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.findings_summary import findings_summary
from ldbu_desktop.rendering.formats import Output, write_findings
from ldbu_desktop.rendering.journal_findings import share_words
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.pseudonyms import Pseudonyms
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import clean_journal, example_day, example_journal
from ldbu_desktop.use_cases.validate import validate

STANDARD = shipped_standard()
OCCASION = Occasion(
    "kl.dk.fhir.children 2.1.0", STANDARD, "LDBU Desktop", datetime(2026, 1, 2, tzinfo=UTC), Language.DANISH
)
PSEUDONYM = re.compile(r"P-[A-Z2-7]{4}-[A-Z2-7]{4}")
KEY = b"a key"


def people() -> Journal:
    """A child whose number stands in two ways, a parent with a made key, and somebody without a number."""
    visit = Visit("v", Entry("child"), observations=(
        Observation("o", Entry("weight"), Entry("child")),
        Observation("p", Entry("weight"), Entry("cpr-0123456789ab")),
        Observation("q", Entry("weight"), Entry("nobody")),
    ))  # fmt: skip
    first = Family("f", (
        Citizen("child", True, Entry("0505209996", "050520-9996")),
        Citizen("cpr-0123456789ab", False, Entry("2911829996")),
        Citizen("none", False),
    ), visits=(visit,))  # fmt: skip
    second = Family("g", (Citizen("again", True, Entry(None, "050520 - 9996")),))
    return Journal((first, second))


def at(family: str, visit: str = "", record: str = "") -> Finding:
    return Finding("cpr-malformed", Location(family=family, visit=visit, record=record))


def test_one_person_has_one_pseudonym_in_a_report_and_another_in_the_next() -> None:
    told = Pseudonyms(people(), KEY)
    child = told.person(at("f", record="child"))
    assert PSEUDONYM.fullmatch(child)
    assert told.person(at("g", record="again")) == child == told.person(at("f", "v")) == told.person(at("f", "v", "o"))
    parent = told.person(at("f", record="cpr-0123456789ab"))
    assert told.person(at("f", "v", "p")) == parent != child
    assert len({child, parent, told.person(at("f", record="none"))}) == 3
    assert [told.person(one) for one in (at("f"), at("f", "v", "q"), at("nowhere", "v"))] == ["", "", ""]
    assert Pseudonyms(people(), b"another").person(at("f", "v")) != child


def test_no_part_of_a_number_is_told() -> None:
    told = Pseudonyms(people(), KEY)
    child, parent = told.person(at("f", "v")), told.person(at("f", record="cpr-0123456789ab"))
    assert told.told("050520-9996 og 050520-••••", child) == f"{child} og {child}"
    assert "9996" not in told.told("050520-9996")
    assert told.told("cpr-0123456789ab") == parent
    assert PSEUDONYM.fullmatch(told.told("cpr-ba9876543210"))
    assert told.told("Vægt 5250 g") == "Vægt 5250 g"


def written(findings: Findings, form: str) -> tuple[str, bytes]:
    """What a format writes: text and bytes."""
    text, data = StringIO(), BytesIO()
    write_findings(findings, STANDARD, form, Output(text, data.write, lambda title, html: html.encode()), OCCASION)
    return text.getvalue(), data.getvalue()


def found_in(code: str) -> Findings:
    return validate(example_journal(code, STANDARD), STANDARD, example_day())


@pytest.mark.parametrize("code", [code for code, one in example_by_code().items() if code.startswith("cpr-") and one])
@pytest.mark.parametrize("form", ["html", "pdf", "xlsx"])
def test_what_is_written_for_others_names_nobody(code: str, form: str) -> None:
    findings = found_in(code)
    text, data = written(findings, form)
    if form == "xlsx":
        book = openpyxl.load_workbook(BytesIO(data))
        text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    text += data.decode() if form == "pdf" else ""
    numbers = {one.cpr.raw or "" for family in findings.journal.families for one in family.citizens}
    for raw in filter(None, numbers):
        assert raw not in text
        assert f"-{raw[-4:]}" not in text
        assert f"{raw[:6]}-••" not in text
    assert PSEUDONYM.search(text) or not any(one.location.record for one in findings.all)


def sheets(findings: Findings) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(BytesIO(written(findings, "xlsx")[1]))
    return {sheet.title: [*sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_first_sheet_counts_with_what_it_is_of() -> None:
    findings = found_in("code-unknown")
    pages = sheets(findings)
    assert [*pages] == ["Overblik", "Årsager", "Fund", "Kontakter", "Læst"]
    visits, rejected = len(findings.family_of_visit), len(findings.rejected_visits)
    counts = [row[1:4] for row in pages["Overblik"] if isinstance(row[1], int)]
    assert counts[:3] == [
        (visits, visits, "100 %"), (visits - rejected, visits, share_words(visits - rejected, visits)),
        (rejected, visits, share_words(rejected, visits)),
    ]  # fmt: skip
    assert counts[3] == (1, 1, "100 %")
    assert len(pages["Årsager"]) == len(findings.causes) + 1
    assert len(pages["Fund"]) == findings.count + 1
    assert pages["Fund"][1][4] == OCCASION.standard


def test_a_clean_journal_has_a_first_page_too() -> None:
    clean = validate(clean_journal(STANDARD), STANDARD, example_day())
    assert "100 %" in written(clean, "html")[0]
    assert "100 %" in written(clean, "pdf")[1].decode()
    assert len(sheets(clean)["Årsager"]) == 1


def test_a_rule_has_its_source_and_edition() -> None:
    page, _ = written(found_in("factor-slip"), "html")
    assert "WHO Child Growth Standards" in page
    page, _ = written(found_in("size-shrinks"), "html")
    assert f"sandsynlighed · {OCCASION.program}" in page


def test_what_comes_of_mending_the_heaviest_causes() -> None:
    base = found_in("code-unknown")
    summary = findings_summary(base)
    assert (summary.visits, summary.rejected, summary.ready_after) == (len(base.family_of_visit), 1, 1)
    assert [(one.cause.code, one.visits) for one in summary.causes] == [("code-unknown", 1)]
    assert isinstance(summary.causes[0].cause, Cause)
    none = findings_summary(base, 0)
    assert (none.causes, none.ready_after) == ((), 0)


def test_a_whole_family_that_is_rejected_counts_with_each_of_its_visits() -> None:
    findings = found_in("cpr-malformed")
    (share,) = findings_summary(findings).causes
    assert share.visits == len(findings.rejected_visits)


def test_shares_never_tell_all_or_none_where_it_is_not() -> None:
    assert [share_words(count, of) for count, of in ((0, 0), (0, 9), (1, 1000), (999, 1000), (9, 9), (1, 3))] == [
        "–", "0 %", "under 1 %", "over 99 %", "100 %", "33 %",
    ]  # fmt: skip


def test_a_file_named_after_somebody_is_not_named() -> None:
    journal = example_journal("code-unknown", STANDARD)
    named = replace(journal, sources=tuple(replace(one, name="050520-9996.xlsx") for one in journal.sources) or ())
    text, _ = written(validate(named, STANDARD, example_day()), "html")
    assert "9996" not in text
