"""Exercises in words: which there are, a case on paper, a quick card of a visit type, and what a room answered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from ldbu_desktop.faults import FileFault
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.forms.model import Form
from ldbu_desktop.journal.fields import (
    INTERVENTION_CODE,
    INTERVENTION_REASONS,
    OBSERVATION_MISSING_REASON,
    VISIT_TYPE,
)
from ldbu_desktop.language import chosen, quoted, tr
from ldbu_desktop.rendering.faults import fault_text
from ldbu_desktop.rendering.page import html_text
from ldbu_desktop.rendering.tables import DataTable
from ldbu_desktop.rendering.words import amount_words, moment_words, number_words
from ldbu_desktop.standard.model import Standard, VisitType
from ldbu_desktop.training.comparison import UNREAD, Compared, Outcome
from ldbu_desktop.training.fault_hunt import number_of
from ldbu_desktop.training.journals import RUNNING, start_of
from ldbu_desktop.training.mending import Mended
from ldbu_desktop.training.model import Case, KeyAnswer, Level
from ldbu_desktop.training.results import Room

_SMALL = "<style>td { font-size: 7.5pt }</style>"
"""A form or a card is on one page: before it is written on, it is looked over."""
CARD_CODES = 6
"""A value set of more codes than that is found by typing; a quick card does not list it."""
_MOMENT = re.compile(r"\b\d{4}-\d{2}-\d{2}\b( \d{2}:\d{2}\b)?")
"""A day or a time as an answer has it in one form."""


def level_word(level: Level) -> str:
    """How much a case asks."""
    return {Level.EASY: tr("let"), Level.MIDDLE: tr("mellem"), Level.HARD: tr("svær")}[level]


def outcome_word(outcome: Outcome) -> str:
    """What an answer is beside the key."""
    return {
        Outcome.RIGHT: tr("rigtigt"),
        Outcome.ACCEPTED: tr("også rigtigt"),
        Outcome.DISCUSS: tr("til drøftelse"),
        Outcome.DIFFERENT: tr("anderledes end facit"),
        Outcome.MISSING: tr("mangler"),
        Outcome.TOO_MUCH: tr("ikke spurgt om"),
    }[outcome]


def way_words(way: str) -> str:
    """What a way of working on a case is called."""
    return {
        "show": tr("vises"),
        "complete": tr("udfyld resten"),
        "alone": tr("alene"),
        "faults": tr("find fejlene"),
        "write": tr("skrives"),
    }[way]


def mended_word(mended: Mended) -> str:
    """What became of a fault that was to be found."""
    return {
        Mended.MENDED: tr("fundet og rettet"),
        Mended.FOUND: tr("fundet, ikke rettet rigtigt"),
        Mended.LEFT: tr("ikke fundet"),
        Mended.SPOILT: tr("ændret, skønt det var rigtigt"),
    }[mended]


def hunt_title(number: int | None) -> str:
    """What an export with chosen faults is called, by the number that they are drawn by; nothing without one."""
    return "" if number is None else tr("Find fejlene, nummer {number}", number=number)


def rule_words(rule: str) -> str:
    """Where a why comes from; nothing where that is not known."""
    known = {
        "guide-table": tr("Vejledningens tabel over, hvad der registreres ved hver kontakt"),
        "gateway": tr("Gatewayens regler"),
        "definition": tr("Variablens definition"),
        "correction": tr("KL’s notat: det, der er afleveret forkert, kaldes tilbage og fortælles på ny"),
        "periods": tr("KL’s notat: hvad der hører til en periode, ændres med samme id"),
        "second-night": tr("Vejledningen om at aflevere igen næste nat, når noget manglede"),
    }
    return known.get(rule, rule)


def asked_words(asked: str, standard: Standard) -> str:
    """What is asked: a variable, a visit's type, a question of a questionnaire; or the kind of a fault to be found."""
    questionnaire, _, link_id = asked.partition("/")
    if link_id and questionnaire in standard.questionnaire:
        item = standard.questionnaire[questionnaire].by_link_id.get(link_id)
        return f"{standard.questionnaire[questionnaire].label[chosen()]}: {item.label[chosen()] if item else link_id}"
    if asked in standard.questionnaire:
        return standard.questionnaire[asked].label[chosen()]
    variable = standard.variable.get(asked)
    if variable is not None:
        return variable.label[chosen()]
    kind = finding_types().get(asked)
    return kind.title[chosen()] if kind is not None else asked


def told_words(asked: str, told: str, standard: Standard) -> str:
    """An answer as people read it: terms for codes, a unit behind a number, what can't be read as it was typed.

    To a kind of fault that was to be found, the answer is what became of it.
    """
    if asked in finding_types() and told in frozenset(Mended):
        return mended_word(Mended(told))
    if told.startswith(UNREAD.strip()):
        raw = told.removeprefix(UNREAD.strip()).strip()
        return quoted(raw) if raw else tr("noget, der ikke kan læses")
    variable = standard.variable.get(asked)
    terms = _terms(OBSERVATION_MISSING_REASON, standard) | _terms(asked, standard)
    if asked == INTERVENTION_CODE:
        terms |= _terms(INTERVENTION_REASONS, standard)
    if asked in RUNNING:
        terms |= _terms(INTERVENTION_CODE, standard)
    if asked == VISIT_TYPE:
        terms |= {one.code: one.label[chosen()] for one in standard.visit_types}
    if variable is not None and variable.units and _is_number(told):
        return amount_words(Decimal(told), variable.units[0].code)
    words = " ".join(terms.get(word, word) for word in told.split(" "))
    return _MOMENT.sub(_moment, words)


def _moment(found: re.Match[str]) -> str:
    told = found[0]
    return moment_words(datetime.fromisoformat(told) if found[1] else date.fromisoformat(told))


def expected_words(one: Compared, standard: Standard) -> str:
    """What the key says, as people read it; nothing of what it does not ask for."""
    if one.outcome is not Outcome.TOO_MUCH and not one.expected:
        return tr("registreres ikke")
    return told_words(one.asked, one.expected, standard)


def _terms(asked: str, standard: Standard) -> dict[str, str]:
    """The terms of what may be answered, by code."""
    variable = standard.variable.get(asked)
    concepts = standard.concepts(variable) if variable is not None else {}
    return {code: concept.label[chosen()] for code, concept in concepts.items()}


def _is_number(told: str) -> bool:
    return told.replace(".", "", 1).isdecimal()


def cases_lines(cases: Sequence[Case], faults: Iterable[FileFault]) -> Iterator[str]:
    """The cases, and what does not fit in case files."""
    width = max((len(case.id) for case in cases), default=0)
    for case in cases:
        minutes = tr("{count, plural, one {# minut} other {# minutter}}", count=case.minutes)
        title, trains = case.title[chosen()], case.trains[chosen()]
        yield f"{case.id:<{width}}  {title} · {level_word(case.level)}, {minutes} · {trains}"
    yield from (fault_text(fault, chosen()) for fault in faults)


def cases_document(cases: Sequence[Case], faults: Iterable[FileFault]) -> dict[str, Any]:
    """The same for machines."""
    return {
        "cases": [
            {
                "id": case.id,
                "title": case.title[chosen()],
                "trains": case.trains[chosen()],
                "level": case.level.value,
                "minutes": case.minutes,
                "visits": [visit.type for visit in case.visits],
                "traps": list(case.traps),
                "has_faults": case.has_faults,
            }
            for case in cases
        ],
        "faults": [
            {
                "code": fault.key,
                "file": fault.facts.get("file"),
                "line": fault.facts.get("line"),
                "message": fault_text(fault, chosen()),
            }
            for fault in faults
        ],
    }


def compared_lines(compared: Iterable[Compared], case: Case, standard: Standard) -> Iterator[str]:
    """A learner's answers beside the key, a line each, with the why where they differ."""
    names = {person.id: person.name for person in case.people}
    for one in compared:
        about = f"{asked_words(one.asked, standard)} ({names.get(one.subject, one.subject)})"
        yield f"{outcome_word(one.outcome)}: {about}: {told_words(one.asked, one.found, standard)}"
        if one.outcome is not Outcome.RIGHT and one.why is not None:
            yield f"    {expected_words(one, standard)}. {one.why[chosen()]}"


class RoomAnswer(NamedTuple):
    """One thing in words: what the percentage of pairs that agree is, and the answers with how many gave each."""

    asked: str
    percent: Decimal
    answers: tuple[tuple[str, int], ...]


def room_answers(room: Room, case: Case | None, standard: Standard) -> Iterator[RoomAnswer]:
    """What a room answered in words, where it differs most first."""
    names = {person.id: person.name for person in case.people} if case is not None else {}
    for spread in room.spreads:
        _, subject, asked = spread.thing.split("|", 2)
        answers = [
            (" + ".join(told_words(asked, one, standard) for one in told.split(" + ")) if told else tr("intet svar"), n)
            for told, n in spread.answers
        ]
        about = asked_words(asked, standard)
        about += f" ({names.get(subject, subject)})" if subject else ""
        yield RoomAnswer(about, _rounded(100 * spread.observed, 1), tuple(answers))


def room_heads(room: Room, case: Case | None) -> Iterator[str]:
    """Which case, how many results, and how alike they are over all."""
    title = case.title[chosen()] if case is not None else hunt_title(number_of(room.case)) or room.case
    yield f"{title} · " + tr("{count, plural, one {# besvarelse} other {# besvarelser}}", count=room.results)
    if room.agreement is not None:
        kappa = "–" if room.agreement.kappa is None else number_words(_rounded(room.agreement.kappa, 3))
        yield tr(
            "Ens svar: {percent} % af parrene. Fleiss' kappa: {kappa}. Spørgsmål: {things}. Besvarelser: {raters}.",
            percent=number_words(_rounded(100 * room.agreement.observed, 1)),
            kappa=kappa,
            things=room.agreement.things,
            raters=room.agreement.raters,
        )


_MOST_LEFT_OUT = 5
"""Files that are told of one by one; of more there is a number."""


def left_out_lines(faults: Sequence[FileFault]) -> Iterator[str]:
    """What is not added up with a room's results, and why."""
    if faults:
        yield tr("{count, plural, one {# fil er ikke talt med:} other {# filer er ikke talt med:}}", count=len(faults))
    yield from (fault_text(fault, chosen()) for fault in faults[:_MOST_LEFT_OUT])
    if len(faults) > _MOST_LEFT_OUT:
        yield tr("… og {count} til", count=len(faults) - _MOST_LEFT_OUT)


def room_lines(room: Room, case: Case | None, standard: Standard) -> Iterator[str]:
    """What a room answered: where it differs most first, and how alike it is over all."""
    yield from room_heads(room, case)
    for one in room_answers(room, case, standard):
        yield ""
        yield f"{one.asked} · {number_words(one.percent)} %"
        yield from (f"  {count:>3}  {words}" for words, count in one.answers)


def room_paper(room: Room, case: Case | None, standard: Standard) -> str:
    """The same as rich text for paper."""
    head, *more = room_heads(room, case)
    parts = [f"<h1>{html_text(tr('Øvelse'))}: {html_text(head)}</h1>", *(f"<p>{html_text(one)}</p>" for one in more)]
    parts.append("<table border='1' cellspacing='0' cellpadding='4' width='100%'>")
    for one in room_answers(room, case, standard):
        told = "<br>".join(f"<b>{count}</b> {html_text(words)}" for words, count in one.answers)
        percent = number_words(one.percent)
        parts.append(f"<tr><td>{html_text(one.asked)}</td><td align='right'>{percent} %</td><td>{told}</td></tr>")
    return "".join((*parts, "</table>"))


def room_tables(room: Room, case: Case | None, standard: Standard) -> tuple[DataTable, ...]:
    """The same as sheets: how alike over all, and a row an answer."""
    agreed = room.agreement
    figures: tuple[tuple[str, float | None], ...] = ((tr("Besvarelser"), room.results),)
    if agreed is not None:
        figures += (
            (tr("Spørgsmål"), agreed.things),
            (tr("Ens svar i procent af parrene"), round(100 * agreed.observed, 1)),
            (tr("Fleiss' kappa"), round(agreed.kappa, 3) if agreed.kappa is not None else None),
        )
    rows = tuple(
        (one.asked, float(one.percent), words, count)
        for one in room_answers(room, case, standard)
        for words, count in one.answers
    )
    headings = (tr("Hvad"), tr("Ens svar i procent af parrene"), tr("Svar"), tr("Antal"))
    return (
        DataTable(tr("Enighed"), (tr("Hvad"), tr("Antal")), figures),
        DataTable(tr("Svar"), headings, rows),
    )


def room_document(room: Room, faults: Iterable[FileFault]) -> dict[str, Any]:
    """The same for machines, with the files that are not added up."""
    return {
        "case": room.case,
        "results": room.results,
        "agreement": room.agreement._asdict() if room.agreement is not None else None,
        "spreads": [
            {"thing": one.thing, "agreement": one.observed, "answers": [list(each) for each in one.answers]}
            for one in room.spreads
        ],
        "faults": [
            {"code": fault.key, "file": fault.facts.get("file"), "message": fault_text(fault, chosen())}
            for fault in faults
        ],
    }


def _rounded(number: float, decimals: int) -> Decimal:
    return Decimal(str(round(number, decimals)))


def case_paper(case: Case, forms: Sequence[Form], standard: Standard) -> str:
    """A case as pages of rich text: the story, an empty form to fill by hand, and the key on a page of its own."""
    language = chosen()
    parts = [f"{_SMALL}<h1>{html_text(tr('Øvelse'))}: {html_text(case.title[language])}</h1>"]
    parts.append(f"<p><i>{html_text(case.trains[language])}</i></p>")
    parts += [f"<p>{html_text(line)}</p>" for line in case.story[language].splitlines() if line.strip()]
    for form in forms:
        title = html_text(form.title[language])
        parts.append(f"<h2 style='page-break-before:always'>{title}</h2>{_empty_form(form, standard)}")
    parts.append(f"<h1 style='page-break-before:always'>{html_text(tr('Facit'))}</h1>")
    names = {person.id: person.name for person in case.people}
    for visit in case.visits:
        label = next(one.label[language] for one in standard.visit_types if one.id == visit.type)
        begun = moment_words(start_of(visit, standard))
        parts.append(f"<h2>{html_text(f'{label} · {names[visit.about]} · {begun}')}</h2>")
        parts.append("<table border='1' cellspacing='0' cellpadding='4' width='100%'>")
        parts += [_key_row(answer, names[answer.about or visit.about], standard) for answer in visit.key]
        parts.append("</table>")
    return "".join(parts)


def answer_words(answer: KeyAnswer, standard: Standard) -> str:
    """An answer of the key as people read it, with its period or its reasons; of a questionnaire, each question's."""
    if answer.omitted:
        return tr("registreres ikke")
    if not answer.questionnaire:
        told = [_term(answer, answer.answer, standard)]
        if answer.since or answer.until:
            told.append(_MOMENT.sub(_moment, f"{answer.since}–{answer.until}"))
        reasons = (_term_of(INTERVENTION_REASONS, one, standard) for one in answer.reasons)
        return ", ".join((*told, *reasons))
    items = standard.questionnaire[answer.questionnaire].by_link_id
    return ", ".join(f"{items[link].label[chosen()]}: {said}" for link, said in answer.answers.items())


def _term(answer: KeyAnswer, told: str, standard: Standard) -> str:
    """What a case says in the words of its own language, in the language in use."""
    if answer.missing:
        return _term_of(OBSERVATION_MISSING_REASON, told, standard)
    return _term_of(INTERVENTION_CODE if answer.asked in RUNNING else answer.asked, told, standard)


def _term_of(asked: str, told: str, standard: Standard) -> str:
    variable = standard.variable.get(asked)
    concepts = standard.concepts(variable).values() if variable is not None else ()
    labels = (one.label for one in concepts)
    known = next((label for label in labels if told.casefold() in (label.da.casefold(), label.en.casefold())), None)
    return known[chosen()] if known is not None else _MOMENT.sub(_moment, told)


def _key_row(answer: KeyAnswer, name: str, standard: Standard) -> str:
    asked = asked_words(answer.asked or answer.questionnaire, standard)
    told = answer_words(answer, standard)
    more = "".join(f"<br>{html_text(tr('eller'))} {html_text(_term(answer, one, standard))}" for one in answer.accepted)
    more += f"<br><i>{html_text(tr('til drøftelse'))}</i>" if answer.discuss else ""
    cells = (
        f"{html_text(asked)}<br>{html_text(name)}",
        f"<b>{html_text(told)}</b>{more}",
        html_text(answer.why[chosen()]),
    )
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _empty_form(form: Form, standard: Standard) -> str:
    rows = []
    for section in form.sections:
        rows.append(f"<tr><td colspan='2'><b>{html_text(section.title[chosen()])}</b></td></tr>")
        for field in section.fields:
            asked = field.variable or field.questionnaire
            words = html_text(asked_words(asked, standard))
            rows.append(f"<tr><td width='30%'>{words}</td><td>{_room(asked, standard)}</td></tr>")
    return f"<table border='1' cellspacing='0' cellpadding='2' width='100%'>{''.join(rows)}</table>"


def _room(asked: str, standard: Standard) -> str:
    """Where an answer is written by hand: boxes for few codes, an empty line for all else."""
    variable = standard.variable.get(asked)
    concepts = list(standard.concepts(variable).values()) if variable is not None else []
    if not concepts or len(concepts) > CARD_CODES:
        return "<span style='font-size:10pt'>&nbsp;</span>"
    return "<br>".join(f"☐ {number} {html_text(one.label[chosen()])}" for number, one in enumerate(concepts, 1))


def card_paper(visit_type: VisitType, form: Form, standard: Standard) -> str:
    """A quick card of a visit type: what is asked, what is rejected without, and the codes with their digits."""
    language = chosen()
    asked = set(standard.guide_variables.get(visit_type.id, ()))
    rejected = {name for rule in standard.gateway_rules if visit_type.code in rule.visits for name in rule.variables}
    rows = [
        f"{_SMALL}<h1>{html_text(visit_type.label[language])}</h1><p>{html_text(visit_type.explanation[language])}</p>",
        "<table border='1' cellspacing='0' cellpadding='2' width='100%'>",
    ]
    for section in form.sections:
        for field in section.fields:
            variable = standard.variable.get(field.variable)
            if variable is None or variable.record != "observation":
                continue
            marks = [
                tr("skal med") if variable.id in asked else "",
                tr("afvises uden") if variable.id in rejected else "",
            ]
            told = ", ".join(mark for mark in marks if mark)
            label, room = html_text(variable.label[language]), _room(variable.id, standard)
            rows.append(
                f"<tr><td width='28%'><b>{label}</b></td><td>{room}</td><td width='18%'>{html_text(told)}</td></tr>"
            )
    rows.append("</table>")
    return "".join(rows)
