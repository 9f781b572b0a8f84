"""Whether the numbers of a column can be what is measured of children, by their ages and in which unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from statistics import median

from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.growth.model import Measure, Sex
from ldbu_desktop.growth.scores import scoring
from ldbu_desktop.journal import readings
from ldbu_desktop.mapping import number_forms
from ldbu_desktop.mapping.links import Evidence
from ldbu_desktop.mapping.proposing.profiles import Column
from ldbu_desktop.mapping.proposing.texts import TextKind
from ldbu_desktop.mapping.proposing.value_texts import numeric_missing
from ldbu_desktop.mapping.proposing.verdicts import FEWEST, MANY, MOST, Context, Fit, Verdict, percent, shared
from ldbu_desktop.standard.model import REFERENCE_UNITS, Standard, Variable

_MOST_MEDIAN_Z = 1.6
_MOST_Z = 6.0
_ODD_Z = 4.0


class SizeAgreement:
    """Holds columns of numbers against the quantities of one standard."""

    def __init__(self, standard: Standard) -> None:
        self._standard = standard

    def verdict(
        self, column: Column, cells: Sequence[str], variable: Variable, context: Context, unit: str | None
    ) -> Verdict:
        """How a column of numbers goes with what is measured, in the unit that is told or the likeliest.

        A unit that the standard does not take is thought of where none that it takes can be meant.
        """
        numeric = column.share(TextKind.WHOLE, TextKind.NUMBER)
        if numeric < MANY:
            return Verdict(Fit.CONTRADICTS, numeric, [Evidence("content-no-numbers", {"share": percent(numeric)})])
        factors = {each.code: each.factor for each in variable.units}
        mistaken = {each.code: each.factor for each in variable.mistaken_units}
        tried = [unit] if unit in factors or unit in mistaken else [*factors, *(mistaken if unit is None else ())]
        best = Verdict(Fit.CONTRADICTS, -1.0)
        also = ""
        for code in tried:
            if unit is None and code in mistaken and best.fit is not Fit.CONTRADICTS:
                break
            factor = factors.get(code or "") or mistaken[code or ""]
            verdict = self._in_unit(column, cells, variable, context, factor, is_told=unit == code)
            verdict.unit = code
            if code in mistaken:
                verdict.weakened(Fit.POSSIBLE, "unit-not-taken", unit=code or "")
            if (verdict.fit, verdict.share) > (best.fit, best.share):
                best, also = verdict, ""
            elif (verdict.fit, verdict.share) == (best.fit, best.share) and code is not None:
                also = code
        if unit is not None and unit not in factors and unit not in mistaken:
            best.weakened(Fit.CONTRADICTS, "unit-of-another", unit=unit)
        elif unit is None and len(factors) > 1 and best.fit > Fit.CONTRADICTS:
            best.evidence.append(Evidence("unit-by-values", {"unit": best.unit or ""}))
            if also and any(number_forms.has_two_readings(text) for text in column.texts):
                # "3,850" is as good in grams as in kilograms: the comma is read as Danes write it.
                if number_forms.has_decimal_commas(column.texts):
                    best.unit = max(best.unit or "", also, key=lambda code: factors.get(code, Decimal(0)))
                best.weakened(Fit.POSSIBLE, "unit-either", unit=best.unit or "", other=also)
        return best

    def _in_unit(
        self,
        column: Column,
        cells: Sequence[str],
        variable: Variable,
        context: Context,
        factor: Decimal,
        *,
        is_told: bool,
    ) -> Verdict:
        lows, highs = zip(*((each.low, each.high) for each in variable.ranges), strict=True)
        limits = number_forms.ValueLimits(min(lows) / factor, max(highs) / factor)
        numbers = self.numbers(column, limits)
        if is_told:
            numbers |= self._in_units_of_their_own(column, variable, factor)
        scores = [*self._scores(cells, numbers, variable, context, factor)]
        odd = _no_sizes(scores)
        missing = frozenset(
            text
            for text, number in numbers.items()
            if number is not None and numeric_missing(text) and (text in odd or not limits.hold(number))
        ) | frozenset(column.missing)
        counted = {text: count for text, count in column.values if text not in missing}
        told = sum(counted.values())
        if not told:
            return Verdict(Fit.EMPTY, 0.0, [Evidence("content-empty")], missing=missing)
        within = sum(
            count
            for text, count in counted.items()
            if (number := numbers.get(text)) is not None and limits.hold(number)
        )
        share = within / told
        if share < MANY:
            return Verdict(
                Fit.CONTRADICTS, share, [Evidence("content-outside", {"share": percent(share)})], missing=missing
            )
        by_age = _by_age(z for text, z in scores if text not in missing)
        if by_age is None:
            return Verdict(
                Fit.POSSIBLE, share, [Evidence("content-within", {"share": percent(share)})], missing=missing
            )
        fits, middle = by_age
        facts: dict[str, str | int | float] = {"share": percent(fits)}
        if fits < MANY or abs(middle) > _MOST_MEDIAN_Z:
            return Verdict(Fit.CONTRADICTS, min(share, fits), [Evidence("content-not-growth", facts)], missing=missing)
        is_sure = share >= MOST and fits >= MOST
        return Verdict(
            Fit.FITS if is_sure else Fit.POSSIBLE,
            min(share, fits),
            [Evidence("content-growth", facts)],
            missing=missing,
        )

    def _in_units_of_their_own(self, column: Column, variable: Variable, factor: Decimal) -> dict[str, Decimal]:
        """The numbers beside which another unit is written than the one tried, as they are in that: "3860 g" in kg."""
        factors = {each.code: each.factor for each in (*variable.units, *variable.mistaken_units)}
        found = {}
        for text, _ in column.values:
            amount = readings.amount(text) if not text[-1:].isdigit() else None
            if amount is not None and amount.unit and (own := factors.get(self.unit(variable.id, amount.unit) or "")):
                found[text] = amount.number * own / factor
        return found

    def numbers(self, column: Column, limits: number_forms.ValueLimits | None) -> dict[str, Decimal | None]:
        """The numbers of a column by their texts; None for a text that is none, or that can be two."""
        texts = [text for text, _ in column.values]
        read: dict[str, Decimal | None] = {}
        for text in texts:
            amount = readings.amount(text)
            read[text] = amount.number if amount is not None else None
        if any(map(number_forms.has_two_readings, texts)):
            read |= number_forms.read_by_column(texts, limits)
        return read

    def _scores(
        self,
        cells: Sequence[str],
        numbers: Mapping[str, Decimal | None],
        variable: Variable,
        context: Context,
        factor: Decimal,
    ) -> Iterator[tuple[str, float]]:
        """The texts of the kept rows with their z-scores, where the child's age and sex are known."""
        if variable.reference is None:
            return
        measure = Measure(variable.reference)
        to_reference = factor / next(
            unit.factor for unit in variable.units if unit.code == REFERENCE_UNITS[variable.reference]
        )
        for text, cpr, age in zip(cells, context.cprs, context.ages(), strict=False):
            number = numbers.get(text)
            sex = sex_of(cpr) if cpr is not None else None
            if number is None or age is None or sex is None or age < 0:
                continue
            z = _score(measure, sex, age, float(number * to_reference))
            if z is not None:
                yield text, z

    def units(self, column: Column, variable: str) -> Verdict:
        """How a column of texts goes with the units of a variable."""
        return shared(column.share_of(lambda text: self.unit(variable, text) is not None), "content-units", Fit.FITS)

    def unit(self, variable: str, text: str) -> str | None:
        """The UCUM code of a unit that a variable is measured in; of any variable's where none is told."""
        known = self._standard.variable.get(variable)
        of = (known,) if known is not None and known.units else self._standard.observed
        written = text.strip().casefold().removesuffix(".")
        return next(
            (
                unit.code
                for each in of
                for unit in (*each.units, *each.mistaken_units)
                if written in {name.casefold() for name in (unit.code, *unit.also)}
            ),
            None,
        )


def _no_sizes(scores: Iterable[tuple[str, float]]) -> frozenset[str]:
    """The numbers such as 9999 that most of the children they stand at can't have as a size."""
    of_text: dict[str, list[float]] = {}
    for text, z in scores:
        if numeric_missing(text):
            of_text.setdefault(text, []).append(z)
    return frozenset(text for text, found in of_text.items() if abs(median(found)) > _ODD_Z)


def _by_age(scores: Iterable[float]) -> tuple[float, float] | None:
    """The share of values that a child of the age can have, and the middle z-score; None where no age is known."""
    known = [*scores]
    if len(known) < FEWEST:
        return None
    return sum(1 for z in known if abs(z) <= _MOST_Z) / len(known), median(known)


@lru_cache(maxsize=50_000)
def _score(measure: Measure, sex: Sex, age: int, size: float) -> float | None:
    return scoring(measure, sex)(age, size)
