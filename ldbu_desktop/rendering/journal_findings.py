"""The findings of a journal, as each form tells them: a row a finding, a case a visit, causes in words, or tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.findings.catalogue import finding_types, type_of
from ldbu_desktop.findings.cause_text import cause_title
from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.causes import causes as by_cause
from ldbu_desktop.findings.fingerprint import Fingerprints
from ldbu_desktop.findings.model import Accepted, Finding, RuleSource, Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.findings.text import RenderedFinding, fact_text, rendered
from ldbu_desktop.journal.mask import repeated_without_cpr, without_cpr
from ldbu_desktop.journal.model import NO_COLUMN, Acceptance
from ldbu_desktop.language import Language, tr
from ldbu_desktop.rendering.account import account_document, account_words
from ldbu_desktop.rendering.document import (
    CauseSection,
    Document,
    Listing,
    Outcome,
    OutcomeTone,
    Overview,
    Tile,
    WeightyCause,
)
from ldbu_desktop.rendering.document import CauseText as CauseInWords
from ldbu_desktop.rendering.findings_summary import findings_summary
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.tables import Cell, DataTable
from ldbu_desktop.rendering.words import acceptance_words, count_words, moment_words, severity_word
from ldbu_desktop.standard.model import Standard

if TYPE_CHECKING:  # each is of one form alone
    from ldbu_desktop.rendering.junit import TestCase
    from ldbu_desktop.rendering.pseudonyms import Pseudonyms

MANY_FINDINGS = 1000
"""Below it, starting other processes gains too little."""

Words = dict[str, Any]
"""A part of a document as JSON has it."""


def source_word(source: RuleSource) -> str:
    """Whose rule it is, in words."""
    words = {
        RuleSource.GATEWAY: tr("gatewayens regel"),
        RuleSource.GUIDE: tr("vejledningens tabel"),
        RuleSource.STANDARD: tr("standardens tekst"),
        RuleSource.QUESTIONNAIRE: tr("spørgeskemaets egne grænser"),
        RuleSource.PLAUSIBILITY: tr("sandsynlighed"),
        RuleSource.FILE: tr("filen"),
        RuleSource.NOTE: tr("KL's notat"),
    }
    return words[source]


def _tells_map(code: str) -> bool:
    """Whether a code says by which map a file was read: a line below all else, since nobody was asked."""
    return finding_types()[code].in_receipt == "read_by"


def maps_used(findings: Findings, standard: Standard, language: Language) -> tuple[str, ...]:
    """By which maps files were read, a line each."""
    used = (finding for finding in findings.about_files if _tells_map(finding.code))
    return tuple(dict.fromkeys(rendered(each, language, standard).message for each in used))


def _cell(finding: Finding) -> str | None:
    """The cell that a finding is at, if it is at one."""
    at = finding.location
    return f"{column_letters(at.column)}{at.origin.row}" if at.origin.row and at.column != NO_COLUMN else None


class FindingsReport:
    """What is told of the findings of one journal. ``places`` is how many of each cause people are shown.

    ``pseudonyms`` are for what is written for others: then it has a first page, and no CPR number stands in it.
    """

    def __init__(
        self, findings: Findings, standard: Standard, occasion: Occasion, pseudonyms: Pseudonyms | None = None
    ) -> None:
        self._findings = findings
        self._pseudonyms = pseudonyms
        self._standard = standard
        self._occasion = occasion
        self._language: Language = occasion.language
        sources: dict[str, str | None] = {}
        for source in findings.journal.sources:
            sources[source.name] = None if source.name in sources else source.sha256
        self._sha256 = sources
        self._has_files = len({each.location.origin.file for each in findings.all}) > 1 or len(sources) > 1

    @property
    def account(self) -> str:
        """How much was read and how much was not, in a line."""
        return account_words(self._findings.journal.account)

    @property
    def maps_used(self) -> tuple[str, ...]:
        """By which maps files were read, a line each."""
        return maps_used(self._findings, self._standard, self._language)

    def rows(self) -> Iterator[Words]:
        """Every finding for machines: codes and places by name, and the words in the language in use."""
        return map(self._row, self._findings.all)

    def encoded_rows(self, many: int = MANY_FINDINGS) -> Iterator[str]:
        """The rows as JSON; ``many`` are put into words by as many processes as there are processors."""
        from ldbu_desktop.rendering.machine import encoded
        from ldbu_desktop.sharing import shared_out

        if len(self._findings.all) < many:
            return map(encoded, self.rows())
        # What all rows need is known before others come out of this process.
        _ = self._cause_of, self._fingerprints
        return shared_out(self._findings.all, lambda finding: encoded(self._row(finding)))

    def _row(self, finding: Finding) -> Words:
        words, at = rendered(finding, self._language, self._standard), finding.location
        cause = self._cause_of.get(id(finding))
        return {
            "code": finding.code,
            "severity": words.severity,
            "source": words.source,
            "rule": finding.rule or None,
            "location": {
                "file": repeated_without_cpr(at.origin.file) or None,
                "sheet": repeated_without_cpr(at.origin.sheet) or None,
                "cell": _cell(finding),
                "line": at.origin.line or at.origin.row or None,
                "path": at.origin.path or None,
            },
            "follows": {"code": cause.code, "cell": _cell(cause)} if cause is not None else None,
            "sha256": self._sha256.get(at.origin.file),
            "visit": repeated_without_cpr(at.visit) or None,
            "variable": at.variable or at.field or None,
            "found": words.found,
            "expected": words.expected,
            "message": words.message,
            "remedy": words.remedy,
            "fingerprint": self._fingerprints.of(finding),
        }

    def accepted_rows(self) -> Iterator[Words]:
        """The findings that were accepted, each with the reason, who gave it and when."""
        return ({**self._row(one.finding), **_acceptance_facts(one.acceptance)} for one in self._findings.accepted)

    @cached_property
    def _fingerprints(self) -> Fingerprints:
        return Fingerprints(self._findings.journal)

    @cached_property
    def _cause_of(self) -> dict[int, Finding]:
        """The findings that would not be there without another, as that a column was not read, by identity."""
        leading = (cause for cause in self._findings.causes if cause.following)
        return {id(finding): cause.first for cause in leading for finding in cause.following}

    def facts(self) -> Words:
        """Counts, and the files that were read, for machines; ``sha256`` tells which file it is, whatever its name."""
        findings = self._findings
        counts = {
            **{str(severity): count for severity, count in findings.counts.items() if severity is not Severity.MEND},
            "visits": findings.journal.visit_count,
            "ready": len(findings.ready_visits),
            "rejected_visits": len(findings.rejected_visits),
        }
        sources = findings.journal.sources
        files = [
            {"name": without_cpr(each.name), "kind": each.kind, "size": each.size, "sha256": each.sha256}
            for each in sources
        ]
        return {
            "counts": counts,
            "account": account_document(findings.journal.account),
            "files": files,
            "accepted": [*self.accepted_rows()],
            "accepted_expired": [
                {"code": one.code, "visit": without_cpr(one.visit) or None, **_acceptance_facts(one)}
                for one in findings.expired
            ],
        }

    def cases(self) -> Iterator[TestCase]:
        """A test case for each file, with what is no visit's, and one for each visit in the order of the files."""
        findings = self._findings
        about: dict[str, list[Finding]] = {source.name: [] for source in findings.journal.sources}
        for finding in (*findings.about_files, *findings.of_no_visit):
            about.setdefault(finding.location.origin.file, []).append(finding)
        for name, found in about.items():
            yield self._case(name, found)
        for visit in findings.family_of_visit:
            yield self._case(visit, findings.obstacles(visit))
        for accepted in findings.accepted:
            yield self._passed_over(accepted)

    def _case(self, name: str, found: list[Finding] | tuple[Finding, ...]) -> TestCase:
        from ldbu_desktop.rendering.junit import TestCase

        rejecting = [each for each in found if type_of(each).severity is Severity.REJECTED]
        if not rejecting:
            return TestCase(without_cpr(name))
        words = [rendered(each, self._language, self._standard) for each in rejecting]
        body = "\n\n".join(map(_in_full, words))
        return TestCase(without_cpr(name), rejecting[0].rule or rejecting[0].code, words[0].message, body)

    def _passed_over(self, accepted: Accepted) -> TestCase:
        """A test case of its own for what was accepted: its visit passes or fails by what else there is."""
        from ldbu_desktop.rendering.junit import TestCase

        finding, at = accepted.finding, accepted.finding.location
        why = tr("Accepteret: {reason}", reason=accepted.acceptance.reason)
        told = f"{why} ({acceptance_words(accepted.acceptance)})"
        body = _in_full(rendered(finding, self._language, self._standard))
        name = f"{at.visit or at.origin.file}: {finding.code}"
        return TestCase(without_cpr(name), finding.code, without_cpr(told), body, outcome="skipped")

    def document(self, places: int | None) -> Document:
        """The causes in words, with at most so many places of each unless all are asked for, or there is no limit."""
        findings = self._findings
        limit = None if self._occasion.everything else places
        headings = {
            Severity.REJECTED: tr("Ville blive afvist"),
            Severity.LOOK_AT: tr("Se efter"),
            Severity.INFO: tr("Til orientering"),
            Severity.NOT_CHECKED: tr("Ikke kontrolleret"),
        }
        causes_told = [each for each in findings.causes if not _tells_map(each.code)]
        by_severity = {severity: [each for each in causes_told if each.severity is severity] for severity in Severity}
        sections = tuple(
            CauseSection(headings[severity], severity, tuple(self._in_words(cause, limit) for cause in told))
            for severity, told in by_severity.items()
            if told
        )
        if findings.accepted:
            accepted = tuple(map(self._accepted, findings.accepted))
            sections += (CauseSection(tr("Accepteret med begrundelse"), Severity.INFO, accepted),)
        return Document(
            title=tr("Forkontrol") if self._pseudonyms is None else tr("Fejlrapport"),
            occasion=self._occasion,
            outcome=self._outcome(),
            sections=sections,
            not_read=Listing(tr("Ikke læst"), (tr("Fil"), tr("Hvorfor")), ()),
            counts=(
                (tr("Kontakter"), findings.journal.visit_count),
                (tr("Klar"), len(findings.ready_visits)),
                (tr("Ville blive afvist"), len(findings.rejected_visits)),
            ),
            notes=tuple(filter(None, (self._counted(), self.account, *self.maps_used, *self._expired()))),
            scope=(
                tr("Det er en forkontrol: gatewayen afgør. Ikke kontrolleret: om CPR-, SOR- og skolenumre findes."),
            ),
            overview=None if self._pseudonyms is None else self._overview(),
        )

    def _overview(self) -> Overview:
        """The first page of what is written for others."""
        findings, summary = self._findings, findings_summary(self._findings)
        files = ", ".join(self._hidden(source.name) for source in findings.journal.sources)
        visits, rejected = summary.visits, summary.rejected
        to_look_at = sum(one.severity is Severity.LOOK_AT for one in findings.causes)
        causes = tuple(
            WeightyCause(
                self._title(one.cause),
                tr("{visits} af {rejected}", visits=one.visits, rejected=rejected),
                share_words(one.visits, rejected),
                count_words(len(one.cause.findings)),
                self._words(one.cause.first).remedy,
            )
            for one in summary.causes
        )
        advice = []
        if causes:
            advice.append(
                tr(
                    "Når {causes, plural, one {# årsag} other {# årsager}} herover er rettet, er så mange af de "
                    "afviste kontakter klar: {ready} af {rejected} ({share}).",
                    causes=len(causes), ready=summary.ready_after, rejected=rejected,
                    share=share_words(summary.ready_after, rejected),
                )
            )  # fmt: skip
        read = [tr("Læst fra: {files}", files=files), self.account]
        read.append(
            tr(
                "CPR-numre står som pseudonymer (P-…): det samme for samme person i denne rapport, et andet i "
                "den næste. Den, der har filen, finder personen ved stedet."
            )
        )
        return Overview(
            tuple(filter(None, (*read, *self._expired()))),
            (
                Tile(tr("Kontakter læst"), count_words(visits)),
                Tile(tr("Klar"), count_words(summary.ready), share_words(summary.ready, visits)),
                Tile(tr("Ville blive afvist"), count_words(rejected), share_words(rejected, visits)),
                Tile(
                    tr("Fund"),
                    count_words(findings.count),
                    tr("{causes, plural, one {# årsag} other {# årsager}}, heraf {remarks} at se efter",
                       causes=len(findings.causes), remarks=to_look_at),
                ),
            ),
            causes,
            tuple(advice),
        )  # fmt: skip

    def _hidden(self, text: str, person: str = "") -> str:
        """A text as it may be told: no CPR number in full, and for others no part of one."""
        return without_cpr(text) if self._pseudonyms is None else self._pseudonyms.told(text, person)

    def _person(self, finding: Finding) -> str:
        return self._pseudonyms.person(finding) if self._pseudonyms is not None else ""

    def _words(self, finding: Finding) -> RenderedFinding:
        """A finding in words, as they may be told."""
        words = rendered(finding, self._language, self._standard)
        if self._pseudonyms is None:
            return words
        names = ("title", "message", "why", "remedy", "found", "expected", "place")
        told: dict[str, Any] = {
            name: self._pseudonyms.told(getattr(words, name), self._person(finding)) for name in names
        }
        return replace(words, **told)

    def _title(self, cause: Cause[Finding]) -> str:
        """What a cause is called; what was found with one citizen is told as that citizen."""
        person = self._person(cause.first) if len(cause.findings) == 1 else ""
        return self._hidden(cause_title(cause, self._language, self._standard), person)

    def _source(self, finding: Finding) -> str:
        """Whose rule it is, which, and of which edition."""
        kind = type_of(finding)
        named = finding.facts.get("range_source") or finding.facts.get("mark_source")
        edition = fact_text(named, self._language) if named else self._occasion.standard
        if not named and kind.source in (RuleSource.FILE, RuleSource.PLAUSIBILITY):
            edition = self._occasion.program
        rule = finding.rule or kind.rule
        return " · ".join(filter(None, (source_word(kind.source), rule, edition)))

    def _outcome(self) -> Outcome:
        findings = self._findings
        visits, rejected = findings.journal.visit_count, len(findings.rejected_visits)
        if not findings.journal.is_read:
            return Outcome(OutcomeTone.BAD, tr("Ingen kontakter blev læst."))
        counts = {"rejected": rejected, "visits": visits}
        if findings.whole is not None and not findings.counts[Severity.REJECTED]:
            told = tr("Intet nyt ville blive afvist.") if findings.count else tr("Ingen nye fund.")
            if not rejected:
                return Outcome(OutcomeTone.GOOD, told)
            still = tr(
                "{rejected} af {visits, plural, one {# kontakt} other {# kontakter}} ville stadig blive afvist.",
                **counts,
            )
            return Outcome(OutcomeTone.WARNING, f"{told} {still}")
        if rejected:
            return Outcome(
                OutcomeTone.BAD,
                tr("{rejected} af {visits, plural, one {# kontakt} other {# kontakter}} ville blive afvist.", **counts),
            )
        if findings.counts[Severity.REJECTED]:
            return Outcome(OutcomeTone.BAD, tr("Noget kunne ikke læses."))
        if not findings.is_all_read:
            return Outcome(OutcomeTone.WARNING, tr("Intet ville blive afvist, men ikke alt er læst."))
        if findings.count:
            return Outcome(OutcomeTone.GOOD, tr("Intet ville blive afvist."))
        return Outcome(OutcomeTone.GOOD, tr("Ingen fund."))

    def _counted(self) -> str:
        counts = self._findings.counts
        return " · ".join(f"{severity_word(severity).lower()}: {count}" for severity, count in counts.items() if count)

    def _in_words(self, cause: Cause[Finding], limit: int | None) -> CauseInWords:
        first = self._words(cause.findings[0])
        shown = cause.findings[:limit]
        more = len(cause.findings) - len(shown)
        rule = cause.findings[0].rule
        return CauseInWords(
            code=f"{cause.code} {rule}" if type_of(cause.findings[0]).cause_by == "rule" else cause.code,
            message=self._title(cause),
            strikes=tr("{count, plural, one {# sted} other {# steder}}", count=len(cause.findings)),
            why=first.why,
            remedy=first.remedy,
            source=self._source(cause.findings[0]),
            followers=self._followers(cause),
            places=tuple(map(self._place, shown)),
            more=self._occasion.more_places(more),
        )

    def _accepted(self, one: Accepted) -> CauseInWords:
        (cause,) = by_cause((one.finding,))
        return CauseInWords(
            code=one.finding.code,
            message=self._title(cause),
            strikes=tr("{count, plural, one {# sted} other {# steder}}", count=1),
            why=tr("Begrundelse: {reason}", reason=self._hidden(one.acceptance.reason)),
            remedy=tr("Intet. Bliver værdien en anden, er fundet der igen."),
            source=acceptance_words(one.acceptance),
            places=(self._place(one.finding),),
        )

    def _expired(self) -> Iterator[str]:
        """That something was accepted which is not found any more as it was."""
        if expired := self._findings.expired:
            codes = ", ".join(dict.fromkeys(one.code for one in expired))
            yield tr(
                "{count, plural, one {# accept gælder ikke mere} other {# accepter gælder ikke mere}}, fordi "
                "værdien er en anden eller fundet er væk: {codes}",
                count=len(expired), codes=codes,
            )  # fmt: skip

    def _followers(self, cause: Cause[Finding]) -> str:
        """What follows from a cause, by what it is called, each with its number."""
        firsts = {finding.code: finding for finding in reversed(cause.following)}
        return ", ".join(
            f"{count} × {self._words(firsts[code]).title}" for code, count in cause.followers.most_common()
        )

    def _place(self, finding: Finding) -> str:
        words, file = self._words(finding), self._hidden(finding.location.origin.file)
        told = words.message if words.place in words.message else f"{words.place}  {words.message}"
        told = " · ".join(filter(None, (self._person(finding), told)))
        return f"{file}: {told}" if self._has_files and file and file not in told else told

    def tables(self) -> tuple[DataTable, ...]:
        """What a manager needs, a row a cause, a row a finding, and a row a visit."""
        headings = (tr("Kode"), tr("Alvor"), tr("Hvis regel"), tr("Regel"), tr("Udgave"), tr("Fil"), tr("Sted"))
        texts = (tr("Kontakt"), tr("Borger"), tr("Fund"), tr("Fundet"), tr("Ventet"), tr("Hvorfor"), tr("Gør"))
        visits = (tr("Kontakt"), tr("Svar"), tr("Antal fund"))
        notes = tuple((note,) for note in (self._counted(), self.account) if note)
        return (
            self._overview_table(),
            self._causes_table(),
            DataTable(tr("Fund"), headings + texts, tuple(map(self._finding_cells, self._findings.all))),
            *self._accepted_table(headings + texts),
            DataTable(tr("Kontakter"), visits, tuple(map(self._visit_cells, self._findings.family_of_visit))),
            DataTable(tr("Læst"), (self._outcome().words,), notes),
        )

    def _accepted_table(self, headings: tuple[str, ...]) -> Iterator[DataTable]:
        if accepted := self._findings.accepted:
            rows = tuple(
                (
                    *self._finding_cells(one.finding),
                    self._hidden(one.acceptance.reason),
                    acceptance_words(one.acceptance),
                )
                for one in accepted
            )
            yield DataTable(tr("Accepteret"), (*headings, tr("Begrundelse"), tr("Hvem")), rows)

    def _overview_table(self) -> DataTable:
        overview, summary = self._overview(), findings_summary(self._findings)
        rows: list[tuple[Cell, ...]] = [(self._outcome().words, None, None, None, "")]
        visits, rejected = summary.visits, summary.rejected
        for name, count in ((tr("Kontakter læst"), visits), (tr("Klar"), summary.ready),
                            (tr("Ville blive afvist"), rejected)):  # fmt: skip
            rows.append((name, count, visits, share_words(count, visits), ""))
        if overview.causes:
            rows.append((tr("De årsager, der betyder mest"), None, None, None, ""))
        rows += [
            (told.message, one.visits, rejected, told.share, told.remedy)
            for told, one in zip(overview.causes, summary.causes, strict=True)
        ]
        made = tr("Mod {standard} · {program} · {at}", standard=self._occasion.standard,
                  program=self._occasion.program, at=moment_words(self._occasion.at))  # fmt: skip
        rows += [(line, None, None, None, "") for line in (*overview.advice, *overview.read, made)]
        headings = (tr("Fejlrapport"), tr("Kontakter"), tr("Af"), tr("Andel"), tr("Gør"))
        return DataTable(tr("Overblik"), headings, tuple(rows))

    def _causes_table(self) -> DataTable:
        findings = self._findings
        summary = findings_summary(findings, len(findings.causes))
        visits = {id(one.cause): one.visits for one in summary.causes}
        headings = (tr("Kode"), tr("Alvor"), tr("Årsag"), tr("Steder"), tr("Afviste kontakter"), tr("Af"), tr("Andel"),
                    tr("Kilde"), tr("Hvorfor"), tr("Gør"))  # fmt: skip
        rows: list[tuple[Cell, ...]] = []
        for cause in findings.causes:
            words, rejected = self._words(cause.first), visits.get(id(cause), 0)
            of = summary.rejected
            rows.append(
                (cause.code, severity_word(cause.severity).lower(), self._title(cause), len(cause.findings), rejected,
                 of, share_words(rejected, of), self._source(cause.first), words.why, words.remedy)
            )  # fmt: skip
        return DataTable(tr("Årsager"), headings, tuple(rows))

    def _finding_cells(self, finding: Finding) -> tuple[str, ...]:
        words, at, person = self._words(finding), finding.location, self._person(finding)
        edition = self._source(finding).rpartition(" · ")[2]
        return (
            *(words.code, severity_word(words.severity).lower(), source_word(words.source), words.rule, edition),
            *(self._hidden(at.origin.file), words.place, self._hidden(at.visit), person),
            *(words.message, words.found, words.expected, words.why, words.remedy),
        )

    def _visit_cells(self, visit: str) -> tuple[str | float | None, ...]:
        state = tr("klar") if self._findings.is_ready(visit) else tr("ville blive afvist")
        return (self._hidden(visit), state, self._findings.count_of_visit(visit))


def _in_full(words: RenderedFinding) -> str:
    """A finding for a build server: what is wrong, where, why, and what to do, a line each."""
    return "\n".join(filter(None, (f"{words.code}: {words.message}", words.place, words.why, words.remedy)))


def _acceptance_facts(acceptance: Acceptance) -> Words:
    return {
        "reason": without_cpr(acceptance.reason),
        "by": without_cpr(acceptance.role),
        "at": acceptance.at.isoformat() if acceptance.at is not None else None,
    }


def share_words(count: int, of: int) -> str:
    """A share in percent; one that is neither none nor all is never told as if it were."""
    if not of:
        return "–"
    percent = round(100 * count / of)
    if count and not percent:
        return tr("under 1 %")
    return tr("over 99 %") if count < of and percent == 100 else f"{percent} %"
