"""Words, signs and colours of the file check: how a report stands, where a finding is, what was and was not checked."""

from __future__ import annotations

from enum import StrEnum

from ldbu_desktop.conformance.model import CheckedReport, ConformanceFinding
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.words import count_words


class ReportStatus(StrEnum):
    """How a report stands: one of these."""

    REJECTED = "rejected"
    LOOK_AT = "look-at"
    CLEAR = "clear"
    UNCHECKED = "unchecked"
    NO_REPORT = "no-report"


def status_of(checked: CheckedReport) -> ReportStatus:
    """How a report stands. What is only ours to remark on never makes it rejected; what lay beside it is no report."""
    if checked.is_passed_over:
        return ReportStatus.NO_REPORT
    if checked.fault is not None:
        return ReportStatus.UNCHECKED
    if not checked.verdict.valid:
        return ReportStatus.REJECTED
    return ReportStatus.LOOK_AT if checked.verdict.others else ReportStatus.CLEAR


def report_severity(checked: CheckedReport) -> Severity | None:
    """The sign and colour that a report is shown with; None where there is nothing to say."""
    match status_of(checked):
        case ReportStatus.UNCHECKED:
            return Severity.NOT_CHECKED
        case ReportStatus.NO_REPORT:
            return Severity.INFO
        case ReportStatus.REJECTED:
            return Severity.REJECTED
        case ReportStatus.CLEAR:
            return None
    return Severity.INFO if all(one.ours for one in checked.verdict.others) else Severity.LOOK_AT


def severity_of(error: Finding) -> Severity:
    """How much a finding weighs, as it is shown."""
    return type_of(error).severity


def severity_words(error: ConformanceFinding) -> str:
    """What a finding does to the verdict."""
    if error.ours:
        return tr("Vores eget fund: ikke en del af dommen")
    return tr("Ville blive afvist") if severity_of(error) is Severity.REJECTED else tr("Se efter: det afviser ikke")


def status_words(checked: CheckedReport) -> str:
    """How a report stands, in words, with how much there is to say about it."""
    verdict, where = checked.verdict, status_of(checked)
    if where is ReportStatus.UNCHECKED:
        return tr("Ikke kontrolleret")
    if where is ReportStatus.NO_REPORT:
        return tr("Ingen rapport, og ikke læst")
    told = [tr("Ville blive afvist") if where is ReportStatus.REJECTED else tr("Uden fejl")]
    if verdict.errors:
        told.append(errors_words(len(verdict.errors)))
    if to_look_at := sum(not one.ours for one in verdict.others):
        told.append(tr("{count} at se efter", count=count_words(to_look_at)))
    if ours := sum(one.ours for one in verdict.others):
        told.append(tr("{count, plural, one {# eget fund} other {# egne fund}}", count=count_words(ours)))
    return " · ".join(told)


def reports_words(number: int) -> str:
    """So many reports: ``1 rapport``."""
    return tr("{count, plural, one {# rapport} other {# rapporter}}", count=count_words(number))


def errors_words(number: int) -> str:
    """So many errors: ``1 fejl``."""
    return tr("{count, plural, one {# fejl} other {# fejl}}", count=count_words(number))


def fault_words(checked: CheckedReport) -> str:
    """Why a report was not checked; nothing where it was."""
    return cpr_masked(fault_text(checked.fault, chosen())) if checked.fault is not None else ""


def place_words(error: ConformanceFinding) -> str:
    """Line and column in the file; nothing where a finding has no place."""
    if error.line is None:
        return ""
    return tr("linje {line}, kolonne {column}", line=error.line, column=error.column or 1)


def standard_words(version: str) -> str:
    """Which standard is checked against."""
    return tr("standarden for børn {version}", version=version)
