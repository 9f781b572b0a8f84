"""The visits that would not be delivered, with what keeps each back. A view of the session's findings."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QObject

from ldbu_desktop.findings.cause_text import finding_titles
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.people import citizen_name
from ldbu_desktop.rendering.words import citizen_in, visit_day, visit_name
from ldbu_desktop.ui.kit.model_index import AnyIndex
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.session import Session


class LeftOutModel(TableModel[str]):
    """A row a visit, by its key. With ``send_anyway`` what the user chose, knowingly, to send is not left out."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column("visit", lambda: tr("Kontakt"), self._visit_words, width=56),
                Column("citizen", lambda: tr("Borger"), self._citizen_words, width=31),
                Column("reasons", lambda: tr("Hvorfor"), self._reasons, width=Width.REST),
            ),
            parent,
            session.order,
        )
        self._session = session
        self._send_anyway = False

    def refill(self, *, send_anyway: bool, among: Container[str] | None = None) -> None:
        """Look through the findings anew; ``among`` has the visits that the delivery is about, if not all."""
        self._send_anyway = send_anyway
        findings = self._session.findings
        rejected = findings.rejected_visits if findings else ()
        self.show(
            [
                key
                for key in rejected
                if findings and (among is None or key in among) and not findings.is_ready(key, send_anyway=send_anyway)
            ]
        )

    def obstacles(self, visit: str) -> tuple[Finding, ...]:
        """What keeps a visit back."""
        findings = self._session.findings
        return findings.obstacles(visit, send_anyway=self._send_anyway) if findings else ()

    def where_at(self, index: AnyIndex) -> tuple[Where, Finding]:
        """The visit of a row, at the first thing that keeps it back, and that."""
        visit = self.rows[index.row()]
        first = self.obstacles(visit)[0]
        return first.location.where._replace(family="", visit=visit), first

    def _visit_words(self, key: str) -> str:
        visit = self._session.visit(key)
        return f"{visit_name(visit, self._session.standard)}, {visit_day(visit)}" if visit else without_cpr(key)

    def _citizen_words(self, key: str) -> str:
        visit, family = self._session.visit(key), self._session.family_of(key)
        citizen = citizen_in(family, visit.subject.value) if visit and family else None
        if citizen is None or family is None:
            return tr("Ukendt borger")
        return citizen_name(citizen, family, shown=self._session.shows_cpr)

    def _reasons(self, key: str) -> str:
        return "; ".join(finding_titles(self.obstacles(key), chosen(), self._session.standard))
