"""For people: what would be rejected, by cause, with places, reasons and remedies; and what was not checked."""

from __future__ import annotations

import sys
from typing import TextIO

from ldbu_desktop.cli.check_formats.form import Occasion
from ldbu_desktop.language import tr
from ldbu_desktop.use_cases.check_causes import Cause, Causes, Place
from ldbu_desktop.use_cases.check_texts import checked_and_not, follower_words, found_at, masked, told
from ldbu_desktop.use_cases.checked_report import CheckedReport
from ldbu_desktop.use_cases.faults import fault_text

PLACES = 5
"""How many places of a cause are shown unless all are asked for."""


class _Pen:
    """Writes lines, with colours only where somebody sees them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._has_colours = stream.isatty() and sys.platform != "win32"

    def line(self, text: str = "", style: str = "") -> None:
        """Write a line; ``style`` is a terminal's own number for a colour or weight."""
        self._stream.write(f"\x1b[{style}m{text}\x1b[0m\n" if style and self._has_colours else f"{text}\n")


class Text:
    """Waits until all is known and then writes the causes, the most frequent first."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._pen = _Pen(stream)
        self._occasion = occasion
        self._causes = Causes(None if occasion.everything else PLACES)
        self._told: set[str] = set()

    def add(self, checked: CheckedReport) -> None:
        """Remember what is to be told."""
        self._causes.add(checked)

    def end(self, *, is_complete: bool) -> None:
        """Write it all."""
        causes = self._causes
        self._pen.line(tr("Forkontrol mod {standard}", standard=self._occasion.standard), "1")
        self._section(tr("Ville blive afvist"), "✖", "31", causes.rejecting)
        self._section(tr("Bemærkninger, som ikke afviser"), "▲", "33", causes.remarks)
        self._section(
            tr("Vores egne iagttagelser, som ikke er en del af den officielle kontrol"), "●", "36", causes.own
        )
        self._faults()
        self._pen.line()
        if not causes.rejected and not causes.unchecked and causes.reports:
            self._pen.line(f"✔ {tr('Ingen fejl.')}", "32")
        self._pen.line(
            tr(
                "Rapporter: {reports} · uden fejl: {valid} · ville blive afvist: {rejected} · "
                "ikke kontrolleret: {unchecked}",
                reports=causes.reports,
                valid=causes.valid,
                rejected=causes.rejected,
                unchecked=causes.unchecked,
            ),
            "1",
        )
        if not is_complete:
            self._pen.line(tr("Arbejdet blev afbrudt: der kan være flere rapporter."), "33")
        for line in checked_and_not():
            self._pen.line(line, "2")

    def _section(self, title: str, sign: str, colour: str, causes: list[Cause]) -> None:
        if causes:
            self._pen.line()
            self._pen.line(title, "4")
        for cause in causes:
            self._cause(cause, sign, colour)

    def _cause(self, cause: Cause, sign: str, colour: str) -> None:
        words = told(cause.first, self._occasion.language)
        self._pen.line()
        self._pen.line(f"{sign} {words.message}  [{cause.first.rule}]", colour)
        self._pen.line(f"  {how_often(cause)} · {masked(cause.element)}", "2")
        self._pen.line(f"  {tr('Hvorfor')}: {words.why}")
        self._pen.line(f"  {tr('Gør')}: {words.remedy}")
        for contradiction in words.contradictions:
            if contradiction in self._told:
                continue
            self._told.add(contradiction)
            self._pen.line(f"  {tr('En modsigelse i standarden, der kan spille ind')}: {contradiction}")
        for place in cause.places:
            self._pen.line(f"    {where(place)}")
        if cause.count > len(cause.places):
            more = cause.count - len(cause.places)
            self._pen.line(f"    {tr('… og {more} andre steder (--all viser dem)', more=more)}")
        if cause.followers:
            follow = cause.followers.most_common()
            keys = ", ".join(f"{count} × {follower_words(key, self._occasion.language)}" for key, count in follow)
            self._pen.line(f"  {tr('Følger heraf')}: {keys}", "2")

    def _faults(self) -> None:
        if self._causes.faults:
            self._pen.line()
            self._pen.line(tr("Ikke kontrolleret"), "4")
        for file, fault in self._causes.faults:
            said = fault_text(fault, self._occasion.language)
            self._pen.line(f"✖ {masked(said if file in said else f'{file}: {said}')}", "31")


def how_often(cause: Cause) -> str:
    """How many places a cause strikes, in how many reports."""
    places = tr("1 sted") if cause.count == 1 else tr("{count} steder", count=cause.count)
    reports = tr("1 rapport") if cause.reports == 1 else tr("{count} rapporter", count=cause.reports)
    return f"{places} · {reports}"


def where(place: Place) -> str:
    """A place as people and editors read it: file, line and column, and the path."""
    error = place.error
    line = f":{error.line}:{error.column}" if error.line is not None else ""
    found = found_at(error)
    return f"{masked(place.file)}{line}  {masked(error.at)}{f'  »{found}«' if found else ''}"
