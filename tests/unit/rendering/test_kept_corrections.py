"""How much was done to what files said, and of which day, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ldbu_desktop.editing.mending import Edit, Mend
from ldbu_desktop.editing.operations import AcceptFindings, EditValue, MendValues, Operation, TakeBackAcceptances
from ldbu_desktop.journal.mendings import Mending
from ldbu_desktop.journal.model import Acceptance
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import Language, choose
from ldbu_desktop.rendering.kept_corrections import changes_words, since_words

AT = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)  # 23.30 in Denmark.


@pytest.mark.parametrize(
    ("today", "danish", "english"),
    [
        (date(2026, 11, 27), "i dag kl. 23.30", "today at 23:30"),
        (date(2026, 11, 28), "i går", "yesterday"),
        (date(2026, 11, 30), "27. nov. 2026", "27 Nov 2026"),
    ],
)
def test_a_day_is_told_as_one_says_it(today: date, danish: str, english: str) -> None:
    assert since_words(AT, today) == danish
    choose(Language.ENGLISH)
    assert since_words(AT, today) == english
    choose(Language.DANISH)


ACCEPTED = Acceptance("")
MENDED = MendValues((Edit(Where(), "1"), Edit(Where(), "2")), Mend(Mending.VALUE))


@pytest.mark.parametrize(
    ("done", "danish", "english"),
    [
        ((EditValue(Where(), "1"),), "1 rettelse", "1 correction"),
        ((MENDED, EditValue(Where(), "1")), "3 rettelser", "3 corrections"),
        ((AcceptFindings((ACCEPTED,)),), "1 ændring", "1 change"),
        ((MENDED, TakeBackAcceptances((ACCEPTED, ACCEPTED))), "4 ændringer", "4 changes"),
    ],
)
def test_a_correction_is_told_only_where_a_value_was_corrected(
    done: tuple[Operation, ...], danish: str, english: str
) -> None:
    assert changes_words(done) == danish
    choose(Language.ENGLISH)
    assert changes_words(done) == english
    choose(Language.DANISH)
