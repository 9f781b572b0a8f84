"""What a value of a coded column is taken for: a code, a reason why there is none, or a question to ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from ldbu_desktop.journal.fields import VISIT_TYPE
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.proposing.lexicon import synonyms, within, words_of
from ldbu_desktop.mapping.readings import folded
from ldbu_desktop.standard.model import Item, Standard

_UNTOLD = "unknown"
_KEPT = 65_536
"""So many texts are understood once only: several columns and passes meet the same."""


@lru_cache(maxsize=_KEPT)
def value_key(text: str) -> str:
    """A value without what does not tell values apart; marks count where there is nothing else."""
    return " ".join(words_of(text)) or folded(text)


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

_NUMBERED = re.compile(r"\s*\(?[0-9]{1,3}[a-z]?(?:\s*[-–:.)=]+\s*|\s+)(?=[^\W\d])", re.IGNORECASE)
_LETTERED = re.compile(r"\s*[A-ZÆØÅ]{1,4}\s*(?:[:=]|\s[-–]\s)\s*(?=\w)")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_SCHOOL_CLASS = re.compile(r"\b\d{1,2}\.?\s*(?:kl|klasse|grade)\b\.?|\b(?:class|grade)\s+\d{1,2}\b", re.IGNORECASE)
"""The class in which an examination is held, beside its name."""
_ZEROS = re.compile(r"0+[.,]0+|00+")
_REPLY = re.compile(r"\s*(?:ja|nej|yes|no)\s*[,:;.–-]\s*(?=\w)", re.IGNORECASE)
"""A yes or no before the answer itself."""
_CLAUSES = re.compile(r"[,;]\s+|\s+[-–]\s+")
_POINTED = re.compile(r"([^\W_]+)(\.?)")
_LANGUAGES = re.compile(r"\s*[/|]\s*|\s+[-–]\s+")
_FUZZY_FROM = 6
_PREFIX_FROM = 2
_SHORTEST_BEGUN = 4
_LONGEST = 300
"""So many letters no answer has."""
_SHORT = 4
"""Words so short join others, and say nothing of a level."""
_STEM = 4
"""So many letters of a word tell it from others, where endings and shortenings differ."""
_NEAR, _APART = 0.6, 0.15
"""How near a text must be to one code's, and how much nearer than to any other's."""
_UNKNOWN = 0.5
"""What a word tells that no text of a code has."""
_UNITS = r"(?P<{}>dag(?:e|es)?|uger?s?|mdr?s?|m[åa]neder?s?|days?|weeks?|months?)\b"
_AGE = re.compile(
    r"(?:\bca\.?\s*)?\b(?P<from>\d{1,3})(?:\s*(?:-|–|/|til|to)\s*(?P<to>\d{1,3}))?[\s.-]*"
    + _UNITS.format("unit")
    + r"\.?s?|\b"
    + _UNITS.format("before")
    + r"\.?\s*\d{1,3}(?:\s*(?:-|–|/|til|to)\s*\d{1,3})?",
    re.IGNORECASE,
)
"""An age as visits are called by it: "4-6 mdr.", "8 uger"; or a day or week that is counted: "dag 4-5"."""
_DAYS = {"d": 1.0, "u": 7.0, "w": 7.0, "m": 30.44}


class _Age(NamedTuple):
    """The days of age that a code is for, from and to before."""

    code: str
    low: int
    high: int

    def holds(self, other: _Age) -> bool:
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
        ages: tuple[_Age, ...] = (),
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
        self._matched: dict[str, Answer] = {}

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
        found = self._matched.get(text)
        if found is None:
            if len(self._matched) > 20_000:
                self._matched.clear()
            found = self._matched[text] = self._found(text)
        return found

    def opposite(self, answer: Answer) -> Answer:
        """The other answer where there are two, as where a header asks for the opposite; what is asked stays asked."""
        others = [code for code in self.codes if code != answer.code]
        return Answer(Match.LIKE, others[0]) if answer.code is not None and len(others) == 1 else answer

    def plainly(self, text: str) -> Match:
        """How a text is known, without looking for what is like it."""
        found = self._plain(text)
        return found.match if found is not None else Match.NOTHING

    def _plain(self, text: str) -> Answer | None:
        found = next((found for form in _forms(text) if (found := self._exact(form))), None)
        return found or self._in_languages([part for part in _LANGUAGES.split(text) if part])

    def _in_languages(self, parts: list[str]) -> Answer | None:
        """A value that is told twice, as where a text stands in two languages: both must say the same."""
        answers = {self._exact(part) for part in parts} if len(parts) > 1 else set()
        told = {(each.code, each.missing) if each is not None else None for each in answers}
        return next(iter(answers)) if len(told) == 1 else None

    def _found(self, text: str) -> Answer:
        # What is longer is a note, and is compared with nothing word by word.
        forms = _forms(text) if len(text) <= _LONGEST else []
        found = self._plain(text) or next((like for form in forms if (like := self._like(form))), None)
        return found or (_not_done(text) if self._is_observed else None) or NOTHING

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
        if (code := self._by_clauses(text) or self._by_core.get(_core(text))) is not None:
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
            found = {known.code for known in self._known if not known.is_level and _shortens(words, known.words)}
        if len(found) == 1:
            return Answer(Match.LIKE, found.pop())
        level = _level(words) if self.levels else None
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
        told = _AGE.search(text) if self._ages else None
        if told is None:
            return None
        rest = self._exact(_AGE.sub(" ", text))
        if rest is not None and rest.code is not None:
            return rest.code
        if told["unit"] is None:
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
        asked = {_core(text) for text in self._questions}
        for key, (code, _) in self._by_key.items():
            core = _core(key)
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
        said = {(word[:_STEM], known.code) for known in self._known if known.is_worded for word in known.told}
        return Counter(stem for stem, _ in said)

    def _nearest(self, words: list[str]) -> str | None:
        """The one code that is said in nearly the same words, in whatever order; rare words tell most.

        What is denied is near to what is denied alone.
        """
        told, numbers, is_denied = _told(words), _numbers(words), _denies(words)
        best: dict[str, float] = {}
        for known in self._known:
            if known.is_worded and known.numbers == numbers and known.is_denied is is_denied:
                nearness = _nearness(told, known.told, self._said)
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
        self.told = _told(words)
        self.is_denied = _denies(words)
        self.numbers = _numbers(self.told)
        self.is_worded = not is_level and not key.isdecimal()


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _told(words: list[str]) -> list[str]:
    """The words that tell something by themselves: not those that join others or deny them."""
    return [word for word in words if word not in _joining() and not _denies([word])]


def _core(text: str) -> str:
    """What a text says, whichever of several words for the same it says it in, and whatever joins them."""
    return " ".join(_alike().get(word, word) for word in words_of(text) if word not in _joining())


def _denies(words: list[str]) -> bool:
    return any(
        word == denial or (len(denial) > _STEM and word.startswith(denial)) for word in words for denial in _denials()
    )


def _numbers(words: list[str]) -> str:
    return " ".join(word for word in words if word.isdecimal())


def _nearness(words: list[str], known: list[str], said: Counter[str]) -> float:
    """How much of what is told by either text is told by both: 0 to 1. A word that many codes have tells little."""

    def weight(word: str) -> float:
        times = said[word[:_STEM]]
        return (1 / times if times else _UNKNOWN) if not word.isdecimal() else 0.0

    one = sum(weight(word) for word in words if any(_is_alike(word, each) for each in known))
    other = sum(weight(word) for word in known if any(_is_alike(word, each) for each in words))
    total = sum(map(weight, words)) + sum(map(weight, known))
    return (one + other) / total if total else 0.0


def _is_alike(one: str, other: str) -> bool:
    """Whether two words begin alike, so far as the shorter one goes but for an ending."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short[: max(_STEM, len(short) - 2)]) if len(short) >= _STEM else one == other


def _level(words: list[str]) -> int | None:
    """The level that words come to: 0 is good, 1 some trouble, 2 trouble; None where not all of them are known."""
    grades = answer_words().levels
    words = [_alike().get(word, word) for word in words]
    kinds = {
        name
        for word in words
        for name in ("good", "mild", "trouble", "none", "strong")
        if word.startswith(getattr(grades, name))
    }
    if not all(any(word.startswith(getattr(grades, name)) for name in kinds) or len(word) < _SHORT for word in words):
        return None
    return {
        frozenset({"good"}): 0,
        frozenset({"none", "trouble"}): 0,
        frozenset({"mild", "trouble"}): 1,
        frozenset({"trouble"}): 2,
        frozenset({"strong", "trouble"}): 2,
    }.get(frozenset(kinds))


def _shortens(words: list[str], known: list[str]) -> bool:
    """Whether each word is the beginning of one of a known text, in order."""
    return (
        len(words) == len(known)
        and words != known
        and all(
            full.startswith(word) and (len(word) > _PREFIX_FROM or word == full)
            for word, full in zip(words, known, strict=True)
        )
    )


def _forms(text: str) -> list[str]:
    """A value as it stands, and without what is often written with one: its number, its code, a word in brackets."""
    forms = [text]
    for pattern in (_NUMBERED, _LETTERED):
        if found := pattern.match(text):
            forms.append(text[found.end() :])
    if _SCHOOL_CLASS.search(text) and (without := _SCHOOL_CLASS.sub(" ", text).strip()):
        forms.append(without)
    if _BRACKETS.search(text) and (without := _BRACKETS.sub(" ", text).strip()):
        forms.append(without)
    words = words_of(text)
    if any(word in _number_words() for word in words):
        forms.append(" ".join(_number_words().get(word, word) for word in words))
    return forms


def _not_done(text: str) -> Answer | None:
    """No more than that something was not done: it says that there is no answer, whatever was to be done."""
    words = words_of(text)
    is_told = len(words) == 2 and words[0] in answer_words().not_done and words[1].endswith(answer_words().done)
    return Answer(Match.LIKE, missing=_UNTOLD) if is_told else None


@cache
def _number_words() -> dict[str, str]:
    """Numbers by the words for them."""
    return {value_key(word): number for number, words in answer_words().numbers.items() for word in words}


@cache
def _joining() -> frozenset[str]:
    """Words that only join others."""
    return frozenset(map(value_key, answer_words().joining))


@cache
def _alike() -> dict[str, str]:
    """Words by the first of those that mean the same, here and in our neighbours' languages."""
    return {value_key(word): value_key(words[0]) for words in answer_words().alike for word in words[1:]}


@cache
def _denials() -> tuple[str, ...]:
    """Words that turn a text into its opposite."""
    return tuple(map(value_key, answer_words().denials))


@cache
def _missing() -> dict[str, str]:
    words = answer_words()
    return {value_key(text): reason for reason, texts in words.missing.items() for text in texts}


@lru_cache(maxsize=_KEPT)
def missing_reason(text: str) -> str | None:
    """Why there is no value, where a text says that; a number never says so by itself."""
    key = value_key(text)
    found = _missing().get(key)
    if found is not None and key.lstrip("-").isdecimal():
        return None
    return found


def numeric_missing(text: str) -> bool:
    """Whether a number is one that is written where there is none: 9999, -1, 00,0."""
    return folded(text) in answer_words().numeric_missing or _ZEROS.fullmatch(text.strip()) is not None


class AnswerBook:
    """The values of all that one standard has codes for."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard
        self._of: dict[str, Answers | None] = {}

    def of(self, variable: str) -> Answers | None:
        """The values of a variable or a questionnaire's question; None where it has no codes."""
        if variable not in self._of:
            self._of[variable] = self._made(variable)
        return self._of[variable]

    def _made(self, variable_id: str) -> Answers | None:
        if "/" in variable_id:
            questionnaire_id, link_id = variable_id.split("/", 1)
            return self._of_item(self._standard.questionnaire[questionnaire_id].by_link_id[link_id])
        variable = self._standard.variable.get(variable_id)
        if (
            variable is None
            or variable.kind not in ("concept", "boolean")
            or (variable.kind == "concept" and variable.value_set is None)
        ):
            return None
        if variable.kind == "boolean":
            return _booleans()
        concepts = self._standard.concepts(variable)
        pairs = [
            (name, concept.code, Match.STANDARD)
            for concept in concepts.values()
            for name in (concept.code, concept.term, concept.english, concept.display)
        ]
        if variable_id == VISIT_TYPE:
            pairs += [
                (name, visit.code, Match.STANDARD)
                for visit in self._standard.visit_types
                for name in (visit.id, visit.label.da, visit.label.en)
            ]
        words = answer_words()
        common = set(map(value_key, words.common))
        for code, texts in words.answers.get(variable_id, {}).items():
            pairs += [
                (text, code, Match.LEVEL if value_key(text) in common else Match.SYNONYM)
                for text in texts
                if code in concepts
            ]
        for code, texts in zip(words.levels.of.get(variable_id, ()), words.levels.words, strict=False):
            pairs += [(text, code, Match.LEVEL) for text in texts if code in concepts]
        pairs += _named(variable_id, words.answers.get(variable_id, {}))
        questions = [
            (text, tuple(code for code in question.codes if code in concepts))
            for question in words.questions
            if question.variable == variable_id
            for text in question.words
        ]
        if variable_id in words.levels.of:
            questions += [(text, tuple(concepts)) for text in words.levels.asked]
        levels = words.levels.of.get(variable_id, ())
        is_whole = len(levels) == len(words.levels.words) and all(code in concepts for code in levels)
        kinds = self._standard.visit_types if variable_id == VISIT_TYPE else ()
        # In the first weeks there are several kinds of visit, and the age tells none of them.
        ages = tuple(_Age(kind.code, kind.from_days, kind.to_days) for kind in kinds if kind.from_days and kind.to_days)
        return Answers(
            dict.fromkeys(concepts, Match.STANDARD),
            pairs,
            questions,
            levels if is_whole else (),
            ages,
            good=levels[0] if levels and levels[0] in concepts else None,
            is_observed=variable.record == "observation" and "." not in variable_id,
        )

    def _of_item(self, item: Item) -> Answers | None:
        if item.type == "boolean":
            return _booleans()
        if item.type != "choice":
            return None
        also = answer_words().options
        pairs = [(option, option, Match.STANDARD) for option in item.options]
        pairs += [(text, option, Match.SYNONYM) for option in item.options for text in also.get(option, ())]
        return Answers(dict.fromkeys(item.options, Match.STANDARD), pairs, [])


def _named(variable: str, answers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str, Match]]:
    """What is asked by yes or no, told by its own name: "smoke in the home", "no smoke in the home"."""
    words = answer_words()
    yes = [code for code, texts in answers.items() if set(texts) & set(words.yes)]
    no = [code for code, texts in answers.items() if set(texts) & set(words.no)]
    for name in synonyms().variables.get(variable, ()) if len(yes) == len(no) == 1 and yes != no else ():
        yield name, yes[0], Match.LIKE
        for denial in words.denials:
            yield f"{denial} {name}", no[0], Match.LIKE


def _booleans() -> Answers:
    words = answer_words()
    pairs = [
        (text, code, Match.SYNONYM) for code, texts in (("true", words.yes), ("false", words.no)) for text in texts
    ]
    return Answers(
        dict.fromkeys(("true", "false"), Match.STANDARD), pairs, [("1", ("true", "false")), ("0", ("true", "false"))]
    )


@lru_cache(maxsize=2)
def answer_book_of(standard: Standard) -> AnswerBook:
    """The values that ``standard`` has codes for, kept."""
    return AnswerBook(standard)
