"""A receipt as a page to read: what was written when, what was left out and why, and whether the files still stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from ldbu_desktop.language import tr
from ldbu_desktop.rendering.page import html_text
from ldbu_desktop.rendering.words import count_words, moment_words, visits_words

_SOFT = "color:#5b6672"


class Words(NamedTuple):
    """What codes and variables are called."""

    titles: Mapping[str, str]
    labels: Mapping[str, str]


def receipt_page(receipt: Mapping[str, Any], words: Words, changed: tuple[str, ...]) -> str:
    """The receipt as rich text. ``changed`` are the files that are gone or others."""
    return "".join(_parts(receipt, words, changed))


def receipt_title(receipt: Mapping[str, Any]) -> str:
    """What the page is called: by when it was written."""
    return tr("Kvittering {time}", time=_time(receipt))


def _time(receipt: Mapping[str, Any]) -> str:
    written = str(receipt.get("time", ""))
    try:
        return moment_words(datetime.fromisoformat(written))
    except ValueError:
        return written


def _parts(receipt: Mapping[str, Any], words: Words, changed: tuple[str, ...]) -> Iterator[str]:
    titles, counts, files = words.titles, receipt["counts"], receipt["files"]
    yield f"<h2>{html_text(receipt_title(receipt))}</h2>"
    yield _line(
        tr(
            "{visits} er skrevet i {files, plural, one {# fil} other {# filer}}; {left} er udeladt.",
            visits=visits_words(int(counts.get("sent", 0))),
            files=count_words(len(files)),
            left=visits_words(len(receipt["left_out"])),
        )
    )
    if receipt.get("state") == "cancelled":
        yield _line(tr("Arbejdet blev stoppet; det, der var skrevet helt, er gemt."))
    if changed:
        names = ", ".join(changed)
        yield _line(tr("Disse filer er væk eller ændret, siden kvitteringen blev skrevet: {names}.", names=names))
    elif files:
        yield _line(tr("Alle filer er, som da kvitteringen blev skrevet."))
    yield _line(tr("Programmet sender intet: filerne når gatewayen, når journalsystemet eller I selv indsender dem."))
    yield from _left_out(tr("Udeladt"), receipt["left_out"], words)
    knowingly = tr("Skrevet bevidst, selv om standarden modsiger sig selv")
    yield from _left_out(knowingly, receipt.get("sent_knowingly", ()), words)
    yield from _table(
        tr("Ikke læst"),
        (tr("Fil"), tr("Linje"), tr("Hvorfor")),
        ((one["file"], one["line"], titles.get(one["code"], one["code"])) for one in receipt.get("not_read", ())),
    )
    yield from _table(
        tr("Filer"),
        (tr("Fil"), tr("Kontakter"), tr("Størrelse i byte")),
        ((one["name"], ", ".join(one["visits"]), count_words(int(one["size"]))) for one in files),
    )
    yield from _table(
        tr("Læst fra"),
        (tr("Fil"), tr("Størrelse i byte"), tr("Fingeraftryk (SHA-256)")),
        ((one["name"], count_words(int(one["size"])), one["sha256"]) for one in receipt.get("inputs", ())),
    )
    program, standard = receipt["program"], receipt.get("standard", {})
    made = (program.get("name"), program.get("version"), "·", standard.get("package"), standard.get("version"))
    yield f"<p style='{_SOFT}'>{html_text(' '.join(map(str, filter(None, made))))}</p>"


def _left_out(heading: str, listed: Any, words: Words) -> Iterator[str]:
    def why(reasons: Any) -> str:
        return "; ".join(map(one, reasons))

    def one(reason: Any) -> str:
        variable, rule = reason.get("variable"), reason.get("rule")
        about = f"{words.labels.get(variable, variable)}: " if variable else ""
        return f"{about}{words.titles.get(reason['code'], reason['code'])}{f' ({rule})' if rule else ''}"

    yield from _table(heading, (tr("Kontakt"), tr("Hvorfor")), ((one["visit"], why(one["reasons"])) for one in listed))


def _line(text: str) -> str:
    return f"<p>{html_text(text)}</p>"


def _table(heading: str, headings: tuple[str, ...], rows: Iterator[tuple[object, ...]]) -> Iterator[str]:
    """A table under a heading; nothing where it has no rows."""
    listed = [*rows]
    if not listed:
        return
    yield f"<h3>{html_text(heading)}</h3><table cellpadding='3' cellspacing='0' width='100%'><tr>"
    yield from (f"<th align='left' style='{_SOFT}'>{html_text(one)}</th>" for one in headings)
    yield "</tr>"
    for row in listed:
        yield f"<tr>{''.join(f'<td>{html_text(str(cell))}</td>' for cell in row)}</tr>"
    yield "</table>"
