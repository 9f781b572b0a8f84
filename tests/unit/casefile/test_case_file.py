"""A case file: what is saved is what opens, and what was done can be undone, now and after it was closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.encoding import encoded
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.model import Journal
from tests.unit.casefile.some_journal import PASSPHRASE, family, journal, visit, with_weight


def opened(case: CaseFile) -> CaseFile:
    """The case file closed and opened again."""
    case.close()
    return CaseFile.open(case.path, PASSPHRASE)


def same(left: Journal, right: Journal) -> bool:
    """Whether two journals say the same, to the digit."""
    return left == right and encoded(left) == encoded(right)


def test_what_is_made_is_what_opens(case: CaseFile) -> None:
    again = opened(case)
    assert same(again.journal, journal())
    assert again.to_undo is None
    assert again.to_redo is None
    again.close()


def test_an_empty_journal_is_a_case_too(tmp_path: Path) -> None:
    case = CaseFile.create(tmp_path / "tom.ldbu", PASSPHRASE)
    assert case.journal == Journal()
    assert case.save(journal(1), "første familie")
    again = opened(case)
    assert same(again.journal, journal(1))
    again.close()


def test_what_is_saved_is_what_opens(case: CaseFile) -> None:
    changed = with_weight(case.journal, "4350.0")
    assert case.save(changed, "weight")
    assert case.journal is changed
    again = opened(case)
    assert same(again.journal, changed)
    again.close()


def test_nothing_is_saved_where_nothing_is_other(case: CaseFile) -> None:
    assert not case.save(case.journal, "same object")
    copied = journal()
    assert copied is not case.journal
    assert not case.save(copied, "another object that says the same")
    assert case.to_undo is None
    changed = with_weight(copied, "4200.0")
    assert case.save(changed, "the same number, written with another digit")
    assert case.to_undo is not None


def test_families_and_visits_come_and_go(case: CaseFile) -> None:
    before = case.journal
    more = replace(before, families=(family("ny", visit("K9")), *before.families))
    fewer = replace(more, families=(more.families[0], *more.families[2:]), reports=(), system="others")
    for one, label in ((more, "more"), (fewer, "fewer")):
        assert case.save(one, label)
    again = opened(case)
    assert same(again.journal, fewer)
    assert again.to_undo is not None
    assert again.to_undo.label == "fewer"
    assert same(again.undo() or Journal(), more)
    assert same(again.undo() or Journal(), before)
    assert again.undo() is None
    again.close()


def test_undo_and_redo_go_on_after_it_was_closed(case: CaseFile) -> None:
    states = [case.journal]
    for grams in ("4300", "4400", "4500"):
        states.append(with_weight(states[-1], grams))
        case.save(states[-1], grams)
    case = opened(case)
    for label, state in (("4500", states[2]), ("4400", states[1])):
        assert case.to_undo is not None
        assert case.to_undo.label == label
        assert same(case.undo() or Journal(), state)
    case = opened(case)
    assert same(case.journal, states[1])
    assert case.to_redo is not None
    assert case.to_redo.label == "4400"
    assert same(case.redo() or Journal(), states[2])
    assert same(case.redo() or Journal(), states[3])
    assert case.redo() is None
    case.close()


def test_undone_steps_are_gone_once_something_else_is_done(case: CaseFile) -> None:
    first = case.journal
    case.save(with_weight(first, "4300"), "a")
    case.undo()
    other = with_weight(case.journal, "9999", place=1)
    assert case.save(other, "b")
    assert case.redo() is None
    assert same(case.undo() or Journal(), first)
    assert same(case.redo() or Journal(), other)


def test_undo_gives_the_same_objects_for_what_is_alike(case: CaseFile) -> None:
    case.save(with_weight(case.journal, "4300"), "a")
    now = case.journal
    before = case.undo()
    assert before is not None
    assert before.families[1:] == now.families[1:]
    assert all(one is other for one, other in zip(before.families[1:], now.families[1:], strict=True))
    assert before.families[0].visits[1] is now.families[0].visits[1]
    assert before.reports is now.reports


def test_records_that_stand_twice(case: CaseFile) -> None:
    twin, many = family("x", visit("K"), visit("K")), visit("K")
    twice = Journal((twin, twin, replace(twin), family("x", many, many), family("y", many)))
    case.save(twice, "twice")
    case.save(replace(twice, families=twice.families[1:]), "once less")
    case.save(replace(twice, families=(family("x", many), twice.families[4])), "fewer")
    expected = case.journal
    again = opened(case)
    assert same(again.journal, expected)
    again.undo()
    assert same(again.undo() or Journal(), twice)
    again.close()


def test_a_case_file_takes_the_place_of_another(tmp_path: Path) -> None:
    for families in (3, 1):
        CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal(families)).close()
    again = CaseFile.open(tmp_path / "sag.ldbu", PASSPHRASE)
    assert same(again.journal, journal(1))
    again.close()
    assert [path.name for path in tmp_path.iterdir()] == ["sag.ldbu"]


@pytest.mark.parametrize(("name", "passphrase", "key"), [
    ("sag.ldbu", "kort", "case-passphrase-short"),
    ("sag.ldbu", "elleve tegn", "case-passphrase-short"),
    ("sag.ldbu", "sundhedsplejerske", "case-passphrase-common"),
    ("sag.ldbu", "aaaaaaaaaaaaaaaa", "case-passphrase-common"),
    ("sag.ldbu", "123456789012", "case-passphrase-common"),
    ("sag.ldbu", "Adgangskode123", "case-passphrase-common"),
    ("barn 050520-9996.ldbu", PASSPHRASE, "case-name-personal"),
])  # fmt: skip
def test_a_case_file_that_is_not_made(tmp_path: Path, name: str, passphrase: str, key: str) -> None:
    with pytest.raises(Fault) as raised:
        CaseFile.create(tmp_path / name, passphrase)
    assert raised.value.key == key
    assert "9996" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_is_the_same_however_its_letters_are_made(tmp_path: Path) -> None:
    CaseFile.create(tmp_path / "sag.ldbu", "blåbærgrød med fløde", journal(1)).close()
    again = CaseFile.open(tmp_path / "sag.ldbu", "bla\u030abærgrød med fløde")
    assert same(again.journal, journal(1))
    again.close()
