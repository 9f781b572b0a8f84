"""What an answer on reports does not rest on: files that were not looked at, and reports of other editions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ldbu_desktop.deliveries.model import HistoryCounts, OtherEdition
from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import Language, chosen, tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.standard.model import Standard

Faults = Sequence[tuple[str, Fault]]
"""Files that were not looked at, each with why."""

_FIRST = 5
"""Files that are named."""


def other_edition_words(other: OtherEdition, language: Language, standard: Standard) -> str:
    """How many reports are written for another edition, which, and what to change."""
    words = rendered(other.finding, language, standard)
    many = tr("{count, plural, one {# rapport} other {# rapporter}}", count=other.reports)
    told = f"{words.message} {words.remedy} ({many}: {cpr_masked(other.file)})"
    return f"{told} {tr('De er ikke set på her.')}" if other.is_guide else told


def beside_words(counts: HistoryCounts, faults: Faults, standard: Standard) -> Iterator[str]:
    """What of a history is written for another edition, and what could not be read, a paragraph each."""
    for other in counts.others.values():
        yield other_edition_words(other, chosen(), standard)
    for _, fault in faults[:_FIRST]:
        yield cpr_masked(fault_text(fault, chosen()))
    if len(faults) > _FIRST:
        yield tr("… og {more} til, der ikke er læst.", more=len(faults) - _FIRST)


def not_all_read_words() -> str:
    """That an answer does not rest on all that the files hold."""
    return tr("Ikke alt er læst; »ldbu validate« og »ldbu check« siger hvad.")


def unread_words(faults: Faults, passed_over: Faults) -> str:
    """Which files were not read, and which lay beside the reports and are none, a line each; nothing where none did."""
    lines = (
        tr("Ikke læst: {what}", what=_files(faults)) if faults else "",
        tr("Sprunget over: {what}", what=_files(passed_over)) if passed_over else "",
    )
    return "\n".join(filter(None, lines))


def _files(faults: Faults) -> str:
    files = list(dict.fromkeys(cpr_masked(file) for file, _ in faults))
    told, more = ", ".join(files[:_FIRST]), len(files) - _FIRST
    return told if more <= 0 else f"{told} {tr('… og {more} til, der ikke er læst.', more=more)}"


def files_left(faults: Faults, language: Language) -> tuple[tuple[str, str], ...]:
    """Files that were not looked at, each with why."""
    return tuple((cpr_masked(file), cpr_masked(fault_text(fault, language))) for file, fault in faults)
