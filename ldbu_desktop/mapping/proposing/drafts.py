"""A table and its columns while they are being proposed."""

from __future__ import annotations

from dataclasses import dataclass, field

from ldbu_desktop.mapping.links import Evidence, Part, State, Subject, TableShape
from ldbu_desktop.mapping.proposing.found_tables import FoundTable
from ldbu_desktop.mapping.proposing.headings import Heading, Words
from ldbu_desktop.mapping.proposing.profiles import Column, TableProfile
from ldbu_desktop.mapping.proposing.verdicts import Context, Fit, Verdict


@dataclass(slots=True, eq=False)
class ColumnDraft:
    """A column: what its header says, what stands in it, and what it is taken for so far."""

    at: int
    header: str
    heading: Heading
    column: Column
    cells: list[str]
    variable: str | None = None
    part: Part = Part.VALUE
    subject: Subject | None = None
    visit: str | None = None
    block: str = ""
    words: Words = Words.NONE
    verdict: Verdict = field(default_factory=lambda: Verdict(Fit.EMPTY, 0.0))
    state: State = State.UNMAPPED
    evidence: list[Evidence] = field(default_factory=list)
    codes: dict[str, str] | None = None
    answer: str | None = None
    """The code of the one answer that the column is for, where each has a column of its own."""
    is_structure: bool = False
    is_chosen: bool = False
    is_row_number: bool = False

    @property
    def is_key(self) -> bool:
        """Whether rows can be known by it: a number that only counts them is another row's in the next file."""
        return self.is_structure and not self.is_row_number

    @property
    def place(self) -> tuple[str | None, Part, Subject | None, str]:
        """What the column is taken for: no two columns of a table are the same."""
        return self.variable, self.part, self.subject, self.block

    @property
    def says_nothing(self) -> bool:
        """Whether the header tells nothing of what the column holds."""
        return not (self.heading.candidates or self.heading.other or self.heading.is_key)

    def may_be(self, variable: str) -> bool:
        """Whether the header may be about a variable."""
        return any(candidate.variable == variable for candidate in self.heading.candidates)

    def is_taken_for(self, variable: str, part: Part | None = None) -> bool:
        """Whether the column is taken for a variable, or a part of one."""
        return self.variable == variable and part in (None, self.part)

    def weaken(self, code: str, **facts: str | int | float) -> None:
        """What was sure waits for a yes, and why."""
        if self.verdict.fit is Fit.FITS:
            self.verdict.fit = Fit.POSSIBLE
        self.verdict.evidence.append(Evidence(code, facts))

    def contradict(self, code: str, **facts: str | int | float) -> None:
        """The content can't be what the header says, and why."""
        self.verdict.fit = Fit.CONTRADICTS
        self.verdict.evidence.append(Evidence(code, facts))


@dataclass(slots=True)
class TableDraft:
    """A table: where it was found, what stands in it, and what its columns are taken for so far."""

    found: FoundTable
    profile: TableProfile
    headings: list[Heading]
    shape: TableShape = TableShape.VISIT
    columns: list[ColumnDraft] = field(default_factory=list)
    context: Context = field(default_factory=Context)
    sheet_variable: str | None = None
    value_at: int | None = None
    keys: tuple[int, ...] = ()
    evidence: list[Evidence] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """The name of the sheet."""
        return self.found.table.sheet
