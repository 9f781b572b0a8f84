"""What stands instead of a header that may be somebody's: it names nobody, and says of its column what that said."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import chain, islice, product
from typing import Final, NamedTuple

from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.mapping.columns import header_key
from ldbu_desktop.mapping.links import Part
from ldbu_desktop.mapping.proposing.headings import Heading, Headings
from ldbu_desktop.mapping.proposing.lexicon import KEPT, Meaning, Piece, lexicon_of
from ldbu_desktop.pseudonyms.known_words import KnownWords
from ldbu_desktop.pseudonyms.secret import Secret

_DIGITS = re.compile(r"\d+")
_TRIED: Final = 400
"""Texts that are tried for one header."""
_OF_A_WORD: Final = 40
_OF_A_PIECE: Final = 6
_LONGEST: Final = 160
"""A header of so many letters is none that is read."""


class _Said(NamedTuple):
    """What a text says: how a header is read and, where it is to name a variable, whose name it is nearest to."""

    heading: Heading
    nearest: str | None


class HeaderStandIns:
    """Finds what stands instead of headers; ``taken`` has the keys of those that stay or stand elsewhere."""

    def __init__(self, rules: RuleBook, secret: Secret, words: KnownWords, taken: Container[str]) -> None:
        self._rules, self._lexicon = rules, lexicon_of(rules.standard)
        self._headings = Headings(self._lexicon)
        self._secret, self._words, self._taken = secret, words, taken
        self._made: dict[tuple[str, _Said], str] = {}
        self._given: set[str] = set()
        self._like = lru_cache(maxsize=KEPT)(self._words_like)

    def of(self, text: str, plain: str) -> str:
        """What stands instead of a header: the same for the same, another for another.

        ``plain`` is a name that tells nothing, where nothing else will do.
        """
        return self._of(text, plain, self._header_said)

    def of_name(self, text: str, plain: str) -> str:
        """What stands instead of the name of a variable: read as a header is, and misspelt of the same, if of any."""
        return self._of(text, plain, self._name_said)

    def parts_named(self, text: str) -> frozenset[Part]:
        """The parts of a record that a header may name."""
        return frozenset(one.part for one in self._headings.read(text).candidates)

    def _of(self, text: str, plain: str, read: Callable[[str], _Said]) -> str:
        said = read(text)
        key = header_key(text), said
        if key not in self._made:
            candidates = chain(self._candidates(text), self._misspelt(text, said.nearest))
            fitting = (one for one in islice(candidates, _TRIED) if self._is_free(one, text) and read(one) == said)
            self._made[key] = next(fitting, plain)
            self._given.add(header_key(self._made[key]))
        return self._made[key]

    def _is_free(self, one: str, text: str) -> bool:
        other = header_key(one)
        return other not in self._given and other not in self._taken and other != header_key(text)

    def _header_said(self, text: str) -> _Said:
        return _Said(replace(self._headings.read(text), text=""), None)

    def _name_said(self, text: str) -> _Said:
        return self._header_said(text)._replace(nearest=self._rules.nearest_variable(text))

    def _misspelt(self, text: str, variable: str | None) -> Iterator[str]:
        """Names of a variable with letters behind that nobody knows, more and more of them."""
        if variable is not None:
            more = self._secret.unknown_word("".join(filter(str.isalpha, text)).lower())
            names = self._rules.variable_names(variable)
            yield from (f"{name}{more[:length]}" for length in range(1, len(more) + 1) for name in names)

    def _candidates(self, text: str) -> Iterator[str]:
        if len(text) > _LONGEST:
            return
        if self._words.has_many_digits(text):
            text = _DIGITS.sub(lambda digits: self._secret.like(digits[0]), text)
        unknown = self._words.unknown_in(text)
        in_other_letters = [self._secret.unknown_word(text[begin:end]) for begin, end in unknown]
        yield _with(text, unknown, in_other_letters)
        likes = [self._like(text[begin:end]) for begin, end in unknown]
        for made in product(*((*like, other) for like, other in zip(likes, in_other_letters, strict=True))):
            yield _with(text, unknown, made)
        yield from self._of_pieces(text)

    def in_other_letters(self, text: str) -> str:
        """A text with other letters where its words are not known: the same for the same."""
        unknown = self._words.unknown_in(text)
        return _with(text, unknown, [self._secret.unknown_word(text[begin:end]) for begin, end in unknown])

    def _of_pieces(self, text: str) -> Iterator[str]:
        """Known words for all that a header is made of, where words mean something together only."""
        pieces = map(self._spelt, self._lexicon.pieces(text))
        return (_cased(" ".join(parts), text) for parts in product(*pieces))

    def _spelt(self, piece: Piece) -> tuple[str, ...]:
        """Known words, whole, shortened or misspelt, that mean what a piece does."""
        spelt = (one for phrase in self._phrases(piece) for one in _spellings(phrase))
        said = [(piece.meanings, piece.is_like)]
        return tuple(islice((one for one in islice(spelt, _TRIED) if self._meant(one) == said), _OF_A_PIECE))

    def _phrases(self, piece: Piece) -> tuple[str, ...]:
        """Known words that mean what a piece does; other letters of one that means nothing, but for one alone."""
        if piece.meanings:
            each = (phrase for one in sorted(piece.meanings) for phrase in self._lexicon.phrases_of(frozenset((one,))))
            return self._lexicon.phrases_of(piece.meanings) or tuple(each)
        word = "".join(piece.words)
        return (word if len(word) == 1 else self._secret.unknown_word(word),)

    def _words_like(self, word: str) -> tuple[str, ...]:
        """Known words, whole, shortened or misspelt, that mean what a word does."""
        said = self._meant(word)
        if not any(meanings for meanings, _ in said):
            return ()
        phrases = map(self._phrases, self._lexicon.pieces(word))
        made = (_cased("".join(parts), word) for parts in product(*phrases))
        spelt = (one for whole in made for one in _spellings(whole))
        others = (one for one in islice(spelt, _TRIED) if one.casefold() != word.casefold())
        return tuple(islice(dict.fromkeys(one for one in others if self._meant(one) == said), _OF_A_WORD))

    def _meant(self, word: str) -> list[tuple[frozenset[Meaning], bool]]:
        return [(piece.meanings, piece.is_like) for piece in self._lexicon.pieces(word)]


def _with(text: str, places: list[tuple[int, int]], words: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """A text with other words in some places."""
    told, at = [], 0
    for (begin, end), word in zip(places, words, strict=True):
        told += [text[at:begin], word]
        at = end
    return "".join((*told, text[at:]))


def _spellings(word: str) -> Iterator[str]:
    """A word, with a slip in it, and shortened."""
    yield word
    yield f"{word}{word[-1:]}"
    yield from (f"{word[:at]}{word[at - 1]}{word[at:]}" for at in range(2, len(word)))
    yield from (word[:length] for length in range(len(word) - 1, 2, -1))


def _cased(made: str, word: str) -> str:
    """A word in the case of another."""
    return made.upper() if word.isupper() else made.capitalize() if word[:1].isupper() else made
