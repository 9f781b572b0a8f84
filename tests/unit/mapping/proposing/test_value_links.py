"""What stands in a coded column, in values beside their names, and among sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from ldbu_desktop.journal.fields import OBSERVATION_MISSING_REASON
from ldbu_desktop.mapping.links import Layout, Part, Place, Proposal, State, TableShape, Target, ValueLink
from ldbu_desktop.mapping.proposing.headings import OBSERVED_VALUE
from ldbu_desktop.mapping.proposing.proposer import Proposer
from ldbu_desktop.sources.tables import Table
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.data.exports.population import Seen
from tests.unit.mapping.proposing.conftest import TODAY, proposed, told

Tells = dict[str, Callable[[Seen], object]]
Of = Callable[[Callable[[Seen], object]], list[str]]


def rows_with(of: Of, columns: Tells) -> list[list[str]]:
    """A table of visits with more columns."""
    tells: Tells = {
        "CPR": lambda seen: seen.child.cpr,
        "Besøgsdato": lambda seen: f"{seen.start:%d-%m-%Y}",
        **columns,
    }
    return [list(tells), *map(list, zip(*(of(tell) for tell in tells.values()), strict=True))]


def values(found: Proposal, variable: str) -> dict[str, ValueLink]:
    """The links of the values of a variable, by their text."""
    return {link.value: link for link in found.values if link.variable == variable}


def proposed_by(proposer: Proposer, rows: Sequence[Sequence[str]]) -> Proposal:
    proposer.add(Table("fil.xlsx", "Ark", ((at, list(row)) for at, row in enumerate(rows, start=1))))
    return proposer.proposal()


def test_a_mark_among_sizes_is_asked_about_among_answers_too(of: Of) -> None:
    columns: Tells = {
        "Vægt (g)": lambda seen: "brev" if seen.number % 9 == 0 else seen.weight,
        "Amning": lambda seen: ("delvis", "MME", "brev", "999")[seen.number % 4],
    }
    found = proposed({"Ark": rows_with(of, columns)})
    marks = [values(found, "weight")["brev"], *map(values(found, "feeding").get, ("brev", "999"))]
    assert [(mark.code, mark.missing, mark.state) for mark in marks if mark] == [(None, "unknown", State.PROPOSED)] * 3


@pytest.mark.parametrize("said", ["fem kilo", "ca. halvtreds hundrede", "½", "fire en halv"])
def test_a_size_in_words_is_never_taken_for_nothing(said: str, of: Of) -> None:
    found = proposed({"Ark": rows_with(of, {"Vægt (g)": lambda seen: said if seen.number % 9 == 0 else seen.weight})})
    assert said not in values(found, "weight")


def test_a_text_that_the_header_completes_is_proposed_as_what_both_say(of: Of) -> None:
    columns: Tells = {
        "Sover": lambda seen: ("godt", "dårligt")[seen.number % 2],
        "Motorik": lambda seen: ("alderssvarende", "obs")[seen.number % 2],
    }
    found = proposed({"Ark": rows_with(of, columns)})
    good, obs = values(found, "sleep")["godt"], values(found, "motor-function")["obs"]
    assert (good.code, good.state) == ("b07eec60-941d-484d-8c2a-aeaa2ba798bf", State.PROPOSED)
    assert obs.code is None


def test_a_reason_beside_the_name_of_a_size_is_no_size(of: Of) -> None:
    said = {0: ("Vægt", "5250"), 1: ("Vægt", "ikke målt"), 2: ("Søvn", "Normal"), 3: ("Hobby", "Ridning")}
    columns: Tells = {
        "Måling": lambda seen: said[seen.number % 4][0],
        "Værdi": lambda seen: said[seen.number % 4][1],
    }
    found = proposed({"Ark": rows_with(of, columns)})
    assert {text: link.missing for text, link in values(found, "weight").items()} == {"ikke målt": "not-performed"}
    assert values(found, "sleep")["Normal"].code is not None
    assert "Ridning" not in {link.value for link in found.values}


def test_each_of_several_answers_in_a_cell_is_one(of: Of) -> None:
    found = proposed(
        {"Ark": rows_with(of, {"Indsats": lambda _: "Besøg", "Indsats årsag": lambda _: "Motorik; ;Søvn;"})}
    )
    visits = len(found.values and rows_with(of, {})) - 1
    assert {text: link.count for text, link in values(found, "intervention.reasons").items()} == {
        "Motorik": visits,
        "Søvn": visits,
    }


def test_where_a_standard_has_no_reasons_none_is_proposed(of: Of) -> None:
    shipped = shipped_standard()
    without = tuple(
        replace(each, value_set=None) if each.id == OBSERVATION_MISSING_REASON else each for each in shipped.variables
    )
    columns: Tells = {
        "Vægt (g)": lambda seen: seen.weight if seen.number % 3 else "",
        "Vægt årsag": lambda seen: "" if seen.number % 3 else "Afslået",
    }
    rows = rows_with(of, columns)
    found = proposed_by(Proposer(replace(shipped, variables=without), TODAY), rows)
    assert [link.target and link.target.part for link in found.columns][-1] is Part.MISSING_REASON
    assert found.values == ()
    assert "Afslået" in {link.value for link in proposed_by(Proposer(shipped, TODAY), rows).values}


def test_values_that_nothing_names_are_waited_with_whoever_says_that_they_are_values(of: Of) -> None:
    rows = rows_with(of, {"Værdi": lambda seen: seen.weight})
    place, header = Place("fil.xlsx", "Ark", 1, 2), "Værdi"
    chosen = Proposer(shipped_standard(), TODAY, targets={place: Target(OBSERVED_VALUE)})
    of_shape = Proposer(
        shipped_standard(), TODAY, layouts={Place("fil.xlsx", "Ark", 1): Layout((1, 1), TableShape.OBSERVATION)}
    )
    for proposer in (chosen, of_shape):
        found = proposed_by(proposer, rows)
        link = next(each for each in found.columns if each.header == header)
        assert link.target is not None
        assert (link.target.variable, link.state) == (OBSERVED_VALUE, State.PROPOSED)
        assert "content-by-name" in told(link)
        assert found.values == ()
