"""Whether a form fits the catalogue and itself: ids that exist, widgets that fit, nothing twice, no circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ldbu_desktop.faults import FileFault
from ldbu_desktop.forms.field_defaults import codes_of, fitting_subjects, fitting_widgets, is_for_a_form
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Who, Widget
from ldbu_desktop.forms.yaml_tree import Listing, Mapping, YamlNode, shown
from ldbu_desktop.journal.fields import VISIT_CLASS
from ldbu_desktop.standard.model import Standard

KeyPath = tuple[str | int, ...]
"""Keys and positions on the way from the top of a file to a value."""

_CLASS = VISIT_CLASS
_NEVER_COPIED = frozenset({Widget.NUMBER, Widget.MOMENT, Widget.FINDINGS, Widget.INTERVENTIONS, Widget.INSTRUMENT})
"""What is measured, found or answered at a visit is never carried over from another."""
_PROPOSALS = 3
SUBJECTS = (Who.CHILD, Who.EACH_PARENT)


class Fitting:
    """Holds one form, with what follows from the catalogue filled in, against the catalogue. ``top`` has its lines."""

    def __init__(self, form: Form, top: Mapping, file: str, standard: Standard) -> None:
        self._form = form
        self._top = top
        self._file = file
        self._standard = standard
        self._visits = {each.id: each for each in standard.visit_types}
        self._fields = {field.id: field for field in form.fields}

    def faults(self) -> Iterator[FileFault]:
        """Everything that does not fit."""
        form = self._form
        yield from self._purpose()
        section_ids: set[str] = set()
        field_ids: set[str] = set()
        for at, section in enumerate(form.sections):
            place: KeyPath = ("sections", at)
            yield from self._repeated(section.id, section_ids, (*place, "id"))
            yield from self._condition(section.shown, (*place, "shown"))
            for number, field in enumerate(section.fields):
                field_place = (*place, "fields", number)
                yield from self._repeated(field.id, field_ids, (*field_place, "id"))
                yield from self._field(field, field_place)
                yield from self._condition(field.shown, (*field_place, "shown"))
        yield from self._circle()

    def _line(self, place: KeyPath) -> int:
        """The line where the value at ``place`` stands; the last one on the way that is there."""
        node: YamlNode = self._top
        line = node.line
        for step in place:
            if isinstance(node, Mapping) and step in node.entries:
                line, node = node.key_lines[str(step)], node.entries[str(step)]
            elif isinstance(node, Listing) and isinstance(step, int):
                node = node.items[step]
                line = node.line
            else:
                break
        return line

    def _repeated(self, id: str, seen: set[str], place: KeyPath) -> Iterator[FileFault]:
        if id in seen:
            yield FileFault("form-id-twice", file=self._file, line=self._line(place), id=shown(id))
        seen.add(id)

    def _purpose(self) -> Iterator[FileFault]:
        form = self._form
        yield from self._known_visits(form.visits, ("visits",))
        if form.questionnaire and form.questionnaire not in self._standard.questionnaire:
            yield self._unknown_questionnaire(form.questionnaire, ("questionnaire",))
        is_visit, is_instrument = form.id in self._visits, form.id in self._standard.questionnaire
        if (is_visit and form.id not in form.visits) or (is_instrument and form.id != form.questionnaire):
            # It would stand in for a form of ours and leave its visits without one.
            yield FileFault("form-stand-in", file=self._file, line=self._line(("id",)), id=form.id)

    def _known_visits(self, visits: Iterable[str], place: KeyPath) -> Iterator[FileFault]:
        for at, visit in enumerate(visits):
            if visit not in self._visits:
                line, known = self._line((*place, at)), ", ".join(self._visits)
                yield FileFault("form-visit-unknown", file=self._file, line=line, id=shown(visit), known=known)

    def _unknown_questionnaire(self, id: str, place: KeyPath) -> FileFault:
        known = ", ".join(self._standard.questionnaire)
        line = self._line(place)
        return FileFault("form-questionnaire-unknown", file=self._file, line=line, id=shown(id), known=known)

    def _field(self, field: Field, place: KeyPath) -> Iterator[FileFault]:
        widgets = fitting_widgets(field, self._standard, self._form.questionnaire)
        if not widgets or not self._is_in_place(field):
            yield self._out_of_place(field, place, is_known=bool(widgets))
            return
        if field.widget not in widgets:
            line, fitting = self._line((*place, "widget")), ", ".join(widgets)
            yield FileFault(
                "form-widget-misfit", file=self._file, line=line, widget=field.widget, field=field.id, fitting=fitting
            )
        subjects = fitting_subjects(field, self._standard)
        if field.who not in subjects:
            line, fitting = self._line((*place, "who")), ", ".join(subjects)
            yield FileFault(
                "form-who-misfit", file=self._file, line=line, who=field.who, field=field.id, fitting=fitting
            )
        yield from self._unit(field, place)
        yield from self._first_answer(field, place)

    def _is_in_place(self, field: Field) -> bool:
        """Whether a known field stands in a form of the kind that it is for."""
        variable = self._standard.variable.get(field.variable)
        if variable is not None:
            return is_for_a_form(variable, self._form.questionnaire)
        return bool(field.link_id) == bool(self._form.questionnaire)

    def _out_of_place(self, field: Field, place: KeyPath, *, is_known: bool) -> FileFault:
        if field.questionnaire and not is_known:
            return self._unknown_questionnaire(field.questionnaire, (*place, "questionnaire"))
        if field.link_id and self._form.questionnaire:
            line, asked = self._line((*place, "link-id")), shown(self._form.questionnaire)
            return FileFault(
                "form-question-unknown", file=self._file, line=line, id=shown(field.link_id), questionnaire=asked
            )
        if field.variable and not is_known:
            line, id = self._line((*place, "variable")), shown(field.variable)
            known = ", ".join(get_close_matches(field.variable, self._standard.variable, _PROPOSALS)) or "-"
            return FileFault("form-variable-unknown", file=self._file, line=line, id=id, known=known)
        return FileFault("form-field-out-of-place", file=self._file, line=self._line(place), field=shown(field.id))

    def _unit(self, field: Field, place: KeyPath) -> Iterator[FileFault]:
        if not field.unit:
            return
        variable = self._standard.variable.get(field.variable)
        units = [unit.code for unit in variable.units] if variable is not None else []
        if field.unit not in units:
            line, known = self._line((*place, "unit")), ", ".join(units) or "-"
            yield FileFault("form-unit-unknown", file=self._file, line=line, unit=shown(field.unit), known=known)

    def _first_answer(self, field: Field, place: KeyPath) -> Iterator[FileFault]:
        """What is proposed must be safe to propose: a proposal is easily confirmed without a thought."""
        if field.prefill is not Prefill.NONE and (field.widget in _NEVER_COPIED or field.link_id):
            line = self._line((*place, "prefill"))
            yield FileFault("form-prefill-unsafe", file=self._file, line=line, field=field.id)
        if not field.proposed:
            return
        line = self._line((*place, "proposed"))
        variable = self._standard.variable.get(field.variable)
        if variable is None or variable.record == "observation":
            yield FileFault("form-proposal-unsafe", file=self._file, line=line, field=field.id)
        elif field.proposed not in codes_of(field, self._standard):
            yield FileFault("form-code-unknown", file=self._file, line=line, code=shown(field.proposed), field=field.id)

    def _condition(self, condition: Condition, place: KeyPath) -> Iterator[FileFault]:
        yield from self._known_visits(condition.visits, (*place, "visits"))
        classes = self._standard.concepts(self._standard.variable[_CLASS])
        for at, code in enumerate(condition.classes):
            if code not in classes:
                line = self._line((*place, "classes", at))
                yield FileFault("form-code-unknown", file=self._file, line=line, code=shown(code), field=_CLASS)
        for at, who in enumerate(condition.subjects):
            if who not in SUBJECTS:
                line, known = self._line((*place, "subjects", at)), ", ".join(SUBJECTS)
                yield FileFault("form-subject-unfit", file=self._file, line=line, who=who, known=known)
        start, end = condition.ages or (None, None)
        if start is not None and end is not None and start >= end:
            yield FileFault("form-ages-order", file=self._file, line=self._line((*place, "ages")), start=start, end=end)
        for id, codes in condition.answers.items():
            yield from self._answer(id, codes, (*place, "answers", id))
        for name, others in (("any", condition.any), ("none", condition.none)):
            for at, other in enumerate(others):
                yield from self._condition(other, (*place, name, at))

    def _answer(self, id: str, codes: tuple[str, ...], place: KeyPath) -> Iterator[FileFault]:
        field = self._fields.get(id)
        if field is None:
            yield FileFault("form-answer-unknown", file=self._file, line=self._line(place), field=shown(id))
            return
        known = codes_of(field, self._standard, self._form.questionnaire)
        for at, code in enumerate(codes):
            if code not in known:
                line = self._line((*place, at))
                yield FileFault("form-code-unknown", file=self._file, line=line, code=shown(code), field=shown(id))

    def _circle(self) -> Iterator[FileFault]:
        """Fields that only show when each other are answered: none of them ever would."""
        waits: dict[str, set[str]] = {}
        places: dict[str, KeyPath] = {}
        for at, section in enumerate(self._form.sections):
            for number, field in enumerate(section.fields):
                waits[field.id] = {*asked_in(section.shown), *asked_in(field.shown)} & self._fields.keys()
                places[field.id] = ("sections", at, "fields", number)
        if circle := _circle_in(waits):
            told = " → ".join(shown(id) for id in (*circle, circle[0]))
            yield FileFault("form-circle", file=self._file, line=self._line(places[circle[0]]), fields=told)


def asked_in(condition: Condition) -> Iterator[str]:
    """The ids of the fields whose answers a condition asks for."""
    yield from condition.answers
    for other in (*condition.any, *condition.none):
        yield from asked_in(other)


def _circle_in(waits: dict[str, set[str]]) -> list[str]:
    """A circle of ids that wait for each other, from its first in the form; empty where there is none."""
    left = dict(waits)
    while free := [id for id, others in left.items() if not others & left.keys()]:
        for id in free:
            del left[id]
    if not left:
        return []
    # Everything that is left waits for something that is left: following it leads into a circle.
    way = [next(iter(left))]
    while True:
        onward = min(left[way[-1]] & left.keys(), key=list(left).index)
        if onward in way:
            circle = way[way.index(onward) :]
            first = min(range(len(circle)), key=lambda at: list(left).index(circle[at]))
            return circle[first:] + circle[:first]
        way.append(onward)
