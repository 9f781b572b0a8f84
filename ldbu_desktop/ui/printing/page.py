"""The page as rich text: plain, black on white, one column, with hairlines instead of frames."""

from __future__ import annotations

from html import escape

from ldbu_desktop.language import tr
from ldbu_desktop.rendering.visit_summary import Line, Part, Summary
from ldbu_desktop.rendering.words import count_words
from ldbu_desktop.ui.theme import LIGHT

_TITLE = 1.7
_WIDTHS = (30, 36, 34)
"""The title's size of type against that of the text; the widths of a line's columns in percent."""


def style(points: float) -> str:
    """The style sheet for text of a size in points. Rich text knows distances in pixels only, 96 to the inch."""
    pixels = points * 96 / 72
    return (
        f"body {{ color: {LIGHT.text}; font-size: {points}pt; }}"
        f".title {{ font-size: {points * _TITLE}pt; font-weight: 600; margin: 0 0 {pixels * 0.4:.1f}px 0; }}"
        f".about {{ color: {LIGHT.muted}; margin: 0 0 {pixels * 0.15:.1f}px 0; }}"
        f".heading {{ color: {LIGHT.accent}; font-weight: 600;"
        f" margin: {pixels * 1.5:.1f}px 0 {pixels * 0.3:.1f}px 0; }}"
        f".foot {{ color: {LIGHT.muted}; margin: 0 0 {pixels * 0.15:.1f}px 0; }}"
        "table { border-collapse: collapse; }"
        f"td {{ padding: {pixels * 0.25:.1f}px {pixels * 0.8:.1f}px {pixels * 0.25:.1f}px 0;"
        f" vertical-align: top; border-top: 0.5px solid {LIGHT.line}; }}"
        f".label, .note {{ color: {LIGHT.muted}; }}"
    )


def page(summary: Summary) -> str:
    """The whole page, without its foot."""
    about = "".join(f"<p class='about'>{escape(line)}</p>" for line in summary.about)
    return f"<p class='title'>{escape(summary.title)}</p>{about}{''.join(map(_part, summary.parts))}"


def foot(summary: Summary) -> str:
    """What stands at the bottom: by which rules and program, and that something had no room."""
    lines = list(summary.foot)
    if any(part.left_out for part in summary.parts):
        lines.insert(0, tr("Ikke alt er med: der er kun plads til én side."))
    return "".join(f"<p class='foot'>{escape(line)}</p>" for line in lines)


def _part(part: Part) -> str:
    lines = "".join(map(_line, part.lines))
    if part.left_out:
        more = tr("… og {count} til", count=count_words(part.left_out))
        lines += f"<tr><td colspan='3' class='note'>{escape(more)}</td></tr>"
    return f"<p class='heading'>{escape(part.heading)}</p><table width='100%' cellspacing='0'>{lines}</table>"


def _line(line: Line) -> str:
    if not line.value and not line.note:
        return f"<tr><td colspan='3'>{escape(line.label)}</td></tr>"
    label, value, note = (f"width='{width}%'" for width in _WIDTHS)
    told = f"<td {value}>{escape(line.value)}</td><td {note} class='note'>{escape(line.note)}</td>"
    if not line.note:
        told = f"<td colspan='2'>{escape(line.value)}</td>"
    return f"<tr><td {label} class='label'>{escape(line.label)}</td>{told}</tr>"
