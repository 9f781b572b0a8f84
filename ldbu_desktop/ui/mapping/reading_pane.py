"""The pane at the right: what the selected column or text is read as, why, what stands in it, and what to answer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from html import escape

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QPushButton

from ldbu_desktop.column_letters import column_letters
from ldbu_desktop.language import chosen, quoted, tr
from ldbu_desktop.mapping.decisions import asks_order
from ldbu_desktop.mapping.links import ColumnLink, Link, State, TableLink, ValueLink
from ldbu_desktop.rendering.proposal import shape_words
from ldbu_desktop.rendering.words import count_words, covered
from ldbu_desktop.ui.findings.explanation import TextPage, heading, hint, line, part
from ldbu_desktop.ui.kit.widgets import Pane, button, column, keep_pane, label, row
from ldbu_desktop.ui.mapping.choices import Choice, code_choices, order_choices
from ldbu_desktop.ui.mapping.desk import MappingDesk, is_proposed
from ldbu_desktop.ui.mapping.words import (
    about_words,
    cells_words,
    code_words,
    header_words,
    link_mark,
    name_words,
    profile_lines,
    rows_words,
    table_words,
    target_words,
    why_words,
)
from ldbu_desktop.ui.retranslation import Retranslation
from ldbu_desktop.ui.theme import GRID, colours

_MOST = 9
"""How many answers have a digit."""


class ReadingPane(Pane):
    """``approved``, ``approved_alike``, ``rejected``, ``left_out`` and ``choosing`` tell what is wanted of what is
    looked at; ``chosen`` the number of one of the answers that are shown.
    """

    approved = Signal()
    approved_alike = Signal()
    rejected = Signal()
    left_out = Signal()
    choosing = Signal()
    chosen = Signal(int)

    def __init__(self, desk: MappingDesk, live: Retranslation) -> None:
        super().__init__()
        self._desk = desk
        live.name(self, lambda: tr("Hvad kolonnen læses som"))
        keep_pane(self, live, 76)
        title = label("mappingReadingHeading", live, lambda: tr("Hvad og hvorfor"), "heading")
        title.setMinimumHeight(12 * GRID)
        title.setContentsMargins(4 * GRID, 0, 4 * GRID, 0)
        self.page = TextPage("mappingReading", live, lambda: tr("Hvad kolonnen læses som, og hvorfor"))
        self.approve = button("mappingApprove", live, lambda: tr("Godkend"), kind="primary", icon="clear")
        self.choose = button("mappingChoose", live, lambda: tr("Vælg …"), icon="search")
        self.reject = button("mappingReject", live, lambda: tr("Afvis"))
        self.leave = button("mappingLeaveOut", live, lambda: tr("Udelad"))
        self.alike = button("mappingAlike", live, lambda: tr("Godkend alle af samme slags"), kind="link")
        for made, key in self._keys().items():
            live.say(made.setToolTip, partial(str, key))
        lines = column(self)
        lines.addWidget(title)
        lines.addWidget(self.page, 1)
        for parts in ((self.approve, self.choose), (self.leave, self.reject), (self.alike,)):
            line_ = row(*parts, 1)
            line_.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
            lines.addLayout(line_)
        lines.addSpacing(2 * GRID)
        self.approve.clicked.connect(self.approved)
        self.choose.clicked.connect(self.choosing)
        self.reject.clicked.connect(self.rejected)
        self.leave.clicked.connect(self.left_out)
        self.alike.clicked.connect(self.approved_alike)
        self.page.anchorClicked.connect(self._click)
        for signal in (desk.proposed, desk.changed, desk.selected, desk.session.unmasked):
            signal.connect(self.tell)
        live.also(self.tell)

    def _keys(self) -> dict[QPushButton, str]:
        return {
            self.approve: "Enter",
            self.choose: "F2",
            self.reject: "Backspace",
            self.leave: "Delete",
            self.alike: "Shift+Enter",
        }

    @property
    def answers(self) -> list[Choice]:
        """What a text may mean, or in which order a column's dates may be; each of the first nine has a digit."""
        link, standard = self._desk.link, self._desk.standard
        if isinstance(link, ValueLink):
            return code_choices(link.variable, standard, is_answer=self._desk.is_of_one_answer(link))
        return order_choices(link, standard) if link is not None else []

    def tell(self) -> None:
        """Tell about what is looked at now."""
        desk, link = self._desk, self._desk.link
        alike = desk.alike()
        can_approve = link is not None and is_proposed(link) and link.approval is None
        self.approve.setEnabled(can_approve and not (link is not None and asks_order(link)))
        self.reject.setEnabled(link is not None and is_proposed(link))
        self.leave.setEnabled(link is not None and link.state is not State.LEFT_OUT)
        self.choose.setEnabled(link is not None or self._is_constant())
        self.alike.setVisible(len(alike) > 1 and link is not None and is_proposed(link))
        self.alike.setText(tr("Godkend alle af samme slags: {count}", count=count_words(len(alike))))
        self.page.show_page("".join(self._page()))

    def _is_constant(self) -> bool:
        place = self._desk.place
        return place is not None and place.column < 0 and bool(place.variable)

    def _page(self) -> Iterator[str]:
        link, table = self._desk.link, self._desk.table
        if isinstance(link, ColumnLink):
            yield from self._column_page(link)
        elif isinstance(link, ValueLink):
            yield from self._value_page(link)
        elif table is not None and self._is_constant():
            yield from self._constant_page(table)
        elif table is not None:
            yield from self._table_page(table)
        else:
            yield hint(tr("Vælg en kolonne for at se, hvad den læses som, og hvorfor."))

    def _state(self, link: Link) -> str:
        mark = link_mark(link)
        return f"<p><b style='color: {getattr(colours(), mark.ink)}'>{escape(mark.word())}</b></p>"

    def _column_page(self, link: ColumnLink) -> Iterator[str]:
        standard = self._desk.standard
        yield heading(header_words(link))
        yield line(f"{table_words(self._table_of(link))} · {column_letters(link.column)}", "small")
        yield self._state(link)
        if link.target is not None and link.state is not State.LEFT_OUT:
            known = standard.variable.get(link.target.variable)
            yield part(
                tr("Læses som"),
                target_words(link.target, standard),
                about_words(link.target, standard),
                known.explanation[chosen()] if known is not None else "",
            )
        yield self._why(link)
        yield self._answer_list()
        yield part(tr("I kolonnen"), *profile_lines(link, self._table_of(link).rows))
        if link.profile is not None:
            samples = (covered(sample, shown=self._desk.session.shows_cpr) for sample in link.profile.samples)
            yield part(tr("Eksempler"), *samples)

    def _value_page(self, link: ValueLink) -> Iterator[str]:
        standard = self._desk.standard
        yield heading(quoted(covered(link.value, shown=self._desk.session.shows_cpr)))
        variable = name_words(link.variable, standard)
        of = tr("{cells} i {variable}", cells=cells_words(link.count), variable=variable)
        yield line(f"{of} · {column_letters(link.column)}", "small")
        yield self._state(link)
        if link.has_meaning and link.state is not State.LEFT_OUT:
            yield part(tr("Læses som"), code_words(link, standard))
        yield self._why(link)
        yield self._answer_list()

    def _answer_list(self) -> str:
        answers = [answer for answer in self.answers[:_MOST] if not answer.is_missing]
        lines = "".join(
            f"<p><a style='color: {colours().accent}; text-decoration: none' href='{number}'>{number}</a>"
            f"&nbsp;&nbsp;{escape(answer.words)}</p>"
            for number, answer in enumerate(answers, 1)
        )
        return f"<h4>{escape(tr('Tryk et tal, eller skriv for at søge'))}</h4>{lines}" if lines else ""

    def _constant_page(self, table: TableLink) -> Iterator[str]:
        place, standard = self._desk.place, self._desk.standard
        variable = standard.variable[place.variable] if place is not None else None
        if variable is None:
            return
        yield heading(variable.label[chosen()])
        yield line(table_words(table), "small")
        yield line(tr("Ingen kolonne har den. Er den den samme for alle rækker, kan den sættes her én gang."))
        why = (each for each in table.evidence if each.facts.get("variable") == variable.id)
        yield part(tr("Hvorfor"), *(why_words(each, standard) for each in why))
        yield part(tr("Hvad det er"), variable.explanation[chosen()])

    def _table_page(self, table: TableLink) -> Iterator[str]:
        yield heading(table_words(table))
        first, last = table.header_rows
        yield line(rows_words(table.rows), "small")
        yield part(tr("En række er"), shape_words(table.shape))
        one = tr("Række {first}", first=first)
        several = tr("Række {first} til {last}", first=first, last=last)
        yield part(tr("Overskrifterne"), one if first == last else several)
        yield part(tr("Hvorfor"), *(why_words(one, self._desk.standard) for one in table.evidence))

    def _why(self, link: Link) -> str:
        told = [why_words(one, self._desk.standard) for one in link.evidence]
        return part(tr("Hvorfor"), *(f"– {one}" for one in told))

    def _table_of(self, link: Link) -> TableLink:
        return self._desk.links.tables[link.table]

    def _click(self, url: QUrl) -> None:
        self.chosen.emit(int(url.toString()))
