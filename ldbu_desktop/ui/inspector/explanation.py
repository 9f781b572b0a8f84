"""The texts of the inspector: what a finding means and what to do, and what a field is by the standard."""

from __future__ import annotations

from ldbu_desktop.findings.cause_text import finding_title
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.language import chosen, quoted, tr
from ldbu_desktop.rendering.words import SOURCES, acceptance_words, amount_words, severity_word
from ldbu_desktop.standard.model import PlausibleRange, Questionnaire, Standard, Variable, VisitType
from ldbu_desktop.ui.findings.explanation import finding_page, heading, line, note, part
from ldbu_desktop.ui.session import Session

_SHOWN_CODES = 12


def journal_finding_page(finding: Finding, session: Session) -> str:
    """What was found, what was expected, why, whose rule it is, and what to do."""
    words, acceptance = session.words(finding), session.work.acceptance_of(finding)
    held = part(tr("Accepteret"), acceptance.reason, acceptance_words(acceptance)) if acceptance is not None else ""
    return finding_page(
        words.severity,
        severity_word(words.severity),
        finding_title(finding, chosen(), session.standard),
        (
            line(words.message),
            held,
            part(tr("Gør sådan"), words.remedy),
            part(tr("Fundet"), " · ".join(filter(None, (quoted(words.found) if words.found else "", words.place)))),
            part(tr("Forventet"), words.expected),
            part(tr("Hvorfor"), words.why),
            part(tr("Hvis regel"), SOURCES[words.source](), words.rule),
            note(f"{tr('Kode')}: {words.code}"),
        ),
    )


def definition_page(definition: str, variable: str, session: Session) -> str:
    """What the standard says about a field: what it is, which values it takes, and where it must be."""
    standard = session.standard
    known = standard.variable.get(definition) or standard.variable.get(variable)
    if known is None:
        questionnaire = standard.questionnaire.get(variable)
        return _questionnaire(questionnaire) if questionnaire else ""
    parts = [heading(known.label[chosen()]), line(known.explanation[chosen()])]
    if known.units:
        parts.append(part(tr("Enhed"), ", ".join(unit.code for unit in known.units)))
    if known.decimals is not None:
        parts.append(part(tr("Decimaler"), tr("Højst {count}", count=known.decimals)))
    if known.ranges:
        parts.append(part(tr("Rimelige værdier"), *(_range(one, known) for one in known.ranges)))
    parts.append(_answers(known, standard))
    if needed := [one.label[chosen()] for one in _visits_that_ask_for(known, standard)]:
        parts.append(part(tr("Obligatorisk efter vejledningens tabel"), ", ".join(needed)))
    if rules := [rule.invariant for rule in standard.gateway_rules if known.id in rule.variables]:
        parts.append(part(tr("Gatewayens regler"), ", ".join(rules)))
    if known.record == "observation":
        told = {
            "accepted": tr("Kan afleveres uden værdi, når årsagen angives."),
            "contradicted": tr(
                "Standarden modsiger sig selv: teksten tillader en årsag i stedet for værdien, reglerne afviser den."
            ),
            "refused": tr("Kan ikke afleveres uden værdi."),
        }
        parts.append(part(tr("Hvis værdien ikke er opnået"), told[known.missing_reason]))
    parts.append(note(f"{known.profile} · {known.element}"))
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
    return part(tr("Svarmuligheder"), *told)


def _range(one: PlausibleRange, known: Variable) -> str:
    unit = known.units[0].code if known.units else ""
    return tr(
        "{low}–{high} {unit} fra {first} til {last, plural, one {# dag} other {# dage}}",
        low=amount_words(one.low),
        high=amount_words(one.high),
        unit=unit,
        first=one.from_days,
        last=one.to_days,
    )


def _questionnaire(known: Questionnaire) -> str:
    return "".join(
        (
            heading(known.label[chosen()]),
            line(known.explanation[chosen()]),
            part(tr("Rettigheder"), known.rights[chosen()]),
            *(part(tr("Offentliggjort grænse"), mark.text[chosen()], mark.source) for mark in known.marks),
        )
    )
