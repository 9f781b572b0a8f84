"""What the program remembers from one time to the next: language, look, panes and the files that were opened last."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from ldbu_desktop.language import Language
from ldbu_desktop.policy import policy
from ldbu_desktop.ui.stored_values import StoredValues
from ldbu_desktop.ui.theme import ColourScheme

if TYPE_CHECKING:
    from ldbu_desktop.training.fault_hunt import FaultChoice

_RECENT = 8
_FAULT_CHOICE = re.compile(r"([0-9]{1,18}) ([0-9]{1,18}) (.*)")
"""How many faults, by which number, and their kinds; a file of settings may hold anything."""
LOCK_AFTER = (0, 5, 15, 30)
"""After how many minutes without anybody the window may be locked; 0 is never."""


class Settings:
    """The settings, kept where the system keeps a user's settings. They hold no personal data."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = StoredValues(store or QSettings("LDBU Desktop", "LDBU Desktop"))

    def settle(self) -> None:
        """Wait until what was changed is written."""
        self._store.settle()

    @property
    def language(self) -> Language:
        """The language of the window: the machine's where it is fixed, else Danish until another is chosen."""
        if policy().language:
            return Language(policy().language)
        return Language.ENGLISH if self._store.value("language") == Language.ENGLISH.value else Language.DANISH

    @language.setter
    def language(self, language: Language) -> None:
        self._store.set("language", language.value)

    @property
    def look(self) -> ColourScheme:
        """Light, dark, or as the system is."""
        stored = self._store.value("look")
        return ColourScheme(stored) if isinstance(stored, str) and stored in set(ColourScheme) else ColourScheme.SYSTEM

    @look.setter
    def look(self, look: ColourScheme) -> None:
        self._store.set("look", look.value)

    @property
    def lock_after(self) -> int:
        """After how many minutes without anybody a case file is locked; 0, which it is at first, is never."""
        stored = str(self._store.value("lockAfter") or "0")
        return next((minutes for minutes in LOCK_AFTER if str(minutes) == stored), 0)

    @lock_after.setter
    def lock_after(self, minutes: int) -> None:
        self._store.set("lockAfter", minutes)

    @property
    def recent(self) -> list[Path]:
        """The files that were opened last, latest first; some may not be there any more."""
        stored = self._store.value("recent") or []
        return [Path(str(name)) for name in (stored if isinstance(stored, list) else [stored])]

    def remember(self, path: Path) -> None:
        """Put ``path`` first among the recent files. A path that may hold a CPR number is not remembered."""
        from ldbu_desktop.journal.mask import without_cpr

        if without_cpr(str(path)) != str(path):
            return
        kept = [path, *(other for other in self.recent if other != path)][:_RECENT]
        self._store.set("recent", [str(one) for one in kept])

    def forget_recent(self) -> None:
        """Forget which files were opened."""
        self._store.set("recent", None)

    @property
    def work_folder(self) -> Path:
        """Where corrections to files are kept: beside the settings."""
        if self._store.file is not None:
            return Path(self._store.file).parent / "work"
        from platformdirs import user_config_path

        return user_config_path("ldbu-desktop", appauthor=False) / "work"

    def remember_work(self, path: Path, name: str) -> None:
        """Remember which file the corrections in a work file are to, by a name without a CPR number."""
        from ldbu_desktop.journal.mask import without_cpr

        self._store.set(f"work/{path.stem}", without_cpr(name))

    def work_name(self, path: Path) -> str:
        """Which file the corrections in a work file are to; empty where that is not known."""
        return str(self._store.value(f"work/{path.stem}") or "")

    def forget_work(self, path: Path) -> None:
        """Forget a work file that is gone."""
        self._store.set(f"work/{path.stem}", None)

    @property
    def approver(self) -> str:
        """Who says yes to what columns are read as: a role or initials, as the user chose. Empty until then."""
        return str(self._store.value("approver") or "")

    @approver.setter
    def approver(self, approver: str) -> None:
        self._store.set("approver", approver)

    @property
    def accepts_as(self) -> str:
        """In which role findings were accepted last. Empty until then."""
        return str(self._store.value("accepts-as") or "")

    @accepts_as.setter
    def accepts_as(self, role: str) -> None:
        self._store.set("accepts-as", role)

    @property
    def forms_folder(self) -> Path | None:
        """Where the user's own forms are; None where there are none."""
        stored = self._store.value("forms")
        return Path(str(stored)) if stored else None

    @forms_folder.setter
    def forms_folder(self, folder: Path) -> None:
        self._store.set("forms", str(folder))

    @property
    def cases_folder(self) -> Path | None:
        """Where the site's own exercises are; None where there are none."""
        stored = self._store.value("cases")
        return Path(str(stored)) if stored else None

    @cases_folder.setter
    def cases_folder(self, folder: Path) -> None:
        self._store.set("cases", str(folder))

    @property
    def cases_done(self) -> frozenset[str]:
        """The ids of the exercises that were done on this machine, by whomever."""
        stored = self._store.value("cases-done") or []
        return frozenset(map(str, stored if isinstance(stored, list) else [stored]))

    def remember_case(self, id: str) -> None:
        """Remember that an exercise was done on this machine."""
        self._store.set("cases-done", sorted(self.cases_done | {id}))

    @property
    def fault_choice(self) -> FaultChoice | None:
        """Which faults were chosen to be found last; None where that is not known."""
        from ldbu_desktop.training.fault_hunt import FaultChoice

        stored = str(self._store.value("fault-choice") or "")
        chosen = _FAULT_CHOICE.fullmatch(stored)
        return FaultChoice(tuple(chosen[3].split(" ")), int(chosen[1]), int(chosen[2])) if chosen is not None else None

    @fault_choice.setter
    def fault_choice(self, choice: FaultChoice) -> None:
        self._store.set("fault-choice", " ".join((str(choice.total), str(choice.number), *choice.kinds)))

    def state(self, name: str) -> QByteArray | None:
        """How a window or its panes were, by ``name``; None where that is not known."""
        stored = self._store.value(f"state/{name}")
        return stored if isinstance(stored, QByteArray) else None

    def keep_state(self, name: str, state: QByteArray) -> None:
        """Remember how a window or its panes are."""
        self._store.set(f"state/{name}", state)
