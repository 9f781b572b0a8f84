"""Large files are loaded and checked in another process: what comes of it is what would have come here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from ldbu_desktop.aside import messages, process, reader, stepping
from ldbu_desktop.aside.messages import STOP, sent
from ldbu_desktop.aside.reader import Aside, is_large, open_aside
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import Cancelled, FileFault
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.mapping import export_files
from ldbu_desktop.mapping.links import Proposal
from ldbu_desktop.sandbox.messages import UNCONFINED, Reply, Request, framed, received
from ldbu_desktop.sandbox.process import serve_uses
from ldbu_desktop.use_cases.first_findings import FirstFindings
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.map_read import read_with
from ldbu_desktop.use_cases.standards import shipped_standard
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.work import Cancellation, Step, no_progress
from ldbu_desktop.workspace.workspace import Workspace

STANDARD = shipped_standard()
FAULTY = resource("samples", "familie-med-fejl.xlsx")
FOREIGN = "id;farve;højde\n1;blå;5\n2;rød;6\n".encode()


@pytest.fixture(autouse=True)
def this_process_keeps_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tried in this process does not have it step back for the tests that follow."""
    monkeypatch.setattr(process, "give_way", lambda: None)


@pytest.fixture
def taken() -> Iterator[Aside]:
    one = Aside([FAULTY], STANDARD)
    yield one
    one.end()


def journal_of(aside: Aside) -> Journal:
    found = aside.journal(no_progress, Cancellation())
    assert isinstance(found, Journal)
    return found


def findings_of(aside: Aside, journal: Journal) -> Findings:
    findings = aside.begun(journal, STANDARD)
    for checked in aside.rest(journal):
        findings = findings.with_checked(checked)
    return findings


def test_journal_and_findings_are_those_of_this_process(taken: Aside) -> None:
    journal = journal_of(taken)
    assert journal == load([FAULTY], STANDARD)
    findings = findings_of(taken, journal)
    here = validate(journal, STANDARD, date.today())
    assert findings.all == here.all != ()
    assert findings.counts == here.counts
    assert findings.journal is journal
    assert all(each.family in journal.families for of in findings.by_family.values() for each in of.judged)


def test_work_is_opened_with_it(taken: Aside) -> None:
    work = open_aside(STANDARD, taken, [FAULTY], no_progress, Cancellation())
    assert isinstance(work, Workspace)
    assert work.paths == (FAULTY,)


def test_what_waits_for_an_answer_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(FOREIGN)
    aside = Aside([path], STANDARD)
    found = open_aside(STANDARD, aside, [path], no_progress, Cancellation())
    assert isinstance(found, Proposal)
    aside.end()
    answered = Aside([path], STANDARD, found)
    assert journal_of(answered) == read_with([path], STANDARD, found)
    answered.end()


def test_a_file_that_can_not_be_read_is_told() -> None:
    aside = Aside([Path("gone.xlsx")], STANDARD)
    with pytest.raises(FileFault) as caught:
        aside.journal(no_progress, Cancellation())
    assert (caught.value.key, caught.value.facts["file"]) == ("file-not-found", "gone.xlsx")


def test_it_can_be_stopped_at_any_time(taken: Aside) -> None:
    stopped = Cancellation()
    stopped.cancel()
    with pytest.raises(Cancelled):
        taken.journal(no_progress, stopped)


def test_what_was_left_is_taken_later(taken: Aside, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = journal_of(taken)
    findings = taken.begun(journal, STANDARD)
    assert findings.unchecked
    for checked in taken.rest(journal):
        findings = findings.with_checked(checked)
        break
    for checked in taken.rest(journal):
        findings = findings.with_checked(checked)
    assert findings.is_whole
    assert findings.all == validate(journal, STANDARD, date.today()).all


def test_whose_process_has_ended_tells_it(taken: Aside) -> None:
    journal = journal_of(taken)
    taken.begun(journal, STANDARD)
    taken.end()
    with pytest.raises(FileFault):
        list(taken.rest(journal))


def test_size_decides(tmp_path: Path) -> None:
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_bytes(b"x" * (reader.LARGE // 2))
    large.write_bytes(b"x" * reader.LARGE)
    assert [
        is_large(paths) for paths in ([small], [small, small], [large], [tmp_path], [Path("gone"), Path("\0")])
    ] == [
        False,
        True,
        True,
        True,
        False,
    ]


# --- in the other process ---------------------------------------------------------------------------------------------


def test_steps_are_told_while_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that the other process does, done in this one and slowly."""
    monkeypatch.setattr(stepping, "LOOK_EVERY", 0)
    box = _Here()
    monkeypatch.setattr(reader, "Sandbox", lambda *, is_confined: box)
    told: list[Step] = []
    aside = Aside([FAULTY], STANDARD)
    found = aside.journal(told.append, Cancellation())
    assert isinstance(found, Journal)
    assert told
    assert findings_of(aside, found).all
    assert box.ended == 1
    with pytest.raises(FileFault):
        Aside([Path("gone.xlsx")], STANDARD).journal(no_progress, Cancellation())


class _Here:
    """A sandbox that is none: its function runs where it is asked."""

    def __init__(self) -> None:
        self.ended = 0

    def begin(self, call: str, file: str, size: int, data: bytes) -> _Here:
        self.told = process.told(data)
        self.replies = [self._next(data)]
        return self

    def _next(self, data: bytes) -> Reply:
        try:
            return Reply(next(self.told) if data not in (b"", STOP) else self.told.send(data))
        except StopIteration as last:
            return Reply(last.value, is_last=True)
        except FileFault as fault:
            return Reply(is_last=True, fault=fault.key)

    def ask(self, data: bytes) -> None:
        self.replies.append(self._next(data))

    def take(self) -> Reply:
        reply = self.replies.pop(0)
        if reply.fault:
            raise FileFault(reply.fault)
        return reply

    def end(self) -> None:
        self.ended += 1


@pytest.mark.parametrize(("visits", "sizes"), [(1, [1, 1, 2, 1]), (2, [2, 3]), (50, [5])])
def test_families_with_few_visits_travel_together(
    visits: int, sizes: list[int], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The third family has no visit: it waits for the next."""
    monkeypatch.setattr(process, "VISITS_TOGETHER", visits)
    monkeypatch.setattr(reader, "Sandbox", lambda *, is_confined: _Here())
    packed: list[int] = []

    def weighed(value: list[object]) -> bytes:
        packed.append(len(value))
        return sent(value)

    monkeypatch.setattr(messages, "sent", weighed)
    children = "\n".join(f"B{at};;barn" for at in range(5))
    (tmp_path / "Borgere.csv").write_text(f"borger_id;cpr;rolle\n{children}\n", encoding="utf-8")
    held = "\n".join(f"K{at};B{at};Barselsbesøg;01-02-2024" for at in (0, 1, 3, 4))
    (tmp_path / "Kontakter.csv").write_text(f"kontakt_id;borger_id;kontakttype;start\n{held}\n", encoding="utf-8")
    journal = journal_of(Aside([tmp_path], STANDARD))
    assert journal == load([tmp_path], STANDARD)
    assert packed[: len(sizes)] == sizes


def test_reading_is_stopped_with_what_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(export_files, "ROWS_A_STEP", 10)
    monkeypatch.setattr(reader, "Sandbox", lambda *, is_confined: _Here())
    rows = "\n".join(f"B{at};{at};barn" for at in range(30))
    (tmp_path / "Borgere.csv").write_text(f"borger_id;cpr;rolle\n{rows}\n", encoding="utf-8")
    heard: list[FirstFindings] = []
    stopped: list[bool] = []

    def hear(first: FirstFindings) -> None:
        heard.append(first)
        stopped.extend((aside.can_stop, aside.stop_reading(), aside.can_stop, aside.stop_reading()))

    aside = Aside([tmp_path], STANDARD, first=hear)
    assert not aside.stop_reading()  # nothing is read yet: it is given up altogether
    journal = journal_of(aside)
    assert stopped == [True, True, False, False]
    assert [(note.code, note.origin.row) for note in journal.notes][:1] == [(export_files.STOPPED, 10)]
    assert len(journal.families) == 9
    assert "cpr-malformed" in {one.code for first in heard for one in first.causes}


def test_foreign_files_tell_nothing_first_and_wait_and_are_read_with_the_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(reader, "Sandbox", lambda *, is_confined: _Here())
    path = tmp_path / "a.csv"
    path.write_bytes(FOREIGN)
    heard: list[FirstFindings] = []
    asked = Aside([path], STANDARD, first=heard.append).journal(no_progress, Cancellation())
    assert isinstance(asked, Proposal)
    assert [column.header for column in asked.columns] == ["id", "farve", "højde"]
    assert heard == []
    answered = Aside([path], STANDARD, asked)
    assert journal_of(answered) == read_with([path], STANDARD, asked)


def test_foreign_files_that_are_known_by_their_first_rows_tell_what_is_found_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(export_files, "ROWS_A_STEP", 10)
    monkeypatch.setattr(reader, "Sandbox", lambda *, is_confined: _Here())
    path = tmp_path / "a.csv"
    weights = [*range(3000, 3029), 84000]
    rows = "\n".join(f"010324{4100 + at};{at % 9 + 3:02}-03-2024;Barselsbesøg;{weights[at]}" for at in range(30))
    path.write_text(f"Barnets CPR;Besøgsdato;Besøgstype;Vægt (g)\n{rows}\n", encoding="utf-8")
    heard: list[FirstFindings] = []
    told = Aside([path], STANDARD, first=heard.append).journal(no_progress, Cancellation())
    assert isinstance(told, Journal)
    assert [first.rows for first in heard] == [31]  # with the headers
    assert {one.code for first in heard for one in first.causes} == {
        "factor-slip",
        "organisation-missing",
        "visit-class-missing",
    }


def test_what_has_no_first_rows_tells_nothing_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(FOREIGN)
    many, deep = tmp_path / "many", tmp_path / "deep"
    (deep / "within").mkdir(parents=True)
    many.mkdir()
    for at in range(40):
        (many / f"{at}.csv").write_text("borger_id;cpr;rolle\nB1;1;barn\n", encoding="utf-8")
    for paths, proposal in (
        ([FAULTY], None),
        ([path], None),
        ([tmp_path / "gone.csv"], None),
        ([many], None),
        ([deep], None),
    ):
        heard: list[FirstFindings] = []
        monkeypatch.setattr(reader, "Sandbox", lambda *, is_confined: _Here())
        aside = Aside(paths, STANDARD, proposal, heard.append)
        with suppress(FileFault):
            aside.journal(no_progress, Cancellation())
        aside.end()
        assert heard == []


def test_work_of_ours_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO

    monkeypatch.delattr("os.fork")
    monkeypatch.setattr("ldbu_desktop.sandbox.confinement.confine", lambda: pytest.fail("it is not confined"))
    asked, told = BytesIO(framed(UNCONFINED) + framed(Request(1, b"1", "tests.sandboxed:counted", "a"))), BytesIO()
    assert serve_uses(asked, told) == 0
    told.seek(0)
    assert received(told, Reply) == Reply(b"0")
