"""Findings for people on a terminal: by cause, heaviest first, with places, reasons and remedies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text as Styled

from ldbu_desktop import __version__
from ldbu_desktop.cli.console import console
from ldbu_desktop.findings.model import RuleSource, Severity
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from rich.console import Console

    from ldbu_desktop.findings.causes import Cause
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.standard.model import Standard

PLACES = 5
"""How many places of a cause are shown unless all are asked for."""

SIGNS = {
    Severity.REJECTED: ("✖", "bold red"),
    Severity.CHECK: ("▲", "bold yellow"),
    Severity.INFO: ("●", "cyan"),
    Severity.NOT_CHECKED: ("○", "dim"),
}


def severity_word(severity: Severity) -> str:
    """A severity as a word."""
    words = {
        Severity.REJECTED: tr("afvises"),
        Severity.CHECK: tr("se efter"),
        Severity.INFO: tr("til orientering"),
        Severity.NOT_CHECKED: tr("ikke kontrolleret"),
    }
    return words[severity]


def source_word(source: RuleSource) -> str:
    """Whose rule it is, in words."""
    words = {
        RuleSource.GATEWAY: tr("gatewayens regel"),
        RuleSource.GUIDE: tr("vejledningens tabel"),
        RuleSource.STANDARD: tr("standardens tekst"),
        RuleSource.QUESTIONNAIRE: tr("spørgeskemaets egne grænser"),
        RuleSource.PLAUSIBILITY: tr("sandsynlighed"),
        RuleSource.FILE: tr("filen"),
    }
    return words[source]


def tell_findings(findings: Findings, standard: Standard, *, everything: bool) -> None:
    """Print the findings by cause; ``everything`` shows every place and not only the first of each cause."""
    out = console()
    header = standard.header
    out.print(
        tr(
            "Forkontrol · {package} {version} · LDBU Desktop {program}",
            package=header.package,
            version=header.version,
            program=__version__,
        ),
        style="bold",
    )
    for cause in findings.causes:
        _tell_cause(out, cause, standard, everything=everything)
    out.print()
    if not findings.count:
        out.print(f"✔ {tr('Ingen fund.')}", style="bold green")
    _tell_counts(out, findings)


def _indented(line: Styled) -> Padding:
    return Padding(line, (0, 0, 0, 2), expand=False)


def _tell_cause(out: Console, cause: Cause, standard: Standard, *, everything: bool) -> None:
    sign, style = SIGNS[cause.severity]
    first = rendered(cause.findings[0], chosen(), standard)
    out.print()
    out.print(Styled(f"{sign} {first.title}", style), end=" ")
    out.print(Styled(f"· {severity_word(cause.severity)} · {len(cause.findings)} · {cause.code}", "dim"))
    shown = cause.findings if everything else cause.findings[:PLACES]
    for finding in shown:
        words = rendered(finding, chosen(), standard)
        place = "" if words.place in words.message else f"{words.place}  "
        out.print(_indented(Styled.assemble((place, "bold"), words.message)))
    if len(shown) < len(cause.findings):
        more = tr("… og {count} steder til (--all viser alle)", count=len(cause.findings) - len(shown))
        out.print(_indented(Styled(more, "dim")))
    out.print(_indented(Styled.assemble((f"{tr('Hvorfor')}: ", "dim"), first.why)))
    out.print(_indented(Styled.assemble((f"{tr('Gør')}: ", "dim"), first.remedy)))


def _tell_counts(out: Console, findings: Findings) -> None:
    told = " · ".join(f"{severity_word(severity)}: {count}" for severity, count in findings.counts.items() if count)
    out.print(
        tr(
            "{visits} kontakter: {ready} klar, {rejected} afvises",
            visits=findings.journal.visit_count,
            ready=len(findings.ready_visits),
            rejected=len(findings.rejected_visits),
        ),
        style="bold",
    )
    if told:
        out.print(told)
    out.print(
        tr("Det er en forkontrol: gatewayen afgør. Ikke kontrolleret: om CPR-, SOR- og skolenumre findes."), style="dim"
    )
