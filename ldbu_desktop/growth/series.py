"""Growth: a child's measurements over age, held against WHO's reference, with what looks like an entry error."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from msgspec.structs import replace

from ldbu_desktop.bilingual_text import Text
from ldbu_desktop.growth.child import age_at, sex_of
from ldbu_desktop.growth.flags import is_entry_error, unlikely_changes
from ldbu_desktop.growth.lines import reference_lines
from ldbu_desktop.growth.model import (
    ChartedQuantity,
    Gestation,
    Growth,
    Measure,
    Point,
    Series,
    Sex,
    UnplacedMeasurement,
    UnplacedReason,
    gestation_of,
)
from ldbu_desktop.growth.reference import UNITS
from ldbu_desktop.growth.scores import z_score
from ldbu_desktop.journal.dates import day_of
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Family, Moment, Observation, Visit
from ldbu_desktop.journal.statuses import ENTERED_IN_ERROR
from ldbu_desktop.standard.model import Standard, Variable

MASS_INDEX = "bmi"
"""The id of the body mass index among the series: it is worked out and no variable."""

_CM_A_M = 100
_LEAST, _MOST = Decimal("0.001"), Decimal(100_000)
"""Sizes in a series' unit beyond which a number is of nothing that can be drawn."""


def charted(standard: Standard) -> tuple[ChartedQuantity, ...]:
    """All that is drawn over age, in the catalogue's order and then the body mass index."""
    found = [_charted(variable) for variable in standard.observed if variable.is_charted]
    if {Measure.WEIGHT, Measure.HEIGHT} <= {each.measure for each in found}:
        found.append(_MASS_INDEX)
    return tuple(found)


def _charted(variable: Variable) -> ChartedQuantity:
    """A variable, drawn in its reference's unit, else in its first."""
    units = {unit.code: unit.factor for unit in variable.units}
    measure = Measure(variable.reference) if variable.reference is not None else None
    code = UNITS[measure] if measure is not None else variable.units[0].code
    factors = {each: factor / units[code] for each, factor in units.items()}
    return ChartedQuantity(variable.id, variable.label, variable.short_label, code, factors, measure)


_BMI = Text(da="BMI", en="BMI")
_MASS_INDEX = ChartedQuantity(MASS_INDEX, _BMI, _BMI, UNITS[Measure.BMI], {}, Measure.BMI)


def growth_of(family: Family, child_key: str, standard: Standard) -> Growth:
    """The growth of a child of a family, by the child's key. What was entered in error is left out silently."""
    child = next((citizen for citizen in family.citizens if citizen.key == child_key), None)
    cpr = child.cpr.value or "" if child is not None else ""
    birth, sex = birth_date(cpr), sex_of(cpr)
    gestation = gestation_of(child.gestation.value or "") if child is not None else None
    if birth is None or sex is None:
        return Growth(child_key, birth, sex)
    corrects = gestation if gestation is not None and gestation.early_days else None
    reading = _Reading(child_key, birth, sex, corrects, standard)
    for visit in family.visits:
        if visit.status.value != ENTERED_IN_ERROR:
            reading.read(visit)
    return Growth(
        child_key, birth, sex, corrects, tuple(map(reading.series, reading.charted.values())), tuple(reading.left_out)
    )


def get_ready() -> None:
    """Read the reference now, in the background: a child's growth is then made within 2 ms, the first one too."""
    for measure in Measure:
        for sex in Sex:
            reference_lines(measure, sex)


class _Reading:
    """Gathers the measurements of one child, visit by visit."""

    def __init__(self, child: str, birth: date, sex: Sex, gestation: Gestation | None, standard: Standard) -> None:
        self._child = child
        self._birth = birth
        self._sex = sex
        self._gestation = gestation
        self.charted = {each.id: each for each in charted(standard)}
        self._points: dict[str, list[Point]] = {name: [] for name in self.charted}
        self.left_out: list[UnplacedMeasurement] = []

    def read(self, visit: Visit) -> None:
        """Take the child's measurements at a visit.

        The last weight and height of a day make a body mass index, but not where one of them is a slip: that would be
        told twice.
        """
        taken: dict[tuple[Measure | None, int], Point] = {}
        for of, observation in self._measured(visit):
            point = self._point(of, observation, visit)
            if isinstance(point, UnplacedReason):
                self.left_out.append(UnplacedMeasurement(visit.key, observation.key, of.label, point))
            else:
                self._points[of.id].append(point)
                taken[of.measure, point.age.days] = point
        for (measure, day), weight in taken.items():
            height = taken.get((Measure.HEIGHT, day))
            if measure is not Measure.WEIGHT or height is None:
                continue
            if not (weight.is_entry_error or height.is_entry_error):
                self._points[MASS_INDEX].append(self._mass_index(weight, height))

    def _mass_index(self, weight: Point, height: Point) -> Point:
        index, unit = weight.size / (height.size / _CM_A_M) ** 2, UNITS[Measure.BMI]
        return self._scored(Measure.BMI, weight.visit, weight.record, weight.moment, index, (index, unit))

    def _measured(self, visit: Visit) -> Iterator[tuple[ChartedQuantity, Observation]]:
        """What was measured of the child and has a number or an attempt at one; a missing-reason alone is no number."""
        for observation in visit.observations:
            of = self.charted.get(observation.variable.value or "")
            is_meant = observation.subject.value == self._child and observation.status.value != ENTERED_IN_ERROR
            if is_meant and of is not None and not observation.value.is_empty:
                yield of, observation

    def _point(self, of: ChartedQuantity, observation: Observation, visit: Visit) -> Point | UnplacedReason:
        number, unit = observation.value.value, observation.unit.value or ""
        factor = of.factors.get(unit)
        moment = observation.start.value or visit.start.value
        if not isinstance(number, Decimal) or factor is None or not _LEAST < number * factor < _MOST:
            return UnplacedReason.UNUSABLE
        if moment is None:
            return UnplacedReason.UNDATED
        if day_of(moment) < self._birth:
            return UnplacedReason.BEFORE_BIRTH
        return self._scored(of.measure, visit.key, observation.key, moment, number * factor, (number, unit))

    def _scored(
        self,
        measure: Measure | None,
        visit: str,
        record: str,
        moment: Moment,
        size: Decimal,
        recorded: tuple[Decimal, str],
    ) -> Point:
        age = age_at(self._birth, day_of(moment), self._gestation)
        z = z_score(measure, self._sex, age.used, size) if measure is not None else None
        flagged = measure is not None and z is not None and is_entry_error(measure, z)
        return Point(visit, record, moment, age, size, *recorded, z, flagged)

    def series(self, of: ChartedQuantity) -> Series:
        """The measurements of a kind by age, with what is unlikely between them where there is a reference."""
        points = sorted(self._points[of.id], key=lambda point: point.age.days)
        measure = of.measure
        if measure is None:
            return Series(of, tuple(points))
        early = self._gestation.early_days if self._gestation else 0
        places = [place for place, point in enumerate(points) if not point.is_entry_error]
        aged = [(points[place].age.days, points[place].size) for place in places]
        scores = [(days, z_score(measure, self._sex, days - early, size)) for days, size in aged]
        for at, change in unlikely_changes(scores).items():
            points[places[at]] = replace(points[places[at]], change=replace(change, before=places[change.before]))
        return Series(of, tuple(points), reference_lines(measure, self._sex))
