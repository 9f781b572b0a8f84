"""What a cause is called: what is wrong, with what tells it from others of the same kind first."""

from __future__ import annotations

from ldbu_desktop.findings.causes import Cause
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard

_LONGEST = 40


def cause_title(cause: Cause[Finding], language: Language, standard: Standard) -> str:
    """``Vægt »52500«: Kommaet ser ud til at stå forkert``: the variable, and what was found where that is the same."""
    first = cause.findings[0]
    words = rendered(first, language, standard)
    known = standard.variable.get(cause.variable or cause.field)
    is_same = bool(first.found) and all(one.found == first.found for one in cause.findings)
    found = words.found if is_same and len(words.found) <= _LONGEST else ""
    about = " ".join(filter(None, (known.label[language] if known else "", f"»{found}«" if found else "")))
    return f"{about}: {words.title}" if about else words.title
