"""What a room answered, added up from the files that learners hand over: where it differs most comes first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from ldbu_desktop.faults import Fault, FileFault
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.training import RoomAnswer, left_out_lines, room_answers, room_heads, room_paper
from ldbu_desktop.rendering.words import number_words
from ldbu_desktop.training.model import Case
from ldbu_desktop.training.results import ENDING, Room
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, button, column, keep_line, label, row
from ldbu_desktop.ui.practice.paper import Paper
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.saving import FileKind, ask_where
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import font
from ldbu_desktop.use_cases.room_results import room, write_room_workbook


class RoomModel(TableModel[RoomAnswer]):
    """What was asked, how alike the answers are, and each answer with how many gave it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(
                    "asked",
                    lambda: tr("Hvad"),
                    lambda one: one.asked,
                    width=Width.REST,
                    roles={Qt.ItemDataRole.FontRole: lambda one: font(bold=len(one.answers) > 1)},
                ),
                Column("percent", lambda: tr("Ens"), lambda one: f"{number_words(one.percent)} %", is_number=True),
                Column(
                    "answers",
                    lambda: tr("Svarene"),
                    lambda one: "\n".join(f"{count} × {words}" for words, count in one.answers),
                    width=Width.REST,
                ),
            ),
            parent,
        )


class RoomPane(Pane):
    """``left``: back to the choice of exercises. ``cases`` knows the cases that results may be of."""

    left = Signal()

    def __init__(self, session: Session, live: Retranslation, cases: Callable[[], Sequence[Case]]) -> None:
        super().__init__()
        self._session, self._cases = session, cases
        self._paper = Paper(session, self)
        self.room: Room | None = None
        self._left_out: tuple[FileFault, ...] = ()
        self.model = RoomModel(self)
        self.table = TableView("roomAnswers", live, lambda: tr("Rummets svar"), self.model, wraps=True, sorts=True)
        self.nothing = EmptyState(
            "roomNothing",
            live,
            "table",
            lambda: tr("Ingen besvarelser endnu"),
            lambda: tr("Saml deltagernes .ldbusvar-filer, og åbn dem sammen. De har ingen navne."),
        )
        self.heads = label("roomHeads", tone="heading")
        self.heads.setWordWrap(True)
        self.left_out = label("roomLeftOut", tone="muted")
        self.left_out.setWordWrap(True)
        self.open = button("roomOpen", live, lambda: tr("Åbn besvarelser …"), kind="primary", icon="open")
        self.print = button("roomPrint", live, lambda: tr("Udskriv …"), icon="print")
        self.save = button("roomSave", live, lambda: tr("Gem …"), icon="save")
        self.back = button("roomLeave", live, lambda: tr("Til øvelserne"), icon="close")
        about = label(
            "roomAbout",
            live,
            lambda: tr("Det, rummet er mest uenigt om, står først. Ens svar er andelen af par, der svarer det samme."),
            "muted",
        )
        about.setWordWrap(True)
        keep_line(about, live)
        lines = column(self, 4, 2)
        lines.addWidget(label("roomHeading", live, lambda: tr("Rummets svar"), "title"))
        lines.addWidget(about)
        lines.addLayout(row(self.open, self.print, self.save, 1, self.back))
        lines.addWidget(self.heads)
        lines.addWidget(self.left_out)
        lines.addWidget(self.table, 1)
        lines.addWidget(self.nothing, 1)
        self.open.clicked.connect(self._ask)
        self.print.clicked.connect(self._print)
        self.save.clicked.connect(self._save)
        self.back.clicked.connect(self.left)
        live.also(self._tell)

    @property
    def _case(self) -> Case | None:
        return next((one for one in self._cases() if self.room is not None and one.id == self.room.case), None)

    def _ask(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Åbn besvarelser"), "", f"{tr('Besvarelser')} (*{ENDING})")
        if names:
            self.add_up([Path(name) for name in names])

    def add_up(self, paths: Sequence[Path]) -> None:
        """Add up the results in files and folders."""
        try:
            read = room(paths)
        except Fault as fault:
            self._session.failed.emit(fault)
            return
        self.room, self._left_out = read
        self._tell()

    def _tell(self) -> None:
        found = self.room
        for part in (self.table, self.heads, self.print, self.save):
            part.setVisible(found is not None)
        self.left_out.setVisible(bool(self._left_out))
        self.nothing.setVisible(found is None)
        if found is None:
            return
        left_out = left_out_lines(self._left_out)
        self.heads.setText("\n".join(room_heads(found, self._case)))
        self.left_out.setText("\n".join(left_out))
        self.model.show(tuple(room_answers(found, self._case, self._session.standard)))

    def _title(self) -> str:
        return tr("Rummets svar")

    def _print(self) -> None:
        if self.room is not None:
            self._paper.print(self._title(), room_paper(self.room, self._case, self._session.standard))

    def _save(self) -> None:
        """Ask where to and as what, and write what the room answered."""
        found, case, standard = self.room, self._case, self._session.standard
        if found is None:
            return
        kinds = (FileKind(lambda: tr("Regneark"), ".xlsx", "xlsx"), FileKind(lambda: tr("PDF"), ".pdf", "pdf"))
        asked = ask_where(self, tr("Gem rummets svar"), f"{tr('rummets-svar')}-{found.case}.xlsx", kinds)
        if asked is None:
            return
        path, kind = asked
        if kind.key == "pdf":
            self._paper.write(path, self._title(), room_paper(found, case, standard))
            return
        try:
            write_room_workbook(found, standard, path, case)
        except Fault as fault:
            self._session.failed.emit(fault)
            return
        self._session.wrote.emit(lambda: tr("Rummets svar er gemt."), path)
