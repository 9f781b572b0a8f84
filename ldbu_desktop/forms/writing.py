"""A form back as the YAML that people write: only what does not follow from the catalogue."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import yaml
from msgspec import structs

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.forms.field_defaults import catalogued_field
from ldbu_desktop.forms.model import Field, Form, FormPart
from ldbu_desktop.forms.reading import wanted_keys
from ldbu_desktop.standard.model import Standard

SCHEMA_LINE = "# yaml-language-server: $schema=schema.json\n"
"""Lets an editor complete and check what is written, by the schema that lies beside our forms."""

_LAST = ("sections", "fields")
"""What is longest stands last in its part."""

_WIDTH = 10_000
"""Texts are not broken: an editor does that."""


def form_text(form: Form, standard: Standard) -> str:
    """``form`` as the text of a form file; reading it gives the same form."""
    sections = tuple(
        structs.replace(section, fields=tuple(_written(each, form.questionnaire, standard) for each in section.fields))
        for section in form.sections
    )
    return SCHEMA_LINE + part_text(structs.replace(form, sections=sections))


def part_text(part: FormPart) -> str:
    """A part of a form, or anything that is written as forms are, as YAML; defaults are left out."""
    text: str = yaml.dump(
        _told(part), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, default_flow_style=None, width=_WIDTH
    )
    return text


def _written(field: Field, questionnaire: str, standard: Standard) -> Field:
    """``field`` without what follows from the catalogue."""
    shown = field.shown
    if field.questionnaire:
        shown = structs.replace(shown, ages=None)
    bare = structs.replace(field, widget=None, who=None, shown=shown)
    usual = catalogued_field(bare, questionnaire, standard)
    return structs.replace(
        field,
        widget=None if field.widget is usual.widget else field.widget,
        who=None if field.who is usual.who else field.who,
        shown=shown if field.shown == usual.shown else field.shown,
    )


def _told(value: object) -> Any:
    """A value of the model as YAML has it: defaults are left out, and so is an id that follows."""
    match value:
        case Text():
            return value.da if value.da == value.en else {"da": value.da, "en": value.en}
        case FormPart():
            keys = sorted(wanted_keys(type(value)).items(), key=lambda key: key[0] in _LAST)
            told = {key: getattr(value, wanted.name) for key, wanted in keys}
            defaults = {field.encode_name: field.default for field in structs.fields(value)}
            return {
                key: _told(each)
                for key, each in told.items()
                if each != defaults[key] and each not in ((), {}) and not _follows(value, key)
            }
        case StrEnum():
            return str(value)
        case tuple():
            return [_told(each) for each in value]
        case dict():
            return {key: _told(each) for key, each in value.items()}
    return value


def _follows(part: FormPart, key: str) -> bool:
    return key == "id" and isinstance(part, Field) and part.id == (part.variable or part.link_id or part.questionnaire)
