"""For people on a terminal: what would be rejected, by cause, with places, reasons and remedies."""

from __future__ import annotations

import sys
from typing import TextIO

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.document import SEVERITY_SIGNS, SIGNS, CauseSection, CauseText, Document, OutcomeTone
from ldbu_desktop.rendering.terminal import for_screen
from ldbu_desktop.rendering.words import count_words

_BOLD, _DIM, _UNDERLINED, _RED, _YELLOW = "1", "2", "4", "31", "33"
_TONES = {OutcomeTone.GOOD: "32", OutcomeTone.WARNING: _YELLOW, OutcomeTone.BAD: _RED}
_SEVERITIES = {
    Severity.REJECTED: _RED,
    Severity.MEND: _RED,
    Severity.LOOK_AT: _YELLOW,
    Severity.INFO: "36",
    Severity.NOT_CHECKED: _DIM,
}


class _Pen:
    """Writes lines, with colours only where somebody sees them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._has_colours = stream.isatty() and sys.platform != "win32"

    def line(self, text: str = "", style: str = "") -> None:
        """Write a line; ``style`` is a terminal's own number for a colour or weight."""
        text = for_screen(text)
        self._stream.write(f"\x1b[{style}m{text}\x1b[0m\n" if style and self._has_colours else f"{text}\n")


def write_text(document: Document, stream: TextIO) -> None:
    """Write it all, the outcome last, where a terminal leaves the eye."""
    pen = _Pen(stream)
    occasion = document.occasion
    pen.line(f"{document.title} · {occasion.standard} · {occasion.program}", _BOLD)
    told: set[str] = set()
    for section in document.sections:
        _section(section, pen, told)
    if document.not_read.rows:
        pen.line()
        pen.line(document.not_read.heading, _UNDERLINED)
    for name, why in document.not_read.rows:
        pen.line(f"✖ {why if not name or name in why else f'{name}: {why}'}", _RED)
    if document.passed_over is not None and document.passed_over.rows:
        pen.line()
        pen.line(document.passed_over.heading, _DIM)
        for name, why in document.passed_over.rows:
            pen.line(f"– {why if name in why else f'{name}: {why}'}", _DIM)
    pen.line()
    pen.line(f"{SIGNS[document.outcome.tone]} {document.outcome.words}", _TONES[document.outcome.tone])
    pen.line(" · ".join(f"{name}: {count_words(count)}" for name, count in document.counts), _BOLD)
    for note in document.notes:
        pen.line(note)
    for line in document.scope:
        pen.line(line, _DIM)


def _section(section: CauseSection, pen: _Pen, told: set[str]) -> None:
    pen.line()
    pen.line(section.heading, _UNDERLINED)
    for cause in section.causes:
        pen.line()
        pen.line(f"{SEVERITY_SIGNS[section.severity]} {cause.message}  [{cause.code}]", _SEVERITIES[section.severity])
        _cause(cause, pen, told)


def _cause(cause: CauseText, pen: _Pen, told: set[str]) -> None:
    """A cause; a contradiction of the standard that was ``told`` before is not told again."""
    pen.line(f"  {' · '.join(filter(None, (cause.strikes, cause.element)))}", _DIM)
    pen.line(f"  {tr('Hvorfor')}: {cause.why}")
    pen.line(f"  {tr('Gør')}: {cause.remedy}")
    if cause.source:
        pen.line(f"  {cause.source}", _DIM)
    for contradiction in cause.contradictions:
        if contradiction not in told:
            told.add(contradiction)
            pen.line(f"  {tr('En modsigelse i standarden, der kan spille ind')}: {contradiction}")
    for place in cause.places:
        pen.line(f"    {place}")
    if cause.more:
        pen.line(f"    {cause.more}")
    if cause.followers:
        pen.line(f"  {tr('Følger heraf')}: {cause.followers}", _DIM)
