"""What the form of a visit holds: its fields, each about one citizen, with where the answer stands in the journal."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from ldbu_desktop.editing.answers import answer_at, where_of
from ldbu_desktop.editing.change import Topic
from ldbu_desktop.forms.model import Field, Form, Section, Who, Widget
from ldbu_desktop.forms.visibility import Asked, VisitState, citizens, shown_sections
from ldbu_desktop.journal.model import Entry, Family, Journal, Visit
from ldbu_desktop.journal.people import age_days, child_at, parents_at
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.people import ParentAmong, parent_words
from ldbu_desktop.standard.model import Item, Questionnaire, Standard, Variable
from ldbu_desktop.ui.form.pick_line import Option

_VISIT = "visit"


@dataclass(frozen=True, slots=True)
class FieldAt:
    """A field about one citizen, or about the visit itself. ``parent`` counts the parents from 1; 0 is no parent.

    ``among`` tells which parent it is, where the form asks about several.
    """

    field: Field
    where: Where
    parent: int = 0
    among: ParentAmong | None = None

    @property
    def name(self) -> str:
        """What scripts know its input by: the variable's id, of which questionnaire, and which parent."""
        own = self.field.variable or self.field.link_id or self.field.questionnaire or self.field.id
        if self.where.questionnaire and (self.field.variable or self.field.link_id):
            own = f"{self.where.questionnaire}.{own}"
        return f"{own}-{self.parent}" if self.parent else own

    def is_of(self, topics: Container[Topic]) -> bool:
        """Whether it is about one of ``topics``."""
        where = self.where
        return (
            Topic(self.field.variable, where.subject) in topics or Topic(where.questionnaire, where.subject) in topics
        )

    def variable(self, standard: Standard) -> Variable | None:
        """What the catalogue says about it."""
        return standard.variable.get(self.field.variable)

    def label(self, standard: Standard) -> str:
        """What it is called; whom it is about is called as in the list of the family."""
        told = self._label(standard)
        if self.among is None:
            return told
        who = parent_words(self.among)
        return f"{told}, {who[0].lower()}{who[1:]}"

    def _label(self, standard: Standard) -> str:
        if variable := self.variable(standard):
            return variable.label[chosen()]
        if questionnaire := standard.questionnaire.get(self.where.questionnaire):
            item = questionnaire.by_link_id.get(self.field.link_id)
            return (item or questionnaire).label[chosen()]
        return self.field.id


def state_of(form: Form, family: Family, visit: Visit, journal: Journal, standard: Standard) -> VisitState:
    """What is known of a visit, for what shows in its form."""
    visit_type = standard.visit_type_by_code.get(visit.type.value or "")
    child = child_at(family, visit)
    known = VisitState(
        visit_type.id if visit_type else "",
        visit.visit_class.value or "",
        age_days(family, visit),
        visit.subject.value or "",
        child.key if child else "",
        tuple(citizen.key for citizen in parents_at(family, visit)),
    )
    answers = {
        Asked(field.id, citizen): codes
        for field in form.fields
        for citizen in citizens(field.who, known)
        if (codes := _codes(answer_at(journal, where_at(field, citizen, family, visit))))
    }
    return known._replace(answers=answers)


def _codes(entry: Entry[object]) -> tuple[str, ...]:
    if isinstance(entry.value, bool):
        return ("true" if entry.value else "false",)
    return () if entry.value is None else (str(entry.value),)


def where_at(field: Field, citizen: str, family: Family, visit: Visit) -> Where:
    """Where the answer to a field about a citizen stands."""
    at = Where(family.key, visit.key, subject=citizen, questionnaire=field.questionnaire)
    return where_of(at, field.variable)


def sections_at(form: Form, state: VisitState, family: Family, visit: Visit) -> Iterator[tuple[Section, list[FieldAt]]]:
    """The sections that show at a visit, with their fields."""
    known = {one.key: ParentAmong.of(one, family) for one in family.citizens if one.key in state.parents}
    for shown in shown_sections(form, state):
        fields = []
        for one in shown.fields:
            is_parent = one.field.who is Who.EACH_PARENT
            number = state.parents.index(one.citizen) + 1 if is_parent else 0
            among = known[one.citizen] if is_parent and len(state.parents) > 1 else None
            fields.append(FieldAt(one.field, where_at(one.field, one.citizen, family, visit), number, among))
        yield shown.section, fields


def options_of(variable: Variable, standard: Standard) -> tuple[Option, ...]:
    """The answers that a variable may have, in the language in use."""
    return tuple(Option(code, concept.label[chosen()]) for code, concept in standard.offered(variable).items())


def item_options(item: Item, questionnaire: Questionnaire) -> tuple[Option, ...]:
    """The answers that a question may have, by their own numbers where they are numbers."""
    if item.type == "boolean":
        return Option("ja", tr("Ja")), Option("nej", tr("Nej"))
    if item.type == "choice":
        return tuple(Option(option, option) for option in item.options)
    low, high = item.min or 0, item.max if item.max is not None else -1
    if high > 9:
        return ()
    return tuple(Option(str(number), "", str(number)) for number in range(low, high + 1))


def records_at(visit: Visit, at: FieldAt) -> frozenset[str]:
    """The keys of the records that a field is about."""
    where = at.where
    if where.questionnaire:
        return frozenset(
            response.key
            for response in visit.responses
            if response.questionnaire.value == where.questionnaire and response.subject.value == where.subject
        )
    if at.field.widget is Widget.INTERVENTIONS:
        return frozenset(one.key for one in visit.interventions if one.subject.value == where.subject)
    return frozenset(
        one.key
        for one in visit.observations
        if one.variable.value == where.variable and one.subject.value == where.subject
    )


def is_about(where: Where, at: FieldAt, records: frozenset[str]) -> bool:
    """Whether a place is in a field: in its record, or its part of the visit, or where something is missing there."""
    if where.subject not in ("", at.where.subject):
        return False
    if at.field.link_id:
        return where.record in records and where.link_id == at.field.link_id
    if where.record:
        return where.record in records and not (at.where.questionnaire and where.field.startswith("answer."))
    return at.field.variable in (where.field, where.variable) and at.field.variable != ""
