"""The fields of a variant as a list: their order, whether they are there, folded or filled in beforehand."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ldbu_desktop.forms.model import Field, Form, Prefill, Widget
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.theme import colour, font

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns."""

    FIELD = 0
    WIDGET = 1
    PREFILL = 2
    OPTIONAL = 3
    SECONDS = 4


class FieldRow(NamedTuple):
    """A row: a section's heading, or a field in it."""

    section: str
    title: str
    field: Field | None = None


class EditorModel(QAbstractTableModel):
    """The rows of a form. It changes nothing: what is chosen in a row is told to who shows it."""

    def __init__(self, standard: Callable[[], Standard], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._standard = standard
        self._rows: tuple[FieldRow, ...] = ()
        self._seconds: dict[str, float] = {}

    def show(self, form: Form | None, seconds: dict[str, float]) -> None:
        """Show a form's fields, with the typical seconds that each takes."""
        self.beginResetModel()
        self._rows = tuple(self._of(form)) if form else ()
        self._seconds = seconds
        self.endResetModel()

    def _of(self, form: Form) -> Any:
        for section in form.sections:
            yield FieldRow(section.id, section.title[chosen()])
            for field in section.fields:
                yield FieldRow(section.id, field_words(field, self._standard()), field)

    def row_at(self, index: Index) -> FieldRow | None:
        """The row of an index."""
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, field_id: str) -> int:
        """The row of a field, by id; -1 where it is not there."""
        return next((at for at, row in enumerate(self._rows) if row.field and row.field.id == field_id), -1)

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Headings and fields."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The columns of :class:`Column`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The columns' names."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        names = (tr("Felt"), tr("Udfyldes med"), tr("Forslag"), tr("Foldet"), tr("Sekunder"))
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A heading can't be selected."""
        row = self.row_at(index)
        return Qt.ItemFlag.ItemIsEnabled if row and not row.field else super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says."""
        row = self.row_at(index)
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._text(row, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(index.column())
            case Qt.ItemDataRole.FontRole:
                return font(bold=row.field is None)
            case Qt.ItemDataRole.ForegroundRole if row.field is None or row.field.optional:
                return colour("muted")
        return None

    def _text(self, row: FieldRow, column: int) -> str:
        field = row.field
        if field is None:
            return row.title if column == Column.FIELD else ""
        match column:
            case Column.FIELD:
                return f"    {row.title}"
            case Column.WIDGET:
                return widget_words(field.widget) if field.widget else ""
            case Column.PREFILL:
                return prefill_words(field.prefill) if field.prefill is not Prefill.NONE else ""
            case Column.OPTIONAL:
                return tr("ja") if field.optional else ""
        seconds = self._seconds.get(field.id)
        return f"{seconds:.1f}".replace(".", tr(",")) if seconds is not None else ""


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
        Prefill.EARLIER: tr("Fra sidste besøg"),
        Prefill.RECORD: tr("Fra journalen eller CPR"),
    }[prefill]


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == Column.SECONDS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
