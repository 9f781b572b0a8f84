"""Measures filling: from an answer to updated findings with 500 visits in the case, and with ten times as many.

Numbers, codes, reasons, findings, questions, interventions, parts of the visit, and what can't be read. Times are
told as ratios to 5 ms, within which an answer is to be judged, and to judging the whole case; processor time too, which
others on the machine lengthen less.
Fails on nothing.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from ldbu_desktop.bundles.ledger import Ledger
from ldbu_desktop.editing.answers import answered
from ldbu_desktop.editing.corrections import corrected
from ldbu_desktop.editing.families import new_case, with_family
from ldbu_desktop.editing.values import edited
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import DeliveredRecords, awaiting, due, resources_of

STANDARD = shipped_standard()
VISITS_A_FAMILY = 4
SIZES = (500, 5000)
ANSWERS = 2000
BUDGET = 0.005
BORN = date(2024, 1, 1)
TODAY = date(2025, 6, 1)
TYPES = (("establishment", 20), ("2-months", 60), ("4-6-months", 150), ("8-11-months", 280))
RAW = {"weight": "5250", "height": "57,5", "head-circumference": "39,5"}


def main() -> None:
    """Print what it takes."""
    medians = [measured(visits) for visits in SIZES]
    tell(f"{SIZES[1]} visits against {SIZES[0]}: an answer takes {medians[1] / medians[0]:.2f} times as long")


def measured(visits: int) -> float:
    """Measure a case of so many visits; the median time of an answer."""
    journal = case_of(visits)
    start = time.perf_counter()
    findings = validate(journal, STANDARD, TODAY)
    whole = time.perf_counter() - start
    now = datetime.now(UTC)
    said = resources_of(journal, STANDARD, findings.family_of_visit, now)
    delivered = DeliveredRecords(journal.system, STANDARD, Ledger(said))
    chance = random.Random(visits)  # noqa: S311
    taken, worked = [], []
    for at, raw in answers(journal, chance):
        start, began = time.perf_counter(), time.process_time()
        after = answered(journal, at, raw, STANDARD)
        journal = corrected(journal, after, at.family, delivered)
        findings = asked(revalidated(findings, journal, {at.family}), at.visit)
        taken.append(time.perf_counter() - start)
        worked.append(time.process_time() - began)
    for kind, times in (("", sorted(taken)), (" of processor time", sorted(worked))):
        told = f"p99 {times[int(len(times) * 0.99)] / BUDGET:.2f} of 5 ms{kind}"
        tell(f"{visits} visits, an answer and its findings: {told}, median {statistics.median(times) / BUDGET:.2f}")
    median = statistics.median(worked)
    tell(f"{visits} visits: judging all of them takes {whole / median:.0f} times as long as an answer")
    start = time.perf_counter()
    said = resources_of(journal, STANDARD, findings.family_of_visit, datetime.now(UTC))
    awaiting(findings, due(journal, said, {}))
    tell(f"{visits} visits: what awaits delivery is found in {(time.perf_counter() - start) / whole:.1f} times that")
    return median


def asked(findings: Findings, visit: str) -> Findings:
    """What the form asks for after each answer."""
    assert findings.counts
    assert findings.count_of_visit(visit) >= 0
    return findings


def answers(journal: Journal, chance: random.Random) -> Iterator[tuple[Where, str]]:
    """Answers of every kind at random visits; a third of them take one away."""
    visits = [(family, visit) for family in journal.families for visit in family.visits]
    codes = {name: list(STANDARD.concepts(one)) for name, one in STANDARD.variable.items() if one.value_set}
    reasons = codes["observation.missing-reason"]
    child = ["weight", "sleep", "feeding", "communication", "exam-result", "motor-function"]
    for _ in range(ANSWERS):
        family, visit = chance.choice(visits)
        place = Where(family.key, visit.key, variable=chance.choice(child), subject=family.key)
        pick = chance.randrange(8)
        raw = "" if chance.randrange(3) == 0 else RAW.get(place.variable) or chance.choice(codes[place.variable])
        if pick == 0:
            place, raw = place._replace(field="observation.missing-reason"), chance.choice(reasons)
        elif pick == 1:
            link = chance.choice(STANDARD.questionnaire["epds"].items).link_id
            parent = family.citizens[1].key
            place, raw = Where(family.key, visit.key, subject=parent, questionnaire="epds", link_id=link), "2"
        elif pick == 2:
            place, raw = (
                place._replace(variable="", field="intervention.code"),
                chance.choice(codes["intervention.code"]),
            )
        elif pick == 3:
            place, raw = place._replace(variable="", field="visit.class"), chance.choice(("HH", "AMB"))
        elif pick == 4:
            raw = "noget andet"
        yield place, raw


def case_of(visits: int) -> Journal:
    """A case of so many visits, filled with what the guide's table asks for."""
    journal = new_case(lambda: "case")
    for number in range(visits // VISITS_A_FAMILY):
        # Each family is filled in a case of its own: a large one takes longer to add to than to answer in.
        small, key = with_family(new_case(), STANDARD, lambda number=number: f"{number}-bench")  # type: ignore[misc]
        born = BORN + timedelta(days=number % 200)
        for citizen, cpr in ((key, f"{born:%d%m%y}{4000 + number:04}"), (f"{key}-a", f"010185{number:04}")):
            small = edited(small, Where(key, "", citizen, "citizen.cpr"), cpr, STANDARD)
            small = edited(small, Where(key, "", citizen, "citizen.organisation"), "451000016003", STANDARD)
        for visit_type, days in TYPES:
            start = datetime(born.year, born.month, born.day, 10, tzinfo=UTC) + timedelta(days=days)
            small, visit = with_visit(small, key, visit_type, key, "HH", start, STANDARD)
            for name in STANDARD.guide_variables[visit_type]:
                variable = STANDARD.variable[name]
                subject = f"{key}-a" if variable.subject == "parent" else key
                raw = RAW.get(name) or next(iter(STANDARD.concepts(variable)))
                small = answered(small, Where(key, visit, variable=name, subject=subject), raw, STANDARD)
        journal = Journal((*journal.families, *small.families), system=journal.system)
    return journal


def tell(line: str) -> None:
    """Print a figure."""
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
