"""All findings of a journal, and what follows from them: counts, causes, and which visits can be delivered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import chain
from operator import itemgetter

from ldbu_desktop.findings.acceptance import Sifted, sifted
from ldbu_desktop.findings.catalogue import finding_types, tells_unfinished, type_of
from ldbu_desktop.findings.causes import Cause, causes, worst_of
from ldbu_desktop.findings.checks.rule_book import RuleBook
from ldbu_desktop.findings.checks.scopes import JournalContext, journal_context
from ldbu_desktop.findings.layers import with_others
from ldbu_desktop.findings.model import Accepted, Finding, Severity
from ldbu_desktop.findings.run import JudgedFamily
from ldbu_desktop.journal.model import Acceptance, Journal
from ldbu_desktop.standard.model import Standard


class FamilyFindings:
    """The findings of one family, or of those in several files that have the same key, with visits told apart."""

    def __init__(self, judged: tuple[JudgedFamily, ...]) -> None:
        self.judged = judged

    @property
    def all(self) -> tuple[Finding, ...]:
        """The findings of the family itself first, then visit by visit, but for those that are accepted."""
        return self.sifted.left

    @cached_property
    def sifted(self) -> Sifted:
        """The findings apart from those that are accepted."""
        found: list[Finding] = []
        for each in self.judged:
            found.extend(each.about)
            for of_visit in each.visits:
                found.extend(of_visit)
        families = [each.family for each in self.judged]
        return sifted(found, [one for family in families for one in family.accepted], families)

    @cached_property
    def by_visit(self) -> dict[str, tuple[Finding, ...]]:
        """The findings at each visit; those at the family itself stand under an empty key."""
        groups: dict[str, list[Finding]] = {}
        for finding in self.all:
            groups.setdefault(finding.location.visit, []).append(finding)
        return {visit: tuple(members) for visit, members in groups.items()}

    @cached_property
    def by_record(self) -> dict[str, tuple[Finding, ...]]:
        """The findings at each record, by its key."""
        groups: dict[str, list[Finding]] = {}
        for finding in self.all:
            groups.setdefault(finding.location.record, []).append(finding)
        return {record: tuple(members) for record, members in groups.items()}

    @cached_property
    def rejected_count(self) -> int:
        """How many of the visits can't be delivered."""
        return len(self.rejected)

    @cached_property
    def rejected(self) -> frozenset[str]:
        """The visits that can't be delivered."""
        if not self._obstacles:
            return frozenset()
        visits = (visit.key for each in self.judged for visit in each.family.visits)
        return frozenset(visit for visit in visits if self.is_blocked(visit, send_anyway=False))

    @cached_property
    def unfinished(self) -> frozenset[str]:
        """The visits that are not over yet."""
        return frozenset(finding.location.visit for finding in self.all if tells_unfinished(finding))

    @cached_property
    def _obstacles(self) -> dict[str, tuple[tuple[int, Finding], ...]]:
        """What blocks, with its place among all: by the visit that it blocks, under an empty key the whole family.

        A visit that is based on another's intervention is sent with that, and so is blocked with it.
        """
        if not self.all:
            return {}
        groups: dict[str, list[tuple[int, Finding]]] = {}
        based = self._based_on
        for place, finding in enumerate(self.all):
            blocks = type_of(finding).blocks
            if blocks in ("visit", "family"):
                at = finding.location
                blocked = {""} if blocks == "family" else {at.visit, *based.get(at.record, ())}
                for visit in blocked:
                    groups.setdefault(visit, []).append((place, finding))
        return {visit: tuple(members) for visit, members in groups.items()}

    @property
    def _based_on(self) -> dict[str, list[str]]:
        """The visits that are based on an intervention, by its key."""
        visits: dict[str, list[str]] = {}
        for each in self.judged:
            for visit in each.family.visits:
                for entry in visit.based_on:
                    if entry.value:
                        visits.setdefault(entry.value, []).append(visit.key)
        return visits

    def _blocking(self, visit: str, *, send_anyway: bool) -> Iterator[tuple[int, Finding]]:
        for place, finding in chain(self._obstacles.get("", ()), self._obstacles.get(visit, ()) if visit else ()):
            if not (send_anyway and type_of(finding).may_be_sent_anyway):
                yield place, finding

    @property
    def has_obstacles(self) -> bool:
        """Whether something is in the way of a visit, or of all."""
        return bool(self._obstacles)

    def is_blocked(self, visit: str, *, send_anyway: bool) -> bool:
        """Whether a visit can't be delivered."""
        return bool(self._obstacles) and any(True for _ in self._blocking(visit, send_anyway=send_anyway))

    def obstacles(self, visit: str, *, send_anyway: bool) -> tuple[Finding, ...]:
        """The rejecting findings for which a visit is not delivered, in their order."""
        found = sorted(self._blocking(visit, send_anyway=send_anyway), key=itemgetter(0))
        return tuple(finding for _, finding in found)


def _codes(findings: Iterable[Finding]) -> Iterator[str]:
    return (finding.code for finding in findings)


_NO_FINDINGS = FamilyFindings(())

FEW_FINDINGS = 1000
"""Of so many findings the causes are worked out while nobody notices."""


class Findings:
    """All findings of one journal: a value, replaced as a whole after an edit, and while families are checked.

    It is made with those of files and reports as a whole; ``by_family`` are the rest by the key of the family, and
    ``family_of_visit`` has the keys of all visits in the order of the file. ``judged_last`` are the families that an
    edit had judged again, or all. ``unchecked`` are the families of which nothing is known yet: they have no findings,
    and none of their visits is ready or rejected. Where these are only what is new, ``whole`` are all findings: they
    say which visits are ready.
    """

    def __init__(
        self,
        journal: Journal,
        rules: RuleBook,
        context: JournalContext,
        today: date,
        about_files: tuple[Finding, ...],
        by_family: Mapping[str, FamilyFindings],
        family_of_visit: Mapping[str, str],
        unchecked: frozenset[str] = frozenset(),
        judged_last: frozenset[str] | None = None,
        whole: Findings | None = None,
    ) -> None:
        self.journal = journal
        self.rules = rules
        self.context = context
        self.today = today
        self._of_files = about_files
        self.by_family = by_family
        self.family_of_visit = family_of_visit
        self.unchecked = unchecked
        self.judged_last = frozenset(by_family) if judged_last is None else judged_last
        self.whole = whole

    @property
    def is_whole(self) -> bool:
        """Whether every family was checked."""
        return not self.unchecked

    def is_as_checked_as(self, others: Findings) -> bool:
        """Whether these too are found by the same rules and on the same day."""
        return self.rules is others.rules and self.today == others.today

    @cached_property
    def unchecked_count(self) -> int:
        """How many visits are not checked."""
        return sum(map(self.unchecked.__contains__, self.family_of_visit.values())) if self.unchecked else 0

    @property
    def about_files(self) -> tuple[Finding, ...]:
        """The findings about files and reports as a whole, but for those that are accepted."""
        return self._sifted_files.left

    @cached_property
    def _sifted_files(self) -> Sifted:
        return sifted(self._of_files, self.journal.accepted, ())

    @cached_property
    def accepted(self) -> tuple[Accepted, ...]:
        """Every finding that is accepted, with why: files first, then family by family."""
        of_families = (one for family in self.by_family.values() for one in family.sifted.accepted)
        return (*self._sifted_files.accepted, *of_families)

    @cached_property
    def expired(self) -> tuple[Acceptance, ...]:
        """What was accepted and is not found any more as it was."""
        of_families = (one for family in self.by_family.values() for one in family.sifted.expired)
        return (*self._sifted_files.expired, *of_families)

    @cached_property
    def accepted_count(self) -> int:
        """How many findings are accepted."""
        return len(self.accepted)

    def accepted_at(self, family: str, visit: str = "") -> tuple[Accepted, ...]:
        """The findings of a family, or of one of its visits, that are accepted."""
        of_family = self.by_family.get(family, _NO_FINDINGS).sifted.accepted
        return tuple(one for one in of_family if not visit or one.finding.location.visit == visit)

    @cached_property
    def all(self) -> tuple[Finding, ...]:
        """Every finding: files first, then family by family in the order of the file."""
        of_families = (finding for family in self.by_family.values() for finding in family.all)
        return (*self.about_files, *of_families)

    @cached_property
    def by_code(self) -> dict[str, tuple[Finding, ...]]:
        """The findings of each code that there are any of."""
        groups: dict[str, list[Finding]] = {}
        for finding in self.all:
            groups.setdefault(finding.code, []).append(finding)
        return {code: tuple(members) for code, members in groups.items()}

    @cached_property
    def codes(self) -> Counter[str]:
        """How many findings there are of each code that there are any of."""
        return Counter(_codes(self.all))

    @cached_property
    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity, none included."""
        types, counts = finding_types(), dict.fromkeys(Severity, 0)
        for code, number in self.codes.items():
            counts[types[code].severity] += number
        return counts

    @cached_property
    def causes(self) -> tuple[Cause[Finding], ...]:
        """All findings by cause."""
        return causes(self.all)

    @property
    def has_causes(self) -> bool:
        """Whether the causes are worked out, or are so few findings' that nobody waits for it."""
        return "causes" in self.__dict__ or self.count <= FEW_FINDINGS

    @property
    def asks(self) -> bool:
        """Whether something of the files is not read as long as nobody has said what it is."""
        return any(type_of(finding).asks for finding in self.about_files)

    @property
    def is_all_read(self) -> bool:
        """Whether all that the files hold is in the journal, but for what holds none of it, as totals do.

        What was not read and is accepted, or was told before where only what is new is told, is not asked for again.
        """
        whole = self if self.whole is None else self.whole
        known = {one.code for one in whole._of_files} - {one.code for one in self.about_files}
        is_read = self.journal.is_read or whole is not self
        return is_read and not (_not_taken(self.journal) - known) and not self.asks

    @cached_property
    def of_no_visit(self) -> tuple[Finding, ...]:
        """What rejects something that is no visit's: a record that has none, or a family without any."""
        with_visits = set(self.family_of_visit.values())
        return tuple(
            finding
            for key, family in self.by_family.items()
            for finding in family.all
            if (blocks := type_of(finding).blocks) == "record"
            or (blocks == "family" and key not in with_visits)
            or (blocks == "visit" and not finding.location.visit)
        )

    @cached_property
    def _blocks_all(self) -> tuple[Finding, ...]:
        """What is found of files for which nothing that was read is delivered."""
        return tuple(finding for finding in self._of_files if type_of(finding).blocks == "journal")

    @cached_property
    def rejected_count(self) -> int:
        """How many visits would be rejected."""
        if self._blocks_all:
            return len(self.family_of_visit)
        return sum(family.rejected_count for family in self.by_family.values())

    @cached_property
    def unfinished(self) -> frozenset[str]:
        """The visits that are not over yet."""
        if not any(finding_types()[code].tells == "unfinished" for code in self.codes):
            return frozenset()
        return frozenset(visit for family in self.by_family.values() for visit in family.unfinished)

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(self.counts.values())

    @property
    def worst(self) -> Severity | None:
        """The heaviest severity of all; None where there is nothing to tell."""
        return next((severity for severity, number in self.counts.items() if number), None)

    def with_families(
        self,
        journal: Journal,
        context: JournalContext,
        changed: Mapping[str, FamilyFindings],
        family_of_visit: Mapping[str, str],
    ) -> Findings:
        """The findings after an edit, of which ``changed`` have been judged again. A family that has gone has none."""
        unchecked = self.unchecked.difference(changed)
        by_family = with_others(self.by_family, changed)
        if self.unchecked and not unchecked:
            by_family = _in_order(by_family, journal)
        after = Findings(
            journal, self.rules, context, self.today, self._of_files, by_family, family_of_visit, unchecked,
            judged_last=frozenset(changed),
        )  # fmt: skip
        codes, accepted, rejected = Counter(self.codes), self.accepted_count, self.rejected_count
        if journal.accepted != self.journal.accepted:
            codes.update(_codes(after.about_files))
            codes.subtract(_codes(self.about_files))
            accepted += len(after._sifted_files.accepted) - len(self._sifted_files.accepted)
        for key, family in changed.items():
            before = self.by_family.get(key, _NO_FINDINGS)
            codes.update(_codes(family.all))
            codes.subtract(_codes(before.all))
            accepted += len(family.sifted.accepted) - len(before.sifted.accepted)
            rejected += family.rejected_count - before.rejected_count
        after.codes, after.accepted_count = +codes, accepted
        after.rejected_count = len(family_of_visit) if self._blocks_all else rejected
        return after

    def with_checked(self, checked: Mapping[str, FamilyFindings]) -> Findings:
        """The findings with those of families that were not checked before.

        What is known of a family already is newer: it was checked again when something was done that bears on it, so
        that of what was found in it meanwhile, as it was before, nothing is taken.
        """
        new = {key: family for key, family in checked.items() if key in self.unchecked}
        return self.with_families(self.journal, self.context, new, self.family_of_visit) if new else self

    def of_family(self, family: str) -> tuple[Finding, ...]:
        """The findings of a family and its visits."""
        return self.by_family.get(family, _NO_FINDINGS).all

    def of_visit(self, visit: str) -> tuple[Finding, ...]:
        """The findings at a visit and its records."""
        return self._family_of(visit).by_visit.get(visit, ())

    def of_record(self, family: str, record: str) -> tuple[Finding, ...]:
        """The findings at one record of a family."""
        return self.by_family.get(family, _NO_FINDINGS).by_record.get(record, ())

    def worst_of_family(self, family: str) -> Severity | None:
        """The heaviest severity within a family."""
        return worst_of(self.of_family(family))

    def worst_of_visit(self, visit: str) -> Severity | None:
        """The heaviest severity at a visit, or of what keeps its whole family from being delivered."""
        family = self._family_of(visit)
        return Severity.REJECTED if family.is_blocked(visit, send_anyway=False) else worst_of(self.of_visit(visit))

    def count_of_family(self, family: str) -> int:
        """How many findings a family has."""
        return len(self.of_family(family))

    def count_of_visit(self, visit: str) -> int:
        """How many findings a visit has."""
        return len(self.of_visit(visit))

    def obstacles(self, visit: str, *, send_anyway: bool = False) -> tuple[Finding, ...]:
        """The rejecting findings for which a visit is not delivered: its own, those of its family and of all.

        ``send_anyway`` leaves out those that the user may knowingly send (where the standard contradicts itself).
        """
        return (*self._blocks_all, *self._family_of(visit).obstacles(visit, send_anyway=send_anyway))

    def is_ready(self, visit: str, *, send_anyway: bool = False) -> bool:
        """Whether a visit can be delivered. One that is not checked can not."""
        if self.whole is not None:
            return self.whole.is_ready(visit, send_anyway=send_anyway)
        is_blocked = self._blocks_all or self._family_of(visit).is_blocked(visit, send_anyway=send_anyway)
        return self.is_checked(visit) and not is_blocked

    def is_checked(self, visit: str) -> bool:
        """Whether a visit was checked."""
        return not self.unchecked or self.family_of_visit.get(visit, "") not in self.unchecked

    def _family_of(self, visit: str) -> FamilyFindings:
        return self.by_family.get(self.family_of_visit.get(visit, ""), _NO_FINDINGS)

    @cached_property
    def ready_visits(self) -> tuple[str, ...]:
        """The keys of the visits that can be delivered, in the order of the file."""
        whole = self.whole or self
        if whole._blocks_all:
            return ()
        # A visit is only asked about where something in its family is in the way of one.
        asked = whole.unchecked.union(key for key, family in whole.by_family.items() if family.has_obstacles)
        return tuple(
            visit for visit, family in self.family_of_visit.items() if family not in asked or self.is_ready(visit)
        )

    @cached_property
    def rejected_visits(self) -> tuple[str, ...]:
        """The keys of the visits that would be rejected, in the order of the file."""
        ready = frozenset(self.ready_visits)
        return tuple(visit for visit in self.family_of_visit if visit not in ready and self.is_checked(visit))


def gathered(
    journal: Journal, standard: Standard, today: date, judged: Iterable[JudgedFamily], about_files: tuple[Finding, ...]
) -> Findings:
    """The findings of ``journal`` out of those of its families and of its files."""
    groups: dict[str, list[JudgedFamily]] = {}
    for each in judged:
        # Families from two files may have the same key.
        groups.setdefault(each.family.key, []).append(each)
    by_family = {key: FamilyFindings(tuple(families)) for key, families in groups.items()}
    rules, context = RuleBook(standard), journal_context(journal)
    return Findings(journal, rules, context, today, about_files, by_family, family_of_visit(journal))


def family_of_visit(journal: Journal) -> dict[str, str]:
    """The key of each visit's family, by the visit's own."""
    return {visit.key: family.key for family in journal.families for visit in family.visits}


def _in_order(by_family: Mapping[str, FamilyFindings], journal: Journal) -> dict[str, FamilyFindings]:
    """The findings in the order of the file, whichever family was checked first; those that have gone stay behind."""
    order = dict.fromkeys(family.key for family in journal.families)
    there = {key: by_family[key] for key in order}
    return {**there, **by_family}


def is_all_read(journal: Journal) -> bool:
    """Whether all that files hold is in a journal of which nothing is known but how it was read."""
    asks = any(finding_types()[note.code].asks for note in journal.notes)
    return journal.is_read and not _not_taken(journal) and not asks


def _not_taken(journal: Journal) -> set[str]:
    """The codes of the rows, cells and reports that a journal has not, but for what holds none of it, as totals do."""
    types = finding_types()
    left_out = (each for each in journal.account.not_read if types[each.code].severity is not Severity.INFO)
    return {each.code for each in left_out if any(each.amount._replace(files=0))}
