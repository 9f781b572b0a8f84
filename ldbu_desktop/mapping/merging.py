"""Several journals as one: a citizen who is in two files is one citizen, and two who only share a key are two.

Keys are unique within a file and need not be between files. A citizen with the same key and no other CPR number is the
same; every other key that comes again gets a number after it, and is told. Two citizens with one key know of each
other: a delivery names people by their keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from ldbu_desktop.account import joined
from ldbu_desktop.journal.model import (
    Citizen,
    DeliveryReport,
    Entry,
    Family,
    Journal,
    Note,
    Origin,
    SourceFile,
    Visit,
)
from ldbu_desktop.journal.records import OneKind
from ldbu_desktop.mapping.contradictions import contradicted, united


def merged(journals: Sequence[Journal], sources: tuple[SourceFile, ...]) -> Journal:
    """One journal of all, read from ``sources``."""
    if len(journals) == 1:
        return replace(journals[0], sources=sources)
    merging = _Merging()
    for journal in journals:
        merging.add(journal)
    return Journal(
        tuple(merging.families.values()),
        tuple(merging.reports),
        tuple(merging.notes),
        sources,
        account=joined(journal.account for journal in journals),
    )


class _Keys:
    """The keys of one kind of record that are taken, and the new ones that one journal's records get."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}
        self.renamed: dict[str, str] = {}

    def begin(self, keys: Iterable[str]) -> None:
        """Find new keys for those of a journal that are taken already."""
        coming = list(keys)
        self.renamed = {}
        for key in coming:
            if key in self._taken:
                number = self._numbers.get(key, 2)
                while (new := f"{key} ({number})") in self._taken:
                    number += 1
                self._numbers[key] = number
                self.renamed[key] = new
        self._taken.update(self.renamed.get(key, key) for key in coming)

    def of(self, key: str) -> str:
        """The key that a record has now."""
        return self.renamed.get(key, key)

    def entry(self, entry: Entry[str]) -> Entry[str]:
        """A reference to a record, by the key that it has now."""
        new = self.renamed.get(entry.value or "")
        return entry if new is None else replace(entry, value=new)


class _Merging:
    def __init__(self) -> None:
        self.families: dict[int, Family] = {}
        self.reports: list[DeliveryReport] = []
        self.notes: list[Note] = []
        self._places = 0
        self._home: dict[str, int] = {}
        self._citizens: dict[str, Citizen] = {}
        self._strangers: dict[str, Citizen] = {}
        self._citizen_keys, self._visit_keys, self._record_keys = _Keys(), _Keys(), _Keys()

    def add(self, journal: Journal) -> None:
        """Put one more journal to those before."""
        coming = [citizen for family in journal.families for citizen in family.citizens]
        self._citizen_keys.begin(citizen.key for citizen in coming if not self._is_known(citizen))
        self._tell_strangers(coming)
        self._visit_keys.begin(visit.key for family in journal.families for visit in family.visits)
        self._record_keys.begin(key for family in journal.families for key in _record_keys(family))
        self.notes += journal.notes
        for family in journal.families:
            self.notes += self._told(family)
            self._place(self._renamed(family))
        self.reports += (
            replace(report, visits=tuple(map(self._visit_keys.of, report.visits))) for report in journal.reports
        )

    def _is_known(self, citizen: Citizen) -> bool:
        known = self._citizens.get(citizen.key)
        return known is not None and (
            known.cpr.value is None or citizen.cpr.value is None or known.cpr.value == citizen.cpr.value
        )

    def _tell_strangers(self, coming: Sequence[Citizen]) -> None:
        """Keep with both that two people have one key: nobody knows which of them is meant where it stands alone."""
        self._strangers = {}
        for citizen in coming:
            if citizen.key in self._citizen_keys.renamed:
                known = self._citizens[citizen.key]
                self._strangers[citizen.key] = contradicted(citizen, known)
                self._replace(contradicted(known, citizen))

    def _replace(self, citizen: Citizen) -> None:
        """Have ``citizen`` for who has the key so far."""
        self._citizens[citizen.key] = citizen
        home = self._home[citizen.key]
        family = self.families[home]
        citizens = tuple(citizen if each.key == citizen.key else each for each in family.citizens)
        self.families[home] = replace(family, citizens=citizens)

    def _told(self, family: Family) -> Iterator[Note]:
        """Tell what gets another key."""
        for keys, records in ((self._citizen_keys, family.citizens), (self._visit_keys, family.visits)):
            for record in records:
                if record.key in keys.renamed:
                    yield _note(record.key, record.origin)
        for key, origin in _recorded(family):
            if key in self._record_keys.renamed:
                yield _note(key, origin)

    def _place(self, family: Family) -> None:
        """Put a family to the families that some of its citizens are in already, or at the end."""
        homes = sorted({self._home[citizen.key] for citizen in family.citizens if citizen.key in self._home})
        place = homes[0] if homes else self._places
        self._places += 1
        united = _united([*(self.families[home] for home in homes), family])
        self.families[place] = united
        for home in homes[1:]:
            del self.families[home]
        for citizen in united.citizens:
            self._home[citizen.key] = place
            self._citizens[citizen.key] = citizen

    # --- new keys -----------------------------------------------------------------------------------------------------

    def _renamed(self, family: Family) -> Family:
        """A family by the keys that its records have now."""
        people, visits, records = self._citizen_keys, self._visit_keys, self._record_keys
        if not (people.renamed or visits.renamed or records.renamed):
            return family
        citizens = tuple(
            replace(self._strangers.get(citizen.key, citizen), key=people.of(citizen.key))
            for citizen in family.citizens
        )
        parenthoods = tuple(
            replace(related, parent=people.entry(related.parent), child=people.entry(related.child))
            for related in family.parenthoods
        )
        return replace(
            family,
            key=people.of(family.key),
            citizens=citizens,
            parenthoods=parenthoods,
            visits=tuple(map(self._visit, family.visits)),
            unplaced=tuple(self._record(record) for record in family.unplaced),
        )

    def _visit(self, visit: Visit) -> Visit:
        return replace(
            visit,
            key=self._visit_keys.of(visit.key),
            subject=self._citizen_keys.entry(visit.subject),
            based_on=tuple(map(self._record_keys.entry, visit.based_on)),
            observations=tuple(map(self._record, visit.observations)),
            interventions=tuple(map(self._record, visit.interventions)),
            responses=tuple(map(self._record, visit.responses)),
        )

    def _record(self, record: OneKind) -> OneKind:
        return replace(record, key=self._record_keys.of(record.key), subject=self._citizen_keys.entry(record.subject))


def _note(key: str, origin: Origin) -> Note:
    return Note("file-duplicate-key", origin, raw=key, facts={"key": key})


def _recorded(family: Family) -> Iterator[tuple[str, Origin]]:
    for visit in family.visits:
        yield from ((record.key, record.origin) for record in visit.observations)
        yield from ((record.key, record.origin) for record in visit.interventions)
        yield from ((record.key, record.origin) for record in visit.responses)
    yield from ((record.key, record.origin) for record in family.unplaced)


def _record_keys(family: Family) -> Iterator[str]:
    return (key for key, _ in _recorded(family))


def _united(families: Sequence[Family]) -> Family:
    """Families that have citizens in common, as one: each citizen, parenthood and school once, all visits."""
    if len(families) == 1:
        return families[0]
    citizens: dict[str, Citizen] = {}
    for family in families:
        for citizen in family.citizens:
            before = citizens.get(citizen.key)
            citizens[citizen.key] = citizen if before is None else united(before, citizen)
    related = {(one.parent.value, one.child.value): one for family in reversed(families) for one in family.parenthoods}
    schools = {school.key: school for family in reversed(families) for school in family.schools}
    return Family(
        families[0].key,
        tuple(citizens.values()),
        tuple(related.values()),
        tuple(schools.values()),
        tuple(visit for family in families for visit in family.visits),
        tuple(record for family in families for record in family.unplaced),
    )
