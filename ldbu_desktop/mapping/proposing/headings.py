"""What a header says of its column: the variables it may hold, how sure the words are, of whom and which visit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise

from ldbu_desktop.journal.fields import (
    CITIZEN_CPR,
    CITIZEN_ORGANISATION,
    INTERVENTION_CODE,
    INTERVENTION_END,
    INTERVENTION_REASONS,
    INTERVENTION_START,
    INTERVENTION_STATUS,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_UNIT,
    VISIT_CLASS,
    VISIT_END,
    VISIT_SCHOOL,
    VISIT_START,
    VISIT_STATUS,
    VISIT_TYPE,
)
from ldbu_desktop.mapping.links import Part, Subject
from ldbu_desktop.mapping.proposing.legends import legend_of
from ldbu_desktop.mapping.proposing.lexicon import KEPT, Lexicon, Meaning, Piece, Sense, synonyms, words_of
from ldbu_desktop.mapping.proposing.questions import questions_named, tells
from ldbu_desktop.standard.model import Variable

OBSERVED_NAME, OBSERVED_VALUE = "observation.variable", "observation.value"

_OF_ANYTHING = frozenset((OBSERVED_NAME, OBSERVED_VALUE, OBSERVATION_UNIT, OBSERVATION_MISSING_REASON))
_COMPOSED = {
    "date": (VISIT_START, Part.START),
    "start": (VISIT_START, Part.START),
    "end": (VISIT_END, Part.END),
    "time": (VISIT_START, Part.TIME),
    "type": (VISIT_TYPE, Part.VALUE),
    "form": (VISIT_CLASS, Part.VALUE),
    "status": (VISIT_STATUS, Part.VALUE),
}
"""What a part of a visit is."""
_OF_INTERVENTION = {
    "date": (INTERVENTION_START, Part.START),
    "start": (INTERVENTION_START, Part.START),
    "end": (INTERVENTION_END, Part.END),
    "missing-reason": (INTERVENTION_REASONS, Part.VALUE),
    "status": (INTERVENTION_STATUS, Part.VALUE),
    "type": (INTERVENTION_CODE, Part.VALUE),
}
_OF_NAMED = frozenset((VISIT_TYPE, VISIT_CLASS, INTERVENTION_CODE, CITIZEN_ORGANISATION, OBSERVED_NAME, VISIT_SCHOOL))
"""Variables that have names: a header with "name" in it may still be one of them."""


COUNTED = "#"
"""What the name of a block begins with that is only a number."""
_DIGITS_OF_BLOCK = 2
_LONGEST = 1_000
"""So many letters no header has, a question to parents neither."""
_AGE_IN_BRACKETS = re.compile(
    r"[(\[][^)\]]*(?:\d[^)\]]*(?:dag|uge|m[åa]n|mdr|[åa]r|day|week|month|year)|"
    r"(?:dag|uge|m[åa]n|mdr|[åa]r|day|week|month|year)[^)\]]*\d)[^)\]]*[)\]]",
    re.IGNORECASE,
)
"""An age that is told with the name of a visit: "(dag 3-7)"."""


class Words(IntEnum):
    """How sure the words of a header are."""

    NONE = 0
    LIKE = 1
    """Like a word that is known, one among others, or one that is called by too much."""
    ONE = 2
    """One synonym, and nothing beside it that is not understood."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A variable that a header may be about, and which part of it."""

    variable: str
    part: Part
    words: Words


@dataclass(frozen=True, slots=True)
class Heading:
    """A header as it is understood. ``other`` is what it names that the standard does not ask for.

    ``visit`` is the code of the visit type that is named, ``block`` what parts the columns of one visit from those of
    another in a row: that type, a local name, or a number. ``unit`` is a UCUM code or another measure.
    """

    text: str
    candidates: tuple[Candidate, ...] = ()
    other: str = ""
    is_key: bool = False
    subject: Subject | None = None
    visit: str | None = None
    block: str = ""
    unit: str | None = None
    is_visit_part: bool = False
    parts: frozenset[str] = frozenset()
    questionnaires: frozenset[str] = frozenset()
    """The questionnaires that it names, whatever it says of them."""
    known: int = 0
    unknown: int = 0
    behind: tuple[Candidate, ...] = ()
    """What the words name beside ``other``, or beside a key."""
    is_denial: bool = False
    """Whether it asks for the opposite of what it names: "smoke-free home"."""
    asks_whether_good: bool = False
    """Whether it asks if all is well with what it names: "sight ok?"."""
    is_visit_by_age: bool = False
    """Whether it names its visit by nothing but an age, as "9 months" does."""
    explained: str = ""
    """The words by which a list explains it, where it was read by them."""

    @property
    def is_understood(self) -> bool:
        """Whether a word of it is one that headers are made of."""
        return bool(self.candidates or self.other or self.is_key or self.known)

    @property
    def is_plain(self) -> bool:
        """Whether it says by itself what its column is, and needs nobody's words for it."""
        return bool(self.other) or any(each.words is Words.ONE for each in self.candidates)


class Headings:
    """Reads headers by the words of one standard; each text once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._read = lru_cache(maxsize=KEPT)(lambda text: _Reading(text, lexicon).heading())

    def read(self, text: str) -> Heading:
        """What ``text`` says; one longer than any header says nothing."""
        return self._read(text) if len(text) <= _LONGEST else Heading(text)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The words of ``text``, with what each of them means; one longer than any header has none."""
        return self._lexicon.pieces(text) if len(text) <= _LONGEST else ()


class _Reading:
    """One header that is being read."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self._text = text
        self._standard = lexicon.standard
        self._lexicon = lexicon
        self._plain = _without_age(legend_of(text)[0], lexicon)
        self._pieces = list(lexicon.pieces(self._plain))
        self._ids: dict[Sense, dict[str, bool]] = {sense: {} for sense in Sense}
        for piece in self._pieces:
            for meaning in sorted(piece.meanings):
                self._ids[meaning.sense][meaning.id] = self._ids[meaning.sense].get(meaning.id, True) and piece.is_like

    def heading(self) -> Heading:
        """The header, understood."""
        if not self._pieces:
            return Heading(self._text)
        parts = frozenset(self._ids[Sense.PART])
        known = sum(1 for piece in self._pieces if _says(piece))
        unknown = sum(1 for piece in self._pieces if not piece.meanings)
        subject, visit, unit = self._subject(), self._visit(), self._unit()
        other = self._other()
        named = self._candidates(parts, subject)
        candidates = () if other else named
        is_key = not other and "key" in parts and all(each.words is Words.LIKE for each in candidates)
        candidates = () if is_key else candidates
        is_visit_part = "visit" in self._ids[Sense.ENTITY] or bool(visit or self._ids[Sense.BLOCK])
        return Heading(
            self._text,
            candidates,
            other,
            is_key,
            subject,
            visit,
            self._block(visit),
            unit,
            is_visit_part,
            parts,
            frozenset(self._ids[Sense.QUESTIONNAIRE]),
            known,
            unknown,
            named if other or is_key else (),
            self._is_denial(),
            self._ends_with(synonyms().affirmations),
        )

    def _ends_with(self, phrases: Sequence[str]) -> bool:
        words = words_of(self._plain)
        return any(len(known := words_of(each)) < len(words) and words[-len(known) :] == known for each in phrases)

    def _is_denial(self) -> bool:
        words = words_of(self._plain)
        return any(tells(words, words_of(each)) for each in synonyms().denials)

    def _has(self, sense: Sense, name: str) -> bool:
        return name in self._ids[sense]

    def _subject(self) -> Subject | None:
        found = self._ids[Sense.SUBJECT]
        if "parent-1" in found and "parent-2" in found:
            return Subject.PARENT
        if "parent" in found and (numbered := self._numbered_parent()) is not None:
            return numbered
        for name in ("parent-1", "parent-2", "parent", "child"):
            if name in found and not self._is_within_variable(Meaning(Sense.SUBJECT, name)):
                return Subject(name)
        return self._subject_by_letter()

    def _numbered_parent(self) -> Subject | None:
        """Which parent it is by the number after a word for one: "guardian 2"."""
        numbers = {"1": Subject.PARENT_1, "2": Subject.PARENT_2}
        for piece, after in pairwise(self._pieces):
            is_parent = Meaning(Sense.SUBJECT, "parent") in piece.meanings
            if is_parent and len(after.words) == 1 and after.words[0] in numbers:
                return numbers[after.words[0]]
        return None

    def _subject_by_letter(self) -> Subject | None:
        """Whose CPR number it is by a letter that is known for nothing else: "m_cpr"."""
        if not self._has(Sense.VARIABLE, CITIZEN_CPR):
            return None
        letters = {piece.words[0] for piece in self._pieces if not piece.meanings}
        found = [name for name, known in synonyms().subject_letters.items() if letters & set(known)]
        return Subject(found[0]) if len(found) == 1 else None

    def _is_within_variable(self, meaning: Meaning) -> bool:
        """Whether the only word that says so is one of a variable's name."""
        said = [piece for piece in self._pieces if meaning in piece.meanings]
        return all(any(each.sense is Sense.VARIABLE for each in piece.meanings) for piece in said)

    def _visit(self) -> str | None:
        found = [name for name, is_like in self._ids[Sense.VISIT].items() if not is_like]
        return found[0] if len(found) == 1 else None

    def _block(self, visit: str | None) -> str:
        if visit is not None:
            return visit
        if self._ids[Sense.BLOCK]:
            return next(iter(self._ids[Sense.BLOCK]))
        numbers = [piece.words[0] for piece in self._pieces if not piece.meanings and piece.words[0].isdecimal()]
        return f"{COUNTED}{int(numbers[0])}" if len(numbers) == 1 and len(numbers[0]) <= _DIGITS_OF_BLOCK else ""

    def _unit(self) -> str | None:
        found = list(self._ids[Sense.UNIT])
        return found[0] if len(found) == 1 else None

    def _other(self) -> str:
        """What the header names that is not asked for, unless the same words name a variable as well."""
        names_something = any(name in _OF_NAMED for sense in (Sense.VARIABLE, Sense.LIKE) for name in self._ids[sense])
        for piece in self._pieces:
            others = [meaning.id for meaning in piece.meanings if meaning.sense is Sense.OTHER]
            is_ours = any(meaning.sense in (Sense.VARIABLE, Sense.QUESTIONNAIRE) for meaning in piece.meanings)
            if not others or is_ours:
                continue
            is_filler = any(meaning.sense in (Sense.FILLER, Sense.PART, Sense.ENTITY) for meaning in piece.meanings)
            if others[0] == "class" and self._has(Sense.VARIABLE, VISIT_SCHOOL):
                return others[0]
            if is_filler and len(self._pieces) > 1:
                continue
            if others[0] == "name" and names_something and not self._ids[Sense.SUBJECT]:
                continue
            return others[0]
        return ""

    def _candidates(self, parts: frozenset[str], subject: Subject | None) -> tuple[Candidate, ...]:
        if self._ids[Sense.QUESTIONNAIRE]:
            return self._of_questionnaire(parts)
        composed = self._of_visit(parts)
        if composed:
            return composed
        variables = self._variables(Sense.VARIABLE)
        if self._names_date():
            parts |= {"date"}
        if not variables:
            return (
                self._in_any_order()
                or tuple(
                    Candidate(name, _part(self._standard.variable.get(name), parts), Words.LIKE)
                    for name in self._latest_first(self._variables(Sense.LIKE))
                    if self._fits(name, subject)
                )
                or self._alone(parts)
            )
        words = Words.ONE if len(variables) == 1 and not self._has_doubt(variables) else Words.LIKE
        return tuple(
            Candidate(name, _part(self._standard.variable.get(name), parts), words)
            for name in variables
            if self._fits(name, subject)
        )

    def _names_date(self) -> bool:
        """Whether the name of a variable is itself one of a date, whatever stands beside it: "besøgsdato"."""
        named = [piece for piece in self._pieces if any(each.sense is Sense.VARIABLE for each in piece.meanings)]
        return any(piece.words[-1].endswith(tuple(synonyms().dated)) for piece in named)

    def _in_any_order(self) -> tuple[Candidate, ...]:
        """Variables whose names are told in other words' order: "contact between child and parents"."""
        found = sorted(meaning.id for meaning in self._lexicon.in_any_order(self._plain))
        return tuple(Candidate(name, Part.VALUE, Words.LIKE) for name in found)

    def _latest_first(self, names: list[str]) -> list[str]:
        """Variables by where they are named: what stands over several columns is told before what is of one."""
        last = {meaning.id: at for at, piece in enumerate(self._pieces) for meaning in piece.meanings}
        return sorted(names, key=lambda name: -last[name])

    def _fits(self, name: str, subject: Subject | None) -> bool:
        """Whether what is said of a child is not said of a parent: a mother's weight is not the child's."""
        variable = self._standard.variable.get(name)
        is_of_parent = subject in (Subject.PARENT, Subject.PARENT_1, Subject.PARENT_2)
        if variable is None or variable.record != "observation" or variable.subject == "either":
            return True
        return not (is_of_parent and variable.subject == "child" and name not in synonyms().of_family)

    def _variables(self, sense: Sense) -> list[str]:
        found = list(self._ids[sense])
        if len(found) > 1:
            specific = [name for name in found if name not in _OF_ANYTHING]
            found = specific or found
        if len(found) > 1 and CITIZEN_CPR in found:
            return [CITIZEN_CPR]
        if len(found) > 1:
            # A part of an intervention or a visit goes before the whole.
            parts = self._ids[Sense.PART]
            observed = [name for name in found if "." not in name]
            if observed and parts:
                found = observed
        return found

    def _has_doubt(self, variables: list[str]) -> bool:
        """Whether a word is not understood, or only like one that is."""
        return any(self._ids[Sense.VARIABLE][name] for name in variables) or any(
            not piece.meanings or piece.is_like for piece in self._pieces
        )

    def _of_visit(self, parts: frozenset[str]) -> tuple[Candidate, ...]:
        """A header made of a record and a part of it: the date of a visit, the end of an intervention."""
        observed = [
            name
            for name in self._ids[Sense.VARIABLE]
            if "." not in name or name.startswith(("citizen", "observation", "school"))
        ]
        if observed and any(name not in _OF_ANYTHING for name in observed):
            return ()
        doubt = any(not piece.meanings or piece.is_like for piece in self._pieces)
        is_intervention = self._has(Sense.ENTITY, "intervention")
        is_visit = self._has(Sense.ENTITY, "visit") or self._ids[Sense.VISIT] or self._ids[Sense.BLOCK]
        if not (is_intervention or is_visit):
            return self._when_observed(parts)
        named = self._named_whole()
        for part, (variable, of) in (_OF_INTERVENTION if is_intervention else _COMPOSED).items():
            if part in parts and not (named and named != variable):
                # The end of a visit is told by "end" also where "date" stands beside it.
                if part in ("date", "start") and "end" in parts:
                    variable, of = (_OF_INTERVENTION if is_intervention else _COMPOSED)["end"]
                if part in ("date", "start") and "time" in parts and part == "start":
                    of = Part.START
                return (Candidate(variable, of, Words.LIKE if doubt else Words.ONE),)
        if self._ids[Sense.VISIT] and not self._ids[Sense.VARIABLE] and not self._ids[Sense.LIKE]:
            # A column that is called by a visit alone may hold its date.
            return (Candidate(VISIT_START, Part.START, Words.LIKE),)
        return ()

    def _when_observed(self, parts: frozenset[str]) -> tuple[Candidate, ...]:
        """When something was measured or judged, by no name of a variable: when the visit was."""
        is_of_anything = self._has(Sense.VARIABLE, OBSERVED_NAME) or self._ids[Sense.ENTITY]
        if not is_of_anything or "end" in parts or not parts & {"date", "time"}:
            return ()
        doubt = any(not piece.meanings or piece.is_like for piece in self._pieces)
        part = Part.START if "date" in parts else Part.TIME
        return (Candidate(VISIT_START, part, Words.LIKE if doubt else Words.ONE),)

    def _named_whole(self) -> str | None:
        """The variable that one phrase of the header is, where one is of a visit or an intervention as a whole."""
        for piece in self._pieces:
            for meaning in piece.meanings:
                if meaning.sense is Sense.VARIABLE and len(piece.words) >= 1 and not self._is_entity(piece):
                    return meaning.id
        return None

    def _is_entity(self, piece: Piece) -> bool:
        return any(meaning.sense in (Sense.ENTITY, Sense.PART) for meaning in piece.meanings)

    def _alone(self, parts: frozenset[str]) -> tuple[Candidate, ...]:
        """A part that stands alone is one of the visit; beside words that are not understood it may be."""
        words = Words.LIKE if any(not piece.meanings for piece in self._pieces) else Words.ONE
        if self._ids[Sense.SUBJECT].keys() & {"parent", "parent-1", "parent-2"}:
            return ()
        if "date" in parts and "end" not in parts:
            return (Candidate(VISIT_START, Part.START, words),)
        for part in ("end", "start", "time"):
            if part in parts:
                variable, of = _COMPOSED[part]
                return (Candidate(variable, of, words),)
        for part in ("type", "form", "status"):
            if part in parts:
                variable, of = _COMPOSED[part]
                return (Candidate(variable, of, Words.LIKE),)
        return ()

    # --- questionnaires -----------------------------------------------------------------------------------------------

    def _of_questionnaire(self, parts: frozenset[str]) -> tuple[Candidate, ...]:
        named = [self._standard.questionnaire[name] for name in self._ids[Sense.QUESTIONNAIRE]]
        if "date" in parts:
            return (Candidate(VISIT_START, Part.START, Words.LIKE),)
        found = [each for questionnaire in named for each in questions_named(questionnaire, self._pieces, parts)]
        words = Words.ONE if len(found) == 1 and found[0][1] else Words.LIKE
        return tuple(Candidate(name, Part.VALUE, words) for name, _ in found)


def _without_age(text: str, lexicon: Lexicon) -> str:
    """A header without the age in brackets, unless the age is all that names a visit."""
    without = _AGE_IN_BRACKETS.sub(" ", text)
    is_told = _names_visit(without, lexicon) or not _names_visit(text, lexicon)
    return without if without.strip() and is_told else text


def _names_visit(text: str, lexicon: Lexicon) -> bool:
    return any(each.sense is Sense.VISIT for piece in lexicon.pieces(text) for each in piece.meanings)


def _says(piece: Piece) -> bool:
    """Whether a piece says more than what stands in any text."""
    return any(meaning.sense is not Sense.FILLER for meaning in piece.meanings)


def _part(variable: Variable | None, parts: frozenset[str]) -> Part:
    """The part of a variable that a header is about."""
    if variable is None:
        return Part.VALUE
    if variable.id == CITIZEN_CPR:
        return Part.CPR
    if variable.id == OBSERVATION_UNIT:
        return Part.UNIT
    if variable.id == VISIT_START or variable.id == INTERVENTION_START:
        return Part.TIME if "time" in parts and "date" not in parts and "start" not in parts else Part.START
    if variable.id == VISIT_END or variable.id == INTERVENTION_END:
        return Part.END
    if variable.record != "observation":
        return Part.VALUE
    if "missing-reason" in parts:
        return Part.MISSING_REASON
    if "unit" in parts and variable.units:
        return Part.UNIT
    if variable.takes_period:
        if "end" in parts:
            return Part.END
        if "start" in parts:
            return Part.START
    if "date" in parts:
        return Part.DATE
    return Part.VALUE
