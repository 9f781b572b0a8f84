"""Search: whatever a screen says of a visit finds it, in the language in use, and no CPR number does."""

from __future__ import annotations

import pytest

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.editing.operations import EditValue
from ldbu_desktop.faults import Cancelled
from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.load import load
from ldbu_desktop.work import Cancellation
from ldbu_desktop.workspace.search import VisitTexts
from ldbu_desktop.workspace.workspace import Workspace
from tests.unit.workspace.some_import import STANDARD, example, opened

FAULTY = opened(load([resource("samples", "familie-med-fejl.xlsx")], STANDARD))


def keys(work: Workspace, sought: str, texts: VisitTexts | None = None) -> list[str]:
    texts = texts or VisitTexts(STANDARD, Language.DANISH)
    found = texts.matching(work.journal, work.findings, sought, Cancellation())
    return [work.journal.families[at].visits[number].key for at, numbers in found.items() for number in numbers]


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        ("52500", ["K06"]), ("9 uger", ["K06"]), ("kommaet ser ud", ["K06"]), ("factor-slip", ["K06"]),
        ("57,5 vægt", ["K06"]), ("k06", ["K06"]), ("motorik hverken", ["K09"]), ("31-02-2020", ["K07"]),
        ("graviditetsbesøg", ["K01"]), ("no such thing", []), ("291182-9996", []),
        ("vægt »52500«: kommaet", ["K06"]), ("»«", []),
        ("56,5 cm", ["K08"]), ("52.500", ["K06"]), ("52.500 g", ["K06"]), ("52.5001", []),
    ],
)  # fmt: skip
def test_what_is_on_the_screen_finds_it(sought: str, expected: list[str]) -> None:
    assert keys(FAULTY, sought) == expected


def test_it_speaks_the_language_in_use() -> None:
    texts = VisitTexts(STANDARD, Language.ENGLISH)
    assert "K06" in keys(FAULTY, "9 weeks", texts)
    assert keys(FAULTY, "9 uger", texts) == []


def test_what_changed_is_said_anew() -> None:
    work, texts = opened(FAULTY.journal), VisitTexts(STANDARD, Language.DANISH)
    assert keys(work, "52500", texts) == ["K06"]
    weight = next(one for one in FAULTY.findings.all if one.code == "factor-slip") if FAULTY.findings else None
    assert weight is not None
    work.do(EditValue(weight.location.where, "5250"))
    assert keys(work, "52500", texts) == []
    work.found = None
    assert keys(work, "kommaet ser", texts) == []


def test_what_is_known_of_nobody_has_no_age_and_work_can_be_stopped() -> None:
    work = example("visit-before-birth")
    assert "S1" in keys(work, "") or keys(work, "")
    assert keys(example("visit-subject-missing"), "")
    assert VisitTexts(STANDARD, Language.DANISH).matching(work.journal, work.findings, "")
    stopped = Cancellation()
    stopped.cancel()
    with pytest.raises(Cancelled):
        VisitTexts(STANDARD, Language.DANISH).matching(work.journal, None, "x", stopped)


def test_what_is_of_no_variable_is_found_as_it_is_written() -> None:
    work = example("variable-unknown")
    finding = next(one for one in work.findings_at() if one.code == "variable-unknown")
    assert keys(work, finding.found) == [finding.location.visit]


def test_what_stands_at_the_head_of_a_visit_finds_it() -> None:
    texts = VisitTexts(STANDARD, Language.DANISH, lambda family, visit: f"{family.key} Head of {visit.key}")
    assert keys(FAULTY, "head of k06", texts) == ["K06"]
    assert keys(FAULTY, "52500 head", texts) == ["K06"]
