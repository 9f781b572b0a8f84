"""A journal as pieces: what has not changed is not written again, and an earlier state is read by what differs.

The root piece names the families in order and the journal's lists; a family's piece names its visits. A piece is never
changed, so that every state that a step remembers stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import compress, count, islice
from operator import attrgetter, is_not
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ldbu_desktop.account import Account
from ldbu_desktop.casefile.encoding import decoded, encoded
from ldbu_desktop.journal.many_values import without_collector
from ldbu_desktop.journal.model import (
    Acceptance,
    DeliveryReport,
    Family,
    Intervention,
    Journal,
    Note,
    Observation,
    QuestionnaireResponse,
    SourceFile,
    Visit,
)

Put = Callable[[bytes], int]
"""Adds a piece and gives its id."""
Get = Callable[[Collection[int]], Iterable[tuple[int, bytes]]]
"""Some pieces with their ids, in any order."""

Listed = TypeVar("Listed")


class _Unplaced(Struct, frozen=True):
    """One record without a visit, of whichever kind it is."""

    observation: Observation | None = None
    intervention: Intervention | None = None
    response: QuestionnaireResponse | None = None


class _FamilyPiece(Struct, frozen=True):
    family: Family
    visits: tuple[int, ...]
    unplaced: tuple[_Unplaced, ...]


_NO_PIECE = 0
"""No piece has this number."""

_NOTHING_READ = Account()


class _Root(Struct, frozen=True):
    """``families`` are the pieces of the families: as bytes, since there may be thousands."""

    system: str
    families: bytes
    reports: int
    notes: int
    sources: int
    account: int = _NO_PIECE
    accepted: int = _NO_PIECE


class _Lists(NamedTuple):
    """The journal's lists with the pieces that they are in."""

    reports: tuple[tuple[DeliveryReport, ...], int]
    notes: tuple[tuple[Note, ...], int]
    sources: tuple[tuple[SourceFile, ...], int]
    account: tuple[tuple[Account, ...], int]
    accepted: tuple[tuple[Acceptance, ...], int]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A family with its piece and those of its visits."""

    family: Family
    piece: int
    visits: tuple[int, ...]

    @property
    def pieces(self) -> tuple[int, ...]:
        """All of its pieces."""
        return (self.piece, *self.visits)


_PIECE = attrgetter("piece")


@dataclass(frozen=True, slots=True)
class StoredJournal:
    """A journal as it stands in the case file, and the pieces that it is made of.

    ``replaced`` are the pieces that the state before had and this one has not. No two families share a piece.
    """

    journal: Journal
    piece: int
    replaced: frozenset[int]
    _root: _Root
    _families: tuple[_Kept, ...]
    _lists: _Lists


# --- written


def written(journal: Journal, before: StoredJournal | None, put: Put) -> StoredJournal:
    """The state that is ``journal``: what is not as it was ``before`` becomes new pieces.

    A record that is another object but says the same to the digit is as it was.
    """
    families, gone = _families(journal.families, before, put)
    reports, notes, sources, account, accepted = before._lists if before is not None else (None,) * 5
    lists = _Lists(
        _listed(journal.reports, reports, put),
        _listed(journal.notes, notes, put),
        _listed(journal.sources, sources, put),
        _account(journal.account, account, put),
        _accepted(journal.accepted, accepted, put),
    )
    numbers = msgspec.msgpack.encode([*map(_PIECE, families)])
    root = _Root(journal.system, numbers, *(piece for _, piece in lists))
    if before is None:
        return StoredJournal(journal, put(encoded(root)), frozenset(), root, families, lists)
    if root == before._root:
        return StoredJournal(journal, before.piece, frozenset(), root, families, lists)
    gone |= {piece for _, piece in before._lists}.difference((_NO_PIECE, *(piece for _, piece in lists)))
    return StoredJournal(journal, put(encoded(root)), frozenset({before.piece} | gone), root, families, lists)


def _listed(
    records: tuple[Listed, ...], before: tuple[tuple[Listed, ...], int] | None, put: Put
) -> tuple[tuple[Listed, ...], int]:
    if before is not None and records is before[0]:
        return before
    data = encoded(records)
    if before is not None and data == encoded(before[0]):
        return records, before[1]
    return records, put(data)


def _accepted(
    accepted: tuple[Acceptance, ...], before: tuple[tuple[Acceptance, ...], int] | None, put: Put
) -> tuple[tuple[Acceptance, ...], int]:
    """What is accepted of whole files, in a piece of its own; none where nothing is."""
    if not accepted:
        return (), _NO_PIECE
    return _listed(accepted, before if before is not None and before[0] else None, put)


def _account(
    account: Account, before: tuple[tuple[Account, ...], int] | None, put: Put
) -> tuple[tuple[Account, ...], int]:
    """The account in a piece of its own; none for a journal that nothing was read into."""
    if account == _NOTHING_READ:
        return (), _NO_PIECE
    if before is not None and before[0] and before[0][0] is account:
        return before
    return _listed((account,), before if before is not None and before[0] else None, put)


def _families(
    families: tuple[Family, ...], before: StoredJournal | None, put: Put
) -> tuple[tuple[_Kept, ...], set[int]]:
    """The families with their pieces, and the pieces from ``before`` that none of them has any more."""
    earlier, known = (before.journal.families, before._families) if before is not None else ((), ())
    shorter = min(len(families), len(earlier))
    first = _alike(families, earlier, shorter)
    last = _alike(reversed(families), reversed(earlier), shorter - first)
    others = known[first : len(known) - last]
    kept = tuple(_Changes(others, put).kept(families[first : len(families) - last]))
    gone = {piece for one in others for piece in one.pieces}.difference(piece for one in kept for piece in one.pieces)
    return known[:first] + kept + known[len(known) - last :], gone


def _alike(families: Iterable[Family], earlier: Iterable[Family], most: int) -> int:
    """How many families are the same objects before the first that is not: told in C, since there may be thousands."""
    return next(compress(count(), map(is_not, islice(families, most), earlier)), most)


class _Changes:
    """Writes those families and visits that are others than before. What a family was is told once."""

    def __init__(self, before: tuple[_Kept, ...], put: Put) -> None:
        self._put = put
        self._same: dict[int, list[_Kept]] = {}
        for kept in before:
            self._same.setdefault(id(kept.family), []).append(kept)

    def kept(self, families: tuple[Family, ...]) -> list[_Kept]:
        """The families with their pieces."""
        found = [same.pop() if (same := self._same.get(id(family))) else None for family in families]
        by_key = {kept.family.key: kept for left in self._same.values() for kept in left}
        return [
            kept or self._written(family, by_key.pop(family.key, None))
            for family, kept in zip(families, found, strict=True)
        ]

    def _written(self, family: Family, before: _Kept | None) -> _Kept:
        visits = tuple(self._visits(family, before))
        data = _family_bytes(family, visits)
        if before is not None and visits == before.visits and data == _family_bytes(before.family, before.visits):
            return _Kept(family, before.piece, visits)
        return _Kept(family, self._put(data), visits)

    def _visits(self, family: Family, before: _Kept | None) -> Iterator[int]:
        earlier = tuple(zip(before.family.visits, before.visits, strict=True)) if before is not None else ()
        same = {id(visit): piece for visit, piece in earlier}
        by_key = {visit.key: (visit, piece) for visit, piece in earlier}
        for visit in family.visits:
            piece = same.get(id(visit))
            if piece is None:
                data = encoded(visit)
                was = by_key.get(visit.key)
                # What is not equal is not alike to the digit either, and this is told without writing it down.
                is_alike = was is not None and was[0] == visit and encoded(was[0]) == data
                piece = was[1] if was is not None and is_alike else self._put(data)
            yield piece


def _family_bytes(family: Family, visits: tuple[int, ...]) -> bytes:
    unplaced = tuple(map(_unplaced, family.unplaced))
    return encoded(_FamilyPiece(replace(family, visits=(), unplaced=()), visits, unplaced))


def _unplaced(record: Observation | Intervention | QuestionnaireResponse) -> _Unplaced:
    if isinstance(record, Observation):
        return _Unplaced(observation=record)
    if isinstance(record, Intervention):
        return _Unplaced(intervention=record)
    return _Unplaced(response=record)


# --- read


def read(piece: int, get: Get, known: StoredJournal | None = None) -> StoredJournal:
    """The state that hangs on ``piece``; what it has in common with ``known`` are the same objects."""
    ((_, data),) = get([piece])
    root = decoded(data, _Root)
    reader = _Reader(get, known)
    with without_collector() if known is None else nullcontext():
        families = reader.families(msgspec.msgpack.decode(root.families, type=tuple[int, ...]))
    reports, notes, sources, account, accepted = known._lists if known is not None else (None,) * 5
    lists = _Lists(
        reader.listed(root.reports, reports, tuple[DeliveryReport, ...]),
        reader.listed(root.notes, notes, tuple[Note, ...]),
        reader.listed(root.sources, sources, tuple[SourceFile, ...]),
        reader.listed(root.account, account, tuple[Account, ...]) if root.account != _NO_PIECE else ((), _NO_PIECE),
        reader.listed(root.accepted, accepted, tuple[Acceptance, ...])
        if root.accepted != _NO_PIECE
        else ((), _NO_PIECE),
    )
    journal = Journal(
        tuple(kept.family for kept in families),
        lists.reports[0],
        lists.notes[0],
        lists.sources[0],
        root.system,
        lists.account[0][0] if lists.account[0] else _NOTHING_READ,
        lists.accepted[0],
    )
    return StoredJournal(journal, piece, frozenset(), root, families, lists)


class _Reader:
    def __init__(self, get: Get, known: StoredJournal | None) -> None:
        self._get = get
        known_families = known._families if known is not None else ()
        self._families = dict(zip(map(_PIECE, known_families), known_families, strict=True))

    def families(self, pieces: Sequence[int]) -> tuple[_Kept, ...]:
        """The families of these pieces. What has to be read is read all at once: in the order that it lies there."""
        found = self._read([piece for piece in pieces if piece not in self._families], _FamilyPiece)
        others = map(self._families.__getitem__, self._families.keys() - pieces)
        known = {piece: visit for kept in others for visit, piece in zip(kept.family.visits, kept.visits, strict=True)}
        of_visits = [piece for family in found.values() for piece in family.visits if piece not in known]
        known |= self._read(of_visits, Visit)
        for piece, one in found.items():
            unplaced = tuple(record.observation or record.intervention or record.response for record in one.unplaced)
            visits = tuple(map(known.__getitem__, one.visits))
            family = replace(one.family, visits=visits, unplaced=unplaced)
            self._families[piece] = _Kept(family, piece, one.visits)
        return tuple(self._families[piece] for piece in pieces)

    def _read(self, pieces: Collection[int], kind: type[Listed]) -> dict[int, Listed]:
        return {piece: decoded(data, kind) for piece, data in self._get(pieces)}

    def listed(
        self, piece: int, known: tuple[tuple[Listed, ...], int] | None, kind: type[tuple[Listed, ...]]
    ) -> tuple[tuple[Listed, ...], int]:
        if known is not None and known[1] == piece:
            return known
        return self._read([piece], kind)[piece], piece


# --- rescued


class Salvage(NamedTuple):
    """A journal of what was whole, and how much was not: families, visits of those that are whole, and lists.

    ``is_latest``: it is the journal as it was last, without what was lost. Else it may be an earlier state, or one that
    was undone, or all families that were found where nothing says which of them belong together.
    """

    journal: Journal
    lost_families: int
    lost_visits: int
    lost_lists: int
    is_latest: bool

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost."""
        return self.is_latest and not (self.lost_families or self.lost_visits or self.lost_lists)


def salvaged(pieces: Mapping[int, bytes], current: int | None, roots: Sequence[int]) -> Salvage | None:
    """What is whole of the state that hangs on ``current``, else of the first of ``roots`` that is whole, else of all.

    None where there is nothing. A piece that makes no sense is as good as none.
    """
    salvager = _Salvager(pieces)
    for root in roots if current is None else (current, *roots):
        if (found := salvager.piece(root, _Root)) is not None:
            return salvager.of_root(found, is_latest=root == current)
    return salvager.of_all_families()


class _Salvager:
    def __init__(self, pieces: Mapping[int, bytes]) -> None:
        self._pieces = pieces
        self._lost_visits = self._lost_lists = 0

    def piece(self, number: int, kind: type[Listed]) -> Listed | None:
        """A piece; None where it is not there or makes no sense."""
        try:
            return decoded(self._pieces[number], kind)
        except MemoryError:
            raise
        except Exception:
            return None

    def of_root(self, root: _Root, *, is_latest: bool) -> Salvage:
        """What is whole of a state."""
        numbers = msgspec.msgpack.decode(root.families, type=tuple[int, ...])
        families = [family for number in numbers if (family := self._family(number)) is not None]
        account = self._list(root.account, tuple[Account, ...]) if root.account != _NO_PIECE else ()
        journal = Journal(
            tuple(families),
            self._list(root.reports, tuple[DeliveryReport, ...]),
            self._list(root.notes, tuple[Note, ...]),
            self._list(root.sources, tuple[SourceFile, ...]),
            root.system,
            account[0] if account else _NOTHING_READ,
        )
        return Salvage(journal, len(numbers) - len(families), self._lost_visits, self._lost_lists, is_latest)

    def of_all_families(self) -> Salvage | None:
        """The latest of each family that is there."""
        latest = {family.key: family for number in sorted(self._pieces) if (family := self._family(number)) is not None}
        if not latest:
            return None
        self._lost_visits = 0  # of the same family several times, perhaps
        return Salvage(Journal(tuple(latest.values())), 0, 0, 0, is_latest=False)

    def _family(self, number: int) -> Family | None:
        found = self.piece(number, _FamilyPiece)
        if found is None:
            return None
        visits = [visit for one in found.visits if (visit := self.piece(one, Visit)) is not None]
        self._lost_visits += len(found.visits) - len(visits)
        unplaced = tuple(one.observation or one.intervention or one.response for one in found.unplaced)
        return replace(found.family, visits=tuple(visits), unplaced=unplaced)

    def _list(self, number: int, kind: type[tuple[Listed, ...]]) -> tuple[Listed, ...]:
        found = self.piece(number, kind)
        if found is None:
            self._lost_lists += 1
            return ()
        return found
