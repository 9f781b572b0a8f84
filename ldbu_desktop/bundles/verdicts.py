"""What conformance says of reports that are opened as a journal, as findings at their visits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.preview import report_of
from ldbu_desktop.bundles.read import Judge, Problem
from ldbu_desktop.conformance.engine import Engine
from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.findings.catalogue import finding_types, type_of
from ldbu_desktop.findings.checks.reports import ACCEPTED, REJECTED, rejection_finding
from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.findings.run import JudgedFamily
from ldbu_desktop.findings.text import is_identifier
from ldbu_desktop.journal.fields import VISIT_SCHOOL
from ldbu_desktop.journal.mask import masked
from ldbu_desktop.journal.model import Family, Journal, Obstacle, Origin, Rejection, Visit
from ldbu_desktop.journal.refusals import digest
from ldbu_desktop.json_text import JsonText
from ldbu_desktop.sources.found import BundleText
from ldbu_desktop.standard.model import Standard

MakeEngine = Callable[[], Engine]
"""Gives the engine when it is needed: a journal of tables alone needs none."""


def judge_for(make_engine: MakeEngine) -> Judge:
    """What tells why a report that was parsed would be rejected."""
    engine = make_engine()

    def problems_of(read: JsonText, text: BundleText) -> Sequence[Problem]:
        verdict = engine.verdict(read, text.data, with_ours=False)
        errors = verdict.errors and engine.verdict(read, text.data).reasons
        return [(error.path, _rejection(error, text.line - 1)) for error in errors]

    return problems_of


def _rejection(error: ConformanceFinding, lines: int = 0) -> Rejection:
    return Rejection(
        error.code,
        type_of(error).rule or error.rule,
        error.at,
        (error.line or 1) + lines,
        found=_kept(error),
        facts=_facts(error),
        obstacles=tuple(
            Obstacle(one.code, one.rule, one.location.origin.path, _kept(one), _facts(one)) for one in error.obstacles
        ),
    )


def _kept(error: Finding) -> str:
    """What was found, without what identifies a person."""
    return masked(error.found) if is_identifier(error.location) else error.found


def _facts(error: Finding) -> dict[str, str]:
    return {name: str(fact) for name, fact in error.facts.items()}


class Verdicts:
    """What conformance makes of the findings at the visits of a journal that were read from reports."""

    def __init__(self, journal: Journal, standard: Standard, make_engine: MakeEngine) -> None:
        self._journal = journal
        self._standard = standard
        self._engine = make_engine
        self._together = visits_together(journal)
        self._whole: dict[frozenset[str], bool] = {}

    def settled(self, judged: JudgedFamily) -> JudgedFamily:
        """The findings of a family, agreeing with what conformance says of its reports.

        Each reason to reject is told once. A visit that has been changed since it was read is judged as it would be
        sent now. What we would reject and the gateway would not is to be looked at, unless it is of several reports.
        """
        visits = judged.family.visits
        if not any(visit.origin.path for visit in visits):
            return judged
        rejections = tuple(self._rejections(judged.family, visit) for visit in visits)
        about = judged.about
        if all(map(_reasons_for_all, rejections)):
            about = tuple(one for one in about if not _rejects(one))
        elif any(map(_rejects, about)) and not any(rejections) and all(map(self._is_accepted, visits)):
            about = tuple(map(_doubt, about))
        told = zip(visits, judged.visits, rejections, strict=True)
        return judged._replace(
            about=about, visits=tuple(self._of_visit(judged, visit, found, why) for visit, found, why in told)
        )

    def settled_files(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """The findings about files, agreeing with what conformance says of the reports in them.

        What it rejects a report for is told at its visits, and is not told of the file as well; of a report that gave
        no visit it is told of the file.
        """
        findings = tuple(findings)
        if not any(type_of(finding).official for finding in findings):
            return findings
        rules = _RulesByReport(self._journal)
        return tuple(told for finding in findings if (told := _settled(finding, rules)) is not None)

    def _rejections(self, family: Family, visit: Visit) -> tuple[Rejection, ...]:
        """Why a visit's report would be rejected: as it was read or, if it was changed, as it would be sent now."""
        if visit.refusal is None:
            return ()
        together = self._together.get(visit.key, frozenset())
        if _is_as_read(family, visit) and (not together or self._are_as_read(together)):
            return visit.refusal.rejections
        return self._now(visit)

    def _are_as_read(self, together: frozenset[str]) -> bool:
        """Whether all visits of a report are there as they were read."""
        known = self._whole.get(together)
        if known is None:
            there = [
                (family, visit) for family in self._journal.families for visit in family.visits if visit.key in together
            ]
            known = len(there) == len(together) and all(_is_as_read(family, visit) for family, visit in there)
            self._whole[together] = known
        return known

    def _of_visit(
        self, judged: JudgedFamily, visit: Visit, found: tuple[Finding, ...], rejections: tuple[Rejection, ...]
    ) -> tuple[Finding, ...]:
        others = tuple(one for one in found if one.code != REJECTED)
        if reasons := _reasons_for_all(rejections):
            told = (one for one in others if not _rejects(one) and type_of(one).tells != "absence")
            return (*told, *(rejection_finding(judged.family, visit, one) for one in reasons))
        if not rejections:
            return tuple(map(_doubt, others)) if any(map(_rejects, others)) and self._is_accepted(visit) else others
        ours = [one for one in (*judged.about, *others) if _rejects(one)]
        known = {(one.rule, one.location.record) for one in ours if one.rule}
        official = {(kind, key) for one in ours for kind in type_of(one).official for key in _records(one, visit)}
        return others + tuple(
            rejection_finding(judged.family, visit, one)
            for one in rejections
            if known.isdisjoint({(one.rule, one.record), (one.rule, "")}) and (one.rule, one.record) not in official
        )

    def _is_accepted(self, visit: Visit) -> bool:
        """Whether the report of a visit, for which there is no reason to reject it, would be accepted as sent now."""
        return bool(visit.origin.path) and not self._now(visit)

    def _now(self, visit: Visit) -> tuple[Rejection, ...]:
        """Why a visit's report would be rejected as it would be sent now."""
        report = report_of(self._journal, self._standard, visit.key, datetime.now(UTC))
        found = []
        for error in self._engine().check(json_text(report.bundle), with_ours=False).errors:
            entry = error.path[1] if error.path[:1] == ("entry",) and len(error.path) > 1 else None
            record = report.records[entry] if isinstance(entry, int) else None
            key = record.key if record is not None and record.key != visit.key else ""
            found.append(replace(_rejection(error), record=key))
        return tuple(found)


def visits_together(journal: Journal) -> dict[str, frozenset[str]]:
    """The visits of each report that has several, by the key of each of them."""
    found: dict[str, frozenset[str]] = {}
    for report in journal.reports:
        if len(report.visits) > 1:
            together = frozenset(report.visits)
            found.update(dict.fromkeys(together, together))
    return found


def _is_as_read(family: Family, visit: Visit) -> bool:
    return visit.refusal is not None and visit.refusal.digest in ("", digest(family, visit))


class _RulesByReport:
    """The official rules for which conformance rejects the reports of a journal, by where each begins in its file."""

    def __init__(self, journal: Journal) -> None:
        self._begins: dict[str, list[int]] = {}
        self._rules: dict[tuple[str, int], set[str]] = {}
        for report in journal.reports:
            self._begins.setdefault(report.origin.file, []).append(report.origin.line)
        for lines in self._begins.values():
            lines.sort()
        for family in journal.families:
            for visit in family.visits:
                if visit.refusal is not None:
                    broken = [rejection.rule for rejection in visit.refusal.rejections]
                    self._rules.setdefault(self._report(visit.origin), set()).update(broken)
        for note in journal.notes:
            if "broken" in note.facts:
                self._rules.setdefault(self._report(note.origin), set()).add(str(note.facts["broken"]))

    def _report(self, at: Origin) -> tuple[str, int]:
        lines = self._begins.get(at.file, ())
        position = bisect_right(lines, at.line)
        return at.file, lines[position - 1] if position else 0

    def of(self, finding: Finding) -> frozenset[str] | None:
        """The rules for which the report is rejected that a finding is about; None where nobody judged it."""
        rules = self._rules.get(self._report(finding.location.origin))
        return frozenset(rules) if rules is not None else None


def _settled(finding: Finding, rules: _RulesByReport) -> Finding | None:
    """A finding about a file as it is told beside the verdict on its report; None where that tells it."""
    official = type_of(finding).official
    broken = rules.of(finding) if official else None
    if broken is None:
        return finding
    return _doubt(finding) if broken.isdisjoint(official) else None


def _records(finding: Finding, visit: Visit) -> Iterator[str]:
    """The record that a finding at a visit is about, and its school where that is."""
    yield finding.location.record
    if finding.location.field == VISIT_SCHOOL and visit.school.value is not None:
        yield visit.school.value


def _reasons_for_all(rejections: Iterable[Rejection]) -> tuple[Rejection, ...]:
    """Those that are the one reason for all that a report is rejected for."""
    return tuple(one for one in rejections if finding_types()[one.code].stands_for == "all")


def _doubt(finding: Finding) -> Finding:
    """A finding that we would reject by and the gateway would not, as something to look at."""
    if not _rejects(finding) or type_of(finding).is_across_reports:
        return finding
    return Finding(ACCEPTED, finding.location, finding.found, finding.rule or finding.code, obstacles=(finding,))


def _rejects(finding: Finding) -> bool:
    return type_of(finding).severity is Severity.REJECTED
