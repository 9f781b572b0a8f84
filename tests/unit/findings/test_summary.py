"""What follows from the findings: counts, causes, and which visits can be delivered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.findings import summary
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.causes import causes, worst_of
from ldbu_desktop.findings.examples import RecordChange, RowChange
from ldbu_desktop.findings.model import Finding, Location, Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Origin

Found = Callable[..., Findings]
VISITS = ("K0", "K1", "K2", "S1")


def observation(key: str, value: str = "", column: str = "værdi") -> RowChange:
    return RowChange("Observationer", key, column=column, value=value)


def test_nothing_is_told_where_all_is_well(found: Found) -> None:
    findings = found()
    assert (findings.count, findings.worst, findings.causes) == (0, None, ())
    assert sorted(findings.ready_visits) == sorted(VISITS)
    assert findings.rejected_visits == ()
    assert set(findings.counts) == set(Severity)


def test_counts_and_places(found: Found) -> None:
    findings = found(observation("O18", "qqqq"), observation("O19"), observation("O15", "90"))
    assert findings.counts == {
        Severity.REJECTED: 2,
        Severity.MEND: 0,
        Severity.LOOK_AT: 1,
        Severity.INFO: 0,
        Severity.NOT_CHECKED: 0,
    }
    assert findings.worst is Severity.REJECTED
    assert findings.count == findings.count_of_visit("K1") == findings.count_of_family("barn-1") == 3
    assert findings.worst_of_visit("K1") is findings.worst_of_family("barn-1") is Severity.REJECTED
    assert findings.worst_of_visit("K2") is None
    assert findings.of_visit("nowhere") == findings.of_family("nowhere") == findings.of_record("nowhere", "O18") == ()
    assert [finding.code for finding in findings.of_record("barn-1", "O15")] == ["value-implausible"]
    assert sorted(findings.rejected_visits) == ["K1"]
    assert "K2" in findings.ready_visits


def test_a_citizens_fault_keeps_the_whole_family(found: Found) -> None:
    findings = found(RowChange("Borgere", "mor-1", column="sor"))
    assert sorted(findings.rejected_visits) == ["K0", "K1", "K2"]
    assert {finding.code for finding in findings.obstacles("K2")} == {"organisation-missing"}
    assert findings.worst_of_visit("K2") is Severity.REJECTED
    assert findings.count_of_visit("K2") == 0
    assert findings.is_ready("S1")


def test_an_unreadable_part_of_a_citizen_keeps_the_family_too(found: Found) -> None:
    findings = found(RowChange("Borgere", "barn-1", column="aktiv", value="måske"))
    assert sorted(findings.rejected_visits) == ["K0", "K1", "K2"]


def test_what_is_only_worth_a_look_keeps_nothing(found: Found) -> None:
    findings = found(observation("O15", "90"))
    assert findings.rejected_visits == ()
    assert findings.obstacles("K1") == ()


def test_sending_anyway_is_for_the_contradiction_only(found: Found) -> None:
    missing = (observation("O13"), observation("O13", column="enhed"), observation("O13", "Ukendt", "årsag"))
    findings = found(*missing)
    assert not findings.is_ready("K1")
    assert findings.is_ready("K1", send_anyway=True)
    findings = found(*missing, observation("O18", "qqqq"))
    assert {finding.code for finding in findings.obstacles("K1", send_anyway=True)} == {"code-unknown"}


def test_causes_gather_what_one_change_mends(found: Found) -> None:
    findings = found(
        *(observation(key, "Godt netvark") for key in ("O02",)),
        *(observation(key, "stort barn") for key in ("O13", "O30", "O40")),
        observation("O18", "zzz"),
        observation("O19", "zzz"),
        observation("O15", "90"),
    )
    told = [(cause.code, cause.variable, cause.found, len(cause.findings)) for cause in findings.causes]
    assert told[0] == ("number-unreadable", "weight", "", 3)
    assert ("code-unknown", "sleep", "zzz", 1) in told
    assert ("code-misspelled", "social-support-network", "Godt netvark", 1) in told
    assert told[-1][0] == "value-implausible"
    assert sum(len(cause.findings) for cause in findings.causes) == findings.count
    assert causes(()) == ()


def test_the_worst_of_some_findings(found: Found) -> None:
    findings = found(observation("O15", "90"), RowChange("Kontakter", "S1", column="skole", value="Søskolen"))
    assert worst_of(findings.all) is Severity.LOOK_AT
    assert worst_of(()) is None
    assert {type_of(finding).severity for finding in findings.all} == {Severity.LOOK_AT}


def test_a_finding_of_the_file_belongs_to_no_family(found: Found) -> None:
    findings = found(RowChange("Observationer", row={"værdi": "5250"}))
    assert [finding.code for finding in findings.about_files] == ["file-row-incomplete"]
    assert findings.counts[Severity.LOOK_AT] == 1


def test_a_family_is_told_before_its_visits(found: Found) -> None:
    findings = found(RowChange("Borgere", "barn-1", column="sor"), observation("O18", "zzz"))
    assert [finding.code for finding in findings.of_family("barn-1")] == ["organisation-missing", "code-unknown"]
    assert not findings.is_ready("K1")


def test_a_school_that_is_not_there(found: Found) -> None:
    assert found(RecordChange("Visit", "S1", "school", "x", "x")).rejected_visits == ("S1",)


def test_answers_that_are_wrong_alike_are_one_cause(found: Found) -> None:
    rows = [RowChange("Spørgeskemaer", "R1", question, "svar", "9") for question in ("1humor", "3blame")]
    findings = found(*rows, RowChange("Spørgeskemaer", "R1", "score", "svar", "22"))
    assert next((cause.code, len(cause.findings)) for cause in findings.causes) == ("answer-out-of-limits", 2)


def test_what_follows_from_what_follows_has_the_first_cause() -> None:
    def told(code: str, row: int, **facts: str) -> Finding:
        return Finding(code, Location(Origin("a.csv", "a", row), field="visit.type"), facts=facts)

    first = told("file-header-unknown", 1, parts="visit.start visit.class")
    second = told("file-header-missing", 1, parts="visit.class visit.type")
    third = told("visit-type-missing", 2)
    (cause,) = causes([third, second, first])
    assert (cause.first, set(map(id, cause.following))) == (first, {id(second), id(third)})


def test_causes_are_known_where_there_are_few_findings_or_they_are_worked_out(
    found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    findings = found(observation("O18", "qqqq"))
    assert findings.has_causes
    monkeypatch.setattr(summary, "FEW_FINDINGS", 0)
    assert not findings.has_causes
    assert findings.causes
    assert findings.has_causes
