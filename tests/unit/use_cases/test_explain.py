"""Explaining codes."""

from __future__ import annotations

import pytest

from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import journal_types
from ldbu_desktop.language import Language
from ldbu_desktop.standard.catalogue import shipped_standard
from ldbu_desktop.use_cases.examples import example_rows
from ldbu_desktop.use_cases.explain import codes, explanation, titles
from tests.profiles import LONG


@pytest.mark.no_cover
@pytest.mark.parametrize("language", Language)
def test_every_code_is_explained(language: Language) -> None:
    """The quick profile tells every other code in one language, and the others in the other."""
    asked = codes() if LONG else codes()[list(Language).index(language) :: len(Language)]
    for code in asked:
        told = explanation(code, language, shipped_standard())
        assert (told.code, told.severity) == (code, journal_types()[code].severity)
        assert told.title
        assert told.example
        assert told.shown.remedy


def test_all_codes_are_listed_with_their_titles() -> None:
    assert tuple(titles(Language.DANISH)) == codes() == tuple(journal_types())


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    with pytest.raises(CallFault) as fault:
        explanation("visit-before-brith", Language.DANISH, shipped_standard())
    assert (fault.value.key, fault.value.facts["nearest"]) == ("code-unknown", "visit-before-birth")
    with pytest.raises(CallFault):
        explanation("?", Language.ENGLISH, shipped_standard())


def test_an_example_can_be_written_as_sheets() -> None:
    rows = example_rows("mandatory-missing-gateway")
    assert rows["Observationer"][0][0] == "observation_id"
    assert all("O18" not in row for row in rows["Observationer"])
