"""Making a variant of a form, and saving it as a form file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from msgspec import structs

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.burden.comparison import asked_for
from ldbu_desktop.burden.variants import variant, with_field, with_prefill
from ldbu_desktop.forms.field_defaults import catalogued_field
from ldbu_desktop.forms.flaws import flaws
from ldbu_desktop.forms.model import Condition, Field, Form, Prefill, Section
from ldbu_desktop.forms.writing import form_text
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.whole_files import write_whole


class Addable(NamedTuple):
    """Something that a form lacks and can be given: a variable or a questionnaire, by id."""

    name: str
    label: Text
    field: Field


def new_variant(form: Form, taken: Collection[str]) -> Form:
    """A variant to change, with an id that none of ``taken`` has."""
    number = next(number for number in range(1, len(taken) + 2) if f"{form.id}-variant-{number}" not in taken)
    title = Text(da=f"{form.title.da} – variant {number}", en=f"{form.title.en} – variant {number}")
    return variant(form, f"{form.id}-variant-{number}", title)


def addable(form: Form, standard: Standard) -> tuple[Addable, ...]:
    """What a visit's form can be given that it does not ask for yet: what is observed, and questionnaires."""
    has = set(asked_for(form))
    ids = {field.id for field in form.fields}
    variables = [
        Addable(each.id, each.label, Field(id=_free(each.id, ids), variable=each.id)) for each in standard.observed
    ]
    questionnaires = [
        Addable(each.id, each.label, Field(id=_free(each.id, ids), questionnaire=each.id))
        for each in standard.questionnaires
    ]
    return tuple(each for each in (*variables, *questionnaires) if each.name not in has)


def with_added(form: Form, name: str, section_id: str, standard: Standard, place: int | None = None) -> Form:
    """``form`` with a field for a variable or a questionnaire, with the widget that is usual for it."""
    [found] = [each for each in addable(form, standard) if each.name == name]
    return with_field(form, catalogued_field(found.field, form.questionnaire, standard), section_id, place)


def prefills_for(field: Field, form: Form, standard: Standard) -> tuple[Prefill, ...]:
    """The first proposals that are safe for a field: what is measured is never carried over."""
    unanswered = structs.replace(field, shown=Condition())
    section = Section(id="all", title=form.title, fields=(unanswered,))
    alone = structs.replace(form, sections=(section,))
    return tuple(each for each in Prefill if not flaws(with_prefill(alone, field.id, each), standard))


def save_variant(path: Path, form: Form, standard: Standard) -> None:
    """Write a variant as a form file, whole or not at all, for others to try.

    Raises the first of its flaws, or :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    if found := flaws(form, standard):
        raise found[0]
    text = form_text(form, standard).encode()
    write_whole(path, lambda temporary: temporary.write_bytes(text))


def _free(name: str, taken: Collection[str]) -> str:
    candidates = (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in candidates if each not in taken)
