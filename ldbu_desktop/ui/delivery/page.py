"""The page of delivery: how to deliver at the left; at the right what is written and left out, then the receipt."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QWidget

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words, delivered_as_is_words, visits_words
from ldbu_desktop.ui.delivery.delivery_jobs import await_delivery, deliver
from ldbu_desktop.ui.delivery.left_out_model import LeftOutModel
from ldbu_desktop.ui.delivery.options import Options
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import Divided, EmptyState, Pane, UprightScroll, button, column, label, row
from ldbu_desktop.ui.page import Page, PageContext
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, scaled

if TYPE_CHECKING:
    from ldbu_desktop.bundles.model import Receipt
    from ldbu_desktop.workspace.deliveries import Awaiting


class DeliveryPage(Page):
    """The button is never disabled while there are findings: it tells what would be written and what would not."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        session, live = context.session, context.live
        self._session = session
        self._show = context.show
        self._receipt: Receipt | None = None
        self.awaiting: Awaiting | None = None
        self._is_stale, self._is_waiting = True, False
        live.name(self, lambda: tr("Aflevering"))
        self.options = Options(live)
        self.deliver = button("deliveryStart", live, lambda: tr("Skriv rapporterne"), kind="primary", icon="deliver")
        self.deliver.clicked.connect(self.start)
        self.model = LeftOutModel(session, self)
        self.sent = VerdictBanner("deliveryVerdict", live)
        self.left_heading = label("deliveryLeftHeading", live, lambda: tr("Udelades"), "heading")
        self.left = self._table(live)
        self.none = EmptyState(
            "deliveryNone",
            live,
            "clear",
            lambda: tr("Intet holdes tilbage"),
            self._none_words,
        )
        self.open_folder = button("deliveryOpenFolder", live, lambda: tr("Åbn mappen"), icon="folder")
        self.open_folder.clicked.connect(lambda: self._with_folder(self._open_folder))
        self.read_receipt = button("deliveryReceipt", live, lambda: tr("Læs kvitteringen"), icon="report")
        self.check = button("deliveryCheck", live, lambda: tr("Kontrollér det skrevne"), icon="file-check")
        self.read_receipt.clicked.connect(lambda: self._with_folder(context.show_receipt))
        self.check.clicked.connect(lambda: self._with_folder(lambda folder: context.check([folder])))
        self.options.changed.connect(self._choose_anew)
        self._live = live

    def lay_out(self) -> Iterator[None]:
        """Put the parts in their places and say what they say, in slices."""
        splitter, choices, result = Divided("deliveryPanes"), Pane(), Pane()
        column(self).addWidget(splitter)
        yield from splitter.take((choices, result), (392, 848), (0, 1))
        self._lay_out_choices(choices)
        yield
        yield from self._lay_out_result(result)
        for signal in (self._session.opened, self._session.checked, self._session.changed):
            signal.connect(self._choose_anew)
        self._live.also(self._retell)

    def _lay_out_choices(self, pane: Pane) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        lines = column(inner, 0, 4)
        lines.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 4 * GRID)
        lines.addWidget(label("deliveryHeading", self._live, lambda: tr("Aflevering"), "title"))
        lines.addWidget(self.options)
        lines.addStretch(1)
        scroll = UprightScroll()
        scroll.setObjectName("deliveryScroll")
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._live.name(scroll, lambda: tr("Aflevering"))
        whole = column(pane)
        whole.addWidget(scroll, 1)
        whole.addLayout(row(self.deliver, 1, margin=4))

    def _lay_out_result(self, pane: Pane) -> Iterator[None]:
        lines = column(pane, 0, 2)
        lines.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 0)
        lines.addWidget(self.sent)
        lines.addLayout(row(self.open_folder, self.read_receipt, self.check, 1, wraps=True))
        lines.addSpacing(2 * GRID)
        yield
        lines.addWidget(self.left_heading)
        lines.addWidget(self.left, 1)
        yield
        lines.addWidget(self.none, 1)
        lines.addStretch()  # what a verdict does not need stays empty, where nothing stands below it
        yield

    def _table(self, live: Retranslation) -> TableView[str]:
        table = TableView(
            "deliveryLeft", live, lambda: tr("Kontakter, som udelades"), self.model, wraps=True, sorts=True
        )
        table.verticalHeader().setDefaultSectionSize(scaled(8 * GRID))
        table.activated.connect(self._open)
        return table

    def _retell(self) -> None:
        self.model.retell()
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was mended meanwhile."""
        super().showEvent(event)
        if self._is_stale:
            self._choose_anew()

    def _choose_anew(self) -> None:
        self._receipt = None
        self._is_stale = not self.isVisible()
        if not self._is_stale:
            self._look()

    def _look(self) -> None:
        """Find out what would be written now."""
        findings = self._session.findings
        with QSignalBlocker(self.options):
            self.options.show_anyway(findings is not None and self._session.work.has_contradicted())
            self.options.show_only_new(self._session.work.has_delivered)
        anyway, only_new = self.options.anyway.isChecked(), self.options.only_new.isChecked()
        self.awaiting = None
        self._is_waiting = await_delivery(self._session, self._found, only_new=only_new, send_anyway=anyway)
        if not self._is_waiting:
            self.model.refill(send_anyway=anyway)
        self._tell()

    def _found(self, awaiting: Awaiting) -> None:
        """What awaits delivery is found out."""
        self.awaiting, self._is_waiting = awaiting, False
        self.model.refill(send_anyway=self.options.anyway.isChecked(), among=awaiting.rejected)
        self._tell()

    def _tell(self) -> None:
        session = self._session
        has_left = self.model.rowCount() > 0
        self.left.setVisible(has_left)
        self.left_heading.setVisible(has_left)
        self.none.setVisible(session.findings is not None and not has_left and self._receipt is None)
        self.none.text.setText(self._none_words())
        for part in (self.open_folder, self.read_receipt, self.check):
            part.setVisible(self._receipt is not None)
        if session.findings is None and session.checked_words:
            text = tr("Alt skal være kontrolleret, før der kan afleveres.")
            self.sent.tell_waiting(text, f"{session.checked_words}.")
        elif session.findings is None or self._is_waiting:
            self.sent.wait()
        elif self._receipt is not None:
            self._tell_receipt(self._receipt)
        else:
            self._tell_plan()

    def _tell_plan(self) -> None:
        left = self.model.rowCount()
        ready = len(self.awaiting.ready) if self.awaiting is not None else self._session.work.visit_count - left
        severity = Severity.LOOK_AT if left else None
        if not ready and self.awaiting is not None and not left:
            text = tr("Intet nyt venter på aflevering.")
        elif not ready:
            text = tr("Ingen kontakter er klar. Ret det, der afvises, og prøv igen.")
        elif left:
            text = tr("{ready} skrives, {left} udelades.", ready=visits_words(ready), left=count_words(left))
        else:
            text = tr("{ready} skrives.", ready=visits_words(ready))
        more = [tr("Det, der er i orden, skrives som filer; resten bliver her med sine grunde.")]
        if self.awaiting is not None and self.awaiting.unfinished:
            unfinished = visits_words(len(self.awaiting.unfinished))
            more.append(tr("{visits} er ikke afsluttet og venter.", visits=unfinished))
        if self.awaiting is not None and self.awaiting.delivered:
            more.append(delivered_as_is_words(len(self.awaiting.delivered)))
            more.append(tr("Det skrives ikke igen.") if self.options.only_new.isChecked() else tr("Det skrives igen."))
        self.sent.tell(severity, text, " ".join(more))

    def _none_words(self) -> str:
        """What is ready, where nothing that is to be written is kept back."""
        is_any = self.awaiting is None or bool(self.awaiting.ready)
        return tr("Alt, der skal skrives, er klar.") if is_any else tr("Der er intet nyt at skrive.")

    def _tell_receipt(self, receipt: Receipt) -> None:
        left = len(receipt.left_out)
        text = tr(
            "{visits} er skrevet i {files, plural, one {# fil} other {# filer}} i {folder}.",
            visits=visits_words(receipt.sent),
            files=count_words(receipt.files),
            folder=receipt.folder,
        )
        more = [
            tr("Kvitteringen ligger ved siden af: kvittering.json."),
            tr("Programmet sender intet: filerne når gatewayen, når journalsystemet eller I selv indsender dem."),
        ]
        if left:
            more.insert(0, tr("{visits} er udeladt.", visits=visits_words(left)))
        if (stopped := left - self.model.rowCount()) > 0 and not receipt.is_cancelled:
            more.append(
                tr(
                    "{visits} blev stoppet af den sidste kontrol; kvitteringen siger hvorfor.",
                    visits=visits_words(stopped),
                )
            )
        if receipt.is_cancelled:
            more.insert(0, tr("Arbejdet blev stoppet; det, der var skrevet helt, er gemt."))
        self.sent.tell(Severity.LOOK_AT if receipt.is_cancelled else None, text, " ".join(more))

    def start(self) -> None:
        """Write the reports, in the background; what is not checked yet is checked first."""
        if self._session.findings is None:
            self._session.judge()
            return
        if self.options.folder is None:
            self.options.folder_line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.sent.tell(Severity.LOOK_AT, tr("Vælg først en mappe at skrive i."), "")
            self.sent.announce()
            return
        from ldbu_desktop.bundles.model import ExportOptions

        options = ExportOptions(
            report=self.options.report.choice,
            incremental=self.options.incremental.isChecked(),
            layout=self.options.layout_.choice,
            send_anyway=self.options.anyway.isChecked(),
        )
        only_new = self.options.only_new.isChecked()
        if only_new and self.awaiting is not None and not self.awaiting.ready:
            self._receipt = None
            self._tell()
            self.sent.announce()
            return
        deliver(self._session, self.options.folder, options, self._written, only_new=only_new)

    def _written(self, receipt: Receipt) -> None:
        self._receipt = receipt  # which is told until somebody chooses something else
        if self.isVisible():
            self._look()
        self._tell()
        self.sent.announce()

    def _open(self, index: QModelIndex) -> None:
        self._show(*self.model.where_at(index))

    def _with_folder(self, do: Callable[[Path], object]) -> None:
        """Do something with the folder that was written to."""
        if self._receipt is not None:
            do(self._receipt.folder)

    def _open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
