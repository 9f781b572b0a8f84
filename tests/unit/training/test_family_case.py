"""A case from a family that is open: nobody of it is in the case, and what is known of its visits is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.journal.fields import VISIT_END, VISIT_INTERVENTIONS, VISIT_SCHOOL, VISIT_TYPE
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import (
    Answer,
    Citizen,
    Entry,
    Family,
    Intervention,
    Observation,
    Parenthood,
    QuestionnaireResponse,
    Visit,
)
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.training.authoring import case_of
from ldbu_desktop.training.comparison import Outcome, compared
from ldbu_desktop.training.family_case import LeftOut, moved
from ldbu_desktop.training.journals import Part, journal_of
from ldbu_desktop.training.loader import case_in, shipped_cases
from ldbu_desktop.training.model import Case
from ldbu_desktop.use_cases.begin_case import begin_case, days_back, proposed_names
from ldbu_desktop.use_cases.write_case import write_case

STANDARD = shipped_standard()
CASES = {case.id: case for case in shipped_cases(STANDARD).cases}
CHILD, MOTHER, OTHER = "1504204242", "0203884242", "1212854243"
TYPE = {one.id: one.code for one in STANDARD.visit_types}
BREAST = next(iter(STANDARD.concepts(STANDARD.variable["feeding"])))
SECRET = (
    "Rosa",
    "Hemmelig",
    "Ringvejen",
    "Solskolen",
    CHILD,
    MOTHER,
    OTHER,
    "150420",
    "020388",
    "461000016009",
    "101042",
)
"""What is somebody's, and in none of the case."""


def words(raw: str) -> Entry[str]:
    """What can't be read: somebody wrote more than the value."""
    return Entry(None, raw)


def code(value: str, raw: str = "") -> Entry[str]:
    """A code, as it stood in a file."""
    return Entry(value, raw or value)


def observed(key: str, variable: str, value: Entry[Decimal | str], subject: str = "") -> Observation:
    """An observation of a person."""
    return Observation(key, code(variable), code(subject or f"barn {CHILD}"), value)


def real_family() -> Family:
    """A family with much in it that must not go along."""
    child, mother = f"barn {CHILD}", f"mor {MOTHER}"
    people = (
        Citizen(child, True, code(CHILD), code("461000016009"), name=code("Rosa Hemmelig")),
        Citizen(mother, False, code(MOTHER), code("461000016009"), name=code("Mia"), kin=code("mother")),
    )
    first = Visit(
        f"besøg Rosa {CHILD}",
        code(child),
        code(TYPE["maternity"], "Barsel hos Rosa"),
        code("HH", "Hjemme på Ringvejen"),
        start=Entry(datetime(2020, 4, 20, 8, 30, tzinfo=UTC), "20.4 hos Rosa"),
        end=Entry(datetime(2020, 4, 20, 9, 30, tzinfo=UTC), "9.30"),
        observations=(
            observed("1", "weight", Entry(Decimal("3.45"), "3,45 kg Rosa"), ""),
            observed("2", "feeding", words("Rosa får bryst")),
            observed("3", "parent-relationship", words("")),
            observed("4", "sleep", words("sover"), f"far {OTHER}"),
        ),
        interventions=(Intervention("I Rosa", code(child), code("ukendt kode Solskolen"), (words("Ringvejen"),)),),
    )
    first = replace(first, observations=(replace(first.observations[0], unit=code("kg")), *first.observations[1:]))
    second = Visit(
        "V2",
        code(child),
        code(TYPE["2-months"]),
        words("hos Solskolen"),
        start=Entry(date(2020, 6, 15), "15.6.2020"),
        school=code("S101042", "Solskolen"),
        based_on=(code("I Rosa"),),
        observations=(
            observed("5", "height", Entry(Decimal("57.5"), "57.5")),
            Observation("6", code("feeding"), code(child), code(BREAST), start=Entry(date(2020, 4, 15)),
                        end=Entry(date(2020, 5, 20)), is_period=True),
            Observation("7", code("sleep"), code(child), missing_reason=code("asked-unknown")),
        ),
        responses=(
            QuestionnaireResponse("Q", code("epds"), code(mother), answers=(
                Answer(code("1humor"), Entry(2, "2")), Answer(code("2happiness"), words("Rosa"))
            )),
        ),
    )  # fmt: skip
    later = replace(second, key="V3", start=Entry(date(2020, 9, 1), "1.9.2020"))
    strange = Visit("V0", code(f"far {OTHER}"), words("Rosa"), start=words("en tirsdag i Solskolen"))
    gone = replace(first, key="V9", status=code("entered-in-error"))
    tie = Parenthood("T", code(mother), code(child))
    return Family(f"F {CHILD}", people, (tie,), visits=(later, second, strange, gone, first))


def begun(days: int = -70, asked: frozenset[str] = frozenset(("V2",))) -> tuple[Case, tuple[LeftOut, ...]]:
    """The case of that family."""
    family = real_family()
    return begin_case(family, asked, proposed_names(family, STANDARD), days, STANDARD)


def test_nothing_of_anybody_is_in_the_file(tmp_path: Path) -> None:
    case, _ = begun()
    case = replace(case, title=Text("Ny", ""), trains=Text("Noget", ""), story=Text("En historie", ""))
    written = write_case(case, tmp_path, STANDARD)
    assert written.faults == ()
    assert written.path is not None
    text = written.path.read_text(encoding="utf-8")
    assert [one for one in SECRET if one.casefold() in text.casefold()] == []
    assert case_in(text.encode(), "a.yaml", STANDARD)[1] == ()


def test_what_is_known_goes_along_and_what_is_before_is_there_already() -> None:
    case, _ = begun()
    (before,), (visit,) = case.before, case.visits
    assert (before.type, before.start, visit.type, visit.start) == (
        "maternity", "2020-02-10 10:30", "2-months", "2020-04-06",
    )  # fmt: skip
    told = {(one.asked or one.questionnaire): one for one in before.key}
    assert (told["weight"].answer, told[VISIT_END].answer) == ("3,45 kg", "2020-02-10 11:30")
    assert told["weight"].why.da
    key = {one.asked or one.questionnaire: one for one in visit.key}
    assert key.keys() == {VISIT_SCHOOL, "height", "feeding", "sleep", "epds"}
    assert key["height"].answer == "57,5"
    assert (key["feeding"].since, key["feeding"].until) == ("2020-02-05", "2020-03-11")
    assert key["sleep"].missing
    assert key["epds"].answers == {"1humor": "2"}
    assert key["epds"].about == case.people[1].id
    whole = journal_of(case, STANDARD, Part.ALL)
    assert {one.outcome for one in compared(case, whole, STANDARD)} == {Outcome.RIGHT}
    assert case_of(whole, case, STANDARD) == case


def test_what_stays_behind_is_told() -> None:
    _, left_out = begun()
    first = f"besøg Rosa {CHILD}"
    assert sorted(left_out) == sorted(
        [
            *(LeftOut(first, asked) for asked in ("feeding", "sleep", "intervention.code", "intervention.code")),
            LeftOut("V2", "visit.class"),
            LeftOut("V2", "epds"),
            LeftOut("V2", VISIT_INTERVENTIONS),
        ]
    )
    _, left_out = begun(asked=frozenset(("V0",)))
    assert LeftOut("V0", VISIT_TYPE) in left_out


def test_what_no_form_asks_at_a_visit_stays_behind_and_what_was_withdrawn_is_not_missed() -> None:
    family = real_family()
    (second,) = (one for one in family.visits if one.key == "V2")
    more = (
        observed("8", VISIT_TYPE, code("x")),
        observed("9", "nothing-known", Entry(Decimal(1), "1")),
        replace(observed("10", "weight", Entry(Decimal(5000), "5000")), status=code("entered-in-error")),
    )
    yes = next(
        (one.id, item.link_id) for one in STANDARD.questionnaires for item in one.items if item.type == "boolean"
    )
    answers = QuestionnaireResponse(
        "B", code(yes[0]), code(second.subject.value or ""), answers=(Answer(code(yes[1]), Entry(True, "Ja")),)
    )
    responses = (*second.responses, answers)
    changed = replace(second, observations=(*second.observations, *more), responses=responses)
    family = replace(family, visits=(changed,))
    case, left_out = begin_case(family, frozenset(("V2",)), proposed_names(family, STANDARD), -7, STANDARD)
    asked = [one.asked for one in left_out]
    assert asked.count(VISIT_TYPE) == asked.count("nothing-known") == 1
    assert "weight" not in asked
    (key,) = (one.answers for one in case.visits[0].key if one.questionnaire == yes[0])
    assert key == {yes[1]: "ja"}


def test_people_are_others_and_a_child_is_as_old_as_it_was() -> None:
    case, _ = begun()
    child, mother = case.people
    assert birth_date(child.cpr) == date(2020, 4, 15) - timedelta(70)
    assert sex_of(child.cpr) is sex_of(CHILD)
    born = birth_date(mother.cpr)
    assert born is not None
    assert born.year == 1988
    assert mother.name not in ("Mia", "")
    assert {child.cpr, mother.cpr} & set(SECRET) == set()
    stays, _ = begun(days=0)
    assert birth_date(stays.people[0].cpr) == date(2020, 4, 15)
    assert stays.people[0].cpr != CHILD


def test_without_a_day_of_birth_somebody_has_to_write_a_number() -> None:
    family = real_family()
    people = tuple(replace(one, cpr=words("ikke kendt"), kin=Entry()) for one in family.citizens)
    family = replace(family, citizens=(*people, *(replace(people[1], key=f"x{at}") for at in range(9))))
    names = proposed_names(family, STANDARD)
    assert len(set(names.values())) == len(names) == 11
    case = begin_case(family, frozenset(("V2",)), names, -7, STANDARD).case
    assert {one.cpr for one in case.people} == {""}
    assert len({one.id for one in case.people}) == 11


def test_a_family_is_moved_by_whole_weeks_and_never_out_of_the_calendar() -> None:
    assert {days_back() % 7 for _ in range(20)} == {0}
    assert all(-365 < days_back() < 0 for _ in range(20))
    assert moved(date(1, 1, 2), -7) is None
    family = real_family()
    early = tuple(replace(one, start=Entry(date(1, 1, 2), "0001-01-02")) for one in family.visits)
    case = begin_case(replace(family, visits=early), frozenset(("V2",)), proposed_names(family, STANDARD), -7, STANDARD)
    assert (case.case.visits, case.case.before) == ((), ())


@pytest.mark.parametrize("id", sorted(CASES))
def test_the_family_of_every_case_becomes_a_case(id: str, tmp_path: Path) -> None:
    case = CASES[id]
    (family,) = journal_of(case, STANDARD, Part.ALL).families
    asked = frozenset(one.id for one in case.visits)
    made, left_out = begin_case(family, asked, {one.id: one.name for one in case.people}, 0, STANDARD)
    assert left_out == ()
    assert [one.type for one in made.visits] == [one.type for one in case.visits]
    whole = journal_of(made, STANDARD, Part.ALL)
    assert {one.outcome for one in compared(made, whole, STANDARD)} == {Outcome.RIGHT}
    words_ = replace(made, title=Text("T", "T"), trains=Text("T", "T"), story=Text("S", "S"))
    assert write_case(words_, tmp_path, STANDARD).path is not None
