"""Templates: an empty workbook or text file of one of our two shapes, with answers to choose from and explanations."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from ldbu_desktop.faults import CallFault
from ldbu_desktop.language import Language
from ldbu_desktop.mapping.template_sheets import TemplateSheet, answer_lists, long_template, wide_template
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.whole_files import write_saved, write_whole

Shape = Literal["long", "wide"]
SheetRows = Mapping[str, Sequence[Sequence[str]]]
"""The rows of each sheet by its name."""

NO_ROWS: SheetRows = {}


def write_template(path: Path, standard: Standard, shape: Shape, language: Language) -> tuple[Path, ...]:
    """Write an empty template; what it is follows from the ending of ``path``, ``.xlsx`` or ``.csv``.

    The long shape as text is a file a sheet, named after ``path`` and the sheet. Returns the files that were written.
    Raises :class:`CallFault` for another ending, and :class:`~ldbu_desktop.faults.OutputFault` where it can't be
    written.
    """
    return write_tables(path, standard, shape, language, NO_ROWS)


def write_tables(path: Path, standard: Standard, shape: Shape, language: Language, rows: SheetRows) -> tuple[Path, ...]:
    """Write a template that is filled with ``rows``."""
    vocabulary = Vocabulary(standard)
    sheets = long_template(vocabulary) if shape == "long" else wide_template(vocabulary)
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from ldbu_desktop.mapping.template_workbook import template_workbook

        workbook = template_workbook(sheets, answer_lists(vocabulary), language, rows)
        write_saved(path, workbook.save)
        return (path,)
    if ending != ".csv":
        raise CallFault("template-kind-unknown", file=path.name)
    written = [path if len(sheets) == 1 else path.with_stem(f"{path.stem}-{sheet.name.lower()}") for sheet in sheets]
    for target, sheet in zip(written, sheets, strict=True):
        write_whole(target, partial(_write_text, sheet, rows.get(sheet.name, ())))
    return tuple(written)


def _write_text(sheet: TemplateSheet, rows: Sequence[Sequence[str]], path: Path) -> None:
    """Semicolons and a byte order mark: as spreadsheets in Denmark open text files."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow([column.header for column in sheet.columns])
        writer.writerows(rows)
