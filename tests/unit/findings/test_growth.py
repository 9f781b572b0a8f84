"""Growth: what becomes less, what WHO's programs take for an error, and what changes as no child does."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from msgspec.structs import replace

from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.findings.examples import RowChange
from ldbu_desktop.findings.model import Finding, RuleSource, Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.growth.series import growth_of
from ldbu_desktop.journal.model import Entry, Journal
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.examples import example_day
from ldbu_desktop.use_cases.validate import validate

Changed = Callable[..., Journal]
Found = Callable[..., Findings]
UNLIKELY, CHANGES = "growth-unlikely", "growth-change-unlikely"


def cell(sheet: str, key: str, column: str, value: str) -> RowChange:
    return RowChange(sheet, key, column=column, value=value)


def weighed(*weights: tuple[str, str]) -> list[RowChange]:
    """More visits to the child, each with its day and the weight in grams."""
    rows = []
    for number, (day, grams) in enumerate(weights):
        rows += [
            RowChange("Kontakter", row={"kontakt_id": f"N{number}", "borger_id": "barn-1", "start": day,
                                        "kontakttype": "Almindelig forebyggende småbørnskontakt",
                                        "kontaktform": "Hjemmebesøg"}),
            RowChange("Observationer", row={"kontakt_id": f"N{number}", "variabel": "Vægt", "værdi": grams,
                                            "enhed": "g"}),
        ]  # fmt: skip
    return rows


def born_early(journal: Journal, weeks: str) -> Journal:
    """The journal in which all children were born so many weeks old."""
    families = tuple(
        replace(family, citizens=tuple(replace(one, gestation=Entry(weeks)) for one in family.citizens))
        for family in journal.families
    )
    return replace(journal, families=families)


def test_what_may_become_less_does_not_shrink(changed: Changed, standard: Standard) -> None:
    less = changed(cell("Observationer", "O30", "værdi", "4980"))
    assert "weight-drop" in validate(less, standard, example_day()).by_code
    free = replace(standard, variables=tuple(replace(one, losses=()) for one in standard.variables))
    assert "weight-drop" not in validate(less, free, example_day()).by_code


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("O31", "57,0", "growth-change-unlikely"),
        ("O31", "56,9", "size-shrinks"),
        ("O30", "4990", None),
        ("O30", "4980", "weight-drop"),
    ],
)
def test_what_may_be_lost(key: str, value: str, code: str | None, found: Found) -> None:
    assert set(found(cell("Observationer", key, "værdi", value)).by_code) == ({code} if code else set())


@pytest.mark.parametrize(("weight", "code"), [("3150", None), ("3100", "weight-drop")])
def test_newborns_may_lose_a_tenth(weight: str, code: str | None, found: Found) -> None:
    assert set(found(*weighed(("06-05-2020", "3500"), ("10-05-2020", weight))).by_code) == ({code} if code else set())


def test_older_children_may_lose_more(found: Found) -> None:
    visit = RowChange("Kontakter", row={"kontakt_id": "S2", "borger_id": "skolebarn-1", "start": "16-10-2025",
                                        "kontakttype": "Almindelig forebyggende skolebørnskontakt",
                                        "kontaktform": "Ambulant", "skole": "280001"})  # fmt: skip
    weight = {"kontakt_id": "S2", "variabel": "Vægt", "enhed": "g"}
    assert not found(visit, RowChange("Observationer", row={**weight, "værdi": "30500"})).all
    assert set(found(visit, RowChange("Observationer", row={**weight, "værdi": "30000"})).by_code) == {"weight-drop"}


def test_a_child_without_birth_is_judged_as_an_older_one(found: Found) -> None:
    no_birth = cell("Borgere", "barn-1", "cpr", "290221-9996")
    assert "weight-drop" not in found(no_birth, cell("Observationer", "O30", "værdi", "4800")).by_code
    assert "weight-drop" in found(no_birth, cell("Observationer", "O30", "værdi", "4700")).by_code


def test_slips_and_withdrawn_measurements_are_not_compared(found: Found) -> None:
    assert set(found(cell("Observationer", "O14", "værdi", "575")).by_code) == {"unit-slip"}
    withdrawn = cell("Observationer", "O31", "status", "Oprettet ved en fejl")
    findings = found(withdrawn, cell("Observationer", "O31", "værdi", "50"))
    assert "size-shrinks" not in findings.by_code
    withdrawn = cell("Kontakter", "K2", "status", "Oprettet ved en fejl")
    assert "size-shrinks" not in found(withdrawn, cell("Observationer", "O31", "værdi", "50")).by_code


def test_measurements_are_compared_by_their_days(found: Found) -> None:
    earlier = cell("Observationer", "O31", "start", "01-07-2020")
    findings = found(earlier, cell("Observationer", "O31", "værdi", "64,5"))
    assert {finding.location.record for finding in findings.by_code["size-shrinks"]} == {"O14"}


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("O13", "9450", UNLIKELY),
        ("O13", "2000", CHANGES),
        ("O13", "1950", UNLIKELY),
        ("O15", "30,5", UNLIKELY),
        ("O15", "45,7", UNLIKELY),
    ],
)
def test_what_lies_beyond_the_limits_of_who(key: str, value: str, code: str, found: Found) -> None:
    findings = found(cell("Observationer", key, "værdi", value))
    told: list[Finding] = [one for one in findings.all if one.code in (UNLIKELY, CHANGES)]
    assert {one.code for one in told} == {code}
    assert findings.by_code.keys() <= {code, "weight-drop"}


def test_it_is_told_at_the_measurement_and_keeps_nothing_back(found: Found) -> None:
    findings = found(cell("Observationer", "O15", "værdi", "30,5"))
    [told] = findings.by_code[UNLIKELY]
    at = told.location
    assert (at.visit, at.record, at.variable, at.field) == ("K1", "O15", "head-circumference", "head-circumference")
    assert told.facts["z"] < Decimal(-5)
    assert told.facts["low"] < Decimal(36) < told.facts["high"] < Decimal(50)
    assert findings.rejected_visits == ()
    for code in (UNLIKELY, CHANGES):
        kind = finding_types()[code]
        assert (kind.severity, kind.source) == (Severity.LOOK_AT, RuleSource.PLAUSIBILITY)


def test_limits_are_told_in_the_unit_of_the_findings(found: Found) -> None:
    [told] = found(cell("Observationer", "O13", "værdi", "9450")).by_code[UNLIKELY]
    assert told.facts["unit"] == "g"
    assert told.facts["low"] < Decimal(5250) < told.facts["high"] < Decimal(9450)


def test_the_chart_and_the_findings_tell_the_same(changed: Changed, standard: Standard) -> None:
    for key, value in (("O13", "9450"), ("O15", "30,5"), ("O30", "12000")):
        journal = changed(cell("Observationer", key, "værdi", value))
        family = next(one for one in journal.families if any(who.key == "barn-1" for who in one.citizens))
        doubtful = {point.record for series, point in growth_of(family, "barn-1", standard).doubtful}
        findings = validate(journal, standard, example_day())
        told = {one.location.record for code in (UNLIKELY, CHANGES) for one in findings.by_code.get(code, ())}
        dropped = {one.location.record for one in findings.by_code.get("weight-drop", ())}
        assert told <= doubtful
        assert key in told | dropped


def test_a_child_born_early_is_seen_by_its_corrected_age(changed: Changed, standard: Standard) -> None:
    journal = changed(cell("Observationer", "O13", "værdi", "1950"))
    assert UNLIKELY in validate(journal, standard, example_day()).by_code
    early = validate(born_early(journal, "30+0"), standard, example_day()).by_code
    assert not {UNLIKELY, "value-out-of-range"} & early.keys()


def test_changes_are_on_one_footing_where_the_correction_ends(changed: Changed, standard: Standard) -> None:
    journal = born_early(changed(*weighed(("01-05-2022", "9000"), ("10-05-2022", "9100"))), "24+0")
    assert CHANGES not in validate(journal, standard, example_day()).by_code


def test_what_is_told_as_lost_is_not_told_as_a_jump_too(found: Found) -> None:
    findings = found(cell("Observationer", "O31", "værdi", "53,5"))
    assert findings.by_code.keys() == {"size-shrinks"}
    assert found(cell("Observationer", "O31", "værdi", "50")).by_code.keys() == {"size-shrinks"}


def test_a_parent_and_a_child_of_unknown_sex_are_held_against_nothing(found: Found) -> None:
    no_birth = cell("Borgere", "barn-1", "cpr", "290221-9996")
    assert UNLIKELY not in found(no_birth, cell("Observationer", "O15", "værdi", "30,5")).by_code
    parents = found(cell("Observationer", "O15", "værdi", "30,5"), cell("Observationer", "O15", "borger_id", "mor-1"))
    assert UNLIKELY not in parents.by_code
