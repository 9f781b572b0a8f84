"""Responses are held against their questionnaires, which the official validator does not do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ldbu_desktop.findings.examples import RecordChange, RowChange
from ldbu_desktop.findings.summary import Findings

Found = Callable[..., Findings]


def answer(question: str, value: str, response: str = "R1", column: str = "svar") -> RowChange:
    return RowChange("Spørgeskemaer", response, question, column, value)


def row(question: str, value: str, name: str = "SDQ 4-10", response: str = "R3") -> RowChange:
    return RowChange(
        "Spørgeskemaer",
        row={"besvarelse_id": response, "kontakt_id": "S1", "borger_id": "skolebarn-1", "spørgeskema": name,
             "spørgsmål": question, "svar": value, "kilde": "Borger", "besvaret": "16-09-2025"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("points", "code"), [("0", None), ("3", None), ("4", "answer-out-of-limits"), ("-1", "answer-out-of-limits")]
)
def test_limits_are_the_questionnaires_own(points: str, code: str | None, found: Found) -> None:
    total = str(5 + int(points))
    assert set(found(answer("1humor", points), answer("score", total)).by_code) == ({code} if code else set())


def test_a_finding_at_an_answer_names_its_question(found: Found) -> None:
    [finding] = found(answer("1humor", "tit")).all
    at = finding.location
    assert (finding.code, at.variable, at.field, at.record) == ("answer-wrong-type", "1humor", "answer.value", "R1")
    assert at.origin.sheet == "Spørgeskemaer"


def test_yes_and_no(found: Found) -> None:
    assert set(found(row("1sleepPattern", "ja", "PUF")).by_code) == {
        "questionnaire-incomplete",
        "questionnaire-unusual-age",
    }
    assert "answer-wrong-type" in found(row("1sleepPattern", "måske", "PUF")).by_code


def test_a_sum_needs_all_its_parts(found: Found) -> None:
    findings = found(RowChange("Spørgeskemaer", "R1", "2happiness"), answer("score", "30"))
    assert set(findings.by_code) == {"questionnaire-incomplete", "mark-reached"}


def test_a_score_that_is_left_out_is_not_added_up(found: Found) -> None:
    assert set(found(RowChange("Spørgeskemaer", "R1", "score")).by_code) == {"questionnaire-incomplete"}


@pytest.mark.parametrize(("points", "is_marked"), [("10", False), ("11", True)])
def test_a_mark_is_told_from_its_limit(points: str, is_marked: bool, found: Found) -> None:
    findings = found(answer("score", points))
    assert ("mark-reached" in findings.by_code) == is_marked


def test_an_answer_that_always_needs_attention(found: Found) -> None:
    [finding] = found(answer("10harm", "1"), answer("1humor", "0")).all
    assert (finding.code, finding.facts["points"]) == ("answer-needs-attention", 1)


def test_a_withdrawn_response_is_not_added_up(found: Found) -> None:
    rows = [answer(question, "Oprettet ved en fejl", column="status") for question in ("1humor",)]
    assert set(found(answer("score", "9"), *rows).by_code) == {"correction-inside-visit"}


def test_a_question_that_can_not_be_read(found: Found) -> None:
    findings = found(RecordChange("QuestionnaireResponse", "R2", "questionnaire", "epds", "EPDS"))
    assert set(findings.by_code) >= {"question-unknown", "questionnaire-on-child"}


def test_an_age_is_only_asked_of_a_child_with_a_birth(found: Found) -> None:
    sdq = row("1friendly", "Passer godt", "SDQ 11-17")
    assert "questionnaire-unusual-age" in found(sdq).by_code
    no_birth = RowChange("Borgere", "skolebarn-1", column="cpr", value="290215-9995")
    assert "questionnaire-unusual-age" not in found(sdq, no_birth).by_code


def test_a_whole_questionnaire_at_its_age_is_in_order(found: Found) -> None:
    aims = (("prone", "10"), ("surpine", "9"), ("sit", "5"), ("stand", "3"), ("score", "27"))
    rows = [
        RowChange(
            "Spørgeskemaer",
            row={"besvarelse_id": "R3", "kontakt_id": "K2", "borger_id": "barn-1", "spørgeskema": "AIMS",
                 "spørgsmål": question, "svar": value, "kilde": "Medarbejder alene", "besvaret": "06-10-2020"},
        )
        for question, value in aims
    ]  # fmt: skip
    assert not found(*rows).all
