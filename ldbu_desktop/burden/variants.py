"""Variants of a form: each change gives a new form, and the one before stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.faults import CallFault
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Section, Widget


def variant(form: Form, id: str, title: Text) -> Form:
    """A copy of ``form`` with an id and a title of its own, the user's own from now on."""
    return replace(form, id=id, title=title, is_own=True, source="")


def with_field(form: Form, field: Field, section_id: str, place: int | None = None) -> Form:
    """``form`` with ``field`` in a section, at ``place`` (counted from 0) or last.

    Raises :class:`CallFault` where there is no such section or a field with its id already.
    """
    if any(each.id == field.id for each in form.fields):
        raise CallFault("variant-field-twice", field=field.id)
    _section(form, section_id)
    return _in_sections(form, lambda section: _inserted(section, field, place) if section.id == section_id else section)


def without_field(form: Form, field_id: str) -> Form:
    """``form`` without a field. What showed only for certain answers to it shows always; a section left empty goes.

    Raises :class:`CallFault` where there is no such field, or where it is the only one.
    """
    field_of(form, field_id)
    if len(form.fields) == 1:
        raise CallFault("variant-last-field", field=field_id)
    kept = _in_sections(
        form,
        lambda section: replace(
            section,
            shown=_without_answer(section.shown, field_id),
            fields=tuple(
                replace(each, shown=_without_answer(each.shown, field_id))
                for each in section.fields
                if each.id != field_id
            ),
        ),
    )
    return replace(kept, sections=tuple(section for section in kept.sections if section.fields))


def moved(form: Form, field_id: str, section_id: str, place: int) -> Form:
    """``form`` with a field at another ``place``, counted from 0 among the fields that stay in the section."""
    field = field_of(form, field_id)
    _section(form, section_id)
    taken = _in_sections(
        form,
        lambda section: replace(section, fields=tuple(each for each in section.fields if each.id != field_id)),
    )
    put = _in_sections(taken, lambda section: _inserted(section, field, place) if section.id == section_id else section)
    return replace(put, sections=tuple(section for section in put.sections if section.fields))


def with_widget(form: Form, field_id: str, widget: Widget) -> Form:
    """``form`` with another widget for a field."""
    return _with_change(form, field_id, lambda field: replace(field, widget=widget))


def with_prefill(form: Form, field_id: str, prefill: Prefill) -> Form:
    """``form`` with another first proposal for a field."""
    return _with_change(form, field_id, lambda field: replace(field, prefill=prefill))


def with_optional(form: Form, field_id: str, *, optional: bool) -> Form:
    """``form`` with a field folded away until it is asked for, or not."""
    return _with_change(form, field_id, lambda field: replace(field, optional=optional))


def field_of(form: Form, field_id: str) -> Field:
    """The field with an id; raises :class:`CallFault` where there is none."""
    for field in form.fields:
        if field.id == field_id:
            return field
    raise CallFault("variant-field-unknown", field=field_id)


def _section(form: Form, section_id: str) -> Section:
    for section in form.sections:
        if section.id == section_id:
            return section
    raise CallFault("variant-section-unknown", section=section_id)


def _with_change(form: Form, field_id: str, change: Callable[[Field], Field]) -> Form:
    field_of(form, field_id)
    return _in_sections(
        form,
        lambda section: replace(
            section, fields=tuple(change(each) if each.id == field_id else each for each in section.fields)
        ),
    )


def _in_sections(form: Form, change: Callable[[Section], Section]) -> Form:
    return replace(form, sections=tuple(map(change, form.sections)))


def _inserted(section: Section, field: Field, place: int | None) -> Section:
    at = len(section.fields) if place is None else max(0, min(place, len(section.fields)))
    return replace(section, fields=(*section.fields[:at], field, *section.fields[at:]))


def _without_answer(condition: Condition, field_id: str) -> Condition:
    return _pruned(condition, field_id) or Condition()


def _pruned(condition: Condition, field_id: str) -> Condition | None:
    """The condition without a word of a field; None where it was about nothing else.

    An alternative that was only about the field is left out: kept empty it would always hold, and among those that must
    not hold it would never let the field show.
    """
    answers = {name: codes for name, codes in condition.answers.items() if name != field_id}
    any_ = _pruned_all(condition.any, field_id)
    left = replace(condition, answers=answers, any=any_, none=_pruned_all(condition.none, field_id))
    if left == condition:
        return condition
    return None if left == Condition() else left


def _pruned_all(conditions: Iterable[Condition], field_id: str) -> tuple[Condition, ...]:
    pruned = (_pruned(each, field_id) for each in conditions)
    return tuple(each for each in pruned if each is not None)
