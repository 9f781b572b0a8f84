"""What the Time page works on: forms, those that are compared, the variant that is edited, and the assumptions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.comparison import Comparison
from ldbu_desktop.burden.estimate import Estimate
from ldbu_desktop.burden.measurements import MeasurementFile, Measurements
from ldbu_desktop.burden.model import Calibration, Registration
from ldbu_desktop.burden.variants import field_of, moved, with_optional, with_prefill, with_widget, without_field
from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.forms.library import Forms
from ldbu_desktop.forms.model import Form, Prefill, Widget
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.burden_tables import tables
from ldbu_desktop.rendering.tables import write_workbook
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.use_cases import burden, measuring, variants
from ldbu_desktop.use_cases.forms import forms
from ldbu_desktop.work import Cancellation, Progress

_REGISTER = "registration"


class _Variants(NamedTuple):
    """The forms as they were, which of them were compared, and which was looked at."""

    forms: tuple[Form, ...]
    chosen_ids: tuple[str, ...]
    selected_id: str


class BurdenDesk(QObject):
    """Keeps what is chosen and works out what it costs.

    ``listed``: other forms are there. ``compared``: the comparison is another. ``edited``: the variant is another.
    ``registered``: what the open journal shows. ``measured``: what was measured. ``failed``: a fault, for people.
    """

    listed = Signal()
    compared = Signal()
    edited = Signal()
    registered = Signal()
    measured = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._kept = MeasurementFile()
        self.parents = 1
        self.assumptions = Assumptions()
        self.forms: tuple[Form, ...] = ()
        self._read: dict[str, Form] = {}
        self.chosen_ids: list[str] = []
        self.selected_id = ""
        self.variant: Form | None = None
        self.comparison: Comparison | None = None
        self.registration: Registration | None = None
        self.measurements = Measurements()
        self._undone: list[_Variants] = []
        self._before: list[_Variants] = []
        self.failed.connect(session.failed)
        self._watches_registration = False
        self._is_registration_stale = session.is_open  # the page may be built after something was opened
        session.opened.connect(self._forget_registration)
        for signal in (session.judged, session.changed):
            signal.connect(lambda *_: self._register_anew())

    @property
    def standard(self) -> Standard:
        """The standard that forms are held against."""
        return self._session.standard

    # --- forms

    def form(self, form_id: str) -> Form | None:
        """A form that is listed, by id, as it is edited now."""
        if self.variant is not None and self.variant.id == form_id:
            return self.variant
        return next((form for form in self.forms if form.id == form_id), None)

    def read_forms(self) -> None:
        """List the forms anew, read in the background: those that ship, and the user's own."""
        folder, standard = self._settings.forms_folder, self.standard

        def work(_progress: Progress, _cancellation: Cancellation) -> Forms:
            try:
                found = forms(folder, standard)
            except FileFault as fault:
                found = Forms(standard, faults=(fault,))
            _ = found.all
            return found

        self._session.jobs.start("forms", lambda: "", work, self._list, self.failed.emit, quiet=True)

    @property
    def unsaved(self) -> tuple[Form, ...]:
        """Variants that say something else than their files, or have none."""
        return tuple(form for form in self.forms if form.is_own and form != self._read.get(form.id))

    def _list(self, found: Forms) -> None:
        """Variants that are not saved yet stay as they are."""
        unsaved = {form.id: form for form in self.unsaved}
        self._read = {form.id: form for form in found.all if form.visits}
        self.forms = tuple((self._read | unsaved).values())
        self.chosen_ids = [form_id for form_id in self.chosen_ids if self.form(form_id)]
        self.select(self.selected_id)
        self.listed.emit()
        self._compare()
        for each in found.faults:
            self.failed.emit(each)

    def use_folder(self, folder: Path) -> None:
        """List the forms of another folder of the user's beside ours."""
        self._settings.forms_folder = folder
        self.read_forms()

    def choose(self, form_ids: Sequence[str]) -> None:
        """Compare other forms; the one that was chosen first stays the one that the others are held against."""
        kept = [form_id for form_id in self.chosen_ids if form_id in form_ids]
        self.chosen_ids = kept + [form_id for form_id in form_ids if form_id not in kept]
        self._compare()

    def select(self, form_id: str) -> None:
        """Look at one form: a variant can be edited, and a variant can be made of any."""
        self.selected_id = form_id
        found = self.form(form_id)
        self.variant = found if found is not None and found.is_own else None
        self.edited.emit()

    def set_parents(self, parents: int) -> None:
        """Estimate for so many parents."""
        self.parents = parents
        self._compare()

    def assume(self, assumptions: Assumptions) -> None:
        """Estimate under other assumptions."""
        self.assumptions = assumptions
        self._compare()
        self._register_anew()

    def estimate_of(self, form: Form) -> Estimate:
        """What one form costs."""
        return self._compared([form]).forms[0].found

    def _compared(self, found: Sequence[Form]) -> Comparison:
        return burden.compared(found, self.standard, self.assumptions, self.parents, language=chosen())

    def _compare(self) -> None:
        found = [form for form_id in self.chosen_ids if (form := self.form(form_id))]
        self.comparison = self._compared(found) if found else None
        self.compared.emit()

    # --- the variant

    def make_variant(self) -> None:
        """Copy the form that is selected, or the first of those compared, and edit the copy beside it."""
        form = self.form(self.selected_id) or self.form(next(iter(self.chosen_ids), ""))
        if form is None:
            return
        self._remember()
        made = variants.new_variant(form, [each.id for each in self.forms])
        self.forms = (*self.forms, made)
        self.chosen_ids = [*dict.fromkeys([*self.chosen_ids, form.id]), made.id]
        self.selected_id, self.variant = made.id, made
        self.listed.emit()
        self.edited.emit()
        self._compare()

    def _change(self, change: Callable[[Form], Form]) -> None:
        if self.variant is None:
            return
        try:
            made = change(self.variant)
        except Fault as fault:
            self.failed.emit(fault)
            return
        if made == self.variant:
            return
        self._remember()
        self.forms = tuple(made if form.id == made.id else form for form in self.forms)
        self.variant = made
        self.edited.emit()
        self._compare()

    # --- what was done to variants

    @property
    def _now(self) -> _Variants:
        return _Variants(self.forms, tuple(self.chosen_ids), self.selected_id)

    def _remember(self) -> None:
        self._before.append(self._now)
        self._undone.clear()

    @property
    def can_undo(self) -> bool:
        """Whether a variant was made or changed."""
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        """Whether what was done to a variant was undone."""
        return bool(self._undone)

    def undo(self) -> None:
        """Undo the last that was done to a variant."""
        if self._before:
            self._undone.append(self._now)
            self._go_to(self._before.pop())

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._undone:
            self._before.append(self._now)
            self._go_to(self._undone.pop())

    def _go_to(self, variants: _Variants) -> None:
        self.forms, self.chosen_ids, self.variant = variants.forms, list(variants.chosen_ids), None
        self.select(variants.selected_id)
        self.listed.emit()
        self._compare()

    # --- the variant that is looked at

    def rename(self, title: str) -> None:
        """Give the variant another title, in the language in use."""
        if self.variant is None or not title.strip() or title == self.variant.title[chosen()]:
            return
        told = {"da": self.variant.title.da, "en": self.variant.title.en, chosen().value: title.strip()}
        self._change(lambda form: replace(form, title=Text(**told)))
        self.listed.emit()

    def move(self, field_id: str, by: int) -> None:
        """Move a field up (``by`` -1) or down (1), into the next section at a section's end."""
        self._change(lambda form: _moved(form, field_id, by))

    def remove(self, field_id: str) -> None:
        """Take a field out."""
        self._change(lambda form: without_field(form, field_id))

    def set_widget(self, field_id: str, widget: Widget) -> None:
        """Let a field be filled with something else."""
        self._change(lambda form: with_widget(form, field_id, widget))

    def set_prefill(self, field_id: str, prefill: Prefill) -> None:
        """Let a field's first proposal be from somewhere else."""
        self._change(lambda form: with_prefill(form, field_id, prefill))

    def set_optional(self, field_id: str, *, optional: bool) -> None:
        """Fold a field away until it is asked for, or not."""
        self._change(lambda form: with_optional(form, field_id, optional=optional))

    def addable(self) -> tuple[variants.Addable, ...]:
        """What the variant lacks and can be given."""
        return variants.addable(self.variant, self.standard) if self.variant is not None else ()

    def add(self, name: str, section_id: str) -> None:
        """Give the variant a field for a variable or questionnaire, last in a section."""
        self._change(lambda form: variants.with_added(form, name, section_id, self.standard))

    def prefills(self, field_id: str) -> tuple[Prefill, ...]:
        """The first proposals that are safe for a field of the variant."""
        if self.variant is None:
            return ()
        return variants.prefills_for(field_of(self.variant, field_id), self.variant, self.standard)

    def save(self, path: Path) -> None:
        """Save the variant as a form file, and fill visits with the forms of its folder from now on."""
        variant = self.variant
        if variant is None or not self._done(lambda: variants.save_variant(path, variant, self.standard)):
            return
        self._settings.forms_folder = path.parent
        self._before, self._undone = [], []
        self.edited.emit()
        self.forms = tuple(form for form in self.forms if form.id != variant.id)
        self.read_forms()
        self._session.wrote.emit(lambda: tr("Varianten er gemt som skema."), path)

    # --- files

    def write(self, path: Path, write: Callable[[Path, Comparison], object]) -> None:
        """Write the comparison to a file, however ``write`` does."""
        comparison = self.comparison
        if comparison is not None and self._done(lambda: write(path, comparison)):
            self._session.wrote.emit(lambda: tr("Sammenligningen er gemt."), path)

    def write_workbook(self, path: Path) -> None:
        """Write the comparison as a workbook."""
        self.write(path, lambda to, found: write_workbook(to, tables(found, self.standard, chosen())))

    def _done(self, work: Callable[[], object]) -> bool:
        try:
            work()
        except Fault as fault:
            self.failed.emit(fault)
            return False
        return True

    # --- what the open journal shows

    @property
    def is_registering(self) -> bool:
        """Whether what the open journal shows is being worked out, while nothing of it is known."""
        return self._session.is_open and self.registration is None

    def watch_registration(self, *, is_watched: bool) -> None:
        """Somebody looks at what the open journal shows, or no longer: it is worked out for nobody else."""
        self._watches_registration = is_watched
        if is_watched and self._is_registration_stale:
            self._register()

    def _forget_registration(self) -> None:
        self._session.jobs.cancel(_REGISTER)
        self._registered(None)
        self._register_anew()

    def _register_anew(self) -> None:
        """Work out again what the open journal shows; where nobody looks at it, when somebody does."""
        self._is_registration_stale = self._session.is_open
        if self._watches_registration and self._is_registration_stale:
            self._register()

    def _register(self) -> None:
        """Work out, in the background, what the open journal shows."""
        self._is_registration_stale = False
        opened, assumptions, language = self._session.work, self.assumptions, chosen()

        def work(_progress: Progress, _cancellation: Cancellation) -> Registration:
            return burden.registered(opened, assumptions, language)

        self._session.jobs.start(_REGISTER, lambda: "", work, self._registered, self.failed.emit, quiet=True)

    def _registered(self, found: Registration | None) -> None:
        self.registration = found
        self.registered.emit()

    # --- what was measured

    def read_measured(self) -> None:
        """Read what was measured on this machine."""
        self._done(lambda: self._measured(self._kept.load()))

    def agree(self, *, consent: bool) -> None:
        """Measure from now on, or no longer."""
        self._done(lambda: self._measured(measuring.agreed(self.measurements, self._kept, consent=consent)))
        self.measured.emit()

    def forget_measured(self) -> None:
        """Delete all that was measured, and the consent."""
        if self._done(self._kept.delete):
            self._measured(Measurements())

    def _measured(self, kept: Measurements) -> None:
        self.measurements = kept
        self.measured.emit()

    @property
    def learnt(self) -> Calibration:
        """What measuring has taught, of all forms."""
        return measuring.learnt(self.measurements, assumptions=self.assumptions)

    # --- words

    def visit_type_words(self, visit_type: str) -> str:
        """A visit type's label, by id; empty where it is not known."""
        return next((each.label[chosen()] for each in self.standard.visit_types if each.id == visit_type), "")


def _moved(form: Form, field_id: str, by: int) -> Form:
    places = [(section.id, place) for section in form.sections for place in range(len(section.fields))]
    ids = [field.id for field in form.fields]
    at = ids.index(field_id)
    if not 0 <= at + by < len(ids):
        return form
    section, place = places[at + by]
    if section != places[at][0]:
        last = next(len(each.fields) for each in form.sections if each.id == section)
        return moved(form, field_id, section, 0 if by > 0 else last)
    return moved(form, field_id, section, place)
