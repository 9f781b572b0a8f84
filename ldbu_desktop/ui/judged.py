"""What can be asked of what is open: its records, its findings, how each visit stands. Nothing is changed here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ldbu_desktop import __version__
from ldbu_desktop.language import chosen, tr

if TYPE_CHECKING:
    from ldbu_desktop.findings.causes import Cause
    from ldbu_desktop.findings.model import Finding, Severity
    from ldbu_desktop.findings.summary import Findings
    from ldbu_desktop.findings.text import RenderedFinding
    from ldbu_desktop.journal.model import Family, Journal, Visit
    from ldbu_desktop.standard.model import Standard

Places = tuple[dict[str, int], dict[str, tuple[int, int]]]
"""Where each family and each visit stands in the journal, by key."""


def places_of(journal: Journal) -> Places:
    """Where everything stands in ``journal``."""
    families = {family.key: at for at, family in enumerate(journal.families)}
    visits = {
        visit.key: (at, of) for at, family in enumerate(journal.families) for of, visit in enumerate(family.visits)
    }
    return families, visits


def is_regrouped(before: Journal, after: Journal) -> bool:
    """Whether families or visits came, went or changed their places."""
    if len(before.families) != len(after.families):
        return True
    return any(
        old is not new
        and (
            old.key != new.key
            or len(old.visits) != len(new.visits)
            or any(one.key != other.key for one, other in zip(old.visits, new.visits, strict=True))
        )
        for old, new in zip(before.families, after.families, strict=True)
    )


class Judged(QObject):
    """A journal and its findings, for those who ask."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal: Journal | None = None
        self.findings: Findings | None = None
        self.visit_count = 0
        self._families: dict[str, int] = {}
        self._visits: dict[str, tuple[int, int]] = {}

    @property
    def standard(self) -> Standard:
        """The standard that is used; read when it is first asked for."""
        from ldbu_desktop.standard.catalogue import shipped_standard

        return shipped_standard()

    @property
    def journal(self) -> Journal:
        """What is open; an empty journal where nothing is."""
        if self._journal is None:
            from ldbu_desktop.journal.model import Journal

            self._journal = Journal()
        return self._journal

    def family(self, key: str) -> Family | None:
        """The family by its key."""
        at = self._families.get(key)
        return self.journal.families[at] if at is not None else None

    def visit(self, key: str) -> Visit | None:
        """The visit by its key."""
        at = self._visits.get(key)
        return self.journal.families[at[0]].visits[at[1]] if at is not None else None

    def family_of(self, visit: str) -> Family | None:
        """The family that a visit belongs to, by the visit's key."""
        at = self._visits.get(visit)
        return self.journal.families[at[0]] if at is not None else None

    @property
    def visit_keys(self) -> tuple[str, ...]:
        """The keys of all visits, in the order of the file."""
        return tuple(self._visits)

    @property
    def family_keys(self) -> tuple[str, ...]:
        """The keys of all families, in the order of the file."""
        return tuple(self._families)

    def place_of_family(self, key: str) -> int | None:
        """Which family of the journal it is, by its key."""
        return self._families.get(key)

    def words(self, finding: Finding) -> RenderedFinding:
        """A finding in words, in the language in use."""
        from ldbu_desktop.findings.text import rendered

        return rendered(finding, chosen(), self.standard)

    def severity(self, finding: Finding) -> Severity:
        """How much a finding weighs."""
        from ldbu_desktop.findings.catalogue import type_of

        return type_of(finding).severity

    def causes(self, family: str, visit: str) -> tuple[Cause[Finding], ...]:
        """The findings by cause: of a visit, of a family without a visit, of the file without either."""
        from ldbu_desktop.findings.causes import causes

        if self.findings is None:
            return ()
        if not self.is_quiet:
            if not family and not visit:
                return self.findings.causes
            return causes(self.findings.of_visit(visit) if visit else self.findings.of_family(family))
        of_file = self.findings.all if not family else self.findings.of_family(family)
        return causes(self.told(self.findings.of_visit(visit) if visit else of_file))

    @property
    def is_quiet(self) -> bool:
        """Whether what is missing at some visits is not told yet."""
        return False

    def asks(self, place: str) -> bool:
        """Whether what is missing at a visit or a family, by its key, is told at its fields."""
        return True

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those of ``findings`` that are told: not what is missing where it is being filled."""
        from ldbu_desktop.findings.catalogue import tells_absence

        return tuple(
            one for one in findings if not tells_absence(one) or self.asks(one.location.visit or one.location.family)
        )

    def findings_of_visit(self, visit: str) -> tuple[Finding, ...]:
        """The findings at a visit, those included that are not told yet."""
        return self.findings.of_visit(visit) if self.findings else ()

    def state_of_visit(self, visit: str) -> tuple[Severity | None, int]:
        """How a visit stands: the heaviest severity, and how many findings."""
        if self.findings is None:
            return None, 0
        if self.is_quiet and not self.asks(visit):
            return self._quiet_state(self.findings.of_visit(visit))
        return self.findings.worst_of_visit(visit), self.findings.count_of_visit(visit)

    def state_of_family(self, family: str) -> tuple[Severity | None, int]:
        """How a family stands."""
        if self.findings is None:
            return None, 0
        if self.is_quiet:
            return self._quiet_state(self.findings.of_family(family))
        return self.findings.worst_of_family(family), self.findings.count_of_family(family)

    def _quiet_state(self, findings: tuple[Finding, ...]) -> tuple[Severity | None, int]:
        """How it stands where what is missing weighs no more than a remark, and counts where nothing else was found."""
        from ldbu_desktop.findings.causes import worst_of
        from ldbu_desktop.findings.model import Severity

        told = self.told(findings)
        return (worst_of(told), len(told)) if told else (Severity.INFO if findings else None, len(findings))

    @property
    def state(self) -> tuple[Severity | None, int]:
        """How the whole file stands."""
        if self.findings is None:
            return None, 0
        if self.is_quiet:
            return self._quiet_state(self.findings.all)
        return self.findings.worst, self.findings.count

    def severity_at(self, visit: str, record: str) -> Severity | None:
        """The heaviest severity at one record of a visit."""
        from ldbu_desktop.findings.causes import worst_of

        return worst_of(one for one in self.findings_of_visit(visit) if one.location.record == record)

    def rejected_visits(self, family: str = "") -> int:
        """How many visits would be rejected, in the file or in a family."""
        if self.findings is None:
            return 0
        if not family:
            return len(self.findings.rejected_visits)
        of_family = self.family(family)
        return sum(not self.findings.is_ready(visit.key) for visit in of_family.visits) if of_family else 0

    def standard_words(self) -> str:
        """Which standard is used."""
        return tr("Standard {version}", version=self.standard.header.version)

    def version_words(self) -> str:
        """What was checked, and with what."""
        return tr(
            "Forkontrol efter {package} {version} med LDBU Desktop {program}. Gatewayen afgør.",
            package=self.standard.header.package,
            version=self.standard.header.version,
            program=__version__,
        )

    def is_ready(self, visit: str) -> bool:
        """Whether a visit can be delivered."""
        return self.findings is not None and self.findings.is_ready(visit)

    def has_contradicted(self) -> bool:
        """Whether something is rejected only because the standard contradicts itself."""
        from ldbu_desktop.findings.catalogue import finding_types

        codes = (code for code, one in finding_types().items() if one.may_be_sent_anyway)
        return self.findings is not None and any(code in self.findings.by_code for code in codes)
