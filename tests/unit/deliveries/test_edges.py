"""What seldom happens in a history: odd ids, odd times, reports that say nothing new, and no room to put them by."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from msgspec.structs import replace

from ldbu_desktop.deliveries import report_index
from ldbu_desktop.deliveries.content import moment_of, plain, target_of
from ldbu_desktop.deliveries.coverage import CoverageCounter
from ldbu_desktop.deliveries.history import all_findings
from ldbu_desktop.deliveries.lives import family_of
from ldbu_desktop.deliveries.model import NO_PLACE, HistoryCounts, Place, Report
from ldbu_desktop.deliveries.report_facts import reports_in
from ldbu_desktop.deliveries.report_index import ReportIndex
from ldbu_desktop.deliveries.scenarios import scenarios
from ldbu_desktop.faults import FileFault, OutputFault
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.json_text import Written
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.formats import Output
from ldbu_desktop.rendering.history import HISTORY_FORMATS, event_day, history_conclusion, resource_word
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.sources.reader import Reader
from ldbu_desktop.use_cases.coverage import hold_reports
from ldbu_desktop.use_cases.open_history import open_history, text_at
from ldbu_desktop.work import Cancellation, no_progress
from tests.delivery_histories.checking import found_in
from tests.delivery_histories.faults import value_changed
from tests.delivery_histories.journal import STANDARD, Delivering, to, void, written
from tests.delivery_histories.stories import late_observation, moved

_NOW = datetime(2024, 5, 5, tzinfo=UTC)


def codes(journal: Delivering) -> list[str]:
    """The codes that are found."""
    return [one.code for one in found_in(journal.reports, journal.failing)]


@pytest.mark.parametrize(
    ("value", "same"),
    [
        (Written("5.50"), "5.5"),
        (Written("5.0"), 5),
        (Written("1e99999999"), "1e99999999"),
        (Written("-1e-99999999"), "-1e-99999999"),
        ({"reference": "https://x.dk/fhir/Patient/1/_history/2", "display": "x"}, {"reference": "Patient/1"}),
        ("2024-05-05T10:00:00+02:00", "2024-05-05T08:00:00+00:00"),
        ("2024-05-05T10:00:00", "2024-05-05T10:00:00"),
        ("2024-99-05T10:00:00Z", "2024-99-05T10:00:00Z"),
        ([3, 1], [1, 3]),
    ],
)
def test_a_value_has_one_form(value: object, same: object) -> None:
    assert plain(value) == same


def test_moments_that_are_none() -> None:
    assert [moment_of(one) for one in (None, "2024", "2024-13-01", "2024-01-01T99:00:00Z", Decimal(1))] == [None] * 5
    assert moment_of("2024-01-02") == date(2024, 1, 2)
    assert target_of("Patient/1") == "Patient/1"


def test_what_is_no_bundle_holds_no_reports() -> None:
    for value in (None, [], {"resourceType": "Patient"}):
        assert list(reports_in(value, "x", STANDARD, lambda _: True)) == []
    odd = {"resourceType": "Bundle", "entry": [1, {"resource": {"resourceType": "Patient"}, "fullUrl": "x/Patient/7"}]}
    (report,) = reports_in(odd, "x", STANDARD, lambda _: True)
    assert (report.time, report.night, [one.id for one in report.instances]) == (None, 0, ["7"])


@pytest.mark.parametrize("own", ["17", "report-0505201234-of-a-day-in-may"])
def test_reports_have_universal_ids_too(own: str) -> None:
    journal = Delivering(1)
    journal.routine("maternity", 4)
    journal.reports[0]["id"] = own
    assert codes(journal) == ["history-id-not-universal"]


def test_a_report_of_a_citizen_alone_is_repeated() -> None:
    journal = Delivering(1)
    journal.routine("maternity", 4)
    journal.deliver(journal.day(9), journal.child)
    assert codes(journal) == ["history-report-repeated"]


def test_a_report_without_a_time_is_the_last_and_is_early_for_nothing() -> None:
    journal = Delivering(1)
    journal.routine("maternity", 4)
    journal.routine("2-months", 60)
    del journal.reports[1]["timestamp"]
    journal.failing = 1
    assert codes(journal) == []


def test_what_is_voided_and_told_at_once_leaves_nobody_behind() -> None:
    journal = Delivering(1)
    visit = journal.visit("infant-preventive", journal.day(9))
    weight = journal.observation("weight", visit["period"]["start"], journal.child, visit)
    journal.deliver(journal.day(9), visit, weight)
    journal.deliver(journal.day(11), void(visit), hour=20)
    journal.deliver(journal.day(11), visit, weight, hour=22)
    assert set(codes(journal)) == {"history-told-after-void"}


def test_a_citizen_may_be_in_no_report() -> None:
    journal = Delivering(1)
    visit, _ = journal.routine("maternity", 4)
    told = journal.observation("exam-result", visit["period"]["start"], journal.child, visit)
    report = journal.deliver(journal.day(5), told)
    family = family_of([_as_told(report, 0), _as_told(_without_patient(report, journal), 1)])
    assert {event.kind.value for event in family.events} >= {"first", "changed"}


def _as_told(report: object, number: int) -> Report:
    (made,) = reports_in(report, str(number), STANDARD, lambda _: True)
    return made


def _without_patient(report: dict[str, object], journal: Delivering) -> dict[str, object]:
    other = copy.deepcopy(report)
    other["entry"] = [
        {"resource": one["resource"] | {"subject": to(journal.mother)}}
        for one in other["entry"]  # type: ignore[attr-defined]
        if one["resource"]["resourceType"] == "Observation"
    ]
    return other


def _found(journal: Delivering) -> list[str]:
    """The codes of what is found in reports that the gateway would not take as they are here."""
    with ReportIndex() as index:
        for number, report in enumerate(journal.reports):
            index.add(_as_told(report, number))
        return [one.code for _, found in all_findings(index, STANDARD) for one in found]


def test_a_resource_may_be_told_of_another_whom_its_report_does_not_hold() -> None:
    journal = Delivering(1)
    visit, _ = journal.routine("maternity", 4)
    told = journal.observation("sleep", visit["period"]["start"], journal.child, visit)
    journal.deliver(journal.day(5), told)
    other = journal.citizen(journal.born)
    report = journal.deliver(journal.day(6), told | {"subject": to(other)})
    report["entry"] = [one for one in report["entry"] if one["resource"]["id"] != other["id"]]
    assert "history-subject-changed" in _found(journal)


def test_a_report_with_several_running_numbers_is_told_once() -> None:
    journal = Delivering(1)
    _, observed = journal.routine("maternity", 4)
    names = {one["id"]: str(number) for number, one in enumerate(observed[:2], 12)}
    for one in journal.reports[0]["entry"]:
        one["resource"]["id"] = names.get(one["resource"]["id"], one["resource"]["id"])
    assert _found(journal).count("history-id-not-universal") == 1


def test_one_report_that_lies_there_twice_is_no_other() -> None:
    journal = Delivering(1)
    journal.routine("maternity", 4)
    journal.reports.append(copy.deepcopy(journal.reports[0]))
    assert "history-report-repeated" not in codes(journal)


def test_what_one_report_voids_twice_is_voided_once() -> None:
    journal = Delivering(1)
    _, observed = journal.routine("maternity", 4)
    report = journal.deliver(journal.day(6), void(observed[0]))
    [voided] = [one for one in report["entry"] if one["resource"]["id"] == observed[0]["id"]]
    report["entry"].append(copy.deepcopy(voided))
    family = family_of([_as_told(one, number) for number, one in enumerate(journal.reports)])
    kinds = [event.kind for event in family.events if event.instance.id == observed[0]["id"]]
    assert [kind.value for kind in kinds] == ["first", "voided", "again"]


def test_a_plan_without_details_and_a_list_of_texts_say_nothing() -> None:
    plan = {"resourceType": "CarePlan", "id": "1", "activity": [{}, {"detail": {"code": {"coding": [{}]}}}], "x": ["y"]}
    [report] = reports_in({"resourceType": "Bundle", "entry": [{"resource": plan}]}, "x", STANDARD, lambda _: True)
    assert [one.codes for one in report.instances] == [()]


def test_a_plan_that_goes_on_and_an_answer_to_an_answer_are_no_correction() -> None:
    journal = Delivering(1)
    _, observed = journal.routine("maternity", 4)
    plan = journal.plan(journal.day(4))
    journal.deliver(journal.day(5), plan)
    journal.deliver(journal.day(9), plan | {"title": "x"}, observed[0] | {"derivedFrom": [to(observed[1])]})
    family = family_of([_as_told(one, number) for number, one in enumerate(journal.reports)])
    assert "f" not in scenarios(family)


@pytest.mark.parametrize("is_of_visit", [True, False])
def test_an_observation_is_late_for_its_visit_and_not_for_what_it_was_derived_from(is_of_visit: bool) -> None:
    journal = Delivering(1)
    visit, observed = journal.routine("maternity", 4)
    late = journal.observation("sleep", visit["period"]["start"], journal.child)
    late["derivedFrom"] = [to(observed[0])]
    if is_of_visit:
        late["encounter"] = to(visit)
    journal.deliver(journal.day(9), late)
    family = family_of([_as_told(one, number) for number, one in enumerate(journal.reports)])
    assert list(scenarios(family)) == ["i"] * is_of_visit


def test_no_room_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with ReportIndex() as index:
        assert index.last == NO_PLACE
        index.close()
        with pytest.raises(OutputFault):
            _ = index.end

    def refuse(*_: object, **__: object) -> None:
        raise sqlcipher.OperationalError

    monkeypatch.setattr(report_index.sqlcipher, "connect", refuse)
    with pytest.raises(OutputFault):
        ReportIndex()


def test_many_links_are_put_by(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_index, "WAITING", 4)
    journal = Delivering(1)
    late_observation(journal)
    assert codes(journal) == []


def test_a_history_is_open_to_look_at(tmp_path: Path) -> None:
    journal = Delivering(1)
    value_changed(journal)
    journal.deliver(journal.day(70), journal.visit("2-months", journal.day(70)), fails=True)
    for number, report in enumerate(journal.reports):
        Path(tmp_path, f"{number}.json").write_bytes(written(report))
    told = open_history([tmp_path], STANDARD, no_progress, Cancellation())
    assert [one.code for one in told.findings if one.code == "history-moment-changed"]
    events = [event for timeline in told.timelines.values() for event in timeline]
    assert {event.kind for event in events} >= {"first", "again", "changed", "failed"}
    assert all(event_day(event) and resource_word(event, STANDARD) for event in events)
    assert "Observation" in text_at([tmp_path], told.findings[0].later)
    assert text_at([tmp_path], NO_PLACE) == ""
    assert text_at([tmp_path], told.findings[0].later._replace(at="Bundle.entry[99].resource")) == ""
    assert event_day(events[0]._replace(time=None))
    assert resource_word(events[0]._replace(type="Basic", codes=()), STANDARD) == "Basic"
    assert all(history_conclusion(told.run.counts, told.findings))


@pytest.mark.parametrize("form", HISTORY_FORMATS)
def test_what_was_stopped_says_so(form: str) -> None:
    stream, held = StringIO(), []
    output = Output(stream, held.append, lambda _title, page: page.encode())
    about = Occasion("x", STANDARD, "y", _NOW, Language.DANISH)
    renderer = HISTORY_FORMATS[form](output, about)
    faults = (("fil.json", FileFault("file-not-found", file="fil.json")),)
    renderer.end(HistoryCounts(reports=1), faults, is_complete=False)
    assert stream.getvalue() or held


@pytest.mark.parametrize(("severity", "count", "tone"), [(Severity.LOOK_AT, 1, "▲"), (Severity.MEND, 60, "✖")])
def test_places_of_a_code_are_shown_up_to_a_limit(severity: Severity, count: int, tone: str) -> None:
    stream = StringIO()
    about = Occasion("x", STANDARD, "y", _NOW, Language.DANISH)
    renderer = HISTORY_FORMATS["text"](Output(stream, print, lambda _title, page: page.encode()), about)
    journal = Delivering(1)
    value_changed(journal)
    found = found_in(journal.reports)[0]
    for number in range(count):
        place = NO_PLACE._replace(file=f"file-{number}.json")
        renderer.add(replace(found, earlier=place, later=place, weight=severity))
    renderer.end(HistoryCounts(reports=count), (), is_complete=True)
    assert tone in stream.getvalue()
    assert (f"file-{count - 1}.json" in stream.getvalue()) == (count == 1)


def test_a_report_without_a_time_and_one_with_half_a_character_are_counted(tmp_path: Path) -> None:
    journal = Delivering(1)
    journal.routine("maternity", 4)
    del journal.reports[0]["timestamp"]
    text = written(journal.reports[0]).rstrip()
    Path(tmp_path, "a.json").write_bytes(text)
    Path(tmp_path, "b.json").write_bytes(text[:-1] + b', "x": "\\ud800"}')
    told = open_history([tmp_path], STANDARD, no_progress, Cancellation())
    assert (told.run.counts.reports, told.run.counts.failed, told.run.counts.first) == (2, 2, None)


def test_standard_input_holds_reports() -> None:
    assert hold_reports([Path("-")])


def test_an_observation_is_known_by_its_codes_where_it_names_no_profile() -> None:
    counter = CoverageCounter(STANDARD)
    journal = Delivering(1)
    told = journal.observation("sleep", "2024-01-01", journal.child)
    told.pop("meta")
    assert (found := counter.variable_of(told)) is not None
    assert found.id == "sleep"
    told["meta"] = {"profile": ["http://nowhere/profile"]}
    assert counter.variable_of(told) is found
    told["code"] = {"coding": [{"code": "?"}]}
    counter.add({"entry": [{"resource": told}]}, is_accepted=True)
    assert not counter.found.values


def test_a_visit_is_counted_once_and_so_is_what_is_asked_for_at_it() -> None:
    counter, journal = CoverageCounter(STANDARD), Delivering(1)
    planned = journal.visit("establishment", journal.day(9), status="planned")
    journal.deliver(journal.day(3), planned)
    visit = planned | {"status": "finished"}
    moment = visit["period"]["start"]
    parents = [journal.observation("social-support-network", moment, journal.mother) for _ in range(2)]
    weights = [journal.observation("weight", moment, journal.child, visit) for _ in range(2)]
    journal.deliver(journal.day(9), visit, *parents, *weights)
    for report in journal.reports:
        counter.add(report, is_accepted=True)
    found = counter.found
    assert found.of_type("establishment") == 1
    assert found.observations["weight", "establishment"] == 2
    assert [found.asked[one, "establishment"] for one in ("social-support-network", "weight", "height")] == [1, 1, 0]


def test_what_of_a_visit_still_stands_of_the_wrong_citizen_is_told() -> None:
    journal = Delivering(1)
    journal.routine("maternity", 4)
    wrong = journal.citizen(journal.born)
    visit = journal.visit("infant-preventive", journal.day(30), wrong)
    kept, moving = (journal.observation(one, visit["period"]["start"], wrong, visit) for one in ("weight", "height"))
    elsewhere = journal.visit("infant-preventive", journal.day(30), wrong, hour=14)
    other = journal.observation("weight", elsewhere["period"]["start"], wrong, elsewhere)
    journal.deliver(journal.day(30), visit, kept, moving, elsewhere, other)
    journal.deliver(journal.day(32), *moved(journal, visit, [moving], subject=to(journal.child)))
    found = [one for one in found_in(journal.reports, journal.failing) if one.code == "history-cpr-half-mended"]
    at = [entry["resource"]["id"] for entry in journal.reports[1]["entry"]].index(kept["id"])
    assert [one.earlier.at for one in found] == [f"Bundle.entry[{at}].resource"]


def test_what_was_derived_from_others_of_the_wrong_citizen_is_of_no_other_visit() -> None:
    journal = Delivering(1)
    wrong = journal.citizen(journal.born)
    visit = journal.visit("infant-preventive", journal.day(30), wrong)
    weight = journal.observation("weight", visit["period"]["start"], wrong, visit)
    kept = journal.observation("sleep", visit["period"]["start"], wrong) | {"derivedFrom": [to(weight)]}
    journal.deliver(journal.day(30), visit, weight, kept)
    journal.deliver(journal.day(32), *moved(journal, visit, [weight], subject=to(journal.child)))
    assert _found(journal).count("history-cpr-half-mended") == 1


def test_of_what_goes_out_at_one_instant_a_part_may_repeat() -> None:
    journal = Delivering(1)
    first, _ = journal.routine("maternity", 4)
    second = journal.visit("infant-preventive", journal.day(30))
    journal.deliver(journal.day(30), second)
    journal.deliver(journal.day(30), first, second)
    journal.reports[2]["timestamp"] = journal.reports[1]["timestamp"]
    assert "history-report-repeated" not in codes(journal)


def test_of_many_files_only_the_one_that_is_looked_at_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Delivering(1)
    journal.routine("maternity", 4)
    journal.routine("establishment", 9)
    inner = tmp_path / "inde"
    inner.mkdir()
    for folder, report in zip((tmp_path, inner), journal.reports, strict=True):
        (folder / "a.json").write_bytes(written(report))
    made = open_history([tmp_path], STANDARD, no_progress, Cancellation())
    places = {event.place for told in made.timelines.values() for event in told}
    assert {place.file for place in places} == {"a.json", "inde/a.json"}
    assert all(json.loads(text_at([tmp_path], place))["id"] for place in places)
    read: list[str] = []
    texts = Reader.texts

    def counted(reader: Reader, paths: Iterable[Path | str]) -> Iterator[BundleText]:
        for one in texts(reader, paths):
            read.append(one.file)
            yield one

    monkeypatch.setattr(Reader, "texts", counted)
    assert text_at([tmp_path], Place("a.json", "Bundle.entry[0].resource"))
    assert read == ["a.json"]
    assert text_at([tmp_path], Place("../a.json", "Bundle.entry[0].resource")) == ""
    monkeypatch.setattr("ldbu_desktop.use_cases.open_history.MOST_CLEAN", 0)
    assert open_history([tmp_path], STANDARD, no_progress, Cancellation()).beside == 1
