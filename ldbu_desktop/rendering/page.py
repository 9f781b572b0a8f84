"""A page to keep, send or print: one file that needs nothing else, light or dark as its reader prefers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.findings.model import Severity
from ldbu_desktop.journal.dates import moment_text
from ldbu_desktop.language import tr
from ldbu_desktop.rendering.document import SIGNS, CauseSection, CauseText, Document, Listing, Overview
from ldbu_desktop.rendering.occasion import Occasion
from ldbu_desktop.rendering.tables import Cell, DataTable
from ldbu_desktop.rendering.words import count_words

_NOT_HTML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")
_CLASSES = {
    Severity.REJECTED: "bad",
    Severity.MEND: "bad",
    Severity.LOOK_AT: "look-at",
    Severity.INFO: "own",
    Severity.NOT_CHECKED: "not-checked",
}


def page_lines(document: Document) -> Iterator[str]:
    """The page, a line at a time."""
    yield from _head(document)
    yield from _summary(document)
    yield from _overview(document)
    for section in document.sections:
        yield from _section(section)
    yield from _listing(document.not_read, is_counted=False)
    if document.passed_over is not None:
        yield from _listing(document.passed_over, is_counted=False)
    if document.listing is not None:
        yield from _listing(document.listing, is_counted=True)
    yield "<footer>"
    yield from (f"<p>{html_text(line)}</p>" for line in document.scope)
    yield "</footer></main></body></html>"


def tables_page(title: str, occasion: Occasion, notes: Iterable[str], tables: Iterable[DataTable]) -> Iterator[str]:
    """A page of tables with notes above them, a line at a time."""
    yield from _top(title, occasion)
    yield from (f"<p>{html_text(note)}</p>" for note in notes)
    for table in tables:
        yield f"<h2>{html_text(table.title)}</h2><table><thead><tr>"
        yield from (f"<th>{html_text(heading)}</th>" for heading in table.headings)
        yield "</tr></thead>"
        for row in table.rows:
            yield "<tr>" + "".join(map(_cell, row)) + "</tr>"
        yield "</table>"
    yield "</main></body></html>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str) or cell is None:
        return f"<td>{html_text(cell or '')}</td>"
    return f'<td class="number">{cell}</td>'


def _head(document: Document) -> Iterator[str]:
    yield from _top(document.title, document.occasion)


def _top(told: str, occasion: Occasion) -> Iterator[str]:
    title = html_text(told)
    style = resource("reports", "check.css").read_text(encoding="utf-8")
    yield f'<!doctype html><html lang="{occasion.language.value}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{title}</title><style>{style}</style></head><body><main>"
    yield f'<h1>{title}</h1><p class="soft">{html_text(made_words(occasion))}</p>'


def made_words(occasion: Occasion) -> str:
    """What it was checked against, with what, and when."""
    at = moment_text(occasion.at, occasion.language)
    return tr("Mod {standard} · {program} · {at}", standard=occasion.standard, program=occasion.program, at=at)


def _summary(document: Document) -> Iterator[str]:
    outcome = document.outcome
    yield f'<p class="verdict {outcome.tone}">{SIGNS[outcome.tone]} {html_text(outcome.words)}</p>'
    if document.overview is not None:
        yield from _first_page(document.overview)
        return
    yield from (f"<p>{html_text(note)}</p>" for note in document.notes)
    yield '<dl class="tiles">'
    for name, count in document.counts:
        yield f"<div><dt>{html_text(name)}</dt><dd>{count_words(count)}</dd></div>"
    yield "</dl>"


def _first_page(overview: Overview) -> Iterator[str]:
    """What a manager reads in a minute."""
    yield '<dl class="tiles">'
    for tile in overview.tiles:
        share = f'<dd class="share">{html_text(tile.share)}</dd>' if tile.share else ""
        yield f"<div><dt>{html_text(tile.name)}</dt><dd>{html_text(tile.number)}</dd>{share}</div>"
    yield "</dl>"
    if overview.causes:
        yield f"<h2>{html_text(tr('De årsager, der betyder mest'))}</h2>"
        headings = (tr("Årsag, og hvad man gør"), tr("Afviste kontakter"), tr("Andel"), tr("Steder"))
        yield "<table><thead><tr>"
        first, *others = headings
        yield f"<th>{html_text(first)}</th>"
        yield from (f'<th class="number">{html_text(heading)}</th>' for heading in others)
        yield "</tr></thead>"
        for cause in overview.causes:
            yield f"<tr><td><b>{html_text(cause.message)}</b><br>{html_text(cause.remedy)}</td>"
            for told in (cause.visits, cause.share, cause.places):
                yield f'<td class="number">{html_text(told)}</td>'
            yield "</tr>"
        yield "</table>"
    yield from (f'<p class="do">{html_text(line)}</p>' for line in overview.advice)
    yield from (f'<p class="soft">{html_text(line)}</p>' for line in overview.read)
    yield '<div class="page-end"></div>'


def _overview(document: Document) -> Iterator[str]:
    """The causes of rejection in a table, where there are enough to need one."""
    rejecting = [section for section in document.sections if section.severity is Severity.REJECTED]
    causes = [cause for section in rejecting for cause in section.causes]
    if len(causes) < 2:
        return
    yield f"<h2>{html_text(tr('Årsager'))}</h2><table><thead><tr><th>{html_text(tr('Årsag'))}</th>"
    yield f'<th class="number">{html_text(tr("Omfang"))}</th></tr></thead>'
    for number, cause in enumerate(causes):
        yield f'<tr><td><a href="#bad-{number}">{html_text(cause.message)}</a></td>'
        yield f'<td class="number">{html_text(cause.strikes)}</td></tr>'
    yield "</table>"


def _section(section: CauseSection) -> Iterator[str]:
    yield f"<h2>{html_text(section.heading)}</h2>"
    kind = _CLASSES[section.severity]
    for number, cause in enumerate(section.causes):
        yield f'<section class="cause {kind}" id="{kind}-{number}"><h3>{html_text(cause.message)}</h3>'
        yield from _cause(cause)
        yield "</section>"


def _cause(cause: CauseText) -> Iterator[str]:
    element = f" · <code>{html_text(cause.element)}</code>" if cause.element else ""
    yield f'<p class="soft"><code>{html_text(cause.code)}</code> {html_text(cause.strikes)}{element}</p>'
    yield f'<p>{html_text(cause.why)}</p><p class="do">{html_text(cause.remedy)}</p>'
    if cause.source:
        yield f'<p class="soft">{html_text(cause.source)}</p>'
    said = tr("En modsigelse i standarden, der kan spille ind")
    yield from (f'<p class="contradiction">{html_text(f"{said}: {one}")}</p>' for one in cause.contradictions)
    if cause.followers:
        yield f'<p class="soft">{html_text(tr("Følger heraf"))}: {html_text(cause.followers)}</p>'
    yield '<ul class="places">'
    yield from (f'<li class="place">{html_text(place)}</li>' for place in cause.places)
    if cause.more:
        yield f'<li class="soft">{html_text(cause.more)}</li>'
    yield "</ul>"


def _listing(listing: Listing, *, is_counted: bool) -> Iterator[str]:
    if not listing.rows:
        return
    kind = ' class="number"' if is_counted else ""
    name, told = listing.headings
    yield f"<h2>{html_text(listing.heading)}</h2><table><thead><tr><th>{html_text(name)}</th>"
    yield f"<th{kind}>{html_text(told)}</th></tr></thead>"
    for name, told in listing.rows:
        yield f"<tr><td>{html_text(name)}</td><td{kind}>{html_text(told)}</td></tr>"
    if listing.more:
        yield f'<tr><td class="soft">{html_text(listing.more)}</td><td></td></tr>'
    yield "</table>"


def html_text(text: str) -> str:
    """A text that a page can show, whatever it holds."""
    return escape(_NOT_HTML.sub("\N{REPLACEMENT CHARACTER}", text))
