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


def write_template(
    path: Path, standard: Standard, shape: Shape, language: Language, replaced: Path | None = None
) -> tuple[Path, ...]:
    """Write an empty template; what it is follows from the ending of ``path``, ``.xlsx`` or ``.csv``.

    The long shape as text is a file a sheet, named after ``path`` and the sheet. Returns the files that were written.
    Raises :class:`CallFault` for another ending and where a file is there that may be filled, but for one that is
    known to be ``replaced``, and :class:`~ldbu_desktop.faults.OutputFault` where it can't be written.
    """
    for target in _files(path, _sheets(Vocabulary(standard), shape)):
        if target != replaced and _is_there(target):
            raise CallFault("template-exists", file=target.name)
    return write_tables(path, standard, shape, language, NO_ROWS)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # It can't be named so, which is told where it is written.
        return False


def _sheets(vocabulary: Vocabulary, shape: Shape) -> Sequence[TemplateSheet]:
    return long_template(vocabulary) if shape == "long" else wide_template(vocabulary)


def _files(path: Path, sheets: Sequence[TemplateSheet]) -> list[Path]:
    """The files that a template is: one, or as text one a sheet."""
    if path.suffix.lower() != ".csv" or len(sheets) == 1:
        return [path]
    return [path.with_stem(f"{path.stem}-{sheet.name.lower()}") for sheet in sheets]


def write_tables(path: Path, standard: Standard, shape: Shape, language: Language, rows: SheetRows) -> tuple[Path, ...]:
    """Write a template that is filled with ``rows``."""
    vocabulary = Vocabulary(standard)
    sheets = _sheets(vocabulary, shape)
    ending = path.suffix.lower()
    if ending == ".xlsx":
        from ldbu_desktop.mapping.template_workbook import template_workbook

        workbook = template_workbook(sheets, answer_lists(vocabulary), language, rows)
        write_saved(path, workbook.save)
        return (path,)
    if ending != ".csv":
        raise CallFault("template-kind-unknown", file=path.name)
    written = _files(path, sheets)
    for target, sheet in zip(written, sheets, strict=True):
        write_whole(target, partial(_write_text, sheet, rows.get(sheet.name, ())))
    return tuple(written)


def _write_text(sheet: TemplateSheet, rows: Sequence[Sequence[str]], path: Path) -> None:
    """Semicolons and a byte order mark: as spreadsheets in Denmark open text files."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow([column.header for column in sheet.columns])
        writer.writerows(rows)
