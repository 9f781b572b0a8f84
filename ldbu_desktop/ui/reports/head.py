"""The lines on top of the page: what this is, which standard is used, what to choose, and the verdict on it all."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from ldbu_desktop import __version__
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui import file_filters
from ldbu_desktop.ui.findings.verdict import VerdictBanner
from ldbu_desktop.ui.kit.menus import PopupMenu
from ldbu_desktop.ui.kit.widgets import button, column, label, row
from ldbu_desktop.ui.reports.checking import Checking
from ldbu_desktop.ui.reports.words import ReportStatus, reports_words, standard_words
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID


class ReportsHead(QWidget):
    """``wants`` tells which files, folders and archives to check."""

    wants = Signal(object)

    def __init__(self, checking: Checking, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._checking = checking
        self._told: tuple[Severity | None, str, str] | None = None
        title = label("reportsHeading", live, lambda: tr("Afleveringsrapporter"), "title")
        self.about = label("reportsAbout", live, lambda: tr("Forkontrol af afleveringsrapporter"), "muted")
        self.standard = button("reportsStandard", live, self._standard_words, kind="quiet", icon="definition")
        self.standard.clicked.connect(self._choose_standard)
        self.save = button("reportsSave", live, lambda: tr("Gem fundene …"), icon="save")
        self.folder = button("reportsFolder", live, lambda: tr("Vælg en mappe …"), icon="folder")
        self.files = button("reportsFiles", live, lambda: tr("Vælg filer …"), kind="primary", icon="open")
        self.folder.clicked.connect(self.choose_folder)
        self.files.clicked.connect(self.choose_files)
        self.verdict = VerdictBanner("reportsVerdict", live)
        line = row(title, self.about, 1, self.standard, self.save, self.folder, self.files, wraps=True)
        line.setAlignment(self.about, Qt.AlignmentFlag.AlignVCenter)
        lines = column(self, 0, 2)
        lines.setContentsMargins(4 * GRID, 2 * GRID, 4 * GRID, 3 * GRID)
        lines.addLayout(line)
        lines.addWidget(self.verdict)
        checking.began.connect(self.tell)
        checking.told.connect(self.tell)
        live.also(self.tell)

    def _standard_words(self) -> str:
        checking = self._checking
        version = checking.version or "…"
        if checking.package is None:
            return tr("Standard {version} (følger med)", version=version)
        return tr("Standard {version} ({package})", version=version, package=cpr_masked(checking.package.name))

    def _choose_standard(self) -> None:
        package, use = self._checking.package, self._checking.use_standard
        menu = PopupMenu(self, "reportsStandardMenu", tr("Standard at kontrollere mod"))
        menu.add(tr("Standarden, der følger med programmet"), partial(use, None), is_on=package is None)
        if package is not None:
            menu.add(cpr_masked(package.name), self.tell, is_on=True)
        menu.addSeparator()
        menu.add(tr("Vælg en officiel pakke (package.tgz) …"), self.choose_package)
        menu.offer_below(self.standard)

    def choose_package(self) -> None:
        """Ask which official package to check against."""
        packages = tr("Officiel FHIR-pakke (*.tgz)")
        name, _ = QFileDialog.getOpenFileName(self, tr("Vælg den officielle pakke"), "", packages)
        if name:
            self._checking.use_standard(Path(name))

    def choose_files(self) -> None:
        """Ask which files to check."""
        names, _ = QFileDialog.getOpenFileNames(self, tr("Vælg afleveringsrapporter"), "", file_filters.reports())
        self.wants.emit([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask which folder to check."""
        if name := QFileDialog.getExistingDirectory(self, tr("Vælg en mappe med afleveringsrapporter")):
            self.wants.emit([Path(name)])

    def tell(self) -> None:
        """Say how it stands."""
        checking = self._checking
        words = self._standard_words()
        self.standard.setText(words)
        self.standard.setAccessibleName(words)
        for part in (self.verdict, self.save, self.folder, self.files):
            part.setVisible(not checking.is_empty)
        self.about.setVisible(checking.is_empty)  # the verdict says it as well, and what can be done needs the room
        severity, text = self._verdict()
        more = [
            tr(
                "Forkontrol mod {standard} med LDBU Desktop {program}: KL Gateway afgør, om en rapport modtages.",
                standard=standard_words(checking.version or "…"),
                program=__version__,
            )
        ]
        if checking.is_cancelled:
            more.insert(0, tr("Arbejdet blev stoppet: der kan være flere rapporter."))
        told = (severity, text, " ".join(more))
        if told != self._told:
            self._told = told
            self.verdict.tell(*told)
            if not checking.is_running and not checking.is_empty:
                self.verdict.announce()

    def _verdict(self) -> tuple[Severity | None, str]:
        checking, counts = self._checking, self._checking.counts
        total = len(checking.reports) - counts[ReportStatus.NO_REPORT]
        rejected, unchecked = counts[ReportStatus.REJECTED], counts[ReportStatus.UNCHECKED]
        told = []
        if checking.is_running:
            told.append(tr("Kontrollerer: {reports} indtil nu.", reports=reports_words(total)))
        if rejected:
            told.append(
                tr(
                    "{rejected} af {reports} ville blive afvist.",
                    rejected=count_words(rejected),
                    reports=reports_words(total),
                )
            )
        elif total > unchecked:
            told.append(tr("Ingen fejl i {reports}.", reports=reports_words(total - unchecked)))
        if unchecked:
            told.append(tr("Kunne ikke kontrolleres: {count}.", count=count_words(unchecked)))
        if not told:
            told.append(tr("Der er ingen rapporter at kontrollere."))
        if counts[ReportStatus.NO_REPORT]:
            others = count_words(counts[ReportStatus.NO_REPORT])
            told.append(
                tr(
                    "{others, plural, one {# fil ved siden af er ikke en rapport}"
                    " other {# filer ved siden af er ikke rapporter}}.",
                    others=others,
                )
            )
        if rejected:
            return Severity.REJECTED, " ".join(told)
        if checking.is_running:
            return Severity.INFO, " ".join(told)
        return (Severity.LOOK_AT if unchecked or checking.is_cancelled or not total else None), " ".join(told)
