"""A learner's answers beside the key: each outcome, however the answer was typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.faults import FileFault
from ldbu_desktop.journal.fields import VISIT_END, VISIT_INTERVENTIONS
from ldbu_desktop.journal.model import Entry, Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.comparison import Outcome, compared
from ldbu_desktop.training.journals import Part, beginning, journal_of, start_of
from ldbu_desktop.training.loader import shipped_cases
from ldbu_desktop.training.model import Case
from ldbu_desktop.training.results import ENDING, read_result, result_of, result_text, room_of
from ldbu_desktop.use_cases.room_results import room as rooms_results

STANDARD = shipped_standard()
CASES = {case.id: case for case in shipped_cases(STANDARD).cases}


def outcomes(case: Case, journal: Journal) -> dict[tuple[str, str], Outcome]:
    """The outcome by person and thing."""
    return {(one.subject, one.asked): one.outcome for one in compared(case, journal, STANDARD)}


def typed(journal: Journal, case: Case, visit: str, subject: str, asked: str, raw: str, unit: str = "") -> Journal:
    """The journal after one more answer of a learner."""
    return answered(journal, Where(case.id, visit, subject=subject, variable=asked), raw, STANDARD, unit)


@pytest.mark.parametrize(
    ("asked", "raw", "outcome"),
    [
        ("weight", "3,42 kg", Outcome.RIGHT),
        ("weight", "3420", Outcome.RIGHT),
        ("weight", "342", Outcome.DIFFERENT),
        ("weight", "meget", Outcome.DIFFERENT),
        ("height", "51", Outcome.TOO_MUCH),
        ("parent-relationship", "Udfordring i forældre-barn-relation", Outcome.DIFFERENT),
    ],
)
def test_an_answer_however_it_is_typed(asked: str, raw: str, outcome: Outcome) -> None:
    case = CASES["barselsbesoeg"]
    journal = typed(journal_of(case, STANDARD, Part.ALL), case, "barsel", "emma", asked, raw)
    assert outcomes(case, journal)["emma", asked] is outcome


def test_what_is_as_right_and_what_is_to_discuss() -> None:
    case = CASES["etableringsbesoeg"]
    journal = journal_of(case, STANDARD, Part.ALL)
    journal = typed(journal, case, "etablering", "jonas", "parent-social-status", "Sårbarhed")
    journal = typed(journal, case, "etablering", "emma", "passive-smoking", "Udsat for tobaksrøg")
    found = outcomes(case, journal)
    assert found["jonas", "parent-social-status"] is Outcome.ACCEPTED
    assert found["emma", "passive-smoking"] is Outcome.DISCUSS
    assert found["mia", "parent-social-status"] is Outcome.RIGHT


def test_of_several_findings_each_is_told() -> None:
    case = CASES["skole-behov"]
    journal = beginning(case, STANDARD)
    for raw in ("Udsat for mobning", "Trist", "Genert/stille", "Stressfølelse"):
        journal = typed(journal, case, "behovskontakt", "karla", "exam-result", raw)
    found = [one.outcome for one in compared(case, journal, STANDARD) if one.asked == "exam-result"]
    assert sorted(found) == sorted([Outcome.RIGHT, Outcome.DIFFERENT, Outcome.DISCUSS, Outcome.TOO_MUCH])


def test_a_visit_that_the_learner_begins() -> None:
    case = CASES["opfoelgning-telefon"]
    wanted = case.visits[0]
    begun = beginning(case, STANDARD)
    at = start_of(wanted, STANDARD)
    for visit_type, outcome in (("infant-preventive", Outcome.RIGHT), ("2-months", Outcome.DIFFERENT)):
        journal, key = with_visit(begun, case.id, visit_type, "emma", "", at, STANDARD)
        journal = typed(journal, case, key, "emma", "passive-smoking", "Ikke udsat for tobaksrøg")
        found = outcomes(case, journal)
        assert found["emma", "visit.type"] is outcome
        assert found["emma", "passive-smoking"] is Outcome.RIGHT
        assert found["emma", "visit.class"] is Outcome.MISSING


def test_what_may_be_told_as_well_and_what_was_withdrawn_is_not_too_much() -> None:
    case = CASES["barselsbesoeg"]
    journal = journal_of(case, STANDARD, Part.ALL)
    journal = answered(journal, Where(case.id, "barsel", subject="emma", field="visit.end"), "11:40", STANDARD)
    journal = typed(journal, case, "barsel", "emma", "height", "51")
    at = Where(case.id, "barsel", subject="emma", variable="height", field="observation.status")
    journal = answered(journal, at, "entered-in-error", STANDARD)
    assert set(outcomes(case, journal).values()) == {Outcome.RIGHT}


def test_what_is_not_to_be_told_is_right_when_it_is_not() -> None:
    case = CASES["ikke-maalt"]
    whole = journal_of(case, STANDARD, Part.ALL)
    assert outcomes(case, whole)["emma", "height"] is Outcome.RIGHT
    told = typed(whole, case, "barsel", "emma", "height", "51")
    assert outcomes(case, told)["emma", "height"] is Outcome.DIFFERENT
    (visit,) = case.visits
    also = tuple(replace(one, accepted=("51 cm",), missing=False) if one.omitted else one for one in visit.key)
    case = replace(case, visits=(replace(visit, key=also),))
    assert outcomes(case, told)["emma", "height"] is Outcome.ACCEPTED
    assert outcomes(case, typed(told, case, "barsel", "emma", "height", "52"))["emma", "height"] is Outcome.DIFFERENT


def test_an_end_is_as_precise_as_the_key_has_it() -> None:
    case = CASES["fra-klokken-til-klokken"]
    found = outcomes(case, journal_of(case, STANDARD, Part.FAULTS))
    assert found["emma", VISIT_END] is Outcome.DIFFERENT
    assert outcomes(case, journal_of(case, STANDARD, Part.ALL))["emma", VISIT_END] is Outcome.RIGHT


def test_a_visit_too_many() -> None:
    case = CASES["barselsbesoeg"]
    journal, key = with_visit(
        journal_of(case, STANDARD, Part.ALL),
        case.id,
        "establishment",
        "emma",
        "",
        start_of(case.visits[0], STANDARD),
        STANDARD,
    )
    (more,) = [one for one in compared(case, journal, STANDARD) if one.outcome is not Outcome.RIGHT]
    assert (more.visit, more.outcome, more.asked) == (key, Outcome.TOO_MUCH, "visit.type")


def test_a_journal_without_the_family() -> None:
    case = CASES["forkert-cpr"]
    assert {one.outcome for one in compared(case, Journal(), STANDARD)} == {Outcome.MISSING}


def test_what_a_learner_hands_over(tmp_path: Path) -> None:
    case = CASES["barselsbesoeg"]
    key = result_of(case, compared(case, journal_of(case, STANDARD, Part.ALL), STANDARD))
    odd = typed(journal_of(case, STANDARD, Part.HALF), case, "barsel", "emma", "weight", "hemmelig 0505209996")
    other = result_of(case, compared(case, odd, STANDARD))
    assert "hemmelig" not in result_text(other).decode()
    assert other.answers["barsel|emma|weight"] == ("?",)
    path = tmp_path / "en.ldbusvar"
    path.write_bytes(result_text(key))
    assert read_result(path) == key
    room = room_of([key, key, other])
    assert (room.case, room.results) == (case.id, 3)
    assert room.spreads[0].observed < 1 == room.spreads[-1].observed
    assert room.agreement is not None
    assert room.agreement.raters == 3
    assert room_of([key]).agreement is None


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "result-not-a-result"),
        (b'{"ldbusvar":1,"case":"a","answers":{},"name":"Anna"}', "result-not-a-result"),
        (b'{"ldbusvar":9,"case":"a","answers":{}}', "result-version-unknown"),
        (b"[" * 300_000, "result-not-a-result"),
    ],
)
def test_files_that_are_no_results(tmp_path: Path, data: bytes, key: str) -> None:
    path = tmp_path / "a.ldbusvar"
    path.write_bytes(data)
    with pytest.raises(FileFault) as raised:
        read_result(path)
    assert raised.value.key == key
    with pytest.raises(FileFault) as raised:
        read_result(tmp_path)
    assert raised.value.key == "file-not-readable"


def test_results_of_several_cases_are_not_added_up() -> None:
    both = [
        result_of(CASES[name], compared(CASES[name], Journal(), STANDARD)) for name in ("barselsbesoeg", "mellemtrin")
    ]
    for handed in (both, []):
        with pytest.raises(FileFault) as raised:
            room_of(handed)
        assert raised.value.key == "result-cases-differ"


def test_a_folder_without_results_says_so_and_a_file_counts_once(tmp_path: Path) -> None:
    with pytest.raises(FileFault) as raised:
        rooms_results([tmp_path])
    assert raised.value.key == "result-none"
    case = CASES["barselsbesoeg"]
    file = tmp_path / f"a{ENDING}"
    file.write_bytes(result_text(result_of(case, compared(case, Journal(), STANDARD))))
    assert rooms_results([tmp_path, file]).room.results == 1


def test_what_a_visit_goes_on_with_beside_what_began_before_is_no_answer() -> None:
    (case,) = (
        case
        for case in CASES.values()
        if any(answer.asked == VISIT_INTERVENTIONS for visit in case.visits for answer in visit.key)
    )
    journal = journal_of(case, STANDARD, Part.ALL)
    more = tuple(
        replace(
            family,
            visits=tuple(replace(visit, based_on=(Entry("of-now"), *visit.based_on)) for visit in family.visits),
        )
        for family in journal.families
    )
    found = compared(case, replace(journal, families=more), STANDARD)
    assert found == compared(case, journal, STANDARD)
    assert Outcome.RIGHT in {one.outcome for one in found if one.asked == VISIT_INTERVENTIONS}


def test_a_time_that_is_none() -> None:
    with pytest.raises(FileFault) as raised:
        start_of(replace(CASES["barselsbesoeg"].visits[0], start="i går"), STANDARD)
    assert raised.value.key == "case-time-unclear"
