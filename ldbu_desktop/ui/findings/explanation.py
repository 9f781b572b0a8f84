"""What a finding means, as a page to read: how much it weighs, what is wrong, what to do, and the parts behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QTextBrowser

from ldbu_desktop.findings.model import Severity
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.severity import colour_of
from ldbu_desktop.ui.theme import BODY, FIXED_FAMILIES, GRID, SMALL, colours, is_large, points, scaled

_MARKS = {"rejected": "rejected", "check": "check", "info": "info", "clear": "clear", "not-checked": "info"}
"""The marks of a line, and their colours."""


def sheet() -> str:
    """The style of a page, in the colours in use."""
    used = colours()
    faces = ", ".join(f"'{face}'" for face in FIXED_FAMILIES)
    return (
        f"body {{ color: {used.text}; font-size: {points(BODY)}pt; }}"
        f"h3 {{ font-size: {points(BODY)}pt; font-weight: 600; margin: 0 0 6px 0; }}"
        f"h4 {{ font-size: {points(SMALL)}pt; font-weight: 600; color: {used.muted}; margin: 12px 0 2px 0; }}"
        "p { margin: 0 0 4px 0; line-height: 130%; }"
        f".muted {{ color: {used.muted}; }} .small {{ font-size: {points(SMALL)}pt; color: {used.muted}; }}"
        f".path {{ font-family: {faces}; font-size: {points(SMALL)}pt; }}"
        + "".join(f".{mark} {{ color: {getattr(used, ink)}; font-weight: 600; }}" for mark, ink in _MARKS.items())
    )


def line(text: str, mark: str = "") -> str:
    """A paragraph: muted, small, a path, or with a severity's colour."""
    return f"<p class='{mark}'>{escape(text)}</p>" if mark else f"<p>{escape(text)}</p>"


def note(text: str) -> str:
    """A small paragraph with a line above it; nothing for no text."""
    return f"<p class='small'><br>{escape(text)}</p>" if text else ""


def heading(text: str, mark: str = "") -> str:
    """What a page is about."""
    return f"<h3 class='{mark}'>{escape(text)}</h3>" if mark else f"<h3>{escape(text)}</h3>"


def part(title: str, *paragraphs: str) -> str:
    """Paragraphs under a small title; nothing where they say nothing."""
    lines = "".join(line(paragraph) for paragraph in paragraphs if paragraph)
    return f"<h4>{escape(title)}</h4>{lines}" if lines else ""


def hint(text: str) -> str:
    """What to do where there is nothing to read yet."""
    return line(text, "muted")


def finding_page(severity: Severity, weight: str, title: str, parts: Iterable[str]) -> str:
    """A finding: how much it weighs in words, what is wrong, and the parts."""
    return "".join((line(weight, colour_of(severity)), heading(title), *parts))


_LEAST_HEIGHT = 20 * GRID


class TextPage(QTextBrowser):
    """A page to read."""

    def __init__(self, name: str, live: Retranslation, title: Callable[[], str]) -> None:
        super().__init__()
        self._shown = ("", "")
        self.setObjectName(name)
        self.setOpenLinks(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)  # paths are long words
        self.document().setDocumentMargin(4 * GRID)
        live.name(self, title)

    def minimumSizeHint(self) -> QSize:
        """Where text is large, as high as some lines of it."""
        least = super().minimumSizeHint()
        return least if not is_large() else QSize(least.width(), max(least.height(), scaled(_LEAST_HEIGHT)))

    def show_page(self, page: str) -> None:
        """Show a page in the colours in use. One that is there already stays as it is, scrolled as it is."""
        if (shown := (sheet(), page)) != self._shown:
            self._shown = shown
            self.document().setDefaultStyleSheet(shown[0])
            self.setHtml(page)
            self.setAccessibleDescription(self.toPlainText())
