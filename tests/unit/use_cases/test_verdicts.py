"""One verdict: what is said of a delivery report is the same whether it is checked, validated or exported."""

from __future__ import annotations

import json
import lzma
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA, ZipFile

import pytest
from msgspec.structs import replace

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.model import ExportOptions
from ldbu_desktop.bundles.plan import ReportOf, planned
from ldbu_desktop.bundles.write import ReportWriter
from ldbu_desktop.cli.program import Exit, run
from ldbu_desktop.editing.visits import without_visit
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.checks.reports import ACCEPTED, REJECTED
from ldbu_desktop.findings.examples import example_by_code
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.findings.text import message_of, rendered
from ldbu_desktop.journal.model import EMPTY, Entry, Journal
from ldbu_desktop.json_text import parse
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.engines import engine_for
from ldbu_desktop.use_cases.examples import clean_journal, example_day, example_journal
from ldbu_desktop.use_cases.export import export
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import Deliveries
from tests.profiles import each, landing, some

REPORTS = resource("samples", "rapporter")
GENERATED = Path(__file__).parents[2] / "data" / "conformance" / "generated.jsonl.xz"
UNKNOWN = "Unrecognised_property_"
"""The official kind of message for a name that there is not."""
TODAY = date(2026, 11, 28)
Bundle = dict[str, Any]
Change = Callable[[Bundle], object]


@pytest.fixture(scope="module")
def standard() -> Standard:
    return shipped_standard()


def sample() -> Bundle:
    read: Bundle = json.loads(sorted(REPORTS.glob("*.json"))[0].read_text(encoding="utf-8"))
    return read


def entry_of(bundle: Bundle, kind: str) -> Bundle:
    found: Bundle = next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind)
    return found


def opened(folder: Path, data: bytes, standard: Standard) -> Findings:
    path = folder / "a.json"
    path.write_bytes(data)
    return validate(load([path], standard), standard, TODAY)


def changed(folder: Path, change: Change, standard: Standard) -> Findings:
    bundle = sample()
    change(bundle)
    return opened(folder, json.dumps(bundle).encode(), standard)


def sent(findings: Findings, standard: Standard, folder: Path) -> int:
    return export(Deliveries(findings, standard), folder / "out", ExportOptions(), datetime.now(UTC)).sent


@pytest.mark.no_cover
def test_generated_reports_get_one_verdict(tmp_path: Path, standard: Standard) -> None:
    """Some of the reports that the official validator has judged: valid, and with faults of every kind."""
    lines = lzma.decompress(GENERATED.read_bytes()).decode().splitlines()
    engine = engine_for(shipped_standard())
    told = set()
    for number, line in enumerate(some(lines[::7], 80)):
        row = json.loads(line)
        data = row["text"].encode("latin-1")
        is_valid = engine.check(data).valid
        findings = opened(tmp_path, data, standard)
        is_clean = not findings.counts[Severity.REJECTED] and findings.journal.is_read
        assert is_clean == is_valid, row["file"]
        if findings.journal.visit_count:
            is_sent = sent(findings, standard, tmp_path / str(number)) > 0
            assert bool(findings.ready_visits) == is_sent == is_valid, row["file"]
        told.add(is_valid)
    assert told == {True, False}


@pytest.mark.no_cover
def test_the_reports_that_the_official_validator_judged_get_one_verdict(
    tmp_path: Path, standard: Standard, oracle_cases: Path
) -> None:
    engine = engine_for(shipped_standard())
    for name in ("valid.zip", "cases.zip"):
        with ZipFile(oracle_cases / name) as archive:
            for member in some(archive.namelist()[::6], 40):
                data = archive.read(member)
                findings = opened(tmp_path, data, standard)
                verdicts = (
                    not findings.counts[Severity.REJECTED],
                    bool(findings.ready_visits),
                    sent(findings, standard, tmp_path / member) > 0,
                )
                assert verdicts == (engine.check(data).valid,) * 3, member


def test_what_conformance_rejects_is_told_at_its_record(tmp_path: Path, standard: Standard) -> None:
    def unknown(bundle: Bundle) -> None:
        entry_of(bundle, "Observation")["comment"] = "?"

    findings = changed(tmp_path, unknown, standard)
    [found] = findings.by_code[REJECTED]
    assert (found.rule, found.location.origin.file) == (UNKNOWN, "a.json")
    assert found.location.record.startswith("Observation/")
    assert found.location.origin.path.endswith("resource")
    assert findings.ready_visits == ()
    assert sent(findings, standard, tmp_path) == 0


def test_what_another_finding_tells_by_the_same_rule_is_told_once(tmp_path: Path, standard: Standard) -> None:
    def unfinished(bundle: Bundle) -> None:
        bundle["entry"] = [one for one in bundle["entry"] if one["resource"]["resourceType"] != "Observation"]

    findings = changed(tmp_path, unfinished, standard)
    rules = [one.rule for one in findings.all if one.rule]
    assert "mandatory-missing-gateway" in findings.by_code
    assert len(rules) == len(set(rules))


def test_a_field_that_stands_twice_is_sent_by_neither_value(tmp_path: Path, standard: Standard) -> None:
    text = json.dumps(sample()).replace(
        '"resourceType": "Encounter",', '"resourceType": "Encounter", "status": "planned",'
    )
    findings = opened(tmp_path, text.encode(), standard)
    assert findings.counts[Severity.REJECTED]
    assert sent(findings, standard, tmp_path) == 0


def test_a_report_that_gave_no_visit_is_rejected_too(tmp_path: Path, standard: Standard) -> None:
    def without(bundle: Bundle) -> None:
        bundle["entry"] = [one for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient"]
        bundle["type"] = "batch"

    assert "file-report-rejected" in changed(tmp_path, without, standard).by_code
    assert "file-report-rejected" in opened(tmp_path, b'{"resourceType": "Bundle", "x": 1}', standard).by_code
    assert "file-report-rejected" in opened(tmp_path, b'{"resourceType": "Patient", "x": 1}', standard).by_code


def test_what_only_we_would_reject_is_to_be_looked_at(tmp_path: Path, standard: Standard) -> None:
    def reason(bundle: Bundle) -> None:
        quantity = next(one["resource"] for one in bundle["entry"] if "valueQuantity" in one["resource"])[
            "valueQuantity"
        ]
        quantity["unit"] = "tons"

    def loose(bundle: Bundle) -> None:
        other = json.loads(json.dumps(entry_of(bundle, "Observation")))
        del other["encounter"]
        bundle["entry"].append({"fullUrl": "http://x/Observation/other", "resource": other | {"id": "other"}})

    for change in (reason, loose):
        bundle = sample()
        change(bundle)
        data = json.dumps(bundle).encode()
        findings = opened(tmp_path, data, standard)
        if engine_for(shipped_standard()).check(data).valid:
            assert findings.counts[Severity.REJECTED] == 0
        else:
            assert findings.ready_visits == ()


class TestEdits:
    def _rejected(self, folder: Path, standard: Standard) -> Findings:
        return changed(folder, lambda bundle: entry_of(bundle, "Observation").update(comment="?"), standard)

    def test_an_edit_is_judged_as_it_would_be_sent(self, tmp_path: Path, standard: Standard) -> None:
        findings = self._rejected(tmp_path, standard)
        [family] = findings.journal.families
        [visit] = family.visits
        [found] = findings.by_code[REJECTED]
        kept = tuple(one for one in visit.observations if one.key != found.location.record)
        mended = tuple(
            replace(one, carried=None) if one.key == found.location.record else one for one in visit.observations
        )
        for observations in (kept, mended):
            after = replace(family, visits=(replace(visit, observations=observations),))
            journal: Journal = replace(findings.journal, families=(after,))
            again = revalidated(findings, journal, {family.key})
            assert UNKNOWN not in {one.rule for one in again.by_code.get(REJECTED, ())}
            back = revalidated(again, findings.journal, {family.key})
            assert [one.rule for one in back.by_code[REJECTED]] == [UNKNOWN]

    def test_an_edit_that_mends_nothing_is_rejected_still(self, tmp_path: Path, standard: Standard) -> None:
        findings = self._rejected(tmp_path, standard)
        [family] = findings.journal.families
        [visit] = family.visits
        after = replace(family, visits=(replace(visit, end=visit.start),))
        again = revalidated(findings, replace(findings.journal, families=(after,)), {family.key})
        assert UNKNOWN in {one.rule for one in again.by_code[REJECTED]}
        assert again.ready_visits == ()

    def test_an_edit_that_breaks_what_was_accepted_is_told_at_once(self, tmp_path: Path, standard: Standard) -> None:
        """Nothing of ours is found in it: conformance alone knows, and knows it before the last check does."""
        [broken] = self._rejected(tmp_path, standard).journal.families[0].visits
        findings = changed(tmp_path, lambda bundle: None, standard)
        [family] = findings.journal.families
        [visit] = family.visits
        assert findings.ready_visits == (visit.key,)
        after = replace(family, visits=(replace(broken, refusal=visit.refusal),))
        journal = replace(findings.journal, families=(after,))
        for again in (revalidated(findings, journal, {family.key}), validate(journal, standard, TODAY)):
            assert [one.rule for one in again.by_code[REJECTED]] == [UNKNOWN]
            assert again.ready_visits == ()
            assert sent(again, standard, tmp_path) == 0
            back = revalidated(again, findings.journal, {family.key})
            assert back.ready_visits == (visit.key,)

    def test_an_edit_that_breaks_nothing_stays_ready(self, tmp_path: Path, standard: Standard) -> None:
        findings = changed(tmp_path, lambda bundle: None, standard)
        [family] = findings.journal.families
        [visit] = family.visits
        after = replace(family, visits=(replace(visit, carried=None),))
        again = revalidated(findings, replace(findings.journal, families=(after,)), {family.key})
        assert again.ready_visits == (visit.key,)
        assert sent(again, standard, tmp_path) == 1


def test_the_words_are_those_of_conformance_in_each_language(tmp_path: Path, standard: Standard) -> None:
    def unplaced(bundle: Bundle) -> None:
        entry_of(bundle, "Observation")["meta"] = {"profile": ["http://x"]}
        entry_of(bundle, "Encounter")["comment"] = "?"

    bundle = sample()
    unplaced(bundle)
    findings = opened(tmp_path, json.dumps(bundle).encode(), standard)
    errors = engine_for(standard).check(json.dumps(bundle).encode(), with_ours=False).errors
    told = findings.by_code[REJECTED]
    assert {one.rule for one in told} <= {one.rule for one in errors}
    for language in Language:
        said = {message_of(error, language, standard) for error in errors}
        words = [rendered(one, language, standard) for one in told]
        assert all(any(each.message.startswith(one) for one in said) for each in words)
        assert all(each.why and each.remedy for each in words)
    assert any(error.obstacles for error in errors) == any(one.obstacles[0].obstacles for one in told)


def _every_field_lost(records: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Records with one of their values not there, and not readable, one after another."""
    for at, record in enumerate(records):
        for name in record.__struct_fields__:
            if isinstance(getattr(record, name), Entry):
                for other in (EMPTY, Entry(None, "?", 1)):
                    yield (*records[:at], replace(record, **{name: other}), *records[at + 1 :])
        yield (*records[:at], *records[at + 1 :])


def _spoilt(journal: Journal) -> Iterator[Journal]:
    """The journal with each value of its first family lost in turn."""
    family, *others = journal.families
    for part in ("citizens", "parenthoods", "schools"):
        for records in _every_field_lost(getattr(family, part)):
            yield replace(journal, families=(replace(family, **{part: records}), *others))
    for visits in _every_field_lost(family.visits):
        yield replace(journal, families=(replace(family, visits=visits), *others))
    unknown = tuple(replace(visit, based_on=(*visit.based_on, EMPTY)) for visit in family.visits)
    yield replace(journal, families=(replace(family, visits=unknown), *others))
    for at, visit in enumerate(family.visits):
        for part in ("observations", "interventions", "responses"):
            for records in _every_field_lost(getattr(visit, part)):
                after = (*family.visits[:at], replace(visit, **{part: records}), *family.visits[at + 1 :])
                yield replace(journal, families=(replace(family, visits=after), *others))


def refused(findings: Findings, standard: Standard) -> set[str]:
    """The ready visits whose reports the last check of an export would hold back."""
    writer = ReportWriter(findings.journal, standard, datetime.now(UTC))
    held = set()
    for plan in planned(findings.journal, frozenset(findings.ready_visits), ReportOf.VISIT):
        if engine_for(standard).check(json_text(plan.built(writer).bundle), with_ours=False).errors:
            held |= {visit.key for visit in plan.visits}
    return held


def test_what_is_ready_is_sent_whatever_a_table_lacks(standard: Standard) -> None:
    journals = [*enumerate(_spoilt(clean_journal(standard)))]
    assert len(journals) > 100
    for number, spoilt in each(journals, 60):
        assert refused(validate(spoilt, standard, example_day()), standard) == set(), number


@pytest.mark.parametrize("code", sorted(example_by_code()))
def test_what_is_ready_is_sent_beside_every_fault(code: str, standard: Standard) -> None:
    assert refused(validate(example_journal(code, standard), standard, example_day()), standard) == set()


@landing("generated reports get one verdict in every run")
def test_what_is_ready_of_the_samples_is_sent(tmp_path: Path, standard: Standard) -> None:
    for number, path in enumerate(sorted(resource("samples").iterdir())):
        findings = validate(load([path], standard), standard, TODAY)
        receipt = export(Deliveries(findings, standard), tmp_path / str(number), ExportOptions(), datetime.now(UTC))
        sent_visits = [visit for file in receipt.written for visit in file.visits]
        assert sorted(sent_visits) == sorted(findings.ready_visits), path.name


def test_a_report_of_tables_is_judged_as_its_text_is(standard: Standard) -> None:
    """Export judges what it makes of tables without reading the text of it: both are the same, number by number."""
    tables = [*resource("samples").glob("familie*"), resource("samples", "alle-fejl", "alle-fejl.xlsx")]
    count = 0
    for journal in [load([path], standard) for path in tables]:
        for one in planned(
            journal, {visit.key for family in journal.families for visit in family.visits}, ReportOf.VISIT
        ):
            built = one.built(ReportWriter(journal, standard, datetime.now(UTC)))
            read = parse(json_text(built.bundle))
            assert (repr(read.value), read.faults) == (repr(built.bundle), ())
            count += 1
    assert count > 100


def test_the_commands_agree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundle = sample()
    bundle["type"] = "transaction"
    (tmp_path / "wrong.json").write_text(json.dumps(bundle), encoding="utf-8")
    for words in (["check"], ["validate"], ["export", "--to", str(tmp_path / "out")]):
        assert run([words[0], str(tmp_path / "wrong.json"), *words[1:]]) == Exit.REJECTED
    capsys.readouterr()


def no_line_each(folder: Path) -> Path:
    """A file of a report a line, in which a report takes several."""
    path = folder / "a.ndjson"
    path.write_bytes(json_text(sample(), is_pretty=True))
    return path


def packed_strangely(folder: Path) -> Path:
    """An archive with a report that nobody can take out."""
    path = folder / "a.zip"
    with ZipFile(path, "w", compression=ZIP_LZMA) as archive:
        archive.writestr("a.ndjson", json_text(sample()))
    return path


@pytest.mark.parametrize("command", ["validate", "check", "export"])
@pytest.mark.parametrize("make", [no_line_each, packed_strangely])
def test_where_nothing_could_be_read_every_command_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str, make: Callable[[Path], Path]
) -> None:
    options = ["--to", str(tmp_path / "out")] if command == "export" else []
    assert run([command, str(make(tmp_path)), *options]) == Exit.FAULT
    assert "a.ndjson" in "".join(capsys.readouterr())
    assert not (tmp_path / "out").exists()


def test_what_could_not_be_read_beside_a_table_is_told_with_it(tmp_path: Path, standard: Standard) -> None:
    (tmp_path / "a.ndjson").write_bytes(json_text(sample(), is_pretty=True))
    (tmp_path / "b.csv").write_bytes(resource("samples", "familie-bred.csv").read_bytes())
    journal = load([tmp_path], standard)
    assert journal.visit_count
    assert [note.facts["fault"] for note in journal.notes if note.code == "file-not-read"] == ["ndjson-not-lines"]


@pytest.mark.parametrize(
    ("before", "written", "rule"),
    [
        ('{"resourceType": "Bundle"', '// said aside\n{"resourceType": "Bundle"', ""),
        ('"type": "collection"', '// said aside\n"type": "collection"', "JSON_COMMENTS_NOT_ALLOWED"),
        ('"type": "collection"', 'type: "collection"', "JSON_PROPERTY_NO_QUOTES"),
        ('"type": "collection"', '"type": collection', "JSON_PROPERTY_VALUE_NO_QUOTES"),
    ],
)
def test_a_text_that_can_be_read_is_rejected_for_its_faults_by_conformance_alone(
    tmp_path: Path, standard: Standard, before: str, written: str, rule: str
) -> None:
    text = json.dumps(sample()).replace(before, written, 1).encode()
    findings = opened(tmp_path, text, standard)
    rejected = [one for one in findings.all if type_of(one).severity is Severity.REJECTED]
    assert [(one.code, one.rule) for one in rejected] == ([(REJECTED, rule)] if rule else [])
    assert bool(engine_for(standard).check(text).errors) == bool(rule)
    assert sent(findings, standard, tmp_path) == (0 if rule else 1)


def test_accepted_is_never_said_of_tables(standard: Standard) -> None:
    journal = load([resource("samples", "familie-med-fejl.xlsx")], standard)
    findings = validate(journal, standard, TODAY)
    assert findings.counts[Severity.REJECTED]
    assert not {ACCEPTED, REJECTED} & set(findings.by_code)


class TestDeliveries:
    """An incremental delivery: what stands in one of its reports is told there, what is around it in all."""

    def _delivery(self) -> Bundle:
        standard = shipped_standard()
        first, second = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(REPORTS.glob("*.json"))[:2])
        entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in (first, second)]
        profile = standard.header.profiles["incremental-delivery"]
        head = {"resourceType": "Bundle", "id": "d", "meta": {"profile": [profile]}, "type": "collection"}
        return head | {"entry": entries}

    def test_a_problem_in_one_report_rejects_that_report(self, tmp_path: Path, standard: Standard) -> None:
        delivery = self._delivery()
        entry_of(delivery["entry"][1]["resource"], "Observation")["comment"] = "?"
        findings = opened(tmp_path, json.dumps(delivery).encode(), standard)
        wrong = [one for one in findings.by_code[REJECTED] if one.rule == UNKNOWN]
        [visit] = {one.location.visit for one in wrong}
        first, second = (report.visits for report in findings.journal.reports)
        assert (visit in first, visit in second) == (False, True)

    def test_a_problem_of_the_delivery_rejects_all(self, tmp_path: Path, standard: Standard) -> None:
        delivery = self._delivery() | {"comment": "?"}
        findings = opened(tmp_path, json.dumps(delivery).encode(), standard)
        wrong = {one.location.visit for one in findings.by_code[REJECTED] if one.rule == UNKNOWN}
        assert wrong == {visit for report in findings.journal.reports for visit in report.visits}


def test_what_belongs_to_no_visit_of_an_accepted_report_is_doubted(tmp_path: Path, standard: Standard) -> None:
    bundle = sample()
    [visit] = [one for one in bundle["entry"] if one["resource"]["resourceType"] == "Encounter"]
    text = json.dumps(visit).replace(visit["resource"]["id"], "0b1d3c52-6e0e-4d53-9a1c-5d0a4f7c9a10")
    bundle["entry"].append(json.loads(text))
    loose = next(one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == "Observation")
    loose.pop("encounter", None)
    data = json.dumps(bundle).encode()
    findings = opened(tmp_path, data, standard)
    is_valid = engine_for(standard).check(data).valid
    assert (findings.counts[Severity.REJECTED] == 0) == is_valid


def test_the_example_of_what_only_we_reject_is_doubted(standard: Standard) -> None:
    findings = validate(example_journal(ACCEPTED, standard), standard, example_day())
    [found] = findings.by_code[ACCEPTED]
    assert found.rule
    assert findings.counts[Severity.REJECTED] == 0


def test_families_without_a_refusal_stay_as_they_are(tmp_path: Path, standard: Standard) -> None:
    files = sorted(REPORTS.glob("*.json"))
    wrong = json.loads(files[0].read_text(encoding="utf-8")) | {"type": "transaction"}
    (tmp_path / "wrong.json").write_text(json.dumps(wrong), encoding="utf-8")
    journal = load([tmp_path / "wrong.json", resource("samples", "familie.xlsx")], standard)
    sealed = [bool(visit.refusal and visit.refusal.digest) for family in journal.families for visit in family.visits]
    assert sorted(set(sealed)) == [False, True]


def _of_everything(findings: Findings) -> list[str]:
    return [finding.code for finding in findings.all if type_of(finding).severity is Severity.REJECTED]


def _without_school_number(bundle: Bundle) -> None:
    school = {"resourceType": "Location", "id": "s1", "status": "active", "type": []}
    bundle["entry"].append({"fullUrl": "http://example.dk/Location/s1", "resource": school})
    entry_of(bundle, "Encounter")["location"] = [{"location": {"reference": "Location/s1"}}]


@pytest.mark.parametrize("timestamp", ["", "i går", 5, None, True, {}, [], "2020-05-05T10:30:00", "2020-05-05"])
def test_a_time_that_is_none_is_told_once(tmp_path: Path, standard: Standard, timestamp: object) -> None:
    def timed(bundle: Bundle) -> None:
        bundle["timestamp"] = timestamp

    findings = changed(tmp_path, timed, standard)
    assert _of_everything(findings) == [REJECTED]
    assert findings.ready_visits == ()


def test_a_report_without_a_time_is_told_once(tmp_path: Path, standard: Standard) -> None:
    findings = changed(tmp_path, lambda bundle: bundle.pop("timestamp"), standard)
    assert _of_everything(findings) == [REJECTED]


def test_a_report_without_visit_and_time_is_told_once(tmp_path: Path, standard: Standard) -> None:
    def only_citizen(bundle: Bundle) -> None:
        del bundle["timestamp"]
        bundle["entry"] = [one for one in bundle["entry"] if one["resource"]["resourceType"] == "Patient"]

    findings = changed(tmp_path, only_citizen, standard)
    assert set(_of_everything(findings)) == {"file-report-rejected"}


def test_an_id_that_stands_twice_is_told_once(tmp_path: Path, standard: Standard) -> None:
    def doubled(bundle: Bundle) -> None:
        bundle["entry"].append(bundle["entry"][-1])

    findings = changed(tmp_path, doubled, standard)
    assert _of_everything(findings) == [REJECTED]
    assert [finding.rule for finding in findings.by_code[REJECTED]] == ["bdl-7"]


def test_an_id_that_stands_twice_and_is_accepted_is_doubted(tmp_path: Path, standard: Standard) -> None:
    def doubled(bundle: Bundle) -> None:
        entry = bundle["entry"][-1]
        bundle["entry"].append({**entry, "fullUrl": f"http://other.dk/Observation/{entry['resource']['id']}"})

    findings = changed(tmp_path, doubled, standard)
    assert "file-id-duplicate" in [finding.rule for finding in findings.by_code[ACCEPTED]]


def test_which_report_of_a_file_is_meant(tmp_path: Path, standard: Standard) -> None:
    """What is told of one report of a file is not taken for told of another."""
    first, second = sample(), sample()
    first["entry"].append(first["entry"][-1])
    path = tmp_path / "a.ndjson"
    path.write_text("\n".join(map(json.dumps, (second, first))), encoding="utf-8")
    findings = validate(load([path], standard), standard, TODAY)
    rejected = {finding.location.origin.line for finding in findings.by_code[REJECTED] if finding.rule == "bdl-7"}
    assert rejected == {2}
    assert "file-id-duplicate" not in findings.by_code


def test_a_school_without_a_number_is_told_once(tmp_path: Path, standard: Standard) -> None:
    findings = changed(tmp_path, _without_school_number, standard)
    told = [finding for finding in findings.all if "identifier" in finding.found or finding.code.startswith("school-n")]
    assert [finding.code for finding in told if type_of(finding).severity is Severity.REJECTED] == [
        "school-number-missing"
    ]


def test_a_report_is_judged_anew_when_one_of_its_visits_has_gone(tmp_path: Path, standard: Standard) -> None:
    """The gateway looks at the whole report: what one visit lacks, the other may have had."""
    bundle = sample()
    visit = entry_of(bundle, "Encounter")
    other = json.loads(json.dumps(visit))
    other["id"] = "11111111-2222-4333-8444-555555555555"
    base = bundle["entry"][0]["fullUrl"].rpartition("/Patient/")[0]
    bundle["entry"].append({"fullUrl": f"{base}/Encounter/{other['id']}", "resource": other})
    findings = opened(tmp_path, json.dumps(bundle).encode(), standard)
    (family,) = findings.journal.families
    first, second = (visit.key for visit in family.visits)
    bare, full = (second, first) if findings.journal.families[0].visits[0].observations else (first, second)
    assert findings.is_ready(bare)
    after = revalidated(findings, without_visit(findings.journal, family.key, full), {family.key})
    assert not after.is_ready(bare)
    assert after.is_ready(bare) == validate(after.journal, standard, TODAY).is_ready(bare)
