"""The account of what was read: nothing is counted twice, and nothing is left over."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.account import Account, Amount, NotRead, joined, total

counts = st.integers(0, 10**6)
amounts = st.builds(Amount, counts, counts, counts, counts)
not_read = st.builds(NotRead, st.just("file-header-unknown"), amounts, st.just("a.csv"))
accounts = st.builds(Account, amounts, st.lists(not_read, max_size=3).map(tuple))


@given(accounts)
def test_what_is_read_and_what_is_not_is_all(account: Account) -> None:
    assert account.read.plus(account.left_out) == account.found


@given(accounts, not_read)
def test_what_is_left_out_later_is_no_longer_read(account: Account, more: NotRead) -> None:
    less = account.without(more)
    assert less.found == account.found
    assert less.read.plus(more.amount) == account.read


@given(st.lists(accounts, max_size=4))
def test_several_are_their_sum(several: list[Account]) -> None:
    together = joined(several)
    assert together.found == total(account.found for account in several)
    assert together.read == total(account.read for account in several)


def test_nothing_is_nothing() -> None:
    assert joined([]) == Account()
    assert Account().read == Amount()
