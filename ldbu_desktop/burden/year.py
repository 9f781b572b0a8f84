"""From seconds a visit to hours and kroner a year in a municipality."""

from __future__ import annotations

from typing import NamedTuple

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.model import Band

_SECONDS_AN_HOUR = 3600


class Year(NamedTuple):
    """What something costs a municipality in a year: ``children`` have it, in ``hours`` of work for ``dkk``."""

    children: Band
    hours: Band
    dkk: Band


def year_of(seconds_a_child: Band, assumptions: Assumptions) -> Year:
    """A year in which every child that is reached takes so many seconds."""
    reached = assumptions["births"] * assumptions["coverage"]
    children = Band(round(reached.low), round(reached.typical), round(reached.high))
    hours = seconds_a_child * children * (1 / _SECONDS_AN_HOUR)
    return Year(children, hours, hours * assumptions["tariff"])


def year_of_visits(seconds_a_visit: Band, assumptions: Assumptions) -> Year:
    """A year of visits that take so many seconds each."""
    return year_of(seconds_a_visit * assumptions["visits"], assumptions)
