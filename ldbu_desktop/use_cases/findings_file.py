"""What was found as a file: of a journal, or of finished delivery reports, in any form that it can be told in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO, TextIOWrapper
from pathlib import Path

from ldbu_desktop import __version__, clock
from ldbu_desktop.conformance.model import CheckedReport
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.formats import Output, Painter, report_renderer, write_findings
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.whole_files import write_whole


def write_findings_file(findings: Findings, standard: Standard, form: str, target: Path, paint: Painter) -> Path:
    """Write the findings of a journal to ``target`` in a format of ``OF_FINDINGS``; returns where they are.

    What is for others (a page, a PDF, a workbook) names nobody: it is the error report for whoever makes the export.
    Raises :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    about = _occasion(f"{standard.header.package} {standard.header.version}", standard)
    return _write(target, paint, lambda output: write_findings(findings, standard, form, output, about))


def write_verdicts_file(
    reports: Iterable[CheckedReport],
    checked_with: str,
    standard: Standard,
    form: str,
    target: Path,
    paint: Painter,
    *,
    is_complete: bool = True,
) -> Path:
    """Write the verdicts on reports to ``target`` in a format of ``FORMATS``; returns where they are.

    ``checked_with`` is what the standard is called; not ``is_complete``: there may be more reports. Raises as
    :func:`write_findings_file`.
    """

    def write(output: Output) -> None:
        renderer = report_renderer(form, output, _occasion(checked_with, standard))
        for checked in reports:
            renderer.add(checked)
        renderer.end(is_complete=is_complete)

    return _write(target, paint, write)


def _occasion(checked_with: str, standard: Standard) -> Occasion:
    return Occasion(
        standard=checked_with,
        catalogue=standard,
        program=f"LDBU Desktop {__version__}",
        at=clock.now(),
        language=chosen(),
        rest=tr("gem dem som regneark for at se alle"),
    )


def _write(target: Path, paint: Painter, write: Callable[[Output], None]) -> Path:
    """Write a file whole or not at all, for its owner only."""
    written = BytesIO()
    text = TextIOWrapper(written, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    write(Output(text, written.write, paint))
    write_whole(target, lambda aside: aside.write_bytes(written.getvalue()), is_private=True)
    return target
