"""The system's printers: one is chosen in the system's own dialog, and takes an A4 page as a PDF would be."""

from __future__ import annotations

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from ldbu_desktop.language import tr
from ldbu_desktop.ui.printing.pdf import DOTS, page_layout


def chosen_printer(parent: QWidget, title: str) -> QPrinter | None:
    """Ask on which printer; None where the user changed their mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageLayout(page_layout())
    asked = QPrintDialog(printer, parent)
    asked.setObjectName("printing")
    asked.setWindowTitle(tr("Udskriv"))
    if asked.exec() != QDialog.DialogCode.Accepted:
        return None
    printer.setResolution(DOTS)
    return printer
