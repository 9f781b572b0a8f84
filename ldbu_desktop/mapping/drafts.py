"""A visit while it is gathered from several rows and tables."""

from __future__ import annotations

from msgspec import Struct

from ldbu_desktop.journal.model import (
    EMPTY,
    Contradiction,
    Entry,
    Intervention,
    Moment,
    Observation,
    Origin,
    QuestionnaireResponse,
    Visit,
)
from ldbu_desktop.mapping.entries import follows


class VisitDraft(Struct, gc=False):
    """A visit that is still being gathered, with what follows for records that do not say it themselves."""

    key: str
    subject: Entry[str]
    type: Entry[str]
    visit_class: Entry[str]
    status: Entry[str]
    start: Entry[Moment]
    end: Entry[Moment]
    school: Entry[str]
    based_on: tuple[Entry[str], ...]
    origin: Origin
    observations: list[Observation] = []
    interventions: list[Intervention] = []
    responses: list[QuestionnaireResponse] = []
    contradictions: list[Contradiction] = []
    derived: set[str] = set()
    """The ends of the keys that observations have after their visit and variable."""
    at: Entry[Moment] = EMPTY
    citizen: Entry[str] = EMPTY
    parent: Entry[str] = EMPTY

    def __post_init__(self) -> None:
        self.at = follows(self.start.value) if self.start.value is not None else EMPTY
        self.citizen = follows(self.subject.value) if self.subject.value is not None else EMPTY

    def visit(self) -> Visit:
        """The visit, with all that was gathered."""
        return Visit(
            self.key,
            self.subject,
            self.type,
            self.visit_class,
            self.status,
            self.start,
            self.end,
            self.school,
            self.based_on,
            tuple(self.observations),
            tuple(self.interventions),
            tuple(self.responses),
            self.origin,
            contradictions=tuple(self.contradictions),
        )
