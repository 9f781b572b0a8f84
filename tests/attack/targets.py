"""What is attacked: each reader with files that are right, and what may come of files that are not.

A reader gives something or raises a fault for people; anything else that it raises is a defect. Where it gives
something other than what was in the file, and a fault would have been right, that is a silent wrong state.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSettings

from ldbu_desktop import policy
from ldbu_desktop.bundled_files import resource, shipped_form
from ldbu_desktop.bundles.receipt_file import RECEIPT
from ldbu_desktop.burden.measurements import MeasurementFile
from ldbu_desktop.casefile import key
from ldbu_desktop.casefile.beginning import logs_of
from ldbu_desktop.casefile.case_file import CaseFile, read_copy
from ldbu_desktop.casefile.rescue import rescue
from ldbu_desktop.casefile.secret_file import keep_secret, kept_secret
from ldbu_desktop.casefile.work_file import WorkFile
from ldbu_desktop.cli.program import run
from ldbu_desktop.forms.loader import read_form
from ldbu_desktop.mapping.maps.loader import read_map
from ldbu_desktop.standard.official_package import read_package
from ldbu_desktop.training.loader import read_case, shipped_cases
from ldbu_desktop.training.results import read_result, result_of, result_text
from ldbu_desktop.ui.settings import Settings
from ldbu_desktop.use_cases.acceptances import read_accepted
from ldbu_desktop.use_cases.baseline import read_baseline
from ldbu_desktop.use_cases.check import check
from ldbu_desktop.use_cases.history import check_history
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.use_cases.read_reports import HistoryRun
from ldbu_desktop.use_cases.receipt import read_receipt
from ldbu_desktop.use_cases.standards import shipped_standard
from tests.attack.mutations import mutated_json, mutated_within
from tests.attack.seeds import SEEDS
from tests.other_workbooks import ods_bytes, places, xls_bytes, xlsb_bytes
from tests.unit.casefile.some_journal import PASSPHRASE, journal, with_weight
from tests.workbooks import workbook_bytes, zipped

QUICK_ROUNDS = 100
CASE_FILES = (
    "case file", "log of a case file", "what a window said", "work file", "damaged case file", "secret of pseudonyms",
)  # fmt: skip


class SilentError(AssertionError):
    """Something else than what was in the file was taken for it, and nothing was told."""


Mutate = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader: files that are right, what the mutated one is called, how it is read and what lies beside it.

    ``within`` are ways to make files wrong that keep what they are packed or written in. What the program reads in a
    sandbox ``may_be_read_here``, in the process that attacks, where that survives most of it.
    """

    seeds: tuple[bytes, ...]
    name: str
    read: Callable[[Path], object]
    beside: Mapping[str, bytes] = field(default_factory=dict)
    within: tuple[Mutate, ...] = ()
    may_be_read_here: bool = False


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

    def read_rescued(path: Path) -> None:
        to = path.with_name("reddet.ldbu")
        try:
            rescued = rescue(path, PASSPHRASE, to)
            found = rescued.case.journal
            rescued.case.close()
        finally:
            for one in path.parent.glob("*reddet.ldbu*"):
                one.unlink()
        told = {family.key: family for state in states for family in state.families}
        if any(family.key not in told for family in found.families):
            raise SilentError

    secret = folder / "nummer.key"
    keep_secret(secret, PASSPHRASE, b"secret" * 5)

    def read_secret(path: Path) -> None:
        if kept_secret(path, PASSPHRASE) != b"secret" * 5:
            raise SilentError

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
        "case file": Target((whole,), "sag.ldbu", read_whole),
        "log of a case file": Target((log,), "sag.ldbu-wal", read_killed, killed),
        "what a window said": Target((said,), ".~sag.ldbu.lock", read_killed, {**killed, "sag.ldbu-wal": log}),
        "work file": Target((kept,), work.path.name, read_work),
        "damaged case file": Target((whole,), "sag.ldbu", read_rescued),
        "secret of pseudonyms": Target((secret.read_bytes(),), "nummer.key", read_secret),
    }


def _policy(path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy, "FILE", path)
        policy.required_policy()


def _baseline(_: Path) -> Target:
    told = io.StringIO()
    with redirect_stdout(told):
        run(["check", str(resource("samples", "alle-fejl", "rapporter")), "--format", "json", "--jobs", "1"])
    answer = json.loads(told.getvalue())
    few = {name: value[:3] if isinstance(value, list) else value for name, value in answer.items()}
    lines = b"\n".join(json.dumps(one).encode() for one in answer["reports"][:3])
    return Target((json.dumps(few).encode(), lines), "foer.json", partial(read_baseline, command="check"))


def _in_archive(_: Path) -> Target:
    inner = zipped({"a.json": SEEDS["json"](), "b.csv": SEEDS["csv"](), "c.zip": zipped({"d.csv": SEEDS["csv"]()})})
    return Target(
        (zipped({"inderst.zip": inner, "b.ndjson": SEEDS["ndjson"]()}),), "ydre.zip", _loaded,
        within=(mutated_within, _mutated_inside), may_be_read_here=True,
    )  # fmt: skip


def _mutated_inside(content: bytes, chance: random.Random) -> bytes:
    """An archive whose inner one has a part that is mutated."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inner = archive.read("inderst.zip")
    return zipped({"inderst.zip": mutated_within(inner, chance)})


def _settings(path: Path) -> None:
    settings = Settings(QSettings(str(path), QSettings.Format.IniFormat))
    for told in (settings.language, settings.look, settings.recent, settings.lock_after, settings.approver):
        assert told is not None
    if (choice := settings.fault_choice) is not None:
        assert choice.kinds
    settings.remember(path)
    settings.state("window")


def _samples(pattern: str, *folders: str) -> tuple[bytes, ...]:
    return tuple(one.read_bytes() for one in sorted(resource("samples", *folders).glob(pattern))[:6])


def _loaded(path: Path) -> object:
    return load([path], shipped_standard())


def _checked(path: Path) -> object:
    return list(check([path], shipped_standard(), jobs=1))


def _history(path: Path) -> object:
    return list(check_history([path], shipped_standard(), HistoryRun(), jobs=1))


def _tables(kind: str, *within: Mutate) -> Callable[[Path], Target]:
    """Tables of a kind: few rows in our wide shape, and some that are of no shape."""
    name = f"eksport.{kind}"
    return lambda _: Target((_wide(kind), SEEDS[kind]()), name, _loaded, within=within, may_be_read_here=kind != "xls")


def _wide(kind: str) -> bytes:
    lines = _samples("familie-bred.csv")[0].decode("utf-8-sig").splitlines()[:5]
    if kind == "csv":
        return "\r\n".join(lines).encode()
    rows: list[list[object]] = [[*line.split(";")] for line in lines]
    if kind == "xlsx":
        return workbook_bytes({"Bred": rows})
    return {"xls": xls_bytes, "xlsb": xlsb_bytes, "ods": ods_bytes}[kind]({"Bred": places(rows)})


def _reports(name: str, read: Callable[[Path], object], make: Callable[[bytes], bytes] = bytes) -> Target:
    seeds = tuple(map(make, _samples("*.json", "rapporter")))
    within = (mutated_json,) if name.endswith(".json") else ()
    return Target(seeds, name, read, within=within, may_be_read_here=True)


def _receipt(folder: Path) -> Target:
    told = io.StringIO()
    with redirect_stdout(told):
        assert run(["export", str(resource("samples", "familie-bred.csv")), "--to", str(folder / "export")]) == 0
    receipt = next((folder / "export").rglob(RECEIPT)).read_bytes()
    return Target((receipt,), RECEIPT, lambda path: read_receipt(path, shipped_standard()), within=(mutated_json,))


def _result(_: Path) -> Target:
    case = shipped_cases(shipped_standard()).cases[0]
    answers = {f"{at}|child|weight": (f"52{at}0", "g") for at in range(6)}
    result = replace(result_of(case, ()), answers=answers)
    return Target((result_text(result),), "resultat.ldbusvar", read_result, within=(mutated_json,))


def _accepted(_: Path) -> Target:
    entry = {"code": "growth-change-unlikely", "found": "5250", "reason": "vejet igen", "by": "sundhedsplejerske"}
    accepted = json.dumps({"ldbu_accepted": 1, "accepted": [entry]}).encode()
    return Target((accepted,), "accepteret.json", read_accepted, within=(mutated_json,))


def _forms(_: Path) -> Target:
    seeds = tuple(shipped_form(name).read_bytes() for name in ("2-months.yaml", "epds.yaml"))
    return Target(seeds, "skema.yaml", lambda path: read_form(path, shipped_standard()))


def _exercise(path: Path) -> None:
    _, faults = read_case(path, shipped_standard())
    assert all(fault.key for fault in faults)


_POLICY = b'remember-keys = false\ncase-folder = "~/sager"\nlanguage = "en"\npages = ["form", "findings"]\n'
_SETTINGS = (
    b"[General]\nlanguage=en\nlook=dark\nrecent=/tmp/a.xlsx, /tmp/b.csv\nlockAfter=5\n"
    b"fault-choice=4 7 unit-slip\n[work]\nabc=uge.xlsx\n"
)
_ROW = [200.5, 300.25, 420, 311]
_TIMES = json.dumps(
    {
        "version": 1,
        "consent": True,
        "visits": [[*_ROW, "2-months"]] * 2,
        "fields": {"weight": [_ROW], "height": [_ROW, _ROW]},
    }
).encode()

TARGETS: Mapping[str, Callable[[Path], Target]] = {
    **{name: (lambda folder, name=name: _case(folder)[name]) for name in CASE_FILES},
    "map": lambda _: Target(_samples("*.ldbumap", "alle-fejl"), "kort.ldbumap", read_map),
    "form": _forms,
    "exercise": lambda _: Target(
        tuple(one.read_bytes() for one in sorted(resource("training").glob("*.yaml"))[:6]), "opgave.yaml", _exercise
    ),
    "result of an exercise": _result,
    "accepted findings": _accepted,
    "receipt": _receipt,
    "settings": lambda _: Target((_SETTINGS,), "indstillinger.ini", _settings),
    "policy": lambda _: Target((_POLICY,), "policy.toml", _policy),
    "earlier answer": _baseline,
    "measured times": lambda _: Target(
        (_TIMES,), "measurements.json", lambda path: MeasurementFile(path.parent).load(), within=(mutated_json,)
    ),
    "csv": _tables("csv"),
    "xlsx": _tables("xlsx", mutated_within),
    "xls": _tables("xls"),
    "xlsb": _tables("xlsb", mutated_within),
    "ods": _tables("ods", mutated_within),
    "archive": lambda _: Target(
        (SEEDS["zip"](),), "samlet.zip", _loaded, within=(mutated_within,), may_be_read_here=True
    ),
    "archive in an archive": _in_archive,
    "package": lambda _: Target((SEEDS["tgz"](),), "pakke.tgz", read_package, may_be_read_here=True),
    "report": lambda _: _reports("rapport.json", _checked),
    "reports in lines": lambda _: _reports("rapporter.ndjson", _checked, lambda one: (_on_a_line(one) + b"\n") * 2),
    "report as a journal": lambda _: _reports("rapport.json", _loaded),
    "report in a history": lambda _: _reports("rapport.json", _history),
}
"""Every target by name, made in a folder of its own."""


def _on_a_line(report: bytes) -> bytes:
    return json.dumps(json.loads(report)).encode()
