"""What stands on the page: a visit in words, part by part. CPR numbers are covered unless shown on purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ldbu_desktop import __version__
from ldbu_desktop.findings.catalogue import type_of
from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.findings.text import rendered
from ldbu_desktop.growth.model import Point
from ldbu_desktop.growth.series import MASS_INDEX, growth_of
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.fields import (
    INTERVENTION_CODE,
    INTERVENTION_REASONS,
    OBSERVATION_MISSING_REASON,
    RESPONSE_INFORMER,
    VISIT_CLASS,
    VISIT_STATUS,
)
from ldbu_desktop.journal.model import (
    Entry,
    Family,
    Intervention,
    Moment,
    Observation,
    QuestionnaireResponse,
    Visit,
)
from ldbu_desktop.journal.people import unnamed
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.growth_words import score_words, size_words
from ldbu_desktop.rendering.people import citizen_role
from ldbu_desktop.rendering.words import (
    age_words,
    amount_words,
    citizen_cpr,
    citizen_in,
    clock_words,
    count_words,
    covered,
    day_words,
    entry_words,
    moment_words,
    severity_word,
    shortened,
    visit_name,
)
from ldbu_desktop.standard.model import Questionnaire, Standard

_LONGEST = 240
"""Characters of one text, beyond which nothing readable was written."""

_PARENTS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was recorded: what it is, what was found, and what else is to say."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together; ``left_out`` is how many had no room."""

    heading: str
    lines: tuple[Line, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A visit as it is printed. ``about`` says when and who, ``foot`` by which rules and program."""

    title: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    foot: tuple[str, ...]

    def shortened(self, most: int, letters: int = _LONGEST) -> Summary:
        """The same with at most so many lines in each part, and letters in each text."""
        parts = tuple(
            replace(
                part,
                lines=tuple(Line(*(shortened(text, letters) for text in astuple(line))) for line in part.lines[:most]),
                left_out=part.left_out + max(0, len(part.lines) - most),
            )
            for part in self.parts
        )
        return replace(self, about=tuple(shortened(line, letters) for line in self.about), parts=parts)


def visit_summary(
    family: Family,
    visit: Visit,
    standard: Standard,
    findings: Sequence[Finding] | None,
    today: date,
    *,
    shows_cpr: bool = False,
) -> Summary:
    """The summary of a visit of a family. ``findings`` are those at the visit; None where it is not checked yet."""
    reader = _Reader(family, visit, standard, shows_cpr)
    parts = (
        Part(tr("Målinger"), tuple(reader.measurements())),
        Part(tr("Barnet"), tuple(reader.observations(parents=False))),
        Part(tr("Forældrene"), tuple(reader.observations(parents=True))),
        Part(tr("Undersøgelsesfund"), tuple(reader.exam_results())),
        Part(tr("Indsatser"), tuple(reader.interventions())),
        Part(tr("Spørgeskemaer"), tuple(reader.questionnaires())),
    )
    header = standard.header
    foot = [
        tr("Standard {package} {version}", package=header.package, version=header.version),
        f"LDBU Desktop {__version__}",
        tr("Udskrevet {day}", day=day_words(today)),
    ]
    note = tr("Fund er programmets forkontrol; KL Gateway afgør, hvad der modtages.")
    if shows_cpr:
        note = f"{tr('Udskriften viser CPR-numre.')} {note}"
    return Summary(
        _short(visit_name(visit, standard)),
        tuple(reader.about()),
        (*(part for part in parts if part.lines), _findings_part(findings, standard)),
        (" · ".join(foot), note),
    )


def file_name(visit: Visit, standard: Standard, today: date) -> str:
    """A name for the file: the kind of visit and the day of printing, nothing of the child."""
    known = standard.visit_type_by_code.get(visit.type.value or "")
    return f"{tr('kontakt')}-{known.id if known else tr('uden-type')}-{today:%Y%m%d}.pdf"


def _short(text: str) -> str:
    return shortened(text, _LONGEST)


def _findings_part(findings: Sequence[Finding] | None, standard: Standard) -> Part:
    heading = tr("Fund, der står åbne")
    if findings is None:
        return Part(heading, (Line(tr("Ikke kontrolleret endnu"), ""),))
    if not findings:
        return Part(heading, (Line(tr("Ingen"), ""),))
    weights = {severity: weight for weight, severity in enumerate(Severity)}
    ordered = sorted(findings, key=lambda finding: weights[type_of(finding).severity])
    told = [(type_of(finding).severity, rendered(finding, chosen(), standard)) for finding in ordered]
    counts = Counter((severity, words.title, words.message) for severity, words in told)
    lines = [
        Line(
            severity_word(severity),
            _short(message),
            tr("{count, plural, one {# gang} other {# gange}}", count=count) if count > 1 else "",
        )
        for (severity, _, message), count in counts.items()
    ]
    return Part(f"{heading} ({len(findings)})", tuple(lines))


class _Reader:
    """Puts the records of one visit into words."""

    def __init__(self, family: Family, visit: Visit, standard: Standard, shows_cpr: bool) -> None:
        self._family = unnamed(family)  # a page leaves the screen that covers names
        self._visit = visit
        self._standard = standard
        self._shows_cpr = shows_cpr
        self._parents = {citizen.key for citizen in family.citizens if not citizen.is_child}
        self._there = [each for each in visit.observations if each.status.value != ENTERED_IN_ERROR]

    def about(self) -> Iterator[str]:
        """When and how it was, whom it is about, and who the parents are."""
        visit = self._visit
        start, end = visit.start.value, visit.end.value
        when = [moment_words(start) if start else self._shown(visit.start.raw) or tr("Uden dato")]
        if end is not None:
            when.append(tr("til {end}", end=_end_words(start, end)))
        kind = self._words(visit.visit_class, VISIT_CLASS)
        school = next((each for each in self._family.schools if each.key == visit.school.value), None)
        number = school.identifier.value if school is not None else None
        at_school = tr("institution {number}", number=number) if number else ""
        status = self._words(visit.status, VISIT_STATUS)
        yield " · ".join(filter(None, (" ".join(when), kind, at_school, status)))
        subject = citizen_in(self._family, visit.subject.value)
        people = [subject] if subject is not None else []
        people += [each for each in self._family.citizens if not each.is_child and each is not subject][:_PARENTS_NAMED]
        if subject is None:
            yield tr("Uden borger")
        for citizen in people:
            age = age_words(self._family, visit) if citizen is subject else ""
            cpr = citizen_cpr(citizen, shown=self._shows_cpr)
            yield _short(" · ".join(filter(None, (citizen_role(citizen, self._family), f"CPR {cpr}", age))))

    def measurements(self) -> Iterator[Line]:
        """What was measured, with the z-score as a fact."""
        growth = growth_of(self._family, self._visit.subject.value or "", self._standard)
        points = {
            (series.charted.id, point.record): point
            for series in growth.series
            for point in series.points
            if point.visit == self._visit.key
        }
        for observation in self._there:
            known = self._standard.variable.get(observation.variable.value or "")
            if known is not None and known.kind == "quantity":
                point = points.get((known.id, observation.key))
                yield Line(known.label[chosen()], self._value(observation), self._noted(observation, _scored(point)))
        for (name, _), point in points.items():
            if name == MASS_INDEX:
                yield Line(tr("BMI, beregnet"), size_words(point), _scored(point))

    def observations(self, *, parents: bool) -> Iterator[Line]:
        """What was observed of the child, or of its parents with the parent's name."""
        for observation in self._there:
            known = self._standard.variable.get(observation.variable.value or "")
            is_elsewhere = known is not None and (known.kind == "quantity" or known.repeats)
            if (observation.subject.value in self._parents) is parents and not is_elsewhere:
                label = known.label[chosen()] if known else self._shown(observation.variable.raw)
                note = self._noted(observation, self._parent(observation))
                yield Line(label or tr("Ukendt variabel"), self._value(observation), note)

    def _parent(self, observation: Observation) -> str:
        parent = citizen_in(self._family, observation.subject.value)
        return citizen_role(parent, self._family) if parent is not None and not parent.is_child else ""

    def exam_results(self) -> Iterator[Line]:
        """The findings of the examination."""
        for observation in self._there:
            known = self._standard.variable.get(observation.variable.value or "")
            if known is not None and known.repeats:
                yield Line(self._value(observation), "", self._noted(observation, ""))

    def interventions(self) -> Iterator[Line]:
        """The need-based interventions, why, and how long."""
        for each in self._visit.interventions:
            if each.status.value == ENTERED_IN_ERROR:
                continue
            reasons = ", ".join(filter(None, (self._words(one, INTERVENTION_REASONS) for one in each.reasons)))
            yield Line(self._words(each.code, INTERVENTION_CODE), reasons, self._lasting(each))

    def _lasting(self, each: Intervention | Observation) -> str:
        start, end = each.start.value, each.end.value
        if start and end:
            return f"{day_words(start)} – {day_words(end)}"
        if end:
            return tr("til {end}", end=day_words(end))
        return tr("fra {day}", day=day_words(start)) if start else ""

    def questionnaires(self) -> Iterator[Line]:
        """The instruments: score or how much is answered, and what is marked at published limits."""
        for response in self._visit.responses:
            if response.status.value == ENTERED_IN_ERROR:
                continue
            known = self._standard.questionnaire.get(response.questionnaire.value or "")
            if known is None:
                yield Line(self._shown(response.questionnaire.raw) or tr("Ukendt spørgeskema"), "")
                continue
            subject = citizen_in(self._family, response.subject.value)
            by = [citizen_role(subject, self._family)] if subject is not None and not subject.is_child else []
            if informer := self._words(response.informer, RESPONSE_INFORMER):
                by.append(tr("kilde: {informer}", informer=informer))
            yield Line(known.label[chosen()], _score(response, known), " · ".join(by))
            for mark in _marks(response, known):
                yield Line("", mark)

    def _value(self, observation: Observation) -> str:
        """What was found, or why not."""
        name = observation.variable.value or ""
        if not observation.missing_reason.is_empty and observation.value.is_empty:
            reason = self._words(observation.missing_reason, OBSERVATION_MISSING_REASON)
            return tr("Ikke oplyst: {reason}", reason=reason)
        if observation.value.is_empty:
            return tr("Ikke udfyldt")
        unit = observation.unit.value or self._shown(observation.unit.raw)
        if isinstance(observation.value.value, Decimal):
            return amount_words(observation.value.value, unit)
        told = self._words(observation.value, name)
        return f"{told} {unit}" if unit else told

    def _noted(self, observation: Observation, note: str) -> str:
        parts = [note, self._lasting(observation) if observation.is_period else ""]
        if observation.value.is_unreadable:
            parts.append(tr("kan ikke læses"))
        return " · ".join(filter(None, parts))

    def _words(self, entry: Entry[Any], definition: str) -> str:
        return _short(entry_words(entry, definition, self._standard, self._family, shown=self._shows_cpr))

    def _shown(self, raw: str) -> str:
        return _short(covered(raw, shown=self._shows_cpr))


def _end_words(start: Moment | None, end: Moment) -> str:
    """When a visit ended; on the day that it began the time alone."""
    if isinstance(start, datetime) and isinstance(end, datetime) and day_of(start) == day_of(end):
        return clock_words(end)
    return moment_words(end)


def _scored(point: Point | None) -> str:
    return tr("z {score} (WHO)", score=score_words(point.z)) if point is not None and point.z is not None else ""


def _answers(response: QuestionnaireResponse) -> dict[str, int | bool | str]:
    return {
        answer.link_id.value: answer.value.value
        for answer in response.answers
        if answer.link_id.value is not None and answer.value.value is not None
    }


def _score(response: QuestionnaireResponse, known: Questionnaire) -> str:
    """The score and what it is of; without a score the only answer, or how many are given."""
    answers = _answers(response)
    score = answers.get(known.score or "")
    if score is not None and known.score is not None:
        most = known.by_link_id[known.score].max
        return tr("Samlet score {score} af {most}", score=score, most=most)
    if len(known.items) == 1:
        return _short(str(next(iter(answers.values()), tr("Ikke besvaret"))))
    return tr(
        "{count} af {total, plural, one {# svar} other {# svar}}",
        count=count_words(len(answers)),
        total=count_words(len(known.items)),
    )


def _marks(response: QuestionnaireResponse, known: Questionnaire) -> Iterator[str]:
    answers = _answers(response)
    for mark in known.marks:
        answer = answers.get(mark.item)
        if isinstance(answer, int) and not isinstance(answer, bool) and answer >= mark.at_least:
            yield tr("Markeret: {why}", why=mark.text[chosen()])
