from __future__ import annotations

from typing import TYPE_CHECKING

from ldbu_desktop.journal.model import DeliveryReport, Journal, Observation, SourceFile
from ldbu_desktop.mapping.merging import merged

if TYPE_CHECKING:
    from conftest import Exported

SOURCES = (SourceFile("f", 1, "0", "csv"),)
CITIZENS = "borger_id|cpr|rolle|barn|sor\n"
VISITS = "kontakt_id|borger_id|kontakttype|kontaktform|start|udløst_af\n"


def test_one_journal_stays_as_it_is(exported: Exported) -> None:
    journal = exported.family()
    read = merged([journal], SOURCES)
    assert (read.families, read.sources) == (journal.families, SOURCES)


def test_no_journal_is_an_empty_one() -> None:
    assert merged([], SOURCES) == Journal(sources=SOURCES)


def test_the_same_citizen_in_two_files_is_one(exported: Exported) -> None:
    first = exported.family(
        Borgere=CITIZENS + "B1|0505209996|barn||\nF1|2911829996|forælder|B1|", Kontakter=VISITS + "K1|B1|2-months|HH||"
    )
    second = exported.family(
        Borgere=CITIZENS + "B1||barn||\nF1|2911829996|forælder|B1|\nF2||forælder|B1|",
        Kontakter=VISITS + "K2|B1|2-months|HH||",
    )
    (family,) = merged([first, second], SOURCES).families
    assert [citizen.key for citizen in family.citizens] == ["B1", "F1", "F2"]
    assert family.citizens[0].cpr.value == "0505209996"
    assert [one.parent.value for one in family.parenthoods] == ["F1", "F2"]
    assert [visit.key for visit in family.visits] == ["K1", "K2"]


def test_families_that_a_later_file_connects_become_one(exported: Exported) -> None:
    first = exported.family(Borgere=CITIZENS + "B1||barn||\nB2||barn||\nB3||barn||", Kontakter="")
    second = exported.family(Borgere=CITIZENS + "F1|||B1;B2|\nB1||barn||\nB2||barn||", Kontakter="")
    families = merged([first, second], SOURCES).families
    assert [[citizen.key for citizen in family.citizens] for family in families] == [["B1", "B2", "F1"], ["B3"]]


def test_another_citizen_with_the_same_key_is_another(exported: Exported) -> None:
    records = {
        "Observationer": "observation_id|kontakt_id|borger_id|variabel|værdi\nO1|K1|B1|Vægt|1\nO2|K9|B1|Vægt|1",
        "Indsatser": "indsats_id|kontakt_id|indsats\nI1|K1|x",
        "Spørgeskemaer": "besvarelse_id|kontakt_id|borger_id|spørgeskema|spørgsmål|svar\nS1|K1|B1|TOPI|1vurdering|Gul",
    }
    journals = [
        exported.family(
            Borgere=f"{CITIZENS}B1|{cpr}|barn||\nF{cpr}||forælder|B1|",
            Kontakter=VISITS + "K1|B1|2-months|HH||I1",
            **records,
        )
        for cpr in ("0505209996", "0505159995", "0505109994")
    ]
    read = merged(journals, SOURCES)
    assert [family.key for family in read.families] == ["B1", "B1 (2)", "B1 (3)"]
    for family in read.families:
        key = family.citizens[0].key
        (visit,) = family.visits
        assert family.parenthoods[0].child.value == key
        assert {visit.subject.value, visit.observations[0].subject.value, visit.responses[0].subject.value} == {key}
        assert visit.based_on[0].value == visit.interventions[0].key
        assert isinstance(family.unplaced[0], Observation)
        assert family.unplaced[0].subject.value == key
    keys = [visit.key for family in read.families for visit in family.visits]
    assert keys == ["K1", "K1 (2)", "K1 (3)"]
    assert exported.codes(read).count("file-duplicate-key") == 2 * 6


def test_reports_follow_their_visits(exported: Exported) -> None:
    journal = exported.family()
    reported = Journal(journal.families, (DeliveryReport("R1", visits=("K1",)),))
    read = merged([journal, reported], SOURCES)
    assert read.reports == (DeliveryReport("R1", visits=("K1 (2)",)),)
