"""The words of growth: measures, sizes, scores and ages, what is doubtful and why, and where the reference is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from ldbu_desktop.growth.model import (
    Growth,
    Measure,
    Point,
    Series,
    UnlikelyChange,
    UnlikelyKind,
    UnplacedMeasurement,
    UnplacedReason,
)
from ldbu_desktop.journal.dates import age_text
from ldbu_desktop.language import chosen, tr
from ldbu_desktop.rendering.words import amount_words, moment_words, number_words

_FARTHEST = 20
"""A score beyond this is of a slip; how far beyond says nothing."""

_UNIT_SIGNS = {"kg/m2": "kg/m²"}


def unit_words(unit: str) -> str:
    """A UCUM unit as it is written."""
    return _UNIT_SIGNS.get(unit, unit)


def size_words(point: Point) -> str:
    """What was measured, as the visit says it; a body mass index with one decimal."""
    number = point.recorded
    if point.recorded_unit in _UNIT_SIGNS:
        number = number.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return amount_words(number, unit_words(point.recorded_unit))


def score_words(z: float | None) -> str:
    """A z-score with its sign and one decimal; a dash where there is none."""
    if z is None:
        return "–"
    if abs(z) > _FARTHEST:
        return tr("over {limit}", limit=_FARTHEST) if z > 0 else tr("under −{limit}", limit=_FARTHEST)
    told = number_words(Decimal(abs(z)).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return f"−{told}" if z < 0 and any(digit in "123456789" for digit in told) else told


def age_words(point: Point) -> str:
    """The child's age, and the corrected age where that is used."""
    told = age_text(point.age.days)[chosen()]
    corrected = point.age.corrected
    if corrected is None:
        return told
    if corrected < 0:
        return tr("{age} (før termin)", age=told)
    return tr("{age} (korrigeret {corrected})", age=told, corrected=age_text(corrected)[chosen()])


def point_words(series: Series, place: int) -> str:
    """One measurement in a line: age, size and score."""
    point = series.points[place]
    parts = [age_words(point), size_words(point)]
    parts.append(tr("z {score}", score=score_words(point.z)) if point.z is not None else tr("uden z-score"))
    return " · ".join(parts)


def doubt_words(series: Series, point: Point) -> str:
    """Why a measurement is most likely an entry error; empty where it is not."""
    if point.is_entry_error:
        return tr("Ligger uden for, hvad WHO regner for muligt. Se efter, om tal og enhed er rigtige.")
    return _change_words(point.change, series) if point.change is not None else ""


def _change_words(change: UnlikelyChange, series: Series) -> str:
    before = series.points[change.before]
    told = score_words(abs(change.difference))
    if change.kind is UnlikelyKind.STANDS_OUT:
        return tr("Skiller sig ud fra målingen før og efter med {difference} z. Se efter, om tallet er rigtigt.",
                  difference=told)  # fmt: skip
    return tr(
        "Et spring på {difference} z siden {moment}. Se efter, om begge tal er rigtige.",
        difference=told,
        moment=moment_words(before.moment),
    )


_LEFT_OUT: Mapping[UnplacedReason, Callable[[], str]] = {
    UnplacedReason.UNUSABLE: lambda: tr("uden et tal og en enhed, der kan bruges"),
    UnplacedReason.UNDATED: lambda: tr("uden dato"),
    UnplacedReason.BEFORE_BIRTH: lambda: tr("dateret før fødslen"),
}


def left_out_words(left_out: UnplacedMeasurement) -> str:
    """What was measured and can't be shown, and why."""
    return tr("{measure} {reason}", measure=left_out.label[chosen()], reason=_LEFT_OUT[left_out.reason]())


def points_words(series: Series) -> str:
    """How many measurements there are."""
    count = len(series.points)
    return tr("{count, plural, one {# måling} other {# målinger}}", count=count)


def summary_words(series: Series) -> str:
    """A series for those who do not see it: how many, from when to when, and the latest."""
    name, last = series.charted.label[chosen()], len(series.points) - 1
    if last < 0:
        return tr("{measure}: ingen målinger.", measure=name)
    return tr(
        "{measure}: {count}. Den første ved {first}. Den seneste: {latest}.",
        measure=name,
        count=points_words(series),
        first=age_words(series.points[0]),
        latest=point_words(series, last),
    )


_LIMITS: Mapping[Measure, Callable[[], str]] = {
    Measure.HEIGHT: lambda: tr("Målt liggende før 2 år, stående derefter."),
    Measure.WEIGHT: lambda: tr("WHO har ingen vægtkurve efter 10 år."),
    Measure.HEAD: lambda: tr("WHO har ingen hovedkurve efter 5 år."),
}
"""What holds for one reference only."""


def source_words(growth: Growth, series: Series | None) -> str:
    """Where the reference is from, how far it goes, and what it can't say."""
    measure = series.charted.measure if series is not None else Measure.BMI
    if measure is None:
        return tr("Der er ingen reference for denne måling.")
    lines = [
        tr("Reference: WHO Child Growth Standards 2006 og, fra 5 år, WHO Reference 2007, for barnets alder og køn."),
        tr("Danske børn er større end børnene bag kurverne (Tinggaard 2014)."),
        tr("Kurverne viser forløbet og afslører tastefejl; de vurderer ikke barnet."),
    ]
    if measure in _LIMITS:
        lines.append(_LIMITS[measure]())
    if growth.gestation is not None:
        lines.append(tr("Alderen er korrigeret indtil 2 år: født i uge {gestation}.", gestation=growth.gestation))
    return " ".join(lines)
