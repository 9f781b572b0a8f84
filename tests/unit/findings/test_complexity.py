"""However much there is of one child, twice as much takes twice the work: steps are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from types import FrameType
from typing import Any

import pytest

from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Citizen, Entry, Family, Journal, Observation, Parenthood, Visit
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.validate import validate

TODAY, BORN = date(2025, 12, 1), date(2020, 5, 5)
FEW, MANY = 150, 300
MOST = 2.3
"""What twice as much may cost; a step for each pair would make it four times."""


class Counted(str):
    """A text that counts how often it is compared."""

    compared = 0
    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        Counted.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


class Steps:
    """How many lines of Python were run, and texts compared."""

    lines = 0

    @property
    def count(self) -> int:
        """All of them."""
        return self.lines + Counted.compared


@contextmanager
def counting() -> Iterator[Steps]:
    steps, before = Steps(), sys.gettrace()
    Counted.compared = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        steps.lines += event == "line"
        return trace

    sys.settrace(trace)
    try:
        yield steps
    finally:
        sys.settrace(before)


def said(text: str) -> Entry[str]:
    return Entry(Counted(text), text)


def visit(number: int, day: date, *observations: Observation, child: str = "child", **parts: Entry[str]) -> Visit:
    whole: dict[str, Any] = {"type": said(HOME), "visit_class": said("HH"), "status": said("finished"), **parts}
    return Visit(Counted(f"v{number}"), said(child), start=Entry(day), observations=observations, **whole)


def observed(number: int, variable: str, **parts: Any) -> Observation:
    key = Counted(f"{variable}{number}")
    return Observation(key, said(variable), said("child"), status=said("final"), **parts)


def weighed(number: int, grams: int) -> Observation:
    return observed(number, "weight", value=Entry(Decimal(grams), str(grams)), unit=said("g"))


def fed(number: int, start: date, end: date) -> Observation:
    return observed(number, "feeding", value=said("x"), start=Entry(start), end=Entry(end), is_period=True)


def on(number: int) -> date:
    return BORN + timedelta(days=30 + number)


HOME = next(one.code for one in shipped_standard().visit_types if one.id == "2-months")
CHILD = Citizen("child", True, said("0505209996"), said("451000016003"))


def of_child(*visits: Visit, **parts: Any) -> Family:
    return Family("child", (CHILD,), visits=visits, **parts)


def duplicates(count: int) -> Family:
    return of_child(*(visit(number, on(1)) for number in range(count)))


def observed_twice(count: int) -> Family:
    return of_child(visit(0, on(1), *(weighed(number, 5250) for number in range(count))))


def jumping(count: int) -> Family:
    return of_child(*(visit(number, on(number), weighed(number, 9000 - number % 2 * 5000)) for number in range(count)))


def overlapping(count: int) -> Family:
    periods = (fed(number, on(0), on(number + 5)) for number in range(count))
    return of_child(visit(0, on(count + 10), *periods))


def rejected(count: int) -> Family:
    return of_child(*(visit(number, on(number), visit_class=Entry(None)) for number in range(count)))


def of_an_unknown_child(count: int) -> Family:
    return Family("child", (Citizen("child", True),), visits=tuple(visit(n, on(n)) for n in range(count)))


def twins(count: int) -> Family:
    people = tuple(
        Citizen(Counted(f"t{n}"), n % 2 == 0, said("0505209996"), said("451000016003")) for n in range(count)
    )
    parents = tuple(Parenthood(f"p{n}", Entry(Counted(f"t{n}")), Entry(Counted("t0"))) for n in range(1, count, 2))
    visits = tuple(visit(n, on(n), child=f"t{n // 2 * 2}") for n in range(count))
    return Family("t0", people, parents, visits=visits)


def unplaced(count: int) -> Family:
    return of_child(unplaced=tuple(weighed(number, 5250) for number in range(count)))


def all_asked(findings: Findings) -> None:
    """What is asked about each visit and the whole, as a window and an export do."""
    assert findings.causes
    assert len(findings.ready_visits) + len(findings.rejected_visits) == len(findings.family_of_visit)
    for key in findings.family_of_visit:
        findings.worst_of_visit(key)
        findings.of_visit(key)
        findings.of_record("child", f"weight{key[1:]}")


@pytest.mark.parametrize(
    "make",
    [duplicates, observed_twice, jumping, overlapping, rejected, of_an_unknown_child, twins, unplaced],
    ids=lambda make: str(make.__name__),
)
def test_twice_as_much_takes_twice_the_work(make: Callable[[int], Family]) -> None:
    standard = shipped_standard()
    all_asked(validate(Journal((make(2),)), standard, TODAY))

    def steps(count: int) -> int:
        journal = Journal((make(count),))
        with counting() as counted:
            all_asked(validate(journal, standard, TODAY))
        return counted.count

    few, many = steps(FEW), steps(MANY)
    assert few > FEW
    assert many < MOST * few


def test_families_of_many_files_with_one_key_take_no_more() -> None:
    standard = shipped_standard()

    def steps(count: int) -> int:
        journal = Journal(tuple(of_child(visit(number, on(number))) for number in range(count)))
        with counting() as counted:
            all_asked(validate(journal, standard, TODAY))
        return counted.count

    assert steps(MANY) < MOST * steps(FEW)


def test_a_step_for_each_pair_would_be_seen() -> None:
    def steps(count: int) -> int:
        keys = [Counted(str(number)) for number in range(count)]
        with counting() as counted:
            assert all(Counted("x") not in keys for _ in keys)
        return counted.count

    assert steps(MANY) > MOST * steps(FEW)
