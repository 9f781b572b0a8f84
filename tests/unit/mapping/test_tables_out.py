from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal.dates import DANISH_TIME
from ldbu_desktop.journal.model import NO_COLUMN, NOWHERE, Citizen, Entry, Family, Journal, Observation, Origin, Visit
from ldbu_desktop.mapping.layout import long_sheets
from ldbu_desktop.mapping.tables_out import long_rows, moment_text, number_text
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard

if TYPE_CHECKING:
    from conftest import Exported

STANDARD = shipped_standard()
VOCABULARY = Vocabulary(STANDARD)
OBSERVED = [
    variable
    for variable in STANDARD.variables
    if variable.record == "observation" and "." not in variable.id and variable.id != "exam-result"
]


def said(value: Any) -> Any:
    """What a journal says, without where it was read and how it was written."""
    if isinstance(value, Entry):
        return value.value if value.value is not None else value.raw
    if isinstance(value, Origin):
        return NOWHERE
    if isinstance(value, tuple):
        return tuple(map(said, value))
    if hasattr(value, "__struct_fields__"):
        return (type(value).__name__, {name: said(getattr(value, name)) for name in value.__struct_fields__})
    return value


def again(exported: Exported, journal: Journal) -> Journal:
    rows = long_rows(journal, STANDARD)
    return exported.tables(
        *(
            exported.table(sheet.name, [[column.header for column in sheet.columns], *rows[sheet.name]])
            for sheet in long_sheets()
        )
    )


def test_what_points_to_no_visit_names_one_that_is_not_there() -> None:
    placed = Observation("O1", Entry("weight"), Entry("B1"))
    family = Family("B1", (Citizen("B1", is_child=True),), unplaced=(placed, Observation("O2", Entry("weight"))))
    (sheet,) = (one for one in long_sheets() if one.id == "observations")
    first, second = ([*row] for row in long_rows(Journal((family,)), STANDARD)[sheet.name])
    differing = [column.field for column, one, other in zip(sheet.columns, first, second, strict=True) if one != other]
    assert set(differing) == {"key", "visit", "subject"}


@st.composite
def observation_rows(draw: st.DrawFn) -> str:
    variable = draw(st.sampled_from(OBSERVED))
    codes = [concept.term for concept in STANDARD.concepts(variable).values()] or ["4250", "54,5", "5.125", "5.1250"]
    value = draw(st.sampled_from([*codes, "", "ulæseligt"]))
    unit = draw(st.sampled_from(["", "g", "kg", "cm", "tønde"]))
    reason = draw(st.sampled_from(["", "unknown", "Ukendt", "ved ikke"]))
    start = draw(st.sampled_from(["", "21-05-2020", "2020-05-21T10:00:00Z", "21/5/20 10:30:15", "i går"]))
    whom = draw(st.sampled_from(["", "B1", "F1", "F2", "B9"]))
    where = draw(st.sampled_from(["K1", "K2", "K9"]))
    return f"|{where}|{whom}|{VOCABULARY.names(variable)[0]}|{value}|{unit}|{reason}|{start}||"


@given(rows=st.lists(observation_rows(), max_size=8), parents=st.sampled_from(["B1", "B1;B2", "", "B9"]))
def test_a_journal_that_is_written_and_read_says_the_same(exported: Exported, rows: list[str], parents: str) -> None:
    journal = exported.family(
        Borgere=f"borger_id|cpr|rolle|barn|sor|aktiv\nB1|0505209996|barn|||ja\nB2|x|barn||1|\nF1|y|forælder|{parents}||nej\nF2|||||",
        Kontakter="kontakt_id|borger_id|kontakttype|kontaktform|start|slut|skole|udløst_af|status\n"
        "K1|B1|2-months|HH|20-05-2020 12:45|20-05-2020 13:30|280295|I1;I2|\nK2|F1|noget|XX||||  |planned",
        Observationer="observation_id|kontakt_id|borger_id|variabel|værdi|enhed|årsag|start|slut|status\n"
        + "\n".join(rows),
        Fund="kontakt_id|borger_id|fund|start\nK1||Fysiske behov opfyldes ikke|\nK2|B1|x|1-6-2020\nK9|B1||",
        Indsatser="indsats_id|kontakt_id|indsats|årsager|start|slut\nI1|K1|x|y;z||\nI2|K9||||1-6-2020",
        Spørgeskemaer="besvarelse_id|kontakt_id|borger_id|spørgeskema|spørgsmål|svar|kilde\n"
        "S1|K1|F1|EPDS|score|4|Borger\nS1|K1|F1|EPDS|1humor|to|Borger\nS2|K9|B1|Andet|x|y|",
    )
    assert said(again(exported, journal).families) == said(journal.families)


def test_moments_that_a_clock_shows_twice_keep_their_zone() -> None:
    first = datetime(2020, 10, 25, 0, 30, tzinfo=UTC)
    assert moment_text(first) == "2020-10-25T00:30:00+00:00"
    assert moment_text(datetime(2020, 5, 5, 12, 45, tzinfo=DANISH_TIME)) == "05-05-2020 12:45"
    assert moment_text(datetime(2020, 5, 5, 12, 45, 1, tzinfo=DANISH_TIME)) == "05-05-2020 12:45:01"
    assert moment_text(first + timedelta(microseconds=5)) == "2020-10-25T00:30:00.000005+00:00"


def test_numbers_have_a_decimal_comma_and_are_never_taken_for_thousands() -> None:
    assert [number_text(Decimal(text)) for text in ("54.0", "5.125", "4250")] == ["54,0", "5,1250", "4250"]


def test_an_exam_finding_with_a_missing_reason_has_a_sheet_that_can_tell_it(exported: Exported) -> None:
    finding = Observation("O1", Entry("exam-result"), missing_reason=Entry("unknown"))
    journal = Journal(
        (Family("B1", (Citizen("B1", True),), visits=(Visit("K1", Entry("B1"), observations=(finding,)),)),)
    )
    rows = long_rows(journal, STANDARD)
    assert (rows["Fund"], len(rows["Observationer"])) == ([], 1)


def test_a_code_whose_term_is_ambiguous_is_written_as_the_code(exported: Exported) -> None:
    for variable in STANDARD.variables:
        if variable.kind != "concept" or variable.record != "observation" or "." in variable.id:
            continue
        for code in STANDARD.concepts(variable):
            found = Observation("O", Entry(variable.id), value=Entry(code, "", NO_COLUMN), subject=Entry("B1"))
            family = Family("B1", (Citizen("B1", True),), visits=(Visit("K", Entry("B1"), observations=(found,)),))
            (read,) = exported.observations(again(exported, Journal((family,))))
            assert read.value.value == code


def test_the_layout_names_only_what_is_there() -> None:
    assert msgspec.json.encode(long_sheets())
    assert len({sheet.id for sheet in long_sheets()}) == len(long_sheets())
