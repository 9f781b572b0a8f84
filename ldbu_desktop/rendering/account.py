"""The account of what was read, in a line for people and in numbers for machines."""

from __future__ import annotations

from typing import Any

from ldbu_desktop.account import Account, Amount
from ldbu_desktop.journal.mask import without_person
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.words import count_words, files_words


def account_words(account: Account) -> str:
    """How much was read and how much was not; nothing where nothing was counted."""
    if account.found == Amount():
        return ""
    read, left_out = _read_words(account), account.left_out
    if not account.is_whole:
        return tr("Læst: {read}; læsningen blev stoppet, og resten er ikke talt", read=read)
    if left_out == Amount():
        return tr("Læst: {read}; ikke læst: 0", read=read)
    return tr("Læst: {read}; ikke læst: {left_out}, se fund", read=read, left_out=_left_words(left_out))


def _read_words(account: Account) -> str:
    found, read = account.found, account.read
    told = []
    if found.cells or found.rows or not found.reports:
        told.append(tr("{cells} i {rows}", cells=_cells(read.cells), rows=_rows(read.rows)))
    if found.reports:
        told.append(_reports(read.reports))
    return tr(" og ").join(told)


def _left_words(amount: Amount) -> str:
    """Cells alone are a number, as what was read is told in cells; with anything else each is named."""
    if amount == Amount(cells=amount.cells):
        return count_words(amount.cells)
    told = [
        words(count)
        for words, count in (
            (_cells, amount.cells),
            (_rows, amount.rows),
            (_reports, amount.reports),
            (files_words, amount.files),
        )
        if count
    ]
    return ", ".join(told)


def _cells(count: int) -> str:
    return tr("{count, plural, one {# celle} other {# celler}}", count=count)


def _rows(count: int) -> str:
    return tr("{count, plural, one {# række} other {# rækker}}", count=count)


def _reports(count: int) -> str:
    return tr("{count, plural, one {# rapport} other {# rapporter}}", count=count)


def account_document(account: Account) -> dict[str, Any]:
    """The account for machines: ``found`` is ``read`` and what stands in ``not_read``, each with its code and place."""
    return {
        "found": account.found._asdict(),
        "read": account.read._asdict(),
        "not_read": [
            {
                "code": each.code,
                **each.amount._asdict(),
                "file": without_person(each.file),
                "sheet": without_person(each.sheet) or None,
                "row": each.row or None,
                "column": each.column if each.column >= 0 else None,
            }
            for each in account.not_read
        ],
    }
