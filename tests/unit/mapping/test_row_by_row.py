"""What was recorded is read row by row: in a long table each row says what it says where it stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.journal.model import Entry, Intervention, Journal, Observation, Record

if TYPE_CHECKING:
    from conftest import Exported

CITIZENS = """\
borger_id|cpr|rolle|barn|sor
B1|050520-9996|barn||451000016003
F1|291182-9996|forælder|B1|451000016003
B2|050515-9995|barn||451000016003
"""
VISITS = """\
kontakt_id|borger_id|kontakttype|kontaktform|start
K1|B1|2-months|HH|08-07-2020
K2|F1|Graviditetsbesøg|HH|08-03-2020
K3|B2|Indskolingsundersøgelse|AMB|
"""
VISIT_KEYS = st.sampled_from(["K1", "K2", "K3", "K9", "", "", "", " "])
PEOPLE = st.sampled_from(["", "", "", "", "B1", "F1", "B2", "B9", " "])
TIMES = st.sampled_from(["", "", "08-07-2020 10:30", "09-07-2020", "vrøvl"])
HEADERS = {
    "Observationer": "kontakt_id|borger_id|variabel|værdi|enhed|årsag|start|slut|status",
    "Fund": "kontakt_id|borger_id|fund|start|status",
    "Indsatser": "kontakt_id|borger_id|indsats|årsager|start|slut|status|aktivitetsstatus",
}
ROWS = {
    "Observationer": st.tuples(
        VISIT_KEYS,
        PEOPLE,
        st.sampled_from(["Vægt", "Søvn", "Ernæring", "Forælders psykiske tilstand", "Netværk", "ukendt", ""]),
        st.sampled_from(["", "5250", "57,5", "Ammes primært", "Godt netværk", "vrøvl"]),
        st.sampled_from(["", "g", "cm", "sten"]),
        st.sampled_from(["", "", "Ukendt", "vrøvl"]),
        TIMES,
        TIMES,
        st.sampled_from(["", "final", "vrøvl"]),
    ),
    "Fund": st.tuples(VISIT_KEYS, PEOPLE, st.sampled_from(["", "vrøvl", "Eksem"]), TIMES, st.just("")),
    "Indsatser": st.tuples(
        VISIT_KEYS,
        PEOPLE,
        st.sampled_from(["", "vrøvl"]),
        st.sampled_from(["", "a; b"]),
        TIMES,
        TIMES,
        *[st.just("")] * 2,
    ),
}


def _said(entry: Entry[object]) -> object:
    return entry.raw if entry.value is None else entry.value


def _told(record: Record, visit: str) -> tuple[object, ...]:
    """All that a record says but its key, which has to be its own among the others."""
    parts: list[object] = [visit, type(record).__name__]
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if isinstance(value, Entry):
            parts.append((name, str(_said(value))))
        elif name not in ("key", "origin"):
            parts.append((name, str(value)))
    return tuple(parts)


def _recorded(journal: Journal) -> Iterator[tuple[object, ...]]:
    for family in journal.families:
        for visit in family.visits:
            for observation in visit.observations:
                yield _told(observation, visit.key)
            for intervention in visit.interventions:
                yield _told(intervention, visit.key)
        for record in family.unplaced:
            if isinstance(record, Observation | Intervention):
                yield _told(record, "")


@pytest.mark.parametrize("sheet", HEADERS)
@given(data=st.data())
def test_each_row_says_what_it_says_alone(exported: Exported, sheet: str, data: st.DataObject) -> None:
    rows = data.draw(st.lists(ROWS[sheet].map("|".join), min_size=2, max_size=8))

    def read(*of: str) -> Counter[tuple[object, ...]]:
        text = "\n".join((HEADERS[sheet], *of))
        return Counter(_recorded(exported.family(Borgere=CITIZENS, Kontakter=VISITS, **{sheet: text})))

    alone = Counter[tuple[object, ...]]()
    for row in rows:
        alone += read(row)
    assert read(*rows) == alone


WIDE = (
    "kontakt_id|barn_cpr|sor|kontakttype|kontaktform|start|Vægt|Vægt enhed|Søvn|Forælder 1 CPR|Forælder 1 Netværk|Fund"
)
WIDE_ROW = st.tuples(
    st.sampled_from(["", "", "050520-9996", "050515-9995", "vrøvl"]),
    st.sampled_from(["451000016003", ""]),
    st.sampled_from(["2-months", "Graviditetsbesøg", "", "vrøvl"]),
    st.sampled_from(["HH", ""]),
    st.sampled_from(["08-07-2020 10:30", "", "vrøvl"]),
    st.sampled_from(["5250", "", "vrøvl"]),
    st.sampled_from(["g", ""]),
    st.sampled_from(["", "vrøvl"]),
    st.sampled_from(["", "", "291182-9996", "150282-9995"]),
    st.sampled_from(["", "Godt netværk"]),
    st.sampled_from(["", "Eksem; vrøvl"]),
)


def _visits(journal: Journal) -> Iterator[tuple[object, ...]]:
    """What each visit says, with people by their numbers instead of by keys that are made for them."""
    for family in journal.families:
        numbers = {citizen.key: _said(citizen.cpr) for citizen in family.citizens}
        for visit in family.visits:
            parts = (visit.subject, visit.type, visit.visit_class, visit.start, visit.school)
            yield (visit.key, *(numbers.get(str(said), said) for said in map(_said, parts)))
            for one in visit.observations:
                said_of_it = [*map(_said, (one.variable, one.value, one.unit, one.missing_reason, one.start))]
                yield (visit.key, numbers.get(str(one.subject.value)), *said_of_it)


@given(rows=st.lists(WIDE_ROW.map("|".join), min_size=2, max_size=6))
def test_each_visit_of_a_wide_table_says_what_it_says_alone(exported: Exported, rows: list[str]) -> None:
    def read(*of: str) -> Counter[tuple[object, ...]]:
        journal = exported.read_or_none(exported.table("Ark1", exported.rows("\n".join((WIDE, *of)))))
        return Counter(() if journal is None else _visits(journal))

    numbered = [f"K{number}|{row}" for number, row in enumerate(rows)]
    alone = Counter[tuple[object, ...]]()
    for row in numbered:
        alone += read(row)
    assert read(*numbered) == alone
