"""What keeps a form that was made here from being one that others can use."""

from __future__ import annotations

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.loader import form_of
from ldbu_desktop.forms.model import Form
from ldbu_desktop.forms.writing import form_text
from ldbu_desktop.standard.model import Standard


def flaws(form: Form, standard: Standard) -> tuple[FileFault, ...]:
    """What keeps a variant from being a form that others can use, as reading its file would tell."""
    return form_of(form_text(form, standard).encode(), f"{form.id}.yaml", standard).faults
