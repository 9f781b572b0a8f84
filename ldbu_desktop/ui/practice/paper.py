"""Handouts of exercises on paper: rich text to a printer that is chosen, or to a PDF."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.saving import FileKind, ask_where
from ldbu_desktop.ui.session import Session
from ldbu_desktop.whole_files import write_whole


class Paper:
    """What stands in the way of it, or that it was written, is told by the session."""

    def __init__(self, session: Session, over: QWidget) -> None:
        self._session, self._over = session, over

    def offer(self, below: QWidget, title: str, html: str, name: str) -> None:
        """Offer to print or to write a PDF, in a menu below what was pressed."""
        menu = PopupMenu(below, "paperOffers", title)
        menu.add(tr("Udskriv …"), partial(self.print, title, html))
        menu.add(tr("Gem som PDF …"), partial(self.ask, title, html, name))
        menu.offer_below(below)

    def print(self, title: str, html: str) -> None:
        """Print on a printer that is asked for."""
        from ldbu_desktop.ui.printing.document_pdf import print_document
        from ldbu_desktop.ui.printing.printer import chosen_printer

        printer = chosen_printer(self._over, title)
        if printer is not None:
            print_document(html, printer)

    def ask(self, title: str, html: str, name: str) -> None:
        """Ask where to, and write a PDF."""
        asked = ask_where(self._over, tr("Gem som PDF"), f"{name}.pdf", (FileKind(lambda: tr("PDF"), ".pdf"),))
        if asked is not None:
            self.write(asked[0], title, html)

    def write(self, path: Path, title: str, html: str) -> None:
        """Write a PDF."""
        from ldbu_desktop.ui.printing.document_pdf import document_pdf

        data = document_pdf(title, html)
        try:
            write_whole(path, lambda aside: aside.write_bytes(data))
        except Fault as fault:
            self._session.failed.emit(fault)
            return
        self._session.wrote.emit(lambda: tr("Gemt som PDF."), path)
