"""A trainer and the health visitors of a room: a case is shown, tried, added up over the room, and written anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.comparison import compared
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.results import read_result, result_of, result_text
from ldbu_desktop.use_cases.exercises import all_cases, case_called
from tests.end_to_end.stories.acts import MOTHER, SOR, begin_case, begin_visit, cpr, write_family
from tests.end_to_end.workstation import Workstation, workstation

STANDARD = shipped_standard()
CASE = "barselsbesoeg"
FULLY, MAINLY = "Fuldamning, inklusiv modermælk på flaske", "Ammes primært"

pytestmark = pytest.mark.screen_reader


def go_to_exercises(desk: Workstation, case: str = CASE) -> None:
    """Go from the start page to the exercises, and choose one of them."""
    desk.start()
    desk.click("push button", "Undervis og øv")
    choose(desk, [one.id for one in all_cases(STANDARD).cases].index(case))
    desk.hears(case_called(case, STANDARD).trains[Language.DANISH])


def choose(desk: Workstation, at: int) -> None:
    """Choose the exercise at a place of the list, from its first."""
    desk.go_to("table", "Øvelserne")
    desk.press("ctrl+Home", *["Down"] * at)


def test_a_trainer_shows_a_case_by_one_key(desk: Workstation) -> None:
    go_to_exercises(desk)
    desk.click("push button", "Vis")
    desk.hears("ØVELSE", "0 af 4")
    for at, answer in enumerate(case_called(CASE, STANDARD).visits[0].key, 1):
        desk.press("Next")
        desk.hears(f"{at} af 4", answer.why[Language.DANISH])
    desk.picture("practice-light")
    desk.press("Prior")
    desk.hears("3 af 4")
    desk.press("F3")
    desk.hears("0 af 4")
    assert desk.said == ""


def test_a_learner_completes_one_with_two_mistakes_and_reads_why(desk: Workstation) -> None:
    case = case_called("andet-besoeg", STANDARD)
    go_to_exercises(desk, case.id)
    desk.click("push button", "Udfyld resten")
    key = {answer.asked: answer for answer in case.visits[0].key}
    for role, name, asked, told in (
        ("text", "Længde/højde, cm", "height", "50⏎"),
        ("combo box", "Ernæring (amning og mad)", "feeding", "5"),
    ):
        desk.go_to(role, name)
        desk.answer(told)
        desk.hears("anderledes end facit", key[asked].why[Language.DANISH])
    desk.click("push button", "Færdig")
    found = desk.table("Svarene")
    words = [row[0] for row in found["rows"]]
    assert words.count("anderledes end facit") == 2
    desk.picture("practice-compared")
    assert desk.said == ""


def results(folder: Path, feeding: Callable[[int], str]) -> None:
    """Twenty results, each of a learner who chose what ``feeding`` says."""
    case = case_called(CASE, STANDARD)
    visit = case.visits[0]
    for at in range(20):
        key = tuple(replace(one, answer=feeding(at)) if one.asked == "feeding" else one for one in visit.key)
        journal = journal_of(replace(case, visits=(replace(visit, key=key),)), STANDARD, Part.ALL)
        (folder / f"{at:02}.ldbusvar").write_bytes(result_text(result_of(case, compared(case, journal, STANDARD))))


def test_twenty_results_are_added_up(desk: Workstation) -> None:
    folder = desk.home / "svar"
    folder.mkdir()
    results(folder, lambda at: MAINLY if at < 5 else FULLY)
    assert read_result(folder / "00.ldbusvar").case == CASE
    go_to_exercises(desk)
    desk.click("push button", "Læg rummets svar sammen …")
    desk.click("push button", "Åbn besvarelser …")
    desk.wait("the dialog", lambda seen: seen.focus is not None and seen.focus.role == "text")
    desk.answer(f"{folder}⏎")  # the names alone are typed then, as of a thousand letters one is lost now and then
    desk.wait(
        "the folder", lambda seen: seen.part("table cell", "00.ldbusvar") or seen.part("list item", "00.ldbusvar")
    )
    desk.answer(" ".join(f'"{path.name}"' for path in sorted(folder.iterdir())) + "⏎")
    desk.hears("20 besvarelser", "Fleiss' kappa")
    found = desk.table("Rummets svar")
    first = found["rows"][0]
    assert f"15 × {FULLY}" in first[2]
    assert f"5 × {MAINLY}" in first[2]
    desk.picture("practice-room")
    assert desk.said == ""


def test_a_trainer_makes_a_case_and_a_learner_opens_it(desk: Workstation) -> None:
    folder = desk.home / "egne"
    folder.mkdir()
    go_to_exercises(desk)
    desk.click("push button", "Skriv en øvelse ud fra denne …")
    desk.click("push button", "Færdig")
    desk.go_to("text", "Titel, dansk")
    desk.press("ctrl+a")
    desk.type("Min egen")
    desk.click("push button", "Gem øvelsen")
    desk.wait("the dialog", lambda seen: seen.focus is not None and seen.focus.role == "text" and seen.part("dialog"))
    desk.press("ctrl+a")
    desk.answer(f"{folder}⏎")
    desk.hears("Øvelsen er gemt og passer.")
    assert [path.name for path in folder.iterdir()] == ["min-egen.yaml"]
    desk.click("push button", "Forlad øvelsen")
    choose(desk, len(all_cases(STANDARD).cases))
    desk.click("push button", "Alene")
    desk.hears("ØVELSE", "Min egen")
    assert desk.said == ""


def test_a_trainer_makes_a_case_from_the_family_that_is_open_and_a_learner_elsewhere_tries_it(
    desk: Workstation,
) -> None:
    child = cpr(62)
    begin_case(desk)
    write_family(desk, child)
    begin_visit(desk, "Besøg hos det ca. 2 måneder gamle barn")
    desk.press("Return", "Return")
    desk.is_in("Forældre-barn-relation")
    desk.answer("1", "1", "2", "1", "5250⏎", "57½⏎", "39,5⏎", "1", "1", "1")
    desk.hears("Intet mangler ved denne kontakt")
    desk.press("ctrl+k")
    desk.answer("øvelse ud fra familien⏎")
    desk.hears("En øvelse ud fra familien", "Flyt alle dage")
    desk.picture("practice-family")
    desk.click("push button", "Skriv øvelsen")
    desk.hears("ØVELSE", "Ny øvelse")
    desk.click("push button", "Færdig")
    for name, words in (
        ("Titel, dansk", "Fra familien"),
        ("Træner, dansk", "Det hele"),
        ("Historien, dansk", "Sådan."),
    ):
        desk.go_to("text", name)
        desk.type(words)
    folder = desk.home / "egne"
    folder.mkdir()
    desk.click("push button", "Gem øvelsen")
    desk.wait("the dialog", lambda seen: seen.focus is not None and seen.focus.role == "text" and seen.part("dialog"))
    desk.press("ctrl+a")
    desk.answer(f"{folder}⏎")
    desk.hears("Øvelsen er gemt og passer.")
    (path,) = folder.iterdir()
    written = path.read_text(encoding="utf-8")
    assert [one for one in (child, MOTHER, child[:6]) if one in written] == []
    assert SOR in written  # it is that of tests
    assert desk.said == ""

    elsewhere = desk.home / "et andet sted"
    elsewhere.mkdir()
    with workstation(elsewhere) as other:
        other.start()
        other.click("push button", "Undervis og øv")
        other.hears(case_called(all_cases(STANDARD).cases[0].id, STANDARD).trains[Language.DANISH])
        other.go_to("push button", "Mappe med egne øvelser …")
        other.press("Return")
        other.wait(
            "the dialog", lambda seen: seen.focus is not None and seen.focus.role == "text" and seen.part("dialog")
        )
        other.press("ctrl+a")
        other.answer(f"{folder}⏎")
        other.wait("the list with the dialog gone", lambda seen: not seen.part("dialog"))
        other.press("ctrl+q")
        assert other.ends() == 0
        other.start()
        other.click("push button", "Undervis og øv")
        choose(other, len(all_cases(STANDARD).cases))
        other.hears("Det hele")
        other.click("push button", "Udfyld resten")
        other.hears("ØVELSE", "Fra familien")
        assert other.said == ""
