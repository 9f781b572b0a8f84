"""The self-test's results in lines that can be sent to support, or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from ldbu_desktop.language import tr
from ldbu_desktop.rendering.machine import encoded_lines


@dataclass(frozen=True, slots=True)
class TrialResult:
    """What one trial showed: ``trial`` names it, ``told`` is a figure or a name, or what went wrong."""

    trial: str
    holds: bool
    told: str


def _names() -> dict[str, str]:
    return {
        "system": tr("System"),
        "resources": tr("Filer, der følger med"),
        "modules": tr("Moduler, der kan indlæses"),
        "parts": tr("Dele og udgaver"),
        "reading": tr("Eksemplet er læst, kontakter"),
        "reports": tr("Rapporter kontrolleret i flere processer"),
        "case-file": tr("En beskadiget sagsfil bliver genkendt"),
        "chart": tr("En vækstkurve er tegnet, farver"),
        "keyring": tr("Systemets nøglering"),
        "policy": tr("Faste indstillinger for maskinen"),
    }


def _nothing() -> dict[str, str]:
    """What it means that a trial which holds has nothing to tell."""
    return {"resources": tr("kan kun prøves i det byggede program"), "keyring": tr("ingen"), "policy": tr("ingen")}


def trial_line(result: TrialResult) -> str:
    """One trial in a line."""
    told = result.told or _nothing()[result.trial]
    return f"{'✔' if result.holds else '✖'} {_names()[result.trial]}: {told}"


def outcome_line(failed: int) -> str:
    """What it all comes to."""
    if failed:
        return tr(
            "{count, plural, one {# prøve} other {# prøver}} holdt ikke. Send teksten til dem, der hjælper dig.",
            count=failed,
        )
    return tr("Programmet er helt og virker. Teksten rummer ingen personoplysninger.")


def self_test_json(results: Iterable[TrialResult]) -> Iterator[str]:
    """The results for machines."""
    yield encoded_lines([asdict(each) for each in results])
