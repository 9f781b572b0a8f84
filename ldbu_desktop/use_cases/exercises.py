"""Exercises: which there are, whether a folder's fit, and how one is shown or practised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ldbu_desktop.editing.change import change_between
from ldbu_desktop.faults import FileFault
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import Compared
from ldbu_desktop.training.journals import Part, beginning, journal_of, steps
from ldbu_desktop.training.loader import CasesRead, cases_of_folder, read_case, shipped_cases
from ldbu_desktop.training.model import Case, CaseVisit, KeyAnswer
from ldbu_desktop.training.results import result_of, result_text, with_new_id
from ldbu_desktop.use_cases.opening import opened
from ldbu_desktop.whole_files import write_whole
from ldbu_desktop.workspace.workspace import Workspace


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
    write_whole(path, lambda aside: aside.write_bytes(result_text(with_new_id(result_of(case, answers)))))


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
