"""The burden of the registration that a journal shows: what was recorded at visits, as if entered once in our forms.

Told for each visit type and organisation, and never for a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.fields import Conditions, FieldTime, described, work
from ldbu_desktop.burden.interactions import HandPosition, seconds_of
from ldbu_desktop.burden.model import (
    Activity,
    Band,
    Counts,
    Need,
    NotCounted,
    Registration,
    RegistrationTotals,
    Saving,
    TimePart,
    VisitGroup,
)
from ldbu_desktop.burden.needs import Needs
from ldbu_desktop.burden.walk import REASON_WORDS
from ldbu_desktop.forms.model import Field, Widget
from ldbu_desktop.journal.fields import INTERVENTION_CODE, INTERVENTION_REASONS
from ldbu_desktop.journal.model import Entry, Family, Intervention, Journal, Moment, Observation, Visit
from ldbu_desktop.journal.model import QuestionnaireResponse as Response
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.language import Language
from ldbu_desktop.standard.model import Standard

_Fact = tuple[object, ...]
_LEFT_OUT = ("written", "judgement", "notes", "contact")


def registration(
    journal: Journal, standard: Standard, assumptions: Assumptions | None = None, language: Language = Language.DANISH
) -> Registration:
    """The burden of the registration that ``journal`` shows."""
    reader = _Reader(Conditions(standard, assumptions or Assumptions(), language))
    groups: dict[tuple[str, str], RegistrationTotals] = {}
    everything = RegistrationTotals()
    for family in journal.families:
        organisations = {citizen.key: citizen.organisation.value or "" for citizen in family.citizens}
        own = next((organisations[each.key] for each in family.citizens if each.is_child), "")
        for visit, counts, parts in reader.visits(family):
            visit_type = standard.visit_type_by_code.get(visit.type.value or "")
            key = (visit_type.id if visit_type else "", organisations.get(visit.subject.value or "") or own)
            groups.setdefault(key, RegistrationTotals()).add(counts, parts)
            everything.add(counts, parts)
    order = {visit_type.id: place for place, visit_type in enumerate(standard.visit_types)}
    listed = [VisitGroup(*key, recorded) for key, recorded in groups.items()]
    listed.sort(key=lambda group: (order.get(group.visit_type, len(order)), group.organisation))
    return Registration(tuple(listed), everything, tuple(NotCounted(each) for each in _LEFT_OUT))


class _Reader:
    """Reads families one after the other; what a field takes is worked out once for each that is alike."""

    def __init__(self, under: Conditions) -> None:
        self._under = under
        self._standard = under.standard
        self._works: dict[tuple[str, str, int, HandPosition], FieldTime] = {}
        self._needs: dict[str, Needs] = {}
        self._hands = HandPosition.MOUSE
        self._errors = Band(1, 1, 1) + under.assumptions["p_err"] * under.assumptions["repair"]
        self._reason = seconds_of(under.assumptions, "list") + under.assumptions.word * REASON_WORDS

    def visits(self, family: Family) -> Iterator[tuple[Visit, Counts, list[TimePart]]]:
        """Each visit of a family with what was recorded at it."""
        seen: set[_Fact] = set()
        for visit in family.visits:
            if visit.status.value == ENTERED_IN_ERROR:
                continue
            self._hands = HandPosition.MOUSE
            needs = self._needs_at(visit.type.value or "")
            read = [self._observation(each, visit, needs, seen) for each in visit.observations]
            read += [self._intervention(each) for each in visit.interventions]
            read += [self._response(each) for each in visit.responses]
            counts = Counts()
            parts: list[TimePart] = []
            for counted, found in read:
                counts = counts.plus(counted)
                parts += found
            yield visit, counts, parts

    def _needs_at(self, code: str) -> Needs:
        if code not in self._needs:
            visit_type = self._standard.visit_type_by_code.get(code)
            self._needs[code] = Needs(self._standard, (visit_type.id,) if visit_type else ())
        return self._needs[code]

    def _work(self, name: str, questionnaire: str = "", keys: int = 0, widget: Widget | None = None) -> FieldTime:
        """What filling a variable or an item takes, the hand being where the field before left it."""
        key = (questionnaire, name, keys, self._hands)
        if key not in self._works:
            link_id, variable = (name, "") if questionnaire else ("", name)
            asked = Field(id=name, variable=variable, link_id=link_id, widget=widget)
            known = described(asked, self._standard, questionnaire)
            found = work(known, self._under, self._hands, keys)
            self._works[key] = found._replace(entry=found.entry * self._errors)
        done = self._works[key]
        self._hands = done.hands
        return done

    def _observation(
        self, observation: Observation, visit: Visit, needs: Needs, seen: set[_Fact]
    ) -> tuple[Counts, list[TimePart]]:
        name, value = observation.variable.value, observation.value
        if name is None or observation.status.value == ENTERED_IN_ERROR:
            return Counts(unreadable=int(observation.variable.is_unreadable)), []
        day = _day(observation.start.value) or _day(visit.start.value)
        about = (name, observation.subject.value, day)
        need = needs.of(name)
        if observation.missing_reason.value is not None:
            is_again = self._is_again((*about, observation.missing_reason.value), seen)
            part = TimePart("", name, Activity.ENTRY, need, self._reason)
            if is_again:
                part = part._replace(need=Need.AVOIDABLE, saving=Saving.MISSING_REASON_TWICE)
            return Counts(missing_reasons=1, repeats=int(is_again)), [part]
        if value.is_empty:
            return Counts(), []
        done = self._work(name, keys=_keys(value) if self._standard.variable[name].kind == "quantity" else 0)
        if value.is_unreadable:
            part = TimePart("", name, Activity.ENTRY, Need.AVOIDABLE, done.entry, saving=Saving.REJECTED_FORMAT)
            return Counts(filled=1, unreadable=1), [*_parts(name, done, need), part]
        if self._is_again((*about, value.value, observation.unit.value), seen):
            return Counts(filled=1, repeats=1), _parts(name, done, Need.AVOIDABLE, Saving.ENTERED_TWICE)
        return Counts(filled=1), _parts(name, done, need)

    @staticmethod
    def _is_again(fact: _Fact, seen: set[_Fact]) -> bool:
        """Whether a fact has been told before; it has from now on."""
        if fact in seen:
            return True
        seen.add(fact)
        return False

    def _intervention(self, intervention: Intervention) -> tuple[Counts, list[TimePart]]:
        """Its code and reasons; when it began is taken to be the visit's time."""
        if intervention.status.value == ENTERED_IN_ERROR:
            return Counts(), []
        codes = [(INTERVENTION_CODE, intervention.code)]
        codes += [(INTERVENTION_REASONS, reason) for reason in intervention.reasons]
        counts, parts = Counts(), list[TimePart]()
        for name, code in codes:
            if not code.is_empty:
                done = self._work(name, widget=Widget.FINDINGS)
                counts = counts.plus(Counts(1, unreadable=int(code.is_unreadable)))
                parts += _parts(name, done, Need.OPTIONAL)
        return counts, parts

    def _response(self, response: Response) -> tuple[Counts, list[TimePart]]:
        asked = self._standard.questionnaire.get(response.questionnaire.value or "")
        if asked is None or response.status.value == ENTERED_IN_ERROR:
            return Counts(unreadable=int(response.questionnaire.is_unreadable)), []
        counts, parts = Counts(), list[TimePart]()
        answered = {answer.link_id.value for answer in response.answers}
        for answer in response.answers:
            item = asked.by_link_id.get(answer.link_id.value or "")
            if item is None or answer.value.is_empty:
                continue
            if isinstance(answer.value.value, str) and answer.value.value not in item.options:
                keys = len(answer.value.value)
                seconds = seconds_of(self._under.assumptions, "text", keys, 1)
                counts = counts.plus(Counts(filled=1, free_text_keys=keys))
                parts.append(TimePart("", asked.id, Activity.NOTES, Need.OPTIONAL, seconds))
                continue
            done = self._work(item.link_id, asked.id)
            is_sum = item.link_id == asked.score and answered.issuperset(asked.summed)
            need, saving = (Need.AVOIDABLE, Saving.SUM_BY_HAND) if is_sum else (Need.OPTIONAL, None)
            counts = counts.plus(Counts(1, int(is_sum), unreadable=int(answer.value.is_unreadable)))
            entry, reading = _parts(asked.id, done, need, saving)
            parts += [entry._replace(kind=Activity.INSTRUMENTS), reading]
        return counts, parts


def _parts(name: str, done: FieldTime, need: Need, saving: Saving | None = None) -> list[TimePart]:
    return [
        TimePart("", name, Activity.ENTRY, need, done.entry, saving=saving),
        TimePart("", name, Activity.READING, need, done.reading, saving=saving),
    ]


def _keys(value: Entry[Decimal | str]) -> int:
    return len(value.raw.strip() or str(value.value))


def _day(moment: Moment | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment
