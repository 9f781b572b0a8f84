"""Which codes can be planted in which form, and the planting of many: one door to all kinds of cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.journal.model import Family
from ldbu_desktop.standard.model import GatewayRule, Standard
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.synthetic.faults.history_cases import HistoryCase, history_case, history_places
from ldbu_desktop.synthetic.faults.report_cases import (
    ReportCase,
    codes_of_examples,
    codes_of_rules,
    example_case,
    rule_case,
)
from ldbu_desktop.synthetic.faults.table_cases import TableCases, codes_of_tables

PlantableIn = Literal["long", "fhir", "history"]
_AT_ONCE = 30


def plantable(standard: Standard) -> dict[str, PlantableIn]:
    """The form that each code can be planted in, in the order of the catalogue of messages.

    What is not here is about a file as such, or strikes in no report of this standard by itself.
    """
    levels = types_by_level()
    reported = [one.code for level in (Level.CONFORMANCE, Level.RULE) for one in levels[level]]
    in_reports = codes_of_examples(reported) | codes_of_rules(standard).keys()
    in_tables = codes_of_tables()
    found: dict[str, PlantableIn] = {}
    for types in levels.values():
        for one in types:
            if one.code in in_tables:
                found[one.code] = "long"
            elif one.code in in_reports:
                found[one.code] = "fhir"
            elif one.code in history_places():
                found[one.code] = "history"
    return found


class Planting:
    """Plants faults about people that no clean family of the same ``maker`` has in it."""

    def __init__(self, maker: FamilyMaker, seed: int, on: date) -> None:
        self._maker = maker
        self._seed = seed
        self._on = on

    def tables(self, codes: tuple[str, ...]) -> TableCases:
        """The cases of codes as rows of one export."""
        cases = TableCases(self._seed, self._on, self._maker.numbers)
        for code in codes:
            cases.add(code)
        return cases

    def reports(self, codes: tuple[str, ...]) -> Iterator[ReportCase]:
        """A report for each code."""
        rules = codes_of_rules(self._maker.standard)
        families: list[Family] = []
        for code in codes:
            if code in rules:
                yield self._without(rules[code], families)
            else:
                yield example_case(code, self._maker.numbers, self._seed, code)

    def _without(self, rule: GatewayRule, families: list[Family]) -> ReportCase:
        """A report that breaks a rule, of one of ``families``; there are more of them until one can."""
        dice = Dice(self._seed, "rule", rule.invariant)
        while True:
            case = rule_case(rule, families, self._maker.standard, dice)
            if case is not None:
                return case
            families += self._maker.more(_AT_ONCE)

    def histories(self, codes: tuple[str, ...]) -> Iterator[HistoryCase]:
        """A history for each code."""
        for code in codes:
            yield history_case(code, self._maker.numbers, self._on, self._seed, code)
