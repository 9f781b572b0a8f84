"""The words of exports: what headers and values are made of, as ``resources/mapping`` and a catalogue have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import msgspec

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.journal.fields import CITIZEN_CPR, VISIT_TYPE
from ldbu_desktop.mapping.columns import comparable
from ldbu_desktop.mapping.proposing.answer_words import answer_words
from ldbu_desktop.mapping.vocabulary import shipped_words
from ldbu_desktop.standard.model import Fact, Standard


class Sense(StrEnum):
    """What a word of a header can be."""

    VARIABLE = "variable"
    LIKE = "like"
    """A word that several variables are called by, or that is called by too much else to be trusted."""
    QUESTIONNAIRE = "questionnaire"
    ENTITY = "entity"
    PART = "part"
    SUBJECT = "subject"
    VISIT = "visit"
    BLOCK = "block"
    """A visit by a name that differs between municipalities."""
    UNIT = "unit"
    OTHER = "other"
    """What exports hold that the standard does not ask for: names, notes, who and when it was typed."""
    LIST = "list"
    """What the columns of a list of codes are called."""
    FILLER = "filler"


KEPT = 20_000
"""So many texts are taken apart once only: columns and passes meet the same."""
_FUZZY = frozenset((Sense.VARIABLE, Sense.SUBJECT, Sense.ENTITY))
"""Whose words are known with a slip in them."""


class Meaning(NamedTuple):
    """One thing that a word can mean: the sense, and which of its kind."""

    sense: Sense
    id: str


class CodeListWords(Fact, frozen=True):
    """What the columns of a list of codes are called, and the sheets that hold one."""

    field: tuple[str, ...]
    code: tuple[str, ...]
    text: tuple[str, ...]
    sheets: tuple[str, ...]


class Synonyms(Fact, frozen=True):
    """The words of headers.

    ``ambiguous`` are those that mean several things or too much; they are never sure. ``of_family`` is recorded of
    a child and told of a parent as well. ``questions`` are what questions of questionnaires are called. ``kept_with``
    are the distractors that as names of groups tell only where something is kept, ``subject_letters`` those by which
    headers of CPR numbers are shortened. ``denials`` are words by which a header asks for the opposite, and
    ``affirmations`` end one that asks whether all is well. Words that end as ``dated`` do are
    of a date. ``aspects`` are heads of phrases that may stand for each other: the state of something is its status.
    ``cognates`` are words of our neighbours' languages by the Danish ones.
    ``questionnaires`` are what those are called that have a name beside their letters.
    ``row_numbers`` are what a column is called that only counts rows.
    ``value_kinds`` are what the values of a column may be, as a row under the headers says it.
    ``whole`` are words that are no shortening of a name that begins so: the family is not the family's network.
    """

    variables: dict[str, tuple[str, ...]]
    ambiguous: dict[str, tuple[str, ...]]
    entities: dict[str, tuple[str, ...]]
    parts: dict[str, tuple[str, ...]]
    subjects: dict[str, tuple[str, ...]]
    units: dict[str, tuple[str, ...]]
    distractors: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...]
    of_family: tuple[str, ...]
    questionnaires: dict[str, tuple[str, ...]]
    questions: dict[str, tuple[str, ...]]
    kept_with: tuple[str, ...]
    denials: tuple[str, ...]
    affirmations: tuple[str, ...]
    dated: tuple[str, ...]
    aspects: tuple[str, ...]
    cognates: dict[str, tuple[str, ...]]
    whole: tuple[str, ...]
    row_numbers: tuple[str, ...]
    subject_letters: dict[str, tuple[str, ...]]
    value_kinds: tuple[str, ...]
    code_lists: CodeListWords


@cache
def synonyms() -> Synonyms:
    """The words of headers that ship with the program, read once."""
    return msgspec.json.decode(resource("mapping", "synonyms.json").read_bytes(), type=Synonyms)


_BOUNDARIES = re.compile(
    r"(?<=[a-zæøå])(?=[A-ZÆØÅ])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|(?<=[A-ZÆØÅ])(?=[A-ZÆØÅ][a-zæøå])"
)
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_COMPOUNDED = 3
_ENDINGS = ("ens", "ets", "en", "et", "s", "n", "er", "e")
"""What Danish puts behind a noun, and English behind several."""
_JOINTS = ("s", "e")
"""What Danish may put between the parts of a compound."""
_SHORTEST_STEM = 4
_SHORTEST_HEAD = 4
_SHORTEST_BEGINNING = 3
_VOWELS = frozenset("aeiouyæøå")
_MOST_BEGUN = 2
_MOST_BEGUN_TOGETHER = 3
_BEGUN = frozenset((Sense.VARIABLE, Sense.PART, Sense.ENTITY))
_PLAIN = (("oe", "o"), ("ae", "a"), ("aa", "a"))
_LONGEST_PHRASE = 9
_LONGEST_WORD = 100
"""So many letters no word of a header has; taking a text apart costs the cube of its letters."""
_FUZZY_FROM = 5
_FUZZY_TWO_FROM = 9


@lru_cache(maxsize=KEPT)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a header, parted at spaces, marks, changes of case and digits; each as it is compared."""
    is_plain = text.islower() and not _DIGIT.search(text)
    parted = text if is_plain else _BOUNDARIES.sub(" ", text)
    return tuple(map(comparable, _WORD.findall(parted)))


class Piece(NamedTuple):
    """One or several words of a header that mean something together; no meanings where they are not known.

    ``is_like``: the words are only like ones that are known.
    """

    words: tuple[str, ...]
    meanings: frozenset[Meaning]
    is_like: bool = False


class Lexicon:
    """The words of headers for one standard."""

    def __init__(self, standard: Standard) -> None:
        self.standard = standard
        self._phrases: dict[str, set[Meaning]] = {}
        self._several: dict[tuple[int, str], set[tuple[str, ...]]] = {}
        self._bags: dict[frozenset[str], set[Meaning]] = {}
        self._whole = frozenset(map(comparable, synonyms().whole))
        self._aspects = frozenset(map(comparable, synonyms().aspects))
        self._of_aspect: dict[str, set[Meaning]] = {}
        self._danish = {
            comparable(other): comparable(word) for word, others in synonyms().cognates.items() for other in others
        }
        self._add_shipped(synonyms())
        self._add_standard(standard)
        self._by_length: dict[int, list[str]] = {}
        for phrase, meanings in self._phrases.items():
            if len(phrase) >= _FUZZY_FROM and any(each.sense in _FUZZY for each in meanings):
                self._by_length.setdefault(len(phrase), []).append(phrase)
        self._pieces = lru_cache(maxsize=KEPT)(self._put_together)

    def _add(self, sense: Sense, entries: Mapping[str, Iterable[str]]) -> None:
        for name, phrases in entries.items():
            for phrase in phrases:
                words = words_of(phrase)
                self._phrases.setdefault("".join(words), set()).add(Meaning(sense, name))
                if sense is Sense.VARIABLE and len(words) > 1:
                    self._several.setdefault((len(words), words[0][:1]), set()).add(words)
                if sense is Sense.VARIABLE and len(words) > 1 and words[-1] in self._aspects:
                    self._of_aspect.setdefault("".join(words[:-1]), set()).add(Meaning(sense, name))
                if sense in (Sense.VARIABLE, Sense.LIKE) and len(words) > 1:
                    self._bags.setdefault(frozenset(map(self._stem, words)), set()).add(Meaning(sense, name))

    def _add_shipped(self, words: Synonyms) -> None:
        known = self.standard.variable
        self._add(
            Sense.VARIABLE,
            {
                name: phrases
                for name, phrases in words.variables.items()
                if name in known or name.startswith("observation.")
            },
        )
        for phrase, variables in words.ambiguous.items():
            self._add(Sense.LIKE, {name: (phrase,) for name in variables if name in known})
        self._add(Sense.ENTITY, words.entities)
        self._add(Sense.PART, words.parts)
        self._add(Sense.SUBJECT, words.subjects)
        self._add(Sense.UNIT, words.units)
        self._add(Sense.OTHER, words.distractors)
        self._add(Sense.FILLER, {"": words.fillers})
        lists = words.code_lists
        self._add(Sense.LIST, {"field": lists.field, "code": lists.code, "text": lists.text})

    def _add_standard(self, standard: Standard) -> None:
        short = shipped_words().variable_names
        for variable in standard.observed:
            names = (variable.id, variable.label.da, variable.label.en, *short.get(variable.id, ()))
            self._add(
                Sense.VARIABLE, {variable.id: [name for name in names if "".join(words_of(name)) not in self._phrases]}
            )
        for questionnaire in standard.questionnaires:
            self._add(
                Sense.QUESTIONNAIRE,
                {questionnaire.id: (questionnaire.id, questionnaire.label.da, questionnaire.label.en)},
            )
        called = synonyms().questionnaires
        families: dict[str, list[str]] = {}
        for questionnaire in standard.questionnaires:
            families.setdefault("".join(word for word in words_of(questionnaire.id)[:1]), []).append(questionnaire.id)
        for family, ids in families.items():
            self._add(Sense.QUESTIONNAIRE, {each: (family, *called.get(family, ())) for each in ids})

    def add_visits(self, phrases: Mapping[str, Iterable[str]], asked: Iterable[str]) -> None:
        """Add the words for types of visit, by code: blocks of columns are called by them.

        What ``asked`` words are called differs between municipalities: they name a block, and no type.
        """
        self._add(Sense.VISIT, phrases)
        several = {phrase: (phrase,) for phrase in asked if len(words_of(phrase)) > 1}
        self._add(Sense.BLOCK, {"".join(words_of(phrase)): phrases for phrase, phrases in several.items()})

    def in_any_order(self, text: str) -> frozenset[Meaning]:
        """The variables that are called by just the words of a text, joined and ordered otherwise."""
        filler = Meaning(Sense.FILLER, "")
        words = [
            each for each in words_of(text) if filler not in self._phrases.get(each, ()) and each not in self._joining
        ]
        return frozenset(self._bags.get(frozenset(map(self._stem, words)), ())) if len(words) > 1 else frozenset()

    @cached_property
    def _joining(self) -> frozenset[str]:
        return frozenset(comparable(word) for word in answer_words().joining)

    def _stem(self, word: str) -> str:
        """A word without its ending, where what is left is long enough to tell it from others."""
        endings = (ending for ending in _ENDINGS if word.endswith(ending))
        return next((stem for each in endings if len(stem := word.removesuffix(each)) >= _SHORTEST_STEM), word)

    def phrases_of(self, meanings: frozenset[Meaning]) -> tuple[str, ...]:
        """The phrases that mean just that, the longest first; each as it is compared."""
        return self._by_meanings.get(meanings, ())

    @cached_property
    def _by_meanings(self) -> dict[frozenset[Meaning], tuple[str, ...]]:
        found: dict[frozenset[Meaning], list[str]] = {}
        for phrase in sorted(self._phrases, key=lambda phrase: (-len(phrase), phrase)):
            found.setdefault(frozenset(self._phrases[phrase]), []).append(phrase)
        return {meanings: tuple(phrases) for meanings, phrases in found.items()}

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The words of a header, put together to the longest phrases that are known."""
        return self._pieces(text)

    def _put_together(self, text: str) -> tuple[Piece, ...]:
        return tuple(self._parted(tuple(self._danish.get(word, word) for word in words_of(text))))

    def _parted(self, words: tuple[str, ...]) -> list[Piece]:
        """The parting with the fewest unknown words, then the fewest pieces, then the fewest that mean too much."""
        best: list[tuple[int, int, int, tuple[Piece, ...]]] = [(0, 0, 0, ())]
        for end in range(1, len(words) + 1):
            candidates = []
            for begin in range(max(0, end - _LONGEST_PHRASE), end):
                found = self._phrases.get("".join(words[begin:end]))
                unknown, pieces, vague, before = best[begin]
                if found is not None:
                    piece = Piece(words[begin:end], frozenset(found))
                    is_vague = all(each.sense is Sense.LIKE for each in found)
                    candidates.append((unknown, pieces + 1, vague + is_vague, (*before, piece)))
                elif end - begin == 1:
                    told = self._unknown(words[begin])
                    lost = sum(1 for each in told if not each.meanings) * 2 + sum(each.is_like for each in told)
                    candidates.append((unknown + lost, pieces + len(told), vague, (*before, *told)))
                elif (aspect := self._with_aspect(words[begin:end])) is not None:
                    candidates.append((unknown, pieces + 1, vague, (*before, aspect)))
                elif (shortened := self._shortened(words[begin:end])) is not None:
                    candidates.append((unknown + 1, pieces + 1, vague, (*before, shortened)))
            best.append(min(candidates, key=lambda each: each[:3]))
        return list(best[-1][3])

    def _with_aspect(self, words: tuple[str, ...]) -> Piece | None:
        """The one variable that is called so but for the head of the phrase: "social state" is like "social status"."""
        found = self._of_aspect.get("".join(words[:-1]), set()) if words[-1] in self._aspects else set()
        return Piece(words, frozenset(found), is_like=True) if len(found) == 1 else None

    def _shortened(self, words: tuple[str, ...]) -> Piece | None:
        """The one variable of whose name each word is the beginning, in order: "soc. kontakt"."""
        found: set[Meaning] = set()
        for known in self._several.get((len(words), words[0][:1]), ()):
            if all(
                whole == word or (len(word) >= _SHORTEST_BEGINNING and whole.startswith(word))
                for word, whole in zip(words, known, strict=True)
            ):
                found |= {each for each in self._phrases["".join(known)] if each.sense is Sense.VARIABLE}
        return Piece(words, frozenset(found), is_like=True) if len(found) == 1 else None

    def _unknown(self, word: str) -> tuple[Piece, ...]:
        """A word that is no phrase: a number, a compound of known words, one like a known word, or unknown."""
        if word.isdecimal() or len(word) > _LONGEST_WORD:
            return (Piece((word,), frozenset()),)
        stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
        # Danish doubles a consonant before an ending.
        stems += [stem[:-1] for stem in stems if stem[-1:] == stem[-2:-1] != ""]
        stem = next((stem for stem in stems if stem in self._phrases and len(stem) >= _SHORTEST_STEM), None)
        if stem is not None:
            return (Piece((word,), frozenset(self._phrases[stem]), is_like=True),)
        if (plain := self._plain_letters.get(word)) is not None:
            return (Piece((word,), frozenset(self._phrases[plain]), is_like=True),)
        if of_key := self._with_key(word):
            return of_key
        if word[1:] in self._phrases and Meaning(Sense.VARIABLE, CITIZEN_CPR) in self._phrases[word[1:]]:
            return Piece((word[:1],), frozenset()), Piece((word[1:],), frozenset(self._phrases[word[1:]]))
        compound = self._compound(word)
        if compound is not None:
            return tuple(Piece((part,), frozenset(self._phrases[part])) for part in compound)
        like = self._like(word)
        if like is not None:
            return (Piece((word,), frozenset(self._phrases[like]), is_like=True),)
        return (
            self._with_head(word)
            or self._begun(word)
            or self._begun_together(word)
            or self._shortened_together(word)
            or self._in_consonants(word)
            or (Piece((word,), frozenset()),)
        )

    def _with_key(self, word: str) -> tuple[Piece, ...]:
        """A known word with "id" behind, written together: too short an end for other compounds."""
        for key in (phrase for phrase in synonyms().parts["key"] if len(phrase) < _SHORTEST_COMPOUNDED):
            known = word.removesuffix(key)
            for begin in (known, *(known.removesuffix(joint) for joint in _JOINTS)) if known != word else ():
                begin = self._plain_letters.get(begin, begin)
                if begin in self._phrases and len(begin) >= _SHORTEST_COMPOUNDED:
                    return Piece((begin,), frozenset(self._phrases[begin])), Piece(
                        (key,), frozenset(self._phrases[key])
                    )
        return ()

    @cached_property
    def _plain_letters(self) -> dict[str, str]:
        """Phrases by how they are written without Danish letters: "hojde", "sovn"; those that are one phrase's."""
        found: dict[str, set[str]] = {}
        for phrase in self._phrases:
            if len(phrase) > _SHORTEST_STEM and (plain := _in_plain_letters(phrase)) != phrase:
                found.setdefault(plain, set()).add(phrase)
        return {plain: next(iter(of)) for plain, of in found.items() if len(of) == 1 and plain not in self._phrases}

    @cached_property
    def _beginnings(self) -> dict[str, frozenset[Meaning]]:
        """What three letters or more begin: at most two things."""
        found: dict[str, set[Meaning]] = {}
        for phrase, meanings in self._phrases.items():
            told = {each for each in meanings if each.sense in _BEGUN and "." not in each.id}
            for written in {phrase, _in_plain_letters(phrase)} if told else ():
                for end in range(_SHORTEST_BEGINNING, len(written) + 1):
                    found.setdefault(written[:end], set()).update(told)
        return {begin: frozenset(told) for begin, told in found.items() if len(told) <= _MOST_BEGUN}

    def _begun_together(self, word: str) -> tuple[Piece, ...]:
        """Beginnings of words that are put together, as names of fields are cut: "AMMSTAT", "HOVOMFCM"."""
        best: list[tuple[Piece, ...] | None] = [()]
        for end in range(1, len(word) + 1):
            found: tuple[Piece, ...] | None = None
            for begin in range(end):
                before = best[begin]
                if before is None or (found is not None and len(before) + 1 >= len(found)):
                    continue
                text = word[begin:end]
                meant = frozenset(each for each in self._phrases.get(text, ()) if each.sense is Sense.UNIT)
                meant = meant if end == len(word) and meant else self._beginnings.get(text, frozenset())
                if meant:
                    found = (*before, Piece((text,), meant, is_like=True))
            best.append(found)
        whole = best[-1] or ()
        names_something = any(each.sense is Sense.VARIABLE for piece in whole for each in piece.meanings)
        return whole if 1 < len(whole) <= _MOST_BEGUN_TOGETHER and names_something else ()

    def _shortened_together(self, word: str) -> tuple[Piece, ...]:
        """The one variable of whose name of two words ``word`` has the beginnings without a space: "SOCKONT"."""
        parted = range(_SHORTEST_BEGINNING, len(word) - _SHORTEST_BEGINNING + 1)
        found = [piece for at in parted if (piece := self._shortened((word[:at], word[at:]))) is not None]
        return (found[0],) if found and len({piece.meanings for piece in found}) == 1 else ()

    def _in_consonants(self, word: str) -> tuple[Piece, ...]:
        """A word of consonants alone that the name of one observed variable leaves without its vowels: "MTRK"."""
        found = self._consonants.get(word, frozenset())
        return (Piece((word,), found, is_like=True),) if len(found) == 1 else ()

    @cached_property
    def _consonants(self) -> dict[str, frozenset[Meaning]]:
        found: dict[str, set[Meaning]] = {}
        for phrase, meanings in self._phrases.items():
            left = "".join(letter for letter in phrase if letter not in _VOWELS)
            if len(left) >= _SHORTEST_BEGINNING and left != phrase:
                told = {each for each in meanings if each.sense is Sense.VARIABLE and "." not in each.id}
                found.setdefault(left, set()).update(told)
        return {left: frozenset(told) for left, told in found.items()}

    def _begun(self, word: str) -> tuple[Piece, ...]:
        """A word of three or four letters with which the names of one or two observed variables begin."""
        if not _SHORTEST_BEGINNING <= len(word) < _FUZZY_FROM:
            return ()
        begun = {
            each
            for phrases in self._by_length.values()
            for phrase in phrases
            if phrase.startswith(word)
            for each in self._phrases[phrase]
        }
        # "kont" is a contact before it is all that a contact is said of.
        found = frozenset(each for each in begun if each.sense is Sense.ENTITY) or frozenset(
            each for each in begun if each.sense is Sense.VARIABLE and "." not in each.id
        )
        return (Piece((word,), found, is_like=True),) if 0 < len(found) <= _MOST_BEGUN else ()

    def _with_head(self, word: str) -> tuple[Piece, ...]:
        """A compound of which only the end is known: in Danish that tells the kind of thing, a date or a form."""
        for begin in range(_SHORTEST_COMPOUNDED, len(word) - _SHORTEST_HEAD + 1):
            head = frozenset(each for each in self._phrases.get(word[begin:], ()) if each.sense is Sense.PART)
            if head:
                return Piece((word[:begin],), frozenset()), Piece((word[begin:],), head)
        return ()

    def _compound(self, word: str) -> tuple[str, ...] | None:
        best: list[tuple[str, ...] | None] = [()]
        for end in range(1, len(word) + 1):
            found: tuple[str, ...] | None = None
            for begin in range(end):
                part, before = word[begin:end], best[begin]
                is_unit = end == len(word) and any(each.sense is Sense.UNIT for each in self._phrases.get(part, ()))
                if part not in self._phrases and end < len(word):
                    # Danish puts an s between the words of a compound, and so do its neighbours.
                    part = part.removesuffix("s")
                part = self._danish.get(part, part)
                if before is None or part not in self._phrases or (len(part) < _SHORTEST_COMPOUNDED and not is_unit):
                    continue
                if found is None or len(before) + 1 < len(found):
                    found = (*before, part)
            best.append(found)
        return best[-1] if best[-1] and len(best[-1]) > 1 else None

    def _like(self, word: str) -> str | None:
        """The one phrase of a variable that differs by a letter or two, or that ``word`` is a shortening of."""
        if len(word) < _FUZZY_FROM:
            return None
        most = 2 if len(word) >= _FUZZY_TWO_FROM else 1
        found: dict[frozenset[Meaning], str] = {}
        for length in range(len(word) - most, len(word) + most + 1):
            for phrase in self._by_length.get(length, ()):
                if within(word, phrase, most):
                    found[frozenset(self._phrases[phrase])] = phrase
        if not found and word not in self._whole:
            for phrases in self._by_length.values():
                for phrase in phrases:
                    if phrase.startswith(word):
                        meant = frozenset(each for each in self._phrases[phrase] if each.sense is Sense.VARIABLE)
                        found.setdefault(meant, phrase)
        return next(iter(found.values())) if len(found) == 1 else None


def _in_plain_letters(phrase: str) -> str:
    """A phrase as systems write it that have no Danish letters and no two for one."""
    for sign, letter in _PLAIN:
        phrase = phrase.replace(sign, letter)
    return phrase


def within(one: str, other: str, most: int) -> bool:
    """Whether two words differ by no more than ``most`` letters: put in, left out, exchanged, or turned round."""
    if abs(len(one) - len(other)) > most:
        return False
    if len(set(one).difference(other)) > most or len(set(other).difference(one)) > most:
        # Each letter that only one of them has is a change of its own: so most words are told apart at once.
        return False
    before: list[int] = []
    row = list(range(len(other) + 1))
    for position, letter in enumerate(one, start=1):
        before, last, row = row, before, [position]
        for place, against in enumerate(other, start=1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != against))
            is_turned = position > 1 and place > 1 and letter == other[place - 2] and one[position - 2] == against
            if is_turned:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
    return row[-1] <= most


@lru_cache(maxsize=2)
def lexicon_of(standard: Standard) -> Lexicon:
    """The words of headers for ``standard``, kept."""
    lexicon = Lexicon(standard)
    words = answer_words()
    asked = [text for question in words.questions if question.variable == VISIT_TYPE for text in question.words]
    lexicon.add_visits(words.answers.get(VISIT_TYPE, {}), asked)
    return lexicon
