"""The line at the bottom: which standard, how it stands, how far the work is with Cancel, and what was mended."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.jobs import Job
from ldbu_desktop.ui.kit.elided_label import ElidedLabel
from ldbu_desktop.ui.kit.widgets import button, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import OPEN, Session
from ldbu_desktop.ui.theme import GRID
from ldbu_desktop.ui.undelivered import Undelivered

_UNITS = {
    "row": lambda: tr("rækker"),
    "visit": lambda: tr("kontakter"),
    "report": lambda: tr("rapporter"),
    "family": lambda: tr("familier"),
}


class Status(QWidget):
    """Always there, always quiet. What it needs words for is imported when there is something to say."""

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(9 * GRID)
        self._session = session
        self._job: Job | None = None
        self.state = ElidedLabel("statusState", "muted")
        self.job = label("statusJob")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setObjectName("statusBar")
        self.bar.setFixedWidth(40 * GRID)
        live.name(self.bar, lambda: tr("Hvor langt arbejdet er"))
        self.cancel = button("statusCancel", live, lambda: tr("Annullér"), kind="link")
        self.cancel.clicked.connect(self._cancel)
        self.go_on = button("statusGoOn", live, lambda: tr("Kontrollér resten"), kind="link")
        self.go_on.clicked.connect(session.judge)
        self.edits = label("statusEdits")
        line = row(self.state, 1, self.job, self.bar, self.cancel, self.go_on, self.edits, spacing=3)
        line.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
        self.setLayout(line)
        session.jobs.changed.connect(self.show_job)
        self._undelivered = Undelivered(session)
        told = (
            session.opened,
            session.checked,
            session.changed,
            session.delivered,
            session.corrected,
            session.saved,
            session.keeping.changed,
            session.mapping_asked,
        )
        for signal in (*told, self._undelivered.changed):
            signal.connect(self.tell)
        live.also(self.tell)
        self.show_job(None)

    def tell(self) -> None:
        """Say how it stands."""
        session = self._session
        if not session.is_open:
            self._tell_nothing()
        else:
            from ldbu_desktop.rendering.words import count_words, visits_words

            count = session.work.visit_count
            told = [tr("Standard {version}", version=session.standard.header.version), visits_words(count)]
            if part := session.checked_words:
                rejected = session.work.rejected_visits()
                told.append(tr("{rejected} afvises indtil nu", rejected=count_words(rejected)))
                if not session.checking.is_busy:  # else the job tells it
                    told.insert(0, part)
            elif session.findings is not None:
                standing = session.work.standing
                ready, left = count_words(standing.ready), count_words(standing.rejected + standing.unfinished)
                if session.work.waits_as_a_whole():
                    told.append(tr("intet er klar, for filerne er ikke læst, som de skal"))
                elif not session.is_filled:
                    told.append(tr("{ready} klar, {rejected} afvises", ready=ready, rejected=left))
                elif standing.delivered:
                    delivered = count_words(standing.delivered)
                    text = tr(
                        "{ready} klar, {left} ikke klar endnu, {delivered} afleveret",
                        ready=ready,
                        left=left,
                        delivered=delivered,
                    )
                    told.append(text)
                else:
                    told.append(tr("{ready} klar, {left} ikke klar endnu", ready=ready, left=left))
            if account := self._read_words():
                told.append(account)
            told += self._map_words()
            self.state.setText("  ·  ".join(told))
        kept = "  ·  ".join(filter(None, (self._kept_words(), self._delivered_words())))
        self.edits.setVisible(bool(kept))
        self.edits.setText(kept)
        self.show_job(self._job)

    def _tell_nothing(self) -> None:
        """Say that no files are open, where none are being read, or what those that are wait for."""
        waiting = tr("Filen læses, når dens kolonner er besvaret") if self._session.asked else ""
        self.state.setText("" if self._session.jobs.is_busy(OPEN) else waiting or tr("Ingen filer er åbne"))

    def _read_words(self) -> str:
        """How much of the files was read; nothing where all was filled in here."""
        from ldbu_desktop.rendering.account import account_words

        return account_words(self._session.work.journal.account)

    def _map_words(self) -> tuple[str, ...]:
        """By which maps files were read: so that nobody had to be asked."""
        findings = self._session.findings
        if findings is None:
            return ()
        from ldbu_desktop.rendering.journal_findings import maps_used

        used = maps_used(findings, self._session.standard, chosen())
        return (
            used
            if len(used) < 2
            else (
                tr("{count, plural, one {# fil} other {# filer}} er læst efter kort, der er godkendt", count=len(used)),
            )
        )

    def _kept_words(self) -> str:
        """Where what was filled or mended is."""
        session = self._session
        if session.is_filled:
            saved = session.autosave.saved_at
            return tr("gemt {time}", time=_clock(saved)) if saved else tr("gemmes ikke")
        if not session.is_open or not (done := session.work.steps.done):
            return ""
        from ldbu_desktop.rendering.kept_corrections import changes_words

        told = changes_words(step.operation for step in done)
        kept, saved = session.keeping.kept, session.autosave.saved_at
        if kept is None:
            return tr("{changes}, gemmes ikke", changes=told)
        if kept.is_waiting or saved is None:
            return tr("{changes}, gemmer …", changes=told)
        return tr("{changes}, gemt {time}", changes=told, time=_clock(saved))

    def _delivered_words(self) -> str:
        """How much is not delivered as it is now; nothing before anything was delivered."""
        count = self._undelivered.count
        if count is None:
            return ""
        if not count:
            return tr("alt er afleveret")
        return tr("{count, plural, one {# kontakt} other {# kontakter}} ikke afleveret", count=count)

    def show_job(self, job: Job | None) -> None:
        """Show how far a job is; nothing for None."""
        self._job = job
        if not self._session.is_open:
            self._tell_nothing()
        for part in (self.job, self.bar, self.cancel):
            _show(part, job is not None)
        _show(self.go_on, job is None and bool(self._session.checked_words))
        if job is None:
            return
        self.cancel.setText(tr("Stop") if job.keeps() else tr("Annullér"))
        from ldbu_desktop.rendering.words import count_words

        self.bar.setUpdatesEnabled(False)  # else it has the whole window painted at once
        self.bar.setRange(0, 1000 if job.share is not None else 0)
        if job.share is not None:
            self.bar.setValue(round(job.share * 1000))
        self.bar.setUpdatesEnabled(True)
        told = [job.words()]
        if job.step and job.step.done:
            unit = _UNITS.get(job.step.unit, lambda: "")()
            of = tr(" af {total}", total=count_words(job.step.total)) if job.step.total else ""
            told.append(f"{count_words(job.step.done)}{of} {unit}".strip())
            if job.step.share is not None:
                told.append(tr("{share} %", share=int(100 * job.step.share)))
        if (left := job.seconds_left) is not None and left >= 1:
            told.append(tr("ca. {count} s tilbage", count=round(left)))
        self.job.setText("  ·  ".join(told))

    def _cancel(self) -> None:
        if self._job is not None:
            self._session.jobs.stop(self._job)
            self.show_job(None)


def _show(part: QWidget, wanted: bool) -> None:
    """Show or hide a part; where nothing is other by that, nothing is laid out again."""
    if part.isHidden() is wanted:
        part.setVisible(wanted)


def _clock(at: datetime) -> str:
    """A moment by the clock in Denmark; how that is told is imported when the first is: no first screen has one."""
    from ldbu_desktop.rendering.words import clock_words

    return clock_words(at)
