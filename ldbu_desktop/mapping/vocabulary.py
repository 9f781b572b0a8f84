"""Which texts mean which code: terms, labels and codes of the catalogue, and our own words for what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

import msgspec

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal import readings
from ldbu_desktop.journal.fields import RESPONSE_QUESTIONNAIRE, VISIT_TYPE
from ldbu_desktop.journal.model import EMPTY, NO_COLUMN, Entry
from ldbu_desktop.journal.people import Kin
from ldbu_desktop.journal.readings import CellReader, folded
from ldbu_desktop.mapping.layout import Column
from ldbu_desktop.standard.model import Fact, Item, Standard, Variable

_KIN_WORD = re.compile(r"[^\W\d_]+(?:'s)?")


class Words(Fact, frozen=True):
    """Our own words: for roles, who has no name yet, short names of variables, sums, and what holds where none is."""

    child_roles: tuple[str, ...]
    parent_roles: tuple[str, ...]
    kin: dict[Kin, tuple[str, ...]]
    unnamed: tuple[str, ...]
    variable_names: dict[str, tuple[str, ...]]
    totals: tuple[str, ...]
    defaults: dict[str, str]
    ended_defaults: dict[str, str]


@cache
def shipped_words() -> Words:
    """The words that ship with the program, read once."""
    return msgspec.json.decode(resource("mapping", "words.json").read_bytes(), type=Words)


def _unambiguous(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What each folded text means; a text that means two things means nothing."""
    meanings: dict[str, set[str]] = {}
    for text, meaning in pairs:
        meanings.setdefault(folded(text), set()).add(meaning)
    return {text: meant.pop() for text, meant in meanings.items() if len(meant) == 1}


def _label_texts(label: Text) -> tuple[str, str]:
    return label.da, label.en


_BY_SYSTEM: Mapping[str | None, CellReader] = {
    "cpr": readings.cpr,
    "sor": readings.sor,
    "school": readings.school_number,
}
"""How identifiers are read, by the system that they are of."""


class Vocabulary:
    """The readings of one standard's variables. Texts match up to case and the number of spaces, and no further."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self.words = shipped_words()
        self._readings: dict[str, CellReader] = {}
        self._defaults: dict[tuple[str, bool], Entry[Any]] = {}
        self._units: dict[str, dict[str, str]] = {}
        self._variables = _unambiguous(
            (name, variable.id) for variable in standard.observed for name in self.names(variable)
        )
        self._questionnaires = _unambiguous(
            (name, filled.id)
            for filled in standard.questionnaires
            for name in (filled.id, filled.url, *_label_texts(filled.label))
        )
        self._link_ids: dict[str, dict[str, str]] = {}
        self._totals = tuple(map(folded, self.words.totals))
        self.child_roles = frozenset(map(folded, self.words.child_roles))
        self.parent_roles = frozenset(map(folded, self.words.parent_roles))
        self._kin = {folded(word): kin for kin, words in self.words.kin.items() for word in words}

    def is_role(self, text: str) -> bool:
        """Whether ``text`` says that a citizen is a child, or a parent."""
        return folded(text) in self.child_roles | self.parent_roles

    def kin(self, text: str, column: int = NO_COLUMN) -> Entry[str]:
        """What a parent is by what a file calls them, in a cell or a heading: ``mor``, ``Fars CPR``; else nothing."""
        told = next((kin for word in _KIN_WORD.findall(folded(text)) if (kin := self._kin.get(word))), None)
        return EMPTY if told is None else Entry(told.value, text, column)

    def is_total(self, text: str) -> bool:
        """Whether a row that begins with ``text`` sums up those above it, or says where they are from."""
        said = folded(text)
        return any(said == word or (said.startswith(word) and not said[len(word)].isalnum()) for word in self._totals)

    def is_coded(self, column: Column) -> bool:
        """Whether a column holds few different texts: codes, or names of variables and questionnaires."""
        variable = self.standard.variable.get(column.variable)
        is_concept = variable is not None and variable.kind == "concept"
        return is_concept or bool(column.options) or column.list_of not in ("", "answers")

    def default(self, variable_id: str, *, is_ended: bool = False) -> Entry[Any]:
        """What holds where nothing is written, and where something has ended; a code of the catalogue."""
        known = self._defaults.get((variable_id, is_ended))
        if known is None:
            code = self.words.ended_defaults.get(variable_id) if is_ended else None
            value = self.reading(variable_id)(code or self.words.defaults[variable_id])
            known = self._defaults[variable_id, is_ended] = Entry(value)
        return known

    def names(self, variable: Variable) -> tuple[str, ...]:
        """All texts that name ``variable``; the first is what it is called in a table."""
        short = self.words.variable_names.get(variable.id, ())
        return (*short, *_label_texts(variable.label), variable.id)

    def reading(self, variable_id: str) -> CellReader:
        """How the value of a variable, or of a part of a record, is read; of one that is not known, as a text."""
        known = self._readings.get(variable_id)
        if known is None:
            variable = self.standard.variable.get(variable_id)
            known = self._readings[variable_id] = self._make(variable) if variable is not None else readings.text
        return known

    def _make(self, variable: Variable) -> CellReader:
        if variable.system in _BY_SYSTEM:
            return _BY_SYSTEM[variable.system]
        if variable.id == RESPONSE_QUESTIONNAIRE:
            return self.questionnaire
        if variable.kind == "concept" and variable.value_set is not None:
            return self._concept(variable)
        if variable.kind == "quantity":
            return lambda raw: self.quantity(variable, raw)
        return {"moment": readings.moment, "boolean": readings.boolean}.get(variable.kind, readings.text)

    def _concept(self, variable: Variable) -> CellReader:
        pairs = [
            (name, concept.code)
            for concept in self.standard.concepts(variable).values()
            for name in (concept.code, concept.term, concept.english)
        ]
        if variable.id == VISIT_TYPE:
            pairs += [
                (name, visit_type.code)
                for visit_type in self.standard.visit_types
                for name in (visit_type.id, *_label_texts(visit_type.label))
            ]
        meanings = _unambiguous(pairs)
        return lambda raw: meanings.get(folded(raw))

    def quantity(self, variable: Variable, raw: str) -> object:
        """A number; None also where the unit in the same cell is none of the variable's."""
        read = readings.amount(raw)
        if read is None or (read.unit and self.unit(variable.id, read.unit) is None):
            return None
        return read.number

    def unit(self, variable_id: str, raw: str) -> str | None:
        """The UCUM code of a unit that ``variable_id`` may be given in."""
        units = self._units.get(variable_id)
        if units is None:
            variable = self.standard.variable.get(variable_id)
            units = self._units[variable_id] = _unambiguous(
                (name, unit.code) for unit in (variable.units if variable else ()) for name in (unit.code, *unit.also)
            )
        return units.get(folded(raw).removesuffix("."))

    def unit_within(self, variable_id: str, raw: str) -> str | None:
        """The unit that stands with the number in the same cell."""
        unit = readings.unit_text(raw)
        return self.unit(variable_id, unit) if unit else None

    def only_unit(self, variable_id: str) -> str | None:
        """The unit of a variable that has one only, so that it need not be written."""
        units = self.standard.variable[variable_id].units
        return units[0].code if len(units) == 1 else None

    def variable(self, raw: str) -> str | None:
        """The id of the observed variable that ``raw`` names."""
        return self._variables.get(folded(raw))

    def questionnaire(self, raw: str) -> str | None:
        """The id of the questionnaire that ``raw`` names."""
        return self._questionnaires.get(folded(raw))

    def link_id(self, questionnaire_id: str, raw: str) -> str | None:
        """The link id that ``raw`` names; what is no question there is told as it stands."""
        known = self._link_ids.get(questionnaire_id)
        if known is None:
            filled = self.standard.questionnaire.get(questionnaire_id)
            known = self._link_ids[questionnaire_id] = _unambiguous(
                (name, item.link_id)
                for item in (filled.items if filled else ())
                for name in (item.link_id, *_label_texts(item.label))
            )
        return known.get(folded(raw)) or readings.text(raw)

    def answer(self, questionnaire_id: str, link_id: str, raw: str) -> int | bool | str | None:
        """The answer to a question by its type; a text where the question is not known."""
        filled = self.standard.questionnaire.get(questionnaire_id)
        item: Item | None = filled.by_link_id.get(link_id) if filled else None
        if item is None:
            return readings.text(raw)
        if item.type == "integer":
            return readings.whole_number(raw)
        if item.type == "boolean":
            return readings.boolean(raw)
        return {folded(option): option for option in item.options}.get(folded(raw))


@lru_cache(maxsize=4)
def vocabulary_of(standard: Standard) -> Vocabulary:
    """The vocabulary of ``standard``, kept: to make it anew takes longer than to read what is typed."""
    return Vocabulary(standard)
