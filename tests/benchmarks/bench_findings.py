"""Measures the findings: 10 000 visits at once, and from an edit to updated findings with 200 visits open.

Runs are repeated and the best of each counts, since the machine may be busy. Prints figures; fails on nothing.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from ldbu_desktop.editing.values import edited
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.identity import check_digit_fits
from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal, Observation, Origin, Parenthood, Visit
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate

TODAY = date(2025, 12, 1)
BORN = date(2020, 5, 5)
SOR = "451000016003"
OTHERS = ("social-interaction", "nutrition", "parent-social-status", "social-support-network", "passive-smoking",
          "communication", "sleep", "motor-function")  # fmt: skip
ROUNDS = 5
EDITS = 300
VISIT_TYPES = (("establishment", 20), ("2-months", 60), ("4-6-months", 150), ("8-11-months", 280))
SIZES = {"weight": (4000, 6), "height": (52, "0.07"), "head-circumference": (36, "0.03")}


def main() -> None:
    """Print what it takes."""
    standard = shipped_standard()
    whole(standard)
    of_one_child(standard)
    edits("200 visits in 50 families", journal_of(standard, families=50, visits_each=4), standard)
    edits("200 visits in one family", journal_of(standard, families=1, visits_each=200), standard)
    edits("10 000 visits in 2 500 families", journal_of(standard, families=2500, visits_each=4), standard)


def whole(standard: Standard) -> None:
    """All findings of 10 000 visits."""
    for share in (0, 10):
        journal = journal_of(standard, families=2500, visits_each=4, faulty_every=share)
        count = sum(len(visit.observations) for family in journal.families for visit in family.visits)
        gc.collect()
        gc.freeze()
        runs = [seconds(journal, standard) for _ in range(ROUNDS)]
        found = validate(journal, standard, TODAY).count
        tell(f"{journal.visit_count} visits, {count} observations, {found} findings: {min(runs):.2f} s of processor")


def of_one_child(standard: Standard) -> None:
    """All findings of one child's visits, and which of them are ready: twice as many take twice as long."""
    before = 0.0
    for visits in (2500, 5000, 10_000, 20_000):
        journal = journal_of(standard, families=1, visits_each=visits, faulty_every=10)
        start = time.process_time()
        found = validate(journal, standard, TODAY)
        assert found.causes
        assert len(found.ready_visits) < visits
        taken = time.process_time() - start
        ratio = f", {taken / before:.1f} times half of it" if before else ""
        tell(f"{visits} visits of one child, {found.count} findings: {taken:.2f} s of processor{ratio}")
        before = taken


def edits(what: str, journal: Journal, standard: Standard) -> None:
    """From leaving a field to its findings and the counts, edit after edit."""
    findings = validate(journal, standard, TODAY)
    taken, worked = [], []
    for number in range(EDITS):
        family = journal.families[number % len(journal.families)]
        visit = family.visits[number % len(family.visits)]
        at = Where(family.key, visit.key, visit.observations[0].key, "", visit.observations[0].variable.value or "")
        raw = "5250" if number % 2 else "52,500"
        start, began = time.perf_counter(), time.process_time()
        journal = edited(journal, at, raw, standard)
        findings = asked(revalidated(findings, journal, {family.key}), visit.key)
        taken.append((time.perf_counter() - start) * 1000)
        worked.append((time.process_time() - began) * 1000)
    for kind, times in (("", sorted(taken)), (" of processor", sorted(worked))):
        p99 = times[int(len(times) * 0.99)]
        tell(f"an edit, {what}: median {statistics.median(times):.1f} ms, p99 {p99:.1f} ms{kind}")


def asked(findings: Findings, visit: str) -> Findings:
    """What the window asks for after each edit."""
    assert findings.counts
    findings.of_visit(visit)
    findings.worst_of_visit(visit)
    return findings


def seconds(journal: Journal, standard: Standard) -> float:
    """The processor time of one validation, which others on the machine lengthen less than the clock's."""
    start = time.process_time()
    assert validate(journal, standard, TODAY).counts
    return time.process_time() - start


def tell(line: str) -> None:
    """Print a figure."""
    sys.stdout.write(f"{line}\n")


def journal_of(standard: Standard, families: int, visits_each: int, faulty_every: int = 0) -> Journal:
    """A made-up journal with ten observations a visit; every so many observations has a misspelled answer."""
    made = tuple(family(standard, number, visits_each) for number in range(families))
    if faulty_every:
        made = tuple(replace(each, visits=tuple(faulty(visit, faulty_every) for visit in each.visits)) for each in made)
    return Journal(families=made)


def family(standard: Standard, number: int, visits: int) -> Family:
    """A child with its mother."""
    child, mother = f"child-{number}", f"mother-{number}"
    born = BORN + timedelta(days=number // 1000)
    cpr = f"{born:%d%m%y}{9000 + number % 1000}"
    return Family(
        child,
        (
            Citizen(child, True, known(cpr), known(SOR), origin=Origin(row=number)),
            Citizen(mother, False, known(MOTHERS[number]), known(SOR), origin=Origin(row=number)),
        ),
        (Parenthood(f"{child}/{mother}", known(mother), known(child), known("PRN")),),
        (),
        tuple(visit(standard, number, place, born) for place in range(visits)),
    )


def mothers(count: int) -> tuple[str, ...]:
    """CPR numbers whose check digit fits."""
    numbers = (f"{day:02}0185{serial:04}" for day in range(1, 29) for serial in range(4000))
    return tuple(islice(filter(check_digit_fits, numbers), count))


def visit(standard: Standard, number: int, place: int, born: date) -> Visit:
    """A visit with what is mandatory at it, and others up to ten observations."""
    name, days = VISIT_TYPES[place % len(VISIT_TYPES)]
    days += place // len(VISIT_TYPES) % 3
    day = datetime.combine(born + timedelta(days=days), datetime.min.time(), ZoneInfo("Europe/Copenhagen"))
    at: Entry[date | datetime] = Entry(day + timedelta(hours=10))
    key = f"visit-{number}-{place}"
    visit_type = next(each for each in standard.visit_types if each.id == name)
    names = dict.fromkeys((*standard.guide_variables[name], *OTHERS))
    return Visit(
        key, known(f"child-{number}"), known(visit_type.code), known("HH"), known("finished"), at,
        Entry(day + timedelta(hours=11)),
        observations=tuple(observation(standard, number, key, each, at, days) for each in list(names)[:10]),
        origin=Origin(row=place),
    )  # fmt: skip


def observation(
    standard: Standard, number: int, visit: str, name: str, at: Entry[date | datetime], days: int
) -> Observation:
    """One observation."""
    variable = standard.variable[name]
    whose = known(f"mother-{number}" if variable.subject == "parent" else f"child-{number}")
    value: Entry[Decimal | str]
    if variable.kind == "quantity":
        base, growth = SIZES[name]
        value = Entry(round(Decimal(base) + Decimal(growth) * days, 1), "read")
    else:
        value = Entry(next(iter(standard.concepts(variable))), "read")
    unit: Entry[str] = Entry(variable.units[0].code, "read") if variable.units else Entry()
    return Observation(
        f"{visit}/{name}", known(name), whose, value, unit, start=at, status=known("final"), origin=Origin(row=days)
    )


def faulty(visit: Visit, every: int) -> Visit:
    """A visit in which every so many observations has an answer that is misspelled."""
    observations = tuple(
        replace(each, value=Entry(None, f"Sovn med normale variationer {visit.key}")) if place % every == 8 else each
        for place, each in enumerate(visit.observations)
    )
    return replace(visit, observations=observations)


def known(value: str) -> Entry[str]:
    """What was read."""
    return Entry(value, value)


MOTHERS = mothers(2500)

if __name__ == "__main__":
    main()
