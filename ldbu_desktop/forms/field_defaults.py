"""What of a field follows from the catalogue: its widget, whom it is about, its codes, an instrument's ages."""

from __future__ import annotations

from msgspec.structs import replace

from ldbu_desktop.forms.model import Field, Form, Who, Widget
from ldbu_desktop.journal.fields import INTERVENTION_CODE
from ldbu_desktop.standard.model import ANY_OBSERVATION, Item, Standard, Variable

MOST_VISIBLE = 9
"""A choice has a digit for each code, so a value set with more codes than digits is a list."""

_BY_RECORD = {"visit": (Who.VISIT,), "response": (Who.SUBJECT,)}
_BY_SUBJECT = {
    "child": (Who.CHILD, Who.SUBJECT),
    "parent": (Who.EACH_PARENT, Who.SUBJECT),
    "either": (Who.SUBJECT, Who.CHILD, Who.EACH_PARENT),
}
_BY_KIND = {"quantity": Widget.NUMBER, "moment": Widget.MOMENT, "boolean": Widget.SWITCH}


def catalogued(form: Form, standard: Standard) -> Form:
    """``form`` with all that follows from the catalogue filled in; the rest stays as it is."""
    sections = tuple(
        replace(section, fields=tuple(catalogued_field(each, form.questionnaire, standard) for each in section.fields))
        for section in form.sections
    )
    return replace(form, sections=sections)


def catalogued_field(field: Field, questionnaire: str, standard: Standard) -> Field:
    """``field`` of a form for ``questionnaire``, or for visits, with all that follows from the catalogue filled in."""
    widgets, who = fitting_widgets(field, standard, questionnaire), fitting_subjects(field, standard)
    asked = standard.questionnaire.get(field.questionnaire)
    shown = field.shown
    if asked is not None and shown.ages is None and (asked.from_days, asked.to_days) != (None, None):
        shown = replace(shown, ages=(asked.from_days, asked.to_days))
    return replace(
        field,
        widget=field.widget or (widgets[0] if widgets else None),
        who=field.who or (who[0] if who else None),
        shown=shown,
    )


def item_of(field: Field, standard: Standard, questionnaire: str) -> Item | None:
    """The question that a field of an instrument's form is for."""
    asked = standard.questionnaire.get(questionnaire)
    return asked.by_link_id.get(field.link_id) if asked is not None else None


def fitting_widgets(field: Field, standard: Standard, questionnaire: str = "") -> tuple[Widget, ...]:
    """The widgets that can fill a field, the usual one first; none where the catalogue does not know it."""
    if field.questionnaire:
        return (Widget.INSTRUMENT,) if field.questionnaire in standard.questionnaire else ()
    if field.link_id:
        item = item_of(field, standard, questionnaire)
        return _widgets_of_item(item) if item is not None else ()
    variable = standard.variable.get(field.variable)
    return _widgets_of_variable(variable, standard) if variable is not None else ()


def _widgets_of_item(item: Item) -> tuple[Widget, ...]:
    if item.type == "boolean":
        return Widget.SWITCH, Widget.CHOICE
    answers = codes_of_item(item)
    if item.type == "integer":
        return (Widget.CHOICE, Widget.NUMBER) if 0 < len(answers) <= MOST_VISIBLE else (Widget.NUMBER,)
    return (Widget.CHOICE, Widget.LIST) if len(answers) <= MOST_VISIBLE else (Widget.LIST,)


def _widgets_of_variable(variable: Variable, standard: Standard) -> tuple[Widget, ...]:
    if variable.record == "intervention":
        return (Widget.INTERVENTIONS,)
    if variable.kind == "reference":
        # One thing can be written; of several, those that the family's record has can be picked.
        return (Widget.TEXT, Widget.LIST) if variable.max == 1 else (Widget.LIST,)
    if variable.kind != "concept":
        return (_BY_KIND.get(variable.kind, Widget.TEXT),)
    if variable.repeats:
        return Widget.FINDINGS, Widget.LIST
    if variable.takes_period:
        return Widget.PERIODS, Widget.CHOICE, Widget.LIST
    few = len(standard.concepts(variable)) <= MOST_VISIBLE
    return (Widget.CHOICE, Widget.LIST) if few else (Widget.LIST,)


def fitting_subjects(field: Field, standard: Standard) -> tuple[Who, ...]:
    """Whom a field can be about, the usual one first; none where the catalogue does not know it."""
    if field.link_id:
        return (Who.SUBJECT,)
    known = standard.questionnaire.get(field.questionnaire) or standard.variable.get(field.variable)
    if known is None:
        return ()
    by_record = _BY_RECORD.get(known.record) if isinstance(known, Variable) else None
    return by_record or _BY_SUBJECT[known.subject]


def is_for_a_form(variable: Variable, questionnaire: str) -> bool:
    """Whether a variable can be a field: of a visit's form, or beside the questions of an instrument's form.

    Parts of observations and interventions belong to the fields of these, where its code stands for an intervention;
    citizens and schools belong to the family's record.
    """
    if questionnaire:
        return variable.record == "response"
    if variable.record == "observation":
        return variable.profile != ANY_OBSERVATION
    return variable.record == "visit" or variable.id == INTERVENTION_CODE


def codes_of(field: Field, standard: Standard, questionnaire: str = "") -> tuple[str, ...]:
    """The codes that an answer to a field may be; none where answers are not coded or the field is not known."""
    if field.link_id:
        item = item_of(field, standard, questionnaire)
        return codes_of_item(item) if item is not None else ()
    variable = standard.variable.get(field.variable)
    return tuple(standard.concepts(variable)) if variable is not None else ()


def codes_of_item(item: Item) -> tuple[str, ...]:
    """The answers to a question as text: options, ``true`` and ``false``, or numbers where they have limits."""
    if item.type == "boolean":
        return "true", "false"
    if item.type == "integer":
        return () if item.min is None or item.max is None else tuple(map(str, range(item.min, item.max + 1)))
    return item.options
