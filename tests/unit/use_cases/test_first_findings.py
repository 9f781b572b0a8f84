"""What is told of the first rows holds when all is read. What is read no further is told, and is not ready."""

from __future__ import annotations

from datetime import date
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ldbu_desktop.aside.messages import Asked, sent
from ldbu_desktop.aside.process import told
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import journal_context
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.run import found_of
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping import export_files
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases import first_findings as module
from ldbu_desktop.use_cases.examples import clean_journal, example_day
from ldbu_desktop.use_cases.first_findings import FirstFindings, first_findings
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import GoesOn
from tests.profiles import number

STANDARD = shipped_standard()
FAMILIES = 40
FIRST = 20
WEIGHTS = ("5250", "5.250", "-1", "0", "x", "99", "")
STARTS = ("07-07-2024 10:30", "31-02-2024", "5/8/2024", "")


@pytest.fixture(autouse=True)
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_files, "ROWS_A_STEP", FIRST // 2)
    monkeypatch.setattr(module, "FIRST_ROWS", FIRST)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("first")


def write(folder: Path, weights: list[str], starts: list[str], turn: int = 0) -> None:
    """People, visits and what was observed, whose rows begin with another visit."""
    people = [f"B{at};{1 + at % 28:02}0524500{at % 9};barn;451000016003;ja" for at in range(FAMILIES)]
    visits = [f"K{at};B{at};Etableringsbesøg;HH;{start}" for at, start in enumerate(starts)]
    observed = [f"K{at};Vægt;{weight};g" for at, weight in enumerate(weights)]
    for name, header, rows in (
        ("Borgere", "borger_id;cpr;rolle;sor;aktiv", people),
        ("Kontakter", "kontakt_id;borger_id;kontakttype;kontaktform;start", visits),
        ("Observationer", "kontakt_id;variabel;værdi;enhed", observed[turn:] + observed[:turn]),
    ):
        Path(folder, f"{name}.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")


def first_of(folder: Path) -> FirstFindings:
    def read(goes_on: GoesOn) -> Journal:
        return load([folder], STANDARD, goes_on=goes_on)

    return first_findings(read, STANDARD, date(2025, 12, 1))


def at(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.location.origin, finding.location.column, finding.found


rows_of = st.lists(st.sampled_from(WEIGHTS), min_size=FAMILIES, max_size=FAMILIES)
starts_of = st.lists(st.sampled_from(STARTS), min_size=FAMILIES, max_size=FAMILIES)


@settings(max_examples=number(8))
@given(rows_of, starts_of, st.integers(0, FAMILIES))
def test_what_is_told_first_is_found_in_the_end(folder: Path, weights: list[str], starts: list[str], turn: int) -> None:
    write(folder, weights, starts, turn)
    first = first_of(folder)
    whole = {at(finding) for finding in validate(load([folder], STANDARD), STANDARD, date(2025, 12, 1)).all}
    assert first.rows == 3 * FIRST
    assert {at(finding) for one in first.causes for finding in one.findings} <= whole
    assert not any(type_of(finding).rest_decides for one in first.causes for finding in one.findings)


def test_what_is_wrong_in_the_first_rows_is_told(folder: Path) -> None:
    write(folder, ["-1", "x", *["5250"] * (FAMILIES - 2)], [STARTS[0]] * FAMILIES)
    assert {"value-negative", "number-unreadable"} <= {
        finding.code for one in first_of(folder).causes for finding in one.findings
    }


@pytest.mark.parametrize("codes", [{"value-negative", "number-unreadable"}, {"visit-in-future"}, set()])
def test_what_is_found_of_some_codes_is_that_of_all(folder: Path, codes: set[str]) -> None:
    write(folder, ["-1", "x", *["5250"] * (FAMILIES - 2)], ["07-07-2034", *[STARTS[0]] * (FAMILIES - 1)])
    journal, rules, today = load([folder], STANDARD), RuleBook(STANDARD), date(2025, 12, 1)
    context = journal_context(journal)
    found = [one for family in journal.families for one in found_of(family, context, rules, today, frozenset(codes))]
    assert found == [one for one in validate(journal, STANDARD, today).all if one.code in codes]
    assert {one.code for one in found} == codes


def test_a_glance_takes_no_digest(folder: Path) -> None:
    write(folder, ["5250"] * FAMILIES, [STARTS[0]] * FAMILIES)
    glance, whole = (load([folder], STANDARD, is_glance=is_glance) for is_glance in (True, False))
    assert {one.sha256 for one in glance.sources} == {""}
    assert all(one.sha256 for one in whole.sources)
    assert glance.families == whole.families


@pytest.fixture
def stopped(folder: Path) -> Journal:
    """Read as far as half of each table, and twice, since the whole column decides what 5/8/2024 is."""
    write(folder, ["5250"] * FAMILIES, ["5/8/2024", "5/13/2024", *[STARTS[0]] * (FAMILIES - 2)])
    return load([folder], STANDARD, goes_on=lambda rows: rows < FIRST)


def test_a_table_that_is_read_no_further_is_told(stopped: Journal) -> None:
    stops = [note for note in stopped.notes if note.code == export_files.STOPPED]
    assert {note.origin.file for note in stops} == {"Borgere.csv", "Kontakter.csv", "Observationer.csv"}
    assert {note.facts["rows"] for note in stops} == {FIRST}
    assert stopped.account.found.rows == 3 * FIRST
    assert not stopped.account.is_whole
    assert stopped.visit_count == FIRST - 1


def test_a_table_is_read_as_far_each_time(folder: Path) -> None:
    write(folder, ["5250"] * FAMILIES, ["5/8/2024", "5/13/2024", *[STARTS[0]] * (FAMILIES - 2)])
    asked: list[int] = []

    def goes_on(rows: int) -> bool:
        asked.append(rows)
        return len(asked) <= 3

    journal = load([folder], STANDARD, goes_on=goes_on)
    facts = {note.origin.file: note.facts["rows"] for note in journal.notes if note.code == export_files.STOPPED}
    assert sorted(facts.values()) == [FIRST // 2, FIRST // 2, 2 * FIRST]
    assert journal.account.found.rows == sum(map(int, facts.values()))


def test_nothing_is_ready_of_what_is_not_read_to_its_end(stopped: Journal) -> None:
    findings = validate(stopped, STANDARD, date(2025, 12, 1))
    assert findings.ready_visits == ()
    assert findings.rejected_count == len(findings.rejected_visits) == stopped.visit_count
    for visit in findings.family_of_visit:
        assert export_files.STOPPED in {one.code for one in findings.obstacles(visit, send_anyway=True)}
    again = findings.with_families(stopped, findings.context, findings.by_family, findings.family_of_visit)
    assert again.rejected_count == stopped.visit_count


def test_what_is_read_to_its_end_is_as_ready_as_ever() -> None:
    findings = validate(clean_journal(STANDARD), STANDARD, example_day())
    assert findings.ready_visits == tuple(findings.family_of_visit)


def test_a_folder_whose_files_can_not_be_listed_first_is_left_to_whoever_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> Path:
        raise PermissionError

    write(tmp_path, list(WEIGHTS), list(STARTS))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refuse)
        parts = told(sent(Asked((tmp_path,), STANDARD, None, example_day())))
        assert not isinstance(ForkingPickler.loads(next(parts)), FirstFindings)
    assert list(parts)  # all the rest is read and told
