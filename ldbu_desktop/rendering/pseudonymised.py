"""What was written without anybody in it, in lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.pseudonyms.model import Pseudonymised
from ldbu_desktop.rendering.faults import fault_text

_FEW = 20


def pseudonymised_lines(told: Pseudonymised, *, is_key_kept: bool) -> Iterator[str]:
    """What was written, emptied, left out, and found otherwise than before. No header of a file is among it."""
    yield tr("{count, plural, one {# fil} other {# filer}} skrevet.", count=len(told.written))
    if told.emptied:
        columns, cells = len(told.emptied), told.emptied.total()
        yield tr(
            "Tømt, fordi vi ikke ved, hvad der står: {cells, plural, one {# celle} other {# celler}} i "
            "{columns, plural, one {# kolonne} other {# kolonner}}.",
            cells=cells,
            columns=columns,
        )
    if told.dropped:
        yield tr(
            "{count, plural, one {# skjult ark eller vejledning} other {# skjulte ark eller vejledninger}} er ikke "
            "skrevet.",
            count=told.dropped,
        )
    if told.converted:
        yield tr("{count, plural, one {# regneark} other {# regneark}} skrevet som .xlsx.", count=told.converted)
    if told.months_left:
        yield tr(
            "Fødselsmåneden kunne ikke beholdes for {count, plural, one {# familie} other {# familier}}.",
            count=told.months_left,
        )
    for fault in told.not_read[:_FEW]:
        yield tr("Ikke skrevet: {why}", why=cpr_masked(fault_text(fault, chosen())))
    if len(told.not_read) > _FEW:
        yield tr("… og {count} til, der ikke er skrevet.", count=len(told.not_read) - _FEW)
    yield tr("Datoer er flyttet; aldre i dage er de samme.")
    yield from _findings(told)
    yield (
        tr("Det, numrene er lavet med, er gemt krypteret.")
        if is_key_kept
        else tr("Det, numrene er lavet med, er kastet væk: ingen kan regne tilbage.")
    )


def _findings(told: Pseudonymised) -> Iterator[str]:
    if not told.came and not told.went:
        yield tr("Fundene er de samme før og efter: {count}.", count=told.findings)
        return
    yield tr("Andre fund end før:")
    for code in sorted(told.came.keys() | told.went.keys()):
        yield tr("  {code} (væk: {went}; nye: {came})", code=code, went=told.went[code], came=told.came[code])
