"""Whether what stands in a column can be what its header says, and can hardly be anything else.

A verdict is ``FITS`` only where the content tells the variable from what else the file may hold: by growth at the
child's age, by a mother's age at birth, by words that are said of this variable alone. Content that would do for other
columns as well is ``POSSIBLE``, and content that can't be it is ``CONTRADICTS``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from statistics import median

from ldbu_desktop.growth.child import sex_of
from ldbu_desktop.growth.model import Measure, Sex
from ldbu_desktop.growth.scores import scoring
from ldbu_desktop.journal.fields import CITIZEN_ORGANISATION, OBSERVATION_MISSING_REASON
from ldbu_desktop.journal.identity import birth_date
from ldbu_desktop.journal.model import Moment
from ldbu_desktop.mapping import date_forms, number_forms, readings
from ldbu_desktop.mapping.links import ContentKind, Evidence, Part, Subject
from ldbu_desktop.mapping.proposing.answers import AnswerBook, Answers, Match, missing_reason, numeric_missing
from ldbu_desktop.mapping.proposing.lexicon import words_of
from ldbu_desktop.mapping.proposing.profiles import Column
from ldbu_desktop.mapping.proposing.texts import TextKind, is_cpr, is_four_digit_clock, text_kind
from ldbu_desktop.standard.model import REFERENCE_UNITS, Item, Standard, Variable

_MOST = 0.95
_MANY = 0.8
_SOME = 0.5
_FEWEST = 3
"""Fewer values than this tell nothing for certain."""
_DAYS_A_YEAR = 365.25
_CHILD_YEARS = 20
_PARENT_YEARS = (13, 70)
_SOR_DIGITS = 11
_FEW = 12
_STEM = 5
"""So many letters of a word tell it from others."""
_MOST_GRADE = 2
"""So few digits grade something, and name nothing."""
_MOST_MEDIAN_Z = 1.6
_MOST_Z = 6.0
_ODD_Z = 4.0
_LATEST_YEARS = 3
_EARLIEST_YEAR = 1990
_MOST_MISSING = 0.34


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


class Agreement:
    """Holds columns against variables of one standard. ``today`` bounds what can have been."""

    def __init__(self, standard: Standard, answers: AnswerBook, today: date) -> None:
        self.standard = standard
        self.answers = answers
        self.today = today

    def verdict(
        self,
        column: Column,
        cells: Sequence[str],
        variable: str,
        part: Part,
        context: Context,
        *,
        subject: Subject | None = None,
        unit: str | None = None,
        codes: Mapping[str, str] | None = None,
    ) -> Verdict:
        """How a column goes with a part of a variable.

        ``cells`` are those of the kept rows, ``codes`` the texts of its codes where a list explains them.
        """
        if not column.told:
            return Verdict(Fit.EMPTY, 0.0, [Evidence("content-empty")])
        if part is Part.CPR:
            return self._cpr(column, cells, context, subject)
        if part is Part.TIME:
            times = column.share_of(lambda text: text_kind(text) is TextKind.TIME or is_four_digit_clock(text))
            return _shared(times, "content-times", Fit.FITS)
        if part in (Part.START, Part.END, Part.DATE):
            return self._moment(column)
        if part is Part.UNIT:
            return self._units(column, variable)
        if part is Part.MISSING_REASON:
            return self._reasons(column)
        if variable == CITIZEN_ORGANISATION:
            return self._organisation(column)
        if "/" in variable:
            return self._question(column, variable)
        known = self.standard.variable.get(variable)
        if known is None:
            return Verdict(Fit.POSSIBLE, 1.0)
        if known.kind == "quantity":
            return self.quantity(column, cells, known, context, unit)
        answers = self.answers.of(variable)
        if answers is not None:
            return self._coded(column, answers, variable, codes)
        is_text = (
            column.kind not in (ContentKind.CPR, ContentKind.DATE, ContentKind.TIME)
            and column.share(TextKind.DATE, TextKind.MOMENT, TextKind.CPR) == 0
            and not all(text.strip().isdigit() and len(text.strip()) <= _MOST_GRADE for text, _ in column.values())
        )
        return Verdict(
            Fit.POSSIBLE if is_text else Fit.CONTRADICTS, 1.0 if is_text else 0.0, [Evidence("content-text")]
        )

    # --- who ----------------------------------------------------------------------------------------------------------

    def _cpr(self, column: Column, cells: Sequence[str], context: Context, subject: Subject | None) -> Verdict:
        share = column.share_of(is_cpr)
        if share < _MANY:
            return Verdict(Fit.CONTRADICTS, share, [Evidence("content-no-cpr", {"share": _percent(share)})])
        numbers = {number for text, _ in column.values() if (number := readings.cpr(text)) is not None and is_cpr(text)}
        births = {number: born for number in numbers if (born := birth_date(number)) is not None}
        found = [Evidence("content-cpr", {"share": _percent(share)})]
        if subject in (None, Subject.CHILD):
            fits = self._children(cells, births, context)
            code = "cpr-of-children"
        else:
            fits = self._parents(cells, numbers, births, context, subject)
            code = "cpr-of-parents"
        if fits < _MANY:
            return Verdict(Fit.CONTRADICTS, fits, [*found, Evidence(f"not-{code}", {"share": _percent(fits)})])
        is_sure = share >= _MOST and fits >= _MOST and len(numbers) > 1
        return Verdict(
            Fit.FITS if is_sure else Fit.POSSIBLE, share, [*found, Evidence(code, {"share": _percent(fits)})]
        )

    def _children(self, cells: Sequence[str], births: Mapping[str, date], context: Context) -> float:
        """The share of numbers that can be a child's at the visit."""
        ages = []
        for position, text in enumerate(cells):
            born = births.get(readings.cpr(text) or "")
            if born is not None:
                day = context.days[position] if position < len(context.days) else None
                ages.append(((day or self.today) - born).days / _DAYS_A_YEAR)
        most = _CHILD_YEARS if any(context.days) else 31
        return sum(1 for age in ages if -0.02 <= age <= most) / len(ages) if ages else 0.0

    def _parents(
        self, cells: Sequence[str], numbers: set[str], births: Mapping[str, date], context: Context, subject: Subject
    ) -> float:
        """The share of numbers that can be of a parent: grown up at the child's birth, and of the sex that is told."""
        fits = counted = 0
        for position, text in enumerate(cells):
            number = readings.cpr(text)
            born = births.get(number or "")
            if number is None or born is None:
                continue
            counted += 1
            child = context.births[position] if position < len(context.births) else None
            day = child or (context.days[position] if position < len(context.days) else None) or self.today
            years = (day - born).days / _DAYS_A_YEAR
            is_other = not context.cprs or context.cprs[position] != number
            fits += is_other and _PARENT_YEARS[0] <= years <= _PARENT_YEARS[1]
        share = fits / counted if counted else 0.0
        sexes = [sex_of(number) for number in numbers]
        if subject is Subject.PARENT_1 and sexes:
            share = min(share, sum(sex is Sex.FEMALE for sex in sexes) / len(sexes))
        if subject is Subject.PARENT_2 and sexes and sum(sex is Sex.MALE for sex in sexes) / len(sexes) < _SOME:
            share = min(share, _SOME)
        return share

    def _organisation(self, column: Column) -> Verdict:
        share = column.share_of(lambda text: len(readings.sor(text) or "") >= _SOR_DIGITS)
        if share < _MANY:
            return Verdict(Fit.CONTRADICTS, share, [Evidence("content-no-sor", {"share": _percent(share)})])
        return Verdict(
            Fit.FITS if share >= _MOST and len(column.texts) <= _FEW else Fit.POSSIBLE, share, [Evidence("content-sor")]
        )

    # --- when ---------------------------------------------------------------------------------------------------------

    def _moment(self, column: Column) -> Verdict:
        moments = self.moments(column)
        values = list(column.values())
        told = sum(count for _, count in values)
        read = sum(count for text, count in values if moments.get(text) is not None)
        share = read / told
        if share < _SOME:
            is_date = column.share(TextKind.DATE, TextKind.MOMENT) >= _MANY
            code = "date-order-unknown" if is_date else "content-no-dates"
            return Verdict(
                Fit.POSSIBLE if is_date else Fit.CONTRADICTS, share, [Evidence(code, {"share": _percent(share)})]
            )
        days = [_day(moment) for moment in moments.values() if moment is not None]
        usual = sum(1 for day in days if _EARLIEST_YEAR <= day.year <= self.today.year + _LATEST_YEARS) / len(days)
        if usual < _MANY:
            return Verdict(Fit.CONTRADICTS, usual, [Evidence("content-old-dates")])
        fit = Fit.FITS if share >= _MOST and len(days) >= _FEWEST else Fit.POSSIBLE
        return Verdict(fit, share, [Evidence("content-dates", {"share": _percent(share)})])

    def moments(self, column: Column) -> Mapping[str, Moment | None]:
        """What the texts of a column of dates mean; None for those that can't be known."""
        texts = [text for text, _ in column.values()]
        alone: dict[str, Moment | None] = {text: readings.moment(text) for text in texts}
        if any(read is None or date_forms.needs_column(text) for text, read in alone.items()):
            alone |= date_forms.read_by_column(texts, self.today.year + 1)
        return alone

    # --- how much -----------------------------------------------------------------------------------------------------

    def quantity(
        self, column: Column, cells: Sequence[str], variable: Variable, context: Context, unit: str | None
    ) -> Verdict:
        """How a column of numbers goes with what is measured, in the unit that is told or the likeliest."""
        numeric = column.share(TextKind.WHOLE, TextKind.NUMBER)
        if numeric < _MANY:
            return Verdict(Fit.CONTRADICTS, numeric, [Evidence("content-no-numbers", {"share": _percent(numeric)})])
        factors = {each.code: each.factor for each in variable.units}
        mistaken = {each.code: each.factor for each in variable.mistaken_units}
        tried = [unit] if unit in factors or unit in mistaken else list(factors)
        best = Verdict(Fit.CONTRADICTS, -1.0)
        also = ""
        for code in tried:
            factor = factors.get(code or "") or mistaken[code or ""]
            verdict = self._in_unit(column, cells, variable, context, factor)
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
        self, column: Column, cells: Sequence[str], variable: Variable, context: Context, factor: Decimal
    ) -> Verdict:
        lows, highs = zip(*((each.low, each.high) for each in variable.ranges), strict=True)
        limits = number_forms.ValueLimits(min(lows) / factor, max(highs) / factor)
        numbers = self.numbers(column, limits)
        odd = self._no_sizes(cells, numbers, variable, context, factor)
        missing = frozenset(
            text
            for text, number in numbers.items()
            if number is not None and numeric_missing(text) and (text in odd or not limits.hold(number))
        ) | frozenset(column.missing)
        counted = {text: count for text, count in column.values() if text not in missing}
        told = sum(counted.values())
        if not told:
            return Verdict(Fit.EMPTY, 0.0, [Evidence("content-empty")], missing=missing)
        within = sum(
            count
            for text, count in counted.items()
            if (number := numbers.get(text)) is not None and limits.hold(number)
        )
        share = within / told
        if share < _MANY:
            return Verdict(
                Fit.CONTRADICTS, share, [Evidence("content-outside", {"share": _percent(share)})], missing=missing
            )
        by_age = self._by_age(cells, numbers, variable, context, factor, missing)
        if by_age is None:
            return Verdict(
                Fit.POSSIBLE, share, [Evidence("content-within", {"share": _percent(share)})], missing=missing
            )
        fits, middle = by_age
        facts: dict[str, str | int | float] = {"share": _percent(fits)}
        if fits < _MANY or abs(middle) > _MOST_MEDIAN_Z:
            return Verdict(Fit.CONTRADICTS, min(share, fits), [Evidence("content-not-growth", facts)], missing=missing)
        is_sure = share >= _MOST and fits >= _MOST
        return Verdict(
            Fit.FITS if is_sure else Fit.POSSIBLE,
            min(share, fits),
            [Evidence("content-growth", facts)],
            missing=missing,
        )

    def numbers(self, column: Column, limits: number_forms.ValueLimits | None) -> Mapping[str, Decimal | None]:
        """The numbers of a column by their texts; None for a text that is none, or that can be two."""
        texts = [text for text, _ in column.values()]
        read: dict[str, Decimal | None] = {}
        for text in texts:
            amount = readings.amount(text)
            read[text] = amount.number if amount is not None else None
        if any(map(number_forms.has_two_readings, texts)):
            read |= number_forms.read_by_column(texts, limits)
        return read

    def _no_sizes(
        self,
        cells: Sequence[str],
        numbers: Mapping[str, Decimal | None],
        variable: Variable,
        context: Context,
        factor: Decimal,
    ) -> frozenset[str]:
        """The numbers such as 9999 that most of the children they stand at can't have as a size."""
        asked = {text for text in numbers if numeric_missing(text)}
        if not asked:
            return frozenset()
        scores: dict[str, list[float]] = {text: [] for text in asked}
        for text, z in self._scores(cells, numbers, variable, context, factor):
            if text in scores:
                scores[text].append(z)
        return frozenset(text for text, found in scores.items() if found and abs(median(found)) > _ODD_Z)

    def _by_age(
        self,
        cells: Sequence[str],
        numbers: Mapping[str, Decimal | None],
        variable: Variable,
        context: Context,
        factor: Decimal,
        missing: frozenset[str],
    ) -> tuple[float, float] | None:
        """The share of values that a child of the age can have, and the middle z-score; None where no age is known."""
        found = self._scores(cells, numbers, variable, context, factor)
        scores = [z for text, z in found if text not in missing]
        if len(scores) < _FEWEST:
            return None
        return sum(1 for z in scores if abs(z) <= _MOST_Z) / len(scores), median(scores)

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

    def _units(self, column: Column, variable: str) -> Verdict:
        return _shared(column.share_of(lambda text: self.unit(variable, text) is not None), "content-units", Fit.FITS)

    def unit(self, variable: str, text: str) -> str | None:
        """The UCUM code of a unit that a variable is measured in; of any variable's where none is told."""
        known = self.standard.variable.get(variable)
        of = (known,) if known is not None and known.units else self.standard.observed
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

    # --- what ---------------------------------------------------------------------------------------------------------

    def _reasons(self, column: Column) -> Verdict:
        answers = self.answers.of(OBSERVATION_MISSING_REASON)
        filled = sum(column.texts.values())
        read = sum(
            count
            for text, count in column.texts.items()
            if answers is not None and answers.match(text).match is not Match.NOTHING
        )
        share = read / filled if filled else 0.0
        if share >= _MANY:
            return Verdict(
                Fit.POSSIBLE if share < _MOST else Fit.FITS,
                share,
                [Evidence("content-reasons", {"share": _percent(share)})],
            )
        is_text = column.kind in (ContentKind.CODE, ContentKind.TEXT)
        return Verdict(
            Fit.POSSIBLE if is_text else Fit.CONTRADICTS,
            share,
            [Evidence("content-reasons", {"share": _percent(share)})],
        )

    def _question(self, column: Column, variable: str) -> Verdict:
        questionnaire_id, link_id = variable.split("/", 1)
        item = self.standard.questionnaire[questionnaire_id].by_link_id[link_id]
        if item.type == "integer":
            return self._points(column, item)
        answers = self.answers.of(variable)
        return self._coded(column, answers, variable, None) if answers is not None else Verdict(Fit.POSSIBLE, 1.0)

    def _points(self, column: Column, item: Item) -> Verdict:
        most = item.max if item.max is not None else 100
        share = column.share_of(
            lambda text: (number := readings.whole_number(text)) is not None and (item.min or 0) <= number <= most
        )
        if share < _MANY:
            return Verdict(
                Fit.CONTRADICTS, share, [Evidence("content-not-points", {"share": _percent(share), "high": most})]
            )
        return Verdict(Fit.POSSIBLE, share, [Evidence("content-points", {"share": _percent(share), "high": most})])

    def _coded(self, column: Column, answers: Answers, variable: str, codes: Mapping[str, str] | None) -> Verdict:
        plain = specific = asked = told = said = 0
        kinds: list[bool] = []
        for text, count in column.values():
            explained = (codes or {}).get(text)
            answer = answers.match(explained if explained is not None else text)
            if explained is not None and answer.match is Match.MISSING:
                continue
            told += count
            kinds.append(answer.code is not None)
            if answer.code is not None:
                plain += count
                said += count if answer.is_plain and self._is_worded_so(variable, answer.code, explained or text) else 0
                specific += (
                    count
                    if answer.match in (Match.STANDARD, Match.SYNONYM)
                    and explained is None
                    and self._is_telling(variable, text)
                    else 0
                )
            elif answer.match is Match.QUESTION:
                asked += count
        if not told:
            return Verdict(Fit.EMPTY, 0.0, [Evidence("content-empty")])
        share, understood = plain / told, (plain + asked) / told
        facts: dict[str, str | int | float] = {"share": _percent(share)}
        if understood < _SOME and not (sum(kinds) > len(kinds) * _SOME and len(kinds) >= _FEWEST):
            # The one answer that is not known may be the one that most have given.
            return Verdict(Fit.CONTRADICTS, share, [Evidence("content-not-codes", facts)])
        if share >= _MANY and specific / told >= 0.2:
            return Verdict(Fit.FITS, share, [Evidence("content-codes", facts)], said=said / told)
        code = "content-codes-by-list" if codes else "content-codes-of-others"
        evidence = [Evidence(code if share >= _SOME else "content-codes-in-part", facts)]
        return Verdict(Fit.POSSIBLE, share, evidence, said=said / told)

    def _is_worded_so(self, variable: str, code: str, text: str) -> bool:
        """Whether a text has a word of the standard's own term for its code: others are said of much alike."""
        known = self.standard.variable.get(variable)
        concept = self.standard.concepts(known).get(code) if known is not None and known.value_set else None
        own = (
            {word[:_STEM] for each in (concept.term, concept.english) for word in words_of(each)} if concept else set()
        )
        return any(word[:_STEM] in own for word in words_of(text) if len(word) >= _STEM)

    def _is_telling(self, variable: str, text: str) -> bool:
        """Whether a value is said of this variable alone: an answer that another one has as well tells nothing."""
        return len(self.speakers(text)) == 1

    def reads_as(self, text: str, variable: str) -> bool:
        """Whether one value by itself can be of a variable: a known answer, or a size at some age."""
        answers = self.answers.of(variable)
        if answers is not None:
            return answers.match(text).match is not Match.NOTHING
        if missing_reason(text) is not None:
            return True
        known = self.standard.variable.get(variable)
        amount = readings.amount(text)
        if known is None or not known.ranges:
            return amount is not None
        if amount is None:
            return number_forms.has_two_readings(text)
        size = amount.number
        low, high = min(each.low for each in known.ranges), max(each.high for each in known.ranges)
        return any(low <= size * unit.factor <= high for unit in known.units)

    def are_answers(self, texts: Collection[str]) -> bool:
        """Whether most of some texts are answers of one and the same variable."""
        coded = (each.id for each in self.standard.variables if each.kind == "concept" and each.value_set)
        return any(
            answers is not None
            and sum(answers.match(text).code is not None for text in texts) >= max(_FEWEST - 1, len(texts) * _SOME)
            for answers in map(self.answers.of, coded)
        )

    def speakers(self, text: str) -> frozenset[str]:
        """The variables that a text is an answer of."""
        return _speakers(self.answers, self.standard, text)


@lru_cache(maxsize=50_000)
def _speakers(answers: AnswerBook, standard: Standard, text: str) -> frozenset[str]:
    found = set()
    for variable in standard.variables:
        if variable.record in ("observation", "visit", "intervention") and variable.kind == "concept":
            of = answers.of(variable.id)
            if of is not None and of.plainly(text) in (Match.STANDARD, Match.SYNONYM):
                found.add(variable.id)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def _score(measure: Measure, sex: Sex, age: int, size: float) -> float | None:
    return scoring(measure, sex)(age, size)


def _shared(share: float, code: str, fit: Fit) -> Verdict:
    facts: dict[str, str | int | float] = {"share": _percent(share)}
    if share < _SOME:
        return Verdict(Fit.CONTRADICTS, share, [Evidence(f"not-{code}", facts)])
    return Verdict(fit if share >= _MOST else Fit.POSSIBLE, share, [Evidence(code, facts)])


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _percent(share: float) -> int:
    return int(share * 100)
