"""What the file check says of the causes and findings of reports, and the headings that they stand under.

The same for one report and for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from ldbu_desktop.conformance.model import ReportCause, ReportPlace, ReportTally
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.findings.text import found_text, message_of
from ldbu_desktop.journal.mask import cpr_masked
from ldbu_desktop.language import chosen, quoted, tr
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.findings.model import Heading
from ldbu_desktop.ui.reports.checking import Checking
from ldbu_desktop.ui.reports.words import place_words, reports_words, severity_of, severity_words


class ReportCauses:
    """The words of the findings of the selected report, or of all reports if ``is_whole``, for the list of findings."""

    def __init__(self, checking: Checking) -> None:
        self._checking = checking
        self.is_whole = False

    @property
    def rows(self) -> list[Heading | ReportCause]:
        """The causes that are to be shown, under their headings."""
        checking = self._checking
        return rows(checking.causes if self.is_whole else checking.causes_of(checking.number))

    def findings(self, cause: ReportCause) -> Sequence[ReportPlace]:
        """Where a cause is found: in which report, and which finding."""
        return cause.places

    def severity(self, cause: ReportCause) -> Severity:
        """How much a cause weighs."""
        return severity_of(cause.first)

    def weight(self, cause: ReportCause) -> str:
        """What a cause does to the verdict."""
        return severity_words(cause.first)

    def title(self, cause: ReportCause) -> str:
        """What is wrong."""
        return message_of(cause.first, chosen(), self._checking.session.standard)

    def about(self, cause: ReportCause) -> str:
        """Whose rule it is, where or how often it is broken, and what follows from that."""
        if self.is_whole:
            where = reports_words(cause.files)
        elif cause.count > 1:
            where = tr("{count, plural, one {# sted} other {# steder}}", count=count_words(cause.count))
        else:
            where = place_words(cause.first)
        followers = cause.followers.total()
        after = (
            tr("{count, plural, one {# følger heraf} other {# følger heraf}}", count=count_words(followers))
            if followers
            else ""
        )
        return " · ".join(filter(None, (cause.first.rule, where, after)))

    def place(self, place: ReportPlace) -> str:
        """The path of the element."""
        return cpr_masked(place.finding.at)

    def whereabouts(self, place: ReportPlace) -> str:
        """The report where there are several, line and column, and what was found there."""
        file = cpr_masked(self._checking.reports[int(place.file)].checked.file) if self.is_whole else ""
        found = found_text(place.finding, chosen(), self._checking.session.standard)
        return " · ".join(filter(None, (file, place_words(place.finding), quoted(found) if found else "")))

    def tip(self, place: ReportPlace) -> str:
        """The path, which may be longer than its line."""
        return self.place(place)


def rows(causes: ReportTally) -> list[Heading | ReportCause]:
    """Causes under headings; without a heading where nothing but what rejects was found."""
    parts = (
        (tr("Ville blive afvist"), causes.rejecting),
        (tr("Se efter: det afviser ikke"), causes.to_look_at),
        (tr("Vores egne fund – ikke en del af dommen"), causes.own),
    )
    has_headings = bool(causes.to_look_at or causes.own)
    made: list[Heading | ReportCause] = []
    for title, found in parts:
        if found and has_headings:
            made.append(Heading(title))
        made += found
    return made
