"""A document for paper: plain rich text, black on white, that a PDF is made of."""

from __future__ import annotations

from collections.abc import Iterator

from ldbu_desktop.language import tr
from ldbu_desktop.rendering.document import SEVERITY_SIGNS, SIGNS, CauseText, Document, Listing, Overview
from ldbu_desktop.rendering.page import html_text, made_words
from ldbu_desktop.rendering.words import count_words

_SOFT = "color:#444444"


def paper(document: Document) -> str:
    """The document as rich text: headings, paragraphs, lists and tables, and no style sheet."""
    return "".join(_parts(document))


def _parts(document: Document) -> Iterator[str]:
    yield f"<h1>{html_text(document.title)}</h1>{_soft(made_words(document.occasion))}"
    outcome = document.outcome
    yield f"<h2>{SIGNS[outcome.tone]} {html_text(outcome.words)}</h2>"
    if document.overview is not None:
        yield from _first_page(document.overview)
    else:
        yield f"<p>{html_text(' · '.join(f'{name}: {count_words(count)}' for name, count in document.counts))}</p>"
        yield from (f"<p>{html_text(note)}</p>" for note in document.notes)
    for section in document.sections:
        yield f"<h2>{html_text(section.heading)}</h2>"
        for cause in section.causes:
            yield f"<h4>{SEVERITY_SIGNS[section.severity]} {html_text(cause.message)}</h4>"
            yield from _cause(cause)
    for listing in (document.not_read, document.passed_over, document.listing):
        if listing is not None:
            yield from _listing(listing)
    yield "<hr>"
    yield from map(_soft, document.scope)


def _first_page(overview: Overview) -> Iterator[str]:
    """What a manager reads in a minute, on a sheet of its own."""
    yield "<table cellpadding='6' width='100%'><tr>"
    for tile in overview.tiles:
        yield f"<td>{html_text(tile.name)}<br><span style='font-size:16pt'>{html_text(tile.number)}</span>"
        yield f"<br>{html_text(tile.share)}</td>"
    yield "</tr></table>"
    if overview.causes:
        yield f"<h2>{html_text(tr('De årsager, der betyder mest'))}</h2>"
        headings = (tr("Årsag, og hvad man gør"), tr("Afviste kontakter"), tr("Andel"), tr("Steder"))
        yield "<table cellpadding='4' width='100%'><tr>"
        yield from (f"<th align='left'>{html_text(heading)}</th>" for heading in headings)
        yield "</tr>"
        for cause in overview.causes:
            yield f"<tr><td><b>{html_text(cause.message)}</b><br>{html_text(cause.remedy)}</td>"
            yield from (f"<td>{html_text(told)}</td>" for told in (cause.visits, cause.share, cause.places))
            yield "</tr>"
        yield "</table>"
    yield from (f"<p><b>{html_text(line)}</b></p>" for line in overview.advice)
    yield from map(_soft, overview.read)
    yield "<p style='page-break-after:always'></p>"


def _soft(text: str) -> str:
    return f'<p style="{_SOFT}">{html_text(text)}</p>'


def _cause(cause: CauseText) -> Iterator[str]:
    yield _soft(" · ".join(filter(None, (cause.code, cause.strikes, cause.element))))
    yield f"<p>{html_text(cause.why)}</p><p><b>{html_text(cause.remedy)}</b></p>"
    if cause.source:
        yield _soft(cause.source)
    said = tr("En modsigelse i standarden, der kan spille ind")
    yield from (f"<p>{html_text(f'{said}: {one}')}</p>" for one in cause.contradictions)
    yield f"<ul>{''.join(f'<li>{html_text(place)}</li>' for place in cause.places)}</ul>"
    if cause.more:
        yield _soft(cause.more)
    if cause.followers:
        yield _soft(f"{tr('Følger heraf')}: {cause.followers}")


def _listing(listing: Listing) -> Iterator[str]:
    if not listing.rows:
        return
    yield f"<h2>{html_text(listing.heading)}</h2><table cellpadding='3' width='100%'>"
    yield f"<tr>{''.join(f'<th>{html_text(heading)}</th>' for heading in listing.headings)}</tr>"
    for row in listing.rows:
        yield f"<tr>{''.join(f'<td>{html_text(cell)}</td>' for cell in row)}</tr>"
    yield "</table>"
    if listing.more:
        yield _soft(listing.more)
