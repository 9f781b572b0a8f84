"""How what stands in a column goes with a variable, and what is known of each row beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum

from ldbu_desktop.mapping.links import Evidence

MOST, MANY, SOME = 0.95, 0.8, 0.5
"""Shares of values: of which nearly all, many and a good part are meant."""
FEWEST = 3
"""Fewer values than this tell nothing for certain."""


class Fit(IntEnum):
    """How content and header go together."""

    CONTRADICTS = 0
    EMPTY = 1
    POSSIBLE = 2
    FITS = 3


@dataclass(slots=True)
class Verdict:
    """How the content of a column goes with a variable; ``share`` of its values read well as that."""

    fit: Fit
    share: float
    evidence: list[Evidence] = field(default_factory=list)
    unit: str | None = None
    missing: frozenset[str] = frozenset()
    """Texts and numbers that say that there is no value."""
    said: float = 0.0
    """The share of values that are said of the variable in so many words, and not of anything alike."""
    asked: float = 0.0
    """The share of values that are answers, though which of several only a person can say."""

    def weakened(self, fit: Fit, code: str, **facts: str | int | float) -> None:
        """Take back some of the certainty, with the reason."""
        if fit < self.fit:
            self.fit = fit
        self.evidence.append(Evidence(code, facts))


@dataclass(slots=True)
class Context:
    """What is known of each kept row beside the column in question: the child's CPR number and the visit's day."""

    cprs: list[str | None] = field(default_factory=list)
    days: list[date | None] = field(default_factory=list)
    births: list[date | None] = field(default_factory=list)

    def ages(self) -> list[int | None]:
        """The child's age in days at each row."""
        return [
            (day - birth).days if day is not None and birth is not None else None
            for day, birth in zip(self.days, self.births, strict=True)
        ]


def shared(share: float, code: str, fit: Fit) -> Verdict:
    """The verdict where a share of the values reads as what ``code`` names, and ``fit`` if nearly all do."""
    facts: dict[str, str | int | float] = {"share": percent(share)}
    if share < SOME:
        return Verdict(Fit.CONTRADICTS, share, [Evidence(f"not-{code}", facts)])
    return Verdict(fit if share >= MOST else Fit.POSSIBLE, share, [Evidence(code, facts)])


def percent(share: float) -> int:
    """A share in whole percent, as evidence tells it."""
    return int(share * 100)
