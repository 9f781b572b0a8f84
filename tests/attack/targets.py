"""What is attacked: each reader with files that are right, and what may come of files that are not.

A reader gives something or raises a fault for people; anything else that it raises is a defect. Where it gives
something other than what was in the file, and a fault would have been right, that is a silent wrong state.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSettings

from ldbu_desktop.bundled_files import resource, shipped_form
from ldbu_desktop.burden.measurements import MeasurementFile
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.beginning import logs_of
from ldbu_desktop.casefile.case_file import CaseFile, read_copy
from ldbu_desktop.casefile.work_file import WorkFile
from ldbu_desktop.forms.loader import read_form
from ldbu_desktop.mapping.maps.loader import read_map
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.use_cases.check import check
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.unit.casefile.some_journal import PASSPHRASE, journal, with_weight

QUICK_ROUNDS = 100


class SilentError(AssertionError):
    """Something else than what was in the file was taken for it, and nothing was told."""


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: files that are right by name, what the mutated one is called, and how it is read."""

    seeds: tuple[bytes, ...]
    name: str
    read: Callable[[Path], object]
    beside: Mapping[str, bytes]


def _case(folder: Path) -> dict[str, Target]:
    """The case file, its log, what it last said, and the work file; keys are made in no time."""
    key.ROUNDS = QUICK_ROUNDS
    path = folder / "sag.ldbu"
    case = CaseFile.create(path, PASSPHRASE, journal(6))
    states = [case.journal]
    for number in range(4):
        states.append(with_weight(states[-1], str(3000 + number), number))
        case.save(states[-1], str(number))
    killed = {one.name: one.read_bytes() for one in folder.iterdir()}
    case.close()
    whole = path.read_bytes()

    def read_whole(path: Path) -> None:
        if read_copy(path, PASSPHRASE).journal != states[-1]:
            raise SilentError

    def read_killed(path: Path) -> None:
        path = path.with_name("sag.ldbu")
        case = CaseFile.open(path, PASSPHRASE)
        found, warning = case.journal, case.warning
        case.close()
        if found not in states or (found != states[-1] and warning is None):
            raise SilentError
        for log in logs_of(path):
            log.unlink(missing_ok=True)

    work = WorkFile(folder / "work", b"content", "uge.xlsx")
    work.keep(0, (b"one", b"two"))
    work.close()
    kept = work.path.read_bytes()

    def read_work(path: Path) -> None:
        found = WorkFile(path.parent, b"content", "uge.xlsx")
        found.close()
        for left in path.parent.glob("*.unreadable"):
            left.unlink()
        if found.entries != (b"one", b"two") and found.warning is None and path.stat().st_size:
            raise SilentError

    log = killed.pop("sag.ldbu-wal")
    said = next(content for name, content in killed.items() if name.endswith(".lock"))
    return {
        "case file": Target((whole,), "sag.ldbu", read_whole, {}),
        "log of a case file": Target((log,), "sag.ldbu-wal", read_killed, killed),
        "what a window said": Target((said,), ".~sag.ldbu.lock", read_killed, {**killed, "sag.ldbu-wal": log}),
        "work file": Target((kept,), work.path.name, read_work, {}),
    }


def _settings(path: Path) -> None:
    settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    for told in (settings.language, settings.look, settings.recent, settings.lock_after, settings.approver):
        assert told is not None
    settings.remember(path)
    settings.state("window")


def _samples(pattern: str, *folders: str) -> tuple[bytes, ...]:
    return tuple(one.read_bytes() for one in sorted(resource("samples", *folders).glob(pattern))[:6])


def targets(folder: Path) -> dict[str, Target]:
    """Every target by name; what is made once for them lies in ``folder``."""
    standard = shipped_standard()
    forms = tuple(shipped_form(name).read_bytes() for name in ("2-months.yaml", "epds.yaml"))
    settings = b"[General]\nlanguage=en\nlook=dark\nrecent=/tmp/a.xlsx, /tmp/b.csv\nlockAfter=5\n[work]\nabc=uge.xlsx\n"
    times = json.dumps({"consent": True, "visits": []}).encode()
    return {
        **_case(folder),
        "map": Target(_samples("*.ldbumap", "alle-fejl"), "kort.ldbumap", read_map, {}),
        "form": Target(forms, "skema.yaml", lambda path: read_form(path, standard), {}),
        "settings": Target((settings,), "indstillinger.ini", _settings, {}),
        "measured times": Target((times,), "measurements.json", lambda path: MeasurementFile(path.parent).load(), {}),
        "csv": Target(_samples("*.csv"), "eksport.csv", lambda path: load([path], standard), {}),
        "workbook": Target(_samples("familie*.xlsx"), "eksport.xlsx", lambda path: load([path], standard), {}),
        "report": Target(
            _samples("*.json", "rapporter"), "rapport.json", lambda path: list(check([path], standard)), {}
        ),
    }
