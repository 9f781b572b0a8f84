"""A comparison as tables, for a workbook and for paper: the same figures in the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ldbu_desktop.burden.assumptions import shipped_assumptions
from ldbu_desktop.burden.comparison import Compared, Comparison
from ldbu_desktop.burden.estimate import total
from ldbu_desktop.burden.facts import Texts, shipped_facts
from ldbu_desktop.burden.model import Band
from ldbu_desktop.language import Language
from ldbu_desktop.rendering.burden_words import name_of
from ldbu_desktop.rendering.tables import Cell, DataTable
from ldbu_desktop.standard.model import Standard


class _Tables:
    """Writes the tables of one comparison in one language."""

    def __init__(self, comparison: Comparison, standard: Standard, language: Language) -> None:
        self._comparison = comparison
        self._standard = standard
        self._language = language
        self._texts: Texts = shipped_facts().texts

    def all(self) -> tuple[DataTable, ...]:
        """Every table, the one that decides first."""
        return (
            self._table("comparison", ("what", *self._form_columns()), self._comparison_rows()),
            self._table("fields", ("what", "need", *self._form_columns()), self._field_rows()),
            self._table(
                "avoidable", ("form", "what", "why", "seconds-a-visit", "hours-a-year"), self._avoidable_rows()
            ),
            self._table("not-counted", ("form", "what", "seconds-a-visit"), self._not_counted_rows()),
            self._table(
                "assumptions",
                ("what", "low", "typical", "high", "unit", "changed", "basis", "source", "date"),
                self._assumption_rows(),
            ),
        )

    def _word(self, key: str) -> str:
        known = self._texts.words.get(key)
        return known[self._language] if known else key

    def _form_columns(self) -> tuple[str, ...]:
        return tuple(
            f"{each.found.form.title[self._language]}: {self._word(scenario)}"
            for each in self._comparison.forms
            for scenario in ("low", "typical", "high")
        )

    def _table(self, title: str, headings: tuple[str, ...], rows: Iterator[tuple[Cell, ...]]) -> DataTable:
        return DataTable(self._word(title), tuple(map(self._word, headings)), tuple(rows))

    def _name(self, name: str, each: Compared) -> str:
        return name_of(name, each.found.form, self._standard, self._language)

    def _bands(self, title: str, bands: Iterable[Band], digits: int = 1) -> tuple[Cell, ...]:
        return (title, *(cell for band in bands for cell in _cells(band, digits)))

    def _listed(self, key: str, listed: Iterable[Iterable[str]]) -> tuple[Cell, ...]:
        told = (", ".join(names) or self._word("none") for names in listed)
        return (self._word(key), *(cell for text in told for cell in (text, None, None)))

    def _comparison_rows(self) -> Iterator[tuple[Cell, ...]]:
        forms, word = self._comparison.forms, self._word
        yield self._bands(word("seconds-a-visit"), [each.found.seconds for each in forms])
        for need, text in self._texts.needs.items():
            yield self._bands(f"– {text[self._language]}", [each.found.by_need[need] for each in forms])
        for kind, text in self._texts.kinds.items():
            yield self._bands(f"– {text[self._language]}", [each.found.by_kind[kind] for each in forms])
        yield self._bands(word("seconds-more"), [each.seconds_more for each in forms])
        yield self._bands(word("family-seconds"), [total(each.found.family) for each in forms])
        yield self._bands(word("children-a-year"), [each.year.children for each in forms], 0)
        yield self._bands(word("hours-a-year"), [each.year.hours for each in forms])
        yield self._bands(word("hours-more"), [each.hours_more for each in forms])
        yield self._bands(word("dkk-a-year"), [each.year.dkk for each in forms], 0)
        yield self._bands(word("dkk-more"), [each.dkk_more for each in forms], 0)
        yield self._listed("unmet-rules", [[rule.invariant for rule in each.unmet_rules] for each in forms])
        yield self._listed("guide-lost", [self._names(each, each.lost_guide) for each in forms])
        yield self._listed("lost", [self._names(forms[0], each.lost) for each in forms])
        yield self._listed("gained", [self._names(each, each.gained) for each in forms])
        yield self._listed("parents", [[str(each.found.scene.parents)] for each in forms])

    def _names(self, each: Compared, names: Iterable[str]) -> list[str]:
        return [self._name(name, each) for name in names]

    def _field_rows(self) -> Iterator[tuple[Cell, ...]]:
        for row in self._comparison.rows:
            need = next((self._texts.needs[each][self._language] for each in row.needs if each is not None), "")
            name = next(
                self._name(row.name, each)
                for each, seconds in zip(self._comparison.forms, row.seconds, strict=True)
                if seconds is not None
            )
            cells = (cell for band in row.seconds for cell in (_cells(band, 2) if band else (None,) * 3))
            yield (name, need, *cells)

    def _avoidable_rows(self) -> Iterator[tuple[Cell, ...]]:
        for each in self._comparison.forms:
            for one in each.avoidable:
                why = self._texts.savings[one.saving][self._language]
                title, name = each.found.form.title[self._language], self._name(one.variable, each)
                yield (title, name, why, round(one.seconds.typical, 1), round(one.hours.typical, 1))

    def _not_counted_rows(self) -> Iterator[tuple[Cell, ...]]:
        """Each once, with the forms that leave it out."""
        found: dict[tuple[str, float | None], list[str]] = {}
        for each in self._comparison.forms:
            for one in each.found.not_counted:
                what = self._texts.not_counted[one.id][self._language]
                seconds = round(one.seconds.typical, 1) if one.seconds else None
                found.setdefault((what, seconds), []).append(each.found.form.title[self._language])
        for (what, seconds), titles in found.items():
            yield (
                self._word("all") if len(titles) == len(self._comparison.forms) else ", ".join(titles),
                what,
                seconds,
            )
        yield (self._word("all"), self._texts.accuracy[self._language], None)

    def _assumption_rows(self) -> Iterator[tuple[Cell, ...]]:
        used = self._comparison.forms[0].found.assumptions
        for each in shipped_assumptions().values():
            values = _cells(used[each.id], 4) if used.is_set(each.id) else (None,) * 3
            yield (
                each.label[self._language],
                *values,
                each.unit[self._language],
                self._word("yes") if each.id in used.changed else "",
                self._texts.bases[each.basis][self._language],
                each.source[self._language],
                each.date,
            )


def _cells(band: Band, digits: int) -> tuple[Cell, ...]:
    return round(band.low, digits), round(band.typical, digits), round(band.high, digits)


def tables(comparison: Comparison, standard: Standard, language: Language) -> tuple[DataTable, ...]:
    """The comparison as tables: what it costs, by field, what could be avoided, what is left out, what it rests on."""
    return _Tables(comparison, standard, language).all()
