"""What stands in the middle when a family of a case is selected: its people, its school, and its visits to go to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from ldbu_desktop.editing.change import Change
from ldbu_desktop.editing.operations import DescribeCitizen, SetParents
from ldbu_desktop.editing.proposals import proposed_organisation
from ldbu_desktop.editing.removal import is_withdrawn
from ldbu_desktop.findings.catalogue import tells_absence
from ldbu_desktop.findings.model import Finding
from ldbu_desktop.journal.fields import (
    CITIZEN_CPR,
    CITIZEN_KIN,
    CITIZEN_NAME,
    CITIZEN_ORGANISATION,
    CITIZEN_PARENTS,
    CITIZEN_SIBLING,
    SCHOOL_IDENTIFIER,
)
from ldbu_desktop.journal.model import Citizen, Entry, Family
from ldbu_desktop.journal.people import Kin, likely_kin, parents_of, sibling_numbers
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.people import KIN, citizen_name, citizen_role, family_name, name_words
from ldbu_desktop.rendering.words import citizen_cpr, covered, cpr_words, missing_words, visits_words
from ldbu_desktop.ui.form.answer_line import AnswerLine
from ldbu_desktop.ui.form.body import Body, SectionRows
from ldbu_desktop.ui.form.choice_bar import ChoiceBar
from ldbu_desktop.ui.form.field_row import FieldRow
from ldbu_desktop.ui.form.form_field import told_of
from ldbu_desktop.ui.form.people import People
from ldbu_desktop.ui.form.pick_line import Option
from ldbu_desktop.ui.form.question import QuestionBar
from ldbu_desktop.ui.form.steps import way_of
from ldbu_desktop.ui.kit.widgets import EmptyState, Pane, button, column, label, row
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.session import Session
from ldbu_desktop.ui.theme import GRID

_CPR, _ORGANISATION = CITIZEN_CPR, CITIZEN_ORGANISATION
_HERE_ONLY = (CITIZEN_NAME, CITIZEN_KIN, CITIZEN_SIBLING)
"""What people know each other by: it can be left open, and stays in the case."""
_MOST_SIBLINGS = 6

_Input = AnswerLine | ChoiceBar


@dataclass(frozen=True, slots=True)
class _Part:
    """One field of the family's record."""

    where: Where
    entry: Entry[Any]
    name: str
    proposal: str = ""

    @property
    def is_optional(self) -> bool:
        """Whether it can be left open."""
        return self.where.field in (*_HERE_ONLY, CITIZEN_PARENTS)


_LABELS: dict[str, Callable[[], str]] = {
    CITIZEN_NAME: lambda: tr("Navn"),
    CITIZEN_KIN: lambda: tr("Mor eller far"),
    CITIZEN_SIBLING: lambda: tr("Nummer blandt søskende"),
    CITIZEN_PARENTS: lambda: tr("Forældre"),
}
_CHOICES = (CITIZEN_KIN, CITIZEN_SIBLING, CITIZEN_PARENTS)


def _is_passed(part: _Part) -> bool:
    """Whether Enter passes a field by: what can be left open, and of which nothing is known or proposed; and who the
    parents are, which are all of the family where nobody says otherwise."""
    is_known = part.where.field != CITIZEN_PARENTS and not part.entry.is_empty
    return part.is_optional and not is_known and not part.proposal


def _parent_choices(family: Family) -> list[Option]:
    """Who a child's parents may be: all of the family, two of them, or one."""
    parents = [one for one in family.citizens if not one.is_child]
    known = [list(parents)] if len(parents) > 2 else []
    return [
        Option(" ".join(one.key for one in those), tr("Alle") if len(those) > 2 else _together(those, family))
        for those in (*known, *map(list, combinations(parents, 2)), *([one] for one in parents))
    ]


def _together(people: list[Citizen], family: Family) -> str:
    first, *others = (citizen_role(one, family) for one in people)
    return tr(" og ").join((first, *(f"{other[0].lower()}{other[1:]}" for other in others)))


class FamilyPage(Pane):
    """The family's record. ``wants_visit`` asks to begin a visit, ``wants_family`` to begin with another family."""

    wants_visit = Signal()
    wants_family = Signal()
    wants_child = Signal()
    wants_parent = Signal()

    def __init__(self, session: Session, live: Retranslation) -> None:
        super().__init__()
        self._session = session
        self._rows: dict[str, tuple[FieldRow, _Input]] = {}
        self._parts: tuple[_Part, ...] = ()
        self.heading = label("familyHeading", tone="title")
        self.about = label("familyAbout", tone="muted")
        self.about.setWordWrap(True)
        self.visit = button("familyNewVisit", live, lambda: tr("Ny kontakt"), kind="primary", icon="plus")
        self.child = button("familyNewChild", live, lambda: tr("Tilføj barn"), icon="plus")
        self.parent_ = button("familyNewParent", live, lambda: tr("Tilføj forælder"), icon="plus")
        self.remove = button("familyRemove", live, lambda: tr("Fjern …"), icon="close")
        self.first = button("familyFirst", live, lambda: tr("Ny familie"), kind="primary", icon="family")
        self.none = EmptyState("familyNone", live, "family", self._none_heading, self._none_text)
        self.question = QuestionBar("familyQuestion", live)
        self.people = People(session, self.question, self._refresh)
        self.body = Body()
        self.scrolling = QScrollArea()
        self.scrolling.setObjectName("familyScroll")
        self.scrolling.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scrolling.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scrolling.setWidget(self.body)
        self.scrolling.viewport().installEventFilter(self)
        live.name(self.scrolling, lambda: tr("Familiens oplysninger"))
        self._lay_out()
        for made, signal in (
            (self.visit, self.wants_visit),
            (self.child, self.wants_child),
            (self.parent_, self.wants_parent),
            (self.first, self.wants_family),
        ):
            made.clicked.connect(signal)
        self.remove.clicked.connect(self.offer_removal)
        session.changed.connect(self._follow_change)
        session.judged.connect(self._refresh)
        session.unmasked.connect(self._refresh)
        live.also(self._retell)

    def _lay_out(self) -> None:
        top = QWidget()
        top.setObjectName("familyTop")
        lines = column(top, 0, 1)
        lines.setContentsMargins(4 * GRID, 4 * GRID, 4 * GRID, 2 * GRID)
        lines.addWidget(self.heading)
        lines.addWidget(self.about)
        self.foot = QWidget()
        self.foot.setObjectName("familyFoot")
        foot = row(self.visit, self.child, self.parent_, 1, self.remove, margin=4, wraps=True)
        self.foot.setLayout(foot)
        if (inside := self.none.layout()) is not None:
            inside.insertLayout(inside.count() - 1, row(1, self.first, 1, margin=2))  # type: ignore[attr-defined]
        stack = column(self)
        stack.addWidget(top)
        stack.addWidget(self.none, 1)
        stack.addWidget(self.question)
        stack.addWidget(self.scrolling, 1)
        stack.addWidget(self.foot)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay the fields out in the room that their window has."""
        if event.type() == QEvent.Type.Resize and isinstance(event, QResizeEvent):
            self.body.arrange(event.size().width())
        return super().eventFilter(watched, event)

    # --- what is shown

    def show_selected(self) -> None:
        """Show the family that is selected; what to do where there is none."""
        family = self._family
        self.question.hide()
        self.none.setVisible(family is None)
        for part in (self.scrolling, self.foot):
            part.setVisible(family is not None)
        self._parts = tuple(self._parts_of(family)) if family else ()
        self._build(family)
        self._refresh()

    @property
    def _has_families(self) -> bool:
        return self._session.is_open and bool(self._session.journal.families)

    def _none_heading(self) -> str:
        return tr("Ingen familie er valgt") if self._has_families else tr("Ingen familier endnu")

    def _none_text(self) -> str:
        if self._has_families:
            return tr("Vælg en familie eller en kontakt i træet, eller begynd med en ny familie.")
        return tr("Begynd med en familie: barnets og forældrenes CPR-numre. Så kan kontakten udfyldes.")

    @property
    def _family(self) -> Family | None:
        """The family that is selected, or the only one."""
        session = self._session
        families = session.journal.families
        return session.family(session.selection.family) or (families[0] if len(families) == 1 else None)

    def _parts_of(self, family: Family) -> Iterator[_Part]:
        organisation = proposed_organisation(self._session.journal, family.key)
        siblings = sibling_numbers(family)
        for number, citizen in enumerate(family.citizens, 1):
            place = str(siblings.get(citizen.key, "")) if len(siblings) > 1 else ""
            kin: tuple[str, Entry[Any], str] = (
                (CITIZEN_SIBLING, citizen.sibling, place)
                if citizen.is_child
                else (CITIZEN_KIN, citizen.kin, likely_kin(citizen.cpr.value) or "")
            )
            for field, entry, proposal in (
                (CITIZEN_NAME, citizen.name, ""),
                (_CPR, citizen.cpr, ""),
                (_ORGANISATION, citizen.organisation, organisation),
                kin,
            ):
                yield _Part(Where(family.key, "", citizen.key, field), entry, f"{field}-{number}", proposal)
            if citizen.is_child and len(siblings) > 1 and len(family.citizens) - len(siblings) > 1:
                field, parents = CITIZEN_PARENTS, " ".join(one.key for one in parents_of(family, citizen.key))
                yield _Part(Where(family.key, "", citizen.key, field), Entry(parents), f"{field}-{number}")
        for number, school in enumerate(family.schools, 1):
            field = SCHOOL_IDENTIFIER
            yield _Part(Where(family.key, "", school.key, field), school.identifier, f"{field}-{number}")

    def _build(self, family: Family | None) -> None:
        before, self._rows = self._rows, {}
        sections: list[SectionRows] = []
        parts = {part.where.record: [one for one in self._parts if one.where.record == part.where.record]
                 for part in self._parts}  # fmt: skip
        for record, own in parts.items():
            rows: list[QWidget] = []
            for part in own:
                made = before.get(part.name) or self._made(part)
                self._rows[part.name] = made
                self._name(part, *made)
                rows.append(made[0])
            sections.append(SectionRows(record, self._title(record), rows, columns=2))
        gone = [made for name, made in before.items() if name not in self._rows]
        for _, line in gone:
            line.blockSignals(True)  # Hiding one gives the next the keyboard, which has nothing to tell any more.
        for row_, _ in gone:
            row_.hide()
            row_.deleteLater()
        self.body.show_sections(sections)

    def _name(self, part: _Part, row_: FieldRow, made: _Input) -> None:
        """Say what a field is, and what can be chosen in it."""
        self._say_name(part, row_)
        field, family = part.where.field, self._family
        if field == CITIZEN_PARENTS and isinstance(made, ChoiceBar) and family is not None:
            made.show_options(_parent_choices(family))
        if field not in _HERE_ONLY:
            return
        row_.ask(tr("kun i sagen, afleveres aldrig"), tr("kun i sagen"))
        if isinstance(made, ChoiceBar):
            numbers = map(str, range(1, _MOST_SIBLINGS + 1))
            kin = [Option(code, tr("Anden") if code == Kin.OTHER else words()) for code, words in KIN.items()]
            made.show_options(kin if field == CITIZEN_KIN else [Option(one, "", one) for one in numbers])

    def _say_name(self, part: _Part, row_: FieldRow) -> None:
        """Say what a field is; to who only hears it, whose it is as well."""
        field, family = part.where.field, self._family
        people = family.citizens if family is not None else ()
        whose = next((citizen_role(one, family) for one in people if family and one.key == part.where.record), "")
        label_ = _LABELS[field]() if field in _LABELS else self._session.standard.variable[field].label[chosen()]
        row_.name(label_, of=whose)

    def _title(self, record: str) -> Callable[[], str]:
        def title() -> str:
            family = self._family
            citizen = next((one for one in family.citizens if one.key == record), None) if family else None
            return self._who(citizen, family) if family and citizen else tr("Skole")

        return title

    def _who(self, citizen: Citizen, family: Family) -> str:
        shown = self._session.shows_cpr
        told = citizen_name(citizen, family, shown=shown), citizen_cpr(citizen, shown=shown)
        return "  ·  ".join((*told, tr("trukket tilbage")) if is_withdrawn(family, citizen.key) else told)

    def _made(self, part: _Part) -> tuple[FieldRow, _Input]:
        is_choice = part.where.field in _CHOICES
        line: _Input = ChoiceBar(part.name) if is_choice else AnswerLine(part.name)
        made = FieldRow(part.name, line, is_line=not is_choice)
        line.answered.connect(lambda raw, name=part.name: self._answer(name, raw))
        line.left.connect(lambda by, name=part.name: self._move(name, by))
        line.came.connect(lambda name=part.name: self._come(name))
        if isinstance(line, AnswerLine):
            line.cover = partial(self._covered, part.where)
        made.wants_finding.connect(self._session.select_finding)
        return made, line

    def _follow_change(self, change: Change) -> None:
        family = self._family
        if family is None or change.is_regrouped or change.is_about(family.key):
            self._refresh()

    def _refresh(self) -> None:
        family = self._family
        if not self._session.is_filled or self.isHidden():
            return
        self._tell(family)
        if family is None:
            return
        parts = tuple(self._parts_of(family))
        if [part.where for part in parts] != [part.where for part in self._parts]:
            self._parts = parts
            self._build(family)
        self._parts = parts
        findings = self._session.work.told(self._found(family))
        changed = False
        for part in parts:
            row_, line = self._rows[part.name]
            self._name(part, row_, line)
            self._show(part.name)
            changed |= row_.tell(told_of(self._about(part, findings), self._title_of, self._session.severity))
        if changed:
            self.body.arrange(self.body.width())
        self.body.tell_headings()

    def _part(self, name: str) -> _Part:
        return next(part for part in self._parts if part.name == name)

    def _show(self, name: str) -> None:
        """Show what stands in a field."""
        part, line = self._part(name), self._rows[name][1]
        entry = part.entry
        shown = entry.value if isinstance(line, ChoiceBar) else entry.raw or entry.value
        line.show_answer(str(shown or ""), part.proposal)

    def _covered(self, where: Where, text: str) -> str:
        """What is shown of a field while the keyboard is elsewhere, in whichever window: a name and a CPR number are
        covered whatever stands in them."""
        shown = self._session.shows_cpr
        if not text or where.field not in (_CPR, CITIZEN_NAME):
            return covered(text, shown=shown)
        if where.field == CITIZEN_NAME:
            return name_words(text, shown=shown)
        read = (str(part.entry.value or text) for part in self._parts if part.where == where and part.entry.raw == text)
        return cpr_words(next(read, text), shown=shown)

    def _come(self, name: str) -> None:
        """A field is looked at: what stands in it is marked, to be mended."""
        row, line = self._rows[name]
        row.mark(True)
        if isinstance(line, AnswerLine) and line.text():
            line.selectAll()

    def go_to_finding(self, finding: Finding) -> bool:
        """Give the field that a finding is about the keyboard; False where none is."""
        part = next((one for one in self._parts if self._about(one, (finding,))), None)
        if part is None or part.name not in self._rows:
            return False
        self._rows[part.name][1].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def _found(self, family: Family) -> tuple[Finding, ...]:
        return self._session.work.findings_at(Where(family.key))

    def _about(self, part: _Part, findings: tuple[Finding, ...]) -> list[Finding]:
        return [
            one
            for one in findings
            if one.location.record == part.where.record and one.location.field in (part.where.field, "")
        ]

    def _title_of(self, finding: Finding) -> str:
        return self._session.words(finding).title

    def _tell(self, family: Family | None) -> None:
        self.about.setVisible(family is not None)
        if family is None:
            self.heading.setText("" if self._has_families else tr("Ny sag"))
            self.none.heading.setText(self._none_heading())
            self.none.text.setText(self._none_text())
            return
        self.heading.setText(family_name(family, shown=self._session.shows_cpr))
        missing = sum(tells_absence(one) and not one.location.visit for one in self._found(family))
        told = (visits_words(len(family.visits)), missing_words(missing) if missing else "")
        self.about.setText("  ·  ".join(filter(None, told)))

    def _retell(self) -> None:
        if self._session.is_filled:
            self._build(self._family)
            self._refresh()

    # --- who goes

    def offer_removal(self) -> None:
        """Offer the people of the family to be taken out."""
        family = self._family
        if family is not None:
            self.people.offer(family, self, self.remove.mapToGlobal(self.remove.rect().topLeft()))

    # --- what is typed

    def start(self) -> None:
        """Give the first field that is to be filled and is empty the keyboard, or the button that begins."""
        empty = next((part for part in self._parts if part.entry.is_empty and not part.is_optional), None)
        if empty is not None:
            self._rows[empty.name][1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._next_button().setFocus(Qt.FocusReason.TabFocusReason)

    def settle(self) -> None:
        """Take what is being typed."""
        for _row, line in self._rows.values():
            if isinstance(line, AnswerLine):
                line.tell()

    def _next_button(self) -> QPushButton:
        return self.visit if self._parts else self.first

    def _answer(self, name: str, raw: str) -> None:
        part, family = self._part(name), self._family
        if part.where.field == CITIZEN_PARENTS and family is not None:
            parents = raw.split() or [one.key for one in family.citizens if not one.is_child]
            self._session.do(SetParents(part.where, frozenset(parents)))
        elif part.is_optional:
            self._session.do(DescribeCitizen(part.where, raw))
        else:
            self._session.edit(part.where, raw)

    def _move(self, name: str, by: int) -> None:
        self._rows[name][0].mark(False)
        parts, way = self._parts, way_of(by)
        at = next(number for number, part in enumerate(parts) if part.name == name) + way
        while abs(by) == 1 and 0 <= at < len(parts) and _is_passed(parts[at]):
            at += way
        if 0 <= at < len(parts):
            line = self._rows[parts[at].name][1]
            line.setFocus(Qt.FocusReason.TabFocusReason)
            self.scrolling.ensureWidgetVisible(line)
        else:
            self._next_button().setFocus(Qt.FocusReason.TabFocusReason)
