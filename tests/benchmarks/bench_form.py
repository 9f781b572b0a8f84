"""Filling a visit: until its form is there, from a key to what is painted, and saving. Run under a screen or Xvfb.

By the clock, also without what the host of a guest took, and by the processor time of the window's thread: where others
use the machine, that is what it takes.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from moments import Moment, percentile, print_moments

from ldbu_desktop.editing.operations import AddVisit, OperationContext
from ldbu_desktop.editing.visits import with_visit
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where

ROUNDS = 12
VISITS = 500
SLOWEST = 5
"""Kinds of keys, by the field and where they lead, that are told by name."""


class ManyVisits(NamedTuple):
    """An operation that begins all visits at once."""

    where: Where

    def apply(self, journal: Journal, context: OperationContext) -> tuple[Journal, Where]:
        """One day after the other."""
        family, subject = self.where.family, self.where.subject
        for number in range(VISITS):
            day = datetime(2026, 3, 1, 9, tzinfo=UTC) + timedelta(days=number % 200)
            journal, _ = with_visit(journal, family, "infant-preventive", subject, "HH", day, context.standard)
        return journal, self.where


def main() -> None:
    """Measure and print."""
    from PySide6.QtCore import QEvent, QEventLoop, QSettings, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ldbu_desktop.ui.application import start
    from ldbu_desktop.ui.form.choice_bar import ChoiceBar
    from ldbu_desktop.ui.settings import Settings

    application = QApplication([])

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    with tempfile.TemporaryDirectory() as folder:
        window = start(application, Settings(QSettings(str(Path(folder, "s.ini")), QSettings.Format.IniFormat)))
        window.show()
        window.activateWindow()
        wait(3000)
        session = window.session
        window.commands.files.opening.new_case(Path(folder, "sag.ldbu"), "fire ord er nok her")
        while not session.is_filled or session.findings is None:
            wait(50)
        filling = window.pages.page("children").filling  # type: ignore[attr-defined]
        filling.begin_family()
        wait(100)
        family = session.journal.families[0]
        child = family.citizens[0].key
        session.edit(Where(family.key, "", child, "citizen.cpr"), "0101265996")
        opened, typed, saved = [], [], []
        kinds: dict[str, list[float]] = {}
        page = filling.form_page
        for number in range(ROUNDS):
            kind = ("2-months", "4-6-months", "8-11-months")[number % 3]
            change = session.do(
                AddVisit(Where(family.key, subject=child), kind, datetime(2026, 3, 1, 9, tzinfo=UTC), "HH")
            )
            assert change is not None
            key = change.where.visit
            wait(200)
            begin = Moment.now()
            session.select(Where(family.key, key))
            application.processEvents()
            page.start()
            application.processEvents()
            opened.append(begin.since)
            wait(200)
            window.activateWindow()
            page.start()
            application.processEvents()
            while (field := page.field) is not None:
                target = QApplication.focusWidget() or field.row.entry
                texts = "1" if isinstance(target, ChoiceBar) else "5250\r" if field.at.name == "weight" else "50\r"
                if field.at.name.startswith("visit."):
                    texts = "\r"
                for letter in texts:
                    begin = Moment.now()
                    if letter == "\r":
                        QTest.keyClick(target, Qt.Key.Key_Return)
                    else:
                        QTest.keyClicks(target, letter)
                    application.sendPostedEvents()
                    application.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))
                    typed.append(begin.since)
                    way = f"{field.at.name} {letter!r} to {page.field.at.name if page.field is not None else ''}"
                    kinds.setdefault(way, []).append(typed[-1].worked * 1000)
                    begin = Moment.now()
                    session.autosave.settle()
                    if letter == texts[-1]:
                        saved.append(begin.since)
                    application.processEvents()
                if page.field is field:
                    break
        print_moments("form open", opened[3:], 100)
        print_moments("key to paint", typed, 16)
        for way, taken in sorted(kinds.items(), key=lambda kind: -percentile(kind[1], 50))[:SLOWEST]:
            print(f"  {percentile(taken, 50):5.1f} ms median, {max(taken):5.1f} ms at most: {way}")
        print_moments("autosave", saved, 10)
        session.do(ManyVisits(Where(family.key, subject=child)))
        session.autosave.settle()
        session.close()
        begin = Moment.now()
        window.commands.files.opening.case(Path(folder, "sag.ldbu"), "fire ord er nok her")
        while not session.is_filled:
            application.processEvents()
        print_moments(f"open {VISITS} visits", [begin.since], 1000)
        wait(1000)
        session.close()
        window.close()


if __name__ == "__main__":
    main()
