"""Another passphrase, another file, and what was delivered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.journal.instances import Instance
from tests.unit.casefile.some_journal import PASSPHRASE, journal, with_weight

OTHER_PASSPHRASE = "fire store krukker"  # noqa: S105
NOON = datetime(2021, 10, 6, 12, tzinfo=timezone(timedelta(hours=2)))


def test_another_passphrase(case: CaseFile) -> None:
    case.save(with_weight(case.journal, "4300"), "a")
    case.remember_delivery({"K0-1": {"1": Instance("B1", b"{}")}}, NOON)
    case.change_passphrase(OTHER_PASSPHRASE)
    case.save(with_weight(case.journal, "4400"), "b")
    expected, delivered = case.journal, case.delivered
    case.close()
    with pytest.raises(FileFault) as raised:
        CaseFile.open(case.path, PASSPHRASE)
    assert raised.value.key == "case-wrong-passphrase"
    again = CaseFile.open(case.path, OTHER_PASSPHRASE)
    assert again.journal == expected
    assert again.delivered == delivered
    again.undo()
    assert again.undo() == journal()
    again.close()
    assert [path.name for path in case.path.parent.iterdir()] == [case.path.name]


def test_a_passphrase_that_is_too_short_changes_nothing(case: CaseFile) -> None:
    with pytest.raises(CallFault):
        case.change_passphrase("kort")
    assert case.save(with_weight(case.journal, "4300"))
    case.close()
    CaseFile.open(case.path, PASSPHRASE).close()


def test_two_files_with_one_passphrase_have_two_keys() -> None:
    one, other = CaseKey.new(PASSPHRASE), CaseKey.new(PASSPHRASE)
    assert one.salt != other.salt
    assert one.secret != other.secret
    assert one.secret.hex() not in repr(one)


def test_a_copy_has_all_and_goes_its_own_way(case: CaseFile, tmp_path: Path) -> None:
    case.save(with_weight(case.journal, "4300"), "a")
    case.remember_delivery({"K0-1": {"1": Instance("B1", b"{}")}}, NOON)
    copy = case.save_as(tmp_path / "kopi.ldbu", OTHER_PASSPHRASE)
    assert copy.journal is case.journal
    assert copy.delivered == case.delivered
    changed = with_weight(copy.journal, "9000", place=1)
    assert copy.save(changed, "b")
    assert case.journal != changed
    assert case.save(with_weight(case.journal, "4500"), "c")
    copy.close()
    again = CaseFile.open(tmp_path / "kopi.ldbu", OTHER_PASSPHRASE)
    assert again.journal == changed
    again.undo()
    assert again.undo() == journal()
    again.close()


def test_deliveries_are_remembered_and_not_undone(case: CaseFile) -> None:
    assert case.delivered == {}
    case.save(with_weight(case.journal, "4300"), "a")
    visit, observation = Instance("K0-1", b"a"), Instance("K0-1/sleep", b"b")
    case.remember_delivery({"K0-1": {"1": visit, "2": observation}, "K0-2": {}}, NOON)
    case.undo()
    later = datetime(2021, 10, 8, tzinfo=UTC)
    case.remember_delivery({"K0-1": {"1": visit._replace(said=b"c")}}, later)
    case.close()
    case = CaseFile.open(case.path, PASSPHRASE)
    first, second = case.delivered["K0-1"], case.delivered["K0-2"]
    assert (first.time, second.time) == (later, NOON)
    assert first.resources == {"1": Instance("K0-1", b"c", 2), "2": observation._replace(number=1)}
    assert second.resources == {}
    case.close()
