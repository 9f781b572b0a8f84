"""A receipt as a page to read, to print and to save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.widgets import button, column, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.saving import FileKind, ask_where
from ldbu_desktop.ui.theme import GRID, colours, scaled
from ldbu_desktop.use_cases.receipt import ReceiptPage
from ldbu_desktop.whole_files import write_whole

_SIZE = QSize(220 * GRID, 160 * GRID)


class ReceiptDialog(Dialog):
    """``say_where`` tells where the page was saved, ``failed`` why it was not."""

    def __init__(
        self,
        page: ReceiptPage,
        say_where: Callable[[Callable[[], str], Path], None],
        failed: Callable[[Fault], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("receipt")
        self.page = page
        self._say_where, self._failed = say_where, failed
        live = Retranslation()
        live.say(self.setWindowTitle, lambda: page.title)
        live.name(self, lambda: page.title)
        self.text = QTextBrowser()
        self.text.setObjectName("receiptText")
        live.name(self.text, lambda: tr("Kvitteringen"))
        self.text.document().setDefaultStyleSheet(f"body {{ color: {colours().text}; }}")
        self.text.setHtml(page.html)
        self.folder = button("receiptFolder", live, lambda: tr("Åbn mappen"), icon="folder")
        self.print_ = button("receiptPrint", live, lambda: tr("Udskriv …"), icon="print")
        self.save = button("receiptSave", live, lambda: tr("Gem som PDF …"), icon="save")
        close = button("receiptClose", live, lambda: tr("Luk"), kind="primary")
        self.folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(page.path.resolve().parent)))
        )
        self.print_.clicked.connect(self.print_page)
        self.save.clicked.connect(self.save_page)
        close.clicked.connect(self.accept)
        lines = column(self, 6, 3)
        lines.addWidget(self.text, 1)
        lines.addLayout(row(self.folder, self.print_, self.save, 1, close))
        self.resize((_SIZE * scaled(GRID) / GRID).boundedTo(parent.size()))

    def print_page(self) -> None:
        """Print it on the printer that is chosen."""
        from ldbu_desktop.ui.printing.printer import chosen_printer

        printer = chosen_printer(self, self.page.title)
        if printer is not None:
            document = QTextDocument()
            document.setHtml(self.page.html)
            document.print_(printer)

    def save_page(self) -> None:
        """Ask where to, and write it as a PDF."""
        from ldbu_desktop.ui.printing.document_pdf import document_pdf

        proposed = self.page.path.with_suffix(".pdf")
        asked = ask_where(self, tr("Gem kvitteringen som PDF"), proposed, (FileKind(lambda: tr("PDF"), ".pdf"),))
        if asked is None:
            return
        contents = document_pdf(self.page.title, self.page.html)
        try:
            write_whole(asked[0], lambda aside: aside.write_bytes(contents))
        except Fault as fault:
            self._failed(fault)
        else:
            self._say_where(lambda: tr("Kvitteringen er gemt som PDF."), asked[0])
