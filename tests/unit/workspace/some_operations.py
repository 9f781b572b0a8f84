"""Operations of every kind on whatever a journal holds, made of a few numbers: for tests of any sequence of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeVar

from hypothesis import strategies as st

from ldbu_desktop.editing.operations import (
    AddCitizen,
    AddFamily,
    AddPeriod,
    AddVisit,
    AddVisitBeside,
    AnswerField,
    ContinueIntervention,
    EditValue,
    EndIntervention,
    EndPeriods,
    MoveVisit,
    Operation,
    RemovePeople,
    RemoveVisit,
    Renumber,
    SetGestation,
)
from ldbu_desktop.editing.periods import endings
from ldbu_desktop.journal.model import Family, Journal, Visit
from ldbu_desktop.journal.where import Where
from tests.unit.editing.filled_family import STANDARD, codes_of

One = TypeVar("One")

CPRS = ("0505209996", "0505209995", "2911829996", "1502829995", "31-02", "")
"""Few, so that several have the same."""

ANSWERS = (
    *(
        (name, raw)
        for name in ("sleep", "feeding", "passive-smoking", "parent-mental-status", "exam-result")
        for raw in (*codes_of(name)[:2], "zzz", "")
    ),
    ("weight", "5250"),
    ("weight", "5,3 kg"),
    ("weight", ""),
    ("observation.missing-reason", "unknown"),
    ("visit.class", "HH"),
    ("visit.status", "planned"),
    ("visit.start", "08-07-2020 10:00"),
    ("visit.school", "280001"),
    ("intervention.reasons", codes_of("intervention.reasons")[0]),
)


class Draw(NamedTuple):
    """What an operation is made of: its kind, what it is about, and what is typed."""

    kind: int
    pick: int
    more: int


DRAWS = st.lists(st.builds(Draw, st.integers(0, 15), st.integers(0, 999), st.integers(0, 999)), max_size=12)


def one_of(several: Sequence[One], pick: int) -> One:
    """One of several."""
    return several[pick % len(several)]


def operation(journal: Journal, draw: Draw) -> Operation:
    """What ``draw`` says to do to a journal as it is; a family is begun where there is none to do it to."""
    if not journal.families or draw.kind == 0:
        return AddFamily(has_child=draw.more % 2 == 0)
    family = one_of(journal.families, draw.pick)
    citizen = one_of(family.citizens, draw.more).key
    about = _about_family(family, citizen, draw)
    if about is not None:
        return about
    if not family.visits:
        return AddVisit(Where(family.key, subject=citizen), "2-months", date(2020, 7, 7))
    return _about_visit(journal, family, one_of(family.visits, draw.more), citizen, draw)


def _about_family(family: Family, citizen: str, draw: Draw) -> Operation | None:
    at = Where(family.key, "", citizen)
    match draw.kind:
        case 1:
            return AddCitizen(Where(family.key), is_child=draw.more % 2 == 0)
        case 2:
            return EditValue(at._replace(field="citizen.cpr"), one_of(CPRS, draw.more))
        case 3:
            return SetGestation(at, one_of(("34+2", "40", ""), draw.more))
        case 4:
            return RemovePeople(Where(family.key), frozenset({citizen}))
        case 5:
            return Renumber(at, one_of(CPRS, draw.more))
        case 6:
            kind = one_of(("2-months", "establishment", "infant-need-based", "pregnancy"), draw.more)
            known = kind if any(one.id == kind for one in STANDARD.visit_types) else "2-months"
            return AddVisit(
                Where(family.key, subject=citizen), known, date(2020, 7, 1) + timedelta(draw.more % 60), "HH"
            )
    return None


def _about_visit(journal: Journal, family: Family, visit: Visit, citizen: str, draw: Draw) -> Operation:
    at = Where(family.key, visit.key, subject=citizen)
    interventions = [one.key for known in family.visits for one in known.interventions] or ["nothing"]
    match draw.kind:
        case 7:
            return RemoveVisit(Where(family.key, visit.key))
        case 8:
            return MoveVisit(at)
        case 9:
            return AddVisitBeside(at)
        case 10:
            return AddPeriod(at._replace(variable="feeding"), codes_of("feeding")[0], "06-05-2020", "")
        case 11:
            periods = [one.key for known in family.visits for one in known.observations if one.is_period] or [""]
            return EndPeriods(at, endings(journal, family.key, one_of(periods, draw.more)))
        case 12:
            return ContinueIntervention(at._replace(record=one_of(interventions, draw.more)), draw.pick % 2 == 0)
        case 13:
            return EndIntervention(at._replace(record=one_of(interventions, draw.more)))
        case 14:
            begun = at._replace(record=one_of(interventions, draw.more) if draw.pick % 3 == 0 else "")
            raw = codes_of("intervention.code")[0] if draw.more % 3 else ""
            return AnswerField(begun._replace(field="intervention.code"), raw)
    asked, raw = one_of(ANSWERS, draw.more)
    if asked == "observation.missing-reason":
        return AnswerField(at._replace(variable="sleep", field=asked), raw)
    return AnswerField(at._replace(**{"field" if "." in asked else "variable": asked}), raw)
