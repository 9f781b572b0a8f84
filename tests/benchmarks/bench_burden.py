"""Measures the burden: the estimate of each form, a comparison, and the registration of an export. Fails on nothing."""

from __future__ import annotations

import timeit

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.burden.registration import registration
from ldbu_desktop.forms.loader import shipped_forms
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.burden import compared, instrument_forms
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.work import Cancellation, no_progress

TARGET = 5.0
"""Milliseconds that the estimate of a form may take."""


def milliseconds(work: object) -> float:
    """The best of several rounds: the one that was disturbed least."""
    return min(timeit.repeat("work()", number=5, repeat=7, globals={"work": work})) / 5 * 1000


def main() -> None:
    """Print it all."""
    standard = shipped_standard()
    forms = shipped_forms(shipped_standard()).forms
    instruments = instrument_forms(forms, shipped_standard())
    took = {
        form.id: milliseconds(lambda form=form: compared([form], standard, parents=2, instruments=instruments))
        for form in forms
    }
    slowest = max(took, key=lambda id: took[id])
    print(f"a form with two parents: {sum(took.values()) / len(took):.2f} ms on average")
    print(f"the slowest, {slowest}: {took[slowest]:.2f} ms, {took[slowest] / TARGET:.0%} of what it may take")
    together = milliseconds(lambda: compared(forms[:4], standard, instruments=instruments))
    print(f"four forms compared: {together:.2f} ms")
    journal = load([resource("samples", "familie.xlsx")], standard, no_progress, Cancellation())
    each = milliseconds(lambda: registration(journal, standard)) / journal.visit_count
    print(f"registration: {each:.2f} ms a visit")


if __name__ == "__main__":
    main()
