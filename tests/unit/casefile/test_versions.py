"""Case files of earlier versions open in this one, with all that is in them; the way back is bounded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from ldbu_desktop.casefile import schema, steps
from ldbu_desktop.casefile.beginning import salt_of
from ldbu_desktop.casefile.case_file import CaseFile
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.state import written
from ldbu_desktop.editing.families import with_description
from ldbu_desktop.faults import Fault
from ldbu_desktop.journal.fields import CITIZEN_NAME
from ldbu_desktop.journal.model import Journal
from tests.unit.casefile.some_journal import PASSPHRASE, journal, with_weight

VERSION_1 = """
CREATE TABLE piece (id INTEGER PRIMARY KEY, data BLOB NOT NULL)
CREATE TABLE step (number INTEGER PRIMARY KEY, root INTEGER NOT NULL, label TEXT NOT NULL, time TEXT NOT NULL, \
added BLOB NOT NULL, replaced BLOB NOT NULL)
CREATE TABLE at_step (one INTEGER PRIMARY KEY CHECK (one = 1), number INTEGER NOT NULL)
PRAGMA application_id = 1279541845
PRAGMA user_version = 1
"""


def write_version_1(path: Path, states: list[Journal]) -> None:
    """Write a case file as version 1 of the tables had it, with these states one after the other."""
    path.write_bytes(b"")
    database = Database(path, CaseKey.new(PASSPHRASE), path.name)
    for statement in VERSION_1.strip().splitlines():
        database.execute(statement)
    before = None
    for number, one in enumerate(states):
        added: list[int] = []

        def put(data: bytes, added: list[int] = added) -> int:
            added.append(database.insert("INSERT INTO piece (data) VALUES (?)", (data,)))
            return added[-1]

        after = written(one, before, put)
        values = (number, after.piece, f"step {number}", "2026-01-02T03:04:05+00:00")
        lists = (msgspec.msgpack.encode(added), msgspec.msgpack.encode(list(after.replaced)))
        database.execute("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?)", (*values, *lists))
        before = after
    database.execute("INSERT INTO at_step VALUES (1, ?)", (len(states) - 1,))
    database.close()


def version_of(path: Path) -> int:
    """The version of the tables of a case file that is closed."""
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), path.name)
    (version,) = database.row("PRAGMA user_version")
    database.close()
    return int(version)


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, list[Journal]]:
    """A case file of version 1, and the states that it remembers."""
    states = [journal()]
    for grams in ("4300", "4400"):
        states.append(with_weight(states[-1], grams))
    write_version_1(tmp_path / "sag.ldbu", states)
    return tmp_path / "sag.ldbu", states


def test_a_case_file_of_version_1(old: tuple[Path, list[Journal]]) -> None:
    path, states = old
    assert version_of(path) == 1
    case = CaseFile.open(path, PASSPHRASE)
    assert case.journal == states[2]
    assert case.to_undo is not None
    assert case.to_undo.label == "step 2"
    assert case.delivered == {}
    last = with_weight(states[2], "4500")
    case.save(last, "step 3")
    for state in reversed(states):
        assert case.undo() == state
    assert case.undo() is None
    case.close()
    assert version_of(path) == schema.CASE.version
    CaseFile.open(path, PASSPHRASE).close()


def as_version(path: Path, version: int) -> None:
    """Make a case file one of an earlier version, before there were checksums."""
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), path.name)
    database.execute("ALTER TABLE piece DROP COLUMN checksum")
    database.execute("DROP TABLE log_state")
    database.execute(f"PRAGMA user_version = {version}")
    database.close()


def test_a_case_file_of_version_3_opens_without_names(tmp_path: Path) -> None:
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal()).close()
    as_version(path, 3)
    case = CaseFile.open(path, PASSPHRASE)
    assert case.journal == journal()
    named = with_description(case.journal, "B0", "B0", CITIZEN_NAME, "Emma")
    case.save(named, "name")
    case.close()
    assert version_of(path) == schema.CASE.version
    case = CaseFile.open(path, PASSPHRASE)
    assert case.journal == named
    assert case.undo() == journal()
    case.close()


def test_an_earlier_program_does_not_read_what_has_parts_that_it_does_not_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, with_description(journal(), "B0", "B0", CITIZEN_NAME, "Emma")).close()
    earlier = replace(schema.CASE, migrations=schema.CASE.migrations[:2])
    monkeypatch.setattr(Database.__init__, "__defaults__", (earlier, None))
    with pytest.raises(Fault) as raised:
        CaseFile.open(path, PASSPHRASE)
    assert raised.value.key == "case-newer-version"


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    old: tuple[Path, list[Journal]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, states = old
    with monkeypatch.context() as broken:
        worse = replace(schema.CASE, migrations=(*schema.CASE.migrations, "CREATE TABLE piece (id)"))
        broken.setattr(Database.__init__, "__defaults__", (worse, None))
        with pytest.raises(Fault):
            CaseFile.open(path, PASSPHRASE)
    assert version_of(path) == 1
    case = CaseFile.open(path, PASSPHRASE)
    assert case.journal == states[2]
    case.close()


def tables_of(path: Path) -> list[str]:
    """How the tables of a case file that is closed were made, without white space."""
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), path.name)
    rows = database.execute("SELECT sql FROM sqlite_schema ORDER BY name")
    database.close()
    return ["".join(str(sql).split()) for (sql,) in rows]


def test_a_new_case_file_has_the_tables_of_a_migrated_one(old: tuple[Path, list[Journal]], tmp_path: Path) -> None:
    path, _ = old
    CaseFile.open(path, PASSPHRASE).close()
    CaseFile.create(tmp_path / "ny.ldbu", PASSPHRASE).close()
    assert tables_of(path) == tables_of(tmp_path / "ny.ldbu")


# --- how far the way back goes


def pieces_in(path: Path) -> int:
    """How many pieces are in a case file that is closed."""
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), path.name)
    (count,) = database.row("SELECT count(*) FROM piece")
    database.close()
    return int(count)


def typed(case: CaseFile, fields: int) -> list[Journal]:
    """The states after so many fields."""
    states = [case.journal]
    for number in range(fields):
        states.append(with_weight(states[-1], str(3000 + number), place=number % 2))
        case.save(states[-1], str(number))
    return states


def test_so_many_steps_can_be_undone(case: CaseFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "MOST_STEPS", 4)
    states = typed(case, 10)
    case.close()
    case = CaseFile.open(case.path, PASSPHRASE)
    for state in reversed(states[-5:-1]):
        assert case.undo() == state
    assert case.undo() is None
    for state in states[-4:]:
        assert case.redo() == state
    case.close()
    # A state has 11 pieces, and each of the four others three: a visit, its family and the root.
    assert pieces_in(case.path) == 11 + 4 * 3


@pytest.mark.parametrize(("most", "undone"), [(0, 1), (1500, 3)])
def test_so_much_is_kept_for_the_way_back(
    case: CaseFile, monkeypatch: pytest.MonkeyPatch, most: int, undone: int
) -> None:
    monkeypatch.setattr(steps, "MOST_BYTES", most)
    states = typed(case, 10)
    for state in reversed(states[-1 - undone : -1]):
        assert case.undo() == state
    assert case.undo() is None
    case.close()
    assert pieces_in(case.path) == 11 + undone * 3


def test_pieces_of_what_was_undone_are_gone_once_something_else_is_done(case: CaseFile) -> None:
    typed(case, 5)
    for _ in range(4):
        case.undo()
    case.save(with_weight(case.journal, "9999"), "other")
    case.close()
    assert pieces_in(case.path) == 11 + 2 * 3
