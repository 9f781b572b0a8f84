"""What was written without anybody in it, in lines for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.pseudonyms.model import EmptiedColumn, Pseudonymised
from ldbu_desktop.rendering.faults import fault_text

_FEW = 20


def pseudonymised_lines(told: Pseudonymised, *, is_key_kept: bool) -> Iterator[str]:
    """What was written, emptied, left out, and found otherwise than before. No header of a file is among it."""
    yield tr("{count, plural, one {# fil} other {# filer}} skrevet.", count=len(told.written))
    if told.maps:
        yield tr(
            "{count, plural, one {# kort, der passer til filerne, er lagt ved} "
            "other {# kort, der passer til filerne, er lagt ved}}.",
            count=len(told.maps),
        )
    if told.emptied:
        columns, cells = len(told.emptied), told.emptied.total()
        yield tr(
            "Tømt, fordi vi ikke ved, hvad der står: {cells, plural, one {# celle} other {# celler}} i "
            "{columns, plural, one {# kolonne} other {# kolonner}}.",
            cells=cells,
            columns=columns,
        )
        yield from _emptied(told)
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


def _emptied(told: Pseudonymised) -> Iterator[str]:
    """Where the columns stand that were emptied, and how they could be kept."""
    for (file, sheet), same_sheet in groupby(sorted(told.emptied), key=lambda one: (one.file, one.sheet)):
        columns = ", ".join(column_letters(one.column) for one in same_sheet)
        yield tr("  {place}: kolonne {columns}", place=" · ".join(filter(None, (file, sheet))), columns=columns)
    yield tr("  Hold en kolonne uden persondata med --keep, eller kobl den med et kort (--map).")


def pseudonymised_facts(told: Pseudonymised, *, is_key_kept: bool) -> dict[str, Any]:
    """The same for machines."""
    return {
        "whole": told.is_whole,
        "written": [path.name for path in told.written],
        "maps": [path.name for path in told.maps],
        "emptied": [_emptied_facts(one, told.emptied[one]) for one in sorted(told.emptied)],
        "sheets_dropped": told.dropped,
        "converted": told.converted,
        "birth_months_moved": told.months_left,
        "not_written": [
            {"key": fault.key, "message": cpr_masked(fault_text(fault, chosen()))} for fault in told.not_read
        ],
        "findings": {"before": told.findings, "came": dict(told.came), "went": dict(told.went)},
        "key_kept": is_key_kept,
    }


def _emptied_facts(one: EmptiedColumn, cells: int) -> dict[str, Any]:
    return {"file": one.file, "sheet": one.sheet, "column": column_letters(one.column), "cells": cells}


def _findings(told: Pseudonymised) -> Iterator[str]:
    if not told.came and not told.went:
        yield tr("Fundene er de samme før og efter: {count}.", count=told.findings)
        return
    yield tr("Andre fund end før:")
    for code in sorted(told.came.keys() | told.went.keys()):
        yield tr("  {code} (væk: {went}; nye: {came})", code=code, went=told.went[code], came=told.came[code])
