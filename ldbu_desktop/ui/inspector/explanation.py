"""The texts of the inspector: what a finding means and what to do, and what a field is by the standard."""

from __future__ import annotations

from html import escape

from ldbu_desktop.findings.model import Finding
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.standard.model import PlausibleRange, Questionnaire, Standard, Variable, VisitType
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import BODY, SMALL, colours
from ldbu_desktop.ui.words import SOURCES, colour_of, number_words, severity_word

_SHOWN_CODES = 12


def sheet() -> str:
    """The style of the texts, in the colours in use."""
    used = colours()
    return (
        f"body {{ color: {used.text}; font-size: {BODY}pt; }}"
        f"h3 {{ font-size: {BODY}pt; font-weight: 600; margin: 0 0 6px 0; }}"
        f"h4 {{ font-size: {SMALL}pt; font-weight: 600; color: {used.muted}; margin: 12px 0 2px 0; }}"
        "p { margin: 0 0 4px 0; line-height: 130%; }"
        f".muted {{ color: {used.muted}; }} .small {{ font-size: {SMALL}pt; color: {used.muted}; }}"
        + "".join(
            f".{name} {{ color: {getattr(used, name)}; font-weight: 600; }}" for name in ("rejected", "check", "info")
        )
    )


def _part(heading: str, *paragraphs: str) -> str:
    told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)
    return f"<h4>{escape(heading)}</h4>{told}" if told else ""


def finding_page(finding: Finding, session: Session) -> str:
    """What was found, what was expected, why, whose rule it is, and what to do."""
    words = session.words(finding)
    return "".join(
        (
            f"<p class='{colour_of(words.severity)}'>{escape(severity_word(words.severity))}</p>",
            f"<h3>{escape(words.title)}</h3>",
            f"<p>{escape(words.message)}</p>",
            _part(tr("Gør sådan"), words.remedy),
            _part(tr("Fundet"), " · ".join(filter(None, (f"»{words.found}«" if words.found else "", words.place)))),
            _part(tr("Forventet"), words.expected),
            _part(tr("Hvorfor"), words.why),
            _part(tr("Hvis regel"), SOURCES[words.source](), words.rule),
            f"<p class='small'><br>{escape(tr('Kode'))}: {escape(words.code)}</p>",
        )
    )


def definition_page(definition: str, variable: str, session: Session) -> str:
    """What the standard says about a field: what it is, which values it takes, and where it must be."""
    standard = session.standard
    known = standard.variable.get(definition) or standard.variable.get(variable)
    if known is None:
        questionnaire = standard.questionnaire.get(variable)
        return _questionnaire(questionnaire) if questionnaire else ""
    parts = [f"<h3>{escape(known.label[chosen()])}</h3>", f"<p>{escape(known.explanation[chosen()])}</p>"]
    if known.units:
        parts.append(_part(tr("Enhed"), ", ".join(unit.code for unit in known.units)))
    if known.decimals is not None:
        parts.append(_part(tr("Decimaler"), tr("Højst {count}", count=known.decimals)))
    if known.ranges:
        parts.append(_part(tr("Rimelige værdier"), *(_range(one, known) for one in known.ranges)))
    parts.append(_answers(known, standard))
    if needed := [one.label[chosen()] for one in _visits_that_ask_for(known, standard)]:
        parts.append(_part(tr("Obligatorisk efter vejledningens tabel"), ", ".join(needed)))
    if rules := [rule.invariant for rule in standard.gateway_rules if known.id in rule.variables]:
        parts.append(_part(tr("Gatewayens regler"), ", ".join(rules)))
    if known.record == "observation":
        told = {
            "accepted": tr("Kan afleveres uden værdi, når årsagen angives."),
            "contradicted": tr(
                "Standarden modsiger sig selv: teksten tillader en årsag i stedet for værdien, reglerne afviser den."
            ),
            "refused": tr("Kan ikke afleveres uden værdi."),
        }
        parts.append(_part(tr("Hvis værdien ikke er opnået"), told[known.missing_reason]))
    parts.append(f"<p class='small'><br>{escape(known.profile)} · {escape(known.element)}</p>")
    return "".join(parts)


def _visits_that_ask_for(known: Variable, standard: Standard) -> list[VisitType]:
    asking = {rule.visit_type for rule in standard.guide_rules if known.id in rule.variables}
    return [one for one in standard.visit_types if one.id in asking]


def _answers(known: Variable, standard: Standard) -> str:
    concepts = list(standard.concepts(known).values())
    if not concepts:
        return ""
    told = [f"{at}. {concept.label[chosen()]}" for at, concept in enumerate(concepts[:_SHOWN_CODES], 1)]
    if len(concepts) > _SHOWN_CODES:
        told.append(tr("… og {count} til", count=len(concepts) - _SHOWN_CODES))
    return _part(tr("Svarmuligheder"), *told)


def _range(one: PlausibleRange, known: Variable) -> str:
    unit = known.units[0].code if known.units else ""
    return tr(
        "{low}–{high} {unit} fra {first} til {last} dage",
        low=number_words(one.low),
        high=number_words(one.high),
        unit=unit,
        first=one.from_days,
        last=one.to_days,
    )


def _questionnaire(known: Questionnaire) -> str:
    return "".join(
        (
            f"<h3>{escape(known.label[chosen()])}</h3>",
            f"<p>{escape(known.explanation[chosen()])}</p>",
            _part(tr("Rettigheder"), known.rights[chosen()]),
            *(_part(tr("Offentliggjort grænse"), mark.text[chosen()], mark.source) for mark in known.marks),
        )
    )
