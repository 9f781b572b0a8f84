"""Self-test: whether this installation is whole and works, tried from inside it. Nothing of its user is read."""

from __future__ import annotations

import hashlib
import pkgutil
import platform
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module, metadata
from itertools import islice, repeat
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import asdict

import ldbu_desktop
from ldbu_desktop.bundled_files import HASHES, resource, root
from ldbu_desktop.faults import Fault
from ldbu_desktop.policy import Policy, required_policy
from ldbu_desktop.rendering.self_test import TrialResult
from ldbu_desktop.standard.model import Standard

REPORTS = 1000
"""So many reports are checked, in several processes."""
_NAME, _NOT_ALIKE = re.compile(r"[\w.-]+"), re.compile(r"[-_.]+")
_HIDDEN = "velkendt prøve 1862"
_PAGE = 4096
CHART = "ldbu_desktop.ui.growth.trial"
"""What draws a chart without a screen: it is named here, as the core knows no window."""


class TrialFailed(Exception):
    """What was tried does not hold; the text says what was seen, without personal data or places on this machine."""


def self_test(standard: Standard, only: Sequence[str] = ()) -> Iterator[TrialResult]:
    """Each trial's result, as soon as it is there; of those that are named, or all of :data:`TRIALS`.

    A trial that ends with any error has failed, and the others go on.
    """
    for trial in only or TRIALS:
        try:
            yield TrialResult(trial, True, TRIALS[trial](standard))
        except TrialFailed as failed:
            yield TrialResult(trial, False, str(failed))
        except Fault as fault:
            yield TrialResult(trial, False, fault.key)
        except Exception as error:  # an installation may be broken in any way, and that is what is asked
            yield TrialResult(trial, False, type(error).__name__)


def _system(_: Standard) -> str:
    frozen = "frozen" if hasattr(sys, "frozen") else "unfrozen"
    return (
        f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}, {frozen}"
    )


def _resources(_: Standard) -> str:
    """How many files ship, each as it was when the program was built; empty where that was not written down then."""
    top = root()
    listed = top / HASHES
    if not listed.is_file():
        return ""
    expected = dict(line.split("  ", 1)[::-1] for line in listed.read_text(encoding="utf-8").splitlines())
    wrong = [
        name
        for name, digest in expected.items()
        if not (top / name).is_file() or hashlib.sha256((top / name).read_bytes()).hexdigest() != digest
    ]
    if wrong:
        raise TrialFailed(", ".join(wrong[:5]))
    return str(len(expected))


def _modules(_: Standard) -> str:
    """Every module of the program imports."""
    names = [each.name for each in pkgutil.walk_packages(ldbu_desktop.__path__, "ldbu_desktop.")]
    broken = []
    for name in names:
        try:
            import_module(name)
        except Exception as error:
            broken.append(f"{name} ({type(error).__name__})")
    if broken:
        raise TrialFailed(", ".join(broken[:5]))
    return str(len(names))


def _parts(_: Standard) -> str:
    """The program's version and those of all that it is built on."""
    found: dict[str, str] = {}
    waiting = ["ldbu-desktop"]
    while waiting:
        part = waiting.pop()
        if part in found:
            continue
        try:
            found[part] = metadata.version(part)
        except metadata.PackageNotFoundError:  # of another system, or of a choice that was not made
            continue
        needs = (each for each in metadata.requires(part) or () if "extra ==" not in each)
        waiting += [_NOT_ALIKE.sub("-", name[0]).lower() for each in needs if (name := _NAME.match(each))]
    if not found:
        raise TrialFailed("ldbu-desktop")
    return ", ".join(f"{part} {version}" for part, version in sorted(found.items()))


def _reading(standard: Standard) -> str:
    """The sample is read, by the process that reads files."""
    from ldbu_desktop.use_cases.load import load

    journal = load([resource("samples", "familie.xlsx")], standard)
    return str(sum(len(family.visits) for family in journal.families))


def _reports(standard: Standard) -> str:
    """The sample reports, so many times over, are checked in several processes, and none would be rejected."""
    from functools import partial

    from ldbu_desktop.sources.reader import Reader
    from ldbu_desktop.use_cases.check import checked_texts
    from ldbu_desktop.use_cases.engines import engine_for
    from ldbu_desktop.work import Cancellation

    with Reader() as reader:
        sample = list(reader.texts([resource("samples", "rapporter")]))
    many = islice((text for texts in repeat(sample) for text in texts), REPORTS)
    checked = list(checked_texts(many, partial(engine_for, standard, None), 2, Cancellation()))
    refused = [each for each in checked if each.fault is not None or not each.is_valid]
    if refused or len(checked) != REPORTS:
        raise TrialFailed(f"{len(refused)}/{len(checked)}")
    return str(len(checked))


def _case_file(_: Standard) -> str:
    """A case file is written, opened again, damaged, and known to be damaged."""
    from ldbu_desktop.casefile.case_file import CaseFile

    with TemporaryDirectory(prefix="ldbu-") as folder:
        path = Path(folder) / "self-test.ldbu"
        CaseFile.create(path, _HIDDEN).close()
        again = CaseFile.open(path, _HIDDEN)
        again.close()
        data = bytearray(path.read_bytes())
        data[_PAGE : _PAGE + 16] = bytes(byte ^ 0xFF for byte in data[_PAGE : _PAGE + 16])
        path.write_bytes(data)
        try:
            CaseFile.open(path, _HIDDEN).close()
        except Fault as fault:
            return fault.key
    raise TrialFailed("not-recognised")


def _keyring(_: Standard) -> str:
    """What the system's place for secrets is called; that there is none is no fault."""
    from ldbu_desktop.casefile.remembered_keys import place

    return place()


def _policy(_: Standard) -> str:
    """What is fixed for this machine, by its names; that nothing is, is no fault."""
    return ", ".join(name for name, value in asdict(required_policy()).items() if value != getattr(Policy(), name))


def _chart(standard: Standard) -> str:
    """How many colours there are in a chart that the window's part of the program draws."""
    return str(import_module(CHART).drawn(standard))


TRIALS: Mapping[str, Callable[[Standard], str]] = {
    "system": _system,
    "resources": _resources,
    "modules": _modules,
    "parts": _parts,
    "reading": _reading,
    "reports": _reports,
    "case-file": _case_file,
    "chart": _chart,
    "keyring": _keyring,
    "policy": _policy,
}
"""What is tried, in this order: each tells what it saw, or raises."""
