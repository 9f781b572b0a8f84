"""The texts beside a report: what a finding means and what to do; or that there is none, and what was checked."""

from __future__ import annotations

from html import escape

from ldbu_desktop.conformance.verdict.verdict import ConformanceError, Follower
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.conformance_text import (
    checked_and_not,
    expected_at,
    follower_words,
    found_at,
    masked,
    message,
    told,
)
from ldbu_desktop.ui.check.checking import Checking, Report
from ldbu_desktop.ui.check.words import (
    Standing,
    fault_words,
    place_words,
    severity_of,
    severity_words,
    standard_words,
    standing,
    standing_words,
)
from ldbu_desktop.ui.inspector.explanation import sheet as inspectors
from ldbu_desktop.ui.theme import FIXED_FAMILIES, SMALL, colours
from ldbu_desktop.ui.words import colour_of, count_words

_SHOWN_FOLLOWERS = 6


def sheet() -> str:
    """The style of the texts, in the colours in use: the inspector's, and a face for paths and keys."""
    faces = ", ".join(f"'{face}'" for face in FIXED_FAMILIES)
    return (
        f"{inspectors()} .path {{ font-family: {faces}; font-size: {SMALL}pt; }}"
        f" .clear {{ color: {colours().clear}; font-weight: 600; }}"
        f" .not-checked {{ color: {colours().info}; font-weight: 600; }}"
    )


def _part(heading: str, *paragraphs: str, kind: str = "") -> str:
    mark = f" class='{kind}'" if kind else ""
    lines = "".join(f"<p{mark}>{escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)
    return f"<h4>{escape(heading)}</h4>{lines}" if lines else ""


def error_page(error: ConformanceError, version: str) -> str:
    """What was found and expected, where, why, what to do, and what else only follows from it."""
    words = told(error, chosen())
    found = found_at(error)
    is_nearest = error.code == "fits-no-profile"
    return "".join(
        (
            f"<p class='{colour_of(severity_of(error))}'>{escape(severity_words(error))}</p>",
            f"<h3>{escape(words.message)}</h3>",
            _part(tr("Gør sådan"), words.remedy),
            _part(tr("Sted"), place_words(error)),
            f"<p class='path'>{escape(masked(error.at))}</p>",
            _part(tr("Nærmeste profil") if is_nearest else tr("Forventet"), expected_at(error)),
            _part(tr("I vejen står"), *_obstacles(error))
            if is_nearest
            else _part(tr("Fundet"), f"»{found}«" if found else ""),
            _part(tr("Hvorfor"), words.why),
            _part(tr("En modsigelse i standarden, der kan spille ind"), *words.contradictions),
            _part(tr("Følger heraf"), *_followers(error.followers)),
            _part(tr("Regel"), error.rule, standard_words(version)),
            f"<p class='small'>{escape(error.profile)}</p>" if error.profile else "",
        )
    )


def _obstacles(error: ConformanceError) -> list[str]:
    """What keeps an observation from fitting the profile that it is nearest to, and where."""
    return [f"{message(one, chosen())} ({masked(one.at)})" for one in error.because]


def _followers(followers: tuple[Follower, ...]) -> list[str]:
    """What only fails because of it: gone when it is mended."""
    lines = [
        f"{follower_words(one.key.rpartition('#')[2], chosen())}  {masked(one.at)}"
        for one in followers[:_SHOWN_FOLLOWERS]
    ]
    if len(followers) > len(lines):
        lines.append(tr("… og {count} til", count=count_words(len(followers) - len(lines))))
    if lines:
        lines.insert(0, tr("Det forsvinder, når fejlen er rettet:"))
    return lines


def report_page(report: Report, version: str) -> str:
    """How a report stands where no finding is selected."""
    checked = report.checked
    where = standing(checked)
    if where is Standing.UNCHECKED:
        told = fault_words(checked)
        return f"<p class='not-checked'>{escape(standing_words(checked))}</p><h3>{escape(told)}</h3>"
    if checked.verdict.errors or checked.verdict.others:
        return _hint(tr("Vælg en fejl for at se, hvad den betyder, og hvad man gør."))
    ok = tr("Ingen fejl i rapporten")
    tried = tr("Rapporten er kontrolleret mod {standard}.", standard=standard_words(version))
    return f"<h3 class='clear'>{escape(ok)}</h3><p>{escape(tried)}</p>{_extent()}"


def blank_page(checking: Checking) -> str:
    """What stands there where no report is selected."""
    if checking.is_running and not checking.reports:
        return _hint(tr("Fejlene kommer, når de første rapporter er kontrolleret."))
    return _hint(tr("Vælg en rapport eller en fejl for at se, hvad den betyder, og hvad man gør.")) + _extent()


def _extent() -> str:
    """What was checked, what was not, and who decides."""
    return "".join(f"<p class='small'><br>{escape(line)}</p>" for line in checked_and_not())


def _hint(text: str) -> str:
    return f"<p class='muted'>{escape(text)}</p>"
