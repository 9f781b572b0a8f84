"""What conformance has nothing to say about is told as it was found."""

from __future__ import annotations

import pytest

from ldbu_desktop.bundles.verdicts import Verdicts
from ldbu_desktop.findings.run import JudgedFamily
from tests.unit.bundles.small_family import FAMILY, STANDARD, journal


def test_what_was_read_from_no_report_is_settled_as_it_is() -> None:
    verdicts = Verdicts(journal(), STANDARD, lambda: pytest.fail("nothing is to be checked"))
    judged = JudgedFamily(FAMILY, (), ((),))
    assert verdicts.settled(judged) is judged
    assert verdicts.settled_files(iter(())) == ()
