"""Faults of a report that stand in no table: a part of a made-up family's report is taken away or put wrongly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from ldbu_desktop.bundles.json_out import json_text
from ldbu_desktop.journal.model import Family
from ldbu_desktop.mapping.vocabulary import Vocabulary
from ldbu_desktop.standard.model import Standard
from ldbu_desktop.synthetic.faults.model import Planted, ReportCase
from ldbu_desktop.synthetic.faults.spoilings import spoilings
from ldbu_desktop.synthetic.reports import reports_of

Report = dict[str, Any]
_Spoil = Callable[[Report, Standard], str | None]
"""Spoils a report, and tells the place as FHIRPath; None where there is nothing to spoil in it."""


def _found(report: Report, kind: str) -> Iterator[tuple[int, Report]]:
    for at, entry in enumerate(report["entry"]):
        if entry["resource"]["resourceType"] == kind:
            yield at, entry["resource"]


def _without(kind: str, *way: str) -> _Spoil:
    def spoil(report: Report, standard: Standard) -> str | None:
        for at, found in _found(report, kind):
            place: Any = found
            for step in way[:-1]:
                place = place[step]
            if len(place) > 1 and place.pop(way[-1], None) is not None:
                return f"Bundle.entry[{at}].resource"
        return None

    return spoil


def _subject_left_out(report: Report, standard: Standard) -> str | None:
    """Of a measurement, which can only be a child's."""
    for at, found in _found(report, "Observation"):
        if "valueQuantity" in found:
            del found["subject"]
            return f"Bundle.entry[{at}].resource"
    return None


def _school_left_out(report: Report, standard: Standard) -> str | None:
    for at, _ in _found(report, "Location"):
        del report["entry"][at]
        (visit, _), *_ = _found(report, "Encounter")
        return f"Bundle.entry[{visit}].resource"
    return None


def _school_number_left_out(report: Report, standard: Standard) -> str | None:
    """It is told at the visit, which is where people write it."""
    for _, school in _found(report, "Location"):
        del school["identifier"]
        (visit, _), *_ = _found(report, "Encounter")
        return f"Bundle.entry[{visit}].resource"
    return None


def _reason_at_a_finding(report: Report, standard: Standard) -> str | None:
    reason = next(iter(standard.value_set["data-absent-reason"].concepts))
    profiles = {standard.header.profiles.get(one.profile, "") for one in standard.observed if one.repeats}
    for at, found in _found(report, "Observation"):
        if profiles.intersection(found.get("meta", {}).get("profile", ())):
            found.pop("valueCodeableConcept", None)
            found["dataAbsentReason"] = {"coding": [{"system": reason.system, "code": reason.code}]}
            return f"Bundle.entry[{at}].resource"
    return None


def _long_answer(report: Report, standard: Standard) -> str | None:
    for at, found in _found(report, "QuestionnaireResponse"):
        for answer in (item["answer"][0] for item in found["item"] if "valueString" in item["answer"][0]):
            answer["valueString"] += ", og der var flere forhold at tale om ved kontakten"
            return f"Bundle.entry[{at}].resource"
    return None


_SPOILS: Mapping[str, _Spoil] = {
    one.__name__.removeprefix("_"): one
    for one in (_subject_left_out, _school_left_out, _school_number_left_out, _reason_at_a_finding, _long_answer)
}
"""What spoils a report, by the names that the data calls it by."""


def codes_of_changes() -> frozenset[str]:
    """The codes that a change of a report can give."""
    return frozenset(spoilings().changes)


def change_case(code: str, families: Iterable[Family], vocabulary: Vocabulary) -> ReportCase | None:
    """The first report of the families that can be spoiled so; None where none can."""
    change = spoilings().changes[code]
    spoil = _without(*change.without) if change.without else _SPOILS[change.spoil]
    for family in families:
        for made in reports_of(family, vocabulary):
            report = json.loads(json_text(made.bundle))
            at = spoil(report, vocabulary.standard)
            if at is not None:
                return ReportCase(Planted(code, at=at, also=change.also), json_text(report, is_pretty=True))
    return None
