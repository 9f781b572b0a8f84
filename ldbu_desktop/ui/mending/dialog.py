"""Asks how findings are mended, and shows every change before it is made: what stands there, and what will."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QWidget

from ldbu_desktop.editing.mending import Mend
from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import CITIZEN_CPR
from ldbu_desktop.journal.mask import masked, without_cpr
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.model import Entry
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.corrections import MENDINGS, choice_label, name_words
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.words import (
    citizen_in,
    count_words,
    covered,
    entry_words,
    findings_words,
    visit_day,
    visit_name,
    visits_words,
)
from ldbu_desktop.ui.kit.covering_line import CoveringLine
from ldbu_desktop.ui.kit.dialog import Dialog
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import button, column, label, row, set_tone
from ldbu_desktop.ui.order_keys import entry_key
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID, scaled
from ldbu_desktop.work import Cancellation, Progress
from ldbu_desktop.workspace.mending import KNOWN, choices, preview, remedies
from ldbu_desktop.workspace.mending_preview import MendingPreview, PreviewLine

_LINE = "mending-preview"
_SIZE = QSize(190 * GRID, 130 * GRID)


class MendingDialog(Dialog):
    """One mending for findings that have one cause, or were selected together. Nothing is done before it is said."""

    def __init__(self, session: Session, findings: Sequence[Finding], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("mendingDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize((_SIZE * scaled(GRID) / GRID).boundedTo(parent.window().size()))
        self._session, self._findings = session, list(findings)
        self._live = live = Retranslation()
        self._preview: MendingPreview | None = None
        self._seeks = True
        self.by = QComboBox()
        self.by.setObjectName("mendingBy")
        self.by.view().setObjectName("mendingByList")
        for part in (self.by, self.by.view()):
            live.name(part, lambda: tr("Hvordan"))
        self.choice = QComboBox()
        self.choice.setObjectName("mendingChoice")
        self.choice.view().setObjectName("mendingChoiceList")
        for part in (self.choice, self.choice.view()):
            live.name(part, lambda: tr("Hvad der vælges"))
        self.text = CoveringLine(without_cpr)
        self.text.setObjectName("mendingText")
        live.name(self.text, lambda: tr("Den nye værdi"))
        self.chosen = Stack()
        self.chosen.setObjectName("mendingChosen")
        self.model = TableModel[PreviewLine](self._columns(), self, session.order)
        self.table = TableView(
            "mendingTable", live, lambda: tr("Hver ændring, før den gøres"), self.model, wraps=True, sorts=True
        )
        self.told = label("mendingTold")
        self.told.setWordWrap(True)
        self.go = button("mendingGo", live, self._go_words, kind="primary")
        self.go.setDefault(True)
        self.cancel = button("mendingCancel", live, lambda: tr("Annullér"))
        self._lay_out()
        for mending in remedies(self._findings):
            self.by.addItem(MENDINGS[mending](), mending)
        self.by.currentIndexChanged.connect(self._offer)
        self.by.activated.connect(self._stay)
        self.choice.currentTextChanged.connect(self._look)
        self.text.textEdited.connect(self._look)
        self.go.clicked.connect(self._mend)
        self.cancel.clicked.connect(self.reject)
        self.finished.connect(lambda _result: session.jobs.cancel(_LINE))
        session.changed.connect(self._look)
        session.opened.connect(self.reject)
        self._offer()
        self._begin_to_type()

    def _lay_out(self) -> None:
        live, count = self._live, len(self._findings)
        words = self._session.words(self._findings[0])
        live.say(self.setWindowTitle, lambda: tr("Ret fund"))
        live.name(self, lambda: tr("Ret fund"))
        lines = column(self, 5, 3)
        # Several variables may have one cause: then none of them is what it is about.
        is_one = len({_name_of(one) for one in self._findings}) == 1
        name = name_words(self._name, self._session.standard) if is_one else ""
        title = f"{name}: {words.title}" if name else words.title
        if len({one.code for one in self._findings}) > 1:
            title = tr("De valgte fund")
        heading = label("mendingHeading", live, lambda: title, "title")
        heading.setWordWrap(True)
        lines.addWidget(heading)
        about = tr(
            "{count, plural, one {# sted} other {# steder}}. Se hver ændring nedenfor; intet er gjort, før du trykker "
            "Ret, og alt fortrydes på én gang.",
            count=count,
        )
        explained = label("mendingAbout", live, lambda: about, "muted")
        explained.setWordWrap(True)
        lines.addWidget(explained)
        for part in (self.choice, self.text):
            self.chosen.addWidget(part)
        fields: tuple[QWidget, ...] = (self.by, self.choice, self.text, self.chosen)
        for field in fields:
            field.setFixedHeight(scaled(8 * GRID))
        beside = row(self.by, self.chosen)
        beside.setStretch(0, 1)
        beside.setStretch(1, 1)
        lines.addLayout(beside)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.told)
        lines.addLayout(row(1, self.cancel, self.go))

    def _columns(self) -> tuple[Column[PreviewLine], ...]:
        return (
            Column("place", lambda: tr("Sted"), self._place, width=44),
            Column("name", lambda: tr("Oplysning"), lambda one: name_words(one.name, self._session.standard), width=44),
            Column(
                "before",
                lambda: tr("Før"),
                lambda one: self._said(one, one.before),
                width=38,
                key=lambda one: entry_key(one.before),
            ),
            Column("after", lambda: tr("Efter"), self._after, width=Width.REST, key=lambda one: entry_key(one.after)),
        )

    def _place(self, line: PreviewLine) -> str:
        """Where a value stands in its file; of what is filled whose it is, or at which visit."""
        session, where = self._session, line.where
        if place := session.words(line.finding).place:
            return place
        if visit := session.visit(where.visit):
            return f"{visit_name(visit, session.standard)} {visit_day(visit)}"
        family = session.family(where.family)
        citizen = citizen_in(family, where.record) if family else None
        return citizen_name(citizen, family, shown=session.shows_cpr) if citizen and family else ""

    def _said(self, line: PreviewLine, entry: Entry[object]) -> str:
        """What stands there; a CPR number is covered as everywhere."""
        shown, session = self._session.shows_cpr, self._session
        if line.name == CITIZEN_CPR and not shown and entry.raw:
            return masked(entry.raw)
        if session.is_filled and entry.raw == entry.value:  # a code that was chosen, which no file says
            return entry_words(entry, line.name, session.standard, session.family(line.where.family), shown=shown)
        return covered(entry.raw, shown=shown) or tr("står der ikke")

    def _after(self, line: PreviewLine) -> str:
        said = self._said(line, line.after) if line.after.raw else tr("(fjernet)")
        return said if line.is_read else tr("{value}  –  kan stadig ikke læses", value=said)

    # --- what is chosen

    @property
    def mending(self) -> Mending:
        """The mending that is chosen."""
        return Mending(self.by.currentData())

    def _how(self) -> Mend:
        by = self.mending
        return Mend(by, self._chosen() if by.needs_choice else "")

    def _chosen(self) -> str:
        """What is chosen, or typed where nothing that is offered fits."""
        if self.chosen.currentWidget() is self.text:
            return self.text.typed
        line = self.choice.lineEdit()
        typed = line.typed if isinstance(line, CoveringLine) else self.choice.currentText()
        is_typed = typed != self.choice.itemText(self.choice.currentIndex())
        return typed if is_typed else str(self.choice.currentData())

    @property
    def _tells_own(self) -> bool:
        """Whether each finding tells its own answer, and that is chosen."""
        return self.chosen.currentWidget() is self.choice and self._chosen() == KNOWN

    def _offer(self) -> None:
        """Show what there is to choose from for the mending."""
        by, standard = self.mending, self._session.standard
        offered = choices(self._session.work, self._findings, by)
        self.choice.blockSignals(True)
        self.choice.clear()
        if by is Mending.VALUE:
            line = CoveringLine(without_cpr)
            line.setAccessibleName(self.choice.accessibleName())  # it is what has the keyboard
            self.choice.setLineEdit(line)
        else:
            self.choice.setEditable(False)
        for choice in offered:
            words = tr("det, fundet selv siger") if choice == KNOWN else choice_label(by, choice, self._name, standard)
            self.choice.addItem(words, choice)
        self.choice.blockSignals(False)
        self.chosen.setVisible(by.needs_choice)
        self.chosen.setCurrentWidget(self.choice if offered else self.text)
        self._look()

    def _begin_to_type(self) -> None:
        """Have the keyboard where the value is typed, where the first that is offered is to type one."""
        if self.mending.needs_choice and self.chosen.currentWidget() is self.text:
            self.text.setFocus()

    @property
    def _name(self) -> str:
        return _name_of(self._findings[0])

    def _look(self, *_: object) -> None:
        """Find out in the background what the mending will do."""
        how, findings, work = self._how(), self._findings, self._session.work
        self._preview = None
        self.go.setEnabled(False)
        if how.by.needs_choice and not how.choice and not self._tells_own:
            self._show(None, tr("Skriv, hvad der skal stå."))
            return
        self._show(None, tr("Ser efter …"))

        def look(_progress: Progress, _cancellation: Cancellation) -> MendingPreview:
            return preview(work, findings, how)

        self._session.jobs.start(_LINE, lambda: "", look, self._take, self._fail, quiet=True)

    def _fail(self, fault: Fault) -> None:
        self._show(None, "")
        self._session.failed.emit(fault)

    def _stay(self, _at: int) -> None:
        """A mending that somebody chose is kept, whatever it does."""
        self._seeks = False

    def _take(self, found: MendingPreview) -> None:
        at = self.by.currentIndex() + 1
        if self._seeks and not found.lines and at < self.by.count():
            self.by.setCurrentIndex(at)  # the first offered is the first that does something
            self._begin_to_type()
            return
        self._seeks = False
        self._preview = found
        self.go.setEnabled(bool(found.lines))
        self._show(found, self._summary(found))

    def _show(self, found: MendingPreview | None, told: str) -> None:
        if found is not None or self.model.rows:
            self.model.show(found.lines if found is not None else ())
        self.told.setText(told)
        set_tone(self.told, "check" if found is not None and (found.unread or found.ready < 0) else "muted")
        self.go.setText(self._go_words())

    def _go_words(self) -> str:
        found = self._preview
        return tr("Ret {count}", count=count_words(len(found.lines))) if found and found.lines else tr("Ret")

    def _summary(self, found: MendingPreview) -> str:
        """What the mending does, with counts."""
        told = [tr("{count, plural, one {# værdi rettes} other {# værdier rettes}}", count=len(found.lines))]
        if found.unread:
            told.append(tr("kan stadig ikke læses: {count}", count=count_words(found.unread)))
        if found.left:
            told.append(tr("passer ikke på, og bliver, som de er: {count}", count=count_words(len(found.left))))
        if gone := found.gone.total():
            told.append(tr("forsvinder: {findings}", findings=findings_words(gone)))
        if come := found.come.total():
            told.append(tr("kommer til: {findings}", findings=findings_words(come)))
        if found.ready:
            visits = visits_words(abs(found.ready))
            more = tr("flere klar: {visits}", visits=visits)
            told.append(more if found.ready > 0 else tr("ikke længere klar: {visits}", visits=visits))
        return " · ".join(told)

    def _mend(self) -> None:
        if self._preview is not None and self._session.take(self._preview):
            self.accept()
        else:
            self._look()


def _name_of(finding: Finding) -> str:
    """The id of the part or variable that a finding is about."""
    return finding.location.field or finding.location.variable
