"""What documentation costs: estimates of forms, compared, and the registration that a journal shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ldbu_desktop.burden.assumptions import Assumptions, read_value
from ldbu_desktop.burden.comparison import Comparison, compare
from ldbu_desktop.burden.estimate import estimate
from ldbu_desktop.burden.model import Registration
from ldbu_desktop.burden.registration import registration
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.summary import is_all_read
from ldbu_desktop.forms.loader import shipped_form_of
from ldbu_desktop.forms.model import Form
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.workspace.workspace import Workspace


def instrument_forms(forms: Iterable[Form], standard: Standard) -> dict[str, Form]:
    """Our forms of the instruments that ``forms`` have, by questionnaire."""
    asked = {field.questionnaire for form in forms for field in form.fields if field.questionnaire}
    return {questionnaire: shipped_form_of(questionnaire, standard) for questionnaire in asked}


def assumptions_of(assignments: Iterable[str]) -> Assumptions:
    """The assumptions that ship, changed by each ``key=value``.

    Raises :class:`CallFault` for what can't be read, an unknown key and a value outside of its limits.
    """
    assumptions = Assumptions()
    for assignment in assignments:
        key, sign, value = assignment.partition("=")
        if not sign:
            raise CallFault("assumption-unreadable", value=assignment)
        assumptions = assumptions.with_value(key.strip(), read_value(value))
    return assumptions


def compared(
    forms: Sequence[Form],
    standard: Standard,
    assumptions: Assumptions | None = None,
    parents: int = 1,
    instruments: Mapping[str, Form] | None = None,
    language: Language = Language.DANISH,
) -> Comparison:
    """The estimates of ``forms`` side by side, the first as what the others are held against.

    ``instruments`` are the forms of instruments by questionnaire; by default ours.
    """
    own = instrument_forms(forms, standard) if instruments is None else instruments
    return compare([estimate(form, standard, assumptions, parents, own, language) for form in forms], standard)


def is_all_registered(work: Workspace) -> bool:
    """Whether the figures of the open journal rest on all that its files hold."""
    return is_all_read(work.journal)


def registered(work: Workspace, assumptions: Assumptions, language: Language) -> Registration:
    """What the open journal shows of the time its registration takes."""
    return registration(work.journal, work.standard, assumptions, language)
