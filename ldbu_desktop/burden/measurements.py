"""What was measured on this machine: predicted and active seconds by form and by variable, and nothing else.

No name, number or date stands in it that could lead to a person. It is kept where the system keeps a user's data: each
user of each device has a file of their own, and it never leaves the machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec
from platformdirs import user_data_path

from ldbu_desktop.burden.model import Band, MeasuredTime
from ldbu_desktop.faults import FileFault
from ldbu_desktop.json_text import NOT_READABLE
from ldbu_desktop.whole_files import make_folder, output_fault, write_whole

_VERSION = 1
_MOST_VISITS = 1000
_MOST_OF_A_VARIABLE = 200
"""Measurements that are kept: later ones push out the first, since habits change."""


class _Row(NamedTuple):
    """A measurement as it is written."""

    low: float
    typical: float
    high: float
    seconds: float
    form: str = ""


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file as it is written."""

    version: int = _VERSION
    consent: bool = False
    visits: tuple[_Row, ...] = ()
    fields: dict[str, tuple[_Row, ...]] = {}


class MeasuredVisit(NamedTuple):
    """A visit that was filled with a form, by the form's id."""

    form: str
    measured: MeasuredTime


class Measurements(msgspec.Struct, frozen=True):
    """Measured visits in the order of measuring, and fields by id of variable. Nothing is added without ``consent``."""

    consent: bool = False
    visits: tuple[MeasuredVisit, ...] = ()
    fields: Mapping[str, tuple[MeasuredTime, ...]] = {}

    @property
    def all_forms(self) -> tuple[MeasuredTime, ...]:
        """The measurements of all forms: what the user's factor follows from."""
        return tuple(visit.measured for visit in self.visits)

    def of_form(self, form_id: str) -> tuple[MeasuredTime, ...]:
        """The measurements of one form."""
        return tuple(visit.measured for visit in self.visits if visit.form == form_id)


def with_consent(kept: Measurements, *, consent: bool) -> Measurements:
    """The same, with or without leave to measure from now on. What was measured stays until it is deleted."""
    return msgspec.structs.replace(kept, consent=consent)


def with_visit(
    kept: Measurements, form_id: str, measured: MeasuredTime, fields: Mapping[str, MeasuredTime] | None = None
) -> Measurements:
    """The same with one more visit and its fields by id of variable; unchanged without consent."""
    if not kept.consent:
        return kept
    visits = (*kept.visits, MeasuredVisit(form_id, measured))[-_MOST_VISITS:]
    by_variable = dict(kept.fields)
    for variable, each in (fields or {}).items():
        by_variable[variable] = (*by_variable.get(variable, ()), each)[-_MOST_OF_A_VARIABLE:]
    return Measurements(kept.consent, visits, by_variable)


class MeasurementFile:
    """The file of measurements of this user on this device."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or user_data_path("ldbu-desktop", appauthor=False)) / "measurements.json"

    def load(self) -> Measurements:
        """What is kept; nothing, without consent, where there is no file yet.

        Raises :class:`FileFault` where the file is damaged, can't be read, or was written by a later version.
        """
        try:
            data = self.path.read_bytes()
            read = msgspec.json.decode(data, type=_File)
        except FileNotFoundError:
            return Measurements()
        except (OSError, *NOT_READABLE) as error:
            raise FileFault("measurements-unreadable", file=self.path.name) from error
        if read.version != _VERSION:
            raise FileFault("measurements-unreadable", file=self.path.name)
        visits = tuple(MeasuredVisit(row.form, _measured(row)) for row in read.visits)
        fields = {variable: tuple(map(_measured, rows)) for variable, rows in read.fields.items()}
        return Measurements(read.consent, visits, fields)

    def save(self, kept: Measurements) -> None:
        """Write all of it, whole or not at all. Raises :class:`OutputFault` where that is not possible."""
        visits = tuple(_row(visit.measured, visit.form) for visit in kept.visits)
        fields = {variable: tuple(map(_row, measured)) for variable, measured in kept.fields.items()}
        written = _File(_VERSION, kept.consent, visits, fields)
        data = msgspec.json.format(msgspec.json.encode(written), indent=1)
        try:
            make_folder(self.path.parent)
        except OSError as error:
            raise output_fault(error, self.path.name) from error
        write_whole(self.path, lambda path: path.write_bytes(data))

    def delete(self) -> None:
        """Delete all that was measured, and the consent. Raises :class:`OutputFault` where that is not possible."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise output_fault(error, self.path.name) from error


def _row(each: MeasuredTime, form: str = "") -> _Row:
    return _Row(each.predicted.low, each.predicted.typical, each.predicted.high, each.seconds, form)


def _measured(row: _Row) -> MeasuredTime:
    return MeasuredTime(Band(row.low, row.typical, row.high), row.seconds)
