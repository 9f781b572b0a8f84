"""Exercises: which there are, whether a folder's fit, and what a room answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ldbu_desktop.editing.change import change_between
from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.forms.writing import part_text
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.tables import workbook
from ldbu_desktop.rendering.training import card_paper, case_paper, room_tables
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import Compared, compared
from ldbu_desktop.training.journals import Part, beginning, journal_of, steps
from ldbu_desktop.training.loader import CasesRead, case_in, cases_of_folder, read_case, shipped_cases
from ldbu_desktop.training.mending import GOOD
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer
from ldbu_desktop.training.results import ENDING, Room, read_result, result_of, result_text, room_of
from ldbu_desktop.use_cases.opening import opened
from ldbu_desktop.whole_files import write_whole
from ldbu_desktop.workspace.workspace import Workspace

_MOST_OF_A_NAME = 1000


def all_cases(standard: Standard, folder: Path | None = None) -> CasesRead:
    """Our own cases, and those of a site's folder: one of the same id there takes the place of ours.

    Raises :class:`~ldbu_desktop.faults.FileFault` for a folder that can't be read.
    """
    ours = shipped_cases(standard)
    if folder is None:
        return ours
    own = cases_of_folder(folder, standard)
    taken = {case.id for case in own.cases}
    cases = (*(case for case in ours.cases if case.id not in taken), *own.cases)
    return CasesRead(cases, (*ours.faults, *own.faults))


def case_called(id: str, standard: Standard, folder: Path | None = None) -> Case:
    """A case by its id. Raises :class:`~ldbu_desktop.faults.FileFault` where there is none."""
    for case in all_cases(standard, folder).cases:
        if case.id == id:
            return case
    raise FileFault("case-not-found", file=id)


def practice_work(case: Case, standard: Standard, part: Part) -> Workspace:
    """A case as work that is kept nowhere: a form to fill, or an export with faults to be mended."""
    return opened(standard, journal_of(case, standard, part), is_filled=part is not Part.FAULTS)


class ShownCase(NamedTuple):
    """A solved case: each redo of ``work`` gives one more of ``answers``, with the visit that it belongs to."""

    work: Workspace
    answers: tuple[tuple[CaseVisit, KeyAnswer], ...]


def shown_case(case: Case, standard: Standard) -> ShownCase:
    """A case as it is shown to a room: nothing is answered yet, and each redo is one step to the key."""
    now = beginning(case, standard)
    work = opened(standard, now, is_filled=True)
    answers = []
    for step in steps(case, standard):
        work.history.add(now, step.journal, change_between(now, step.journal, step.where))
        answers.append((step.visit, step.answer))
        now = step.journal
    while (state := work.history.undo(now)) is not None:
        now = state.journal
    return ShownCase(work, tuple(answers))


def write_result(case: Case, answers: Sequence[Compared], path: Path) -> None:
    """Write what a learner answered, without names. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
    write_whole(path, lambda aside: aside.write_bytes(result_text(result_of(case, answers))))


class WrittenCase(NamedTuple):
    """A case that was written by hand: the file, or what does not fit in it, so that nothing is written."""

    path: Path | None
    faults: tuple[FileFault, ...] = ()


def write_case(case: Case, folder: Path, standard: Standard, instead_of: str = "") -> WrittenCase:
    """Write a case to a site's own folder, if what is written fits. Raises :class:`OutputFault` where it can't be.

    It takes the place of the one with the id ``instead_of``. Another that has its name stays: then it gets a number.
    """
    case = replace(case, id=_free_id(case.id, folder, instead_of))
    path = folder / f"{case.id}.yaml"
    if not case.visits:
        return WrittenCase(None, (FileFault("case-without-key", file=path.name),))
    data = part_text(case).encode()
    read, faults = case_in(data, path.name, standard)
    if read is None:
        return WrittenCase(None, faults)
    missing = [one for one in compared(read, journal_of(read, standard, Part.ALL), standard) if one.outcome not in GOOD]
    if missing:
        return WrittenCase(None, (FileFault("case-key-unclear", file=path.name, found=missing[0].asked),))
    write_whole(path, lambda aside: aside.write_bytes(data))
    return WrittenCase(path)


def _free_id(id: str, folder: Path, instead_of: str) -> str:
    """The id itself where no other case of the folder has it; else with the first number that is free."""
    ids = (id, *(f"{id}-{number}" for number in range(2, _MOST_OF_A_NAME)))
    return next((one for one in ids if one == instead_of or not (folder / f"{one}.yaml").exists()), instead_of or id)


def checked_cases(paths: Sequence[Path], standard: Standard) -> CasesRead:
    """The cases of files and folders, with all that does not fit in them."""
    cases, faults = list[Case](), list[FileFault]()
    for path in paths:
        if path.is_dir():
            read = cases_of_folder(path, standard)
            cases += read.cases
            faults += read.faults
        else:
            case, wrong = read_case(path, standard)
            cases += [case] if case is not None else []
            faults += wrong
    return CasesRead(tuple(cases), tuple(faults))


def room(paths: Sequence[Path]) -> Room:
    """The results of a room, from learners' files and folders of them.

    A file that is named twice counts once. Raises :class:`~ldbu_desktop.faults.FileFault` for a file that holds no
    result, where there is none, and where cases differ.
    """
    files = [each for path in paths for each in (sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path])]
    if not files:
        raise FileFault("result-none", file=", ".join(path.name for path in paths) or "-")
    return room_of(read_result(path) for path in {path.resolve(): path for path in files}.values())


def write_room_workbook(room: Room, standard: Standard, path: Path, case: Case | None) -> None:
    """Write what a room answered as a workbook. Raises :class:`~ldbu_desktop.faults.OutputFault`."""
    data = workbook(room_tables(room, case, standard))
    write_whole(path, lambda aside: aside.write_bytes(data))


def handout(id: str, standard: Standard, folder: Path | None = None) -> tuple[str, str]:
    """A case for paper: its title, and rich text. Raises :class:`~ldbu_desktop.faults.FileFault` as above."""
    case = case_called(id, standard, folder)
    forms = [shipped_form_of(type_id, standard) for type_id in dict.fromkeys(visit.type for visit in case.visits)]
    return case.title[chosen()], case_paper(case, forms, standard)


def card(id: str, standard: Standard) -> tuple[str, str]:
    """A quick card for a visit type by its id: its title, and rich text.

    Raises :class:`~ldbu_desktop.faults.FileFault` where there is no such visit type.
    """
    visit_type = next((one for one in standard.visit_types if one.id == id), None)
    if visit_type is None:
        raise FileFault("case-visit-type-unknown", file="-", line=0, found=id)
    return visit_type.label[chosen()], card_paper(visit_type, shipped_form_of(id, standard), standard)
