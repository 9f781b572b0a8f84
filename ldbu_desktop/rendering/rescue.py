"""What was rescued of a damaged case file, in words."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.casefile.state import Salvage
from ldbu_desktop.language import tr


def rescue_lines(salvage: Salvage) -> Iterator[str]:
    """What is in the new file, and what was lost, a line each."""
    yield tr(
        "Reddet: {families, plural, one {# familie} other {# familier}} med "
        "{visits, plural, one {# kontakt} other {# kontakter}}.",
        families=len(salvage.journal.families),
        visits=sum(len(family.visits) for family in salvage.journal.families),
    )
    if salvage.is_whole:
        yield tr("Intet er tabt.")
        return
    if salvage.lost_families:
        yield tr("Tabt: {count, plural, one {# familie} other {# familier}}.", count=salvage.lost_families)
    if salvage.lost_visits:
        yield tr("Tabt: {count, plural, one {# kontakt} other {# kontakter}}.", count=salvage.lost_visits)
    if salvage.lost_lists:
        yield tr("Tabt: noget af det, der hører til hele sagen, fx fund om filer.")
    if not salvage.is_latest:
        yield tr("Hvad der var gemt sidst, kunne ikke ses: noget kan være fra før en rettelse eller være fortrudt.")
