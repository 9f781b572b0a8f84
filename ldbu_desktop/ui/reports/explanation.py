"""The texts beside a report: what a finding means and what to do; or that there is none, and what was checked."""

from __future__ import annotations

from ldbu_desktop.conformance.model import ConformanceFinding
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Follower
from ldbu_desktop.findings.technical_words import checked_and_not, follower_words
from ldbu_desktop.findings.text import message_of, rendered
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, quoted, tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.ui.findings.explanation import finding_page, heading, hint, line, note, part
from ldbu_desktop.ui.reports.checking import Checking, Report
from ldbu_desktop.ui.reports.words import (
    ReportStatus,
    fault_words,
    place_words,
    report_severity,
    severity_of,
    severity_words,
    standard_words,
    status_of,
    status_words,
)

_SHOWN_FOLLOWERS = 6


def report_finding_page(error: ConformanceFinding, version: str, standard: Standard) -> str:
    """What was found and expected, where, why, what to do, and what else only follows from it."""
    words = rendered(error, chosen(), standard)
    is_nearest = type_of(error).facts == "profile"
    return finding_page(
        severity_of(error),
        severity_words(error),
        words.message,
        (
            part(tr("Gør sådan"), words.remedy),
            part(tr("Sted"), place_words(error)),
            line(cpr_masked(error.at), "path"),
            part(tr("Nærmeste profil") if is_nearest else tr("Forventet"), words.expected),
            part(tr("I vejen står"), *_obstacles(error, standard))
            if is_nearest
            else part(tr("Fundet"), quoted(words.found) if words.found else ""),
            part(tr("Hvorfor"), words.why),
            part(tr("En modsigelse i standarden, der kan spille ind"), *words.contradictions),
            part(tr("Følger heraf"), *_followers(error.followers)),
            part(tr("Regel"), error.rule, standard_words(version)),
            line(error.profile, "small") if error.profile else "",
        ),
    )


def _obstacles(error: ConformanceFinding, standard: Standard) -> list[str]:
    """What keeps an observation from fitting the profile that it is nearest to, and where."""
    return [
        f"{message_of(one, chosen(), standard)} ({cpr_masked(one.location.origin.path)})" for one in error.obstacles
    ]


def _followers(followers: tuple[Follower, ...]) -> list[str]:
    """What only fails because of it: gone when it is mended."""
    lines = [
        f"{follower_words(one.key.rpartition('#')[2], chosen())}  {cpr_masked(one.at)}"
        for one in followers[:_SHOWN_FOLLOWERS]
    ]
    if len(followers) > len(lines):
        lines.append(tr("… og {count} til", count=count_words(len(followers) - len(lines))))
    if lines:
        lines.insert(0, tr("Det forsvinder, når fejlen er rettet:"))
    return lines


def report_page(report: Report, version: str) -> str:
    """How a report stands where no finding is selected."""
    checked = report.checked
    where = status_of(checked)
    if where in (ReportStatus.UNCHECKED, ReportStatus.NO_REPORT):
        told = fault_words(checked)
        return line(status_words(checked), str(report_severity(checked))) + heading(told)
    if checked.verdict.errors or checked.verdict.others:
        return hint(tr("Vælg et fund for at se, hvad det betyder, og hvad man gør."))
    ok = tr("Ingen fejl i rapporten")
    tried = tr("Rapporten er kontrolleret mod {standard}.", standard=standard_words(version))
    return heading(ok, "clear") + line(tried) + _extent()


def blank_page(checking: Checking) -> str:
    """What stands there where no report is selected."""
    if checking.is_running and not checking.reports:
        return hint(tr("Fundene kommer, når de første rapporter er kontrolleret."))
    return hint(tr("Vælg en rapport eller et fund for at se, hvad det betyder, og hvad man gør.")) + _extent()


def _extent() -> str:
    """What was checked, what was not, and who decides."""
    return "".join(map(note, checked_and_not(chosen())))
