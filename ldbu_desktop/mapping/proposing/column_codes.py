"""Which list explains the codes of a column: one that names it, its own header, or the one list that can be meant."""

from __future__ import annotations

from ldbu_desktop.mapping.proposing.agreement import Agreement
from ldbu_desktop.mapping.proposing.answers import Match
from ldbu_desktop.mapping.proposing.code_lists import CodeLists, code_key
from ldbu_desktop.mapping.proposing.drafts import ColumnDraft, TableDraft
from ldbu_desktop.mapping.proposing.headings import OBSERVED_NAME
from ldbu_desktop.mapping.proposing.legends import legend_of
from ldbu_desktop.mapping.proposing.table_shape import ShapeFinder

_MANY = 0.8
_FEWEST_KINDS = 2
_LEAST_CODE = 2


class ColumnCodes:
    """Finds the texts of the codes of one table's columns."""

    def __init__(self, table: TableDraft, agreement: Agreement, lists: CodeLists, shape_finder: ShapeFinder) -> None:
        self._table = table
        self._agreement = agreement
        self._lists = lists
        self._shape_finder = shape_finder

    def of(self, column: ColumnDraft) -> dict[str, str] | None:
        """The texts of a column's codes, where a list explains them."""
        own = self._table.found.last[column.at] if column.at < len(self._table.found.last) else ""
        found = self._lists.of_header((column.header, own))
        if found is None:
            found = {code_key(code): text for code, text in legend_of(column.header)[1].items()} or None
        if found is None:
            found = self._list_like(column) or self._only_list(column)
        if found is None:
            return None
        return {text: found[code_key(text)] for text in column.column.texts if code_key(text) in found}

    def _list_like(self, column: ColumnDraft) -> dict[str, str] | None:
        """The one list whose texts are answers of what the header names, and that explains nearly all codes."""
        if not column.column.is_coded:
            return None
        found = []
        texts = {code_key(text) for text, _ in column.column.values}
        for candidate in column.heading.candidates:
            answers = self._agreement.answers.of(candidate.variable)
            if answers is None:
                continue
            for _, codes in self._lists.others():
                known = sum(1 for text in codes.values() if answers.match(text).match is not Match.NOTHING)
                said = sum(1 for text in codes.values() if answers.match(text).code is not None)
                covered = sum(1 for text in texts if text in codes)
                if known >= len(codes) * _MANY and said >= _FEWEST_KINDS and covered >= len(texts) * _MANY:
                    found.append(codes)
        return dict(found[0]) if found and all(each == found[0] for each in found) else None

    def _only_list(self, column: ColumnDraft) -> dict[str, str] | None:
        """The one list that explains every code of a column whose header says nothing; one digit tells too little."""
        is_open = column.says_nothing or column.may_be(OBSERVED_NAME)
        if not is_open or not column.column.is_coded:
            return None
        texts = {code_key(text) for text, _ in column.column.values}
        if any(len(text) < _LEAST_CODE for text in texts):
            return None
        found = [codes for _, codes in self._lists.others() if texts <= codes.keys()]
        told = [found[0][text] for text in texts] if len(found) == 1 else []
        is_told = bool(told) and (self._agreement.said.are_answers(told) or self._shape_finder.are_names(told))
        return dict(found[0]) if is_told else None
