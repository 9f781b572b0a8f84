"""Exports with chosen faults in words: the kinds of faults, what became of each, and the export on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from ldbu_desktop.findings.cause_text import finding_title
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.journal.fields import (
    ANSWER_LINK_ID,
    FIELDS,
    OBSERVATION_UNIT,
    OBSERVATION_VARIABLE,
    VISIT_INTERVENTIONS,
)
from ldbu_desktop.journal.model import Citizen, Family, Observation, QuestionnaireResponse, Visit
from ldbu_desktop.journal.values import Value, ValueChange, values_at
from ldbu_desktop.language import chosen, quoted, tr
from ldbu_desktop.rendering.page import html_text
from ldbu_desktop.rendering.people import citizen_role, family_name
from ldbu_desktop.rendering.training import asked_words, hunt_title, mended_word
from ldbu_desktop.rendering.words import SOURCES, visit_day, visit_name
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.training.fault_hunt import FaultHunt, FaultKind, HuntResult, PlantedFault

_TABLE = "<table border='1' cellspacing='0' cellpadding='4' width='100%'>"
_REFERENCES = frozenset((VISIT_INTERVENTIONS, OBSERVATION_VARIABLE, ANSWER_LINK_ID))


def kinds_lines(kinds: Sequence[FaultKind]) -> Iterator[str]:
    """The kinds of faults that can be chosen, a line each."""
    width = max(len(kind.code) for kind in kinds)
    yield from (f"{kind.code:<{width}}  {kind.title[chosen()]}" for kind in kinds)


def kinds_document(kinds: Iterable[FaultKind]) -> dict[str, Any]:
    """The same for machines."""
    return {"kinds": [{"code": kind.code, "title": kind.title[chosen()]} for kind in kinds]}


def hunt_story(hunt: FaultHunt) -> tuple[str, ...]:
    """What the learner is told of an export: how many faults there are, and how they lie."""
    return (
        tr(
            "{count, plural, one {Der er # fejl i eksporten.} other {Der er # fejl i eksporten.}}",
            count=len(hunt.faults),
        )
        + " "
        + tr(
            "{count, plural, one {Den har # familie.} other {Den har # familier.}}",
            count=len(hunt.journal.families),
        ),
        tr("Der er højst én fejl i hver familie, og nogle familier er der intet galt med."),
        tr("Find fejlene, og ret dem. Lad det stå, der er rigtigt."),
    )


class HuntWords(NamedTuple):
    """What became of a fault, or of what was right, in words; ``rows`` are the parts behind it, each with its title."""

    title: str
    family: str
    was: str
    now: str
    right: str
    rows: tuple[tuple[str, str], ...]


def result_words(result: HuntResult, hunt: FaultHunt, standard: Standard) -> HuntWords:
    """What became of a fault in words: what the export said, what it says now, what is right, and why."""
    family = next(one for one in hunt.journal.families if one.key == result.family)
    name = family_name(family, shown=True)
    fault = result.fault
    if fault is None:
        asked = ", ".join(dict.fromkeys(asked_words(one.name, standard) for one in result.changes))
        was, now = (_told(result.changes, standard, after=after) for after in (False, True))
        why = tr("Det var rigtigt i eksporten.")
        return HuntWords(asked, name, was, now, was, ((tr("Hvorfor"), why),))
    why, rule, remedy = _reasons(fault.finding, standard)
    return HuntWords(
        finding_title(fault.finding, chosen(), standard),
        name,
        _told(fault.values, standard, after=True),
        _told(result.changes, standard, after=True),
        _told(fault.values, standard, after=False),
        ((tr("Hvorfor"), why), (tr("Hvis regel"), rule), (tr("Gør sådan"), remedy)),
    )


def _reasons(finding: Finding, standard: Standard) -> tuple[str, str, str]:
    """Why it is wrong, whose rule says so, and what to do."""
    words = rendered(finding, chosen(), standard)
    source = SOURCES[words.source]()
    return words.why, f"{source} ({words.rule})" if words.rule else source, words.remedy


def _told(changes: Sequence[ValueChange], standard: Standard, *, after: bool) -> str:
    """What values say before or after a change, each with its name where there are several."""
    told = dict[str, str]()
    values = {one.where.record for one in changes if one.name != OBSERVATION_VARIABLE}
    for one in changes:
        if one.name == OBSERVATION_VARIABLE and one.where.record in values:
            continue  # the value says it as well
        raw = (one.after if after else one.before).raw
        told[asked_words(one.name, standard)] = quoted(raw) if raw else tr("intet")
    return " ".join(told.values()) if len(told) == 1 else ", ".join(f"{name} {said}" for name, said in told.items())


def results_lines(results: Iterable[HuntResult], hunt: FaultHunt, standard: Standard) -> Iterator[str]:
    """What became of each fault, a line each."""
    for result in results:
        words = result_words(result, hunt, standard)
        yield f"{mended_word(result.mended)}: {words.title} ({words.family}): {words.was} → {words.right}"


# --- on paper


def hunt_paper(hunt: FaultHunt, standard: Standard) -> str:
    """An export as pages of rich text: what stands in it, a sheet for what is found, and the key on its own page."""
    title = hunt_title(hunt.choice.number)
    parts = [f"<h1>{html_text(tr('Øvelse'))}: {html_text(title)}</h1>"]
    parts += [f"<p>{html_text(one)}</p>" for one in hunt_story(hunt)]
    for family in hunt.journal.families:
        parts.append(f"<h2>{html_text(family_name(family, shown=True))}</h2>{_family(family, standard)}")
    heads = [html_text(one) for one in (tr("Hvem"), tr("Hvad er galt"), tr("Hvad skal der stå"))]
    parts.append(f"<h1 style='page-break-before:always'>{html_text(tr('Svarark'))}: {html_text(title)}</h1>")
    parts.append(_TABLE + _row(*heads, cell="th") + _row("&nbsp;<br>&nbsp;", "", "") * len(hunt.faults) + "</table>")
    parts.append(f"<h1 style='page-break-before:always'>{html_text(tr('Facit'))}: {html_text(title)}</h1>")
    parts += [_TABLE, _row(*heads, html_text(tr("Hvorfor")), cell="th")]
    parts += [_answer(fault, hunt, standard) for fault in hunt.faults]
    return "".join((*parts, "</table>"))


def _answer(fault: PlantedFault, hunt: FaultHunt, standard: Standard) -> str:
    family = next(one for one in hunt.journal.families if one.key == fault.family)
    why, rule, remedy = _reasons(fault.finding, standard)
    wrong, right = (_told(fault.values, standard, after=after) for after in (True, False))
    return _row(
        html_text(family_name(family, shown=True)),
        f"<b>{html_text(finding_title(fault.finding, chosen(), standard))}</b><br>{html_text(wrong)}",
        html_text(right),
        f"{html_text(why)}<br><i>{html_text(rule)}</i><br>{html_text(remedy)}",
    )


def _family(family: Family, standard: Standard) -> str:
    """What an export says of a family: its people, then visit by visit."""
    rows = [
        _row(html_text(citizen_role(one, family)), html_text(_parts(_about(one), standard))) for one in family.citizens
    ]
    for visit in family.visits:
        about = f"{visit_name(visit, standard)} · {visit_day(visit)}"
        rows.append(f"<tr><td colspan='2'><b>{html_text(about)}</b></td></tr>")
        rows += [_row(*map(html_text, each)) for each in _visit_rows(family.key, visit, standard)]
    return f"{_TABLE}{''.join(rows)}</table>"


def _about(citizen: Citizen) -> list[tuple[str, str]]:
    return [
        (field, entry.raw) for field, attribute in FIELDS[Citizen].items() if (entry := getattr(citizen, attribute)).raw
    ]


def _visit_rows(family: str, visit: Visit, standard: Standard) -> Iterator[tuple[str, str]]:
    """What stands at a visit: what it is, and what the file says; the visit itself first."""
    records = {record.key: record for record in visit.records}
    for key, group in groupby(values_at(family, visit), key=lambda value: value.where.record):
        values, record = list(group), records.get(key)
        match record:
            case None:
                yield tr("Kontakten"), _parts(_written(values), standard)
            case Observation():
                known = record.variable.value or ""
                label = asked_words(known, standard) if known else record.variable.raw or tr("Ukendt variabel")
                value, *more = values
                unit = next((one.entry.raw for one in more if one.name == OBSERVATION_UNIT), "")
                others = _parts([one for one in _written(more) if one[0] != OBSERVATION_UNIT], standard)
                yield label, " · ".join(filter(None, (f"{value.entry.raw} {unit}".strip(), others)))
            case QuestionnaireResponse():
                of = record.questionnaire.value or ""
                answers = [(f"{of}/{one.link_id.value or one.link_id.raw}", one.value.raw) for one in record.answers]
                yield asked_words(of, standard) or record.questionnaire.raw, _parts(answers, standard)
            case _:
                yield tr("Indsats"), _parts(_written(values), standard)


def _written(values: Iterable[Value]) -> list[tuple[str, str]]:
    """What is written, but for what only says where a record belongs."""
    return [
        (one.name, one.entry.raw)
        for one in values
        if one.entry.raw and one.name not in _REFERENCES and not one.name.endswith(".subject")
    ]


def _parts(told: Iterable[tuple[str, str]], standard: Standard) -> str:
    return " · ".join(f"{asked_words(asked, standard)}: {raw}" for asked, raw in told)


def _row(*cells: str, cell: str = "td") -> str:
    return "<tr>" + "".join(f"<{cell}>{one}</{cell}>" for one in cells) + "</tr>"
