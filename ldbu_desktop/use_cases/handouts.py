"""Exercises and visit types on paper."""

from __future__ import annotations

from pathlib import Path

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.training import card_paper, case_paper
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.use_cases.exercises import case_called


def handout(id: str, standard: Standard, folder: Path | None = None) -> tuple[str, str]:
    """A case for paper: its title, and rich text.

    Raises :class:`~ldbu_desktop.faults.FileFault` where there is none.
    """
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
