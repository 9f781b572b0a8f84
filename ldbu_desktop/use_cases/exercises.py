"""Exercises: which there are, whether a folder's fit, and what a room answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.training import card_paper, case_paper
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.loader import CasesRead, cases_of_folder, read_case, shipped_cases
from ldbu_desktop.training.model import Case
from ldbu_desktop.training.results import ENDING, Room, read_result, room_of


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

    Raises :class:`~ldbu_desktop.faults.FileFault` for a file that holds no result, and where cases differ.
    """
    files = [each for path in paths for each in (sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path])]
    return room_of(read_result(path) for path in files)


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
