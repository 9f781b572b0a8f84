"""What a cause is called: what is wrong, with what tells it from others of the same kind first."""

from __future__ import annotations

from collections.abc import Iterable

from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.language import Language, quoted
from ldbu_desktop.standard.model import Standard

_LONGEST = 40


def cause_title(cause: Cause[Finding], language: Language, standard: Standard) -> str:
    """``Vægt »52500«: Kommaet ser ud til at stå forkert``: the variable, and what was found where that is the same."""
    first = cause.findings[0]
    is_same = all(one.found == first.found for one in cause.findings)
    return _titled(*_about_and_title(first, cause.variable or cause.field, language, standard, has_found=is_same))


def finding_title(finding: Finding, language: Language, standard: Standard) -> str:
    """What one finding is called: as its cause, with what was found."""
    return _titled(*_words_of(finding, language, standard))


def finding_titles(findings: Iterable[Finding], language: Language, standard: Standard) -> tuple[str, ...]:
    """What several are called, each title once: ``Søvn, Motorik: Mangler, og gatewayen kræver det``."""
    about: dict[str, dict[str, None]] = {}
    for finding in findings:
        one, title = _words_of(finding, language, standard)
        about.setdefault(title, {})[one] = None
    return tuple(_titled(", ".join(filter(None, all_of_it)), title) for title, all_of_it in about.items())


def _words_of(finding: Finding, language: Language, standard: Standard) -> tuple[str, str]:
    at = finding.location
    variable = "" if at.field.startswith("answer.") else at.variable
    return _about_and_title(finding, variable or at.field, language, standard, has_found=True)


def _about_and_title(
    finding: Finding, variable: str, language: Language, standard: Standard, *, has_found: bool
) -> tuple[str, str]:
    words = rendered(finding, language, standard)
    known = standard.variable.get(variable)
    found = words.found if has_found and finding.found and len(words.found) <= _LONGEST else ""
    about = " ".join(filter(None, (known.label[language] if known else "", quoted(found, language) if found else "")))
    return about, words.title


def _titled(about: str, title: str) -> str:
    return f"{about}: {title}" if about else title
