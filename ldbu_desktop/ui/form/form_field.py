"""A field of the form with its row: shows what the journal says there, and tells what is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from ldbu_desktop import clock
from ldbu_desktop.editing.answers import answer_at
from ldbu_desktop.editing.operations import AddPeriod, AnswerField, ContinueIntervention, EndIntervention, EndPeriods
from ldbu_desktop.findings.model import Finding, Severity
from ldbu_desktop.forms.model import Widget
from ldbu_desktop.journal.dates import local
from ldbu_desktop.journal.fields import INTERVENTION_REASONS, OBSERVATION_MISSING_REASON, OBSERVATION_UNIT
from ldbu_desktop.journal.model import Entry, Family, Moment, Visit
from ldbu_desktop.journal.moment_speech import day_readings
from ldbu_desktop.journal.plain_speech import meaning, typed_readings
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import amount_words, covered, moment_words, number_words
from ldbu_desktop.standard.model import Questionnaire, Standard
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.code_list import CodeList
from ldbu_desktop.ui.form.contents import FieldAt, item_options, options_of
from ldbu_desktop.ui.form.field_row import FieldRow, FoundLine
from ldbu_desktop.ui.form.inner_button import went_within
from ldbu_desktop.ui.form.instrument_head import InstrumentHead
from ldbu_desktop.ui.form.interventions import Interventions
from ldbu_desktop.ui.form.list_field import ListField
from ldbu_desktop.ui.form.period_field import PeriodField
from ldbu_desktop.ui.form.pick_line import Option, PickLine
from ldbu_desktop.ui.form.records import chosen_at, endings_at, periods_at, running_at, span_of

if TYPE_CHECKING:
    from ldbu_desktop.ui.session import Session

REASON, REASONS = OBSERVATION_MISSING_REASON, INTERVENTION_REASONS

_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


def moment_typed(moment: Moment) -> str:
    """A moment as one types it: ``07-07-2020 12:45``."""
    if isinstance(moment, datetime):
        return local(moment).strftime("%d-%m-%Y %H:%M")
    return moment.strftime("%d-%m-%Y")


class MomentLine(AnswerLine):
    """A day with or without a time of day."""

    def empty_words(self) -> str:
        """How to write it."""
        return tr("dd-mm-åååå tt:mm")


class FormField(QObject):
    """One field. ``came`` tells that it has the keyboard now, ``moved`` that it was left by a key, and which way.

    ``asks_reason`` is whether the reason for having no value is asked for now.
    """

    came = Signal()
    moved = Signal(int)
    grew = Signal()

    def __init__(self, at: FieldAt, session: Session) -> None:
        super().__init__()
        self.at = at
        self._session = session
        self._standard = session.standard
        self.asks_reason = False
        self.input = _input(at, session.standard)
        kind = at.field.widget
        self.row = FieldRow(
            at.name,
            self.input,
            is_narrow=kind is Widget.NUMBER,
            is_line=kind in (Widget.LIST, Widget.MOMENT, Widget.TEXT),
            is_inline=bool(at.field.link_id),
            is_headless=kind is Widget.INSTRUMENT,
        )
        self._listen(self.input)
        if isinstance(self.input, AnswerLine):
            self.input.cover = lambda text: covered(text, shown=session.shows_cpr)
        if isinstance(self.input, PickLine):
            self.input.picked.connect(self._answer)
        elif isinstance(self.input, ChoiceBar | AnswerLine | PeriodField):
            self.input.answered.connect(self._answer)
        self._listen_to_records()
        self.row.part_made.connect(self._listen)
        self.row.meant.connect(self._mean)
        self.row.reasoned.connect(self._reason)
        self.row.wants_reason.connect(self.ask_reason)

    def _listen(self, part: Any) -> None:
        part.came.connect(self.came)
        part.left.connect(lambda by: self._leave(part, by))

    def _leave(self, part: QWidget, by: int) -> None:
        """Go on, past the readings of what was typed where several are possible: they are parts of the field."""
        parts = (self.row.entry, *self.row.readings)
        if not (self.row.readings and part in parts and went_within(parts, part, by)):
            self.moved.emit(by)

    def _listen_to_records(self) -> None:
        """Fields with any number of records tell which of them they mean."""
        do, part = self._session.do, self.input
        if isinstance(part, ListField):
            part.added.connect(self._answer)
            part.removed.connect(self._remove)
        if isinstance(part, PeriodField):
            part.period_added.connect(self._add_period)
            part.removed.connect(self._remove)
            part.ended.connect(lambda ending: do(EndPeriods(self._of(ending.where.record), (ending,))))
            part.grew.connect(self.grew)
        elif isinstance(part, Interventions):
            part.reasoned.connect(lambda record, code: do(AnswerField(self._of(record)._replace(field=REASONS), code)))
            part.unreasoned.connect(self._take_reason)
            part.continued.connect(lambda record, goes_on: do(ContinueIntervention(self._of(record), goes_on)))
            part.ended.connect(lambda record: do(EndIntervention(self._of(record))))

    def _of(self, record: str) -> Where:
        return self.at.where._replace(record=record)

    def _take_reason(self, record: str) -> None:
        visit = self._session.visit(self.at.where.visit)
        begun = next((one for one in visit.interventions if one.key == record), None) if visit else None
        if begun is not None and begun.reasons:
            last = len(begun.reasons) - 1
            self._session.do(AnswerField(self._of(record)._replace(field=REASONS, number=last), ""))

    def _remove(self, record: str) -> None:
        self._session.do(AnswerField(self._of(record), ""))

    # --- what it shows

    def name(self, questionnaire: Questionnaire | None = None) -> None:
        """Say what it is called."""
        at, variable = self.at, self.at.variable(self._standard)
        unit = (at.field.unit or (variable.units[0].code if variable.units else "")) if variable else ""
        hint = self._wording or (at.field.hint[chosen()] if at.field.hint else "")
        self.row.setToolTip(self._wording)
        may_lack = variable is not None and variable.missing_reason != "refused"
        self.row.name(at.label(self._standard), unit, hint, may_lack=may_lack)
        if isinstance(self.input, Interventions):
            reasons = self._standard.variable[REASONS]
            self.input.reasons = options_of(reasons, self._standard)
        if isinstance(self.input, ChoiceBar | PickLine | ListField | PeriodField):
            self.input.show_options(self._options(questionnaire))

    @property
    def _wording(self) -> str:
        """A question in the words of its questionnaire, where the user has loaded them."""
        return self._session.forms.wording.get(self.at.where.questionnaire, {}).get(self.at.field.link_id, "")

    def _options(self, questionnaire: Questionnaire | None) -> tuple[Option, ...]:
        if questionnaire is not None and self.at.field.link_id:
            return item_options(questionnaire.by_link_id[self.at.field.link_id], questionnaire)
        variable = self.at.variable(self._standard)
        return options_of(variable, self._standard) if variable else ()

    def show(self, entry: Entry[object], unit: Entry[object], proposal: Entry[object] | None = None) -> None:
        """Show what stands in the journal, or what is proposed."""
        if isinstance(self.input, ChoiceBar | PeriodField):
            self.input.show_answer(_code(entry), _code(proposal) if proposal else "")
        elif isinstance(self.input, PickLine):
            self.input.show_answer(self._words(entry), self._words(proposal) if proposal else "")
        elif isinstance(self.input, AnswerLine):
            self.input.show_answer(_typed(entry, unit, self.row.unit), _typed(proposal, unit, "") if proposal else "")

    def show_records(self, family: Family, visit: Visit) -> bool:
        """Show the records of a field that has any number of them; True if the row is of another height."""
        if isinstance(self.input, CodeList):
            return self.input.show_chosen(chosen_at(visit, self.at, self._standard))
        if isinstance(self.input, Interventions):
            return self.input.show_running(running_at(family, visit, self.at.where.subject, self._standard))
        if isinstance(self.input, PeriodField):
            periods = periods_at(family, visit, self.at, self._standard)
            offers = endings_at(self._session.journal, family, visit, self.at, self._standard)
            return self.input.show_periods(periods, span_of(family, visit), offers)
        return False

    def _words(self, entry: Entry[Any]) -> str:
        variable = self.at.variable(self._standard)
        concept = self._standard.concepts(variable).get(str(entry.value)) if variable else None
        return concept.label[chosen()] if concept else entry.raw

    def reading(self, entry: Entry[Any], unit: Entry[Any]) -> str:
        """How what is typed was read: a moment in words, a number in the field's unit where it does not stand so."""
        if entry.value is None:
            return ""
        if self.at.field.widget is Widget.MOMENT:
            return moment_words(entry.value)
        if self.at.field.widget is not Widget.NUMBER or not isinstance(entry.value, Decimal):
            return ""
        told = self._amount(entry.value, str(unit.value or ""))
        return "" if told == f"{_typed(entry, unit, self.row.unit)}\u00a0{self.row.unit}" else told

    def _amount(self, number: Decimal, unit: str) -> str:
        """An amount in the field's unit, where it is known in that."""
        variable, own = self.at.variable(self._standard), self.row.unit
        factors = {one.code: one.factor for one in variable.units} if variable is not None else {}
        if unit in factors and own in factors and unit != own:
            number, unit = (number * factors[unit] / factors[own]).normalize(), own
        return amount_words(number, unit or own)

    def show_reason(self, code: str) -> bool:
        """Show why there is no value, where that is said or asked for; True if the row changed."""
        is_shown = bool(code) or self.asks_reason
        reason = self._standard.variable[REASON]
        known = self._standard.concepts(reason).get(code)
        words = known.label[chosen()] if known is not None else ""
        return self.row.show_reason(options_of(reason, self._standard) if is_shown else (), words, shown=is_shown)

    def show_readings(self, entry: Entry[object]) -> bool:
        """Offer the readings of what stands there unread; True if the row is of another height."""
        readings = self._readings(entry.raw) if entry.is_unreadable else ()
        return self.row.show_readings([(one, self._in_words(one)) for one in readings] if len(readings) > 1 else ())

    def _in_words(self, reading: str) -> str:
        """A reading of what was typed, as it would be echoed."""
        variable = self.at.variable(self._standard)
        said = meaning(reading, variable) if variable is not None else None
        if isinstance(said, date):
            return moment_words(said)
        return self._amount(said.number, said.unit) if said is not None else reading

    def tell(self, told: Sequence[FoundLine], reading: str) -> bool:
        """Say what was found; True if the row is of another height."""
        return self.row.tell(told, reading)

    # --- what is answered

    def ask_reason(self) -> None:
        """Ask why there is no value; asked again, go back to the value."""
        if self.row.is_reasoned:
            self.asks_reason = False
            self._session.do(AnswerField(self.at.where._replace(field=REASON), ""))
        elif self.row.may_lack:
            self.asks_reason = True
        self.show_reason("")
        self.row.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.grew.emit()
        if self.row.reason is not None and self.row.is_reasoned:
            self.row.reason.open_list()

    def settle(self) -> None:
        """Take what is being typed as the answer, in whichever line of the field it stands."""
        for line in self.row.findChildren(AnswerLine):
            line.tell()
        if isinstance(self.input, PeriodField):
            self.input.settle()

    def _answer(self, raw: str) -> None:
        readings = self._readings(raw)
        meant = readings[0] if len(readings) == 1 else raw
        change = self._session.do(AnswerField(self.at.where, meant, self.at.field.unit))
        if meant != raw and (change is None or change.is_nothing):
            # It says what stood there already: that is shown again in place of what was typed.
            journal, where = self._session.journal, self.at.where
            self.show(answer_at(journal, where), answer_at(journal, where._replace(field=OBSERVATION_UNIT)))

    def _add_period(self, code: str, start: str, end: str) -> None:
        days = [said[0] if len(said) == 1 else raw for raw in (start, end) for said in (_days(raw),)]
        self._session.do(AddPeriod(self.at.where, code, *days))

    def _mean(self, reading: str) -> None:
        self._session.do(AnswerField(self.at.where, reading, self.at.field.unit))
        self.row.entry.setFocus(Qt.FocusReason.OtherFocusReason)
        self.moved.emit(1)

    def _readings(self, raw: str) -> tuple[str, ...]:
        """What something typed can mean in this field, as people say numbers and moments."""
        where, variable = self.at.where, self.at.variable(self._standard)
        family, visit = self._session.family_of(where.visit), self._session.visit(where.visit)
        if family is None or visit is None or variable is None or where.questionnaire:
            return (raw,)
        unit = self.at.field.unit or (variable.units[0].code if variable.units else "")
        return typed_readings(raw, variable, unit, family, visit, clock.now())

    def _reason(self, code: str) -> None:
        self.asks_reason = False
        self._session.do(AnswerField(self.at.where._replace(field=REASON), code))


def _days(raw: str) -> tuple[str, ...]:
    return day_readings(raw, clock.now())


def told_of(
    findings: Sequence[Finding], words: Callable[[Finding], str], weigh: Callable[[Finding], Any]
) -> list[FoundLine]:
    """What is told below a field: each text once, heaviest first."""
    by_text: dict[str, FoundLine] = {}
    for finding in findings:
        text = words(finding)
        by_text.setdefault(text, FoundLine(weigh(finding), text, finding))
    return sorted(by_text.values(), key=lambda one: _WEIGHTS[one.severity])


def _input(at: FieldAt, standard: Standard) -> QWidget:
    match at.field.widget:
        case Widget.CHOICE | Widget.SWITCH:
            return ChoiceBar(at.name)
        case Widget.LIST:
            return PickLine(at.name)
        case Widget.MOMENT:
            return MomentLine(at.name)
        case Widget.FINDINGS:
            return CodeList(at.name)
        case Widget.INTERVENTIONS:
            return Interventions(at.name)
        case Widget.PERIODS:
            return PeriodField(at.name)
        case Widget.INSTRUMENT:
            return InstrumentHead(at.name)
        case Widget.NUMBER:
            return AnswerLine(at.name, is_number=True)
    return AnswerLine(at.name)


def _code(entry: Entry[Any]) -> str:
    if isinstance(entry.value, bool):
        return "ja" if entry.value else "nej"
    return "" if entry.value is None else str(entry.value)


def _typed(entry: Entry[Any], unit: Entry[object], expected: str) -> str:
    """A value as one types it: with its unit where that is another than the field's."""
    value = entry.value
    if value is None:
        return entry.raw
    if isinstance(value, Decimal):
        told = number_words(value)
        return f"{told} {unit.value}" if unit.value and expected and unit.value != expected else told
    if hasattr(value, "strftime"):
        return moment_typed(value)
    return str(value)
