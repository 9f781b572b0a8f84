"""Opening in the background, from files or from a case file, and making a case file of what is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from ldbu_desktop import clock
from ldbu_desktop.faults import Fault
from ldbu_desktop.language import tr
from ldbu_desktop.ui.session import OPEN
from ldbu_desktop.work import Cancellation, Progress
from ldbu_desktop.workspace.workspace import Workspace

if TYPE_CHECKING:
    from ldbu_desktop.aside.reader import Aside
    from ldbu_desktop.journal.where import Where
    from ldbu_desktop.mapping.links import Proposal
    from ldbu_desktop.ui.session import Session

T = TypeVar("T")

Refused = Callable[[Fault], None]
"""Hears of a fault in place of the window: a passphrase that is wrong."""


class Opening:
    """What is open stays until the new is there; then the session shows it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def files(self, paths: Sequence[Path]) -> None:
        """Read files; where something of them waits for an answer, that is asked for instead."""
        aside: list[Aside] = []

        def work(progress: Progress, cancellation: Cancellation) -> Workspace | Proposal:
            from ldbu_desktop.aside.reader import Aside, is_large, open_aside
            from ldbu_desktop.use_cases.opening import open_known_files

            if is_large(paths):
                aside.append(Aside(paths, self._session.standard, first=self._session.first_found.emit))
                return open_aside(self._session.standard, aside[0], paths, progress, cancellation)
            return open_known_files(list(paths), self._session.standard, progress, cancellation)

        def then(found: Workspace | Proposal) -> None:
            if isinstance(found, Workspace):
                self._session.show_work(found, *aside)
            else:
                self._session.ask_mapping(paths, found)

        self._start(tr("Læser"), work, then, aside=aside)

    def files_by_maps(self, paths: Sequence[Path], maps: Sequence[Path]) -> None:
        """Show what files are taken for by maps that somebody chose, before anything of them is read."""

        def work(progress: Progress, cancellation: Cancellation) -> Proposal:

            from ldbu_desktop.use_cases.map import propose
            from ldbu_desktop.use_cases.map_save import load_map, with_maps

            chosen = tuple(map(load_map, maps))
            return with_maps(propose(paths, self._session.standard, clock.today(), progress, cancellation), chosen)

        self._start(tr("Læser"), work, lambda found: self._session.ask_mapping(paths, found))

    def mapped_files(self, paths: Sequence[Path], proposal: Proposal) -> None:
        """Read files by what is known, sure and approved of them."""
        aside: list[Aside] = []

        def work(progress: Progress, cancellation: Cancellation) -> Workspace:
            from ldbu_desktop.aside.reader import Aside, is_large, open_aside
            from ldbu_desktop.use_cases.opening import open_mapped_files

            if is_large(paths):
                aside.append(Aside(paths, self._session.standard, proposal, self._session.first_found.emit))
                found = open_aside(self._session.standard, aside[0], paths, progress, cancellation)
                return cast(Workspace, found)
            return open_mapped_files(list(paths), self._session.standard, proposal, progress, cancellation)

        self._start(tr("Læser"), work, lambda found: self._session.show_work(found, *aside), aside=aside)

    def trial(self) -> None:
        """Fill a case that is kept nowhere."""
        from ldbu_desktop.use_cases.cases import try_out

        self._session.show_work(try_out(self._session.standard))

    def new_case(
        self,
        path: Path,
        passphrase: str,
        refused: Refused | None = None,
        *,
        from_open: bool = False,
        is_remembered: bool = False,
    ) -> None:
        """Make a case file, empty or with what is open, and fill it. Its key is made in the background.

        ``is_remembered`` keeps the key in the system's place for secrets, so that it is not asked for here again.
        """
        journal = self._session.journal if from_open else None
        selection = self._session.selection if from_open else None

        def work(_progress: Progress, _cancellation: Cancellation) -> Workspace:
            from ldbu_desktop.use_cases.cases import create_case

            return create_case(path, passphrase, self._session.standard, journal)

        show = self._shown(selection, is_remembered=is_remembered)

        def then(made: Workspace) -> None:
            if from_open:
                self._session.keeping.note_case(path.name)
            show(made)

        self._start(tr("Opretter sagsfilen"), work, then, refused)

    def case(self, path: Path, passphrase: str, refused: Refused | None = None, *, is_remembered: bool = False) -> None:
        """Open a case file and fill it further."""

        def work(_progress: Progress, _cancellation: Cancellation) -> Workspace:
            from ldbu_desktop.use_cases.cases import open_case

            return open_case(path, passphrase, self._session.standard)

        self._start(tr("Åbner sagsfilen"), work, self._shown(None, is_remembered=is_remembered), refused)

    def remembered_case(self, path: Path, otherwise: Callable[[], None]) -> None:
        """Open a case file whose key this computer remembers; where it does not, do ``otherwise``."""

        def work(_progress: Progress, _cancellation: Cancellation) -> Workspace | None:
            from ldbu_desktop.use_cases.cases import open_remembered

            return open_remembered(path, self._session.standard)

        def then(found: Workspace | None) -> None:
            if found is None:
                otherwise()
            else:
                self._session.show_work(found)

        self._start(tr("Åbner sagsfilen"), work, then)

    def copy_of_case(self, path: Path, passphrase: str, refused: Refused) -> None:
        """Open a copy of a case file that is kept nowhere: the file may lie where nothing can be written."""

        def work(_progress: Progress, _cancellation: Cancellation) -> Workspace:
            from ldbu_desktop.use_cases.cases import copy_of_case

            return copy_of_case(path, passphrase, self._session.standard)

        self._start(tr("Åbner sagsfilen"), work, self._session.show_work, refused)

    def rescue(self, path: Path, passphrase: str, to: Path, refused: Refused) -> None:
        """Put what is whole of a damaged case file into a new one, open that, and tell what was lost."""

        def work(progress: Progress, cancellation: Cancellation) -> tuple[Workspace, Callable[[], str]]:
            from ldbu_desktop.rendering.rescue import rescue_lines
            from ldbu_desktop.use_cases.cases import rescue_case

            opened, salvage = rescue_case(path, passphrase, to, self._session.standard, progress, cancellation)
            return opened, lambda: " ".join(rescue_lines(salvage))

        def then(found: tuple[Workspace, Callable[[], str]]) -> None:
            self._session.show_work(found[0])
            self._session.noted.emit(found[1])

        self._start(tr("Læser"), work, then, refused)

    def _start(
        self,
        words: str,
        work: Callable[[Progress, Cancellation], T],
        then: Callable[[T], None],
        refused: Refused | None = None,
        aside: Sequence[Aside] = (),
    ) -> None:
        """Open in the background; ``aside`` has the other process that reads, as soon as one does."""
        failed = refused or self._session.failed.emit
        self._session.jobs.start(
            OPEN, lambda: words, work, then, failed, stays=True,
            stop=lambda: bool(aside) and aside[0].stop_reading(),
            keeps=lambda: bool(aside) and aside[0].can_stop,
        )  # fmt: skip

    def _shown(self, selection: Where | None, *, is_remembered: bool) -> Callable[[Workspace], None]:
        """Shows a case, at the place that was looked at, and keeps its key where that is wanted."""

        def show(work: Workspace) -> None:
            self._session.show_work(work)
            if selection is not None:
                self._session.select(selection)
            if is_remembered and work.file is not None:
                self._remember_key(work.file.remember_key)

        return show

    def _remember_key(self, keep: Callable[[], None]) -> None:
        """Keep the key in the system's place for secrets, in the background: it may have to be unlocked first."""

        def work(_progress: Progress, _cancellation: Cancellation) -> None:
            keep()

        words = tr("Husker nøglen")
        self._session.jobs.start("keyring", lambda: words, work, lambda _done: None, self._session.failed.emit)
