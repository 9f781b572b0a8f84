"""The forms there are, ours and a folder's own, and form files that were checked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ldbu_desktop.faults import CallFault, FileFault
from ldbu_desktop.forms.coverage import Lack
from ldbu_desktop.forms.loader import Loaded, shipped_form_of, shipped_forms, shipped_ids
from ldbu_desktop.forms.model import Form
from ldbu_desktop.nearest import nearest
from ldbu_desktop.standard.model import Standard


@dataclass(frozen=True)
class Forms:
    """Our forms and a folder's, without parsing those of ours that nobody asks for.

    ``own`` are the folder's, ``faults`` what does not fit in its files. A form of the folder with the id of one of ours
    stands in for it; others stand beside.
    """

    standard: Standard
    own: tuple[Form, ...] = ()
    faults: tuple[FileFault, ...] = ()

    @cached_property
    def _own_by_id(self) -> dict[str, Form]:
        return {form.id: form for form in self.own}

    @cached_property
    def shipped(self) -> Loaded:
        """Our forms, and what does not fit this standard in those that are left out."""
        return shipped_forms(self.standard)

    @cached_property
    def all(self) -> tuple[Form, ...]:
        """Every form: ours or its stand-in, in the order of the standard, and then the folder's others."""
        ours = [self._own_by_id.get(form.id, form) for form in self.shipped.forms]
        ids = {form.id for form in ours}
        return (*ours, *(form for form in self.own if form.id not in ids))

    def with_id(self, id: str) -> Form:
        """The form with an id. Raises :class:`CallFault` where there is none."""
        if id in self._own_by_id:
            return self._own_by_id[id]
        ours = shipped_ids(self.standard)
        if id in ours:
            return shipped_form_of(id, self.standard)
        known = dict.fromkeys((*ours, *self._own_by_id))
        raise CallFault("form-unknown", form=id, nearest=nearest(id, known) or next(iter(known)))

    def for_visit(self, visit_type: str) -> Form:
        """The form that a visit of a type opens with: ours, or the user's that stands in for it."""
        return self.with_id(visit_type)

    def choices_for_visit(self, visit_type: str) -> tuple[Form, ...]:
        """All forms for visits of a type, the one that opens first."""
        first = self.for_visit(visit_type)
        return (first, *(form for form in self.own if visit_type in form.visits and form.id != first.id))

    def for_instrument(self, questionnaire: str) -> Form:
        """The form of an instrument: ours, or the user's that stands in for it."""
        return self.with_id(questionnaire)

    def instruments(self) -> dict[str, Form]:
        """The form of every instrument, by the questionnaire's id."""
        return {each.id: self.for_instrument(each.id) for each in self.standard.questionnaires}


@dataclass(frozen=True, slots=True)
class CheckedForm:
    """A form file that was checked. ``lacks`` is what its visits ask for and it has no field for: told, not refused."""

    file: str
    form: Form | None
    faults: tuple[FileFault, ...] = ()
    lacks: tuple[Lack, ...] = ()
