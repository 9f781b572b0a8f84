"""What is other between two journals, and where to look."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.editing.change import Change, Topic, answered_between, change_between
from ldbu_desktop.editing.families import with_child, with_family
from ldbu_desktop.editing.visits import without_visit
from ldbu_desktop.journal.model import Family, Journal
from ldbu_desktop.journal.where import WHOLE_JOURNAL, Where
from tests.unit.editing.filled_family import (
    CHILD,
    FAMILY,
    STANDARD,
    family_of,
    place,
    visit_journal,
    visit_of,
    visited,
    with_answers,
)

VISIT = visit_of(visit_journal()).key


def three() -> Journal:
    """A family with a visit, and two without."""
    journal = visit_journal()
    for key in ("2-g", "3-h"):
        journal, _ = with_family(journal, STANDARD, lambda key=key: key)  # type: ignore[misc]
    return journal


def test_nothing_is_other_in_the_same_and_in_what_says_the_same() -> None:
    journal = three()
    assert change_between(journal, journal) == Change()
    again = replace(journal, families=tuple(replace(family) for family in journal.families))
    assert change_between(journal, again, Where(FAMILY)).is_nothing


def test_the_first_record_that_is_other_is_looked_at() -> None:
    journal = three()
    answered = with_answers(journal, (place("weight"), "5250"))
    at = Where(FAMILY, VISIT, f"{VISIT}/weight", "", "weight")
    expected = Change(frozenset({FAMILY}), frozenset({VISIT}), at)
    assert change_between(journal, answered) == expected
    assert change_between(answered, journal) == expected
    assert change_between(journal, with_answers(journal, (place("visit.class"), "AMB"))).where == Where(FAMILY, VISIT)
    more = with_answers(answered, (place("visit.class"), "AMB"), (place("height"), "57"))
    assert change_between(answered, more).where.variable == "height"
    moved = with_answers(answered, (place("visit.class"), "AMB"))
    assert change_between(answered, moved).where == Where(FAMILY, VISIT)
    two, later = visited(answered, "4-6-months")
    assert change_between(answered, two) == Change(frozenset({FAMILY}), frozenset({later}), Where(FAMILY, later), True)


def test_what_came_and_what_went() -> None:
    journal = three()
    gone = change_between(journal, without_visit(journal, FAMILY, VISIT))
    assert gone == Change(frozenset({FAMILY}), frozenset({VISIT}), Where(FAMILY), True)
    without = replace(journal, families=journal.families[1:])
    assert change_between(journal, without) == Change(frozenset({FAMILY}), frozenset({VISIT}), WHOLE_JOURNAL, True)
    back = change_between(without, journal)
    assert (back.families, back.where) == ({FAMILY}, Where(FAMILY, VISIT))


def test_one_that_stays_between_others_is_not_told() -> None:
    journal = three()
    more, _ = with_child(replace(journal, families=journal.families[1:]), "3-h", STANDARD)
    change = change_between(journal, more)
    assert (change.families, change.where) == ({FAMILY, "3-h"}, Where("3-h"))


def test_families_that_change_their_places_say_the_same_and_stand_elsewhere() -> None:
    journal = three()
    turned = replace(journal, families=journal.families[::-1])
    change = change_between(journal, turned)
    assert (change.families, change.is_regrouped, change.is_nothing) == (frozenset(), True, False)


def test_two_files_may_have_the_same_key() -> None:
    twice = Journal((Family("f", ()), Family("f", ())))
    less = replace(twice, families=twice.families[:1])
    assert change_between(twice, less).families == {"f"}
    assert change_between(less, twice).is_regrouped


def answered(before: Journal, after: Journal, visit: str = VISIT) -> frozenset[Topic] | None:
    """What is answered otherwise in the first family."""
    return answered_between(family_of(before), family_of(after), visit)


def test_what_is_answered_otherwise_is_told_by_what_it_is_about() -> None:
    journal = visit_journal()
    assert answered(journal, journal) == frozenset()
    more = with_answers(journal, (place("weight"), "5250"), (place("height"), "57"))
    assert answered(journal, more) == {Topic("weight", CHILD), Topic("height", CHILD)}
    other = with_answers(more, (place("weight"), "5300"))
    assert answered(more, other) == {Topic("weight", CHILD)}
    asked = with_answers(more, (place(questionnaire="epds", link_id="1humor"), "1"))
    assert answered(more, asked) == {Topic("epds", CHILD)}
    assert answered(asked, more) == {Topic("epds", CHILD)}


def test_where_more_than_answers_is_other_it_is_not_told_by_them() -> None:
    journal = visit_journal()
    assert answered(journal, with_answers(journal, (place("visit.class"), "AMB"))) is None
    two, later = visited(journal, "4-6-months")
    assert answered(journal, two) is None
    more = with_answers(two, (place("weight"), "5250"))
    assert answered(two, more) == {Topic("weight", CHILD)}
    assert answered(two, more, later) is None
    elsewhere = replace(family_of(journal), citizens=())
    assert answered_between(family_of(journal), elsewhere, VISIT) is None
