"""Case files that were damaged: told, never opened as something else, and what is whole is rescued."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
import sqlcipher3.dbapi2 as sqlcipher
from msgspec.structs import replace

from ldbu_desktop.casefile import key, state
from ldbu_desktop.casefile.beginning import logs_of, salt_of
from ldbu_desktop.casefile.case_file import CaseFile, journal_of, read_copy
from ldbu_desktop.casefile.database import Database
from ldbu_desktop.casefile.encoding import encoded
from ldbu_desktop.casefile.key import CaseKey
from ldbu_desktop.casefile.rescue import rescue
from ldbu_desktop.casefile.schema import checksum
from ldbu_desktop.casefile.state import salvaged, written
from ldbu_desktop.casefile.work_file import WorkFile
from ldbu_desktop.faults import Fault, FileFault, OutputFault
from ldbu_desktop.journal.instances import Instance
from ldbu_desktop.journal.model import Entry, Journal, Origin
from ldbu_desktop.work import Cancellation
from tests.profiles import each, landing, some
from tests.unit.casefile.some_journal import PASSPHRASE, family, journal, said, visit, with_weight

PAGE = 4096
FAMILIES = 40
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def delivered() -> dict[str, dict[str, Instance]]:
    """What was sent of some visits."""
    return {f"K{n}-1": {f"id{n}": Instance(f"K{n}-1", b'{"a":"%s"}' % (b"x" * 900))} for n in range(9)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, quick_keys: int) -> tuple[bytes, Journal]:
    """The bytes of a case file with steps and deliveries, and the journal in it."""
    path = tmp_path_factory.mktemp("whole") / "sag.ldbu"
    case = CaseFile.create(path, PASSPHRASE, journal(FAMILIES))
    for number in range(5):
        case.save(with_weight(case.journal, str(3000 + number), number), str(number))
    case.remember_delivery(delivered(), NOON)
    expected = case.journal
    case.close()
    return path.read_bytes(), expected


def pages(content: bytes) -> Sequence[int]:
    """The numbers of the pages, from 0: some, or all in the long profile; the first and the last always."""
    count = len(content) // PAGE
    return sorted({0, 1, count - 1, *some(range(count), 4)})


def flipped(content: bytes, place: int) -> bytes:
    """The bytes with one bit other."""
    damaged = bytearray(content)
    damaged[place] ^= 1
    return bytes(damaged)


def fault_of(path: Path) -> str:
    """The key of the fault with which a case file does not open; as a copy it does not either."""
    with pytest.raises(Fault) as raised:
        CaseFile.open(path, PASSPHRASE)
    with pytest.raises(Fault) as read:
        read_copy(path, PASSPHRASE)
    assert read.value.key == raised.value.key
    return raised.value.key


def rescued(path: Path) -> tuple[Journal, int]:
    """The journal that is rescued, which opens again, and how much of it was lost."""
    found = rescue(path, PASSPHRASE, path.with_name("reddet.ldbu"))
    assert found.case.journal == found.salvage.journal
    found.case.close()
    salvage = found.salvage
    return salvage.journal, salvage.lost_families + salvage.lost_visits + salvage.lost_lists


@landing("single pages are damaged in every run")
def test_every_page_that_is_damaged_is_told_and_the_rest_is_rescued(
    tmp_path: Path, whole: tuple[bytes, Journal]
) -> None:
    content, expected = whole
    path = tmp_path / "sag.ldbu"
    known = {each.key for one in expected.families for each in one.visits}
    for page in pages(content):
        path.write_bytes(flipped(content, page * PAGE + 2000))
        assert fault_of(path) == "case-damaged"
        found, lost = rescued(path)
        assert len(found.families) > FAMILIES // 2
        assert lost > 0 or len(found.families) == len(expected.families)
        # All that is rescued is as it was last, or is said to be of another time.
        for one in found.families:
            assert all(each.key in known for each in one.visits)


def test_a_damaged_salt_can_only_be_told_as_another_passphrase(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(flipped(whole[0], 12))
    assert fault_of(path) == "case-wrong-passphrase"
    with pytest.raises(FileFault) as raised:
        rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert raised.value.key == "case-wrong-passphrase"
    path.write_bytes(whole[0][:4] + b"\x02\x00\x00" + whole[0][7:])
    assert fault_of(path) == "case-damaged"


def test_a_file_that_ends_too_early_is_told_and_what_is_there_is_rescued(
    tmp_path: Path, whole: tuple[bytes, Journal]
) -> None:
    content, _ = whole
    path = tmp_path / "sag.ldbu"
    for page in pages(content)[1:]:
        for length in (page * PAGE, page * PAGE + 1, page * PAGE + PAGE - 1):
            path.write_bytes(content[:length])
            assert fault_of(path) in ("case-damaged", "case-truncated")
    path.write_bytes(content[: len(content) // 2])
    assert len(rescued(path)[0].families) > 0
    path.write_bytes(content[:PAGE])
    with pytest.raises(FileFault) as raised:
        rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert raised.value.key == "case-wrong-passphrase"


def test_a_rescue_has_what_was_delivered_and_can_be_stopped(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    content, expected = whole
    path = tmp_path / "sag.ldbu"
    path.write_bytes(flipped(content, 2000))  # the page that says where all others are
    found = rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert found.case.journal == expected
    assert {visit: set(one.resources) for visit, one in found.case.delivered.items()} == {
        visit: set(one) for visit, one in delivered().items()
    }
    assert {one.time for one in found.case.delivered.values()} == {NOON}
    assert not found.salvage.is_whole  # which state was the last is not known
    found.case.close()
    stopped = Cancellation()
    stopped.cancel()
    with pytest.raises(Fault) as raised:
        rescue(path, PASSPHRASE, tmp_path / "igen.ldbu", cancellation=stopped)
    assert raised.value.key == "cancelled"
    assert not (tmp_path / "igen.ldbu").exists()
    assert path.read_bytes() == flipped(content, 2000)


def test_of_what_was_sent_the_latest_is_rescued_wherever_earlier_instances_are_left(
    tmp_path: Path, whole: tuple[bytes, Journal]
) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    earlier = "(visit, id, key, said, number, PRIMARY KEY (visit, id)) WITHOUT ROWID"
    changed(
        path,
        (f"CREATE TABLE left_over {earlier}", ()),
        ("INSERT INTO left_over SELECT visit, id, key, x'7B7D', number - 1 FROM sent_resource", ()),
    )
    found = rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert {
        visit: {name: instance.said for name, instance in one.resources.items()}
        for visit, one in found.case.delivered.items()
    } == {visit: {name: instance.said for name, instance in one.items()} for visit, one in delivered().items()}
    found.case.close()


def test_a_rescue_of_a_file_that_is_whole_has_all(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    found = rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert found.case.journal == whole[1]
    assert found.salvage.is_whole
    found.case.close()


def test_a_rescue_asks_for_the_passphrase(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    with pytest.raises(FileFault) as raised:
        rescue(path, "noget helt andet", tmp_path / "reddet.ldbu")
    assert raised.value.key == "case-wrong-passphrase"


# --- what makes no sense on whole pages


def changed(path: Path, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Change what the tables of a closed case file hold."""
    database = Database(path, CaseKey.of(PASSPHRASE, salt_of(path)), path.name)
    for statement, values in statements:
        database.execute(statement, values)
    database.close()


PIECES = "UPDATE piece SET data = ?, checksum = ?"
NOTHING = b"\xc1"


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("UPDATE piece SET checksum = x'00' WHERE id = 1", ()),
        ("UPDATE piece SET data = zeroblob(9) WHERE id = 2", ()),
        (PIECES, (NOTHING, checksum(NOTHING))),
        (PIECES, (b"\x90", checksum(b"\x90"))),
        (PIECES, (encoded({"system": 1}), checksum(encoded({"system": 1})))),
        ("DELETE FROM piece WHERE id = (SELECT max(root) FROM step)", ()),
        ("DELETE FROM step", ()),
        ("UPDATE at_step SET number = 77", ()),
    ],
)
def test_what_makes_no_sense_is_damaged(
    tmp_path: Path, whole: tuple[bytes, Journal], statement: str, values: tuple[object, ...]
) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    changed(path, (statement, values))
    assert fault_of(path) == "case-damaged"


def test_a_part_that_is_not_known_is_of_a_newer_version(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    newer = encoded({"system": "x", "families": b"\x90", "reports": 1, "notes": 1, "sources": 1, "tomorrow": 1})
    changed(path, (PIECES, (newer, checksum(newer))))
    assert fault_of(path) == "case-newer-version"


def test_an_earlier_state_that_makes_no_sense_is_told_when_it_is_asked_for(
    tmp_path: Path, whole: tuple[bytes, Journal]
) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    bad = "UPDATE piece SET data = ?, checksum = ? WHERE id = (SELECT root FROM step WHERE number = 4)"
    changed(path, (bad, (NOTHING, checksum(NOTHING))))
    case = CaseFile.open(path, PASSPHRASE)
    with pytest.raises(FileFault) as raised:
        case.undo()
    assert raised.value.key == "case-damaged"
    with pytest.raises(FileFault):
        list(case.states())
    assert case.journal == whole[1]
    assert case.save(with_weight(case.journal, "4567"))
    case.close()


def test_a_rescue_without_any_root_has_the_latest_of_each_family(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    roots = "UPDATE piece SET data = ?, checksum = ? WHERE id IN (SELECT root FROM step)"
    changed(path, (roots, (NOTHING, checksum(NOTHING))))
    found = rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert not found.salvage.is_latest
    assert {family.key: family for family in found.case.journal.families} == {
        family.key: family for family in whole[1].families
    }
    found.case.close()
    changed(path, (PIECES, (NOTHING, checksum(NOTHING))))
    with pytest.raises(FileFault) as raised:
        rescue(path, PASSPHRASE, tmp_path / "intet.ldbu")
    assert raised.value.key == "case-nothing-whole"


# --- the log


@pytest.fixture
def killed(tmp_path: Path) -> tuple[Path, list[Journal]]:
    """A case file with a log as a killed window leaves them, in a folder of their own, and the states it had."""
    case = CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal(3))
    states = [case.journal]
    for number in range(6):
        states.append(with_weight(states[-1], str(3000 + number), number % 3))
        case.save(states[-1], str(number))
    folder = tmp_path / "killed"
    folder.mkdir()
    for path in tmp_path.iterdir():
        if path.is_file():
            shutil.copyfile(path, folder / path.name)
    case.close()
    return folder / "sag.ldbu", states


def warning_of(path: Path) -> tuple[str, Journal]:
    """What is told when a case file opens, told of a copy too, and its journal."""
    copy = read_copy(path, PASSPHRASE)
    case = CaseFile.open(path, PASSPHRASE)
    found = case.journal
    told = case.warning.key if case.warning is not None else ""
    assert copy.journal == found
    assert (copy.warning.key if copy.warning is not None else "") == told
    case.close()
    return told, found


def test_a_log_that_is_whole_is_taken_in_and_nothing_is_told(killed: tuple[Path, list[Journal]]) -> None:
    path, states = killed
    assert warning_of(path) == ("", states[-1])
    assert warning_of(path) == ("", states[-1])


def test_a_log_that_is_missing_is_told(killed: tuple[Path, list[Journal]]) -> None:
    path, states = killed
    logs_of(path)[0].unlink()
    told, found = warning_of(path)
    assert told == "case-saves-lost"
    assert found == states[0]
    assert warning_of(path)[0] == ""


def test_a_log_that_is_missing_beside_a_lone_copy_is_told(killed: tuple[Path, list[Journal]]) -> None:
    path, states = killed
    for other in path.parent.iterdir():
        if other != path:
            other.unlink()
    assert warning_of(path) == ("case-not-closed", states[0])


def test_a_wrong_passphrase_in_between_forgets_nothing(killed: tuple[Path, list[Journal]]) -> None:
    path, _ = killed
    logs_of(path)[0].unlink()
    with pytest.raises(FileFault):
        CaseFile.open(path, "noget helt andet")
    assert warning_of(path)[0] == "case-saves-lost"


def test_a_log_that_is_cut_or_damaged_anywhere_is_told_or_has_all(killed: tuple[Path, list[Journal]]) -> None:
    path, states = killed
    folder = path.parent
    whole = {one.name: one.read_bytes() for one in folder.iterdir()}
    log = whole["sag.ldbu-wal"]
    frame = PAGE + 24
    cuts = sorted({0, 20, 32, *(32 + n * frame + more for n in range(len(log) // frame) for more in (0, 9, frame - 1))})
    flips = [10, *(32 + n * frame + more for n in range(len(log) // frame) for more in (3, 30, 2000))]
    damaged = [log[:cut] for cut in some(cuts, 12)] + [flipped(log, place) for place in some(flips, 12)]
    for content in damaged:
        for name, known in whole.items():
            (folder / name).write_bytes(known)
        (folder / "sag.ldbu-wal").write_bytes(content)
        told, found = warning_of(path)
        assert found in states
        assert (told == "case-saves-lost") == (found != states[-1])


def test_what_another_file_of_the_same_name_said_is_not_taken_for_this_one(
    killed: tuple[Path, list[Journal]], tmp_path: Path
) -> None:
    path, _ = killed
    logs_of(path)[0].unlink()
    other = CaseFile.create(tmp_path / "anden.ldbu", PASSPHRASE, journal(1))
    other.close()
    shutil.copyfile(tmp_path / "anden.ldbu", path)
    assert warning_of(path) == ("", journal(1))


def test_corrections_whose_log_is_missing_or_that_are_damaged_are_told(tmp_path: Path) -> None:
    kept = WorkFile(tmp_path, b"content", "uge.xlsx")
    kept.keep(0, (b"a",))
    kept.keep(1, (b"b",))
    left = {one.name: one.read_bytes() for one in tmp_path.iterdir()}
    kept.close()
    log, _ = logs_of(kept.path)
    for name, content in left.items():
        (tmp_path / name).write_bytes(content)
    again = WorkFile(tmp_path, b"content", "uge.xlsx")
    assert (again.entries, again.warning) == ((b"a", b"b"), None)
    again.close()
    for name, content in left.items():
        (tmp_path / name).write_bytes(content)
    log.unlink()
    again = WorkFile(tmp_path, b"content", "uge.xlsx")
    assert again.warning is not None
    assert again.warning.key == "corrections-lost"
    again.close()
    again.path.write_bytes(flipped(again.path.read_bytes(), PAGE + 7))
    again = WorkFile(tmp_path, b"content", "uge.xlsx")
    assert again.warning is not None
    assert again.warning.key == "corrections-unreadable"
    again.close()


# --- keys of earlier versions


def test_a_file_whose_key_was_made_with_fewer_rounds_opens_and_gets_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sag.ldbu"
    CaseFile.create(path, PASSPHRASE, journal()).close()
    monkeypatch.setattr(key, "ROUNDS", 300)
    case = CaseFile.open(path, PASSPHRASE)
    assert (case.journal, case.warning) == (journal(), None)
    case.close()
    assert key.rounds_of(salt_of(path)) == 300
    assert journal_of(path, PASSPHRASE) == journal()
    with pytest.raises(FileFault):
        CaseFile.open(path, "noget helt andet")


def test_a_file_of_the_first_versions_keeps_its_passphrase_however_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key, "FIRST_ROUNDS", 50)
    path = tmp_path / "sag.ldbu"
    CaseFile.made_with(path, CaseKey.of("kort kode", b"LDBU\x01" + bytes(range(11))), journal(), {}).close()
    case = CaseFile.open(path, "kort kode")
    assert case.journal == journal()
    case.close()
    assert path.read_bytes().startswith(key.MAGIC)
    CaseFile.open(path, "kort kode").close()


def test_msgpack_that_is_no_record_raises_only_faults(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    for value in ({"a": 1}, [1], 1, "x", None, {"system": [], "families": [], "reports": {}, "notes": 0, "sources": 0}):
        path.write_bytes(whole[0])
        data = msgspec.msgpack.encode(value)
        changed(path, (PIECES, (data, checksum(data))))
        assert fault_of(path) in ("case-damaged", "case-newer-version")


# --- what is seldom


def test_a_page_that_was_being_written_is_taken_from_the_log(killed: tuple[Path, list[Journal]]) -> None:
    path, states = killed
    log = logs_of(path)[0].read_bytes()
    page = int.from_bytes(log[32:36], "big")  # the first page that the log has
    path.write_bytes(flipped(path.read_bytes(), (page - 1) * PAGE + 100))
    assert warning_of(path) == ("", states[-1])


def test_pages_that_do_not_belong_together_are_damaged(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    same = "(SELECT rootpage FROM sqlite_schema WHERE name = 'piece')"
    changed(
        path,
        ("PRAGMA writable_schema = ON", ()),
        (f"UPDATE sqlite_schema SET rootpage = {same} WHERE name = 'step'", ()),  # noqa: S608
    )
    assert fault_of(path) == "case-damaged"


def test_a_file_that_was_closed_is_not_damaged(tmp_path: Path) -> None:
    case = CaseFile.create(tmp_path / "sag.ldbu", PASSPHRASE, journal())
    case.close()
    with pytest.raises(sqlcipher.ProgrammingError):
        case.undo()


def test_a_rescue_without_room_is_told(
    tmp_path: Path, whole: tuple[bytes, Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    touch = Path.touch

    def full(self: Path, mode: int = 0o666, exist_ok: bool = True) -> None:
        if self.name == "scan":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        touch(self, mode, exist_ok)

    monkeypatch.setattr(Path, "touch", full)
    with pytest.raises(OutputFault) as raised:
        rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert raised.value.key == "output-disk-full"


def test_a_rescue_of_a_version_without_checksums(tmp_path: Path, whole: tuple[bytes, Journal]) -> None:
    path = tmp_path / "sag.ldbu"
    path.write_bytes(whole[0])
    changed(
        path,
        ("ALTER TABLE piece DROP COLUMN checksum", ()),
        ("DROP TABLE log_state", ()),
        ("UPDATE delivered_visit SET time = 'i går' WHERE visit = 'K0-1'", ()),
        ("UPDATE sent_resource SET said = x'FF' WHERE visit = 'K1-1'", ()),
        ("UPDATE step SET time = 'i går' WHERE number = 1", ()),
        ("PRAGMA user_version = 4", ()),
    )
    found = rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert found.case.journal == whole[1]
    assert "K0-1" not in found.case.delivered
    assert found.case.delivered["K1-1"].resources == {}
    found.case.close()


@landing("short pieces of it are damaged in every run")
def test_a_long_piece_of_a_version_without_checksums(tmp_path: Path) -> None:
    path = tmp_path / "sag.ldbu"
    long = replace(visit("K1"), start=Entry(None, "x" * 9000, 3), school=said("skole"))
    origin = replace(visit("K2"), origin=Origin("uge.xlsx", row=8))
    expected = Journal((family("B1", long), family("B2", origin)))
    CaseFile.create(path, PASSPHRASE, expected).close()
    assert encoded(origin).endswith(b"\0")
    changed(
        path,
        ("ALTER TABLE piece DROP COLUMN checksum", ()),
        ("DROP TABLE log_state", ()),
        ("PRAGMA user_version = 4", ()),
    )
    content = path.read_bytes()
    whole = rescue(path, PASSPHRASE, tmp_path / "reddet.ldbu")
    assert whole.case.journal == expected
    whole.case.close()
    lost = 0
    for page in each(range(1, len(content) // PAGE), 8):
        path.write_bytes(flipped(content, page * PAGE + 50))
        with suppress(FileFault):  # where the one page is damaged that all short pieces are on, nothing is whole
            found = rescue(path, PASSPHRASE, tmp_path / "igen.ldbu")
            lost += found.salvage.lost_visits
            assert all(each in (long, origin) for one in found.case.journal.families for each in one.visits)
            found.case.close()
    assert lost > 0


def test_a_piece_that_finds_no_memory_is_not_taken_for_a_lost_one(
    whole: tuple[bytes, Journal], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(state, "decoded", full)
    with pytest.raises(MemoryError):
        salvaged({1: encoded(whole[1].notes)}, 1, ())


def test_a_list_that_is_lost_is_counted(whole: tuple[bytes, Journal]) -> None:
    pieces: dict[int, bytes] = {}

    def put(data: bytes) -> int:
        pieces[len(pieces) + 1] = data
        return len(pieces)

    root = written(whole[1], None, put).piece
    assert salvaged(pieces, root, ()) is not None
    lists = [number for number, data in pieces.items() if data == encoded(whole[1].notes)]
    pieces[lists[0]] = NOTHING
    found = salvaged(pieces, root, ())
    assert found is not None
    assert (found.lost_lists, found.journal.notes, found.is_whole) == (1, (), False)
    pieces[root] = NOTHING
    found = salvaged(pieces, root, (77,))
    assert found is not None
    assert not found.is_latest
