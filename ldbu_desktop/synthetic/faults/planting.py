"""Which codes can be planted in which form, and the planting of many: one door to all kinds of cases."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import count
from typing import Literal

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level
from ldbu_desktop.journal.model import Family
from ldbu_desktop.standard.model import GatewayRule, Standard
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.synthetic.faults.file_cases import Material, file_case, report_codes, table_codes
from ldbu_desktop.synthetic.faults.history_cases import HistoryCase, history_case, history_places
from ldbu_desktop.synthetic.faults.model import FileCase, ReportCase
from ldbu_desktop.synthetic.faults.report_cases import (
    codes_of_examples,
    codes_of_rules,
    example_case,
    rule_case,
)
from ldbu_desktop.synthetic.faults.report_changes import change_case, codes_of_changes
from ldbu_desktop.synthetic.faults.table_cases import TableCases, codes_of_tables

PlantableIn = Literal["long", "wide", "fhir", "history"]
_AT_ONCE = 30
_TABLES: tuple[PlantableIn, ...] = ("long", "wide")


class NotPlanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Codes that no form can hold, and the reason why not."""

    codes: tuple[str, ...]
    reason: Text


@cache
def not_planted() -> dict[str, Text]:
    """Why a code can't be planted, by code; read once."""
    told = msgspec.json.decode(resource("synthetic", "not_planted.json").read_bytes(), type=tuple[NotPlanted, ...])
    return {code: one.reason for one in told for code in one.codes}


def plantable(standard: Standard) -> dict[str, tuple[PlantableIn, ...]]:
    """The forms that each code can be planted in, in the order of the catalogue of messages.

    Of what is not here, :func:`not_planted` says why.
    """
    levels = types_by_level()
    reported = [one.code for level in (Level.CONFORMANCE, Level.RULE) for one in levels[level]]
    in_reports = codes_of_examples(reported) | codes_of_rules(standard).keys() | codes_of_changes() | report_codes()
    holding: tuple[tuple[Container[str], tuple[PlantableIn, ...]], ...] = (
        (codes_of_tables(), ("long",)),
        (table_codes(), _TABLES),
        (in_reports, ("fhir",)),
        (history_places(), ("history",)),
    )
    return {
        one.code: forms
        for types in levels.values()
        for one in types
        for forms in (next((forms for codes, forms in holding if one.code in codes), None),)
        if forms is not None
    }


class Planting:
    """Plants faults about people that no clean family of the same ``maker`` has in it."""

    def __init__(self, maker: FamilyMaker, seed: int, on: date) -> None:
        self._maker = maker
        self._seed = seed
        self._on = on

    def files(self, codes: tuple[str, ...]) -> Iterator[FileCase]:
        """A file for each of those codes that are of a file as such."""
        for code in codes:
            if code in table_codes() | report_codes():
                yield file_case(code, Material(self._family_with_parents(), self._maker.vocabulary))

    def _family_with_parents(self) -> Family:
        """A family with a child and a parent, and visits to write in a table."""
        made = (family for _ in count() for family in self._maker.more(1))
        return next(family for family in made if len({citizen.is_child for citizen in family.citizens}) > 1)

    def tables(self, codes: tuple[str, ...]) -> TableCases:
        """The cases of codes as rows of one export."""
        cases = TableCases(self._seed, self._on, self._maker.numbers)
        for code in codes:
            if code in codes_of_tables():
                cases.add(code)
        return cases

    def reports(self, codes: tuple[str, ...]) -> Iterator[ReportCase]:
        """A report for each code."""
        rules = codes_of_rules(self._maker.standard)
        families: list[Family] = []
        for code in codes:
            if code in rules:
                yield self._of_one(partial(self._without, rules[code]), families)
            elif code in codes_of_changes():
                yield self._of_one(partial(self._changed, code), families)
            elif code not in report_codes():
                yield example_case(code, self._maker.numbers, self._seed, code)

    def _of_one(self, plant: Callable[[Sequence[Family]], ReportCase | None], families: list[Family]) -> ReportCase:
        """A fault in a report of one of ``families``; there are more of them until it can be planted."""
        while True:
            case = plant(families)
            if case is not None:
                return case
            families += self._maker.more(_AT_ONCE)

    def _without(self, rule: GatewayRule, families: Sequence[Family]) -> ReportCase | None:
        dice = Dice(self._seed, "rule", rule.invariant)
        return rule_case(rule, families, self._maker.standard, dice)

    def _changed(self, code: str, families: Sequence[Family]) -> ReportCase | None:
        return change_case(code, families, self._maker.vocabulary)

    def histories(self, codes: tuple[str, ...]) -> Iterator[HistoryCase]:
        """A history for each code."""
        for code in codes:
            yield history_case(code, self._maker.numbers, self._on, self._seed, code)
