"""The comparison, as a manager reads it: the conclusion, what it rests on, the table, and what could be avoided."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QScrollArea, QWidget

from ldbu_desktop.burden.comparison import Compared, Comparison
from ldbu_desktop.burden.model import Need
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.burden_words import (
    accuracy_words,
    amount,
    band_words,
    basis_words,
    conclusion_words,
    name_of,
    need_words,
    not_counted_words,
    saving_words,
)
from ldbu_desktop.ui.burden.comparison_model import ComparisonModel, ComparisonRow
from ldbu_desktop.ui.burden.desk import BurdenDesk
from ldbu_desktop.ui.burden.need_colours import NEED_COLOURS
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.bars import Bar, BarChart, Share
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import LINE, EmptyState, button, column, keep_line, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled

_WIDE = LINE + 40 * GRID
_ROW = 7 * GRID
_HEAD = 14 * GRID
_AVOIDABLE = 5
"""What could be avoided is told of the largest few."""


class ComparisonView(QWidget):
    """What the chosen forms cost, the first of which the others are held against."""

    wanted = Signal(str)
    """``xlsx`` or ``pdf``: the comparison is wanted as a file."""

    def __init__(self, desk: BurdenDesk, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("burdenComparison")
        self._desk = desk
        self.conclusion = label("burdenConclusion", tone="title")
        self.basis = label("burdenBasis", tone="muted")
        for part in (self.conclusion, self.basis):
            part.setWordWrap(True)
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        keep_line(self.basis, live, _WIDE)
        self._shows_assumptions = False
        self.assumptions = button("burdenAssumptions", live, self._assumptions_words, kind="link", icon="forward")
        live.also(lambda: self.tell_assumptions(shown=self._shows_assumptions))
        self.verdict = VerdictBanner("burdenVerdict", live)
        self.chart = BarChart("burdenChart", live, lambda: tr("Tid pr. kontakt, fordelt efter hvem der beder om det"))
        self.model = ComparisonModel(lambda: desk.standard, self)
        self.table = self._table(live)
        self.detail = _text("burdenDetail", live)
        self.avoidable = _text("burdenAvoidable", live)
        self.not_counted = _text("burdenNotCounted", live)
        self.to_xlsx = button("burdenToXlsx", live, lambda: tr("Gem som regneark …"), icon="table")
        self.to_pdf = button("burdenToPdf", live, lambda: tr("Gem som PDF …"), icon="report")
        self.to_xlsx.clicked.connect(lambda: self.wanted.emit("xlsx"))
        self.to_pdf.clicked.connect(lambda: self.wanted.emit("pdf"))
        self.none = EmptyState(
            "burdenNone",
            live,
            "recent",
            lambda: tr("Sæt flueben ved et skema til venstre"),
            lambda: tr("Så vises, hvor lang tid det tager at udfylde. Vælg flere for at sammenligne dem."),
        )
        self.scroll_area = self._whole(live)
        lines = column(self)
        lines.addWidget(self.none, 1)
        lines.addWidget(self.scroll_area, 1)
        self.table.selectionModel().currentChanged.connect(self._tell_detail)
        desk.compared.connect(self.tell)
        live.also(self.tell)

    def _whole(self, live: Retranslation) -> QScrollArea:
        inner = QWidget()
        inner.setObjectName("scrolled")
        lines = column(inner, 4, 3)
        lines.addWidget(self.conclusion)
        lines.addWidget(self.basis)
        lines.addLayout(row(self.assumptions, 1))
        lines.addWidget(self.verdict)
        lines.addWidget(self.table)
        lines.addWidget(self.detail)
        lines.addWidget(self.chart)
        for name, heading, text in (
            ("burdenAvoidableHeading", lambda: tr("Kan undgås"), self.avoidable),
            ("burdenNotCountedHeading", lambda: tr("Ikke talt med"), self.not_counted),
        ):
            lines.addWidget(label(name, live, heading, "heading"))
            lines.addWidget(text)
        lines.addLayout(row(self.to_xlsx, self.to_pdf, 1))
        lines.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("burdenScroll")
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        live.name(scroll, lambda: tr("Sammenligning"))
        return scroll

    def _table(self, live: Retranslation) -> TableView[ComparisonRow]:
        table = TableView("burdenTable", live, lambda: tr("Skemaer ved siden af hinanden"), self.model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        live.also(lambda: table.verticalHeader().setDefaultSectionSize(scaled(_ROW)))
        live.also(lambda: table.horizontalHeader().setFixedHeight(scaled(_HEAD)))
        live.name(table.horizontalHeader(), lambda: tr("Skemaer"))
        return table

    def tell(self) -> None:
        """Show the comparison as it is now."""
        comparison = self._desk.comparison
        self.none.setVisible(comparison is None)
        self.scroll_area.setVisible(comparison is not None)
        self.model.compare(comparison)
        if comparison is None:
            return
        self.table.setFixedHeight(scaled(_HEAD) + scaled(_ROW) * self.model.rowCount() + 4)
        self.chart.show_bars([_bar(form) for form in comparison.forms])
        self._tell_conclusion(comparison)
        first = comparison.forms[0]
        self.avoidable.setText("\n".join(self._avoidable(first)) or tr("Intet i dette skema kan undgås."))
        self.not_counted.setText("\n".join(f"• {line}" for line in not_counted_words(first.found)))
        self.detail.setText(tr("Vælg et tal i tabellen for at se, hvad det dækker."))

    def _tell_conclusion(self, comparison: Comparison) -> None:
        """The conclusion, what it rests on, and where a form breaks the gateway's rules: a number is no verdict."""
        self.conclusion.setText(conclusion_words(comparison))
        found = comparison.forms[0].found
        self.basis.setText(f"{basis_words(found)} {accuracy_words()}")
        self.tell_assumptions(shown=self._shows_assumptions)
        broken = [form for form in comparison.forms if form.unmet_rules]
        self.verdict.setVisible(bool(broken))
        if broken:
            text = tr(
                "{forms} kan ikke opfylde alle gatewayens regler, så de kontakter afvises.",
                forms=", ".join(_title(form) for form in broken),
            )
            self.verdict.tell(Severity.LOOK_AT, text, "")

    def _assumptions_words(self) -> str:
        comparison = self._desk.comparison
        changed = len(comparison.forms[0].found.assumptions.changed) if comparison is not None else 0
        if self._shows_assumptions:
            return tr("Skjul antagelserne")
        return tr("Vis antagelserne (ændret: {count})", count=changed) if changed else tr("Vis antagelserne")

    def tell_assumptions(self, *, shown: bool) -> None:
        """Say what the link does now that the assumptions are to be seen beside, or are not."""
        self._shows_assumptions = shown
        self.assumptions.setText(self._assumptions_words())
        self.assumptions.setIcon(icon("next" if shown else "forward", "accent"))

    def _avoidable(self, form: Compared) -> list[str]:
        return [
            tr(
                "• {what}: {why}. Det sparer {seconds} s pr. kontakt, {hours, plural, one {# time} other {# timer}} om "
                "året.",
                what=name_of(each.variable, form.found.form, self._desk.standard, chosen()),
                why=saving_words(each.saving),
                seconds=amount(each.seconds.typical),
                hours=amount(each.hours.typical),
            )
            for each in form.avoidable[:_AVOIDABLE]
        ]

    def _tell_detail(self, index: QModelIndex) -> None:
        told = index.data(Qt.ItemDataRole.ToolTipRole)
        heading = index.siblingAtColumn(0).data()
        self.detail.setText(f"{heading.strip()}: {told}" if told and heading else "")


def _bar(form: Compared) -> Bar:
    """A form's bar, parted by who asks for what the time goes to; what could be avoided is hatched."""
    found = form.found
    parts = tuple(
        (Share(need_words(need), NEED_COLOURS[need], need is Need.AVOIDABLE), found.by_need[need].typical)
        for need in Need
    )
    return Bar(_title(form), band_words(found.seconds, "s"), found.seconds.low, found.seconds.high, parts)


def _title(form: Compared) -> str:
    return form.found.form.title[chosen()]


def _text(name: str, live: Retranslation) -> QLabel:
    made = label(name, tone="muted")
    made.setWordWrap(True)
    keep_line(made, live, _WIDE)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
