"""Self-test: whether this installation is whole and works, tried from inside it. Nothing of its user is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from itertools import chain, islice, repeat

from ldbu_desktop import installation
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.faults import Fault
from ldbu_desktop.installation import NotWhole
from ldbu_desktop.policy import required_policy
from ldbu_desktop.rendering.self_test import TrialResult
from ldbu_desktop.standard.model import Standard

REPORTS = 1000
"""So many reports are checked, in several processes."""
CHART = "ldbu_desktop.ui.growth.trial"
"""What draws a chart without a screen: it is named here, as the core knows no window."""


def self_test(standard: Standard, only: Sequence[str] = ()) -> Iterator[TrialResult]:
    """Each trial's result, as soon as it is there; of those that are named, or all of :data:`TRIALS`.

    A trial that ends with any error has failed, and the others go on.
    """
    for trial in only or TRIALS:
        try:
            yield TrialResult(trial, True, TRIALS[trial](standard))
        except NotWhole as failed:
            yield TrialResult(trial, False, str(failed))
        except Fault as fault:
            yield TrialResult(trial, False, fault.key)
        except Exception as error:  # an installation may be broken in any way, and that is what is asked
            yield TrialResult(trial, False, type(error).__name__)


def _reading(standard: Standard) -> str:
    """The sample is read, by the process that reads files."""
    from ldbu_desktop.use_cases.load import load

    journal = load([resource("samples", "familie.xlsx")], standard)
    return str(sum(len(family.visits) for family in journal.families))


def _reports(standard: Standard) -> str:
    """The sample reports, so many times over, are checked in several processes, and none would be rejected."""
    from ldbu_desktop.sources.reader import Reader
    from ldbu_desktop.use_cases.check import checked_texts
    from ldbu_desktop.use_cases.engines import engine_for
    from ldbu_desktop.work import Cancellation

    with Reader() as reader:
        sample = list(reader.texts([resource("samples", "rapporter")]))
    many = islice(chain.from_iterable(repeat(sample)), REPORTS)
    checked = list(checked_texts(many, partial(engine_for, standard, None), 2, Cancellation()))
    refused = [each for each in checked if each.fault is not None or not each.is_valid]
    if refused or len(checked) != REPORTS:
        raise NotWhole(f"{len(refused)}/{len(checked)}")
    return str(len(checked))


def _case_file(_: Standard) -> str:
    """A case file is written, opened again, damaged, and known to be damaged."""
    from ldbu_desktop.casefile.trial import fault_of_damage

    if fault := fault_of_damage():
        return fault
    raise NotWhole("not-recognised")


def _keyring(_: Standard) -> str:
    """What the system's place for secrets is called; that there is none is no fault."""
    from ldbu_desktop.casefile.remembered_keys import PATIENCE, place

    return place(PATIENCE)


def _chart(standard: Standard) -> str:
    """How many colours there are in a chart that the window's part of the program draws."""
    return str(import_module(CHART).drawn(standard))


TRIALS: Mapping[str, Callable[[Standard], str]] = {
    "system": lambda _: installation.system(),
    "resources": lambda _: installation.shipped_files(),
    "modules": lambda _: installation.modules(),
    "parts": lambda _: installation.parts(),
    "reading": _reading,
    "reports": _reports,
    "case-file": _case_file,
    "chart": _chart,
    "keyring": _keyring,
    "policy": lambda _: ", ".join(required_policy().fixed),
}
"""What is tried, in this order: each tells what it saw, or raises."""
