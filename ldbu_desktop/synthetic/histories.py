"""Families as deliveries over time: night after night what the day brought, with slips that are put right as they
should be.

What is told in a night follows from what a journal held then and what was sent before, by the same rooms that deliver
for real: no report is made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.bundles.plan import ReportOf, corrected_together, planned
from ldbu_desktop.bundles.write import BuiltReport, ReportWriter
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import INTERVENTION_CODE
from ldbu_desktop.journal.instances import Instance, Said
from ldbu_desktop.journal.model import Entry, Family, Moment, Observation, Visit
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.dice import Dice
from ldbu_desktop.synthetic.reports import Journaling, MadeReport, day_of_visit, night_of

_SLIPS_SHARE = 0.12
"""The share of visits at which something is registered wrongly, and put right some days later."""

_NOTICED_DAYS = (1, 9)


class _Slip(NamedTuple):
    """A visit as it was registered wrongly, until the day on which somebody notices."""

    wrong: Visit
    until: date


_Slipping = Callable[[Visit, Standard, Dice], Visit | None]


def history_of(family: Family, vocabulary: Vocabulary, seed: int, on: date) -> Iterator[MadeReport]:
    """The reports of a family in the order in which they are sent, up to a day."""
    return _History(family, vocabulary, seed, on).reports()


class _History:
    def __init__(self, family: Family, vocabulary: Vocabulary, seed: int, on: date) -> None:
        self._family = family
        self._standard = vocabulary.standard
        self._on = on
        self._dice = Dice(seed, "history", family.key)
        self._journaling = Journaling(family, vocabulary)
        self._said: dict[str, Said] = {}

    def reports(self) -> Iterator[MadeReport]:
        """All nights in their order."""
        slips = dict(self._slips())
        changing: dict[date, set[str]] = {}
        for visit in self._family.visits:
            changing.setdefault(day_of_visit(visit), set()).add(visit.key)
            for one in visit.interventions:
                if one.end.value is not None:
                    changing.setdefault(day_of(one.end.value), set()).add(visit.key)
            if visit.key in slips:
                changing.setdefault(slips[visit.key].until, set()).add(visit.key)
        for number, day in enumerate(sorted(changing), 1):
            for place, built in enumerate(self._night(number, day, changing[day], slips), 1):
                yield MadeReport(f"{self._family.key.lower()}-{day:%Y-%m-%d}-{place}", built.bundle)

    def _night(self, number: int, day: date, keys: set[str], slips: Mapping[str, _Slip]) -> Iterator[BuiltReport]:
        """What is told in the night of a day about the visits of ``keys``."""
        needed = [visit for visit in self._family.visits if self._journaling.is_needed(visit, day, keys)]
        journal = self._journaling.journal(day, (_registered(visit, day, slips) for visit in needed))
        ledger = Ledger({visit.key: self._said[visit.key] for visit in needed if visit.key in self._said})
        writer = ReportWriter(journal, self._standard, night_of(day), ledger=ledger)
        for plan in corrected_together(planned(journal, keys, ReportOf.VISIT, ledger.visits), writer):
            built = plan.built(writer)
            said = {
                entry["resource"]["id"]: Instance(_key(built, at, ledger), json_text(entry["resource"]), number)
                for at, entry in enumerate(built.bundle["entry"])
            }
            for key in plan.keys:
                self._said[key] = {**self._said.get(key, {}), **said}
            yield built

    # --- slips

    def _slips(self) -> Iterator[tuple[str, _Slip]]:
        """Visits that were registered wrongly at first, by their keys, while nothing else happens to them."""
        days = sorted(map(day_of_visit, self._family.visits))
        for visit in self._family.visits:
            if not self._dice.chance(_SLIPS_SHARE):
                continue
            until = day_of_visit(visit) + timedelta(self._dice.between(*_NOTICED_DAYS))
            wrong = [one for slip in _SLIPPING if (one := slip(visit, self._standard, self._dice)) is not None]
            is_quiet = not any(day_of_visit(visit) < day <= until for day in days) and until < self._on
            if wrong and is_quiet:
                yield visit.key, _Slip(self._dice.pick(wrong), until)


def _registered(visit: Visit, day: date, slips: Mapping[str, _Slip]) -> Visit:
    """A visit as it stands in the journal on a day: wrongly, until a slip in it is noticed."""
    slip = slips.get(visit.key)
    return slip.wrong if slip is not None and day < slip.until else visit


def _wrong_value(visit: Visit, standard: Standard, dice: Dice) -> Visit | None:
    """Another answer than the right one."""
    concepts = [
        (place, one)
        for place, one in enumerate(visit.observations)
        if one.value.value is not None and not one.is_period and _others(one, standard)
    ]
    if not concepts:
        return None
    place, right = dice.pick(concepts)
    other = dice.pick(_others(right, standard))
    wrong = replace(right, value=replace(right.value, value=other))
    return replace(visit, observations=(*visit.observations[:place], wrong, *visit.observations[place + 1 :]))


def _others(observation: Observation, standard: Standard) -> Sequence[str]:
    variable = standard.variable[observation.variable.value or ""]
    if variable.kind != "concept" or variable.repeats:
        return ()
    return [code for code in standard.concepts(variable) if code != observation.value.value]


def _wrong_time(visit: Visit, standard: Standard, dice: Dice) -> Visit | None:
    """The visit an hour early, with all that was observed at it."""
    if visit.interventions or visit.based_on:
        return None
    hour = timedelta(hours=-1)

    def earlier(entry: Entry[Moment]) -> Entry[Moment]:
        return replace(entry, value=entry.value + hour) if entry.value is not None else entry

    observations = tuple(one if one.is_period else replace(one, start=earlier(one.start)) for one in visit.observations)
    responses = tuple(replace(one, authored=earlier(one.authored)) for one in visit.responses)
    return replace(
        visit, start=earlier(visit.start), end=earlier(visit.end), observations=observations, responses=responses
    )


def _wrong_intervention(visit: Visit, standard: Standard, dice: Dice) -> Visit | None:
    """Another intervention than the one that was begun."""
    if not visit.interventions:
        return None
    first, *others = visit.interventions
    codes = [one for one in standard.concepts(standard.variable[INTERVENTION_CODE]) if one != first.code.value]
    wrong = replace(first, code=replace(first.code, value=dice.pick(codes)))
    return replace(visit, interventions=(wrong, *others))


_SLIPPING: tuple[_Slipping, ...] = (_wrong_value, _wrong_time, _wrong_intervention)


def _key(built: BuiltReport, at: int, ledger: Ledger) -> str:
    """The key of the record that an entry is made of, or was when it was sent first."""
    record = built.records[at]
    if record is not None:
        return record.key
    known = ledger.latest.get(built.bundle["entry"][at]["resource"]["id"])
    return known.key if known is not None else ""
