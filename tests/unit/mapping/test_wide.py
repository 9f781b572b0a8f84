from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from ldbu_desktop.account import Amount
from ldbu_desktop.journal.model import EMPTY, Entry
from ldbu_desktop.standard.catalogue import shipped_standard

if TYPE_CHECKING:
    from conftest import Exported

HEAD = "kontakt_id|barn_cpr|sor|kontakttype|kontaktform|start|"
ROW = "K1|0505209996|451000016003|Etableringsbesøg|HH|20-05-2020|"


def test_one_row_is_one_visit_of_one_child(exported: Exported) -> None:
    read = exported.wide(f"{HEAD}Vægt|Vægt enhed|Søvn|Søvn årsag|skole\n{ROW}4,25|kg||unknown|280295")
    (family,) = read.families
    (child,), (visit,) = family.citizens, family.visits
    assert (child.cpr.value, child.organisation.value, child.is_child) == ("0505209996", "451000016003", True)
    assert visit.subject == Entry(child.key, "0505209996", 1)
    assert "9996" not in child.key + visit.key
    weight, sleep = visit.observations
    assert (weight.variable, weight.value.value, weight.unit.value) == (
        Entry("weight", "Vægt", 6),
        Decimal("4.25"),
        "kg",
    )
    assert (weight.key, weight.start, weight.subject) == ("K1/weight", Entry(date(2020, 5, 20)), Entry(child.key))
    assert (sleep.value, sleep.missing_reason.value) == (EMPTY, "unknown")
    assert family.schools[0].key == "280295"
    assert read.notes == ()


def test_rows_with_the_same_cpr_number_are_the_same_child(exported: Exported) -> None:
    read = exported.wide(
        f"{HEAD}Vægt\n{ROW}1\nK2|050520-9996||2-months|HH||2\nK3|0505159995|451000016003|2-months|HH||3\nK4|x|||HH||\nK5|x|||HH||"
    )
    assert [[visit.key for visit in family.visits] for family in read.families] == [["K1", "K2"], ["K3"], ["K4", "K5"]]


def test_a_number_is_taken_before_the_cpr_number(exported: Exported) -> None:
    read = exported.wide(
        f"barn_id|{HEAD}Vægt\nB1|{ROW}1\nB1|K2||451000016003|2-months|HH||2\nB1|K3|0505159995|1|x|HH||"
    )
    (family,) = read.families
    assert (family.key, len(family.visits)) == ("B1", 3)
    (child,) = family.citizens
    assert [(one.part, one.said.raw, one.said.column, one.origin.row) for one in child.contradictions] == [
        ("citizen.cpr", "0505159995", 2, 4),
        ("citizen.organisation", "1", 3, 4),
    ]
    assert {one.other_origin.row for one in child.contradictions} == {2}


def test_what_an_earlier_row_left_open_is_taken_from_a_later_one(exported: Exported) -> None:
    read = exported.wide(f"barn_id|{HEAD}Vægt\nB1|K0|||2-months|HH||\nB1|{ROW}")
    (child,) = read.families[0].citizens
    assert (child.cpr.value, child.organisation.value) == ("0505209996", "451000016003")


def test_feeding_periods(exported: Exported) -> None:
    read = exported.wide(
        f"{HEAD}Ernæring|Ernæring fra|Ernæring til\n{ROW}Ammes primært|5-5-2020|\nK2|x|||HH|1-6-2020|Ammes primært||"
    )
    first, second = exported.observations(read)
    assert (first.is_period, first.start.value, first.end) == (True, date(2020, 5, 5), EMPTY)
    assert (second.is_period, second.start.value) == (False, date(2020, 6, 1))


def test_numbered_parents(exported: Exported) -> None:
    read = exported.wide(
        f"{HEAD}Forælder 1 id|Forælder 1 CPR|Forælder 1 Netværk|Forælder 2 Netværk årsag|Netværk|"
        "EPDS score|Parent 2 EPDS score|EPDS kilde\n"
        f"{ROW}F1|2911829996|Godt netværk|unknown|Godt netværk|3|4|\n"
        "K2|0505209996||x|HH||F1|2911829996|||Godt netværk|5||Borger"
    )
    (family,) = read.families
    child, first, second = family.citizens
    assert (first.key, first.cpr.value, first.organisation.value) == ("F1", "2911829996", "451000016003")
    assert (second.cpr, second.is_child) == (EMPTY, False)
    assert [(one.parent.value, one.child.value) for one in family.parenthoods] == [
        ("F1", child.key), (second.key, child.key),
    ]  # fmt: skip
    assert [found.subject.value for found in family.visits[0].observations] == ["F1", second.key, None]
    assert [found.subject.value for found in family.visits[1].observations] == ["F1"]
    assert [(found.subject.value, found.informer.value) for found in family.visits[0].responses] == [
        (None, None), (second.key, None),
    ]  # fmt: skip
    assert family.visits[1].responses[0].subject.value == "F1"
    assert family.visits[1].responses[0].informer.value is not None


def test_a_visit_without_a_child_is_the_parent_s(exported: Exported) -> None:
    read = exported.wide(
        f"{HEAD}Forælder 1 CPR|Netværk\nK1||451000016003|Graviditetsbesøg|HH|1-2-2020|2911829996|Godt netværk"
    )
    (parent,) = read.families[0].citizens
    (visit,) = read.families[0].visits
    assert visit.subject == Entry(parent.key, "2911829996", 6)
    assert visit.observations[0].subject.value == parent.key


def test_rows_of_nobody(exported: Exported) -> None:
    read = exported.wide(f"{HEAD}Vægt\nK1|||2-months|HH||\nI alt|||||| 99\n||||||")
    (family,) = read.families
    assert (family.citizens, family.visits[0].subject) == ((), EMPTY)
    assert [(note.code, note.origin.row) for note in read.notes] == [("file-rows-outside-table", 3)]


def test_what_belongs_to_nothing_is_told(exported: Exported) -> None:
    read = exported.wide(
        f"{HEAD}EPDS score|EPDS kilde\n{ROW}|Mor\nK2||451000016003|2-months|HH|1-7-2020||\nK3|||2-months|HH|1-7-2020||"
    )
    assert [(note.code, note.origin.row, note.column, note.raw) for note in read.notes] == [
        ("file-cell-unused", 2, 7, "Mor"),
        ("file-cell-unused", 3, 2, "451000016003"),
    ]
    assert read.account.left_out == Amount(cells=2)


def test_findings_and_an_intervention(exported: Exported) -> None:
    standard = shipped_standard()
    finding, other = list(standard.concepts(standard.variable["exam-result"]))[:2]
    code = next(iter(standard.concepts(standard.variable["intervention.code"])))
    reason = next(iter(standard.concepts(standard.variable["intervention.reasons"])))
    read = exported.wide(
        f"{HEAD}Fund|Indsats|Indsats årsager|Indsats start|Indsats slut\n"
        f"{ROW}{finding};{other};sjov|{code}|{reason}|21-05-2020|\nK2|x|||HH|1-6-2020|||{reason}||2-6-2020"
    )
    first, second = (visit for family in read.families for visit in family.visits)
    assert [found.value.value for found in first.observations] == [finding, other, None]
    assert first.observations[2].key == "K1/exam-result/sjov"
    (intervention,) = first.interventions
    assert (intervention.code.value, [one.value for one in intervention.reasons]) == (code, [reason])
    assert (intervention.start.value, intervention.status.value) == (date(2020, 5, 21), "active")
    (intervention,) = second.interventions
    assert (intervention.code, intervention.start.value, intervention.status.value) == (
        EMPTY,
        date(2020, 6, 1),
        "completed",
    )


@pytest.mark.parametrize(("raw", "value"), [("3", 3), ("mange", None)])
def test_answers(exported: Exported, raw: str, value: int | None) -> None:
    read = exported.wide(f"{HEAD}EPDS 1humor|EPDS score|ADBB score\n{ROW}|{raw}|")
    (response,) = read.families[0].visits[0].responses
    (answer,) = response.answers
    assert (response.key, response.questionnaire.value) == ("K1/epds", "epds")
    assert (answer.link_id, answer.value) == (Entry("score"), Entry(value, raw, 7))


def test_several_wide_tables_and_long_ones_become_one_journal(exported: Exported) -> None:
    wide = exported.rows(f"{HEAD}Vægt\n{ROW}1")
    read = exported.tables(
        exported.table("Ark1", wide),
        exported.table("Ark2", wide),
        exported.table("Fund", exported.rows("kontakt_id|fund\nK1|x")),
    )
    assert sorted(visit.key for family in read.families for visit in family.visits) == ["K1", "K1 (2)"]
