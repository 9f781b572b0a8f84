"""The account of what was read: all that the files hold is handed on, or told as not read with place and reason.

Counting begins where a file is opened and goes on wherever something that was handed on is left out: what is left of
``found`` when ``not_read`` is taken away is in the journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct


class Amount(NamedTuple):
    """How much: files, delivery reports, rows that are not empty, and cells with something in them."""

    files: int = 0
    reports: int = 0
    rows: int = 0
    cells: int = 0

    def plus(self, other: Amount) -> Amount:
        """Both together."""
        return Amount(*(mine + its for mine, its in zip(self, other, strict=True)))

    def minus(self, other: Amount) -> Amount:
        """What is left when ``other`` is taken away."""
        return Amount(*(mine - its for mine, its in zip(self, other, strict=True)))


class NotRead(NamedTuple):
    """Something that stands in a file and is not in the journal: the code of the finding that tells it, and its place.

    Rows count from 1 and columns from 0, as in :class:`~ldbu_desktop.journal.model.Origin`; a row is among ``amount``
    only where nothing of it was read.
    """

    code: str
    amount: Amount
    file: str
    sheet: str = ""
    row: int = 0
    column: int = -1


class Account(Struct, frozen=True):
    """What files hold, and what of it was not read; more than is counted where a reading was stopped: not whole."""

    found: Amount = Amount()
    not_read: tuple[NotRead, ...] = ()
    is_whole: bool = True

    @property
    def left_out(self) -> Amount:
        """How much was not read."""
        return total(each.amount for each in self.not_read)

    @property
    def read(self) -> Amount:
        """How much is in the journal."""
        return self.found.minus(self.left_out)

    def without(self, *not_read: NotRead) -> Account:
        """The same files, of which more was not read."""
        return Account(self.found, (*self.not_read, *not_read), self.is_whole)


def total(amounts: Iterable[Amount]) -> Amount:
    """All of ``amounts`` together."""
    together = Amount()
    for amount in amounts:
        together = together.plus(amount)
    return together


def joined(accounts: Iterable[Account]) -> Account:
    """The account of several files, or of several tables of one."""
    accounts = list(accounts)
    return Account(
        total(account.found for account in accounts),
        tuple(each for account in accounts for each in account.not_read),
        all(account.is_whole for account in accounts),
    )
