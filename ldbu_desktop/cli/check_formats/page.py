"""A page to keep, send or print: one file that needs nothing else, light or dark as its reader prefers."""

from __future__ import annotations

import re
from html import escape
from typing import TextIO

from ldbu_desktop.bundled_files import resource
from ldbu_desktop.cli.check_formats.form import Occasion
from ldbu_desktop.cli.check_formats.text import how_often, where
from ldbu_desktop.language import tr
from ldbu_desktop.use_cases.check_causes import Cause, Causes
from ldbu_desktop.use_cases.check_texts import checked_and_not, follower_words, masked, told
from ldbu_desktop.use_cases.checked_report import CheckedReport
from ldbu_desktop.use_cases.faults import fault_text

PLACES = 20
"""How many places of a cause are shown unless all are asked for."""
_ROWS = 2000
"""How many rejected reports are listed: more would make a page that no browser likes."""
_NOT_HTML = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


class Page:
    """Waits until all is known and then writes the page."""

    def __init__(self, stream: TextIO, occasion: Occasion) -> None:
        self._stream = stream
        self._occasion = occasion
        self._causes = Causes(None if occasion.everything else PLACES)
        self._rejected: list[tuple[str, int]] = []

    def add(self, checked: CheckedReport) -> None:
        """Remember what is to be told."""
        self._causes.add(checked)
        if not checked.verdict.valid and len(self._rejected) < _ROWS:
            self._rejected.append((checked.file, len(checked.verdict.errors)))

    def end(self, *, is_complete: bool) -> None:
        """Write the page, a line at a time."""
        for line in (
            *self._head(),
            *self._summary(is_complete=is_complete),
            *self._overview(),
            *self._section(tr("Ville blive afvist"), "bad", self._causes.rejecting),
            *self._section(tr("Bemærkninger, som ikke afviser"), "remark", self._causes.remarks),
            *self._section(
                tr("Vores egne iagttagelser, som ikke er en del af den officielle kontrol"), "own", self._causes.own
            ),
            *self._faults(),
            *self._reports(),
            "<footer>",
            *(f"<p>{_text(line)}</p>" for line in checked_and_not()),
            "</footer></main></body></html>",
        ):
            self._stream.write(line + "\n")

    def _head(self) -> list[str]:
        occasion = self._occasion
        title = _text(tr("Forkontrol af afleveringsrapporter"))
        style = resource("reports", "check.css").read_text(encoding="utf-8")
        at = f"{occasion.at:%d-%m-%Y %H:%M}"
        made = tr("Mod {standard} · {program} · {at}", standard=occasion.standard, program=occasion.program, at=at)
        return [
            f'<!doctype html><html lang="{occasion.language.value}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            f"<title>{title}</title><style>{style}</style></head><body><main>",
            f'<h1>{title}</h1><p class="soft">{_text(made)}</p>',
        ]

    def _summary(self, *, is_complete: bool) -> list[str]:
        causes = self._causes
        if causes.rejected:
            kind, sign = "bad", "✖"
            counts = {"rejected": causes.rejected, "reports": causes.reports}
            said = tr("{rejected} af {reports} rapporter ville blive afvist.", **counts)
        elif causes.unchecked or not is_complete or not causes.reports:
            kind, sign, said = "warn", "▲", tr("Ikke alt blev kontrolleret.")
        else:
            kind, sign, said = "good", "✔", tr("Ingen fejl.")
        lines = [f'<p class="verdict {kind}">{sign} {_text(said)}</p>']
        if not is_complete:
            lines.append(f"<p>{_text(tr('Arbejdet blev afbrudt: der kan være flere rapporter.'))}</p>")
        lines.append('<dl class="tiles">')
        for name, count in (
            (tr("Rapporter"), causes.reports),
            (tr("Uden fejl"), causes.valid),
            (tr("Ville blive afvist"), causes.rejected),
            (tr("Ikke kontrolleret"), causes.unchecked),
        ):
            lines.append(f"<div><dt>{_text(name)}</dt><dd>{count}</dd></div>")
        return [*lines, "</dl>"]

    def _overview(self) -> list[str]:
        """The causes of rejection in a table, where there are enough to need one."""
        causes = self._causes.rejecting
        if len(causes) < 2:
            return []
        lines = [
            f"<h2>{_text(tr('Årsager'))}</h2><table><thead><tr><th>{_text(tr('Årsag'))}</th>",
            f'<th class="number">{_text(tr("Steder"))}</th>',
            f'<th class="number">{_text(tr("Rapporter"))}</th></tr></thead>',
        ]
        for number, cause in enumerate(causes):
            words = told(cause.first, self._occasion.language)
            lines.append(
                f'<tr><td><a href="#bad-{number}">{_text(words.message)}</a></td>'
                f'<td class="number">{cause.count}</td><td class="number">{cause.reports}</td></tr>'
            )
        return [*lines, "</table>"]

    def _section(self, title: str, kind: str, causes: list[Cause]) -> list[str]:
        lines = [f"<h2>{_text(title)}</h2>"] if causes else []
        for number, cause in enumerate(causes):
            lines.extend(self._cause(cause, kind, f"{kind}-{number}"))
        return lines

    def _cause(self, cause: Cause, kind: str, anchor: str) -> list[str]:
        words = told(cause.first, self._occasion.language)
        lines = [
            f'<section class="cause {kind}" id="{anchor}"><h3>{_text(words.message)}</h3>',
            f'<p class="soft"><code>{_text(cause.first.rule)}</code> {_text(how_often(cause))} · '
            f"<code>{_text(cause.element)}</code></p>",
            f'<p>{_text(words.why)}</p><p class="do">{_text(words.remedy)}</p>',
        ]
        said = tr("En modsigelse i standarden, der kan spille ind")
        lines += [f'<p class="contradiction">{_text(f"{said}: {one}")}</p>' for one in words.contradictions]
        if cause.followers:
            follow = cause.followers.most_common()
            keys = ", ".join(f"{count} × {follower_words(key, self._occasion.language)}" for key, count in follow)
            lines.append(f'<p class="soft">{_text(tr("Følger heraf"))}: {_text(keys)}</p>')
        lines.append('<ul class="places">')
        lines += [f'<li class="place">{_text(where(place))}</li>' for place in cause.places]
        if cause.count > len(cause.places):
            more = cause.count - len(cause.places)
            lines.append(f'<li class="soft">{_text(tr("… og {more} andre steder (--all viser dem)", more=more))}</li>')
        return [*lines, "</ul></section>"]

    def _faults(self) -> list[str]:
        lines = [f"<h2>{_text(tr('Ikke kontrolleret'))}</h2><table>"] if self._causes.faults else []
        for file, fault in self._causes.faults:
            said = fault_text(fault, self._occasion.language)
            lines.append(f"<tr><td>{_text(file)}</td><td>{_text(said)}</td></tr>")
        return [*lines, "</table>"] if lines else []

    def _reports(self) -> list[str]:
        if not self._rejected:
            return []
        lines = [
            f"<h2>{_text(tr('Rapporter, der ville blive afvist'))}</h2><table><thead><tr><th>{_text(tr('Fil'))}</th>",
            f'<th class="number">{_text(tr("Antal fejl"))}</th></tr></thead>',
        ]
        lines += [f'<tr><td>{_text(file)}</td><td class="number">{count}</td></tr>' for file, count in self._rejected]
        if self._causes.rejected > len(self._rejected):
            more = tr("… og {more} rapporter til", more=self._causes.rejected - len(self._rejected))
            lines.append(f'<tr><td class="soft">{_text(more)}</td><td></td></tr>')
        return [*lines, "</table>"]


def _text(text: str) -> str:
    return escape(_NOT_HTML.sub("\N{REPLACEMENT CHARACTER}", masked(text)))
