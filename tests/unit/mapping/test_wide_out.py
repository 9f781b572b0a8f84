from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal, Observation, Origin, Visit
from ldbu_desktop.mapping.wide_out import WideTable, wide_table
from ldbu_desktop.standard.catalogue import shipped_standard

if TYPE_CHECKING:
    from conftest import Exported

STANDARD = shipped_standard()
HEAD = "kontakt_id|barn_id|barn_cpr|sor|kontakttype|kontaktform|start|slut|skole|"
ROW = "K1|B1|0505209996|451000016003|Etableringsbesøg|HH|20-05-2020 12:45|20-05-2020 13:30|280295|"


def said(value: Any) -> Any:
    """What a journal says, without where it was read and how it was written."""
    if isinstance(value, Entry):
        return value.value if value.value is not None else value.raw
    if isinstance(value, Origin):
        return None
    if isinstance(value, tuple):
        return tuple(map(said, value))
    if hasattr(value, "__struct_fields__"):
        return (type(value).__name__, {name: said(getattr(value, name)) for name in value.__struct_fields__})
    return value


def again(exported: Exported, table: WideTable) -> Journal:
    return exported.tables(exported.table("f", [table.header, *table.rows], "f.csv"))


def test_what_the_wide_shape_can_say_is_read_again_as_it_was(exported: Exported) -> None:
    code = next(iter(STANDARD.concepts(STANDARD.variable["intervention.code"])))
    first, second = list(STANDARD.concepts(STANDARD.variable["exam-result"]))[:2]
    journal = exported.wide(
        f"{HEAD}Vægt|Vægt enhed|Ernæring|Ernæring fra|Ernæring til|Søvn|Søvn årsag|Forælder 1 id|Forælder 1 CPR|"
        "Forælder 1 Netværk|Forælder 2 id|TOPI 1vurdering|Forælder 2 EPDS score|EPDS kilde|SDQ 4-10 1friendly|"
        "Fund|Indsats|Indsats slut\n"
        f"{ROW}4,25|kg|Ammes primært|05-05-2020|19-05-2020||unknown|F1|2911829996|Godt netværk|F2|Gul|4||Passer ikke|"
        f"{first};{second}|{code}|21-05-2020\n"
        "K2|||451000016003|Graviditetsbesøg|HH|01-01-2020||||||||||F3|1502829995|Godt netværk||||||||"
    )
    table = wide_table(journal, STANDARD)
    assert table.left_out == []
    assert said(again(exported, table).families) == said(journal.families)


def test_what_it_can_not_say_is_told(exported: Exported) -> None:
    journal = exported.family(
        Borgere="borger_id|cpr|rolle|barn|sor\nB1|0505209996|barn||1\nF1||forælder|B1|\nF2||forælder|B1|\nF3||forælder|B1|",
        Kontakter="kontakt_id|borger_id|kontakttype|kontaktform|start|udløst_af\nK1|B1|2-months|HH|20-05-2020|I1",
        Observationer="observation_id|kontakt_id|borger_id|variabel|værdi|start|status\nO1|K1||Vægt|1||\nO2|K1||Vægt|2||\n"
        "O3|K1||Søvn||21-05-2020|\nO4|K1||Kost|||preliminary\nO5|K1|F3|Netværk|||\nO6|K1||?|||\nO7|K9|B1|Vægt|1||",
        Fund="fund_id|kontakt_id|borger_id|fund\nE1|K1|F1|x\nE2|K1||x",
        Indsatser="indsats_id|kontakt_id|borger_id|indsats|status|aktivitetsstatus\n"
        "I1|K1||x||\nI2|K1||y||\nI3|K1|F1|x||\nI4|K1||x|draft|\nI5|K1||x||completed",
        Spørgeskemaer="besvarelse_id|kontakt_id|borger_id|spørgeskema|spørgsmål|svar|besvaret|status\n"
        "S1|K1|F1|EPDS|score|4||\nS2|K1|F1|EPDS|1humor|4||\nS3|K1|F1|?|x|1||\nS4|K1|F3|EPDS|score|1||\n"
        "S5|K1|F2|EPDS|score|1|1-1-2020|\nS6|K1|F2|EPDS|score|1||in-progress\nS7|K1|F2|EPDS|other|1||\n"
        "S8|K1|F2|EPDS|score|1||\nS8|K1|F2|EPDS|score|2||",
    )
    table = wide_table(journal, STANDARD)
    told = ["F3", "O2", "O3", "O4", "O5", "O6", "O7", "E1", "I2", "I3", "I4", "I5"]
    told += ["S2", "S3", "S4", "S5", "S6", "S7", "S8", "K1: I1"]
    assert sorted(table.left_out) == sorted(told)
    (row,) = table.rows
    assert row[table.header.index("Fund")] == "x"


def test_a_visit_of_nobody_has_only_its_own_cells() -> None:
    observation = Observation("O1", Entry("weight"), Entry("B1"))
    visit = Visit("K1", observations=(observation,))
    table = wide_table(Journal((Family("x", (), visits=(visit,)),)), STANDARD)
    assert table.left_out == ["O1"]
    assert table.rows[0][table.header.index("kontakt_id")] == "K1"
    child = Citizen("B1", is_child=True)
    family = Family("B1", (child,), visits=(replace(visit, subject=Entry("B1")),))
    assert wide_table(Journal((family,)), STANDARD).left_out == ["O1"]
