"""Whatever is typed or pasted wherever: it is kept as it was typed, and nothing fails."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldbu_desktop.characters import plain
from ldbu_desktop.editing.answers import answer_at, answered
from ldbu_desktop.editing.periods import endings, with_period
from ldbu_desktop.editing.scores import score_of
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.model import Journal
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language
from ldbu_desktop.use_cases.revalidate import revalidated
from ldbu_desktop.use_cases.validate import validate
from ldbu_desktop.workspace.deliveries import resources_of
from tests.profiles import LONG, examples
from tests.unit.editing.filled_family import (
    FAMILY,
    PARENT,
    STANDARD,
    TODAY,
    place,
    visit_journal,
    visit_of,
)

NOW = datetime(2020, 12, 1, 3, tzinfo=UTC)
EPDS = STANDARD.questionnaire["epds"]
PLACES = (
    *(
        place(variable.id, field=part)
        for variable in STANDARD.observed
        for part in ("", "observation.missing-reason", "observation.start")
    ),
    *(place(name, field=f"observation.{part}") for name in ("weight", "sleep") for part in ("unit", "end")),
    *(place(f"visit.{part}", "") for part in ("type", "class", "status", "start", "end", "subject", "school")),
    place("visit.interventions", ""),
    *(place(f"intervention.{part}") for part in ("code", "reasons", "start", "end", "status")),
    *(place(subject=PARENT, questionnaire="epds", link_id=item.link_id) for item in EPDS.items),
    *(place(questionnaire=name, link_id=STANDARD.questionnaire[name].items[0].link_id) for name in ("puf", "topi")),
    *(place(f"response.{part}", PARENT, questionnaire="epds") for part in ("informer", "authored", "status")),
)
PASTED = (
    *("52\n50", "5,2\r\n kg", "31-02", "31-02-2020", "300 kg", "1e99", "\u0663", "-0", "9" * 60, "\x00", "\u202e5250"),
    *("=1+1", "050520-9996", "  ", "\ufeff5250", "5250\t", "\u00bd", "NaN", "Infinity", "29-02-2021", "07-07-0001"),
    *("24:00", "I1"),
)
EACH_TURN = 6
"""Of so many places one is looked at whole for a text; over all texts each place has its turn several times."""
TEXTS = st.one_of(st.sampled_from(PASTED), st.text(max_size=40))


def is_sound(journal: Journal) -> None:
    """Everything that is asked after an answer has an answer."""
    findings = validate(journal, STANDARD, TODAY)
    for finding in findings.all:
        assert rendered(finding, Language.DANISH, STANDARD).title
    visit = visit_of(journal)
    assert set(resources_of(journal, STANDARD, [visit.key], NOW)) == {visit.key}
    for response in visit.responses:
        assert score_of(response, STANDARD.questionnaire[response.questionnaire.value or ""]).done >= 0


@pytest.mark.no_cover
@pytest.mark.parametrize(("turn", "raw"), tuple(enumerate(PASTED)))
def test_what_is_pasted_is_kept(turn: int, raw: str) -> None:
    """It is kept everywhere, but for what can't be seen.

    What follows from it is looked at where it is this text's turn, or everywhere.
    """
    followed = PLACES if LONG else PLACES[turn % EACH_TURN :: EACH_TURN]
    for at in PLACES:
        journal = answered(visit_journal(), at, raw, STANDARD)
        assert answer_at(journal, at).raw.strip() == plain(raw).strip()
        if at in followed:
            is_sound(journal)


@examples(20)
@given(st.lists(st.tuples(st.sampled_from(PLACES), TEXTS), max_size=12))
def test_any_text_anywhere_one_after_the_other(answers: list[tuple[Where, str]]) -> None:
    journal = visit_journal()
    findings = validate(journal, STANDARD, TODAY)
    for at, raw in answers:
        journal = answered(journal, at, raw, STANDARD)
        findings = revalidated(findings, journal, {FAMILY})
    assert findings.all == validate(journal, STANDARD, TODAY).all
    is_sound(journal)
    keys = [
        one.key for name in ("observations", "interventions", "responses") for one in getattr(visit_of(journal), name)
    ]
    assert len(set(keys)) == len(keys)


@examples(15)
@given(TEXTS, TEXTS, TEXTS)
def test_any_feeding_period(raw: str, start: str, end: str) -> None:
    at = place("feeding")
    journal = with_period(visit_journal(), at, "zzz", "05-05-2020", "", STANDARD)
    journal = with_period(journal, at, raw, start, end, STANDARD)
    for one in visit_of(journal).observations:
        assert len(endings(journal, FAMILY, one.key)) <= 2
    is_sound(journal)


@given(TEXTS)
def test_an_answer_that_is_taken_back_leaves_nothing(raw: str) -> None:
    for name, part in (
        ("sleep", ""),
        ("weight", ""),
        ("weight", "observation.start"),
        ("sleep", "observation.missing-reason"),
    ):
        at = place(name, field=part)
        journal = answered(answered(visit_journal(), at, raw, STANDARD), at, "", STANDARD)
        assert journal == visit_journal()
