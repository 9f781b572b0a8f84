"""The comparison as a table: a column a form, and a row for each thing that they are compared by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFont

from ldbu_desktop.burden.comparison import Compared, Comparison
from ldbu_desktop.burden.model import Activity, Need
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.burden_words import band_words, difference_words, kind_words, need_words
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.theme import colour, font


class ComparisonRow(NamedTuple):
    """A row: its heading, what it says of a form, and what it tells at length when asked.

    A difference is one from the first form: of a form by itself there is none.
    """

    heading: str
    said: Callable[[Compared], str]
    detail: Callable[[Compared], str] | None = None
    is_total: bool = False
    warns: Callable[[Compared], bool] | None = None
    is_difference: bool = False


class ComparisonModel(TableModel[ComparisonRow]):
    """Forms beside each other; the first is the one that the others are held against."""

    def __init__(self, standard: Callable[[], Standard], parent: QObject | None = None) -> None:
        super().__init__((), parent)
        self._standard = standard
        self._comparison: Comparison | None = None

    def compare(self, comparison: Comparison | None) -> None:
        """Show another comparison, or none."""
        self._comparison = comparison
        if comparison is None:
            self.show((), ())
        else:
            lines = [line for line in self._lines() if len(comparison.forms) > 1 or not line.is_difference]
            self.show(lines, (_HEADINGS, *map(_column, comparison.forms)))

    def retell(self) -> None:
        """Say everything anew."""
        self.compare(self._comparison)

    def _lines(self) -> tuple[ComparisonRow, ...]:
        hours, kroner = tr("timer"), tr("kr.")
        return (
            ComparisonRow(tr("Tid pr. kontakt"), lambda form: band_words(form.found.seconds, "s"), is_total=True),
            ComparisonRow(
                tr("Forskel pr. kontakt"), lambda form: difference_words(form.seconds_more, "s"), is_difference=True
            ),
            *(self._need_line(need) for need in Need),
            *(self._kind_line(kind) for kind in Activity),
            ComparisonRow(tr("Kommunen pr. år"), lambda form: band_words(form.year.hours, hours), is_total=True),
            ComparisonRow(tr("Pris pr. år"), lambda form: band_words(form.year.dkk, kroner)),
            ComparisonRow(
                tr("Forskel pr. år"), lambda form: difference_words(form.dkk_more, kroner), is_difference=True
            ),
            ComparisonRow(
                tr("Gatewayens regler, ikke opfyldt"),
                lambda form: _count(form.unmet_rules),
                lambda form: self._names(name for rule in form.unmet_rules for name in rule.variables),
                warns=lambda form: bool(form.unmet_rules),
            ),
            ComparisonRow(
                tr("Mangler efter vejledningen"),
                lambda form: _count(form.lost_guide),
                lambda form: self._names(form.lost_guide),
                warns=lambda form: bool(form.lost_guide),
            ),
            ComparisonRow(
                tr("Felter taget ud"),
                lambda form: _count(form.lost) if form.is_for_the_same else tr("anden kontakt"),
                lambda form: self._names(form.lost),
                is_difference=True,
            ),
            ComparisonRow(
                tr("Felter tilføjet"),
                lambda form: _count(form.gained) if form.is_for_the_same else tr("anden kontakt"),
                lambda form: self._names(form.gained),
                is_difference=True,
            ),
        )

    @staticmethod
    def _need_line(need: Need) -> ComparisonRow:
        return ComparisonRow(f"    {need_words(need)}", lambda form: _seconds(form.found.by_need[need].typical))

    @staticmethod
    def _kind_line(kind: Activity) -> ComparisonRow:
        return ComparisonRow(f"    {kind_words(kind)}", lambda form: _seconds(form.found.by_kind[kind].typical))

    def _names(self, ids: Any) -> str:
        """Variables, items and questionnaires by their labels."""
        standard = self._standard()
        named = (standard.variable.get(name) or standard.questionnaire.get(name) for name in ids)
        return ", ".join(dict.fromkeys(each.label[chosen()] for each in named if each))


def _font(line: ComparisonRow) -> QFont:
    return font(bold=line.is_total)


_HEADINGS: Column[ComparisonRow] = Column(
    "", lambda: "", lambda line: line.heading, tip=lambda _line: None, roles={Qt.ItemDataRole.FontRole: _font}
)


def _column(form: Compared) -> Column[ComparisonRow]:
    """The column of a form."""

    def ink(line: ComparisonRow) -> QColor | None:
        return colour("rejected") if line.warns and line.warns(form) else None

    return Column(
        form.found.form.id,
        lambda: form.found.form.title[chosen()],
        lambda line: line.said(form),
        is_number=True,
        wraps_title=True,
        width=Width.REST,
        tip=lambda line: (line.detail(form) if line.detail else "") or line.said(form),
        roles={Qt.ItemDataRole.FontRole: _font, Qt.ItemDataRole.ForegroundRole: ink},
    )


def _count(found: Sequence[object]) -> str:
    return count_words(len(found)) if found else tr("ingen")


def _seconds(typical: float) -> str:
    return f"{typical:.0f} s" if typical >= 0.5 else "\N{EN DASH}"
