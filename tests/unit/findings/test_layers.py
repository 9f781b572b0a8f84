"""A mapping of many under a few that are other says what a copy of all would say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.findings.layers import Layers, with_others

KEYS = st.integers(0, 45).map(str)


@given(st.lists(st.dictionaries(KEYS, st.integers(), max_size=4), max_size=6))
def test_it_is_as_a_copy_with_the_others_in_their_places(changes: list[dict[str, int]]) -> None:
    first = {str(at): at for at in range(40)}
    expected, found = dict(first), with_others(first, {})
    for changed in changes:
        before, known = dict(found), found
        expected, found = {**expected, **changed}, with_others(found, changed)
        assert list(found.items()) == list(expected.items())
        assert len(found) == len(expected)
        assert [found.get(str(at)) for at in range(50)] == [expected.get(str(at)) for at in range(50)]
        assert [str(at) in found for at in range(50)] == [str(at) in expected for at in range(50)]
        assert known == before


def test_of_few_or_for_many_others_all_are_copied() -> None:
    many = {str(at): at for at in range(40)}
    assert isinstance(with_others(many, {"1": 2}), Layers)
    assert len(with_others(many, {"1": 2, "new": 3})) == 41
    assert not isinstance(with_others(many, dict.fromkeys(map(str, range(6)), 0)), Layers)
    assert not isinstance(with_others({"1": 1}, {"1": 2}), Layers)
