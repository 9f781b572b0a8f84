"""Verdicts on the reports that a journal was read from, made when asked for; findings that agree with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING

from ldbu_desktop.findings.run import JudgedFamily
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.standard.model import Standard

if TYPE_CHECKING:
    from ldbu_desktop.bundles.verdicts import Verdicts


def verdicts_when_asked(journal: Journal, standard: Standard) -> Callable[[], Verdicts]:
    """What gives the verdicts on reports that were read, when they are asked for.

    Journals of tables have none, and to import what makes them takes longer than to check a small one.
    """

    @cache
    def verdicts() -> Verdicts:
        from ldbu_desktop.bundles.verdicts import Verdicts
        from ldbu_desktop.use_cases.engines import engine_for

        return Verdicts(journal, standard, partial(engine_for, standard))

    return verdicts


def settled(judged: JudgedFamily, verdicts: Callable[[], Verdicts]) -> JudgedFamily:
    """The findings of a family, agreeing with the verdicts on the reports that it was read from."""
    is_of_reports = any(visit.origin.path for visit in judged.family.visits)
    return verdicts().settled(judged) if is_of_reports else judged
