"""The learner's answers beside the key, a row each, and what an answer means as a page to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt

from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.fault_hunts import result_words
from ldbu_desktop.rendering.training import (
    asked_words,
    expected_words,
    mended_word,
    outcome_word,
    rule_words,
    told_words,
)
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import Compared, Outcome
from ldbu_desktop.training.fault_hunt import FaultHunt, HuntResult
from ldbu_desktop.training.mending import Mended
from ldbu_desktop.training.model import Case
from ldbu_desktop.ui.findings.explanation import heading, line, part
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.table_model import Column, TableModel, Width
from ldbu_desktop.ui.practice.practice import Practice, Way
from ldbu_desktop.ui.theme import colour

_LOOKS = {
    Outcome.RIGHT: "clear",
    Outcome.ACCEPTED: "clear",
    Outcome.DISCUSS: "info",
    Outcome.DIFFERENT: "check",
    Outcome.MISSING: "missing",
    Outcome.TOO_MUCH: "check",
}
_MARKS = {"clear": "clear", "check": "check", "rejected": "rejected"}
_MENDED_LOOKS = {Mended.MENDED: "clear", Mended.FOUND: "check", Mended.LEFT: "missing", Mended.SPOILT: "rejected"}


class AnswerRow(NamedTuple):
    """One answer with what is said of it: in a word, with an icon, which has the name of its colour; what it is about,
    what was answered, what is expected, all of it as a page to read, and where it is in the journal."""

    word: str
    look: str
    about: str
    found: str
    expected: str
    page: str
    where: Where


def answer_rows(practice: Practice) -> list[AnswerRow]:
    """The answers of the exercise that is worked on; of an export with faults, what became of the faults."""
    standard = practice.session.standard
    if practice.hunt is not None:
        return [_row_of_result(one, practice.hunt, standard) for one in practice.hunt_results()]
    if practice.way is Way.FAULTS:
        told = [(mended_word(one.mended), _MENDED_LOOKS[one.mended], one.now) for one in practice.faults()]
    else:
        told = [(outcome_word(one.outcome), _LOOKS[one.outcome], one) for one in practice.compared()]
    return [_row_of_answer(one, word, look, practice.case, standard) for word, look, one in told]


def _row_of_answer(one: Compared, word: str, look: str, case: Case | None, standard: Standard) -> AnswerRow:
    found, expected = told_words(one.asked, one.found, standard), expected_words(one, standard)
    page = answer_page(one, word, look, case, standard)
    where = Where(visit=one.visit, subject=one.subject, variable=one.asked.split("/")[0])
    return AnswerRow(word, look, about_words(one, case, standard), found, expected, page, where)


def _row_of_result(one: HuntResult, hunt: FaultHunt, standard: Standard) -> AnswerRow:
    words = result_words(one, hunt, standard)
    word, look = mended_word(one.mended), _MENDED_LOOKS[one.mended]
    where = one.fault.finding.location.where if one.fault is not None else one.changes[0].where
    about = f"{words.title} ({words.family})"
    page = result_page(one, hunt, standard)
    return AnswerRow(word, look, about, words.now or words.was, words.right, page, where)


def result_page(one: HuntResult, hunt: FaultHunt, standard: Standard) -> str:
    """What became of a fault as a page: what the export said, what it says now, what is right, and why."""
    words, look = result_words(one, hunt, standard), _MENDED_LOOKS[one.mended]
    return "".join(
        (
            line(mended_word(one.mended), _MARKS.get(look, "info")),
            heading(words.title),
            line(words.family, "muted"),
            part(tr("I eksporten stod"), words.was),
            part(tr("Du skrev"), words.now),
            part(tr("Facit"), words.right),
            *(part(title, told) for title, told in words.rows),
        )
    )


def ink_of(look: str) -> str:
    """The colour of a look by its name."""
    return "muted" if look == "missing" else look


def about_words(one: Compared, case: Case | None, standard: Standard) -> str:
    """What is asked, and of whom where the case has several people."""
    names = {person.id: person.name for person in case.people} if case is not None else {}
    name = names.get(one.subject, "") if len(names) > 1 else ""
    asked = asked_words(one.asked, standard)
    return f"{asked} ({name})" if name else asked


def answer_page(one: Compared, word: str, look: str, case: Case | None, standard: Standard) -> str:
    """An answer as a page: what it is beside the key, what was answered, what is expected, and why."""
    mark = _MARKS.get(look, "info")
    found, expected = told_words(one.asked, one.found, standard), expected_words(one, standard)
    return "".join(
        (
            line(word, mark),
            heading(about_words(one, case, standard)),
            part(tr("Du svarede"), found),
            part(tr("Facit"), expected if one.expected != one.found or not one.expected else ""),
            part(tr("Hvorfor"), one.why[chosen()] if one.why is not None else "", rule_words(one.rule)),
        )
    )


def answers_page(compared: Iterable[Compared], case: Case | None, standard: Standard) -> str:
    """Several answers as one page."""
    return "".join(answer_page(one, outcome_word(one.outcome), _LOOKS[one.outcome], case, standard) for one in compared)


class AnswersModel(TableModel[AnswerRow]):
    """What was answered, what is expected, and what is said of it in a word."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(
            (
                Column(
                    "outcome",
                    lambda: tr("Svaret er"),
                    lambda row: row.word,
                    roles={
                        Qt.ItemDataRole.DecorationRole: lambda row: icon(row.look, ink_of(row.look), 16),
                        Qt.ItemDataRole.ForegroundRole: lambda row: colour(ink_of(row.look)),
                    },
                ),
                Column(
                    "asked",
                    lambda: tr("Hvad"),
                    lambda row: row.about,
                    width=Width.REST,
                ),
                Column(
                    "found",
                    lambda: tr("Du svarede"),
                    lambda row: row.found or "–",
                    width=Width.REST,
                ),
                Column(
                    "expected",
                    lambda: tr("Facit"),
                    lambda row: row.expected or "–",
                    width=Width.REST,
                ),
            ),
            parent,
        )
