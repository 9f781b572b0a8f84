"""The error report for whoever makes the export: what was found, as a page, a PDF or a workbook."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path

from ldbu_desktop import __version__
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.summary import Findings
from ldbu_desktop.language import chosen
from ldbu_desktop.rendering.formats import OF_FINDINGS, Output, Painter, write_findings
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.whole_files import write_whole

ENDINGS = (".html", ".pdf", ".xlsx")
"""What a report can be written as."""


def write_error_report(findings: Findings, standard: Standard, target: Path, paint: Painter) -> Path:
    """Write the report to ``target``, in the form that its ending names, for its owner only; returns where it is.

    Raises :class:`~ldbu_desktop.faults.CallFault` for another ending, and :class:`~ldbu_desktop.faults.OutputFault`
    where it can't be written.
    """
    form = target.suffix.lower().removeprefix(".")
    if target.suffix.lower() not in ENDINGS or form not in OF_FINDINGS:
        raise CallFault("report-kind-unknown", file=target.name)
    occasion = Occasion(
        standard=f"{standard.header.package} {standard.header.version}",
        catalogue=standard,
        program=f"LDBU Desktop {__version__}",
        at=datetime.now().astimezone(),
        language=chosen(),
    )
    written = BytesIO()
    text = TextIOWrapper(written, encoding="utf-8", errors="backslashreplace", newline="", write_through=True)
    write_findings(findings, standard, form, Output(text, written.write, paint), occasion)
    write_whole(target, lambda aside: aside.write_bytes(written.getvalue()), is_private=True)
    return target
