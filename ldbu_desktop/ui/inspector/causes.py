"""What the inspector says of the causes and findings of the journal that is open."""

from __future__ import annotations

from ldbu_desktop.findings.cause_text import cause_title, finding_title
from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.language import chosen, quoted, tr
from ldbu_desktop.rendering.words import acceptance_words, count_words, severity_word, visit_day, visit_name
from ldbu_desktop.ui.session import Session


class JournalCauses:
    """The words of the session's findings, for the list of findings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def findings(self, cause: Cause[Finding]) -> list[Finding]:
        """The findings that have a cause, and those that follow from it."""
        return [*cause.findings, *cause.following]

    def severity(self, cause: Cause[Finding]) -> Severity:
        """How much a cause weighs."""
        return cause.severity

    def weight(self, cause: Cause[Finding]) -> str:
        """How much a cause weighs, in a word."""
        return severity_word(cause.severity)

    def title(self, cause: Cause[Finding]) -> str:
        """What is wrong, with what tells it from others first."""
        return cause_title(cause, chosen(), self._session.standard)

    def about(self, cause: Cause[Finding]) -> str:
        """How much it weighs, where or how often it is, and how much follows."""
        count, acceptance = len(cause.findings), self._session.work.acceptance_of(cause.findings[0])
        if acceptance is not None:
            return f"{acceptance.reason} · {acceptance_words(acceptance)}"
        where = self._session.words(cause.findings[0]).place
        places = tr("{count, plural, one {# sted} other {# steder}}", count=count_words(count)) if count > 1 else where
        followers = (
            tr("{count, plural, one {# følger heraf} other {# følger heraf}}", count=count_words(len(cause.following)))
            if cause.following
            else ""
        )
        return " · ".join(filter(None, (self.weight(cause), places, followers)))

    def place(self, finding: Finding) -> str:
        """The variable or the visit, and what was found there."""
        at, session = finding.location, self._session
        visit = session.visit(at.visit)
        name = self._variable(at.field or at.variable) or (visit_name(visit, session.standard) if visit else "")
        found = quoted(finding.found) if finding.found else ""
        return "  ".join(filter(None, (name, found))) or self.tip(finding)

    def whereabouts(self, finding: Finding) -> str:
        """The visit with its day, and the place in the file."""
        session = self._session
        visit = session.visit(finding.location.visit)
        when = f"{visit_name(visit, session.standard)} {visit_day(visit)}" if visit else ""
        return " · ".join(filter(None, (when, session.words(finding).place)))

    def tip(self, finding: Finding) -> str:
        """What is wrong, with what was found."""
        return finding_title(finding, chosen(), self._session.standard)

    def _variable(self, variable: str) -> str:
        known = self._session.standard.variable.get(variable)
        return known.label[chosen()] if known else ""
