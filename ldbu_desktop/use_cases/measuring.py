"""Measuring the user's own time, if they agree: what a visit took, what that teaches, and forgetting it all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ldbu_desktop.burden.assumptions import Assumptions
from ldbu_desktop.burden.calibration import active_by_field, calibrated, calibration
from ldbu_desktop.burden.estimate import Estimate
from ldbu_desktop.burden.measurements import MeasurementFile, Measurements, with_consent, with_visit
from ldbu_desktop.burden.model import Band, Calibration, MeasuredTime, VisitProgress
from ldbu_desktop.burden.visit_progress import visit_progress
from ldbu_desktop.forms.visibility import Asked

Sign = tuple[float, str]
"""A sign of work: seconds of a clock that only goes forward, and the id of the field that is worked in."""


def agreed(kept: Measurements, file: MeasurementFile, *, consent: bool) -> Measurements:
    """The measurements with or without leave to measure, as they are kept from now on.

    Raises :class:`~ldbu_desktop.faults.OutputFault` where that can't be written.
    """
    changed = with_consent(kept, consent=consent)
    file.save(changed)
    return changed


def measured_visit(
    kept: Measurements,
    file: MeasurementFile,
    found: Estimate,
    signs: Sequence[Sign],
    answered: Collection[Asked] | None = None,
) -> Measurements:
    """The measurements with one more visit, filled with the form of ``found``; unchanged without consent.

    ``signs`` are those of the whole visit in their order: each key, click and change of field. ``answered`` are the
    fields that were answered, so that a visit with more than usual is held against what it had; by default the usual
    ones. Raises :class:`~ldbu_desktop.faults.OutputFault` where that can't be written.
    """
    seconds = active_by_field(signs)
    if not kept.consent or not seconds:
        return kept
    variables = {field.id: field.variable for field in found.form.fields if field.variable}
    fields = {
        variables[field]: MeasuredTime(found.fields[field], spent)
        for field, spent in seconds.items()
        if field in variables
    }
    predicted = found.seconds if answered is None else visit_progress(found, answered, answered).spent
    changed = with_visit(kept, found.form.id, MeasuredTime(predicted, sum(seconds.values())), fields)
    file.save(changed)
    return changed


def progress_of_user(
    found: Estimate,
    shown: Iterable[Asked],
    answered: Collection[Asked],
    before: Collection[Asked] | None,
    kept: Measurements,
) -> VisitProgress:
    """Where a visit that is being filled stands, as it is for the user of this device; see :func:`visit_progress`."""
    return visit_progress(found, shown, answered, before, learnt(kept).factor)


def learnt(kept: Measurements, form_id: str = "", assumptions: Assumptions | None = None) -> Calibration:
    """What measuring has taught, of one form or of all."""
    measured = kept.of_form(form_id) if form_id else kept.all_forms
    return calibration(measured, site_factor(assumptions))


def for_this_user(predicted: Band, kept: Measurements, assumptions: Assumptions | None = None) -> Band:
    """A prediction as it is for the user of this device, by all that was measured."""
    return calibrated(predicted, kept.all_forms, site_factor(assumptions))


def site_factor(assumptions: Assumptions | None) -> float | None:
    """The site's own factor, where it has been set."""
    if assumptions is None or not assumptions.is_set("site_factor"):
        return None
    return assumptions["site_factor"].typical
