"""Families as files: tables, reports or a history, written part by part, with planted faults beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.parcels import Layout, Staging
from ldbu_desktop.journal.model import Family
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.sources.limits import FILE_BYTES
from ldbu_desktop.synthetic.faults.model import Planted
from ldbu_desktop.synthetic.faults.planting import Planting
from ldbu_desktop.synthetic.faults.table_cases import TableCases
from ldbu_desktop.synthetic.histories import history_of
from ldbu_desktop.synthetic.reports import MadeReport, reports_of
from ldbu_desktop.synthetic.tables import given_sheets, long_sheets, parts, texts, wide_sheets, workbook

FAMILIES_A_FILE = 100
STEM = "familier"
FAULTY = "fejl"
EXPECTED = "expected.json"
EVERY_FAULT = "all"
"""The word for every fault that a form can hold."""


class Form(StrEnum):
    """What families are written as."""

    LONG = "long"
    WIDE = "wide"
    FHIR = "fhir"
    HISTORY = "history"


class FileType(StrEnum):
    """What tables are written as."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class SynthOptions:
    """Which families are made, and what they are written as.

    ``faults`` are the codes that are planted beside them, each in a case of its own; :data:`EVERY_FAULT` stands for all
    that the form can hold. ``published``: the first family is made of the persons whose numbers the guide has
    published for tests.
    """

    families: int
    seed: int
    on: date
    form: Form = Form.LONG
    file_type: FileType = FileType.XLSX
    layout: Layout = Layout.PRETTY
    published: bool = False
    faults: tuple[str, ...] = ()


class FamilyFiles:
    """The files of one call, written part by part so that memory does not grow with the families."""

    def __init__(self, staged: Staging, options: SynthOptions, vocabulary: Vocabulary) -> None:
        self._staged = staged
        self._options = options
        self._vocabulary = vocabulary
        self._standard = vocabulary.standard
        self.written = 0

    def write(self, families: Iterable[Family]) -> None:
        """Write all families."""
        if self._options.form is Form.FHIR:
            self._reports(report for family in families for report in reports_of(family, self._vocabulary))
        elif self._options.form is Form.HISTORY:
            options, words = self._options, self._vocabulary
            self._reports(
                report for family in families for report in history_of(family, words, options.seed, options.on)
            )
        elif self._options.form is Form.LONG and self._options.file_type is FileType.CSV:
            self._long_texts(families)
        else:
            self._tables(families)

    def plant(self, codes: tuple[str, ...], planting: Planting) -> None:
        """Write a case of each code, and what is expected to be found in it."""
        planted: list[Planted] = []
        if self._options.form is Form.LONG:
            planted += self._plant_rows(planting.tables(codes))
        elif self._options.form is Form.FHIR:
            for case in planting.reports(codes):
                name = f"{FAULTY}-{case.planted.code}.json"
                self._write(name, case.text + b"\n")
                planted.append(replace(case.planted, file=name))
        elif self._options.form is Form.HISTORY:
            for history in planting.histories(codes):
                for name, text in history.reports.items():
                    self._write(name, text)
                planted.append(history.planted)
        for spoiled in planting.files(codes):
            name = f"{FAULTY}-{spoiled.planted.code}{spoiled.ending}"
            self._write(name, spoiled.content)
            planted.append(replace(spoiled.planted, file=name))
        planted.sort(key=lambda one: codes.index(one.code))
        expected = {"on": self._options.on.isoformat(), "seed": self._options.seed}
        told = {**expected, "faults": [one.told() for one in planted]}
        self._write(EXPECTED, json_text(told, is_pretty=True) + b"\n")

    def _plant_rows(self, cases: TableCases) -> Iterator[Planted]:
        if not cases.planted:
            return
        filled = given_sheets(cases.rows, self._standard)
        if self._options.file_type is FileType.XLSX:
            self._write(f"{FAULTY}.xlsx", workbook(filled, self._standard))
            yield from (replace(one, file=f"{FAULTY}.xlsx") for one in cases.planted)
            return
        stems = {}
        for sheet, content in texts(filled):
            stems[sheet] = f"{FAULTY}-{sheet.lower()}"
            self._write(f"{stems[sheet]}.csv", content)
        yield from (one.in_texts(stems) for one in cases.planted)

    def _write(self, name: str, content: bytes) -> None:
        self._staged.write(name, content)
        self.written += 1

    def _tables(self, families: Iterable[Family]) -> None:
        """Tables of so many families a file, each whole by itself."""
        make = long_sheets if self._options.form is Form.LONG else wide_sheets
        for number, part in enumerate(parts(families, FAMILIES_A_FILE), 1):
            filled = make(part, self._standard)
            if self._options.file_type is FileType.XLSX:
                self._write(f"{STEM}-{number}.xlsx", workbook(filled, self._standard))
            else:
                for _, content in texts(filled):
                    self._write(f"{STEM}-{number}.csv", content)

    def _long_texts(self, families: Iterable[Family]) -> None:
        """A text file a sheet, which grows with every part as long as readers take it."""
        sizes: dict[str, int] = {}
        stem, sets = STEM, 0
        for part in parts(families, FAMILIES_A_FILE):
            made = dict(texts(long_sheets(part, self._standard), with_headings=False))
            sheets = {sheet: f"{stem}-{sheet.lower()}.csv" for sheet in made}
            is_full = any(sizes.get(sheets[sheet], 0) + len(made[sheet]) > FILE_BYTES for sheet in made)
            if not sizes or is_full:
                self._close_all(sizes)
                sets += 1
                stem = STEM if sets == 1 else f"{STEM}-{sets}"
                made = dict(texts(long_sheets(part, self._standard), with_headings=True))
                sheets = {sheet: f"{stem}-{sheet.lower()}.csv" for sheet in made}
                sizes = dict.fromkeys(sheets.values(), 0)
                for name in sizes:
                    self._staged.open(name)
            for sheet, content in made.items():
                self._staged.add(sheets[sheet], content)
                sizes[sheets[sheet]] += len(content)
        self._close_all(sizes)

    def _close_all(self, names: Iterable[str]) -> None:
        for name in names:
            self._staged.close(name)
            self.written += 1

    def _reports(self, reports: Iterable[MadeReport]) -> None:
        layout = self._options.layout
        if layout is Layout.NDJSON:
            self._lines(json_text(report.bundle) + b"\n" for report in reports)
            return
        for report in reports:
            text = json_text(report.bundle, is_pretty=layout is Layout.PRETTY)
            self._write(f"{report.name}.json", text + b"\n")

    def _lines(self, lines: Iterable[bytes]) -> None:
        """Lines in as few files as readers take."""
        size: dict[str, int] = {}
        for line in lines:
            name = next(iter(size), "")
            if not size or size[name] + len(line) > FILE_BYTES:
                self._close_all(size)
                name = f"{self._options.form}{f'-{self.written + 1}' if size else ''}.ndjson"
                self._staged.open(name)
                size = {name: 0}
            self._staged.add(name, line)
            size[name] += len(line)
        self._close_all(size)
