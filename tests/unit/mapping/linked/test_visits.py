"""A row a visit: read by what is certain, and what is not is left unread, counted and told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from msgspec.structs import replace

from ldbu_desktop.account import total
from ldbu_desktop.journal.model import EMPTY, Entry, Origin
from ldbu_desktop.journal.readings import DANISH_TIME
from ldbu_desktop.journal.written_dates import DateForm
from ldbu_desktop.mapping.linked.meanings import Meanings
from ldbu_desktop.mapping.links import ContentKind, Evidence, Part, Profile, State, Subject, TableShape, Target
from ldbu_desktop.mapping.vocabulary import vocabulary_of
from ldbu_desktop.standard.catalogue import shipped_standard
from tests.unit.mapping.linked.conftest import (
    CHILD_CPR,
    CLASS,
    KEY,
    SLEEP,
    SOR,
    START,
    TYPE,
    WEIGHT,
    Linked,
    Sheet,
)

GOOD_SLEEP = "b07eec60-941d-484d-8c2a-aeaa2ba798bf"
ESTABLISHMENT = "b4bf6058-502a-4d64-bb8e-369661f43b47"

VISITS = """
ID  | Barn        | Dato       | Type | Form | Vægt | Søvn | Noter
B-1 | 050520-9996 | 20-05-2020 | 15   | HB   | 4250 | u.a. | talt om kost
B-2 | 050520-9996 | 20-07-2020 | 25   | HB   | -    | obs  |
"""
TARGETS = [(State.LEFT_OUT, KEY), CHILD_CPR, START, TYPE, CLASS, WEIGHT, SLEEP, None]
VALUES = [
    (3, "15", None, ESTABLISHMENT), (3, "25", None, "51f30d1c-d60e-4e3e-ac22-ec9712ea962d"), (4, "hb", None, "HH"),
    (5, "-", None, "!not-performed"), (6, "u.a.", None, GOOD_SLEEP), (6, "obs", None, State.PROPOSED),
]  # fmt: skip


def test_dates_are_read_in_the_order_that_somebody_said(linked: Linked) -> None:
    text = """
Barn        | Dato
050520-9996 | 05/20/2020
050520-9996 | 07/08/2020 10:30
050520-9996 | 20. maj 2020
050520-9996 | 31/12/2020
"""
    targets = [CHILD_CPR, replace(START, order=DateForm.MONTH_FIRST)]
    visits = linked.visits(linked.read(Sheet(text, targets)))
    assert [visit.start.value for visit in visits] == [
        date(2020, 5, 20), datetime(2020, 7, 8, 10, 30, tzinfo=DANISH_TIME), date(2020, 5, 20), None
    ]  # fmt: skip


def test_spreadsheet_days_are_read_where_somebody_said_so(linked: Linked) -> None:
    targets = [CHILD_CPR, replace(START, order=DateForm.SERIAL)]
    visits = linked.visits(linked.read(Sheet("Barn | Dato\n050520-9996 | 43971", targets)))
    assert [visit.start.value for visit in visits] == [date(2020, 5, 20)]


@pytest.fixture
def sheet() -> Sheet:
    return Sheet(VISITS, list(TARGETS), VALUES, keys=(0,))


def test_a_row_is_a_visit_with_its_own_key(linked: Linked, sheet: Sheet) -> None:
    journal = linked.read(sheet)
    first, second = linked.visits(journal)
    assert (first.key, second.key) == ("B-1", "B-2")
    assert first.type == Entry(ESTABLISHMENT, "15", 3)
    assert first.visit_class == Entry("HH", "HB", 4)
    assert first.start == Entry(date(2020, 5, 20), "20-05-2020", 2)
    weight, sleep = first.observations
    assert (weight.value, weight.unit.value) == (Entry(Decimal(4250), "4250", 5), "g")
    assert sleep.value == Entry(GOOD_SLEEP, "u.a.", 6)
    assert weight.origin == Origin("f.xlsx", "ark", 2)


def test_a_text_for_a_missing_value_is_its_reason(linked: Linked, sheet: Sheet) -> None:
    weight = linked.visits(linked.read(sheet))[1].observations[0]
    assert (weight.value, weight.missing_reason) == (EMPTY, Entry("not-performed", "-", 5))


def test_a_text_that_waits_is_no_value_and_is_told_once(linked: Linked, sheet: Sheet) -> None:
    journal = linked.read(sheet)
    sleep = linked.visits(journal)[1].observations[1]
    assert sleep.value == Entry(None, "obs", 6)
    note = next(note for note in journal.notes if note.code == "file-value-waits")
    assert (note.raw, note.origin.row, note.column, note.facts["variable"]) == ("obs", 3, 6, "sleep")


def test_each_text_that_waits_is_told_at_the_first_cell_that_holds_it(linked: Linked) -> None:
    text = """
    Barn        | Dato       | Søvn
    050520-9996 | 20-05-2020 | u.a.
    050520-9996 | 21-05-2020 | obs
    050520-9996 | 22-05-2020 | ?
    050520-9996 | 23-05-2020 | OBS
    """
    values = [(2, "u.a.", None, GOOD_SLEEP), (2, "?", None, State.UNMAPPED), (2, "Obs", None, State.PROPOSED)]
    journal = linked.read(Sheet(text, [CHILD_CPR, START, SLEEP], [*values, (2, "gone", None, State.PROPOSED)]))
    found = {note.raw: note.origin.row for note in journal.notes if note.code.startswith("file-value-")}
    assert found == {"?": 4, "Obs": 3, "gone": 1}


def test_a_column_that_is_not_linked_is_counted_and_told(linked: Linked, sheet: Sheet) -> None:
    journal = linked.read(sheet)
    note = next(note for note in journal.notes if note.code == "file-column-unmapped")
    assert (note.raw, note.column, note.origin.row) == ("Noter", 7, 1)
    assert journal.account.found.cells == 8 + 8 + 7
    assert total(each.amount for each in journal.account.not_read).cells == 2
    assert journal.account.read.cells == 21


def test_a_proposed_column_is_never_read(linked: Linked, sheet: Sheet) -> None:
    sheet.targets[5] = (State.PROPOSED, WEIGHT)
    journal = linked.read(sheet)
    assert all(one.variable.value != "weight" for one in linked.observations(journal))
    note = next(note for note in journal.notes if note.code == "file-column-waits")
    assert (note.facts["variable"], note.facts["parts"]) == ("weight", "weight")


def test_two_columns_for_one_thing_are_told_and_the_first_is_read(linked: Linked) -> None:
    text = "Barn | Dato | Vægt | Vægt 2\n050520-9996 | 20-05-2020 | 4250 | 4300"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, WEIGHT, WEIGHT]))
    assert [one.value.value for one in linked.observations(journal)] == [Decimal(4250)]
    note = next(note for note in journal.notes if note.code == "file-column-linked-twice")
    assert (note.column, note.facts["first"]) == (3, "C")


@pytest.mark.parametrize(
    "target",
    [Target("tobacco"), Target("weight", Part.START), Target("weight", Part.NAME), Target("x", Part.TIME),
     Target("weight", visit="no such visit"), Target("epds/no-such")],
)  # fmt: skip
def test_what_the_standard_does_not_have_is_told(linked: Linked, target: Target) -> None:
    text = "Barn | Dato | X\n050520-9996 | 20-05-2020 | 1"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, target]))
    assert "file-column-not-in-standard" in linked.codes(journal)
    assert not linked.observations(journal)


def test_a_code_that_the_standard_does_not_have_is_told(linked: Linked) -> None:
    text = "Barn | Dato | Søvn\n050520-9996 | 20-05-2020 | godt"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, SLEEP], [(2, "godt", None, "0000")]))
    assert "file-value-unmapped" in linked.codes(journal)
    assert linked.observations(journal)[0].value == Entry(None, "godt", 2)


def test_a_text_left_out_is_counted_and_told(linked: Linked) -> None:
    text = "Barn | Dato | Søvn\n050520-9996 | 20-05-2020 | se notat\n050520-9996 | 21-05-2020 | Se  notat"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, SLEEP], [(2, "se notat", None, State.LEFT_OUT)]))
    assert not linked.observations(journal)
    note = next(note for note in journal.notes if note.code == "file-value-left-out")
    assert note.facts["rows"] == 2
    assert journal.account.left_out.cells == 2


def test_a_day_and_a_time_beside_it_are_one_moment(linked: Linked) -> None:
    text = """
    Barn        | Dato       | Kl.   | Slut  | Vægt
    050520-9996 | 20-05-2020 | 10.30 | 11:15 | 4250
    050520-9996 | 21-05-2020 |       |       | 4250
    050520-9996 | 22-05-2020 | 25:00 |       | 4250
    050520-9996 |            | 10:30 |       | 4250
    """
    targets = [CHILD_CPR, START, Target("visit.start", Part.TIME), Target("visit.end", Part.TIME), WEIGHT]
    first, second, third, fourth = linked.visits(linked.read(Sheet(text, targets)))
    assert first.start == Entry(datetime(2020, 5, 20, 10, 30, tzinfo=DANISH_TIME), "20-05-2020 10.30", 1)
    assert first.end == Entry(datetime(2020, 5, 20, 11, 15, tzinfo=DANISH_TIME), "11:15", 3)
    assert second.start == Entry(date(2020, 5, 21), "21-05-2020", 1)
    assert third.start == Entry(None, "25:00", 2)
    assert fourth.start == Entry(None, "10:30", 2)


@pytest.mark.parametrize(
    "told",
    [
        {"evidence": (Evidence("content-times"),)},
        {"profile": Profile(ContentKind.TIME, 1, 1)},
    ],
)
def test_an_end_that_is_told_by_its_time_alone_is_on_the_day_of_the_start(
    linked: Linked, told: dict[str, object]
) -> None:
    text = """
    Barn        | Dato       | Kl.   | Kl. til
    050520-9996 | 20-05-2020 | 10.30 | 11:15
    """
    read = Sheet(text, [CHILD_CPR, START, Target("visit.start", Part.TIME), Target("visit.end", Part.END)])
    proposal = linked.proposal(read)
    columns = (*proposal.columns[:3], replace(proposal.columns[3], **told))
    (visit,) = linked.visits(linked.read(read, proposal=replace(proposal, columns=columns)))
    assert visit.end.value == datetime(2020, 5, 20, 11, 15, tzinfo=DANISH_TIME)


def test_a_time_that_is_not_there_ends_nothing(linked: Linked) -> None:
    text = "Barn | Dato | Kl. til\n050520-9996 | 20-05-2020 | 11:15\n050520-9996 | 21-05-2020 |"
    targets = [CHILD_CPR, START, Target("visit.end", Part.TIME)]
    first, second = linked.visits(linked.read(Sheet(text, targets)))
    assert first.end.value == datetime(2020, 5, 20, 11, 15, tzinfo=DANISH_TIME)
    assert second.end is EMPTY


def test_what_is_the_same_for_all_is_set_once_and_told(linked: Linked) -> None:
    text = "Barn | Dato | Vægt\n050520-9996 | 20-05-2020 | 4250\n"
    constants = {"visit.class": "HH", "citizen.organisation": "451000016003", "visit.type": "no such type"}
    journal = linked.read(Sheet(text, [CHILD_CPR, START, WEIGHT], constants=constants))
    visit, citizen = linked.visits(journal)[0], journal.families[0].citizens[0]
    assert visit.visit_class == Entry("HH")
    assert citizen.organisation == Entry("451000016003")
    assert visit.type is EMPTY
    assert [note.raw for note in journal.notes if note.code == "file-constant-set"] == [*constants.values()]


def test_lines_that_are_none_of_the_table_are_told(linked: Linked) -> None:
    text = """
    Besøg i Syddistriktet |  |
    Barn        | Dato       | Vægt
    050520-9996 | 20-05-2020 | 4250
    Barn        | Dato       | Vægt
    I alt       | 1          |
    Middelvægt  |            | 4250
                |            | 4250
    """
    journal = linked.read(Sheet(text, [CHILD_CPR, START, WEIGHT], header_rows=(2, 2)))
    assert len(linked.visits(journal)) == 1
    assert set(linked.codes(journal)) >= {
        "file-rows-outside-table", "file-header-repeated", "file-row-incomplete"
    }  # fmt: skip
    assert journal.account.read.rows == 2
    assert journal.account.read.cells == 6


def test_rows_wider_and_narrower_than_the_header(linked: Linked) -> None:
    text = "Barn | Dato | Vægt\n050520-9996 | 20-05-2020\n050520-9996 | 21-05-2020 | 4250 | mere"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, WEIGHT]))
    assert len(linked.visits(journal)) == 2
    assert "file-row-too-wide" in linked.codes(journal)


def test_parents_are_in_the_row_or_follow(linked: Linked) -> None:
    text = "Barn | Mor | Dato | EPDS\n050520-9996 | 291182-9996 | 20-05-2020 | 7"
    mother = Target("citizen.cpr", Part.CPR, Subject.PARENT_1)
    journal = linked.read(Sheet(text, [CHILD_CPR, mother, START, Target("epds/score", subject=Subject.PARENT_1)]))
    response = linked.visits(journal)[0].responses[0]
    parent = next(citizen for citizen in journal.families[0].citizens if not citizen.is_child)
    assert response.subject.value == parent.key
    assert response.answers[0].value == Entry(7, "7", 3)


def test_an_answer_in_words_is_the_one_that_it_is_linked_to(linked: Linked) -> None:
    text = "Barn | Dato | spm 1\n050515-9995 | 20-05-2021 | ja, godt"
    sheet = Sheet(text, [CHILD_CPR, START, Target("sdq4-10/1friendly")], [(2, "ja, godt", None, "Passer godt")])
    answer = linked.visits(linked.read(sheet))[0].responses[0].answers[0]
    assert answer.value == Entry("Passer godt", "ja, godt", 2)


def test_units_and_reasons_stand_in_columns_of_their_own(linked: Linked) -> None:
    text = """
    Barn        | Dato       | Vægt | Enhed | Årsag
    050520-9996 | 20-05-2020 | 4,25 | kilo. | ville ikke
    050520-9996 | 21-05-2020 | -    |       |
    """
    targets = [
        CHILD_CPR, START, Target("weight"), Target("weight", Part.UNIT), Target("weight", Part.MISSING_REASON)
    ]  # fmt: skip
    values = [
        (3, "kilo.", None, "kg"), (4, "ville ikke", None, "!asked-declined"), (2, "-", None, "!unknown")
    ]  # fmt: skip
    first, second = linked.observations(linked.read(Sheet(text, targets, values)))
    assert (first.value.value, first.unit) == (Decimal("4.25"), Entry("kg", "kilo.", 3))
    assert first.missing_reason == Entry("asked-declined", "ville ikke", 4)
    assert second.missing_reason == Entry("unknown", "-", 2)


def test_a_text_for_a_missing_answer_or_type_is_nothing(linked: Linked) -> None:
    text = "Barn | Dato | Type | EPDS\n050520-9996 | 20-05-2020 | ? | -"
    targets = [CHILD_CPR, START, TYPE, Target("epds/score")]
    journal = linked.read(Sheet(text, targets, [(2, "?", None, "!unknown"), (3, "-", None, "!unknown")]))
    visit = linked.visits(journal)[0]
    assert visit.type is EMPTY
    assert not visit.responses
    assert journal.account.left_out.cells == 0


def test_people_without_visits_are_citizens(linked: Linked) -> None:
    text = "Nr | Barn | SOR\nA1 | 050520-9996 | 451000016003"
    child_key = Target("citizen.key", Part.KEY, Subject.CHILD)
    journal = linked.read(Sheet(text, [(State.LEFT_OUT, child_key), CHILD_CPR, SOR]))
    assert [citizen.key for citizen in journal.families[0].citizens] == ["A1"]
    assert not linked.visits(journal)


def test_a_hidden_sheet_is_told(linked: Linked) -> None:
    journal = linked.read(Sheet("Barn | Dato\n050520-9996 | 20-05-2020", [CHILD_CPR, START], is_hidden=True))
    assert "file-sheet-hidden" in linked.codes(journal)


def test_a_list_of_codes_are_told(linked: Linked) -> None:
    codes = Sheet("KODE | TEKST\n1 | godt", [None, None], shape=TableShape.CODES, sheet="koder")
    visits = Sheet("Barn | Dato\n050520-9996 | 20-05-2020", [CHILD_CPR, START])
    journal = linked.read(visits, codes)
    note = next(note for note in journal.notes if note.code == "file-table-of-codes")
    assert note.facts["rows"] == 2
    assert journal.account.left_out[2:] == (2, 4)


def test_texts_of_a_column_that_is_not_read_wait_with_it(linked: Linked, sheet: Sheet) -> None:
    sheet.targets[6] = (State.PROPOSED, SLEEP)
    assert "file-value-waits" not in linked.codes(linked.read(sheet))


def test_who_filled_in_the_only_questionnaire(linked: Linked) -> None:
    text = "Barn | Dato | EPDS | Udfyldt af\n050520-9996 | 20-05-2020 | 7 | mor"
    informer = Target("response.informer")
    targets = [CHILD_CPR, START, Target("epds/score"), informer]
    journal = linked.read(Sheet(text, targets, [(3, "mor", None, "Forælder alene")]))
    assert linked.visits(journal)[0].responses[0].informer.raw == "mor"
    two = linked.read(Sheet(text, [CHILD_CPR, Target("puf/1"), Target("epds/score"), informer]))
    assert "file-column-not-in-standard" in linked.codes(two)


def test_a_row_of_somebody_unknown_is_a_visit_and_an_empty_one_is_nothing(linked: Linked) -> None:
    text = "Barn | Dato | Vægt\nukendt barn | 20-05-2020 | 4250\n | | \n050520-9996 | 21-05-2020 | 4250"
    journal = linked.read(Sheet(text, [CHILD_CPR, START, WEIGHT]))
    assert len(linked.visits(journal)) == 2
    assert "file-row-incomplete" not in linked.codes(journal)


def test_meanings_are_told_apart_by_words(linked: Linked) -> None:
    link = replace(Sheet("Søvn\n", [SLEEP], [(0, "U.A.", None, GOOD_SLEEP)]).value_links()[0], value="Ikke  Noget")
    meanings = Meanings(vocabulary_of(shipped_standard()), [link], Part.VALUE)
    assert "ikke noget" in meanings
    assert [*meanings] == ["ikke noget"]
    assert len(meanings) == 1


def test_a_parent_is_what_the_heading_says(linked: Linked) -> None:
    text = "Barn | Mors CPR | Far | Dato | Type\n050520-9996 | 291182-9996 | 150282-9995 | 20-05-2020 | 15"
    parents = [Target("citizen.cpr", Part.CPR, one) for one in (Subject.PARENT_1, Subject.PARENT_2)]
    family = linked.read(Sheet(text, [CHILD_CPR, *parents, START, TYPE])).families[0]
    assert [(one.is_child, one.kin.value) for one in family.citizens] == [
        (True, None),
        (False, "mother"),
        (False, "father"),
    ]


def test_rows_that_are_wider_and_rows_that_are_none_keep_their_places_among_the_others(linked: Linked) -> None:
    text = VISITS + "B-3 | 050520-9996 | 20-08-2020 | 25 | HB | 4250 | u.a. | | mere\n | I alt"
    journal = linked.read(Sheet(text, TARGETS, VALUES, keys=(0,)))
    assert [visit.key for visit in linked.visits(journal)] == ["B-1", "B-2", "B-3"]
    told = [note for note in journal.notes if note.code in ("file-row-too-wide", "file-rows-outside-table")]
    assert [(note.code, note.origin.row) for note in told] == [
        ("file-row-too-wide", 4), ("file-rows-outside-table", 5)
    ]  # fmt: skip
