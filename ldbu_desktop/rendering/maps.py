"""What was found in a map, and between two of them: in words, and for machines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import Language, quoted, tr
from ldbu_desktop.mapping.links import ColumnLink, ValueLink
from ldbu_desktop.mapping.maps.checking import CheckedMap, MapDifference
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.proposal import link_facts, link_words
from ldbu_desktop.standard.model import Standard


def checked_map_facts(checked: CheckedMap, language: Language) -> dict[str, Any]:
    """What was found in a map, as it is written to JSON."""
    fit = checked.fit
    return {
        "right": checked.is_right,
        "faults": [
            {"code": fault.key, "line": fault.facts.get("line"), "message": fault_text(fault, language)}
            for fault in checked.faults
        ],
        "known": None if fit is None else len(fit.known),
        "waiting": [] if fit is None else [link_facts(each) for each in fit.waiting],
        "differs": [] if fit is None else [link_facts(each) for each in fit.differs],
        "not_in_files": [] if fit is None else list(fit.not_in_files),
    }


def checked_map_lines(checked: CheckedMap, standard: Standard, language: Language) -> Iterator[str]:
    """What was found in a map, for people."""
    for fault in checked.faults:
        yield f"✖ {fault_text(fault, language)}"
    fit = checked.fit
    if fit is not None:
        yield tr("Kendt fra kortet: {count}", count=len(fit.known))
        yield from _listed(tr("Er noget andet nu end dengang, og venter på et ja:"), fit.differs, standard, language)
        yield from _listed(tr("Står ikke i kortet, og venter på et ja:"), fit.waiting, standard, language)
        if fit.not_in_files:
            yield tr("Står i kortet og ikke i filerne: {headers}", headers=", ".join(fit.not_in_files))
    if checked.is_right:
        yield tr("✔ Kortet kan bruges, som det er.")


def _listed(
    heading: str, links: Sequence[ColumnLink | ValueLink], standard: Standard, language: Language
) -> Iterator[str]:
    if links:
        yield heading
        yield from (line for link in links for line in link_words(link, standard, language))


def difference_facts(found: Sequence[MapDifference]) -> list[dict[str, str]]:
    """What two maps say differently, as it is written to JSON."""
    return [{"header": one.header, "value": one.value, "first": one.first, "second": one.second} for one in found]


def difference_lines(found: Sequence[MapDifference]) -> Iterator[str]:
    """What two maps say differently, for people: a line for each column and text."""
    for one in found:
        about = f"{one.header} {quoted(one.value)}" if one.value else one.header
        yield f"{without_cpr(about)}: {one.first or '–'} → {one.second or '–'}"
    if not found:
        yield tr("De to kort siger det samme.")
