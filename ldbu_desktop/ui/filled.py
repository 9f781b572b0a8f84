"""What is typed into the form: each a step from one journal to another, which the session checks and takes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ldbu_desktop.faults import CallFault, Fault
from ldbu_desktop.ui.delivery_memory import DeliveryMemory, delivered_of

if TYPE_CHECKING:
    from ldbu_desktop.editing.answers import Place
    from ldbu_desktop.editing.delivered import Received
    from ldbu_desktop.editing.feeding import Ending
    from ldbu_desktop.editing.removal import Recorded
    from ldbu_desktop.editing.values import Address
    from ldbu_desktop.journal.model import Family, Journal
    from ldbu_desktop.ui.session import Selection, Session
    from ldbu_desktop.use_cases.casefile import CaseFile

_CPR = "citizen.cpr"


class Filled(QObject):
    """The steps. What was delivered and is taken away by one stays as entered in error."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.file: CaseFile | None = None

    @property
    def journal(self) -> Journal:
        """What is filled."""
        return self._session.journal

    # --- answers

    def answer(self, place: Place, raw: str) -> None:
        """Read ``raw`` as the answer at ``place``; what it bears on is checked again."""
        from ldbu_desktop.editing.answers import answered

        self._change(place, lambda journal: answered(journal, place, raw, self._session.standard))

    def feed(self, place: Place, raw: str, start: str, end: str) -> None:
        """Add a period in which the child was fed in one way."""
        from ldbu_desktop.editing.feeding import fed

        self._change(place, lambda journal: fed(journal, place, raw, start, end, self._session.standard))

    def end_periods(self, place: Place, endings: Collection[Ending]) -> None:
        """Let feeding periods end as it was proposed."""
        from ldbu_desktop.editing.feeding import with_endings

        self._change(place, lambda journal: with_endings(journal, tuple(endings)))

    def go_on(self, place: Place, *, goes_on: bool = True) -> None:
        """Let the visit be part of the intervention that ``place`` names, or no part of it any more."""
        from ldbu_desktop.editing.interventions import continued, not_continued

        step = continued if goes_on else not_continued
        self._change(place, lambda journal: step(journal, place.family, place.visit, place.record))

    def end(self, place: Place) -> None:
        """End the intervention that ``place`` names at the visit."""
        from ldbu_desktop.editing.interventions import ended

        visit = self._session.visit(place.visit)
        when = visit.start.value if visit is not None else None
        if when is not None:
            standard = self._session.standard
            self._change(place, lambda journal: ended(journal, place.family, place.record, when, standard))

    # --- visits

    def remove(self, family: str, visit: str) -> None:
        """Take a visit away. One that was delivered is withdrawn: it goes out once more, as entered in error."""
        from ldbu_desktop.editing.answers import Place
        from ldbu_desktop.editing.corrections import withdrawn
        from ldbu_desktop.editing.visits import without_visit

        if self.file is not None and visit in self.file.delivered:
            self._change(Place(family, visit, "", ""), lambda journal: withdrawn(journal, family, visit))
        else:
            self._change(Place(family, "", "", ""), lambda journal: without_visit(journal, family, visit))

    def move(self, family: str, visit: str, citizen: str) -> None:
        """Let a visit be with another citizen. One that was delivered is withdrawn and told anew."""
        from ldbu_desktop.editing.corrections import recorded_anew
        from ldbu_desktop.editing.values import Address, edited

        standard = self._session.standard
        if self.file is not None and visit in self.file.delivered:
            self._step(family, lambda journal: recorded_anew(journal, family, visit, citizen, standard)[0])
        else:
            place = Address(family, visit, "", "visit.subject")
            self._step(family, lambda journal: edited(journal, place, citizen, standard))

    # --- people

    def recorded_about(self, family: Family, people: Collection[str]) -> Recorded:
        """What is recorded about people of a family, and what of that was delivered and stands."""
        from ldbu_desktop.editing.removal import recorded_about

        session = self._session
        return recorded_about(session.journal, family.key, people, self._received(family), session.standard)

    def remove_people(self, family: Family, people: Collection[str]) -> None:
        """Take people out with all that is recorded about them; what was delivered of that is withdrawn first."""
        from ldbu_desktop.editing.removal import without_recorded

        received, standard = self._received(family), self._session.standard
        self._step(family.key, lambda journal: without_recorded(journal, family.key, people, received, standard))

    def asks_about(self, place: Address, raw: str) -> bool:
        """Whether what is typed is another CPR number for somebody who was delivered: then it is asked about."""
        if place.field != _CPR or self.file is None or not self.file.delivered:
            return False
        from ldbu_desktop.editing.renumbering import is_other_number, was_delivered

        journal, standard = self._session.journal, self._session.standard
        is_asked = is_other_number(journal, place.family, place.record, raw, standard) and was_delivered(
            journal, place.family, place.record, self._sent, standard
        )
        if is_asked:
            self._session.number_asked.emit(place, raw)
        return is_asked

    def renumber(self, place: Address, raw: str) -> None:
        """Withdraw what was delivered under a wrong CPR number, and tell it anew under the right one."""
        from ldbu_desktop.editing.renumbering import renumbered

        sent, standard = self._sent, self._session.standard
        self._step(
            place.family, lambda journal: renumbered(journal, place.family, place.record, raw, sent, standard)[0]
        )

    # --- how a step is taken

    def _change(self, place: Place, step: Callable[[Journal], Journal]) -> None:
        from ldbu_desktop.ui.session import Selection

        where = Selection(place.family, place.visit, place.record, "", place.variable)
        self._take(where, lambda journal: self._corrected(journal, step(journal), place.family))

    def _step(self, family: str, step: Callable[[Journal], Journal]) -> None:
        """Take a step that itself sees to what was delivered."""
        from ldbu_desktop.ui.session import Selection

        self._take(Selection(family), step)

    def _take(self, where: Selection, step: Callable[[Journal], Journal]) -> None:
        session = self._session
        try:
            journal = step(session.journal)
        except Fault as fault:
            session.failed.emit(fault)
            return
        if journal is not session.journal:
            session.change(journal, where)

    # --- what was delivered

    @property
    def has_delivered(self) -> bool:
        """Whether something of the case was delivered before."""
        return self.file is not None and bool(self.file.delivered)

    @property
    def delivery_memory(self) -> DeliveryMemory | None:
        """What is known of deliveries; None where no case file remembers, or nothing is checked yet."""
        findings = self._session.findings
        if self.file is None or findings is None:
            return None
        return DeliveryMemory(self.file, findings, self._session.standard)

    @property
    def _sent(self) -> frozenset[str]:
        """The ids of the resources that were delivered."""
        if self.file is None:
            return frozenset()
        from ldbu_desktop.workspace.deliveries import sent_resources

        return sent_resources(delivered_of(self.file))

    def _received(self, family: Family) -> Received:
        """What of a family was delivered, and is said now as it was then."""
        from ldbu_desktop.editing.delivered import Received
        from ldbu_desktop.workspace.deliveries import received, resources_of

        if self.file is None or not self.file.delivered:
            return Received()
        delivered = delivered_of(self.file)
        visits = [visit.key for visit in family.visits if visit.key in delivered]
        session = self._session
        return received(resources_of(session.journal, session.standard, visits, datetime.now(UTC)), delivered)

    def _corrected(self, before: Journal, after: Journal, family: str) -> Journal:
        """What was delivered and is taken away stays as entered in error, so that whoever received it is told."""
        if not self.has_delivered:
            return after
        from ldbu_desktop.editing.corrections import corrected

        return corrected(before, after, family, self._sent, self._session.standard)

    def tell_lost(self, before: Journal, after: Journal) -> None:
        """Tell where going back takes away what was delivered: whoever received it is not told by that."""
        families = {family.key: family for family in after.families}
        for family in before.families:
            if families.get(family.key) is not family and self._corrected(before, after, family.key) is not after:
                self._session.failed.emit(CallFault("case-undone-delivered"))
                return
