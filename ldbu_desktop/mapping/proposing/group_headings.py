"""Headers that stand below the names of groups: "Contact details" above a weight says nothing of the weight.

A group's name may tell what its columns are (whose, of which visit), or may distract. So each header is
read with its groups and by itself, and what only the header by itself says is never more than likely.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ldbu_desktop.mapping.proposing.headings import Candidate, Heading, Headings, Words
from ldbu_desktop.mapping.proposing.lexicon import synonyms

_PREFIX = re.compile(r"(?P<group>[^\W\d_][^.:|>/\\\[\]()]*?)\s*(?:[.:|>/\\\[]|\s[-–]\s)\s*(?P<own>[^\W\d_].*)")
"""A group that is written before the header: "Visit.Date", "Visit: date", "Visit[Date]", "Visit - date"."""
_FEWEST_OF_GROUP = 2


class GroupedHeader(NamedTuple):
    """A header, and the names that stand above it, the uppermost first."""

    groups: tuple[str, ...]
    own: str


def grouped_headings(
    headings: Headings, headers: Sequence[str], groups: Sequence[GroupedHeader | None]
) -> list[Heading]:
    """What each header says together with its groups; ``groups`` are those of headers in several rows."""
    known = list(groups) if any(groups) else _by_prefix(headers)
    known += [None] * (len(headers) - len(known))
    return [_read(headings, header, group) for header, group in zip(headers, known, strict=True)]


def _by_prefix(headers: Sequence[str]) -> list[GroupedHeader | None]:
    """The groups that several headers of one row begin with."""
    found = [_PREFIX.fullmatch(header.strip()) for header in headers]
    counted = Counter(each["group"].casefold() for each in found if each)
    return [
        GroupedHeader((each["group"],), each["own"].rstrip("]"))
        if each and counted[each["group"].casefold()] >= _FEWEST_OF_GROUP
        else None
        for each in found
    ]


def _read(headings: Headings, header: str, group: GroupedHeader | None) -> Heading:
    if group is None:
        return headings.read(header)
    whole, own = headings.read(header), headings.read(group.own)
    if own.candidates and whole.other and _distracts(headings, whole, group):
        return replace(whole, other="", candidates=_likely(own.candidates), parts=own.parts)
    named = {(each.variable, each.part) for each in whole.candidates}
    more = [each for each in own.candidates if each.words is Words.ONE and (each.variable, each.part) not in named]
    return replace(whole, candidates=(*whole.candidates, *_likely(more))) if whole.candidates and more else whole


def _distracts(headings: Headings, whole: Heading, group: GroupedHeader) -> bool:
    """Whether it is a group alone that names something else, and that tells only where it is kept in a journal."""
    said = {headings.read(name).other for name in group.groups} - {""}
    return said <= set(synonyms().kept_with) and whole.other in synonyms().kept_with


def _likely(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    return tuple(replace(each, words=Words.LIKE) for each in candidates)
