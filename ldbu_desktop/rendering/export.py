"""What an export did, in lines for people: what was written, what was left out and why, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.bundles.model import Reason, Receipt
from ldbu_desktop.bundles.read import TWICE
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.mask import without_cpr
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.account import account_words
from ldbu_desktop.rendering.words import shortened
from ldbu_desktop.standard.model import Standard

_LONGEST = 200
"""So many letters of what a visit is called: a cell may have far more."""


def export_lines(receipt: Receipt, findings: Findings, standard: Standard) -> Iterator[str]:
    """Every visit that was left out or sent knowingly, and everything in the files that was not read, a line each."""
    counts = {"sent": receipt.sent, "files": receipt.files, "folder": receipt.folder}
    yield tr(
        "{sent, plural, one {# kontakt} other {# kontakter}} er skrevet i "
        "{files, plural, one {# fil} other {# filer}} i {folder}; kvitteringen ligger ved siden af.",
        **counts,
    )
    yield tr("Programmet sender intet: filerne når gatewayen, når journalsystemet eller I selv indsender dem.")
    for visit, reasons in receipt.knowingly.items():
        yield tr(
            "Skrevet bevidst: {visit} ({reasons})",
            visit=shortened(without_cpr(visit), _LONGEST),
            reasons=_codes(reasons),
        )
    for left_out in receipt.left_out:
        visit = shortened(without_cpr(left_out.visit), _LONGEST)
        yield tr("Ikke skrevet: {visit} ({reasons})", visit=visit, reasons=_codes(left_out.reasons))
    for found in findings.of_no_visit:
        yield tr("Ikke skrevet: {why}", why=_at_its_place(found, standard))
    not_read = {each.code for each in findings.journal.account.not_read}
    for found in findings.about_files:
        if found.code == TWICE:
            yield tr("Ikke skrevet: {why}", why=_at_its_place(found, standard))
        elif found.code in not_read or type_of(found).severity is Severity.REJECTED:
            yield tr("Ikke læst: {what}", what=_at_its_place(found, standard))
    if findings.journal.account.not_read:
        yield account_words(findings.journal.account)


def _at_its_place(found: Finding, standard: Standard) -> str:
    words = rendered(found, chosen(), standard)
    file = without_cpr(found.location.origin.file)
    place = "" if words.place in words.message else f"{words.place}: "
    return f"{'' if file in words.message else f'{file}: '}{place}{words.message}"


def _codes(reasons: tuple[Reason, ...]) -> str:
    return ", ".join(f"{reason.code} {reason.rule}".strip() for reason in reasons)
