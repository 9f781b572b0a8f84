"""What every check of a history is given, and how it gives a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ldbu_desktop.deliveries.lives import Family, Telling
from ldbu_desktop.deliveries.model import HistoryFinding, Place
from ldbu_desktop.findings.model import NO_FACTS, FactValue, Location, Severity
from ldbu_desktop.findings.technical_words import technical_words
from ldbu_desktop.journal.model import Origin
from ldbu_desktop.standard.model import Standard


@dataclass(frozen=True, slots=True)
class History:
    """What is true of a history as a whole.

    ``begin`` is its first night, ``end`` its last timestamp in seconds, ``last`` where its last report is. ``after``
    gives the first report that was made in a night after another, whomever it is about.
    """

    begin: int
    end: float
    last: Place
    after: Callable[[int], Place | None]
    standard: Standard


BUNDLE = "Bundle"


def word(name: str) -> FactValue:
    """What people call a type of resource, or a problem; a type that nobody expects by its name."""
    return technical_words().get(name, name)


Check = Callable[[Family, History], Iterator[HistoryFinding]]


def finding(
    code: str,
    earlier: Place,
    later: Telling | Place,
    citizen: str,
    facts: Mapping[str, FactValue] = NO_FACTS,
    weight: Severity | None = None,
    about: str = "",
) -> HistoryFinding:
    """A finding at its later place, about a type of resource: that of the later telling, unless another is named."""
    place = later.place if isinstance(later, Telling) else later
    about = about or (later.instance.type if isinstance(later, Telling) else BUNDLE)
    return HistoryFinding(
        code,
        Location(Origin(place.file, path=place.at)),
        facts={"resource": word(about), "earlier": earlier.file, **facts},
        earlier=earlier,
        later=place,
        citizen=citizen,
        weight=weight,
    )
