"""The fields of one visit's form: built from the form's data, kept in step with the journal and its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ldbu_desktop.editing.answers import answer_at, where_of
from ldbu_desktop.editing.change import Topic, answered_between
from ldbu_desktop.editing.proposals import proposal
from ldbu_desktop.editing.scores import score_of
from ldbu_desktop.findings.catalogue import tells_absence, type_of
from ldbu_desktop.findings.model import Finding, RuleSource
from ldbu_desktop.forms.model import Form, Section, Widget
from ldbu_desktop.forms.visibility import Asked, deciding_fields
from ldbu_desktop.journal.fields import (
    ANSWER_VALUE,
    OBSERVATION_MISSING_REASON,
    OBSERVATION_UNIT,
    RESPONSE_QUESTIONNAIRE,
)
from ldbu_desktop.journal.model import EMPTY, Entry, Family, Visit
from ldbu_desktop.journal.people import parents_at
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.ui.form.body import Body, SectionRows
from ldbu_desktop.ui.form.contents import FieldAt, is_about, records_at, sections_at, state_of
from ldbu_desktop.ui.form.form_field import FormField, told_of
from ldbu_desktop.ui.form.inner_button import InnerButton
from ldbu_desktop.ui.form.instrument_head import InstrumentHead
from ldbu_desktop.ui.form.records import is_running
from ldbu_desktop.ui.form.score_line import ScoreLine
from ldbu_desktop.ui.session import Session


@dataclass(frozen=True, slots=True)
class _Planned:
    """A section as it is to be shown now, and the names of those fields that are folded away."""

    section: Section
    fields: tuple[FieldAt, ...]
    folded: frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedNow:
    """What a form asks for now, and what of it is answered, with a value or with why there is none."""

    form: Form
    parents: int
    shown: tuple[Asked, ...]
    answered: frozenset[Asked]


class VisitForm(QObject):
    """``came`` tells the field that has the keyboard now; ``moved`` which stop was left by a key, and which way.

    ``unfolded`` tells the first field that somebody unfolded, ``laid_out`` that there may be other fields now.
    """

    came = Signal(object)
    moved = Signal(object, int)
    unfolded = Signal(object)
    laid_out = Signal()

    def __init__(self, session: Session, body: Body) -> None:
        super().__init__(body)
        self._session = session
        self._body = body
        self._fields: dict[str, FormField] = {}
        self._scores: dict[str, ScoreLine] = {}
        self._folds: dict[str, InnerButton] = {}
        self._unfolded: set[str] = set()
        self._opened: set[str] = set()
        self._plan: tuple[_Planned, ...] = ()
        self._form: Form | None = None
        self._instrument: Callable[[str], Form] | None = None
        self._visit = ""
        self._deciding: frozenset[str] = frozenset()
        self._seen: tuple[Family, Visit] | None = None
        """What was shown last: of what is the same since, nothing is asked again. None where all is to be."""
        self._told: dict[str, tuple[object, ...]] = {}
        """What is told of each field beside its answer: where that is other, all of it is said anew."""
        self._shown: dict[str, tuple[object, ...]] = {}
        """What each field shows: where that is what it showed before, nothing of it is said anew."""
        self.order: list[FormField] = []
        self.stops: list[FormField | InnerButton] = []
        """What Tab goes to: the fields in their order, and behind those of a section what unfolds more of it."""

    # --- building

    def show_form(self, form: Form, instrument: Callable[[str], Form], visit: str) -> None:
        """Show the form of a visit."""
        if visit != self._visit:
            self._unfolded.clear()
            self._opened.clear()
            for field in self._fields.values():
                field.asks_reason = False
        self._form, self._instrument, self._visit = form, instrument, visit
        self._deciding = deciding_fields(form)
        self._shown.clear()
        self._plan_anew()

    def refresh(self) -> None:
        """Follow the journal: what shows, what stands there, and what was found."""
        session = self._session
        visit, family = session.visit(self._visit), session.family_of(self._visit)
        if self._form is None or visit is None or family is None:
            return
        topics = self._answered_since(family, visit)
        plan = self._plan
        if topics is None or not self._keeps_plan(topics):
            plan = tuple(self._planned(self._form, family, visit))
        is_other = plan != self._plan
        if is_other:
            self._plan = plan
            self._lay_out()
        if self._show_values(family, visit, None if is_other else topics) or is_other:
            self._body.arrange_later()
        self._seen = family, visit

    def _plan_anew(self) -> None:
        """Follow the journal with everything made anew."""
        self._plan, self._seen = (), None
        self.refresh()

    def _answered_since(self, family: Family, visit: Visit) -> frozenset[Topic] | None:
        """What is answered otherwise than when it was shown last; None where more than answers may be other."""
        return answered_between(self._seen[0], family, visit.key) if self._seen is not None else None

    def _keeps_plan(self, topics: frozenset[Topic]) -> bool:
        """Whether all goes on showing as it does, and nothing else: what is other was asked for, and is answered."""
        asked = [
            (at, at.name in planned.folded)
            for planned in self._plan
            for at in planned.fields
            if at.is_of(topics) and not at.field.link_id
        ]
        return len(asked) == len(topics) and all(
            self._is_answered(at) and not is_folded and at.field.id not in self._deciding for at, is_folded in asked
        )

    def _planned(self, form: Form, family: Family, visit: Visit) -> Iterator[_Planned]:
        session = self._session
        state = state_of(form, family, visit, session.journal, session.standard)
        for section, fields in sections_at(form, state, family, visit):
            own, folded = [], []
            for at in fields:
                own.append(at)
                is_instrument = at.field.widget is Widget.INSTRUMENT
                if at.field.optional and not is_instrument and not self._is_answered(at):
                    is_list = at.field.widget is Widget.INTERVENTIONS
                    if not is_list or not is_running(family, visit, at.where.subject):
                        folded.append(at.name)
                if is_instrument and at.name in self._unfolded:
                    own += self._items(at)
            if own:
                yield _Planned(section, tuple(own), frozenset(folded))

    def _items(self, head: FieldAt) -> Iterator[FieldAt]:
        """The questions of an instrument."""
        form = self._instrument(head.field.questionnaire) if self._instrument else None
        for field in form.fields if form else ():
            where = where_of(head.where._replace(field="", link_id=field.link_id), field.variable)
            yield FieldAt(field, where, head.parent, head.among)

    def _is_answered(self, at: FieldAt) -> bool:
        return not answer_at(self._session.journal, at.where).is_empty

    def _lay_out(self) -> None:
        """Make the sections anew; fields that were there keep their inputs, with what is being typed."""
        before, self._fields = self._fields, {}
        self._shown.clear()
        sections = [self._section(planned, before) for planned in self._plan]
        for name, field in before.items():
            if name not in self._fields:
                field.row.hide()
                field.row.deleteLater()
                field.deleteLater()
        self._body.show_sections(sections)
        # What the body does not show any more it has given up.
        self._folds = {one.id: one.fold for one in sections if isinstance(one.fold, InnerButton)}
        self._scores = {row.objectName(): row for one in sections for row in one.rows if isinstance(row, ScoreLine)}
        self._set_order()
        self.laid_out.emit()

    def _section(self, planned: _Planned, before: dict[str, FormField]) -> SectionRows:
        rows: list[QWidget] = []
        folded: set[QWidget] = set()
        for at in planned.fields:
            field = self._field(at, before)
            rows.append(field.row)
            if at.name in planned.folded:
                folded.add(field.row)
        rows = list(self._with_scores(planned, rows))
        section = planned.section
        made = SectionRows(section.id, lambda: section.title[chosen()], rows, folded, section.columns)
        made.is_open = section.id in self._opened
        if folded:
            made.fold = self._fold(made)
        return made

    def _field(self, at: FieldAt, before: dict[str, FormField]) -> FormField:
        known = before.get(at.name)
        if known is None or known.at.field.widget is not at.field.widget:
            known = FormField(at, self._session)
            self._connect(known)
        known.at = at
        self._fields[at.name] = known
        known.name(self._session.standard.questionnaire.get(at.where.questionnaire))
        return known

    def _connect(self, field: FormField) -> None:
        field.came.connect(lambda: self.came.emit(field))
        field.moved.connect(lambda by: self.moved.emit(field, by))
        field.row.wants_finding.connect(self._session.select_finding)
        field.grew.connect(self.refresh_layout)
        if isinstance(field.input, InstrumentHead):
            field.input.opened.connect(lambda is_open: self._open_instrument(field, is_open))

    def _with_scores(self, planned: _Planned, rows: list[QWidget]) -> Iterator[QWidget]:
        """The rows, and below the questions of each instrument what its answers come to."""
        fields = [*planned.fields, None]
        for at, following, row in zip(planned.fields, fields[1:], rows, strict=True):
            yield row
            is_within = at.where.questionnaire and at.field.widget is not Widget.INSTRUMENT
            own = (at.where.questionnaire, at.where.subject)
            is_last = following is None or (following.where.questionnaire, following.where.subject) != own
            if is_within and is_last:
                yield self._score(at)

    def _score(self, at: FieldAt) -> ScoreLine:
        name = f"{at.where.questionnaire}-{at.parent}-score"
        if name not in self._scores:
            self._scores[name] = ScoreLine(name)
        return self._scores[name]

    def _fold(self, section: SectionRows) -> InnerButton:
        made = self._folds.get(section.id)
        if made is None:
            made = self._folds[section.id] = InnerButton(f"fold-{section.id}", self._body)
            made.clicked.connect(lambda _checked=False, id=section.id: self._turn(id))
            made.left.connect(lambda by, made=made: self.moved.emit(made, by))
        count = len(section.folded)
        text = (
            tr("Fold de valgfrie felter sammen")
            if section.is_open
            else tr("Vis {count, plural, one {# valgfrit felt} other {# valgfrie felter}}", count=count)
        )
        made.setText(text)
        made.setAccessibleName(f"{text}: {section.title()}")  # there is one in each section
        return made

    def _turn(self, section: str) -> None:
        """Unfold a section and go to what was folded away in it, or fold it."""
        self._unfold(section)
        if section in self._opened:
            shown = next(one for one in self._body.sections if one.id == section)
            self.unfolded.emit(next(field for field in self.order if field.row in shown.folded))

    def _unfold(self, section: str) -> None:
        self._opened ^= {section}
        self._plan_anew()

    def _open_instrument(self, field: FormField, is_open: bool) -> None:
        (self._unfolded.add if is_open else self._unfolded.discard)(field.at.name)
        self._seen = None
        self.refresh()

    def _set_order(self) -> None:
        by_row = {field.row: field for field in self._fields.values()}
        self.stops = []
        for section in self._body.sections:
            self.stops += [by_row[row] for row in section.shown if row in by_row]
            self.stops += filter(None, (self._folds.get(section.id),))
        self.order = [one for one in self.stops if isinstance(one, FormField)]

    # --- following the journal

    def _demands(self, visit: Visit) -> dict[str, tuple[str, str]]:
        """Whose demand a variable is at a visit: the gateway's, or only that of the guide's table; and in a word."""
        found, code = self._session.work.found, visit.type.value or ""
        if found is None:
            return {}
        demands = dict.fromkeys(found.rules.asked.get(code, ()), (tr("i vejledningens tabel"), tr("ønskes")))
        by_gateway = tr("kræves af gatewayen"), tr("kræves")
        for demand in found.rules.demands.get(code, ()):
            if visit.visit_class.value in demand.classes:
                demands[demand.variable] = by_gateway
        return demands

    def _show_values(self, family: Family, visit: Visit, topics: frozenset[Topic] | None) -> bool:
        """Show what stands in the journal, where ``topics`` or what is told is other; True if a row's height is."""
        session = self._session
        findings = session.work.told(session.work.findings_at(Where(visit=visit.key)))
        demands = self._demands(visit)
        changed = False
        for field in self._fields.values():
            at = field.at
            field.row.ask(*demands.get(at.field.variable, ("", "")))
            is_other = topics is None or at.is_of(topics)
            if is_other:
                changed |= self._show_records(field, family, visit)
            records = records_at(visit, at) if findings else frozenset()
            about = tuple(one for one in findings if is_about(one.location.where, at, records))
            told = about, field.asks_reason, session.shows_cpr, chosen()
            if is_other or told != self._told.get(at.name):
                self._told[at.name] = told
                changed |= self._show_value(field, told, about)
        return changed

    def _show_records(self, field: FormField, family: Family, visit: Visit) -> bool:
        """Show what any number of records say; True if the row is of another height."""
        is_higher = isinstance(field.input, InstrumentHead) and self._tell_instrument(field, field.input, visit)
        return field.show_records(family, visit) or is_higher

    def _show_value(self, field: FormField, told: tuple[object, ...], about: Sequence[Finding]) -> bool:
        """Show the answer, and what is told of it, unless they are shown; True if the row is of another height."""
        session, at = self._session, field.at
        journal = session.journal
        entry: Entry[object] = answer_at(journal, at.where)
        may_lack, is_number = field.row.may_lack, at.field.widget is Widget.NUMBER
        reason = answer_at(journal, at.where._replace(field=OBSERVATION_MISSING_REASON)) if may_lack else EMPTY
        unit = answer_at(journal, at.where._replace(field=OBSERVATION_UNIT)) if is_number else EMPTY
        proposed = proposal(journal, at.field, at.where) if entry.is_empty and reason.is_empty else None
        shown = entry, unit, reason, proposed, *told
        if shown == self._shown.get(at.name):
            return False
        self._shown[at.name] = shown
        field.show(entry, unit, proposed)
        changed = field.show_readings(entry)
        changed |= field.show_reason(str(reason.value or ""))
        lines = told_of(about, lambda one: session.words(one).title, session.severity)
        return field.tell(lines, field.reading(entry, unit)) or changed

    def retell(self) -> None:
        """Say everything in the language in use."""
        self._plan_anew()
        self._body.tell_headings()

    def refresh_layout(self) -> None:
        """Lay the rows out anew: one of them may be of another height."""
        self._body.arrange(self._body.width())

    def _tell_instrument(self, field: FormField, head: InstrumentHead, visit: Visit) -> bool:
        """Say how far a questionnaire is filled, and what its answers come to; True if that is of another height."""
        at = field.at
        questionnaire = self._session.standard.questionnaire[at.field.questionnaire]
        responses = (one for one in visit.responses if one.key in records_at(visit, at))
        score = score_of(next(responses, None), questionnaire)
        told = tr("{done} af {all} besvaret", done=score.done, all=score.asked)
        total = tr("sum {total}", total=score.total) if score.total is not None else ""
        head.tell(
            at.label(self._session.standard),
            "  ·  ".join(filter(None, (told, total))) if score.done else tr("ikke begyndt"),
        )
        line = self._scores.get(f"{questionnaire.id}-{at.parent}-score")
        if line is None:
            return False
        most = tr("Sum {total} af højst {most}", total=score.total or 0, most=score.most) if score.most else ""
        words = "  ·  ".join(filter(None, (most, told)))
        return line.tell(words, [(mark.text[chosen()], mark.source) for mark in score.marks])

    def asked(self) -> AskedNow | None:
        """What is asked for now; questions of an instrument count as the instrument. None where there is no form."""
        family, visit = self._session.family_of(self._visit), self._session.visit(self._visit)
        if self._form is None or family is None or visit is None:
            return None
        shown: dict[Asked, bool] = {}
        for field in self._fields.values():
            if not field.at.field.link_id:
                shown[Asked(field.at.field.id, field.at.where.subject)] = self._is_settled(field)
        parents = len(parents_at(family, visit))
        return AskedNow(self._form, parents, tuple(shown), frozenset(each for each, done in shown.items() if done))

    def _is_settled(self, field: FormField) -> bool:
        if not isinstance(field.input, InstrumentHead):
            return not self.is_empty(field)
        visit, where = self._session.visit(self._visit), field.at.where
        return visit is not None and any(
            one.questionnaire.value == where.questionnaire and one.subject.value == where.subject and one.answers
            for one in visit.responses
        )

    # --- what is missing and where

    def is_empty(self, field: FormField) -> bool:
        """Whether nothing is answered in a field, not even why there is no value."""
        where, journal = field.at.where, self._session.journal
        return (
            not isinstance(field.input, InstrumentHead)
            and answer_at(journal, where).is_empty
            and (
                not field.row.may_lack or answer_at(journal, where._replace(field=OBSERVATION_MISSING_REASON)).is_empty
            )
        )

    def is_passed(self, field: FormField) -> bool:
        """Whether going on with Enter or a digit passes a field by: what is optional, and what follows by itself."""
        at = field.at
        questionnaire = self._session.standard.questionnaire.get(at.where.questionnaire)
        if isinstance(field.input, InstrumentHead):
            return at.field.optional and not field.input.is_open
        if questionnaire is None:
            return at.field.optional and not answer_at(self._session.journal, at.where).raw
        follows = at.field.link_id == questionnaire.score and bool(questionnaire.summed)
        return follows or (at.field.optional and not self._is_answered(at))

    def where_of(self, field: FormField) -> Where:
        """What is looked at when a field is."""
        at, visit = field.at.where, self._session.visit(self._visit)
        records = records_at(visit, field.at) if visit else frozenset()
        record = next(iter(sorted(records)), "")
        here = Where(at.family, at.visit, record)
        if at.link_id:
            return here._replace(field=ANSWER_VALUE, link_id=at.link_id)
        if at.questionnaire:
            return here._replace(field=at.field or RESPONSE_QUESTIONNAIRE)
        if record or at.subject:
            return here._replace(variable=field.at.field.variable)
        return here._replace(field=field.at.field.variable)

    def missing(self) -> tuple[list[Finding], list[Finding]]:
        """What is missing at this visit: by the gateway's rules, and by the guide's table alone."""
        found = [one for one in self._session.work.findings_at(Where(visit=self._visit)) if tells_absence(one)]
        gateway = [one for one in found if type_of(one).source is RuleSource.GATEWAY]
        return gateway, [one for one in found if one not in gateway]

    def field_of(self, finding: Finding) -> FormField | None:
        """The field that a finding is about."""
        return self.field_at(finding.location.where)

    def field_at(self, where: Where) -> FormField | None:
        """The field that a place is in, the first that is empty where several are about it."""
        visit = self._session.visit(self._visit)
        if visit is None:
            return None
        about = [field for field in self._fields.values() if is_about(where, field.at, records_at(visit, field.at))]
        empty = [field for field in about if not self._is_answered(field.at)]
        return next(iter(empty or about), None)

    def field_about(self, asked: str, subject: str) -> FormField | None:
        """The field about a variable, or the head of a questionnaire, of somebody: they are told by their ids."""
        for field in self._fields.values():
            own = field.at.field.variable or field.at.field.questionnaire
            if own == asked and not field.at.field.link_id and field.at.where.subject in ("", subject):
                return field
        return None

    def unfold(self, field: FormField) -> None:
        """Show a field that is folded away, and what is folded away in it."""
        self.reveal(field)
        if isinstance(field.input, InstrumentHead):
            field.input.open(True)

    def reveal(self, field: FormField) -> None:
        """Unfold what a field is folded away in."""
        if field not in self.order:
            section = next(one for one in self._body.sections if field.row in one.rows)
            self._unfold(section.id)
