"""The fields of a variant as a list: their order, whether they are there, folded or filled in beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from ldbu_desktop.forms.model import Field, Form, Prefill, Widget
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.table_model import HEADING, READABLE, Column, TableModel, Width
from ldbu_desktop.ui.theme import colour, font


class FieldRow(NamedTuple):
    """A row: a section's heading, or a field in it with the typical seconds that it takes."""

    section: str
    title: str
    field: Field | None = None
    seconds: float | None = None


class EditorModel(TableModel[FieldRow]):
    """The rows of a form. It changes nothing: what is chosen in a row is told to who shows it."""

    def __init__(self, standard: Callable[[], Standard], parent: QObject | None = None) -> None:
        super().__init__(
            (
                _column("field", lambda: tr("Felt"), lambda row: f"    {row.title}" if row.field else row.title),
                _of_field("widget", lambda: tr("Udfyldes med"), _widget_of),
                _of_field("prefill", lambda: tr("Forslag"), _prefill_of),
                _of_field("optional", lambda: tr("Foldet"), lambda field: tr("ja") if field.optional else ""),
                _column("seconds", lambda: tr("Sekunder"), _seconds, is_number=True),
            ),
            parent,
        )
        self._standard = standard

    def show_form(self, form: Form | None, seconds: dict[str, float]) -> None:
        """Show a form's fields, with the typical seconds that each takes; nothing anew where they are what is shown."""
        rows = tuple(self._of(form, seconds)) if form else ()
        if rows != self.rows:
            self.show(rows)

    def _of(self, form: Form, seconds: dict[str, float]) -> Iterator[FieldRow]:
        for section in form.sections:
            yield FieldRow(section.id, section.title[chosen()])
            for field in section.fields:
                yield FieldRow(section.id, field_words(field, self._standard()), field, seconds.get(field.id))

    def row_at(self, index: AnyIndex) -> FieldRow | None:
        """The row of an index."""
        return self.rows[index.row()] if index.isValid() else None

    def row_of(self, field_id: str) -> int:
        """The row of a field, by id; -1 where it is not there."""
        return next((at for at, row in enumerate(self.rows) if row.field and row.field.id == field_id), -1)


def _column(
    name: str, title: Callable[[], str], text: Callable[[FieldRow], str], *, is_number: bool = False
) -> Column[FieldRow]:
    return Column(
        name,
        title,
        text,
        is_number=is_number,
        width=Width.REST if name == "field" else Width.CONTENTS,
        roles={Qt.ItemDataRole.FontRole: _font, Qt.ItemDataRole.ForegroundRole: _ink},
        flags=lambda row: READABLE if row.field else HEADING,
    )


def _of_field(name: str, title: Callable[[], str], text: Callable[[Field], str]) -> Column[FieldRow]:
    """A column that says nothing of a heading."""
    return _column(name, title, lambda row: text(row.field) if row.field else "")


def _font(row: FieldRow) -> QFont:
    return font(bold=row.field is None)


def _ink(row: FieldRow) -> QColor | None:
    return colour("muted") if row.field is None or row.field.optional else None


def _widget_of(field: Field) -> str:
    return widget_words(field.widget) if field.widget else ""


def _prefill_of(field: Field) -> str:
    return prefill_words(field.prefill) if field.prefill is not Prefill.NONE else ""


def _seconds(row: FieldRow) -> str:
    return f"{row.seconds:.1f}".replace(".", tr(",")) if row.seconds is not None else ""


def field_words(field: Field, standard: Standard) -> str:
    """What a field is called: the catalogue's label."""
    known = standard.variable.get(field.variable) or standard.questionnaire.get(field.questionnaire)
    return known.label[chosen()] if known else field.link_id or field.id


def widget_words(widget: Widget) -> str:
    """What a field is filled with."""
    return {
        Widget.NUMBER: tr("Tal"),
        Widget.CHOICE: tr("Synlige valg"),
        Widget.LIST: tr("Liste, der åbnes"),
        Widget.MOMENT: tr("Dato og tid"),
        Widget.TEXT: tr("Fri tekst"),
        Widget.SWITCH: tr("Ja eller nej"),
        Widget.FINDINGS: tr("Flere fund, søges frem"),
        Widget.INTERVENTIONS: tr("Indsatser"),
        Widget.PERIODS: tr("Svar med perioder"),
        Widget.INSTRUMENT: tr("Spørgeskema"),
    }[widget]


def prefill_words(prefill: Prefill) -> str:
    """Where a field's first proposal is from."""
    return {
        Prefill.NONE: tr("Intet forslag"),
        Prefill.EARLIER: tr("Fra sidste kontakt"),
        Prefill.RECORD: tr("Fra journalen eller CPR"),
    }[prefill]
