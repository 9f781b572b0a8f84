"""An exercise under way: its story beside the form of real work, what the key says, and the learner's answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from ldbu_desktop.journal.fields import INTERVENTION_CODE
from ldbu_desktop.journal.where import Where
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.fault_hunts import hunt_story
from ldbu_desktop.rendering.training import answer_words, asked_words, hunt_title, rule_words, way_words
from ldbu_desktop.training.comparison import Compared
from ldbu_desktop.training.fault_hunt import FaultHunt, HuntResult
from ldbu_desktop.training.journals import RUNNING
from ldbu_desktop.ui.findings.explanation import TextPage, heading, hint, line, part
from ldbu_desktop.ui.kit.buttons import CheckBox
from ldbu_desktop.ui.kit.stack import Stack
from ldbu_desktop.ui.kit.tab_order import tab_through
from ldbu_desktop.ui.kit.table import TableView
from ldbu_desktop.ui.kit.widgets import (
    Divided,
    Pane,
    Segments,
    button,
    column,
    divided,
    keep_pane,
    label,
    row,
    tool,
)
from ldbu_desktop.ui.page import INSPECTOR, TREE
from ldbu_desktop.ui.practice.answers import AnswersModel, answer_page, answer_rows, answers_page, result_page
from ldbu_desktop.ui.practice.author import AuthorPane
from ldbu_desktop.ui.practice.practice import Practice, Way
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, is_large, scaled

if TYPE_CHECKING:
    from ldbu_desktop.ui.children.page import ChildrenPage

FORM, ANSWERS = "form", "answers"
_SIDE = 54 * GRID
"""How wide what is read is beside a table that a room looks at."""
_STORY = 10 * GRID
_TITLE = 80
"""Letters of a title above the exercise: a hand-written file may have any."""


def _field_of(asked: str) -> str:
    """What the field is about in which something is answered: one has all about interventions."""
    return INTERVENTION_CODE if asked in RUNNING else asked


class _Story(TextPage):
    """The story: where text is large it makes room for what the key says, and is scrolled."""

    def minimumSizeHint(self) -> QSize:
        """Where text is large, as high as a line or two."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), scaled(_STORY))) if is_large() else least


class WorkPane(QWidget):
    """``left``: the learner goes back to the choice of exercises. ``saves``: the answers are to be saved.

    ``form`` makes the page of children and visits that shows the exercise, when the first begins.
    """

    left = Signal()
    saves = Signal()
    finished = Signal()

    def __init__(
        self, practice: Practice, live: Retranslation, author: AuthorPane, form: Callable[[], ChildrenPage]
    ) -> None:
        super().__init__()
        self.setObjectName("practiceWork")
        self._practice, self._make_form = practice, form
        self._form: ChildrenPage | None = None
        self.story = _Story("practiceStory", live, lambda: tr("Historien"))
        self.told = TextPage("practiceTold", live, lambda: tr("Hvad facit siger"))
        self.answers = AnswersModel(self)
        self.table = TableView("practiceAnswers", live, lambda: tr("Svarene"), self.answers, wraps=True)
        self.views = Stack()
        self.views.setObjectName("practiceViews")
        self.author = author
        self._strip(live)
        self._steps(live)
        self.side = Pane()
        lines = column(self.side)
        self.reading = Divided("practiceReading", Qt.Orientation.Vertical)
        lines.addWidget(self.reading, 1)
        lines.addWidget(self.stepping)
        lines.addWidget(self.asking)
        keep_pane(self.side, live, 60)
        self.splitter = divided("practiceSplitter", (self.side, self.views), (320, 760), (0, 1))
        whole = column(self)
        whole.addWidget(self.strip)
        whole.addWidget(self.splitter, 1)
        self.table.selectionModel().currentRowChanged.connect(self._explain)
        self.table.activated.connect(self._go_to_answer)
        self.author.to_form.clicked.connect(lambda: self.view.choose(FORM))
        self.told.document().documentLayout().documentSizeChanged.connect(self._give_room)
        practice.changed.connect(self._begin)
        practice.stepped.connect(self._tell_step)
        practice.answered.connect(self._tell_answers)
        practice.mended.connect(self._tell_mended)
        practice.session.changed.connect(self._refill)
        live.also(self._retell)

    def lay_out(self) -> Iterator[None]:
        """Put the parts in their places, in slices: the style looks at all that is in one."""
        yield from self.reading.take((self.story, self.told), (300, 260), (1, 1))
        for view in (self.table, self.author):
            self.views.addWidget(view)
            yield
        yield from self.author.lay_out()
        tab_through(self.back, self.story, self.told, self.previous)

    def _strip(self, live: Retranslation) -> None:
        """The line on top that says that it is an exercise, with what can be done about the whole of it."""
        self.strip = QWidget()
        self.strip.setObjectName("exerciseStrip")
        self.strip.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("exerciseTitle", tone="heading")
        self.title.setWordWrap(True)
        self.view = Segments(
            "practiceView",
            live,
            lambda: tr("Visning"),
            ((FORM, lambda: tr("Skemaet")), (ANSWERS, lambda: tr("Svarene"))),
        )
        self.again = button("practiceReset", live, lambda: tr("Forfra (F3)"), icon="undo")
        self.deliver = button("practiceDeliver", live, lambda: tr("Aflevér"))
        self.deliver.setEnabled(False)
        live.say(self.deliver.setToolTip, lambda: tr("En øvelse afleveres aldrig: personerne er opdigtede."))
        live.say(self.deliver.setAccessibleDescription, self.deliver.toolTip)
        self.back = button("practiceLeave", live, lambda: tr("Forlad øvelsen"), icon="close")
        self.view.chosen.connect(self._show_view)
        self.again.clicked.connect(self._practice.reset)
        self.back.clicked.connect(self.left)
        lines = row(self.title, self.again, self.deliver, self.back, spacing=2)
        lines.setStretch(0, 1)
        lines.setContentsMargins(4 * GRID, GRID, 2 * GRID, 2 * GRID)
        self.strip.setLayout(lines)

    def _steps(self, live: Retranslation) -> None:
        """What is below the story: back and forth of a case that is shown; else the key, on demand."""
        self.previous = tool("practicePrevious", live, lambda: tr("Forrige svar"), "previous")
        self.next = button("practiceNext", live, lambda: tr("Næste svar"), kind="primary")
        self.place = label("practicePlace", tone="muted")
        self.stepping = QWidget()
        self.stepping.setObjectName("practiceStepping")
        lines = column(self.stepping, 2, 1)
        lines.addWidget(self.place)
        lines.addLayout(row(self.previous, self.next, 1))
        self.previous.clicked.connect(lambda: self._practice.step(-1))
        self.next.clicked.connect(lambda: self._practice.step(1))
        self.asking = QWidget()
        self.asking.setObjectName("practiceAsking")
        self.show_key = button("practiceKey", live, lambda: tr("Se svar (F4)"))
        self.finish = button("practiceFinish", live, lambda: tr("Færdig"), kind="primary")
        self.save = button("practiceSave", live, lambda: tr("Gem besvarelsen …"))
        self.at_once = CheckBox()
        self.at_once.setObjectName("practiceAtOnce")
        live.say(self.at_once.setText, lambda: tr("Svar med det samme"))
        self.at_once.setChecked(self._practice.at_once)
        self.at_once.toggled.connect(self._set_at_once)
        lines = column(self.asking, 2, 1)
        self.everyone = button("practiceEveryone", live, lambda: tr("Alle børn"), kind="link", icon="children")
        lines.addLayout(row(self.view, self.everyone, 1))
        lines.addWidget(self.at_once)
        lines.addLayout(row(self.show_key, self.finish, 1))
        lines.addLayout(row(self.save, 1))
        self.everyone.clicked.connect(self._show_everyone)
        self.show_key.clicked.connect(self.tell_key)
        self.finish.clicked.connect(self.finish_)
        self.save.clicked.connect(self.saves)

    def show_afar(self, is_afar: bool) -> None:
        """Give the key and the story more room where a room looks on, and the key more than the story."""
        if self._form is not None:
            self._form.show_afar(is_afar)
        for at, share in enumerate((2, 3) if is_afar else (0, 1)):
            self.splitter.setStretchFactor(at, share)
        self.author.show_afar(is_afar)
        for name in ("found", "expected"):  # the page beside says them
            self.table.setColumnHidden(self.answers.place_of(name), is_afar)
        self._offer()
        self._share()
        self.reading.setSizes((300, 260))
        self._give_room()

    def _give_room(self) -> None:
        """Let a room read all that the key says without scrolling: the story has what is left."""
        if self._practice.is_afar:
            asked = round(self.told.document().size().height()) + GRID
            self.reading.setSizes((max(self.reading.height() - asked, 0), asked))

    def _share(self) -> None:
        """Give the story and what is worked on their room: where a room looks on, a table has more of it."""
        is_table = self.view.choice == ANSWERS or self._practice.way is Way.FAULTS
        if not self._practice.is_afar:
            self.splitter.setSizes((320, 760))
        elif is_table:
            self.splitter.setSizes((scaled(_SIDE), max(self.width() - scaled(_SIDE), 0)))
        else:
            self.splitter.setSizes((420, 580))

    def _offer(self) -> None:
        """Offer what can be done now; to a room nothing else, so that what is read has more room."""
        is_afar, is_written = self._practice.is_afar, self._practice.way is Way.WRITE
        is_form = self.view.choice == FORM
        self.at_once.setVisible(not is_written and not is_afar)
        self.show_key.setVisible(not is_written and (is_form or not is_afar))
        self.finish.setVisible(is_form or not is_afar)
        self.save.setVisible(not is_written and not (is_form and is_afar))
        self.side.setHidden(is_written and not is_form)  # the words are written there

    # --- the form

    @property
    def form(self) -> ChildrenPage:
        """The page that shows the exercise as it shows real work, without the panes at its sides."""
        if self._form is None:
            self._form = self._make_form()
            self.views.addWidget(self._form)
            for pane in (TREE, INSPECTOR):
                self._form.show_pane(pane, False)
            self._form.show_afar(self._practice.is_afar)
        return self._form

    def _begin(self) -> None:
        """Another exercise is worked on, or none."""
        practice = self._practice
        if not practice.is_under_way:
            return
        is_shown, is_mended = practice.is_shown, practice.way is Way.FAULTS
        form = self.form
        filling = None if is_mended else form.filling
        if filling is not None:
            # Nothing can come into what is shown, neither a key nor a click.
            for part_ in (filling.form_page.body, filling.family_page, filling.new_visit):
                part_.setEnabled(not is_shown)
        form.show_pane_near(INSPECTOR, is_mended)
        self.stepping.setVisible(is_shown)
        if practice.way is Way.WRITE and practice.case is not None:
            self.author.begin(practice.case)
        self.asking.setVisible(not is_shown)
        self.everyone.setVisible(practice.hunt is not None)
        self.view.choose(FORM)
        self._show_view(FORM)
        self._retell()

    def _show_everyone(self) -> None:
        """Show all families of an export with faults, to go to another."""
        self.view.choose(FORM)
        self._practice.session.select(Where())

    def _show_view(self, view: str) -> None:
        if view == ANSWERS:
            self._refill()
        answers = self.author if self._practice.way is Way.WRITE else self.table
        self.views.setCurrentWidget(answers if view == ANSWERS else self.form)
        self._offer()
        if self._practice.is_afar:
            self._share()

    def _retell(self) -> None:
        practice, way = self._practice, way_words(self._practice.way.value)
        if practice.hunt is not None:
            title, story = hunt_title(practice.hunt.choice.number), hunt_story(practice.hunt)
            words = title
        elif practice.case is not None:
            title, story = (
                practice.case.title[chosen()] or tr("Ny øvelse"),
                tuple(practice.case.story[chosen()].splitlines()),
            )
            words = f"{title if len(title) <= _TITLE else f'{title[:_TITLE].rstrip()}…'}  ·  {way}"
        else:
            return
        self.title.setText(f"{tr('ØVELSE')}  ·  {words}")
        head = "" if practice.is_afar else heading(title)  # it stands above as well
        self.story.show_page(head + "".join(line(one) for one in story if one.strip()))
        self.told.show_page(hint(self._invitation()))
        self.answers.retell()
        at = self.table.currentIndex()
        self._refill()
        if self.view.choice == ANSWERS and at.isValid() and at.row() < len(self.answers.rows):
            self.table.selectRow(at.row())
            self._explain(at, at)
        self._tell_step()

    def _invitation(self) -> str:
        return {
            Way.SHOW: tr("Tryk på højrepil, mellemrum eller Page Down for at se det første svar."),
            Way.COMPLETE: tr("Det halve er udfyldt. Find resten i historien."),
            Way.ALONE: tr("Registrér det, historien fortæller. F4 viser svaret på det felt, du står i."),
            Way.FAULTS: tr("Eksporten har fejl. Find dem, ret dem, og tryk på »Færdig«."),
            Way.WRITE: tr("Udfyld det, som det skal være. Tryk på »Færdig« for at skrive historien og gemme øvelsen."),
        }[self._practice.way]

    # --- showing

    def _tell_step(self) -> None:
        practice = self._practice
        if not practice.is_shown or practice.case is None:
            return
        self.place.setText(tr("{at} af {all}", at=practice.at, all=len(practice.answers)))
        if self.next.hasFocus() and practice.at == len(practice.answers):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # else it is wherever Qt has it go from a disabled button
        elif self.previous.hasFocus() and not practice.at:
            self.start()
        self.previous.setEnabled(practice.at > 0)
        self.next.setEnabled(practice.at < len(practice.answers))
        if practice.shown is None:
            self.told.show_page(hint(self._invitation()))
            return
        visit, answer = practice.shown
        standard = practice.session.standard
        asked = answer.asked or answer.questionnaire
        self.told.show_page(
            heading(asked_words(asked, standard))
            + part(tr("Svar"), answer_words(answer, standard))
            + part(tr("Hvorfor"), answer.why[chosen()], rule_words(answer.rule))
        )
        if self.form.middle.currentWidget() is self.form.filling:
            self.form.filling.form_page.point_at(_field_of(asked), answer.about or visit.about)
        if practice.at == len(practice.answers):
            self.finished.emit()

    # --- what the key says

    def _set_at_once(self, is_on: bool) -> None:
        self._practice.at_once = is_on

    def _tell_answers(self, answers: tuple[Compared, ...]) -> None:
        standard = self._practice.session.standard
        self.told.show_page(answers_page(answers, self._practice.case, standard))

    def _tell_mended(self, results: tuple[HuntResult, ...]) -> None:
        hunt = self._practice.hunt
        if hunt is not None:
            standard = self._practice.session.standard
            self.told.show_page("".join(result_page(one, hunt, standard) for one in results))

    def _tell_fault(self, hunt: FaultHunt) -> None:
        """Say which fault the family has that is looked at."""
        family, standard = self._practice.session.selection.family, self._practice.session.standard
        here = [one for one in self._practice.hunt_results() if one.family == family]
        if not family:
            self.told.show_page(hint(tr("Gå til et barn for at se, hvad der er galt hos det.")))
        elif not here:
            self.told.show_page(hint(tr("Her er der ingen fejl.")))
        else:
            self.told.show_page("".join(result_page(one, hunt, standard) for one in here))

    def tell_key(self) -> None:
        """Say what the key is for the field that has the keyboard, or had it last; of chosen faults, for the family."""
        practice = self._practice
        if practice.hunt is not None:
            self._tell_fault(practice.hunt)
            return
        found = practice.key_at(*self._asked_now())
        if found:
            standard = practice.session.standard
            self.told.show_page(
                "".join(answer_page(one, tr("Facit"), "info", practice.case, standard) for one in found)
            )
        else:
            self.told.show_page(hint(tr("Facit siger ikke noget om det felt.")))

    def _asked_now(self) -> tuple[str, str, str]:
        """The visit, the person and the thing that is looked at."""
        session = self._practice.session
        at = session.selection
        visit = session.visit(at.visit)
        subject = (visit.subject.value or "") if visit is not None else ""
        field = self.form.filling.form_page.field if session.is_in_form else None
        if field is None:
            records = {one.key: one for one in visit.records} if visit is not None else {}
            record = records.get(at.record)
            own = record.subject.value if record is not None else None
            return at.visit, own or subject, at.variable or at.field
        where = field.at.where
        asked = field.at.field.variable or where.questionnaire
        if field.at.field.link_id:
            asked = f"{where.questionnaire}/{field.at.field.link_id}"
        return at.visit, where.subject or subject, asked

    def finish_(self) -> None:
        """Show all answers beside the key."""
        self.form.settle()
        self.view.choose(ANSWERS)
        self._show_view(ANSWERS)
        if self._practice.way is Way.WRITE:
            return
        self.finished.emit()
        if self.answers.rows:
            self.table.selectRow(0)
            self.table.setFocus()

    def _refill(self) -> None:
        if not self._practice.is_under_way or self.view.choice != ANSWERS:
            return
        if self._practice.way is Way.WRITE:
            self.author.refill()
        else:
            self.answers.show(answer_rows(self._practice))

    def _explain(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.told.show_page(self.answers.rows[index.row()].page)

    def _go_to_answer(self, index: QModelIndex) -> None:
        """Go to the field of an answer."""
        where, session = self.answers.rows[index.row()].where, self._practice.session
        self.view.choose(FORM)
        if where.record or session.visit(where.visit) is None:
            session.select(session.work.nearest(where))
            return
        session.select(Where(visit=where.visit))
        if session.is_in_form:
            self.form.filling.form_page.point_at(_field_of(where.variable), where.subject)

    def start(self) -> None:
        """Give the exercise the keyboard."""
        with QSignalBlocker(self.view):
            if self._practice.is_shown:
                self.next.setFocus(Qt.FocusReason.OtherFocusReason)
            elif self._practice.session.is_in_form and self._practice.session.selection.visit:
                self.form.filling.form_page.start()
