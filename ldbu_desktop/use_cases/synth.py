"""Make families that nobody is, whole childhoods up to a day, and write them in the form that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.bundles.parcels import Layout, Staging, staging
from ldbu_desktop.faults import CallFault
from ldbu_desktop.findings.catalogue import finding_types
from ldbu_desktop.journal.model import Family
from ldbu_desktop.language import Text
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.nearest import nearest
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.childhood import shipped_childhood
from ldbu_desktop.synthetic.families import FamilyMaker
from ldbu_desktop.synthetic.faults.model import Planted
from ldbu_desktop.synthetic.faults.planting import Planting, not_planted, plantable
from ldbu_desktop.synthetic.faults.table_cases import TableCases
from ldbu_desktop.synthetic.histories import history_of
from ldbu_desktop.synthetic.reports import MadeReport, reports_of
from ldbu_desktop.synthetic.tables import given_sheets, long_sheets, parts, texts, wide_sheets, workbook
from ldbu_desktop.work import Cancellation, Progress, Step, no_progress

FIRST_DAY, LAST_DAY = date(2008, 1, 1), date(2036, 12, 31)
"""The days on which families can be: CPR numbers of the persons in them tell their century so far."""

FAMILIES_A_FILE = 100
STEM = "familier"
FAULTY = "fejl"
EXPECTED = "expected.json"
EVERY_FAULT = "all"
"""The word for every fault that a form can hold."""

__all__ = (
    "FileType",
    "Form",
    "Layout",
    "PlantableFault",
    "SynthOptions",
    "Synthesized",
    "plantable_faults",
    "synthesize",
)


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


@dataclass(slots=True)
class Synthesized:
    """What was made."""

    families: int = 0
    visits: int = 0
    files: int = 0
    faults: int = 0


def synthesize(
    options: SynthOptions,
    standard: Standard,
    folder: Path,
    progress: Progress = no_progress,
    cancellation: Cancellation | None = None,
) -> Synthesized:
    """Write families to a folder; the same options give the same bytes anywhere.

    Raises :class:`CallFault` for a day on which no families can be and for a fault that can't be planted in the form,
    :class:`~ldbu_desktop.faults.OutputFault` where the folder can't be written to, and
    :class:`~ldbu_desktop.faults.Cancelled` when asked to stop; then it is as it was.
    """
    if not FIRST_DAY <= options.on <= LAST_DAY:
        raise CallFault("synth-day", first=FIRST_DAY, last=LAST_DAY)
    faults = _faults(options, standard)
    made = Synthesized(faults=len(faults))
    maker = FamilyMaker(standard, shipped_childhood(), options.seed, options.on)
    cancellation = cancellation or Cancellation()

    def families() -> Iterator[Family]:
        for family in maker.families(options.families, published=options.published):
            cancellation.check()
            made.families += 1
            made.visits += len(family.visits)
            progress(Step(made.families, options.families, "family"))
            yield family

    with staging(folder) as staged:
        files = _Files(staged, options, maker.vocabulary)
        files.write(families())
        if faults:
            files.plant(faults, Planting(maker, options.seed, options.on))
        staged.put()
        made.files = files.written
    return made


@dataclass(frozen=True, slots=True)
class PlantableFault:
    """A code with the forms that it can be planted in, or the reason why it can be in none."""

    code: str
    forms: tuple[str, ...] = ()
    reason: Text | None = None


def plantable_faults(standard: Standard) -> Iterator[PlantableFault]:
    """Every code in the order of the catalogue."""
    can, not_one = plantable(standard), not_planted()
    for code in finding_types():
        yield PlantableFault(code, can.get(code, ()), not_one.get(code))


def _faults(options: SynthOptions, standard: Standard) -> tuple[str, ...]:
    """The codes that are to be planted. Raises :class:`CallFault` for one that the form can't hold."""
    can = plantable(standard)
    if EVERY_FAULT in options.faults:
        return tuple(code for code, forms in can.items() if options.form in forms)
    for code in options.faults:
        if code not in finding_types():
            known = finding_types()
            raise CallFault("code-unknown", code=code, nearest=nearest(code, known) or next(iter(known)))
        if code not in can:
            raise CallFault("synth-fault-nowhere", code=code)
        if options.form not in can[code]:
            raise CallFault("synth-fault-form", code=code, form=can[code][0])
    return tuple(dict.fromkeys(options.faults))


class _Files:
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
        for sheet, content in texts(filled):
            self._write(f"{FAULTY}-{sheet.lower()}.csv", content)
        yield from (replace(one, file=f"{FAULTY}-*.csv") for one in cases.planted)

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
        """A text file a sheet, which grows with every part."""
        names: list[str] = []
        for part in parts(families, FAMILIES_A_FILE):
            is_first = not names
            for sheet, content in texts(long_sheets(part, self._standard), with_headings=is_first):
                name = f"{STEM}-{sheet.lower()}.csv"
                if is_first:
                    self._staged.open(name)
                    names.append(name)
                self._staged.add(name, content)
        for name in names:
            self._staged.close(name)
        self.written += len(names)

    def _reports(self, reports: Iterable[MadeReport]) -> None:
        layout = self._options.layout
        if layout is Layout.NDJSON:
            name = f"{self._options.form}.ndjson"
            self._staged.open(name)
            for report in reports:
                self._staged.add(name, json_text(report.bundle) + b"\n")
            self._staged.close(name)
            self.written += 1
            return
        for report in reports:
            text = json_text(report.bundle, is_pretty=layout is Layout.PRETTY)
            self._write(f"{report.name}.json", text + b"\n")
