"""The examples of a profile: it grows from what must be there, and whoever judges resources says what may stay."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import reduce
from typing import Any, Final, NamedTuple

from ldbu_desktop.standard.profiles import Definitions, Profile
from ldbu_desktop.synthetic.examples.resources import ResourceMaker, Wanted
from ldbu_desktop.synthetic.examples.values import ExampleValues

Resource = Mapping[str, Any]
Faults = Callable[[Profile, Resource], int]
"""How many faults a resource of a profile has, with all that it refers to beside it."""

_Change = Callable[[Wanted], Wanted]

_MOST_TRIES: Final = 600
_MOST_PICKS: Final = 40


class Extent(StrEnum):
    """How much is in an example: what must be, all that may be, or what may be as far as it goes."""

    MINIMAL = "minimal"
    FULL = "full"
    EDGE = "edge"


class ProfileExample(NamedTuple):
    """An example of a profile. A profile of a data type stands in a resource of ``host``; of resources that is the
    profile itself. ``faults`` are how many could not be kept away."""

    profile: Profile
    extent: Extent
    host: Profile
    resource: Resource
    faults: int


class _Host(NamedTuple):
    """The profile of a resource that a profile stands in, and the address there."""

    profile: Profile
    address: str


class ProfileExamples:
    """Makes the examples of profiles."""

    def __init__(self, definitions: Definitions, values: ExampleValues, faults: Faults) -> None:
        self._definitions = definitions
        self._maker = ResourceMaker(definitions, values)
        self._values = values
        self._faults = faults

    def minimal(self, profile: Profile) -> Resource:
        """The least that a resource of a profile can be."""
        search = _Search(self._maker, self._values, self._faults, _Host(profile, profile.type))
        search.mend()
        return search.resource

    def of(self, profile: Profile) -> Iterator[ProfileExample]:
        """The three examples of a profile; none where no resource has it in it."""
        host = self._host(profile)
        if host is None:
            return
        search = _Search(self._maker, self._values, self._faults, host)
        for extent, grow in ((Extent.MINIMAL, search.mend), (Extent.FULL, search.fill), (Extent.EDGE, search.stretch)):
            grow()
            yield ProfileExample(profile, extent, host.profile, search.resource, search.faults)

    def _host(self, profile: Profile) -> _Host | None:
        """Where a profile stands: by itself, or where another profile says so."""
        if profile.kind == "resource":
            return _Host(profile, profile.type)
        for url in self._definitions.files[0].profiles:
            other = self._definitions.profile(url)
            if other is not None and other.kind == "resource":
                for element in other.elements:
                    if any(profile.url in one.profiles for one in element.types) and _stands(other, element.key):
                        return _Host(other, element.key)
        return None


def _stands(profile: Profile, key: str) -> bool:
    """Whether an element may stand in a resource, and all around it."""
    ways = {key.rsplit(".", steps)[0] for steps in range(key.count(".") + 1)}
    return all(element.max != 0 for element in profile.elements if element.key in ways)


class _Search:
    """One example while it grows: what is wanted in it, and how many faults it has so."""

    def __init__(self, maker: ResourceMaker, values: ExampleValues, faults: Faults, host: _Host) -> None:
        self._maker = maker
        self._values = values
        self._judge = faults
        self._host = host
        steps = host.address.split(".")
        self._wanted = Wanted({".".join(steps[:number]): 1 for number in range(2, len(steps) + 1)})
        self._made = maker.made(host.profile, self._wanted)
        self.faults = faults(host.profile, self._made.resource)

    @property
    def resource(self) -> Resource:
        """The example as it is now."""
        return self._made.resource

    def mend(self) -> None:
        """Add or choose until nothing is wrong: rules may ask for more than must be there by itself."""
        tries = 0
        while self.faults and tries < _MOST_TRIES:
            before = self.faults
            for change in list(self._changes()):
                tries += 1
                if self._keeps(change(self._wanted), fewer=True):
                    break
            if self.faults == before:
                return

    def fill(self) -> None:
        """Add each element that may be there, as long as nothing is wrong."""
        seen: set[str] = set()
        while new := [one for one in self._absent() if one not in seen and self._is_inside(one)]:
            seen.update(new)
            self._keep_most([_counted(address, 1) for address in new])

    def stretch(self) -> None:
        """Let each element stand as often as it may, and each value be at its limit."""
        absent = set(self._absent())
        self._keep_most(
            [
                _counted(part.address, most)
                for address, group in self._made.groups.items()
                for part in group.all
                if part.address == address and address not in absent and self._is_inside(address)
                if (most := part.most if part.most > 0 else self._values.repeated) > 1
            ]
        )
        limits = {address: number for address, number in self._made.limits.items() if self._is_inside(address)}
        for at in range(max(limits.values(), default=0)):
            waiting = [one for one, number in limits.items() if at < number and one not in self._wanted.edges]
            self._keep_most([_at_edge(address, at) for address in waiting])

    def _is_inside(self, address: str) -> bool:
        return address.startswith(self._host.address)

    def _absent(self) -> list[str]:
        """The addresses of what may be added."""
        counts = self._wanted.counts
        return [
            address
            for address, group in self._made.groups.items()
            for part in group.all
            if part.address == address and not counts.get(address, part.element.min)
        ]

    def _changes(self) -> Iterator[_Change]:
        """What may help against a fault: another choice, or something more."""
        for address, number in self._made.choices.items():
            for at in range(min(number, _MOST_PICKS)):
                yield _picked(address, at)
        yield from (_counted(address, 1) for address in self._absent())

    def _keep_most(self, changes: Sequence[_Change]) -> None:
        """Make those changes by which nothing becomes worse: all at once where that goes, else half by half."""
        if not changes or self._keeps(reduce(lambda wanted, change: change(wanted), changes, self._wanted)):
            return
        if len(changes) > 1:
            self._keep_most(changes[: len(changes) // 2])
            self._keep_most(changes[len(changes) // 2 :])

    def _keeps(self, wanted: Wanted, *, fewer: bool = False) -> bool:
        """Try what is wanted, and keep it if nothing becomes worse; with ``fewer``, if something becomes better."""
        made = self._maker.made(self._host.profile, wanted)
        faults = self._judge(self._host.profile, made.resource)
        if faults >= self.faults if fewer else faults > self.faults:
            return False
        self._wanted, self._made, self.faults = wanted, made, faults
        return True


def _counted(address: str, number: int) -> _Change:
    return lambda wanted: replace(wanted, counts={**wanted.counts, address: number})


def _at_edge(address: str, at: int) -> _Change:
    return lambda wanted: replace(wanted, edges={**wanted.edges, address: at})


def _picked(address: str, at: int) -> _Change:
    return lambda wanted: replace(wanted, picks={**wanted.picks, address: at})
