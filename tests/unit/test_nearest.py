"""The known term that is nearest to what was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.nearest import nearest


@given(st.text(max_size=40))
def test_the_nearest_of_nothing_is_nothing(written: str) -> None:
    assert nearest(written, {}) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [("Normal hørelsse", "Normal hørelse"), ("normal horelse", "Normal hørelse"), ("Tandpine", None), ("", None)],
)
def test_the_nearest_term(written: str, expected: str | None) -> None:
    assert nearest(written, {"Normal hørelse": 1, "Allerede kendt høreproblematik": 2}) == expected
