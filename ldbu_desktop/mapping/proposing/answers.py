"""What a value of a coded column is taken for: a code, a reason why there is none, or a question to ask."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import NamedTuple

from ldbu_desktop.mapping.proposing.lexicon import KEPT, within, words_of
from ldbu_desktop.mapping.proposing.likeness import (
    STEM,
    core_of,
    denies,
    level_of,
    nearness_of,
    numbers_in,
    shortens,
    telling,
)
from ldbu_desktop.mapping.proposing.value_texts import forms_of, in_brackets, is_not_done, missing_reason, value_key

_UNTOLD = "unknown"


class Match(StrEnum):
    """How a value was understood."""

    STANDARD = "standard"
    """The standard's own term or code."""
    SYNONYM = "synonym"
    LIST = "list"
    """A code that a list in the same files explains."""
    LEVEL = "level"
    """A word that is said of many things alike."""
    LIKE = "like"
    BESIDE = "beside"
    """What the other answers of the column leave it to be."""
    HEADER = "header"
    """What the header makes of a reply."""
    MARK = "mark"
    """A mark below the answer itself, or that there is none."""
    QUESTION = "question"
    MISSING = "missing"
    NOTHING = "nothing"


class Answer(NamedTuple):
    """What a value is taken for. ``candidates`` are the codes that it may mean where only a person can say."""

    match: Match
    code: str | None = None
    missing: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing to doubt about it."""
        return self.match in (Match.STANDARD, Match.SYNONYM, Match.LIST, Match.LEVEL, Match.MISSING)


NOTHING = Answer(Match.NOTHING)


_REPLY = re.compile(r"\s*(?:ja|nej|yes|no)\s*[,:;.–-]\s*(?=\w)", re.IGNORECASE)
"""A yes or no before the answer itself."""
_CLAUSES = re.compile(r"[,;]\s+|\s+[-–]\s+")
_POINTED = re.compile(r"([^\W_]+)(\.?)")
_LANGUAGES = re.compile(r"\s*[/|]\s*|\s+[-–]\s+")
_FUZZY_FROM = 6

_SHORTEST_BEGUN = 4
_LONGEST = 300
"""So many letters no answer has."""
_WITHOUT = "÷"
"""A Danish minus: what stands behind it is not so, and what is so instead it does not say."""


_NEAR, _APART = 0.6, 0.15
"""How near a text must be to one code's, and how much nearer than to any other's."""

_UNITS = r"(?P<{}>dag(?:e|es)?|uger?s?|mdr?s?|m[åa]neder?s?|days?|weeks?|months?)\b"
_AGE = re.compile(
    r"(?:\bca\.?\s*)?\b(?P<from>\d{1,3})(?:\.?\s*(?:-|–|/|til|to)\s*(?P<to>\d{1,3}))?[\s.-]*"
    + _UNITS.format("unit")
    + r"\.?s?|\b"
    + _UNITS.format("before")
    + r"\.?\s*\d{1,3}(?:\.?\s*(?:-|–|/|til|to)\s*\d{1,3})?",
    re.IGNORECASE,
)
"""An age as visits are called by it: "4-6 mdr.", "8 uger"; or a day or week that is counted: "dag 4-5"."""
_DAYS = {"d": 1.0, "u": 7.0, "w": 7.0, "m": 30.44}


class Age(NamedTuple):
    """The days of age that a code is for, from and to before."""

    code: str
    low: int
    high: int

    def holds(self, other: Age) -> bool:
        """Whether another's days are among these, and fewer."""
        is_within = self.low <= other.low and other.high <= self.high
        return is_within and (self.low, self.high) != (other.low, other.high)


class Answers:
    """The values of one variable, or of one question."""

    def __init__(
        self,
        codes: dict[str, Match],
        pairs: list[tuple[str, str, Match]],
        questions: list[tuple[str, tuple[str, ...]]],
        levels: tuple[str, ...] = (),
        ages: tuple[Age, ...] = (),
        *,
        good: str | None = None,
        is_observed: bool = False,
    ) -> None:
        self.codes = tuple(codes)
        self._is_observed = is_observed
        self.levels = levels
        self.good = good
        """The code for that nothing is wrong, where there is one."""
        self._ages = ages
        self._by_key: dict[str, tuple[str | None, Match]] = {}
        self._questions: dict[str, tuple[str, ...]] = {}
        for text, code, match in pairs:
            for key in dict.fromkeys((value_key(text), "".join(words_of(text)))):
                self._put(key, code, match)
        for text, candidates in questions:
            self._questions[value_key(text)] = candidates
            self._questions["".join(words_of(text)) or value_key(text)] = candidates
        self._matched = lru_cache(maxsize=KEPT)(self._found)

    def _put(self, key: str, code: str, match: Match) -> None:
        """A text that means two things is a question; what the standard says goes before our synonyms."""
        known = self._by_key.get(key)
        if not key or (known is not None and known[1] is not match and known[0] is not None):
            return
        self._by_key[key] = (code if known is None or known[0] == code else None, match)
        if known is not None and known[0] != code:
            told = self._questions.get(key, () if known[0] is None else (known[0],))
            self._questions[key] = (*told, code) if code not in told else told

    def match(self, text: str) -> Answer:
        """What ``text`` is taken for."""
        return self._matched(text)

    def opposite(self, answer: Answer) -> Answer:
        """The other answer where there are two, as where a header asks for the opposite; what is asked stays asked."""
        others = [code for code in self.codes if code != answer.code]
        return Answer(Match.LIKE, others[0]) if answer.code is not None and len(others) == 1 else answer

    def plainly(self, text: str) -> Match:
        """How a text is known, without looking for what is like it."""
        found = self._plain(text)
        return found.match if found is not None else Match.NOTHING

    def _plain(self, text: str) -> Answer | None:
        if len(text) > _LONGEST or _WITHOUT in text:
            return None
        found = next((found for form in forms_of(text) if (found := self._exact(form))), None)
        return found or self._in_languages([part for part in _LANGUAGES.split(text) if part]) or self._bracketed(text)

    def _bracketed(self, text: str) -> Answer | None:
        """A value before brackets: only likely where more stands in them than the same in other words.

        What is full breastfeeding "(ended)" is none, and a home visit "(cancelled)" neither.
        """
        before, inside = in_brackets(text)
        found = self._exact(before) if before != text else None
        if found is None or found.code is None:
            return found
        told = {answer.code if (answer := self._exact(each)) is not None else None for each in inside}
        return found if told <= {found.code} else Answer(Match.LIKE, found.code)

    def _in_languages(self, parts: list[str]) -> Answer | None:
        """A value that is told twice, as where a text stands in two languages: both must say the same."""
        answers = [self._exact(part) for part in parts] if len(parts) > 1 else []
        told = {(each.code, each.missing) if each is not None else None for each in answers}
        return answers[0] if len(told) == 1 else None

    def _found(self, text: str) -> Answer:
        if len(text) > _LONGEST or _WITHOUT in text:
            return NOTHING
        forms = (*forms_of(text), in_brackets(text)[0])
        found = self._plain(text) or next((like for form in forms if (like := self._like(form))), None)
        if found is None and self._is_observed and is_not_done(text):
            return Answer(Match.LIKE, missing=_UNTOLD)
        return found or NOTHING

    def _exact(self, text: str) -> Answer | None:
        words = words_of(text)
        # A letter before a word is a code of its own, and no part of it.
        is_parted = any(len(word) == 1 and word.isalpha() for word in words) and any(len(word) > 1 for word in words)
        for key in (value_key(text), "" if is_parted else "".join(words)):
            if key in self._by_key:
                code, match = self._by_key[key]
                if code is not None:
                    return Answer(match, code)
            if key in self._questions:
                return Answer(Match.QUESTION, candidates=self._questions[key])
        reason = missing_reason(text)
        return Answer(Match.MISSING, missing=reason) if reason else None

    def _like(self, text: str) -> Answer | None:
        if reply := _REPLY.match(text):
            rest = self.match(text[reply.end() :])
            return Answer(Match.LIKE, rest.code) if rest.code is not None else None
        if (code := self._by_clauses(text) or self._by_core.get(core_of(text))) is not None:
            return Answer(Match.LIKE, code)
        if (code := self._by_points(text)) is not None:
            return Answer(Match.LIKE, code)
        words = list(words_of(text))
        key = " ".join(words)
        if key.isdecimal() or not any(letter.isalpha() for letter in key):
            return None
        if len(key) < _FUZZY_FROM:
            code = self._by_age(text) or self._begun(key)
            return Answer(Match.LIKE, code) if code is not None else None
        most = 2 if len(key) > 11 else 1
        # Digits are never a slip: 4-6 months is not 4-8.
        digits = _digits(key)
        found = {known.code for known in self._known if known.digits == digits and within(key, known.key, most)}
        if not found:
            found = {known.code for known in self._known if not known.is_level and shortens(words, known.words)}
        if len(found) == 1:
            return Answer(Match.LIKE, found.pop())
        level = level_of(words) if self.levels else None
        code = self.levels[level] if level is not None else self._by_age(text) or self._nearest(words)
        return Answer(Match.LIKE, code) if code is not None else None

    def _by_clauses(self, text: str) -> str | None:
        """The code that one half of a text tells and the other leaves open: "not breastfed, eats the family's food"."""
        told = [self.match(part) for part in _CLAUSES.split(text) if part.strip()] if _CLAUSES.search(text) else []
        codes = {each.code for each in told if each.code is not None}
        asked = [each.candidates for each in told if each.match is Match.QUESTION]
        if len(told) != len(asked) + 1 or len(told) < 2 or len(codes) != 1:
            return None
        code = codes.pop()
        return code if all(code in candidates for candidates in asked) else None

    def _by_points(self, text: str) -> str | None:
        """The one code of which a text is shortened by points, however little is left: "let f.", "udf."."""
        parts = _POINTED.findall(text)
        if not any(point for _, point in parts) or any(word.isdecimal() for word, _ in parts):
            return None
        words = [("".join(words_of(word)), point) for word, point in parts]
        found = {
            known.code
            for known in self._known
            if len(known.words) == len(words)
            and all(
                full.startswith(word) if point else full == word
                for (word, point), full in zip(words, known.words, strict=True)
            )
        }
        return found.pop() if len(found) == 1 else None

    def _begun(self, key: str) -> str | None:
        """The one code of which a text begins with a few letters, as where cells are cut: "SUPP", "LETF"."""
        if len(key) < _SHORTEST_BEGUN or not key.isalpha():
            return None
        found = {known.code for known in self._known if known.key.replace(" ", "").startswith(key)}
        return found.pop() if len(found) == 1 else None

    def _by_age(self, text: str) -> str | None:
        """The one code that is for the age which a text tells; what it says beside that goes first."""
        if not self._ages or _AGE.search(text) is None:
            return None
        rest = self._exact(without_age(text))
        return rest.code if rest is not None and rest.code is not None else self.of_age(text)

    def of_age(self, text: str) -> str | None:
        """The one code that is for the age which a text tells, whatever else it says."""
        told = _AGE.search(text) if self._ages else None
        if told is None or told["unit"] is None:
            return None
        days = [float(number) * _DAYS[told["unit"][0].lower()] for number in (told["from"], told["to"]) if number]
        found = [each for each in self._ages if all(each.low <= day < each.high for day in days)]
        # What may be at any age is not meant where another is for just this one.
        narrow = [each for each in found if not any(each.holds(other) for other in found if other is not each)]
        return narrow[0].code if len(narrow) == 1 else None

    @cached_property
    def _by_core(self) -> dict[str, str | None]:
        """The one code of what is said in other words that mean the same; none where it may be of several."""
        found: dict[str, str | None] = {}
        asked = {"", *map(core_of, self._questions)}
        for key, (code, _) in self._by_key.items():
            core = core_of(key)
            found[core] = code if found.get(core, code) == code and core not in asked else None
        return found

    @cached_property
    def _known(self) -> list[_Known]:
        """The texts that have a code, taken apart once: a column may hold thousands of texts to compare with them."""
        return [
            _Known(key, key.split(), code, match is Match.LEVEL)
            for key, (code, match) in self._by_key.items()
            if code is not None
        ]

    @cached_property
    def _said(self) -> Counter[str]:
        """Of how many codes each beginning of a word is said."""
        said = {(word[:STEM], known.code) for known in self._known if known.is_worded for word in known.told}
        return Counter(stem for stem, _ in said)

    def _nearest(self, words: list[str]) -> str | None:
        """The one code that is said in nearly the same words, in whatever order; rare words tell most.

        What is denied is near to what is denied alone.
        """
        told, numbers, is_denied = telling(words), numbers_in(words), denies(words)
        best: dict[str, float] = {}
        for known in self._known:
            if known.is_worded and known.numbers == numbers and known.is_denied is is_denied:
                nearness = nearness_of(told, known.told, self._said)
                best[known.code] = max(best.get(known.code, 0.0), nearness)
        ranked = sorted(best.items(), key=lambda each: each[1], reverse=True)[:2]
        if not ranked or ranked[0][1] < _NEAR or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < _APART):
            return None
        return ranked[0][0]


class _Known:
    """A text that has a code, and what it is compared by."""

    __slots__ = ("code", "digits", "is_denied", "is_level", "is_worded", "key", "numbers", "told", "words")

    def __init__(self, key: str, words: list[str], code: str, is_level: bool) -> None:
        self.key, self.words, self.code, self.is_level = key, words, code, is_level
        self.digits = _digits(key)
        self.told = telling(words)
        self.is_denied = denies(words)
        self.numbers = numbers_in(self.told)
        self.is_worded = not is_level and not key.isdecimal()


def without_age(text: str) -> str:
    """A text without the age that it tells."""
    return _AGE.sub(" ", text)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
