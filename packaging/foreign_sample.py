"""Writes an export of a foreign journal and a map beside it, with all that can be said of columns and values by a map.

Everything at once: what is read by the map, what waits for a yes, what is left out, and what no map can say.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
from sample_workbooks import forget_time

from ldbu_desktop.journal.fields import CITIZEN_CPR, CITIZEN_ORGANISATION, VISIT_CLASS, VISIT_START, VISIT_TYPE
from ldbu_desktop.mapping.links import OBSERVATION_VALUE, OBSERVATION_VARIABLE, Part, Subject, TableShape
from ldbu_desktop.mapping.maps.model import VERSION, Decision, Map, MapColumn, MapConstant, MapTable, MapValue
from ldbu_desktop.mapping.maps.writing import ENDING, write_map
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.catalogue import shipped_standard

_VISITS, _MEASURES = "EKSPORT", "MÅL"
_NEED, _ESTABLISHMENT = "Behovskontakt med småbørnssundhedsplejen", "Etableringsbesøg"
_HOME, _EXCLUSIVE = "Hjemmebesøg", "Udelukkende amning"

SHEETS = {
    _VISITS: (
        "Barnets CPR;Dato;Besøgstype;Form;Vægt;Vægt kontrol;Tobak;Ernæring;Samspil;Bemærkninger;Distrikt",
        f"050520-9996;20-05-2020;12;{_HOME};3900;3910;nej;{_EXCLUSIVE};god;ringer;7",
        f"050520-9996;20-05-2020;13;{_HOME};3950;3950;nej;delvis amning;god;;7",
        f"050520-9996;25-05-2020;12;{_HOME};4010;4010;nej;se notat;god;;7",
        f"050520-9996;28-05-2020;12;{_HOME};4050;4050;nej;spurgt;god;;7",
    ),
    _MEASURES: (
        "Barnets CPR;Dato;Måling;Resultat",
        "050520-9996;20-05-2020;Længde;53",
        "050520-9996;25-05-2020;Længde;54",
    ),
    "KODELISTE": ("FELT;KODE;TEKST", f"Besøgstype;12;{_NEED}", f"Besøgstype;13;{_ESTABLISHMENT}"),
}
"""Two visits stand on one day, so that a measure of that day may belong to either."""


def write_foreign_export(folder: Path, name: str, organisation: str) -> None:
    """Write the export as a workbook in ``folder``, and its map beside it by the same name."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for sheet, rows in SHEETS.items():
        page = workbook.create_sheet(sheet)
        for row in rows:
            page.append(row.split(";"))
    path = folder / f"{name}.xlsx"
    workbook.save(path)
    forget_time(path)
    write_map(folder / f"{name}{ENDING}", _map(organisation))


def _map(organisation: str) -> Map:
    tables = (_visits(organisation), _measures())
    return Map(VERSION, "Fremmed journal", "1", "2025-12-01", "Eksempel", "2025-12-01", tables=tables)


def _visits(organisation: str) -> MapTable:
    checked = ("same-as-another",)
    return MapTable(
        TableShape.VISIT,
        _VISITS,
        ("Barnets CPR", "Dato"),
        (MapConstant(CITIZEN_ORGANISATION, organisation),),
        (
            _read("Barnets CPR", CITIZEN_CPR, Part.CPR, subject=Subject.CHILD),
            _read("Dato", VISIT_START, Part.START),
            _read("Besøgstype", VISIT_TYPE, values=(_means("12", VISIT_TYPE, _NEED),
                                                    _means("13", VISIT_TYPE, _ESTABLISHMENT))),
            _read("Form", VISIT_CLASS, values=(_means(_HOME, VISIT_CLASS, _HOME),)),
            _read("Vægt", "weight", unit="g", despite=checked),
            _read("Vægt kontrol", "weight", unit="g", despite=checked),
            _read("Tobak", "tobacco"),
            _read(
                "Ernæring",
                "feeding",
                values=(
                    _means(_EXCLUSIVE, "feeding", _EXCLUSIVE),
                    MapValue("delvis amning", Decision.PROPOSED),
                    MapValue("spurgt", Decision.LEFT_OUT),
                ),
            ),
            MapColumn("Bemærkninger", Decision.LEFT_OUT),
        ),
    )  # fmt: skip


def _measures() -> MapTable:
    return MapTable(
        TableShape.OBSERVATION,
        _MEASURES,
        ("Barnets CPR", "Dato"),
        columns=(
            _read("Barnets CPR", CITIZEN_CPR, Part.CPR, subject=Subject.CHILD),
            _read("Dato", VISIT_START, Part.START),
            _read(
                "Måling",
                OBSERVATION_VARIABLE,
                Part.NAME,
                values=(MapValue("Længde", Decision.APPROVED, "length"),),
            ),
            _read("Resultat", OBSERVATION_VALUE),
        ),
    )


def _read(
    header: str,
    variable: str,
    part: Part = Part.VALUE,
    *,
    subject: Subject | None = None,
    unit: str = "",
    despite: tuple[str, ...] = (),
    values: tuple[MapValue, ...] = (),
) -> MapColumn:
    return MapColumn(
        header, Decision.APPROVED, variable, part, subject=subject, unit=unit, despite=despite, values=values
    )


def _means(text: str, variable: str, answer: str) -> MapValue:
    """A text that is approved as the answer with that name in the standard."""
    code = Vocabulary(shipped_standard()).reading(variable)(answer)
    return MapValue(text, Decision.APPROVED, str(code))
