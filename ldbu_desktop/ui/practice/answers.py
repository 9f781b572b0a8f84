"""The learner's answers beside the key, a row each, and what an answer means as a page to read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt

from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.training import asked_words, mended_word, outcome_word, rule_words, told_words
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.comparison import Compared, Outcome
from ldbu_desktop.training.mending import Mended
from ldbu_desktop.training.model import Case
from ldbu_desktop.ui.findings.explanation import heading, line, part
from ldbu_desktop.ui.icons import icon
from ldbu_desktop.ui.kit.table import Column, TableModel, Width
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
_MENDED_LOOKS = {Mended.MENDED: "clear", Mended.FOUND: "check", Mended.LEFT: "missing", Mended.SPOILT: "rejected"}


class AnswerRow(NamedTuple):
    """One answer with what is said of it: in a word, with an icon, which has the name of its colour."""

    word: str
    look: str
    compared: Compared


def answer_rows(practice: Practice) -> list[AnswerRow]:
    """The answers of the exercise that is worked on; of an export with faults, what became of the faults."""
    if practice.way is Way.FAULTS:
        return [AnswerRow(mended_word(one.mended), _MENDED_LOOKS[one.mended], one.now) for one in practice.faults()]
    return [AnswerRow(outcome_word(one.outcome), _LOOKS[one.outcome], one) for one in practice.compared()]


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
    mark = {"clear": "clear", "check": "check", "rejected": "rejected"}.get(look, "info")
    found, expected = (told_words(one.asked, told, standard) for told in (one.found, one.expected))
    return "".join(
        (
            line(word, mark),
            heading(about_words(one, case, standard)),
            part(tr("Du svarede"), found),
            part(tr("Facit"), expected if one.expected != one.found else ""),
            part(tr("Hvorfor"), one.why[chosen()] if one.why is not None else "", rule_words(one.rule)),
        )
    )


def answers_page(compared: Iterable[Compared], case: Case | None, standard: Standard) -> str:
    """Several answers as one page."""
    return "".join(answer_page(one, outcome_word(one.outcome), _LOOKS[one.outcome], case, standard) for one in compared)


class AnswersModel(TableModel[AnswerRow]):
    """What was answered, what is expected, and what is said of it in a word."""

    def __init__(self, practice: Practice, parent: QObject | None = None) -> None:
        standard = practice.session.standard

        super().__init__(
            (
                Column(
                    "outcome",
                    lambda: tr("Svaret er"),
                    lambda row: row.word,
                    width=46,
                    roles={
                        Qt.ItemDataRole.DecorationRole: lambda row: icon(row.look, ink_of(row.look), 16),
                        Qt.ItemDataRole.ForegroundRole: lambda row: colour(ink_of(row.look)),
                    },
                ),
                Column(
                    "asked",
                    lambda: tr("Hvad"),
                    lambda row: about_words(row.compared, practice.case, standard),
                    width=Width.REST,
                ),
                Column(
                    "found",
                    lambda: tr("Du svarede"),
                    lambda row: told_words(row.compared.asked, row.compared.found, standard) or "–",
                    width=Width.REST,
                ),
                Column(
                    "expected",
                    lambda: tr("Facit"),
                    lambda row: told_words(row.compared.asked, row.compared.expected, standard) or "–",
                    width=Width.REST,
                ),
            ),
            parent,
        )
