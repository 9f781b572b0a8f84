"""What is wrong with reports taken together, as each form tells it: findings one by one, or by code in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any, Protocol

from ldbu_desktop.deliveries.model import HistoryCounts, HistoryFinding, OtherEdition, Place, TimelineEvent
from ldbu_desktop.faults import Fault
from ldbu_desktop.findings.catalogue import types_by_level
from ldbu_desktop.findings.model import Level, Severity
from ldbu_desktop.findings.technical_words import technical_words
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.dates import moment_text
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.document import CauseSection, CauseText, Document, Listing, Outcome, OutcomeTone
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.fingerprints import fault_fingerprint, history_fingerprint
from ldbu_desktop.rendering.formats import Output
from ldbu_desktop.rendering.junit import JUnit, TestCase
from ldbu_desktop.rendering.left_out import Faults, files_left, other_edition_words
from ldbu_desktop.rendering.machine import JsonDocument
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.pseudonyms import pseudonym
from ldbu_desktop.rendering.tables import DataTable
from ldbu_desktop.rendering.words import day_words, severity_word
from ldbu_desktop.standard.model import Standard

_FIRST = 5
"""Places of a code that are shown on a terminal unless all are asked for."""
_ON_A_PAGE = 500


class HistoryRenderer(Protocol):
    """Takes findings as they come. ``end`` is called once, also where the work was stopped."""

    def add(self, finding: HistoryFinding) -> None:
        """Write one finding, or remember what is to be told of it."""

    def end(self, counts: HistoryCounts, faults: Faults, *, is_complete: bool) -> None:
        """Write what remains."""


class _Row:
    """A finding for machines. Citizens have pseudonyms, with a key that nobody keeps."""

    def __init__(self, occasion: Occasion) -> None:
        self.occasion = occasion
        self._key = token_bytes(32)

    def citizen(self, finding: HistoryFinding) -> str:
        """Whom it is about."""
        return pseudonym(finding.citizen, self._key) if finding.citizen else ""

    def of(self, finding: HistoryFinding) -> dict[str, Any]:
        """The finding with its two places."""
        words = rendered(finding, self.occasion.language, self.occasion.catalogue)
        return {
            "code": finding.code,
            "severity": "error" if finding.severity is Severity.MEND else "warning",
            "earlier": _place(finding.earlier),
            "later": _place(finding.later),
            "citizen": self.citizen(finding),
            "message": words.message,
            "remedy": words.remedy,
            "fingerprint": history_fingerprint(finding),
        }


def _other_facts(edition: str, other: OtherEdition, occasion: Occasion) -> dict[str, Any]:
    words = rendered(other.finding, occasion.language, occasion.catalogue)
    facts = {"edition": edition, "reports": other.reports, "looked_at": not other.is_guide}
    return {**facts, "file": cpr_masked(other.file), "message": words.message, "remedy": words.remedy}


def _place(place: Place) -> dict[str, str]:
    return {"file": cpr_masked(place.file), "at": place.at}


class _Rows:
    """One JSON document, a finding a line as it is found, then the counts."""

    def __init__(self, output: Output, occasion: Occasion) -> None:
        self._row = _Row(occasion)
        self._language = occasion.language
        self._document = JsonDocument(output.text, {}, "findings")

    def add(self, finding: HistoryFinding) -> None:
        """Write the finding."""
        self._document.add(self._row.of(finding))

    def end(self, counts: HistoryCounts, faults: Faults, *, is_complete: bool) -> None:
        """Write the counts."""
        told: dict[str, Any] = {
            "complete": is_complete,
            "reports": counts.reports,
            "failed": counts.failed,
            "citizens": counts.citizens,
            "resources": counts.resources,
            "first": counts.first.isoformat() if counts.first else None,
            "last": counts.last.isoformat() if counts.last else None,
            "findings": counts.findings,
            "other_editions": [_other_facts(*one, self._row.occasion) for one in counts.others.items()],
            "not_read": [
                self._fault(file, fault) | {"fingerprint": fault_fingerprint(file, fault)} for file, fault in faults
            ],
            "passed_over": [self._fault(*one) for one in counts.passed_over],
        }
        self._document.end({"counts": told})

    def _fault(self, file: str, fault: Fault) -> dict[str, Any]:
        message = cpr_masked(fault_text(fault, self._language))
        return {"file": cpr_masked(file), "key": fault.key, "message": message}


class _Log:
    """A SARIF log: a result at the later place of each finding, with the earlier one beside it."""

    def __init__(self, output: Output, occasion: Occasion) -> None:
        from ldbu_desktop.rendering.sarif import Sarif

        self._row, self._language = _Row(occasion), occasion.language
        self._log = Sarif(output.text, occasion)

    def add(self, finding: HistoryFinding) -> None:
        """Write the result."""
        from ldbu_desktop.rendering.sarif import location_of

        row = self._row.of(finding)
        earlier, later = row["earlier"], row["later"]
        before = location_of(earlier["file"], earlier["at"])
        self._log.add(row, file=later["file"], at=later["at"], related=[before] if before else ())

    def end(self, counts: HistoryCounts, faults: Faults, *, is_complete: bool) -> None:
        """Write what remains, with what could not be read."""
        not_read, passed_over = (
            [(file, cpr_masked(fault_text(fault, self._language))) for file, fault in left]
            for left in (faults, counts.passed_over)
        )
        self._log.end(is_complete=is_complete, not_read=not_read, passed_over=passed_over)


@dataclass(slots=True)
class _Same:
    """The findings of a code that weigh the same: the first, how many, and those that are shown."""

    first: HistoryFinding
    count: int = 0
    shown: list[HistoryFinding] = field(default_factory=list)


class _ByCode:
    """Remembers findings by code; memory grows with the codes, not with what is found, where there is a limit."""

    def __init__(self, occasion: Occasion, limit: int | None) -> None:
        self.occasion = occasion
        self._limit = limit
        self.same: dict[tuple[str, Severity], _Same] = {}

    def add(self, finding: HistoryFinding) -> None:
        """Count one."""
        same = self.same.setdefault((finding.code, finding.severity), _Same(finding))
        same.count += 1
        if self._limit is None or same.count <= self._limit:
            same.shown.append(finding)

    def of(self, severity: Severity) -> list[_Same]:
        """What weighs so much, the most frequent first."""
        found = [same for (_, weight), same in self.same.items() if weight is severity]
        return sorted(found, key=lambda same: (-same.count, same.first.code))


class _Documents(_ByCode):
    """Waits until all is known and then has the codes written with their places."""

    def __init__(self, write: Callable[[Document], object], occasion: Occasion, limit: int) -> None:
        super().__init__(occasion, None if occasion.everything else limit)
        self._write = write

    def end(self, counts: HistoryCounts, faults: Faults, *, is_complete: bool) -> None:
        """Have the document written."""
        language = self.occasion.language
        headings = {Severity.MEND: tr("Skal rettes"), Severity.LOOK_AT: tr("Se efter")}
        found = {severity: self.of(severity) for severity in headings}
        notes = [] if is_complete else [tr("Arbejdet blev afbrudt: der kan være flere rapporter.")]
        if counts.first is not None and counts.last is not None:
            notes.append(tr("Fra {first} til {last}", first=day_words(counts.first), last=day_words(counts.last)))
        catalogue = self.occasion.catalogue
        notes += [other_edition_words(one, language, catalogue) for one in counts.others.values()]
        headed = (tr("Fil"), tr("Hvorfor"))
        self._write(
            Document(
                title=tr("Afleveringer over tid"),
                occasion=self.occasion,
                outcome=_outcome(found, counts, is_complete=is_complete),
                sections=tuple(
                    CauseSection(headings[severity], severity, tuple(map(self._in_words, same)))
                    for severity, same in found.items()
                    if same
                ),
                not_read=Listing(tr("Ikke læst"), headed, files_left(faults, language)),
                passed_over=Listing(tr("Sprunget over"), headed, files_left(counts.passed_over, language)),
                counts=(
                    (tr("Rapporter"), counts.reports),
                    (tr("Afvist af gatewayen"), counts.failed),
                    (tr("Borgere"), counts.citizens),
                    (tr("Ressourcer"), counts.resources),
                    (tr("Fund"), sum(counts.findings.values())),
                ),
                notes=tuple(notes),
                scope=(
                    tr(
                        "Gatewayen ser én rapport ad gangen og kan ikke se dette. En rapport, den afviser, "
                        "har intet fortalt."
                    ),
                ),
            )
        )

    def _in_words(self, same: _Same) -> CauseText:
        words = rendered(same.first, self.occasion.language, self.occasion.catalogue)
        more = same.count - len(same.shown)
        return CauseText(
            code=same.first.code,
            message=words.title,
            strikes=tr("{count, plural, one {# sted} other {# steder}}", count=same.count),
            why=words.why,
            remedy=words.remedy,
            places=tuple(places(one, self.occasion) for one in same.shown),
            more=self.occasion.more_places(more),
        )


def places(finding: HistoryFinding, occasion: Occasion) -> str:
    """What is wrong with the two places, each by its file and path."""
    message = rendered(finding, occasion.language, occasion.catalogue).message
    later, earlier = (f"{cpr_masked(one.file)} {one.at}" for one in (finding.later, finding.earlier))
    return f"{later}  ←  {earlier}  {message}" if earlier != later else f"{later}  {message}"


def _outcome(found: dict[Severity, list[_Same]], counts: HistoryCounts, *, is_complete: bool) -> Outcome:
    if found[Severity.MEND]:
        many = sum(same.count for same in found[Severity.MEND])
        return Outcome(OutcomeTone.BAD, tr("{count, plural, one {# sted} other {# steder}} skal rettes.", count=many))
    if not is_complete or counts.unread or not counts.reports:
        return Outcome(OutcomeTone.WARNING, tr("Ikke alt blev kontrolleret."))
    if found[Severity.LOOK_AT]:
        return Outcome(OutcomeTone.WARNING, tr("Intet skal rettes, men noget bør ses efter."))
    return Outcome(OutcomeTone.GOOD, tr("Rapporterne passer sammen."))


class _Tables(_ByCode):
    """Waits until all is known and then has a workbook written: every finding, and the counts."""

    def __init__(self, output: Output, occasion: Occasion) -> None:
        super().__init__(occasion, None)
        self._output = output
        self._row = _Row(occasion)

    def end(self, counts: HistoryCounts, faults: Faults, *, is_complete: bool) -> None:
        """Have the workbook written."""
        headings = (tr("Kode"), tr("Alvor"), tr("Borger"), tr("Hvad er galt"))
        places_told = (tr("Tidligere fil"), tr("Tidligere sted"), tr("Senere fil"), tr("Senere sted"))
        rows = tuple(self._cells(one) for same in self.same.values() for one in same.shown)
        language, catalogue = self.occasion.language, self.occasion.catalogue
        summary: list[tuple[str, str | float | None]] = [
            (tr("Rapporter"), counts.reports),
            (tr("Afvist af gatewayen"), counts.failed),
            (tr("Borgere"), counts.citizens),
            (tr("Ressourcer"), counts.resources),
            *((code, number) for code, number in sorted(counts.findings.items())),
            *((other_edition_words(one, language, catalogue), one.reports) for one in counts.others.values()),
            *files_left((*faults, *counts.passed_over), language),
        ]
        if not is_complete:
            summary.append((tr("Arbejdet blev afbrudt: der kan være flere rapporter."), None))
        self._output.write_tables(
            (
                DataTable(tr("Fund"), (*headings, *places_told, tr("Hvorfor"), tr("Gør")), rows),
                DataTable(tr("Tal"), (tr("Hvad"), tr("Antal")), tuple(summary)),
            )
        )

    def _cells(self, finding: HistoryFinding) -> tuple[str, ...]:
        words = rendered(finding, self.occasion.language, self.occasion.catalogue)
        earlier, later = finding.earlier, finding.later
        return (
            finding.code,
            severity_word(finding.severity),
            self._row.citizen(finding),
            words.message,
            cpr_masked(earlier.file),
            earlier.at,
            cpr_masked(later.file),
            later.at,
            words.why,
            words.remedy,
        )


class _Cases(_ByCode):
    """A test case a code: it fails where something must be mended, so that a build server sees what came and went."""

    def __init__(self, output: Output, occasion: Occasion) -> None:
        super().__init__(occasion, None)
        self._suite = JUnit(output.text, occasion, "ldbu.history")

    def end(self, counts: HistoryCounts, faults: Faults, *, is_complete: bool) -> None:
        """Write the suite."""
        for type in types_by_level()[Level.HISTORY]:
            same = self.same.get((type.code, Severity.MEND))
            if same is None:
                self._suite.add(TestCase(type.code))
                continue
            words = rendered(same.first, self.occasion.language, self.occasion.catalogue)
            body = "\n".join((words.why, words.remedy, *(places(one, self.occasion) for one in same.shown)))
            self._suite.add(TestCase(type.code, type.code, words.title, body))
        for file, fault in faults:
            said = cpr_masked(fault_text(fault, self.occasion.language))
            self._suite.add(TestCase(cpr_masked(file), fault.key, said, outcome="error"))
        self._suite.end(is_complete=is_complete)


EVENTS: dict[str, Callable[[], str]] = {
    "first": lambda: tr("fortalt"),
    "again": lambda: tr("gået med igen"),
    "changed": lambda: tr("ændret"),
    "voided": lambda: tr("trukket tilbage"),
    "voided-again": lambda: tr("trukket tilbage igen"),
    "voided-unknown": lambda: tr("trukket tilbage, aldrig fortalt"),
    "revived": lambda: tr("fortalt efter tilbagetrækning"),
    "failed": lambda: tr("afvist, ikke fortalt"),
}
"""What a report does to a resource, in words."""


def event_day(event: TimelineEvent) -> str:
    """When the report of an event was made, in Danish time."""
    if event.time is None:
        return tr("uden tidspunkt")
    return moment_text(datetime.fromtimestamp(event.time, UTC), chosen())


def resource_word(event: TimelineEvent, standard: Standard) -> str:
    """What it is, as people call it: the variable, the visit type, the intervention, or else the kind of resource."""
    language = chosen()
    known = technical_words().get(event.type)
    word = known[language] if known is not None else event.type
    codes = set(event.codes)
    visits = [one.label[language] for one in standard.visit_types if one.code in codes]
    variables = [(len(codes & standard.observation_codes(one)), one.label[language]) for one in standard.observed]
    most = max(variables, key=lambda one: one[0], default=(0, ""))
    plans = standard.value_set["KLHealthNurseInterventions"].by_code if codes and not visits and not most[0] else {}
    interventions = [plans[code].label[language] for code in event.codes if code in plans]
    name = next(iter((*visits, *([most[1]] if most[0] else ()), *interventions)), "")
    return name or word


def history_conclusion(counts: HistoryCounts, findings: Sequence[HistoryFinding]) -> tuple[str, str]:
    """How a history stands in a line, and what was looked at."""
    same: dict[Severity, list[_Same]] = {Severity.MEND: [], Severity.LOOK_AT: []}
    for one in findings:
        same[one.severity].append(_Same(one, 1))
    looked_at = tr(
        "{reports, plural, one {# rapport} other {# rapporter}}, ville blive afvist: {failed}; borgere: {citizens}",
        reports=counts.reports,
        failed=counts.failed,
        citizens=counts.citizens,
    )
    return _outcome(same, counts, is_complete=True).words, looked_at


HISTORY_FORMATS: dict[str, Callable[[Output, Occasion], HistoryRenderer]] = {
    "text": lambda output, occasion: _Documents(output.write_text, occasion, _FIRST),
    "json": _Rows,
    "junit": _Cases,
    "sarif": _Log,
    "html": lambda output, occasion: _Documents(output.write_page, occasion, _ON_A_PAGE),
    "xlsx": _Tables,
    "pdf": lambda output, occasion: _Documents(output.write_paper, occasion, _ON_A_PAGE),
}
"""What tells a history, by the name of a form."""
